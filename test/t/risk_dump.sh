# What a site says of its divisions goes through a dump.
echo 1..1
createdb risk_source
createdb risk_target
psql -X -q -d risk_source -c 'CREATE EXTENSION hbhealth' -c "INSERT INTO hbhealth.china_par_area VALUES ('3201', false, NULL, 'site'), ('420504', true, true, NULL)"
pg_dump risk_source | psql -X -q -v ON_ERROR_STOP=1 -d risk_target >/dev/null
[ "$(psql -X -A -t -d risk_target -c "SELECT string_agg(a::text, ' ' ORDER BY division), hbhealth.china_par_north('420504') FROM hbhealth.china_par_area a")" = '(3201,f,,site) (420504,t,t,)|t' ] &&
	echo 'ok 1 - rows of a site are dumped and restored' || echo 'not ok 1 - rows of a site are dumped and restored'
