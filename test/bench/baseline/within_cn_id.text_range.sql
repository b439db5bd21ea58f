-- what: registered in Wuhan (4201xx), range in byte order
-- timed
SELECT count(*) FROM person WHERE idn >= '4201' AND idn < '4202';
