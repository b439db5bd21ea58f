-- icd10 and icd10set against published lists, chapters and blocks, and against text.
\set QUIET 1
BEGIN;
SELECT * FROM no_plan();

-- Examples from the wild, by the verdict of the grammar.
CREATE TEMP TABLE example (code text, variant text, status text, expected text, canonical text);
\copy example from program 'grep -v "^#" test/data/icd10_examples.csv' (format csv, header)
SELECT cmp_ok(count(*), '>=', 80::bigint, 'examples are loaded') FROM example;
SELECT is(try_icd10(code)::text, canonical, format('%s (%s) reads as', code, variant)) FROM example WHERE expected = 'code' ORDER BY code COLLATE "C";
SELECT is(canonical::icd10::text, canonical, format('%s (%s) round-trips', canonical, variant)) FROM example WHERE expected = 'code' ORDER BY code COLLATE "C";
SELECT is(code::icd10set::text, canonical, format('%s (%s) is a set', code, variant)) FROM example WHERE expected = 'set' ORDER BY code COLLATE "C";
SELECT is(try_icd10(code), NULL, format('%s (%s) is no code', code, variant)) FROM example WHERE expected <> 'code' ORDER BY code COLLATE "C";
SELECT isnt(icd10_check(code), NULL, format('%s (%s) breaks a rule', code, variant)) FROM example WHERE expected <> 'code' ORDER BY code COLLATE "C";
-- the rule is of the kind of the code
SELECT matches(icd10_check(code), rule, format('%s: the rule', code))
FROM example, LATERAL (SELECT CASE WHEN code ~ '^\d' THEN 'procedure|letter' WHEN variant ~ '^TCM' THEN 'traditional-medicine' WHEN code ~ 'M\d{4,5}/\d' THEN 'morphology'
	WHEN code ~ '-' THEN 'dash' ELSE 'joined by \+' END AS rule) r
WHERE expected = 'refused' ORDER BY code COLLATE "C";

-- Cases of the contract.
SELECT is(icd10_check(code) IS NULL, accepted, format('%s is %s', code, CASE WHEN accepted THEN 'a code' ELSE 'refused' END))
FROM (VALUES ('I10.x00', true), ('B49.x14+J99.8*', true), ('S12.9XXA', true), ('A04.01.20.01', false), ('BNX071', false), ('M8140/3', false), ('A02.-', false),
	('C18.x', false), ('C18.X', false), ('E88.902+M90.803*', false), ('K74.300x011+I98.2', false), ('S12.9XXA*', false), ('e11.9', true), ('E11.9a', false), ('I10,I11', false)) v (code, accepted);
SELECT ok((a::icd10set = b::icd10set), format('the sets %s and %s are the same', a, b))
FROM (VALUES ('IX', 'I00-I99'), ('A00-A09', 'A00,A01,A02,A03,A04,A05,A06,A07,A08,A09'), ('XX', 'V01-Y98'), ('C00-C97', 'C00-C75,C76-C80,C81-C96,C97'), ('!I23,I20-I25', 'I20-I22,I24-I25')) v (a, b);
SELECT is(a <@ b::icd10set, within, format('%s within %s: %s', a, b, within))
FROM (VALUES (icd10 'I10.x00x002', 'I10.x00', true), ('I10.x00', 'I10', true), ('I10', 'I10-I15', true), ('I10', 'IX', true), ('A00.000x001', 'A00.000', true), ('A00.000', 'A00.0', true),
	('A00', 'A00-A09', true), ('A01.001', 'A01.0', true), ('A01.001', 'A01.000', false), ('A01.001+K77.0*', 'A01.001', true), ('A01.001+K77.0*', 'K77', false), ('Y09', 'X85-Y09', true), ('U07.100', 'XXII', true), ('U07.100', 'XX', false)) v (a, b, within);

\getenv reference HB_REFERENCE
\if :{?reference}

