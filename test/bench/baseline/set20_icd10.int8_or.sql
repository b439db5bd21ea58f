-- what: 20 intervals, OR of int8 BETWEEN
-- note: set: B18, C00-C97, D45-D47, E10-E14, E78, F01-F03, F20-F29, F32-F33, G20-G21, G30-G31, G40-G41, I10-I15, I20-I25, I42-I43, I48-I50, I60-I69, J40-J47, K70-K76, M05-M06, N18-N19
-- timed
SELECT count(*) FROM dx WHERE n BETWEEN bench_n_lo('B18') AND bench_n_hi('B18')
    OR n BETWEEN bench_n_lo('C00') AND bench_n_hi('C97')
    OR n BETWEEN bench_n_lo('D45') AND bench_n_hi('D47')
    OR n BETWEEN bench_n_lo('E10') AND bench_n_hi('E14')
    OR n BETWEEN bench_n_lo('E78') AND bench_n_hi('E78')
    OR n BETWEEN bench_n_lo('F01') AND bench_n_hi('F03')
    OR n BETWEEN bench_n_lo('F20') AND bench_n_hi('F29')
    OR n BETWEEN bench_n_lo('F32') AND bench_n_hi('F33')
    OR n BETWEEN bench_n_lo('G20') AND bench_n_hi('G21')
    OR n BETWEEN bench_n_lo('G30') AND bench_n_hi('G31')
    OR n BETWEEN bench_n_lo('G40') AND bench_n_hi('G41')
    OR n BETWEEN bench_n_lo('I10') AND bench_n_hi('I15')
    OR n BETWEEN bench_n_lo('I20') AND bench_n_hi('I25')
    OR n BETWEEN bench_n_lo('I42') AND bench_n_hi('I43')
    OR n BETWEEN bench_n_lo('I48') AND bench_n_hi('I50')
    OR n BETWEEN bench_n_lo('I60') AND bench_n_hi('I69')
    OR n BETWEEN bench_n_lo('J40') AND bench_n_hi('J47')
    OR n BETWEEN bench_n_lo('K70') AND bench_n_hi('K76')
    OR n BETWEEN bench_n_lo('M05') AND bench_n_hi('M06')
    OR n BETWEEN bench_n_lo('N18') AND bench_n_hi('N19');
