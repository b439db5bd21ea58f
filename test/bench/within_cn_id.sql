-- what: id <@ '4201'
-- limit: ratio <= 1.1
-- setup: setup_types.sql
-- timed
SELECT count(*) FROM person WHERE idc <@ '4201';
