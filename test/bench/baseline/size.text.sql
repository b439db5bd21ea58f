-- what: heap and btree bytes of one-column tables of text: codes, ID numbers
-- note: the answer is the result row, not the time
DROP TABLE IF EXISTS sz_code, sz_id;
CREATE TEMPORARY TABLE sz_code AS SELECT code AS v FROM dx;
CREATE TEMPORARY TABLE sz_id AS SELECT idn AS v FROM person;
CREATE INDEX sz_code_i ON sz_code (v);
CREATE INDEX sz_code_i0 ON sz_code (v) WITH (deduplicate_items = off);
CREATE INDEX sz_id_i ON sz_id (v);
-- timed
SELECT pg_relation_size('sz_code') AS code_heap, pg_relation_size('sz_code_i') AS code_btree, pg_relation_size('sz_code_i0') AS code_btree_no_dedup,
       pg_relation_size('sz_id') AS id_heap, pg_relation_size('sz_id_i') AS id_btree;
