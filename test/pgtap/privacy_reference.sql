-- Measures of privacy against published tables and independent definitions (test/data/privacy_expected.json).
\getenv reference HB_REFERENCE
SELECT no_plan();
CREATE FUNCTION close_to(have float8, want float8, tolerance float8 DEFAULT 1e-12) RETURNS boolean LANGUAGE sql AS
	$$SELECT abs(have - want) <= tolerance * greatest(1, abs(want))$$;

CREATE TEMP TABLE expected (j jsonb);
\set content `cat test/data/privacy_expected.json`
INSERT INTO expected VALUES (:'content');

-- Machanavajjhala's and Li's tables: rows, the classes of each anonymisation, its sensitive columns.
CREATE TABLE rows AS
SELECT t.name AS base, i::int, c.col, r.value ->> (c.k::int - 1) AS v
FROM expected, (VALUES ('machanavajjhala_raw'), ('li_table')) t (name), jsonb_array_elements(j -> t.name -> 'rows') WITH ORDINALITY r (value, i),
	jsonb_array_elements_text(j -> t.name -> 'cols') WITH ORDINALITY c (col, k);
CREATE TABLE published AS
SELECT t.name, r.base, a.i::int, a.g, max(v) FILTER (WHERE col = 'cond') AS cond, max(v) FILTER (WHERE col = 'salary_k')::int AS salary, max(v) FILTER (WHERE col = 'disease') AS disease
FROM expected, (VALUES ('m_4anon', 'machanavajjhala_raw'), ('m_3div', 'machanavajjhala_raw'), ('li_t4', 'li_table'), ('li_t5', 'li_table')) t (name, base),
	jsonb_array_elements_text(j -> t.name -> 'class_of_row') WITH ORDINALITY a (g, i) JOIN rows r ON r.i = a.i
