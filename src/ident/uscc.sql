-- uscc: unified social credit codes of organisations

CREATE TYPE uscc;

CREATE FUNCTION uscc_in(cstring) RETURNS uscc
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_in';
COMMENT ON FUNCTION uscc_in(cstring) IS 'Input function of type uscc.';
CREATE FUNCTION uscc_out(uscc) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_out';
COMMENT ON FUNCTION uscc_out(uscc) IS 'Output function of type uscc.';
CREATE FUNCTION uscc_recv(internal) RETURNS uscc
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_recv';
COMMENT ON FUNCTION uscc_recv(internal) IS 'Binary input function of type uscc; checks all that text input checks.';
CREATE FUNCTION uscc_send(uscc) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_send';
COMMENT ON FUNCTION uscc_send(uscc) IS 'Binary output function of type uscc: the 18 characters.';

CREATE TYPE uscc (
    INPUT = uscc_in, OUTPUT = uscc_out, RECEIVE = uscc_recv, SEND = uscc_send,
    INTERNALLENGTH = 18, ALIGNMENT = char, STORAGE = plain
);

COMMENT ON TYPE uscc IS 'A unified social credit code of an organisation in China, 18 characters. Input takes full-width and small letters, and blanks and hyphens anywhere; checks the alphabet, department (1 to 9, A, N, Y), class and check character. Errors name rule and position, never the code. GB 32100-2015.';

-- conversions

CREATE FUNCTION uscc(text) RETURNS uscc
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_from_text';
COMMENT ON FUNCTION uscc(text) IS 'Returns the text read as uscc. A text that is none is an error (22P02) that names the rule.';
CREATE FUNCTION text(uscc) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_to_text';
COMMENT ON FUNCTION text(uscc) IS 'Returns the canonical text of a uscc.';
CREATE CAST (text AS uscc) WITH FUNCTION uscc(text);
COMMENT ON CAST (text AS uscc) IS 'Reads a text as uscc.';
CREATE CAST (varchar AS uscc) WITH FUNCTION uscc(text);
COMMENT ON CAST (varchar AS uscc) IS 'Reads a text as uscc.';
CREATE CAST (uscc AS text) WITH FUNCTION text(uscc) AS ASSIGNMENT;
COMMENT ON CAST (uscc AS text) IS 'Writes the canonical text of a uscc.';
CREATE CAST (uscc AS varchar) WITH FUNCTION text(uscc) AS ASSIGNMENT;
COMMENT ON CAST (uscc AS varchar) IS 'Writes the canonical text of a uscc.';

CREATE FUNCTION try_uscc(text) RETURNS uscc
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_try';
COMMENT ON FUNCTION try_uscc(text) IS 'Returns the text read as uscc, or NULL where it is none. Immutable, so an unchanged text column can be indexed by it.';
CREATE FUNCTION uscc_check(text) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_check_text';
COMMENT ON FUNCTION uscc_check(text) IS 'Returns NULL where the text can be read as uscc, else the rule that it breaks.';

-- order and equality of the characters

CREATE FUNCTION uscc_eq(uscc, uscc) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_eq';
COMMENT ON FUNCTION uscc_eq(uscc, uscc) IS 'Implementation of the operator =.';
CREATE FUNCTION uscc_ne(uscc, uscc) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_ne';
COMMENT ON FUNCTION uscc_ne(uscc, uscc) IS 'Implementation of the operator <>.';
CREATE FUNCTION uscc_lt(uscc, uscc) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_lt';
COMMENT ON FUNCTION uscc_lt(uscc, uscc) IS 'Implementation of the operator <.';
CREATE FUNCTION uscc_le(uscc, uscc) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_le';
COMMENT ON FUNCTION uscc_le(uscc, uscc) IS 'Implementation of the operator <=.';
CREATE FUNCTION uscc_gt(uscc, uscc) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_gt';
COMMENT ON FUNCTION uscc_gt(uscc, uscc) IS 'Implementation of the operator >.';
CREATE FUNCTION uscc_ge(uscc, uscc) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_ge';
COMMENT ON FUNCTION uscc_ge(uscc, uscc) IS 'Implementation of the operator >=.';
CREATE FUNCTION uscc_cmp(uscc, uscc) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_cmp';
COMMENT ON FUNCTION uscc_cmp(uscc, uscc) IS 'Returns -1, 0 or 1 as the first value sorts before, with or after the second.';
CREATE FUNCTION uscc_sortsupport(internal) RETURNS void
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_sortsupport';
COMMENT ON FUNCTION uscc_sortsupport(internal) IS 'Sort support of type uscc.';
CREATE FUNCTION uscc_hash(uscc) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_hash';
COMMENT ON FUNCTION uscc_hash(uscc) IS 'Hash of a uscc.';
CREATE FUNCTION uscc_hash_extended(uscc, int8) RETURNS int8
    LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_hash_extended';
