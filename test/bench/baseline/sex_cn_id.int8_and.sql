-- what: sex from the 17th digit (odd = male), int8 & 1
-- timed
SELECT count(*) FROM person WHERE n & 1 = 1;
