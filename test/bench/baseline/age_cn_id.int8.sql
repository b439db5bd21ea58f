-- what: age in completed years at 2024-06-30, from the int8 of the first 17 digits
-- timed
SELECT count(*), sum(((20240630 - n / 1000 % 100000000) / 10000)::int4) FROM person;
