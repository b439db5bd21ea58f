-- comorbidity: the indices of Charlson and Elixhauser as states that aggregate, and their scores

CREATE TYPE charlson;

CREATE FUNCTION charlson_in(cstring) RETURNS charlson
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_charlson_in';
COMMENT ON FUNCTION charlson_in(cstring) IS 'Input function of type charlson: category names in braces, in any order.';
CREATE FUNCTION charlson_out(charlson) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_charlson_out';
COMMENT ON FUNCTION charlson_out(charlson) IS 'Output function of type charlson: category names in braces, in the order of comorbidity_map.';
CREATE FUNCTION charlson_recv(internal) RETURNS charlson
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_charlson_recv';
COMMENT ON FUNCTION charlson_recv(internal) IS 'Binary input function of type charlson; refuses bits that are no category.';
CREATE FUNCTION charlson_send(charlson) RETURNS bytea
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'int4send';
COMMENT ON FUNCTION charlson_send(charlson) IS 'Binary output function of type charlson: four bytes in network order.';

CREATE TYPE charlson (
    INPUT = charlson_in, OUTPUT = charlson_out, RECEIVE = charlson_recv, SEND = charlson_send,
    LIKE = int4
);
COMMENT ON TYPE charlson IS 'A set of Charlson categories, such as {chf,diabwc}, as charlson_agg collects it: what was found, before hierarchy and weights. Four bytes; the union of two is |. Kept in a table, monthly states roll up to years by rollup(charlson).';

CREATE FUNCTION charlson_eq(charlson, charlson) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'int4eq';
COMMENT ON FUNCTION charlson_eq(charlson, charlson) IS 'Implementation of the operator =.';
CREATE FUNCTION charlson_ne(charlson, charlson) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'int4ne';
COMMENT ON FUNCTION charlson_ne(charlson, charlson) IS 'Implementation of the operator <>.';
CREATE FUNCTION charlson_lt(charlson, charlson) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'int4lt';
COMMENT ON FUNCTION charlson_lt(charlson, charlson) IS 'Implementation of the operator <.';
CREATE FUNCTION charlson_le(charlson, charlson) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'int4le';
COMMENT ON FUNCTION charlson_le(charlson, charlson) IS 'Implementation of the operator <=.';
CREATE FUNCTION charlson_gt(charlson, charlson) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'int4gt';
COMMENT ON FUNCTION charlson_gt(charlson, charlson) IS 'Implementation of the operator >.';
CREATE FUNCTION charlson_ge(charlson, charlson) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'int4ge';
COMMENT ON FUNCTION charlson_ge(charlson, charlson) IS 'Implementation of the operator >=.';
CREATE FUNCTION charlson_cmp(charlson, charlson) RETURNS integer
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'btint4cmp';
COMMENT ON FUNCTION charlson_cmp(charlson, charlson) IS 'Returns -1, 0 or 1 as the first state sorts before, with or after the second.';
CREATE FUNCTION charlson_sortsupport(internal) RETURNS void
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'btint4sortsupport';
COMMENT ON FUNCTION charlson_sortsupport(internal) IS 'Sort support of type charlson.';
CREATE FUNCTION charlson_hash(charlson) RETURNS integer
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'hashint4';
COMMENT ON FUNCTION charlson_hash(charlson) IS 'Hash of a charlson.';
CREATE FUNCTION charlson_hash_extended(charlson, int8) RETURNS int8
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'hashint4extended';
COMMENT ON FUNCTION charlson_hash_extended(charlson, int8) IS 'Hash of a charlson with a seed, for hash partitioning.';
CREATE FUNCTION charlson_or(charlson, charlson) RETURNS charlson
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'int4or';
COMMENT ON FUNCTION charlson_or(charlson, charlson) IS 'Implementation of the operator |, and what puts parts of an aggregate together.';

