-- what: heap and btree bytes of cn_id
-- measure: bytes
-- limit: ratio <= 1
-- setup: setup_types.sql
CREATE TEMPORARY TABLE sz_typed AS SELECT idc AS v FROM person;
CREATE INDEX sz_typed_i ON sz_typed (v);
-- timed
SELECT pg_relation_size('sz_typed'), pg_relation_size('sz_typed_i');
