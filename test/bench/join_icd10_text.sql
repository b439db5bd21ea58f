-- what: hash join on icd10, against text
-- setup: setup_types.sql
SET enable_mergejoin = off;
SET enable_nestloop = off;
-- timed
SELECT count(*), bit_or(d.mask) FROM dx JOIN dict d USING (icd);
