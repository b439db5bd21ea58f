-- what: identity number for another, FF1 with AES-128
-- limit: rate >= 1000000
-- setup: setup_deid.sql
-- timed
SELECT count(deid_fpe_idno(idn, 'bench_aes')) FROM person;