-- The insurance edition 2.0, whole.
CREATE TEMP TABLE list (t text COLLATE "C", code icd10);
SELECT :'reference' || '/icd/lists/diagnosis_insurance2.txt' AS file \gset
COPY list (t) FROM :'file';
SELECT is(count(*), 33304::bigint, 'insurance edition: every code is there') FROM list;
SELECT is(count(*), 0::bigint, 'insurance edition: every code is read') FROM list WHERE icd10_check(t) IS NOT NULL;
UPDATE list SET code = try_icd10(t);
ANALYZE list;
SELECT is(count(*), 0::bigint, 'insurance edition: every text comes back byte for byte') FROM list WHERE code::text COLLATE "C" IS DISTINCT FROM t;
SELECT is(count(DISTINCT code), count(DISTINCT t), 'insurance edition: as many values as texts') FROM list;
SELECT ok(array_agg(t ORDER BY code) = array_agg(t ORDER BY t), 'insurance edition: sorts as text "C"') FROM list;
SELECT ok(array_agg(t ORDER BY code DESC) = array_agg(t ORDER BY t DESC), 'insurance edition: sorts as text "C", descending') FROM list;
SELECT is(count(*), 0::bigint, 'insurance edition: lower case, without dot and full-width is the same code')
FROM list WHERE try_icd10(lower(left(t, 1)) || substr(t, 2)) IS DISTINCT FROM code
	OR try_icd10(replace(t, '.', '')) IS DISTINCT FROM code
	OR try_icd10(translate(t, '0123456789.+*ABCDEFGHIJKLMNOPQRSTUVWXYZ', '０１２３４５６７８９．＋＊ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ')) IS DISTINCT FROM code
	OR try_icd10(replace(t, '+', '† ')) IS DISTINCT FROM code;

-- Parts and places, by text.
CREATE TEMP VIEW split AS
SELECT *, split_part(t, '+', 1) AS main, nullif(split_part(t, '+', 2), '') AS star FROM list;
SELECT is(count(*), 0::bigint, 'form') FROM split WHERE icd10_form(code) IS DISTINCT FROM
	CASE WHEN star IS NOT NULL THEN 'pair' WHEN t ~ '^[A-Z]\d{2}\.[0-9x]\d{2}$' THEN 'cn6' WHEN t ~ '^[A-Z]\d{2}\.[0-9x]\d{2}x\d{3}$' THEN 'cnx' ELSE '?' END;
SELECT is(count(*), 0::bigint, 'level') FROM split WHERE icd10_level(code) IS DISTINCT FROM CASE length(main) WHEN 7 THEN 6 WHEN 11 THEN 7 END;
SELECT is(count(*), 0::bigint, 'category') FROM split WHERE icd10_category(code)::text IS DISTINCT FROM left(t, 3);
SELECT is(count(*), 0::bigint, 'who') FROM split WHERE icd10_who(code)::text IS DISTINCT FROM CASE substr(t, 5, 1) WHEN 'x' THEN left(t, 3) ELSE left(t, 5) END;
SELECT is(count(*), 0::bigint, 'parent') FROM split WHERE icd10_parent(code)::text IS DISTINCT FROM
	CASE WHEN star IS NOT NULL THEN main WHEN length(t) = 11 THEN left(t, 7) WHEN substr(t, 5, 1) = 'x' THEN left(t, 3) ELSE left(t, 5) END;
SELECT is(count(*), 0::bigint, 'dagger') FROM split WHERE icd10_dagger(code)::text IS DISTINCT FROM CASE WHEN star IS NOT NULL THEN main END;
SELECT is(count(*), 0::bigint, 'asterisk') FROM split WHERE icd10_asterisk(code)::text IS DISTINCT FROM star;
SELECT is(count(*), 0::bigint, 'parts') FROM split WHERE icd10_parts(code)::text[] IS DISTINCT FROM CASE WHEN star IS NULL THEN ARRAY[t] ELSE ARRAY[main, star] END;

