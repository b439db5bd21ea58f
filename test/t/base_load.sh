# Files as they come: with CRLF and a byte order mark, in GB 18030, malformed; and two
# sessions that load the same rows at once.
. test/common/tap.sh
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 2>&1 | grep -v '^CONTEXT:\|^PL/pgSQL\|^SQL statement'; }

dir=$(mktemp -d)
echo "CALL create_base_schema()" | sql
printf '\xef\xbb\xbfpid,sex,birth,name_enc\r\n1,1,1990-01-01,"赵,""一"""\r\n2,2,1991/1/2,　钱二　\r\n3,3,,孙三\r\n' >"$dir/bom.csv"
check 'a file of a spreadsheet, with a byte order mark' "$(sql <<SQL
CALL create_base_stage('hb', 'pop.person', 'p');
\copy p (pid, sex, birth, name_enc) from '$dir/bom.csv' (format csv, header)
SELECT loaded, rejected FROM load_base('hb', 'pop.person', 'p');
SELECT pid, name_enc FROM hb_pop.person ORDER BY pid;
SQL
)" '2|1
1|赵,"一"
2|钱二'
printf '\xef\xbb\xbf11,1,1990-01-01\n' >"$dir/bare.csv"
check 'the mark is no part of the first cell' "$(sql <<SQL
CALL create_base_stage('hb', 'pop.person', 'p');
\copy p (pid, sex, birth) from '$dir/bare.csv' (format csv)
SELECT loaded FROM load_base('hb', 'pop.person', 'p');
SQL
)" 1
printf '21,1,1990-01-01,\xd5\xd4\xd2\xbb\n' >"$dir/gb.csv"
check 'a file in GB 18030' "$(sql <<SQL
CALL create_base_stage('hb', 'pop.person', 'p');
\copy p (pid, sex, birth, name_enc) from '$dir/gb.csv' (format csv, encoding 'GB18030')
SELECT loaded FROM load_base('hb', 'pop.person', 'p');
SELECT name_enc FROM hb_pop.person WHERE pid = 21;
SQL
)" '1
赵一'
printf '31,1,1990-01-01\n32,1\n' >"$dir/short.csv"
check 'a file with a short line is the error of COPY, and nothing is staged' "$(sql <<SQL
\set ON_ERROR_STOP 0
CALL create_base_stage('hb', 'pop.person', 'p');
\copy p (pid, sex, birth) from '$dir/short.csv' (format csv)
SELECT rows FROM load_base('hb', 'pop.person', 'p');
SQL
)" 'ERROR:  missing data for column "birth"
0'

# the second session waits for the first and then finds its keys
session()
{
	sql <<SQL
CREATE TEMP TABLE p AS SELECT (1000 + n)::text AS pid, '1' AS sex, '1990-01-01' AS birth FROM generate_series(1, 500) n;
BEGIN;
SELECT 'loaded ' || loaded FROM load_base('hb', 'pop.person', 'p') WHERE loaded > 0;
SELECT pg_sleep($1);
COMMIT;
SQL
}
session 1 >"$dir/one" & session 0.1 >"$dir/two" & wait
check 'two sessions with the same rows load them once' "$(cat "$dir/one" "$dir/two" | grep loaded)" 'loaded 500'
check 'and the other one rejects them by their keys' "$(echo "SELECT rows, rule, faults FROM hb_ref.load_report WHERE rows = 500 AND rejected = 500" | sql)" '500|key exists|500'
check 'in a snapshot from before, the load is refused as a whole' "$(sql <<SQL
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM hb_pop.person WHERE pid = 2001;
\! psql -X -q -c "INSERT INTO hb_pop.person (pid, sex, birth) VALUES (2001, '1', '1990-01-01')"
CREATE TEMP TABLE p AS SELECT '2001' AS pid, '1' AS sex, '1990-01-01' AS birth;
SELECT load_base('hb', 'pop.person', 'p');
SQL
)" '0
ERROR:  nothing is loaded: a row breaks a rule of table hb_pop.person that the reference schema does not have
DETAIL:  The constraint is person_pkey.
HINT:  After a change of code_table, CALL upgrade_base_schema renews the checks of value domains.'

# an interrupted load leaves nothing
check 'a load that is cancelled leaves nothing' "$(sql <<SQL
CREATE TEMP TABLE p AS SELECT (5000 + n)::text AS pid, '1' AS sex, '1990-01-01' AS birth FROM generate_series(1, 60000) n;
\set ON_ERROR_STOP 0
SET statement_timeout = 50;
SELECT load_base('hb', 'pop.person', 'p');
RESET statement_timeout;
SELECT count(*) FROM hb_pop.person WHERE pid > 5000;
SELECT to_regclass('pg_temp.hbhealth_load_row') IS NULL;
SELECT loaded FROM load_base('hb', 'pop.person', 'p');
SQL
)" 'ERROR:  canceling statement due to statement timeout
0
t
60000'
rm -rf "$dir"
echo "1..$count"
