-- Discrimination and calibration: values of the R package pROC and of Python's statsmodels and scipy, oracles in plain SQL, and properties.
\pset fieldsep '\n'
BEGIN;
SELECT no_plan();

CREATE FUNCTION pg_temp.near(got float8, expected float8, what text, relative float8 DEFAULT 1e-9) RETURNS text LANGUAGE sql AS $$
	SELECT ok(abs(got - expected) <= relative * greatest(abs(expected), 1e-3), format('%s: %s', what, got))
$$;

-- ----- the area under the curve -----

CREATE TEMP TABLE asah (outcome text, gender text, wfns int, s100b float8, ndka float8);
\copy asah FROM PROGRAM 'grep -v "^#" test/data/auc_asah.csv' (FORMAT csv, HEADER)

-- tests/testthat of pROC: ci.auc and var
SELECT pg_temp.near(i.auc, 0.611957994579946, 'pROC: area of ndka', 1e-14), pg_temp.near(lower, 0.501244999271703, 'its interval, lower', 1e-14),
	pg_temp.near(upper, 0.722670989888189, 'upper', 1e-14), is((cases, controls), (41::bigint, 72::bigint), 'rows of each kind')
FROM (SELECT (auc_interval(auc_agg(ndka, outcome = 'poor'))).* FROM asah) i;
SELECT pg_temp.near(i.auc, 0.6671428571, 'pROC: area of ndka among women', 1e-10), pg_temp.near(lower, 0.5261398281, 'lower', 1e-10),
	pg_temp.near(upper, 0.8081458862, 'upper', 1e-10)
FROM (SELECT (auc_interval(auc_agg(ndka, outcome = 'poor') FILTER (WHERE gender = 'female'))).* FROM asah) i;
SELECT pg_temp.near(auc(auc_agg(wfns, outcome = 'poor')), 0.823678861788618, 'pROC: area of a grade with ties', 1e-14),
	pg_temp.near((auc_interval(auc_agg(wfns, outcome = 'poor'))).se ^ 2, 0.00146991470882363, 'pROC: its variance', 1e-13),
	pg_temp.near((auc_interval(auc_agg(s100b, outcome = 'poor'))).se ^ 2, 0.00266868245717244, 'pROC: variance of s100b', 1e-13),
	pg_temp.near(auc(auc_agg(-ndka, outcome = 'good')), 0.611957994579946, 'pROC: other direction and other outcome', 1e-14)
FROM asah;

CREATE TEMP TABLE scored (s float8, y boolean);
-- DeLong by all pairs, as the paper writes it.
CREATE FUNCTION pg_temp.delong(OUT auc float8, OUT variance float8) LANGUAGE sql AS $$
	WITH c AS (SELECT row_number() OVER () AS i, s FROM scored WHERE y), d AS (SELECT row_number() OVER () AS j, s FROM scored WHERE NOT y),
	pair AS (SELECT i, j, CASE WHEN c.s > d.s THEN 1 WHEN c.s = d.s THEN 0.5 ELSE 0 END::float8 AS psi FROM c, d)
	SELECT (SELECT avg(psi) FROM pair), (SELECT var_samp(v) / count(*) FROM (SELECT avg(psi) AS v FROM pair GROUP BY i) x)
		+ (SELECT var_samp(v) / count(*) FROM (SELECT avg(psi) AS v FROM pair GROUP BY j) x)
$$;
SELECT setseed(0.25);
INSERT INTO scored SELECT CASE WHEN random() < 0.1 THEN '-infinity' WHEN random() < 0.1 THEN 'infinity' WHEN random() < 0.2 THEN -0.0
	WHEN random() < 0.2 THEN 0 ELSE round((random() * 20)::numeric) - 10 END, random() < 0.3 FROM generate_series(1, 400);
SELECT pg_temp.near(a.auc, d.auc, 'all pairs, with ties, infinities and two zeros', 1e-13), pg_temp.near(a.se ^ 2, d.variance, 'their variance', 1e-12)
FROM (SELECT (auc_interval(auc_agg(s, y))).* FROM scored) a, pg_temp.delong() d;
TRUNCATE scored;
INSERT INTO scored SELECT random() + (n % 3)::float8 / 5, n % 3 = 0 FROM generate_series(1, 300) n;
SELECT pg_temp.near(a.auc, d.auc, 'all pairs without ties', 1e-13), pg_temp.near(a.se ^ 2, d.variance, 'their variance', 1e-12)
FROM (SELECT (auc_interval(auc_agg(s, y))).* FROM scored) a, pg_temp.delong() d;

