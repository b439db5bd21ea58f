-- what: sex from the 17th digit (odd = male), ascii(substr()) & 1
-- timed
SELECT count(*) FROM person WHERE ascii(substr(idn, 17, 1)) & 1 = 1;
