-- what: FF1 with SM4 of 18 letters and digits
-- setup: setup_deid.sql
-- timed
SELECT count(deid_fpe(idn, '0123456789X', '', 'bench_sm4')) FROM person;
