-- Intervals that run at once: peak, and time covered alone and twice.
BEGIN;
SELECT no_plan();

CREATE TEMP TABLE service (doctor text, start timestamp, psn_no text, minutes float8);
\copy service FROM PROGRAM 'grep -v "^#" test/data/claims_service_minutes.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE expected (id text PRIMARY KEY, expected jsonb);
\copy expected FROM PROGRAM 'grep -v "^#" test/data/claims_expected.csv' (FORMAT csv, HEADER)

SELECT set_eq($$
	SELECT doctor, b.billed, b.covered, b.double_booked, b.peak
	FROM (SELECT doctor, busy_agg(tsrange(start, start + minutes * interval '1 minute')) AS s FROM service GROUP BY 1) x, busy_stats(s) b
$$, $$
	SELECT key AS doctor, (value->>'billed_minutes')::float8 AS billed, (value->>'covered_minutes')::float8 AS covered,
		(value->>'double_booked_minutes')::float8 AS double_booked, (value->>'peak_parallel')::bigint AS peak
	FROM expected, jsonb_each(expected) WHERE id = 'doctor.time_conflict'
$$, 'busy_stats: the reference');

-- The definition minute by minute, on random intervals with ties, empty ones and NULL.
SELECT setseed(0.42);
CREATE TEMP TABLE r AS
SELECT n, n % 25 AS g, CASE WHEN random() < 0.05 THEN NULL ELSE int4range(a, a + CASE WHEN random() < 0.1 THEN 0 ELSE (random() * 60)::int END) END AS m
FROM (SELECT n, (random() * 600)::int AS a FROM generate_series(1, 500) n) x;
CREATE FUNCTION pg_temp.minutes(m int4range, origin timestamp) RETURNS tsrange LANGUAGE sql IMMUTABLE STRICT AS $$
	SELECT CASE WHEN isempty(m) THEN 'empty' ELSE tsrange(origin + lower(m) * interval '1 min', origin + upper(m) * interval '1 min') END
$$;
CREATE TEMP VIEW timed AS
SELECT n, g, pg_temp.minutes(m, '1999-12-31 20:00') AS ts,
	replace(pg_temp.minutes(m, '1999-12-31 20:00')::text, ':00"', ':00+08"')::tstzrange AS tz,
	CASE WHEN isempty(m) THEN 'empty' WHEN m IS NOT NULL THEN daterange(date '1999-12-01' + lower(m), date '1999-12-01' + upper(m)) END AS d FROM r;
CREATE TEMP TABLE by_minute AS
SELECT g, t, count(m) FILTER (WHERE t <@ m) AS level FROM r, generate_series(0, 700) t GROUP BY g, t;
CREATE TEMP TABLE want AS
SELECT g, sum(level)::float8 AS billed, count(*) FILTER (WHERE level > 0)::float8 AS covered, count(*) FILTER (WHERE level > 1)::float8 AS shared,
	max(level) AS peak, (array_agg(t ORDER BY level DESC, t))[1] AS at FROM by_minute GROUP BY g;
ALTER TABLE want ADD until int;
UPDATE want SET until = (SELECT min(t) FROM by_minute b WHERE b.g = want.g AND t > at AND level <> peak);
CREATE TEMP TABLE state AS SELECT g, busy_agg(d) AS d, busy_agg(ts) AS ts, busy_agg(tz) AS tz, max_concurrent(d) AS md, max_concurrent(ts) AS mt, max_concurrent(tz) AS mz FROM timed GROUP BY g;
SELECT is_empty(format($$
	SELECT g FROM state JOIN want w USING (g), LATERAL busy_stats(%1$s) b WHERE (b.billed <> w.billed * %2$s OR b.covered <> w.covered * %2$s
		OR b.shared <> w.shared * %2$s OR b.double_booked <> (w.billed - w.covered) * %2$s OR b.peak <> w.peak)
$$, kind, unit), 'busy_stats: minute by minute, ' || kind) FROM (VALUES ('d', 1440), ('ts', 1), ('tz', 1)) v(kind, unit);
SELECT is_empty($$
	SELECT g FROM state JOIN (SELECT g, count(m) AS n FROM r GROUP BY g) c USING (g), LATERAL busy_stats(ts) b WHERE b.intervals <> n
$$, 'busy_stats counts empty intervals, not NULL');
SELECT is_empty($$
	SELECT g FROM state JOIN want w USING (g) WHERE (md).peak <> w.peak OR (mt).peak <> w.peak OR (mz).peak <> w.peak
		OR (md).at <> date '1999-12-01' + w.at OR (mt).at <> timestamp '1999-12-31 20:00' + w.at * interval '1 min' OR (mz).at <> timestamptz '1999-12-31 20:00+08' + w.at * interval '1 min'
		OR (md).until <> date '1999-12-01' + w.until OR (mt).until <> timestamp '1999-12-31 20:00' + w.until * interval '1 min' OR (mz).until <> timestamptz '1999-12-31 20:00+08' + w.until * interval '1 min'
$$, 'max_concurrent: the first minutes of the peak');
SELECT is_empty($$
	SELECT g FROM state, LATERAL max_concurrent(d) d, LATERAL max_concurrent(ts) t, LATERAL max_concurrent(tz) z
	WHERE (d.peak, d.at, d.until) IS DISTINCT FROM ((md).peak, (md).at::timestamp, (md).until::timestamp) OR (t.at, t.until) IS DISTINCT FROM ((mt).at, (mt).until) OR z.at AT TIME ZONE 'UTC' <> (mz).at
$$, 'max_concurrent of a state is that of its rows');

