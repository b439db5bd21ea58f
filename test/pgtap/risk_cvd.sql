-- Cardiovascular models against recorded outputs of the official site and against charts; risk_vectors.sql has the examples.
BEGIN;
SELECT no_plan();

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
