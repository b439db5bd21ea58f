-- cn_division: codes of administrative divisions, and what lies within them

CREATE TYPE cn_division;

CREATE FUNCTION cn_division_in(cstring) RETURNS cn_division
	AS 'MODULE_PATHNAME', 'hb_cn_division_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_in(cstring) IS 'Input function of the type.';
CREATE FUNCTION cn_division_out(cn_division) RETURNS cstring
	AS 'MODULE_PATHNAME', 'hb_cn_division_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_out(cn_division) IS 'Output function of the type.';
CREATE FUNCTION cn_division_recv(internal) RETURNS cn_division
	AS 'MODULE_PATHNAME', 'hb_cn_division_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_recv(internal) IS 'Binary input function of the type.';
CREATE FUNCTION cn_division_send(cn_division) RETURNS bytea
	AS 'int8send' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_send(cn_division) IS 'Binary output function of the type.';

CREATE TYPE cn_division (
	INPUT = cn_division_in,
	OUTPUT = cn_division_out,
	RECEIVE = cn_division_recv,
	SEND = cn_division_send,
	LIKE = int8
);
COMMENT ON TYPE cn_division IS
'Code of an administrative division of China, 8 bytes: 2, 4 or 6 digits of GB/T 2260, or 9 or 12 for towns and villages. Input accepts full-width digits and blanks around; it does not look the code up. Output is as typed; 42, 4200 and 420000 are different values that contain the same.';

CREATE FUNCTION cn_division(text) RETURNS cn_division
	AS 'MODULE_PATHNAME', 'hb_cn_division_from_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION cn_division(text) IS
'The division in a text. Error 22P02 if it is not 2, 4, 6, 9 or 12 digits or begins with 0.';
CREATE FUNCTION text(cn_division) RETURNS text
	AS 'MODULE_PATHNAME', 'hb_cn_division_to_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION text(cn_division) IS
'The digits of the division, as many as were given.';
CREATE CAST (text AS cn_division) WITH FUNCTION cn_division(text);
CREATE CAST (varchar AS cn_division) WITH FUNCTION cn_division(text);
CREATE CAST (cn_division AS text) WITH FUNCTION text(cn_division) AS ASSIGNMENT;

CREATE FUNCTION try_cn_division(text) RETURNS cn_division
	AS 'MODULE_PATHNAME', 'hb_cn_division_try' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION try_cn_division(text) IS
'The division in a text, or NULL if the text breaks a rule.';
CREATE FUNCTION cn_division_check(text) RETURNS text
	AS 'MODULE_PATHNAME', 'hb_cn_division_check' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION cn_division_check(text) IS
'The rule that a text breaks, or NULL if it is a division code.';

-- Comparison is that of int8.

CREATE FUNCTION cn_division_eq(cn_division, cn_division) RETURNS boolean
	AS 'int8eq' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_eq(cn_division, cn_division) IS 'Implementation of the operator =.';
CREATE FUNCTION cn_division_ne(cn_division, cn_division) RETURNS boolean
	AS 'int8ne' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_ne(cn_division, cn_division) IS 'Implementation of the operator <>.';
CREATE FUNCTION cn_division_lt(cn_division, cn_division) RETURNS boolean
	AS 'int8lt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_lt(cn_division, cn_division) IS 'Implementation of the operator <.';
CREATE FUNCTION cn_division_le(cn_division, cn_division) RETURNS boolean
	AS 'int8le' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_le(cn_division, cn_division) IS 'Implementation of the operator <=.';
CREATE FUNCTION cn_division_gt(cn_division, cn_division) RETURNS boolean
	AS 'int8gt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_gt(cn_division, cn_division) IS 'Implementation of the operator >.';
CREATE FUNCTION cn_division_ge(cn_division, cn_division) RETURNS boolean
	AS 'int8ge' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_ge(cn_division, cn_division) IS 'Implementation of the operator >=.';