SELECT is(auc(auc_agg(s, y)), 1::float8, 'a score that parts all is 1'), is(auc(auc_agg(s, NOT y)), 0::float8, 'the other way round 0'),
	is(auc(auc_agg(7, y)), 0.5::float8, 'one score for all is one half'), is((auc_interval(auc_agg(s, y)))::text, '(1,0,1,1,2,2)', 'without width')
FROM (VALUES (1::float8, false), (2, false), (3, true), (4, true)) v(s, y);
SELECT is(i, (NULL, NULL, NULL, NULL, 2::bigint, 0::bigint)::record::text, 'without controls there is no area')
FROM (SELECT auc_interval(auc_agg(s, true))::text AS i FROM (VALUES (1::float8), (2)) v(s)) x;
SELECT is((auc_interval(auc_agg(s, s > 1)))::text, '(1,,,,1,1)', 'of one pair there is no variance') FROM (VALUES (1::float8), (2)) v(s);
SELECT is(auc_agg(s, y)::text, NULL, 'of nothing but NULLs the state is NULL') FROM (VALUES (NULL::float8, true), (1, NULL)) v(s, y);
SELECT is(auc_agg(s, y)::text, '1:|1,0,1;2,1,0', 'rows with NULL are passed over') FROM (VALUES (1::float8, false), (2, true), (NULL, true), (3, NULL)) v(s, y);
SELECT is(auc(auc_agg(1, true)), NULL) FROM generate_series(1, 0);
SELECT throws_ok('SELECT auc_agg(''NaN'', true)', '22003', NULL, 'NaN is no score');
SELECT throws_ok(format('SELECT auc_interval(auc_agg(1, true), %L)', level), '22023', NULL, 'no level: ' || level) FROM unnest('{0,1,NaN,-1,2}'::text[]) level;
SELECT is(auc_interval(auc_agg(1, true), NULL)::text, NULL, 'a NULL level gives NULL');
SELECT ok((auc_interval(a, 0.5)).upper < (auc_interval(a, 0.99)).upper, 'a higher level is wider') FROM (SELECT auc_agg(s, y) AS a FROM scored) x;
SELECT ok(bool_and(abs(auc(auc_agg) - auc) < 1e-12), 'a rising function of the score changes nothing')
FROM (SELECT auc_agg(exp(s) * 3 - 7, y), auc(auc_agg(s, y)) FROM scored) x;

-- ----- calibration: statsmodels GLM and numpy on numbers made alike there -----

CREATE TEMP VIEW plain AS SELECT p, (i * i * 7919 + i * 104729) % 10007 / 10007::float8 < 0.05 + 0.8 * p * p AS y
FROM (SELECT i, (i * 37 % 401) / 401::float8 AS p FROM generate_series(1::bigint, 400) i) x;
CREATE TEMP VIEW ties AS SELECT p, (i * i * 7919 + i * 104729) % 10007 / 10007::float8 < 0.05 + 0.8 * p * p AS y
FROM (SELECT i, floor((i * 37 % 1001) / 1001::float8 * 25 + 1) / 27 AS p FROM generate_series(1::bigint, 1000) i) x;
CREATE TEMP TABLE expected (name text, n bigint, events bigint, expected float8, oe float8, oe_lower float8, oe_upper float8, in_the_large float8, in_the_large_lower float8,
	in_the_large_upper float8, intercept float8, slope float8, slope_lower float8, slope_upper float8, brier float8, sure bigint);
INSERT INTO expected VALUES
	('plain', 400, 132, 200, 0.66, 0.5739851199756273, 0.7589046908019088, -1.0551177252832933, -1.3084419530274343, -0.8017934975391523,
		-0.9245788321759211, 0.7397995875491065, 0.5609540809370218, 0.9186450941611911, 0.20821695760598502, 0),
	('ties', 1000, 280, 481.48148148148147, 0.5815384615384616, 0.5265197262707022, 0.6423063854489793, -1.1918421992925263, -1.350803999207137, -1.0328803993779156,
		-1.1183609403542654, 0.8498042886513387, 0.7138472606713657, 0.9857613166313117, 0.20989574759945132, 0);
