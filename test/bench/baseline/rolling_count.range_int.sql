-- what: RANGE of an integer, from an index on the number of the day
CREATE TEMP TABLE stay_day AS SELECT person, adm - date '2020-01-01' AS day FROM stay;
CREATE INDEX ON stay_day (person, day);
VACUUM (ANALYZE, FREEZE) stay_day;
SET enable_seqscan = off;
SET enable_sort = off;
-- timed
SELECT sum(c) FROM (SELECT count(*) OVER (PARTITION BY person ORDER BY day RANGE 14 PRECEDING) AS c FROM stay_day) s;
