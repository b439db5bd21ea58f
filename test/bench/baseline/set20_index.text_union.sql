-- what: rare 20 intervals, count of rows: UNION ALL of 20 range scans
-- note: set: A22, A34-A35, A70, A82, A95, B03-B04, B50-B52, B56, C37, C58, D45, D66-D67, E84, G10, G35, J60-J62, L13, Q90-Q91, Q96-Q97, U04
SET enable_seqscan = off;
-- timed
SELECT count(*) FROM (
SELECT 1 FROM dxc WHERE code >= 'A22' AND code < 'A23'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'A34' AND code < 'A36'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'A70' AND code < 'A71'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'A82' AND code < 'A83'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'A95' AND code < 'A96'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'B03' AND code < 'B05'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'B50' AND code < 'B53'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'B56' AND code < 'B57'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'C37' AND code < 'C38'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'C58' AND code < 'C59'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'D45' AND code < 'D46'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'D66' AND code < 'D68'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'E84' AND code < 'E85'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'G10' AND code < 'G11'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'G35' AND code < 'G36'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'J60' AND code < 'J63'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'L13' AND code < 'L14'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'Q90' AND code < 'Q92'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'Q96' AND code < 'Q98'
  UNION ALL SELECT 1 FROM dxc WHERE code >= 'U04' AND code < 'U05') s;
