-- icd9cm3: the machinery of the type, against text COLLATE "C" as oracle
\set SHOW_CONTEXT never

-- every shape, and what people type for it
SELECT typed, typed::icd9cm3 AS code, icd9cm3_form(typed::icd9cm3) AS form, icd9cm3_level(typed::icd9cm3) AS level
FROM unnest(ARRAY['36', '36.0', '36.06', '36.0601', '36.0700x004', '01.6x00', '03.1x00x001', '17.911', '17.91100', '17.912A0',
	'17.9200x001', '66.69x001', '86.700x0013', '36.0601x001', '0066', '3606', '360601', '016x00', '1791100', '01.6X00',
	'36.0700X004', '17.912a0', '  36.06 ', E'\t36\n', '０１．６ｘ００', '　36.06　']) AS typed;

-- errors: core's wording, the rule as detail
SELECT '3'::icd9cm3;
SELECT icd9cm3 'I10.x00';
SELECT '1.6x00'::text::icd9cm3;
SELECT '36.060'::varchar::icd9cm3;
SELECT icd9cm3 '';
SELECT repeat('36.06', 30)::icd9cm3;

-- each rule once
SELECT typed, icd9cm3_check(typed) AS rule, try_icd9cm3(typed) IS NULL AS refused
FROM unnest(ARRAY['', '支架', '3', 'I10', '1.6x00', '366', '17911', '36.', '36.-', '36.0-36.3', '36.x', '03.1x001', '36.060',
	'36.06011', '36.0601x01', '17.9121', '17.912I0', '36.0A01', '36.06,36.07', '36.06|支架', '36.06*']) AS typed;
SELECT icd9cm3_check(NULL), try_icd9cm3(NULL), icd9cm3_check('36') IS NULL AS good;

-- casts
SELECT '36.07'::varchar(10)::icd9cm3, (icd9cm3 '3607')::text, (icd9cm3 '3607')::varchar(3), pg_typeof((icd9cm3 '36')::text);
SELECT 3606::bigint::icd9cm3;

-- accessors
SELECT code, icd9cm3_category(code) AS category, icd9cm3_base(code) AS base, icd9cm3_parent(code) AS parent
FROM unnest('{36,36.0,36.06,36.0601,36.0700x004,01.6x00,01.6x00x001,17.9,17.911,17.91100,17.912A0,17.9200x001,66.69x001,86.700x0013}'::icd9cm3[]) AS code;
SELECT code, icd9cm3_chapter(code) AS chapter, icd9cm3_chapter_title(code, 'en') AS title
FROM unnest('{00,01,05,06,08,16.99,17.91100,18,29,30,37.6,40,54,55,60,71,75,84.9900x001,86,87,99.9x00}'::icd9cm3[]) AS code;
SELECT icd9cm3_chapter_title('36.06'), icd9cm3_chapter_title('36.06', 'zh') = icd9cm3_chapter_title('36.06') AS "default";
SELECT icd9cm3_chapter_title('36.06', 'fr');
SELECT a, b, icd9cm3_is_a(a, b)
FROM (VALUES ('36.0700x004', '36.0700'), ('36.0700x004', '36.07'), ('36.0700x004', '36'), ('36.07', '36.0700'), ('36.0701', '36.0700'),
	('01.6x00', '01.6'), ('17.912A0', '17.912'), ('17.912A0', '17.911'), ('86.700x0013', '86.70'), ('86.700x0013', '86.7000')) v (x, y),
	LATERAL (SELECT x::icd9cm3, y::icd9cm3) c (a, b);

-- a table of codes of all shapes, its texts beside
CREATE TABLE op (n int, t text COLLATE "C", code icd9cm3);
INSERT INTO op
SELECT n, t, t::icd9cm3
FROM generate_series(1, 20000) n,
	LATERAL (SELECT lpad((n * 31 % 100)::text, 2, '0') AS c, n * 13 % 10 AS d, lpad((n * 17 % 100)::text, 2, '0') AS dd,
		lpad((n * 19 % 1000)::text, 3, '0') AS ddd) v,
	LATERAL (SELECT CASE n % 11
		WHEN 0 THEN c WHEN 1 THEN c || '.' || d WHEN 2 THEN c || '.' || dd WHEN 3 THEN c || '.' || d || 'x' || dd
		WHEN 4 THEN c || '.' || d || 'x00x' || ddd WHEN 5 THEN c || '.' || dd || '00x' || ddd
		WHEN 6 THEN '17.9' || d || 1 + n % 9 || substr('0123ABHJNPZ', 1 + n % 11, 1) || d WHEN 7 THEN '17.9' || d || 1 + n % 9
		WHEN 8 THEN c || '.' || dd || 'x' || ddd WHEN 9 THEN c || '.' || ddd || 'x0' || ddd
		ELSE c || '.' || dd || '0' || d END) w (t);
