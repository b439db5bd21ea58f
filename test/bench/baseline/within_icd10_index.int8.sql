-- what: ischaemic heart disease I20-I25 through the btree (int8)
SET enable_seqscan = off;
-- timed
SELECT count(*) FROM dxc WHERE n BETWEEN bench_n_lo('I20') AND bench_n_hi('I25');
