-- what: privacy_report, 4 quasi-identifiers
-- limit: ratio <= 1.3
-- setup: setup_privacy.sql
SELECT * FROM privacy_report('released', '{birth_year,sex,county,month}')
