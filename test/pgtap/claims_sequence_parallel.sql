-- Aggregates of the sequence rules give in two workers and a leader what one process gives, and run as window functions.
BEGIN;
SELECT no_plan();
SELECT setseed(0.42);
CREATE TABLE claims_event AS
SELECT n, (random() * 40)::int AS g, (random() * 3000)::bigint AS person, date '2024-01-01' + a AS adm, date '2024-01-01' + a + (random() * 5)::int AS dsc,
	timestamp '2024-01-01' + a * interval '1 day' + (random() * 1440)::int * interval '1 min' AS ts, (random() * 40)::int AS days
FROM (SELECT n, (random() * 90)::int AS a FROM generate_series(1, 8000) n) x;
ALTER TABLE claims_event SET (parallel_workers = 2);
ANALYZE claims_event;

CREATE TEMP TABLE call (state text, agg text);
INSERT INTO call VALUES ('busy', 'busy_agg(tsrange(ts, ts + days * interval ''1 min''))'), ('busy', 'busy_agg(daterange(adm, dsc))'),
	('concurrent_date', 'max_concurrent(daterange(adm, dsc))'), ('concurrent_timestamptz', 'max_concurrent(tstzrange(ts AT TIME ZONE ''UTC'', (ts + days * interval ''1 min'') AT TIME ZONE ''UTC''))'),
	('supply', 'supply_agg(adm, days)'), ('stay_regularity', 'stay_regularity_agg(adm, dsc)'), ('coadmission', 'coadmission_agg(person, adm, dsc)'),
	('coadmission', 'coadmission_agg(person::text, adm, dsc)'), ('pair_conflict', 'pair_conflict_agg(g, n % 2 = 0, ''day'', ts, person, n)');

CREATE FUNCTION pg_temp.run(agg text, by text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	EXECUTE format('SELECT md5(string_agg(s::text, '' '' ORDER BY g)) FROM (SELECT %s AS g, %s AS s FROM claims_event GROUP BY 1) x', by, agg) INTO result;
	RETURN result;
END $$;
CREATE FUNCTION pg_temp.plan(agg text, by text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text := ''; line text;
BEGIN
	FOR line IN EXECUTE format('EXPLAIN (COSTS OFF) SELECT %s AS g, %s AS s FROM claims_event GROUP BY 1', by, agg) LOOP result := result || line || E'\n'; END LOOP;
	RETURN result;
END $$;

SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT agg, by, pg_temp.run(agg, by) AS result FROM call, unnest('{g,1::int}'::text[]) by;
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT matches(pg_temp.plan(agg, by), 'Partial', 'in parts: ' || agg || ' by ' || by) FROM serial;
SELECT is(pg_temp.run(agg, by), result, 'parallel is serial: ' || agg || ' by ' || by) FROM serial;

-- A running state is that of the rows so far, and not of those to come.
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT is_empty(format($$
	SELECT n FROM (SELECT n, g, (%1$s OVER (PARTITION BY g ORDER BY n))::text AS s FROM claims_event WHERE n <= 400) w
	JOIN LATERAL (SELECT (%1$s)::text AS s FROM claims_event e WHERE e.g = w.g AND e.n <= w.n) a ON true WHERE w.s IS DISTINCT FROM a.s
$$, agg), 'running: ' || agg) FROM call;
SELECT is_empty($$
	SELECT g FROM (SELECT g, busy_agg(daterange(adm, dsc))::text AS s, max_concurrent(daterange(adm, dsc)) AS m, busy_agg(daterange(adm, dsc)) AS b FROM claims_event GROUP BY g) x
	WHERE s <> b::text OR (m).peak <> (busy_stats(b)).peak
$$, 'aggregates that share a state');

SELECT * FROM finish();
ROLLBACK;
