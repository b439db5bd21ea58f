-- Rights on the reference schema: what each kind of role can and cannot do.
\set QUIET 1
BEGIN;
SET client_min_messages = warning;
SELECT * FROM no_plan();

CREATE ROLE "base o""wner"; CREATE ROLE base_writer; CREATE ROLE base_analyst; CREATE ROLE base_auditor; CREATE ROLE base_nobody;
GRANT TEMP ON DATABASE :DBNAME TO base_writer;
CALL create_base_schema('we"ird; drop');
CALL create_base_schema();
-- more than the template gives, which it takes away, and a table of the site, which it leaves alone
GRANT ALL ON hb_pop.person, hb_ref.load_reject TO base_analyst, base_auditor;
GRANT SELECT ON hb_ehr.obs TO base_auditor;
GRANT USAGE ON SCHEMA hb_ehr TO base_auditor;
CREATE TABLE hb_ehr.site_table (x int);
GRANT SELECT ON hb_ehr.site_table TO base_auditor;
ALTER TABLE hb_pop.person ADD COLUMN phone text;
ALTER TABLE hb_ehr.exam ADD COLUMN phone text;
CALL grant_base_schema('hb', 'base o"wner', 'base_writer', 'base_analyst', 'base_auditor');
CREATE FUNCTION acl_sum() RETURNS text LANGUAGE sql AS $$
	SELECT md5(string_agg(a, '|' ORDER BY a COLLATE "C")) FROM (
		SELECT format('%s %s %s', oid::regclass, relowner::regrole, relacl) AS a FROM pg_class WHERE relnamespace::regnamespace::text LIKE 'hb\_%'
		UNION ALL SELECT format('%s %s %s', attrelid::regclass, attname, attacl) FROM pg_attribute WHERE attacl IS NOT NULL AND attrelid::regclass::text LIKE 'hb\_%'
		UNION ALL SELECT format('%s %s %s', nspname, nspowner::regrole, nspacl) FROM pg_namespace WHERE nspname LIKE 'hb\_%') x $$;
SELECT acl_sum() AS before \gset
CALL grant_base_schema('hb', 'base o"wner', 'base_writer', 'base_analyst', 'base_auditor');
SELECT is(acl_sum(), :'before', 'a second call changes nothing');

-- by the catalogue: all tables, all columns
CREATE TEMP VIEW col AS SELECT c.tab, c.col, c.ident, split_part(c.tab, '.', 1) AS part, base_relation('hb', c.tab) AS relation FROM base_columns() c;
GRANT SELECT ON col TO PUBLIC;
SELECT is(count(*), 0::bigint, 'schemas and tables belong to the owner')
FROM pg_class WHERE relnamespace::regnamespace::text LIKE 'hb\_%' AND relkind IN ('r', 'v') AND relowner <> '"base o""wner"'::regrole AND relname <> 'site_table';
SELECT is(count(*), 0::bigint, 'the analyst reads every column but those that name a person')
FROM col WHERE has_column_privilege('base_analyst', relation, col, 'SELECT') <> (ident IS NULL);
SELECT cmp_ok(count(*), '>=', 5::bigint, 'and there are such') FROM col WHERE ident = 'y';
SELECT is(count(*), 0::bigint, 'the auditor reads every column but those of health records')
FROM col WHERE has_column_privilege('base_auditor', relation, col, 'SELECT') <> (part <> 'ehr') OR has_schema_privilege('base_auditor', 'hb_' || part, 'USAGE') <> (part <> 'ehr');
SELECT is(count(*), 0::bigint, 'neither writes anything')
FROM col, unnest(ARRAY['base_analyst', 'base_auditor']) r, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) p WHERE has_table_privilege(r, relation, p);
SELECT is(count(*), 0::bigint, 'the writer writes everything but codes, elements and what was rejected')
FROM col, unnest(ARRAY['UPDATE', 'DELETE']) p
WHERE has_table_privilege('base_writer', relation, p) <> (tab NOT IN ('ref.code_table', 'ref.element', 'ref.load_batch', 'ref.load_reject'));
SELECT is(count(*), 0::bigint, 'and adds to all but codes and elements')
FROM col WHERE has_table_privilege('base_writer', relation, 'INSERT') <> (tab NOT IN ('ref.code_table', 'ref.element')) OR NOT has_table_privilege('base_writer', relation, 'SELECT');
SELECT is(count(*), 0::bigint, 'nobody else has any right')
FROM col, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p WHERE has_table_privilege('base_nobody', relation, p) OR has_schema_privilege('base_nobody', 'hb_' || part, 'USAGE');
SELECT is(count(*), 0::bigint, 'the other prefix has no such rights')
FROM base_tables() WHERE has_table_privilege('base_writer', base_relation('we"ird; drop', tab), 'SELECT');
SELECT ok(has_table_privilege('base_auditor', 'hb_ehr.site_table', 'SELECT'), 'rights on a table of the site are left alone');
SELECT ok(NOT has_column_privilege('base_analyst', t, 'phone', 'SELECT'), 'a column of the site in ' || t || ' is not the analyst''s') FROM unnest(ARRAY['hb_pop.person', 'hb_ehr.exam']) t;

