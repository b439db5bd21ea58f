-- The states of claims statistics: shuffled, parted, stored, parallel, shifted, and hostile.
\set QUIET 1
BEGIN;
SELECT * FROM no_plan();
\ir claims_statistics.inc

-- Each state by name: its aggregate over claim (x, g, o, e), and numbers read from it.
CREATE TEMP TABLE state (type text, agg text, read text);
INSERT INTO state VALUES
	('sample', 'sample_agg(x)', 'ARRAY[mad(s), medcouple(s), gini(s), theil_t(s), hhi(s), (grubbs_test(s)).g, sample_count(s)]'),
	('benford', 'benford_agg(x)', 'ARRAY[(benford_test(s)).chi2, (benford_test(s)).mantissa_l2, (benford_test(s)).distortion, (benford_test(s)).log10_span]'),
	('peers', 'peers_agg(o, e)', 'ARRAY[(funnel(s)).phi, (funnel(s)).tau2, (eb(s)).alpha]'),
	('weighted_mean', 'weighted_mean_agg(x, o)', 'ARRAY[weighted_mean(s)]'),
	('drg_groups', 'drg_groups_agg(g::text, x)', 'ARRAY[(riv(s)).riv, (riv(s)).cv, (riv(s)).groups]'),
	('bunching', 'threshold_bunching_agg(x, 5000, 700)', 'ARRAY[(bunching_test(s)).below, (bunching_test(s)).p]');
SELECT setseed(0.2) \g /dev/null
CREATE TABLE claim AS
SELECT i, i % 23 AS g, round((exp(8 + random() * 3 + (i % 23) / 10.0))::numeric, 2)::float8 AS x, (50 * random() + i % 40)::bigint AS o, 20 + 50 * random() AS e, random() AS key
FROM generate_series(1, 20000) i;
ANALYZE claim;

-- Whatever the order of rows, and however they are parted.
CREATE FUNCTION pg_temp.value_of(text) RETURNS float8[] LANGUAGE plpgsql AS $$
DECLARE r float8[]; BEGIN EXECUTE $1 INTO r; RETURN r; END $$;
SELECT pg_temp.near(pg_temp.value_of(format('SELECT %s FROM (SELECT %s AS s FROM (SELECT * FROM claim ORDER BY key) c) q', read, agg)),
	pg_temp.value_of(format('SELECT %s FROM (SELECT %s AS s FROM claim) q', read, agg)), type || ': shuffled', 1e-12) FROM state;
SELECT pg_temp.near(pg_temp.value_of(format('SELECT %s FROM (SELECT rollup(p) AS s FROM (SELECT %s AS p FROM claim GROUP BY floor(key * %s)) c) q', read, agg, parts)),
	pg_temp.value_of(format('SELECT %s FROM (SELECT %s AS s FROM claim) q', read, agg)), format('%s: rolled up from %s parts', type, parts), 1e-12) FROM state, unnest('{2,7,500}'::int[]) parts;

