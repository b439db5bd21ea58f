-- what: code <@ 'I20-I25' through a btree, against text
-- setup: setup_types.sql
SET enable_seqscan = off;
-- timed
SELECT count(*) FROM dxc WHERE icd <@ 'I20-I25';