COMMENT ON FUNCTION uscc_hash_extended(uscc, int8) IS 'Hash of a uscc with a seed, for hash partitioning.';
CREATE FUNCTION uscc_larger(uscc, uscc) RETURNS uscc
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_larger';
COMMENT ON FUNCTION uscc_larger(uscc, uscc) IS 'Returns the later of two values in sort order.';
CREATE FUNCTION uscc_smaller(uscc, uscc) RETURNS uscc
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_smaller';
COMMENT ON FUNCTION uscc_smaller(uscc, uscc) IS 'Returns the earlier of two values in sort order.';

CREATE OPERATOR = (
    LEFTARG = uscc, RIGHTARG = uscc, FUNCTION = uscc_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (uscc, uscc) IS 'equal';
CREATE OPERATOR <> (
    LEFTARG = uscc, RIGHTARG = uscc, FUNCTION = uscc_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (uscc, uscc) IS 'not equal';
CREATE OPERATOR < (
    LEFTARG = uscc, RIGHTARG = uscc, FUNCTION = uscc_lt,
    COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (uscc, uscc) IS 'sorts before';
CREATE OPERATOR <= (
    LEFTARG = uscc, RIGHTARG = uscc, FUNCTION = uscc_le,
    COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (uscc, uscc) IS 'sorts before or is equal';
CREATE OPERATOR > (
    LEFTARG = uscc, RIGHTARG = uscc, FUNCTION = uscc_gt,
    COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (uscc, uscc) IS 'sorts after';
CREATE OPERATOR >= (
    LEFTARG = uscc, RIGHTARG = uscc, FUNCTION = uscc_ge,
    COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (uscc, uscc) IS 'sorts after or is equal';

CREATE OPERATOR CLASS uscc_ops DEFAULT FOR TYPE uscc USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 uscc_cmp(uscc, uscc),
    FUNCTION 2 uscc_sortsupport(internal),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS uscc_ops USING btree IS 'Sorted indexes; deduplicated.';
CREATE OPERATOR CLASS uscc_ops DEFAULT FOR TYPE uscc USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 uscc_hash(uscc),
    FUNCTION 2 uscc_hash_extended(uscc, int8);
COMMENT ON OPERATOR CLASS uscc_ops USING hash IS 'Hash indexes, joins, grouping and partitioning.';
CREATE OPERATOR CLASS uscc_minmax_ops DEFAULT FOR TYPE uscc USING brin AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 brin_minmax_opcinfo(internal),
    FUNCTION 2 brin_minmax_add_value(internal, internal, internal, internal),
    FUNCTION 3 brin_minmax_consistent(internal, internal, internal),
    FUNCTION 4 brin_minmax_union(internal, internal, internal);
COMMENT ON OPERATOR CLASS uscc_minmax_ops USING brin IS 'Block range indexes of minimum and maximum.';

CREATE AGGREGATE max(uscc) (
    SFUNC = uscc_larger, STYPE = uscc, COMBINEFUNC = uscc_larger, SORTOP = >, PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(uscc) IS 'Returns the last value in sort order.';
CREATE AGGREGATE min(uscc) (
    SFUNC = uscc_smaller, STYPE = uscc, COMBINEFUNC = uscc_smaller, SORTOP = <, PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(uscc) IS 'Returns the first value in sort order.';

-- parts

CREATE FUNCTION uscc_department(uscc) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_department';
COMMENT ON FUNCTION uscc_department(uscc) IS 'Returns the department that registered the organisation: 1 establishment of institutions (public hospitals), 2 foreign affairs, 3 justice, 4 culture, 5 civil affairs (private non-profit), 6 tourism, 7 religious affairs, 8 trade unions, 9 market regulation (enterprises), A Central Military Commission, N agriculture, Y other.';
CREATE FUNCTION uscc_class(uscc) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_class';
COMMENT ON FUNCTION uscc_class(uscc) IS 'Returns the class of organisation within its department, a digit: 12 is a public institution, 52 a private non-profit unit, 91 an enterprise.';
CREATE FUNCTION uscc_division(uscc) RETURNS cn_division
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_division';
COMMENT ON FUNCTION uscc_division(uscc) IS 'Returns the division that registered the organisation, six digits; NULL for 000000.';
CREATE FUNCTION uscc_organisation_code(uscc) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_uscc_organisation_code';
COMMENT ON FUNCTION uscc_organisation_code(uscc) IS 'Returns the organisation code in characters 9 to 17. Its own check character is not part of the credit code''s rules; see organisation_code_check.';
CREATE FUNCTION organisation_code_check(text) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_organisation_code_check';
COMMENT ON FUNCTION organisation_code_check(text) IS 'Returns NULL where the text is an organisation code with a fitting check character, with or without hyphen, else the rule that it breaks. Some codes assigned since 2015 inside credit codes do not fit. GB 11714-1997.';

