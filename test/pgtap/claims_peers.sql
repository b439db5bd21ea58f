-- Providers among their like, and groups of cases: reference values, definitions, edges.
\set QUIET 1
BEGIN;
SELECT * FROM no_plan();
\ir claims_statistics.inc
CREATE TEMP TABLE provider AS SELECT place, a::bigint AS observed, b AS expected FROM val WHERE set = 'provider';
CREATE TEMP TABLE tested AS SELECT place, (oe_test(observed, expected)).*, oe_test(observed, expected, method => 'byar') AS byar FROM provider;

-- oe_test, adjust_p
SELECT pg_temp.near(CASE f WHEN 'oe' THEN array_agg(oe ORDER BY place) WHEN 'p_upper' THEN array_agg(p_upper ORDER BY place) WHEN 'p_lower' THEN array_agg(p_lower ORDER BY place)
	WHEN 'p_mid_upper' THEN array_agg(p_mid ORDER BY place) WHEN 'ci95_lower' THEN array_agg(low ORDER BY place) WHEN 'ci95_upper' THEN array_agg(high ORDER BY place)
	WHEN 'byar_lower' THEN array_agg((byar).low ORDER BY place) WHEN 'byar_upper' THEN array_agg((byar).high ORDER BY place) ELSE array_agg(z ORDER BY place) END,
	pg_temp.nums('oe.exact', f), 'oe_test: ' || f, CASE WHEN f LIKE 'byar%' THEN 1e-8 ELSE 1e-9 END)
FROM tested, unnest('{oe,p_upper,p_lower,p_mid_upper,ci95_lower,ci95_upper,byar_lower,byar_upper,sqrt_z}'::text[]) f GROUP BY f;
SELECT pg_temp.near(adjust_p(array_agg(least(1, 2 * least(p_upper, p_lower)) ORDER BY place)), pg_temp.nums('oe.exact', 'bh_fdr'), 'adjust_p: BH') FROM tested;
SELECT is(adjust_p('{0.01,NULL,0.04,0.03}'), '{0.03,NULL,0.04,0.04}', 'adjust_p: NULL does not count');
SELECT pg_temp.near(adjust_p('{0.01,0.04,0.03,0.5}', 'holm'), '{0.04,0.09,0.09,0.5}', 'adjust_p: Holm');
SELECT is(adjust_p('{}'), '{}', 'adjust_p: none');
SELECT is((oe_test(0, 0))::text, '(,,,1,1,0.5,0,0,0)', 'oe_test: nothing expected');
SELECT pg_temp.near(ARRAY[(t).low, (t).high, (t).p_upper, (t).p_lower], ARRAY[0, -ln(0.025) / 2, 1, exp(-2)], 'oe_test: none observed') FROM (SELECT oe_test(0, 2) AS t) s;
-- At the size of a province, where GSL fails: the expansion of Cornish and Fisher.
SELECT pg_temp.near(ARRAY[(t).low, (t).high], ARRAY[(m - 1 + 1 - z * sqrt(m) + (z * z - 1) / 3 - (z ^ 3 - 7 * z) / 36 / sqrt(m)) / m, (m + 1 + z * sqrt(m + 1) + (z * z - 1) / 3 + (z ^ 3 - 7 * z) / 36 / sqrt(m + 1)) / m], 'oe_test: tens of millions', 1e-12)
FROM (SELECT oe_test(57752557, 57752557) AS t, 57752557::float8 AS m, 1.959963984540054::float8 AS z) s;

-- limits of funnel plots
SELECT pg_temp.near(array_agg((funnel_limits(e::float8, ARRAY[0.001, 0.999], method => 'normal'))[i] ORDER BY i, n), pg_temp.nums('funnel.normal.poisson', 'll998') || pg_temp.nums('funnel.normal.poisson', 'ul998'), 'funnel_limits: normal')
FROM expected, jsonb_array_elements_text(params->'E') WITH ORDINALITY x (e, n), generate_series(1, 2) i WHERE id = 'funnel.normal.poisson';
SELECT pg_temp.near(array_agg((funnel_limits(e::float8, ARRAY[0.001, 0.025, 0.975, 0.999], method => 'chisq'))[i] ORDER BY i, n), pg_temp.nums(id, 'll998') || pg_temp.nums(id, 'll95') || pg_temp.nums(id, 'ul95') || pg_temp.nums(id, 'ul998'), 'funnel_limits: chisq')
FROM expected, jsonb_array_elements_text(params->'E') WITH ORDINALITY x (e, n), generate_series(1, 4) i WHERE id = 'funnel.chisq_poisson.FunnelPlotR' GROUP BY id;
-- Spiegelhalter's formula over summed masses.
CREATE FUNCTION pg_temp.slow_limit(e float8, p float8) RETURNS float8 LANGUAGE sql AS $$
	WITH RECURSIVE m AS (SELECT 0 AS k, exp(-e) AS f, exp(-e) AS c UNION ALL SELECT k + 1, f * e / (k + 1), c + f * e / (k + 1) FROM m WHERE c < p)
	SELECT greatest(0, (k - (c - p) / f) / e) FROM m ORDER BY k DESC LIMIT 1
