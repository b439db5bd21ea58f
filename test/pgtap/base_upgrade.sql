-- Upgrading a schema that lacks things, views in the place of tables, and leaving.
\set QUIET 1
BEGIN;
SET client_min_messages = warning;
SELECT * FROM no_plan();

CALL create_base_schema();
CALL generate_province(60);

-- All that the catalogue says of the five schemas, and all their rows, as two sums.
CREATE FUNCTION definition_sum() RETURNS text LANGUAGE sql AS $$
	SELECT md5(string_agg(d, E'\n' ORDER BY d COLLATE "C")) FROM (
		SELECT format('%s %s %s %s %s', c.oid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, col_description(c.oid, attnum)) AS d
		FROM pg_class c JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
		WHERE relnamespace::regnamespace::text ~ '^hb_' AND relkind IN ('r', 'v')
		UNION ALL SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace::regnamespace::text ~ '^hb_'
		UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE relnamespace::regnamespace::text ~ '^hb_'
		UNION ALL SELECT format('%s %s', oid::regclass, obj_description(oid, 'pg_class')) FROM pg_class WHERE relnamespace::regnamespace::text ~ '^hb_' AND relkind = 'r') x
$$;
CREATE FUNCTION row_sum() RETURNS text LANGUAGE plpgsql AS $$
DECLARE t regclass; part text; total text := '';
BEGIN
	FOR t IN SELECT oid FROM pg_class WHERE relnamespace::regnamespace::text ~ '^hb_' AND relkind = 'r' ORDER BY oid::regclass::text COLLATE "C" LOOP
		EXECUTE format('SELECT count(*) || md5(string_agg(x::text, ''|'' ORDER BY x::text COLLATE "C")) FROM %s x', t) INTO part;
		total := total || t || coalesce(part, '') || E'\n';
	END LOOP;
	RETURN md5(total);
END $$;
CREATE TEMP TABLE before AS SELECT definition_sum(), row_sum();

CALL upgrade_base_schema();
CALL upgrade_base_schema();
SELECT results_eq('SELECT definition_sum(), row_sum()', 'SELECT * FROM before', 'an upgrade of what is complete changes nothing');

-- an older schema: no columns, tables, keys, comments, rows; with the site's own column and rows
ALTER TABLE hb_pop.person DROP COLUMN rh, DROP COLUMN occ, DROP CONSTRAINT person_sex_domain, DROP CONSTRAINT person_death_check, ADD COLUMN site_note text DEFAULT 'kept';
ALTER TABLE hb_pop.person ALTER COLUMN birth DROP NOT NULL;
DROP TABLE hb_ins.label, hb_ins.clean_lookalike, hb_ehr.card;
ALTER TABLE hb_emr.fee DROP CONSTRAINT fee_item_fkey;
DROP INDEX hb_emr.dx_icd10_idx, hb_pop.person_id_idx;
COMMENT ON COLUMN hb_emr.dx.icd10 IS NULL;
COMMENT ON TABLE hb_emr.dx IS 'old';
DROP VIEW hb_ref.load_report;
DELETE FROM hb_ref.calendar WHERE d > '2020-01-01';
UPDATE hb_ref.calendar SET holiday = 'site' WHERE d = '2019-12-31';
DELETE FROM hb_ref.code_table WHERE cv = 'GB/T 3304' AND code = '56';
INSERT INTO hb_ref.code_table VALUES ('GB/T 3304', '98', '外国血统', NULL, '[1992-01-01,)', 'site');
CALL upgrade_base_schema();
SELECT is_empty($$SELECT * FROM base_keys_missing('hb')$$, 'keys, checks and indexes are there again');
SELECT is_empty($$
	SELECT tab, col FROM base_columns() WHERE NOT EXISTS (SELECT FROM pg_attribute
		WHERE attrelid = ('hb_' || tab)::regclass AND attname = col AND NOT attisdropped AND col_description(attrelid, attnum) LIKE '% / %')
$$, 'columns and their comments, too');
SELECT is(obj_description('hb_emr.dx'::regclass, 'pg_class'), '诊断 / Diagnoses of an encounter (WS 445.10; GB/T 14396)', 'an old comment is renewed');
SELECT is(count(*)::int, 60, 'rows stay, with the column of the site') FROM hb_pop.person WHERE site_note = 'kept';
SELECT is(max(d), '2030-12-31'::date, 'reference rows are there again') FROM hb_ref.calendar;
SELECT is(holiday, 'site', 'those that the site has changed are left alone') FROM hb_ref.calendar WHERE d = '2019-12-31';
SELECT lives_ok($$INSERT INTO hb_pop.person (pid, sex, birth, eth, occ) VALUES (-1, '1', '2000-01-01', '98', '1')$$, 'a code of the site is taken');
SELECT is(count(*)::int, 0, 'the report is there again') FROM hb_ref.load_report;

