# The synthetic province with several sessions: two at once, one that is cancelled,
# one that fails, one whose owner is no superuser; what the others see meanwhile.
. test/common/tap.sh
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 "${@:1:$#-1}" -c "${@: -1}" 2>&1; }
quiet() { sql "$@" | grep -v '^INFO:'; }

# Every row of the tables of persons, by prefix.
sums()
{
	sql "SET timezone = 'UTC';
		CREATE FUNCTION pg_temp.sums() RETURNS SETOF text LANGUAGE plpgsql AS \$\$
		DECLARE t text;
		BEGIN
			FOR t IN SELECT tab FROM base_tables() WHERE tab !~ '^ref\.(code_table|load)' ORDER BY n LOOP
				RETURN QUERY EXECUTE format('SELECT %L || count(*) || '' '' || coalesce(md5(string_agg(h, '''' ORDER BY h COLLATE \"C\")), '''')
					FROM (SELECT md5(x::text) AS h FROM %s AS x) AS r', t || ' ', base_table_name('$1', t));
			END LOOP;
		END \$\$;
		SELECT * FROM pg_temp.sums()"
}
schema() { quiet "CALL create_base_schema('$1')"; }

# ----- two sessions at once -----
schema one
quiet "CALL generate_province(700, prefix => 'one')"
schema two
quiet "CALL prepare_province('two')"
quiet "CALL generate_province(700, prefix => 'two', pid_from => 1, pid_to => 333)" &
quiet "CALL generate_province(700, prefix => 'two', pid_from => 334, pid_to => 700)" &
wait %1 %2
quiet "CALL finish_province('two')"
sums one >"$PWD/one.sums"
check 'two sessions at once give what one gives' "$(sums two)" "$(cat "$PWD/one.sums")"
check 'with all its keys' "$(sql "SELECT count(*) > 100 FROM pg_constraint WHERE connamespace::regnamespace::text ~ '^two_'
	AND (connamespace::regnamespace::text, conrelid::regclass::text, contype, conname) IN (SELECT replace(connamespace::regnamespace::text, 'one_', 'two_'),
		replace(conrelid::regclass::text, 'one_', 'two_'), contype, conname FROM pg_constraint)")" t
check 'a range twice is refused by the keys' "$(quiet "CALL drop_base_keys('two')"; quiet "CALL generate_province(700, prefix => 'two', pid_from => 1, pid_to => 5)"
	sql -v VERBOSITY=sqlstate "CALL finish_province('two')" | tail -n 1)" 'ERROR:  23505'

# ----- progress -----
check 'each stage is told' "$(schema told; sql "CALL generate_province(300, prefix => 'told')" | sed 's/[0-9][0-9.]*/N/g')" \
'INFO:  organisations, staff and items: N rows
INFO:  persons N to N: N rows in N s, N rows/s, at most N MB waiting in memory
INFO:  keys, indexes and statistics in N s'

# ----- cancelled -----
schema gone
before=$(sums gone)
psql -X -q -c "CALL generate_province(3000000, prefix => 'gone')" >"$PWD/gone.out" 2>&1 &
session=$!
name=
for _ in $(seq 100); do
	name=$(sql "SELECT application_name FROM pg_stat_activity WHERE query ~ '^CALL generate_province.3000000' AND application_name ~ ' of 3000000'")
	[ -z "$name" ] || break
	sleep 0.1
done
check 'its application name says how far it is' "$(echo "$name" | sed 's/^generate_province [0-9]* of/generate_province N of/')" 'generate_province N of 3000000'
sleep 0.3
began=$(date +%s%N)
sql "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query ~ '^CALL generate_province.3000000'" >/dev/null
wait $session
check 'it stops within two seconds' "$((($(date +%s%N) - began) / 1000000 < 2000))" 1
check 'because of the cancel' "$(grep ERROR "$PWD/gone.out")" 'ERROR:  canceling statement due to user request'
check 'and leaves nothing' "$(sums gone)" "$before"
check 'nor changes the keys' "$(sql "SELECT count(*) > 100 FROM pg_constraint WHERE connamespace::regnamespace::text ~ '^gone_'")" t
check 'the application name is what it was' "$(sql "SET application_name = 'site'; CALL generate_province(30, prefix => 'gone'); SHOW application_name" | tail -n 1)" site

# ----- failed -----
schema bad
sql "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN IF NEW.mdtrt_id = 'M250001' THEN RAISE disk_full; END IF; RETURN NEW; END \$\$;
	CREATE TRIGGER full_disk BEFORE INSERT ON bad_ins.mdtrt_d FOR EACH ROW EXECUTE FUNCTION full_disk()"
before=$(sums bad)
check 'a failure deep within is told' "$(sql -v VERBOSITY=sqlstate "CALL generate_province(500, prefix => 'bad')" | grep ERROR)" 'ERROR:  53100'
check 'and leaves nothing half-made' "$(sums bad)" "$before"
sql "DROP TRIGGER full_disk ON bad_ins.mdtrt_d" >/dev/null
check 'then it goes through' "$(quiet "CALL generate_province(700, prefix => 'bad')"; sums bad)" "$(cat "$PWD/one.sums")"

# ----- rights -----
sql "CREATE ROLE province_owner LOGIN; CREATE ROLE province_guest LOGIN" >/dev/null
sql "DO \$\$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO province_owner', current_database()); END \$\$" >/dev/null
export PGUSER=province_owner
check 'an owner who is no superuser does it all' "$(schema own; quiet "CALL generate_province(700, prefix => 'own')"; sums own)" "$(cat "$PWD/one.sums")"
export PGUSER=province_guest
check 'others may not' "$(sql -v VERBOSITY=sqlstate "CALL generate_province(700, prefix => 'own', pid_from => 1)" | grep ERROR)" 'ERROR:  42501'
check 'nor by its parts' "$(sql -v VERBOSITY=sqlstate "SELECT province_rows('own', 1, 701, 702, '2023-01-01', '2024-01-01', '{1,1,1,1,1,1}', 'icd10')")" 'ERROR:  42501'
export PGUSER=postgres
sql "ALTER TABLE own_pop.person ENABLE ROW LEVEL SECURITY; ALTER TABLE own_pop.person FORCE ROW LEVEL SECURITY" >/dev/null
check 'row-level security is not passed by' "$(PGUSER=province_owner sql -v VERBOSITY=sqlstate "SELECT province_rows('own', 1, 701, 702, '2023-01-01', '2024-01-01', '{1,1,1,1,1,1}', 'icd10')")" 'ERROR:  0A000'

# ----- memory -----
check 'memory is bounded: rows wait in less than 100 MB' "$(schema mem; quiet "CALL prepare_province('mem')"
	sql "SELECT max(bytes) < 100000000 AND max(bytes) < 1.5 * min(bytes) FROM (SELECT (province_rows('mem', 1, lo, lo + 4799, '2023-01-01', '2024-01-01', '{1,1,1,1,1,1}', 'icd10')).bytes
		FROM unnest('{1,20001}'::bigint[]) AS lo) AS r")" t

echo "1..$count"