-- Containment is prefix of text: of each length, every seventh prefix.
CREATE TEMP TABLE prefix AS
SELECT DISTINCT ON (p) p FROM split, unnest(ARRAY[left(main, 3), nullif(rtrim(left(main, 5), 'x'), left(main, 3) || '.'), left(main, 7), main]) p WHERE p IS NOT NULL;
DELETE FROM prefix WHERE ctid NOT IN (SELECT ctid FROM (SELECT ctid, row_number() OVER (PARTITION BY length(p) ORDER BY p COLLATE "C") AS k, count(*) OVER (PARTITION BY length(p)) AS all FROM prefix) n WHERE k % (1 + n.all / 80) = 0);
SELECT cmp_ok(count(*), '>=', 250::bigint, 'prefixes are chosen') FROM prefix;
SELECT is(count(*), 0::bigint, 'code <@ code is LIKE on the text')
FROM prefix, LATERAL (SELECT count(*) FILTER (WHERE code <@ p::icd10) AS by_code, count(*) FILTER (WHERE icd10_is_a(code, p::icd10)) AS by_is_a,
	count(*) FILTER (WHERE t LIKE p || '%') AS by_text FROM list) c
WHERE by_code <> by_text OR by_is_a <> by_text OR by_text = 0;
-- a set of many, at once
SELECT is(count(*), 0::bigint, 'code <@ set of many codes is LIKE on the text')
FROM list, (SELECT string_agg(p, ',')::icd10set AS s, '^(' || string_agg(replace(p, '.', '\.'), '|') || ')' AS pattern FROM prefix) q
WHERE (code <@ s) <> (t ~ pattern);
SELECT is(count(*), 0::bigint, 'code && set is a match of either part')
FROM list, (VALUES (icd10set 'I98,K77,G00-G09,!G03', '^(I98|K77|G0[0-24-9])'), ('IX', '^I'), ('A17-A19', '^A1[789]'), ('K77.0', '^K77\.0')) q (s, pattern)
WHERE (code && s) <> (split_part(t, '+', 1) ~ pattern OR split_part(t, '+', 2) ~ pattern);
SELECT is(array_agg(icd10set_agg), (SELECT ARRAY[icd10set_agg(code)] FROM list), 'the aggregate does not depend on order')
FROM (SELECT icd10set_agg(code ORDER BY code DESC) FROM list) d;
SELECT ok(bool_and(code <@ s), 'every code is in the aggregate of all') FROM list, (SELECT icd10set_agg(code) AS s FROM list) a;
SELECT ok(s::text::icd10set = s, 'a set of all codes comes back from its text') FROM (SELECT icd10set_agg(code) AS s FROM list) a;

-- The clinical edition 2.0: all but the nineteen that are dirt.
CREATE TEMP TABLE map (line text);
SELECT :'reference' || '/icd/lists/diagnosis_map.txt' AS file \gset
COPY map FROM :'file';
CREATE TEMP TABLE clinical AS SELECT DISTINCT split_part(line, ' ', 1) COLLATE "C" AS t FROM map;
SELECT cmp_ok(count(*), '>=', 35000::bigint, 'clinical edition: codes are there') FROM clinical;
SELECT is(count(*), 19::bigint, 'clinical edition: nineteen are refused') FROM clinical WHERE try_icd10(t) IS NULL;
SELECT is(count(*), 0::bigint, 'clinical edition: the others have the shapes of the grammar')
FROM clinical WHERE (try_icd10(t) IS NOT NULL) <> (t ~ '^[A-Z]\d{2}\.[0-9x]\d{2}(x\d{3})?(\+[A-Z]\d{2}(\.\d)?\*)?$');
SELECT is(count(*), 0::bigint, 'clinical edition: texts come back') FROM clinical WHERE try_icd10(t)::text <> t;
SELECT ok(array_agg(t ORDER BY try_icd10(t)) = array_agg(t ORDER BY t), 'both editions together sort as text "C"')
FROM (SELECT t FROM list UNION SELECT t FROM clinical WHERE try_icd10(t) IS NOT NULL) u;

