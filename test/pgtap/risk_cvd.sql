-- Cardiovascular models against published examples, charts and other programs.
BEGIN;
SELECT no_plan();

CREATE TEMP TABLE vector (score text, inputs jsonb, expected jsonb, tolerance float8, source text);
\copy vector FROM PROGRAM 'grep -v "^#" test/data/risk_cvd_vectors.csv' (FORMAT csv, HEADER)

-- How the vectors say it, and how the functions do: the function, arguments that they add, what a result is divided by,
-- and whether cholesterol is in mg/dL, with how many mg/dL in a mmol/L.
CREATE TEMP TABLE meaning (score text PRIMARY KEY, name text, more jsonb, scale float8, mgdl float8);
INSERT INTO meaning VALUES
	('chinapar_10y', 'china_par', '{}', 100, 1 / 0.0259),
	('chinapar_10y_paperTable2', 'china_par', '{}', 100, 1 / 0.0259),
	('who2019_lab_eastasia', 'who2019_lab', '{}', 100, NULL),
	('prevent', 'prevent', '{}', 100, 1 / 0.02586),
	('pce2013', 'pce2013', '{}', 100, 38.67),
	('framingham2008_lipid', 'framingham2008_lipid', '{}', 100, 38.67),
	('framingham2008_bmi', 'framingham2008_bmi', '{}', 100, NULL),
	('score2', 'score2', '{}', 100, NULL),
	('score2op_unrounded', 'score2op', '{}', 100, NULL),
	('score2op_published_rounded', 'score2op', '{"variant": "published"}', 100, NULL),
	('score2dm', 'score2dm', '{}', 100, NULL),
	('cn_lipid2023', 'cn_lipid2023', '{}', NULL, NULL),
	('cn_bp_grade', 'cn_bp_grade', '{}', 1, NULL),
	('cn_htn_strata', 'cn_htn_strata', '{}', NULL, NULL),
	('cha2ds2_vasc', 'cha2ds2_vasc', '{}', 1, NULL),
	('cha2ds2_va', 'cha2ds2_va', '{}', 1, NULL),
	('has_bled', 'has_bled', '{}', 1, NULL),
	('abcd2', 'abcd2', '{}', 1, NULL),
	('essen', 'essen', '{}', 1, NULL),
	('cn_stroke8', 'cn_stroke8', '{}', 1, NULL);

-- The call of a vector.
CREATE FUNCTION pg_temp.call(v vector, m meaning, suffix text DEFAULT '') RETURNS text LANGUAGE sql AS $$
	SELECT format('%I(%s)', m.name || suffix, string_agg(format('%I => %L', coalesce(i.name, a.key),
		CASE WHEN a.key IN ('tc', 'hdl') AND m.mgdl IS NOT NULL THEN (a.value::float8 / m.mgdl)::text ELSE a.value END), ', '))
	FROM jsonb_each_text(v.inputs || m.more) a
	LEFT JOIN (VALUES ('china_par', 'treated', 'bp_treated'), ('china_par', 'dm', 'diabetes'), ('china_par', 'famhx', 'family_history'),
		('who2019_lab', 'tc_mmol', 'tc')) i(model, key, name) ON i.model = m.name AND i.key = a.key
	WHERE a.key <> 'exact' AND NOT (m.name = 'china_par' AND a.key IN ('tc_mmol', 'hdl_mmol'))
