-- sex: the spelling that arguments of other functions are read by

CREATE FUNCTION sex(text) RETURNS text
	AS 'MODULE_PATHNAME', 'hb_sex' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sex(text) IS
'The sex in a text as male or female: 1, M, male, 男, 男性 or 2, F, female, 女, 女性, in any case, also full-width. NULL for 0, 9, unknown, 未知, 未说明 and the empty text; error 22023 for anything else. All functions with a sex argument read it so. Source: GB/T 2261.1-2003.';
