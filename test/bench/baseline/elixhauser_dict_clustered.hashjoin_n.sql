-- what: elixhauser bits per patient: the same on the int8 code (rows ordered by patient)
SET enable_mergejoin = off;
SET enable_nestloop = off;
-- timed
SELECT count(*), sum(m), bit_or(m) FROM (
  SELECT t.patient, bit_or(d.emask) AS m FROM dxc t JOIN dict d USING (n) GROUP BY t.patient) s;
