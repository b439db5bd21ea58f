-- what: hash join of the rows with the dictionary on text
SET enable_mergejoin = off;
SET enable_nestloop = off;
-- timed
SELECT count(*), bit_or(d.mask) FROM dx JOIN dict d USING (code);
