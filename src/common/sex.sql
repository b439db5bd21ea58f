-- sex: how arguments of other functions are read

CREATE FUNCTION sex(text) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_sex';
COMMENT ON FUNCTION sex(text) IS 'Returns the sex in a text as male or female, as all functions with a sex argument read it: 1, M, male, 男, 男性 and 2, F, female, 女, 女性 in any case, also full-width; NULL for 0, 9, unknown, 未知, 未说明 and the empty text; another text is an error (22023). GB/T 2261.1-2003.';

