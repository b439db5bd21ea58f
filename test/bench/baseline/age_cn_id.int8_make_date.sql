-- what: age in completed years at 2024-06-30, from the int8, make_date and age()
-- timed
SELECT count(*), sum((date_part('year', age('2024-06-30'::date, make_date((n / 10000000 % 10000)::int, (n / 100000 % 100)::int, (n / 1000 % 100)::int)))::int)::int4) FROM person;
