-- what: rare 20 intervals, count of patients (visits the heap): nested loop of 20 ranges (a table of bounds) over the btree on int8
-- note: set: A22, A34-A35, A70, A82, A95, B03-B04, B50-B52, B56, C37, C58, D45, D66-D67, E84, G10, G35, J60-J62, L13, Q90-Q91, Q96-Q97, U04
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;
SET enable_bitmapscan = off;
-- timed
SELECT count(DISTINCT patient) FROM bench_set JOIN dxc ON n BETWEEN n_lo AND n_hi WHERE name = 'rare20';
