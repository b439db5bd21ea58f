-- Items that exclude each other within an hour, six hours, a day, a visit.
BEGIN;
SELECT no_plan();

-- Three rules, two of which share an item, on the charges of three persons.
CREATE TEMP TABLE rule (id bigint, main text, excluded text, granule text);
INSERT INTO rule VALUES (1, 'A', 'B', 'hour'), (2, 'A', 'C', '6 hours'), (3, 'C', 'B', 'day'), (4, 'D', 'A', 'visit');
CREATE TEMP VIEW side AS SELECT id, granule, main AS item, true AS is_main FROM rule UNION ALL SELECT id, granule, excluded, false FROM rule;
SELECT setseed(0.42);
CREATE TEMP TABLE fee AS
SELECT n::bigint AS line, n % 5 AS person, (random() * 30)::bigint AS visit, chr(65 + (random() * 3.99)::int % 4) AS item,
	timestamp '1999-12-30' + (random() * 60 * 24)::int * interval '1 hour' / 3 AS ts FROM generate_series(1, 1200) n;
-- The definition.
CREATE TEMP TABLE conflict AS
SELECT e.person, r.id AS rule, r.granule, e.line AS excluded, e.ts AS excluded_at,
	(array_agg(m.line ORDER BY greatest(m.ts - e.ts, e.ts - m.ts), m.ts, m.line))[1] AS main, (array_agg(m.ts ORDER BY greatest(m.ts - e.ts, e.ts - m.ts), m.ts, m.line))[1] AS main_at, count(*) AS mains
FROM rule r JOIN fee e ON e.item = r.excluded JOIN fee m ON m.item = r.main AND m.person = e.person
	AND CASE r.granule WHEN 'hour' THEN m.ts - e.ts < interval '1 hour' AND e.ts - m.ts < interval '1 hour' WHEN '6 hours' THEN m.ts - e.ts < interval '6 hours' AND e.ts - m.ts < interval '6 hours'
		WHEN 'day' THEN m.ts::date = e.ts::date ELSE m.visit = e.visit END
GROUP BY 1, 2, 3, 4, 5;
CREATE TEMP TABLE state AS SELECT person, pair_conflict_agg(id, is_main, granule, ts, visit, line) AS s, pair_conflict_agg(id, is_main, granule, ts, 'v' || visit, 'l' || line) AS t FROM fee JOIN side USING (item) GROUP BY person;
SELECT is((SELECT array_agg(DISTINCT granule ORDER BY granule) FROM conflict), '{6 hours,day,hour,visit}', 'every granule has conflicts');
SELECT set_eq('SELECT person, rule, granule, excluded, excluded_at, main_at, mains FROM state, pair_conflicts(s)',
	'SELECT person, rule, granule, excluded, excluded_at, main_at, mains FROM conflict', 'pair_conflicts: the self-join');
SELECT is_empty($$
	SELECT FROM state, pair_conflicts(s) c JOIN fee m ON m.line = c.main JOIN rule r ON r.id = c.rule WHERE m.item <> r.main OR m.ts <> c.main_at OR m.person <> state.person
$$, 'pair_conflicts: main is a charge of the main item');
SELECT set_eq('SELECT person, rule, excluded, main_at, mains FROM state, pair_conflicts(t)',
	'SELECT person, rule, hashtextextended(''l'' || excluded, 0) AS excluded, main_at, mains FROM conflict', 'pair_conflicts: visits and lines of text');

-- Bounds of the granules.
CREATE TEMP TABLE bound (granule text, main timestamp, excluded timestamp, hit boolean);
INSERT INTO bound VALUES ('hour', '2024-01-01 08:00', '2024-01-01 08:59:59.999999', true), ('hour', '2024-01-01 08:00', '2024-01-01 09:00', false), ('hour', '2024-01-01 09:00', '2024-01-01 08:00', false),
	('hour', '2024-01-01 23:30', '2024-01-02 00:10', true), ('6 hours', '2024-01-01 08:00', '2024-01-01 13:59', true), ('6 hours', '2024-01-01 08:00', '2024-01-01 02:00', false),
	('day', '2024-01-01 00:00', '2024-01-01 23:59:59.999999', true), ('day', '2024-01-01 23:59:59.999999', '2024-01-02 00:00', false), ('day', '1970-01-01 23:59', '1970-01-01 00:01', true),
	('visit', '-infinity'::timestamp + NULL, NULL, false);
