-- icd10 <@ icd10set in plans: index ranges, the exact check, estimates
\set SHOW_CONTEXT never
CREATE TABLE dx (n int, t text COLLATE "C", code icd10);
INSERT INTO dx
SELECT n, t, t::icd10
FROM generate_series(1, 28000) n,
	LATERAL (SELECT chr(65 + n % 26) || lpad((n / 26 % 100)::text, 2, '0') AS c, n * 13 % 10 AS d, lpad((n * 17 % 100)::text, 2, '0') AS dd) v,
	LATERAL (SELECT CASE n * 3 / 7 % 8 WHEN 0 THEN c WHEN 1 THEN c || '.' || d WHEN 2 THEN c || '.x' || dd || 'x0' || dd
		WHEN 3 THEN c || '.' || d || dd || '+K' || dd || '.' || d || '*' WHEN 4 THEN c || '.' || d || '+' WHEN 5 THEN c || '*' ELSE c || '.' || d || dd END) w (t);
INSERT INTO dx VALUES (0, NULL, NULL);
CREATE INDEX dx_code ON dx (code);
VACUUM ANALYZE dx;

-- one interval, several, on an index and without
EXPLAIN (COSTS OFF) SELECT * FROM dx WHERE code <@ 'I20-I25';
EXPLAIN (COSTS OFF) SELECT * FROM dx WHERE 'I20-I25' @> code;
EXPLAIN (COSTS OFF) SELECT * FROM dx WHERE code <@ 'I20-I25, I60-I69, !I23';
EXPLAIN (COSTS OFF) SELECT * FROM dx WHERE 'I20, I60' @> code;
EXPLAIN (COSTS OFF) SELECT code FROM dx WHERE code <@ 'I20-I25' ORDER BY code;
EXPLAIN (COSTS OFF) SELECT * FROM dx WHERE code <@ icd10 'I20';
EXPLAIN (COSTS OFF) SELECT * FROM dx WHERE code <@ (icd10set 'I20-I25' - 'I23');
EXPLAIN (COSTS OFF) SELECT * FROM dx WHERE code <@ 'Z9B';
EXPLAIN (COSTS OFF) SELECT * FROM dx WHERE code <@ '';
EXPLAIN (COSTS OFF) SELECT * FROM dx WHERE code <@ NULL::icd10set;
EXPLAIN (COSTS OFF) SELECT * FROM dx WHERE NOT code <@ 'I20-I25';
SET enable_indexscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT * FROM dx WHERE code <@ 'I20-I25, I60-I69, !I23';
RESET enable_indexscan;
RESET enable_bitmapscan;
EXPLAIN (COSTS OFF) SELECT n FROM dx WHERE code <@ 'I20-I25' AND n < 100;
EXPLAIN (COSTS OFF) SELECT count(*) FILTER (WHERE code <@ 'I20-I25') FROM dx;
-- too many ranges to plan each
SELECT count(*) FROM plan_of($$SELECT count(*) FROM dx WHERE code <@ (SELECT string_agg(chr(65 + i % 26) || lpad((i / 26 * 2)::text, 2, '0'), ',')::icd10set FROM generate_series(0, 400) i)$$) line
WHERE line LIKE '%Filter: (code <@ %';
DO $$
DECLARE
	many text := (SELECT string_agg(chr(65 + i % 26) || lpad((i / 26 * 2)::text, 2, '0'), ',') FROM generate_series(0, 400) i);
	plan text := '';
	line text;
	by_set bigint;
	by_text bigint;
BEGIN
	FOR line IN EXECUTE format('EXPLAIN (COSTS OFF) SELECT * FROM dx WHERE code <@ %L', many) LOOP
		plan := plan || line;
	END LOOP;
	EXECUTE format('SELECT count(*) FROM dx WHERE code <@ %L', many) INTO by_set;
	SELECT count(*) INTO by_text FROM dx WHERE left(t, 3) = ANY (string_to_array(many, ','));
	RAISE INFO '401 ranges: %, same %', substring(plan FROM '^Seq Scan on dx  Filter: \(code <@'), by_set = by_text;
