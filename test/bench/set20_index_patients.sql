-- what: code <@ 20 rare intervals, patients by index
-- limit: ms <= 100
-- setup: setup_types.sql
SET enable_seqscan = off;
-- timed
SELECT count(DISTINCT patient) FROM dxc WHERE icd <@ 'A22, A34-A35, A70, A82, A95, B03-B04, B50-B52, B56, C37, C58, D45, D66-D67, E84, G10, G35, J60-J62, L13, Q90-Q91, Q96-Q97, U04';
