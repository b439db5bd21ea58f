-- names and history of divisions, from the yearly lists of GB/T 2260

CREATE FUNCTION cn_division_level(cn_division) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_cn_division_level_text';
COMMENT ON FUNCTION cn_division_level(cn_division) IS 'Returns the level that the division denotes: province, prefecture, county, town or village. Zero groups at the end only fill up: 420000 is a province.';
CREATE FUNCTION cn_division_parent(cn_division) RETURNS cn_division
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_cn_division_parent_of';
COMMENT ON FUNCTION cn_division_parent(cn_division) IS 'Returns the division just above, NULL for a province. Counties that a province or a municipality governs itself (429004, 110105) have the province. It is written with as many digits as the division when these are 2, 4 or 6; above a village with 9, above a town with 6.';
CREATE FUNCTION cn_division_name(cn_division) RETURNS text
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_cn_division_name';
COMMENT ON FUNCTION cn_division_name(cn_division) IS 'Returns the last name of a division down to the county, even if it was abolished since; NULL if it was never listed. GB/T 2260, lists of 1980 to 2020; Hubei as of 2023.';
CREATE FUNCTION cn_division_name(cn_division, on_date date) RETURNS text
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_cn_division_name_on';
COMMENT ON FUNCTION cn_division_name(cn_division, date) IS 'Returns the name that a division had in the year of a date; NULL if it was not in force. The lists are yearly, as of 31 December, from 1980 to 2020; earlier dates are answered as of 1980, later ones as of 2020.';
CREATE FUNCTION cn_division_history(cn_division, OUT name text, OUT first_year integer, OUT last_year integer) RETURNS SETOF record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 ROWS 2 AS 'MODULE_PATHNAME', 'hb_cn_division_history';
COMMENT ON FUNCTION cn_division_history(cn_division) IS 'Returns all names of a division in order, with the first and the last year of each; a last year of NULL is still in force, a first year of 1980 may be earlier. No row if it was never listed.';
CREATE FUNCTION cn_division_list(on_date date, OUT code cn_division, OUT name text, OUT parent cn_division) RETURNS SETOF record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000 ROWS 3200 AS 'MODULE_PATHNAME', 'hb_cn_division_list';
COMMENT ON FUNCTION cn_division_list(date) IS 'Returns the divisions in force in the year of a date, down to the county, in the order of their codes: code, of six digits; name; parent, the division just above, NULL for a province. GB/T 2260, lists of 1980 to 2020; Hubei as of 2023.';
CREATE FUNCTION cn_division_successor(cn_division) RETURNS cn_division
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_cn_division_successor';
COMMENT ON FUNCTION cn_division_successor(cn_division) IS 'Returns the division that replaced an abolished one, of six digits; NULL if it is in force or none is known. Inferred from the lists: for Hubei reviewed, elsewhere by name and year.';
CREATE FUNCTION cn_division_current(cn_division) RETURNS cn_division
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_cn_division_current';
COMMENT ON FUNCTION cn_division_current(cn_division) IS 'Returns the division in force that a division is or has become, by following successors; NULL if none is known.';

CREATE FUNCTION cn_id_division_known(cn_id) RETURNS boolean
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_cn_id_division_known';
COMMENT ON FUNCTION cn_id_division_known(cn_id) IS 'Returns whether the division in the number was listed in any year since 1980; NULL for foreigners, whose numbers have none. A check of quality, not of validity: some real numbers have codes that no list has.';
CREATE FUNCTION cn_id_division_known_at_birth(cn_id) RETURNS boolean
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_cn_id_division_known_at_birth';
COMMENT ON FUNCTION cn_id_division_known_at_birth(cn_id) IS 'Returns whether the division in the number was listed in the year of birth, or in 1980 for those born before; always for residence permits, NULL for foreigners. A check of quality: who was registered late has a real number that fails it.';

