-- registry: the persons of a base schema with what models ask of them, and the models' answers

CREATE FUNCTION risk_registry_rows(OUT model text, OUT applies text) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 12 AS 'MODULE_PATHNAME', 'hb_risk_registry_table';
COMMENT ON FUNCTION risk_registry_rows() IS 'Returns the models that risk_registry asks, in order, and for whom: an SQL condition on a row f of risk_persons.';
CREATE FUNCTION risk_fact_rows(OUT model text, OUT input text, OUT expression text, OUT measured text) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 40 AS 'MODULE_PATHNAME', 'hb_risk_fact_table';
COMMENT ON FUNCTION risk_fact_rows() IS 'Returns how risk_registry fills arguments of models: model, the one that this is for, NULL for all; input, the name of the argument; expression, an SQL expression over a row f of risk_persons; measured, the measurements that it needs, separated by blanks, whose dates the registry gives.';

-- The query behind risk_persons and risk_registry: its rows are the columns of the former, and the day of each measurement, x_on for x.
CREATE FUNCTION risk_person_query(prefix text, at date, within interval, codes text[]) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    known CONSTANT text[] := '{sbp,dbp,bmi,waist,tc,tg,hdl,ldl,glu,glu2h,hba1c,scr,uacr,alt,ast,plt,alb,tbil,smoke,cigs,exercise}';
    wanted CONSTANT text[] := codes || '{glu,hba1c,scr,smoke,cigs}';
    visits text;
    pivot text;
    columns text;