-- Chapters and blocks, for every category there can be.
CREATE TEMP TABLE chapter (no int, roman text, first text, last text, en text, zh text, n1 int, n2 int, n3 int, note text);
SELECT :'reference' || '/icd/chapters.csv' AS file \gset
COPY chapter FROM :'file' (FORMAT csv, HEADER);
CREATE TEMP TABLE block (first text, last text, no int, roman text, depth int, kind text, parent text, en text, zh text, zh_source text, in1 text, in2 text, in3 text, in4 text, note text);
SELECT :'reference' || '/icd/blocks.csv' AS file \gset
COPY block FROM :'file' (FORMAT csv, HEADER);
SELECT is(count(*), 22::bigint, 'chapters are there') FROM chapter;
SELECT is(count(*), 274::bigint, 'blocks are there') FROM block;
-- older editions had A90 and A91
INSERT INTO block (first, last, no, en) SELECT 'A90', 'A99', 1, en FROM block WHERE first = 'A92';
CREATE TEMP TABLE category AS
SELECT chr(65 + l) || a || b AS c FROM generate_series(0, 25) l, generate_series(0, 9) a, unnest('{0,1,2,3,4,5,6,7,8,9,A,B}'::text[]) b;
CREATE TEMP TABLE expected AS
SELECT c, c::icd10 AS code, no, roman, h.en, k.*
FROM category
	LEFT JOIN chapter h ON c COLLATE "C" BETWEEN h.first AND h.last
	LEFT JOIN LATERAL (SELECT b.first || '-' || b.last AS block, b.en AS block_en FROM block b WHERE c COLLATE "C" BETWEEN b.first AND b.last
		ORDER BY ascii(b.last) * 100 + right(b.last, 2)::int - ascii(b.first) * 100 - right(b.first, 2)::int LIMIT 1) k ON true;
SELECT is(count(*), 3120::bigint, 'every category once') FROM expected;
SELECT is(count(*), 0::bigint, 'chapter of every category') FROM expected WHERE icd10_chapter(code) IS DISTINCT FROM no;
SELECT is(count(*), 0::bigint, 'chapter code of every category') FROM expected WHERE icd10_chapter_code(code) IS DISTINCT FROM roman;
SELECT is(count(*), 0::bigint, 'chapter title of every category') FROM expected WHERE icd10_chapter_title(code, 'en') IS DISTINCT FROM en
	OR (icd10_chapter_title(code) IS NULL) <> (no IS NULL);
SELECT is(count(*), 0::bigint, 'block of every category') FROM expected WHERE icd10_block(code) IS DISTINCT FROM block;
SELECT is(count(*), 0::bigint, 'every category of a block has its titles') FROM expected WHERE (icd10_block_title(code, 'en') IS NULL) <> (block IS NULL) OR (icd10_block_title(code, 'zh') IS NULL) <> (block IS NULL);
SELECT is(count(*), 0::bigint, 'what is below a category is of its chapter and block')
FROM list JOIN expected ON c = left(t, 3) WHERE icd10_chapter(list.code) IS DISTINCT FROM no OR icd10_block(list.code) IS DISTINCT FROM block;
SELECT is(roman::icd10set::text, first || '-' || last, format('chapter %s as a set', roman)) FROM chapter ORDER BY no;
SELECT is(format('%s-%s', first, last)::icd10set, CASE WHEN first = last THEN first ELSE format('%s-%s', first, last) END::icd10set, format('block %s-%s as a set', first, last)) FROM block ORDER BY first COLLATE "C", last COLLATE "C";
SELECT is(count(*), 0::bigint, 'a block or chapter holds exactly the categories between its ends')
FROM category, (SELECT first, last FROM block UNION SELECT first, last FROM chapter) r
WHERE (c::icd10 <@ format('%s-%s', first, last)::icd10set) <> (c COLLATE "C" BETWEEN first AND last);

\else
SELECT skip('HB_REFERENCE is not set', 40);
\endif
SELECT * FROM finish();
ROLLBACK;
