-- what: age in completed years at 2024-06-30, text cast to date, age(), date_part
-- timed
SELECT count(*), sum((date_part('year', age('2024-06-30'::date, substr(idn, 7, 8)::date))::int)::int4) FROM person;
