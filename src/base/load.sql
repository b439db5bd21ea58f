-- base: loading files, with the rows that cannot be loaded set apart
--
-- A file is staged as texts. One pass makes typed values of the cells and judges
-- each row by itself; references and keys are then judged by set. Nothing here
-- writes a value into a message or into load_reject.

CREATE FUNCTION base_cell(cell text, sample anyelement, typmod integer) RETURNS anyelement
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 20 AS 'MODULE_PATHNAME', 'hb_base_cell';
COMMENT ON FUNCTION base_cell(text, anyelement, integer) IS 'Returns a cell of a file as a value of the type of sample, whose own value does not matter, with the given typmod (-1 for none), or NULL where it is none. Numbers are plain decimal numbers; days are YYYY-MM-DD, YYYY/M/D or YYYYMMDD, times may follow after a blank or T as hh:mm[:ss[.ffffff]] or hhmmss, with a zone (Z, +08, +08:00) for timestamptz alone; other types are read by their input functions. A part of load_base.';

CREATE FUNCTION base_trim(cell text) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1 AS 'MODULE_PATHNAME', 'hb_base_trim';
COMMENT ON FUNCTION base_trim(text) IS 'Returns a cell of a file without the blanks around it, also the wide blank of Chinese texts (U+3000), the hard blank (U+00A0) and the byte order mark (U+FEFF); NULL where nothing is left. A part of load_base.';

CREATE FUNCTION base_load_columns(relation regclass,
    OUT attnum smallint, OUT col name, OUT type text, OUT typmod integer, OUT collation text, OUT checker text, OUT needed boolean) RETURNS SETOF record
    LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 20
BEGIN ATOMIC
    SELECT a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.atttypmod,
        CASE WHEN a.attcollation <> 0 THEN a.attcollation::regcollation::text END,
        CASE WHEN t.typnamespace = '@extschema@'::regnamespace AND EXISTS (SELECT FROM pg_proc p
            WHERE p.pronamespace = t.typnamespace AND p.proname = t.typname || '_check' AND p.proargtypes = ARRAY['text'::regtype]::oidvector)
            THEN t.typname::text END,
        a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = base_load_columns.relation AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity <> 'a'
    ORDER BY a.attnum;
END;
COMMENT ON FUNCTION base_load_columns(regclass) IS 'Returns the columns of a table that a file can fill: attnum, col, type as written in SQL, typmod, collation; checker, the type''s name where it is one of ours with functions try_ and _check; needed, true where NULL is an error. A part of load_base.';

-- The existing table that a user means by pop.person.
CREATE FUNCTION base_relation(prefix text, tab text) RETURNS regclass
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    relation regclass;
BEGIN
    IF NOT EXISTS (SELECT FROM base_tables() t WHERE t.tab = base_relation.tab) THEN
        RAISE EXCEPTION 'the reference schema has no table "%"', tab
            USING ERRCODE = 'invalid_parameter_value', HINT = 'SELECT tab FROM base_tables() lists its tables, such as pop.person.';
    END IF;
    relation := to_regclass(base_table_name(prefix, tab));
    IF relation IS NULL THEN
        RAISE EXCEPTION 'table % does not exist', base_table_name(prefix, tab)
            USING ERRCODE = 'undefined_table', HINT = 'CALL create_base_schema or upgrade_base_schema with this prefix first.';
    END IF;
    RETURN relation;
END
$$;
COMMENT ON FUNCTION base_relation(text, text) IS 'Returns the table of a reference schema by prefix and name, such as pop.person. A name that base_tables does not have is an error (22023), a table that does not exist another (42P01).';

CREATE PROCEDURE create_base_stage(prefix text, tab text, stage text)
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
BEGIN
    EXECUTE format('CREATE TEMP TABLE %I (%s)', stage,
        (SELECT string_agg(format('%I text', col), ', ' ORDER BY attnum) FROM base_load_columns(base_relation(prefix, tab))));
END
$$;
COMMENT ON PROCEDURE create_base_stage(text, text, text) IS 'Creates a temporary table of the name stage, with the columns of a table of the reference schema (such as pop.person) as texts: COPY a file into it, then call load_base. tab is checked as in load_base.';

