-- cn_id: identity numbers of people in China

CREATE TYPE cn_id;

CREATE FUNCTION cn_id_in(cstring) RETURNS cn_id
	AS 'MODULE_PATHNAME', 'hb_cn_id_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_in(cstring) IS 'Input function of the type.';
CREATE FUNCTION cn_id_out(cn_id) RETURNS cstring
	AS 'MODULE_PATHNAME', 'hb_cn_id_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_out(cn_id) IS 'Output function of the type.';
CREATE FUNCTION cn_id_recv(internal) RETURNS cn_id
	AS 'MODULE_PATHNAME', 'hb_cn_id_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_recv(internal) IS 'Binary input function of the type.';
CREATE FUNCTION cn_id_send(cn_id) RETURNS bytea
	AS 'int8send' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_send(cn_id) IS 'Binary output function of the type.';

CREATE TYPE cn_id (
	INPUT = cn_id_in,
	OUTPUT = cn_id_out,
	RECEIVE = cn_id_recv,
	SEND = cn_id_send,
	LIKE = int8
);
COMMENT ON TYPE cn_id IS
'Identity number of a person in China, 8 bytes: the 18-digit resident number of GB 11643 and, as 15 digits, its predecessor, which is upgraded; the residence permit of people from Hong Kong, Macao and Taiwan (81, 82, 83); the permanent resident card of foreigners issued since 2023 (9). Input accepts full-width characters, x, and blanks and hyphens anywhere; checks the calendar date of birth (1850 to 2099) and the check digit; never looks the division up. Errors name the rule and the position, never the number. Source: GB 11643-1999, ISO 7064 MOD 11-2, State Council 2018 no. 81, GA 2102-2023.';

CREATE FUNCTION cn_id(text) RETURNS cn_id
	AS 'MODULE_PATHNAME', 'hb_cn_id_from_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION cn_id(text) IS
'The number in a text. Error 22P02 if it breaks a rule; see try_cn_id and cn_id_check.';
CREATE FUNCTION text(cn_id) RETURNS text
	AS 'MODULE_PATHNAME', 'hb_cn_id_to_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION text(cn_id) IS
'The 18 characters of the number, with a capital X.';
CREATE CAST (text AS cn_id) WITH FUNCTION cn_id(text);
CREATE CAST (varchar AS cn_id) WITH FUNCTION cn_id(text);
CREATE CAST (cn_id AS text) WITH FUNCTION text(cn_id) AS ASSIGNMENT;

CREATE FUNCTION try_cn_id(text) RETURNS cn_id
	AS 'MODULE_PATHNAME', 'hb_cn_id_try' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION try_cn_id(text) IS
'The number in a text, or NULL if the text breaks a rule.';
CREATE FUNCTION cn_id_check(text) RETURNS text
	AS 'MODULE_PATHNAME', 'hb_cn_id_check' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION cn_id_check(text) IS
'The rule that a text breaks, or NULL if it is an identity number.';

CREATE FUNCTION cn_id_kind(cn_id) RETURNS text
	AS 'MODULE_PATHNAME', 'hb_cn_id_kind_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_kind(cn_id) IS
'Family of the number: resident, hmt_residence (residence permit of people from Hong Kong, Macao and Taiwan) or foreign_permanent (permanent resident card of foreigners).';
CREATE FUNCTION cn_id_birth_date(cn_id) RETURNS date
	AS 'MODULE_PATHNAME', 'hb_cn_id_birth_date' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_birth_date(cn_id) IS
'Date of birth in the number.';
CREATE FUNCTION cn_id_sex(cn_id) RETURNS text
	AS 'MODULE_PATHNAME', 'hb_cn_id_sex' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_sex(cn_id) IS
'Sex in the number: male when the last digit of the order number is odd, else female.';
CREATE FUNCTION cn_id_age(cn_id, "on" date) RETURNS int4
	AS 'MODULE_PATHNAME', 'hb_cn_id_age_on' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_age(cn_id, date) IS
