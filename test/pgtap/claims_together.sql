-- People admitted and discharged together, and stays like one another.
BEGIN;
SELECT no_plan();
SET LOCAL client_min_messages = warning;

SELECT setseed(0.42);
CREATE TEMP TABLE stays AS
SELECT n, n % 3 AS hosp, (random() * 300)::int AS person, date '2023-11-20' + a AS adm, CASE WHEN random() < 0.02 THEN NULL ELSE date '2023-11-20' + a + (random() * 6)::int END AS dsc
FROM (SELECT n, (random() * 90)::int AS a FROM generate_series(1, 3000) n) x;
-- Eight persons come twice together, in a small hospital.
INSERT INTO stays SELECT 3000 + n, 4, 1000 + n % 8, date '2024-01-10' + 60 * (n / 8), date '2024-01-15' + 60 * (n / 8) FROM generate_series(0, 15) n;
INSERT INTO stays SELECT 3100 + n, 4, 2000 + n, date '2024-01-01' + n, date '2024-01-03' + n + n % 7 FROM generate_series(0, 99) n;

CREATE FUNCTION pg_temp.poisson_upper(k bigint, lambda float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
	SELECT sum(exp(-lambda) * lambda ^ j / factorial(j)::float8) FROM generate_series(k, k + 60) j
$$;
CREATE TEMP VIEW distinct_stays AS SELECT DISTINCT hosp, person, adm, dsc FROM stays WHERE dsc IS NOT NULL;
CREATE TEMP VIEW hospital AS SELECT hosp, count(*)::float8 AS n, (max(adm) - min(adm) + 1)::float8 AS days FROM distinct_stays GROUP BY hosp;
CREATE TEMP VIEW los AS SELECT hosp, dsc - adm AS los, count(*)::float8 AS n FROM distinct_stays GROUP BY 1, 2;
CREATE TEMP TABLE state AS SELECT hosp, coadmission_agg(person, adm, dsc) AS s, coadmission_agg('p' || person, adm, dsc) AS t FROM stays GROUP BY hosp;

SELECT set_eq($$
	SELECT hosp, adm, dsc, size, members FROM state, coadmission_groups(s, 3)
$$, $$
	SELECT hosp, adm, dsc, count(*) AS size, array_agg(person::bigint ORDER BY person) AS members FROM distinct_stays GROUP BY 1, 2, 3 HAVING count(*) >= 3
$$, 'coadmission_groups: who shares both days');
SELECT is_empty($$
	SELECT FROM state CROSS JOIN coadmission_groups(s, 2) g JOIN hospital h USING (hosp) JOIN los l ON l.hosp = h.hosp AND l.los = g.dsc - g.adm
	WHERE (abs(expected / (l.n / h.days) - 1) > 1e-12 OR abs(p_value / pg_temp.poisson_upper(size, expected) - 1) > 1e-9)
$$, 'coadmission_groups: expected and its probability');
SELECT is((SELECT array_agg(ROW(adm, dsc, size, p_value < 1e-6)::text ORDER BY adm) FROM state, coadmission_groups(s) WHERE hosp = 4),
	'{"(2024-01-10,2024-01-15,8,t)","(2024-03-10,2024-03-15,8,t)"}', 'coadmission_groups: the planted ones');
SELECT set_eq($$
	SELECT hosp, adm, dsc, size, p_value, members FROM state, coadmission_groups(t, 4)
$$, $$
	SELECT hosp, adm, dsc, size, p_value, (SELECT array_agg(h ORDER BY h) FROM unnest(members) m, hashtextextended('p' || m, 0) h) FROM state, coadmission_groups(s, 4)
$$, 'coadmission_groups: persons of text');

-- Tolerance: the groups do not overlap, and are what a sweep over the days of most stays takes.
CREATE TEMP TABLE tolerant AS SELECT hosp, g.* FROM state, coadmission_groups(s, 4, 1) WITH ORDINALITY g(adm, dsc, size, expected, p_value, members, k);
CREATE FUNCTION pg_temp.sweep(h int, t int, least_size int) RETURNS TABLE (adm date, dsc date, size bigint, members bigint[]) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
	c record;
BEGIN
	DROP TABLE IF EXISTS free;
	CREATE TEMP TABLE free AS SELECT person::bigint AS p, adm AS a, dsc AS d FROM distinct_stays WHERE hosp = h;
	FOR c IN SELECT a, d FROM free GROUP BY a, d ORDER BY count(*) DESC, a, d LOOP
		CONTINUE WHEN NOT EXISTS (SELECT FROM free f WHERE f.a = c.a AND f.d = c.d);
		SELECT c.a, c.d, count(DISTINCT p), array_agg(DISTINCT p ORDER BY p) INTO adm, dsc, size, members FROM free f WHERE abs(f.a - c.a) <= t AND abs(f.d - c.d) <= t;
		CONTINUE WHEN size < least_size;
		DELETE FROM free f WHERE abs(f.a - c.a) <= t AND abs(f.d - c.d) <= t;
		RETURN NEXT;
	END LOOP;
END $$;
SELECT set_eq('SELECT adm, dsc, size, members FROM tolerant WHERE hosp = 0', 'SELECT * FROM pg_temp.sweep(0, 1, 4)', 'coadmission_groups: a day of tolerance');
SELECT is_empty($$
	SELECT g.* FROM tolerant g JOIN hospital h USING (hosp) JOIN LATERAL (
		SELECT sum(l.n) AS n FROM generate_series(-1, 1) a, generate_series(-1, 1) d, los l WHERE l.hosp = g.hosp AND l.los = g.dsc - g.adm + d - a) e ON true
	WHERE abs(expected / (e.n / h.days) - 1) > 1e-12 OR abs(p_value / pg_temp.poisson_upper(size, expected) - 1) > 1e-9
$$, 'coadmission_groups: expected with a tolerance');

-- Pairs.
CREATE TEMP TABLE pairs AS
SELECT x.hosp, x.person::bigint AS a, y.person::bigint AS b, count(*) AS times FROM distinct_stays x
JOIN distinct_stays y ON x.hosp = y.hosp AND x.adm = y.adm AND x.dsc = y.dsc AND x.person < y.person GROUP BY 1, 2, 3;
SELECT set_eq('SELECT hosp, a, b, times FROM state, coadmission_pairs(s)', 'SELECT hosp, a, b, times FROM pairs WHERE times >= 2', 'coadmission_pairs: who does so again');
SELECT set_eq('SELECT hosp, a, b, times FROM state, coadmission_pairs(s, 1)', 'SELECT hosp, a, b, times FROM pairs', 'coadmission_pairs: all');
SELECT set_eq('SELECT hosp, a, b, times FROM state, coadmission_pairs(s, 1, 2)', $$
	SELECT hosp, min(person)::bigint AS a, max(person)::bigint AS b, count(*) OVER (PARTITION BY hosp, min(person), max(person)) AS times FROM distinct_stays GROUP BY hosp, adm, dsc HAVING count(*) = 2
$$, 'coadmission_pairs: days of many are left out');
CREATE TEMP TABLE often AS SELECT hosp, person, count(*) AS n FROM distinct_stays GROUP BY 1, 2;
ANALYZE often;
SELECT is_empty($$
	SELECT p.* FROM state CROSS JOIN coadmission_pairs(s) p JOIN hospital h USING (hosp)
	JOIN LATERAL (SELECT sum((n / h.n) ^ 2) / h.days AS chance FROM los WHERE los.hosp = h.hosp) c ON true
	JOIN often x ON x.hosp = h.hosp AND x.person = a JOIN often y ON y.hosp = h.hosp AND y.person = b
	WHERE (abs(expected / (chance * x.n * y.n) - 1) > 1e-12 OR abs(p_value / pg_temp.poisson_upper(times, expected) - 1) > 1e-9)
$$, 'coadmission_pairs: expected and its probability');

-- Regularity.
CREATE TEMP TABLE regular AS SELECT person, stay_regularity_agg(adm, dsc) AS s FROM stays WHERE person < 100 GROUP BY person;
CREATE TEMP TABLE gaps AS SELECT person, adm, dsc, stay_gap(adm, dsc) OVER (PARTITION BY person ORDER BY adm, dsc) AS gap FROM stays WHERE person < 100;
SELECT is_empty($$
	SELECT person FROM regular JOIN (
		SELECT person, count(*) AS n, avg(dsc - adm) AS los, stddev_samp(dsc - adm) / nullif(avg(dsc - adm), 0) AS cv_los,
			avg(gap) AS gap, stddev_samp(gap) / nullif(abs(avg(gap)), 0) AS cv_gap, max(gap) AS most FROM gaps GROUP BY person) o USING (person), LATERAL stay_regularity_stats(s) r
	WHERE r.n <> o.n OR abs(r.mean_los - o.los) > 1e-12 OR abs(r.cv_los - o.cv_los) > 1e-12 OR abs(r.mean_gap - o.gap) > 1e-12
		OR abs(r.cv_gap / o.cv_gap - 1) > 1e-9 OR r.max_gap <> o.most OR (r.cv_los IS NULL) <> (o.cv_los IS NULL) OR (r.cv_gap IS NULL) <> (o.cv_gap IS NULL)
$$, 'stay_regularity_stats: moments of lengths and gaps');
CREATE TEMP TABLE cycle AS SELECT stay_regularity_agg(adm, dsc) AS s FROM (VALUES (date '2024-01-01', date '2024-03-28'), ('2024-03-30', '2024-06-25'), ('2024-06-28', '2024-09-25'), ('2024-09-26', '2024-12-20')) v(adm, dsc);
SELECT is((stay_regularity_stats(s)).suspicious, true, 'a fake-discharge cycle') FROM cycle;
SELECT is((stay_regularity_stats(s, min_n => 5)).suspicious, false, 'too few stays') FROM cycle;
SELECT is((stay_regularity_stats(s, max_cv => 0.001)).suspicious, false, 'lengths that vary') FROM cycle;
SELECT is((stay_regularity_stats(s, max_gap => 2)).suspicious, false, 'a gap that is too long') FROM cycle;
SELECT is((stay_regularity_stats(stay_regularity_agg(adm, dsc))).suspicious, true, 'P07 of the reference: ten days each, a day between')
FROM (VALUES (date '2024-01-01', date '2024-01-11'), ('2024-01-12', '2024-01-22'), ('2024-01-23', '2024-02-02'), ('2024-02-03', '2024-02-13')) v(adm, dsc);
SELECT is((stay_regularity_stats(stay_regularity_agg(adm, dsc))).suspicious, false, 'stays that overlap') FROM (VALUES (date '2024-01-01', date '2024-01-11'), ('2024-01-10', '2024-01-20'), ('2024-01-21', '2024-01-31'), ('2024-02-01', '2024-02-11')) v(adm, dsc);
SELECT is(stay_regularity_stats(stay_regularity_agg(adm, dsc)), ROW(2, 9, NULL, 1, NULL, 1, false)::stay_cycle, 'a stay that goes on has no length, and no gap after it') FROM (VALUES (date '2024-01-01', date '2024-01-10'), ('2024-01-11', NULL)) v(adm, dsc);
SELECT is(stay_regularity_stats('1:|'), ROW(0, NULL, NULL, NULL, NULL, NULL, false)::stay_cycle, 'no stays');
SELECT is(stay_regularity_stats(stay_regularity_agg(d, d)), ROW(2, 0, NULL, 0, NULL, 0, false)::stay_cycle, 'stays of no day') FROM (VALUES (date '2024-01-01'), ('2024-01-01')) v(d);

-- NULL, order of rows, parts, and forms of a state.
SELECT ok(coadmission_agg(p, d, d) IS NULL AND stay_regularity_agg(d, d) IS NULL, 'no rows') FROM (VALUES (NULL::bigint, NULL::date)) v(p, d);
SELECT is((SELECT count(*)::int FROM coadmission_groups('1:|')) + (SELECT count(*)::int FROM coadmission_pairs('1:|')), 0, 'nobody has no groups');
SELECT is(coadmission_agg(p, a, d)::text, '1:|7,8766,8767', 'a NULL passes the row over') FROM (VALUES (7, date '2024-01-01', date '2024-01-02'), (NULL, '2024-01-01', '2024-01-02'), (7, NULL, '2024-01-02'), (7, '2024-01-01', NULL), (7, '2024-01-01', 'infinity')) v(p, a, d);
SELECT is_empty($$ SELECT hosp FROM (SELECT hosp, coadmission_agg(person, adm, dsc ORDER BY random())::text AS s FROM stays GROUP BY hosp) a JOIN state USING (hosp) WHERE a.s <> state.s::text $$, 'coadmission: the order of rows does not matter');
SELECT is_empty($$ SELECT hosp FROM (SELECT hosp, rollup(s::text::coadmission)::text AS s FROM (SELECT hosp, coadmission_agg(person, adm, dsc) AS s FROM stays GROUP BY hosp, n % 7) x GROUP BY hosp) a JOIN state USING (hosp) WHERE a.s <> state.s::text $$, 'coadmission: parts roll up');
SELECT is_empty($$ SELECT person FROM (SELECT person, rollup(s::text::stay_regularity)::text AS s FROM (SELECT person, stay_regularity_agg(adm, dsc ORDER BY random()) AS s FROM stays GROUP BY person, n % 2) x GROUP BY person) a JOIN regular USING (person) WHERE a.s <> regular.s::text $$, 'stay_regularity: parts roll up');
\ir claims_state.inc
SELECT pg_temp.state_holds('coadmission', 'SELECT s FROM state UNION ALL SELECT ''1:|''');
SELECT pg_temp.state_survives('coadmission', '1:|7,8766,8767;8,8766,8767;-9,8790,8790');
SELECT pg_temp.state_refuses('coadmission', ARRAY['', '1:', '2:|', '1:|7,8766', '1:|7,8766,8765', '1:|7,8766,2147483647', '1:|7,-2147483648,0'], ARRAY['', '\x02', '\x0100000000000000070000000100000000']::bytea[]);
SELECT pg_temp.state_holds('stay_regularity', 'SELECT s FROM regular UNION ALL SELECT ''1:|8766,2147483647''');
SELECT pg_temp.state_survives('stay_regularity', '1:|8766,8770;8771,8775;8790,2147483647');
SELECT pg_temp.state_refuses('stay_regularity', ARRAY['', '1:', '2:|', '1:|8766', '1:|8766,8765', '1:|2147483647,2147483647', '1:|-2147483648,0', '1:|8766,2147483646'], ARRAY['', '\x02', '\x010000000100000000']::bytea[]);

-- What is refused.
SELECT throws_ok(format('SELECT %s FROM state', call), '22023', NULL, call)
FROM unnest('{"coadmission_groups(s, 1)","coadmission_groups(s, 5, -1)","coadmission_groups(s, 5, 8)","coadmission_pairs(s, 0)","coadmission_pairs(s, 2, 1)"}'::text[]) call;
SELECT throws_ok(format('SELECT %s FROM cycle', call), '22023', NULL, call)
FROM unnest('{"stay_regularity_stats(s, 0)","stay_regularity_stats(s, 4, -1)","stay_regularity_stats(s, 4, ''NaN'')","stay_regularity_stats(s, 4, 0.1, -1)"}'::text[]) call;
SELECT throws_ok($$ SELECT coadmission_agg(1, date '2024-01-02', date '2024-01-01') $$, '22000', NULL, 'a discharge before the admission');
SELECT throws_ok($$ SELECT stay_regularity_agg('infinity', NULL) $$, '22003', NULL, 'an infinite admission');

SELECT * FROM finish();
ROLLBACK;
