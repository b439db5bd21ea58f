-- what: heap and btree bytes of icd10
-- measure: bytes
-- limit: ratio <= 1
-- setup: setup_types.sql
CREATE TEMPORARY TABLE sz_typed AS SELECT icd AS v FROM dx;
CREATE INDEX sz_typed_i ON sz_typed (v);
-- timed
SELECT pg_relation_size('sz_typed'), pg_relation_size('sz_typed_i');
