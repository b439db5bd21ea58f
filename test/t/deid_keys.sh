# What needs a server of its own: the setting and the file of the key-encryption key,
# two sessions, what the log and the views of statements hold, dump and restore, and
# the audit row after ROLLBACK and after a crash.
. test/common/tap.sh
# Nothing here may wait without end, for a lock, an answer or a server.
run() { timeout -k 5 60 "$@" </dev/null; }
sql() { run psql -X -q -A -t -v ON_ERROR_STOP=1 "${@:1:$#-1}" -c "${@: -1}" 2>&1; }
# The primary message of an error.
fault() { sql "$@" | sed -n 's/^.*\(ERROR\|FATAL\): *//p' | head -n 1; }
# The server signals open sessions before a new one can see the new time of loading.
reload()
{
	local loaded tries
	loaded=$(sql 'SELECT pg_conf_load_time()')
	sql 'SELECT pg_reload_conf()' >/dev/null
	for ((tries = 0; tries < 600; tries++)); do
		[ "$(sql 'SELECT pg_conf_load_time()')" = "$loaded" ] || return 0
		sleep 0.1
	done
	echo '# the settings were not loaded'
}
server() { run pg_ctl -D "$PGDATA" -l "$HB_LOG" -w -s "$@"; }
conf=$PGDATA/postgresql.conf
cp "$conf" "$conf.saved"
cp -p "$HB_KEK" "$HB_KEK.saved"
kek=$(cat "$HB_KEK")
material=2b7e151628aed2a6abf7158809cf4f3c
wrapped='\xaa921818094f53d6b881c86c1d7a04eb8c1026afb4d17b21'

sql "CREATE ROLE deid_use LOGIN; CREATE ROLE deid_back LOGIN; CREATE ROLE deid_other LOGIN;
	GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA hbhealth TO deid_use, deid_other;
	GRANT EXECUTE ON ALL PROCEDURES IN SCHEMA hbhealth TO deid_back;
	SELECT deid_key_import('k', '$wrapped', 'fpe', 'aes-128', 'deid_use', 'deid_back');
	SELECT deid_key_create('t', 'token', 'hmac-sm3', 'deid_use');
	SELECT deid_key_create('all', 'release', 'sm3-aes', 'deid_use', 'deid_back')" >/dev/null
call="SELECT deid_fpe_mobile('13812345678', 'k')"

# ----- the setting -----
check 'the setting of the file is taken over at load' "$(sql "$call")" 13886297584
printf '%s\n' "$(printf 'f%.0s' {1..64})" >"$HB_KEK.evil"
chmod 600 "$HB_KEK.evil"
as_user() { PGUSER=deid_use sql "$@" | grep -v '^WARNING\|^HINT\|^DETAIL'; }
check 'a placeholder that a session has set is not' "$(as_user -c "SET hbhealth.kek_file = '$HB_KEK.evil'" "$call")" 13886297584
refused() { case $1 in 13886297584 | *'there is no key-encryption key'*) echo refused ;; *) echo "$1" ;; esac; }
check 'what a client asks for at start is not' "$(refused "$(PGOPTIONS="-c hbhealth.kek_file=$HB_KEK.evil" as_user "$call")")" refused
check 'nor SET LOCAL' "$(as_user "BEGIN; SET LOCAL hbhealth.kek_file = '$HB_KEK.evil'; $call; COMMIT")" 13886297584
check 'after load it cannot be set' "$(PGUSER=deid_use fault -c "$call" "SET hbhealth.kek_file = '$HB_KEK.evil'")" 'parameter "hbhealth.kek_file" cannot be changed now'
check 'even by a superuser' "$(fault -c "$call" "SET hbhealth.kek_file = '$HB_KEK.evil'")" 'parameter "hbhealth.kek_file" cannot be changed now'
sql "ALTER ROLE deid_use SET hbhealth.kek_file = '$HB_KEK.evil'" >/dev/null
check 'a value of a role is not' "$(refused "$(as_user "$call")")" refused
sql "ALTER ROLE deid_use RESET ALL" >/dev/null
sql "ALTER DATABASE $PGDATABASE SET hbhealth.kek_file = '$HB_KEK.evil'" >/dev/null
check 'nor one of a database' "$(refused "$(as_user "$call")")" refused
sql "ALTER DATABASE $PGDATABASE RESET hbhealth.kek_file" >/dev/null
check 'other settings of the prefix are refused' "$(fault -c "$call" "SET hbhealth.key = 'x'")" 'invalid configuration parameter name "hbhealth.key"'
check 'the path is for superusers once loaded' "$(PGUSER=deid_use fault -c "$call" "SHOW hbhealth.kek_file" | sed 's/.* to examine/may not examine/')" 'may not examine "hbhealth.kek_file"'

