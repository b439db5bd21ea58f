-- Robust scale, fences, tests of outliers and concentration: reference values, oracles in SQL, edges.
\set QUIET 1
BEGIN;
SELECT * FROM no_plan();
\ir claims_statistics.inc

-- mad, modified z-score
SELECT pg_temp.near(mad(a), pg_temp.num('mad.scipy.skewed_cost', 'raw'), 'mad: raw') FROM val WHERE set = 'cost';
SELECT pg_temp.near(mad(a, 1.4826), pg_temp.num('mad.modified_z.skewed_cost', 'mad_consistent'), 'mad: scaled') FROM val WHERE set = 'cost';
SELECT pg_temp.near(mad(sample_agg(a), 1.482602218505602), pg_temp.num('mad.scipy.skewed_cost', 'normal'), 'mad: of a sample') FROM val WHERE set = 'cost';
SELECT pg_temp.near(array_agg(z ORDER BY place), pg_temp.nums('mad.modified_z.skewed_cost', 'modified_z'), 'modified_zscore')
FROM (SELECT place, modified_zscore(a) OVER () AS z FROM val WHERE set = 'cost') s;
SELECT is(count(*) FILTER (WHERE abs(z) > 3.5), 7::bigint, 'modified_zscore: seven are beyond 3.5')
FROM (SELECT modified_zscore(a) OVER () AS z FROM val WHERE set = 'cost') s;
SELECT pg_temp.near(modified_zscore(x) OVER (ORDER BY x ROWS 1 PRECEDING), CASE WHEN x = 10 THEN 5 / 1.2533 ELSE 0 END, 'modified_zscore: by the mean deviation where most are equal')
FROM unnest('{5,5,5,5,10}'::float8[]) x;
SELECT is_empty($$ SELECT FROM (SELECT modified_zscore(x) OVER () AS z FROM unnest('{3,3,3}'::float8[]) x) s WHERE z IS NOT NULL $$, 'modified_zscore: no spread');
SELECT results_eq($$ SELECT modified_zscore(x) OVER () IS NULL FROM unnest('{1,NULL,3,8}'::float8[]) x $$, 'VALUES (false), (true), (false), (false)', 'modified_zscore: NULL');
SELECT results_eq($$
	SELECT place FROM (SELECT place, modified_zscore(b) OVER () AS z FROM val WHERE set = 'hbk') s WHERE z > 3.5 ORDER BY 1
$$, 'SELECT generate_series(1, 14)', 'modified_zscore: the planted points of hbk do not hide each other');

-- fences, medcouple
SELECT is((tukey_fences(a)).n_high, 7::bigint, 'tukey_fences: seven are beyond') FROM val WHERE set = 'cost';
SELECT pg_temp.near(ARRAY[f.q1, f.median, f.q3, f.low, f.high], ARRAY[q[1], q[2], q[3], q[1] - 0.5 * (q[3] - q[1]), q[3] + 1.5 * (q[3] - q[1])], 'tukey_fences: the trim of CHS-DRG')
FROM (SELECT tukey_fences(a, 1.5, 0.5) AS f1, percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY a) AS q FROM val WHERE set = 'cost') s, LATERAL (SELECT (f1).*) f;
SELECT is((f).method || ': ' || (f).reason, 'tukey: below q1 - 3 iqr, above q3 + 3 iqr', 'tukey_fences: one factor for both sides') FROM (SELECT tukey_fences(sample_agg(a), 3) AS f FROM val WHERE set = 'cost') s;
SELECT pg_temp.near(ARRAY[(f).low, (f).high], pg_temp.nums('medcouple.skewed_cost', 'fence'), 'adjusted_fences: limits') FROM (SELECT adjusted_fences(a) AS f FROM val WHERE set = 'cost') s;
SELECT pg_temp.near((f).mc, pg_temp.num('medcouple.skewed_cost', 'mc'), 'adjusted_fences: medcouple') FROM (SELECT adjusted_fences(a) AS f FROM val WHERE set = 'cost') s;
SELECT is(ARRAY[(f).n, (f).n_low, (f).n_high], ARRAY[66, 2, 5]::bigint[], 'adjusted_fences: two low, five high') FROM (SELECT adjusted_fences(a) AS f FROM val WHERE set = 'cost') s;
SELECT pg_temp.near(medcouple(a), 0.159722222222223, 'medcouple: NIST values with ties') FROM val WHERE set = 'rosner';
SELECT pg_temp.near(medcouple(sample(x::float8[])), mc, 'medcouple of ' || x)
FROM (VALUES ('{1,2,3,4,100}', 0), ('{0,1,2,3,4,10,20}', 0.4777777777777778), ('{1,1,1,2,3,5,8,13}', 0.5714285714285714), ('{5,5,5,5,5}', 0), ('{7}', 0), ('{1,2}', 0)) v (x, mc);

