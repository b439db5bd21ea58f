-- what: hmac() of pgcrypto, neither shortened nor encoded, its key in the statement
-- timed
SELECT count(hmac(idn, '0123456789abcdef0123456789abcdef', 'sha256')) FROM person;