BEGIN
    -- a measurement is its time and value: the greatest is the latest
    SELECT string_agg(CASE WHEN code = ANY (wanted) THEN format('max(v) FILTER (WHERE code = %1$L) AS %1$I', code)
            ELSE format('NULL::float8[] AS %I', code) END, ', ' ORDER BY n),
        string_agg(format('m.%1$I[2] AS %1$I, to_timestamp(m.%1$I[1])::date AS %2$I', code, code || '_on'), ', ' ORDER BY n)
    INTO pivot, columns FROM unnest(known) WITH ORDINALITY AS u (code, n);
    SELECT string_agg(format('UNION ALL SELECT v.pid, %L, v.%I, v.at, NULL FROM %s v WHERE v.at >= %L AND v.at < %L AND v.%2$I IS NOT NULL',
        code, col, base_table_name(prefix, 'ehr.followup'), at - within, at), ' ')
    INTO visits FROM (VALUES ('sbp', 'sbp'), ('dbp', 'dbp'), ('glu', 'glu'), ('bmi', 'bmi'), ('cigs', 'smoke')) u (code, col) WHERE code = ANY (wanted);
    RETURN format($sql$
        WITH measurement AS (
            SELECT o.pid, o.code, o.val, o.at, o.unit FROM %4$s o WHERE o.at >= %2$L AND o.at < %1$L AND o.code = ANY (%3$L)
            UNION ALL
            SELECT e.pid, l.code, l.val, l.at, l.unit FROM %5$s l JOIN %6$s e USING (enc_id)
            WHERE l.at >= %2$L AND l.at < %1$L AND l.code = ANY (%3$L)
            %14$s
        ), latest AS (
            SELECT pid, min(at)::date AS first, max(at)::date AS last, %15$s
            FROM (
                SELECT m.pid, m.code, m.at, ARRAY[date_part('epoch', m.at), m.val::float8] AS v FROM measurement m
                WHERE m.unit IS NULL OR (m.code, m.unit) IN (SELECT i.code, i.unit FROM %7$s i)
            ) m GROUP BY pid
        ), measured AS (
            SELECT m.pid AS measured_pid, m.first, m.last, %16$s FROM latest m
        ), diagnosed AS (
            SELECT pid, bool_or(code <@ 'I10-I15') AS htn, bool_or(code <@ 'E10-E14') AS dm,
                bool_or(code <@ 'I20-I25, I60-I69, I70-I71, I73, G45') AS cvd, bool_or(code <@ 'I50, I11.0, I13.0, I13.2') AS chf,
                bool_or(code <@ 'I48') AS af, bool_or(code <@ 'I60-I64, I69, I74, G45') AS stroke, bool_or(code <@ 'I21-I22, I25.2, I70, I73.9') AS vasc,
                bool_or(code <@ 'N18') AS ckd, bool_or(code <@ 'N18.3-N18.4') AS ckd34,
                (coalesce(bool_or(code <@ 'I20.0, I21-I22, I24' AND at >= %1$L::date - 365), false)::int
                    + bool_or(code <@ 'I25.2' OR code <@ 'I21-I22' AND coalesce(at < %1$L::date - 365, true))::int
                    + bool_or(code <@ 'I63, I69.3')::int + bool_or(code <@ 'I70.2, I73.9')::int) AS severe_events
            FROM (
                SELECT e.pid, d.icd10 AS code, lower(e.at)::date AS at FROM %8$s d JOIN %6$s e USING (enc_id)
                WHERE lower(e.at) < %1$L AND d.icd10 <@ 'E10-E14, G45, I10-I15, I20-I25, I48, I50, I60-I74, N18'
                UNION ALL
                SELECT p.pid, h.code, NULL FROM %9$s p CROSS JOIN LATERAL unnest(p.hx) h (code)
            ) d GROUP BY pid
        ), managed AS (
            SELECT pid, bool_or(disease = 'HTN') AS htn, bool_or(disease = 'DM2') AS dm FROM %10$s WHERE opened < %1$L GROUP BY pid
        ), treated AS (
            SELECT e.pid, bool_or(m.atc >= 'C02' AND m.atc < 'C04' OR m.atc >= 'C07' AND m.atc < 'C0A') AS bp,
                bool_or(m.atc >= 'C10AA' AND m.atc < 'C10AB' OR m.atc >= 'C10B' AND m.atc < 'C10C') AS statin, bool_or(m.atc >= 'A10' AND m.atc < 'A11') AS glucose
            FROM %11$s m JOIN %6$s e USING (enc_id)
            WHERE lower(e.at) < %1$L AND lower(e.at) >= %1$L::date - 365
                AND (m.atc >= 'C02' AND m.atc < 'C0A' OR m.atc >= 'C10' AND m.atc < 'C11' OR m.atc >= 'A10' AND m.atc < 'A11')
            GROUP BY e.pid
        ), resident AS (
            SELECT pid, max(area) AS area FROM %12$s WHERE kind = '2' AND during @> (%1$L::date - 1) GROUP BY pid
        ), place AS (
            -- OFFSET 0: once for each area, not for each person
            SELECT area, china_par_north(area) AS north, china_par_urban(area) AS urban
            FROM (SELECT DISTINCT area FROM %12$s WHERE kind = '2') a OFFSET 0
        ), answered AS (
            SELECT pid, CASE env -> 'smoker' WHEN 'true' THEN true WHEN 'false' THEN false END AS smoker,
                coalesce(CASE env -> 'family_ascvd' WHEN 'true' THEN true WHEN 'false' THEN false END,
                    fam @? '$.**?(@.type() == "string" && @ like_regex "^I(2[0-5]|6[0-9])")') AS family_ascvd,
                coalesce(CASE env -> 'family_diabetes' WHEN 'true' THEN true WHEN 'false' THEN false END,
                    fam @? '$.**?(@.type() == "string" && @ like_regex "^E1[0-4]")') AS family_diabetes
            FROM %9$s
        )
        -- OFFSET 0: the filtration rate once, not for each model that asks for it
        SELECT k.*, k.ckd34_coded OR coalesce(k.egfr >= 15 AND k.egfr < 60, false) AS ckd34
        FROM (SELECT p.pid, CASE WHEN p.sex IN ('1', '2') THEN p.sex END AS sex, extract(year FROM age(%1$L::date, p.birth))::int AS age, r.area, l.north, l.urban,
            m.*, egfr_ckdepi_2021(p.sex, extract(year FROM age(%1$L::date, p.birth)), m.scr, 'null') AS egfr,
            coalesce(CASE WHEN m.smoke_on >= m.cigs_on OR m.cigs_on IS NULL THEN m.smoke = 2 ELSE m.cigs > 0 END, a.smoker) AS smoker, m.exercise < 3 AS inactive, a.family_ascvd, a.family_diabetes,
            coalesce(d.htn, false) OR coalesce(c.htn, false) OR coalesce(t.bp, false) AS htn,
            coalesce(d.dm, false) OR coalesce(c.dm, false) OR coalesce(t.glucose, false) AS known_dm,
            coalesce(d.dm, false) OR coalesce(c.dm, false) OR coalesce(t.glucose, false) OR coalesce(m.glu >= 7, false) OR coalesce(m.hba1c >= 6.5, false) AS dm,
            coalesce(d.cvd, false) AS cvd, coalesce(d.severe_events, 0) AS severe_events, coalesce(d.chf, false) AS chf, coalesce(d.af, false) AS af,
            coalesce(d.stroke, false) AS stroke, coalesce(d.vasc, false) AS vasc, coalesce(d.ckd, false) AS ckd, coalesce(d.ckd34, false) AS ckd34_coded,
            coalesce(t.bp, false) AS bp_treated, coalesce(t.statin, false) AS statin, coalesce(t.glucose, false) AS glucose_treated
        FROM measured m JOIN %13$s p ON p.pid = m.measured_pid
        LEFT JOIN diagnosed d ON d.pid = p.pid LEFT JOIN managed c ON c.pid = p.pid LEFT JOIN treated t ON t.pid = p.pid
        LEFT JOIN answered a ON a.pid = p.pid LEFT JOIN resident r ON r.pid = p.pid LEFT JOIN place l ON l.area = r.area
        WHERE p.birth <= %1$L::date - interval '18 years' AND (p.death IS NULL OR p.death >= %1$L) OFFSET 0) k
        $sql$, VARIADIC ARRAY[at::text, (at - within)::text, wanted::text] || ARRAY(
            SELECT base_table_name(prefix, tab)
            FROM unnest('{ehr.obs,emr.lab,emr.enc,ref.obs_item,emr.dx,ehr.profile,ehr.card,emr.med,pop.residence,pop.person}'::text[])
                WITH ORDINALITY AS u (tab, n) ORDER BY n) || visits || pivot || columns);
