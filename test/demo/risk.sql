-- Risk models on the synthetic province of base.sql: everybody scored, by prefecture, who is due, one person explained, and
-- whether a score tells who fell ill.
\echo
\echo 'hbhealth: chronic-disease risk of a province'
\echo '============================================'

CREATE TABLE registry AS SELECT * FROM risk_registry(at => '2024-01-01');
CREATE TABLE known AS SELECT * FROM risk_persons(at => '2024-01-01');
ANALYZE registry, known;

\echo
\echo '-- SELECT * FROM risk_registry(): each adult with a measurement, each model that applies, what it lacks'
SELECT r.model, m.title_zh, count(*) AS asked, count(*) FILTER (WHERE r.missing = '{}') AS answered,
       mode() WITHIN GROUP (ORDER BY r.missing) FILTER (WHERE r.missing <> '{}') AS "most often missing"
FROM registry AS r JOIN risk_model AS m ON m.name = r.model
GROUP BY r.model, m.title_zh ORDER BY r.model;

\echo '-- classes of three models by prefecture, per cent of those scored'
SELECT cn_division_name(CASE WHEN k.area <@ '4290' THEN k.area ELSE cn_division_parent(k.area) END) AS prefecture,
       count(*) FILTER (WHERE model = 'china_par') AS scored,
       round(100.0 * count(*) FILTER (WHERE model = 'china_par' AND class = 'high') / nullif(count(*) FILTER (WHERE model = 'china_par'), 0)) AS "China-PAR high",
       round(100.0 * count(*) FILTER (WHERE model = 'china_par' AND class = 'moderate') / nullif(count(*) FILTER (WHERE model = 'china_par'), 0)) AS moderate,
       round(100.0 * count(*) FILTER (WHERE model = 'who2019_lab' AND value >= 0.2) / nullif(count(*) FILTER (WHERE model = 'who2019_lab'), 0)) AS "WHO from 20%",
       round(100.0 * count(*) FILTER (WHERE model = 'cn_lipid2023' AND class IN ('high', 'very high', 'ultra-high')) / nullif(count(*) FILTER (WHERE model = 'cn_lipid2023'), 0)) AS "lipid guideline high or more"
FROM registry AS r JOIN known AS k USING (pid)
WHERE r.class IS NOT NULL AND k.area IS NOT NULL
GROUP BY 1 ORDER BY scored DESC, 1;

\echo '-- high risk, untreated, and not seen for half a year: whom to call first'
SELECT r.pid, k.sex, k.age, cn_division_name(k.area) AS area, round(100 * r.value::numeric, 1) AS "China-PAR %", k.sbp, k.ldl, k.smoker, r.latest AS "last seen"
FROM registry AS r JOIN known AS k USING (pid)
WHERE r.model = 'china_par' AND r.class = 'high' AND NOT k.bp_treated AND NOT k.statin AND r.latest < DATE '2024-01-01' - 180
ORDER BY r.value DESC, r.pid LIMIT 10;

\echo '-- why: the first of them explained, in percentage points, and what targets would change'
SELECT e.input, e.value, e.unit, e.reference, round(100 * e.contribution::numeric, 1) AS points, e.target, round(100 * e.change::numeric, 1) AS change
FROM (SELECT k.* FROM registry AS r JOIN known AS k USING (pid)
      WHERE r.model = 'china_par' AND r.class = 'high' AND NOT k.bp_treated AND NOT k.statin AND r.latest < DATE '2024-01-01' - 180
      ORDER BY r.value DESC, r.pid LIMIT 1) AS k,
     LATERAL china_par_explain(sex => sex, age => age, sbp => sbp, bp_treated => bp_treated, tc => tc, hdl => hdl, waist => waist, smoker => smoker,
         diabetes => dm, north => north, urban => urban, family_history => family_ascvd) AS e;

\echo '-- does the FINDRISC screening score tell who has diabetes? (inactivity and family history are not recorded: taken as absent)'
CREATE TABLE screened AS
SELECT findrisc(sex => sex, age => age, bmi => bmi, waist => waist, active => true, fruitveg => true, bpmed => bp_treated, highglu => false, fam => 0) AS points, dm AS diabetes,
       k.* FROM known AS k WHERE bmi IS NOT NULL AND waist IS NOT NULL;
SELECT cases, controls, round(auc::numeric, 3) AS auc, round(lower::numeric, 3) AS lower, round(upper::numeric, 3) AS upper
FROM (SELECT (auc_interval(auc_agg(points, diabetes))).* FROM screened) AS s;
SELECT findrisc_class(points) AS class, count(*) AS persons, round(100.0 * avg(diabetes::int), 1) AS "diabetes %" FROM screened GROUP BY 1 ORDER BY min(points);

\echo '-- does China-PAR fit? Risk on 1 July, made that of half a year, beside vascular diagnoses until December'
CREATE TABLE followed AS
SELECT r.pid, 1 - (1 - r.value) ^ 0.05 AS predicted, EXISTS (SELECT FROM hb_emr.enc AS e JOIN hb_emr.dx AS d USING (enc_id)
    WHERE e.pid = r.pid AND lower(e.at) >= '2023-07-01' AND d.icd10 <@ 'I20-I25, I60-I69') AS event
FROM risk_registry(at => '2023-07-01', models => '{china_par}') AS r WHERE r.value IS NOT NULL;
SELECT n, events, round(expected::numeric, 1) AS expected, round(oe::numeric, 2) AS "O/E", round(oe_lower::numeric, 2) AS lower, round(oe_upper::numeric, 2) AS upper,
       round(slope::numeric, 2) AS slope, round(brier::numeric, 4) AS brier, round(auc::numeric, 3) AS auc
FROM (SELECT (calibration_summary(calibration_agg(predicted, event))).*, auc(auc_agg(predicted, event)) FROM followed) AS s;
SELECT place, round(100 * lo::numeric, 2) AS "from %", round(100 * hi::numeric, 2) AS "to %", n, events, round(expected::numeric, 1) AS expected
FROM calibration_groups((SELECT calibration_agg(predicted, event) FROM followed), 5);
