-- what: text::cn_id, against PL/pgSQL
-- limit: ns <= 45
-- limit: ratio <= 0.02
-- net: floor/idn.sql
-- setup: setup_types.sql
-- timed
SELECT count(try_cn_id(idn)) FROM person;