$$;
SELECT pg_temp.near(funnel_limits(e, ARRAY[0.001, 0.025, 0.5, 0.975, 0.999]), (SELECT array_agg(pg_temp.slow_limit(e, p) ORDER BY p) FROM unnest(ARRAY[0.001, 0.025, 0.5, 0.975, 0.999]) p), 'funnel_limits: exact at ' || e)
FROM unnest('{0.5,1,2,5,10,20,50,100,250}'::float8[]) e;
SELECT is(round((funnel_limits(5, ARRAY[0.999]))[1]::numeric, 2), 2.55, 'funnel_limits: 2.55 at 5, not 3.29');
SELECT pg_temp.near(funnel_limits(10, '{0.025,NULL,0.975}', 1.5), ARRAY[1.5 * (l)[1], NULL, 1.5 * (l)[2]], 'funnel_limits: target') FROM (SELECT funnel_limits(15, '{0.025,0.975}') AS l) s;
CREATE FUNCTION pg_temp.slow_share(n int, t float8, p float8) RETURNS float8 LANGUAGE sql AS $$
	WITH RECURSIVE m AS (SELECT 0 AS k, (1 - t) ^ n AS f, (1 - t) ^ n AS c UNION ALL SELECT k + 1, f * (n - k) / (k + 1) * t / (1 - t), c + f * (n - k) / (k + 1) * t / (1 - t) FROM m WHERE c < p)
	SELECT greatest(0, (k - (c - p) / f) / n) FROM m ORDER BY k DESC LIMIT 1
$$;
SELECT pg_temp.near(funnel_limits_prop(n, t, ARRAY[0.001, 0.025, 0.975, 0.999]), (SELECT array_agg(pg_temp.slow_share(n, t, p) ORDER BY p) FROM unnest(ARRAY[0.001, 0.025, 0.975, 0.999]) p), format('funnel_limits_prop: %s of %s', t, n))
FROM (VALUES (1, 0.3::float8), (10, 0.5), (100, 0.1), (500, 0.012), (400, 0.58)) v (n, t);
SELECT pg_temp.near(funnel_limits_prop(10, 1, '{0.025}') || funnel_limits_prop(10, 0, '{0.975}'), '{0.9025,0}', 'funnel_limits_prop: all or none');

-- funnel_agg, eb_agg
SELECT pg_temp.near(ARRAY[(f).phi, (f).tau2, (f).n_used] || z, ARRAY[pg_temp.num(id, 'phi'), pg_temp.num(id, 'tau2'), pg_temp.num(id, 'n_used')] || pg_temp.nums(id, 'od_z'), id)
FROM (SELECT 'funnel.overdispersion.CQC' AS id, funnel_agg(observed, expected) AS f FROM provider
	UNION ALL SELECT 'funnel.overdispersion.SHMI', funnel_agg(observed, expected, 'log', 0.1, 'truncate') FROM provider) s,
	LATERAL (SELECT array_agg(funnel_z(f, observed, expected) ORDER BY place) AS z FROM provider) p;
