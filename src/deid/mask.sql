-- masks: what stays of a text is told by its form; they need no key

CREATE FUNCTION deid_mask(value text, keep_left integer, keep_right integer, fill text DEFAULT '*') RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_deid_mask';
COMMENT ON FUNCTION deid_mask(text, integer, integer, text) IS 'Returns a text of which only the first keep_left and the last keep_right characters are left; characters are graphemes (UAX #29), so that no accent, emoji or rare Han character is cut. A fill of one character stands for each hidden one, a longer fill for all of them together. A text of no more than keep_left + keep_right characters is wholly hidden, with a fill of one character for each, else an asterisk. A negative number or an empty fill is an error (22023).';
CREATE FUNCTION deid_mask_name(value text, fixed boolean DEFAULT false) RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_deid_mask_name';
COMMENT ON FUNCTION deid_mask_name(text, boolean) IS 'Returns a name of which only the surname is left, an asterisk for each other character: the first character, or two if they are a compound surname and more follows. Of a name with a middle dot the first character and the dots are left; blanks and hyphens stay as well. A name of one character is hidden. fixed puts two asterisks behind the surname, whatever the length.';
CREATE FUNCTION deid_mask_idno(value text, keep_left integer DEFAULT 6, keep_right integer DEFAULT 0) RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_deid_mask_idno';
COMMENT ON FUNCTION deid_mask_idno(text, integer, integer) IS 'Returns an identity number of 18 or 15 characters of which only the first keep_left (the division) and the last keep_right are left, full-width digits, blanks and hyphens as they stand. What is no valid number is hidden, as is one of which nothing would be. A negative number is an error (22023). With the last four characters left, 33 persons remain of a year and a county: hence keep_right 0.';
CREATE FUNCTION deid_mask_mobile(value text) RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_deid_mask_mobile';
COMMENT ON FUNCTION deid_mask_mobile(text) IS 'Returns a mobile number of which the fourth to seventh of 11 digits are hidden; a country code, blanks and hyphens stay. What is no mobile number is hidden. 10,000 numbers remain: a mask for a screen, not for a release.';
CREATE FUNCTION deid_mask_phone(value text) RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_deid_mask_phone';
COMMENT ON FUNCTION deid_mask_phone(text) IS 'Returns a telephone number of which the area code and the last four of seven or eight digits are left; an extension is hidden. A mobile number is masked as by deid_mask_mobile. What is neither is hidden.';
CREATE FUNCTION deid_mask_email(value text) RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_deid_mask_email';
COMMENT ON FUNCTION deid_mask_email(text) IS 'Returns an e-mail address of which the domain and the first of at least two characters before it are left. What is no address is hidden.';
CREATE FUNCTION deid_mask_bankcard(value text) RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_deid_mask_bankcard';
COMMENT ON FUNCTION deid_mask_bankcard(text) IS 'Returns a card number of 16 to 19 digits of which the first six (the issuer) and the last four are left, of 13 to 15 digits the last four; blanks and hyphens stay. What is no card number is hidden.';
CREATE FUNCTION deid_mask_plate(value text) RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_deid_mask_plate';
COMMENT ON FUNCTION deid_mask_plate(text) IS 'Returns the plate of a vehicle of which the province and the letter behind it are left (GA 36). What is no plate of that form is hidden.';
CREATE FUNCTION deid_mask_address(value text, level text) RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'hb_deid_mask_address';
COMMENT ON FUNCTION deid_mask_address(text, text) IS 'Returns an address of which the divisions at its head are left, down to a level: province, city, county (by their names in GB/T 2260 since 1980) or street (a town, township or subdistrict behind a county, by its ending). What is not known to be such a name is hidden, an asterisk a character. Another level is an error (22023).';
CREATE FUNCTION deid_mask_ip(value inet) RETURNS inet
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'hb_deid_mask_ip';
COMMENT ON FUNCTION deid_mask_ip(inet) IS 'Returns the network of an address: 24 bits of version 4, 48 bits of version 6. A wider network stays as it is.';
