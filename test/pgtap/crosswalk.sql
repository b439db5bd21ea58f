-- Crosswalks between editions, and names: tables of the user.
\set QUIET 1
BEGIN;
SELECT * FROM no_plan();

-- Loading a map: what is read, what is refused, what is replaced.
CREATE TEMP TABLE map (old text, new text);
INSERT INTO map VALUES ('I10.x00', 'I10.x00'), ('i10.x00x032', 'I10.x05'), ('A90.x00', 'A97.900'), ('B06.801+J17.1*', ''), ('I84.000', NULL),
	('C22.101M81600/3', 'C22.101'), ('I11.900', 'I11'), ('I11.9', 'X'), ('K64.000', 'K64.0'), ('K64.000', 'K64.1'), (NULL, 'I10'), ('I10.X00', 'I10.x00');
SELECT results_eq($$ SELECT * FROM icd10_crosswalk_load('map', 'clinical2', 'insurance2', 'old', 'new') $$,
	$$ VALUES ('C22.101M81600/3', 'C22.101', icd10_check('C22.101M81600/3')), ('I11.9', 'X', 'target: ' || icd10_check('X')),
		('K64.000', 'K64.0', 'the code has several targets'), ('K64.000', 'K64.1', 'the code has several targets'), (NULL, 'I10', 'the code is missing') $$,
	'rows that break a rule are returned with it');
SELECT is(count(*), 6::bigint, 'the others are loaded') FROM icd10_crosswalk;
SELECT is(icd10_translate('I10.x00x032', 'clinical2', 'insurance2'), 'I10.x05', 'a code changes');
SELECT is(icd10_translate('I10.x00', 'clinical2', 'insurance2'), 'I10.x00', 'a code stays');
SELECT is(icd10_translate('B06.801+J17.1*', 'clinical2', 'insurance2'), NULL, 'a code without target');
SELECT is(icd10_translate('I10.x00x001', 'clinical2', 'insurance2'), NULL, 'a code that the map has not is not taken over');
SELECT is(icd10_translate('I10.x00', 'clinical2', 'clinical2'), NULL, 'nor within one edition');
SELECT is(icd10_translate('I10.x05', 'insurance2', 'clinical2'), NULL, 'a map has one direction');
SELECT is(icd10_translate(NULL, 'clinical2', 'insurance2'), NULL, 'NULL gives NULL');
UPDATE map SET new = 'I10.x04' WHERE old = 'i10.x00x032';
SELECT lives_ok($$ SELECT * FROM icd10_crosswalk_load('map', 'clinical2', 'insurance2', 'old', 'new') $$, 'loading again');
SELECT is(icd10_translate('I10.x00x032', 'clinical2', 'insurance2'), 'I10.x04', 'replaces targets');
SELECT is(count(*), 6::bigint, 'and adds no rows') FROM icd10_crosswalk;
SELECT throws_ok($$ SELECT * FROM icd10_crosswalk_load('map', 'clinical2', 'clinical2', 'old', 'new') $$, '23514', NULL, 'an edition has no map to itself');
SELECT throws_ok($$ SELECT * FROM icd10_crosswalk_load('map', 'clinical2', 'insurance2') $$, '42703', NULL, 'columns go by their names');

-- Periods: the row that begins last decides, also where it ends.
INSERT INTO icd10_crosswalk VALUES ('a', 'b', 'I10', 'I11', '2020-01-01', '2022-01-01'), ('a', 'b', 'I10', 'I12', '2021-01-01', '2021-07-01'),
	('a', 'b', 'I10', 'I13', '2023-01-01', DEFAULT), ('a', 'b', 'I15', 'I16', DEFAULT, DEFAULT);
