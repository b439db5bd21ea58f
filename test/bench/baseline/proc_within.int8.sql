-- what: procedures 36.00-36.99 (rubric 36), int8 BETWEEN
-- timed
SELECT count(*) FROM proc WHERE n BETWEEN bench_pn_lo('36') AND bench_pn_hi('36');
