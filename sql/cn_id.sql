-- cn_id: the machinery of the type
SELECT '11010519491231002x'::cn_id, '110105491231002'::cn_id, '４２０１０６ 19900307-8675'::cn_id;

-- errors name the rule and the position, and hide the number
\set SHOW_CONTEXT never
DO $$
DECLARE
	input text;
	message text;
	detail text;
	state text;
BEGIN
	FOREACH input IN ARRAY ARRAY['42010619900307867', '420106199003078674', '42010619900307018*',
		'420106199002300018', '4.20106199003079E+17', '110105491231998', '']
	LOOP
		BEGIN
			PERFORM input::cn_id;
		EXCEPTION WHEN OTHERS THEN
			GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, state = RETURNED_SQLSTATE;
			RAISE INFO '% %: %', state, message, detail;
		END;
	END LOOP;
END
$$;

CREATE TABLE person (
	n int,
	raw text COLLATE "C",
	id cn_id
);
INSERT INTO person
SELECT n, id::text, id
FROM generate_series(1, 20000) n,
	LATERAL (SELECT (array['420106', '420107', '420202', '429004', '110101', '659010'])[1 + n % 6]
		|| to_char(date '1930-01-01' + n * 7 % 25000, 'YYMMDD')
		|| lpad((n % 996)::text, 3, '0')) v (old),
	LATERAL (SELECT old::cn_id) w (id);
INSERT INTO person SELECT 20000 + n, t, t::cn_id
FROM unnest(array['810000199408230021', '830000199201300022', '932682198501010017', '911124198108030024']) WITH ORDINALITY v (t, n);
ANALYZE person;

-- order and equality are those of the text
SELECT count(*) AS inversions
FROM (SELECT raw < lag(raw) OVER (ORDER BY id) AS bad FROM person) s WHERE bad;
SELECT count(*) AS inversions
FROM (SELECT raw > lag(raw) OVER (ORDER BY id DESC) AS bad FROM person) s WHERE bad;
SELECT count(*) FILTER (WHERE (a.id < b.id) IS DISTINCT FROM (a.raw < b.raw)) AS lt,
	count(*) FILTER (WHERE (a.id <= b.id) IS DISTINCT FROM (a.raw <= b.raw)) AS le,
	count(*) FILTER (WHERE (a.id = b.id) IS DISTINCT FROM (a.raw = b.raw)) AS eq,
	count(*) FILTER (WHERE (a.id <> b.id) IS DISTINCT FROM (a.raw <> b.raw)) AS ne,
	count(*) FILTER (WHERE (a.id >= b.id) IS DISTINCT FROM (a.raw >= b.raw)) AS ge,
	count(*) FILTER (WHERE (a.id > b.id) IS DISTINCT FROM (a.raw > b.raw)) AS gt
FROM person a, person b WHERE a.n % 100 = 0 AND b.n % 100 IN (0, 4);
SELECT min(id) = min(raw)::cn_id AND max(id) = max(raw)::cn_id AS extremes FROM person;
SELECT count(DISTINCT id) = count(DISTINCT raw) AS distinct_ids FROM person;
SELECT count(*) = (SELECT count(DISTINCT raw) FROM person) AS groups FROM (SELECT id FROM person GROUP BY id) s;
SELECT count(*) FROM person WHERE id::text <> raw OR raw::cn_id <> id OR raw::varchar::cn_id <> id OR id::varchar <> raw;