# ----- the file -----
detail() { sql "$call" | sed -n 's/^DETAIL: *//p'; }
check_file() { check "$1" "$(detail)" "$2"; rm -rf "$HB_KEK"; cp -p "$HB_KEK.saved" "$HB_KEK"; }
chmod 644 "$HB_KEK"; check_file 'readable by others' 'Others than its owner have access to it.'
chmod 640 "$HB_KEK"; check_file 'readable by the group' 'Others than its owner have access to it.'
rm "$HB_KEK"; mkdir "$HB_KEK"; check_file 'a directory' 'It is not a regular file.'
rm "$HB_KEK"; mkfifo -m 600 "$HB_KEK"; check_file 'a pipe' 'It is not a regular file.'
for bad in '' 00 "${kek}00" "${kek%?}g" "$kek " " ${kek%?}"; do
	printf '%s\n' "$bad" >"$HB_KEK"; check_file "content of ${#bad} characters" 'It does not hold 64 hexadecimal digits.'
done
rm "$HB_KEK"
check 'no file' "$(fault "$call")" 'could not open the file of the key-encryption key: No such file or directory'
check 'its name is in the log alone' "$(sql "$call" | grep -c "$HB_KEK"; grep -c "The file is \"$HB_KEK\"" "$HB_LOG" | sed 's/^[1-9].*/some/')" "$(printf '0\nsome')"
cp -p "$HB_KEK.saved" "$HB_KEK"
printf '%s' "$kek" >"$HB_KEK"; check 'without a line end' "$(sql "$call")" 13886297584
printf '%s\n' "${kek^^}" >"$HB_KEK"; check 'in capitals' "$(sql "$call")" 13886297584
cp "$HB_KEK.evil" "$HB_KEK"
check 'another key-encryption key' "$(fault "$call")" 'key "k" cannot be unwrapped'
rm "$HB_KEK"; ln -s "$HB_KEK.saved" "$HB_KEK"; check 'a link to a file that is in order' "$(sql "$call")" 13886297584
rm "$HB_KEK"; cp -p "$HB_KEK.saved" "$HB_KEK"

set_file() { grep -v kek_file "$conf.saved" >"$conf"; [ -z "$1" ] || echo "hbhealth.kek_file = '$1'" >>"$conf"; reload; }
set_file ''; check 'no setting' "$(fault "$call")" 'there is no key-encryption key'
check 'no setting, a new key' "$(fault "SELECT deid_key_create('n', 'token', 'hmac-sm3', 'deid_use')")" 'there is no key-encryption key'
set_file kek; check 'a relative path' "$(detail)" 'Its path is not absolute.'
cp -p "$HB_KEK.saved" "$PGDATA/kek"
set_file "$PGDATA/kek"; check 'in the data directory' "$(detail)" 'It is in the data directory, so that a base backup would hold it beside the keys.'
rm "$PGDATA/kek"