END
$$;
COMMENT ON FUNCTION risk_person_query(text, date, interval, text[]) IS 'Returns the text of the query that risk_persons and risk_registry run: its columns, and for each measurement x its day as x_on. codes: the observations to read beside those that other columns rest on.';

CREATE FUNCTION risk_persons(prefix text DEFAULT 'hb', at date DEFAULT CURRENT_DATE, within interval DEFAULT '5 years',
    OUT pid bigint, OUT sex text, OUT age integer, OUT area cn_division, OUT north boolean, OUT urban boolean, OUT first date, OUT last date,
    OUT sbp double precision, OUT dbp double precision, OUT bmi double precision, OUT waist double precision,
    OUT tc double precision, OUT tg double precision, OUT hdl double precision, OUT ldl double precision,
    OUT glu double precision, OUT glu2h double precision, OUT hba1c double precision, OUT scr double precision, OUT egfr double precision, OUT uacr double precision,
    OUT alt double precision, OUT ast double precision, OUT plt double precision, OUT alb double precision, OUT tbil double precision,
    OUT smoker boolean, OUT inactive boolean, OUT family_ascvd boolean, OUT family_diabetes boolean,
    OUT htn boolean, OUT known_dm boolean, OUT dm boolean, OUT cvd boolean, OUT severe_events integer, OUT chf boolean, OUT af boolean,
    OUT stroke boolean, OUT vasc boolean, OUT ckd boolean, OUT ckd34 boolean,
    OUT bp_treated boolean, OUT statin boolean, OUT glucose_treated boolean) RETURNS SETOF record
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000000 ROWS 10000 SET search_path = pg_catalog, @extschema@, pg_temp SET jit = off SET enable_nestloop = off
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT f.pid, f.sex, f.age, f.area, f.north, f.urban, f.first, f.last, f.sbp, f.dbp, f.bmi, f.waist, f.tc, f.tg, f.hdl, f.ldl,
            f.glu, f.glu2h, f.hba1c, f.scr, f.egfr, f.uacr, f.alt, f.ast, f.plt, f.alb, f.tbil, f.smoker, f.inactive, f.family_ascvd, f.family_diabetes,
            f.htn, f.known_dm, f.dm, f.cvd, f.severe_events, f.chf, f.af, f.stroke, f.vasc, f.ckd, f.ckd34, f.bp_treated, f.statin, f.glucose_treated
        FROM (%s) f',
        risk_person_query(prefix, at, within, '{sbp,dbp,bmi,waist,tc,tg,hdl,ldl,glu2h,uacr,alt,ast,plt,alb,tbil,exercise}'));