-- data that breaks a key is the error of core, and nothing is made
SELECT throws_ok($$DO 'BEGIN CALL drop_base_keys(); INSERT INTO hb_emr.dx (enc_id, seq, kind) VALUES (-5, 1, ''1''); CALL upgrade_base_schema(); END'$$, '23503', NULL, 'an orphan stops the upgrade');

-- a column of another type, and a view in the place of a table
CALL create_base_schema('site');
CREATE SCHEMA his;
CREATE TABLE his.patient (no bigint PRIMARY KEY, idcard varchar(18), gender char(1), born date);
INSERT INTO his.patient VALUES (7, '11010519491231002X', 'F', '1949-12-31'), (8, 'unknown', 'M', '1980-01-01');
ALTER TABLE site_ref.staff ALTER COLUMN license TYPE varchar(20);
DROP TABLE site_pop.person CASCADE;
CREATE VIEW site_pop.person AS
SELECT no AS pid, try_cn_id(idcard) AS id, CASE gender WHEN 'M' THEN '1' WHEN 'F' THEN '2' ELSE '9' END COLLATE "C" AS sex, born AS birth FROM his.patient;
SELECT lives_ok($$CALL upgrade_base_schema('site')$$, 'a view stands in the place of a table');
SELECT lives_ok($$CALL upgrade_base_schema('site')$$, 'any number of times');
SELECT is(col_description('site_pop.person'::regclass, 1), '人员主索引 / person key of the platform', 'it has the comments of the table');
SELECT is_empty($$SELECT * FROM base_keys_missing('site')$$, 'no key is asked of it');
SELECT is(count(*)::int, 0, 'nothing refers to it') FROM base_keys('site') WHERE definition LIKE '%site_pop.person%' OR target = 'site_pop.person';
SELECT lives_ok($$CALL drop_base_keys('site')$$, 'keys of the rest can be dropped');
SELECT lives_ok($$CALL create_base_keys('site')$$, 'and made');
INSERT INTO site_emr.enc (enc_id, pid, kind, at) VALUES (1, 7, 'op', '[2024-01-01 08:00+08,2024-01-01 09:00+08)');
SELECT is(string_agg(id || sex || kind, ','), '11010519491231002X2op', 'and queries run over both') FROM site_pop.person JOIN site_emr.enc USING (pid);

-- leaving: with objects of the site that cannot live without the extension
ALTER TABLE hb_emr.dx ADD COLUMN site icd10 DEFAULT 'I10', ADD CONSTRAINT site_range CHECK (icd10 <@ 'A00-Z99'),
	ADD COLUMN circulatory boolean GENERATED ALWAYS AS (icd10 <@ 'I00-I99') STORED;
