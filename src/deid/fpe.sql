-- format-preserving encryption; there is no reversing function: see deid_reidentify

CREATE FUNCTION deid_fpe(value text, alphabet text, tweak bytea, key name) RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_deid_fpe';
COMMENT ON FUNCTION deid_fpe(text, text, bytea, name) IS 'Returns a text of the same length over the same alphabet, one to one, by FF1 (NIST SP 800-38G). The alphabet lists its 2 to 65536 characters in the order of their numerals, such as 0123456789; the value has at most 256 characters, all of them in it (22023), and as many values of its length must be possible as 1,000,000 (22003). The tweak is any bytes, such as what is kept beside the value. The key has the purpose fpe, and is used as it is, or release; its cipher is AES or SM4.';
CREATE FUNCTION deid_fpe_idno(idno text, key name, keep_region integer DEFAULT 6, band integer DEFAULT 10, keep_sex boolean DEFAULT true,
	check_digit text DEFAULT 'valid', on_invalid text DEFAULT 'error') RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 150 AS 'MODULE_PATHNAME', 'hb_deid_fpe_idno';
COMMENT ON FUNCTION deid_fpe_idno(text, name, integer, integer, boolean, text, text) IS 'Returns an identity number of 18 characters for another, one to one, by FF1 over the numbers that agree in what is kept: the first keep_region digits of the region (6, 4 or 2; then the rest is that of another listed division), the band of years of birth (1 to 100 years, beginning at a multiple), and the sex if keep_sex. The number is read as cn_id reads it; those of permits and foreigners keep their region. With check_digit => ''invalid'' the last character is the one after the right one, so that the pseudonym is nobody''s number and no validator takes it; that is for what leaves the platform. on_invalid says what becomes of a value that is no number or is born after the last date of the key: error (22023), null, token (of a release key, domain idno) or mask. Fewer possible numbers than 1,000,000 are an error (22003): with all of the region, 10 years and the sex, or 5 years without, are enough.';
CREATE FUNCTION deid_fpe_idno(idno cn_id, key name, keep_region integer DEFAULT 6, band integer DEFAULT 10, keep_sex boolean DEFAULT true) RETURNS cn_id
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 120 AS 'MODULE_PATHNAME', 'hb_deid_fpe_cn_id';
COMMENT ON FUNCTION deid_fpe_idno(cn_id, name, integer, integer, boolean) IS 'Returns an identity number for another, as the form of text does, with a check digit that is always right: it can be a living person''s number, so it is for use inside the platform. What cannot be enciphered is an error (22023).';
CREATE FUNCTION deid_fpe_mobile(mobile text, key name, keep integer DEFAULT 3, on_invalid text DEFAULT 'error') RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 120 AS 'MODULE_PATHNAME', 'hb_deid_fpe_mobile';
COMMENT ON FUNCTION deid_fpe_mobile(text, name, integer, text) IS 'Returns a mobile number of 11 digits for another, one to one, with the first keep digits as they are (2 to 5; 22003 for more, as too few remain). Blanks, hyphens and a country code are dropped. on_invalid is that of deid_fpe_idno.';
CREATE FUNCTION deid_fpe_bankcard(card text, key name, on_invalid text DEFAULT 'error') RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 120 AS 'MODULE_PATHNAME', 'hb_deid_fpe_bankcard';
COMMENT ON FUNCTION deid_fpe_bankcard(text, name, text) IS 'Returns a card number of the same 16 to 19 digits'' length for another, one to one: the first 6 digits, which name the issuer, stay, and the last is made by Luhn''s rule, as it must be before. on_invalid is that of deid_fpe_idno.';
CREATE FUNCTION deid_fpe_digits(value text, key name, on_invalid text DEFAULT 'error') RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 120 AS 'MODULE_PATHNAME', 'hb_deid_fpe_digits';
COMMENT ON FUNCTION deid_fpe_digits(text, name, text) IS 'Returns a text such as a record number with other digits, one to one: letters and separators stay as they are, the digits, 6 to 256, are enciphered together. Full-width digits become ASCII; numerals such as 三 stay. At most 1024 bytes. Fewer than 6 digits are an error (22003), or what on_invalid says, as in deid_fpe_idno. A token or a UUID of version 8 is no value.';

REVOKE ALL ON FUNCTION deid_fpe(text, text, bytea, name), deid_fpe_idno(text, name, integer, integer, boolean, text, text),
	deid_fpe_idno(cn_id, name, integer, integer, boolean), deid_fpe_mobile(text, name, integer, text),
	deid_fpe_bankcard(text, name, text), deid_fpe_digits(text, name, text) FROM PUBLIC;
