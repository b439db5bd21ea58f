-- The registry on the base schema: what is known of a person, who is asked what, and with whose rights.
\pset fieldsep '\n'
BEGIN;
SET LOCAL client_min_messages = warning;
SELECT no_plan();
CALL create_base_schema('we"ird');
SET LOCAL search_path = public, hbhealth, "we""ird_ehr", "we""ird_emr", "we""ird_pop";

-- Persons 1 and 2 have all that China-PAR asks; the others lack something, each something else.
INSERT INTO person (pid, sex, birth, death) VALUES
	(1, '1', '1968-06-15', NULL), (2, '2', '1960-01-01', NULL), (3, '1', '1968-06-15', NULL), (4, '1', '1968-06-15', '2023-12-31'),
	(5, '1', '1994-01-01', NULL), (6, '2', '1950-01-01', NULL), (7, '1', '2006-01-02', NULL), (8, '1', '2006-01-01', NULL), (9, '9', '1968-06-15', NULL),
	(10, '1', '1968-06-15', '2024-01-01'), (11, '2', '1968-06-15', NULL);
INSERT INTO residence (pid, kind, area, during)
SELECT pid, kind, CASE WHEN kind = '2' THEN '420106' ELSE '420303' END::cn_division, '[2015-01-01,)' FROM person, unnest('{1,2,3}'::text[]) kind WHERE pid <> 2;
INSERT INTO residence VALUES (2, '2', '420106', '[2015-01-01,2020-01-01)'), (2, '2', '420921', '[2020-01-01,)');
INSERT INTO profile (pid, hx, fam, env)
SELECT pid, '{}', NULL, '{"smoker": true, "family_ascvd": false}'::jsonb FROM person WHERE pid NOT IN (2, 5, 6)
UNION ALL VALUES (2::bigint, '{}'::icd10[], '{"father": ["I63.900"], "siblings": []}'::jsonb, '{"smoker": "unknown"}'::jsonb),
	(5, '{}', '{"mother": ["E11"]}', NULL), (6, '{I25.201}', NULL, '{"smoker": false, "family_ascvd": false}');
INSERT INTO obs (pid, at, code, val, unit, src)
SELECT pid, '2023-03-01 09:00', code, val, NULL, 'exam' FROM person,
	(VALUES ('sbp', 150), ('dbp', 92), ('tc', 5.6), ('hdl', 1.1), ('ldl', 3.2), ('tg', 1.7), ('waist', 92), ('bmi', 26), ('scr', 90), ('glu', 5.5)) v(code, val)
WHERE pid < 11;
-- later, but of the day itself, too old, or in another unit
INSERT INTO obs (pid, at, code, val, unit, src) VALUES (1, '2024-01-01 00:00', 'sbp', 199, NULL, 'exam'), (2, '2018-12-31 23:59', 'smoke', 2, NULL, 'exam'),
	(1, '2023-10-01 09:00', 'tc', 5.1, 'mmol/L', 'exam'), (1, '2023-11-01 09:00', 'tc', 190, 'mg/dL', 'exam'), (2, '2023-02-01 09:00', 'smoke', 1, NULL, 'exam');
DELETE FROM obs WHERE pid = 3 AND code IN ('waist', 'hdl');
UPDATE obs SET val = 65 WHERE pid = 9 AND code = 'sbp';
-- a visit with laboratory values, diagnoses and drugs; a card with follow-up
INSERT INTO enc (enc_id, pid, kind, at) VALUES (1, 1, 'op', '[2023-12-01 10:00,2023-12-01 11:00)'), (2, 6, 'op', '[2021-05-01 10:00,2021-05-01 11:00)'),
	(3, 6, 'op', '[2024-02-01 10:00,2024-02-01 11:00)'), (4, 11, 'op', '[2023-06-01 10:00,2023-06-01 11:00)');
INSERT INTO lab (enc_id, code, val, unit, at) VALUES (1, 'hdl', 1.4, 'mmol/L', '2023-12-01 10:30'), (1, 'hba1c', 6.6, '%', '2023-12-01 10:30');
INSERT INTO dx (enc_id, seq, kind, icd10) VALUES (2, 1, '1', 'I63.900'), (3, 1, '1', 'I48.x00'), (4, 1, '1', 'I48.x00'), (4, 2, '1', 'I50.900'), (4, 3, '1', 'N18.300');
INSERT INTO obs (pid, at, code, val, src) VALUES (11, '2023-06-01 10:00', 'scr', 160, 'exam'), (11, '2023-06-01 10:00', 'uacr', 400, 'exam');
INSERT INTO med (enc_id, seq, atc, drug) VALUES (1, 1, 'C08CA01', 'amlodipine'), (2, 1, 'C10AA05', 'atorvastatin'), (4, 1, 'A10BA02', 'metformin');
INSERT INTO card (pid, disease, opened) VALUES (2, 'HTN', '2022-01-01'), (3, 'DM2', '2024-01-01');
INSERT INTO followup (pid, disease, at, sbp, dbp, smoke) VALUES (2, 'HTN', '2023-09-01', 138, 84, 10);

