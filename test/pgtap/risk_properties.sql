-- What every shipped model keeps, whatever its equation: NULLs, ranges, units, classes, plans.
BEGIN;
SELECT no_plan();
SELECT setseed(0.5);

-- The inputs of every model, with the value in its example, NULL where the example leaves it out.
CREATE TEMP TABLE input AS
SELECT i.*, e.value, r.mistake, ' ' || m.hooks || ' ' LIKE '% limits %' AS narrowed
FROM risk_input i JOIN risk_model_rows() m ON m.name = i.model
	JOIN risk_input_rows() r ON r.model = i.model AND r.name = i.name
	LEFT JOIN LATERAL (SELECT a[2] AS value FROM regexp_matches(m.example, '\m(\w+?) => (.+?)(?=, \w+ => |\)$)', 'g') a WHERE a[1] = i.name) e ON true;
CREATE TEMP TABLE model AS SELECT * FROM risk_model WHERE status = 'shipped';

-- A call of a model as in its example, with other values for some inputs.
CREATE FUNCTION pg_temp.call(model text, other jsonb DEFAULT '{}', suffix text DEFAULT '') RETURNS text LANGUAGE sql AS $$
	SELECT format('%I(%s)', $1 || suffix, string_agg(name || ' => ' || coalesce(other->>name, value), ', ' ORDER BY place)
		|| coalesce(', on_range => ' || (other->>'on_range'), ''))
	FROM input i WHERE i.model = $1 AND (value IS NOT NULL OR other ? name)
