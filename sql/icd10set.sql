-- icd10set: text, algebra, rows and aggregate
\set SHOW_CONTEXT never

-- the shortest sorted list; what is written beside is by the rules, not by us
SELECT typed, typed::icd10set AS "set", typed::icd10set::text = shortest AS good
FROM (VALUES
	('', ''), ('  ', ''),
	('I20-I25', 'I20-I25'),
	('I20,I21,I22,I23,I24,I25', 'I20-I25'),
	('I25,I20-I24', 'I20-I25'),
	('I20-I25, I60-I69, !I23', 'I20-I22, I24-I25, I60-I69'),
	('!I23,I20-I25', 'I20-I22, I24-I25'),
	('I20-I25, !I23.0', 'I20-I23+, I23.1-I25'),
	('I20-I23+, I23.1-I25', 'I20-I23+, I23.1-I25'),
	('I23', 'I23'), ('I23+', 'I23+'), ('I23+, I23.0-I23.x99', 'I23'),
	('I10.x00', 'I10.x00'), ('I10.x00x002', 'I10.x00x002'), ('I10.x00x000-I10.x00x999', 'I10.x00x000-I10.x00x999'),
	('IX', 'I00-I99'), ('I', 'A00-B99'), ('I-', NULL), ('XX', 'V01-Y98'), ('XIX,XX', 'S00-T98, V01-Y98'),
	('C00-C97, C00-C75', 'C00-C97'), ('C43, C4A, C4B', 'C43, C4A-C4B'),
	('A00-B99, C00-D48', 'A00-B99, C00-D48'), ('A00-B99, B9A, B9B, C00-D48', 'A00-D48'),
	('X85-Y09', 'X85-Y09'), ('Z00-Z99', 'Z00-Z99'), ('A00-Z9B', 'A00-Z9B'),
	('I20 - I25 ,I60', 'I20-I25, I60'), ('ｉ２０－Ｉ２５，！Ｉ２３', 'I20-I22, I24-I25'), ('I20、I21', 'I20-I21'), ('i10x00', 'I10.x00'),
	('A01.001+K77.0*', 'A01.001+'), ('K77.0*', 'K77.0+'), ('A01.001†', 'A01.001+'),
	('S12.9XXA', 'S12.9XXA'), ('A00-A00.00AW', 'A00-A00.00AW'), ('A00, !A00.00AX', NULL),
	('I20-I25, !I20-I25', ''), ('I20, !I30', 'I20'), ('I20, !I20+', 'I20.0-I20.x99')
) v (typed, shortest) WHERE shortest IS NOT NULL;

-- errors: item, character, rule
SELECT '!I23'::icd10set;
SELECT 'I20-I25, I2'::icd10set;
SELECT 'I20,,I21'::icd10set;
SELECT 'I20,'::icd10set;
SELECT 'I25-I20'::icd10set;
SELECT 'I20-'::icd10set;
SELECT '-I20'::icd10set;
SELECT 'I20-I25-I30'::icd10set;
SELECT '!!I20, I20'::icd10set;
SELECT 'A02.-'::icd10set;
SELECT 'XXIII'::icd10set;
SELECT 'I-II'::icd10set;
SELECT 'ix'::icd10set;
SELECT 'I20;I21'::icd10set;
SELECT '{I20,I21}'::icd10set;
SELECT 'C18.X'::icd10set;
SELECT 'I20, C22.101M81600/3'::icd10set;

-- algebra
SELECT icd10set 'I20-I25' - 'I23.0' AS minus, icd10set 'I20-I25' | 'I26-I30' AS "union", icd10set 'I20-I25' & 'I23-I30' AS intersection,
	icd10set 'I20-I25' - 'IX' AS nothing, icd10set '' | 'I10' AS one, icd10set 'I20-I25' - '' AS same;
SELECT icd10set 'I20-I25' - icd10 'I23' AS minus_code, icd10 'I20' | icd10set 'I21' AS code_union, icd10set(icd10 'A01.001+K77.0*') AS pair, (icd10 'I20')::icd10set AS subtree;
SELECT a, b, a = b AS eq, a <> b AS ne, a @> b AS contains, a <@ b AS contained, a && b AS overlap
FROM (VALUES ('I20-I25', 'I20,I21,I22,I23,I24,I25'), ('I20-I25', 'I23'), ('I23', 'I20-I25'), ('I20-I25', 'I25-I30'), ('I20-I25', 'I26'),
	('', ''), ('I20', ''), ('', 'I20'), ('I20, I22', 'I20-I22'), ('I20-I22', 'I20, I22'), ('I23+', 'I23'), ('I23+', 'I23.0')) v (x, y),
	LATERAL (SELECT x::icd10set, y::icd10set) s (a, b);

