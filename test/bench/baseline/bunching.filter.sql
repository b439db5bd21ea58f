-- what: two counts with FILTER, without the probability
-- timed
SELECT count(*), sum(m) FROM (SELECT count(*) FILTER (WHERE x >= 900 AND x < 1000) AS m, count(*) FILTER (WHERE x >= 1000 AND x < 1100) AS n FROM claim GROUP BY g OFFSET 0) s;
