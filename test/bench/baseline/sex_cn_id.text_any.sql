-- what: sex from the 17th digit (odd = male), substr() = ANY of the odd digits
-- timed
SELECT count(*) FROM person WHERE substr(idn, 17, 1) IN ('1', '3', '5', '7', '9');
