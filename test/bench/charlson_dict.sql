-- what: Charlson categories per patient, no bits stored
-- limit: ratio <= 1
-- setup: setup_types.sql
SET enable_mergejoin = off;
SET enable_nestloop = off;
-- timed
SELECT count(*), sum(charlson_hash(m)), rollup(m) FROM (
  SELECT p.patient, coalesce(a.m, '{}') AS m FROM patient p LEFT JOIN (
    SELECT patient, charlson_agg(icd) AS m FROM dx WHERE charlson(icd) <> '{}' GROUP BY patient) a USING (patient)) s;
