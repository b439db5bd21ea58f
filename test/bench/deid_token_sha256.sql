-- what: token by HMAC-SHA-256, beside the bare hash
-- limit: ratio <= 0.5
-- setup: setup_deid.sql
-- timed
SELECT count(deid_token(idn, 'idno', 'bench_sha256')) FROM person;