CREATE INDEX site_ihd ON hb_emr.dx (enc_id) WHERE icd10 <@ 'I20-I25';
CREATE INDEX site_gin ON hb_ehr.profile USING gin (hx) WHERE pid > 0;
CREATE STATISTICS hb_emr.site_plain ON icd10, kind FROM hb_emr.dx;
CREATE STATISTICS hb_emr."site own" ON icd10_chapter(icd10), kind FROM hb_emr.dx;
CREATE TABLE hb_emr.site_table (id cn_id PRIMARY KEY, sets icd10set[], area cn_division REFERENCES hb_ref.area);
INSERT INTO hb_emr.site_table VALUES ('11010519491231002X', '{"I20-I25, I50",A00}', '420106');
CREATE TEMP TABLE texts AS SELECT row_sum() AS sum, (SELECT count(*) FROM hb_emr.dx WHERE circulatory) AS circulatory;
SELECT throws_ok('DROP EXTENSION hbhealth', '2BP01', NULL, 'the extension is in use');
SAVEPOINT v;
CREATE VIEW public.site_view AS SELECT icd10 FROM hb_emr.dx;
SELECT throws_ok('CALL detach_base_schema()', '0A000', NULL, 'a view over a column is named and nothing changed');
ROLLBACK TO v;
CREATE TABLE public.outside (area cn_division REFERENCES hb_ref.area);
SELECT throws_ok('CALL detach_base_schema()', '42804', NULL, 'and so is a foreign key from outside');
ROLLBACK TO v;
CALL detach_base_schema();
SELECT is_empty($$SELECT * FROM base_member_columns('hb')$$, 'no column has a type of the extension');
SELECT is_empty($$SELECT * FROM base_member_uses('hb')$$, 'nothing else needs it');
SELECT is(row_sum(), (SELECT sum FROM texts), 'every row has the same text');
SELECT is(count(*), (SELECT circulatory FROM texts), 'what was generated stays') FROM hb_emr.dx WHERE circulatory;
SELECT is(format_type(atttypid, atttypmod), 'text[]', 'arrays become arrays of text') FROM pg_attribute WHERE attrelid = 'hb_ehr.profile'::regclass AND attname = 'hx';
SELECT set_eq($$SELECT conname::text FROM pg_constraint WHERE contype = 'f' AND confrelid = 'hb_ref.area'::regclass$$,
	ARRAY['area_parent_fkey', 'org_area_fkey', 'residence_area_fkey', 'migration_from_area_fkey', 'migration_to_area_fkey', 'site_table_area_fkey'], 'foreign keys are there again');
SELECT is(pg_get_indexdef('hb_emr.dx_icd10_idx'::regclass), 'CREATE INDEX dx_icd10_idx ON hb_emr.dx USING btree (icd10)', 'so is an index');
SELECT isnt(to_regclass('hb_ehr.site_gin'), NULL, 'and one of an array');
SELECT is(to_regclass('hb_emr.site_ihd'), NULL, 'one with an operator of the extension is gone');
SELECT set_eq($$SELECT stxname::text FROM pg_statistic_ext WHERE stxrelid = 'hb_emr.dx'::regclass$$, ARRAY['site_plain'], 'statistics of columns stay, those of expressions of ours are gone');
SELECT is(col_description('hb_emr.dx'::regclass, (SELECT attnum FROM pg_attribute WHERE attrelid = 'hb_emr.dx'::regclass AND attname = 'icd10')),
	'DE05.01.024.00 疾病诊断编码 / ICD-10 code', 'comments stay');
SELECT throws_ok($$INSERT INTO hb_pop.residence VALUES (1, '1', '429999', '[1900-01-01,)')$$, '23503', NULL, 'and still hold');
SELECT lives_ok('CALL detach_base_schema()', 'again, it does nothing');
CALL detach_base_schema('site');
DROP VIEW site_pop.person;
SELECT lives_ok('DROP EXTENSION hbhealth', 'plain DROP EXTENSION works');
SELECT is(count(*)::int, 61, 'and the data is there') FROM hb_pop.person;
-- a schema that has been detached is complete: upgrading reports its types and keeps them
CREATE EXTENSION hbhealth;
SELECT lives_ok('CALL upgrade_base_schema()', 'a new extension upgrades it');
SELECT is(format_type(atttypid, atttypmod), 'text', 'types stay those of core') FROM pg_attribute WHERE attrelid = 'hb_emr.dx'::regclass AND attname = 'icd10';

SELECT * FROM finish();
ROLLBACK;
