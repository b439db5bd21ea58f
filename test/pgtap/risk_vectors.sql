-- Every shipped model against published examples, and against what separate programs and tables give.
BEGIN;
SELECT no_plan();

CREATE TEMP TABLE vector (no serial, score text, inputs jsonb, expected text, tolerance float8, source text);
\copy vector (score, inputs, expected, tolerance, source) FROM PROGRAM 'cat test/data/risk_*_vectors.csv | grep -v "^#\|^score,"' (FORMAT csv)

-- How the vectors call a model, where it is not by its name: the function, arguments that they add, what a result is divided by.
CREATE TEMP TABLE meaning (score text PRIMARY KEY, name text, more jsonb, scale float8);
INSERT INTO meaning
SELECT score, score, '{}', CASE WHEN output LIKE 'probability%' THEN 100 ELSE 1 END
FROM (SELECT DISTINCT score FROM vector) v JOIN risk_model m ON m.name = v.score;
INSERT INTO meaning VALUES
	('chinapar_10y', 'china_par', '{}', 100),
	('chinapar_10y_paperTable2', 'china_par', '{}', 100),
	('who2019_lab_eastasia', 'who2019_lab', '{}', 100),
	('who2019_lab_region', 'who2019_lab', '{}', 100),
	('score2op_unrounded', 'score2op', '{}', 100),
	('score2op_published_rounded', 'score2op', '{"variant": "published"}', 100),
	('ckdepi2009_cr', 'egfr_ckdepi_2009', '{}', 1),
	('ckdepi2012_cys', 'egfr_ckdepi_2012_cys', '{}', 1),
	('ckdepi2012_crcys', 'egfr_ckdepi_2012_crcys', '{}', 1),
	('ckdepi2021_cr', 'egfr_ckdepi_2021', '{}', 1),
	('ckdepi2021_crcys', 'egfr_ckdepi_2021_crcys', '{}', 1),
	('mdrd175', 'egfr_mdrd', '{}', 1),
	('meld_unos_unrounded', 'meld', '{}', 1),
	('meld_na_optn2016', 'meld_na', '{}', 1);

-- What the vectors call an argument, and the factor from their unit to that of the function.
CREATE TEMP TABLE renamed (model text, key text, name text, factor text);
INSERT INTO renamed
SELECT m, k, n, f FROM (VALUES
	('{china_par}', 'treated', 'bp_treated', ''), ('{china_par}', 'dm', 'diabetes', ''), ('{china_par}', 'famhx', 'family_history', ''),
	('{china_par}', 'tc', 'tc', ' * 0.0259'), ('{china_par}', 'hdl', 'hdl', ' * 0.0259'),
	('{prevent}', 'tc', 'tc', ' * 0.02586'), ('{prevent}', 'hdl', 'hdl', ' * 0.02586'),
	('{pce2013,framingham2008_lipid}', 'tc', 'tc', ' / 38.67'), ('{pce2013,framingham2008_lipid}', 'hdl', 'hdl', ' / 38.67'),
	('{who2019_lab}', 'tc_mmol', 'tc', ''), ('{who2019_lab}', 'reg', 'region', ''),
	('{egfr_ckdepi_2009,egfr_ckdepi_2012_crcys,egfr_ckdepi_2021,egfr_ckdepi_2021_crcys,egfr_mdrd}', 'scr_mgdl', 'scr', ' * 88.4'),
	('{egfr_ckdepi_2012_cys,egfr_ckdepi_2012_crcys,egfr_ckdepi_2021_crcys}', 'cys_mgL', 'cys', ''),
	('{kfre8}', 'albumin_gdl', 'albumin', ' * 10'), ('{kfre8}', 'phosphate_mgdl', 'phosphate', ' / 3.097'), ('{kfre8}', 'calcium_mgdl', 'calcium', ' / 4.008'),
	('{meld,meld_na,meld3,child_pugh}', 'bili_mgdl', 'bili', ' * 17.1'), ('{meld,meld_na,meld3}', 'cr_mgdl', 'cr', ' * 88.4'),
	('{meld3,child_pugh,mpage_b}', 'alb_gdl', 'alb', ' * 10'),
	('{albi,amap}', 'bili_umol', 'bili', ''), ('{albi,amap}', 'alb_gL', 'alb', '')) r(models, k, n, f), unnest(models::text[]) m;