'Age on a day in completed years, or NULL before birth and on infinity. Who is born on 29 February completes a year on 1 March of common years.';
CREATE FUNCTION cn_id_division(cn_id) RETURNS cn_division
	AS 'MODULE_PATHNAME', 'hb_cn_id_division' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_division(cn_id) IS
'Division in the number: six digits, where the person was first registered, 810000, 820000 or 830000 for residence permits; for a foreigner the two digits of the province that issued the card. It need not exist any more, nor ever; see cn_id_division_known.';
CREATE FUNCTION cn_id_nationality(cn_id) RETURNS text
	AS 'MODULE_PATHNAME', 'hb_cn_id_nationality' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_nationality(cn_id) IS
'Nationality or region in the number as ISO 3166-1 numeric code: 156 for residents, 344 Hong Kong, 446 Macao, 158 Taiwan for residence permits, and as written for foreigners (000 stateless).';

-- Comparison is that of int8.

CREATE FUNCTION cn_id_eq(cn_id, cn_id) RETURNS boolean
	AS 'int8eq' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_eq(cn_id, cn_id) IS 'Implementation of the operator =.';
CREATE FUNCTION cn_id_ne(cn_id, cn_id) RETURNS boolean
	AS 'int8ne' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_ne(cn_id, cn_id) IS 'Implementation of the operator <>.';
CREATE FUNCTION cn_id_lt(cn_id, cn_id) RETURNS boolean
	AS 'int8lt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_lt(cn_id, cn_id) IS 'Implementation of the operator <.';
CREATE FUNCTION cn_id_le(cn_id, cn_id) RETURNS boolean
	AS 'int8le' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_le(cn_id, cn_id) IS 'Implementation of the operator <=.';
CREATE FUNCTION cn_id_gt(cn_id, cn_id) RETURNS boolean
	AS 'int8gt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_gt(cn_id, cn_id) IS 'Implementation of the operator >.';
CREATE FUNCTION cn_id_ge(cn_id, cn_id) RETURNS boolean
	AS 'int8ge' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_ge(cn_id, cn_id) IS 'Implementation of the operator >=.';

