-- what: elixhauser bits per patient: hash join with a dictionary code -> bits, bit_or (rows ordered by patient)
SET enable_mergejoin = off;
SET enable_nestloop = off;
-- timed
SELECT count(*), sum(m), bit_or(m) FROM (
  SELECT t.patient, bit_or(d.emask) AS m FROM dxc t JOIN dict d USING (code) GROUP BY t.patient) s;
