-- what: counts by digits, which are exact for amounts of two decimals by division of cents
-- note: the digits are from a number of cents below 10^8; other numeric needs the text
-- timed
SELECT sum(chi2) FROM (
  SELECT sum((n - t * p) ^ 2 / (t * p)) + t * (1 - sum(p)) AS chi2 FROM (
    SELECT d, n::float8 AS n, sum(n) OVER ()::float8 AS t, log(1 + 1.0 / d)::float8 AS p FROM (
      SELECT CASE WHEN c >= 1000000 THEN CASE WHEN c >= 10000000 THEN c / 1000000 ELSE c / 100000 END
        WHEN c >= 10000 THEN CASE WHEN c >= 100000 THEN c / 10000 ELSE c / 1000 END
        WHEN c >= 100 THEN CASE WHEN c >= 1000 THEN c / 100 ELSE c / 10 END ELSE CASE WHEN c >= 10 THEN c ELSE c * 10 END END AS d, count(*) AS n
      FROM (SELECT (amount * 100)::int8 AS c FROM claim) a GROUP BY d) b) e GROUP BY t) s;