-- laws, on sets of random codes
CREATE TABLE some_sets (n int, s icd10set);
INSERT INTO some_sets
SELECT n, string_agg(CASE WHEN k % 3 = 0 THEN c || '-' || c || '.x99' WHEN k % 7 = 0 THEN c || '+' ELSE c END
	|| CASE WHEN k > 1 AND k % 5 = 0 THEN ',!' || c || '.0' ELSE '' END, ',')::icd10set
FROM generate_series(1, 60) n, generate_series(1, 1 + n % 9) k,
	LATERAL (SELECT chr(65 + (n * k) % 4) || lpad((n * 7 + k * 3)::text, 2, '0') || CASE WHEN k % 2 = 0 AND k % 3 <> 0 THEN '.' || n % 10 ELSE '' END AS c) v
WHERE n * 7 + k * 3 < 100 OR n % 2 = 0 AND length(c) < 6 AND c ~ '^.\d\d(\.|$)'
GROUP BY n;
INSERT INTO some_sets VALUES (0, ''), (-1, NULL);
SELECT count(*), count(DISTINCT s::text) > 10 AS various, count(*) FILTER (WHERE s::text::icd10set <> s) AS changed FROM some_sets;
SELECT count(*) > 200 AS pairs,
	bool_and((a | b) = (b | a)) AS or_commutes, bool_and((a & b) = (b & a)) AS and_commutes, bool_and((a - b) = (a - (a & b))) AS minus_by_and,
	bool_and(((a - b) | (a & b)) = a) AS parts, bool_and(NOT ((a - b) && b)) AS disjoint, bool_and((a @> b) = ((a | b) = a)) AS contains_by_or,
	bool_and((a && b) = ((a & b) <> '')) AS overlap_by_and, bool_and((a <@ b) = (b @> a)) AS commutes, bool_and(((a | b) - b) = (a - b)) AS or_minus,
	bool_and((a = b) = (a @> b AND b @> a)) AS eq_by_contains
FROM some_sets x (n, a), some_sets y (m, b) WHERE a IS NOT NULL AND b IS NOT NULL;

-- hashing: GROUP BY, DISTINCT, joins
SELECT s, count(*) FROM unnest('{"I20-I25","I20,I21-I25","","I23.0",""," ",NULL}'::icd10set[]) s GROUP BY s ORDER BY 2 DESC, s::text;
SELECT count(DISTINCT s::text) = (SELECT count(*) FROM (SELECT s FROM some_sets GROUP BY s HAVING s IS NOT NULL) g) AS grouped FROM some_sets;
SET enable_nestloop = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM some_sets a JOIN some_sets b USING (s);
SELECT count(*) = (SELECT count(*) FROM some_sets a JOIN some_sets b ON a.s::text = b.s::text) AS joined FROM some_sets a JOIN some_sets b USING (s);
RESET enable_nestloop;
SELECT bool_and(icd10set_hash(a.s) = icd10set_hash(b.s) AND icd10set_hash_extended(a.s, 7) = icd10set_hash_extended(b.s, 7)) AS equal_hashes
FROM some_sets a JOIN some_sets b ON a.s::text = b.s::text;
SELECT icd10set_hash('I10') = icd10set_hash_extended('I10', 0)::bit(32)::int AS low_bits;
-- there is no order
SELECT s FROM some_sets ORDER BY s;

-- rows, for joins
SELECT * FROM icd10set_ranges('I20-I25, I60-I69, !I23, A00.00AW, Z9B');
SELECT * FROM icd10set_ranges('');
SELECT * FROM icd10set_ranges(NULL);
CREATE TABLE dx (n int, t text COLLATE "C", code icd10);
INSERT INTO dx
SELECT n, t, t::icd10
FROM generate_series(1, 20000) n,
	LATERAL (SELECT chr(65 + n % 26) || lpad((n / 26 % 100)::text, 2, '0') AS c, n * 13 % 10 AS d, lpad((n * 17 % 100)::text, 2, '0') AS dd) v,
	LATERAL (SELECT CASE n % 7 WHEN 0 THEN c WHEN 1 THEN c || '.' || d WHEN 2 THEN c || '.x' || dd
		WHEN 3 THEN c || '.' || d || dd || '+K' || dd || '.' || d || '*' WHEN 4 THEN c || '.' || d || '+' WHEN 5 THEN c || '*' ELSE c || '.' || d || '00x0' || dd END) w (t);
