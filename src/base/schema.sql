-- base: making, upgrading and leaving the reference schema
--
-- One description (base_tables, base_columns) serves all procedures: what is
-- missing is made, so that creating is upgrading nothing. Names of users go into
-- statements by %I and values by %L alone.

CREATE FUNCTION base_schema_name(prefix text, part text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF prefix = '' OR octet_length(prefix) > 59 THEN
        RAISE EXCEPTION 'prefix of a base schema must have 1 to 59 bytes'
            USING ERRCODE = 'invalid_parameter_value',
                DETAIL = format('It has %s bytes; a name of a schema has at most 63.', octet_length(prefix));
    END IF;
    RETURN prefix || '_' || part;
END
$$;
COMMENT ON FUNCTION base_schema_name(text, text) IS 'Returns the unquoted name of a schema of the reference schema: prefix, underscore and part (ref, pop, ehr, emr or ins). A prefix that is empty or longer than 59 bytes is an error (22023).';

CREATE FUNCTION base_table_name(prefix text, tab text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT format('%I.%I', base_schema_name(base_table_name.prefix, split_part(base_table_name.tab, '.', 1)), split_part(base_table_name.tab, '.', 2));
END;
COMMENT ON FUNCTION base_table_name(text, text) IS 'Returns the quoted name of a table of the reference schema, such as hb_pop.person for hb and pop.person.';

CREATE FUNCTION base_column_type(type text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE type WHEN 'code' THEN 'text COLLATE "C"' WHEN 'identity' THEN 'int8 GENERATED ALWAYS AS IDENTITY' ELSE type END;
END;
COMMENT ON FUNCTION base_column_type(text) IS 'Returns the type of a column as CREATE TABLE takes it, from its type in base_columns.';

-- Tables, columns and comments that are missing.
CREATE PROCEDURE base_make_tables(prefix text)
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    t record;
    c record;
    target text;
    relation regclass;
    is_table boolean;
BEGIN
    FOR t IN SELECT DISTINCT split_part(tab, '.', 1) AS part FROM base_tables() LOOP
        IF to_regnamespace(quote_ident(base_schema_name(prefix, t.part))) IS NULL THEN
            EXECUTE format('CREATE SCHEMA %I', base_schema_name(prefix, t.part));
        END IF;
    END LOOP;
    FOR t IN
        SELECT l.tab, concat_ws(' / ', l.zh, l.en) || coalesce(' (' || l.standard || ')', '') AS remark,
            string_agg(format('%I %s', col, base_column_type(type)), ', ' ORDER BY s.n) AS columns
        FROM base_tables() l JOIN base_columns() s USING (tab)
        GROUP BY l.n, l.tab, l.zh, l.en, l.standard ORDER BY l.n
    LOOP
        target := base_table_name(prefix, t.tab);
        IF to_regclass(target) IS NULL THEN
            EXECUTE format('CREATE TABLE %s (%s)', target, t.columns);
        END IF;
        relation := target::regclass;
        is_table := (SELECT relkind IN ('r', 'p') FROM pg_class WHERE oid = relation);
        IF obj_description(relation, 'pg_class') IS DISTINCT FROM t.remark THEN
            EXECUTE format('COMMENT ON %s %s IS %L', (SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END
                FROM pg_class WHERE oid = relation), target, t.remark);
        END IF;
        FOR c IN
            SELECT s.col, base_column_type(s.type) AS type, s.remark, a.attnum, a.atttypid,
                CASE WHEN a.attnum IS NOT NULL THEN col_description(relation, a.attnum) END AS present
            FROM (SELECT *, concat_ws(' ', de, concat_ws(' / ', zh, en)) AS remark FROM base_columns()) s
            LEFT JOIN pg_attribute a ON a.attrelid = relation AND a.attname = s.col AND NOT a.attisdropped
            WHERE s.tab = t.tab ORDER BY s.n
        LOOP
            IF c.attnum IS NULL AND NOT is_table THEN
                RAISE NOTICE 'view % has no column "%" of type %', target, c.col, c.type;
                CONTINUE;
            ELSIF c.attnum IS NULL THEN
                EXECUTE format('ALTER TABLE %s ADD COLUMN %I %s', target, c.col, c.type);
            ELSIF c.atttypid <> to_regtype(regexp_replace(c.type, '\(.*\)| COLLATE .*| GENERATED .*', '', 'g')) THEN
                RAISE NOTICE 'column "%" of % is of type %, where the reference schema has %',
                    c.col, target, c.atttypid::regtype, c.type;
            END IF;
            IF c.present IS DISTINCT FROM c.remark THEN
                EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', target, c.col, c.remark);
            END IF;
        END LOOP;
    END LOOP;
END
$$;
COMMENT ON PROCEDURE base_make_tables(text) IS 'Makes the schemas, tables, columns and comments of the reference schema that are missing; a view in the place of a table gets comments, and a NOTICE for each column that it lacks. A part of create_base_schema and upgrade_base_schema.';

-- What the loads of files have rejected.
CREATE PROCEDURE base_make_report(prefix text)
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    report CONSTANT text := base_table_name(prefix, 'ref.load_report');
    c record;
BEGIN
    EXECUTE format($sql$
        CREATE OR REPLACE VIEW %s AS
        SELECT b.batch, b.tab, b.at, b.role, b.rows, b.loaded, b.rejected, r.col, r.rule, r.faults, r.first_row
        FROM %s b
        LEFT JOIN (SELECT batch, col, rule, count(*) AS faults, min(row_no) AS first_row FROM %s GROUP BY batch, col, rule) r ON r.batch = b.batch
        $sql$, report, base_table_name(prefix, 'ref.load_batch'), base_table_name(prefix, 'ref.load_reject'));
    EXECUTE format('COMMENT ON VIEW %s IS %L', report, '装载报告 / Loads of files with the rules that rejected rows break');
    FOR c IN
        SELECT col, concat_ws(' / ', zh, en) AS remark FROM base_columns() WHERE tab = 'ref.load_batch' OR tab = 'ref.load_reject' AND col IN ('col', 'rule')
        UNION ALL VALUES ('faults', '违规行数 / rows that break the rule'), ('first_row', '首个违规行号 / number of the first of them')
    LOOP
        EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', report, c.col, c.remark);
    END LOOP;
END
$$;
COMMENT ON PROCEDURE base_make_report(text) IS 'Makes the view load_report of a reference schema; a part of upgrade_base_schema.';

CREATE PROCEDURE create_base_schema(prefix text DEFAULT 'hb')
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    taken text;
BEGIN
    SELECT name INTO taken
    FROM (SELECT DISTINCT base_schema_name(create_base_schema.prefix, split_part(tab, '.', 1)) AS name FROM base_tables()) s
    WHERE to_regnamespace(quote_ident(name)) IS NOT NULL ORDER BY name LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'schema "%" already exists', taken
            USING ERRCODE = 'duplicate_schema',
                HINT = 'Use CALL upgrade_base_schema to complete a reference schema, or choose another prefix.';
    END IF;
    CALL upgrade_base_schema(prefix);
END
$$;
COMMENT ON PROCEDURE create_base_schema(text) IS 'Creates the schemas <prefix>_ref, _pop, _ehr, _emr and _ins with the tables of the three base databases, keys, checks, indexes, comments and reference rows, as listed by base_tables and base_columns. They are ordinary objects of the caller, not members of the extension: pg_dump saves them, and DROP EXTENSION is refused while they use its types; DROP EXTENSION CASCADE would drop those columns (see detach_base_schema). An existing schema is an error (42P06), a prefix of more than 59 bytes another (22023).';

CREATE PROCEDURE upgrade_base_schema(prefix text DEFAULT 'hb')
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
BEGIN
    CALL base_make_tables(prefix);
    CALL base_make_report(prefix);
    CALL base_fill_reference(prefix);
    CALL create_base_keys(prefix);
END
$$;
COMMENT ON PROCEDURE upgrade_base_schema(text) IS 'Brings the reference schema of a prefix to this version: makes the tables, columns, comments, keys, checks, indexes and reference rows that are missing, and renews checks of value domains after code_table has changed. Data, further columns and rows of the site are left alone; a column of another type is reported (NOTICE) and kept, and so is a view in the place of a table. It can be called any number of times.';