-- by doing
SET search_path = hb_pop, hb_ref, hb_ehr, public, hbhealth;
SET ROLE base_writer;
CALL create_base_stage('hb', 'pop.person', 'stage');
INSERT INTO stage (pid, id, sex, birth) VALUES ('1', '11010519491231002X', '2', '1949-12-31'), ('2', 'x', '1', '1949-12-31');
SELECT results_eq($$SELECT loaded, rejected FROM load_base('hb', 'pop.person', 'stage')$$, 'VALUES (1::bigint, 1::bigint)', 'the writer loads');
SELECT results_eq($$SELECT rejected, role COLLATE "C" FROM load_report$$, $$VALUES (1::bigint, 'base_writer' COLLATE "C")$$, 'and reads the report');
SELECT throws_ok('DELETE FROM load_reject', '42501', NULL, 'and cannot change it');
SELECT throws_ok('TRUNCATE person CASCADE', '42501', NULL, 'nor empty a table');
SELECT throws_ok('ALTER TABLE person ADD COLUMN x int', '42501', NULL, 'nor alter it');
SET ROLE base_analyst;
SELECT lives_ok('SELECT pid, sex, birth FROM person', 'the analyst reads persons');
SELECT throws_ok('SELECT id FROM person', '42501', NULL, 'but no identity number');
SELECT throws_ok('SELECT * FROM person', '42501', NULL, 'not by a star');
SELECT throws_ok('SELECT count(*) FROM person WHERE id IS NOT NULL', '42501', NULL, 'and not in a condition');
SELECT throws_ok('SELECT person FROM person', '42501', NULL, 'nor as a row');
SELECT lives_ok('SELECT count(*) FROM obs JOIN person USING (pid)', 'counts and joins work');
SELECT throws_ok('INSERT INTO org (org_code, name, kind) VALUES (''x'', ''x'', ''A'')', '42501', NULL, 'writes nothing');
SELECT throws_ok($$SELECT load_base('hb', 'pop.person', 'pg_class')$$, '42703', NULL, 'loads nothing');
SET ROLE base_auditor;
SELECT is(id::text, '11010519491231002X', 'the auditor traces a case to a person') FROM person;
SELECT throws_ok('SELECT * FROM hb_ehr.obs', '42501', NULL, 'and sees no health record');
SELECT throws_ok('UPDATE person SET sex = ''1''', '42501', NULL, 'and changes nothing');
SET ROLE base_nobody;
SELECT throws_ok('SELECT * FROM hb_ref.calendar', '42501', NULL, 'others see nothing');
SELECT throws_ok($$CALL grant_base_schema('hb', analyst => 'base_nobody')$$, '42501', NULL, 'and cannot help themselves');
SET ROLE "base o""wner";
SELECT lives_ok($$CALL upgrade_base_schema()$$, 'the owner upgrades');
SELECT lives_ok($$CALL grant_base_schema('hb', analyst => 'base_nobody')$$, 'and grants');
SELECT lives_ok($$CALL detach_base_schema()$$, 'and detaches');
RESET ROLE;
SELECT ok(has_column_privilege('base_nobody', 'hb_pop.person', 'birth', 'SELECT'), 'to another analyst');

SELECT throws_ok($$CALL grant_base_schema('hb', 'base_writer', 'base_writer')$$, '22023');
SELECT throws_ok($$CALL grant_base_schema('hb', writer => 'base o"wner')$$, '22023', NULL, 'the owner is no writer');
SELECT throws_ok($$CALL grant_base_schema('hb', writer => 'base_no_such_role')$$, '42704');
SELECT throws_ok($$CALL grant_base_schema('hb', writer => 'public')$$, '22023', NULL, 'nothing is granted to everybody');
SELECT throws_ok($$CALL grant_base_schema('none', writer => 'base_writer')$$, '42P01');
SELECT lives_ok($$CALL grant_base_schema('we"ird; drop', 'base o"wner', 'base_writer')$$, 'names that need quotes');

SELECT * FROM finish();
ROLLBACK;
