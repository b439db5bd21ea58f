-- what: sex from the 17th digit (odd = male), int8 % 2
-- timed
SELECT count(*) FROM person WHERE n % 2 = 1;