-- Stored, sent, copied: the same value.
CREATE FUNCTION pg_temp.text_of(text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE r text; BEGIN EXECUTE $1 INTO r; RETURN r; END $$;
SELECT is(pg_temp.text_of(format('SELECT %s::text::%s::text FROM claim', agg, type)), pg_temp.text_of(format('SELECT %s::text FROM claim', agg)), type || ': text and back') FROM state;
SELECT is(pg_temp.text_of(format('SELECT %s::text FROM (SELECT * FROM claim ORDER BY key) c', agg)) = pg_temp.text_of(format('SELECT %s::text FROM claim', agg)), true, type || ': equal text of equal rows')
FROM state WHERE type IN ('sample', 'peers', 'bunching');
\set dir `mktemp -d`
\setenv STATE_FILE :dir/state
CREATE TABLE kept AS SELECT g, sample_agg(x) AS s, benford_agg(x) AS b, peers_agg(o, e) AS p, weighted_mean_agg(x, o) AS w, drg_groups_agg(g::text, x) AS d, threshold_bunching_agg(x, 5000, 700) AS t FROM claim GROUP BY g;
CREATE TABLE back (LIKE kept);
\set file :dir/state
COPY kept TO :'file' WITH (FORMAT binary);
COPY back FROM :'file' WITH (FORMAT binary);
\! rm -r "$(dirname "$STATE_FILE")"
SELECT set_eq('SELECT g, s::text, b::text, p::text, w::text, d::text, t::text FROM back', 'SELECT g, s::text, b::text, p::text, w::text, d::text, t::text FROM kept', 'binary copy and back');
SELECT is((SELECT rollup(s)::text FROM back), (SELECT sample_agg(x)::text FROM claim), 'sample: monthly states kept in a table');
SELECT is((SELECT benford_counts(rollup(b)) FROM back), (SELECT benford_counts(benford_agg(x)) FROM claim), 'benford: counts of kept states');

-- A step outside an aggregate leaves its argument alone.
SELECT is(ARRAY[sample_count(s), sample_count(sample_step(s, 1)), sample_count(sample_combine(s, s)), sample_count(s)], ARRAY[20000, 20001, 40000, 20000]::bigint[], 'sample: steps by hand') FROM (SELECT sample_agg(x) AS s FROM claim) q;
SELECT is(sample_combine(NULL, s)::text || sample_combine(s, NULL)::text || (sample_combine(NULL, NULL) IS NULL), s::text || s::text || 'true', 'sample: NULL is nothing') FROM (SELECT sample_agg(x) AS s FROM claim WHERE i < 9) q;
PREPARE of_group (int) AS SELECT mad(x) FROM claim WHERE g = $1;
SELECT is(count(*), 0::bigint, 'prepared: as many times as it is run') FROM (SELECT g, mad(x) AS m FROM claim GROUP BY g) a JOIN (SELECT g, mad(s) AS m FROM kept) b USING (g) WHERE a.m <> b.m;

-- In parallel the same as alone, by a plan with partial aggregates.
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
CREATE FUNCTION pg_temp.plan_of(text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE line text; r text = ''; BEGIN FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || $1 LOOP r = r || line || E'\n'; END LOOP; RETURN r; END $$;
CREATE TEMP TABLE direct (call text);
INSERT INTO direct SELECT agg FROM state UNION ALL SELECT unnest(ARRAY['mad(x)', 'mad(x, 1.4826)', 'tukey_fences(x)', 'tukey_fences(x, 3, 1)', 'medcouple(x)', 'adjusted_fences(x)', 'grubbs_test(x)', 'grubbs_test(x, ''upper'')', 'gini(x)', 'gini(x, true)', 'hhi(x)',
	'theil_t(x)', 'theil_l(x)', 'atkinson(x, 2)', 'lorenz(x, 4)', 'top_share(x, 0.1)', 'drg_trim(x)', 'drg_trim(x, ''log3sd'', 2, 2)', 'funnel_agg(o, e)', 'funnel_agg(o, e, ''log'', 0.05, ''truncate'')', 'eb_agg(o, e)', 'eb_agg(o, e, ''moments'')', 'cmi(x)', 'cmi(x, o)',
	'consumption_index_agg(x, o)', 'riv_agg(g::text, x)', 'threshold_bunching(x, 5000, 700)', 'benford_agg(x::numeric, 1)', 'benford_agg(o)']);
SELECT matches(pg_temp.plan_of('SELECT ' || call || ' FROM claim'), 'Partial Aggregate', 'parallel: ' || call) FROM direct;
CREATE TEMP TABLE alone (call text, result text);
CREATE TEMP TABLE together (call text, result text);
INSERT INTO together SELECT call, pg_temp.text_of(format('SELECT (%s)::text FROM claim', call)) FROM direct;
SET LOCAL max_parallel_workers_per_gather = 0;
INSERT INTO alone SELECT call, pg_temp.text_of(format('SELECT (%s)::text FROM claim', call)) FROM direct;
-- Numbers of both, word by word.
SELECT pg_temp.near((SELECT array_agg(m[1]::float8) FROM regexp_matches(a.result, '-?[0-9][0-9.]*(?:e[-+]?[0-9]+)?', 'g') m), (SELECT array_agg(m[1]::float8) FROM regexp_matches(t.result, '-?[0-9][0-9.]*(?:e[-+]?[0-9]+)?', 'g') m),
	'parallel as alone: ' || call, 1e-12)
FROM alone a JOIN together t USING (call) WHERE call !~ 'benford_agg|drg_groups_agg|weighted_mean_agg';

-- A common amount: spread and order are kept to 12 digits, whatever the parts.
CREATE TEMP TABLE shifted AS SELECT (ARRAY[4, 7, 13, 16])[1 + i % 4] AS small, 1e9 + (ARRAY[4, 7, 13, 16])[1 + i % 4] AS x, i % 8 AS part FROM generate_series(0, 9999) i;
SELECT pg_temp.near(ARRAY[mad(x), (tukey_fences(x)).q3 - (tukey_fences(x)).q1, (grubbs_test(x)).g, cmi(x)], ARRAY[mad(small), (tukey_fences(small)).q3 - (tukey_fences(small)).q1, (grubbs_test(small)).g, 1000000010], 'shifted: robust scale and mean', 1e-12) FROM shifted;
SELECT pg_temp.near(ARRAY[(r).cv * (r).mean, (r).riv], ARRAY[sqrt(22.502250225022504), 1], 'shifted: standard deviation', 1e-12)
FROM (SELECT riv(rollup(d)) AS r FROM (SELECT drg_groups_agg(small::text, x) AS d FROM shifted GROUP BY part) p) q;

-- Bytes from outside.
SELECT is_empty(format($$ SELECT FROM (SELECT (%s)::text AS t FROM claim WHERE i <= 3) s, LATERAL (SELECT 1 WHERE pg_temp.text_of(format('SELECT %%L::%s::text', t)) IS DISTINCT FROM t) u $$, agg, type), type || ': text of a small state') FROM state;
SELECT throws_ok(format('SELECT %L::%s', input, type), '22P02', NULL, format('%s: %L is none', type, input))
FROM state, unnest(ARRAY['', '1', '1:', '2:1,2,3', '1:a', '1:1,2,3,4,5|', '1:NaN,NaN,NaN|', '1:NaN,NaN,NaN|1;', '1:1e999', '1:|1,2,3,4;', '1:|1,2,x,0']) input;
SELECT throws_ok(format('SELECT %L::%s', input, type), '22P02', NULL, format('%s: %L breaks a rule', type, input))
FROM (VALUES ('sample', '1:NaN,NaN,NaN|NaN'), ('sample', '1:Infinity,NaN,NaN|1'), ('sample', '1:NaN,NaN,NaN|1;Infinity'), ('peers', '1:NaN,NaN,NaN|-1,1'), ('peers', '1:NaN,NaN,NaN|1,0'), ('peers', '1:NaN,NaN,NaN|1,NaN'),
	('weighted_mean', '1:0,0,0,0,0'), ('weighted_mean', '1:1,-1,0,0,0'), ('weighted_mean', '1:1,NaN,0,0,0'), ('drg_groups', '1:|2,1,0,0;1,1,0,0'), ('drg_groups', '1:|1,0,0,0'), ('drg_groups', '1:|1,1,0,-1'), ('drg_groups', '1:|1,1,NaN,0'),
	('bunching', '1:1,0,0,0'), ('bunching', '1:NaN,1,0,0'), ('bunching', '1:1,1,-1,0'), ('bunching', '1:1,1,9223372036854775807,0')) v (type, input);
-- A state with parameters of another aggregate, or none that there is.
SELECT throws_ok($$ SELECT grubbs_test('1:99,NaN,NaN|1;2;4'::sample) $$, '22023', NULL, 'sample: a word that there is not');
SELECT throws_ok($$ SELECT grubbs_test('1:-3,NaN,NaN|1;2;4'::sample) $$, '22023', NULL, 'sample: nor one below');
SELECT throws_ok($$ SELECT lorenz('1:1e30,NaN,NaN|1;2;4'::sample) $$, '22023', NULL, 'sample: no integer');
SELECT throws_ok($$ SELECT funnel('1:NaN,7,NaN|1,2;4,3'::peers) $$, '22023', NULL, 'peers: parameters are checked when they are used');

SELECT * FROM finish();
ROLLBACK;