CREATE OPERATOR = (
    LEFTARG = charlson, RIGHTARG = charlson, FUNCTION = charlson_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (charlson, charlson) IS 'the same categories';
CREATE OPERATOR <> (
    LEFTARG = charlson, RIGHTARG = charlson, FUNCTION = charlson_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (charlson, charlson) IS 'not the same categories';
CREATE OPERATOR < (
    LEFTARG = charlson, RIGHTARG = charlson, FUNCTION = charlson_lt,
    COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (charlson, charlson) IS 'sorts before, an order without meaning';
CREATE OPERATOR <= (
    LEFTARG = charlson, RIGHTARG = charlson, FUNCTION = charlson_le,
    COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (charlson, charlson) IS 'sorts before or is equal';
CREATE OPERATOR > (
    LEFTARG = charlson, RIGHTARG = charlson, FUNCTION = charlson_gt,
    COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (charlson, charlson) IS 'sorts after, an order without meaning';
CREATE OPERATOR >= (
    LEFTARG = charlson, RIGHTARG = charlson, FUNCTION = charlson_ge,
    COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (charlson, charlson) IS 'sorts after or is equal';
CREATE OPERATOR | (LEFTARG = charlson, RIGHTARG = charlson, FUNCTION = charlson_or, COMMUTATOR = |);
COMMENT ON OPERATOR | (charlson, charlson) IS 'union: categories in either state';

CREATE OPERATOR CLASS charlson_ops DEFAULT FOR TYPE charlson USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 charlson_cmp(charlson, charlson),
    FUNCTION 2 charlson_sortsupport(internal),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS charlson_ops USING btree IS 'Sorted indexes, DISTINCT and merge joins.';
CREATE OPERATOR CLASS charlson_ops DEFAULT FOR TYPE charlson USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 charlson_hash(charlson),
    FUNCTION 2 charlson_hash_extended(charlson, int8);
COMMENT ON OPERATOR CLASS charlson_ops USING hash IS 'Hash indexes, joins, grouping and partitioning.';

CREATE FUNCTION charlson(icd10) RETURNS charlson
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_charlson_of_code';
COMMENT ON FUNCTION charlson(icd10) IS 'Returns the Charlson categories of a code as a state; of a pair of dagger and asterisk code, those of both. A literal needs its type: charlson(icd10 ''E11.900''). Source: Quan 2005, doi:10.1097/01.mlr.0000182534.19832.83.';
CREATE FUNCTION charlson(icd10[]) RETURNS charlson
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_charlson_of_array';
COMMENT ON FUNCTION charlson(icd10[]) IS 'Returns the Charlson categories of all codes of an array as a state; NULL elements have none. Source: Quan 2005, doi:10.1097/01.mlr.0000182534.19832.83.';

CREATE FUNCTION charlson_step(charlson, icd10) RETURNS charlson
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_charlson_step';
COMMENT ON FUNCTION charlson_step(charlson, icd10) IS 'Step of the aggregate charlson_agg(icd10): the state and the categories of one more code.';
CREATE FUNCTION charlson_step(charlson, icd10[]) RETURNS charlson
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_charlson_step_array';
COMMENT ON FUNCTION charlson_step(charlson, icd10[]) IS 'Step of the aggregate charlson_agg(icd10[]): the state and the categories of more codes.';
CREATE AGGREGATE charlson_agg(icd10) (
    SFUNC = charlson_step, STYPE = charlson, COMBINEFUNC = charlson_or, INITCOND = '{}', PARALLEL = SAFE
);
COMMENT ON AGGREGATE charlson_agg(icd10) IS 'Returns the Charlson categories of all codes, each once, as a state; both parts of a pair count. NULL codes are passed over: where all are NULL, or there are none, the state is {}. Source: Quan 2005, doi:10.1097/01.mlr.0000182534.19832.83.';
CREATE AGGREGATE charlson_agg(icd10[]) (
    SFUNC = charlson_step, STYPE = charlson, COMBINEFUNC = charlson_or, INITCOND = '{}', PARALLEL = SAFE
);
COMMENT ON AGGREGATE charlson_agg(icd10[]) IS 'Returns the Charlson categories of all codes of all arrays, each once, as a state; NULL arrays and elements are passed over. Source: Quan 2005, doi:10.1097/01.mlr.0000182534.19832.83.';
CREATE AGGREGATE rollup(charlson) (
    SFUNC = charlson_or, STYPE = charlson, COMBINEFUNC = charlson_or, INITCOND = '{}', PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(charlson) IS 'Returns the union of states: that of the months of a year is the state of the year. NULL states are passed over; of nothing the state is {}.';

CREATE FUNCTION charlson_categories(charlson, hierarchy boolean DEFAULT false) RETURNS text[]
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_charlson_categories';
COMMENT ON FUNCTION charlson_categories(charlson, boolean) IS 'Returns the short names of the categories of a state, in the order of comorbidity_map. hierarchy: leave out the milder form of what is there in a graver one, as the score does; default false, all that was found.';

CREATE FUNCTION charlson_score(charlson, weights text DEFAULT 'quan2011', age integer DEFAULT NULL, hierarchy boolean DEFAULT true) RETURNS integer
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_charlson_score';
COMMENT ON FUNCTION charlson_score(charlson, text, integer, boolean) IS 'Returns the Charlson index of a state in points. weights: quan2011 (0 to 24 points) or charlson1987, in Deyo''s 17 groups. age: in years, 0 to 150; adds 1 point from 50 on, 2 from 60, 3 from 70, 4 from 80; NULL adds none. hierarchy: mild liver disease, diabetes without complication and a tumour do not count beside severe liver disease, diabetes with complication and metastasis; default true. Other weights or ages are errors (22023); NULL for state, weights or hierarchy gives NULL. Sources: Charlson 1987, doi:10.1016/0021-9681(87)90171-8; Deyo 1992, doi:10.1016/0895-4356(92)90133-8; Charlson 1994 for age, doi:10.1016/0895-4356(94)90129-5; Quan 2011, doi:10.1093/aje/kwq433.';

CREATE TYPE elixhauser;

CREATE FUNCTION elixhauser_in(cstring) RETURNS elixhauser
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_elixhauser_in';
COMMENT ON FUNCTION elixhauser_in(cstring) IS 'Input function of type elixhauser: category names in braces, in any order.';
CREATE FUNCTION elixhauser_out(elixhauser) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_elixhauser_out';
COMMENT ON FUNCTION elixhauser_out(elixhauser) IS 'Output function of type elixhauser: category names in braces, in the order of comorbidity_map.';
CREATE FUNCTION elixhauser_recv(internal) RETURNS elixhauser
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_elixhauser_recv';
COMMENT ON FUNCTION elixhauser_recv(internal) IS 'Binary input function of type elixhauser; refuses bits that are no category.';
CREATE FUNCTION elixhauser_send(elixhauser) RETURNS bytea
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'int4send';
COMMENT ON FUNCTION elixhauser_send(elixhauser) IS 'Binary output function of type elixhauser: four bytes in network order.';

CREATE TYPE elixhauser (
    INPUT = elixhauser_in, OUTPUT = elixhauser_out, RECEIVE = elixhauser_recv, SEND = elixhauser_send,
    LIKE = int4
);
COMMENT ON TYPE elixhauser IS 'A set of Elixhauser categories, such as {chf,diabc}, as elixhauser_agg collects it: what was found, before hierarchy and weights. Four bytes; the union of two is |. Kept in a table, monthly states roll up to years by rollup(elixhauser).';

CREATE FUNCTION elixhauser_eq(elixhauser, elixhauser) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'int4eq';
COMMENT ON FUNCTION elixhauser_eq(elixhauser, elixhauser) IS 'Implementation of the operator =.';
CREATE FUNCTION elixhauser_ne(elixhauser, elixhauser) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'int4ne';
COMMENT ON FUNCTION elixhauser_ne(elixhauser, elixhauser) IS 'Implementation of the operator <>.';
CREATE FUNCTION elixhauser_lt(elixhauser, elixhauser) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'int4lt';
COMMENT ON FUNCTION elixhauser_lt(elixhauser, elixhauser) IS 'Implementation of the operator <.';
CREATE FUNCTION elixhauser_le(elixhauser, elixhauser) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'int4le';
COMMENT ON FUNCTION elixhauser_le(elixhauser, elixhauser) IS 'Implementation of the operator <=.';
CREATE FUNCTION elixhauser_gt(elixhauser, elixhauser) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'int4gt';
COMMENT ON FUNCTION elixhauser_gt(elixhauser, elixhauser) IS 'Implementation of the operator >.';
CREATE FUNCTION elixhauser_ge(elixhauser, elixhauser) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'int4ge';
COMMENT ON FUNCTION elixhauser_ge(elixhauser, elixhauser) IS 'Implementation of the operator >=.';
CREATE FUNCTION elixhauser_cmp(elixhauser, elixhauser) RETURNS integer
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'btint4cmp';
COMMENT ON FUNCTION elixhauser_cmp(elixhauser, elixhauser) IS 'Returns -1, 0 or 1 as the first state sorts before, with or after the second.';
CREATE FUNCTION elixhauser_sortsupport(internal) RETURNS void
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'btint4sortsupport';
COMMENT ON FUNCTION elixhauser_sortsupport(internal) IS 'Sort support of type elixhauser.';
CREATE FUNCTION elixhauser_hash(elixhauser) RETURNS integer
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'hashint4';
COMMENT ON FUNCTION elixhauser_hash(elixhauser) IS 'Hash of an elixhauser.';
CREATE FUNCTION elixhauser_hash_extended(elixhauser, int8) RETURNS int8
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'hashint4extended';
COMMENT ON FUNCTION elixhauser_hash_extended(elixhauser, int8) IS 'Hash of an elixhauser with a seed, for hash partitioning.';
CREATE FUNCTION elixhauser_or(elixhauser, elixhauser) RETURNS elixhauser
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'int4or';
COMMENT ON FUNCTION elixhauser_or(elixhauser, elixhauser) IS 'Implementation of the operator |, and what puts parts of an aggregate together.';

CREATE OPERATOR = (
    LEFTARG = elixhauser, RIGHTARG = elixhauser, FUNCTION = elixhauser_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (elixhauser, elixhauser) IS 'the same categories';
CREATE OPERATOR <> (
    LEFTARG = elixhauser, RIGHTARG = elixhauser, FUNCTION = elixhauser_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (elixhauser, elixhauser) IS 'not the same categories';
CREATE OPERATOR < (
    LEFTARG = elixhauser, RIGHTARG = elixhauser, FUNCTION = elixhauser_lt,
    COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (elixhauser, elixhauser) IS 'sorts before, an order without meaning';
CREATE OPERATOR <= (
    LEFTARG = elixhauser, RIGHTARG = elixhauser, FUNCTION = elixhauser_le,
    COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (elixhauser, elixhauser) IS 'sorts before or is equal';
CREATE OPERATOR > (
    LEFTARG = elixhauser, RIGHTARG = elixhauser, FUNCTION = elixhauser_gt,
    COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (elixhauser, elixhauser) IS 'sorts after, an order without meaning';
CREATE OPERATOR >= (
    LEFTARG = elixhauser, RIGHTARG = elixhauser, FUNCTION = elixhauser_ge,
    COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (elixhauser, elixhauser) IS 'sorts after or is equal';
CREATE OPERATOR | (LEFTARG = elixhauser, RIGHTARG = elixhauser, FUNCTION = elixhauser_or, COMMUTATOR = |);
COMMENT ON OPERATOR | (elixhauser, elixhauser) IS 'union: categories in either state';

CREATE OPERATOR CLASS elixhauser_ops DEFAULT FOR TYPE elixhauser USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 elixhauser_cmp(elixhauser, elixhauser),
    FUNCTION 2 elixhauser_sortsupport(internal),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS elixhauser_ops USING btree IS 'Sorted indexes, DISTINCT and merge joins.';
CREATE OPERATOR CLASS elixhauser_ops DEFAULT FOR TYPE elixhauser USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 elixhauser_hash(elixhauser),
    FUNCTION 2 elixhauser_hash_extended(elixhauser, int8);
COMMENT ON OPERATOR CLASS elixhauser_ops USING hash IS 'Hash indexes, joins, grouping and partitioning.';

CREATE FUNCTION elixhauser(icd10) RETURNS elixhauser
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_elixhauser_of_code';
COMMENT ON FUNCTION elixhauser(icd10) IS 'Returns the Elixhauser categories of a code as a state; of a pair of dagger and asterisk code, those of both. A literal needs its type: elixhauser(icd10 ''E11.900''). Source: Quan 2005, doi:10.1097/01.mlr.0000182534.19832.83.';
CREATE FUNCTION elixhauser(icd10[]) RETURNS elixhauser
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_elixhauser_of_array';
COMMENT ON FUNCTION elixhauser(icd10[]) IS 'Returns the Elixhauser categories of all codes of an array as a state; NULL elements have none. Source: Quan 2005, doi:10.1097/01.mlr.0000182534.19832.83.';

CREATE FUNCTION elixhauser_step(elixhauser, icd10) RETURNS elixhauser
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_elixhauser_step';
COMMENT ON FUNCTION elixhauser_step(elixhauser, icd10) IS 'Step of the aggregate elixhauser_agg(icd10): the state and the categories of one more code.';
CREATE FUNCTION elixhauser_step(elixhauser, icd10[]) RETURNS elixhauser
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_elixhauser_step_array';
COMMENT ON FUNCTION elixhauser_step(elixhauser, icd10[]) IS 'Step of the aggregate elixhauser_agg(icd10[]): the state and the categories of more codes.';
CREATE AGGREGATE elixhauser_agg(icd10) (
    SFUNC = elixhauser_step, STYPE = elixhauser, COMBINEFUNC = elixhauser_or, INITCOND = '{}', PARALLEL = SAFE
);
COMMENT ON AGGREGATE elixhauser_agg(icd10) IS 'Returns the Elixhauser categories of all codes, each once, as a state; both parts of a pair count. NULL codes are passed over: where all are NULL, or there are none, the state is {}. Source: Quan 2005, doi:10.1097/01.mlr.0000182534.19832.83.';
CREATE AGGREGATE elixhauser_agg(icd10[]) (
    SFUNC = elixhauser_step, STYPE = elixhauser, COMBINEFUNC = elixhauser_or, INITCOND = '{}', PARALLEL = SAFE
);
COMMENT ON AGGREGATE elixhauser_agg(icd10[]) IS 'Returns the Elixhauser categories of all codes of all arrays, each once, as a state; NULL arrays and elements are passed over. Source: Quan 2005, doi:10.1097/01.mlr.0000182534.19832.83.';
CREATE AGGREGATE rollup(elixhauser) (
    SFUNC = elixhauser_or, STYPE = elixhauser, COMBINEFUNC = elixhauser_or, INITCOND = '{}', PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(elixhauser) IS 'Returns the union of states: that of the months of a year is the state of the year. NULL states are passed over; of nothing the state is {}.';

CREATE FUNCTION elixhauser_categories(elixhauser, hierarchy boolean DEFAULT false) RETURNS text[]
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_elixhauser_categories';
COMMENT ON FUNCTION elixhauser_categories(elixhauser, boolean) IS 'Returns the short names of the categories of a state, in the order of comorbidity_map. hierarchy: leave out the milder form of what is there in a graver one, as the score does; default false, all that was found.';

CREATE FUNCTION elixhauser_score(elixhauser, weights text DEFAULT 'van_walraven', hierarchy boolean DEFAULT true) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_elixhauser_score';
COMMENT ON FUNCTION elixhauser_score(elixhauser, text, boolean) IS 'Returns the Elixhauser index of a state in points, which may be negative. weights: van_walraven, swiss, ahrq_mortality or ahrq_readmission; the two of AHRQ are for its 29 groups: hypertension of both forms counts once, arrhythmia not. hierarchy: uncomplicated hypertension, uncomplicated diabetes and a solid tumour do not count beside their complicated forms and metastasis; default true. Other weights are an error (22023). Sources: van Walraven 2009, doi:10.1097/MLR.0b013e31819432e5; Sharma 2021, doi:10.1186/s12913-020-05999-5; Moore 2017, doi:10.1097/MLR.0000000000000735.';

-- what counts

CREATE FUNCTION comorbidity_map_rows(
    OUT index text, OUT category text, OUT label_en text, OUT label_zh text,
    OUT codes icd10set, OUT weights jsonb, OUT excluded_by text, OUT source text
) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 48 AS 'MODULE_PATHNAME', 'hb_comorbidity_map';
COMMENT ON FUNCTION comorbidity_map_rows() IS 'Returns the rows of the view comorbidity_map.';
CREATE VIEW comorbidity_map AS
    SELECT index, category, label_en, label_zh, codes, weights, excluded_by, source
    FROM comorbidity_map_rows();
GRANT SELECT ON comorbidity_map TO PUBLIC;
COMMENT ON VIEW comorbidity_map IS 'What counts for the comorbidity indices, a row for each category, from the tables that the functions use.';
COMMENT ON COLUMN comorbidity_map.index IS 'charlson or elixhauser';
COMMENT ON COLUMN comorbidity_map.category IS 'short name, as in a state';
COMMENT ON COLUMN comorbidity_map.label_en IS 'English name';
COMMENT ON COLUMN comorbidity_map.label_zh IS 'Chinese name';
COMMENT ON COLUMN comorbidity_map.codes IS 'the codes that count: a code is of the category when code && codes';
COMMENT ON COLUMN comorbidity_map.weights IS 'points by the name of the weights; null where these do not have the category';
COMMENT ON COLUMN comorbidity_map.excluded_by IS 'the graver form, in whose presence this one does not count in a score with hierarchy';
COMMENT ON COLUMN comorbidity_map.source IS 'publications of codes and weights';

