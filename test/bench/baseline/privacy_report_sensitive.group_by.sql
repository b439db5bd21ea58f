-- what: GROUP BY with the diagnosis, then without
-- note: k, uniques, distinct and entropy l only
-- timed
SELECT sum(n), count(*), min(n), count(*) FILTER (WHERE n = 1), min(l), min(exp(h)), max(top / n)
FROM (SELECT sum(n) AS n, count(*) AS l, -sum(n * ln(n::float8)) / sum(n) + ln(sum(n)::float8) AS h, max(n) AS top
	FROM (SELECT birth_year, sex, county, diagnosis, count(*) AS n FROM released GROUP BY birth_year, sex, county, diagnosis) v
	GROUP BY birth_year, sex, county) c
