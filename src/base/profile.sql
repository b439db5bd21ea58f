-- profile: what a synthetic province holds, beside what is known and what is assumed

CREATE FUNCTION province_targets(OUT measure text, OUT item text, OUT target double precision, OUT tolerance double precision, OUT spread double precision, OUT granule double precision, OUT kind text, OUT source text) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 110 AS 'MODULE_PATHNAME', 'hb_province_targets';
COMMENT ON FUNCTION province_targets() IS 'Returns what a synthetic province should look like: measure and item; target; tolerance, spread and granule: a measured value may differ by tolerance + spread / sqrt(n) + granule / n where n persons or events are behind it; kind, fact where target is a published figure, assumption where the generator assumes it; source.';

-- The queries of province_profile: measure, item, value, n. %1$L and %2$L are the period, %3$s the tables by name.
CREATE FUNCTION province_measures(prefix text, from_date date, to_date date) RETURNS SETOF text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT format(q, from_date, to_date, quote_ident(prefix || '_pop'), quote_ident(prefix || '_ehr'),
        quote_ident(prefix || '_emr'), quote_ident(prefix || '_ins'), quote_ident(prefix || '_ref'))
    FROM (VALUES
    -- ages and sexes on the first day, in the groups of the census
    ($q$WITH p AS (
        SELECT CASE sex WHEN '1' THEN 'men ' ELSE 'women ' END AS sex, extract(year FROM age(date %1$L, birth))::int AS age
        FROM %3$s.person WHERE birth < %1$L)
    SELECT 'share of age and sex', sex || CASE WHEN age = 0 THEN '0' WHEN age < 5 THEN '1-4' WHEN age >= 100 THEN '100+'
        ELSE age / 5 * 5 || '-' || age / 5 * 5 + 4 END, count(*)::float8 / sum(count(*)) OVER (), sum(count(*)) OVER ()::float8
    FROM p GROUP BY 2$q$),
    ($q$SELECT 'men to 100 women', 'first day', 100.0 * count(*) FILTER (WHERE sex = '1') / nullif(count(*) FILTER (WHERE sex = '2'), 0), count(*)
    FROM %3$s.person WHERE birth < %1$L$q$),
    ($q$SELECT 'share of prefecture', prefecture || ' ' || (SELECT name FROM %7$s.area WHERE code = prefecture::hbhealth.cn_division),
        count(*)::float8 / sum(count(*)) OVER (), sum(count(*)) OVER ()::float8
    FROM (SELECT CASE WHEN left(area::text, 4) = '4290' THEN area::text ELSE left(area::text, 4) || '00' END AS prefecture
        FROM %3$s.residence AS r JOIN %3$s.person AS p USING (pid)
        WHERE kind = '2' AND during @> coalesce(p.death, date %2$L - 1)) AS r GROUP BY prefecture$q$),
    ($q$SELECT 'persons of the census', i, t, 1 FROM (SELECT sum(target) FILTER (WHERE item <> 'ages and sexes') AS a, sum(target) FILTER (WHERE item <> '17 prefectures') AS b
        FROM hbhealth.province_targets() WHERE measure = 'persons of the census') AS s, LATERAL (VALUES ('17 prefectures', b), ('ages and sexes', a)) AS v (i, t)$q$),
    ($q$SELECT 'persons a household', '', count(*)::float8 / nullif(count(DISTINCT hid), 0), count(*) FROM %3$s.household$q$),
    ($q$SELECT 'share married', '15 and over', avg((marital = '20')::int), count(*) FROM %3$s.person WHERE birth < date %2$L - interval '15 years'$q$),
    ($q$SELECT 'births a thousand', '', 1000.0 * (SELECT count(*) FROM %3$s.birth) / count(*) * 365.25 / (date %2$L - %1$L), count(*) FROM %3$s.person WHERE birth < %1$L$q$),
    ($q$SELECT 'share of boys', 'births', avg((sex = '1')::int), count(*) FROM %3$s.birth JOIN %3$s.person ON pid = child_pid$q$),
    ($q$SELECT 'age of mothers', 'births', avg((b.at::date - m.birth) / 365.25), count(*) FROM %3$s.birth AS b JOIN %3$s.person AS m ON m.pid = b.mother_pid$q$),
    ($q$SELECT 'share of mothers known', 'births', avg((mother_pid IS NOT NULL)::int), count(*) FROM %3$s.birth$q$),
    -- deaths, and the abridged life table (Chiang; deaths in the middle of a group, of infants after a tenth of the year)
    ($q$SELECT 'deaths a thousand', '', 1000.0 * count(death) / count(*) * 365.25 / (date %2$L - %1$L), count(*) FROM %3$s.person WHERE birth < %1$L$q$),
    ($q$WITH span AS (
        SELECT sex, a AS lo, w, least(coalesce(death, %2$L), date %2$L) AS stop, birth + (a * 365.25)::int AS begin, birth + ((a + w) * 365.25)::int AS finish, death
        FROM %3$s.person, LATERAL (SELECT 0 AS a, 1 AS w UNION ALL SELECT 1, 4 UNION ALL SELECT g, CASE g WHEN 95 THEN 1000 ELSE 5 END FROM generate_series(5, 95, 5) AS g) AS ages
        WHERE birth + (a * 365.25)::int < date %2$L AND birth + ((a + w) * 365.25)::int > date %1$L),
    risk AS (
        SELECT sex, lo, w, sum(greatest(least(stop, finish) - greatest(begin, %1$L), 0)) / 365.25 AS years, count(*) FILTER (WHERE death >= begin AND death < finish) AS deaths
        FROM span GROUP BY sex, lo, w),
    die AS (
        SELECT sex, lo, w, deaths / nullif(years, 0) AS m, CASE lo WHEN 0 THEN 0.1 ELSE 0.5 END AS a, sum(years) OVER (PARTITION BY sex) AS n FROM risk),
    chance AS (
        SELECT sex, lo, w, m, a, n, CASE WHEN lo = 95 THEN 1 ELSE least(w * m / (1 + w * (1 - a) * m), 1) END AS q FROM die),
    live AS (
        SELECT *, coalesce(exp(sum(ln(greatest(1 - q, 1e-12))) OVER (PARTITION BY sex ORDER BY lo ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)), 1) AS l FROM chance)
    SELECT 'life expectancy at birth', CASE sex WHEN '1' THEN 'men' ELSE 'women' END,
        sum(CASE WHEN lo = 95 THEN l / nullif(m, 0) ELSE w * l * (1 - q) + w * l * q * a END), max(n) FROM live WHERE sex IN ('1', '2') GROUP BY sex$q$),
    ($q$SELECT 'share in hospital', 'deaths', avg((place = '1')::int), count(*) FROM %3$s.death$q$),
    -- conditions: by examination, weighted by age, sex and register; by register
    ($q$WITH who AS (
        SELECT p.pid, c.code, c.disease, width_bucket(extract(year FROM age(date %2$L, p.birth)), 20, 80, 6) AS age, p.sex,
            EXISTS (SELECT FROM %4$s.card AS k WHERE k.pid = p.pid AND k.disease = c.disease) AS card
        FROM %3$s.person AS p, (VALUES ('I10 18+', 'HTN'), ('E11 18+', 'DM2')) AS c (code, disease)
        WHERE p.birth <= date %2$L - interval '18 years'),
    seen AS (
        SELECT pid, disease, bool_or(ill) AS ill
        FROM (SELECT pid, CASE WHEN code IN ('sbp', 'dbp') THEN 'HTN' ELSE 'DM2' END AS disease,
                  CASE code WHEN 'sbp' THEN val >= 140 WHEN 'dbp' THEN val >= 90 WHEN 'glu' THEN val >= 7 ELSE val >= 6.5 END AS ill
              FROM %4$s.obs WHERE code IN ('sbp', 'dbp', 'glu', 'hba1c')) AS o
        GROUP BY pid, disease),
    stratum AS (
        SELECT who.code, who.age, who.sex, who.card, count(*) AS persons, CASE WHEN who.card THEN 1 ELSE avg(seen.ill::int) END AS rate
        FROM who LEFT JOIN seen USING (pid, disease) GROUP BY 1, 2, 3, 4)
    SELECT 'prevalence by examination', code, sum(persons * rate) / sum(persons) FILTER (WHERE rate IS NOT NULL), sum(persons) FROM stratum GROUP BY code$q$),
    ($q$SELECT 'registered prevalence', c.code || ' ' || c.lo || '+', avg((h.hx @> ARRAY[c.full_code]::hbhealth.icd10[])::int), count(*)
    FROM %3$s.person AS p JOIN %4$s.profile AS h USING (pid), (VALUES ('I10', 'I10.x00x002', 18), ('E11', 'E11.900', 18), ('J44', 'J44.900', 20), ('N18', 'N18.900', 18), ('I69', 'I69.300', 40)) AS c (code, full_code, lo)
    WHERE p.birth <= date %2$L - make_interval(years => c.lo) GROUP BY c.code, c.lo$q$),
    ($q$SELECT 'smokers', CASE p.sex WHEN '1' THEN 'men 18 and over' ELSE 'women 18 and over' END, avg((h.env ->> 'smoker')::boolean::int), count(*)
    FROM %3$s.person AS p JOIN %4$s.profile AS h USING (pid) WHERE p.birth <= date %2$L - interval '18 years' GROUP BY p.sex$q$),
    ($q$SELECT 'controlled below 7 mmol/L', 'treated diabetics', avg((glu < 7)::int), count(DISTINCT pid) FROM %4$s.followup WHERE disease = 'DM2'$q$),
    ($q$SELECT 'controlled below 140/90', 'treated hypertensives', avg((sbp < 140 AND dbp < 90)::int), count(DISTINCT pid) FROM %4$s.followup WHERE disease = 'HTN'$q$),
    ($q$SELECT 'hepatitis B surface antigen', 'adults', avg(val), count(*) FROM %4$s.obs WHERE code = 'hbsag'$q$),
    ($q$SELECT 'identity number missing', 'persons', avg((id IS NULL)::int), count(*) FROM %3$s.person$q$),
    ($q$SELECT 'blood group unknown', 'persons', avg((abo = '5')::int), count(*) FROM %3$s.person$q$),
    ($q$SELECT 'no health profile', 'persons', avg((h.pid IS NULL)::int), count(*) FROM %3$s.person AS p LEFT JOIN %4$s.profile AS h USING (pid)$q$),
    -- care, by person-year of the living
    ($q$WITH years AS (
        SELECT count(*) AS n, sum(least(coalesce(death, %2$L), date %2$L) - greatest(birth, %1$L)) / 365.25 AS y FROM %3$s.person),
    claim AS (
        SELECT count(*) FILTER (WHERE med_type IN ('11', '14')) AS visits, count(*) FILTER (WHERE med_type = '41') AS purchases, count(*) FILTER (WHERE med_type IN ('21', '52')) AS stays FROM %6$s.mdtrt_d),
    line AS (SELECT count(*) AS lines, avg((cnt < 0)::int) AS refunds, avg((chrgitm_lv IS NULL)::int) AS bare FROM %6$s.fee_list_d)
    SELECT m, i, v, c FROM years, claim, line, LATERAL (VALUES ('visits a person-year', '', visits / y, n), ('purchases a person-year', '', purchases / y, n),
        ('stays a person-year', '', stays / y, n), ('fee lines a person-year', '', lines / y, n),
        ('share of refunds', 'fee lines', refunds, lines), ('class missing', 'fee lines', bare, lines)) AS v (m, i, v, c)$q$),
    ($q$SELECT 'mean days of a stay', '', avg(los), count(*) FROM %5$s.front$q$),
    ($q$SELECT 'readmitted within 30 days', 'stays', avg(coalesce(next::date - upper(at)::date BETWEEN 1 AND 30, false)::int), count(*)
    FROM (SELECT at, lead(lower(at)) OVER (PARTITION BY pid ORDER BY lower(at)) AS next FROM %5$s.enc WHERE kind = 'ip') AS s$q$),
    -- rhythms, by day
    ($q$WITH day AS (
        SELECT c.d, c.d - s.d AS after, extract(isodow FROM c.d) AS dow, extract(month FROM c.d) AS month, count(m.mdtrt_id) AS n
        FROM %7$s.calendar AS c LEFT JOIN %6$s.mdtrt_d AS m ON m.begntime >= c.d AND m.begntime < c.d + 1
            LEFT JOIN LATERAL (SELECT f.spring_festival::date AS d FROM hbhealth.base_festivals() AS f ORDER BY abs(c.d - f.spring_festival::date) LIMIT 1) AS s ON true
        WHERE c.d >= %1$L AND c.d < %2$L GROUP BY c.d, s.d),
    plain AS (SELECT * FROM day WHERE after NOT BETWEEN -3 AND 6)
    SELECT 'Monday to Sunday', 'visits', avg(n) FILTER (WHERE dow = 1) / nullif(avg(n) FILTER (WHERE dow = 7), 0), sum(n) FROM plain
    UNION ALL SELECT 'winter to summer', 'visits and stays', avg(n) FILTER (WHERE month IN (12, 1, 2)) / nullif(avg(n) FILTER (WHERE month IN (6, 7, 8)), 0), sum(n) FROM plain
    UNION ALL SELECT 'Spring Festival to other days', 'visits and stays', avg(n) FILTER (WHERE after BETWEEN -3 AND 6)
        / nullif(avg(n) FILTER (WHERE after NOT BETWEEN -3 AND 6 AND month IN (1, 2)), 0), sum(n) FILTER (WHERE month IN (1, 2)) FROM day$q$),
    ($q$SELECT 'suspicious', 'claims', (SELECT count(DISTINCT row_key) FROM %6$s.label WHERE tab = 'mdtrt_d')::float8 / nullif(count(*), 0), count(*) FROM %6$s.mdtrt_d$q$)
    ) AS v (q);
