-- what: registered in Wuhan (4201xx), int8 BETWEEN
-- timed
SELECT count(*) FROM person WHERE n BETWEEN 42010000000000000 AND 42019999999999999;
