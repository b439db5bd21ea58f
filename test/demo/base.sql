-- The base databases: schema, a synthetic province of 20,000 persons, and a first tour. The schemas hb_* stay for the
-- files that follow.
\echo
\echo 'hbhealth: three base databases and a synthetic province'
\echo '========================================================'

\echo
\echo '-- CALL create_base_schema(): ordinary schemas of the user'
CALL create_base_schema();
SELECT n.nspname AS schema, count(*) AS tables,
       (SELECT count(*) FROM information_schema.columns AS c WHERE c.table_schema = n.nspname) AS columns
FROM pg_class AS t JOIN pg_namespace AS n ON n.oid = t.relnamespace
WHERE t.relkind = 'r' AND n.nspname IN ('hb_ref', 'hb_pop', 'hb_ehr', 'hb_emr', 'hb_ins')
GROUP BY n.nspname ORDER BY array_position('{hb_ref,hb_pop,hb_ehr,hb_emr,hb_ins}', n.nspname::text);

\echo '-- CALL generate_province(20000): one year of 20,000 persons, and the keys'
CALL generate_province(20000);

\echo
\echo '-- the population pyramid by prefecture, from the census of 2020: per cent of its persons at these ages'
WITH alive AS (
    SELECT CASE WHEN a.parent <@ '4290' OR a.code <@ '4290' THEN a.code ELSE a.parent END AS prefecture, p.sex,
           least(extract(year FROM age(DATE '2024-01-01', p.birth))::int / 15, 5) AS band
    FROM hb_pop.person AS p JOIN hb_pop.residence AS r ON r.pid = p.pid AND r.kind = '2' AND r.during @> DATE '2023-12-31'
         JOIN hb_ref.area AS a ON a.code = r.area
    WHERE p.death IS NULL
), share AS (
    SELECT prefecture, sex, band, count(*) AS n, 100.0 * count(*) / sum(count(*)) OVER (PARTITION BY prefecture) AS pct
    FROM alive GROUP BY prefecture, sex, band
)
SELECT a.name AS prefecture, sum(n) AS persons,
       string_agg(lpad(round(pct)::text, 2), ' ' ORDER BY band) FILTER (WHERE sex = '1') AS "men: 0- 15- 30- 45- 60- 75-",
       string_agg(lpad(round(pct)::text, 2), ' ' ORDER BY band) FILTER (WHERE sex = '2') AS "women: 0- 15- 30- 45- 60- 75-",
       round(100.0 * sum(n) FILTER (WHERE sex = '1') / sum(n) FILTER (WHERE sex = '2')) AS "men to 100 women"
FROM share JOIN hb_ref.area AS a ON a.code = share.prefecture
GROUP BY a.code, a.name ORDER BY a.code;

WITH pyramid AS (
    SELECT least(extract(year FROM age(DATE '2024-01-01', birth))::int / 10, 9) AS decade,
           100.0 * count(*) FILTER (WHERE sex = '1') / sum(count(*)) OVER () AS men,
           100.0 * count(*) FILTER (WHERE sex = '2') / sum(count(*)) OVER () AS women
    FROM hb_pop.person WHERE death IS NULL GROUP BY 1
)
SELECT CASE decade WHEN 9 THEN '90+' ELSE decade * 10 || '-' || decade * 10 + 9 END AS age,
       lpad(repeat('#', round(men * 3)::int), 30) AS "men: # is 1/3 per cent", repeat('#', round(women * 3)::int) AS women
FROM pyramid ORDER BY decade DESC;

\echo '-- diseases of outpatients and inpatients by chapter, with the most frequent code of each'
SELECT icd10_chapter_code(d.icd10) AS chapter, icd10_chapter_title(d.icd10) AS "title (zh)",
       count(*) FILTER (WHERE e.kind <> 'ip') AS visits, count(*) FILTER (WHERE e.kind = 'ip') AS stays,
       mode() WITHIN GROUP (ORDER BY d.icd10) AS "most frequent"
FROM hb_emr.dx AS d JOIN hb_emr.enc AS e USING (enc_id)
WHERE d.seq = 1
GROUP BY icd10_chapter(d.icd10), 1, 2 ORDER BY count(*) DESC LIMIT 10;

\echo '-- comorbidity of discharged patients: Charlson score of all diagnoses of the year'
WITH patient AS (
    SELECT e.pid, charlson_score(charlson_agg(d.icd10)) AS score, count(DISTINCT e.enc_id) AS stays,
           sum(upper(e.at)::date - lower(e.at)::date) / count(*) AS days
    FROM hb_emr.enc AS e JOIN hb_emr.dx AS d USING (enc_id)
    WHERE e.kind = 'ip' GROUP BY e.pid
)
SELECT least(score, 6) || CASE WHEN score >= 6 THEN '+' ELSE '' END AS charlson, count(*) AS patients,
       round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS "%", round(avg(stays), 2) AS "stays a patient",
       round(avg(days), 1) AS "days a stay"
FROM patient GROUP BY 1 ORDER BY 1;

\echo '-- what the year cost, by kind of claim (yuan)'
SELECT c.name AS kind, count(*) AS claims, percentile_disc(0.5) WITHIN GROUP (ORDER BY s.medfee_sumamt) AS median,
       percentile_disc(0.99) WITHIN GROUP (ORDER BY s.medfee_sumamt) AS p99,
       round(sum(s.medfee_sumamt)) AS charged, round(100 * sum(s.fund_pay_sumamt) / sum(s.medfee_sumamt), 1) AS "fund %"
FROM hb_ins.mdtrt_d AS m JOIN hb_ins.setl_d AS s USING (mdtrt_id)
     LEFT JOIN hb_ref.code_table AS c ON c.cv = 'NHSA.med_type' AND c.code = m.med_type
GROUP BY m.med_type, c.name ORDER BY m.med_type;

\echo '-- plans that use the indexes: codes of a disease as a range'
EXPLAIN (COSTS OFF)
SELECT count(*) FROM hb_emr.dx WHERE icd10 <@ 'I60-I69';

\echo '-- the stays of one person'
EXPLAIN (COSTS OFF)
SELECT * FROM hb_ins.mdtrt_d WHERE psn_no = 'P4711' ORDER BY begntime;

\echo '-- who had a procedure on the gall bladder'
EXPLAIN (COSTS OFF)
SELECT DISTINCT e.pid FROM hb_emr.proc AS p JOIN hb_emr.enc AS e USING (enc_id) WHERE p.icd9cm3 <@ '51.2';
