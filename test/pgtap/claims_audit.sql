-- The rule library on tables made by hand: each method finds what it should, and leaves what looks alike.
BEGIN;
SELECT no_plan();
SET client_min_messages = warning;
CALL create_base_schema('a"u');
CALL drop_base_keys('a"u');
SET search_path = public, "a""u_ins", hbhealth, pg_catalog;

INSERT INTO fixmedins_b (fixmedins_code, fixmedins_name, fixmedins_type, hosp_lv, kind, beds) VALUES
	('H1', 'h1', '1', '02', 'A', 2), ('H2', 'h2', '1', '08', 'C', 50), ('R1', 'r1', '2', NULL, 'R', NULL), ('R2', 'r2', '2', NULL, 'R', NULL), ('R3', 'r3', '2', NULL, 'R', NULL);
INSERT INTO med_list_b (med_list_codg, name, list_type, pric, pric_uplmt_amt, lmt_sex, lmt_age, lmt_hosp_lv, lmt_med_type, lmt_days, std_minutes) VALUES
	('001', 'bed', '201', 35, NULL, NULL, NULL, NULL, NULL, NULL, NULL), ('002', 'monitored bed', '201', 96, 100, NULL, NULL, NULL, NULL, NULL, NULL),
	('003', 'uterus', '201', 50, NULL, '2', NULL, NULL, NULL, NULL, NULL), ('004', 'for children', '201', 50, NULL, NULL, '[0,14)', NULL, NULL, NULL, NULL),
	('005', 'large hospitals', '201', 50, NULL, NULL, NULL, '{01,02,03,04}', NULL, NULL, NULL), ('006', 'in stays', '201', 50, NULL, NULL, NULL, NULL, '{21,22}', NULL, NULL),
	('007', 'HbA1c', '201', 60, NULL, NULL, NULL, NULL, NULL, NULL, NULL), ('008', 'operation', '201', 1000, NULL, NULL, NULL, NULL, NULL, NULL, 600),
	('009', 'other operation', '201', 800, NULL, NULL, NULL, NULL, NULL, NULL, 600), ('X1', 'tablet', '101', 8, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('X2', 'ampoule', '101', 8, NULL, NULL, NULL, NULL, NULL, 3, NULL);
INSERT INTO psn_b (psn_no, gend, brdy, die_date)
	SELECT 'P' || i, CASE WHEN i % 2 = 0 THEN '2' ELSE '1' END, date '1970-01-01' + i, CASE i WHEN 9 THEN date '2023-05-05' END FROM generate_series(1, 40) i;

-- A visit with its lines: item, count, price, hours after the beginning.
CREATE FUNCTION pg_temp.visit(id text, person int, place text, type text, begin timestamp, stop timestamp, lines jsonb DEFAULT '[]', diagnosis icd10 DEFAULT 'I10', more numeric DEFAULT 0)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO mdtrt_d (mdtrt_id, psn_no, gend, brdy, insutype, fixmedins_code, hosp_lv, begntime, endtime, med_type, dscg_maindiag_code)
	SELECT id, psn_no, gend, brdy, '390', place, (SELECT hosp_lv FROM fixmedins_b WHERE fixmedins_code = place), begin, stop, type, diagnosis FROM psn_b WHERE psn_no = 'P' || person;
	INSERT INTO setl_d (setl_id, mdtrt_id, setl_time, medfee_sumamt, vali_flag)
	SELECT 'S' || id, id, coalesce(stop, begin), coalesce(sum(round((l ->> 1)::numeric * (l ->> 2)::numeric, 2)), 0) + more, '1' FROM jsonb_array_elements(lines) l;
	INSERT INTO fee_list_d (setl_id, feedetl_sn, mdtrt_id, fee_ocur_time, cnt, pric, det_item_fee_sumamt, list_type, med_list_codg, bilg_dr_code, prd_days, trace_code)
	SELECT 'S' || id, 'F' || n, id, begin + (l ->> 3)::float8 * interval '1 hour', (l ->> 1)::numeric, (l ->> 2)::numeric, round((l ->> 1)::numeric * (l ->> 2)::numeric, 2),
		m.list_type, m.med_list_codg, l ->> 4, (l ->> 5)::numeric, l ->> 6
	FROM jsonb_array_elements(lines) WITH ORDINALITY e (l, n) JOIN med_list_b m ON m.med_list_codg = l ->> 0;
END $$;
-- What a rule finds, as subjects.
CREATE FUNCTION pg_temp.found(rule text, params jsonb DEFAULT '{}') RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(array_to_string(subject, '+'), ' ' ORDER BY subject) FROM audit_run(rule, 'a"u', params => params)
$$;

-- ----- items -----
SELECT pg_temp.visit('a1', 1, 'H1', '11', '2023-03-01 09:00', '2023-03-01 10:00', '[["003", 1, 50, 0], ["007", 1, 60, 0]]');		-- a man
SELECT pg_temp.visit('a2', 2, 'H1', '11', '2023-03-01 09:00', '2023-03-01 10:00', '[["003", 1, 50, 0], ["007", 1, 60, 0]]');		-- a woman
SELECT pg_temp.visit('a3', 1, 'H1', '11', '2023-03-02 09:00', '2023-03-02 10:00', '[["003", 1, 50, 0], ["003", -1, 50, 1]]');		-- refunded
SELECT is(pg_temp.found('item-sex'), 'Sa1+F1', 'an item for women');
UPDATE psn_b SET brdy = '2009-03-05' WHERE psn_no IN ('P3', 'P4');
SELECT pg_temp.visit('a4', 3, 'H1', '11', '2023-03-04 09:00', '2023-03-04 10:00', '[["004", 1, 50, 0]]');		-- the last day at 13
SELECT pg_temp.visit('a5', 4, 'H1', '11', '2023-03-05 09:00', '2023-03-05 10:00', '[["004", 1, 50, 0]]');		-- the birthday
SELECT is(pg_temp.found('item-age'), 'Sa5+F1', 'an item for children below 14');
SELECT pg_temp.visit('a6', 5, 'H2', '11', '2023-03-05 09:00', '2023-03-05 10:00', '[["005", 1, 50, 0], ["006", 1, 50, 0]]');
SELECT pg_temp.visit('a7', 5, 'H1', '21', '2023-03-06 09:00', '2023-03-07 10:00', '[["005", 1, 50, 0], ["006", 1, 50, 0]]');
SELECT is(pg_temp.found('item-level'), 'Sa6+F1', 'an item for large hospitals');
SELECT is(pg_temp.found('item-setting'), 'Sa6+F2', 'an item for stays');
SELECT pg_temp.visit('a8', 6, 'H1', '21', '2023-03-06 09:00', '2023-03-10 10:00', '[["X2", 1, 8, 0], ["X2", 1, 8, 24], ["X2", 1, 8, 48], ["X2", 1, 8, 49]]');
SELECT pg_temp.visit('a9', 7, 'H1', '21', '2023-03-06 09:00', '2023-03-10 10:00', '[["X2", 1, 8, 0], ["X2", 1, 8, 24], ["X2", 1, 8, 48], ["X2", 1, 8, 72]]');
SELECT is(pg_temp.found('item-course'), 'a9+X2', 'four days of a drug that is paid for three; twice a day is one day');
SELECT pg_temp.visit('b1', 8, 'H2', '11', '2023-03-05 09:00', '2023-03-05 10:00', '[["002", 2, 100, 0], ["002", 2, 100.5, 0]]');
SELECT is(pg_temp.found('over-price'), 'Sb1+F2', 'a price above the limit, not one at it');
SELECT is((SELECT amount FROM audit_run('over-price', 'a"u')), 1.00, 'the amount in question is what is above');
UPDATE fee_list_d SET det_item_fee_sumamt = 202 WHERE setl_id = 'Sb1' AND feedetl_sn = 'F2';
SELECT is(pg_temp.found('amount-mismatch'), 'Sb1+F2', 'an amount that is not the product');
SELECT is(pg_temp.found('settlement-mismatch'), 'Sb1', 'and a total that is not the sum');

-- ----- knowledge points -----
CREATE TEMP TABLE published (granule text, main_code text, main_name text, excluded_code text, excluded_name text, note text);
INSERT INTO published VALUES ('day', '002', 'monitored bed', '001', 'bed', 'contains the bed'), ('visit', '003', 'uterus', '007', '', NULL), ('week', '002', 'x', '001', 'y', NULL), ('day', NULL, NULL, '001', 'y', NULL);
SELECT results_eq($$ SELECT broken FROM audit_point_load('published', 'pair', 'test') ORDER BY 1 $$,
	$$ VALUES ('a pair has two codes and a granule: hour, 6 hours, day or visit'), ('a point has a code or a name') $$, 'rows that break a rule are returned');
SELECT results_eq($$ SELECT code COLLATE "default", other_code COLLATE "default", granule, transcribed, source FROM audit_point ORDER BY code $$, $$ VALUES ('002', '001', 'day', true, 'test'), ('003', '007', 'visit', true, 'test') $$, 'the others are loaded');
SELECT pg_temp.visit('c1', 10, 'H1', '21', '2023-04-01 22:00', '2023-04-03 10:00', '[["002", 1, 96, 0], ["001", 1, 35, 1], ["002", 1, 96, 3]]');	-- the third one on the next day
SELECT is(pg_temp.found('point-pair'), 'Sa1+F2+003 Sa2+F2+003 Sc1+F2+002', 'items that others exclude on a day, in a visit');
SELECT is((SELECT array_agg(amount || ' ' || (reasons ->> 'name') ORDER BY subject) FROM audit_run('point-pair', 'a"u')), '{60.00 HbA1c,60.00 HbA1c,35.00 bed}',
	'the excluded item is in question; a name that the list lacks is that of the catalogue');
UPDATE audit_point SET granule = '6 hours' WHERE code = '002';
SELECT is((SELECT reasons ->> 'excluding_charges' FROM audit_run('point-pair', 'a"u') WHERE mdtrt_id = 'c1'), '2', 'within six hours, also past midnight');
UPDATE audit_point SET granule = 'hour' WHERE code = '002';
SELECT is(pg_temp.found('point-pair'), 'Sa1+F2+003 Sa2+F2+003', 'less than an hour apart');
UPDATE audit_point SET code = '00', granule = 'day' WHERE code = '002';
SELECT ok(pg_temp.found('point-pair') LIKE '%Sc1+F2+002%', 'a beginning of codes stands for all of them');

CREATE TEMP TABLE frequency (code text, name text, "limit" text, days text, per text, note text);
INSERT INTO frequency VALUES ('007', 'HbA1c', '1', '15', NULL, NULL), ('003', 'x', 'many', NULL, '日', NULL), ('005', 'x', NULL, NULL, NULL, NULL), ('006', 'x', '2', NULL, '日', NULL);
SELECT results_eq($$ SELECT line ->> 'code', broken FROM audit_point_load('frequency', 'frequency', 'test') ORDER BY 1 $$,
	$$ VALUES ('003', 'a count is a number, days are a whole number above 0'), ('005', 'a point says something of its item that can be checked') $$, 'what cannot be checked is refused');
SELECT pg_temp.visit('d1', 11, 'H1', '11', '2023-06-01 09:00', '2023-06-01 10:00', '[["007", 1, 60, 0]]');
SELECT pg_temp.visit('d2', 11, 'H2', '11', '2023-06-15 09:00', '2023-06-15 10:00', '[["007", 1, 60, 0]]');	-- on the 15th day
SELECT pg_temp.visit('d3', 11, 'H1', '11', '2023-06-30 09:00', '2023-06-30 10:00', '[["007", 1, 60, 0], ["006", 2, 60, 0]]');	-- 15 days later
SELECT pg_temp.visit('d4', 12, 'H1', '21', '2023-06-30 09:00', '2023-07-01 10:00', '[["006", 2, 60, 0], ["006", 1, 60, 2]]');
SELECT is(pg_temp.found('point-frequency'), 'P11+007+2023-06-15 P12+006+2023-06-30', 'more often than paid in 15 days, in a day');

CREATE TEMP TABLE limits (limit_type text, generic_name text, value text);
INSERT INTO limits VALUES ('sex', 'tablet', '男'), ('age', 'tablet', '儿童'), ('setting', 'tablet', '住院'), ('hospital_level', 'ampoule', '二级'), ('insurance', 'ampoule', '生育'), ('course', 'ampoule', '2天'), ('colour', 'tablet', 'red');
SELECT results_eq($$ SELECT line ->> 'limit_type' FROM audit_point_load('limits', 'names', 'test') $$, $$ VALUES ('colour') $$, 'limits by name are loaded');
UPDATE audit_point SET list = CASE WHEN sex IS NOT NULL THEN 'sex' WHEN below_age IS NOT NULL THEN 'age' WHEN scene IS NOT NULL THEN 'setting' WHEN hosp_lv IS NOT NULL THEN 'hospital_level'
	WHEN insutype IS NOT NULL THEN 'insurance' ELSE 'course' END WHERE list = 'names';
SELECT pg_temp.visit('e1', 14, 'R1', '41', '2023-01-01 09:00', '2023-01-01 09:00', '[["X1", 1, 8, 0, null, 1], ["X2", 1, 8, 0]]');
SELECT is(pg_temp.found(rule), hits, rule) FROM (VALUES ('point-sex', 'Se1+F1'), ('point-age', 'Se1+F1'), ('point-setting', 'Se1+F1'), ('point-level', 'Se1+F2'), ('point-course', 'a8+X2 a9+X2')) v (rule, hits);
SELECT ok(pg_temp.found('point-insurance') LIKE '%Se1+F2%', 'a drug that maternity insurance pays');

CREATE TEMP TABLE groups (code text, name text, "group" text);
INSERT INTO groups VALUES ('008', 'operation', 'G'), ('009', 'other operation', 'G');
SELECT is_empty($$ SELECT * FROM audit_point_load('groups', 'second_operation', 'test') $$, 'groups of operations are loaded');
SELECT pg_temp.visit('f1', 15, 'H1', '21', '2023-02-01 09:00', '2023-02-05 09:00', '[["008", 1, 1000, 1], ["009", 1, 400, 2], ["009", 1, 800, 26]]');
SELECT pg_temp.visit('f2', 16, 'H1', '21', '2023-02-10 09:00', '2023-02-15 09:00', '[["008", 1, 1000, 1], ["009", 1, 500, 2]]');
SELECT is(pg_temp.found('point-second-operation'), 'Sf2+F2', 'a second operation at more than half its price; at half, and on another day, it is in order');
SELECT is((SELECT amount FROM audit_run('point-second-operation', 'a"u')), 100.00, 'the amount is what is above the half');

-- ----- stays -----
SELECT pg_temp.visit('g1', 17, 'H1', '21', '2023-08-01 09:00', '2023-08-10 09:00', '[["001", 1, 35, 1]]');
SELECT pg_temp.visit('g2', 17, 'H2', '21', '2023-08-08 09:00', '2023-08-12 09:00', '[["001", 1, 35, 1]]');	-- two days in common
SELECT pg_temp.visit('g3', 17, 'H2', '21', '2023-08-12 10:00', '2023-08-20 09:00', '[["001", 1, 35, 1]]', 'J18.9');	-- transfer on one day
SELECT pg_temp.visit('g4', 17, 'R1', '41', '2023-08-15 10:00', '2023-08-15 10:00', '[]');		-- a purchase in the middle
SELECT pg_temp.visit('g5', 17, 'H1', '11', '2023-08-20 10:00', '2023-08-20 10:00', '[]');		-- on the day of discharge
SELECT pg_temp.visit('g6', 17, 'H2', '21', '2023-09-04 09:00', '2023-09-06 09:00', '[["001", 1, 35, 1]]', 'J18.1');	-- 15 days later, the same category
SELECT pg_temp.visit('g7', 17, 'H2', '21', '2023-09-22 09:00', '2023-09-24 09:00', '[["001", 1, 35, 1]]', 'J18.1');	-- 16 days later
SELECT pg_temp.visit('g8', 18, 'H2', '21', '2023-09-01 09:00', '2023-09-02 09:00', '[["001", 1, 35, 1]]', 'Z51.1');
SELECT pg_temp.visit('g9', 18, 'H2', '21', '2023-09-10 09:00', '2023-09-11 09:00', '[["001", 1, 35, 1]]', 'Z51.1');	-- a planned cycle
SELECT is(pg_temp.found('stay-overlap'), 'g2+g1', 'stays that overlap');
SELECT is(pg_temp.found('visit-in-stay'), 'g4+g3', 'a purchase during a stay');
SELECT is(pg_temp.found('split-stay'), 'g6', 'split stays: the same hospital and category, within 15 days');
SELECT is(pg_temp.found('split-stay', '{"max_gap": 16, "exclude": ""}'), 'g6 g7 g9', 'split stays with other parameters');
SELECT is(pg_temp.found('readmission'), 'f1 g6 g7', 'readmissions; not on the day of discharge') FROM (SELECT pg_temp.visit('f0', 15, 'H2', '21', '2023-01-28 09:00', '2023-01-30 09:00', '[["001", 1, 35, 1]]')) s;
SELECT pg_temp.visit('h1', 19, 'H2', '21', '2023-10-01 09:00', '2023-10-05 09:00', '[["001", 1, 35, 47]]');
SELECT pg_temp.visit('h2', 20, 'H2', '21', '2023-10-01 09:00', '2023-10-05 09:00', '[["001", 1, 35, 48]]');
SELECT pg_temp.visit('h3', 21, 'H2', '21', '2023-10-01 09:00', '2023-10-02 09:00', '[]');
SELECT is(pg_temp.found('idle-stay'), 'h2', 'nothing charged for 48 hours');
SELECT pg_temp.visit('i' || n || '-' || p, p, 'H2', '21', date '2022-01-01' + n * 93 + (p = 23)::int * n * n * 4 + time '09:00', date '2022-01-01' + n * 93 + (p = 23)::int * n * n * 4 + 90 + time '09:00', '[["001", 1, 35, 1]]', 'F20.9')
FROM generate_series(0, 3) n, (VALUES (22), (23)) v (p);
SELECT is(pg_temp.found('stay-cycle'), 'P22+H2+i0-22', 'stays of ninety days, three days apart');
SELECT pg_temp.visit('j' || p, p, 'H2', '21', '2023-11-01 09:00'::timestamp + p * interval '1 minute', '2023-11-04 10:00', '[["001", 1, 35, 1]]', 'M54.5') FROM generate_series(24, 28) p;
SELECT pg_temp.visit('k' || p, p, 'H2', '21', '2023-12-01 09:00', '2023-12-04 10:00', '[["001", 1, 35, 1]]', 'M54.5') FROM generate_series(24, 27) p;
SELECT is(pg_temp.found('coadmission'), 'H2+2023-11-01+2023-11-04', 'five admitted and discharged together, not four');
SELECT is(pg_temp.found('bed-occupancy'), 'H1+2023-03-06 09:00:00', 'three in two beds, from when the third came');

-- ----- drugs -----
SELECT pg_temp.visit('l1', 29, 'R1', '41', '2023-01-01 09:00', '2023-01-01 09:00', '[["X1", 1, 8, 0, null, 30, "T1"]]');
SELECT pg_temp.visit('l2', 29, 'R1', '41', '2023-01-03 09:00', '2023-01-03 09:00', '[["X1", 1, 8, 0, null, 30, "T2"]]');	-- 28 in hand
SELECT pg_temp.visit('l3', 29, 'R1', '41', '2023-01-10 09:00', '2023-01-10 09:00', '[["X1", 1, 8, 0, null, 30, "T3"]]');	-- 51 in hand
SELECT is(pg_temp.found('oversupply', '{"allowed_days": 30}'), 'Sl3+F1', 'more than 30 days in hand');
SELECT pg_temp.visit('m1', 30, 'R1', '41', '2023-01-01 09:00', '2023-01-01 09:00', '[["X1", 1, 8, 0, null, 1, "T9"]]');
SELECT pg_temp.visit('m2', 30, 'R2', '41', '2023-01-02 09:00', '2023-01-02 09:00', '[["X1", 1, 8, 0, null, 1, "T1"]]');
SELECT pg_temp.visit('m3', 30, 'R3', '41', '2023-01-03 09:00', '2023-01-03 09:00', '[["X1", 1, 8, 0, null, 1, "T8"]]');
SELECT pg_temp.visit('m4', 31, 'R1', '41', '2023-01-01 09:00', '2023-01-01 09:00', '[["X1", 1, 8, 0, null, 1, "T7"]]');
SELECT pg_temp.visit('m5', 31, 'R2', '41', '2023-01-02 09:00', '2023-01-02 09:00', '[["X1", 1, 8, 0, null, 1, "T6"]]');
SELECT pg_temp.visit('m6', 31, 'R3', '41', '2023-01-04 09:00', '2023-01-04 09:00', '[["X1", 1, 8, 0, null, 1, "T5"]]');
SELECT is(pg_temp.found('many-places'), 'P30+X1+2023-01-03', 'three pharmacies in three days, not in four');
SELECT is((SELECT amount FROM audit_run('many-places', 'a"u')), 24.00, 'the amount of these days');
SELECT is(pg_temp.found('trace-code'), 'Sm2+F1', 'a package that was sold before');
INSERT INTO stock_d (fixmedins_code, med_list_codg, month, open_cnt, purc_cnt, sel_cnt) VALUES ('R1', 'X1', '2023-01-01', 1, 2, 3), ('R1', 'X1', '2023-02-01', 0, 2, 3), ('R2', 'X1', '2023-01-01', NULL, 2, 3);
SELECT is(pg_temp.found('stock-balance'), 'R1+X1+2023-02-01 R2+X1+2023-01-01', 'more sold than there was');

-- ----- persons -----
SELECT pg_temp.visit('n1', 9, 'H2', '11', '2023-05-05 20:00', '2023-05-05 20:00'), pg_temp.visit('n2', 9, 'H2', '11', '2023-05-06 08:00', '2023-05-06 08:00');
SELECT is(pg_temp.found('after-death'), 'n2', 'a visit after the day of death');
SELECT pg_temp.visit('o1', 32, 'H2', '21', '2023-07-10 00:00', '2023-07-12 00:00', '[["008", 2, 1000, 1, "D1"], ["009", 0.5, 800, 2, "D1"], ["008", 2, 1000, 1, "D2"], ["009", 0.4, 800, 2, "D2"], ["008", 1, 1000, 25, "D2"]]');
SELECT is(pg_temp.found('doctor-day'), 'D1+2023-07-10', '25 hours of a doctor on one day, not 24');
SELECT pg_temp.visit(format('p%s-%s', n, p), p, 'R1', '41', d, d) FROM generate_series(0, 3) n, (VALUES (33), (34), (35)) v (p), LATERAL (SELECT timestamp '2023-02-01 09:00' + n * interval '40 days' + p * interval '2 minutes' AS d) t;
SELECT pg_temp.visit(format('q%s-%s', n, p), p, 'R1', '41', d, d) FROM generate_series(0, 3) n, (VALUES (36), (37)) v (p), LATERAL (SELECT timestamp '2023-02-02 09:00' + n * interval '40 days' + p * interval '11 minutes' AS d) t;
SELECT is(pg_temp.found('covisit', '{"p_value": 1e-4}'), 'P33+P34 P33+P35 P34+P35', 'three who come together on four days');
SELECT is(rings, '1/3', 'they are one ring') FROM (SELECT string_agg(DISTINCT (reasons ->> 'ring') || '/' || (reasons ->> 'ring_persons'), ' ') AS rings FROM audit_run('covisit', 'a"u', params => '{"p_value": 1e-4}')) r;

-- ----- hits, scope, errors -----
SELECT is((SELECT array_agg(hit_id ORDER BY hit_id) FROM audit_run('stay-overlap', 'a"u')),
	(SELECT array_agg(encode(substr(sha256(convert_to('["stay-overlap", 1, ["g2", "g1"]]', 'UTF8')), 1, 16), 'hex')::uuid)), 'a hit is known by rule, version and subject');
SELECT is(count(*), count(DISTINCT hit_id), 'no rule gives a hit twice') FROM audit_rule r, audit_run(r.rule, 'a"u');
SELECT ok(count(DISTINCT h.rule) = (SELECT count(*) FROM audit_rule), 'every rule has found something') FROM audit_rule r, audit_run(r.rule, 'a"u', params => CASE r.rule WHEN 'covisit' THEN '{"p_value": 1e-4}' WHEN 'oversupply' THEN '{"allowed_days": 30}' ELSE '{}' END::jsonb) h;
SELECT is_empty($$ SELECT * FROM audit_run('split-stay', 'a"u', '2023-09-05') $$, 'only visits of the period are looked at');
SELECT is((SELECT count(*) FROM audit_run('split-stay', 'a"u', '2023-08-01', '2023-09-05')), 1::bigint, 'from one time until before another');
INSERT INTO audit_rule (rule, version, title_zh, title_en, category, definition, method, params, time_span, hosp_lv) VALUES ('split-stay', 2, 'x', 'x', 'policy', 'x', 'split_stay', '{"max_gap": 16}', 'days', '{02}'),
	('mine', 1, 'x', 'x', 'policy', 'x', 'split_stay', '{"max_gap": 16}', 'days', '{08}'), ('later', 1, 'x', 'x', 'policy', 'x', 'split_stay', '{}', 'days', NULL), ('wrong', 1, 'x', 'x', 'policy', 'x', 'nothing', '{}', 'days', NULL);
UPDATE audit_rule SET valid = '[2024-01-01,)' WHERE rule = 'later';
SELECT is(pg_temp.found('split-stay'), NULL, 'the highest version is run, at its levels of hospitals');
SELECT is((SELECT string_agg(mdtrt_id, ' ') FROM audit_run('split-stay', 'a"u', version => 1)), 'g6 i1-22 i1-23 i2-22 i2-23 i3-22', 'or another one; the cycles are split stays, too');
SELECT is(pg_temp.found('mine'), 'g6 g7 i1-22 i1-23 i2-22 i2-23 i3-22', 'a rule of the user with its parameters');
SELECT is(pg_temp.found('mine', '{"max_gap": 14}'), 'i1-22 i1-23 i2-22 i3-22', 'and those of a run');
SELECT is(pg_temp.found('later'), NULL, 'a rule holds from its first day on');
SELECT throws_ok($$ SELECT * FROM audit_run('none', 'a"u') $$, '42704', NULL, 'no such rule');
SELECT throws_ok($$ SELECT * FROM audit_run('wrong', 'a"u') $$, '22023', NULL, 'no such method');
SELECT is(audit_params('split_stay', '{"max_gap": 3}', '{"max_gap": null}') ->> 'max_gap', '3', 'a parameter that is null overrides nothing');
SELECT throws_ok($$ SELECT * FROM audit_run('split-stay', 'a"u', params => '{"gap": 3}') $$, '22023', NULL, 'no such parameter');
SELECT throws_ok($$ SELECT * FROM audit_run('split-stay', 'none') $$, '42P01', NULL, 'no such schema');
SELECT throws_ok($$ INSERT INTO audit_rule (rule, title_zh, title_en, category, definition, method, time_span, stage) VALUES ('x', 'x', 'x', 'policy', 'x', 'x', 'days', 'never') $$, '23514', NULL, 'no such stage');
SELECT is_empty($$ SELECT rule FROM audit_rule WHERE builtin AND method NOT IN (SELECT method FROM audit_methods()) $$, 'built-in rules have methods');
SELECT is_empty($$ SELECT method FROM audit_methods() WHERE method NOT IN (SELECT method FROM audit_rule) $$, 'every method has a rule');

-- With the rights of the caller.
CREATE ROLE audit_reader;
GRANT USAGE ON SCHEMA "a""u_ins", hbhealth TO audit_reader;
SET LOCAL ROLE audit_reader;
SELECT throws_ok($$ SELECT * FROM audit_run('after-death', 'a"u') $$, '42501', NULL, 'who may not read the tables sees nothing');
RESET ROLE;
GRANT SELECT ON ALL TABLES IN SCHEMA "a""u_ins" TO audit_reader;
SET LOCAL ROLE audit_reader;
SELECT is((SELECT string_agg(mdtrt_id, ' ') FROM audit_run('after-death', 'a"u')), 'n2', 'who may, does');
SELECT throws_ok($$ SELECT * FROM audit_point_load('pg_class', 'x', 'y') $$, '42501', NULL, 'points are loaded by those who may');
SELECT throws_ok($$ INSERT INTO audit_rule (rule, title_zh, title_en, category, definition, method, time_span) VALUES ('x', 'x', 'x', 'policy', 'x', 'x', 'days') $$, '42501', NULL, 'rules are written by those who may');
RESET ROLE;

SELECT * FROM finish();
ROLLBACK;
