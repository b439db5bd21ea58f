-- base: keys, checks and indexes of the reference schema, apart from its tables, so
-- that a large load can go without them

-- What every table should have: primary key, indexes, checks, foreign keys, in the order of making.
CREATE FUNCTION base_keys(prefix text,
    OUT stage integer, OUT tab text, OUT target text, OUT kind text, OUT name text, OUT definition text) RETURNS SETOF record
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE ROWS 400 SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    codes text := base_table_name(prefix, 'ref.code_table');
BEGIN
    RETURN QUERY EXECUTE format($sql$
        WITH tables AS MATERIALIZED (
            SELECT n, tab, base_table_name($1, tab) AS target, split_part(tab, '.', 2) AS short, pk, indexes FROM base_tables()
            -- a site may have a view in the place of a table
            WHERE coalesce((SELECT relkind IN ('r', 'p') FROM pg_class WHERE oid = to_regclass(base_table_name($1, tab))), true)
        ), columns AS MATERIALIZED (
            SELECT s.*, t.n AS tn, t.target, t.short FROM base_columns() s JOIN tables t USING (tab)
        ), domains AS MATERIALIZED (
            SELECT cv, array_agg(DISTINCT code ORDER BY code) AS codes FROM %s GROUP BY cv
        )
        SELECT stage, tab, target, kind, name, definition FROM (
            SELECT 1 AS stage, tab, target, 'constraint' AS kind, short || '_pkey' AS name,
                format('PRIMARY KEY (%%s)', pk) AS definition, n AS tn, 0 AS n
            FROM tables
            UNION ALL
            SELECT 2, tab, target, 'index', short || '_' || btrim(regexp_replace(i, '\W+', '_', 'g'), '_') || '_idx',
                CASE WHEN i LIKE '+%%' THEN 'UNIQUE btree (' || substr(i, 2)
                    WHEN i LIKE 'gin %%' THEN 'gin (' || substr(i, 5) ELSE 'btree (' || i END || ')', n, 0
            FROM tables, unnest(string_to_array(indexes, ';')) i
            UNION ALL
            SELECT 3, tab, target, 'constraint', short || '_' || col || '_check', format('CHECK (%%s)', rule), tn, n
            FROM columns WHERE rule IS NOT NULL
            UNION ALL
            SELECT 3, tab, target, 'constraint', short || '_' || col || '_domain', format('CHECK ((%%I = ANY (%%L::text[])))', col, codes), tn, n
            FROM columns JOIN domains ON cv = domain
            UNION ALL
            SELECT 3, tab, target, 'not null', col, NULL, tn, n
            FROM columns WHERE nn = 'y'
            UNION ALL
            SELECT 4, s.tab, s.target, 'constraint', s.short || '_' || col || '_fkey',
                format('FOREIGN KEY (%%I) REFERENCES %%s(%%s)', col, r.target, r.pk), tn, s.n
            FROM columns s JOIN tables r ON r.tab = s.fk
        ) k
        ORDER BY stage, tn, n, name COLLATE "C"
        $sql$, codes) USING prefix;
END
$$;
COMMENT ON FUNCTION base_keys(text) IS 'Returns the keys, indexes and checks that the reference schema of a prefix should have: stage, the order of making; tab and target, the table without and with prefix; kind, constraint, index or not null; name, that of the constraint, index or column; definition. Checks of value domains hold the codes of its code_table. Views in the place of tables have none, and nothing refers to them.';

-- The part of base_keys that is missing; a domain whose codes have changed is missing, too.
CREATE FUNCTION base_keys_missing(prefix text,
    OUT stage integer, OUT target text, OUT kind text, OUT name text, OUT definition text, OUT outdated boolean) RETURNS SETOF record
    LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 400
BEGIN ATOMIC
    SELECT k.stage, k.target, k.kind, k.name, k.definition, c.oid IS NOT NULL
    FROM base_keys(base_keys_missing.prefix) k
    LEFT JOIN pg_constraint c ON k.kind = 'constraint' AND c.conrelid = to_regclass(k.target) AND c.conname = k.name
    LEFT JOIN pg_class i ON k.kind = 'index' AND i.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass(k.target)) AND i.relname = k.name
    LEFT JOIN pg_attribute a ON k.kind = 'not null' AND a.attrelid = to_regclass(k.target) AND a.attname = k.name AND a.attnotnull
    WHERE c.oid IS NULL AND i.oid IS NULL AND a.attrelid IS NULL
        OR c.conname LIKE '%\_domain' AND pg_get_constraintdef(c.oid) <> k.definition;
END;
COMMENT ON FUNCTION base_keys_missing(text) IS 'Returns the rows of base_keys whose object does not exist; outdated, true for a check of a value domain that exists with other codes.';

CREATE PROCEDURE create_base_keys(prefix text DEFAULT 'hb')
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    k record;
BEGIN
    -- all checks of a table in one statement, which reads the table once
    FOR k IN
        SELECT stage, target, min(kind) AS kind, min(name) AS name, min(definition) AS definition,
            string_agg(CASE WHEN kind = 'not null' THEN format('ALTER COLUMN %I SET NOT NULL', name)
                ELSE CASE WHEN outdated THEN format('DROP CONSTRAINT %I, ', name) ELSE '' END ||
                    format('ADD CONSTRAINT %I %s', name, definition) END, ', ' ORDER BY n) AS actions
        FROM base_keys_missing(create_base_keys.prefix) WITH ORDINALITY AS m (stage, target, kind, name, definition, outdated, n)
        GROUP BY stage, target, CASE WHEN stage <> 3 THEN name END ORDER BY stage, min(n)
    LOOP
        RAISE DEBUG 'making % of table %', k.name, k.target;
        IF k.kind = 'index' THEN
            EXECUTE format('CREATE %sINDEX %I ON %s USING %s', CASE WHEN k.definition LIKE 'UNIQUE %' THEN 'UNIQUE ' ELSE '' END,
                k.name, k.target, replace(k.definition, 'UNIQUE ', ''));
        ELSE
            EXECUTE format('ALTER TABLE %s %s', k.target, k.actions);
        END IF;
    END LOOP;
END
$$;
COMMENT ON PROCEDURE create_base_keys(text) IS 'Makes the primary keys, indexes, checks and foreign keys of the reference schema of a prefix that are missing, as after a large load without them. Data that breaks one is the error of core that names it, and nothing is made.';

CREATE PROCEDURE drop_base_keys(prefix text DEFAULT 'hb')
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    k record;
BEGIN
    FOR k IN
        SELECT target, bool_or(kind = 'index') AS is_index,
            string_agg(CASE kind WHEN 'index' THEN format('%I.%I', (parse_ident(target))[1], name)
                ELSE format('DROP CONSTRAINT IF EXISTS %I', name) END, ', ') AS names
        FROM base_keys(drop_base_keys.prefix) WHERE kind <> 'not null' AND to_regclass(target) IS NOT NULL
        GROUP BY stage, target ORDER BY stage DESC
    LOOP
        EXECUTE CASE WHEN k.is_index THEN 'DROP INDEX IF EXISTS ' || k.names ELSE format('ALTER TABLE %s %s', k.target, k.names) END;
    END LOOP;
END
$$;
COMMENT ON PROCEDURE drop_base_keys(text) IS 'Drops the primary keys, indexes, checks and foreign keys that the reference schema of a prefix has by base_keys, for a large load; NOT NULL stays, and so does what the site has added, unless it needs a dropped key (2BP01). create_base_keys makes them again.';
