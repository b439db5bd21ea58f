-- what: sex from the 17th digit (odd = male), five LIKE
-- timed
SELECT count(*) FROM person WHERE idn LIKE ANY ('{%1_,%3_,%5_,%7_,%9_}');
