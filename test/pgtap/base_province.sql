-- The synthetic province: the same persons whatever is generated, identity numbers that
-- nobody has, marginals beside published figures, records that agree with each other,
-- and planted patterns that plain SQL finds again.
\set QUIET 1
SET timezone = 'UTC';
SET client_min_messages = warning;

SELECT * FROM no_plan();

CREATE PROCEDURE pg_temp.make(prefix text, persons bigint, scale jsonb DEFAULT '{}', seed bigint DEFAULT 1) LANGUAGE plpgsql AS $$
BEGIN
	CALL create_base_schema(prefix);
	CALL generate_province(persons, seed => seed, prefix => prefix, scale => scale);
END
$$;

-- The number of the person of a row, by table.
CREATE TEMP TABLE whose (tab text, pid text);
INSERT INTO whose SELECT tab, CASE
	WHEN tab = 'pop.birth' THEN 'child_pid'
	WHEN tab IN ('emr.dx', 'emr.front', 'emr.proc', 'emr.med', 'emr.lab', 'emr.vital') THEN 'enc_id / 1000'
	WHEN tab IN ('ins.enrol', 'ins.mdtrt_d') THEN 'substr(psn_no, 2)::bigint'
	WHEN tab IN ('ins.setl_d', 'ins.fee_list_d', 'ins.setl_list_diag_d', 'ins.setl_list_oprn_d') THEN 'substr(setl_id, 2)::bigint / 1000'
	WHEN tab = 'ins.label' THEN 'fraud_id / 100000'
	WHEN tab = 'ins.clean_lookalike' THEN 'lookalike_id / 100000'
	ELSE 'pid' END
FROM base_tables() WHERE split_part(tab, '.', 1) <> 'ref' AND tab NOT IN ('emr.fee', 'ins.fixmedins_b', 'ins.dr_b', 'ins.med_list_b', 'ins.stock_d', 'ins.fund_flow');
CREATE FUNCTION pg_temp.sums(prefix text, pid_from bigint, pid_to bigint) RETURNS TABLE (tab text, rows bigint, sum text) LANGUAGE plpgsql AS $$
DECLARE
	w record;
