-- The rule library on the synthetic province: how much of what was planted is found (recall), and how much of what is found
-- was planted (precision), by visits. Rules on facts have to reach 0.99 and 0.97, sequences and groups 0.9 and 0.8; what is
-- legal and looks alike must not be found. Some people are readmitted without fault, so that split stays have no precision.
BEGIN;
SELECT no_plan();
SET client_min_messages = warning;
CALL create_base_schema('p');
CALL generate_province(4000, prefix => 'p', scale => '{"schemes": 5}');
SET search_path = public, hbhealth, p_ins, pg_catalog;

-- Knowledge points, batches 7 and 8, of items that the province has.
INSERT INTO audit_point (list, code, other_code, granule, max_count, days) VALUES
	('pair', '001103000010000', '001109000010000', 'day', NULL, NULL), ('pair', '001103000010000', '001201000030000', 'day', NULL, NULL),
	('pair', '001103000010000', '001201000040000', 'day', NULL, NULL), ('pair', '003107020020000', '003107010210000', 'hour', NULL, NULL),
	('pair', '003205000030000', '003205000010000', 'day', NULL, NULL), ('pair', '003314000020000', '003112010260000', '6 hours', NULL, NULL),
	('pair', '003314000020000', '003313040020000', 'visit', NULL, NULL), ('frequency', '002503020030000', NULL, NULL, 1, 15);

