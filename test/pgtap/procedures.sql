-- icd9cm3 on the official lists of procedures, and what its rules say.
\set QUIET 1
BEGIN;
SELECT * FROM no_plan();

-- Text comes back as it is written; the class, the step up and the chapter.
SELECT unnest(ARRAY[
	is(code::icd9cm3::text, code, 'round trip of ' || code),
	is(icd9cm3_base(code::icd9cm3)::text, base, 'class of ' || code),
	is(icd9cm3_parent(code::icd9cm3)::text, parent, 'step up from ' || code),
	is(icd9cm3_chapter(code::icd9cm3), chapter, 'chapter of ' || code)])
FROM (VALUES ('36', '36', NULL, '7'), ('36.0', '36.0', '36', '7'), ('36.06', '36.06', '36.0', '7'), ('36.0601', '36.06', '36.06', '7'),
	('36.0700x004', '36.07', '36.0700', '7'), ('01.6x00', '01.6', '01.6', '1'), ('03.1x00x001', '03.1', '03.1x00', '1'),
	('17.911', '17.91', '17.91', '3A'), ('17.91100', '17.91', '17.911', '3A'), ('17.912A0', '17.91', '17.912', '3A'),
	('00.6601', '00.66', '00.66', '0'), ('66.69x001', '66.69', '66.69', '12'), ('86.700x0013', '86.70', '86.70', '15'))
	v (code, base, parent, chapter);

-- Chapters cover all categories, each its range.
SELECT is(string_agg(chapter || ':' || first || '-' || last, ' ' ORDER BY first),
	'0:00-00 1:01-05 2:06-07 3:08-16 3A:17-17 4:18-20 5:21-29 6:30-34 7:35-39 8:40-41 9:42-54 10:55-59 11:60-64 12:65-71 13:72-75 14:76-84 15:85-86 16:87-99',
	'the chapters of ICD-9-CM volume 3')
FROM (SELECT icd9cm3_chapter(c) AS chapter, min(c)::text AS first, max(c)::text AS last
	FROM (SELECT to_char(n, 'FM00')::icd9cm3 AS c FROM generate_series(0, 99) n) categories GROUP BY 1) chapters;
SELECT is(count(DISTINCT icd9cm3_chapter_title(to_char(n, 'FM00')::icd9cm3, lang)), 18::bigint, 'a title in ' || lang || ' for each')
FROM generate_series(0, 99) n, unnest('{zh,en}'::text[]) lang GROUP BY lang ORDER BY lang;

-- What spreadsheets and forms do to codes.
SELECT is(try_icd9cm3(typed)::text, code, coalesce(typed || ' is read as ' || code, typed || ' is refused'))
FROM (VALUES ('0066', '00.66'), ('3606', '36.06'), ('360601', '36.0601'), ('01.6X00', '01.6x00'), (' 36.07　', '36.07'),
	('66', '66'), ('661', NULL), ('6.61', NULL), ('.66', NULL), ('1.6x00', NULL), ('6601', '66.01'), ('36.070', NULL), ('I25.103', NULL),
	('36.06,36.07', NULL), ('36.06|支架', NULL), ('36.0x', NULL), ('36.-', NULL), ('17.9121', NULL), ('17.912O0', NULL), ('3.606E+1', NULL)) v (typed, code);

-- Sets.
SELECT is(array_agg(code ORDER BY code), '{36.0,36.0601,36.0700x004,37.6}', 'a set of ranges and an exclusion')
FROM unnest('{35.9,36.0,36.0500,36.05,36.0601,36.0700x004,36.4,37.6,38}'::icd9cm3[]) code WHERE code <@ '36.0-36.3, 37.6, !36.05';
SELECT is(array_agg(code ORDER BY code), '{17.912A0,17.91300}', 'traditional medicine by class')
FROM unnest('{17.911,17.91200,17.912A0,17.91300,17.9200x001}'::icd9cm3[]) code WHERE code <@ '17.912-17.913, !17.91200';

-- The official lists, where they are at hand.
CREATE TEMP TABLE insurance (code text COLLATE "C");
CREATE TEMP TABLE map (code text COLLATE "C", target text COLLATE "C");
\getenv reference HB_REFERENCE
\if :{?reference}
\copy insurance from program 'cat "$HB_REFERENCE/icd/lists/procedure_insurance2.txt"'
\copy map from program 'cat "$HB_REFERENCE/icd/lists/procedure_map.txt"' (delimiter ' ')
SELECT is(count(try_icd9cm3(code)), 13686::bigint, 'all procedures of the insurance edition 2.0 are read') FROM insurance;
SELECT is_empty($$ SELECT code FROM insurance WHERE try_icd9cm3(code)::text IS DISTINCT FROM code $$, 'and written as they are');
SELECT is(count(try_icd9cm3(code)), 13654::bigint, 'all procedures of the clinical edition 3.0 are read') FROM map;
SELECT is_empty($$ SELECT code FROM map WHERE try_icd9cm3(code)::text IS DISTINCT FROM code $$, 'and written as they are');
SELECT is_empty($$ SELECT code FROM map WHERE try_icd9cm3(target)::text IS DISTINCT FROM target $$, 'targets too');
SELECT results_eq($$ SELECT code FROM insurance ORDER BY code::icd9cm3 $$, $$ SELECT code FROM insurance ORDER BY code $$, 'their order is that of the texts');
SELECT is(forms, '{"cn6": 8907, "cnx": 4566, "tcm": 211, "irregular": 2}', 'their forms are those of the census')
FROM (SELECT jsonb_object_agg(form, n) AS forms FROM (SELECT icd9cm3_form(code::icd9cm3) AS form, count(*) AS n FROM insurance GROUP BY 1) f) g;
SELECT is_empty($$ SELECT code FROM insurance WHERE NOT starts_with(code, icd9cm3_base(code::icd9cm3)::text) $$, 'each begins with its class');
SELECT is_empty($$
	SELECT code FROM insurance i WHERE (SELECT array_agg(a.code ORDER BY a.code) FROM insurance a WHERE a.code::icd9cm3 <@ i.code::icd9cm3::icd9cm3set)
		IS DISTINCT FROM (SELECT array_agg(a.code ORDER BY a.code) FROM insurance a WHERE starts_with(a.code, i.code)) AND i.code < '01.3'
$$, 'the codes below one are those that begin with it');
\else
SELECT * FROM skip('HB_REFERENCE is not set', 9);
\endif

SELECT * FROM finish();
ROLLBACK;
