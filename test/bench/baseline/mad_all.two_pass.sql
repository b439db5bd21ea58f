-- what: percentile_cont twice
-- timed
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(x - med)) FROM claim, (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS med FROM claim) a;
