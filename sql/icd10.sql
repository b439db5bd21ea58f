-- icd10: the machinery of the type, against text COLLATE "C" as oracle
\set SHOW_CONTEXT never

-- every shape, and what people type for it
SELECT typed, typed::icd10 AS code, icd10_form(typed::icd10) AS form, icd10_level(typed::icd10) AS level
FROM unnest(ARRAY['I10', 'A00.0', 'A00.000', 'A33.x00', 'A00.000x001', 'I10.x00x002', 'K77.0*', 'G01*',
	'A01.001+', 'I10+', 'A01.001†', 'A17.0†G01*', 'A52.1+ H58.0*', 'A01.000x005+J17.0*', 'B49.x14+J99.8*',
	'S12.9XXA', 'T36.0X1A', 'C4A.0', 'C4A', 'A00.00', 'A00.000A', 'A00.X0',
	'i10.x09', 'I10x00', 'I10X00', 'I10.X00X002', 'E119', 'E11900', '  I10 ', E'\tI10\n', 'Ｉ１０．ｘ００', '　I10　',
	'A01001+k770*', 'A01.001 + K77.0*', 'A01.001＋K77.0＊', 'C4A.X00']) AS typed;

-- errors: core's wording, the rule as detail
SELECT 'I1'::icd10;
SELECT icd10 'A02.-';
SELECT 'C22.101M81600/3'::text::icd10;
SELECT 'A01.001+K77.0'::varchar::icd10;
SELECT icd10 '';
SELECT repeat('I10', 30)::icd10;

-- each rule once
SELECT typed, icd10_check(typed) AS rule, try_icd10(typed) IS NULL AS refused
FROM unnest(ARRAY['', '高血压', 'I', 'IX', '36.0601', 'BNX071', 'A04.01.20.01', 'M8140/3', 'M80000/0', 'C22.101M81600/3',
	'A02.-', 'G83.-', 'A02-', 'C18.x', 'C18.X', 'S12.9XXX', 'E11.a', 'e11.9A', 'i1a', 'A00.000x01', 'A00.000x0012', 'I10.x0',
	'A00.00000', 'A00.', 'B37.600I39.8', 'T66.x02H47.5', 'A01.001+K77.0', 'K74.300x011+I98.2', 'E88.902+M90.803*',
	'A01.001*', 'I10.x00*', 'I10,I11', 'I10|I11', 'I10 I11', 'I10 高血压', 'E11.901|2型糖尿病', 'I10**', 'I10+A00*x',
	'S12.9XXA+', 'C4A*', 'I10+A0A*', 'A00..0', 'I10/I11', 'Q85.001M95400/1', '8140/3']) AS typed;
SELECT icd10_check(NULL), try_icd10(NULL), icd10_check('I10') IS NULL AS good;

-- casts
SELECT 'I10.X00'::varchar(10)::icd10, 'i10'::char(20)::icd10, (icd10 'I10x00')::text, (icd10 'I10x00')::varchar(3),
	pg_typeof((icd10 'I10')::text), 'I10'::text = (icd10 'I10')::text AS same;
CREATE DOMAIN regress_main_diagnosis AS icd10 CHECK (icd10_asterisk(VALUE) IS NULL);
SELECT 'i10'::regress_main_diagnosis, icd10_chapter('I10'::regress_main_diagnosis), 'I10'::regress_main_diagnosis <@ 'IX' AS within,
	icd10_parts('I10'::regress_main_diagnosis);
SELECT 'G01*'::regress_main_diagnosis;
SELECT 5::bigint::icd10;
CREATE TEMP TABLE assigned (t text, v varchar(30));
INSERT INTO assigned VALUES (icd10 'i10x00', icd10 'A17.0†G01*');
TABLE assigned;

-- accessors
SELECT code, icd10_category(code) AS category, icd10_who(code) AS who, icd10_parent(code) AS parent,
	icd10_dagger(code) AS dagger, icd10_asterisk(code) AS asterisk, icd10_parts(code) AS parts
