-- what: age in completed years at 2024-06-30, to_date(), age(), extract: as usually written
-- timed
SELECT count(*), sum((extract(year FROM age('2024-06-30'::date, to_date(substr(idn, 7, 8), 'YYYYMMDD')))::int)::int4) FROM person;