-- The definition of the medcouple, over all pairs: values, ties, both signs of skewness.
CREATE FUNCTION pg_temp.slow_medcouple(float8[]) RETURNS float8 LANGUAGE sql AS $$
	WITH x AS (SELECT v, row_number() OVER (ORDER BY v) AS r FROM unnest($1) v),
	m AS (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY v) AS med, count(*) AS n FROM x),
	t AS (SELECT v, med, row_number() OVER (PARTITION BY v = med ORDER BY r) AS tie, count(*) FILTER (WHERE v = med) OVER () AS ties FROM x, m)
	SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN u.v > l.v THEN (u.v + l.v - 2 * u.med) / (u.v - l.v)
		ELSE sign(u.tie + l.tie - 1 - u.ties) END)
	FROM t u, t l WHERE u.v >= u.med AND l.v <= l.med
$$;
SELECT setseed(0.7) \g /dev/null
CREATE TEMP TABLE made AS
SELECT g, array_agg(CASE g % 4 WHEN 0 THEN floor(5 * random()) WHEN 1 THEN -exp(3 * random()) WHEN 2 THEN round((100 * random())::numeric) ELSE random() ^ 9 END) AS x
FROM generate_series(1, 120) g, generate_series(1, 1 + g % 37) GROUP BY g;
SELECT cmp_ok(max(abs(medcouple(sample(x)) - pg_temp.slow_medcouple(x))), '<', 1e-12::float8, 'medcouple: as its definition, over all pairs') FROM made;

-- Quantiles and MAD against core, groups of all sizes, many ties.
CREATE TEMP TABLE cost AS
SELECT i % 97 AS g, CASE WHEN i % 3 = 0 THEN (i * 7919 % 10007)::float8 ELSE floor(50 * random()) END AS x FROM generate_series(1, 30000) i
UNION ALL SELECT 1000 + i, i FROM generate_series(1, 20) i UNION ALL SELECT 2000, i % 2 FROM generate_series(1, 5000) i;
SELECT is_empty($$
	WITH m AS (SELECT g, percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS med FROM cost GROUP BY g)
	SELECT g FROM cost JOIN m USING (g) GROUP BY g, med
	HAVING mad(x) IS DISTINCT FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(x - med))
		OR sample_quantile(sample_agg(x), 0.83) IS DISTINCT FROM percentile_cont(0.83) WITHIN GROUP (ORDER BY x)
$$, 'mad and sample_quantile: as percentile_cont');
SELECT pg_temp.near(mad(x), 25000, 'mad: sorted, reversed and equal values are no trap') FROM generate_series(1, 100000) x;
SELECT pg_temp.near(mad(100000 - x), 25000, 'mad: reversed') FROM generate_series(1, 100000) x;

-- tests of outliers
SELECT pg_temp.near(ARRAY[(t).g, (t).critical], ARRAY[pg_temp.num('grubbs.nist', 'G'), pg_temp.num('grubbs.nist', 'critical_one_sided_05')], 'grubbs_test: NIST 1.3.5.17.1')
FROM (SELECT grubbs_test(a, 'upper') AS t FROM val WHERE set = 'grubbs') s;
-- R takes the tail from 1, which leaves 8 digits.
SELECT pg_temp.near(ARRAY[(one).p_value, (two).p_value], ARRAY[pg_temp.num('grubbs.nist', 'p_one_sided'), pg_temp.num('grubbs.nist', 'p_two_sided')], 'grubbs_test: probabilities', 1e-8)
FROM (SELECT grubbs_test(a, 'upper') AS one, grubbs_test(a) AS two FROM val WHERE set = 'grubbs') s;
SELECT is(ARRAY[(grubbs_test(a)).value, (grubbs_test(a, 'lower', 0.01)).value], ARRAY[245.57, 199.31]::float8[], 'grubbs_test: sides') FROM val WHERE set = 'grubbs';
SELECT is((grubbs_test(sample(x::float8[])))::text, row, 'grubbs_test of ' || x)
FROM (VALUES ('{1,2}', '(,,,,2,two,f,"fewer than 3 values")'), ('{4,4,4}', '(,,,,3,two,f,"no spread")')) v (x, row);
SELECT pg_temp.near(array_agg(r.r ORDER BY i) || array_agg(lambda ORDER BY i) || array_agg(value ORDER BY i),
	pg_temp.nums('gesd.rosner.nist', 'R') || pg_temp.nums('gesd.rosner.nist', 'lambda') || pg_temp.nums('gesd.rosner.nist', 'removed_value'), 'rosner_test: NIST 1.3.5.17.3')