# ----- sessions that are open -----
set_file "$HB_KEK"
coproc other { exec psql -X -q -A -t 2>&1; }
other_pid=$other_PID
exec {to}>&"${other[1]}" {from}<&"${other[0]}"
# The end is told by psql itself, as a transaction that has failed answers no query.
ask()
{
	local line
	printf '%s;\n\\warn end\n' "$1" >&"$to"
	while read -r -t 60 line <&"$from" && [ "$line" != end ]; do echo "$line"; done
	[ "$line" = end ] || echo 'no answer'
}
# Its first line; all are read, so that none is left for the next question.
ask_first() { local answer; answer=$(ask "$1"); echo "${answer%%$'\n'*}"; }
check 'an open session holds the key' "$(ask "$call")" 13886297584
mv "$HB_KEK" "$HB_KEK.away"
check 'and needs no file any more' "$(ask "$call")" 13886297584
set_file "$HB_KEK.none"
check 'a new setting makes it forget' "$(ask_first "$call")" 'ERROR:  could not open the file of the key-encryption key: No such file or directory'
mv "$HB_KEK.away" "$HB_KEK"
cp "$conf.saved" "$conf"; reload
check 'and read again' "$(ask "$call")" 13886297584
version="SELECT split_part(deid_token('x', 'd', 't'), '-', 1)"
check 'the first version' "$(ask "$version")" k1
sql "SELECT deid_key_rotate('t')" >/dev/null
check 'rotation reaches other sessions' "$(ask "$version")" k2
sql "BEGIN; SELECT deid_key_rotate('t'); ROLLBACK" >/dev/null
check 'a rotation that is rolled back does not' "$(ask "$version")" k2
sql "SELECT deid_key_retire('t', 2)" >/dev/null
check 'retiring does' "$(ask_first "$version")" 'ERROR:  key "t" has no active version'
sql "UPDATE deid_key SET state = 'active', retired = NULL WHERE name = 't' AND version = 2" >/dev/null
check 'direct UPDATE does' "$(ask "$version")" k2
sql "CREATE TABLE kept AS SELECT * FROM deid_key; TRUNCATE deid_key" >/dev/null
check 'TRUNCATE does' "$(ask_first "$version")" 'ERROR:  the key does not exist'
sql "INSERT INTO deid_key SELECT * FROM kept; DROP TABLE kept" >/dev/null
check 'INSERT does' "$(ask "$version")" k2
ask 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM pg_class' >/dev/null
sql "DELETE FROM deid_key WHERE name = 't' AND version = 2" >/dev/null
check 'a deleted key is gone in an old snapshot, too' "$(ask_first "$version")" 'ERROR:  key "t" has no active version'
ask ROLLBACK >/dev/null
sql "SELECT deid_key_rotate('t')" >/dev/null
check 'a role' "$(ask 'SET ROLE deid_use' >/dev/null; ask "$version")" k2
sql "ALTER ROLE deid_use RENAME TO deid_used; ALTER ROLE deid_used RENAME TO deid_use" >/dev/null
check 'a role by another name is the same' "$(ask "$version")" k2
ask 'RESET ROLE' >/dev/null
sql "GRANT deid_use TO deid_other" >/dev/null
check 'a member' "$(ask 'SET ROLE deid_other' >/dev/null; ask "$version")" k2
sql "REVOKE deid_use FROM deid_other" >/dev/null
check 'a membership that ended' "$(ask_first "$version")" 'ERROR:  permission denied for key "t"'
ask 'BEGIN; SET ROLE deid_use' >/dev/null
check 'a release' "$(ask "SELECT deid_release_create('mine', 'uni', 'study', 'k')")" 1
check 'keeps its version while its tables are made' "$(fault -c "SET lock_timeout = '200ms'" "SELECT deid_key_rotate('k')")" 'canceling statement due to lock timeout'
check 'and others go on' "$(sql "$call")" 13886297584
ask ROLLBACK >/dev/null
ask 'RESET ROLE' >/dev/null
sql "SELECT deid_key_create('q', 'token', 'hmac-sm3', 'deid_use')" >/dev/null
version="split_part(deid_token(i::text, 'd', 'q'), '-', 1)"
ask "BEGIN; DECLARE rows CURSOR FOR SELECT $version FROM generate_series(1, 9) i" >/dev/null
check 'a query begins' "$(ask 'FETCH rows')" k1
sql "SELECT deid_key_rotate('q')" >/dev/null
check 'and goes on while it does not hear of a change' "$(ask 'FETCH rows')" k1
check 'the next query has the new version' "$(ask "SELECT $version FROM generate_series(1, 1) i")" k2
check 'the one before does not mix them' "$(ask_first '\set VERBOSITY verbose
	FETCH rows')" 'ERROR:  40001: key "q" has been changed since the query began'
ask '\set VERBOSITY default
	ROLLBACK' >/dev/null
