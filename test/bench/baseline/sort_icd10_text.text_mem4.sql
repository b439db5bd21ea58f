-- what: ORDER BY text COLLATE "C", work_mem 4MB (runs that fit the CPU caches, then a merge)
SET work_mem = '4MB';
-- timed
SELECT code FROM dx ORDER BY code OFFSET 1000000000;
