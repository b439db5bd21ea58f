-- Explanations: Shapley values from their definition in SQL, sums, references and targets.
\pset fieldsep '\n'
BEGIN;
SELECT no_plan();

-- One person for each row; the same persons for both models.
CREATE TEMP TABLE person AS
SELECT n, CASE n % 2 WHEN 0 THEN 'male' ELSE 'female' END AS sex, 36 + n % 35 AS age, 100 + n * 7 % 80 AS sbp, n % 3 = 0 AS treated, 3.5 + n % 40 / 10.0::float8 AS tc,
	0.8 + n % 15 / 10.0::float8 AS hdl, 70 + n * 3 % 50 AS waist, n % 4 = 1 AS smoker, n % 5 = 0 AS diabetes, n % 2 = 0 AS north, n % 3 = 1 AS urban, n % 7 = 2 AS family,
	19 + n % 20 AS bmi, 30 + n * 11 % 90 AS egfr, n % 6 = 0 AS statin, CASE WHEN n % 4 > 1 THEN 5 + n % 60 / 10.0::float8 END AS hba1c, CASE WHEN n % 3 = 2 THEN n * 13.0::float8 END AS uacr
FROM generate_series(1, 60) n;
CREATE TEMP TABLE china AS
SELECT p.n, e.*, china_par(sex, age, sbp, treated, tc, hdl, waist, smoker, diabetes, north, urban, family) AS risk,
	china_par(sex, age, 120, false, 5.18, 1.036, CASE sex WHEN 'male' THEN 90 ELSE 85 END, false, false, north, urban, false) AS ideal
FROM person p, china_par_explain(sex, age, sbp, treated, tc, hdl, waist, smoker, diabetes, north, urban, family) e;
CREATE TEMP TABLE prevent_rows AS
SELECT p.n, e.*, prevent(sex, age, tc, hdl, sbp, diabetes, smoker, bmi, egfr, treated, statin, hba1c => hba1c, uacr => uacr) AS risk,
	prevent(sex, age, 5, 1.3, 120, false, false, 25, 90, false, false, hba1c => CASE WHEN hba1c IS NOT NULL THEN 5.5 END, uacr => CASE WHEN uacr IS NOT NULL THEN 10 END) AS ideal
FROM person p, prevent_explain(sex, age, tc, hdl, sbp, diabetes, smoker, bmi, egfr, treated, statin, hba1c => hba1c, uacr => uacr) e;
CREATE TEMP VIEW explained AS SELECT 'china_par' AS model, * FROM china UNION ALL SELECT 'prevent', * FROM prevent_rows;

SELECT is(count(DISTINCT n), 60::bigint, model || ' explains everybody') FROM explained GROUP BY model;
SELECT is(max(abs(contribution - risk)) < 1e-14, true, model || ': the total is the risk') FROM explained WHERE input = 'total' GROUP BY model;
SELECT is(max(abs(contribution - ideal)) < 1e-14, true, model || ': the reference is the ideal person') FROM explained WHERE input = 'reference' GROUP BY model;
SELECT is(max(abs(rest)) < 1e-12, true, model || ': reference and contributions add up to the total')
FROM (SELECT model, n, sum(CASE input WHEN 'total' THEN -contribution ELSE contribution END) AS rest FROM explained GROUP BY 1, 2) s GROUP BY model;
SELECT is_empty('SELECT * FROM explained WHERE value = reference AND abs(contribution) > 1e-15', 'who is at the reference owes nothing to it');
SELECT is_empty($$SELECT model, n FROM explained WHERE input NOT IN ('reference', 'total') AND (value IS NULL OR reference IS NULL OR contribution IS NULL)$$, 'every input has its value, reference and share');
SELECT is_empty('SELECT * FROM explained WHERE (target IS NULL) <> (change IS NULL) AND input <> ''total''', 'a target has a change');
SELECT set_eq($$SELECT DISTINCT input FROM china$$, '{reference,sbp,bp_treated,tc,hdl,waist,smoker,diabetes,family_history,total}'::text[], 'inputs of china_par');
SELECT set_eq($$SELECT DISTINCT input FROM prevent_rows$$, '{reference,tc,hdl,sbp,dm,smoker,bmi,egfr,bp_tx,statin,hba1c,uacr,total}'::text[], 'inputs of prevent, optional ones where known');
SELECT results_eq('SELECT count(*) FILTER (WHERE input = ''hba1c''), count(*) FILTER (WHERE input = ''uacr'') FROM prevent_rows',
	'SELECT count(hba1c), count(uacr) FROM person', 'an input that is not known has no row');

-- The definition: the mean step over all orders, by sets of the inputs that have left the reference.
CREATE TEMP TABLE step AS
SELECT p.n, s.set, bit_count(s.set::bit(8)) AS size, china_par(sex, age, CASE WHEN set & 1 > 0 THEN sbp ELSE 120 END, set & 2 > 0 AND treated,
	CASE WHEN set & 4 > 0 THEN tc ELSE 5.18 END, CASE WHEN set & 8 > 0 THEN hdl ELSE 1.036 END, CASE WHEN set & 16 > 0 THEN waist WHEN sex = 'male' THEN 90 ELSE 85 END,
	set & 32 > 0 AND smoker, set & 64 > 0 AND diabetes, north, urban, set & 128 > 0 AND family) AS risk