DELETE FROM bound WHERE main IS NULL;
INSERT INTO bound VALUES ('visit', '4713-01-01 BC', '294276-12-31', true);
SELECT is((SELECT count(*)::int FROM pair_conflicts(s)), hit::int, format('%s: %s and %s', granule, main, excluded))
FROM (SELECT granule, main, excluded, hit, pair_conflict_agg(1, m, granule, CASE WHEN m THEN main ELSE excluded END, 1, 1) AS s FROM bound, (VALUES (true), (false)) v(m) GROUP BY 1, 2, 3, 4) x;
SELECT is(pair_conflict_agg(r, m, g, ts, v, l)::text, '1:|1,0,757382400000000,5,0,1', 'NULL passes the row over, a visit only where it counts')
FROM (VALUES (1, true, 'hour', timestamp '2024-01-01', NULL::bigint, 5), (NULL, true, 'hour', '2024-01-01', 1, 5), (1, NULL, 'hour', '2024-01-01', 1, 5), (1, true, NULL, '2024-01-01', 1, 5),
	(1, true, 'hour', NULL, 1, 5), (1, true, 'visit', '2024-01-01', NULL, 5), (1, true, 'hour', '2024-01-01', 1, NULL)) v(r, m, g, ts, v, l);
SELECT ok(pair_conflict_agg(1, true, 'hour', NULL, 1, 1) IS NULL, 'no rows');
SELECT is((SELECT count(*)::int FROM pair_conflicts('1:|')), 0, 'no charges, no conflicts');

-- Order of rows, parts, and forms of a state.
SELECT is_empty($$ SELECT person FROM (SELECT person, pair_conflict_agg(id, is_main, granule, ts, visit, line ORDER BY random())::text AS s FROM fee JOIN side USING (item) GROUP BY person) a JOIN state USING (person) WHERE a.s <> state.s::text $$, 'the order of rows does not matter');
SELECT is_empty($$ SELECT person FROM (SELECT person, rollup(s::text::pair_conflict)::text AS s FROM (SELECT person, pair_conflict_agg(id, is_main, granule, ts, visit, line) AS s FROM fee JOIN side USING (item) GROUP BY person, line % 7) x GROUP BY person) a JOIN state USING (person) WHERE a.s <> state.s::text $$, 'parts roll up');
\ir claims_state.inc
SELECT pg_temp.state_holds('pair_conflict', 'SELECT s FROM state UNION ALL SELECT ''1:|''');
SELECT pg_temp.state_survives('pair_conflict', '1:|1,2,757382400000000,5,0,1;1,2,757382400000000,6,0,0;1,2,757382400000000,5,3,1');
SELECT pg_temp.state_refuses('pair_conflict', ARRAY['', '1:', '2:|', '1:|1,2,3,4,5', '1:|1,2,3,4,4,0', '1:|1,2,3,4,-1,0', '1:|1,2,3,4,0,2', '1:|1,2,9223372036854775807,4,0,1'],
	ARRAY['', '\x02', decode('01' || repeat('00', 32) || '0000000400000000', 'hex')]::bytea[]);

-- What is refused.
SELECT throws_ok(format('SELECT pair_conflict_agg(1, true, %L, timestamp ''2024-01-01'', 1, 1)', g), '22023', 'unknown granule of a rule', 'granule ' || g) FROM unnest('{"",Hour,week,"6hours",hours}'::text[]) g;
SELECT throws_ok('SELECT pair_conflict_agg(1, true, ''day'', ''infinity'', 1, 1)', '22003', NULL, 'an infinite time');

-- The pairs of the national list.
\getenv reference HB_REFERENCE
\if :{?reference}
CREATE TEMP TABLE listed (granule text, main text, main_name text, excluded text, excluded_name text, note text);
\copy listed FROM PROGRAM 'cat "$HB_REFERENCE/insurance/data/nhsa_b7_pair_conflicts.csv"' (FORMAT csv, HEADER)
ALTER TABLE listed ADD id bigint GENERATED ALWAYS AS IDENTITY;
SELECT is((SELECT array_agg(ROW(granule, n)::text ORDER BY granule) FROM (
	SELECT granule, count(*) AS n FROM (
		SELECT pair_conflict_agg(id, m, granule, timestamp '2024-05-01 08:00' + CASE WHEN m THEN interval '0' ELSE interval '30 minutes' END, 1, id) AS s FROM listed, (VALUES (true), (false)) v(m)) x,
		pair_conflicts(s) GROUP BY granule) y), '{"(\"6 hours\",18)","(day,446)","(hour,7)","(visit,429)"}', 'the pairs of the seventh batch by granule');
\else
SELECT * FROM skip('HB_REFERENCE is not set', 1);
\endif

SELECT is_empty($$ SELECT FROM (SELECT pair_conflict_agg(1, m, 'hour', t, 1, 1) AS s FROM (VALUES (true, timestamp '4713-01-01 BC'), (false, '294276-12-31')) v (m, t)) s, pair_conflicts(s) $$, 'pair_conflicts: the first and the last time are far apart');

SELECT * FROM finish();
ROLLBACK;