WHERE r.base = t.base GROUP BY t.name, r.base, a.i, a.g;
CREATE TABLE disease_tree AS SELECT d.key AS disease, d.value ->> 0 AS organ, d.value ->> 1 AS system, d.value ->> 2 AS root FROM expected, jsonb_each(j #> '{li_table,hierarchy}') d;
CREATE VIEW m_4anon AS SELECT * FROM published WHERE name = 'm_4anon';
CREATE VIEW m_3div AS SELECT * FROM published WHERE name = 'm_3div';
CREATE VIEW li_t4 AS SELECT * FROM published WHERE name = 'li_t4';
CREATE VIEW li_t5 AS SELECT * FROM published WHERE name = 'li_t5';
CREATE TEMP TABLE measured AS
SELECT e.*, r.measure, r.value FROM (VALUES ('m_4anon', 'cond', '{m_4anon,expected}'::text[]), ('m_3div', 'cond', '{m_3div,expected}'),
	('li_t4', 'salary', '{li_t4,salary}'), ('li_t4', 'disease', '{li_t4,disease}'), ('li_t5', 'salary', '{li_t5,salary}'), ('li_t5', 'disease', '{li_t5,disease}')) e (rel, col, path),
	privacy_report(e.rel::regclass, '{g}', ARRAY[e.col::name], hierarchies => ARRAY[CASE e.col WHEN 'disease' THEN 'disease_tree'::regclass END]) r;
CREATE TEMP TABLE meaning (key text, measure text);
INSERT INTO meaning VALUES ('n', 'records'), ('classes', 'classes'), ('k', 'k'), ('max_class', 'largest_class'), ('uniques', 'uniques'), ('avg_class', 'average_class'), ('prosecutor_max', 'prosecutor_max'),
	('marketer_avg', 'marketer'), ('records_at_risk', 'at_risk'), ('gbt42460_Rc', 'gbt42460_rc'), ('l_distinct', 'l_distinct'), ('l_entropy', 'l_entropy'), ('t_equal', 't_equal'),
	('alpha_max_conf', 'max_share'), ('t_ordered', 't_ordered'), ('t_hier', 't_hierarchical'), ('beta', 'beta');
SELECT is(count(*) FILTER (WHERE close_to(m.value, (e.value #>> '{}')::float8)), count(*), format('%s: %s measures by %s', m.rel, count(*), m.col))
FROM expected, measured m JOIN meaning USING (measure), LATERAL (SELECT j #> m.path #> ARRAY[meaning.key] AS value) e WHERE e.value IS NOT NULL GROUP BY m.rel, m.col;
SELECT is(count(*), 94::bigint, 'measures were compared') FROM expected, measured m JOIN meaning USING (measure) WHERE j #> m.path #> ARRAY[meaning.key] IS NOT NULL;
-- The same of each class.
CREATE TEMP TABLE class_values AS
WITH v AS (SELECT p.name, p.g, c.col, dense_rank() OVER (PARTITION BY p.name, c.col ORDER BY c.k, c.v) AS v, c.v AS s
	FROM published p, LATERAL (VALUES ('cond', cond, 0), ('salary', salary::text, salary), ('disease', disease, 0)) c (col, v, k) WHERE c.v IS NOT NULL)
SELECT name, g, col, privacy_values_agg(v, n) AS d, rollup(privacy_values_agg(v, n)) OVER (PARTITION BY name, col) AS w FROM (SELECT name, g, col, v, count(*) AS n FROM v GROUP BY 1, 2, 3, 4) n GROUP BY 1, 2, 3;
CREATE TEMP TABLE tree AS SELECT array_agg(ARRAY[v, organ, system, 1]) AS h FROM (SELECT dense_rank() OVER (ORDER BY disease) AS v, dense_rank() OVER (ORDER BY organ) AS organ, dense_rank() OVER (ORDER BY system) AS system FROM disease_tree) t;
SELECT ok(privacy_records(c.d) = (p ->> 'n')::int AND privacy_l(c.d) = (p ->> 'distinct')::int AND close_to(privacy_l(c.d, 'entropy'), (p ->> 'entropy_l')::float8)
	AND coalesce(close_to(privacy_recursive_c(c.d, 2), (p #>> '{rec_c,2}')::float8), p #>> '{rec_c,2}' IS NULL AND privacy_recursive_c(c.d, 2) IS NULL)
	AND coalesce(close_to(privacy_recursive_c(c.d, 3), (p #>> '{rec_c,3}')::float8), p #>> '{rec_c,3}' IS NULL AND privacy_recursive_c(c.d, 3) IS NULL)
	AND close_to(privacy_max_share(c.d), (p ->> 'max_freq')::float8) AND close_to(privacy_t(c.d, c.w), (p ->> 't_equal')::float8) AND close_to(privacy_beta(c.d, c.w), (p ->> 'beta_basic')::float8)
	AND coalesce(close_to(privacy_t_ordered(c.d, c.w), (p ->> 't_ordered')::float8), true) AND coalesce(close_to(privacy_t_hierarchical(c.d, c.w, h), (p ->> 't_hier')::float8), p ->> 't_hier' IS NULL)
	AND coalesce(close_to(privacy_delta(c.d, c.w), (p ->> 'delta_disclosure')::float8), p ->> 'delta_disclosure' IS NULL AND privacy_delta(c.d, c.w) = 'infinity'), format('%s, %s of %s', c.name, c.col, c.g))
FROM class_values c JOIN expected ON true, LATERAL (SELECT * FROM jsonb_array_elements(j #> ARRAY[c.name, CASE c.col WHEN 'cond' THEN 'expected' ELSE c.col END, 'per_class']) e (p) WHERE p #>> '{key,0}' = c.g) e,
	LATERAL (SELECT CASE WHEN c.col = 'disease' THEN h END AS h FROM tree) t;

-- The seven rows of ARX's tests: raw, and 2-anonymous.
CREATE TABLE arx (age text, gender text, zip text, g text);
INSERT INTO arx VALUES ('34', 'male', '81667', '1'), ('45', 'female', '81675', '2'), ('66', 'male', '81925', '1'), ('70', 'female', '81931', '2'), ('34', 'female', '81931', '2'), ('70', 'male', '81931', '3'), ('45', 'male', '81931', '3');
SELECT is(value, 1::float8, 'ARX, raw') FROM privacy_report('arx', '{age,gender,zip}') WHERE measure = 'prosecutor_avg';
SELECT is(round(value::numeric, 6), CASE measure WHEN 'prosecutor_avg' THEN 0.428571 ELSE 0.5 END, 'ARX, 2-anonymous: ' || measure) FROM privacy_report('arx', '{g}') WHERE measure IN ('prosecutor_avg', 'prosecutor_max');

-- GB/T 42460.
SELECT ok(close_to(r.ra, (e ->> 'Ra')::float8) AND close_to(r.rb, (e ->> 'Rb')::float8) AND close_to(r.rc, (e ->> 'Rc')::float8) AND close_to(r.risk, (e ->> 'R')::float8) AND r.level = (e ->> 'level')::int,
	format('GB/T 42460, %s, %s, %s', e -> 'sizes', e ->> 'mode', e ->> 'ctx'))
FROM expected, jsonb_array_elements(j -> 'gbt42460') e, LATERAL (SELECT privacy_sizes_agg(n::bigint) AS s FROM jsonb_array_elements_text(e -> 'sizes') n) s, privacy_gbt42460(s, e ->> 'mode', (e ->> 'ctx')::float8) r;

-- sdcMicro: frequencies, populations and risks; NULL as every value.
CREATE TABLE sdc AS SELECT i::int, (j #>> ARRAY['sdcmicro_8row', 'A', i])::int AS a, (j #>> ARRAY['sdcmicro_8row', 'B', i])::int AS b, (j #>> ARRAY['sdcmicro_8row', 'C', i])::int AS c,
	(j #>> ARRAY['sdcmicro_8row', 'A_na', i])::int AS a_na, (j #>> ARRAY['sdcmicro_8row', 'C_na', i])::int AS c_na, (j #>> ARRAY['sdcmicro_8row', 'w', i])::float8 AS w,
	(j #>> ARRAY['sdcmicro_8row', 'fk', i])::int AS fk, (j #>> ARRAY['sdcmicro_8row', 'Fk', i])::float8 AS pk, (j #>> ARRAY['sdcmicro_8row', 'rk', i])::float8 AS rk,
	(j #>> ARRAY['sdcmicro_8row', 'fk_wildcard_Cna', i])::int AS fk_c, (j #>> ARRAY['sdcmicro_8row', 'Fk_wildcard_Cna', i])::float8 AS pk_c,
	(j #>> ARRAY['sdcmicro_8row', 'fk_wildcard_AnaCna', i])::int AS fk_ac, (j #>> ARRAY['sdcmicro_8row', 'Fk_wildcard_AnaCna', i])::float8 AS pk_ac, (j #>> ARRAY['sdcmicro_8row', 'rk_AnaCna', i])::float8 AS rk_ac
FROM expected, unnest('{0,1,2,3,4,5,6,7}'::text[]) i;
SELECT ok(abs(privacy_individual_risk(fk, pk) - rk) < 1e-8, format('sdcMicro, row %s: %s', i, rk)) FROM sdc;
SELECT ok(abs(privacy_individual_risk(fk_ac, pk_ac) - rk_ac) < 1e-8, format('sdcMicro with NULLs, row %s: %s', i, rk_ac)) FROM sdc;
SELECT ok(abs(privacy_individual_risk(fk::bigint, pk::float8) - rk::float8) < 1e-8, 'francdat: ' || rk) FROM expected, unnest(ARRAY(SELECT jsonb_array_elements_text(j #> '{francdat,fk}')), ARRAY(SELECT jsonb_array_elements_text(j #> '{francdat,Fk}')), ARRAY(SELECT jsonb_array_elements_text(j #> '{francdat,rk}'))) u (fk, pk, rk);
-- What the report says of these rows, from the frequencies that sdcMicro gives.
CREATE FUNCTION sums(fk int[], pk float8[]) RETURNS TABLE (measure text, value numeric) LANGUAGE sql AS $$
	SELECT m, round(v::numeric, 9) FROM (SELECT ARRAY[avg((1.0 / f > 0.2)::int), avg(privacy_individual_risk(f, p)), avg(1 / p), max(1 / p), min(f), avg(1.0 / f), count(*) FILTER (WHERE f = 1)] AS a FROM unnest(fk, pk) u (f, p)) s,
		unnest('{at_risk,individual_avg,journalist_avg,journalist_max,k,prosecutor_avg,uniques}'::text[], a) u (m, v) ORDER BY m
$$;
CREATE FUNCTION reported(relation regclass, qi name[], nulls text) RETURNS TABLE (measure text, value numeric) LANGUAGE sql AS $$
	SELECT measure, round(value::numeric, 9) FROM privacy_report(relation, qi, weight => 'w', nulls => nulls)
	WHERE measure IN ('k', 'uniques', 'prosecutor_avg', 'at_risk', 'journalist_max', 'journalist_avg', 'individual_avg') ORDER BY measure
$$;
SELECT results_eq($$SELECT * FROM reported('sdc', '{a,b,c}', 'value')$$, $$SELECT s.* FROM (SELECT array_agg(fk ORDER BY i) f, array_agg(pk ORDER BY i) p FROM sdc) r, sums(f, p) s$$, 'sdcMicro, report');
SELECT results_eq($$SELECT * FROM reported('sdc', '{a,b,c_na}', 'wildcard')$$, $$SELECT s.* FROM (SELECT array_agg(fk_c ORDER BY i) f, array_agg(pk_c ORDER BY i) p FROM sdc) r, sums(f, p) s$$, 'sdcMicro, NULL in one column, report');
SELECT results_eq($$SELECT * FROM reported('sdc', '{a_na,b,c_na}', 'wildcard')$$, $$SELECT s.* FROM (SELECT array_agg(fk_ac ORDER BY i) f, array_agg(pk_ac ORDER BY i) p FROM sdc) r, sums(f, p) s$$, 'sdcMicro, NULL in two columns, report');
SELECT results_eq($$SELECT * FROM reported('sdc', '{a,b,c}', 'wildcard')$$, $$SELECT * FROM reported('sdc', '{a,b,c}', 'value')$$, 'without NULL the ways agree');

\if :{?reference}
-- sdcMicro's francdat itself.
CREATE TABLE francdat (num1 float8, key1 int, num2 float8, key2 int, key3 int, key4 int, num3 float8, w float8);
\copy francdat from program 'cat "$HB_REFERENCE/deid/francdat.csv"' (format csv, header)
SELECT results_eq($$SELECT * FROM reported('francdat', '{key1,key2,key3,key4}', 'value')$$,
	$$SELECT s.* FROM expected, sums(ARRAY(SELECT f::int FROM jsonb_array_elements_text(j #> '{francdat,fk}') f), ARRAY(SELECT f::float8 FROM jsonb_array_elements_text(j #> '{francdat,Fk}') f)) s$$, 'francdat, report');

-- UCI Adult.
CREATE TABLE adult (sex text, age int, race text, "marital-status" text, education text, "native-country" text, workclass text, occupation text, "salary-class" text, age10 int GENERATED ALWAYS AS (age / 10 * 10) STORED);
\copy adult (sex, age, race, "marital-status", education, "native-country", workclass, occupation, "salary-class") from program 'zcat "$HB_REFERENCE/deid/adult.csv.gz"' (format csv, header, delimiter ';')
CREATE TABLE adult_measured AS
SELECT k.key, r.* FROM expected, jsonb_object_keys(j #> '{adult,expected}') k (key),
	privacy_report('adult', string_to_array(k.key, '+')::name[], CASE WHEN k.key LIKE '%occupation%' THEN '{}' ELSE '{occupation}' END::name[]) r;
SELECT is(count(*) FILTER (WHERE close_to(r.value, (j #>> ARRAY['adult', 'expected', r.key, m.key])::float8, 1e-9)), count(*), format('Adult by %s: %s measures', r.key, count(*)))
FROM expected, adult_measured r JOIN meaning m USING (measure) WHERE j #> ARRAY['adult', 'expected', r.key, m.key] IS NOT NULL GROUP BY r.key;
SELECT cmp_ok(count(*), '>=', 60::bigint, 'measures of Adult were compared') FROM expected, adult_measured r JOIN meaning m USING (measure) WHERE j #> ARRAY['adult', 'expected', r.key, m.key] IS NOT NULL;
SELECT is(value, 0.6465751607983555::float8, 'Adult, ARX''s average risk') FROM privacy_report('adult', '{sex,age,race,marital-status,education,native-country,workclass,occupation,salary-class}') WHERE measure = 'prosecutor_avg';

-- Occupations in the hierarchy of ARX: two levels, by a plain definition of the earth mover's distance.
CREATE TABLE occupation_tree (value text, grp text, root text);
\copy occupation_tree from program 'cat "$HB_REFERENCE/deid/adult_hierarchies/occupation.csv"' (format csv, delimiter ';')
WITH v AS (SELECT sex, age10, occupation, count(*)::float8 AS n FROM adult GROUP BY 1, 2, 3), c AS (SELECT sex, age10, sum(n) AS total FROM v GROUP BY 1, 2),
	q AS (SELECT occupation, sum(n) / (SELECT count(*) FROM adult) AS q FROM v GROUP BY 1),
	d AS (SELECT c.sex, c.age10, t.grp, coalesce(v.n, 0) / c.total - q.q AS d FROM c CROSS JOIN q JOIN occupation_tree t ON t.value = q.occupation LEFT JOIN v ON (v.sex, v.age10, v.occupation) = (c.sex, c.age10, q.occupation)),
	g AS (SELECT sex, age10, grp, sum(d) AS d, least(coalesce(sum(d) FILTER (WHERE d > 0), 0), coalesce(-sum(d) FILTER (WHERE d < 0), 0)) AS inside FROM d GROUP BY 1, 2, 3),
	t AS (SELECT sex, age10, coalesce(sum(inside), 0) / 2 + coalesce(sum(d) FILTER (WHERE d > 0), 0) AS t FROM g GROUP BY 1, 2)
SELECT is(round(r.value::numeric, 9), (SELECT round(max(t)::numeric, 9) FROM t), 'Adult, occupations in a hierarchy')
FROM privacy_report('adult', '{sex,age10}', '{occupation}', hierarchies => '{occupation_tree}') r WHERE r.measure = 't_hierarchical';
\else
SELECT skip('HB_REFERENCE is not set', 4);
\endif
SELECT * FROM finish();