END;
COMMENT ON FUNCTION province_measures(text, date, date) IS 'Returns the queries with which province_profile measures the tables of a prefix in a period; each gives measure, item, value and n, the persons or events behind it.';

CREATE FUNCTION province_profile(prefix text DEFAULT 'hb', from_date date DEFAULT DATE '2023-01-01', to_date date DEFAULT DATE '2024-01-01',
    OUT measure text, OUT item text, OUT measured double precision, OUT target double precision, OUT tolerance double precision,
    OUT agrees boolean, OUT n double precision, OUT kind text, OUT source text) RETURNS SETOF record
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE ROWS 110 SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    query text;
BEGIN
    PERFORM base_table_name(prefix, 'pop.person');
    SELECT string_agg(q, ' UNION ALL ' ORDER BY i) INTO query
    FROM (SELECT i, format('SELECT * FROM (%s) AS q%s', q, i) AS q FROM province_measures(prefix, from_date, to_date) WITH ORDINALITY AS m (q, i)) AS all_queries;
    RETURN QUERY EXECUTE format(
        'SELECT t.measure, t.item, m.value::float8, t.target, t.tolerance + t.spread / sqrt(nullif(m.n, 0)) + t.granule / nullif(m.n, 0),
            abs(m.value - t.target) <= t.tolerance + t.spread / sqrt(nullif(m.n, 0)) + t.granule / nullif(m.n, 0), m.n::float8, t.kind, t.source
        FROM province_targets() WITH ORDINALITY AS t (measure, item, target, tolerance, spread, granule, kind, source, i)
            LEFT JOIN (%s) AS m (measure, item, value, n) USING (measure, item)
        ORDER BY t.i', query);
END
$$;
COMMENT ON FUNCTION province_profile(text, date, date) IS 'Returns what the tables of a reference schema hold, beside what a synthetic province should look like: measure and item; measured, NULL where nothing is there to measure; target; tolerance, for the n persons or events behind it; agrees, whether the difference is within it; kind, fact for published figures, else assumption; source. from_date and to_date: the period of generate_province. A bad prefix is 22023. doc/synthetic-province.md explains each measure.';
