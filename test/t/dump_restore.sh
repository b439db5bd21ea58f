# A database that uses icd10 and icd10set everywhere is dumped and restored: plain
# and custom format, as data of COPY and of INSERT.
. test/common/tap.sh
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$1" -c "${@: -1}" 2>&1; }

source=$PGDATABASE
psql -X -q -v ON_ERROR_STOP=1 -d "$source" <<'SQL' || echo 'Bail out! the source database cannot be made'
CREATE DOMAIN main_code AS icd10 CHECK (icd10_asterisk(VALUE) IS NULL OR icd10_dagger(VALUE) IS NOT NULL);
CREATE TABLE diagnosis (
	n int PRIMARY KEY,
	code icd10 NOT NULL DEFAULT 'Z00.x01' CHECK (code <@ 'A00-Z99, !O9A'),
	main main_code,
	codes icd10[] DEFAULT '{I10,A01.001+K77.0*}',
	allowed icd10set DEFAULT 'I20-I25, I60-I69, !I23.0' CHECK (allowed <> ''),
	circulatory boolean GENERATED ALWAYS AS (code <@ 'IX, G45') STORED
);
INSERT INTO diagnosis (n, code, main, codes, allowed)
SELECT n, c::icd10, CASE WHEN n % 3 = 0 THEN c::icd10 END, ARRAY[c::icd10, NULL, 'B49.x14+J99.8*'], (c || ', A00, !A00.0')::icd10set
FROM generate_series(1, 3000) n, LATERAL (SELECT chr(65 + n % 26) || lpad((n / 26 % 100)::text, 2, '0') ||
	CASE n % 6 WHEN 0 THEN '' WHEN 1 THEN '.x0' || n % 10 WHEN 2 THEN '.' || n % 10 || '00x' || lpad((n % 1000)::text, 3, '0') WHEN 3 THEN '.9+' WHEN 4 THEN '.1+G01*' ELSE '.0XXA' END AS c) v;
INSERT INTO diagnosis (n) VALUES (0);
CREATE INDEX diagnosis_btree ON diagnosis (code);
CREATE INDEX diagnosis_hash ON diagnosis USING hash (code);
CREATE INDEX diagnosis_brin ON diagnosis USING brin (code);
CREATE INDEX diagnosis_gin ON diagnosis USING gin (codes);
CREATE INDEX diagnosis_sets ON diagnosis USING hash (allowed);
CREATE INDEX diagnosis_ihd ON diagnosis (n) WHERE code <@ 'I20-I25, I50';
CREATE TABLE raw (code text);
INSERT INTO raw SELECT lower(left(code::text, 1)) || substr(code::text, 2) FROM diagnosis;
INSERT INTO raw VALUES ('A02.-');
CREATE INDEX raw_code ON raw (try_icd10(code));
CREATE TABLE by_range (n int, code icd10) PARTITION BY RANGE (code);
CREATE TABLE by_range_1 PARTITION OF by_range FOR VALUES FROM (MINVALUE) TO ('I00');
CREATE TABLE by_range_2 PARTITION OF by_range FOR VALUES FROM ('I00') TO ('J00');
CREATE TABLE by_range_3 PARTITION OF by_range FOR VALUES FROM ('J00') TO (MAXVALUE);
CREATE TABLE by_hash (n int, code icd10) PARTITION BY HASH (code);
CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE by_list (n int, code icd10) PARTITION BY LIST (code);
CREATE TABLE by_list_i10 PARTITION OF by_list FOR VALUES IN ('I10', 'I10.x00');
CREATE TABLE by_list_other PARTITION OF by_list DEFAULT;
INSERT INTO by_range SELECT n, code FROM diagnosis;
INSERT INTO by_hash SELECT n, code FROM diagnosis;
INSERT INTO by_list SELECT n, code FROM diagnosis;
CREATE VIEW ihd AS SELECT n, code FROM diagnosis WHERE code <@ 'I20-I25, !I23' OR 'I50' @> code OR code && 'I98' OR codes && 'K77.0';
CREATE MATERIALIZED VIEW phenotype AS SELECT n % 10 AS k, icd10set_agg(code) AS s, max(code) AS last FROM diagnosis GROUP BY 1;
CREATE FUNCTION is_ihd(icd10) RETURNS boolean LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT $1 <@ 'I20-I25'; END;
SQL

