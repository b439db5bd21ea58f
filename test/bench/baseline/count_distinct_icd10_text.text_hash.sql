-- what: the same by a hashed DISTINCT
-- timed
SELECT count(*) FROM (SELECT DISTINCT code FROM dx) s;
