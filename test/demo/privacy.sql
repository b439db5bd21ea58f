-- Masks, generalisation and what each step of it leaves, on the synthetic province of base.sql.
\echo
\echo 'hbhealth: masks for screens, ranges for releases, and the risk that is left'
\echo '============================================================================'

\echo
\echo '-- masks: what has not the form of the mask is hidden as a whole'
SELECT name_enc AS name, deid_mask_name(name_enc) AS masked, deid_mask_idno(id::text) AS idno, deid_mask_mobile('+86 138-1234-5678') AS mobile,
       deid_mask_address('湖北省武汉市洪山区珞喻路1037号', 'county') AS address, deid_mask_idno('not a number') AS "not a number"
FROM hb_pop.person WHERE id IS NOT NULL ORDER BY pid LIMIT 3;

\echo '-- a ladder of generalisation: inpatients by sex, birth and division, beside the whole province as the population of a journalist'
CREATE VIEW demo_person AS
SELECT p.pid, p.sex, p.birth, deid_generalize_date(p.birth, 'year') AS year, deid_generalize_date(p.birth, '10y') AS decade,
       r.area, deid_region(r.area::text, 4) AS prefecture, deid_region(r.area::text, 2) AS province
FROM hb_pop.person AS p JOIN hb_pop.residence AS r ON r.pid = p.pid AND r.kind = '2';
CREATE VIEW demo_inpatient AS
SELECT DISTINCT ON (p.pid) p.*, deid_generalize_icd10(d.icd10, 'chapter') AS chapter
FROM demo_person AS p JOIN hb_emr.enc AS e ON e.pid = p.pid AND e.kind = 'ip' JOIN hb_emr.dx AS d ON d.enc_id = e.enc_id AND d.seq = 1 ORDER BY p.pid, e.at;
SELECT step, max(value) FILTER (WHERE measure = 'k') AS k, max(value) FILTER (WHERE measure = 'uniques') AS uniques, max(value) FILTER (WHERE measure = 'classes') AS classes,
       round(max(value) FILTER (WHERE measure = 'prosecutor_avg')::numeric, 4) AS prosecutor, round(max(value) FILTER (WHERE measure = 'journalist_avg')::numeric, 4) AS journalist,
       max(value) FILTER (WHERE measure = 'gbt42460_level') AS "GB/T 42460 level"
FROM (VALUES (1, 'sex, day of birth, county', '{sex,birth,area}'::name[]), (2, 'sex, year of birth, county', '{sex,year,area}'),
             (3, 'sex, year of birth, prefecture', '{sex,year,prefecture}'), (4, 'sex, decade, prefecture', '{sex,decade,prefecture}'), (5, 'sex, decade', '{sex,decade}'), (6, 'sex', '{sex}')) AS s (n, step, columns),
     privacy_report('demo_inpatient', columns, population => 'demo_person') AS r
GROUP BY n, step ORDER BY n;

\echo '-- k says nothing of what is learnt: the least diverse class by chapter of diagnosis, and how far it is from all inpatients'
SELECT measure, round(value::numeric, 4) AS value FROM privacy_report('demo_inpatient', '{sex,decade}', '{chapter}') WHERE attribute = 'chapter' AND measure IN ('l_distinct', 'l_entropy', 'max_share', 't_equal', 'beta');

\echo '-- who has two releases, by decades of birth and by decades that begin five years later, finds classes below eleven'
CREATE VIEW demo_release_a AS SELECT sex, decade AS birth FROM demo_inpatient;
CREATE VIEW demo_release_b AS SELECT sex, daterange((lower(decade) - interval '5 years')::date, (upper(decade) - interval '5 years')::date) AS birth FROM demo_inpatient WHERE prefecture = '4201';
SELECT class, size_a, size_b, size_joined FROM privacy_compose('demo_release_a', 'demo_release_b', '{sex,birth}', below => 11) LIMIT 5;
