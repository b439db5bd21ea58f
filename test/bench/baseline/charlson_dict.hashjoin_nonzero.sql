-- what: charlson bits per patient: hash join with the dictionary entries that carry a bit only, patients without any from the patient table
SET enable_mergejoin = off;
SET enable_nestloop = off;
DROP TABLE IF EXISTS dict_charlson;
CREATE UNLOGGED TABLE dict_charlson AS SELECT code, mask FROM dict WHERE mask <> 0;
ALTER TABLE dict_charlson ADD PRIMARY KEY (code);
ANALYZE dict_charlson;
-- timed
SELECT count(*), sum(m), bit_or(m) FROM (
  SELECT p.patient, coalesce(a.m, 0) AS m FROM patient p LEFT JOIN (
    SELECT t.patient, bit_or(d.mask) AS m FROM dx t JOIN dict_charlson d USING (code) GROUP BY t.patient) a USING (patient)) s;