-- What a vector holds beside the arguments of the model: the unrounded result, other units, the inputs of its sisters, the only baseline.
CREATE FUNCTION pg_temp.is_beside(model text, key text) RETURNS boolean LANGUAGE sql AS $$
	SELECT key IN ('exact', 'note') OR model = 'china_par' AND key IN ('tc_mmol', 'hdl_mmol') OR model LIKE 'egfr%' AND key IN ('scr_mgdl', 'cys_mgL')
		OR model IN ('meld', 'meld_na') AND key IN ('sex', 'na', 'alb_gdl') OR model LIKE 'kfre_' AND key = 'north_america'
$$;

-- The arguments of a vector as the function takes them; an input that it leaves out is left out.
CREATE TEMP TABLE argument AS
SELECT v.no, m.name AS model, a.key, coalesce(r.name, a.key) AS name, i.type, i.place,
	CASE WHEN a.value IS NULL THEN 'NULL' WHEN i.type = 'text' THEN quote_literal(a.value)
		WHEN i.type = 'boolean' THEN a.value::boolean::text ELSE a.value || coalesce(r.factor, '') END AS value
FROM vector v JOIN meaning m USING (score) CROSS JOIN jsonb_each_text(v.inputs || m.more) a
	LEFT JOIN renamed r ON r.model = m.name AND r.key = a.key
	LEFT JOIN risk_input i ON i.model = m.name AND i.name = coalesce(r.name, a.key);

CREATE FUNCTION pg_temp.call(no int, suffix text DEFAULT '') RETURNS text LANGUAGE sql AS $$
	SELECT format('%I(%s)', min(model) || suffix, string_agg(name || ' => ' || value, ', '))
	FROM argument a WHERE a.no = $1 AND a.place IS NOT NULL
