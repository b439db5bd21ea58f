-- what: cn_id_age(id, date)
-- limit: ratio <= 1.1
-- setup: setup_types.sql
-- timed
SELECT count(*), sum(cn_id_age(idc, '2024-06-30')) FROM person;
