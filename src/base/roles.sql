-- base: rights on the reference schema, for roles that the site has made

CREATE PROCEDURE base_grant(prefix text, role name, rights text, parts text[], identifiers boolean)
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    r record;
BEGIN
    FOR r IN
        SELECT base_schema_name(prefix, split_part(tab, '.', 1)) AS schema, split_part(tab, '.', 1) = ANY (parts) AS wanted,
            string_agg(base_relation(prefix, tab)::text, ', ' ORDER BY n) AS relations
        FROM base_tables() GROUP BY 1, 2
    LOOP
        EXECUTE format('REVOKE ALL ON %1$s FROM %2$I; %3$s USAGE ON SCHEMA %4$I %5$s %2$I', r.relations, role,
            CASE WHEN r.wanted THEN 'GRANT' ELSE 'REVOKE' END, r.schema, CASE WHEN r.wanted THEN 'TO' ELSE 'FROM' END);
    END LOOP;
    FOR r IN
        SELECT t.tab, base_relation(prefix, t.tab) AS relation, NOT identifiers AND bool_or(c.ident = 'y' OR c.col IS NULL) AS partly,
            string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE c.ident IS NULL AND c.col IS NOT NULL) AS columns
        FROM base_tables() t
        JOIN pg_attribute a ON a.attrelid = base_relation(prefix, t.tab) AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN base_columns() c ON c.tab = t.tab AND c.col = a.attname
        WHERE split_part(t.tab, '.', 1) = ANY (parts)
        GROUP BY t.tab
    LOOP
        EXECUTE format('GRANT %s ON %s TO %I', CASE WHEN r.partly THEN format('SELECT (%s)', r.columns)
            WHEN r.tab IN ('ref.code_table', 'ref.element') THEN 'SELECT'
            WHEN r.tab IN ('ref.load_batch', 'ref.load_reject') AND rights <> 'SELECT' THEN 'SELECT, INSERT'
            ELSE rights END, r.relation, role);
    END LOOP;
    EXECUTE format('GRANT SELECT ON %I.load_report TO %I', base_schema_name(prefix, 'ref'), role);
END
$$;
COMMENT ON PROCEDURE base_grant(text, name, text, text[], boolean) IS 'Gives a role exactly these rights on the tables of some parts of a reference schema, with or without the columns that name persons; what it had on its tables before is revoked, what it has on others of these schemas is left alone. A part of grant_base_schema.';

CREATE PROCEDURE base_give(prefix text, owner name)
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    r record;
BEGIN
    FOR r IN
        SELECT format('ALTER %s %I.%I OWNER TO %I', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
            n.nspname, c.relname, owner) AS action
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_get_userbyid(c.relowner) <> owner
            AND (n.nspname, c.relname) IN (SELECT base_schema_name(prefix, split_part(tab, '.', 1)), split_part(tab, '.', 2) FROM base_tables()
                UNION ALL SELECT base_schema_name(prefix, 'ref'), 'load_report')
        UNION ALL
        SELECT format('ALTER SCHEMA %I OWNER TO %I', n.nspname, owner)
        FROM pg_namespace n
        WHERE n.nspname IN (SELECT base_schema_name(prefix, split_part(tab, '.', 1)) FROM base_tables()) AND pg_get_userbyid(n.nspowner) <> owner
    LOOP
        EXECUTE r.action;
    END LOOP;
END
$$;
COMMENT ON PROCEDURE base_give(text, name) IS 'Makes a role the owner of the schemas and tables of a reference schema. A part of grant_base_schema.';

CREATE PROCEDURE grant_base_schema(prefix text, owner name DEFAULT NULL, writer name DEFAULT NULL, analyst name DEFAULT NULL, auditor name DEFAULT NULL)
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    roles CONSTANT name[] := ARRAY[coalesce(owner, (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = base_schema_name(prefix, 'ref'))),
        writer, analyst, auditor];
BEGIN
    IF (SELECT count(*) > count(DISTINCT role) FROM unnest(roles) role WHERE role IS NOT NULL) THEN
        RAISE EXCEPTION 'owner, writer, analyst and auditor must be different roles'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Make a role of each kind, and grant them to whom they are for.';
    END IF;
    -- GRANT takes even "public" for everybody
    IF 'public' = ANY (roles) THEN
        RAISE EXCEPTION 'owner, writer, analyst and auditor must be roles, not everybody' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF owner IS NOT NULL THEN
        CALL base_give(prefix, owner);
    END IF;
    IF writer IS NOT NULL THEN
        CALL base_grant(prefix, writer, 'SELECT, INSERT, UPDATE, DELETE', '{ref,pop,ehr,emr,ins}', true);
    END IF;
    IF analyst IS NOT NULL THEN
        CALL base_grant(prefix, analyst, 'SELECT', '{ref,pop,ehr,emr,ins}', false);
    END IF;
    IF auditor IS NOT NULL THEN
        CALL base_grant(prefix, auditor, 'SELECT', '{ref,pop,emr,ins}', true);
    END IF;
END
$$;
COMMENT ON PROCEDURE grant_base_schema(text, name, name, name, name) IS 'Gives existing roles their rights on a reference schema; NULL leaves a kind of role out. owner: owns schemas and tables (the caller must be able to give them away). writer: reads and changes all tables but code_table and element, which the owner keeps, and adds to load_batch and load_reject without changing them. analyst: reads all tables without the columns that base_columns marks as naming a person (identity number, name, licence, chief complaint, hospital number). auditor: reads ref, pop, emr and ins with these columns, as a case must be traced to a person, and not the health records (ehr). Other rights of these roles on the tables of the reference schema are revoked; columns that the site has added are the analyst''s only by a GRANT of the site. Repeat the call after upgrade_base_schema. One role for two kinds, the present owner for another, or PUBLIC, is an error (22023), a role that does not exist one of core (42704).';
