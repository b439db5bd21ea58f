-- base: the reference schema of the three base databases, as rows

CREATE FUNCTION base_tables(OUT n integer, OUT tab text, OUT pk text, OUT indexes text, OUT zh text, OUT en text, OUT standard text) RETURNS SETOF record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 ROWS 44 AS 'MODULE_PATHNAME', 'hb_base_tables';
COMMENT ON FUNCTION base_tables() IS 'Returns the tables of the reference schema: n, their order; tab, schema without prefix and name, such as pop.person; pk, columns of the primary key; indexes, columns of further indexes parted by semicolons (+ unique, gin inverted); zh and en, titles; standard.';

CREATE FUNCTION base_columns(OUT n integer, OUT tab text, OUT col text, OUT type text, OUT nn text, OUT fk text, OUT domain text, OUT rule text, OUT de text, OUT zh text, OUT en text) RETURNS SETOF record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 ROWS 353 AS 'MODULE_PATHNAME', 'hb_base_columns';
COMMENT ON FUNCTION base_columns() IS 'Returns the columns of the reference schema: n, their order; tab and col; type, where code stands for text COLLATE "C"; nn, y where NULL is not allowed; fk, the table referred to by its key; domain, the value domain in code_table; rule, a check; de, the data element of WS 363 or of a data set; zh and en, the meaning.';

CREATE FUNCTION base_codes(OUT n integer, OUT cv text, OUT code text, OUT name text, OUT name_en text, OUT std_version text, OUT valid_from text, OUT valid_to text) RETURNS SETOF record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 ROWS 300 AS 'MODULE_PATHNAME', 'hb_base_codes';
COMMENT ON FUNCTION base_codes() IS 'Returns the codes that fill code_table: cv, the value domain; code; name and name_en; std_version, the standard with its year; valid_from and valid_to, the days of that version, valid_to not included and NULL while in force.';
