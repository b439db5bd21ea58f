-- cn_division: codes of administrative divisions; the kit of the type comes before

COMMENT ON TYPE cn_division IS 'A code of an administrative division of China: 2, 4 or 6 digits of GB/T 2260, or 9 or 12 with town and village. Eight bytes; sorts as its text does. Input takes full-width digits and blanks around and looks nothing up; output is as typed. 42, 4200 and 420000 differ as values and contain the same.';

CREATE FUNCTION cn_division_within_support(internal) RETURNS internal
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_cn_division_within_support';
COMMENT ON FUNCTION cn_division_within_support(internal) IS 'Planner support of <@ and @> between divisions: a constant becomes an index range.';
CREATE FUNCTION cn_division_within(cn_division, cn_division) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE SUPPORT cn_division_within_support
    AS 'MODULE_PATHNAME', 'hb_cn_division_within';
COMMENT ON FUNCTION cn_division_within(cn_division, cn_division) IS 'Returns whether the first division is the second or lies below it. Zero groups at the end only fill up: 420106 lies within 42, 4200 and 420000. Implementation of the operator <@, which uses indexes.';
CREATE FUNCTION cn_division_contains(cn_division, cn_division) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE SUPPORT cn_division_within_support
    AS 'MODULE_PATHNAME', 'hb_cn_division_contains';
COMMENT ON FUNCTION cn_division_contains(cn_division, cn_division) IS 'Returns whether the second division is the first or lies below it. Implementation of the operator @>, which uses indexes.';
CREATE OPERATOR <@ (
    LEFTARG = cn_division, RIGHTARG = cn_division, FUNCTION = cn_division_within,
    COMMUTATOR = @>, RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR <@ (cn_division, cn_division) IS 'is the division or lies below it';
CREATE OPERATOR @> (
    LEFTARG = cn_division, RIGHTARG = cn_division, FUNCTION = cn_division_contains,
    COMMUTATOR = <@, RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR @> (cn_division, cn_division) IS 'is the division or lies above it';

