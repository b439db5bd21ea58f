-- generalisation: a value becomes the range or the division it lies in

CREATE FUNCTION deid_generalize(value integer, width integer) RETURNS int4range
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'hb_deid_generalize_int4';
COMMENT ON FUNCTION deid_generalize(integer, integer) IS 'Returns the range of a width that holds a number and begins at a multiple of the width: -5 lies in [-10,0) for a width of 10. A bound that the type does not have is left open. A width that is not above 0 is an error (22023).';
CREATE FUNCTION deid_generalize(value bigint, width bigint) RETURNS int8range
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'hb_deid_generalize_int8';
COMMENT ON FUNCTION deid_generalize(bigint, bigint) IS 'Returns the range of a width that holds a number, as deid_generalize(integer, integer).';
CREATE FUNCTION deid_generalize(value numeric, width numeric) RETURNS numrange
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'hb_deid_generalize_numeric';
COMMENT ON FUNCTION deid_generalize(numeric, numeric) IS 'Returns the range of a width that holds a number, as deid_generalize(integer, integer). Infinity and NaN are ranges of themselves.';
CREATE FUNCTION deid_generalize(value double precision, width numeric) RETURNS numrange
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 20
	BEGIN ATOMIC SELECT deid_generalize(value::numeric, width); END;
COMMENT ON FUNCTION deid_generalize(double precision, numeric) IS 'Returns the range of a width that holds a number of 15 decimal digits, as deid_generalize(numeric, numeric).';
CREATE FUNCTION deid_generalize_date(value date, unit text) RETURNS daterange
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'hb_deid_generalize_date';
COMMENT ON FUNCTION deid_generalize_date(date, text) IS 'Returns the month, quarter, year, 5y (five years that begin with one divisible by 5) or 10y that holds a date, as the unit says. Infinite dates are ranges of themselves. Another unit is an error (22023).';
CREATE FUNCTION deid_age_band(age integer, width integer DEFAULT 5, top integer DEFAULT 90) RETURNS int4range
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'hb_deid_age_band';
COMMENT ON FUNCTION deid_age_band(integer, integer, integer) IS 'Returns the band of an age in years: of a width from multiples of it, and all ages from top on as one, [90,). An age below 0 or above 150 is an error (22003), as are a width not above 0 and a top not of 1 to 150 (22023).';
CREATE FUNCTION deid_region(division cn_division, digits integer DEFAULT 4, populations bigint[] DEFAULT NULL, min_population bigint DEFAULT NULL) RETURNS cn_division
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_deid_region';
COMMENT ON FUNCTION deid_region(cn_division, integer, bigint[], bigint) IS 'Returns the division of 6, 4 or 2 digits that a division lies in; a shorter one stays. With min_population, a number of persons, the result is the finest one of digits, digits - 2, ... that has as many by populations, which gives their persons in this order, or NULL if none has; a population that is NULL or not given is too small. NULL for division or digits gives NULL. Other digits and a negative min_population are errors (22023).';
CREATE FUNCTION deid_region(division text, digits integer DEFAULT 4, populations bigint[] DEFAULT NULL, min_population bigint DEFAULT NULL) RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 30
	BEGIN ATOMIC SELECT deid_region(division::cn_division, digits, populations, min_population)::text; END;
COMMENT ON FUNCTION deid_region(text, integer, bigint[], bigint) IS 'Returns the division of 6, 4 or 2 digits that a division lies in, as deid_region(cn_division, integer, bigint[], bigint). A text that is no division is an error (22P02).';
CREATE FUNCTION deid_generalize_icd10(code icd10, level text DEFAULT 'category') RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_deid_generalize_icd10';
COMMENT ON FUNCTION deid_generalize_icd10(icd10, text) IS 'Returns what a diagnosis lies in: the category of three characters (I21), the block (I20-I25) or the chapter (IX), as the level says; NULL outside blocks or chapters. Of a pair the dagger part counts. Another level is an error (22023).';