END
$$;

-- the same rows by every way, and by text
CREATE TABLE asked (s icd10set, pattern text);
INSERT INTO asked VALUES ('I20-I25', '^I2[0-5]'), ('I20-I25, I60-I69, !I23', '^I(2[0-24-5]|6)'), ('I23+', '^I23($|[*+])'), ('I23', '^I23'),
	('I20-I23+', '^I2([012]|3($|[*+]))'), ('I20.0-I20.9', '^I20\.[0-9]'), ('IX', '^I'), ('X85-Y09', '^(X(8[5-9]|9)|Y0)'), ('Z99', '^Z99'), ('A00', '^A00'),
	('', '^$'), ('I20-I25, A00-B99, C00-C97, K70, K71.5, N18-N19, !C44, !N18.9', '^(I2[0-5]|[AB]|C([0-35-8]|4[0-35-9]|9[0-7])|K70|K71\.5|N18($|[*+]|\.[^9])|N19)');
CREATE FUNCTION counted(s icd10set, OUT bitmap bigint, OUT index bigint, OUT seq bigint, OUT commuted bigint, OUT prepared bigint) LANGUAGE plpgsql AS $$
BEGIN
	SET LOCAL enable_seqscan = off;
	EXECUTE format('SELECT count(*) FROM dx WHERE code <@ %L', s) INTO bitmap;
	SET LOCAL enable_bitmapscan = off;
	EXECUTE format('SELECT count(*) FROM dx WHERE code <@ %L', s) INTO index;
	SET LOCAL enable_seqscan = on;
	SET LOCAL enable_indexscan = off;
	SET LOCAL enable_indexonlyscan = off;
	EXECUTE format('SELECT count(*) FROM dx WHERE code <@ %L', s) INTO seq;
	EXECUTE format('SELECT count(*) FROM dx WHERE %L @> code', s) INTO commuted;
	EXECUTE 'SELECT count(*) FROM dx WHERE code <@ $1' INTO prepared USING s;
	RESET enable_bitmapscan;
	RESET enable_indexscan;
	RESET enable_indexonlyscan;
END
$$;
SELECT s, seq AS rows, bitmap = truth AND index = truth AND seq = truth AND commuted = truth AND prepared = truth AS same
FROM asked, LATERAL counted(s), LATERAL (SELECT count(*) AS truth FROM dx WHERE t ~ pattern) r;

-- parameters: a custom plan uses the index, a generic plan searches the set
PREPARE by_set(icd10set) AS SELECT count(*) FROM dx WHERE code <@ $1;
SET plan_cache_mode = force_custom_plan;
EXPLAIN (COSTS OFF) EXECUTE by_set('I20-I25');
EXECUTE by_set('I20-I25');
SET plan_cache_mode = force_generic_plan;
EXPLAIN (COSTS OFF) EXECUTE by_set('I20-I25');
EXECUTE by_set('I20-I25');
EXECUTE by_set('I20-I25, I60-I69, !I23');
EXECUTE by_set(NULL);
EXECUTE by_set('');
RESET plan_cache_mode;
DEALLOCATE by_set;

