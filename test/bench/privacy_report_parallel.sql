-- what: privacy_report, 3 quasi-identifiers, 2 workers
-- limit: ratio <= 1.3
-- setup: setup_privacy.sql
SET max_parallel_workers_per_gather = 2;
-- timed
SELECT * FROM privacy_report('released', '{birth_year,sex,county}')
