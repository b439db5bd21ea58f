# Crosswalks and names of the user are in a dump, and work where it is restored.
echo 1..2
createdb crosswalk_source
createdb crosswalk_target
psql -X -q -d crosswalk_source <<'SQL'
CREATE EXTENSION hbhealth;
SET search_path = hbhealth;
INSERT INTO icd10_crosswalk (from_edition, to_edition, code, target) VALUES ('clinical2', 'insurance2', 'I10.x00x032', 'I10.x05');
INSERT INTO icd9cm3_crosswalk VALUES ('clinical3', 'insurance2', '99.9201', '17.91100', '2021-01-01', DEFAULT);
INSERT INTO icd10_name VALUES ('insurance2', 'I10', 'en', 'primary hypertension');
INSERT INTO icd9cm3_name VALUES ('insurance2', '36', 'en', 'vessels of heart');
SQL
pg_dump crosswalk_source | psql -X -q -v ON_ERROR_STOP=1 -d crosswalk_target >/dev/null &&
	echo 'ok 1 - dump restores' || echo 'not ok 1 - dump restores'
[ "$(psql -X -A -t -d crosswalk_target -c "SET search_path = hbhealth" -c "SELECT icd10_translate('I10.x00x032', 'clinical2', 'insurance2'),
	icd9cm3_translate('99.9201', 'clinical3', 'insurance2'), n.name, m.name FROM icd10_named n, icd9cm3_named m" | tail -n 1)" = 'I10.x05|17.91100|primary hypertension|vessels of heart' ] &&
	echo 'ok 2 - crosswalks and names are there' || echo 'not ok 2 - crosswalks and names are there'