FROM person p, generate_series(0, 255) s(set) WHERE n <= 8;
SELECT is(max(abs(e.contribution - o.shapley)) < 1e-12, true, 'contributions are the Shapley values'), is(count(*), 64::bigint)
FROM (SELECT a.n, i.input, sum(factorial(a.size)::float8 * factorial(7 - a.size)::float8 / factorial(8)::float8 * (b.risk - a.risk)) AS shapley
	FROM step a, (VALUES ('sbp', 1), ('bp_treated', 2), ('tc', 4), ('hdl', 8), ('waist', 16), ('smoker', 32), ('diabetes', 64), ('family_history', 128)) i(input, bit), step b
	WHERE a.set & i.bit = 0 AND b.n = a.n AND b.set = a.set | i.bit GROUP BY 1, 2) o JOIN china e USING (n, input);

-- Targets: what is worse is brought to it, what is better stays.
SELECT is(max(abs(CASE e.input
		WHEN 'sbp' THEN china_par(sex, age, least(sbp, 130), treated, tc, hdl, waist, smoker, diabetes, north, urban, family)
		WHEN 'tc' THEN china_par(sex, age, sbp, treated, least(tc, 5.2), hdl, waist, smoker, diabetes, north, urban, family)
		WHEN 'hdl' THEN china_par(sex, age, sbp, treated, tc, greatest(hdl, 1.0), waist, smoker, diabetes, north, urban, family)
		WHEN 'waist' THEN china_par(sex, age, sbp, treated, tc, hdl, least(waist, CASE sex WHEN 'male' THEN 90 ELSE 85 END), smoker, diabetes, north, urban, family)
		WHEN 'smoker' THEN china_par(sex, age, sbp, treated, tc, hdl, waist, false, diabetes, north, urban, family)
		WHEN 'total' THEN china_par(sex, age, least(sbp, 130), treated, least(tc, 5.2), greatest(hdl, 1.0), least(waist, CASE sex WHEN 'male' THEN 90 ELSE 85 END), false, diabetes, north, urban, family)
		END - risk - change)) < 1e-14, true, 'changes of china_par are those of the model at the target'), is(count(*), 360::bigint, 'of five inputs and all together')
FROM china e JOIN person USING (n) WHERE change IS NOT NULL;
SELECT is(max(abs(CASE e.input
		WHEN 'hba1c' THEN prevent(sex, age, tc, hdl, sbp, diabetes, smoker, bmi, egfr, treated, statin, hba1c => CASE WHEN hba1c > 7 THEN 7 ELSE hba1c END, uacr => uacr)
		WHEN 'bmi' THEN prevent(sex, age, tc, hdl, sbp, diabetes, smoker, least(bmi, 24), egfr, treated, statin, hba1c => hba1c, uacr => uacr)
		WHEN 'sbp' THEN prevent(sex, age, tc, hdl, least(sbp, 130), diabetes, smoker, bmi, egfr, treated, statin, hba1c => hba1c, uacr => uacr)
		WHEN 'total' THEN prevent(sex, age, least(tc, 5.2), greatest(hdl, 1.0), least(sbp, 130), diabetes, false, least(bmi, 24), egfr, treated, statin, hba1c => CASE WHEN hba1c > 7 THEN 7 ELSE hba1c END, uacr => uacr)
		END - risk - change)) < 1e-14, true, 'and those of prevent') FROM prevent_rows e JOIN person USING (n) WHERE input IN ('hba1c', 'bmi', 'sbp', 'total');
SELECT is_empty($$SELECT input FROM china WHERE change <> 0 AND CASE input WHEN 'hdl' THEN value >= target WHEN 'total' THEN false ELSE value <= target END$$, 'a target that is met changes nothing');
SELECT is_empty($$SELECT input FROM china JOIN person USING (n) WHERE input NOT IN ('waist', 'total') AND change > 0$$, 'meeting a target lowers the risk, but for the waist of men, which the model counts the other way');

SELECT is_empty($$SELECT * FROM china_par_explain('male', NULL, 150, true, 5, 1.2, 90, true, false, true, true, false)$$, 'NULL explains nothing');
SELECT is_empty($$SELECT * FROM china_par_explain('unknown', 50, 150, true, 5, 1.2, 90, true, false, true, true, false)$$, 'nor a sex that is not known');
SELECT throws_ok($$SELECT * FROM china_par_explain('male', 30, 150, true, 5, 1.2, 90, true, false, true, true, false)$$, '22003', NULL, 'outside the range');
SELECT is_empty($$SELECT * FROM china_par_explain('male', 30, 150, true, 5, 1.2, 90, true, false, true, true, false, on_range => 'null')$$, 'or nothing');
SELECT is(contribution, china_par('male', 35, 150, true, 5, 1.2, 90, true, false, true, true, false), 'or the value at the limit')
FROM china_par_explain('male', 30, 150, true, 5, 1.2, 90, true, false, true, true, false, on_range => 'clamp') WHERE input = 'total';
SELECT is(contribution, china_par('male', 50, 150, true, 5, 1.2, 90, true, false, true, true, false, 'printed'), 'of the variant that is asked for')
FROM china_par_explain('male', 50, 150, true, 5, 1.2, 90, true, false, true, true, false, 'printed') WHERE input = 'total';
SELECT is(sum(contribution) FILTER (WHERE input = 'total'), prevent('female', 45, 5, 1.2, 150, false, true, 28, 80, false, false, years => 30, outcome => 'heart_failure'), 'horizon and outcome of prevent')
FROM prevent_explain('female', 45, 5, 1.2, 150, false, true, 28, 80, false, false, years => 30, outcome => 'heart_failure');
SELECT is(unit, 'mmHg') FROM china WHERE input = 'sbp' LIMIT 1;

SELECT * FROM finish();
ROLLBACK;