$$;
CREATE FUNCTION pg_temp.run(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	EXECUTE 'SELECT ' || call INTO result;
	RETURN result;
END $$;
-- The error of a call: its SQLSTATE, message, and what else is said.
CREATE FUNCTION pg_temp.fault(call text, OUT state text, OUT message text, OUT detail text, OUT hint text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'SELECT ' || call;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
END $$;

SELECT isnt(pg_temp.run(example), NULL, name || ' has an example that gives a value') FROM model ORDER BY name;
SELECT is_empty($$ SELECT model, name FROM input WHERE type IN ('double precision', 'integer') AND words IS NULL AND (lo IS NULL OR hi IS NULL) $$,
	'every number has a range');
SELECT is_empty($$ SELECT name FROM model WHERE level IS NULL OR evidence IS NULL OR citation IS NULL OR output IS NULL OR title_zh IS NULL OR licence IS NULL $$,
	'every shipped model says what it is and what it rests on');
SELECT is_empty($$ SELECT name FROM risk_model WHERE status = 'planned' AND (missing IS NULL OR level IS NOT NULL) $$, 'every planned model says what is missing');
SELECT is_empty($$ SELECT name FROM risk_model m WHERE (status = 'shipped') <> EXISTS (SELECT FROM pg_proc WHERE proname = m.name AND pronamespace = 'hbhealth'::regnamespace) $$,
	'what is shipped is a function, what is planned is none');

-- ----- NULL -----

SELECT is(pg_temp.run(pg_temp.call(model, jsonb_build_object(name, 'NULL'))), NULL, format('%s: NULL for %s gives NULL', model, name))
FROM input WHERE NOT optional ORDER BY model, place;
SELECT is(pg_temp.run(pg_temp.call(model, jsonb_build_object('on_range', 'NULL'))), NULL, format('%s: NULL for on_range gives NULL', model))
FROM input WHERE lo IS NOT NULL GROUP BY model ORDER BY model;
SELECT is(pg_temp.run(pg_temp.call(model, jsonb_build_object('sex', quote_literal('未知')))), NULL, model || ': a sex that is not known gives NULL')
FROM input WHERE name = 'sex' ORDER BY model;
SELECT is((pg_temp.fault(pg_temp.call(model, jsonb_build_object(name, quote_literal('nonsense'))))).state, '22023', format('%s: another word for %s is an error', model, name))
FROM input WHERE type = 'text' ORDER BY model, place;

-- ----- ranges -----

-- A value beside each limit, and the limit.
CREATE TEMP TABLE beside AS
SELECT model, name, narrowed, side, edge, CASE WHEN type = 'integer' THEN 1 ELSE 0.0314159 END * CASE side WHEN 'lo' THEN -1 ELSE 1 END + edge AS value
FROM input, LATERAL (VALUES ('lo', lo), ('hi', hi)) s(side, edge)
WHERE edge IS NOT NULL;
CREATE TEMP TABLE outside AS
SELECT b.*, f.* FROM beside b, pg_temp.fault(pg_temp.call(model, jsonb_build_object(name, value))) f;

SELECT is_empty($$ SELECT * FROM outside WHERE state IS DISTINCT FROM '22003' $$, 'a value outside its range is an error 22003');
SELECT is_empty($$ SELECT * FROM outside WHERE message <> format('argument "%s" of %s is out of range', name, model) $$, 'which names the argument and the model');
SELECT is_empty($$ SELECT * FROM outside WHERE detail NOT LIKE 'The model holds from % to %' $$, 'and the range');
SELECT is_empty($$ SELECT * FROM outside WHERE value::text ~ '\.' AND concat(message, detail, hint) LIKE '%' || value || '%' $$, 'but never the value');
SELECT is_empty($$ SELECT *, pg_temp.run(pg_temp.call(model, jsonb_build_object(name, value, 'on_range', '''null'''))) FROM beside
	WHERE pg_temp.run(pg_temp.call(model, jsonb_build_object(name, value, 'on_range', '''null'''))) IS NOT NULL $$, 'on_range null gives NULL');
-- A range that other inputs narrow ends before the published one.
SELECT is_empty($$ SELECT * FROM beside
	WHERE pg_temp.run(pg_temp.call(model, jsonb_build_object(name, value, 'on_range', '''clamp''')))
		IS DISTINCT FROM pg_temp.run(pg_temp.call(model, jsonb_build_object(name, edge) || CASE WHEN narrowed THEN '{"on_range": "''clamp''"}' ELSE '{}' END::jsonb)) $$,
	'on_range clamp gives the value at the limit, which is within the range');
SELECT is_empty($$ SELECT * FROM (SELECT model, name, (pg_temp.fault(pg_temp.call(model, jsonb_build_object(name, x, 'on_range', o)))).state
		FROM input, unnest('{''NaN'',''Infinity'',''-Infinity''}'::text[]) x, unnest('{''error'',''clamp''}'::text[]) o
		WHERE type = 'double precision' AND (x = '''NaN''' OR o = '''error''')) f WHERE state IS DISTINCT FROM '22003' $$,
	'NaN is in no range, and is never clamped; nor is an infinity in any');
SELECT is((pg_temp.fault(pg_temp.call('fib4', '{"age": "''NaN''"}'))).hint, 'on_range => ''null'' gives NULL instead of NaN.', 'and the hint does not offer that');
SELECT is_empty($$ SELECT * FROM (SELECT model, name, pg_temp.run(pg_temp.call(model, jsonb_build_object(name, value, 'on_range', '''null'''))) AS result
		FROM (SELECT model, name, '''NaN'''::text AS value FROM input WHERE type = 'double precision') x) r WHERE result IS NOT NULL $$, 'on_range null gives NULL for NaN');

-- ----- units -----

-- The value of the example in each other unit that people use; what is then outside the range is recognised.
CREATE TEMP TABLE mistaken AS
SELECT model, name, lo, hi, v.value, u[1] AS unit, u[3] AS expression, v.value / u[2]::float8 - coalesce(u[4], '0')::float8 AS wrong
FROM input, regexp_split_to_table(mistake, ';') one, LATERAL (SELECT string_to_array(one, '|') AS u) s, LATERAL (SELECT pg_temp.run(input.value)::float8 AS value) v
WHERE input.value IS NOT NULL AND mistake IS NOT NULL;

SELECT is_empty($$ SELECT * FROM (SELECT m.*, f.hint FROM mistaken m, pg_temp.fault(pg_temp.call(model, jsonb_build_object(name, wrong))) f) t
	WHERE wrong NOT BETWEEN lo AND hi AND hint IS DISTINCT FROM format('The value looks like %s: write %s.', unit, expression) $$,
	'a value that looks like another unit is refused with a hint how to convert it');
SELECT is_empty($$ SELECT * FROM mistaken WHERE abs(pg_temp.run(regexp_replace(expression, '\mx\M', wrong::text))::float8 / value - 1) > 1e-5 $$,
	'the hint converts');
SELECT is_empty($$ SELECT * FROM mistaken WHERE wrong BETWEEN lo AND hi AND name <> 'bili' $$, 'no example would pass in another unit, but for bilirubin, which some have at 3 umol/L and others at 3 mg/dL');
SELECT results_eq($$ SELECT hint FROM pg_temp.fault('china_par(sex => ''male'', age => 55, sbp => 148, bp_treated => true, tc => 200, hdl => 1.1, waist => 92,
	smoker => true, diabetes => false, north => true, urban => false, family_history => false)') $$,
	$$ VALUES ('The value looks like mg/dL: write mgdl_to_mmol(''tc'', x).') $$, 'total cholesterol of 200 is in mg/dL');
SELECT ok(abs(mmol_to_mgdl(analyte, mgdl_to_mmol(analyte, 123.4)) - 123.4) < 1e-9 AND abs(umol_to_mgdl(analyte, mgdl_to_umol(analyte, 123.4)) - 123.4) < 1e-9
	AND abs(mgdl_to_umol(analyte, 1) / mgdl_to_mmol(analyte, 1) - 1000) < 1e-9, analyte || ' is converted there and back')
FROM unnest('{tc,hdl,ldl,non_hdl,tg,glucose,creatinine,bilirubin,phosphate,calcium,magnesium,urea,bun,uric_acid}'::text[]) analyte;
SELECT ok(abs(result - expected) < 1e-9 * expected, what) FROM (VALUES
	(mgdl_to_mmol('tc', 38.67), 1.0::float8, 'cholesterol, 38.67'), (mgdl_to_mmol('tg', 88.57), 1, 'triglycerides, 88.57'), (mgdl_to_mmol('glucose', 18.016), 1, 'glucose, 18.016'),
	(mgdl_to_umol('creatinine', 1), 88.4, 'creatinine, 88.4'), (mgdl_to_umol('bilirubin', 1), 17.1, 'bilirubin, 17.1'), (mmol_to_mgdl('phosphate', 1), 3.097, 'phosphate, 3.097'),
	(mmol_to_mgdl('calcium', 1), 4.008, 'calcium, 4.008')) v(result, expected, what);

-- ----- classes -----

SELECT is(pg_temp.run(pg_temp.call(name, '{}', '_class')), pg_temp.run(format('%I(%s)', name || '_class', pg_temp.call(name))), name || ': the class of the person is that of the value')
FROM model m WHERE EXISTS (SELECT FROM pg_proc p WHERE p.proname = m.name || '_class' AND p.pronargs = 1) ORDER BY name;
-- Beside each cut: at it and the next number before it; the cut is the lower end of a class unless it is marked as the upper end of the one before.
SELECT is(pg_temp.run(format('%I(%L)', name || '_class', CASE WHEN returns = 'int4' THEN at::int - before ELSE at - before * abs(at) * 1e-15 END)),
	classes[no + CASE WHEN cut LIKE '%=' THEN 0 ELSE 1 - before END], format('%s_class: %s %s', name, CASE before WHEN 1 THEN 'before' ELSE 'at' END, at))
FROM model m, unnest(cuts) WITH ORDINALITY c(cut, no), LATERAL (SELECT rtrim(cut, '=')::float8 AS at) a, generate_series(0, 1) before
WHERE EXISTS (SELECT FROM pg_proc p WHERE p.proname = m.name || '_class' AND p.pronargs = 1) ORDER BY name, no, before;

-- ----- plans -----

-- The inputs as columns of a row, and as parameters of a generic plan: nothing is a constant of the query.
CREATE FUNCTION pg_temp.columns_of(model text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE query text; result text;
BEGIN
	SELECT format('SELECT %I(%s)::text FROM (SELECT %s OFFSET 0) x', $1, string_agg(format('%1$s => x.%1$I', name), ', '), string_agg(format('(%s)::%s AS %I', value, type, name), ', '))
	FROM input i WHERE i.model = $1 AND i.value IS NOT NULL INTO query;
	EXECUTE query INTO result;
	RETURN result;
END $$;
CREATE FUNCTION pg_temp.prepared(model text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE statement text; call text; result text;
BEGIN
	SELECT format('PREPARE risk_statement (%s) AS SELECT %I(%s)::text AS result', string_agg(type, ', ' ORDER BY place), $1, string_agg(name || ' => $' || n, ', ' ORDER BY place)),
		format('CREATE TEMP TABLE risk_result AS EXECUTE risk_statement (%s)', string_agg(value, ', ' ORDER BY place))
	FROM (SELECT *, row_number() OVER (ORDER BY place) AS n FROM input i WHERE i.model = $1 AND i.value IS NOT NULL) i INTO statement, call;
	EXECUTE statement;
	EXECUTE call;
	EXECUTE 'SELECT result FROM risk_result' INTO result;
	DEALLOCATE risk_statement;
	DROP TABLE risk_result;
	RETURN result;
END $$;
SET LOCAL plan_cache_mode = force_generic_plan;
SELECT is(pg_temp.columns_of(name), pg_temp.run(example), name || ' of columns') FROM model ORDER BY name;
SELECT is(pg_temp.prepared(name), pg_temp.run(example), name || ' prepared') FROM model ORDER BY name;
RESET plan_cache_mode;

-- Workers give what one process gives.
CREATE TABLE person AS
SELECT (ARRAY['male', 'female'])[1 + i % 2] AS sex, 35 + i % 40 AS age, 90 + i % 110 AS sbp, i % 3 = 0 AS flag, 3 + i % 50 / 10.0 AS tc, 0.8 + i % 17 / 10.0 AS hdl,
	60 + i % 60 AS waist, 17 + i % 25 AS rr, (ARRAY['A', 'V'])[1 + i % 2] AS acvpu, 18 + i % 20 AS bmi
FROM generate_series(1, 20000) i;
ANALYZE person;
CREATE TEMP VIEW summary AS
	SELECT concat_ws(' ', sum(china_par(sex => sex, age => age, sbp => sbp, bp_treated => flag, tc => tc, hdl => hdl, waist => waist, smoker => flag, diabetes => flag,
		north => flag, urban => flag, family_history => flag)::numeric(20, 12)), sum(news2(rr => rr, spo2 => 95, o2 => flag, sbp => sbp, hr => sbp, acvpu => acvpu, temp => 37)),
		count(*) FILTER (WHERE ws428_bmi(bmi) = 'obese'), sum(egfr_ckdepi_2021(sex => sex, age => age, scr => sbp)::numeric(20, 9))) AS sums FROM person;
CREATE TEMP TABLE serial AS SELECT * FROM summary;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
CREATE FUNCTION pg_temp.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT ok(bool_or(line LIKE '%Partial Aggregate%'), 'sums of risks run in workers')
FROM pg_temp.plan('SELECT * FROM summary') line;
CREATE TEMP TABLE parallel AS SELECT * FROM summary;
SELECT results_eq('TABLE parallel', 'TABLE serial', 'and gives what one process gives');

-- ----- values -----

-- Any value of an input, as SQL; an optional one is sometimes NULL.
CREATE FUNCTION pg_temp.any_value(i input) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN i.optional THEN format('CASE WHEN random() > 0.3 THEN %s END', value) ELSE value END || '::' || i.type
	FROM (SELECT CASE WHEN i.name = 'sex' THEN '(ARRAY[''male'', ''female''])[1 + floor(2 * random())]'
		WHEN i.words IS NOT NULL THEN format('(%L::text[])[1 + floor(%s * random())]', i.words, cardinality(i.words))
		WHEN i.type = 'boolean' THEN '(random() < 0.5)'
		WHEN i.type = 'integer' THEN format('(%s + floor(%s * random()))', i.lo, i.hi - i.lo + 1)
		ELSE format('(%s + %s * random())', i.lo, i.hi - i.lo) END AS value) v
$$;
-- How many of many persons have a value, the least and the greatest, and the words.
CREATE FUNCTION pg_temp.many(model text, OUT n bigint, OUT lo float8, OUT hi float8, OUT words text[]) LANGUAGE plpgsql AS $$
DECLARE query text;
BEGIN
	SELECT format('SELECT count(r), %s FROM (SELECT %I(%s%s) AS r FROM (SELECT %s FROM generate_series(1, 400) OFFSET 0) x) y',
		CASE WHEN m.returns = 'text' THEN 'NULL::float8, NULL::float8, array_agg(DISTINCT r)' WHEN m.returns = 'bool' THEN 'min(r::int), max(r::int), NULL::text[]' ELSE 'min(r), max(r), NULL::text[]' END,
		$1, string_agg(format('%1$s => x.%1$I', i.name), ', '), CASE WHEN bool_or(narrowed) THEN ', on_range => ''clamp''' ELSE '' END,
		string_agg(format('%s AS %I', pg_temp.any_value(i), i.name), ', '))
	FROM input i JOIN model m ON m.name = i.model WHERE i.model = $1 GROUP BY m.returns INTO query;
	EXECUTE query INTO n, lo, hi, words;
END $$;
CREATE TEMP TABLE seen AS SELECT m.name, m.returns, m.classes, s[1]::float8 AS least, s[2]::float8 AS most, v.*
FROM model m CROSS JOIN pg_temp.many(m.name) v LEFT JOIN regexp_matches(m.output, '^[^\d-]*(-?\d[\d.]*) to (\d[\d.]*)') s ON true;

SELECT is_empty($$ SELECT * FROM seen WHERE lo < least OR hi > most $$, 'no value is outside what the catalogue says');
SELECT is_empty($$ SELECT * FROM seen WHERE returns = 'text' AND NOT array_remove(words, NULL) <@ classes $$, 'no class is another than the catalogue says');
-- Nearly all who have any number of exacerbations have two or more, and nearly all with any vital signs are ill.
SELECT is_empty($$ SELECT * FROM seen WHERE n < 200 OR name NOT IN ('gold_abe_2023', 'news2_red') AND hi IS NOT DISTINCT FROM lo AND coalesce(cardinality(words), 1) = 1 OR hi IN ('Infinity', 'NaN') $$,
	'every model gives most persons a value, not all the same, and a finite one');
SELECT is_empty($$ SELECT name FROM seen WHERE least IS NULL AND returns IN ('float8', 'int4')
		AND name NOT LIKE 'egfr%' AND name NOT IN ('cn_bp_grade', 'cn_lipid2023_ldl_target', 'fib4', 'apri', 'albi', 'amap', 'meld') $$, 'the catalogue says the range of every number');

-- More of one input, all else equal, never gives less (+) or never more (-).
CREATE FUNCTION pg_temp.violations(model text, input text, direction text, fixed jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE query text; result bigint; call text;
BEGIN
	SELECT format('%I(%s%s)', $1, string_agg(format('%s => %s', i.name, CASE WHEN i.name = $2 THEN '%s' ELSE 'x.' || i.name END), ', '),
			CASE WHEN bool_or(narrowed) THEN ', on_range => ''clamp''' ELSE '' END),
		format('FROM (SELECT %s, %s AS other FROM generate_series(1, 300) OFFSET 0) x',
			string_agg(format('%s AS %I', coalesce(fixed->>i.name, pg_temp.any_value(i)), i.name), ', '), max(pg_temp.any_value(i)) FILTER (WHERE i.name = $2))
	FROM input i WHERE i.model = $1 INTO call, query;
	query := format('SELECT count(*) FILTER (WHERE (%s - %s) %s 1e-12) %s', format(call, format('greatest(x.%I, x.other)', $2)), format(call, format('least(x.%I, x.other)', $2)),
		CASE direction WHEN '+' THEN '< -' ELSE '>' END, query);
	EXECUTE query INTO result;
	RETURN result;
END $$;
SELECT is(pg_temp.violations(model, input, direction, fixed::jsonb), 0::bigint, format('%s is never %s with %s', model, CASE direction WHEN '+' THEN 'less' ELSE 'more' END, input))
FROM (VALUES
	('china_par', 'tc', '+', '{}'), ('china_par', 'hdl', '-', '{}'), ('china_par', 'sbp', '+', '{}'), ('china_par', 'age', '+', '{"smoker": "false", "family_history": "false", "sbp": "130.0::float8"}'), ('china_par', 'diabetes', '+', '{}'), ('china_par', 'north', '+', '{}'),
	('who2019_lab', 'sbp', '+', '{}'), ('who2019_lab', 'tc', '+', '{"age": "60"}'), ('who2019_lab', 'smoker', '+', '{}'), ('who2019_lab', 'dm', '+', '{}'),
	('prevent', 'age', '+', '{"years": "10", "sbp": "120.0::float8", "tc": "5.0::float8", "hdl": "1.3::float8", "dm": "false", "smoker": "false", "bmi": "25.0::float8", "egfr": "90.0::float8"}'), ('prevent', 'egfr', '-', '{"age": "55", "outcome": "''total_cvd''"}'), ('prevent', 'smoker', '+', '{}'), ('prevent', 'uacr', '+', '{"outcome": "''ascvd''"}'),
	('framingham2008_lipid', 'sbp', '+', '{}'), ('framingham2008_lipid', 'hdl', '-', '{}'), ('framingham2008_bmi', 'bmi', '+', '{}'), ('framingham2008_bmi', 'age', '+', '{}'),
	('score2', 'age', '+', '{"sbp": "130.0::float8", "tc": "5.0::float8", "hdl": "1.3::float8"}'), ('score2', 'smoker', '+', '{}'), ('score2dm', 'smoker', '+', '{}'),
	('cha2ds2_vasc', 'age', '+', '{}'), ('cha2ds2_va', 'age', '+', '{}'), ('abcd2', 'minutes', '+', '{}'), ('essen', 'age', '+', '{}'), ('cn_bp_grade', 'sbp', '+', '{}'),
	('ncdrs', 'age', '+', '{}'), ('ncdrs', 'sbp', '+', '{}'), ('ncdrs', 'bmi', '+', '{}'), ('ncdrs', 'waist', '+', '{}'), ('findrisc', 'bmi', '+', '{}'), ('findrisc', 'waist', '+', '{}'), ('findrisc', 'active', '-', '{}'),
	('ada2009', 'age', '+', '{}'), ('ada2009', 'bmi', '+', '{}'), ('mets_cds2020', 'waist', '+', '{}'), ('mets_cds2020', 'hdl', '-', '{}'), ('mets_cds2004', 'tg', '+', '{}'), ('mets_idf_harmonized', 'tg', '+', '{}'),
	('egfr_ckdepi_2009', 'scr', '-', '{}'), ('egfr_ckdepi_2021', 'scr', '-', '{}'), ('egfr_ckdepi_2021', 'age', '-', '{}'), ('egfr_ckdepi_2012_cys', 'cys', '-', '{}'), ('egfr_ckdepi_2012_crcys', 'scr', '-', '{}'),
	('egfr_ckdepi_2021_crcys', 'cys', '-', '{}'), ('egfr_mdrd', 'scr', '-', '{}'), ('kfre4', 'egfr', '-', '{}'), ('kfre4', 'acr_mg_g', '+', '{}'), ('kfre6', 'htn', '+', '{}'), ('kfre8', 'albumin', '-', '{}'), ('kfre8', 'phosphate', '+', '{}'),
	('fib4', 'age', '+', '{}'), ('fib4', 'plt', '-', '{}'), ('apri', 'ast', '+', '{}'), ('albi', 'bili', '+', '{}'), ('albi', 'alb', '-', '{}'), ('child_pugh', 'bili', '+', '{}'), ('child_pugh', 'alb', '-', '{}'), ('child_pugh', 'inr', '+', '{}'),
	('meld', 'bili', '+', '{}'), ('meld', 'inr', '+', '{}'), ('meld', 'cr', '+', '{}'), ('meld', 'dialysis', '+', '{}'), ('meld_na', 'inr', '+', '{}'), ('meld3', 'bili', '+', '{}'), ('meld3', 'alb', '-', '{"cr": "88.4::float8", "dialysis": "false"}'),
	('amap', 'plt', '-', '{}'), ('page_b', 'plt', '-', '{}'), ('mpage_b', 'alb', '-', '{}'), ('mpage_b', 'age', '+', '{}'), ('gold_grade', 'fev1_pct', '-', '{}'), ('copd_ps', 'phlegm', '+', '{}'), ('copd_ps', 'age', '+', '{}'),
	('plcom2012', 'cpd', '+', '{}'), ('plcom2012', 'years', '+', '{}'), ('plcom2012', 'quit', '-', '{"current": "false"}'), ('qsofa', 'sbp', '-', '{}'), ('qsofa', 'gcs', '-', '{}'), ('news2', 'o2', '+', '{"scale2": "false"}'))
	v(model, input, direction, fixed);

SELECT * FROM finish();
ROLLBACK;