SELECT pg_temp.near(funnel_phi(f), pg_temp.num('oe.exact', 'phi_winsor10'), 'funnel_phi') FROM (SELECT funnel(peers_agg(observed, expected), 'sqrt', 0.1) AS f FROM provider) s;
SELECT is(round(funnel_tau2(f)::numeric, 9), 0::numeric, 'funnel_tau2: none among equals') FROM (SELECT funnel_agg(100, 100) AS f FROM generate_series(1, 20)) s;
SELECT pg_temp.near(ARRAY[(f).theta, (f).phi], ARRAY[asin(sqrt(0.25)), 4 * avg(100 * (asin(sqrt(x / 100.0)) - asin(sqrt(0.25))) ^ 2)], 'funnel_agg: arcsine')
FROM (SELECT funnel_agg(x, 100, 'arcsine', 0) AS f FROM unnest('{20,30,25,25}'::int[]) x) s, unnest('{20,30,25,25}'::float8[]) x GROUP BY f;
SELECT is((f).tau2::text || coalesce(funnel_z(f, 3, 2)::text, ''), NULL, 'funnel_agg: one provider') FROM (SELECT funnel_agg(3, 2) AS f) s;
SELECT isnt(funnel_z(f, 0, 2), NULL, 'funnel_z: none observed, by logarithms') FROM (SELECT funnel_agg(observed, expected, 'log') AS f FROM provider) s;
SELECT pg_temp.near(ARRAY[(e).alpha, (e).beta, -(e).loglik] || m || q05 || q95,
	ARRAY[pg_temp.num(id, 'alpha'), pg_temp.num(id, 'beta'), pg_temp.num(id, 'negloglik')] || pg_temp.nums(id, 'post_mean') || pg_temp.nums(id, 'eb05') || pg_temp.nums(id, 'eb95'), 'eb_agg, eb_mean, eb_quantile', 1e-5)
FROM (VALUES ('eb.gamma_poisson.ml')) i (id), (SELECT eb_agg(observed, expected) AS e FROM provider) s,
	LATERAL (SELECT array_agg(eb_mean(e, observed, expected) ORDER BY place) AS m, array_agg(eb_quantile(e, observed, expected, 0.05) ORDER BY place) AS q05, array_agg(eb_quantile(e, observed, expected, 0.95) ORDER BY place) AS q95 FROM provider) p;
-- No prior near the fitted one is more likely, by the negative binomial masses themselves.
SELECT is_empty($$
	WITH e AS (SELECT (eb_agg(observed, expected)).* FROM provider),
	tried AS (SELECT alpha * da AS a, beta * db AS b, loglik FROM e, unnest('{0.999,1,1.001}'::float8[]) da, unnest('{0.999,1,1.001}'::float8[]) db),
	slow AS (SELECT a, b, loglik, sum(lg + a * ln(b / (b + expected)) + observed * ln(expected / (b + expected))) AS l
		FROM tried, provider, LATERAL (SELECT coalesce(sum(ln((a + i) / (i + 1))), 0) AS lg FROM generate_series(0, observed - 1) i) g GROUP BY a, b, loglik)
	SELECT FROM slow WHERE l > loglik + 1e-9
$$, 'eb_agg: the likelihood is greatest');
SELECT pg_temp.near(ARRAY[(e).alpha, (e).beta], ARRAY[m ^ 2 / v, m / v], 'eb_agg: moments')
FROM (SELECT eb_agg(observed, expected, 'moments') AS e, sum(observed) / sum(expected) AS m FROM provider) s,
	LATERAL (SELECT sum(expected * (observed / expected - m) ^ 2) / sum(expected) - m * count(*) / sum(expected) AS v FROM provider) d;
SELECT is((e).reason || ' ' || ((e).alpha IS NULL) || ' ' || eb_mean(e, 9, 3) || ' ' || (eb_estimate(e, 9, 3)).low, 'providers do not differ more than by chance true 1.5 1.5', 'eb_agg: no spread')
FROM (SELECT eb_agg(x, 20) AS e FROM unnest('{29,31,30,30,30,28,32}'::int[]) x) s;
SELECT is((eb_agg(o, e)).alpha, NULL, 'eb_agg: no spread where the likelihood is flat') FROM (VALUES (1, 3, 4), (2, 3, 4), (2, 3, 4), (2, 4, 5)) v (g, o, e) GROUP BY g;
SELECT is((eb_agg(o, e)).reason, 'not converged', 'eb_agg: ratios 16 powers of ten apart') FROM (VALUES (1000000, 1e-5::float8), (0, 2), (3, 4)) v (o, e);
SELECT is((eb_agg(o, e)).alpha, NULL, 'eb_agg: ends where a step overflows') FROM (VALUES (9, 1e308::float8), (12, 4), (4, 5)) v (o, e);
SELECT is((e).mean, 0::float8, 'eb_agg: nothing observed') FROM (SELECT eb_agg(0, x) AS e FROM generate_series(1, 5) x) s;
SELECT pg_temp.near(ARRAY[(t).mean, (t).low, (t).high, (t).weight, (t).oe], ARRAY[eb_mean(e, 9, 3), eb_quantile(e, 9, 3, 0.05), eb_quantile(e, 9, 3, 0.95), 3 / (3 + (e).beta), 3], 'eb_estimate')
FROM (SELECT eb_agg(observed, expected) AS e FROM provider) s, LATERAL (SELECT eb_estimate(e, 9, 3, 0.9) AS t) u;

