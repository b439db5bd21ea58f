-- what: hash join of the rows with the dictionary on int8
SET enable_mergejoin = off;
SET enable_nestloop = off;
-- timed
SELECT count(*), bit_or(d.mask) FROM dx JOIN dict d USING (n);