FROM (SELECT sample_agg(a) AS s FROM val WHERE set = 'rosner') x, rosner_test(s, 10, 0.05) r;
SELECT is(array_agg(i ORDER BY i) FILTER (WHERE is_outlier), ARRAY[1, 2, 3], 'rosner_test: three, though the first is not above its limit')
FROM (SELECT sample_agg(a) AS s FROM val WHERE set = 'rosner') x, rosner_test(s) r;
SELECT results_eq($$ SELECT i, valid FROM rosner_test(sample('{1,2,3,9}'::float8[]), 10) $$, 'VALUES (1, false), (2, false)', 'rosner_test: few values');
SELECT is_empty($$ SELECT FROM rosner_test(sample('{1,1,1}'::float8[])) $$, 'rosner_test: no spread');

-- hampel
SELECT pg_temp.near(array_agg((h).median ORDER BY place) || array_agg((h).sigma ORDER BY place),
	pg_temp.nums('hampel.series', 'median') || pg_temp.nums('hampel.series', 'sigma'), 'hampel: median and sigma, NULL at the edges')
FROM (SELECT place, hampel(a, 3) OVER (ORDER BY place) AS h FROM val WHERE set = 'hampel') s;
SELECT is(array_agg(place ORDER BY place) FILTER (WHERE (h).flagged), ARRAY[10, 25, 26, 40], 'hampel: flagged')
FROM (SELECT place, hampel(a, 3, 3) OVER (ORDER BY place) AS h FROM val WHERE set = 'hampel') s;
CREATE TEMP TABLE series AS SELECT i, CASE WHEN i % 11 <> 0 THEN floor(20 * random()) END AS x FROM generate_series(1, 400) i;
SELECT is_empty($$
	SELECT i FROM (SELECT i, hampel(x, 5) OVER (ORDER BY i) AS h FROM series) s, LATERAL (
		SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS med, count(x) AS n FROM series t WHERE t.i BETWEEN s.i - 5 AND s.i + 5) m, LATERAL (
		SELECT 1.4826 * percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(x - med)) AS sigma FROM series t WHERE t.i BETWEEN s.i - 5 AND s.i + 5) d
	WHERE (h IS NULL) <> (i <= 5 OR i > 395 OR i % 11 = 0) OR h IS NOT NULL AND ((h).median <> med OR abs((h).sigma - sigma) > 1e-12 OR (h).n <> m.n)
$$, 'hampel: as sorting each window, NULLs passed over');

-- concentration
SELECT pg_temp.near(ARRAY[gini(a), gini(a, true), theil_t(a), theil_l(a), atkinson(a, 0.5), hhi(a), top_share(a, 0.01)],
	ARRAY[pg_temp.num(id, 'gini'), pg_temp.num(id, 'gini_corrected'), pg_temp.num(id, 'theil_T'), pg_temp.num(id, 'theil_L'),
		pg_temp.num(id, 'atkinson_0.5'), pg_temp.num(id, 'hhi'), pg_temp.num(id, 'top1pct_share_lorenz')], 'concentration: as ineq')
