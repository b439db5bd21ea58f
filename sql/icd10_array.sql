-- icd10[]: any part within a set, and the GIN operator class
\set SHOW_CONTEXT never

-- any part of one code
SELECT code, code && 'K77' AS star, code && 'A01' AS main, code && 'K77.0' AS star4, code && 'K77.0+' AS star_alone, code && 'A01.001' AS six, code <@ 'K77' AS within, 'K77' && code AS commuted
FROM unnest('{A01.001+K77.0*,K77.0*,K77*,K77.0,A01.001+,A01.0+K77*,NULL}'::icd10[]) code;
-- of arrays: empty, NULL, with NULLs, pairs, several dimensions
SELECT codes, codes && 'I98' AS i98, 'I98' && codes AS commuted, codes && '' AS nothing, codes && 'A00-Z9B' AS something, codes && NULL::icd10set AS unknown
FROM (VALUES ('{}'), (NULL), ('{NULL}'), ('{I98}'), ('{I98.2*}'), ('{I85.9+I98.2*}'), ('{NULL,B18.100+I98.2*}'), ('{I10,I97.x00,I99}'), ('{{I10,I11},{I12,I98.8*}}'), ('[5:6]={I10,I98}')) v (x), LATERAL (SELECT x::icd10[]) a (codes);

-- records of one to five diagnoses, with NULLs, repetitions, empty and NULL arrays
CREATE TABLE record (n int, codes icd10[]);
INSERT INTO record
SELECT n, CASE WHEN n % 997 = 0 THEN NULL WHEN n % 101 = 0 THEN '{}' WHEN n % 103 = 0 THEN '{NULL}'
	ELSE array_agg(CASE WHEN (n * k) % 53 = 0 THEN NULL ELSE c::icd10 END ORDER BY k) END
FROM generate_series(1, 20000) n, generate_series(1, 1 + n % 5) k,
	LATERAL (SELECT (n::bigint * 7919 + k * 104729 + n::bigint * k * 31) % 999983 AS r) x,
	LATERAL (SELECT chr((65 + r % 26)::int) || lpad((r / 26 % 100)::text, 2, '0') AS base, r / 7 % 10 AS d) y,
	LATERAL (SELECT CASE (r / 11 % 7) WHEN 0 THEN base WHEN 1 THEN base || '.' || d || '00' WHEN 2 THEN base || '.' || d || '+' WHEN 3 THEN base || '.' || d || '*'
		WHEN 4 THEN base || '.' || d || '01+' || chr((65 + r / 13 % 26)::int) || lpad((r / 17 % 100)::text, 2, '0') || '.' || d || '*'
		WHEN 5 THEN base || '.x0' || d || 'x00' || d ELSE base || '.' || d || 'XXA' END AS c) z
GROUP BY n;
CREATE INDEX record_codes ON record USING gin (codes);
SELECT opcname, opcdefault FROM pg_index JOIN pg_opclass c ON c.oid = indclass[0] WHERE indexrelid = 'record_codes'::regclass;
VACUUM ANALYZE record;
EXPLAIN (COSTS OFF) SELECT * FROM record WHERE codes && icd10set 'I98';
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT * FROM record WHERE codes && 'I20-I25, K77';
EXPLAIN (COSTS OFF) SELECT * FROM record WHERE 'I98' && codes;
EXPLAIN (COSTS OFF) SELECT * FROM record WHERE codes && '{I10,I11}'::icd10[];
EXPLAIN (COSTS OFF) SELECT * FROM record WHERE codes @> '{I10}'::icd10[];
EXPLAIN (COSTS OFF) SELECT * FROM record WHERE codes <@ '{I10,I11}'::icd10[];
EXPLAIN (COSTS OFF) SELECT * FROM record WHERE codes = '{I10}'::icd10[];
PREPARE any_within(icd10set) AS SELECT count(*) FROM record WHERE codes && $1;
SET plan_cache_mode = force_generic_plan;
EXPLAIN (COSTS OFF) EXECUTE any_within('I98');
EXECUTE any_within(NULL);
RESET plan_cache_mode;
RESET enable_seqscan;
-- an untyped literal is a set; an array is told by its type
SELECT codes && '{I10}' FROM record;

-- the index finds what a scan finds
CREATE FUNCTION both_ways(condition text, OUT by_index bigint, OUT by_scan bigint) LANGUAGE plpgsql AS $$
DECLARE
	line text;
	plan text := '';
BEGIN
	SET LOCAL enable_seqscan = off;
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) SELECT * FROM record WHERE ' || condition LOOP
		plan := plan || line;
	END LOOP;
	IF plan NOT LIKE '%Bitmap Index Scan on record_codes%' THEN
		RAISE INFO '%: %', condition, plan;
	END IF;
	EXECUTE 'SELECT count(*) FROM record WHERE ' || condition INTO by_index;
	SET LOCAL enable_seqscan = on;
	SET LOCAL enable_bitmapscan = off;
	EXECUTE 'SELECT count(*) FROM record WHERE ' || condition INTO by_scan;
	RESET enable_bitmapscan;
