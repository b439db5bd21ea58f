-- what: rare 20 intervals, count of rows: nested loop of 20 ranges over the btree on text
-- note: set: A22, A34-A35, A70, A82, A95, B03-B04, B50-B52, B56, C37, C58, D45, D66-D67, E84, G10, G35, J60-J62, L13, Q90-Q91, Q96-Q97, U04
-- note: the intervals are disjoint, so no row comes twice
SET enable_seqscan = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;
-- timed
SELECT count(*) FROM (VALUES ('A22' COLLATE "C", 'A23' COLLATE "C"),
       ('A34', 'A36'),
       ('A70', 'A71'),
       ('A82', 'A83'),
       ('A95', 'A96'),
       ('B03', 'B05'),
       ('B50', 'B53'),
       ('B56', 'B57'),
       ('C37', 'C38'),
       ('C58', 'C59'),
       ('D45', 'D46'),
       ('D66', 'D68'),
       ('E84', 'E85'),
       ('G10', 'G11'),
       ('G35', 'G36'),
       ('J60', 'J63'),
       ('L13', 'L14'),
       ('Q90', 'Q92'),
       ('Q96', 'Q98'),
       ('U04', 'U05')) v(lo, hi)
  JOIN dxc ON code >= lo AND code < hi;
