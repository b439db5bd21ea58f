-- what: GROUP BY text
-- timed
SELECT count(*), max(c) FROM (SELECT code, count(*) AS c FROM dx GROUP BY code) s;
