-- base: leaving the extension, with the data kept in types of core

-- Columns of tables in the schemas of a prefix, the site's own among them, whose type the extension owns.
CREATE FUNCTION base_member_columns(prefix text, OUT relation regclass, OUT attnum smallint, OUT col name, OUT core_type text) RETURNS SETOF record
    LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 40
BEGIN ATOMIC
    WITH member AS (
        SELECT objid AS type FROM pg_depend
        WHERE classid = 'pg_type'::regclass AND deptype = 'e' AND refclassid = 'pg_extension'::regclass
            AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'hbhealth')
    )
    SELECT a.attrelid::regclass, a.attnum, a.attname, CASE WHEN e.type IS NULL THEN 'text' ELSE 'text[]' END
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN member s ON s.type = t.oid
    LEFT JOIN member e ON e.type = t.typelem AND t.typsubscript = 'array_subscript_handler'::regproc
    WHERE n.nspname IN (SELECT base_schema_name(base_member_columns.prefix, split_part(tab, '.', 1)) FROM base_tables())
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attinhcount = 0 AND coalesce(s.type, e.type) IS NOT NULL
    ORDER BY a.attrelid, a.attnum;
END;
COMMENT ON FUNCTION base_member_columns(text) IS 'Returns the columns of tables in the schemas of a prefix whose type, or element type of an array, belongs to the extension: relation, attnum, col, and core_type, the type of core that detach_base_schema turns it into.';

-- What stands in the way of that: constraints, indexes, defaults and statistics that use our functions, operators or constants.
CREATE FUNCTION base_member_uses(prefix text, OUT relation regclass, OUT kind text, OUT name text, OUT action text) RETURNS SETOF record
    LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 10
BEGIN ATOMIC
    WITH member AS MATERIALIZED (
        SELECT classid, objid FROM pg_depend
        WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'hbhealth')
    ), uses AS (
        SELECT DISTINCT d.classid, d.objid FROM pg_depend d JOIN member m ON m.classid = d.refclassid AND m.objid = d.refobjid
        -- an index of a column is made again with the operators of its new type, where that has them for its kind
        WHERE NOT (d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_opclass'::regclass AND EXISTS (
            SELECT FROM pg_opclass o JOIN pg_type t ON t.oid = o.opcintype
            JOIN pg_opclass n ON n.opcmethod = o.opcmethod AND n.opcdefault
                AND n.opcintype = CASE WHEN t.typsubscript = 'array_subscript_handler'::regproc THEN 'anyarray'::regtype ELSE 'text'::regtype END
            WHERE o.oid = d.refobjid AND o.opcdefault))
    ), relations AS (
        SELECT c.oid, c.relnamespace FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p')
            AND n.nspname IN (SELECT base_schema_name(base_member_uses.prefix, split_part(tab, '.', 1)) FROM base_tables())
    )
    SELECT r.oid::regclass, 'constraint', quote_ident(c.conname), format('ALTER TABLE %s DROP CONSTRAINT %I', r.oid::regclass, c.conname)
    FROM relations r JOIN pg_constraint c ON c.conrelid = r.oid AND c.contype IN ('c', 'x') AND c.conislocal
    JOIN uses u ON u.classid = 'pg_constraint'::regclass AND u.objid = c.oid
    UNION ALL
    SELECT r.oid::regclass, 'index', i.indexrelid::regclass::text, format('DROP INDEX %s', i.indexrelid::regclass)
    FROM relations r JOIN pg_index i ON i.indrelid = r.oid
    JOIN uses u ON u.classid = 'pg_class'::regclass AND u.objid = i.indexrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
        AND NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = i.indexrelid)
    UNION ALL
    SELECT r.oid::regclass, CASE a.attgenerated WHEN '' THEN 'default' ELSE 'generation' END, quote_ident(a.attname),
        format('ALTER TABLE %s ALTER COLUMN %I DROP %s', r.oid::regclass, a.attname, CASE a.attgenerated WHEN '' THEN 'DEFAULT' ELSE 'EXPRESSION' END)
    FROM relations r JOIN pg_attrdef f ON f.adrelid = r.oid JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = f.adnum
    JOIN uses u ON u.classid = 'pg_attrdef'::regclass AND u.objid = f.oid
    UNION ALL
    SELECT r.oid::regclass, 'statistics', format('%s.%I', x.stxnamespace::regnamespace, x.stxname),
        format('DROP STATISTICS %s.%I', x.stxnamespace::regnamespace, x.stxname)
    FROM relations r JOIN pg_statistic_ext x ON x.stxrelid = r.oid
    JOIN uses u ON u.classid = 'pg_statistic_ext'::regclass AND u.objid = x.oid;
END;
COMMENT ON FUNCTION base_member_uses(text) IS 'Returns the constraints, indexes, defaults, generation expressions and extended statistics of tables in the schemas of a prefix that use functions, operators or constants of the extension and cannot live without it: relation, kind, name, and action, the statement with which detach_base_schema drops it.';

CREATE PROCEDURE detach_base_schema(prefix text DEFAULT 'hb')
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    references_again text[] := '{}';
    r record;
BEGIN
    FOR r IN SELECT * FROM base_member_uses(prefix) LOOP
        RAISE NOTICE 'dropping % % of table %, which needs the extension', r.kind, r.name, r.relation;
        EXECUTE r.action;
    END LOOP;
    -- both ends of a foreign key change, so it is made anew
    FOR r IN
        SELECT c.conrelid::regclass AS relation, c.conname, format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) AS again
        FROM pg_constraint c
        WHERE c.contype = 'f' AND c.conparentid = 0 AND EXISTS (SELECT FROM base_member_columns(prefix) m
            WHERE m.relation = c.conrelid AND m.attnum = ANY (c.conkey)) ORDER BY c.oid
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.relation, r.conname);
        references_again := references_again || r.again;
    END LOOP;
    FOR r IN
        SELECT relation, string_agg(format('ALTER COLUMN %1$I TYPE %2$s COLLATE "C" USING %1$I::%2$s', col, core_type), ', ' ORDER BY attnum) AS actions
        FROM base_member_columns(prefix) GROUP BY relation ORDER BY relation
    LOOP
        EXECUTE format('ALTER TABLE %s %s', r.relation, r.actions);
    END LOOP;
    FOR i IN 1 .. cardinality(references_again) LOOP
        EXECUTE references_again[i];
    END LOOP;
END
$$;
COMMENT ON PROCEDURE detach_base_schema(text) IS 'Turns the columns of all tables in the schemas of a prefix that have a type of the extension into text COLLATE "C", or text[], with the same texts; keys, foreign keys and indexes are made anew, comments stay. Constraints, indexes, defaults, generation expressions and statistics that use functions or operators of the extension are dropped, each with a NOTICE. Then plain DROP EXTENSION hbhealth works, unless other objects of the database need it. It can be called any number of times. Views, policies and conditions of triggers over such columns are refused by core (0A000), which names them, and a foreign key from outside the schemas, too (42804): drop them first; nothing is changed.';