INSERT INTO dx VALUES (0, NULL, NULL);
CREATE TABLE phenotype (name text, codes icd10set);
INSERT INTO phenotype VALUES ('ihd', 'I20-I25'), ('stroke', 'I60-I69, G45, !I64'), ('cancer', 'C00-C97'), ('circulatory', 'IX'), ('none', ''), ('unknown', NULL), ('last', 'Z99');
SELECT p.name, count(*) FROM phenotype p, icd10set_ranges(codes) r, dx WHERE code >= lo AND (code < next OR next IS NULL) GROUP BY 1 ORDER BY 1;
SELECT p.name, count(*) FROM phenotype p JOIN dx ON code <@ codes GROUP BY 1 ORDER BY 1;
-- the same by text
SELECT p.name, count(*) FROM (VALUES ('ihd', '^I2[0-5]'), ('stroke', '^(I6[0-35-9]|G45)'), ('cancer', '^C([0-8]|9[0-7])'), ('circulatory', '^I'), ('last', '^Z99')) p (name, pattern)
	JOIN dx ON t ~ pattern GROUP BY 1 ORDER BY 1;

-- the aggregate
SELECT icd10set_agg(code) FROM unnest('{I21,I20,I25,NULL,I24,I23.0,I22,I23}'::icd10[]) code;
SELECT icd10set_agg(code), icd10set_agg(code) IS NULL AS none FROM unnest('{NULL,NULL}'::icd10[]) code;
SELECT icd10set_agg(code) FROM dx WHERE false;
SELECT icd10set_agg(code) FROM unnest('{I23+,I23*,I23.0}'::icd10[]) code;
SELECT bool_and(code <@ s) AS all_in, bool_and(code IS NOT NULL) AS no_null FROM dx, (SELECT icd10set_agg(code) AS s FROM dx WHERE n % 3 = 0) a WHERE n % 3 = 0 AND n > 0;
-- against the union of one after another
CREATE FUNCTION unite(icd10set, icd10) RETURNS icd10set LANGUAGE sql IMMUTABLE AS 'SELECT CASE WHEN $2 IS NULL THEN $1 ELSE coalesce($1, '''') | icd10set($2) END';
CREATE AGGREGATE slow_agg(icd10) (SFUNC = unite, STYPE = icd10set);
SELECT icd10set_agg(code) = slow_agg(code) AS same FROM dx WHERE n % 10 = 0;
SELECT count(*), bool_and(fast = slow) AS same FROM (SELECT n % 50, icd10set_agg(code) AS fast, slow_agg(code) AS slow FROM dx GROUP BY 1) g;
SELECT count(*), bool_and(fast = slow) AS same FROM (SELECT icd10_chapter(code), icd10set_agg(code) AS fast, slow_agg(code) AS slow FROM dx WHERE n % 9 = 0 GROUP BY ROLLUP (1)) g;
-- as window aggregate: growing and sliding frames
SELECT bool_and(growing = slow_growing) AS growing, bool_and(sliding = slow_sliding) AS sliding
FROM (SELECT icd10set_agg(code) OVER g AS growing, slow_agg(code) OVER g AS slow_growing, icd10set_agg(code) OVER s AS sliding, slow_agg(code) OVER s AS slow_sliding
	FROM dx WHERE n < 300 WINDOW g AS (ORDER BY n), s AS (ORDER BY n ROWS BETWEEN 5 PRECEDING AND 2 FOLLOWING)) w;
SELECT icd10set_agg_step(NULL, 'I10');
-- in parallel
BEGIN;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
EXPLAIN (COSTS OFF) SELECT icd10set_agg(code) FROM dx;
CREATE TEMP TABLE in_parallel AS SELECT icd10set_agg(code) AS s FROM dx;
CREATE TEMP TABLE in_parallel_groups AS SELECT n % 20 AS k, icd10set_agg(code) AS s FROM dx GROUP BY 1;
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT (SELECT icd10set_agg(code) FROM dx) = s AS same FROM in_parallel;
SELECT count(*), bool_and(p.s = q.s) AS same FROM in_parallel_groups p JOIN (SELECT n % 20 AS k, icd10set_agg(code) AS s FROM dx GROUP BY 1) q USING (k);
COMMIT;

-- COPY, text and binary; a large set is stored out of line
CREATE TEMP TABLE kept (s icd10set);
INSERT INTO kept SELECT s FROM some_sets;
INSERT INTO kept SELECT icd10set_agg(code) FROM dx;
SELECT max(pg_column_size(s)) > 2000 AS large FROM kept;
CREATE TEMP TABLE back (s icd10set);
\copy kept TO 'results/icd10set.copy' (FORMAT binary)
\copy back FROM 'results/icd10set.copy' (FORMAT binary)
SELECT count(*) = (SELECT count(*) FROM kept) AS all FROM back;
SELECT count(*) AS lost FROM kept WHERE s IS NOT NULL AND NOT EXISTS (SELECT FROM back WHERE back.s = kept.s);
TRUNCATE back;
\copy kept TO 'results/icd10set.copy'
\copy back FROM 'results/icd10set.copy'
SELECT count(*) AS lost FROM kept WHERE s IS NOT NULL AND NOT EXISTS (SELECT FROM back WHERE back.s = kept.s);
SELECT icd10set_send('A00'), icd10set_send('');

-- binary values: what is no set is refused
CREATE TEMP VIEW range AS
SELECT '\x0000000000000000'::bytea AS a00, icd10_send('A01') AS a01, icd10_send('A02') AS a02, icd10_send('A03') AS a03,
	'\x7fffffffffffffff'::bytea AS past, '\x0000000000001000'::bytea AS marked, '\x01'::bytea AS version,
	'\x00000000'::bytea AS n0, '\x00000001'::bytea AS n1, '\x00000002'::bytea AS n2;
TRUNCATE back;
-- good: nothing, one range, two ranges, up to the end of all codes
\copy (SELECT version || n0 FROM range UNION ALL SELECT version || n1 || a00 || a01 FROM range UNION ALL SELECT version || n2 || a00 || a01 || a02 || a03 FROM range UNION ALL SELECT version || n1 || a00 || past FROM range) TO 'results/icd10set.copy' (FORMAT binary)
\copy back FROM 'results/icd10set.copy' (FORMAT binary)
TABLE back;
-- another version
\copy (SELECT '\x02'::bytea || n0 FROM range) TO 'results/icd10set.copy' (FORMAT binary)
\copy back FROM 'results/icd10set.copy' (FORMAT binary)
-- fewer ranges than announced, and many fewer
\copy (SELECT version || n2 || a00 || a01 FROM range) TO 'results/icd10set.copy' (FORMAT binary)
\copy back FROM 'results/icd10set.copy' (FORMAT binary)
\copy (SELECT version || '\xffffffff'::bytea || a00 || a01 FROM range) TO 'results/icd10set.copy' (FORMAT binary)
\copy back FROM 'results/icd10set.copy' (FORMAT binary)
-- more bytes than announced
\copy (SELECT version || n1 || a00 || a01 || a02 FROM range) TO 'results/icd10set.copy' (FORMAT binary)
\copy back FROM 'results/icd10set.copy' (FORMAT binary)
-- an empty range
\copy (SELECT version || n1 || a01 || a01 FROM range) TO 'results/icd10set.copy' (FORMAT binary)
\copy back FROM 'results/icd10set.copy' (FORMAT binary)
-- ranges that touch, and ranges out of order
\copy (SELECT version || n2 || a00 || a01 || a01 || a02 FROM range) TO 'results/icd10set.copy' (FORMAT binary)
\copy back FROM 'results/icd10set.copy' (FORMAT binary)
\copy (SELECT version || n2 || a02 || a03 || a00 || a01 FROM range) TO 'results/icd10set.copy' (FORMAT binary)
\copy back FROM 'results/icd10set.copy' (FORMAT binary)
-- a bound that is marked, and one that is no code
\copy (SELECT version || n1 || marked || a01 FROM range) TO 'results/icd10set.copy' (FORMAT binary)
\copy back FROM 'results/icd10set.copy' (FORMAT binary)
\copy (SELECT version || n1 || a00 || '\x0000000000000001'::bytea FROM range) TO 'results/icd10set.copy' (FORMAT binary)
\copy back FROM 'results/icd10set.copy' (FORMAT binary)
\copy (SELECT version || n1 || a00 || '\xffffffffffffffff'::bytea FROM range) TO 'results/icd10set.copy' (FORMAT binary)
\copy back FROM 'results/icd10set.copy' (FORMAT binary)
-- no bytes at all
\copy (SELECT ''::bytea) TO 'results/icd10set.copy' (FORMAT binary)
\copy back FROM 'results/icd10set.copy' (FORMAT binary)
SELECT count(*) AS still FROM back;

DROP TABLE dx, phenotype, some_sets;
DROP AGGREGATE slow_agg(icd10);
DROP FUNCTION unite(icd10set, icd10);
