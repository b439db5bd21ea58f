-- what: registered in Wuhan (4201xx), starts_with()
-- timed
SELECT count(*) FROM person WHERE starts_with(idn, '4201');
