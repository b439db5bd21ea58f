-- what: ischaemic heart disease I20-I25, n BETWEEN two constants
-- note: bench_n_lo/hi are folded into constants by the planner
-- timed
SELECT count(*) FROM dx WHERE n BETWEEN bench_n_lo('I20') AND bench_n_hi('I25');
