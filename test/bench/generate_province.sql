-- what: 20,000 persons, one year of all tables
-- rows: 1177542
-- limit: rate >= 400000
-- setup: setup_province.sql
-- note: rows of 27 tables on one core, without keys, as between prepare_province and finish_province; the statement fails if their number is not the one above
-- timed
SELECT 1 / (rows = 1177542)::int FROM province_rows('bench', 1, 1, 20000, DATE '2023-01-01', DATE '2024-01-01', '{1,1,1,1,1,1}', 'icd10');