FROM val, (VALUES ('concentration.skewed_cost')) i (id) WHERE set = 'cost' GROUP BY id;
SELECT pg_temp.near(ARRAY[l[2], l[5], l[8]], pg_temp.nums('concentration.skewed_cost', 'lorenz_L'), 'lorenz') FROM (SELECT lorenz(a, 66) AS l FROM val WHERE set = 'cost') s;
SELECT pg_temp.near((SELECT sum(u) FROM unnest(lorenz(sample_agg(a), 1)) u), 1, 'lorenz: from 0 to 1') FROM val WHERE set = 'cost';
SELECT pg_temp.near(top_share(a, 4 / 66.0), pg_temp.num('concentration.skewed_cost', 'cr4'), 'top_share: four of 66') FROM val WHERE set = 'cost';
SELECT is(ARRAY[gini(s), hhi(s), theil_t(s), theil_l(s), atkinson(s, 0.5), atkinson(s, 1), atkinson(s, 2), top_share(s, 0.25)], v::float8[], 'concentration of ' || x)
FROM (VALUES ('{1,1,1,1}', '{0,0.25,0,0,0,0,0,0.25}'), ('{0,0,0}', '{NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL}')) v (x, v), LATERAL (SELECT sample(x::float8[]) AS s) y;
SELECT pg_temp.near(ARRAY[gini(s), hhi(s), theil_t(s), atkinson(s, 0.5), atkinson(s, 1), atkinson(s, 2), top_share(s, 0.25)], ARRAY[0.75, 1, ln(4::float8), 0.75, 1, 1, 1], 'concentration: one has all')
FROM (SELECT sample('{0,0,8,0}'::float8[]) AS s) x;
SELECT is(array_agg(atkinson(s, e)::text), '{0,0,0}', 'atkinson: 0, not -0, of equal amounts') FROM (SELECT sample('{5,5,5}'::float8[]) AS s) x, unnest('{0,0.5,1}'::float8[]) e;
SELECT is(theil_l(sample('{0,1}'::float8[])), NULL, 'theil_l: not defined where an amount is 0');
-- Nearly equal amounts: the leading term is half the squared coefficient of variation.
SELECT pg_temp.near(ARRAY[theil_t(1e9 + x), theil_l(1e9 + x), 2 * atkinson(1e9 + x, 0.5), gini(1e9 + x)], ARRAY[1.124999977500000e-17, 1.124999977500000e-17, 1.124999977500000e-17, 2.625e-9 / 1.00000001], 'concentration: a common amount leaves the digits', 1e-7)
FROM unnest('{4,7,13,16}'::float8[]) x, generate_series(1, 100);
SELECT pg_temp.near(gini(1e9 + x), 2.625 / 1000000010, 'gini: a common amount leaves all digits', 1e-12) FROM unnest('{4,7,13,16}'::float8[]) x, generate_series(1, 2500);

-- what is not defined, and bad parameters
SELECT is((mad(x), (tukey_fences(x)).n, medcouple(x), gini(x), hhi(x), sample_agg(x)::text)::text, '(,,,,,)', 'nothing gives NULL') FROM (SELECT NULL::float8 AS x) s;
SELECT throws_ok(format('SELECT %s FROM (VALUES (1::float8), (2), (%s)) v (x)', call, x), state, NULL, call || ' of ' || x)
FROM (VALUES ('mad(x)', '''NaN''', '22003'), ('mad(x)', '''-Infinity''', '22003'), ('mad(x, 0)', '3', '22023'), ('mad(x, ''NaN'')', '3', '22023'), ('mad(x, x)', '3', '22023'),
	('tukey_fences(x, -1)', '3', '22023'), ('tukey_fences(sample_agg(x), 1, ''NaN'')', '3', '22023'), ('grubbs_test(x, ''both'')', '3', '22023'), ('grubbs_test(x, ''iqr'')', '3', '22023'),
	('grubbs_test(x, ''two'', 1)', '3', '22023'), ('gini(x)', '-1', '22003'), ('hhi(x)', '-1', '22003'), ('atkinson(x, -1)', '3', '22023'), ('top_share(x, 1.1)', '3', '22023'),
	('lorenz(x, 0)', '3', '22023'), ('sample_quantile(sample_agg(x), 2)', '3', '22023'), ('modified_zscore(x) OVER ()', '''Infinity''', '22003'), ('hampel(x, 0) OVER ()', '3', '22023'),
	('hampel(x, 1, -1) OVER ()', '3', '22023'), ('hampel(x, x::int) OVER ()', '3', '22023'), ('hampel(x, 1) OVER ()', '''NaN''', '22003')) v (call, x, state);
SELECT throws_ok('SELECT * FROM rosner_test(sample(''{1,2}''::float8[]), 0)', '22023', NULL, 'rosner_test: no outliers');
SELECT throws_ok('SELECT * FROM rosner_test(sample(''{1,2}''::float8[]), 1, 0)', '22023', NULL, 'rosner_test: alpha of 0');

SELECT * FROM finish();
ROLLBACK;