CREATE TEMP TABLE p AS SELECT * FROM risk_persons('we"ird', '2024-01-01');
CREATE TEMP TABLE r AS SELECT * FROM risk_registry('we"ird', '2024-01-01');

SELECT set_eq('SELECT pid FROM p', '{1,2,3,5,6,8,9,10,11}'::bigint[], 'adults alive the day before, with a measurement');
SELECT results_eq('SELECT pid, age FROM p ORDER BY pid', 'VALUES (1::bigint, 55), (2, 64), (3, 55), (5, 30), (6, 74), (8, 18), (9, 55), (10, 55), (11, 55)', 'age in completed years');
SELECT results_eq('SELECT sbp, tc, hdl, hba1c, first, last FROM p WHERE pid = 1',
	$$VALUES (150::float8, 5.1::float8, 1.4::float8, 6.6::float8, '2023-03-01'::date, '2023-12-01'::date)$$, 'the latest before the day, in the unit of the item, from observations and laboratory');
SELECT results_eq('SELECT sbp, dbp, smoker FROM p WHERE pid = 2', 'VALUES (138::float8, 84::float8, true)', 'and from follow-up');
SELECT results_eq('SELECT north, urban FROM p WHERE pid IN (1, 2) ORDER BY pid', 'VALUES (false, true), (true, false)', 'where they live now, not where they are registered');
SELECT results_eq('SELECT pid, family_ascvd, family_diabetes FROM p WHERE pid IN (1, 2, 5, 11) ORDER BY pid',
	'VALUES (1::bigint, false, NULL::boolean), (2, true, false), (5, false, true), (11, false, NULL)', 'family history as answered, or by codes of relatives');
