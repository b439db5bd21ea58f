-- what: Charlson categories per patient, no bits stored
-- limit: ratio <= 1
-- setup: setup_types.sql
-- timed
SELECT count(*), sum(charlson_hash(m)), rollup(m) FROM (
  SELECT patient, charlson_agg(icd) AS m FROM dx GROUP BY patient) s;
