-- what: ischaemic heart disease I20-I25 through the btree (text)
SET enable_seqscan = off;
-- timed
SELECT count(*) FROM dxc WHERE code >= 'I20' AND code < 'I26';
