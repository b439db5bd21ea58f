-- what: ORDER BY int8, work_mem 4MB (runs that fit the CPU caches, then a merge)
SET work_mem = '4MB';
-- timed
SELECT n FROM dx ORDER BY n OFFSET 1000000000;