CREATE TEMP VIEW got AS
SELECT 'plain' AS name, s.* FROM (SELECT (calibration_summary(calibration_agg(p, y))).* FROM plain) s
UNION ALL SELECT 'ties', s.* FROM (SELECT (calibration_summary(calibration_agg(p, y))).* FROM ties) s;
SELECT pg_temp.near(g.value::float8, e.value::float8, x.name || ': ' || key)
FROM expected x JOIN got y USING (name), jsonb_each_text(to_jsonb(x)) e JOIN LATERAL jsonb_each_text(to_jsonb(y)) g USING (key) WHERE key <> 'name';

CREATE TEMP TABLE hosmer (name text, groups int, statistic float8, df float8, p float8, p_fitted float8);
INSERT INTO hosmer VALUES
	('plain', 10, 114.42084068762308, 10, 6.829801690157318e-20, 4.6888876800873364e-21),
	('plain', 8, 100.40963369614931, 8, 3.520540736910011e-18, 2.0610205584926536e-19),
	('ties', 10, 265.7473072994048, 10, 2.6328219000109585e-51, 7.865250890351751e-53),
	('ties', 8, 265.8760969387755, 8, 7.385378317943951e-53, 1.6540219209025568e-54);
SELECT pg_temp.near(t.statistic, h.statistic, format('%s in %s groups', name, groups)), is(t.df, h.df), pg_temp.near(t.p / h.p, 1, 'p'),
	pg_temp.near(f.p / h.p_fitted, 1, 'p of a fitted model'), is(f.df, h.df - 2)
FROM hosmer h JOIN (SELECT 'plain' AS name, calibration_agg(p, y) AS c FROM plain UNION ALL SELECT 'ties', calibration_agg(p, y) FROM ties) s USING (name),
	hosmer_lemeshow(c, groups) t, hosmer_lemeshow(c, groups, true) f;
SELECT results_eq('SELECT n::int, events::int, round(expected::numeric, 6) FROM calibration_groups((SELECT calibration_agg(p, y) FROM ties), 8)',
	'VALUES (160, 10, 14.814815), (120, 8, 26.666667), (120, 22, 40.0), (120, 20, 53.333333), (120, 39, 66.666667), (120, 45, 80.0), (120, 54, 93.333333), (120, 82, 106.666667)',
	'groups keep ties together, as numpy cuts them');
SELECT is(sum(n), 400::numeric, 'groups hold all rows'), is(sum(events), 132::numeric), pg_temp.near(sum(expected), 200, 'and all that was expected'),
	ok(bool_and(lo <= hi AND mean_risk BETWEEN lo AND hi AND observed_risk = events::float8 / n)), is(array_agg(place ORDER BY lo), '{1,2,3,4,5,6,7,8,9,10}')
FROM calibration_groups((SELECT calibration_agg(p, y) FROM plain));
SELECT is(count(*)::int, 2, 'more groups than probabilities') FROM calibration_groups((SELECT calibration_agg(p, true) FROM (VALUES (0.1::float8), (0.2)) v(p)), 1000);
SELECT is(count(*)::int, 1, 'one probability is one group') FROM calibration_groups((SELECT calibration_agg(0.3, i < 4) FROM generate_series(1, 10) i));
SELECT is(hosmer_lemeshow(calibration_agg(0.3, i < 4), 10, true)::text, '(0,-1,)', 'without degrees of freedom there is no p') FROM generate_series(1, 10) i;
SELECT throws_ok(format('SELECT %s(calibration_agg(0.5, true), %s)', f, g), '22023', NULL, f || ' with groups ' || g)
FROM unnest('{calibration_groups,hosmer_lemeshow}'::text[]) f, unnest('{-1,0,1,1001}'::int[]) g;