FROM unnest('{I10,A00.0,A00.000,I10.x00,I10.x05,A00.000x001,I10.x00x002,I10+,A01.001+,A17.0+G01*,A01.000x005+J17.0*,K77.0*,G01*,S12.9XXA,S12.9,T36.0X1A,A00.X001,A00.X0,C4A.0,A00.000A,A00.00}'::icd10[]) AS code;
SELECT code, icd10_chapter(code) AS no, icd10_chapter_code(code) AS roman, icd10_chapter_title(code, 'en') AS title,
	icd10_block(code) AS block, icd10_block_title(code, 'en') AS block_title
FROM unnest('{I10.x00x002,A01.001+K77.0*,K77.0*,A90.x00,A91,A92,I84.000,U80.000,U07.100,D48,D49,D50,O9A,V00,V01,C4A.0,W19.x00,X85,Y09,Z99}'::icd10[]) AS code;
SELECT icd10_chapter_title('I10'), icd10_block_title('I10'), icd10_block_title('I10', 'zh') = icd10_block_title('I10') AS "default";
SELECT icd10_chapter_title('I10', 'fr');
SELECT icd10_block_title('D49', 'ZH');
SELECT a, b, icd10_is_a(a, b)
FROM (VALUES ('I10.x00x002', 'I10.x00'), ('I10.x00x002', 'I10'), ('I10', 'I10.x00'), ('A01.001', 'A01.000'), ('A01.001', 'A01.0'),
	('A01.001+K77.0*', 'A01.001'), ('A01.001+K77.0*', 'K77'), ('A01.001+K77.0*', 'A01.001+'), ('A01.001', 'A01.001+'),
	('A01.001+K77.0*', 'A01.001+K77.0*'), ('A01.002', 'A01.0'), ('A00.000x001', 'A00.00'), ('A00', 'A01')) v (x, y), LATERAL (SELECT x::icd10, y::icd10) c (a, b);

-- a table of codes of all shapes, its texts beside
CREATE TABLE dx (n int, t text COLLATE "C", code icd10);
INSERT INTO dx
SELECT n, t, t::icd10
FROM generate_series(1, 20000) n,
	LATERAL (SELECT chr(65 + n % 26) || lpad((n / 26 % 100)::text, 2, '0') AS c, n * 13 % 10 AS d, lpad((n * 17 % 100)::text, 2, '0') AS dd,
		lpad((n * 19 % 1000)::text, 3, '0') AS ddd) v,
	LATERAL (SELECT CASE n % 11
		WHEN 0 THEN c WHEN 1 THEN c || '.' || d WHEN 2 THEN c || '.x' || dd WHEN 3 THEN c || '.x00x' || ddd
		WHEN 4 THEN c || '.' || d || dd || '+K' || dd || '.' || d || '*' WHEN 5 THEN c || '.' || d || '+' WHEN 6 THEN c || '*'
		WHEN 7 THEN c || '.' || d || 'XXA' WHEN 8 THEN c || '.' || d || dd || 'x' || ddd
		ELSE c || '.' || d || '00' END) w (t);
INSERT INTO dx VALUES (0, NULL, NULL), (-1, NULL, NULL);
ANALYZE dx;
SELECT count(*), count(DISTINCT t) = count(DISTINCT code) AS distinct, count(*) FILTER (WHERE t <> code::text) AS changed FROM dx;

-- order
SELECT count(*) AS out_of_order FROM (SELECT code::text COLLATE "C" AS c, lag(code::text COLLATE "C") OVER (ORDER BY code) AS before FROM dx) o WHERE before > c;
SELECT array_agg(n ORDER BY code, n) = array_agg(n ORDER BY t, n) AS ascending,
	array_agg(n ORDER BY code DESC, n) = array_agg(n ORDER BY t DESC, n) AS descending,
	array_agg(n ORDER BY code NULLS FIRST, n) = array_agg(n ORDER BY t NULLS FIRST, n) AS nulls_first FROM dx;
