-- A file of persons as texts, one in a hundred with a fault, and the schema to load it into.
DROP SCHEMA IF EXISTS bench_ref, bench_pop, bench_ehr, bench_emr, bench_ins CASCADE;
CALL create_base_schema('bench');
DROP TABLE IF EXISTS person_text;
CREATE UNLOGGED TABLE person_text AS
SELECT (row_number() OVER ())::text AS pid, idn::text AS id, 'x' AS name_enc, CASE n % 100 WHEN 0 THEN '7' ELSE (1 + n % 2)::text END AS sex,
	to_char(date '1930-01-01' + (n % 30000)::int, 'YYYY-MM-DD') AS birth, lpad((1 + n % 56)::text, 2, '0') AS eth, '10' AS marital, '1' AS occ
FROM (SELECT DISTINCT ON (idn) idn, n FROM (SELECT idn, n FROM person LIMIT 220000) p) d LIMIT 200000;
VACUUM (FREEZE, ANALYZE) person_text;