SELECT is(icd10_translate('I10', 'a', 'b', day), target, 'I10 on ' || day)
FROM (VALUES ('2019-12-31'::date, NULL::icd10), ('2020-01-01', 'I11'), ('2020-12-31', 'I11'), ('2021-01-01', 'I12'), ('2021-06-30', 'I12'),
	('2021-07-01', NULL), ('2022-12-31', NULL), ('2023-01-01', 'I13'), ('2099-01-01', 'I13'), ('infinity', NULL), ('-infinity', NULL)) v (day, target);
SELECT is(icd10_translate('I15', 'a', 'b', '-infinity'), 'I16', 'a row without a first day holds always');
SELECT is(icd10_translate('I10', 'a', 'b', NULL::date), NULL, 'without a day nothing is said');
SELECT is_empty($$
	SELECT day, i FROM generate_series(date '2019-12-01', date '2023-02-01', interval '1 day') g (day),
		LATERAL (SELECT icd10_translate('I10', 'a', 'b', day::date) AS i) t
	WHERE i IS DISTINCT FROM (SELECT target FROM icd10_crosswalk_period WHERE from_edition = 'a' AND to_edition = 'b' AND code = 'I10' AND day::date <@ valid)
$$, 'the view of periods says the same of every day');
SELECT throws_ok($$ INSERT INTO icd10_crosswalk VALUES ('a', 'b', 'I10', 'I14', '2020-01-01') $$, '23505', NULL, 'one row a code and first day');
SELECT throws_ok($$ INSERT INTO icd10_crosswalk VALUES ('a', 'b', 'I10', 'I14', '2020-01-02', '2020-01-02') $$, '23514', NULL, 'no empty period');
SELECT throws_ok($$ INSERT INTO icd10_crosswalk VALUES ('a', 'a', 'I10', 'I14') $$, '23514', NULL, 'no map of an edition to itself');

-- Procedures: the same from the same template.
CREATE TABLE "odd ""map" ("Old code" varchar, target char(20));
INSERT INTO "odd ""map" VALUES ('99.9201', '17.91100'), ('66.69x001', '66.6900x001'), ('17.9121', '17.91210'), ('66.69x009', '');
SELECT results_eq($$ SELECT code, target, rule FROM icd9cm3_crosswalk_load('"odd ""map"', 'clinical3', 'insurance2', 'Old code', valid_from => '2021-01-01') $$,
	$$ VALUES ('17.9121', '17.91210', icd9cm3_check('17.9121')) $$, 'names of all kinds');
SELECT is(icd9cm3_translate('99.9201', 'clinical3', 'insurance2', '2021-01-01'), '17.91100', 'a procedure changes');
SELECT is(icd9cm3_translate('99.9201', 'clinical3', 'insurance2', '2020-12-31'), NULL, 'but not before');

-- Names.
INSERT INTO icd10_name VALUES ('insurance2', 'I10', DEFAULT, '高血压'), ('insurance2', 'I10.x05', 'zh', '三级'), ('insurance2', 'I10.x05', 'en', 'grade 3'), ('insurance2', 'I21.900', 'zh', '心梗');
SELECT results_eq($$ SELECT code, lang, name, category_name, chapter, chapter_title FROM icd10_named ORDER BY code, lang $$,
	$$ VALUES ('I10'::icd10, 'zh', '高血压', '高血压', 9, icd10_chapter_title('I10')), ('I10.x05', 'en', 'grade 3', NULL, 9, icd10_chapter_title('I10', 'en')),
		('I10.x05', 'zh', '三级', '高血压', 9, icd10_chapter_title('I10')), ('I21.900', 'zh', '心梗', NULL, 9, icd10_chapter_title('I10')) $$,
	'names, with those of categories and chapters');
SELECT throws_ok($$ INSERT INTO icd10_name VALUES ('insurance2', 'I10', 'zh', 'x') $$, '23505', NULL, 'one name a code, edition and language');
INSERT INTO icd9cm3_name VALUES ('insurance2', '36', DEFAULT, '心血管'), ('insurance2', '36.0601', DEFAULT, '支架');
SELECT is(category_name || name || chapter, '心血管支架7', 'names of procedures') FROM icd9cm3_named WHERE code = '36.0601';