-- Days of stays: half-open a transfer is one bed, closed two.
SELECT is((max_concurrent(daterange(adm, dsc))).peak, 1::bigint, 'half-open') FROM (VALUES (date '2024-01-01', date '2024-01-05'), ('2024-01-05', '2024-01-09')) v(adm, dsc);
SELECT is(max_concurrent(daterange(adm, dsc, '[]')), ROW(2, date '2024-01-05', date '2024-01-06')::concurrent_date, 'closed') FROM (VALUES (date '2024-01-01', date '2024-01-05'), ('2024-01-05', '2024-01-09')) v(adm, dsc);
SELECT is(max_concurrent(daterange(adm, dsc)), ROW(2, date '2024-01-03', 'infinity')::concurrent_date, 'a stay that goes on') FROM (VALUES (date '2024-01-01', NULL::date), ('2024-01-03', NULL)) v(adm, dsc);
SELECT is(busy_stats(busy_agg(daterange(adm, dsc))), ROW(2, NULL, NULL, NULL, NULL, 2)::busy_totals, 'its time is unknown') FROM (VALUES (date '2024-01-01', NULL::date), ('2024-01-03', NULL)) v(adm, dsc);
SELECT is((max_concurrent(d)).at, date '-infinity', 'without a beginning') FROM (VALUES ('(,2024-01-05)'::daterange), ('[-infinity,2024-01-03)')) v(d);
SELECT is(max_concurrent('empty'::daterange), ROW(0, NULL, NULL)::concurrent_date, 'empty intervals do not run');
SELECT ok(max_concurrent(d) IS NULL, 'no rows') FROM (SELECT NULL::daterange) v(d);
SELECT ok(busy_agg(d) IS NULL, 'no state of no rows') FROM (SELECT NULL::daterange) v(d);
SELECT is((busy_stats(busy_agg(t))).shared, 0::float8, 'bounds do not matter to intervals that touch') FROM (VALUES ('[2024-01-01 08:00,2024-01-01 09:00]'::tsrange), ('[2024-01-01 09:00,2024-01-01 10:00]'), ('[2024-01-01 09:00,2024-01-01 09:00]')) v(t);
SELECT throws_ok('SELECT busy_agg(daterange(''294300-01-01'', NULL))', '22008', NULL, 'a date beyond timestamps');

-- Order of rows, parts, workers, and forms of a state.
SELECT is_empty($$ SELECT g FROM (SELECT g, busy_agg(ts ORDER BY random())::text AS s FROM timed GROUP BY g) a JOIN state USING (g) WHERE a.s <> ts::text $$, 'the order of rows does not matter');
SELECT is_empty($$
	SELECT g FROM (SELECT g, rollup(s::text::busy)::text AS s FROM (SELECT g, busy_agg(ts) AS s FROM timed GROUP BY g, n % 7) x GROUP BY g) a JOIN state USING (g) WHERE a.s <> ts::text
$$, 'parts roll up, after a trip through text');
SELECT is(length(busy_agg(tsrange('2024-01-01'::timestamp + i * interval '1 hour', '2024-01-01'::timestamp + (i + 1) * interval '1 hour') ORDER BY i)::text) < 100, true, 'hours that touch are few bytes') FROM generate_series(1, 20000) i;
SELECT is(busy_stats(busy_agg(tsrange('2024-01-01'::timestamp + i * interval '1 hour', '2024-01-01'::timestamp + (i + 2) * interval '1 hour') ORDER BY md5(i::text))),
	ROW(20000, 2400000, 1200060, 1199940, 1199940, 2)::busy_totals, 'a large state in random order') FROM generate_series(1, 20000) i;
\ir claims_state.inc
SELECT pg_temp.state_holds('busy', 'SELECT ts FROM state UNION ALL SELECT busy_agg(d) FROM (VALUES (''(,)''::daterange), (''empty'')) v(d)');
SELECT pg_temp.state_survives('busy', (SELECT ts::text FROM state WHERE g = 1));
SELECT pg_temp.state_refuses('busy', ARRAY['', '1:', '1:0,0', '1:-1,0|', '1:1,1|', '1:1,2|5,1;5,-1', '1:1,2|6,1;5,-1', '1:1,2|5,1;6,0', '1:1,2|5,-1;6,1', '1:1,2|5,1;6,-2', '1:1,2|5,2;6,-2', '1:1,1|5,1', '1:1,1|9223371331200000000,1',
	'1:3,4|5,1;6,9223372036854775807;7,2;8,-3', '1:9223372036854775808,0|'], ARRAY['', '\x01', '\x02', '\x010000000000000000', '\x0100000000000000000000000000000001']::bytea[]);
SELECT throws_ok($$ SELECT rollup(s) FROM (VALUES ('1:9223372036854775807,0|'::busy), ('1:1,0|')) v(s) $$, '22003', NULL, 'too many intervals');

SELECT * FROM finish();
ROLLBACK;
