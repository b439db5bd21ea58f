-- province: the synthetic province, persons and all that happens to them in a period

CREATE FUNCTION province_rows(prefix text, seed bigint, pid_from bigint, pid_to bigint, from_date date, to_date date,
    scale double precision[], icd10_type regtype, OUT rows bigint, OUT bytes bigint)
    LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 1000000 AS 'MODULE_PATHNAME', 'hb_province_rows';
COMMENT ON FUNCTION province_rows(text, bigint, bigint, bigint, date, date, double precision[], regtype) IS 'Writes the rows of persons pid_from to pid_to into the tables of a reference schema by COPY, and returns their number and the most bytes that waited in memory. The part of generate_province that is written in C; scale: visits, stays, pharmacy, fees, exams, schemes, each 0 to 20 (22023); icd10_type: the type icd10.';

CREATE FUNCTION province_places(prefix text) RETURNS bigint
    LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 1000000 AS 'MODULE_PATHNAME', 'hb_province_places';
COMMENT ON FUNCTION province_places(text) IS 'Writes the organisations, staff and items of the synthetic province into a reference schema, and returns the number of rows. A part of prepare_province.';

-- The multipliers of generate_province as province_rows takes them.
CREATE FUNCTION province_scale(scale jsonb) RETURNS double precision[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names CONSTANT text[] := '{visits,stays,pharmacy,fees,exams,schemes}';
    unknown text;
BEGIN
    IF jsonb_typeof(scale) <> 'object' THEN
        RAISE EXCEPTION 'scale must be a JSON object' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT string_agg(quote_ident(key), ', ' ORDER BY key) INTO unknown
    FROM jsonb_each(scale) WHERE key <> ALL (names) OR jsonb_typeof(value) <> 'number';
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION 'scale has entries that are unknown or not numbers: %', unknown
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Entries are ' || array_to_string(names, ', ') || '; 1 is the default of each.';
    END IF;
    RETURN ARRAY(SELECT coalesce((scale ->> n)::double precision, 1) FROM unnest(names) WITH ORDINALITY AS u (n, i) ORDER BY i);
END
$$;
COMMENT ON FUNCTION province_scale(jsonb) IS 'Returns the multipliers of generate_province in their order: visits, stays, pharmacy (purchases), fees (lines), exams, schemes (suspicious patterns). An unknown entry, or one that is not a number, is an error (22023).';

CREATE PROCEDURE prepare_province(prefix text DEFAULT 'hb')
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    filled boolean;
BEGIN
    CALL drop_base_keys(prefix);
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', base_table_name(prefix, 'ref.org')) INTO filled;
    IF NOT filled THEN
        RAISE INFO 'organisations, staff and items: % rows', province_places(prefix);
    END IF;
END
$$;
COMMENT ON PROCEDURE prepare_province(text) IS 'Drops the keys of a reference schema and fills in organisations, staff and items, if there are none: what several sessions need before each generates a range of persons. finish_province makes the keys.';

CREATE PROCEDURE finish_province(prefix text DEFAULT 'hb')
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    target text;
BEGIN
    CALL fill_province_accounts(prefix);
    CALL create_base_keys(prefix);
    FOR target IN SELECT base_table_name(prefix, tab) FROM base_tables() LOOP
        EXECUTE 'ANALYZE ' || target;
    END LOOP;
END
$$;
COMMENT ON PROCEDURE finish_province(text) IS 'Fills the accounts that follow from all claims together, makes the keys and indexes of a reference schema, and analyses its tables, after sessions have generated their ranges of persons. Persons generated twice are an error of core that names the key (23505).';

CREATE PROCEDURE generate_province(persons bigint, seed bigint DEFAULT 1, from_date date DEFAULT DATE '2023-01-01',
    to_date date DEFAULT DATE '2024-01-01', prefix text DEFAULT 'hb', pid_from bigint DEFAULT NULL, pid_to bigint DEFAULT NULL,
    scale jsonb DEFAULT '{}')
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    whole CONSTANT boolean := pid_from IS NULL AND pid_to IS NULL;
    first CONSTANT bigint := coalesce(pid_from, 1);
    last CONSTANT bigint := coalesce(pid_to, persons);
    factors CONSTANT double precision[] := province_scale(coalesce(scale, '{}'));
    application CONSTANT text := current_setting('application_name');
    began timestamptz := clock_timestamp();
    slice bigint;
    done record;
    rows bigint := 0;
    bytes bigint := 0;
    filled boolean;
BEGIN
    IF persons IS NULL OR seed IS NULL OR from_date IS NULL OR to_date IS NULL OR prefix IS NULL THEN
        RAISE EXCEPTION 'persons, seed, from_date, to_date and prefix must not be NULL' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF persons NOT BETWEEN 1 AND 100000000 OR first < 1 OR last > persons OR first > last THEN
        RAISE EXCEPTION 'persons must be 1 to 100000000, and pid_from to pid_to a range within 1 to persons' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF from_date < DATE '1990-01-01' OR to_date > DATE '2100-01-01' OR to_date <= from_date OR to_date - from_date > 7305 THEN
        RAISE EXCEPTION 'the period must have 1 day to 20 years between 1990 and 2100' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', base_table_name(prefix, CASE WHEN whole THEN 'pop.person' ELSE 'ref.org' END)) INTO filled;
    IF whole AND filled THEN
        RAISE EXCEPTION 'the reference schema "%" already has persons', prefix
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Use another prefix, or give pid_from and pid_to to add a range.';
    ELSIF NOT whole AND NOT filled THEN
        RAISE EXCEPTION 'the reference schema "%" has no organisations yet', prefix
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'CALL prepare_province once before ranges are generated, and finish_province after.';
    END IF;

    IF whole THEN
        CALL prepare_province(prefix);
    END IF;
    -- Whole blocks of twelve persons, some fifty slices.
    slice := greatest((last - first + 1) / 50 / 12 * 12, 2400);
    FOR lo IN first .. last BY slice LOOP
        PERFORM set_config('application_name', format('generate_province %s of %s', lo - first, last - first + 1), true);
        SELECT * INTO done FROM province_rows(prefix, seed, lo, least(lo + slice - 1, last), from_date, to_date, factors, 'icd10'::regtype);
        rows := rows + done.rows;
        bytes := greatest(bytes, done.bytes);
    END LOOP;
    RAISE INFO 'persons % to %: % rows in % s, % rows/s, at most % MB waiting in memory', first, last, rows,
        round(extract(epoch FROM clock_timestamp() - began), 1),
        round(rows / extract(epoch FROM clock_timestamp() - began)), bytes / 1000000;
    IF whole THEN
        began := clock_timestamp();
        PERFORM set_config('application_name', 'generate_province keys', true);
        CALL finish_province(prefix);
        RAISE INFO 'keys, indexes and statistics in % s', round(extract(epoch FROM clock_timestamp() - began), 1);
    END IF;
    PERFORM set_config('application_name', application, true);
END
$$;
COMMENT ON PROCEDURE generate_province(bigint, bigint, date, date, text, bigint, bigint, jsonb) IS 'Fills the reference schema of a prefix with a synthetic province: persons with the age, sex and places of the 2020 census of Hubei, and their lives from from_date until before to_date. persons: how many, 1 to 100,000,000. seed: another seed is another province. Person i is the same whatever persons, order and session. pid_from, pid_to: write only these, between prepare_province and finish_province, several sessions at once; by default all, with keys made at the end. scale: multipliers of visits, stays, pharmacy, fees, exams and schemes, such as {"visits": 0.5}. One transaction: cancelled or failed, it leaves nothing. Bad parameters are 22023, persons that are there already 55000. What is fact and what is assumed: doc/synthetic-province.md.';