ask 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM pg_class' >/dev/null
sql "SELECT deid_key_rotate('q')" >/dev/null
check 'nor does an old snapshot' "$(ask_first "SELECT $version FROM generate_series(1, 1) i")" 'ERROR:  key "q" has been changed since the query began'
ask ROLLBACK >/dev/null
check 'a change of its own is no hindrance' "$(ask "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT deid_key_rotate('q'); SELECT $version FROM generate_series(1, 1) i; ROLLBACK" | tr '\n' ' ')" '4 k4 '
exec {to}>&- {from}<&-
kill "$other_pid"
wait "$other_pid" 2>/dev/null

# Two sessions cannot both make a version 4.
pids=()
for i in 1 2 3 4; do sql "SELECT deid_key_rotate('t')" >/dev/null & pids+=($!); done
wait "${pids[@]}"
check 'rotations take turns' "$(sql "SELECT max(version), count(*) FILTER (WHERE state = 'active') FROM deid_key WHERE name = 't'")" '6|1'

# ----- what is left behind: log, statements, settings -----
{ echo "shared_preload_libraries = 'pg_stat_statements'"
  echo "log_error_verbosity = terse"; echo "log_min_error_statement = panic"; echo "log_statement = none"
  echo "log_parameter_max_length = 0"; echo "log_parameter_max_length_on_error = 0"; echo "pg_stat_statements.track_utility = off"; } >>"$conf"
server restart
sql 'CREATE EXTENSION pg_stat_statements' >/dev/null
start=$(($(wc -c <"$HB_LOG") + 1))
canaries='110105199003071230 13800013800 6222021234567890123 zhangwei-canary k7-CANARYCANARYCANA k9-CANARYCANARYCANA'
paths=0
said=
passes=
try() { local out; out=$(sql -v VERBOSITY=verbose "$@"); paths=$((paths + 1)); case $out in *ERROR:*) ;; *) passes+="$* " ;; esac; said+=$out; }
try "SELECT deid_fpe_idno('110105199003071230', 'all')"
try "SELECT deid_fpe_idno('110105199003071230', 'all', on_invalid => 'zhangwei-canary')"
try "SELECT deid_fpe_idno('110105199003071230', 'all', check_digit => 'zhangwei-canary')"
try "SELECT deid_fpe_idno('110105199003071230', 'all', band => 1)"
try "SELECT deid_fpe_idno('110105199003071230', 'k', on_invalid => 'token')"
try "SELECT deid_fpe_mobile('13800013800-zhangwei-canary', 'k')"
try "SELECT deid_fpe_mobile('13800013800', 'k', 7)"
try "SELECT deid_fpe_bankcard('6222021234567890123', 'k')"
try "SELECT deid_fpe_digits('zhangwei-canary', 'k')"
try "SELECT deid_fpe_digits(repeat('13800013800', 100), 'k')"
try "SELECT deid_fpe('zhangwei-canary', 'abc', '', 'k')"
try "SELECT deid_fpe('abc', 'zhangwei-canary', '', 'k')"
try "SELECT deid_fpe('13800', '0123456789', '13800013800', 'k')"
try "SELECT deid_token('k7-CANARYCANARYCANA', 'd', 't')"
try "SELECT deid_token('13800013800', 'zhangwei-canary|', 't')"
try "SELECT deid_token('13800013800', 'd', 'k')"
try "SELECT deid_token('13800013800', 'd', 't', 7)"
try "SELECT deid_uuid('k7-CANARYCANARYCANA', 'd', 't')"
try "SELECT deid_shift(date '5874897-12-31', p, 't') FROM unnest('{13800013800,zhangwei-canary,1,2,3,4,5,6,7,8,9}'::text[]) p"
try "SELECT deid_shift(current_date, 'zhangwei-canary', 't', 0)"
try "SELECT deid_name('13800013800', 'zhangwei-canary', 't')"
try "SELECT deid_num(13800013800, 'zhangwei-canary', 't', 0)"
try "SELECT deid_num(13800013800, 'zhangwei-canary', 't', 5, '|')"
PGUSER=deid_other try "SELECT deid_token('13800013800', 'd', 't')"
PGUSER=deid_other try "CALL deid_reidentify('rel', '{13800013800}', 'zhangwei-canary')"
try "SELECT deid_key_import('x', '\x$material', 'fpe', 'aes-128', 'deid_use')"
try "SELECT deid_key_import('x', '\x$kek', 'token', 'hmac-sm3', 'deid_use')"
try "BEGIN; CALL deid_reidentify('rel', '{13800013800}', 'zhangwei-canary')"
try "CALL deid_reidentify('norel', '{13800013800}', 'zhangwei-canary')"
try "CALL deid_reidentify('norel', '{{13800013800}}', 'zhangwei-canary')"
try "SELECT deid_release_create('r', 'zhangwei-canary', 'p', 'all', '{\"13800013800\": 1}')"
for field in '1' '{"13800013800": 1}' '{"function": "deid_fpe_idno", "13800013800": "zhangwei-canary"}' '{"function": "deid_fpe_idno", "check_digit": "zhangwei-canary"}' \
	'{"function": "deid_fpe", "alphabet": "1380001380013800013800"}' '{"function": "deid_fpe", "alphabet": "01", "tweak": 13800013800}'; do
	try "SELECT deid_release_create('r', 'zhangwei-canary', '13800013800', 'all', '{\"f\": $field}')"
