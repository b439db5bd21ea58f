-- what: merge join through two btrees on text (index-only scan of the rows)
SET enable_hashjoin = off;
SET enable_nestloop = off;
SET enable_sort = off;
-- timed
SELECT count(*), bit_or(d.mask) FROM dxc JOIN dict d USING (code);