INSERT INTO op VALUES (0, NULL, NULL), (-1, NULL, NULL);
ANALYZE op;
SELECT count(*), count(DISTINCT t) = count(DISTINCT code) AS distinct, count(*) FILTER (WHERE t <> code::text) AS changed FROM op;

-- order
SELECT array_agg(n ORDER BY code, n) = array_agg(n ORDER BY t, n) AS ascending,
	array_agg(n ORDER BY code DESC, n) = array_agg(n ORDER BY t DESC, n) AS descending,
	array_agg(n ORDER BY code NULLS FIRST, n) = array_agg(n ORDER BY t NULLS FIRST, n) AS nulls_first,
	min(code)::text = min(t) AS min, max(code)::text = max(t) AS max FROM op;
SELECT count(*) AS differ
FROM (SELECT * FROM op WHERE n % 61 = 0) a CROSS JOIN (SELECT * FROM op WHERE n % 67 = 0) b
WHERE (a.code < b.code) <> (a.t < b.t) OR (a.code <= b.code) <> (a.t <= b.t) OR (a.code = b.code) <> (a.t = b.t)
	OR (a.code >= b.code) <> (a.t >= b.t) OR (a.code > b.code) <> (a.t > b.t) OR (a.code <> b.code) <> (a.t <> b.t);

-- containment of codes is that of texts that begin alike
SELECT count(*) FILTER (WHERE icd9cm3_is_a(a.code, b.code)) > 1000 AS some,
	count(*) FILTER (WHERE icd9cm3_is_a(a.code, b.code) <> starts_with(a.t, b.t)) AS differ,
	count(*) FILTER (WHERE (a.code <@ b.code::icd9cm3set) <> starts_with(a.t, b.t)) AS differ_as_set
FROM (SELECT * FROM op WHERE n % 7 = 0) a CROSS JOIN (SELECT DISTINCT code, t FROM op WHERE n % 11 IN (0, 1, 2) AND n < 400) b;

-- sets: text, and algebra against membership one by one
SELECT s, s::icd9cm3set AS canonical, s::icd9cm3set::text::icd9cm3set = s::icd9cm3set AS same
FROM unnest(ARRAY['36', '36.0-36.3, 37.6', '36.0-36.3,!36.06', '36.06+', '17.9, !17.912', '3606 , 360601', '00-99', '', '36.06x001-36.07']) AS s;
SELECT '36.3-36.0'::icd9cm3set;
SELECT '36.0, I10'::icd9cm3set;
SELECT '!36.0'::icd9cm3set;
CREATE TABLE op_set AS
SELECT n, icd9cm3set_agg(code) AS s FROM (SELECT n % 40 AS n, code FROM op WHERE n % 37 < 3 AND n < 4000) o GROUP BY n;
SELECT count(*) FILTER (WHERE (c.code <@ (a.s | b.s)) <> (c.code <@ a.s OR c.code <@ b.s)) AS in_union,
	count(*) FILTER (WHERE (c.code <@ (a.s & b.s)) <> (c.code <@ a.s AND c.code <@ b.s)) AS in_intersection,
	count(*) FILTER (WHERE (c.code <@ (a.s - b.s)) <> (c.code <@ a.s AND NOT c.code <@ b.s)) AS in_difference,
	count(*) FILTER (WHERE (b.s @> c.code) <> (c.code <@ b.s)) AS commuted
FROM op_set a, op_set b, (SELECT code FROM op WHERE n % 97 = 0) c;
SELECT count(*) FILTER (WHERE (a.s | b.s)::text::icd9cm3set <> (a.s | b.s) OR (a.s - b.s)::text::icd9cm3set <> (a.s - b.s)
		OR (a.s & b.s)::text::icd9cm3set <> (a.s & b.s)) AS changed_by_text,
	count(*) FILTER (WHERE (a.s && b.s) <> ((a.s & b.s) <> '') OR (a.s <@ b.s) <> ((a.s - b.s) = '')
		OR (a.s @> b.s) <> ((b.s - a.s) = '')) AS disagree
