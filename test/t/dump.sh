# A dump restores, also when the restoring superuser is not the one who installed.
echo 1..2
createdb dump_source
createdb dump_target
createuser --superuser installer
psql -X -q -d dump_source -c 'SET ROLE installer' -c 'CREATE EXTENSION hbhealth'
psql -X -q -d dump_source -c 'CREATE TABLE public.kept AS SELECT hbhealth.hbhealth_version() AS version'
pg_dump dump_source | psql -X -q -v ON_ERROR_STOP=1 -d dump_target >/dev/null &&
	echo 'ok 1 - dump restores' || echo 'not ok 1 - dump restores'
[ "$(psql -X -A -t -d dump_target -c 'SELECT version = hbhealth.hbhealth_version() FROM public.kept')" = t ] &&
	echo 'ok 2 - extension works in the restored database' || echo 'not ok 2 - extension works in the restored database'
