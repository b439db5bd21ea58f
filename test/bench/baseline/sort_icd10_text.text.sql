-- what: ORDER BY text COLLATE "C"
-- timed
SELECT code FROM dx ORDER BY code OFFSET 1000000000;
