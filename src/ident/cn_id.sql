-- cn_id: identity numbers of people; the kit of the type comes before

COMMENT ON TYPE cn_id IS 'An identity number of a person in China: the resident number of 18 digits (GB 11643-1999) or of 15, which is upgraded; the residence permit of people from Hong Kong, Macao and Taiwan (81, 82, 83); the permanent resident card of foreigners from 2023 (9). Eight bytes; sorts as its text does. Input takes full-width characters, x for X, and blanks and hyphens anywhere; checks shape, calendar date of birth (1850 to 2099) and check digit (ISO 7064 MOD 11-2), never whether the division exists. Errors name rule and position, never the number.';

CREATE FUNCTION cn_id_kind(cn_id) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_cn_id_kind_text';
COMMENT ON FUNCTION cn_id_kind(cn_id) IS 'Returns the family of the number: resident, hmt_residence (permit of people from Hong Kong, Macao and Taiwan) or foreign_permanent (permanent resident card of a foreigner).';
CREATE FUNCTION cn_id_birth_date(cn_id) RETURNS date
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_cn_id_birth_date';
COMMENT ON FUNCTION cn_id_birth_date(cn_id) IS 'Returns the date of birth.';
CREATE FUNCTION cn_id_sex(cn_id) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_cn_id_sex';
COMMENT ON FUNCTION cn_id_sex(cn_id) IS 'Returns the sex, male for an odd order number or female.';
CREATE FUNCTION cn_id_age(cn_id, on_date date) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_cn_id_age_on';
COMMENT ON FUNCTION cn_id_age(cn_id, date) IS 'Returns the age on a day in completed years; NULL before birth and on infinity. Who was born on 29 February completes a year on 1 March of a common year.';
CREATE FUNCTION cn_id_division(cn_id) RETURNS cn_division
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_cn_id_division';
COMMENT ON FUNCTION cn_id_division(cn_id) IS 'Returns the division in the number: six digits, where the person was first registered, and 810000, 820000 or 830000 of a residence permit; two digits for a foreigner, the province that issued the card. It may exist no longer; see cn_id_division_known.';
CREATE FUNCTION cn_id_nationality(cn_id) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_cn_id_nationality';
COMMENT ON FUNCTION cn_id_nationality(cn_id) IS 'Returns the nationality or region as ISO 3166-1 numeric code: 156 for residents; 344 Hong Kong, 446 Macao, 158 Taiwan for residence permits; the digits in the number for foreigners, where 000 is stateless.';

CREATE FUNCTION cn_id_within_support(internal) RETURNS internal
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_cn_id_within_support';
COMMENT ON FUNCTION cn_id_within_support(internal) IS 'Planner support of <@ and @> between numbers and divisions: a constant becomes an index range.';
CREATE FUNCTION cn_id_within(cn_id, cn_division) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE SUPPORT cn_id_within_support
    AS 'MODULE_PATHNAME', 'hb_cn_id_within';
COMMENT ON FUNCTION cn_id_within(cn_id, cn_division) IS 'Returns whether the six digits of division in the number lie within the division: whether the person was first registered there. False for foreigners, whose numbers have none, and for divisions below a county. Implementation of the operator <@, which uses indexes.';
CREATE FUNCTION cn_division_contains(cn_division, cn_id) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE SUPPORT cn_id_within_support
    AS 'MODULE_PATHNAME', 'hb_cn_division_contains_id';
COMMENT ON FUNCTION cn_division_contains(cn_division, cn_id) IS 'Returns whether the six digits of division in the number lie within the division; see cn_id_within. Implementation of the operator @>, which uses indexes.';
CREATE OPERATOR <@ (
    LEFTARG = cn_id, RIGHTARG = cn_division, FUNCTION = cn_id_within,
    COMMUTATOR = @>, RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR <@ (cn_id, cn_division) IS 'was first registered within the division';
CREATE OPERATOR @> (
    LEFTARG = cn_division, RIGHTARG = cn_id, FUNCTION = cn_division_contains,
    COMMUTATOR = <@, RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR @> (cn_division, cn_id) IS 'is where the number was first registered, or above it';