SELECT count(*) AS differ
FROM (SELECT * FROM dx WHERE n % 61 = 0) a CROSS JOIN (SELECT * FROM dx WHERE n % 67 = 0) b
WHERE (a.code < b.code) <> (a.t < b.t) OR (a.code <= b.code) <> (a.t <= b.t) OR (a.code = b.code) <> (a.t = b.t)
	OR (a.code >= b.code) <> (a.t >= b.t) OR (a.code > b.code) <> (a.t > b.t) OR (a.code <> b.code) <> (a.t <> b.t)
	OR icd10_cmp(a.code, b.code) <> CASE WHEN a.t < b.t THEN -1 WHEN a.t > b.t THEN 1 ELSE 0 END;
SELECT min(code)::text = min(t) AS min, max(code)::text = max(t) AS max, min(code) FILTER (WHERE n <= 0) IS NULL AS none FROM dx;

-- joins, DISTINCT, GROUP BY, each method
CREATE TEMP TABLE truth AS SELECT count(*) AS n FROM dx a JOIN dx b ON a.t = b.t WHERE a.n % 5 = 0;
SET enable_mergejoin = off;
SET enable_nestloop = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM dx a JOIN dx b USING (code) WHERE a.n % 5 = 0;
SELECT count(*) = (SELECT n FROM truth) AS hash_join FROM dx a JOIN dx b USING (code) WHERE a.n % 5 = 0;
RESET enable_mergejoin;
SET enable_hashjoin = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM dx a JOIN dx b USING (code) WHERE a.n % 5 = 0;
SELECT count(*) = (SELECT n FROM truth) AS merge_join FROM dx a JOIN dx b USING (code) WHERE a.n % 5 = 0;
RESET enable_hashjoin;
RESET enable_nestloop;
SET enable_sort = off;
SELECT count(*) = (SELECT count(DISTINCT t) + 1 FROM dx) AS hashed FROM (SELECT code, count(*) FROM dx GROUP BY code) g;
RESET enable_sort;
SET enable_hashagg = off;
SELECT count(*) = (SELECT count(DISTINCT t) + 1 FROM dx) AS sorted FROM (SELECT DISTINCT code FROM dx) g;
RESET enable_hashagg;

-- btree: every operator, forward and back, and alone
CREATE INDEX dx_code ON dx (code);
SELECT opcname, amname FROM pg_index JOIN pg_opclass c ON c.oid = indclass[0] JOIN pg_am m ON m.oid = opcmethod WHERE indexrelid = 'dx_code'::regclass;
VACUUM ANALYZE dx;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT code FROM dx WHERE code >= 'I20' AND code < 'I26' ORDER BY code DESC LIMIT 3;
SELECT count(*) FROM plan_of('SELECT min(code), max(code) FROM dx') line WHERE line LIKE '%Index Only Scan%';
SELECT min(code), max(code) FROM dx;
SELECT count(*) FILTER (WHERE by_index <> by_text) AS differ, count(*) FROM (
	SELECT (SELECT count(*) FROM dx WHERE code < c) AS by_index, (SELECT count(*) FROM dx WHERE t < c::text) AS by_text FROM unnest('{A00,I20,I20.0+K77*,I20.x00,S12.9XXA,Z99.x99x999}'::icd10[]) c
	UNION ALL SELECT (SELECT count(*) FROM dx WHERE code <= c), (SELECT count(*) FROM dx WHERE t <= c::text) FROM dx s (n, t, c) WHERE n % 4000 = 7
	UNION ALL SELECT (SELECT count(*) FROM dx WHERE code = c), (SELECT count(*) FROM dx WHERE t = c::text) FROM dx s (n, t, c) WHERE n % 4000 = 8
	UNION ALL SELECT (SELECT count(*) FROM dx WHERE code >= c), (SELECT count(*) FROM dx WHERE t >= c::text) FROM dx s (n, t, c) WHERE n % 4000 = 9
	UNION ALL SELECT (SELECT count(*) FROM dx WHERE code > c), (SELECT count(*) FROM dx WHERE t > c::text) FROM dx s (n, t, c) WHERE n % 4000 = 10) x;
