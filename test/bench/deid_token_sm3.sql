-- what: token by HMAC-SM3, beside the bare hash
-- limit: rate >= 800000
-- limit: ratio <= 0.5
-- setup: setup_deid.sql
-- timed
SELECT count(deid_token(idn, 'idno', 'bench_sm3')) FROM person;
