-- base: the reference schema of the three base databases, as rows

CREATE FUNCTION base_tables(OUT n integer, OUT tab text, OUT pk text, OUT indexes text, OUT zh text, OUT en text, OUT standard text) RETURNS SETOF record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 ROWS 46 AS 'MODULE_PATHNAME', 'hb_base_tables';
COMMENT ON FUNCTION base_tables() IS 'Returns the tables of the reference schema: n, their order; tab, schema without prefix and name, such as pop.person; pk, columns of the primary key; indexes, columns of further indexes parted by semicolons (+ unique, gin inverted); zh and en, titles; standard.';

CREATE FUNCTION base_columns(OUT n integer, OUT tab text, OUT col text, OUT type text, OUT nn text, OUT fk text, OUT domain text, OUT rule text, OUT de text, OUT zh text, OUT en text, OUT ident text) RETURNS SETOF record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 ROWS 364 AS 'MODULE_PATHNAME', 'hb_base_columns';
COMMENT ON FUNCTION base_columns() IS 'Returns the columns of the reference schema: n, their order; tab and col; type, where code stands for text COLLATE "C" and identity for a number that the table gives; nn, y where NULL is not allowed; fk, the table referred to by its key; domain, the value domain in code_table; rule, a check; de, the data element of WS 363 or of a data set; zh and en, the meaning; ident, y for what names a person and for free text that may.';

CREATE FUNCTION base_codes(OUT n integer, OUT cv text, OUT code text, OUT name text, OUT name_en text, OUT std_version text, OUT valid_from text, OUT valid_to text) RETURNS SETOF record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 ROWS 300 AS 'MODULE_PATHNAME', 'hb_base_codes';
COMMENT ON FUNCTION base_codes() IS 'Returns the codes that fill code_table: cv, the value domain; code; name and name_en; std_version, the standard with its year; valid_from and valid_to, the days of that version, valid_to not included and NULL while in force.';

CREATE FUNCTION base_diseases(OUT n integer, OUT disease text, OUT icd_range text, OUT name text, OUT name_en text, OUT class text, OUT report_h text, OUT alert_method text, OUT pct text) RETURNS SETOF record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 ROWS 48 AS 'MODULE_PATHNAME', 'hb_base_diseases';
COMMENT ON FUNCTION base_diseases() IS 'Returns the rows that fill the table disease, as texts: the notifiable diseases of classes A, B and C with the hours for a report, and the chronic diseases under management (class D), each with its range of ICD-10.';

CREATE FUNCTION base_festivals(OUT n integer, OUT year text, OUT spring_festival text, OUT qingming text, OUT dragon_boat text, OUT mid_autumn text) RETURNS SETOF record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 ROWS 31 AS 'MODULE_PATHNAME', 'hb_base_festivals';
COMMENT ON FUNCTION base_festivals() IS 'Returns the days of four festivals in the years 2000 to 2030, as texts. GB/T 33661-2017.';

CREATE FUNCTION base_obs_items(OUT n integer, OUT code text, OUT name text, OUT name_en text, OUT unit text, OUT de_id text, OUT lo text, OUT hi text) RETURNS SETOF record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 ROWS 48 AS 'MODULE_PATHNAME', 'hb_base_obs_items';
COMMENT ON FUNCTION base_obs_items() IS 'Returns the rows that fill the table obs_item, as texts: items of observations and of the laboratory with their units (UCUM), and the least and greatest value that a living person can have.';

CREATE FUNCTION base_std_pops(OUT n integer, OUT std text, OUT sex text, OUT age_lo text, OUT age_hi text, OUT pop text) RETURNS SETOF record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 ROWS 331 AS 'MODULE_PATHNAME', 'hb_base_std_pops';
COMMENT ON FUNCTION base_std_pops() IS 'Returns the rows that fill the table std_pop, as texts: standard populations by sex (1, 2, b for both) and age group; age_hi, the last year of the group, is NULL where it is open.';
