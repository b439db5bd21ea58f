-- what: sex from the 17th digit (odd = male), substr()::int % 2
-- timed
SELECT count(*) FROM person WHERE substr(idn, 17, 1)::int % 2 = 1;
