-- what: cn_id_sex(id)
-- setup: setup_types.sql
-- timed
SELECT count(*) FROM person WHERE cn_id_sex(idc) = 'male';