done
# Arguments in the wrong order.
try "SELECT deid_token('t', 'd', '13800013800')"
try "SELECT deid_token('13800013800', 't', 'zhangwei-canary')"
try "SELECT deid_key_rotate('zhangwei-canary')"
try "SELECT deid_key_retire('zhangwei-canary', 1)"
try "SELECT deid_key_destroy('13800013800', 2)"
try "CALL deid_reidentify('zhangwei-canary', '{norel}', '13800013800')"
try "SELECT deid_fpe_digits('k9-CANARYCANARYCANA', 'all')"
try "SELECT deid_fpe_digits('k9-CANARYCANARYCANA', 'all', on_invalid => 'token')"
try "SELECT deid_fpe_idno('110105202003071233'::cn_id, 'all', band => 1)"
try "SELECT deid_token('k7-CANARYCANARYCANA'::bytea, 'd', 't')"
try "SELECT deid_shift(timestamp '294276-12-31', p, 't') FROM unnest('{13800013800,zhangwei-canary,1,2,3,4,5,6,7,8,9}'::text[]) p"
check 'all of them are refused' "$passes" ''
# What core prints beside: details of constraints, contexts of COPY, statements, constants of plans.
sql "CREATE TABLE canary (id text PRIMARY KEY, number cn_id, born int CHECK (born < 2100)); INSERT INTO canary VALUES ('zhangwei-canary')" >/dev/null
told=$(sql "INSERT INTO canary VALUES ('zhangwei-canary')"; sql "INSERT INTO canary VALUES ('13800013800', NULL, 2200)"
	sql "INSERT INTO canary VALUES ('13800013800', '110105199003071230')"
	printf 'zhangwei-canary\t110105199003071230\n' | timeout 60 psql -X -q -c 'COPY canary (id, number) FROM STDIN' 2>&1
	sql "EXPLAIN SELECT * FROM canary WHERE id = '13800013800' AND number = '110105199003071239'")
check 'the client is told four errors' "$(grep -c 'ERROR:' <<<"$told")" 4
for canary in $canaries $material $kek; do
	check "$paths error messages do not hold $canary" "$(grep -c -i -- "$canary" <<<"$said")" 0
	check "nor does the log with the settings of SECURITY.md" "$(tail -c "+$start" "$HB_LOG" | grep -c -i -- "$canary")" 0
done
sql "$call; SELECT deid_token('13800013800', 'd', 't'); SELECT deid_key_create('n', 'token', 'hmac-sm3', 'deid_use')" >/dev/null
views="SELECT string_agg(v, ' ') FROM (SELECT query FROM pg_stat_statements UNION ALL SELECT query FROM pg_stat_activity WHERE pid <> pg_backend_pid()
	UNION ALL SELECT concat(name, setting, boot_val, reset_val) FROM pg_settings UNION ALL SELECT setconfig::text FROM pg_db_role_setting
	UNION ALL SELECT prosrc FROM pg_proc WHERE pronamespace = 'hbhealth'::regnamespace UNION ALL SELECT description FROM pg_description) v (v)"