END
$$;
COMMENT ON FUNCTION risk_persons(text, date, interval) IS 'Returns what the base schema of a prefix knows of each adult (18 or older, and alive on the day before at) with at least one measurement in the time within before at, with the rights of the caller. sex (1, 2); age in completed years; area, where they live, and north and urban by china_par_north and china_par_urban; first and last day of the measurements. The latest of each measurement, from observations, laboratory and follow-up visits, in the unit of obs_item, values in another unit being left out: pressures in mmHg, bmi in kg/m2, waist in cm, lipids and glucose in mmol/L, hba1c in %, scr and tbil in umol/L, egfr from scr by egfr_ckdepi_2021 in mL/min/1.73 m2, uacr in mg/g, alt and ast in U/L, plt in 10*9/L, alb in g/L. smoker, from the latest answer or count of cigarettes, else profile.env.smoker; inactive, exercise less than three times a week; family_ascvd and family_diabetes, from profile.env, else whether a code I20-I25, I60-I69 or E10-E14 is in profile.fam. From diagnoses before at, the profile, cards, and drugs ordered within the year before: htn, known_dm, dm (known, or latest glucose from 7.0 or HbA1c from 6.5), cvd (I20-I25, I60-I69, I70-I71, I73, G45), severe_events as the lipid guideline 2023 counts them (acute coronary syndrome within a year, earlier infarction, ischaemic stroke, peripheral disease), chf, af, stroke (with transient ischaemic attack and embolism), vasc (infarction, peripheral or aortic disease), ckd, ckd34 (N18.3, N18.4, or egfr from 15 to less than 60), bp_treated (ATC C02, C03, C07 to C09), statin (C10AA, C10B), glucose_treated (A10). What nobody recorded is NULL for measurements and questions, false for diseases and drugs. Errors: those of core for a missing schema (3F000, 42P01) or right (42501).';