CREATE OPERATOR = (
	FUNCTION = cn_id_eq, LEFTARG = cn_id, RIGHTARG = cn_id, COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (cn_id, cn_id) IS 'equal';
CREATE OPERATOR <> (
	FUNCTION = cn_id_ne, LEFTARG = cn_id, RIGHTARG = cn_id, COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (cn_id, cn_id) IS 'not equal';
CREATE OPERATOR < (
	FUNCTION = cn_id_lt, LEFTARG = cn_id, RIGHTARG = cn_id, COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (cn_id, cn_id) IS 'less than';
CREATE OPERATOR <= (
	FUNCTION = cn_id_le, LEFTARG = cn_id, RIGHTARG = cn_id, COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (cn_id, cn_id) IS 'less than or equal';
CREATE OPERATOR > (
	FUNCTION = cn_id_gt, LEFTARG = cn_id, RIGHTARG = cn_id, COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (cn_id, cn_id) IS 'greater than';
CREATE OPERATOR >= (
	FUNCTION = cn_id_ge, LEFTARG = cn_id, RIGHTARG = cn_id, COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (cn_id, cn_id) IS 'greater than or equal';

CREATE FUNCTION cn_id_cmp(cn_id, cn_id) RETURNS int4
	AS 'btint8cmp' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_cmp(cn_id, cn_id) IS '-1, 0 or 1 as the first argument is less than, equal to or greater than the second.';
CREATE FUNCTION cn_id_sortsupport(internal) RETURNS void
	AS 'btint8sortsupport' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_sortsupport(internal) IS 'Sort support of btree indexes.';
CREATE FUNCTION cn_id_hash(cn_id) RETURNS int4
	AS 'hashint8' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_hash(cn_id) IS 'Hash of the value.';
CREATE FUNCTION cn_id_hash_extended(cn_id, int8) RETURNS int8
	AS 'hashint8extended' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_hash_extended(cn_id, int8) IS 'Hash of the value with a seed, for hash partitioning.';

CREATE OPERATOR CLASS cn_id_ops DEFAULT FOR TYPE cn_id USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 cn_id_cmp(cn_id, cn_id),
	FUNCTION 2 cn_id_sortsupport(internal),
	FUNCTION 4 pg_catalog.btequalimage(oid);
CREATE OPERATOR CLASS cn_id_hash_ops DEFAULT FOR TYPE cn_id USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 cn_id_hash(cn_id),
	FUNCTION 2 cn_id_hash_extended(cn_id, int8);
CREATE OPERATOR CLASS cn_id_minmax_ops DEFAULT FOR TYPE cn_id USING brin AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 pg_catalog.brin_minmax_opcinfo(internal),
	FUNCTION 2 pg_catalog.brin_minmax_add_value(internal, internal, internal, internal),
	FUNCTION 3 pg_catalog.brin_minmax_consistent(internal, internal, internal),
	FUNCTION 4 pg_catalog.brin_minmax_union(internal, internal, internal);
COMMENT ON OPERATOR CLASS cn_id_ops USING btree IS 'Order of identity numbers.';
COMMENT ON OPERATOR CLASS cn_id_hash_ops USING hash IS 'Equality of identity numbers.';
COMMENT ON OPERATOR CLASS cn_id_minmax_ops USING brin IS 'Least and greatest of identity numbers in a range of blocks.';

CREATE FUNCTION cn_id_larger(cn_id, cn_id) RETURNS cn_id
	AS 'int8larger' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_larger(cn_id, cn_id) IS 'The larger of two.';
CREATE AGGREGATE max(cn_id) (
	SFUNC = cn_id_larger, STYPE = cn_id, COMBINEFUNC = cn_id_larger,
	SORTOP = >, PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(cn_id) IS 'Largest of all values, NULL without any.';
CREATE FUNCTION cn_id_smaller(cn_id, cn_id) RETURNS cn_id
	AS 'int8smaller' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_smaller(cn_id, cn_id) IS 'The smaller of two.';
CREATE AGGREGATE min(cn_id) (
	SFUNC = cn_id_smaller, STYPE = cn_id, COMBINEFUNC = cn_id_smaller,
	SORTOP = <, PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(cn_id) IS 'Smallest of all values, NULL without any.';

-- Containment; a constant division becomes an index range.

CREATE FUNCTION cn_id_within_support(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'hb_cn_id_within_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cn_id_within_support(internal) IS 'Planner support of <@ and @> between identity numbers and divisions.';

CREATE FUNCTION within(cn_id, cn_division) RETURNS boolean
	AS 'MODULE_PATHNAME', 'hb_cn_id_within' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT cn_id_within_support;
COMMENT ON FUNCTION within(cn_id, cn_division) IS
'Whether the six digits of division in the number lie within the division: who was first registered there. False for foreigners, whose numbers hold none, and for divisions below a county. The operator <@ is the same and uses indexes.';
CREATE FUNCTION contains(cn_division, cn_id) RETURNS boolean
	AS 'MODULE_PATHNAME', 'hb_cn_division_contains_id' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	SUPPORT cn_id_within_support;
COMMENT ON FUNCTION contains(cn_division, cn_id) IS
'Whether the six digits of division in the number lie within the division; see within. The operator @> is the same and uses indexes.';

CREATE OPERATOR <@ (
	FUNCTION = within, LEFTARG = cn_id, RIGHTARG = cn_division, COMMUTATOR = @>,
	RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR <@ (cn_id, cn_division) IS 'was registered within the division';
CREATE OPERATOR @> (
	FUNCTION = contains, LEFTARG = cn_division, RIGHTARG = cn_id, COMMUTATOR = <@,
	RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR @> (cn_division, cn_id) IS 'is where the number was registered, or above it';
