-- what: the same, bytes of rows that wait
-- measure: bytes
-- limit: bytes <= 64000000
-- setup: setup_province.sql
SELECT bytes FROM province_rows('bench', 1, 1, 20000, DATE '2023-01-01', DATE '2024-01-01', '{1,1,1,1,1,1}', 'icd10');