RESET enable_bitmapscan;

-- hash index and BRIN
DROP INDEX dx_code;
CREATE INDEX dx_code ON dx USING hash (code);
EXPLAIN (COSTS OFF) SELECT n FROM dx WHERE code = 'S12.9XXA';
SELECT count(*) = (SELECT count(*) FROM dx WHERE t = (SELECT t FROM dx WHERE n = 7)) AS same FROM dx WHERE code = (SELECT code FROM dx WHERE n = 7);
DROP INDEX dx_code;
CREATE TABLE dx_sorted AS SELECT * FROM dx ORDER BY code;
CREATE INDEX dx_brin ON dx_sorted USING brin (code) WITH (pages_per_range = 4);
EXPLAIN (COSTS OFF) SELECT count(*) FROM dx_sorted WHERE code <@ 'I20-I25';
SELECT count(*) = (SELECT count(*) FROM dx WHERE t >= 'I20' AND t < 'I26') AS same FROM dx_sorted WHERE code <@ 'I20-I25';
RESET enable_seqscan;

-- an unchanged text column, indexed
CREATE TABLE raw (n int, code text);
INSERT INTO raw SELECT n, CASE n % 20 WHEN 0 THEN lower(t) WHEN 1 THEN ' ' || t WHEN 2 THEN replace(t, '.', '') WHEN 3 THEN 'A02.-' ELSE t END FROM dx;
CREATE INDEX raw_code ON raw (try_icd10(code));
ANALYZE raw;
EXPLAIN (COSTS OFF) SELECT * FROM raw WHERE try_icd10(code) <@ 'I20-I25';
EXPLAIN (COSTS OFF) SELECT * FROM raw WHERE try_icd10(code) <@ 'I20-I25, K70';
SELECT count(*) FILTER (WHERE try_icd10(code) <@ 'I20-I25') =
	(SELECT count(*) FROM dx WHERE t >= 'I20' AND t < 'I26' AND n % 20 <> 3 AND NOT (n % 20 = 0 AND lower(t) ~ '[a-wyz]$')) AS same FROM raw;
SELECT count(*) = (SELECT count(*) FILTER (WHERE try_icd10(code) <@ icd10set('I20'::icd10)) FROM raw) AS by_index FROM raw WHERE try_icd10(code) <@ 'I20';

-- partitions by hash and by range
CREATE TABLE by_hash (LIKE dx) PARTITION BY HASH (code);
CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE by_hash_2 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 2);
INSERT INTO by_hash SELECT * FROM dx;
SELECT count(*) = (SELECT count(*) FROM dx) AS all, min(c) > 4000 AS even FROM by_hash, LATERAL (SELECT count(*) AS c FROM by_hash GROUP BY tableoid ORDER BY 1 LIMIT 1) m;
SELECT count(*) = (SELECT count(*) FROM dx WHERE t = 'I25') AS found FROM by_hash WHERE code = 'I25';
EXPLAIN (COSTS OFF) SELECT * FROM by_hash WHERE code = 'I10';
CREATE TABLE by_chapter (LIKE dx) PARTITION BY RANGE (code);
CREATE TABLE by_chapter_a PARTITION OF by_chapter FOR VALUES FROM (MINVALUE) TO ('I00');
CREATE TABLE by_chapter_i PARTITION OF by_chapter FOR VALUES FROM ('I00') TO ('J00');
CREATE TABLE by_chapter_j PARTITION OF by_chapter FOR VALUES FROM ('J00') TO (MAXVALUE);
CREATE TABLE by_chapter_other PARTITION OF by_chapter DEFAULT;
INSERT INTO by_chapter SELECT * FROM dx;
EXPLAIN (COSTS OFF) SELECT * FROM by_chapter WHERE code <@ 'I20-I25';
EXPLAIN (COSTS OFF) SELECT * FROM by_chapter WHERE code <@ 'I20-I25, J40-J44, I00-I02';
EXPLAIN (COSTS OFF) SELECT * FROM by_chapter WHERE 'A00-B99' @> code;
SELECT count(*) = (SELECT count(*) FROM dx WHERE t >= 'I00' AND t < 'J00') AS same FROM by_chapter WHERE code <@ 'IX';

