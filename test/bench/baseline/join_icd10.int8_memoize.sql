-- what: the same by a nested loop with Memoize over the dictionary key
SET enable_mergejoin = off;
SET enable_hashjoin = off;
-- timed
SELECT count(*), bit_or(d.mask) FROM dx JOIN dict d USING (n);