END
$$;
-- sets, and an oracle that knows nothing of them
CREATE TEMP TABLE part AS SELECT n, p FROM record, unnest(codes) c, string_to_table(c::text, '+') p WHERE p <> '';
SELECT s, by_scan AS rows, by_index = by_scan AS same, by_scan = truth AS true
FROM (VALUES ('I98', '^I98'), ('I20-I25, I60-I69, !I23', '^I(2[0-24-5]|6)'), ('K77', '^K77'), ('', '^!'), ('A00-Z9B', '^.'), ('I23+', '^I23($|[*+])'), ('IX', '^I'), ('Z99', '^Z99'), ('A00', '^A00'),
	('K70.1-K70.3', '^K70\.[123]'), ('A00.0, B00.1, C00.2, D00.3, E00.4, F00.5, G00.6, H00.7', '^(A00\.0|B00\.1|C00\.2|D00\.3|E00\.4|F00\.5|G00\.6|H00\.7)')) v (s, pattern),
	LATERAL both_ways(format('codes && icd10set %L', s)),
	LATERAL (SELECT count(DISTINCT n) AS truth FROM part WHERE p ~ pattern) t;
-- arrays: what core's own class answers
SELECT operator, count(*) AS queries, bool_and(by_index = by_scan) AS same, sum(by_scan) > 0 AS found
FROM (SELECT codes FROM record WHERE n % 2003 = 0 UNION ALL VALUES ('{}'::icd10[]), ('{NULL}'), ('{I10,NULL}'), ('{A01.001+K77.0*}'), ('{K77.0*}'), ('{I10,I10}')
	UNION ALL (SELECT codes[1:1] FROM record WHERE n % 1999 = 0) UNION ALL (SELECT array_agg(c) FROM record, unnest(codes) c WHERE n % 1250 = 1)) q (query),
	unnest('{&&,@>,<@,=}'::text[]) operator, LATERAL both_ways(format('codes %s %L::icd10[]', operator, query))
WHERE query IS NOT NULL GROUP BY operator ORDER BY operator COLLATE "C";
-- together
SELECT by_scan AS rows, by_index = by_scan AS same FROM both_ways($$codes && icd10set 'I00-I49' AND codes && icd10set 'X'$$)
UNION ALL SELECT by_scan, by_index = by_scan FROM both_ways($$codes && icd10set 'IX' AND codes @> '{NULL}'$$);
SELECT by_scan > 0 AS found, by_index = by_scan AS same FROM both_ways($$codes && icd10set 'IX' AND codes && icd10set 'II'$$);
SELECT by_scan > 0 AS found, by_index = by_scan AS same FROM both_ways($$codes && icd10set 'IX' OR codes && icd10set 'II'$$);

-- while rows come and go: the pending list, and bitmaps that lose their rows
ALTER INDEX record_codes SET (fastupdate = on);
INSERT INTO record SELECT 20000 + n, ARRAY['I98.2*', 'B18.100+I98.2*', 'X00']::icd10[] FROM generate_series(1, 50) n;
DELETE FROM record WHERE n BETWEEN 100 AND 300;
SELECT s, by_index = by_scan AS same FROM unnest('{I98,X00,IX}'::text[]) s, LATERAL both_ways(format('codes && icd10set %L', s));
SET work_mem = '64kB';
SELECT by_index = by_scan AS same FROM both_ways($$codes && icd10set 'A00-Z99'$$);
RESET work_mem;
-- as the key beside others, and in a join
DROP INDEX record_codes;
CREATE INDEX record_codes ON record USING gin (codes icd10_array_ops) WITH (fastupdate = off);
CREATE TABLE phenotype (name text, s icd10set);
INSERT INTO phenotype VALUES ('liver', 'K70-K77'), ('none', ''), ('varices', 'I85, I98.2-I98.3');
ANALYZE phenotype;
SET enable_seqscan = off;
SET enable_material = off;
EXPLAIN (COSTS OFF) SELECT name, count(n) FROM phenotype LEFT JOIN record ON codes && s GROUP BY name;
CREATE TEMP TABLE joined AS SELECT name, count(n) FROM phenotype LEFT JOIN record ON codes && s GROUP BY name;
SET enable_seqscan = on;
SET enable_bitmapscan = off;
SELECT name, j.count = s.count AS same FROM joined j JOIN (SELECT name, count(n) FROM phenotype LEFT JOIN record ON codes && s GROUP BY name) s USING (name) ORDER BY name;
RESET enable_bitmapscan;
RESET enable_material;

-- one code a row: its parts are an array, too
CREATE TABLE dx AS SELECT n, codes[1] AS code FROM record;
CREATE INDEX dx_parts ON dx USING gin (icd10_parts(code));
ANALYZE dx;
EXPLAIN (COSTS OFF) SELECT * FROM dx WHERE icd10_parts(code) && 'K77';
SELECT count(*) FILTER (WHERE code && 'K77') > 0 AS found, count(*) FILTER (WHERE code && 'K77') = (SELECT count(*) FROM dx WHERE icd10_parts(code) && 'K77') AS same FROM dx;

DROP TABLE record, phenotype, dx;
DROP FUNCTION both_ways(text);