-- COPY, text and binary
CREATE TEMP TABLE back (code icd10);
\copy (SELECT code FROM dx ORDER BY n) TO 'results/icd10.copy' (FORMAT binary)
\copy back FROM 'results/icd10.copy' (FORMAT binary)
SELECT count(*) = (SELECT count(*) FROM dx) AS all, count(*) FILTER (WHERE code IS NULL) AS nulls FROM back;
SELECT count(*) AS differ FROM ((TABLE back EXCEPT ALL SELECT code FROM dx) UNION ALL (SELECT code FROM dx EXCEPT ALL TABLE back)) d;
TRUNCATE back;
\copy (SELECT code FROM dx ORDER BY n) TO 'results/icd10.copy'
\copy back FROM 'results/icd10.copy'
SELECT count(*) AS differ FROM ((TABLE back EXCEPT ALL SELECT code FROM dx) UNION ALL (SELECT code FROM dx EXCEPT ALL TABLE back)) d;

-- binary values: what is no code is refused
TRUNCATE back;
SELECT icd10_send('A00'), icd10_send('I10'), icd10_send('A00.0');
\copy (SELECT 0::bigint UNION ALL SELECT (8::bigint << 54) + (1::bigint << 50) UNION ALL SELECT 1::bigint << 40) TO 'results/icd10.copy' (FORMAT binary)
\copy back FROM 'results/icd10.copy' (FORMAT binary)
TABLE back;
-- a letter past Z
\copy (SELECT 26::bigint << 54) TO 'results/icd10.copy' (FORMAT binary)
\copy back FROM 'results/icd10.copy' (FORMAT binary)
-- a letter in place 2
\copy (SELECT 10::bigint << 50) TO 'results/icd10.copy' (FORMAT binary)
\copy back FROM 'results/icd10.copy' (FORMAT binary)
-- an asterisk code without its letter
\copy (SELECT 1::bigint) TO 'results/icd10.copy' (FORMAT binary)
\copy back FROM 'results/icd10.copy' (FORMAT binary)
-- A00.X00, which would read as A00.x00
\copy (SELECT (34::bigint << 40) + (1::bigint << 34) + (1::bigint << 28)) TO 'results/icd10.copy' (FORMAT binary)
\copy back FROM 'results/icd10.copy' (FORMAT binary)
-- A00.000X
\copy (SELECT (1::bigint << 40) + (1::bigint << 34) + (1::bigint << 28) + (34::bigint << 17)) TO 'results/icd10.copy' (FORMAT binary)
\copy back FROM 'results/icd10.copy' (FORMAT binary)
-- A00.00*
\copy (SELECT (1::bigint << 40) + (1::bigint << 34) + (1::bigint << 12)) TO 'results/icd10.copy' (FORMAT binary)
\copy back FROM 'results/icd10.copy' (FORMAT binary)
-- a place 5 without a place 4
\copy (SELECT 1::bigint << 34) TO 'results/icd10.copy' (FORMAT binary)
\copy back FROM 'results/icd10.copy' (FORMAT binary)
-- all bits
\copy (SELECT -1::bigint) TO 'results/icd10.copy' (FORMAT binary)
\copy back FROM 'results/icd10.copy' (FORMAT binary)
-- the bound past all codes
\copy (SELECT 9223372036854775807::bigint) TO 'results/icd10.copy' (FORMAT binary)
\copy back FROM 'results/icd10.copy' (FORMAT binary)
-- four bytes
\copy (SELECT 1::int) TO 'results/icd10.copy' (FORMAT binary)
\copy back FROM 'results/icd10.copy' (FORMAT binary)
SELECT count(*) AS still FROM back;

DROP TABLE dx, dx_sorted, raw, by_hash, by_chapter;
DROP DOMAIN regress_main_diagnosis;
