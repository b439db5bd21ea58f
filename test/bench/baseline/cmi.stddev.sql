-- what: stddev, as the floor of states of moments
-- timed
SELECT count(*), sum(m) FROM (SELECT stddev(x) AS m FROM claim GROUP BY g) s;
