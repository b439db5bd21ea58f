-- what: age in completed years at 2024-06-30, YYYYMMDD as integers: (20240630 - birth) / 10000
-- timed
SELECT count(*), sum(((20240630 - substr(idn, 7, 8)::int) / 10000)::int4) FROM person;
