-- what: registered in Wuhan (4201xx), regular expression
-- timed
SELECT count(*) FROM person WHERE idn ~ '^4201';