BEGIN
	FOR w IN SELECT * FROM whose LOOP
		RETURN QUERY EXECUTE format('SELECT %L, count(*), md5(string_agg(h, '''' ORDER BY h COLLATE "C")) FROM (SELECT md5(jsonb_strip_nulls(to_jsonb(t))::text) AS h FROM %s AS t WHERE %s BETWEEN $1 AND $2) AS r',
			w.tab, base_table_name(prefix, w.tab), w.pid) USING pid_from, pid_to;
	END LOOP;
END
$$;

CALL pg_temp.make('hb', 3000);

-- ----- the same persons -----
CALL pg_temp.make('we"ird', 1000);
SELECT set_eq($$SELECT * FROM pg_temp.sums('we"ird', 1, 1000)$$, $$SELECT * FROM pg_temp.sums('hb', 1, 1000)$$,
	'1,000 persons are a prefix of 3,000, in another prefix of schemas');
SELECT is((SELECT count(*) FROM pg_temp.sums('hb', 1, 1000) WHERE rows = 0), 0::bigint, 'every table of a person is filled');
-- Ranges that cut blocks and households, last first.
CALL create_base_schema('cut');
CALL prepare_province('cut');
CALL generate_province(1000, prefix => 'cut', pid_from => 701, pid_to => 1000);
CALL generate_province(777777, prefix => 'cut', pid_from => 1, pid_to => 1);
CALL generate_province(1000, prefix => 'cut', pid_from => 2, pid_to => 700);
CALL finish_province('cut');
SELECT set_eq($$SELECT * FROM pg_temp.sums('cut', 1, 1000)$$, $$SELECT * FROM pg_temp.sums('hb', 1, 1000)$$,
	'ranges in any order give the same persons, whatever the number of persons');
-- A pin against change by accident, not a truth: a change on purpose renews it.
SELECT is(md5(string_agg(tab || rows || sum, ' ' ORDER BY tab)), '7420f54971daf193c1d3ab938ca403f3', 'checksum of 1,000 persons of seed 1') FROM pg_temp.sums('hb', 1, 1000);
SELECT is(string_agg(name_enc, ' ' ORDER BY pid), '路勤学 刘超孝 程明祥', 'first persons of seed 1') FROM hb_pop.person WHERE pid <= 3;

-- ----- identity numbers -----
SELECT is(count(*), 0::bigint, 'identity numbers fit birth and sex') FROM hb_pop.person
WHERE cn_id_birth_date(id) <> birth OR cn_id_sex(id)::text <> CASE sex WHEN '1' THEN 'male' ELSE 'female' END;
SELECT is(count(*), 0::bigint, 'their form is valid, with the check digit of ISO 7064') FROM hb_pop.person WHERE cn_id_check(id::text) IS NOT NULL;
SELECT is(count(*), 0::bigint, 'no division of GB/T 2260, in any year, begins one') FROM hb_pop.person WHERE cn_id_division_known(id) OR cn_id_division_known_at_birth(id);
SELECT is(count(DISTINCT id), count(id), 'no two are equal') FROM hb_pop.person;
CREATE TEMP TABLE reserved (code text);
\copy reserved FROM PROGRAM 'grep -v "^#" data/base/province_division.csv' (FORMAT csv, HEADER)
SELECT is(count(*), 0::bigint, 'each begins with a division of the reserved list')
FROM hb_pop.person WHERE id IS NOT NULL AND left(id::text, 6) NOT IN (SELECT code FROM reserved);
SELECT is(count(*), 0::bigint, 'no reserved division is in the list of this extension')
FROM reserved, LATERAL cn_division_history(code::cn_division) AS h;

-- ----- marginals -----
SELECT is_empty($$SELECT measure, item, measured, target, tolerance FROM province_profile() WHERE agrees IS FALSE$$, 'every measure of 3,000 persons is within its tolerance');
SELECT cmp_ok(count(*), '>', 95::bigint, 'most measures can be taken') FROM province_profile() WHERE agrees;
SELECT results_eq($$SELECT sum(measured)::bigint, count(*)::bigint FROM province_profile() WHERE measure = 'persons of the census'$$,
	$$VALUES (2 * 57752557::bigint, 2::bigint)$$, 'the 17 prefectures, and the ages and sexes, sum exactly to the census');
SELECT results_eq($$
	SELECT round(100 * sum(target) FILTER (WHERE lo < 15)::numeric, 2), round(100 * sum(target) FILTER (WHERE lo >= 60)::numeric, 2),
		round(100 * sum(target) FILTER (WHERE lo >= 65)::numeric, 2), round(100 * (sum(target) FILTER (WHERE item ~ '^men') / sum(target) FILTER (WHERE item ~ '^women'))::numeric, 2)
	FROM (SELECT *, substring(item FROM '\d+')::int AS lo FROM province_targets() WHERE measure = 'share of age and sex') AS t$$,
	$$VALUES (16.31, 20.42, 14.59, 105.83)$$, 'the shares of the ages and sexes are those of the bulletin of Hubei');
\getenv reference HB_REFERENCE
\if :{?reference}
	CREATE TEMP TABLE census (area text, gb2260 text, census_year int, sex text, age_lo int, age_hi text, pop bigint);
	\copy census FROM PROGRAM 'cat "$HB_REFERENCE/epi/data/census_age_sex.csv"' (FORMAT csv, HEADER)
	CREATE TEMP TABLE prefecture (gb2260 text, name text, pop bigint);
	\copy prefecture FROM PROGRAM 'cat "$HB_REFERENCE/epi/data/hubei_prefectures_2020.csv"' (FORMAT csv, HEADER)
	SELECT set_eq($$SELECT CASE sex WHEN '1' THEN 'men ' ELSE 'women ' END || CASE WHEN age_lo >= 100 THEN '100+' WHEN age_lo = 0 THEN '0' ELSE age_lo || '-' || age_hi END, pop
			FROM census WHERE area = '湖北' AND census_year = 2020 AND sex IN ('1', '2')$$,
		$$SELECT item, round(target * 57752557)::bigint FROM province_targets() WHERE measure = 'share of age and sex'$$, 'ages and sexes of the census');
	SELECT set_eq($$SELECT gb2260 || ' ' || name, pop FROM prefecture$$,
		$$SELECT item, round(target * 57752557)::bigint FROM province_targets() WHERE measure = 'share of prefecture'$$, 'prefectures of the census');
	CREATE TEMP TABLE timeline (code text, name text, first_year int, last_year int);
	\copy timeline FROM PROGRAM 'cat "$HB_REFERENCE/idcard/gb2260_timeline_1980_2020.csv"' (FORMAT csv, HEADER)
	SELECT is(count(*), 0::bigint, 'no reserved division was assigned between 1980 and 2020') FROM timeline JOIN reserved USING (code);
	CREATE TEMP TABLE listed (code text);
	\copy listed FROM PROGRAM 'cat "$HB_REFERENCE/icd/lists/diagnosis_insurance2.txt" "$HB_REFERENCE/icd/lists/procedure_insurance2.txt"'
	SELECT is_empty($$SELECT icd10 FROM hb_emr.dx WHERE icd10::text NOT IN (SELECT code FROM listed) GROUP BY 1$$, 'diagnoses are codes of the insurance edition');
	SELECT is_empty($$SELECT icd9cm3 FROM hb_emr.proc WHERE icd9cm3::text NOT IN (SELECT code FROM listed) GROUP BY 1$$, 'procedures are codes of the insurance edition');
	CREATE TEMP TABLE pair (granule text, main_code text, main_name text, excluded_code text, excluded_name text, note text);
	\copy pair FROM PROGRAM 'cat "$HB_REFERENCE/insurance/data/nhsa_b7_pair_conflicts.csv"' (FORMAT csv, HEADER)
\else
	SELECT * FROM skip('HB_REFERENCE is not set', 6);
\endif

-- ----- persons and households -----
SELECT is(count(*), 0::bigint, 'a household has one head, who is of age') FROM (
	SELECT hid FROM hb_pop.household JOIN hb_pop.person USING (pid) GROUP BY hid
	HAVING count(*) FILTER (WHERE rel = '0') <> 1 OR bool_or(rel = '0' AND (pid <> hid OR birth > DATE '2005-01-01'))) AS h;
SELECT is(count(*), 0::bigint, 'couples differ in sex, by at most eleven years and two') FROM hb_pop.household AS w
	JOIN hb_pop.person AS wife ON wife.pid = w.pid JOIN hb_pop.person AS head ON head.pid = w.hid
WHERE w.rel = '1' AND (wife.sex = head.sex OR abs(wife.birth - head.birth - 730) > 11.1 * 366);
SELECT is(count(*), 0::bigint, 'mothers are women of 18 to 45 years, alive, and of the household of the child') FROM hb_pop.birth AS b
	JOIN hb_pop.person AS m ON m.pid = b.mother_pid JOIN hb_pop.household AS hm ON hm.pid = m.pid JOIN hb_pop.household AS hc ON hc.pid = child_pid
WHERE m.sex <> '2' OR extract(year FROM age(b.at::date, m.birth)) NOT BETWEEN 17 AND 46 OR m.death < b.at::date OR hm.hid <> hc.hid;
SELECT is(count(*), 0::bigint, 'who was born in the year is in the register of births, and only they') FROM (SELECT pid FROM hb_pop.person WHERE birth >= DATE '2023-01-01') AS p
	FULL JOIN hb_pop.birth AS b ON child_pid = pid WHERE pid IS NULL OR child_pid IS NULL;
SELECT is(count(*), 0::bigint, 'registers of deaths agree') FROM (SELECT pid, death FROM hb_pop.person WHERE death IS NOT NULL) AS p
	FULL JOIN hb_pop.death AS d USING (pid) WHERE death IS DISTINCT FROM (d.at AT TIME ZONE 'Asia/Shanghai')::date OR chain[array_upper(chain, 1)] <> underlying;
SELECT is(count(*), 0::bigint, 'who moved lived at the old place until then, and at the new place since') FROM hb_pop.migration AS m
WHERE (SELECT count(*) FROM hb_pop.residence AS r WHERE r.pid = m.pid AND kind = '2' AND ((area = from_area AND upper(during) = m.at) OR (area = to_area AND lower(during) = m.at))) <> 2;
SELECT is(count(*), 0::bigint, 'everybody has one place of each kind on any day') FROM (SELECT pid, kind FROM hb_pop.residence
	GROUP BY pid, kind HAVING range_agg(during)::text ~ ',.*,') AS r;
SELECT is(count(*), 0::bigint, 'every mother was in hospital for the birth') FROM hb_pop.birth AS b
WHERE mother_pid IS NOT NULL AND NOT EXISTS (SELECT FROM hb_emr.enc AS e JOIN hb_emr.dx AS d USING (enc_id)
	WHERE e.pid = mother_pid AND d.icd10 <@ 'O80-O84' AND b.at BETWEEN lower(e.at) - interval '1 day' AND upper(e.at) + interval '1 day');
SELECT is(count(*), 0::bigint, 'who died in hospital was there, and left it dead') FROM hb_pop.death AS d
WHERE place = '1' AND NOT EXISTS (SELECT FROM hb_emr.enc AS e JOIN hb_emr.front AS f USING (enc_id) WHERE e.pid = d.pid AND upper(e.at) = d.at AND f.outcome = '5');

-- ----- records and claims agree -----
SELECT is(count(*), 0::bigint, 'everything begins in the period') FROM hb_ins.mdtrt_d WHERE begntime < '2023-01-01' OR begntime >= '2024-01-01';
SELECT is(count(*), 0::bigint, 'no care before birth or after death') FROM hb_emr.enc AS e JOIN hb_pop.person AS p USING (pid)
WHERE (lower(e.at) AT TIME ZONE 'Asia/Shanghai')::date < birth - 1 OR (upper(e.at) AT TIME ZONE 'Asia/Shanghai')::date > death;
SELECT is(count(*), 0::bigint, 'a settlement is the sum of its lines and of who pays') FROM hb_ins.setl_d AS s
	JOIN (SELECT setl_id, sum(det_item_fee_sumamt) AS lines FROM hb_ins.fee_list_d GROUP BY 1) AS f USING (setl_id)
WHERE medfee_sumamt <> lines OR medfee_sumamt <> fund_pay_sumamt + acct_pay + cash_payamt
	OR medfee_sumamt <> fulamt_ownpay_amt + overlmt_selfpay + preselfpay_amt + inscp_amt;
SELECT is(count(*), 0::bigint, 'a line is its price times its count') FROM hb_ins.fee_list_d WHERE det_item_fee_sumamt <> round(cnt * pric, 2);
SELECT is(count(*), 0::bigint, 'records and claims are of the same persons, places and days') FROM hb_emr.enc AS e JOIN hb_ins.mdtrt_d AS m USING (enc_id)
WHERE m.psn_no <> 'P' || e.pid OR m.fixmedins_code <> e.org OR lower(e.at) <> m.begntime AT TIME ZONE 'Asia/Shanghai';
SELECT is(count(*), 0::bigint, 'front pages have the total of the claim') FROM hb_emr.front AS f JOIN hb_ins.mdtrt_d AS m USING (enc_id) JOIN hb_ins.setl_d AS s USING (mdtrt_id)
WHERE f.total_fee <> s.medfee_sumamt OR f.los <> m.ipt_days;
SELECT is(count(*), 0::bigint, 'values lie within what a living person can have') FROM (SELECT code, val FROM hb_ehr.obs UNION ALL SELECT code, val FROM hb_emr.lab) AS v
	JOIN hb_ref.obs_item AS i USING (code) WHERE val NOT BETWEEN lo AND hi;
SELECT is(count(*), 0::bigint, 'body mass index is that of height and weight') FROM (SELECT pid, at, max(val) FILTER (WHERE code = 'bmi') AS b,
	max(val) FILTER (WHERE code = 'weight') AS w, max(val) FILTER (WHERE code = 'height') AS h FROM hb_ehr.obs GROUP BY 1, 2) AS o
WHERE abs(b - w / (h / 100) ^ 2) > 0.15;
SELECT cmp_ok(avg((n = 5)::int), '>', 0.9, 'nearly every examination has what a cardiovascular model needs')
FROM (SELECT count(*) FILTER (WHERE code IN ('sbp', 'tc', 'hdl', 'waist', 'smoke')) AS n FROM hb_ehr.obs GROUP BY pid, at) AS e;
SELECT ok(corr(sbp, age) BETWEEN 0.3 AND 0.7 AND corr(waist, bmi) > 0.7 AND corr(hdl, tg) < -0.1 AND corr(glu, a1c) > 0.7,
	'joint distributions: pressure with age, waist with mass, HDL against triglycerides, glucose with HbA1c')
FROM (SELECT max(val) FILTER (WHERE code = 'sbp') AS sbp, extract(year FROM age(o.at, max(birth)))::float8 AS age, max(val) FILTER (WHERE code = 'waist') AS waist,
		max(val) FILTER (WHERE code = 'bmi') AS bmi, max(val) FILTER (WHERE code = 'hdl') AS hdl, max(val) FILTER (WHERE code = 'tg') AS tg,
		max(val) FILTER (WHERE code = 'glu') AS glu, max(val) FILTER (WHERE code = 'hba1c') AS a1c
	FROM hb_ehr.obs AS o JOIN hb_pop.person USING (pid) GROUP BY pid, o.at) AS e;
SELECT cmp_ok(count(*), '>', 20::bigint, 'pairs of dagger and asterisk') FROM hb_emr.dx WHERE icd10_asterisk(icd10) IS NOT NULL;

-- ----- planted patterns -----
CALL pg_temp.make('odd', 2400, '{"schemes": 15, "pharmacy": 1.5}');
CALL pg_temp.make('clean', 300, '{"schemes": 0}');
SELECT is((SELECT count(*) FROM clean_ins.label), 0::bigint, 'without schemes nothing is labelled');
SELECT set_eq($$SELECT DISTINCT type FROM odd_ins.label$$, $$SELECT 'F' || lpad(i::text, 2, '0') FROM generate_series(1, 20) AS i$$, 'every pattern of claims is planted');
SELECT is(count(*), 0::bigint, 'a label names a row') FROM odd_ins.label AS l LEFT JOIN odd_ins.mdtrt_d AS m ON tab = 'mdtrt_d' AND mdtrt_id = row_key
	LEFT JOIN odd_ins.fee_list_d AS f ON tab = 'fee_list_d' AND setl_id = split_part(row_key, '.', 1) AND feedetl_sn = split_part(row_key, '.', 2)
	LEFT JOIN odd_ins.stock_d AS s ON tab = 'stock_d' AND s.fixmedins_code || '.' || s.med_list_codg || '.' || s.month = row_key
WHERE m.mdtrt_id IS NULL AND f.setl_id IS NULL AND s.month IS NULL;
CREATE TEMP VIEW stay AS SELECT m.*, l.type, c.type AS clean FROM odd_ins.mdtrt_d AS m LEFT JOIN odd_ins.label AS l ON l.tab = 'mdtrt_d' AND l.row_key = mdtrt_id AND l.type IN ('F01', 'F02', 'F03', 'F04')
	LEFT JOIN odd_ins.clean_lookalike AS c ON c.row_key = mdtrt_id;
SELECT is(count(*), 0::bigint, 'F01: the next part of a stay begins within two days, at the same hospital') FROM (
	SELECT fixmedins_code, begntime::date - lag(endtime::date) OVER w AS gap, lag(fixmedins_code) OVER w AS before, row_number() OVER w AS i
	FROM stay WHERE type = 'F01' WINDOW w AS (PARTITION BY psn_no ORDER BY begntime)) AS s WHERE i = 2 AND (gap NOT BETWEEN 0 AND 2 OR fixmedins_code <> before);
SELECT is(count(*) FILTER (WHERE NOT EXISTS (SELECT FROM odd_ins.mdtrt_d AS o WHERE o.psn_no = s.psn_no AND o.mdtrt_id <> s.mdtrt_id AND o.med_type IN ('21', '52')
	AND o.begntime < s.begntime AND o.endtime > s.begntime)), 0::bigint, 'F02: begins while the person lies in hospital') FROM stay AS s WHERE type = 'F02';
SELECT is(count(*), 0::bigint, 'nobody else does') FROM stay AS s JOIN stay AS o ON o.psn_no = s.psn_no AND o.mdtrt_id <> s.mdtrt_id
	AND o.begntime < s.begntime AND o.endtime > s.begntime AND o.med_type IN ('21', '52') AND s.med_type IN ('21', '52', '11', '14')
WHERE s.type IS DISTINCT FROM 'F02' AND o.type IS DISTINCT FROM 'F02';
SELECT cmp_ok(max(n), '>=', 4::bigint, 'F03: the same persons are admitted on the same days') FROM (
	SELECT count(DISTINCT psn_no) AS n FROM stay WHERE type = 'F03' GROUP BY fixmedins_code, begntime::date, endtime::date) AS g;
SELECT ok(bool_and(ipt_days BETWEEN 85 AND 92), 'F04: twelve or thirteen weeks') FROM stay WHERE type = 'F04';
SELECT cmp_ok(min(n), '>=', 3::bigint, 'F05: cards of a ring are used within minutes') FROM (SELECT count(*) AS n FROM odd_ins.label AS l JOIN odd_ins.mdtrt_d AS m ON mdtrt_id = row_key
	WHERE type = 'F05' GROUP BY scheme_id, m.begntime::date HAVING max(m.begntime) - min(m.begntime) < interval '10 minutes') AS r;
SELECT set_eq($$SELECT trace_code FROM odd_ins.fee_list_d WHERE trace_code IS NOT NULL AND cnt > 0 GROUP BY 1 HAVING count(DISTINCT setl_id) > 1 AND count(DISTINCT mdtrt_id) > 1$$,
	$$SELECT DISTINCT f.trace_code FROM odd_ins.fee_list_d AS f JOIN odd_ins.fee_list_d AS o USING (trace_code) JOIN odd_ins.label AS l ON l.row_key = f.mdtrt_id WHERE l.type = 'F06' AND o.setl_id <> f.setl_id$$,
	'F06: packages sold twice, and no others');
\if :{?reference}
	CREATE TEMP TABLE conflict AS
	SELECT m.psn_no, x.setl_id || '.' || x.feedetl_sn AS x_key, a.setl_id || '.' || a.feedetl_sn AS a_key
	FROM odd_ins.fee_list_d AS a JOIN pair AS p ON p.main_code = a.med_list_codg JOIN odd_ins.fee_list_d AS x ON x.mdtrt_id = a.mdtrt_id AND x.med_list_codg = p.excluded_code
		JOIN odd_ins.mdtrt_d AS m ON m.mdtrt_id = a.mdtrt_id
	WHERE a.cnt > 0 AND x.cnt > 0 AND CASE granule WHEN 'visit' THEN true WHEN 'day' THEN a.fee_ocur_time::date = x.fee_ocur_time::date
		WHEN 'hour' THEN abs(extract(epoch FROM a.fee_ocur_time - x.fee_ocur_time)) <= 3600 ELSE abs(extract(epoch FROM a.fee_ocur_time - x.fee_ocur_time)) <= 6 * 3600 END;
	SELECT is((SELECT count(*) FROM odd_ins.label WHERE type = 'F07' AND row_key NOT IN (SELECT x_key FROM conflict UNION SELECT a_key FROM conflict)), 0::bigint,
		'F07: each is a pair of the national list within its hour, six hours, day or visit');
	SELECT is(count(*), 0::bigint, 'and there is no other such pair') FROM conflict
	WHERE x_key NOT IN (SELECT row_key FROM odd_ins.label WHERE type = 'F07') AND a_key NOT IN (SELECT row_key FROM odd_ins.label WHERE type = 'F07');
	SELECT is(count(*), 0::bigint, 'legal pairs further apart are no conflicts') FROM odd_ins.clean_lookalike WHERE type = 'F07' AND row_key IN (SELECT x_key FROM conflict);
\else
	SELECT * FROM skip('HB_REFERENCE is not set', 3);
\endif
SELECT is(count(*), 0::bigint, 'F08: glycated haemoglobin twice within 15 days is labelled, and nothing else is') FROM (
	SELECT m.psn_no, bool_or(l.type IS NOT NULL) AS planted, bool_or(gap < interval '15 days') AS frequent FROM (
		SELECT *, fee_ocur_time - lag(fee_ocur_time) OVER (PARTITION BY psn_no ORDER BY fee_ocur_time, feedetl_sn) AS gap
		FROM odd_ins.fee_list_d JOIN odd_ins.mdtrt_d USING (mdtrt_id) WHERE med_list_codg = '002503020030000' AND cnt > 0) AS m
		LEFT JOIN odd_ins.label AS l ON l.type = 'F08' AND l.row_key = setl_id || '.' || feedetl_sn GROUP BY 1) AS p WHERE planted <> frequent;
SELECT is(count(*), 0::bigint, 'goods are what fee lines sold') FROM odd_ins.stock_d AS s FULL JOIN (
	SELECT fixmedins_code, med_list_codg, date_trunc('month', fee_ocur_time)::date AS month, sum(cnt) AS n FROM odd_ins.fee_list_d JOIN odd_ins.mdtrt_d USING (mdtrt_id)
	WHERE list_type <> '201' GROUP BY 1, 2, 3) AS f USING (fixmedins_code, med_list_codg, month) WHERE s.sel_cnt IS DISTINCT FROM f.n;
SELECT is(count(*), 0::bigint, 'a stock begins where the last one ended') FROM (SELECT open_cnt, lag(invd_cnt, 1, 0) OVER (PARTITION BY fixmedins_code, med_list_codg ORDER BY month) AS last FROM odd_ins.stock_d) AS s WHERE open_cnt <> last;
SELECT set_eq($$SELECT fixmedins_code || '.' || med_list_codg || '.' || month FROM odd_ins.stock_d WHERE open_cnt + purc_cnt - sel_cnt <> invd_cnt$$,
	$$SELECT row_key FROM odd_ins.label WHERE type = 'F12'$$, 'F12: goods sold that were never bought, and no others');
SELECT ok((SELECT sum(expend) FROM odd_ins.fund_flow WHERE month >= '2023-01-01') = (SELECT sum(fund_pay_sumamt) FROM odd_ins.setl_d WHERE setl_time < '2024-01-01'), 'the fund spends what is settled');
SELECT is(count(*), 0::bigint, 'its balance is the sum of income less expenditure') FROM (
	SELECT balance, sum(income - expend) OVER (PARTITION BY admdvs, insutype ORDER BY month) AS sum FROM odd_ins.fund_flow) AS f WHERE balance <> sum;
SELECT ok(bool_and(sum > 1440), 'F13: more minutes than a day has') FROM (SELECT f.bilg_dr_code, f.fee_ocur_time::date, sum(f.cnt * std_minutes) AS sum
	FROM odd_ins.label AS l JOIN odd_ins.fee_list_d AS f ON f.mdtrt_id = l.row_key JOIN odd_ins.med_list_b AS b USING (med_list_codg) WHERE l.type = 'F13' AND bilg_dr_code IS NOT NULL GROUP BY 1, 2 HAVING count(DISTINCT f.mdtrt_id) > 12) AS d;
SELECT set_eq($$SELECT setl_id || '.' || feedetl_sn FROM odd_ins.fee_list_d JOIN odd_ins.mdtrt_d USING (mdtrt_id) JOIN odd_ins.med_list_b AS b USING (med_list_codg) WHERE (lmt_sex <> gend OR NOT lmt_age @> extract(year FROM age(fee_ocur_time, brdy))::int) AND cnt > 0$$,
	$$SELECT row_key FROM odd_ins.label WHERE type = 'F14' AND tab = 'fee_list_d'$$, 'F14: items for the other sex or another age, and no others');
SELECT set_eq($$SELECT mdtrt_id FROM odd_ins.mdtrt_d JOIN odd_ins.psn_b USING (psn_no) WHERE begntime::date > die_date$$,
	$$SELECT row_key FROM odd_ins.label WHERE type = 'F14' AND tab = 'mdtrt_d'$$, 'F14: cards of the dead, and no others');
SELECT set_eq($$SELECT setl_id || '.' || feedetl_sn FROM odd_ins.fee_list_d WHERE pric > pric_uplmt_amt$$,
	$$SELECT row_key FROM odd_ins.label WHERE type = 'F20'$$, 'F20: prices above the limit, and no others');
SELECT cmp_ok(max(abs(share - 1 / 9.0)), '<', 0.08, 'F15: first digits of invented totals are alike') FROM (
	SELECT count(*)::numeric / sum(count(*)) OVER () AS share FROM odd_ins.label WHERE type = 'F15' AND amount >= 100 GROUP BY left(amount::text, 1)) AS d;
SELECT cmp_ok(count(*), '>', 100::bigint, 'legal cases that look like patterns') FROM odd_ins.clean_lookalike;
SELECT is(count(*), 0::bigint, 'a lookalike is no label') FROM odd_ins.clean_lookalike AS c JOIN odd_ins.label AS l USING (type, tab, row_key);

-- ----- errors -----
SELECT throws_ok($$CALL generate_province(10)$$, '55000', NULL, 'persons are there already');
SELECT throws_ok(call, '22023', NULL, call) FROM unnest(ARRAY['CALL generate_province(0)', 'CALL generate_province(NULL)', 'CALL generate_province(100000001)',
	'CALL generate_province(10, pid_from => 5, pid_to => 4)', 'CALL generate_province(10, pid_from => 0)', 'CALL generate_province(10, pid_from => 5, pid_to => 11)',
	$$CALL generate_province(10, from_date => '2024-01-01', to_date => '2024-01-01')$$, $$CALL generate_province(10, from_date => '1900-01-01', to_date => '1901-01-01')$$,
	$$CALL generate_province(10, scale => '[]')$$, $$CALL generate_province(10, scale => '{"visit": 1}')$$, $$CALL generate_province(10, scale => '{"visits": "1"}')$$,
	$$CALL generate_province(10, scale => '{"fees": 21}', pid_from => 1)$$, $$CALL generate_province(10, scale => '{"fees": -1}', pid_from => 1)$$,
	$$SELECT * FROM province_rows('hb', 1, 1, 10, '2023-01-01', '2024-01-01', '{1}', 'icd10')$$]) AS call;
SELECT throws_ok(format($$SELECT * FROM province_rows('hb', 1, %s, '{1,1,1,1,1,1}', 'icd10')$$, a), '22023', NULL, a) FROM unnest(ARRAY[$$0, 5, '2023-01-01', '2024-01-01'$$,
	$$-9223372036854775808, 9223372036854775807, '2023-01-01', '2024-01-01'$$, $$5, 4, '2023-01-01', '2024-01-01'$$, $$1, 2, '2024-01-01', '2024-01-01'$$,
	$$1, 2, '-infinity', 'infinity'$$, $$1, 2, '1989-12-31', '1991-01-01'$$, $$1, 2, '2000-01-01', '2021-01-01'$$]) AS a;
CALL create_base_schema('none');
SELECT throws_ok($$CALL generate_province(10, prefix => 'none', pid_from => 1)$$, '55000', NULL, 'a range needs prepare_province');
CALL generate_province(1, prefix => 'none');
SELECT is(count(*), 1::bigint, 'one person') FROM none_pop.person;

SELECT * FROM finish();
