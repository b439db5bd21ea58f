-- what: one process
-- timed
SELECT sum((supply_stats(s)).oversupply) FROM (SELECT hosp, supply_agg(adm, 14) AS s FROM stay GROUP BY hosp) x;