CREATE OPERATOR = (
	FUNCTION = cn_division_eq, LEFTARG = cn_division, RIGHTARG = cn_division, COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (cn_division, cn_division) IS 'equal';
CREATE OPERATOR <> (
	FUNCTION = cn_division_ne, LEFTARG = cn_division, RIGHTARG = cn_division, COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (cn_division, cn_division) IS 'not equal';
CREATE OPERATOR < (
	FUNCTION = cn_division_lt, LEFTARG = cn_division, RIGHTARG = cn_division, COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (cn_division, cn_division) IS 'less than';
CREATE OPERATOR <= (
	FUNCTION = cn_division_le, LEFTARG = cn_division, RIGHTARG = cn_division, COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (cn_division, cn_division) IS 'less than or equal';
CREATE OPERATOR > (
	FUNCTION = cn_division_gt, LEFTARG = cn_division, RIGHTARG = cn_division, COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (cn_division, cn_division) IS 'greater than';
CREATE OPERATOR >= (
	FUNCTION = cn_division_ge, LEFTARG = cn_division, RIGHTARG = cn_division, COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (cn_division, cn_division) IS 'greater than or equal';

CREATE FUNCTION cn_division_cmp(cn_division, cn_division) RETURNS int4
	AS 'btint8cmp' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_cmp(cn_division, cn_division) IS '-1, 0 or 1 as the first argument is less than, equal to or greater than the second.';
CREATE FUNCTION cn_division_sortsupport(internal) RETURNS void
	AS 'btint8sortsupport' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_sortsupport(internal) IS 'Sort support of btree indexes.';
CREATE FUNCTION cn_division_hash(cn_division) RETURNS int4
	AS 'hashint8' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_hash(cn_division) IS 'Hash of the value.';
CREATE FUNCTION cn_division_hash_extended(cn_division, int8) RETURNS int8
	AS 'hashint8extended' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_hash_extended(cn_division, int8) IS 'Hash of the value with a seed, for hash partitioning.';

CREATE OPERATOR CLASS cn_division_ops DEFAULT FOR TYPE cn_division USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 cn_division_cmp(cn_division, cn_division),
	FUNCTION 2 cn_division_sortsupport(internal),
	FUNCTION 4 pg_catalog.btequalimage(oid);
CREATE OPERATOR CLASS cn_division_hash_ops DEFAULT FOR TYPE cn_division USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 cn_division_hash(cn_division),
	FUNCTION 2 cn_division_hash_extended(cn_division, int8);
CREATE OPERATOR CLASS cn_division_minmax_ops DEFAULT FOR TYPE cn_division USING brin AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 pg_catalog.brin_minmax_opcinfo(internal),
	FUNCTION 2 pg_catalog.brin_minmax_add_value(internal, internal, internal, internal),
	FUNCTION 3 pg_catalog.brin_minmax_consistent(internal, internal, internal),
	FUNCTION 4 pg_catalog.brin_minmax_union(internal, internal, internal);
COMMENT ON OPERATOR CLASS cn_division_ops USING btree IS 'Order of divisions.';
COMMENT ON OPERATOR CLASS cn_division_hash_ops USING hash IS 'Equality of divisions.';
COMMENT ON OPERATOR CLASS cn_division_minmax_ops USING brin IS 'Least and greatest of divisions in a range of blocks.';

CREATE FUNCTION cn_division_larger(cn_division, cn_division) RETURNS cn_division
	AS 'int8larger' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_larger(cn_division, cn_division) IS 'The larger of two.';
CREATE AGGREGATE max(cn_division) (
	SFUNC = cn_division_larger, STYPE = cn_division, COMBINEFUNC = cn_division_larger,
	SORTOP = >, PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(cn_division) IS 'Largest of all values, NULL without any.';
CREATE FUNCTION cn_division_smaller(cn_division, cn_division) RETURNS cn_division
	AS 'int8smaller' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_smaller(cn_division, cn_division) IS 'The smaller of two.';
CREATE AGGREGATE min(cn_division) (
	SFUNC = cn_division_smaller, STYPE = cn_division, COMBINEFUNC = cn_division_smaller,
	SORTOP = <, PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(cn_division) IS 'Smallest of all values, NULL without any.';

-- Containment; a constant division becomes an index range.

CREATE FUNCTION cn_division_within_support(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'hb_cn_division_within_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_division_within_support(internal) IS 'Planner support of <@ and @> between divisions.';
CREATE FUNCTION within(cn_division, cn_division) RETURNS boolean
	AS 'MODULE_PATHNAME', 'hb_cn_division_within' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT cn_division_within_support;
COMMENT ON FUNCTION within(cn_division, cn_division) IS
'Whether the first division is the second or lies below it. Zero groups at the end of the second only fill up: all of 4201 lies within 420100. The operator <@ is the same and uses indexes.';
CREATE FUNCTION contains(cn_division, cn_division) RETURNS boolean
	AS 'MODULE_PATHNAME', 'hb_cn_division_contains' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT cn_division_within_support;
COMMENT ON FUNCTION contains(cn_division, cn_division) IS
'Whether the second division is the first or lies below it; see within. The operator @> is the same and uses indexes.';
CREATE OPERATOR <@ (
	FUNCTION = within, LEFTARG = cn_division, RIGHTARG = cn_division, COMMUTATOR = @>,
	RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR <@ (cn_division, cn_division) IS 'is the division or lies below it';
CREATE OPERATOR @> (
	FUNCTION = contains, LEFTARG = cn_division, RIGHTARG = cn_division, COMMUTATOR = <@,
	RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR @> (cn_division, cn_division) IS 'is the division or lies above it';
