-- uscc: the machinery of the type
SELECT ' 91 440300-708461136t '::uscc, 'Ｙ1420000441630008C'::uscc, length('91440300708461136T'::uscc::text);
SELECT '91440300708461136A'::uscc;
SELECT '91440300708461O36T'::uscc;
SELECT ''::uscc;
SELECT try_uscc('91440300708461136'), uscc_check('91440300708461136');

CREATE FUNCTION made_uscc(body text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT body || substr('0123456789ABCDEFGHJKLMNPQRTUWXY', 1 + (31 - sum(
		(strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', substr(body, i, 1)) - 1)
		* (array[1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])[i])::int % 31) % 31, 1)
	FROM generate_series(1, 17) i
$$;
-- a few organisations differ only behind the abbreviated key
CREATE TABLE organisation AS
SELECT n, raw COLLATE "C", raw::uscc AS code
FROM generate_series(1, 5000) n,
	LATERAL (SELECT made_uscc((array['12', '52', '91', '93', 'A1', 'N2', 'Y1'])[1 + n % 7] || '420' || lpad((n % 100)::text, 3, '0')
		|| CASE WHEN n % 3 = 0 THEN 'M0012345' ELSE substr(translate(upper(md5(n::text)), 'ABCDEF', 'MWXYTH'), 1, 8) END || n % 10)) v (raw);
ANALYZE organisation;

-- order and equality are those of the text
SELECT count(*) AS inversions FROM (SELECT raw < lag(raw) OVER (ORDER BY code) AS bad FROM organisation) s WHERE bad;
SELECT count(*) AS inversions FROM (SELECT raw > lag(raw) OVER (ORDER BY code DESC) AS bad FROM organisation) s WHERE bad;
SELECT count(*) FILTER (WHERE (a.code < b.code) IS DISTINCT FROM (a.raw < b.raw)) AS lt,
	count(*) FILTER (WHERE (a.code <= b.code) IS DISTINCT FROM (a.raw <= b.raw)) AS le,
	count(*) FILTER (WHERE (a.code = b.code) IS DISTINCT FROM (a.raw = b.raw)) AS eq,
	count(*) FILTER (WHERE (a.code <> b.code) IS DISTINCT FROM (a.raw <> b.raw)) AS ne,
	count(*) FILTER (WHERE (a.code >= b.code) IS DISTINCT FROM (a.raw >= b.raw)) AS ge,
	count(*) FILTER (WHERE (a.code > b.code) IS DISTINCT FROM (a.raw > b.raw)) AS gt
FROM organisation a, organisation b WHERE a.n < 700 AND b.n % 10 = 0;
SELECT min(code) = min(raw)::uscc AND max(code) = max(raw)::uscc AS extremes, count(DISTINCT code) = count(DISTINCT raw) AS distinct_codes FROM organisation;

-- indexes and joins
CREATE INDEX organisation_btree ON organisation (code);
CREATE INDEX organisation_hash ON organisation USING hash (code);
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SELECT count(*) FROM organisation a WHERE NOT EXISTS (SELECT FROM organisation b WHERE b.code = a.raw::uscc);
EXPLAIN (COSTS OFF) SELECT n FROM organisation WHERE code BETWEEN '121200004013590816' AND '91440300708461136T' ORDER BY code;
SELECT count(*) FROM organisation WHERE code BETWEEN '121200004013590816' AND '91440300708461136T';
SELECT count(*) FROM organisation WHERE raw BETWEEN '121200004013590816' AND '91440300708461136T';
RESET enable_seqscan;
RESET enable_bitmapscan;
SET enable_nestloop = off;
SET enable_mergejoin = off;
SELECT count(*) = (SELECT count(*) FROM organisation a JOIN organisation b USING (raw)) AS same FROM organisation a JOIN organisation b USING (code);
RESET enable_mergejoin;
SET enable_hashjoin = off;
SELECT count(*) = (SELECT count(*) FROM organisation a JOIN organisation b USING (raw)) AS same FROM organisation a JOIN organisation b USING (code);
RESET enable_hashjoin;
RESET enable_nestloop;
CREATE TABLE part (code uscc) PARTITION BY HASH (code);
CREATE TABLE part0 PARTITION OF part FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE part1 PARTITION OF part FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO part SELECT code FROM organisation;
SELECT count(*) = (SELECT count(*) FROM organisation) AS complete, count(DISTINCT tableoid) FROM part;

-- copy as text and binary, through a file of the server
\set textfile `mktemp -u /tmp/hb_uscc.XXXXXX`
CREATE TABLE back (code uscc);
COPY organisation (code) TO :'textfile';
COPY back FROM :'textfile';
COPY organisation (code) TO :'textfile' (FORMAT binary);
COPY back FROM :'textfile' (FORMAT binary);
SELECT count(*) FROM (SELECT code, count(*) FROM back GROUP BY code) b
RIGHT JOIN (SELECT code, 2 * count(*) AS count FROM organisation GROUP BY code) p USING (code, count) WHERE b.code IS NULL;
CREATE TABLE raw_values (v text);
INSERT INTO raw_values VALUES ('91440300708461136A');
COPY raw_values TO :'textfile' (FORMAT binary);
\set SHOW_CONTEXT never
COPY back FROM :'textfile' (FORMAT binary);
\set remove 'cat >/dev/null; rm -f ' :textfile
COPY (SELECT) TO PROGRAM :'remove';
SELECT amname, opcname, amvalidate(c.oid)
FROM pg_opclass c JOIN pg_am a ON a.oid = opcmethod WHERE opcintype = 'uscc'::regtype ORDER BY 1, 2;
DROP TABLE organisation, part, back, raw_values;
DROP FUNCTION made_uscc;