$$;
CREATE FUNCTION pg_temp.run(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	EXECUTE 'SELECT ' || call INTO result;
	RETURN result;
END $$;

SELECT is_empty($$ SELECT score FROM vector WHERE score NOT IN (SELECT score FROM meaning) AND score <> 'cn_dyslipidaemia' AND inputs->>'model' IS DISTINCT FROM 'sdi' $$,
	'every vector is tried');
SELECT is_empty($$ SELECT DISTINCT model, key FROM argument WHERE place IS NULL AND NOT pg_temp.is_beside(model, key) $$,
	'every input of a vector is an argument of its model');
SELECT is_empty($$ SELECT name FROM risk_model WHERE status = 'shipped' AND name NOT IN (SELECT name FROM meaning)
		AND name NOT IN ('cn_bp_isolated_systolic', 'cn_lipid2023_ldl_target', 'kdigo_g', 'kdigo_a', 'kdigo_risk', 'news2_red') AND name NOT LIKE 'cn\_dyslipidaemia\_%' $$,
	'every shipped model has vectors, but for those that are tried below');

-- A vector whose expected value is an array holds the value and then the class (or, for NEWS2, whether one parameter scores 3);
-- for the metabolic syndrome true means that it is present. The equation of PREVENT for the social deprivation index alone is not shipped.
CREATE TEMP VIEW expectation AS
SELECT v.no, v.score, v.source, v.inputs, v.tolerance, m.name, m.scale, e.value, e.class,
	v.expected LIKE '[%' OR v.expected ~ '^-?[0-9.]+$' AS number
FROM vector v JOIN meaning m USING (score),
	LATERAL (SELECT CASE WHEN v.expected LIKE '[%' THEN v.expected::jsonb->>0 ELSE trim('"' FROM v.expected) END AS value,
		CASE WHEN v.expected LIKE '[%' THEN v.expected::jsonb->>1 WHEN m.name = 'mets_idf_harmonized' THEN v.expected END AS class) e
WHERE v.inputs->>'model' IS DISTINCT FROM 'sdi';

SELECT CASE WHEN number THEN ok(abs(pg_temp.run(pg_temp.call(no))::float8 * scale - value::float8) <= tolerance + 1e-9, format('%s: %s, %s', score, source, inputs))
	ELSE is(pg_temp.run(pg_temp.call(no)), value, format('%s: %s, %s', score, source, inputs)) END
FROM expectation WHERE name <> 'mets_idf_harmonized' ORDER BY no;

SELECT is(pg_temp.run(pg_temp.call(no, CASE name WHEN 'news2' THEN '_red' ELSE '_class' END)),
	CASE WHEN name LIKE 'mets%' THEN CASE class WHEN 'true' THEN 'present' ELSE 'absent' END ELSE class END, format('class of %s: %s, %s', score, source, inputs))
FROM expectation WHERE class IS NOT NULL ORDER BY no;

-- Where the rounded value is published, the unrounded one is that of the notes' own program.
SELECT ok(abs(pg_temp.run(pg_temp.call(no))::float8 * scale - (inputs->>'exact')::float8) <= 6e-4, score || ' unrounded: ' || inputs)
FROM expectation WHERE inputs ? 'exact' ORDER BY no;

-- ----- models whose vectors are of another shape -----

SELECT is(jsonb_strip_nulls(to_jsonb(cn_dyslipidaemia(tc => (inputs->>'tc')::float8, ldl => (inputs->>'ldl')::float8, hdl => (inputs->>'hdl')::float8,
	non_hdl => (inputs->>'non_hdl')::float8, tg => (inputs->>'tg')::float8))), expected::jsonb, format('%s: %s, %s', score, source, inputs))
FROM vector WHERE score = 'cn_dyslipidaemia' ORDER BY no;

SELECT is(glycaemic_state(fpg => f, hba1c => h, random_glucose => r, symptoms => s), expected, format('glycaemic_state: guideline 2020, fasting %s, HbA1c %s, random %s, symptoms %s', f, h, r, s))
FROM (VALUES (6.0::float8, NULL::float8, 11.1::float8, true, 'diabetes-range'), (6.0, NULL, 11.0, true, 'normal'), (6.0, NULL, 20, false, 'normal'), (NULL, NULL, 11.1, true, 'diabetes-range'),
	(NULL, NULL, 8, true, NULL), (NULL, 6.4, NULL, false, NULL), (NULL, 6.5, NULL, false, 'diabetes-range'), (NULL, NULL, NULL, false, NULL)) v(f, h, r, s, expected);

-- The stages and the risk are the parts of the cell.
SELECT is(kdigo_g(e) || kdigo_a(a) || ':' || upper(left(kdigo_risk(e, a), 1)), kdigo_heatmap(e, a), format('kdigo_g, kdigo_a, kdigo_risk: parts of the cell of the KDIGO map, %s, %s', e, a))
FROM unnest('{90,60,45,30,15,14.9}'::float8[]) e, unnest('{29.9,30,300.1}'::float8[]) a;

SELECT is(cn_bp_isolated_systolic(sbp => s, dbp => d), expected, format('cn_bp_isolated_systolic: guideline 2018, %s/%s', s, d))
FROM (VALUES (140, 89, true), (139, 89, false), (140, 90, false), (180, 60, true)) v(s, d, expected);

SELECT is(cn_lipid2023_ldl_target(risk => r, dm => d), expected, format('cn_lipid2023_ldl_target: guideline 2023, %s, diabetes %s', r, d))
FROM (VALUES ('low', false, 3.4::float8), ('moderate', false, 2.6), ('high', false, 2.6), ('very high', false, 1.8), ('ultra-high', false, 1.4),
	('low', true, 2.6), ('moderate', true, 2.6), ('high', true, 1.8), ('very high', true, 1.4), ('ultra-high', true, 1.4)) v(r, d, expected);

-- The 24 cells: no hypertension or hypertension, number of risk factors, column of cholesterol.
SELECT is(cn_lipid2023(sex => 'male', age => CASE WHEN factors >= 2 THEN 60 ELSE 40 END, ldl => (ARRAY[2.0, 3.0, 4.0])[col], tc => 3.2, hdl => CASE WHEN factors = 3 THEN 0.9 ELSE 1.2 END,
	smoker => factors >= 1, htn => htn), expected, format('cn_lipid2023: 24-cell table (2 implementations agree), hypertension %s, factors %s, column %s', htn, factors, col))
FROM (VALUES (false, 0, '{low,low,low}'::text[]), (false, 1, '{low,low,low}'), (false, 2, '{low,low,moderate}'), (false, 3, '{low,moderate,moderate}'),
	(true, 0, '{low,low,low}'), (true, 1, '{low,moderate,moderate}'), (true, 2, '{moderate,high,high}'), (true, 3, '{high,high,high}')) v(htn, factors, risks),
	unnest(risks) WITH ORDINALITY e(expected, col);

SELECT * FROM finish();
ROLLBACK;
