-- what: rare 20 intervals, count of rows: OR of text ranges (bitmap of 20 btree scans)
-- note: set: A22, A34-A35, A70, A82, A95, B03-B04, B50-B52, B56, C37, C58, D45, D66-D67, E84, G10, G35, J60-J62, L13, Q90-Q91, Q96-Q97, U04
SET enable_seqscan = off;
-- timed
SELECT count(*) FROM dxc WHERE code >= 'A22' AND code < 'A23'
    OR code >= 'A34' AND code < 'A36'
    OR code >= 'A70' AND code < 'A71'
    OR code >= 'A82' AND code < 'A83'
    OR code >= 'A95' AND code < 'A96'
    OR code >= 'B03' AND code < 'B05'
    OR code >= 'B50' AND code < 'B53'
    OR code >= 'B56' AND code < 'B57'
    OR code >= 'C37' AND code < 'C38'
    OR code >= 'C58' AND code < 'C59'
    OR code >= 'D45' AND code < 'D46'
    OR code >= 'D66' AND code < 'D68'
    OR code >= 'E84' AND code < 'E85'
    OR code >= 'G10' AND code < 'G11'
    OR code >= 'G35' AND code < 'G36'
    OR code >= 'J60' AND code < 'J63'
    OR code >= 'L13' AND code < 'L14'
    OR code >= 'Q90' AND code < 'Q92'
    OR code >= 'Q96' AND code < 'Q98'
    OR code >= 'U04' AND code < 'U05';
