-- what: the same in one process
-- timed
SELECT count(*), sum(chi2) FROM (SELECT (benford_test(benford_agg(amount))).chi2 FROM claim GROUP BY g) s;