facts="SELECT md5(string_agg(d::text, '|' ORDER BY n)) FROM diagnosis d
	UNION ALL SELECT count(*) || ' ' || md5(string_agg(p::text, '|' ORDER BY k)) FROM phenotype p
	UNION ALL SELECT count(*) || ' ' || md5(string_agg(i::text, '|' ORDER BY n)) FROM ihd i
	UNION ALL SELECT string_agg(format('%s: %s', t, n), ', ' ORDER BY t) FROM (SELECT tableoid::regclass::text AS t, count(*) AS n FROM by_range GROUP BY 1
		UNION ALL SELECT tableoid::regclass::text, count(*) FROM by_hash GROUP BY 1 UNION ALL SELECT tableoid::regclass::text, count(*) FROM by_list GROUP BY 1) c
	UNION ALL SELECT string_agg(pg_get_indexdef(indexrelid), '; ' ORDER BY indexrelid::regclass::text) FROM pg_index WHERE indrelid IN ('diagnosis'::regclass, 'raw'::regclass)
	UNION ALL SELECT string_agg(pg_get_constraintdef(oid), '; ' ORDER BY conname) FROM pg_constraint WHERE conrelid = 'diagnosis'::regclass OR contypid = 'main_code'::regtype
	UNION ALL SELECT string_agg(pg_get_expr(adbin, adrelid), '; ' ORDER BY adnum) FROM pg_attrdef WHERE adrelid = 'diagnosis'::regclass
	UNION ALL SELECT pg_get_viewdef('ihd') || pg_get_function_sqlbody('is_ihd'::regproc)
	UNION ALL SELECT count(*)::text FROM raw WHERE try_icd10(code) <@ 'I20-I25'"
plans="ANALYZE; SET enable_seqscan = off;
	EXPLAIN (COSTS OFF) SELECT code FROM diagnosis WHERE code <@ 'I20-I25' ORDER BY code;
	EXPLAIN (COSTS OFF) SELECT * FROM diagnosis WHERE codes && 'K77.0';
	EXPLAIN (COSTS OFF) SELECT * FROM diagnosis WHERE code <@ 'I20-I25, I50' AND n = 5;
	EXPLAIN (COSTS OFF) SELECT * FROM raw WHERE try_icd10(code) <@ 'I20-I25';
	EXPLAIN (COSTS OFF) SELECT * FROM by_range WHERE code <@ 'I20-I25';
	EXPLAIN (COSTS OFF) SELECT * FROM by_list WHERE code = 'I10'"
truth=$(sql "$source" "$facts")
plan=$(sql "$source" "$plans")
check 'the source database answers' "$(echo "$truth$plan" | grep -c ERROR) $(echo "$truth" | head -n 4 | grep -c .)" '0 4'
for index in diagnosis_btree diagnosis_gin diagnosis_ihd raw_code; do
	check "the source database uses $index" "$(echo "$plan" | grep -c "$index" | sed 's/[1-9].*/used/')" used
done

restored()
{
	check "$1: data, definitions and partitions are the same" "$(sql "$2" "$facts")" "$truth"
	check "$1: plans are the same" "$(sql "$2" "$plans")" "$plan"
	check "$1: defaults work" "$(sql "$2" "INSERT INTO diagnosis (n) VALUES (-1) RETURNING code, codes, allowed, circulatory")" \
		'Z00.x01|{I10,A01.001+K77.0*}|I20-I23+, I23.1-I25, I60-I69|f'
	check "$1: checks work" "$(sql "$2" "INSERT INTO diagnosis (n, code) VALUES (-2, 'O9A')" | grep -c diagnosis_code_check)" 1
	check "$1: partitions take rows" "$(sql "$2" "INSERT INTO by_range VALUES (1, 'I21.x00') RETURNING tableoid::regclass")" by_range_2
}

dump=$(mktemp -d)
# as pg_dump does without an ALTER DATABASE of its own
fresh() { createdb -T template0 -E UTF8 "$1" && sql "$1" "ALTER DATABASE $1 SET search_path = public, hbhealth"; }

fresh restored_custom
pg_dump -Fc -f "$dump/custom" "$source" && pg_restore --exit-on-error -d restored_custom "$dump/custom" 2>&1 | sed 's/^/# /'
restored 'custom format' restored_custom

fresh restored_inserts
pg_dump --rows-per-insert=500 --load-via-partition-root "$source" | psql -X -q -v ON_ERROR_STOP=1 -d restored_inserts 2>&1 >/dev/null | sed 's/^/# /'
restored 'INSERT and partition root' restored_inserts

# A second dump, of what was restored, is the same text.
fresh restored_again
pg_restore --exit-on-error -d restored_again "$dump/custom" 2>&1 | sed 's/^/# /'
schema() { pg_dump --schema-only "$1" | grep -v '^--' | grep -v '^\\\(un\)\?restrict'; }
check 'the schema of the restored database dumps to the same text' "$(schema restored_again | md5sum)" "$(schema "$source" | md5sum)"

rm -rf "$dump"
for database in restored_custom restored_inserts restored_again; do dropdb "$database"; done
echo "1..$count"
