-- what: age in completed years at 2024-06-30, make_date from three substrings, age()
-- timed
SELECT count(*), sum((date_part('year', age('2024-06-30'::date, make_date(substr(idn, 7, 4)::int, substr(idn, 11, 2)::int, substr(idn, 13, 2)::int)))::int)::int4) FROM person;