-- A model of the registry as a SELECT over a person f: its answer, what is missing, what is out of range, the days of its measurements.
CREATE FUNCTION risk_registry_call(model text, applies text, OUT codes text[], OUT call text)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH input AS (
        SELECT i.place, i.name, i.lo, i.hi, i.optional, f.measured, format('(%s)::%s', f.expression, i.type) AS value
        FROM risk_input i JOIN risk_fact_rows() f ON f.input = i.name AND coalesce(f.model, i.model) = i.model
        WHERE i.model = risk_registry_call.model
    ), measured AS (
        SELECT array_agg(DISTINCT m) AS codes, coalesce(string_agg(DISTINCT 'f.' || m || '_on', ', '), 'NULL::date') AS days
        FROM input, regexp_split_to_table(input.measured, ' ') m
    ), clause AS (
        SELECT string_agg(format('%I => %s', name, value), ', ' ORDER BY place) ||
                CASE WHEN EXISTS (SELECT FROM risk_input r WHERE r.model = risk_registry_call.model AND r.lo IS NOT NULL)
                    THEN ', on_range => ''null''' ELSE '' END AS arguments,
            string_agg(format('CASE WHEN %s IS NULL THEN %L END', value, name), ', ' ORDER BY place) FILTER (WHERE NOT optional) AS missing,
            string_agg(format('CASE WHEN %1$s < %2$L OR %1$s > %3$L THEN %4$L END', value, lo, hi, name), ', ' ORDER BY place)
                FILTER (WHERE lo IS NOT NULL) AS outside
        FROM input
    )
    SELECT measured.codes, format('SELECT %1$L AS model, %3$s AS value, %4$s AS class, array_remove(ARRAY[%5$s]::text[], NULL) AS missing,
        array_remove(ARRAY[%6$s]::text[], NULL) AS outside, least(%7$s) AS oldest, greatest(%7$s) AS latest WHERE %2$s',
        m.name, risk_registry_call.applies,
        CASE m.returns WHEN 'text' THEN 'NULL::float8' WHEN 'bool' THEN format('%I(%s)::int::float8', m.name, arguments)
            ELSE format('%I(%s)::float8', m.name, arguments) END,
        CASE WHEN m.returns = 'text' THEN format('%I(%s)', m.name, arguments)
            WHEN m.classes IS NOT NULL THEN format('%I(%s)', m.name || '_class', arguments) ELSE 'NULL::text' END,
        clause.missing, clause.outside, measured.days)
    FROM risk_model m, measured, clause WHERE m.name = risk_registry_call.model;
END;
COMMENT ON FUNCTION risk_registry_call(text, text) IS 'Returns how risk_registry asks a model: codes, the observations that it needs, and a SELECT of one row over a person f of risk_person_query. model and applies as in risk_registry_rows.';

CREATE FUNCTION risk_registry(prefix text DEFAULT 'hb', at date DEFAULT CURRENT_DATE, within interval DEFAULT '5 years', models text[] DEFAULT '{}',
    OUT pid bigint, OUT model text, OUT value double precision, OUT class text, OUT missing text[], OUT outside text[], OUT oldest date, OUT latest date)
    RETURNS SETOF record
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000000 ROWS 50000 SET search_path = pg_catalog, @extschema@, pg_temp SET jit = off SET enable_nestloop = off
AS $$
DECLARE
    calls text;
    codes text[];
BEGIN
    IF NOT models <@ ARRAY(SELECT r.model FROM risk_registry_rows() r) THEN
        RAISE EXCEPTION 'models has a model that the registry does not ask'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'It asks ' || (SELECT string_agg(r.model, ', ') FROM risk_registry_rows() r) || '.';
    END IF;
    SELECT string_agg(c.call, ' UNION ALL '), array_agg(code) INTO calls, codes
    FROM risk_registry_rows() r, risk_registry_call(r.model, r.applies) c, LATERAL (SELECT array_to_string(c.codes, ' ') AS code) s
    WHERE models = '{}' OR r.model = ANY (models);
    codes := string_to_array(array_to_string(codes, ' '), ' ');
    RETURN QUERY EXECUTE format(
        'SELECT f.pid, r.model, r.value, r.class, r.missing, r.outside, r.oldest, r.latest
        FROM (%s) f CROSS JOIN LATERAL (%s) r',
        risk_person_query(prefix, at, within, codes), calls);
END
$$;
COMMENT ON FUNCTION risk_registry(text, date, interval, text[]) IS 'Returns the answer of each model of risk_registry_rows for each person of risk_persons to whom it applies, with the rights of the caller: value (NULL for models that give a class alone), class; missing, the arguments that are not known; outside, those outside the range of the model, either of which leaves value and class NULL; oldest and latest, the days of the measurements that went in. prefix: of the base schema. at: the day on which all is judged, measurements of that day not included. within: how old a measurement may be. models: only these; empty for all, a model that is not in risk_registry_rows is an error (22023). risk_persons says where each argument comes from, risk_fact_rows which is which.';
