# A role that is no superuser makes, fills, loads, dumps and leaves the reference
# schema; dumps restore to the same rows, keys and rights.
. test/common/tap.sh
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$1" -U "${3-postgres}" -c "$2" 2>&1 | grep -v '^INFO:'; }

source=$PGDATABASE
dump=$(mktemp -d)
sql "$source" "CREATE ROLE base_site LOGIN; CREATE ROLE base_dump_analyst;
	DO \$\$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO base_site', current_database()); END \$\$"
check 'a role that is no superuser makes the schema and fills it, in two prefixes' "$(sql "$source" "CALL create_base_schema(); CALL generate_province(150);
	CALL create_base_schema('a\"b; c')" base_site; sql "$source" "CALL grant_base_schema('hb', analyst => 'base_dump_analyst')" base_site)" ''

printf 'pid,id,name_enc,sex,birth,death,eth,edu,marital,occ,abo,rh\r\n900001,,"甲, ""乙""",1,1990-01-01,,01,,,,,\r\n900002,11010519491231002x,,2,1949-12-31,,,,,,,\r\n900002,,,9,,,,,,,,\r\n' >"$dump/person.csv"
check 'it loads a file' "$(psql -X -q -A -t -v ON_ERROR_STOP=1 -U base_site -d "$source" 2>&1 <<SQL
CALL create_base_stage('hb', 'pop.person', 'person_csv');
\copy person_csv from '$dump/person.csv' (format csv, header match)
SELECT * FROM load_base('hb', 'pop.person', 'person_csv');
SELECT row_no, col, rule FROM hb_ref.load_reject ORDER BY 1, 2;
SQL
)" '1|3|2|1
3|birth|missing'

# Every row of every table, every definition and every right.
facts="CREATE FUNCTION pg_temp.facts() RETURNS SETOF text LANGUAGE plpgsql AS \$\$
DECLARE t regclass;
BEGIN
	FOR t IN SELECT oid FROM pg_class WHERE relnamespace::regnamespace::text ~ '^hb_' AND relkind IN ('r', 'v') ORDER BY oid::regclass::text COLLATE \"C\" LOOP
		RETURN QUERY EXECUTE format('SELECT %L || count(*) || '' '' || coalesce(md5(string_agg(x::text, ''|'' ORDER BY x::text COLLATE \"C\")), '''') FROM %s x', t || ' ', t);
	END LOOP;
	RETURN QUERY SELECT md5(string_agg(d, '|' ORDER BY d COLLATE \"C\")) FROM (
		SELECT conname || pg_get_constraintdef(oid) AS d FROM pg_constraint WHERE connamespace::regnamespace::text ~ '^hb_'
		UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE relnamespace::regnamespace::text ~ '^hb_'
		UNION ALL SELECT format('%s %s %s %s', attrelid::regclass, attname, col_description(attrelid, attnum), attacl) FROM pg_attribute
			WHERE attrelid::regclass::text ~ '^hb_' AND attnum > 0
		UNION ALL SELECT format('%s %s %s', oid::regclass, relowner::regrole, coalesce(relacl, acldefault('r', relowner))) FROM pg_class WHERE relnamespace::regnamespace::text ~ '^hb_' AND relkind IN ('r', 'v')) x;
END \$\$;
SELECT * FROM pg_temp.facts()"
truth=$(sql "$source" "$facts")
check 'there is something to compare' "$(echo "$truth" | grep -cE '^hb_[a-z.]*_?[a-z_.]* [1-9]|^[0-9a-f]{32}$' | awk '{ print ($1 > 30) }')" 1

fresh()
{
	createdb -T template0 -E UTF8 "$1"
	sql "$1" "ALTER DATABASE $1 SET search_path = public, hbhealth; GRANT CREATE ON DATABASE $1 TO base_site"
}
works()
{
	check "$1: rows, keys, comments and rights are the same" "$(sql "$2" "$facts")" "$truth"
	check "$1: nothing is missing, an upgrade has nothing to do" "$(sql "$2" "SELECT * FROM base_keys_missing('hb'); CALL upgrade_base_schema()" base_site)" ''
	check "$1: domains hold" "$(sql "$2" "INSERT INTO hb_pop.person (pid, sex, birth) VALUES (-1, '7', '2000-01-01')" | grep -c person_sex_domain)" 1
	check "$1: loads go on with the next number" "$(sql "$2" "CREATE TEMP TABLE s (pid text, sex text, birth text); INSERT INTO s VALUES ('900003', '1', '2001-01-01');
		SELECT batch, loaded FROM load_base('hb', 'pop.person', 's')" base_site)" '2|1'
}

# the whole database, by a superuser
fresh base_whole
pg_dump -Fc -f "$dump/whole" "$source" && pg_restore --exit-on-error -d base_whole "$dump/whole" 2>&1 | sed 's/^/# /'
works 'the whole database' base_whole
check 'the other prefix, too' "$(sql base_whole "SELECT count(*) FROM base_keys_missing('a\"b; c')")" 0

# its own schemas, by the owner, into a database that has the extension
fresh base_own
sql base_own 'CREATE EXTENSION hbhealth'
pg_dump -U base_site -n 'hb_*' "$source" >"$dump/own.sql" 2>"$dump/err" || sed 's/^/# /' "$dump/err"
psql -X -q -U base_site -v ON_ERROR_STOP=1 -d base_own -f "$dump/own.sql" 2>&1 >/dev/null | sed 's/^/# /'
works 'schemas of the owner' base_own

# leaving
check 'plain DROP EXTENSION is refused' "$(sql base_own 'DROP EXTENSION hbhealth' | grep -c '^ERROR:  cannot drop extension hbhealth because other objects depend on it')" 1
rows=$(sql base_own "SELECT md5(string_agg(x::text, '|' ORDER BY pid)) FROM hb_pop.person x")
check 'the owner detaches the schema' "$(sql base_own "SET client_min_messages = warning; CALL detach_base_schema()" base_site)" ''
check 'then it is not' "$(sql base_own 'DROP EXTENSION hbhealth; SELECT count(*) FROM pg_extension WHERE extname = $$hbhealth$$')" 0
check 'and the data is there' "$(sql base_own "SELECT md5(string_agg(x::text, '|' ORDER BY pid)) FROM hb_pop.person x")" "$rows"
pg_dump -Fc -f "$dump/left" base_own && createdb -T template0 base_left && pg_restore --exit-on-error -d base_left "$dump/left" 2>&1 | sed 's/^/# /'
check 'a server without the extension takes its dump' "$(sql base_left "SELECT md5(string_agg(x::text, '|' ORDER BY pid)) FROM hb_pop.person x")" "$rows"

rm -rf "$dump"
for database in base_whole base_own base_left; do dropdb "$database"; done
sql "$source" "DROP OWNED BY base_site CASCADE; DROP OWNED BY base_dump_analyst; DROP ROLE base_site, base_dump_analyst" >/dev/null
check 'no role stays' "$(sql "$source" "SELECT count(*) FROM pg_roles WHERE rolname ~ '^base_'")" 0
echo "1..$count"