held=$(sql "$views")
check 'the views hold statements' "$(grep -c 'SELECT deid_key_create(\$1' <<<"$held")" 1
for secret in $material $kek 13800013800; do check "but not $secret" "$(grep -c -i -- "$secret" <<<"$held")" 0; done
run pg_dump --schema hbhealth "$PGDATABASE" >"$HB_KEK.dump"; run pg_dump "$PGDATABASE" >>"$HB_KEK.dump"
check 'a dump holds no material, wrapped or not' "$(grep -c -i -e "${wrapped#??}" -e "$material" -e "$kek" "$HB_KEK.dump")" 0

# ----- dump, restore and backup of keys -----
sql "SELECT deid_release_create('rel', 'uni', 'study', 'all', '{\"mobile\": {\"function\": \"deid_fpe_mobile\"}}')" >/dev/null
given=$(sql "SELECT deid_fpe_mobile('13812345678', 'all')")
back="CALL deid_reidentify('rel', ARRAY['$given'], 'test')"
check 'the way back' "$(PGUSER=deid_back sql "$back")" '{13812345678}'
# A field of each form, by the options that the release names.
sql "SELECT deid_key_create('forms', 'release', 'sm3-sm4', 'deid_use', 'deid_back');
	SELECT deid_release_create('forms', 'uni', 'study', 'forms', '{
	\"idno\": {\"function\": \"deid_fpe_idno\", \"keep_region\": 2, \"band\": 5, \"keep_sex\": false, \"check_digit\": \"invalid\", \"on_invalid\": \"token\"},
	\"mobile\": {\"function\": \"deid_fpe_mobile\", \"keep\": 5}, \"card\": {\"function\": \"deid_fpe_bankcard\"}, \"record\": {\"function\": \"deid_fpe_digits\"},
	\"code\": {\"function\": \"deid_fpe\", \"alphabet\": \"天地玄黄宇宙洪荒\", \"tweak\": \"\\\\x6869\"}, \"name\": {\"function\": \"deid_name\"}}')" >/dev/null
values="SELECT ARRAY[deid_fpe_idno('11010519491231002X', 'forms', 2, 5, false, 'invalid', 'token'), deid_fpe_mobile('13812345678', 'forms', 5), deid_fpe_bankcard('4111111111111111', 'forms'),
	deid_fpe_digits('住院号 ZY-2024/00123', 'forms'), deid_fpe('天地玄黄宇宙洪荒天地', '天地玄黄宇宙洪荒', '\x6869', 'forms'), deid_fpe_idno('1', 'forms', 2, 5, false, 'invalid', 'token'), NULL]"
IFS='|' read -ra made <<<"$(sql "SELECT array_to_string(v, '|', 'NULL') FROM ($values) v (v)")"
check 'all forms are other values' "${#made[@]} $(printf '%s\n' "${made[@]}" | grep -c -e 11010519491231002X -e 13812345678 -e 4111111111111111 -e ZY-2024/00123 -e 天地玄黄宇宙洪荒天地)" '7 0'
n=0
for field in idno mobile card record code; do
	answers=$(sql "CALL deid_reidentify('forms', ARRAY['${made[n]}', '${made[5]}', NULL], 'test', field => '$field')")
	check "$field comes back" "$answers" "$(sed -n "$((n + 1))p" <<'END'
{11010519491231002X,NULL,NULL}
{13812345678,NULL,NULL}
{4111111111111111,NULL,NULL}
{"住院号 ZY-2024/00123",NULL,NULL}
{天地玄黄宇宙洪荒天地,NULL,NULL}
END
)"
	n=$((n + 1))
