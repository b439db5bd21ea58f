-- what: GROUP BY int8
-- timed
SELECT count(*), max(c) FROM (SELECT n, count(*) AS c FROM dx GROUP BY n) s;
