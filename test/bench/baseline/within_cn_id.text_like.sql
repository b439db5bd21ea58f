-- what: registered in Wuhan (4201xx), LIKE
-- timed
SELECT count(*) FROM person WHERE idn LIKE '4201%';
