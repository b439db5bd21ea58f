# Rules and knowledge points of the user are in a dump; those of the extension come with it.
. test/common/tap.sh
createdb audit_source
createdb audit_target
psql -X -q -d audit_source <<'SQL'
CREATE EXTENSION hbhealth;
SET search_path = hbhealth;
INSERT INTO audit_rule (rule, title_zh, title_en, category, definition, method, time_span) VALUES ('mine', 'x', 'x', 'policy', 'x', 'split_stay', 'days');
INSERT INTO audit_rule SELECT (jsonb_populate_record(r, '{"version": 2, "builtin": false}')).* FROM audit_rule r WHERE rule = 'split-stay';
INSERT INTO audit_point (list, code, sex) VALUES ('sex', '0033', '2');
SQL
dump=$(pg_dump audit_source)
check 'the dump restores' "$(psql -X -q -v ON_ERROR_STOP=1 -d audit_target <<<"$dump" 2>&1 >/dev/null)" ''
of() { psql -X -A -t -d "$1" -c "SELECT md5(string_agg(r::text, ' ' ORDER BY rule, version)), count(*) FILTER (WHERE NOT builtin) FROM hbhealth.audit_rule r" -c 'SELECT * FROM hbhealth.audit_point'; }
check 'all rules and points are there' "$(of audit_target)" "$(of audit_source)"
check 'of them two rules and a point of the user' "$(of audit_target | sed 's/^[0-9a-f]*|//' | cut -c 1-8)" "$(printf '2\nsex|0033')"
check 'rules of the extension are not in the dump' "$(grep -c '^stay-overlap' <<<"$dump")" 0
echo "1..$count"
