-- what: two-level GROUP BY of k alone
-- timed
SELECT min(n) FROM (SELECT count(*) AS n FROM released GROUP BY birth_year, sex, county, month) c
