-- what: cn_id_age, each of 17 calls
-- limit: ns <= 6
-- calls: 17
-- net: floor/sum_person.sql
-- setup: setup_types.sql
-- timed
SELECT count(cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30') + cn_id_age(idc, '2024-06-30')) FROM person;
