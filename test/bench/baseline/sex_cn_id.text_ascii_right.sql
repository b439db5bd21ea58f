-- what: sex from the 17th digit (odd = male), ascii(right(idn, 2)) & 1
-- timed
SELECT count(*) FROM person WHERE ascii(right(idn, 2)) & 1 = 1;