-- indexes
CREATE INDEX person_btree ON person (id);
CREATE INDEX person_try ON person (try_cn_id(raw));
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM person WHERE id <@ '4201';
EXPLAIN (COSTS OFF) SELECT count(*) FROM person WHERE '420000' @> id;
EXPLAIN (COSTS OFF) SELECT n FROM person WHERE try_cn_id(raw) = '420106193002120061';
EXPLAIN (COSTS OFF) SELECT id FROM person ORDER BY id LIMIT 1;
SELECT d, (SELECT count(*) FROM person WHERE id <@ d::cn_division) AS found
FROM unnest(array['42', '4201', '420106', '420106001', '81', '83', '93', '32', '99']) d;
SELECT count(*) AS wuhan, (SELECT count(*) FROM person WHERE raw LIKE '4201%') AS by_prefix FROM person WHERE id <@ '4201';
SELECT count(*) AS permits FROM person WHERE id <@ '81' OR id <@ '82' OR id <@ '83';
SELECT count(*) AS foreign_cards FROM person WHERE id <@ '93' OR id <@ '32' AND cn_id_kind(id) = 'foreign_permanent';
RESET enable_seqscan;
RESET enable_bitmapscan;
SELECT count(*) AS wuhan FROM person WHERE id <@ '420100';
DROP INDEX person_btree;
CREATE INDEX person_brin ON person USING brin (id);
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM person WHERE id <@ '4201';
SELECT count(*) AS wuhan FROM person WHERE id <@ '4201';
DROP INDEX person_brin;
CREATE INDEX person_hash ON person USING hash (id);
EXPLAIN (COSTS OFF) SELECT n FROM person WHERE id = '420106193002120061';
RESET enable_seqscan;
-- a parameter and a column need no constant
PREPARE within_division(cn_division) AS SELECT count(*) FROM person WHERE id <@ $1;
EXECUTE within_division('4201');
SET plan_cache_mode = force_generic_plan;
EXECUTE within_division('4201');
RESET plan_cache_mode;
SELECT d, count(*) FROM (VALUES ('4201'::cn_division), ('4202'), ('42'), ('429004')) v (d) JOIN person ON id <@ d GROUP BY d ORDER BY d;

-- joins
SET enable_nestloop = off;
SET enable_hashjoin = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM person a JOIN person b USING (id);
SELECT count(*) = (SELECT count(*) FROM person a JOIN person b USING (raw)) AS same FROM person a JOIN person b USING (id);
RESET enable_hashjoin;
SET enable_mergejoin = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM person a JOIN person b USING (id);
SELECT count(*) = (SELECT count(*) FROM person a JOIN person b USING (raw)) AS same FROM person a JOIN person b USING (id);
RESET enable_mergejoin;
RESET enable_nestloop;

-- hash partitions
CREATE TABLE part (id cn_id) PARTITION BY HASH (id);
CREATE TABLE part0 PARTITION OF part FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE part1 PARTITION OF part FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE part2 PARTITION OF part FOR VALUES WITH (MODULUS 3, REMAINDER 2);
INSERT INTO part SELECT id FROM person;
SELECT count(*) = (SELECT count(*) FROM person) AS complete, count(DISTINCT tableoid) FROM part;
EXPLAIN (COSTS OFF) SELECT * FROM part WHERE id = '420106193002120061';

-- copy as text and binary, through a file of the server
\set textfile `mktemp -u /tmp/hb_cn_id.XXXXXX`
COPY (SELECT id FROM person) TO :'textfile';
CREATE TABLE back (id cn_id);
COPY back FROM :'textfile';
COPY (SELECT id FROM person) TO :'textfile' (FORMAT binary);
COPY back FROM :'textfile' (FORMAT binary);
SELECT count(*) FROM (SELECT id, count(*) FROM back GROUP BY id) b
JOIN (SELECT id, 2 * count(*) AS count FROM person GROUP BY id) p USING (id, count);
-- binary input checks what text input checks
CREATE TABLE raw_values (v int8);
INSERT INTO raw_values VALUES (42010619900230001);
COPY raw_values TO :'textfile' (FORMAT binary);
COPY back FROM :'textfile' (FORMAT binary);
UPDATE raw_values SET v = -1;
COPY raw_values TO :'textfile' (FORMAT binary);
COPY back FROM :'textfile' (FORMAT binary);
\set remove 'cat >/dev/null; rm -f ' :textfile
COPY (SELECT) TO PROGRAM :'remove';

-- operator classes
SELECT amname, opcname, amvalidate(c.oid)
FROM pg_opclass c JOIN pg_am a ON a.oid = opcmethod
WHERE opcintype IN ('cn_id'::regtype, 'cn_division'::regtype) ORDER BY 1, 2;
DROP TABLE person, part, back, raw_values;
