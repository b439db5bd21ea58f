-- what: heap and btree bytes of a one-column table of int8: codes
-- measure: bytes
CREATE TEMPORARY TABLE sz AS SELECT n AS v FROM dx;
CREATE INDEX sz_i ON sz (v);
-- timed
SELECT pg_relation_size('sz') AS heap, pg_relation_size('sz_i') AS btree;