-- DRG and DIP
CREATE TEMP TABLE stays (psn_no text, mdtrt_id text, hosp text, adm date, dsc date, maindiag text, drg text, cost float8);
\copy stays FROM PROGRAM 'grep -v "^#" test/data/claims_stays.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE weight (drg text, rw float8);
INSERT INTO weight VALUES ('BR21', 1.35), ('ES31', 0.72), ('FV33', 0.5), ('HC25', 1.9), ('IC29', 3.6), ('IU25', 0.4), ('KS13', 0.55), ('RE11', 0.8), ('XR13', 0.9);
CREATE TEMP VIEW by_group AS
SELECT hosp, drg, count(*) AS n, avg(cost) / nullif(r.cost_all, 0) AS k_cost, avg(dsc - adm) / nullif(r.days_all, 0) AS k_days
FROM stays JOIN (SELECT drg, avg(cost) AS cost_all, avg(dsc - adm) AS days_all FROM stays GROUP BY drg) r USING (drg) GROUP BY hosp, drg, r.cost_all, r.days_all;
SELECT pg_temp.near(ARRAY[consumption_index_agg(k_cost, n), consumption_index_agg(k_days, n)], ARRAY[pg_temp.num('drg.indices', hosp, 'cost_index'), pg_temp.num('drg.indices', hosp, 'time_index')], 'consumption_index_agg: ' || hosp) FROM by_group GROUP BY hosp;
SELECT pg_temp.near(cmi(rw), pg_temp.num('drg.indices', hosp, 'cmi'), 'cmi: ' || hosp) FROM stays JOIN weight USING (drg) GROUP BY hosp;
SELECT pg_temp.near(cmi(rw, n), pg_temp.num('drg.indices', hosp, 'cmi'), 'cmi: of counted cases, ' || hosp) FROM by_group JOIN weight USING (drg) GROUP BY hosp;
SELECT pg_temp.near(ARRAY[(r).riv, (r).n, (r).groups, (r).mean, (r).cv], ARRAY[pg_temp.num('drg.weights_riv_cv', 'riv'), 19, 9, 7430, s], 'riv_agg')
FROM (SELECT riv_agg(drg, cost) AS r, stddev(cost) / avg(cost) AS s FROM stays) s;
SELECT pg_temp.near((r).cv_within, sqrt(sum((n - 1) * v) / (19 - 9)) / 7430, 'riv_agg: spread within groups')
FROM (SELECT riv_agg(drg, cost) AS r FROM stays) s, (SELECT count(*) AS n, coalesce(var_samp(cost), 0) AS v FROM stays GROUP BY drg) g GROUP BY r;
SELECT is((riv_agg('a', 5))::text, '(,,,5,1,1)', 'riv_agg: one case');
SELECT pg_temp.near(ARRAY[(t).low, (t).high, (t).n_kept, (t).mean_kept], ARRAY[l, h, count(a) FILTER (WHERE a BETWEEN l AND h), avg(a) FILTER (WHERE a BETWEEN l AND h)], 'drg_trim: ' || (t).method)
FROM val, (
	SELECT drg_trim(a) AS t, q[1] - 0.5 * (q[2] - q[1]) AS l, q[2] + 1.5 * (q[2] - q[1]) AS h FROM val, (SELECT percentile_cont('{0.25,0.75}'::float8[]) WITHIN GROUP (ORDER BY a) AS q FROM val WHERE set = 'drg_cost') p WHERE set = 'drg_cost' GROUP BY q
	UNION ALL SELECT drg_trim(a, 'log3sd'), exp(avg(ln(a)) - 3 * stddev(ln(a))), exp(avg(ln(a)) + 3 * stddev(ln(a))) FROM val WHERE set = 'drg_cost'
	UNION ALL SELECT drg_trim(a, 'l3h3'), avg(a) / 3, avg(a) * 3 FROM val WHERE set = 'drg_cost'
	UNION ALL SELECT drg_trim(sample_agg(a), 'multiple', 0.5, 2), avg(a) / 2, avg(a) * 2 FROM val WHERE set = 'drg_cost') s
