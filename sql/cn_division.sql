-- cn_division: the machinery of the type
SELECT '42'::cn_division, '4201'::cn_division, ' ４２０１０６ '::cn_division, '420106001'::cn_division, '420106001001'::cn_division;
SELECT '420'::cn_division;
SELECT '042010'::cn_division;
SELECT '42010x'::cn_division;
SELECT try_cn_division('42-01'), cn_division_check('42-01'), cn_division_check('4201');

CREATE TABLE place (raw text COLLATE "C", d cn_division);
INSERT INTO place
SELECT r, r::cn_division
FROM generate_series(1, 6000) n,
	LATERAL (SELECT left((110000 + n * 137 % 800000)::text || lpad((n % 30)::text, 3, '0') || lpad((n % 7)::text, 3, '0'), (array[2, 4, 6, 9, 12])[1 + n % 5])) v (r);
ANALYZE place;

-- order and equality are those of the text
SELECT count(*) FILTER (WHERE (a.d < b.d) IS DISTINCT FROM (a.raw < b.raw)) AS lt,
	count(*) FILTER (WHERE (a.d <= b.d) IS DISTINCT FROM (a.raw <= b.raw)) AS le,
	count(*) FILTER (WHERE (a.d = b.d) IS DISTINCT FROM (a.raw = b.raw)) AS eq,
	count(*) FILTER (WHERE (a.d >= b.d) IS DISTINCT FROM (a.raw >= b.raw)) AS ge,
	count(*) FILTER (WHERE (a.d > b.d) IS DISTINCT FROM (a.raw > b.raw)) AS gt
FROM place a, place b WHERE a.d::text < '3' AND b.d::text > '2';
SELECT count(*) AS inversions FROM (SELECT raw < lag(raw) OVER (ORDER BY d) AS bad FROM place) s WHERE bad;
SELECT count(*) FROM place WHERE d::text <> raw;
SELECT min(d), max(d) FROM place;

-- containment, by an oracle that strips zero groups
CREATE FUNCTION stem(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT regexp_replace(regexp_replace(regexp_replace(regexp_replace($1,
		'^(.{9})000$', '\1'), '^(.{6})000$', '\1'), '^(.{4})00$', '\1'), '^(.{2})00$', '\1')
$$;
WITH s AS MATERIALIZED (SELECT d, stem(raw) AS stem FROM place)
SELECT count(*) FROM s a, (SELECT * FROM s WHERE hashtext(stem) % 8 = 0) b
WHERE a.d <@ b.d IS DISTINCT FROM starts_with(a.stem, b.stem) OR a.d <@ b.d IS DISTINCT FROM b.d @> a.d;
SELECT '420106'::cn_division <@ '420000' AS a, '42'::cn_division <@ '420000' AS b, '420000'::cn_division <@ '42' AS c,
	'42'::cn_division = '420000' AS d, '42'::cn_division <@ '4201' AS e, '99'::cn_division <@ '99' AS f, '99'::cn_division <@ '9999' AS g;

-- index ranges
CREATE INDEX place_d ON place (d);
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM place WHERE d <@ '42';
EXPLAIN (COSTS OFF) SELECT count(*) FROM place WHERE d <@ '420100';
EXPLAIN (COSTS OFF) SELECT count(*) FROM place WHERE '4299' @> d;
EXPLAIN (COSTS OFF) SELECT count(*) FROM place WHERE d <@ '99';
SELECT p, (SELECT count(*) FROM place WHERE d <@ p::cn_division) = (SELECT count(*) FROM place WHERE starts_with(stem(raw), stem(p))) AS same
FROM unnest(array['42', '420000', '4299', '429900', '99', '110137', '110137001001']) p;
RESET enable_seqscan;
RESET enable_bitmapscan;

-- a history without rows leaves memory alone that belongs to the rest of the row
SELECT g, a = md5('a' || g) AS a, b = md5('b' || g) AS b
FROM (SELECT g, cn_division_history('999999'::cn_division), md5('a' || g) AS a,
	cn_division_history('999998'::cn_division), md5('b' || g) AS b, generate_series(1, 1) FROM generate_series(1, 2) g) s;

-- copy as text and binary, through a file of the server
\set textfile `mktemp -u /tmp/hb_cn_division.XXXXXX`
CREATE TABLE back (d cn_division);
COPY place (d) TO :'textfile';
COPY back FROM :'textfile';
COPY place (d) TO :'textfile' (FORMAT binary);
COPY back FROM :'textfile' (FORMAT binary);
SELECT count(*) FROM (SELECT d, count(*) FROM back GROUP BY d) b
RIGHT JOIN (SELECT d, 2 * count(*) AS count FROM place GROUP BY d) p USING (d, count) WHERE b.d IS NULL;
CREATE TABLE raw_values (v int8);
INSERT INTO raw_values VALUES (420106000000 * 8);
COPY raw_values TO :'textfile' (FORMAT binary);
COPY back FROM :'textfile' (FORMAT binary);
\set remove 'cat >/dev/null; rm -f ' :textfile
COPY (SELECT) TO PROGRAM :'remove';
DROP TABLE place, back, raw_values;
DROP FUNCTION stem;
