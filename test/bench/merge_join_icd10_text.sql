-- what: merge join on icd10, against text
-- setup: setup_types.sql
SET enable_hashjoin = off;
SET enable_nestloop = off;
SET enable_sort = off;
-- timed
SELECT count(*), bit_or(d.mask) FROM dxc JOIN dict d USING (icd);
