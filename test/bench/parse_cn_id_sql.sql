-- what: text::cn_id, against plain SQL
-- net: floor/idn.sql
-- setup: setup_types.sql
-- timed
SELECT count(try_cn_id(idn)) FROM person;