-- Rows are the user's: dumped, readable by all, written by whom the owner lets.
SELECT ok(r::regclass = ANY (extconfig) AND extcondition[array_position(extconfig, r::regclass)] = '', 'rows of ' || r || ' are dumped')
FROM pg_extension, unnest('{icd10_crosswalk,icd10_name,icd9cm3_crosswalk,icd9cm3_name}'::text[]) r WHERE extname = 'hbhealth';
CREATE ROLE hb_test_analyst;
GRANT USAGE ON SCHEMA public TO hb_test_analyst;
SET LOCAL ROLE hb_test_analyst;
SELECT is(icd10_translate('I10', 'a', 'b', '2020-01-01'), 'I11', 'anyone may translate');
SELECT throws_ok($$ INSERT INTO icd10_crosswalk VALUES ('a', 'b', 'I15', 'I14', '2020-01-01') $$, '42501', NULL, 'but not write');
RESET ROLE;

-- The official maps, where they are at hand.
\getenv reference HB_REFERENCE
\if :{?reference}
CREATE TEMP TABLE diagnosis (code text, target text);
CREATE TEMP TABLE procedure (code text, target text);
\copy diagnosis from program 'cut -d" " -f1,2 "$HB_REFERENCE/icd/lists/diagnosis_map.txt"' (delimiter ' ')
\copy procedure from program 'cat "$HB_REFERENCE/icd/lists/procedure_map.txt"' (delimiter ' ')
SELECT is(count(*) FILTER (WHERE code = target), 31202::bigint, 'identical rows of the map of diagnoses') FROM diagnosis;
SELECT is(count(*) FILTER (WHERE code <> target AND target <> ''), 4388::bigint, 'different rows') FROM diagnosis;
SELECT is(count(*) FILTER (WHERE target = '' OR target IS NULL), 1::bigint, 'and one without target') FROM diagnosis;
TRUNCATE icd10_crosswalk, icd9cm3_crosswalk;
SELECT is(count(*), 19::bigint, 'of these the 19 irregular codes are returned')
FROM icd10_crosswalk_load('diagnosis', 'clinical2', 'insurance2') r JOIN diagnosis d USING (code) WHERE rule = icd10_check(code);
SELECT is(count(*) FILTER (WHERE code = target), 31202::bigint, 'loaded: identical') FROM icd10_crosswalk;
SELECT is(count(*) FILTER (WHERE code <> target), 4369::bigint, 'loaded: different') FROM icd10_crosswalk;
SELECT is(array_agg(code) FILTER (WHERE target IS NULL), '{B06.801+J17.1*}', 'loaded: without target') FROM icd10_crosswalk;
SELECT is_empty($$ SELECT * FROM icd9cm3_crosswalk_load('procedure', 'clinical3', 'insurance2') $$, 'all procedures are loaded');
ANALYZE icd10_crosswalk;
ANALYZE icd9cm3_crosswalk;
SELECT is_empty($$ SELECT code FROM diagnosis WHERE try_icd10(code) IS NOT NULL
	AND icd10_translate(code::icd10, 'clinical2', 'insurance2') IS DISTINCT FROM nullif(target, '')::icd10 $$, 'every diagnosis is translated as the map says');
SELECT is_empty($$ SELECT code FROM procedure
	WHERE icd9cm3_translate(code::icd9cm3, 'clinical3', 'insurance2') IS DISTINCT FROM target::icd9cm3 $$, 'every procedure too');
SELECT is(count(*), 386::bigint, 'codes that change their category')
FROM diagnosis d WHERE target <> '' AND left(code, 3) <> left(target, 3);
\else
SELECT * FROM skip('HB_REFERENCE is not set', 11);
\endif

SELECT * FROM finish();
ROLLBACK;
