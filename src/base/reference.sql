-- base: the rows of the reference tables

-- Insert the rows of a query, in the order of the table's columns, whose key is not there yet.
CREATE PROCEDURE base_fill_table(prefix text, tab text, query text)
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    target text := base_table_name(prefix, tab);
    columns text;
    vals text;
    keys text;
BEGIN
    -- a view in the place of the table has the site's rows
    IF (SELECT relkind NOT IN ('r', 'p') FROM pg_class WHERE oid = target::regclass) THEN
        RETURN;
    END IF;
    -- of the types that the table has: after detach_base_schema they are those of core
    SELECT string_agg(format('%I', col), ', ' ORDER BY n), string_agg(format('new.%I::%s', col, type), ', ' ORDER BY n),
        string_agg(format('old.%1$I = new.%1$I::%2$s', col, type), ' AND ') FILTER (WHERE col = ANY (pk))
    INTO columns, vals, keys
    FROM (SELECT c.n, c.col, format_type(a.atttypid, a.atttypmod) AS type, string_to_array(t.pk, ', ') AS pk
        FROM base_columns() c JOIN base_tables() t USING (tab) JOIN pg_attribute a ON a.attrelid = target::regclass AND a.attname = c.col
        WHERE c.tab = base_fill_table.tab) s;
    EXECUTE format('INSERT INTO %1$s (%2$s) SELECT %5$s FROM (%3$s) AS new (%2$s) WHERE NOT EXISTS (SELECT FROM %1$s AS old WHERE %4$s)',
        target, columns, query, keys, vals);
END
$$;
COMMENT ON PROCEDURE base_fill_table(text, text, text) IS 'Inserts the rows of a query of the extension into a reference table, where its primary key is not there yet; a part of base_fill_reference.';

-- Days with their weeks and holidays. The decree on holidays changed in 2008, 2014 and 2025.
CREATE FUNCTION base_calendar(OUT d date, OUT iso text, OUT mmwr text, OUT holiday text) RETURNS SETOF record
    LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 11323
BEGIN ATOMIC
    WITH festival AS (
        SELECT spring_festival::date AS spring, qingming::date, dragon_boat::date, mid_autumn::date FROM base_festivals()
    ), off AS (
        SELECT make_date(y, 1, 1) AS d, '元旦' AS name, 1 AS rank FROM generate_series(2000, 2030) y
        UNION ALL
        SELECT spring + k, '春节', 2 FROM festival, generate_series(-1, 2) k
        WHERE CASE WHEN spring >= '2025-01-01' THEN true WHEN spring BETWEEN '2008-01-01' AND '2013-12-31' THEN k < 2 ELSE k > -1 END
        UNION ALL
        SELECT qingming, '清明节', 3 FROM festival WHERE qingming >= '2008-01-01'
        UNION ALL
        SELECT make_date(y, 5, k), '劳动节', 4 FROM generate_series(2000, 2030) y, generate_series(1, 3) k
        WHERE k <= CASE WHEN y < 2008 THEN 3 WHEN y < 2025 THEN 1 ELSE 2 END
        UNION ALL
        SELECT dragon_boat, '端午节', 5 FROM festival WHERE dragon_boat >= '2008-01-01'
        UNION ALL
        SELECT mid_autumn, '中秋节', 6 FROM festival WHERE mid_autumn >= '2008-01-01'
        UNION ALL
        SELECT make_date(y, 10, k), '国庆节', 7 FROM generate_series(2000, 2030) y, generate_series(1, 3) k
    ), days AS (
        -- an MMWR week belongs to the year of its Wednesday
        SELECT g::date AS d, g::date - extract(dow FROM g)::int + 3 AS wednesday
        FROM generate_series(timestamp '2000-01-01', '2030-12-31', '1 day') g
    )
    SELECT days.d, to_char(days.d, 'IYYY-"W"IW'),
        to_char(wednesday, 'YYYY') || '-' || to_char((extract(doy FROM wednesday)::int + 6) / 7, 'FM00'),
        string_agg(off.name, '、' ORDER BY off.rank)
    FROM days LEFT JOIN off ON off.d = days.d
    GROUP BY days.d, wednesday;
END;
COMMENT ON FUNCTION base_calendar() IS 'Returns the rows that fill the table calendar: the days of 2000 to 2030 with their ISO 8601 week (2024-W09), their MMWR week (Sunday to Saturday, 2024-09) and the statutory holiday on that day itself; days off that the government moves around it each year are the site''s to add. State Council decree 270 of 1999, amended by 513 (2007), 644 (2013) and 795 (2024).';

CREATE PROCEDURE base_fill_reference(prefix text)
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
BEGIN
    CALL base_fill_table(prefix, 'ref.code_table', 'SELECT cv, code, name, name_en, daterange(valid_from::date, valid_to::date), std_version FROM base_codes()');
    CALL base_fill_table(prefix, 'ref.area', 'SELECT code, name, parent, NULL::float8, NULL::float8, NULL::float8 FROM cn_division_list(''infinity'')');
    CALL base_fill_table(prefix, 'ref.disease', 'SELECT disease, icd_range::icd10set, name, name_en, class, report_h::int, alert_method, pct::float8 FROM base_diseases()');
    CALL base_fill_table(prefix, 'ref.obs_item', 'SELECT code, name, name_en, unit, de_id, lo::numeric, hi::numeric FROM base_obs_items()');
    CALL base_fill_table(prefix, 'ref.std_pop', 'SELECT std, sex, int4range(age_lo::int, age_hi::int, ''[]''), pop::float8 FROM base_std_pops()');
    CALL base_fill_table(prefix, 'ref.calendar', 'SELECT d, iso, mmwr, holiday FROM base_calendar()');
    CALL base_fill_table(prefix, 'ref.element', 'SELECT DISTINCT ON (de) de, zh, en, NULL, NULL, NULL, domain,
        CASE WHEN de LIKE ''DE%'' THEN ''WS 363-2011'' END FROM base_columns() WHERE de IS NOT NULL ORDER BY de, n');
END
$$;
COMMENT ON PROCEDURE base_fill_reference(text) IS 'Inserts the reference rows that are missing, by their keys: codes of value domains, divisions, diseases, items of observations, standard populations, days and data elements. Rows that are there are left alone. A part of create_base_schema and upgrade_base_schema.';
