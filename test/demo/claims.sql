-- Insurance claims: one audit query of each family on the synthetic province of base.sql.
\echo
\echo 'hbhealth: insurance claims, where to look'
\echo '=========================================='

\echo
\echo '-- split stays: back at the same hospital for the same disease within 15 days, hospitals with the most'
SELECT fixmedins_code AS hospital, count(*) AS returns, round(avg(gap), 1) AS "mean gap", count(DISTINCT psn_no) AS persons
FROM (
    SELECT fixmedins_code, psn_no, dscg_maindiag_code AS dx, stay_gap(begntime, endtime) OVER w AS gap,
           lag(fixmedins_code) OVER w AS last_hospital, lag(dscg_maindiag_code) OVER w AS last_dx
    FROM hb_ins.mdtrt_d WHERE med_type = '21'
    WINDOW w AS (PARTITION BY psn_no ORDER BY begntime, endtime)
) AS s
WHERE gap BETWEEN 0 AND 15 AND fixmedins_code = last_hospital AND icd10_category(dx) = icd10_category(last_dx)
GROUP BY fixmedins_code ORDER BY count(*) DESC, fixmedins_code LIMIT 5;

\echo '-- readmission within 30 days, by level of the hospital'
SELECT hosp_lv AS level, count(*) FILTER (WHERE (r).is_index) AS discharges, count(*) FILTER (WHERE (r).is_readmission) AS readmissions,
       round(100.0 * count(*) FILTER (WHERE (r).is_readmission) / count(*) FILTER (WHERE (r).is_index), 1) AS "per cent"
FROM (
    SELECT hosp_lv, readmission(begntime, endtime) OVER (PARTITION BY psn_no ORDER BY begntime, endtime) AS r
    FROM hb_ins.mdtrt_d WHERE med_type = '21'
) AS s
GROUP BY hosp_lv ORDER BY hosp_lv;

\echo '-- care at another institution during a stay, and how many of these were planted by the generator (F02)'
SELECT v.med_type AS "kind of visit", count(*) AS visits, count(DISTINCT v.psn_no) AS persons, count(l.row_key) AS planted
FROM (
    SELECT *, stay_overlap(begntime, endtime, mdtrt_id, closed => true) OVER (PARTITION BY psn_no ORDER BY begntime, endtime) AS o
    FROM hb_ins.mdtrt_d
) AS v JOIN hb_ins.mdtrt_d AS stay ON stay.mdtrt_id = (v.o).with_key AND stay.med_type = '21'
LEFT JOIN hb_ins.label AS l ON l.tab = 'mdtrt_d' AND l.row_key = v.mdtrt_id AND l.type = 'F02'
WHERE v.med_type <> '21' AND v.fixmedins_code <> stay.fixmedins_code AND v.begntime::date > stay.begntime::date AND v.begntime < stay.endtime
GROUP BY v.med_type ORDER BY v.med_type;

\echo '-- groups admitted and discharged together, within a day'
SELECT hospital, adm, dsc, size, round(expected::numeric, 3) AS expected, to_char(p_value, '9.9EEEE') AS p
FROM (
    SELECT fixmedins_code AS hospital, coadmission_agg(psn_no, begntime::date, endtime::date) AS s
    FROM hb_ins.mdtrt_d WHERE med_type = '21' GROUP BY fixmedins_code
) AS h, coadmission_groups(s, min_size => 4, tolerance => 1)
ORDER BY p_value, hospital, adm LIMIT 5;

\echo '-- items that exclude each other: emergency monitoring includes the bed, on one day; how many of these were planted (F07)'
WITH side (rule, granule, med_list_codg, is_main) AS (VALUES (1, 'day', '001103000010000', true), (1, 'day', '001109000010000', false)),
line AS (SELECT m.psn_no, f.*, f.setl_id || '.' || f.feedetl_sn AS row_key FROM hb_ins.fee_list_d AS f JOIN hb_ins.mdtrt_d AS m USING (mdtrt_id) WHERE cnt > 0),
conflict AS (
    SELECT c.*
    FROM (
        SELECT psn_no, pair_conflict_agg(rule, is_main, granule, fee_ocur_time, mdtrt_id, row_key) AS s
        FROM line JOIN side USING (med_list_codg) GROUP BY psn_no
    ) AS p, pair_conflicts(s) AS c
)
SELECT count(*) AS charges, count(DISTINCT mdtrt_id) AS visits, sum(det_item_fee_sumamt) AS yuan,
       count(*) FILTER (WHERE EXISTS (SELECT FROM hb_ins.label AS l WHERE l.type = 'F07' AND hashtextextended(l.row_key, 0) = main)) AS planted
FROM conflict JOIN line ON hashtextextended(line.row_key, 0) = excluded;

\echo '-- glycated haemoglobin more than once in 15 days'
SELECT count(*) AS tests, count(*) FILTER (WHERE times > 1) AS suspicious, max(times) AS most
FROM (
    SELECT rolling_count(f.fee_ocur_time::date, 15) OVER (PARTITION BY m.psn_no ORDER BY f.fee_ocur_time::date) AS times
    FROM hb_ins.fee_list_d AS f JOIN hb_ins.mdtrt_d AS m USING (mdtrt_id) WHERE f.med_list_codg = '002503020030000' AND f.cnt > 0
) AS t;

\echo '-- drugs in hand: a drug from three and more institutions, by the most days in hand; how many persons were planted (F06)'
WITH person AS (
    SELECT m.psn_no, supply_agg(f.fee_ocur_time::date, f.prd_days::int) AS s
    FROM hb_ins.fee_list_d AS f JOIN hb_ins.mdtrt_d AS m USING (mdtrt_id)
    WHERE f.prd_days > 0 AND f.cnt > 0 AND m.med_type <> '21'
    GROUP BY m.psn_no, f.med_list_codg HAVING count(DISTINCT m.fixmedins_code) >= 3
), planted AS (
    SELECT DISTINCT m.psn_no FROM hb_ins.label AS l JOIN hb_ins.mdtrt_d AS m ON m.mdtrt_id = l.row_key WHERE l.type = 'F06'
)
SELECT CASE WHEN max_in_hand > 365 THEN 'more than 365' WHEN max_in_hand > 60 THEN '61 to 365' ELSE 'up to 60' END AS "days in hand",
       count(DISTINCT psn_no) AS persons, count(DISTINCT planted.psn_no) AS planted, sum(oversupply) AS "days too early"
FROM person CROSS JOIN supply_stats(s) LEFT JOIN planted USING (psn_no) GROUP BY 1 ORDER BY min(max_in_hand) DESC;

\echo '-- the most patients at once, beside the beds of the hospital'
SELECT o.fixmedins_code AS hospital, o.beds, (m).peak, (m).at, (m).until
FROM (
    SELECT fixmedins_code, max_concurrent(daterange(begntime::date, endtime::date)) AS m
    FROM hb_ins.mdtrt_d WHERE med_type = '21' GROUP BY fixmedins_code
) AS s JOIN hb_ins.fixmedins_b AS o USING (fixmedins_code)
ORDER BY (m).peak DESC, 1 LIMIT 3;