WHERE set = 'drg_cost' GROUP BY t, l, h;
SELECT pg_temp.near(array_agg(dip_score_factor(x::numeric * 700, 700)::float8 ORDER BY n), array_agg(y::float8 ORDER BY n), 'dip_score_factor')
FROM expected, jsonb_array_elements_text(params->'x') WITH ORDINALITY a (x, n), jsonb_array_elements_text(expected) WITH ORDINALITY b (y, m) WHERE id = 'dip.score_factor' AND n = m;
SELECT is(ARRAY[drg_multiple_class(39.99, 100), drg_multiple_class(40, 100), drg_multiple_class(300, 100), drg_multiple_class(300.01, 100), drg_multiple_class(50, 100, 0.6), drg_multiple_class(1, 0)], '{low,normal,normal,high,low,NULL}', 'drg_multiple_class');
SELECT is(ARRAY[dip_score_factor(1, 0), dip_score_factor(NULL, 1), dip_score_factor('NaN', 1), dip_score_factor(1, 'NaN')], '{NULL,NULL,NULL,NULL}'::numeric[], 'dip_score_factor: no mean, no cost');
SELECT is(ARRAY[drg_multiple_class('NaN', 1), drg_multiple_class(1, 'NaN')], '{NULL,NULL}', 'drg_multiple_class: NaN is not high');
SELECT pg_temp.near(ARRAY[(t).below, (t).above, (t).p, (t).share_below], ARRAY[8, 2, 2 * (45 + 10 + 1) / 1024.0, 0.8], 'threshold_bunching: eight below, two above')
FROM (SELECT threshold_bunching(x, 2000, 100) AS t FROM unnest('{1900,1950,1999.99,1990,1980,1970,1960,1999,2000,2099,1899.99,2100,NULL}'::numeric[]) x) s;
SELECT pg_temp.near((threshold_bunching(x, 2000, 100)).p, 1, 'threshold_bunching: probability at most 1') FROM unnest('{1990,1990,2000}'::int[]) x;
SELECT is((threshold_bunching(5, 2000, 100))::text, '(0,0,,,0,2000,100,)', 'threshold_bunching: nothing near');

SELECT is((funnel_agg(o, e), eb_agg(o, e), cmi(e), riv_agg('a', e), drg_trim(e), threshold_bunching(e, 1, 1), consumption_index_agg(e, o), peers_agg(o, e)::text)::text, '(,,,,,,,)', 'nothing gives NULL') FROM (SELECT NULL::bigint AS o, NULL::float8 AS e) s;
SELECT throws_ok('SELECT ' || call, state, NULL, call) FROM (VALUES ('oe_test(-1, 1)', '22003'), ('oe_test(1, -1)', '22003'), ('oe_test(1, ''NaN'')', '22003'), ('oe_test(1, 1, 1)', '22023'), ('oe_test(1, 1, 0.9, ''wald'')', '22023'),
	('funnel_limits(0, ''{0.5}'')', '22003'), ('funnel_limits(1, ''{1}'')', '22023'), ('funnel_limits(1, ''{NaN}'')', '22023'), ('funnel_limits(1, ''{0.5}'', 0)', '22023'), ('funnel_limits(1, ''{0.5}'', 1, ''x'')', '22023'),
	('funnel_limits_prop(0, 0.5, ''{0.5}'')', '22003'), ('funnel_limits_prop(1, 2, ''{0.5}'')', '22023'), ('adjust_p(''{2}'')', '22023'), ('adjust_p(''{0.5}'', ''bonferroni'')', '22023'),
	('funnel_agg(-1, 1)', '22003'), ('funnel_agg(1, 0)', '22003'), ('funnel_agg(2, 1, ''arcsine'')', '22003'), ('funnel_agg(1, 1, ''cube'')', '22023'), ('funnel_agg(1, 1, ''ml'')', '22023'), ('funnel_agg(1, 1, ''sqrt'', 0.5)', '22023'),
	('eb_agg(1, 1, ''sqrt'')', '22023'), ('eb_quantile(eb_agg(1, 1), 1, 1, 1)', '22023'), ('eb_mean(eb_agg(1, 1), -1, 1)', '22003'), ('eb_estimate(eb_agg(1, 1), 1, 1, 1)', '22023'),
	('cmi(''NaN'')', '22003'), ('cmi(1, -1)', '22003'), ('riv_agg(''a'', ''Infinity'')', '22003'), ('drg_trim(-1, ''log3sd'')', '22003'), ('drg_trim(1, ''two'')', '22023'), ('drg_trim(1, ''l3h3'', 0, 3)', '22023'),
	('threshold_bunching(1, 1, 0)', '22023'), ('threshold_bunching(x, x, 1) FROM generate_series(1, 2) x', '22023'), ('threshold_bunching(''NaN'', 1, 1)', '22003')) v (call, state);

SELECT * FROM finish();
ROLLBACK;
