-- Collusion: connected components, and persons who are seen together.
BEGIN;
SELECT no_plan();

-- The states of an aggregate over rows in any order, in several parts.
CREATE FUNCTION pg_temp.error_of(command text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE command;
	RETURN 'none';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

-- ----- components -----
-- Edges and components of igraph 1.x, decompose(): expected.json of the reference, entry graph.covisit.
CREATE TEMP TABLE edge (a text, b text);
INSERT INTO edge VALUES ('P1', 'P2'), ('P1', 'P3'), ('P1', 'P4'), ('P1', 'P5'), ('P2', 'P3'), ('P2', 'P4'), ('P2', 'P5'), ('P3', 'P4'),
	('P3', 'P5'), ('P4', 'P5'), ('P6', 'P7'), ('P6', 'P8'), ('P6', 'P9'), ('P7', 'P8'), ('P7', 'P9'), ('P8', 'P9'), ('P5', 'P6'),
	('P10', 'P11'), ('P11', 'P12'), ('P13', 'P14');
SELECT results_eq($$ SELECT component, string_agg(node, ' ' ORDER BY substr(node, 2)::int), min(size)
		FROM (SELECT components_agg(a, b) AS s FROM edge) e, components(s) GROUP BY component ORDER BY component $$,
	$$ VALUES (1, 'P1 P2 P3 P4 P5 P6 P7 P8 P9', 9), (2, 'P10 P11 P12', 3), (3, 'P13 P14', 2) $$, 'components of igraph');
SELECT ok((SELECT components_agg(a, b) IS NULL FROM edge WHERE false), 'components of no edge are NULL');
SELECT results_eq($$ SELECT * FROM components((SELECT components_agg(a, b) FROM (VALUES ('x', NULL), (NULL, 'y'), (NULL, NULL), ('z', 'z')) v (a, b))) $$,
	$$ VALUES (1, 'x', 1), (2, 'y', 1), (3, 'z', 1) $$, 'a node beside NULL, and one with itself, stand alone');

CREATE TEMP TABLE graph AS
	SELECT (ARRAY['n', '患者', 'é'])[1 + i % 3] || (hashint8(i) & 1023) AS a, 'n' || (hashint8(i + 1000000) & 1023) AS b
	FROM generate_series(1, 700) i;
-- Each node's least reachable name, by repetition.
CREATE FUNCTION pg_temp.oracle() RETURNS TABLE (node text, smallest text) LANGUAGE plpgsql AS $$
BEGIN
	CREATE TEMP TABLE link AS SELECT a, b FROM graph UNION SELECT b, a FROM graph;
	CREATE TEMP TABLE label AS SELECT DISTINCT a COLLATE "C" AS n, a COLLATE "C" AS l FROM link;
	LOOP
		UPDATE label SET l = m.l FROM (SELECT k.a, min(x.l) AS l FROM link k JOIN label x ON x.n = k.b GROUP BY k.a) m
		WHERE label.n = m.a AND m.l < label.l;
		EXIT WHEN NOT FOUND;
	END LOOP;
	RETURN QUERY SELECT n, l FROM label;
END $$;
SELECT results_eq($$ SELECT node COLLATE "C", min(node COLLATE "C") OVER (PARTITION BY component), size
		FROM components((SELECT components_agg(a, b) FROM graph)) ORDER BY 1 $$,
	$$ SELECT node COLLATE "C", smallest COLLATE "C", count(*) OVER (PARTITION BY smallest)::int FROM pg_temp.oracle() ORDER BY 1 $$, 'components of a random graph');
SELECT ok((SELECT max(component) > 20 AND max(size) > 20 FROM components((SELECT components_agg(a, b) FROM graph))), 'of which there are many and large ones');
SELECT is((SELECT components_agg(b, a ORDER BY random())::text FROM graph), (SELECT components_agg(a, b)::text FROM graph), 'order and direction do not matter');
SELECT is((SELECT rollup(s)::text FROM (SELECT components_agg(a, b) AS s FROM graph GROUP BY hashtext(a) % 7) p), (SELECT components_agg(a, b)::text FROM graph), 'rollup of parts');
CREATE TEMP TABLE stored AS SELECT components_agg(a, b) AS s FROM graph;
SELECT is((SELECT rollup(s)::text FROM (SELECT s FROM stored UNION ALL SELECT s FROM stored UNION ALL SELECT NULL) p), (SELECT s::text FROM stored), 'rollup of stored states, twice the same');
SELECT is((SELECT s::text::components::text FROM stored), (SELECT s::text FROM stored), 'text and back');
SELECT is((SELECT encode(components_send(s), 'hex') FROM stored), (SELECT s::text FROM stored), 'binary form is that of the text');
SELECT is(pg_temp.error_of(format('SELECT %L::components', v)), state, format('%L is no state', left(v, 20)))
FROM (SELECT s::text AS t FROM stored) s, LATERAL (VALUES ('', '22P02'), ('x', '22023'), ('02', '22P02'), (left(t, -2), '22P02'), (t || '00', '22P02'),
	('0100000002000000016200000001610000000000000000', '22P02'), ('01000000020000000161000000016100000000000000001', '22023'),
	('010000000200000001610000000162' || '0000000100000001', '22P02'), ('01ffffffff', '22P02'), ('0100000001ffffffff', '22P02'),
	('010000000100000001ff00000000', '22P02'), ('0100000001000000010000000000', '22P02')) v (v, state);
SELECT is('0100000002000000016100000001620000000000000000'::components::text, '0100000002000000016100000001620000000000000000', 'a state made by hand');

-- ----- persons seen together -----
-- visits.csv of the reference: three cards in a row at two hospitals, others beside them.
CREATE TEMP TABLE visit (psn_no text, ts timestamp, hosp text);
INSERT INTO visit VALUES ('P51', '2024-05-01 09:00', 'H1'), ('P52', '2024-05-01 09:04', 'H1'), ('P53', '2024-05-01 09:08', 'H1'), ('P54', '2024-05-01 12:00', 'H1'),
	('P51', '2024-05-15 14:00', 'H2'), ('P52', '2024-05-15 14:05', 'H2'), ('P53', '2024-05-15 14:20', 'H2'), ('P51', '2024-06-01 10:00', 'H1'),
	('P52', '2024-06-01 10:09', 'H1'), ('P54', '2024-06-01 10:10', 'H1'), ('P55', '2024-05-15 14:01', 'H3');
CREATE TEMP TABLE seen AS SELECT covisit_agg(psn_no, ts, hosp, '10 minutes' ORDER BY hosp, ts) AS s FROM visit;
SELECT results_eq($$ SELECT a, b, days, times, places FROM seen, covisit_pairs(s, 1) ORDER BY a, b $$,
	$$ VALUES ('P51', 'P52', 3::bigint, 3::bigint, 2), ('P51', 'P53', 1, 1, 1), ('P51', 'P54', 1, 1, 1), ('P52', 'P53', 1, 1, 1), ('P52', 'P54', 1, 1, 1) $$,
	'cards at most ten minutes apart');
-- H1: 32 days, 9:00 to 12:00, P51 and P52 on 2 days each; H2: one day, 14:00 to 14:20, one day each.
CREATE TEMP TABLE chance AS SELECT 2 * 2 / 32.0 * (1 - (1 - 10 / 180.0) ^ 2) + 1 / 1.0 * (1 - (1 - 10 / 20.0) ^ 2) AS m;
SELECT is(round(expected::numeric, 12), round(m, 12), 'expected from days and times of day') FROM chance, seen, covisit_pairs(s);
SELECT is(round(lift::numeric, 12), round(3 / m, 12), 'lift') FROM chance, seen, covisit_pairs(s);
SELECT is(round(jaccard::numeric, 12), round(3 / 3.0, 12), 'jaccard: each came on three days, all together') FROM seen, covisit_pairs(s);
SELECT is(round(p_value::numeric, 12), round(1 - exp(-m) * (1 + m + m * m / 2), 12), 'Poisson probability of three or more') FROM chance, seen, covisit_pairs(s);
SELECT is((SELECT count(*) FROM seen, covisit_pairs(s)), 1::bigint, 'two days by default');
SET LOCAL TimeZone = 'Asia/Shanghai';
SELECT is((SELECT covisit_agg(psn_no, ts AT TIME ZONE 'Asia/Shanghai', hosp, '10 minutes' ORDER BY hosp, ts)::text || covisit_agg(psn_no, ts AT TIME ZONE 'Asia/Shanghai', hosp, '10 minutes', 50 ORDER BY hosp, ts)::text FROM visit),
	(SELECT s::text || s::text FROM seen), 'covisit_agg: local times of timestamptz');
SET LOCAL TimeZone = 'UTC';
SELECT is_empty($$ SELECT FROM (SELECT covisit_agg(p, t, 'h', '1 day' ORDER BY t) AS s FROM (VALUES ('a', timestamp '4713-01-01 BC'), ('b', '294276-12-31')) v (p, t)) s, covisit_pairs(s, 1) $$, 'covisit_agg: the first and the last time are far apart');
SELECT ok((SELECT covisit_agg(psn_no, ts, hosp, '1 day' ORDER BY hosp, ts) IS NULL FROM visit WHERE false), 'of no visit NULL');
SELECT is_empty($$ SELECT * FROM covisit_pairs((SELECT covisit_agg(p, t, h, '1 day') FROM (VALUES ('a', NULL::timestamp, 'h'), (NULL, '2024-01-01', 'h'), ('a', '2024-01-01', NULL),
	('a', '2024-01-01', 'h'), ('a', '2024-01-01', 'h')) v (p, t, h)), 1) $$, 'NULLs are passed over, nobody is together with himself');

-- Random visits, also before 2000, against a self-join.
CREATE TEMP TABLE random_visit AS
	SELECT i, 'p' || (hashint8(i) & 31) AS person, timestamp '1999-12-28' + (hashint8(i + 1000000) & 8191) * interval '1 minute' AS ts,
		(ARRAY['h', '药店', 'z'])[1 + (hashint8(i + 2000000) & 65535) % 3] AS place
	FROM generate_series(1, 1500) i;
CREATE FUNCTION pg_temp.by_join(span interval, max_group int) RETURNS TABLE (a text, b text, days bigint, times bigint, places bigint, expected float8) LANGUAGE sql AS $$
	WITH numbered AS (
		SELECT *, row_number() OVER (PARTITION BY place ORDER BY ts, i) AS n FROM random_visit
	), grouped AS (
		SELECT *, count(*) OVER (PARTITION BY place ORDER BY ts RANGE BETWEEN span PRECEDING AND CURRENT ROW)
			- count(*) OVER (PARTITION BY place, ts) + row_number() OVER (PARTITION BY place, ts ORDER BY i) AS members
		FROM numbered
	), close AS (
		SELECT y.place, least(x.person, y.person) AS a, greatest(x.person, y.person) AS b, y.ts::date AS day
		FROM grouped y JOIN grouped x ON x.place = y.place AND x.n < y.n AND y.ts - x.ts <= span
		WHERE y.members <= max_group
	), rate AS (
		SELECT place, CASE WHEN span < max(ts::time) - min(ts::time)
				THEN 1 - (1 - extract(epoch FROM span) / extract(epoch FROM max(ts::time) - min(ts::time))) ^ 2 ELSE 1 END
			/ (max(ts::date) - min(ts::date) + 1) AS q
		FROM random_visit GROUP BY place
	), visits AS (
		SELECT person, place, count(DISTINCT ts::date) AS n FROM random_visit GROUP BY 1, 2
	)
	SELECT c.a, c.b, count(DISTINCT (c.place, c.day)), count(*), count(DISTINCT c.place),
		(SELECT sum(u.n * v.n * q) FROM visits u JOIN visits v USING (place) JOIN rate USING (place) WHERE u.person = c.a AND v.person = c.b)
	FROM close c WHERE c.a <> c.b GROUP BY c.a, c.b
$$;
SELECT results_eq(format($$ SELECT a, b, days, times, places::bigint, round(expected::numeric, 9)
		FROM (SELECT covisit_agg(person, ts, place, %1$L, %2$s ORDER BY place, ts, i) AS s FROM random_visit) v, covisit_pairs(s, 1) ORDER BY a, b $$, span, size),
	format($$ SELECT a, b, days, times, places, round(expected::numeric, 9) FROM pg_temp.by_join(%1$L, %2$s) ORDER BY a, b $$, span, size),
	format('random visits within %s, groups of %s', span, size))
FROM (VALUES ('10 minutes', 50), ('25 minutes', 3), ('0', 50), ('1 day 1 hour', 1000)) v (span, size);

CREATE TEMP TABLE month AS
	SELECT covisit_agg(person, ts, place, '20 minutes' ORDER BY place, ts) AS s FROM random_visit GROUP BY place;
CREATE TEMP TABLE whole AS SELECT covisit_agg(person, ts, place, '20 minutes' ORDER BY place, ts) AS s FROM random_visit;
SELECT is((SELECT rollup(s)::text FROM month), (SELECT s::text FROM whole), 'rollup of places is the whole');
SELECT is((SELECT rollup(s ORDER BY random())::text FROM (SELECT covisit_agg(person, ts, place, '5 minutes' ORDER BY place, ts) AS s FROM random_visit
		WHERE ts::time >= '00:10' GROUP BY ts::date) d),
	(SELECT covisit_agg(person, ts, place, '5 minutes' ORDER BY place, ts)::text FROM random_visit WHERE ts::time >= '00:10'), 'rollup of days is the whole');
SELECT is((SELECT s::text::covisit::text FROM whole), (SELECT s::text FROM whole), 'text and back');
SELECT is((SELECT encode(covisit_send(s), 'hex') FROM whole), (SELECT s::text FROM whole), 'binary form');
SELECT is((SELECT count(*) FROM generate_series(0, 400) n, LATERAL (SELECT overlay(s::text PLACING 'ff' FROM 1 + 2 * n) AS t FROM seen) h
	WHERE pg_temp.error_of(format('SELECT count(*) FROM covisit_pairs(%L::covisit, 1)', t)) NOT IN ('none', '22P02')), 0::bigint, 'hostile bytes are refused, or read');
SELECT is((SELECT count(*) FROM generate_series(0, 400) n, LATERAL (SELECT left(s::text, 2 * n) AS t FROM seen) h
	WHERE length(t) < (SELECT length(s::text) FROM seen) AND pg_temp.error_of(format('SELECT %L::covisit', t)) <> '22P02'), 0::bigint, 'so are too few');

SELECT throws_ok($$ SELECT covisit_agg(psn_no, ts, hosp, '10 minutes' ORDER BY ts) FROM visit $$, '22023', 'rows of covisit_agg are not in the order of place and time');
SELECT throws_ok($$ SELECT covisit_agg(psn_no, ts, hosp, '10 minutes' ORDER BY hosp, ts DESC) FROM visit $$, '22023', 'rows of covisit_agg are not in the order of place and time');
SELECT throws_ok($$ SELECT covisit_agg(psn_no, ts, hosp, '1 month' ORDER BY hosp, ts) FROM visit $$, '22023', NULL, 'months have no length');
SELECT throws_ok($$ SELECT covisit_agg(psn_no, ts, hosp, '-1 s' ORDER BY hosp, ts) FROM visit $$, '22023', NULL, 'a span below 0');
SELECT throws_ok($$ SELECT covisit_agg(psn_no, ts, hosp, '1 s', 1 ORDER BY hosp, ts) FROM visit $$, '22023', NULL, 'groups of one');
SELECT throws_ok($$ SELECT covisit_agg('p', 'infinity', 'h', '1 s') $$, '22008', NULL, 'an infinite time');
SELECT throws_ok($$ SELECT covisit_agg(psn_no, ts, hosp, CASE psn_no WHEN 'P51' THEN interval '1 s' ELSE '2 s' END ORDER BY hosp, ts) FROM visit $$, '22023', NULL, 'a span that changes');
SELECT throws_ok($$ SELECT rollup(s) FROM (SELECT s FROM seen UNION ALL SELECT s FROM whole) u $$, '22023', NULL, 'states of different spans');
SELECT throws_ok($$ SELECT covisit_pairs(s, 0) FROM seen $$, '22023', NULL, 'no days');

-- A large table in a parallel plan.
CREATE TABLE wide_graph AS SELECT 'n' || (hashint8(i) & 16383) AS a, 'n' || (hashint8(i + 1000000) & 16383) AS b FROM generate_series(1, 20000) i;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.plan() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) SELECT components_agg(a, b)::text FROM wide_graph'; END $$;
SELECT ok(bool_or(p LIKE '%Partial Aggregate%'), 'components_agg runs in workers') FROM pg_temp.plan() p;
CREATE TEMP TABLE parallel AS SELECT components_agg(a, b)::text AS t FROM wide_graph;
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT is((SELECT components_agg(a, b)::text FROM wide_graph), (SELECT t FROM parallel), 'and gives the serial answer');

SELECT * FROM finish();
ROLLBACK;
