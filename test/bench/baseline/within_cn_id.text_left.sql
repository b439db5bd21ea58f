-- what: registered in Wuhan (4201xx), left(idn, 4) =
-- timed
SELECT count(*) FROM person WHERE left(idn, 4) = '4201';
