-- De-identification on the synthetic province of base.sql: the raw table, what it gives away, a release under a key that nobody
-- sees, what remains, a second recipient, and the way back.
\echo
\echo 'hbhealth: a release of the province, and its measured risk'
\echo '=========================================================='

CREATE TABLE discharge AS
SELECT DISTINCT ON (e.pid) p.id::text AS idno, p.name_enc AS name, p.sex, p.birth, r.area, 'ZY' || lpad(e.enc_id::text, 10, '0') AS record_no,
       lower(e.at)::date AS admitted, upper(e.at)::date AS discharged, d.icd10 AS dx, s.medfee_sumamt AS cost
FROM hb_emr.enc AS e JOIN hb_emr.dx AS d ON d.enc_id = e.enc_id AND d.seq = 1 JOIN hb_pop.person AS p ON p.pid = e.pid AND p.id IS NOT NULL
     JOIN hb_pop.residence AS r ON r.pid = p.pid AND r.kind = '2'
     LEFT JOIN hb_ins.mdtrt_d AS m ON m.enc_id = e.enc_id LEFT JOIN hb_ins.setl_d AS s ON s.mdtrt_id = m.mdtrt_id
WHERE e.kind = 'ip' ORDER BY e.pid, e.at;
ANALYZE discharge;

\echo
\echo '-- SELECT * FROM privacy_suggest(''discharge''): what the columns are'
SELECT column_name, kind, what, evidence FROM privacy_suggest('discharge');

\echo '-- a key made inside the server, for members of two roles; its material is shown to nobody'
CREATE ROLE demo_maker;
CREATE ROLE demo_office;
GRANT USAGE ON SCHEMA hbhealth TO demo_maker, demo_office;
GRANT SELECT ON discharge TO demo_maker;
GRANT CREATE ON SCHEMA public TO demo_maker;
GRANT EXECUTE ON FUNCTION deid_token(text, text, name, integer), deid_fpe_idno(text, name, integer, integer, boolean, text, text), deid_fpe_digits,
      deid_shift(date, text, name, integer, boolean), deid_name, deid_num, deid_release_create TO demo_maker;
GRANT EXECUTE ON PROCEDURE deid_reidentify TO demo_office;
SELECT deid_key_create('stroke_study', 'release', 'sm3-aes', use_role => 'demo_maker', reverse_role => 'demo_office') AS version;
SELECT name, version, purpose, algorithm, state, use_role, reverse_role FROM deid_key_info();

\echo '-- the release: what it is for, then one CREATE TABLE AS; whoever has fewer than eleven others alike is left out'
SET ROLE demo_maker;
BEGIN;
SELECT deid_release_create('stroke_1', 'Team A', 'outcome of stroke, protocol 17', 'stroke_study', '{
    "record_no": {"function": "deid_fpe_digits"}}') AS key_version;
CREATE TABLE release_1 AS
SELECT deid_token(idno, 'idno', 'stroke_study') AS patient,
       deid_name(idno, sex, 'stroke_study') AS name, sex, age, area,
       deid_fpe_digits(record_no, 'stroke_study') AS record_no,
       deid_shift(admitted, idno, 'stroke_study', 364) AS admitted, deid_shift(discharged, idno, 'stroke_study', 364) AS discharged,
       deid_generalize_icd10(dx, 'block') AS dx, deid_num(cost, idno, 'stroke_study', 5, 'cost') AS cost
FROM (SELECT *, count(*) OVER (PARTITION BY sex, age, area) AS alike
      FROM (SELECT idno, sex, record_no, admitted, discharged, dx, cost, deid_region(d.area, 4) AS area,
                   deid_age_band(extract(year FROM age(admitted, birth))::int, 20, 80) AS age FROM discharge AS d) AS c) AS c
WHERE alike > 11;
COMMIT;
SELECT * FROM release_1 ORDER BY patient LIMIT 5;

\echo '-- where programs expect identity numbers: others of the region, decade and sex, with a check digit that is nobody''s'
SELECT left(idno, 6) || '********' || right(idno, 4) AS number, deid_fpe_idno(idno, 'stroke_study', check_digit => 'invalid') AS pseudonym FROM discharge ORDER BY idno LIMIT 3;

\echo '-- privacy_report: before, by sex, birth, division and date; after, by what is left of them'
RESET ROLE;
CREATE VIEW discharge_known AS SELECT sex, birth, area, admitted, deid_generalize_icd10(dx, 'block') AS dx FROM discharge;
SELECT b.measure, b.attribute, round(b.value::numeric, 4) AS before, round(a.value::numeric, 4) AS after, b.bound, b.met AS "before met", a.met AS "after met"
FROM privacy_report('discharge_known', '{sex,birth,area,admitted}', '{dx}') WITH ORDINALITY AS b (measure, attribute, value, bound, met, n)
     JOIN privacy_report('release_1', '{sex,age,area}', '{dx}') AS a (measure, attribute, value, bound, met) ON a.measure = b.measure AND a.attribute IS NOT DISTINCT FROM b.attribute
WHERE b.measure IN ('records', 'classes', 'k', 'uniques', 'prosecutor_max', 'marketer', 'at_risk', 'gbt42460_level', 'gbt42460_risk', 'l_distinct', 't_equal')
ORDER BY n;

\echo '-- another recipient under the same version is refused; under a new one nothing joins the two'
\set ON_ERROR_STOP off
SELECT deid_release_create('stroke_2', 'Team B', 'costs of stroke', 'stroke_study');
\set ON_ERROR_STOP on
SELECT deid_key_rotate('stroke_study') AS version;
SELECT deid_release_create('stroke_2', 'Team B', 'costs of stroke', 'stroke_study') AS key_version;
CREATE TABLE release_2 AS SELECT deid_token(idno, 'idno', 'stroke_study') AS patient, deid_generalize_icd10(dx, 'block') AS dx, cost FROM discharge;
SELECT (SELECT count(*) FROM release_1) AS "of team A", (SELECT count(*) FROM release_2) AS "of team B", count(*) AS "tokens in common" FROM release_1 JOIN release_2 USING (patient);

\echo '-- a finding concerns one patient: back by a procedure that commits its record first'
SELECT record_no AS found FROM release_1 ORDER BY patient LIMIT 1 \gset
SET ROLE demo_office;
CALL deid_reidentify('stroke_1', ARRAY[:'found'], 'finding 4711');
RESET ROLE;
SELECT role, release, field, purpose, pseudonyms FROM deid_audit;

\echo '-- what the catalogue holds of the keys: wrapped, and of no use without the file'
SELECT name, version, state, left(wrapped::text, 20) || '...' AS wrapped FROM deid_key ORDER BY 1, 2;
