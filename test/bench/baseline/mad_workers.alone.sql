-- what: the same in one process
-- timed
SELECT mad(x) FROM claim;