CREATE FUNCTION pg_temp.visit_of(tab text, row_key text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE tab WHEN 'mdtrt_d' THEN row_key ELSE (SELECT mdtrt_id FROM fee_list_d WHERE setl_id = split_part(row_key, '.', 1) AND feedetl_sn = split_part(row_key, '.', 2)) END
$$;
CREATE TEMP TABLE planted AS SELECT DISTINCT type, tab, pg_temp.visit_of(tab, row_key) AS mdtrt_id FROM label;
-- Of pattern F14, an item for children is another rule than one for the other sex.
UPDATE planted AS p SET type = 'F14 age' WHERE type = 'F14' AND tab = 'fee_list_d' AND EXISTS (SELECT FROM label AS l
	JOIN fee_list_d AS f ON f.setl_id = split_part(row_key, '.', 1) AND f.feedetl_sn = split_part(row_key, '.', 2) JOIN med_list_b AS b USING (med_list_codg)
	WHERE l.type = 'F14' AND f.mdtrt_id = p.mdtrt_id AND lmt_age IS NOT NULL);
CREATE TEMP TABLE legal AS SELECT DISTINCT type, row_key, pg_temp.visit_of(tab, row_key) AS mdtrt_id FROM clean_lookalike;

-- The visits that a hit is about.
CREATE TEMP TABLE hit AS SELECT h.* FROM audit_rule r, audit_run(r.rule, 'p', params => CASE r.rule WHEN 'stay-cycle' THEN '{"min_stays": 3}' ELSE '{}' END::jsonb) h;
CREATE TEMP TABLE found AS
	SELECT rule, mdtrt_id FROM hit WHERE rule NOT IN ('coadmission', 'covisit', 'stay-cycle')
	UNION SELECT rule, jsonb_array_elements_text(reasons -> 'stays') FROM hit WHERE rule = 'coadmission'
	UNION SELECT rule, m.mdtrt_id FROM hit h JOIN mdtrt_d m USING (psn_no, fixmedins_code) WHERE rule = 'stay-cycle' AND m.med_type = '21';

SELECT ok(total > 0 AND right_ >= recall * total AND right_ >= precise * hits, format('%s: %s of %s visits of %s, %s of %s found were planted', rule, right_, total, type, right_, hits))
FROM (
	SELECT e.*, (SELECT count(*) FROM planted p WHERE p.type = e.type AND p.tab = e.tab) AS total, (SELECT count(*) FROM found f WHERE f.rule = e.rule) AS hits,
		(SELECT count(*) FROM found f JOIN planted p USING (mdtrt_id) WHERE f.rule = e.rule AND p.type = e.type AND p.tab = e.tab) AS right_
	FROM (VALUES ('item-sex', 'F14', 'fee_list_d', 0.99, 0.97), ('item-age', 'F14 age', 'fee_list_d', 0.99, 0.97), ('after-death', 'F14', 'mdtrt_d', 0.99, 0.97), ('over-price', 'F20', 'fee_list_d', 0.99, 0.97),
		('point-pair', 'F07', 'fee_list_d', 0.99, 0.97), ('point-frequency', 'F08', 'fee_list_d', 0.99, 0.97), ('coadmission', 'F03', 'mdtrt_d', 0.9, 0.8),
		('stay-cycle', 'F04', 'mdtrt_d', 0.9, 0), ('many-places', 'F06', 'mdtrt_d', 0.3, 0.97)) e (rule, type, tab, recall, precise)
) s ORDER BY rule;

-- A reseller gets a drug at three places within three days: the third one is the hit, and what is before it belongs to it.
SELECT ok(count(*) > 0 AND avg(EXISTS (SELECT FROM hit h WHERE h.rule = 'many-places' AND h.psn_no = m.psn_no AND h.at::date - m.begntime::date BETWEEN 0 AND 2)::int) >= 0.99,
	format('many-places: %s visits of F06 belong to a hit, of %s', sum(EXISTS (SELECT FROM hit h WHERE h.rule = 'many-places' AND h.psn_no = m.psn_no AND h.at::date - m.begntime::date BETWEEN 0 AND 2)::int), count(*)))
FROM planted p JOIN mdtrt_d m USING (mdtrt_id) WHERE p.type = 'F06';
-- Of a package the first sale is in order.
SELECT set_eq($$ SELECT mdtrt_id FROM found WHERE rule = 'trace-code' $$,
	$$ SELECT mdtrt_id COLLATE "default" FROM (SELECT mdtrt_id, row_number() OVER (PARTITION BY trace_code ORDER BY fee_ocur_time) AS sale FROM fee_list_d WHERE trace_code IS NOT NULL AND cnt > 0) t
		JOIN planted p USING (mdtrt_id) WHERE sale > 1 AND p.type = 'F06' $$, 'trace-code: the later sales of packages that were planted, no others');
-- A long stay that was cut in three is a cycle, too.
SELECT ok(count(*) > 0 AND avg((p.mdtrt_id IS NOT NULL)::int) >= 0.8, format('stay-cycle: %s of what it finds was planted', round(avg((p.mdtrt_id IS NOT NULL)::int), 2)))
FROM found f LEFT JOIN planted p ON p.mdtrt_id = f.mdtrt_id AND p.type IN ('F01', 'F04') WHERE f.rule = 'stay-cycle';
-- A stay that is cut in n parts has n - 1 gaps.
SELECT ok(cut > 5 AND seen >= 0.99 * cut, format('split-stay: %s of %s cuts', seen, cut))
FROM (SELECT count(*) AS cut, count(*) FILTER (WHERE EXISTS (SELECT FROM found f WHERE f.rule = 'split-stay' AND f.mdtrt_id = s.mdtrt_id)) AS seen
	FROM (SELECT m.*, lag(m.endtime) OVER (PARTITION BY m.psn_no, m.fixmedins_code ORDER BY m.begntime) AS before FROM planted p JOIN mdtrt_d m USING (mdtrt_id) WHERE p.type = 'F01') s
	WHERE s.begntime::date - s.before::date BETWEEN 0 AND 2) c;
-- A visit or a stay beside another one: either rule may find it.
SELECT ok(all_ > 3 AND seen >= 0.9 * all_, format('stay-overlap, visit-in-stay: %s of %s', seen, all_))
FROM (SELECT count(*) AS all_, count(*) FILTER (WHERE EXISTS (SELECT FROM hit h WHERE h.rule IN ('stay-overlap', 'visit-in-stay') AND p.mdtrt_id = ANY (h.subject))) AS seen
	FROM planted p WHERE p.type = 'F02') c;
-- Cards of rings and of resellers are also used while their owners are in hospital.
SELECT ok(precise >= 0.8, format('stay-overlap, visit-in-stay: %s of what they find was planted', round(precise, 2)))
FROM (SELECT avg(EXISTS (SELECT FROM planted p WHERE p.type IN ('F02', 'F05', 'F06') AND p.mdtrt_id = ANY (h.subject))::int) AS precise FROM hit h WHERE rule IN ('stay-overlap', 'visit-in-stay')) c;
-- Cards of a ring.
SELECT set_eq($$ SELECT psn_no FROM hit WHERE rule = 'covisit' UNION SELECT reasons ->> 'with_person' FROM hit WHERE rule = 'covisit' $$,
	$$ SELECT psn_no FROM planted JOIN mdtrt_d USING (mdtrt_id) WHERE type = 'F05' $$, 'covisit: the cards that are used together, no others');
SELECT is((SELECT count(DISTINCT reasons ->> 'ring') FROM hit WHERE rule = 'covisit'), (SELECT count(DISTINCT scheme_id) FROM label WHERE type = 'F05'), 'covisit: as many rings as were planted');

-- Days of doctors who bill more minutes than a day has.
SELECT set_eq($$ SELECT subject[1] AS doctor, subject[2]::date AS day FROM hit WHERE rule = 'doctor-day' $$,
	$$ SELECT DISTINCT m.chfpdr_code COLLATE "default", m.begntime::date FROM planted JOIN mdtrt_d m USING (mdtrt_id) WHERE type = 'F13' $$, 'doctor-day: the days that were planted, no others');
SELECT isnt_empty($$ SELECT FROM hit WHERE rule = 'doctor-day' $$, 'of which there are some');

-- Legal cases; of a pair that is far enough apart, the line.
SELECT ok(count(*) > 0 AND count(f.rule) = 0, format('%s of %s legal cases like %s are found', count(f.rule), count(*), e.type))
FROM (VALUES ('F01', '{split-stay,stay-cycle}'::text[]), ('F02', '{stay-overlap}'), ('F06', '{trace-code,many-places}')) e (type, rules)
JOIN legal l USING (type) LEFT JOIN found f ON f.mdtrt_id = l.mdtrt_id AND f.rule = ANY (e.rules) GROUP BY e.type ORDER BY e.type;
SELECT ok(count(*) > 0 AND count(h.rule) = 0, format('%s of %s legal cases like F07 are found', count(h.rule), count(*)))
FROM legal l LEFT JOIN hit h ON h.rule = 'point-pair' AND h.subject[1] || '.' || h.subject[2] = l.row_key WHERE l.type = 'F07';

SELECT * FROM finish();
ROLLBACK;