-- Values with no finite fit, and probabilities without a logit.
SELECT ok(s.slope IS NULL AND s.intercept IS NULL AND s.in_the_large IS NOT NULL, 'what a cut parts has no slope')
FROM (SELECT (calibration_summary(calibration_agg(p, p >= 0.5))).* FROM (VALUES (0.1::float8), (0.4), (0.5), (0.6)) v(p)) s;
SELECT ok(s.slope IS NULL AND s.in_the_large IS NULL AND s.oe = 0 AND s.oe_lower IS NULL, 'without events')
FROM (SELECT (calibration_summary(calibration_agg(p, false))).* FROM plain) s;
SELECT ok(s.slope IS NULL AND s.in_the_large IS NULL AND s.oe > 1, 'with nothing but events') FROM (SELECT (calibration_summary(calibration_agg(p, true))).* FROM plain) s;
SELECT ok(s.slope IS NULL AND abs(s.in_the_large - (ln(0.5) - ln(0.25 / 0.75) + ln(2))) < 1e-9, 'one probability moves by the logit')
FROM (SELECT (calibration_summary(calibration_agg(0.25, i % 2 = 0))).* FROM generate_series(1, 10) i) s;
SELECT is(s.sure, 4::bigint, 'probabilities of 0 and 1 are counted'), pg_temp.near(s.slope, e.slope, 'and left out of the slope'), is(s.n, e.n + 4)
FROM (SELECT (calibration_summary(calibration_agg(p, y))).* FROM (TABLE plain UNION ALL VALUES (0::float8, false), (1, true), (1, false), (0, true)) u) s,
	expected e WHERE name = 'plain';
SELECT is(s.oe, NULL, 'where nothing was expected there is no ratio') FROM (SELECT (calibration_summary(calibration_agg(0, false))).*) s;
SELECT pg_temp.near(s.slope, 1, 'a model that is right: slope', 1e-9), pg_temp.near(s.in_the_large + 1, 1, 'and intercept', 1e-9)
FROM (SELECT (calibration_summary(calibration_agg(p / 100::float8, i <= p))).* FROM generate_series(1, 99) p, generate_series(1, 100) i) s;
SELECT ok(abs(s.slope - (ln(0.6 / 0.4) - ln(0.2 / 0.8)) / (ln((1 - 1e-16) / 1.1102230246251565e-16) + ln(1e300))) < 1e-8, 'far too extreme a model is fitted as well: ' || s.slope)
FROM (SELECT (calibration_summary(calibration_agg(CASE WHEN i % 2 = 0 THEN 1e-300 ELSE 1 - 1e-16 END, i % 2 = 1 AND i % 5 > 1 OR i % 10 = 0))).* FROM generate_series(1, 1000) i) s;
SELECT throws_ok(format('SELECT %s(%L, true)', f, p), '22003', NULL, format('%s of %s', f, p))
FROM unnest('{calibration_agg,brier}'::text[]) f, unnest('{-0.001,1.001,NaN,Infinity}'::text[]) p;
SELECT throws_ok('SELECT calibration_summary(calibration_agg(0.5, true), 1)', '22023', NULL, 'no level: 1');

SELECT pg_temp.near(brier(p, y), avg((p - y::int) ^ 2), 'brier', 1e-12), pg_temp.near(brier(calibration_agg(p, y)), avg((p - y::int) ^ 2), 'brier of a state', 1e-12) FROM plain;
SELECT is(brier(p, y), NULL, 'brier of nothing') FROM (VALUES (NULL::float8, true), (0.5, NULL)) v(p, y);
SELECT throws_ok('SELECT brier_step(''{1,2}'', 0.5, true)', '22023', NULL, 'another state of brier');

-- ----- states -----

SELECT is(rollup(a)::text, (SELECT auc_agg(wfns, outcome = 'poor')::text FROM asah), 'parts roll up to the whole')
FROM (SELECT auc_agg(wfns, outcome = 'poor') AS a FROM asah GROUP BY gender, s100b > 0.2 UNION ALL SELECT NULL) x;
SELECT is(roc_combine(NULL, '1:|1,0,1')::text, '1:|1,0,1'), is(roc_combine('1:|1,0,1', NULL)::text, '1:|1,0,1'), is(roc_combine(NULL, NULL)::text, NULL),
	is(roc_combine('1:|2,1,0;1,0,1', '1:|1,5,0')::text, '1:|1,5,1;2,1,0', 'equal scores are one');
SELECT is(roc_combine('1:|1,2147483647,0', '1:|1,1,3')::text, '1:|1,2147483647,0;1,1,3', 'counts that would overflow stay apart'),
	is((auc_interval(roc_combine('1:|1,2147483647,0', '1:|1,1,3'))).cases, 2147483648, 'and are added by the accessors'),
	is(auc(roc_combine('1:|1,2147483647,0', '1:|1,1,3')), 0.5::float8, 'as one tie');
