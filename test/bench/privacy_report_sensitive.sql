-- what: privacy_report, 3 quasi-identifiers and a diagnosis
-- limit: ratio <= 1.3
-- setup: setup_privacy.sql
SELECT * FROM privacy_report('released', '{birth_year,sex,county}', '{diagnosis}')
