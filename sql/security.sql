-- security: policies, security barriers, and errors that tell no number of a person
\set SHOW_CONTEXT never
CREATE ROLE regress_hbhealth_reader;
CREATE TABLE visit (n int, ward int, patient cn_id, code icd10);
INSERT INTO visit
SELECT n, n / 2600 % 4, old::cn_id, try_icd10(chr(65 + n % 26) || lpad((n / 26 % 100)::text, 2, '0') || '.' || n * 13 % 10)
FROM generate_series(1, 20000) n,
	LATERAL (SELECT '110101' || to_char(date '1930-01-01' + n * 7 % 25000, 'YYMMDD') || lpad((n % 996)::text, 3, '0')) v (old);
CREATE INDEX visit_patient ON visit (patient);
CREATE INDEX visit_code ON visit (code);
VACUUM ANALYZE visit;
-- a policy that costs more than any test of a code, so that only the rules of security put it first
CREATE FUNCTION may_see(ward int) RETURNS boolean LANGUAGE plpgsql STABLE COST 1000 AS 'BEGIN RETURN ward = 1; END';
CREATE FUNCTION tells(code icd10) RETURNS boolean LANGUAGE plpgsql COST 0.001 AS 'BEGIN RAISE NOTICE ''%'', code; RETURN true; END';
CREATE POLICY own_ward ON visit FOR SELECT TO regress_hbhealth_reader USING (may_see(ward));
ALTER TABLE visit ENABLE ROW LEVEL SECURITY;
CREATE VIEW own_visit WITH (security_barrier) AS SELECT * FROM visit WHERE may_see(ward);
GRANT SELECT ON visit, own_visit TO regress_hbhealth_reader;
SELECT count(*) AS visits, count(*) FILTER (WHERE code <@ 'I20-I25') AS heart, count(*) FILTER (WHERE code <@ 'I20-I25' AND ward = 1) AS own FROM visit;

-- under a policy: the ranges are leakproof and find the index, the exact check waits for the policy
SET ROLE regress_hbhealth_reader;
SELECT count(*) AS visits, count(*) FILTER (WHERE code <@ 'I20-I25') AS heart FROM visit;
SELECT count(*) FROM visit WHERE code <@ 'I20-I25';
SELECT count(*) FROM visit WHERE code <@ 'I20-I22, I24-I25';
EXPLAIN (COSTS OFF) SELECT * FROM visit WHERE code <@ 'I20-I25';
EXPLAIN (COSTS OFF) SELECT * FROM visit WHERE code <@ 'I20-I22, I24-I25';
EXPLAIN (COSTS OFF) SELECT * FROM visit WHERE patient = '110101300108001';
-- what is not leakproof sees only rows of the policy, however cheap it is
EXPLAIN (COSTS OFF) SELECT * FROM visit WHERE code <@ 'I20' AND tells(code);
SELECT n FROM visit WHERE code <@ 'I20' AND tells(code);
EXPLAIN (COSTS OFF) SELECT * FROM visit WHERE code && 'I20-I25';
EXPLAIN (COSTS OFF) SELECT * FROM visit WHERE code::text = 'I20.0';

-- through a security barrier the same, here for the owner of the table, who is above policies
RESET ROLE;
EXPLAIN (COSTS OFF) SELECT * FROM own_visit WHERE code <@ 'I20-I25';
EXPLAIN (COSTS OFF) SELECT * FROM own_visit WHERE code <@ 'I20-I22, I24-I25';
EXPLAIN (COSTS OFF) SELECT * FROM own_visit WHERE patient = '110101300108001';
EXPLAIN (COSTS OFF) SELECT * FROM own_visit WHERE code <@ 'I20' AND tells(code);
SELECT n FROM own_visit WHERE code <@ 'I20' AND tells(code);
-- and for the reader
SET ROLE regress_hbhealth_reader;
EXPLAIN (COSTS OFF) SELECT * FROM own_visit WHERE code <@ 'I20-I25';
SELECT count(*) FROM own_visit WHERE code <@ 'I20-I25';
RESET ROLE;

-- no error tells 11 digits in a row, in whatever width and grouped or not
CREATE FUNCTION failed(query text, OUT state text, OUT hides boolean) LANGUAGE plpgsql AS $$
DECLARE
	message text;
	detail text;
	hint text;
BEGIN
	EXECUTE query;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	hides := concat_ws('|', message, detail, hint) !~ '([0-9０-９][ -]*){11}';
END
$$;
SELECT query, state, hides FROM unnest(ARRAY[
	$$SELECT '420106194910010315'::icd10$$,
	$$SELECT 'I10,420106194910010315'::icd10set$$,
	$$SELECT '420106194910010315'::icd10set$$,
	$$SELECT '420106194910010315'::icd9cm3$$,
	$$SELECT '420106194910010315'::icd9cm3set$$,
	$$SELECT '420106194910010315'::cn_division$$,
	$$SELECT '420106194910010315'::charlson$$,
	$$SELECT '{chf,420106194910010315}'::charlson$$,
	$$SELECT '{420106194910010315}'::elixhauser$$,
	$$SELECT charlson_score('{}', '420106194910010315')$$,
	$$SELECT elixhauser_score('{}', '420106194910010315')$$,
	$$SELECT '42010619491001031A'::cn_id$$,
	$$SELECT '420106194910010315'::cn_id$$,
	$$SELECT '９１420106194910010315'::uscc$$,
	$$SELECT '４２０１０６１９４９１００１０３１５'::icd10$$,
	$$SELECT '４２０１０６１９４９１００１０３１５'::cn_id$$,
	$$SELECT '420106 19491001-0315'::icd10$$,
	$$SELECT icd10 '420106194910010315' <@ 'I10'$$,
	$$SELECT code FROM visit WHERE code <@ '13800138000'$$]) query, failed(query);

-- errors are soft: from version 16 on the server can ask so; before, the same answers come from errors caught
SELECT current_setting('server_version_num')::int >= 160000 AS soft \gset
\if :soft
CREATE FUNCTION is_input(t text, type text) RETURNS boolean LANGUAGE sql AS 'SELECT pg_input_is_valid(t, type)';
\else
CREATE FUNCTION is_input(t text, type text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SELECT %L::%s', t, type);
	RETURN true;
EXCEPTION WHEN invalid_text_representation THEN
	RETURN false;
END
$$;
\endif
SELECT type, t, is_input(t, type) FROM (VALUES
	('icd10', 'A02.-'), ('icd10', 'A02.0'), ('icd10set', 'A02.-'), ('icd10set', 'A02-A01'), ('icd10set', 'A02-A05'),
	('icd9cm3', '36.-'), ('icd9cm3', '36.06'), ('cn_division', '42010'), ('cn_division', '420106'),
	('charlson', '{chf,hypc}'), ('charlson', '{chf}'), ('elixhauser', '{chf,hypc}'),
	('cn_id', '42010619491001031A'), ('cn_id', '11010519491231002X'), ('uscc', '９１420106194910010315')) v (type, t);

DROP FUNCTION failed(text), is_input(text, text);
DROP VIEW own_visit;
DROP TABLE visit;
DROP FUNCTION may_see(int), tells(icd10);
DROP ROLE regress_hbhealth_reader;