-- sets and codes in columns
SELECT pattern, count(n) AS rows, count(n) = (SELECT count(*) FROM dx WHERE t ~ pattern) AS same FROM asked LEFT JOIN dx ON code <@ s GROUP BY pattern ORDER BY pattern COLLATE "C";
EXPLAIN (COSTS OFF) SELECT * FROM asked JOIN dx ON code <@ s;
EXPLAIN (COSTS OFF) SELECT * FROM asked JOIN dx ON s @> code;
-- a constant on the side of the code is no range of the other
EXPLAIN (COSTS OFF) SELECT * FROM asked WHERE icd10 'I20.0' <@ s;
EXPLAIN (COSTS OFF) SELECT * FROM asked WHERE s @> icd10 'I20.0';
SELECT pattern FROM asked WHERE icd10 'I23.0' <@ s ORDER BY pattern COLLATE "C";
SELECT pattern FROM asked WHERE s @> icd10 'I23*' ORDER BY pattern COLLATE "C";
CREATE TEMP TABLE division (d cn_division);
INSERT INTO division VALUES ('110101'), ('11'), ('1101'), ('42');
SELECT d, cn_division '1101' <@ d AS "1101 within d", d @> cn_division '1101' AS "d contains 1101", d <@ cn_division '1101' AS "d within 1101", cn_division '1101' @> d AS "1101 contains d" FROM division;
-- code to code: the right one as the set of its subtree, which is icd10_is_a
CREATE TABLE two (a icd10, b icd10);
INSERT INTO two VALUES ('I10.x00', 'I10'), ('I10', 'I10.x00'), ('I10+', 'I10'), ('A01.001+K77.0*', 'A01.0'), ('K77.0*', 'K77'), ('A01', 'A01'), (NULL, 'I10'), ('I10', NULL);
EXPLAIN (COSTS OFF) SELECT * FROM two WHERE a <@ b;
SELECT *, a <@ b AS within, b @> a AS contains, icd10_is_a(a, b) FROM two;
-- any part in common is asked of a set
SELECT a && b FROM two;
SELECT a, b, a && icd10set(b) AS any FROM two;
SELECT a <@ 'I10' AND a && 'I10' AS both FROM two WHERE b = 'I10' AND a = 'I10.x00';
SELECT oprleft::regtype, oprright::regtype FROM pg_operator WHERE oprname = '<@' AND 'icd10'::regtype IN (oprleft, oprright) ORDER BY 1, 2;

-- what is evaluated once stays so
CREATE SEQUENCE calls;
CREATE FUNCTION noisy(icd10) RETURNS icd10 LANGUAGE sql VOLATILE AS 'SELECT nextval(''calls''); SELECT $1';
SELECT count(*) FROM dx WHERE noisy(code) <@ 'I20, I30, I40' AND n BETWEEN 1 AND 100;
SELECT nextval('calls') AS once_a_row_and_one;
EXPLAIN (COSTS OFF) SELECT (SELECT max(a) FROM two WHERE two.b = asked.s::text::icd10) <@ 'I20, I30' FROM asked;
SELECT unnest('{I20,I26,I60,NULL}'::icd10[]) <@ 'I20-I25, I60', unnest('{I20,I26,I60,NULL}'::icd10[]) <@ 'I20-I25';
SELECT code, sum(1) FROM dx WHERE n < 200 GROUP BY code HAVING max(code) <@ 'I20-I25, I60' ORDER BY code LIMIT 2;