SELECT results_eq('SELECT pid, smoker FROM p WHERE pid IN (5, 6, 8) ORDER BY pid', 'VALUES (5::bigint, NULL::boolean), (6, false), (8, true)', 'smoking by the profile, not known without');
SELECT results_eq('SELECT pid, htn, bp_treated, known_dm, dm, statin FROM p WHERE pid IN (1, 2, 3, 6, 11) ORDER BY pid',
	'VALUES (1::bigint, true, true, false, true, false), (2, true, false, false, false, false), (3, false, false, false, false, false),
		(6, false, false, false, false, false), (11, false, false, true, true, false)', 'drugs of the last year, cards opened by then, diabetes by HbA1c');
SELECT results_eq('SELECT pid, cvd, severe_events, stroke, vasc, af, chf, ckd, ckd34 FROM p WHERE pid IN (1, 6, 11) ORDER BY pid',
	'VALUES (1::bigint, false, 0, false, false, false, false, false, false), (6, true, 2, true, true, false, false, false, true),
		(11, false, 0, false, false, true, true, true, true)', 'diagnoses before the day, the profile, and the filtration rate');

-- Each answer is that of the function itself.
SELECT is(value, china_par(sex => 'male', age => 55, sbp => 150, bp_treated => true, tc => 5.1, hdl => 1.4, waist => 92, smoker => true, diabetes => true,
		north => false, urban => true, family_history => false), 'china_par of person 1'), is(class, china_par_class(value)), is(missing || outside, '{}'),
	is(oldest, '2023-03-01'::date), is(latest, '2023-12-01'::date, 'and the days of what it used')
FROM r WHERE pid = 1 AND model = 'china_par';
SELECT is(value, china_par(sex => 'female', age => 64, sbp => 138, bp_treated => false, tc => 5.6, hdl => 1.1, waist => 92, smoker => true, diabetes => false,
		north => true, urban => false, family_history => true), 'china_par of person 2'), is(latest, '2023-09-01'::date)
FROM r WHERE pid = 2 AND model = 'china_par';
SELECT results_eq($$SELECT value, class, missing, outside FROM r WHERE pid = 3 AND model = 'china_par'$$, $$VALUES (NULL::float8, NULL::text, '{hdl,waist}'::text[], '{}'::text[])$$, 'what is missing');
SELECT results_eq($$SELECT value, class, missing, outside FROM r WHERE pid = 9 AND model = 'china_par'$$, $$VALUES (NULL::float8, NULL::text, '{sex}'::text[], '{sbp}'::text[])$$, 'what is out of range');
SELECT set_eq($$SELECT pid FROM r WHERE model = 'china_par'$$, '{1,2,3,9,10,11}'::bigint[], 'the young and those with cardiovascular disease are not asked');
SELECT is((SELECT class FROM r WHERE pid = 6 AND model = 'cn_lipid2023'), 'ultra-high', 'two severe events');
SELECT is((SELECT value FROM r WHERE pid = 11 AND model = 'cha2ds2_vasc'), 3::float8, 'woman, heart failure, diabetes'), is((SELECT count(*) FROM r WHERE model = 'cha2ds2_vasc'), 1::bigint);
SELECT is((SELECT value FROM r WHERE pid = 11 AND model = 'kfre4'), kfre4('female', 55, egfr_ckdepi_2021('female', 55, 160), 400), 'kfre4 from creatinine'),
	is((SELECT class FROM r WHERE pid = 11 AND model = 'kdigo_risk'), 'very high');
SELECT is((SELECT value FROM r WHERE pid = 5 AND model = 'ncdrs'), ncdrs('male', 30, 150, 26, 92, true)::float8, 'ncdrs with its own family history'),
	is((SELECT count(*) FROM r WHERE pid = 11 AND model = 'ncdrs'), 0::bigint, 'not for known diabetes');
SELECT is((SELECT class FROM r WHERE pid = 1 AND model = 'cn_bp_grade'), 'grade 1');
SELECT results_eq('SELECT DISTINCT model FROM r ORDER BY model', 'SELECT model FROM risk_registry_rows() ORDER BY model', 'every model of the registry has answers');
SELECT is_empty($$SELECT * FROM r WHERE (value IS NULL AND class IS NULL) <> (missing <> '{}' OR outside <> '{}')$$, 'no answer without a reason, no reason with an answer');
SELECT set_eq($$SELECT DISTINCT model FROM risk_registry('we"ird', '2024-01-01', models => '{fib4,china_par}')$$, '{fib4,china_par}'::text[], 'only models asked for');
SELECT is((SELECT value FROM risk_registry('we"ird', '2024-01-01', '30 days') WHERE pid = 1 AND model = 'china_par'), NULL, 'older measurements do not count');
SELECT throws_ok($$SELECT * FROM risk_registry(models => '{china_par,nosuch}')$$, '22023', NULL, 'a model that is not asked');
SELECT throws_ok($$SELECT * FROM risk_registry('nosuch')$$, '42P01', NULL, 'no such schema');
SELECT is((SELECT count(*) FROM risk_registry('we"ird', NULL)), 0::bigint, 'NULL gives no row');

-- Every model of the registry is one, and what it must have is there; facts name inputs that exist.
SELECT is_empty($$SELECT g.model, i.name FROM risk_registry_rows() g JOIN risk_input i USING (model)
	WHERE NOT i.optional AND i.preset IS NULL AND NOT EXISTS (SELECT FROM risk_fact_rows() f WHERE f.input = i.name AND coalesce(f.model, g.model) = g.model)$$,
	'no required argument is left out');
SELECT is_empty($$SELECT * FROM risk_fact_rows() f WHERE NOT EXISTS (SELECT FROM risk_input i JOIN risk_registry_rows() g USING (model)
	WHERE i.name = f.input AND coalesce(f.model, g.model) = g.model)$$, 'no fact is idle');
SELECT is_empty($$SELECT model FROM risk_registry_rows() EXCEPT SELECT name FROM risk_model WHERE status = 'shipped'$$, 'models are shipped');

-- The rights of the caller, and workers.
CREATE ROLE risk_nobody;
GRANT USAGE ON SCHEMA hbhealth TO risk_nobody;
SET LOCAL ROLE risk_nobody;
SELECT throws_ok($$SELECT * FROM hbhealth.risk_registry('we"ird')$$, '42501', NULL, 'no right to the data, no registry');
RESET ROLE;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT bag_eq('SELECT * FROM r', $$SELECT * FROM risk_registry('we"ird', '2024-01-01')$$, 'workers give the same');
CREATE FUNCTION pg_temp.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT ok(bool_or(p LIKE '%Gather%'), 'the query behind it takes workers') FROM pg_temp.plan(risk_person_query('we"ird', '2024-01-01', '5 years', '{sbp}')) p;

-- ----- north and south, town and country -----

SELECT is(china_par_north(d::cn_division), north, 'north: ' || d)
FROM (VALUES ('420102', true), ('420106', false), ('420106001001', false), ('4203', true), ('420304', true), ('420500', NULL), ('42', NULL), ('420504', false), ('421022', false),
	('421083', true), ('422823', false), ('429021', true), ('110105', true), ('310115', false), ('320106', NULL), ('440305', false)) v(d, north);
SELECT is_empty($$SELECT code FROM cn_division_list('infinity') WHERE code <@ '42' AND cn_division_level(code) = 'county' AND cn_division_name(code) <> '市辖区' AND china_par_north(code) IS NULL$$,
	'every county of Hubei has a side');
SELECT is(china_par_urban(d::cn_division), urban, 'urban: ' || d)
FROM (VALUES ('420106', true), ('420106005', true), ('420922', false), ('420981', false), ('420981001', true), ('420981101', false), ('429004', false), ('429004001', true),
	('42', NULL), ('420100', NULL), ('110105', true), ('420106005001', true)) v(d, urban);
INSERT INTO china_par_area VALUES ('32', true, NULL, 'site'), ('3201', false, NULL, 'site'), ('420504', true, NULL, 'site'), ('420922', NULL, true, 'site');
SELECT is(china_par_north('320106'), false, 'a site says of its divisions, the smallest counts'), is(china_par_north('320206'), true), is(china_par_north('420504'), true, 'before what is known'),
	is(china_par_urban('420922100'), true), is(china_par_north('420922'), true, 'a row that says nothing of it is passed over');
SELECT throws_ok($$INSERT INTO china_par_area VALUES ('33')$$, '23514', NULL, 'a row says something');

SELECT * FROM finish();
ROLLBACK;