SELECT is(a::text::roc::text, a::text, 'text goes through') FROM (SELECT auc_agg(ndka, outcome = 'poor') AS a FROM asah) x;
CREATE TEMP TABLE kept AS SELECT auc_agg(ndka, outcome = 'poor') AS a, calibration_agg(least(ndka / 500, 1), outcome = 'poor') AS c FROM asah;
CREATE TEMP TABLE back (LIKE kept);
SELECT current_setting('data_directory') || '/risk_assess.bin' AS file \gset
COPY kept TO :'file' (FORMAT binary);
COPY back FROM :'file' (FORMAT binary);
SELECT is(b.a::text || b.c::text, k.a::text || k.c::text, 'binary goes through') FROM back b, kept k;
SELECT throws_ok(format('SELECT %L::%s', bad, t), '22P02', NULL, format('%s: %s', t, bad))
FROM unnest('{roc,calibration}'::text[]) t, unnest(ARRAY['', '1:', '2:|1,0,1', '1:|NaN,0,1', '1:|1,0,0', '1:|1,-1,2', '1:|1,1', '1:|1,1,1;', '1:|0.5,99999999999,1', '1:|0.5,1,1x']) bad;
SELECT throws_ok($$SELECT '1:|1.5,0,1'::calibration$$, '22P02', NULL, 'a probability above 1');
SELECT is(auc(s), NULL, 'an empty state has no area'), is(brier('1:|'::calibration), NULL), is(auc_interval(s)::text, '(,,,,0,0)') FROM (SELECT '1:|'::roc AS s) x;
SELECT is(calibration_summary('1:|')::text, '(0,0,0,,,,,,,,,,,,0)', 'an empty calibration'), is(hosmer_lemeshow('1:|')::text, '(,,)');
SELECT is((SELECT count(*)::int FROM calibration_groups('1:|')), 0);
SELECT is(auc(roc_step(roc_step('1:|3,0,2;1,1,0', 2, true), 0, false)), 1 / 3::float8, 'a step outside an aggregate, on a state out of order');

-- Many rows: order, workers and windows change nothing; scores in points keep the state small.
CREATE TABLE risk_assess_rows AS SELECT i, random() AS p, (random() * 12)::int AS points, random() < 0.2 AS y FROM generate_series(1, 60000) i;
ANALYZE risk_assess_rows;
SELECT is((SELECT auc_agg(p, y)::text = (SELECT auc_agg(p, y)::text FROM (SELECT * FROM risk_assess_rows ORDER BY random()) s) FROM risk_assess_rows), true, 'order does not matter');
SELECT is(pg_column_size(a) < 300, true, 'points: ' || pg_column_size(a) || ' bytes') FROM (SELECT auc_agg(points, y) AS a FROM risk_assess_rows) x;
SELECT is((SELECT sum(split_part(e, ',', 2)::int + split_part(e, ',', 3)::int)::int FROM regexp_split_to_table(substr(auc_agg(points, y)::text, 4), ';') e), 60000, 'no row is lost')
FROM risk_assess_rows;
CREATE TEMP TABLE serial AS SELECT auc_agg(p, y)::text AS a, auc_agg(points, y)::text AS b, calibration_agg(p, y)::text AS c, brier(p, y) AS d FROM risk_assess_rows;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 3;
CREATE FUNCTION pg_temp.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT ok(bool_or(p LIKE '%Partial Aggregate%'), 'workers aggregate')
FROM pg_temp.plan('SELECT auc_agg(p, y), calibration_agg(p, y), brier(p, y) FROM risk_assess_rows') p;
SELECT results_eq('SELECT auc_agg(p, y)::text, auc_agg(points, y)::text, calibration_agg(p, y)::text, brier(p, y)::numeric(15, 12) FROM risk_assess_rows',
	'SELECT a, b, c, d::numeric(15, 12) FROM serial', 'workers give the serial answer');
SELECT is(w, (SELECT auc(auc_agg(p, y)) FROM risk_assess_rows WHERE i <= 500), 'a running state may be asked while it grows')
FROM (SELECT i, auc(auc_agg(p, y) OVER (ORDER BY i)) AS w FROM risk_assess_rows WHERE i <= 500) x WHERE i = 500;
SELECT is(auc(auc_agg(p, y)), auc(auc_agg(p * 2, y)), 'scaled') FROM risk_assess_rows;

SELECT * FROM finish();
ROLLBACK;
