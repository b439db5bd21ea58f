-- what: count(DISTINCT text): sorts
-- timed
SELECT count(DISTINCT code) FROM dx;
