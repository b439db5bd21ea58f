-- pseudonyms from a keyed hash

CREATE FUNCTION deid_token(value text, domain text, key name, bits integer DEFAULT 80) RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_deid_token';
COMMENT ON FUNCTION deid_token(text, text, name, integer) IS 'Returns the token of a value: k, the version of the key, a hyphen, and bits leading bits of HMAC(key, domain | value) in Crockford''s base 32. The domain, such as idno, keeps the tokens of different columns apart: 1 to 63 bytes without |, not beginning with hb. bits is a multiple of 5 from 80 to 160. A token of the same key version and length is returned as it is; another one, or a UUID of version 8, is an error (22023): a pseudonym is never hashed again. The key has the purpose token or release and the caller''s role its use (42501).';
CREATE FUNCTION deid_token(value bytea, domain text, key name, bits integer DEFAULT 80) RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_deid_token';
COMMENT ON FUNCTION deid_token(bytea, text, name, integer) IS 'Returns the token of bytes: that of the text of the same bytes, if there is one. Arguments and errors are those of deid_token(text, text, name, integer).';
CREATE FUNCTION deid_token(value bigint, domain text, key name, bits integer DEFAULT 80) RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_deid_token_bigint';
COMMENT ON FUNCTION deid_token(bigint, text, name, integer) IS 'Returns the token of a number: that of its digits as text. Arguments and errors are those of deid_token(text, text, name, integer).';
CREATE FUNCTION deid_uuid(value text, domain text, key name) RETURNS uuid
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_deid_uuid';
COMMENT ON FUNCTION deid_uuid(text, text, name) IS 'Returns a UUID of version 8 (RFC 9562) with 122 bits of HMAC(key, hbuuid1 | domain | value). Domain and key are those of deid_token, whose tokens it tells nothing about. A token or a UUID of version 8 as value is an error (22023): it is a pseudonym already.';
CREATE FUNCTION deid_shift(value date, person text, key name, days integer DEFAULT 180, keep_weekday boolean DEFAULT true) RETURNS date
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_deid_shift_date';
COMMENT ON FUNCTION deid_shift(date, text, name, integer, boolean) IS 'Returns a date shifted by the days of a person: the same shift for all dates of a person under a key version, so that intervals stay. It is 1 to days days (at most 36500) back or forth, whole weeks if keep_weekday. Infinite dates stay. From HMAC(key, hbdate1 | person); the key has the purpose token or release. A result outside the type is an error (22008). One known date tells the shift of a person: use 365 days or more for open data.';
CREATE FUNCTION deid_shift(value timestamp, person text, key name, days integer DEFAULT 180, keep_weekday boolean DEFAULT true) RETURNS timestamp
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_deid_shift_timestamp';
COMMENT ON FUNCTION deid_shift(timestamp, text, name, integer, boolean) IS 'Returns a timestamp shifted by the days of a person, as deid_shift(date, text, name, integer, boolean); the time of day stays.';
CREATE FUNCTION deid_shift(value timestamptz, person text, key name, days integer DEFAULT 180, keep_weekday boolean DEFAULT true) RETURNS timestamptz
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_deid_shift_timestamp';
COMMENT ON FUNCTION deid_shift(timestamptz, text, name, integer, boolean) IS 'Returns a timestamp with time zone shifted by the days of a person, of 24 hours each, as deid_shift(date, text, name, integer, boolean).';
CREATE FUNCTION deid_name(person text, sex text, key name) RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_deid_name';
COMMENT ON FUNCTION deid_name(text, text, name) IS 'Returns a Chinese name for a person, always the same under a key version: a surname and one or two characters (one in every fifth name) drawn by their frequency in the population, the characters by sex as sex(text) takes it. Seeded by the person, a number or code, never by the name, as frequent surnames would be read off. From HMAC(key, hbname1 | person); the key has the purpose token or release. Frequencies: persons born 1930-2008, psychbruce/ChineseNames.';
CREATE FUNCTION deid_num(value numeric, person text, key name, pct double precision, domain text DEFAULT '') RETURNS numeric
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'hb_deid_num';
COMMENT ON FUNCTION deid_num(numeric, text, name, double precision, text) IS 'Returns a number with noise: multiplied by 1 plus at most pct per cent (above 0, at most 100) of either sign, evenly, rounded to its own decimal places. The factor is that of the person and the domain, the name of a column: asked again it is the same, so that averaging does not remove it; give every column a domain, else one known value tells all. NaN and infinity stay. From HMAC(key, hbnum1 | domain | person); the key has the purpose token or release.';

REVOKE ALL ON FUNCTION deid_token(text, text, name, integer), deid_token(bytea, text, name, integer), deid_token(bigint, text, name, integer),
	deid_uuid(text, text, name), deid_shift(date, text, name, integer, boolean), deid_shift(timestamp, text, name, integer, boolean),
	deid_shift(timestamptz, text, name, integer, boolean), deid_name(text, text, name),
	deid_num(numeric, text, name, double precision, text) FROM PUBLIC;
