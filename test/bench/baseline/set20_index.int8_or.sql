-- what: rare 20 intervals, count of rows: OR of int8 BETWEEN (bitmap)
-- note: set: A22, A34-A35, A70, A82, A95, B03-B04, B50-B52, B56, C37, C58, D45, D66-D67, E84, G10, G35, J60-J62, L13, Q90-Q91, Q96-Q97, U04
-- note: the bounds are functions: prepared, so that the plan with their values is made before the timed statement
SET enable_seqscan = off;
PREPARE bench_q AS
SELECT count(*) FROM dxc WHERE n BETWEEN bench_n_lo('A22') AND bench_n_hi('A22')
    OR n BETWEEN bench_n_lo('A34') AND bench_n_hi('A35')
    OR n BETWEEN bench_n_lo('A70') AND bench_n_hi('A70')
    OR n BETWEEN bench_n_lo('A82') AND bench_n_hi('A82')
    OR n BETWEEN bench_n_lo('A95') AND bench_n_hi('A95')
    OR n BETWEEN bench_n_lo('B03') AND bench_n_hi('B04')
    OR n BETWEEN bench_n_lo('B50') AND bench_n_hi('B52')
    OR n BETWEEN bench_n_lo('B56') AND bench_n_hi('B56')
    OR n BETWEEN bench_n_lo('C37') AND bench_n_hi('C37')
    OR n BETWEEN bench_n_lo('C58') AND bench_n_hi('C58')
    OR n BETWEEN bench_n_lo('D45') AND bench_n_hi('D45')
    OR n BETWEEN bench_n_lo('D66') AND bench_n_hi('D67')
    OR n BETWEEN bench_n_lo('E84') AND bench_n_hi('E84')
    OR n BETWEEN bench_n_lo('G10') AND bench_n_hi('G10')
    OR n BETWEEN bench_n_lo('G35') AND bench_n_hi('G35')
    OR n BETWEEN bench_n_lo('J60') AND bench_n_hi('J62')
    OR n BETWEEN bench_n_lo('L13') AND bench_n_hi('L13')
    OR n BETWEEN bench_n_lo('Q90') AND bench_n_hi('Q91')
    OR n BETWEEN bench_n_lo('Q96') AND bench_n_hi('Q97')
    OR n BETWEEN bench_n_lo('U04') AND bench_n_hi('U04');
EXECUTE bench_q;
-- timed
EXECUTE bench_q;