-- views, generated columns, checks, partial and expression indexes
CREATE VIEW ihd AS SELECT n, code FROM dx WHERE code <@ 'I20-I25';
SELECT pg_get_viewdef('ihd') LIKE '%code <@ ''I20-I25''::icd10set%' AS as_written;
EXPLAIN (COSTS OFF) SELECT * FROM ihd WHERE code <@ 'I20';
SELECT count(*) = (SELECT count(*) FROM dx WHERE t ~ '^I20') AS same FROM ihd WHERE code <@ 'I20';
CREATE TABLE made (code icd10 CHECK (code <@ 'A00-T98'), heart boolean GENERATED ALWAYS AS (code <@ 'I20-I25, I50') STORED, s icd10set DEFAULT 'I20-I25' CHECK (s <@ 'IX'));
INSERT INTO made (code) VALUES ('I21.0'), ('I50'), ('I60'), (NULL);
INSERT INTO made (code) VALUES ('Z00');
INSERT INTO made (code, s) VALUES ('A00', 'J00');
TABLE made;
SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'made'::regclass ORDER BY adnum;
SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'made'::regclass ORDER BY conname;
CREATE INDEX dx_ihd ON dx (n) WHERE code <@ 'I20-I25';
EXPLAIN (COSTS OFF) SELECT n FROM dx WHERE code <@ 'I20-I25' AND n = 5;
EXPLAIN (COSTS OFF) SELECT n FROM dx WHERE code <@ 'I21' AND n = 5;
DROP INDEX dx_ihd;
CREATE INDEX dx_heart ON dx (n) WHERE code <@ 'I20-I25, I50';
EXPLAIN (COSTS OFF) SELECT n FROM dx WHERE code <@ 'I20-I25, I50' AND n = 5;
DROP INDEX dx_heart;
-- also where that is the only index, and the ranges serve to match its condition
CREATE TABLE unindexed AS SELECT n, code FROM dx;
CREATE INDEX unindexed_heart ON unindexed (n) WHERE code <@ 'I20-I25, I50';
ANALYZE unindexed;
EXPLAIN (COSTS OFF) SELECT n FROM unindexed WHERE code <@ 'I20-I25, I50' AND n = 5;
DROP INDEX unindexed_heart;
EXPLAIN (COSTS OFF) SELECT n FROM unindexed WHERE code <@ 'I20-I25, I50' AND n = 5;
SELECT (SELECT count(*) FROM unindexed WHERE code <@ 'I20-I25, I50') = (SELECT count(*) FROM dx WHERE t ~ '^I(2[0-5]|50)') AS same;
-- an index made later is found by a plan made before
PREPARE later AS SELECT n FROM unindexed WHERE code <@ 'I20, I50';
EXPLAIN (COSTS OFF) EXECUTE later;
CREATE INDEX ON unindexed (code);
EXPLAIN (COSTS OFF) EXECUTE later;
DEALLOCATE later;
DROP TABLE unindexed;
-- an outer join keeps its meaning
SELECT count(*) FROM (VALUES (icd10 'I20'), ('Z00')) v (c) LEFT JOIN two ON b = c AND a <@ 'I20-I25, I60' WHERE (a <@ 'I20, I60') IS NULL;

-- a check excludes a query for other codes
CREATE TABLE heart (code icd10 CHECK (code <@ 'I20-I25'));
CREATE INDEX ON heart (code);
SET constraint_exclusion = on;
EXPLAIN (COSTS OFF) SELECT * FROM heart WHERE code <@ 'C00';
EXPLAIN (COSTS OFF) SELECT * FROM heart WHERE code <@ 'C00-D48, I26-I99';
EXPLAIN (COSTS OFF) SELECT * FROM heart WHERE code = 'C00';
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT * FROM heart WHERE code <@ 'I21';
EXPLAIN (COSTS OFF) SELECT * FROM heart WHERE code = 'I25.1';
RESET enable_seqscan;
RESET enable_bitmapscan;
RESET constraint_exclusion;
DROP TABLE heart;

-- estimates: within a hundredth of the table, since that is what a bucket of the histogram holds
CREATE FUNCTION estimated(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
	RETURN (plan->0->'Plan'->>'Plan Rows')::float8;
END
$$;
SELECT s, abs(e - truth) <= 280 OR e BETWEEN truth * 0.7 AND truth * 1.5 AS near
FROM asked, LATERAL (SELECT count(*) AS truth FROM dx WHERE t ~ pattern) r,
	LATERAL (SELECT estimated(format('SELECT * FROM dx WHERE code <@ %L', s)) AS e) x
WHERE s <> '';
-- codes that are common are counted one by one
CREATE TABLE common AS SELECT c::icd10 AS code FROM unnest('{I10.x00x002,I20.000,I25.103,E11.900,J44.900,A01.001+K77.0*}'::text[]) WITH ORDINALITY v (c, k), generate_series(1, 1000 * k);
ANALYZE common;
SELECT s, truth, estimated(format('SELECT * FROM common WHERE code <@ %L', s)) BETWEEN truth * 0.8 AND truth * 1.1 + 50 AS near
FROM unnest('{I20-I25,"I20-I25,E11",A01,IX,K77,"A00-B99,!A01.001+"}'::icd10set[]) s, LATERAL (SELECT count(*) AS truth FROM common WHERE code <@ s) c;
DROP TABLE common;

DROP VIEW ihd;
DROP TABLE dx, asked, two, made;
DROP FUNCTION counted(icd10set), noisy(icd10), estimated(text);
DROP SEQUENCE calls;
