-- what: heap and btree bytes of a one-column table of text: ID numbers
-- measure: bytes
CREATE TEMPORARY TABLE sz AS SELECT idn AS v FROM person;
CREATE INDEX sz_i ON sz (v);
-- timed
SELECT pg_relation_size('sz') AS heap, pg_relation_size('sz_i') AS btree;
