# A table with a column of every type that dump_restore.sh leaves out, and with its
# indexes, is dumped and restored: plain and custom format.
. test/common/tap.sh
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$1" -c "$2" 2>&1; }

source=$PGDATABASE
psql -X -q -v ON_ERROR_STOP=1 -d "$source" <<'SQL' || echo 'Bail out! the source database cannot be made'
CREATE TABLE sorted (
	n int PRIMARY KEY,
	cn_id cn_id,
	cn_division cn_division DEFAULT '420106',
	uscc uscc DEFAULT '91440300708461136T',
	icd9cm3 icd9cm3 DEFAULT '36.0700x004',
	icd9cm3set icd9cm3set DEFAULT '36.0-36.3, 37.6, !36.05',
	charlson charlson DEFAULT '{chf,diabwc}',
	elixhauser elixhauser DEFAULT '{chf}'
);
-- Of the 31 characters that could end a credit code one is right; a number of 15 digits needs no check digit.
INSERT INTO sorted
SELECT n, ('420106' || to_char(date '1930-01-01' + n * 7, 'YYMMDD') || lpad((n % 996)::text, 3, '0'))::cn_id,
	left((110000 + n * 137 % 800000)::text || lpad((n % 30)::text, 3, '0') || lpad((n % 7)::text, 3, '0'), (array[2, 4, 6, 9, 12])[1 + n % 5])::cn_division,
	(SELECT u FROM unnest(string_to_array('0123456789ABCDEFGHJKLMNPQRTUWXY', NULL)) c,
		LATERAL try_uscc((array['12', '52', '91', 'A1', 'N2', 'Y1'])[1 + n % 6] || '420' || lpad((n % 100)::text, 3, '0')
			|| 'MA' || lpad(n::text, 6, '0') || 'X' || c) u WHERE u IS NOT NULL),
	code, (code || ', 36.0-36.3, !36.05')::icd9cm3set,
	(SELECT charlson_agg(c) FROM unnest(diagnoses) c), (SELECT elixhauser_agg(c) FROM unnest(diagnoses) c)
FROM generate_series(1, 1000) n,
	LATERAL (SELECT (to_char(n % 100, 'FM00') || (array['', '.1', '.23', '.2301', '.2x00', '.2300x004'])[1 + n % 6])::icd9cm3 AS code,
		ARRAY(SELECT c FROM unnest('{I21.000,I50.900,E11.900,E11.200,C34.900,C78.000,B20,F32.900,J44.900,K70.300}'::icd10[]) WITH ORDINALITY v (c, i)
			WHERE n >> (i - 1)::int & 1 = 1) AS diagnoses) v;
INSERT INTO sorted (n, cn_id) VALUES (1001, '810000199408230021'), (1002, '932682198501010017'), (1003, '11010519491231002X');
INSERT INTO sorted VALUES (1004, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (1005, NULL, NULL, NULL, NULL, '', '{}', '{}');
CREATE TABLE hashed AS TABLE sorted;
SELECT format('CREATE INDEX %1$s_%2$s ON %1$s USING %3$s (%2$s)', attrelid::regclass, attname, amname)
FROM (VALUES ('sorted'::regclass, 'btree'), ('hashed', 'hash')) t (attrelid, amname)
JOIN pg_attribute USING (attrelid) JOIN pg_am USING (amname)
WHERE attnum > 0 AND attname <> 'n' AND EXISTS (SELECT FROM pg_opclass WHERE opcmethod = pg_am.oid AND opcintype = atttypid AND opcdefault)
\gexec
SQL

types='cn_id cn_division uscc icd9cm3 icd9cm3set charlson elixhauser'
definitions="SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid IN ('sorted'::regclass, 'hashed'::regclass) ORDER BY indexrelid::regclass::text;
	SELECT attrelid::regclass, attname, format_type(atttypid, atttypmod), pg_get_expr(adbin, adrelid)
	FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
	WHERE attrelid IN ('sorted'::regclass, 'hashed'::regclass) AND attnum > 0 ORDER BY attrelid::regclass::text, attnum"
contents()
{
	local table format
	for table in sorted hashed; do
		for format in text binary; do
			echo "$table $format $(psql -X -q -d "$1" -c "COPY (TABLE $table ORDER BY n) TO STDOUT (FORMAT $format)" 2>&1 | md5sum)"
		done
	done
}
# Every value is looked up, by the index of its column if it has one.
lookups()
{
	local table type query
	{
		echo 'SET enable_seqscan = off; SET enable_bitmapscan = off;'
		for table in sorted hashed; do
			for type in $types; do
				query="SELECT count(*) FROM hashed a, LATERAL (SELECT n FROM $table WHERE $type = a.$type OFFSET 0) v WHERE v.n = a.n"
				echo "SELECT '$table.$type'; $query; EXPLAIN (COSTS OFF) $query;"
			done
		done
	} | psql -X -q -A -t -d "$1" 2>&1 | grep -o '^[a-z0-9].*\|Index.* using .*_.*'
}

check 'the source database has all values' "$(sql "$source" "SELECT concat_ws(' ', count(cn_id), count(cn_division), count(uscc), count(icd9cm3),
	count(icd9cm3set), count(charlson), count(elixhauser), count(DISTINCT charlson) > 50, count(DISTINCT elixhauser) > 50) FROM sorted")" \
	'1003 1003 1003 1003 1004 1004 1004 t t'
expected_definitions=$(sql "$source" "$definitions") expected_contents=$(contents "$source") expected_lookups=$(lookups "$source")
check 'the source database finds every value, by the index' "$expected_lookups" "$(
	for table in sorted hashed; do for type in $types; do
		echo "$table.$type"
		case $type in *set | charlson | elixhauser) echo 1004 ;; *) echo 1003 ;; esac
		# sets have no order, so no btree
		[ $table.$type = sorted.icd9cm3set ] || echo "Index Scan using ${table}_$type on $table"
	done; done)"

restored()
{
	check "$1: definitions are the same" "$(sql "$2" "$definitions")" "$expected_definitions"
	check "$1: contents are the same" "$(contents "$2")" "$expected_contents"
	check "$1: indexes find every value" "$(lookups "$2")" "$expected_lookups"
	check "$1: defaults work" "$(sql "$2" "INSERT INTO sorted (n) VALUES (-1) RETURNING cn_division, uscc, icd9cm3, icd9cm3set, charlson, elixhauser")" \
		"$(sql "$source" "BEGIN; INSERT INTO sorted (n) VALUES (-1) RETURNING cn_division, uscc, icd9cm3, icd9cm3set, charlson, elixhauser; ROLLBACK")"
	dropdb "$2"
}
fresh() { createdb -T template0 -E UTF8 "$1" && sql "$1" "ALTER DATABASE $1 SET search_path = public, hbhealth"; }

fresh types_plain
pg_dump "$source" | psql -X -q -v ON_ERROR_STOP=1 -d types_plain 2>&1 >/dev/null | sed 's/^/# /'
restored 'plain' types_plain

fresh types_custom
dump=$(mktemp)
pg_dump -Fc -f "$dump" "$source" && pg_restore --exit-on-error -d types_custom "$dump" 2>&1 | sed 's/^/# /'
rm -f "$dump"
restored 'custom format' types_custom
echo "1..$count"
