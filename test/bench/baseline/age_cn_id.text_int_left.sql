-- what: age in completed years at 2024-06-30, the same from left(idn, 14)::int8
-- timed
SELECT count(*), sum(((20240630 - left(idn, 14)::int8 % 100000000) / 10000)::int4) FROM person;