$$;
CREATE FUNCTION pg_temp.run(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	EXECUTE 'SELECT ' || call INTO result;
	RETURN result;
END $$;

SELECT is((SELECT count(*)::int FROM vector LEFT JOIN meaning USING (score) WHERE name IS NULL), 0, 'every vector is tried');

-- The equation for the social deprivation index alone is not shipped.
SELECT CASE WHEN m.scale IS NULL THEN is(pg_temp.run(pg_temp.call(v, m)), v.expected #>> '{}', v.score || ': ' || v.source)
	ELSE ok(abs(pg_temp.run(pg_temp.call(v, m))::float8 * m.scale - coalesce(v.expected->>0, v.expected #>> '{}')::float8) <= v.tolerance + 1e-9,
		format('%s: %s, %s', v.score, v.source, v.inputs)) END
FROM vector v JOIN meaning m USING (score) WHERE v.inputs->>'model' IS DISTINCT FROM 'sdi'
ORDER BY v.score, v.inputs::text;

-- A value with its class.
SELECT is(pg_temp.run(pg_temp.call(v, m, '_class')), v.expected->>1, format('%s_class: %s, %s', v.score, v.source, v.inputs))
FROM vector v JOIN meaning m USING (score) WHERE jsonb_typeof(v.expected) = 'array'
ORDER BY v.score, v.inputs::text;

-- Where the rounded value is published, the unrounded one is that of the notes' own program.
SELECT ok(abs(pg_temp.run(pg_temp.call(v, m))::float8 * m.scale - (v.inputs->>'exact')::float8) <= 6e-4, v.score || ' unrounded: ' || v.inputs)
FROM vector v JOIN meaning m USING (score) WHERE v.inputs ? 'exact'
ORDER BY v.score, v.inputs::text;

-- Recorded outputs of the official site, within the age range of the publication; and its ideal state.
\getenv reference HB_REFERENCE
\if :{?reference}
CREATE TEMP TABLE site (sex text, age float8, north boolean, urban boolean, waist float8, tc float8, hdl float8, sbp float8, dbp float8,
	treated boolean, dm boolean, smoker boolean, famhx boolean, risk float8, ideal float8, lifetime float8, ideal_lifetime float8, printed float8, refined float8);
\copy site FROM PROGRAM 'cat "$HB_REFERENCE/risk/chinapar_official_site_vectors.csv"' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*), '>', 100::bigint, 'recorded outputs between 35 and 74') FROM site WHERE age BETWEEN 35 AND 74;
SELECT cmp_ok(max(abs(100 * china_par(sex => sex, age => age, sbp => sbp, bp_treated => treated, tc => tc * 0.0259, hdl => hdl * 0.0259, waist => waist,
		smoker => smoker, diabetes => dm, north => north, urban => urban, family_history => famhx) - risk)), '<=', 0.051::float8,
	'china_par, refined, is within 0.051 points of every recorded output')
FROM site WHERE age BETWEEN 35 AND 74;
SELECT cmp_ok(max(abs(100 * china_par(sex => sex, age => age, sbp => 120, bp_treated => false, tc => 200 * 0.0259, hdl => 40 * 0.0259,
		waist => CASE sex WHEN 'M' THEN 90 ELSE 85 END, smoker => false, diabetes => false, north => north, urban => urban, family_history => false) - ideal)),
	'<=', 0.051::float8, 'and of the ideal state')
FROM site WHERE age BETWEEN 35 AND 74;
SELECT cmp_ok(avg(abs(100 * china_par(sex => sex, age => age, sbp => sbp, bp_treated => treated, tc => tc * 0.0259, hdl => hdl * 0.0259, waist => waist,
		smoker => smoker, diabetes => dm, north => north, urban => urban, family_history => famhx, variant => 'printed') - printed)), '<=', 0.0001::float8,
	'china_par, printed, is what the printed coefficients give elsewhere')
FROM site WHERE age BETWEEN 35 AND 74;

-- The charts of WHO: a cell is the risk at its middle, in whole percent.
CREATE TEMP TABLE chart (sex text, dm boolean, smoker boolean, age text, sbp text, tc text, risk int);
\copy chart FROM PROGRAM 'cat "$HB_REFERENCE/risk/who2019_chart_eastasia_lab.csv"' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*), '>', 500::bigint, 'cells of the charts') FROM chart;
SELECT is_empty($$
	SELECT * FROM chart
	WHERE risk <> round((100 * who2019_lab(sex => sex, age => left(age, 2)::int + 2.5,
		sbp => CASE sbp WHEN '<120' THEN 110 WHEN '120-139' THEN 130 WHEN '140-159' THEN 150 WHEN '160-179' THEN 170 ELSE 190 END,
		tc => CASE tc WHEN '<4' THEN 3.5 WHEN '4-4.9' THEN 4.5 WHEN '5-5.9' THEN 5.5 WHEN '6-6.9' THEN 6.5 ELSE 7.5 END,
		dm => dm, smoker => smoker))::numeric)
$$, 'every cell of the charts of East Asia');
\else
SELECT * FROM skip('HB_REFERENCE is not set', 6);
\endif

SELECT * FROM finish();
ROLLBACK;
