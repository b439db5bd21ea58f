-- what: count(DISTINCT int8): sorts
-- timed
SELECT count(DISTINCT n) FROM dx;
