-- what: FF1 with AES-128 of 18 letters and digits
-- limit: rate >= 1500000
-- setup: setup_deid.sql
-- timed
SELECT count(deid_fpe(idn, '0123456789X', '', 'bench_aes')) FROM person;
