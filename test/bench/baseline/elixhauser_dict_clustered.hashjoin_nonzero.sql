-- what: elixhauser bits per patient: hash join with the dictionary entries that carry a bit only, patients without any from the patient table (rows ordered by patient)
SET enable_mergejoin = off;
SET enable_nestloop = off;
DROP TABLE IF EXISTS dict_elixhauser;
CREATE UNLOGGED TABLE dict_elixhauser AS SELECT code, emask FROM dict WHERE emask <> 0;
ALTER TABLE dict_elixhauser ADD PRIMARY KEY (code);
ANALYZE dict_elixhauser;
-- timed
SELECT count(*), sum(m), bit_or(m) FROM (
  SELECT p.patient, coalesce(a.m, 0) AS m FROM patient p LEFT JOIN (
    SELECT t.patient, bit_or(d.emask) AS m FROM dxc t JOIN dict_elixhauser d USING (code) GROUP BY t.patient) a USING (patient)) s;
