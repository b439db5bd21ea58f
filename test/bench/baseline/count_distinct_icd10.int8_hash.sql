-- what: the same by a hashed DISTINCT
-- timed
SELECT count(*) FROM (SELECT DISTINCT n FROM dx) s;
