-- Insurance claims, statistics: where to look, one query of each family on the synthetic province of base.sql.
\echo
\echo '-- outlying stays: costs against those of the same disease, by the robust z score of the logarithm'
SELECT icd10_category(dx) AS disease, hospital, cost, round(z::numeric, 1) AS z, round(typical::numeric) AS "typical cost"
FROM (
    SELECT m.fixmedins_code AS hospital, m.dscg_maindiag_code AS dx, s.medfee_sumamt AS cost,
           modified_zscore(ln(s.medfee_sumamt::float8)) OVER w AS z, count(*) OVER w AS n, exp(avg(ln(s.medfee_sumamt::float8)) OVER w) AS typical
    FROM hb_ins.mdtrt_d AS m JOIN hb_ins.setl_d AS s USING (mdtrt_id)
    WHERE m.med_type = '21' AND s.medfee_sumamt > 0 AND s.vali_flag = '1'
    WINDOW w AS (PARTITION BY icd10_category(m.dscg_maindiag_code))
) AS stay
WHERE n >= 50 ORDER BY z DESC, hospital LIMIT 5;

\echo '-- first two digits of settlements against Benford: one pair in a third of them, which is the fixed price of a dialysis centre: legal, and a reason to know where not to use it'
SELECT p.hospital, f.kind, t.n, round(t.mad::numeric, 4) AS mad, t.conformity, round(t.u2::numeric, 2) AS u2, round(t.log10_span::numeric, 1) AS span,
       worst.digits, worst.observed, round((t.n * worst.expected)::numeric, 1) AS expected
FROM (
    SELECT m.fixmedins_code AS hospital, benford_agg(s.medfee_sumamt) AS digits
    FROM hb_ins.setl_d AS s JOIN hb_ins.mdtrt_d AS m USING (mdtrt_id) GROUP BY m.fixmedins_code HAVING count(*) >= 300
) AS p JOIN hb_ins.fixmedins_b AS f ON f.fixmedins_code = p.hospital CROSS JOIN benford_test(p.digits) AS t
CROSS JOIN LATERAL (SELECT * FROM benford_table(p.digits) ORDER BY z DESC, digits LIMIT 1) AS worst
ORDER BY t.mad DESC, p.hospital LIMIT 3;

\echo '-- last two digits of settlements: where invented by the generator (F15) they end in 0 or 5; prices explain even ones, so look at those that end in 5'
SELECT p.hospital, t.n, sum(d.observed) FILTER (WHERE d.digits % 10 = 5) AS "end in 5", round(t.n / 10.0, 1) AS expected, round(t.chi2::numeric) AS chi2, t.df,
       (SELECT count(*) FROM hb_ins.label AS l JOIN hb_ins.mdtrt_d AS m ON m.mdtrt_id = l.row_key
        WHERE l.tab = 'mdtrt_d' AND l.type = 'F15' AND m.fixmedins_code = p.hospital) AS planted
FROM (
    SELECT m.fixmedins_code AS hospital, benford_agg(s.medfee_sumamt) AS digits
    FROM hb_ins.setl_d AS s JOIN hb_ins.mdtrt_d AS m USING (mdtrt_id) GROUP BY m.fixmedins_code HAVING count(*) >= 50
) AS p CROSS JOIN benford_test(p.digits, 'last_two') AS t CROSS JOIN benford_table(p.digits, 'last_two') AS d
GROUP BY p.hospital, t.n, t.chi2, t.df
ORDER BY sum(d.observed) FILTER (WHERE d.digits % 10 = 5) / t.n DESC, p.hospital LIMIT 5;

\echo '-- stays of one or two days: hospitals against what their mix of diseases would give elsewhere, with limits that allow for what hospitals differ by anyway; planted induced stays (F17)'
WITH stay AS (
    SELECT fixmedins_code AS hospital, icd10_category(dscg_maindiag_code) AS disease, (ipt_days <= 2)::int AS short
    FROM hb_ins.mdtrt_d WHERE med_type = '21' AND ipt_days IS NOT NULL
), counts AS (
    SELECT hospital, sum(short) AS observed, sum(rate) AS expected
    FROM stay JOIN (SELECT disease, avg(short)::float8 AS rate FROM stay GROUP BY disease) AS r USING (disease)
    GROUP BY hospital HAVING sum(rate) >= 2
), fitted AS (
    SELECT funnel_agg(observed, expected) AS f, eb_agg(observed, expected) AS prior FROM counts
)
SELECT c.hospital, c.observed, round(c.expected::numeric, 1) AS expected, round(t.oe::numeric, 2) AS oe, to_char(t.p_upper, '9.9EEEE') AS p,
       round(funnel_z(f, c.observed, c.expected)::numeric, 1) AS "z among peers", round(e.mean::numeric, 2) AS shrunk,
       round(e.low::numeric, 2) || ' to ' || round(e.high::numeric, 2) AS "95 per cent",
       (SELECT count(*) FROM hb_ins.label AS l JOIN hb_ins.mdtrt_d AS m ON m.mdtrt_id = l.row_key
        WHERE l.tab = 'mdtrt_d' AND l.type = 'F17' AND m.fixmedins_code = c.hospital) AS planted
FROM counts AS c CROSS JOIN fitted CROSS JOIN oe_test(c.observed, c.expected) AS t CROSS JOIN eb_estimate(prior, c.observed, c.expected) AS e
ORDER BY e.low DESC, c.hospital LIMIT 5;

\echo '-- concentration: institutions whose fees go through one doctor'
SELECT hospital, count(*) AS doctors, round(gini(fees)::numeric, 2) AS gini, round(hhi(fees)::numeric, 3) AS hhi, round((100 * top_share(fees, 0.1))::numeric) AS "per cent of the top tenth"
FROM (
    SELECT m.fixmedins_code AS hospital, f.bilg_dr_code AS doctor, greatest(sum(f.det_item_fee_sumamt), 0)::float8 AS fees
    FROM hb_ins.fee_list_d AS f JOIN hb_ins.mdtrt_d AS m USING (mdtrt_id) WHERE f.bilg_dr_code IS NOT NULL GROUP BY 1, 2
) AS d
GROUP BY hospital HAVING count(*) >= 10 ORDER BY hhi(fees) DESC, hospital LIMIT 5;

\echo '-- groups of cases: cost and time consumption index of the hospitals with most stays, diseases in place of DRG; how much the diseases explain'
WITH stay AS (
    SELECT m.fixmedins_code AS hospital, icd10_category(m.dscg_maindiag_code) AS grp, s.medfee_sumamt::float8 AS cost, m.ipt_days AS days
    FROM hb_ins.mdtrt_d AS m JOIN hb_ins.setl_d AS s USING (mdtrt_id) WHERE m.med_type = '21' AND s.medfee_sumamt > 0 AND s.vali_flag = '1'
), region AS (
    SELECT grp, avg(cost) AS cost, nullif(avg(days), 0) AS days FROM stay GROUP BY grp
), own AS (
    SELECT hospital, grp, count(*) AS n, avg(cost) AS cost, avg(days) AS days FROM stay GROUP BY hospital, grp
)
SELECT hospital, sum(n) AS stays, round(consumption_index_agg(own.cost / region.cost, n)::numeric, 3) AS "cost index",
       round(consumption_index_agg((own.days / region.days)::float8, n)::numeric, 3) AS "time index",
       (SELECT round((riv_agg(grp::text, ln(cost))).riv::numeric, 3) FROM stay) AS "riv of ln(cost)"
FROM own JOIN region USING (grp) GROUP BY hospital ORDER BY sum(n) DESC, hospital LIMIT 5;