-- The statement that types and judges the staged rows one by one. Names that begin
-- with a point are its own: .row, .faults and, by its number, the cell of a column.
CREATE FUNCTION base_load_query(prefix text, tab text, stage regclass) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    domains jsonb;
    number text;
    texts text[];
    cells text[];
    names text[];
    faults text[];
    judged text;
    c record;
BEGIN
    EXECUTE format('SELECT jsonb_object_agg(cv, codes) FROM (SELECT cv, array_agg(DISTINCT code ORDER BY code) AS codes FROM %s GROUP BY cv) d',
        base_relation(prefix, 'ref.code_table')) INTO domains;
    FOR c IN
        SELECT l.*, '.' || l.attnum AS cell, l.attnum || ' ' AS mark, d.rule, d.domain, l.needed OR coalesce(d.nn = 'y', false) AS must,
            ARRAY(SELECT jsonb_array_elements_text(domains -> d.domain)) AS codes, s.attnum IS NOT NULL AS staged
        FROM base_load_columns(base_relation(prefix, tab)) l
        LEFT JOIN base_columns() d ON d.tab = base_load_query.tab AND d.col = l.col
        LEFT JOIN pg_attribute s ON s.attrelid = stage AND s.attname = l.col AND s.attnum > 0 AND NOT s.attisdropped
        ORDER BY l.attnum
    LOOP
        names := names || format('%I', c.col);
        IF c.staged THEN
            texts := texts || format('base_trim(%I::text) AS %I', c.col, c.cell);
        END IF;
        cells := cells || format('%s%s AS %I', CASE WHEN NOT c.staged THEN 'NULL::' || c.type
            WHEN c.type = 'text' THEN quote_ident(c.cell)
            WHEN c.checker IS NOT NULL THEN format('%I(%I)', 'try_' || c.checker, c.cell)
            ELSE format('base_cell(%I, NULL::%s, %s)', c.cell, c.type, c.typmod) END, ' COLLATE ' || c.collation, c.col);
        judged := concat_ws(' ',
            CASE WHEN c.staged AND c.type <> 'text' THEN format('WHEN %I IS NOT NULL AND %I IS NULL THEN concat(%L, %s)', c.cell, c.col, c.mark || 'type ' || c.type,
                CASE WHEN c.checker IS NULL THEN 'NULL' ELSE format(''': '', %I(%I)', c.checker || '_check', c.cell) END) END,
            CASE WHEN c.must THEN format('WHEN %I IS NULL THEN %L', c.col, c.mark || 'missing') END,
            CASE WHEN c.codes <> '{}' THEN format('WHEN %I <> ALL (%L::text[]) THEN %L', c.col, c.codes, c.mark || 'domain ' || c.domain) END,
            CASE WHEN c.rule IS NOT NULL THEN format('WHEN (%s) IS FALSE THEN %L', c.rule, c.mark || 'rule ' || c.rule) END);
        IF judged <> '' THEN
            faults := faults || format('CASE %s END', judged);
        END IF;
    END LOOP;
    -- a temporary table is read in the order in which it was filled
    SELECT CASE WHEN relkind = 'r' AND relpersistence <> 't' THEN 'row_number() OVER (ORDER BY ctid)' ELSE 'row_number() OVER ()' END
    INTO number FROM pg_class WHERE oid = stage;
    -- OFFSET 0: a cell is read once, not wherever its value is used
    RETURN format('SELECT ".row", %s, concat_ws(E''\n'', %s) AS ".faults" FROM (SELECT *, %s FROM (SELECT %s AS ".row", %s FROM %s) s OFFSET 0) v',
        array_to_string(names, ', '), array_to_string(faults, ', '), array_to_string(cells, ', '), number, array_to_string(texts, ', '), stage);
END
$$;
COMMENT ON FUNCTION base_load_query(text, text, regclass) IS 'Returns the query that makes typed values of the staged texts of a table and lists the faults that a row alone shows, as lines of column number and rule. A part of load_base.';

-- References that lead nowhere. Rows of one load may refer to each other, so a fault can bring about further ones.
CREATE PROCEDURE base_load_references(prefix text, tab text)
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    r record;
    found bigint;
BEGIN
    FOR r IN
        SELECT c.col, c.fk, t.pk, base_relation(prefix, c.fk) AS target, c.fk = c.tab AS own
        FROM base_columns() c JOIN base_tables() t ON t.tab = c.fk
        WHERE c.tab = base_load_references.tab ORDER BY c.n
    LOOP
        LOOP
            EXECUTE format('INSERT INTO hbhealth_load_fault SELECT w.".row", %1$L, %2$L FROM hbhealth_load_row w
                WHERE w.%1$I IS NOT NULL AND NOT EXISTS (SELECT FROM %3$s t WHERE t.%4$I = w.%1$I)'
                || CASE WHEN r.own THEN '
                    AND NOT EXISTS (SELECT FROM hbhealth_load_row o WHERE o.%4$I = w.%1$I
                        AND NOT EXISTS (SELECT FROM hbhealth_load_fault f WHERE f.row_no = o.".row"))
                    AND NOT EXISTS (SELECT FROM hbhealth_load_fault f WHERE f.row_no = w.".row" AND f.col = %1$L AND f.rule = %2$L)' ELSE '' END,
                r.col, 'reference ' || r.fk, r.target, r.pk);
            GET DIAGNOSTICS found = ROW_COUNT;
            EXIT WHEN found = 0 OR NOT r.own;
        END LOOP;
    END LOOP;
END
$$;
COMMENT ON PROCEDURE base_load_references(text, text) IS 'Adds the faults of staged rows whose references lead neither to a row of the table referred to nor, within one table, to a good row of the same load. A part of load_base.';

-- Keys that the table holds, and all but the first of the good rows with one key.
CREATE PROCEDURE base_load_keys(prefix text, tab text)
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    target CONSTANT regclass := base_relation(prefix, tab);
    k record;
BEGIN
    FOR k IN
        SELECT keys, string_agg(format('t.%1$I = w.%1$I', col), ' AND ') AS same,
            string_agg(format('%I IS NOT NULL', col), ' AND ') AS filled, string_agg(format('%I', col), ', ') AS cols
        FROM base_tables() t,
            LATERAL (SELECT t.pk UNION ALL SELECT substr(i, 2) FROM unnest(string_to_array(t.indexes, ';')) i WHERE i LIKE '+%') u (keys),
            LATERAL (SELECT btrim(c) AS col FROM unnest(string_to_array(keys, ',')) c) s
        WHERE t.tab = base_load_keys.tab
        GROUP BY keys HAVING bool_and(col IN (SELECT l.col FROM base_load_columns(target) l)) ORDER BY keys
    LOOP
        EXECUTE format('INSERT INTO hbhealth_load_fault SELECT w.".row", %L, ''key exists'' FROM hbhealth_load_row w
            WHERE EXISTS (SELECT FROM %s t WHERE %s)', k.keys, target, k.same);
        EXECUTE format('INSERT INTO hbhealth_load_fault SELECT ".row", %L, ''key repeated'' FROM (
                SELECT ".row", row_number() OVER (PARTITION BY %s ORDER BY ".row") AS copy FROM hbhealth_load_row w
                WHERE %s AND NOT EXISTS (SELECT FROM hbhealth_load_fault f WHERE f.row_no = w.".row")) c
            WHERE copy > 1', k.keys, k.cols, k.filled);
    END LOOP;
END
$$;
COMMENT ON PROCEDURE base_load_keys(text, text) IS 'Adds the faults of staged rows whose primary or unique key the table already holds, or that an earlier good row of the same load has. A part of load_base.';

CREATE FUNCTION load_base(prefix text, tab text, stage regclass, OUT batch bigint, OUT rows bigint, OUT loaded bigint, OUT rejected bigint)
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE COST 1000000 SET search_path = pg_catalog, @extschema@, pg_temp SET datestyle = 'ISO, YMD'
AS $$
#variable_conflict use_column
DECLARE
    target CONSTANT regclass := base_relation(prefix, tab);
    columns text;
    unknown text;
    broken text;
BEGIN
    SELECT string_agg(format('%I', s.attname), ', ' ORDER BY s.attnum) FILTER (WHERE l.col IS NOT NULL),
        string_agg(format('%I', s.attname), ', ' ORDER BY s.attnum) FILTER (WHERE l.col IS NULL)
    INTO columns, unknown
    FROM pg_attribute s LEFT JOIN base_load_columns(target) l ON l.col = s.attname
    WHERE s.attrelid = stage AND s.attnum > 0 AND NOT s.attisdropped;
    IF unknown IS NOT NULL OR columns IS NULL THEN
        RAISE EXCEPTION 'table % has no columns to load from: %', target, coalesce(unknown, 'the stage has none')
            USING ERRCODE = 'undefined_column';
    END IF;

    -- Loads of one table wait for each other: what is judged here must still hold below.
    IF (SELECT relkind IN ('r', 'p') FROM pg_class WHERE oid = target) THEN
        EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', target);
    END IF;
    EXECUTE 'CREATE TEMP TABLE hbhealth_load_row AS ' || base_load_query(prefix, tab, stage);
    ANALYZE hbhealth_load_row (".row");
    CREATE TEMP TABLE hbhealth_load_fault AS
        SELECT ".row" AS row_no, attname::text AS col, substr(fault, strpos(fault, ' ') + 1) AS rule
        FROM hbhealth_load_row, string_to_table(".faults", E'\n') fault
        JOIN pg_attribute ON attrelid = target AND attnum = split_part(fault, ' ', 1)::smallint
        WHERE ".faults" <> '';
    CALL base_load_references(prefix, tab);
    CALL base_load_keys(prefix, tab);

    SELECT count(*) INTO rows FROM hbhealth_load_row;
    SELECT count(DISTINCT row_no) INTO rejected FROM hbhealth_load_fault;
    BEGIN
        EXECUTE format('INSERT INTO %s (%s) SELECT %2$s FROM hbhealth_load_row w
            WHERE NOT EXISTS (SELECT FROM hbhealth_load_fault f WHERE f.row_no = w.".row")', target, columns);
        GET DIAGNOSTICS loaded = ROW_COUNT;
    EXCEPTION WHEN integrity_constraint_violation OR data_exception THEN
        -- the message of core shows the row
        GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
        RAISE EXCEPTION 'nothing is loaded: a row breaks a rule of table % that the reference schema does not have', target
            USING ERRCODE = SQLSTATE, CONSTRAINT = broken, DETAIL = 'The constraint is ' || coalesce(quote_ident(nullif(broken, '')), 'not named') || '.',
                HINT = 'After a change of code_table, CALL upgrade_base_schema renews the checks of value domains.';
    END;
    EXECUTE format('INSERT INTO %s (tab, at, role, rows, loaded, rejected) VALUES ($1, clock_timestamp(), current_user, $2, $3, $4) RETURNING batch',
        base_relation(prefix, 'ref.load_batch')) INTO batch USING tab, rows, loaded, rejected;
    EXECUTE format('INSERT INTO %s (batch, row_no, col, rule) SELECT $1, row_no, col, rule FROM hbhealth_load_fault',
        base_relation(prefix, 'ref.load_reject')) USING batch;
    DROP TABLE hbhealth_load_row, hbhealth_load_fault;
END
$$;
COMMENT ON FUNCTION load_base(text, text, regclass) IS 'Loads the rows of a staging table into the table of a reference schema that tab names (pop.person), and returns the number of the load, of rows staged, loaded and rejected. Staged columns are texts (others are read as their text) with the names of the table''s columns, in any order; blanks around a cell are cut and an empty cell is NULL; forms of numbers and days are those of base_cell. A row without fault is inserted. Any other goes to <prefix>_ref.load_reject with all its faults: row number in the order of staging, column, rule - type (with the rule that an identity number or a code breaks), missing, domain, rule, reference, key exists, key repeated - and never a value; load_report sums them up. An unknown table is an error (22023), a staged column that the table lacks another (42703); a constraint of the site''s own that a row breaks is one of class 23, and nothing is loaded. Other loads of the same table wait until the transaction ends.';
