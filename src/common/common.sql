-- common: what the SQL of several domains needs

CREATE FUNCTION within_exact_support(internal) RETURNS internal
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_within_exact_support';
COMMENT ON FUNCTION within_exact_support(internal) IS 'Planner support of within_exact: it never changes an estimate.';