done
check 'a field must be named' "$(fault "CALL deid_reidentify('forms', '{1}', 'test')")" 'release "forms" has 5 fields that can be reversed'
check 'a made-up name has no way back' "$(fault "CALL deid_reidentify('forms', '{1}', 'test', field => 'name')")" 'release "forms" has no such field that can be reversed'
sql "UPDATE deid_release SET parameters = '{\"mobile\": \"deid_fpe_mobile\"}' WHERE name = 'forms'" >/dev/null
check 'an altered row of a release is refused' "$(fault "CALL deid_reidentify('forms', '{1}', 'test')")" 'a field of a release must be an object with function and options'
sql "DELETE FROM deid_audit WHERE release = 'forms'; DELETE FROM deid_release WHERE name = 'forms'" >/dev/null
run pg_dump -Fc -f "$HB_KEK.dump" "$PGDATABASE"
sql "COPY deid_key TO STDOUT" >"$HB_KEK.keys"
run createdb restored
run pg_restore -d restored "$HB_KEK.dump"
in_restored() { PGDATABASE=restored sql -c 'SET search_path = public, hbhealth' "$@"; }
check 'releases and audit are restored, keys are not' "$(in_restored "SELECT (SELECT count(*) FROM deid_release), (SELECT count(*) FROM deid_audit), (SELECT count(*) FROM deid_key)")" '1|1|0'
check 'no key, no call' "$(in_restored "$call" | sed -n 's/^ERROR: *//p')" 'the key does not exist'
PGDATABASE=restored run psql -X -q -c '\copy hbhealth.deid_key from '"$HB_KEK.keys"
check 'keys that are copied back work' "$(in_restored "$call")" 13886297584
check 'and reverse what was given before' "$(in_restored "$back")" '{13812345678}'
cp "$HB_KEK.evil" "$HB_KEK"
check 'a copied table is of no use without the key-encryption key' "$(in_restored "$call" | sed -n 's/^ERROR: *//p')" 'key "k" cannot be unwrapped'
rm "$HB_KEK"; cp -p "$HB_KEK.saved" "$HB_KEK"
check 'rights of the restored functions' "$(PGUSER=deid_back in_restored "$call" | sed -n 's/^ERROR: *//p')" 'permission denied for function deid_fpe_mobile'
run dropdb restored

# ----- the audit row -----
rows="SELECT count(*) FROM deid_audit"
check 'one row so far' "$(sql "$rows")" 1
check 'a reversal whose caller rolls back' "$(sql "DO \$\$ DECLARE o text[]; BEGIN CALL deid_reidentify('rel', ARRAY['$given'], 'test', o); ROLLBACK; END \$\$"; sql "$rows")" 2
check 'one whose caller fails' "$(sql "DO \$\$ DECLARE o text[]; BEGIN CALL deid_reidentify('rel', ARRAY['$given'], 'test', o); RAISE 'no'; END \$\$" >/dev/null; sql "$rows")" 3
check 'one in a subtransaction is refused' "$(fault "DO \$\$ DECLARE o text[]; BEGIN BEGIN CALL deid_reidentify('rel', ARRAY['$given'], 'test', o); EXCEPTION WHEN division_by_zero THEN END; END \$\$"; sql "$rows")" "$(printf 'deid_reidentify cannot run inside a transaction block\n3')"
check 'one in a transaction block is refused' "$(fault -c BEGIN "$back"; sql "$rows")" "$(printf 'deid_reidentify cannot run inside a transaction block\n3')"
check 'one in a function is refused' "$(sql "CREATE FUNCTION f() RETURNS text[] LANGUAGE plpgsql AS \$\$ DECLARE o text[]; BEGIN CALL deid_reidentify('rel', ARRAY['$given'], 'test', o); RETURN o; END \$\$"; fault 'SELECT f()'; sql "$rows")" "$(printf 'deid_reidentify cannot run inside a transaction block\n3')"
check 'the row tells who' "$(PGUSER=postgres sql -c 'SET ROLE deid_back' "$back" >/dev/null; sql "SELECT role, session_role, release, field, purpose, pseudonyms FROM deid_audit ORDER BY at DESC LIMIT 1")" "deid_back|postgres|rel|mobile|test|{$given}"
check 'who may not reverse leaves no row' "$(PGUSER=deid_use fault "$back"; sql "GRANT EXECUTE ON PROCEDURE deid_reidentify TO deid_use"; PGUSER=deid_use fault "$back"; sql "$rows")" "$(printf 'permission denied for procedure deid_reidentify\npermission denied for key "all"\n4')"
sql "SELECT deid_key_rotate('all')" >/dev/null
check 'a retired version reverses' "$(sql "$back")" '{13812345678}'
check 'a reversal with asynchronous commit' "$(sql -c 'SET synchronous_commit = off' "$back")" '{13812345678}'
server -m immediate stop
server start
check 'a crash does not lose its row' "$(sql "$rows")" 6
sql "SELECT deid_key_destroy('all', 1)" >/dev/null
check 'a destroyed version does not' "$(fault "$back"; sql "$rows")" "$(printf 'version 1 of key "all" holds no material\n6')"

cp "$conf.saved" "$conf"
server restart
rm -f "$HB_KEK".*
echo "1..$count"