FROM op_set a, op_set b;
SELECT (SELECT icd9cm3set_agg(code) FROM op WHERE n % 5 = 0) = (SELECT icd9cm3set_agg(code) FROM (SELECT code FROM op WHERE n % 5 = 0 ORDER BY t DESC) o) AS order_free;
SELECT * FROM icd9cm3set_ranges('36.0-36.3, 99');

-- index ranges, and the same answers without
CREATE INDEX op_code ON op (code);
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM op WHERE code <@ '36';
EXPLAIN (COSTS OFF) SELECT count(*) FROM op WHERE '36.06' @> code;
EXPLAIN (COSTS OFF) SELECT count(*) FROM op WHERE code <@ '36.0-36.3';
EXPLAIN (COSTS OFF) SELECT count(*) FROM op WHERE code = '36.06';
SET enable_bitmapscan = on;
SET enable_indexscan = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM op WHERE code <@ '36.0-36.3, 37.6, !36.06';
RESET enable_seqscan;
RESET enable_indexscan;
SELECT s, (SELECT count(*) FROM op WHERE code <@ s::icd9cm3set) = (SELECT count(*) FROM op WHERE t >= lo AND t < next) AS same
FROM (VALUES ('36', '36', '37'), ('36.0-36.3', '36.0', '36.4'), ('17.9', '17.9', '18'), ('90-99', '90', 'x')) v (s, lo, next);
SELECT (SELECT count(*) FROM op WHERE code <@ '36.0-36.3, 37.6, !36.06')
	= (SELECT count(*) FROM op WHERE t >= '36.0' AND t < '36.4' AND NOT starts_with(t, '36.06') OR starts_with(t, '37.6')) AS same;

-- joins and grouping
SET enable_nestloop = off;
SET enable_mergejoin = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM op a JOIN op b USING (code);
SELECT (SELECT count(*) FROM op a JOIN op b USING (code)) = (SELECT count(*) FROM op a JOIN op b USING (t)) AS hash_join;
RESET enable_mergejoin;
SET enable_hashjoin = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM op a JOIN op b USING (code);
SELECT (SELECT count(*) FROM op a JOIN op b USING (code)) = (SELECT count(*) FROM op a JOIN op b USING (t)) AS merge_join;
RESET enable_nestloop;
RESET enable_hashjoin;
SELECT count(*) AS groups_differ FROM (SELECT code::text AS t, count(*) FROM op GROUP BY code) a FULL JOIN (SELECT t, count(*) FROM op WHERE t IS NOT NULL GROUP BY t) b USING (t, count)
WHERE t IS NOT NULL AND (a IS NULL OR b IS NULL);

-- copy as text and binary, through a file of the server
\set textfile `mktemp -u /tmp/hb_icd9cm3.XXXXXX`
\setenv textfile :textfile
CREATE TABLE op_back (code icd9cm3, s icd9cm3set);
COPY (SELECT code, code::icd9cm3set FROM op) TO :'textfile';
COPY op_back FROM :'textfile';
COPY (SELECT code, code::icd9cm3set FROM op) TO :'textfile' (FORMAT binary);
COPY op_back FROM :'textfile' (FORMAT binary);
SELECT count(*) AS differ FROM (SELECT code, count(*) FROM op_back WHERE s = code::icd9cm3set GROUP BY 1) b
FULL JOIN (SELECT code, 2 * count(*) AS count FROM op WHERE code IS NOT NULL GROUP BY 1) o USING (code, count) WHERE b IS NULL OR o IS NULL;
CREATE TABLE op_raw (v int8);
INSERT INTO op_raw VALUES (1);
COPY op_raw TO :'textfile' (FORMAT binary);
COPY op_back (code) FROM :'textfile' (FORMAT binary);
\! rm -f "$textfile"

SELECT opcname, amname, amvalidate(c.oid)
FROM pg_opclass c JOIN pg_am a ON a.oid = opcmethod
WHERE opcintype IN ('icd9cm3'::regtype, 'icd9cm3set'::regtype) ORDER BY 1, 2;

DROP TABLE op, op_set, op_back, op_raw;
