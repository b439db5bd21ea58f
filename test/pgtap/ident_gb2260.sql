-- Names, history and successors of divisions.
\set QUIET 1
BEGIN;

CREATE TEMP TABLE list (code cn_division, name text, first_year int, last_year int, on_cards int);
\copy list from program 'grep -v "^#" data/ident/gb2260.csv' (format csv, header)
CREATE TEMP TABLE cases (
	id int, kind text, input text, normalized text, verdict text, birth date, sex text,
	division_known boolean, origin text, decision text
);
\copy cases from program 'grep -v "^#" test/data/identity_cases.csv' (format csv, header)

SELECT * FROM no_plan();

-- The compiled table is the list.
SELECT cmp_ok(count(*), '>=', 7700::bigint, 'the list is loaded') FROM list;
SELECT is(count(*), 0::bigint, 'history gives every row of the list and no other')
FROM (SELECT code, name, first_year, nullif(last_year, 0) AS last_year FROM list) l
FULL JOIN (SELECT code, h.* FROM (SELECT DISTINCT code FROM list) c, cn_division_history(code) h) h
	USING (code, name, first_year)
WHERE l.last_year IS DISTINCT FROM h.last_year OR l.code IS NULL OR h.code IS NULL;
SELECT is(count(*), 0::bigint, 'names by year agree with the list')
FROM list, unnest(array[first_year, CASE last_year WHEN 0 THEN 2020 ELSE last_year END]) y
WHERE cn_division_name(code, make_date(y, 6, 30)) IS DISTINCT FROM name;
SELECT is(count(*), 0::bigint, 'no name before the first year and after the last')
FROM (SELECT code, min(first_year) AS first, max(CASE last_year WHEN 0 THEN 9999 ELSE last_year END) AS last FROM list GROUP BY code) l
WHERE (first > 1980 AND cn_division_name(code, make_date(first - 1, 12, 31)) IS NOT NULL)
	OR (last < 9999 AND cn_division_name(code, make_date(last + 1, 1, 1)) IS NOT NULL);
SELECT is(count(*), 0::bigint, 'successors are listed, outlive what they replace, and end')
FROM (SELECT code, cn_division_successor(code) AS s FROM (SELECT DISTINCT code FROM list) c) x
WHERE s IS NOT NULL AND (cn_division_name(s) IS NULL OR cn_division_current(code) IS DISTINCT FROM cn_division_current(s));
SELECT is(count(*), 0::bigint, 'counties have a parent, provinces none')
FROM (SELECT DISTINCT code FROM list) c
WHERE (cn_division_parent(code) IS NULL) <> (cn_division_level(code) = 'province')
	OR NOT code <@ coalesce(cn_division_parent(code), code);

-- Hubei as of today: 103 counties of 17 cities and the province.
SELECT is(count(*), 13::bigint, 'cities of Hubei') FROM list
WHERE last_year = 0 AND on_cards = 1 AND code <@ '42' AND cn_division_level(code) = 'prefecture';
SELECT is(count(*), 103::bigint, 'counties of Hubei') FROM list
WHERE last_year = 0 AND on_cards = 1 AND code <@ '42' AND cn_division_level(code) = 'county';
SELECT is(array_agg(code::text ORDER BY code), '{429004,429005,429006,429021}', 'governed by the province itself')
FROM list WHERE last_year = 0 AND on_cards = 1 AND code <@ '42' AND cn_division_level(code) = 'county' AND cn_division_parent(code) = '420000';
SELECT is(cn_division_name(code::cn_division, day::date), name, format('%s on %s', code, day)) FROM (VALUES
	('420000', '2024-01-01', '湖北省'), ('42', '2024-01-01', '湖北省'), ('420100', '2024-01-01', '武汉市'), ('4201', '1950-01-01', '武汉市'),
	('420600', '2009-12-31', '襄樊市'), ('420600', '2010-12-31', '襄阳市'), ('420607', '2024-01-01', '襄州区'),
	('421023', '2019-06-01', '监利县'), ('421023', '2024-01-01', NULL), ('421088', '2024-01-01', '监利市'),
	('429004', '2024-01-01', '仙桃市'), ('429005', '2024-01-01', '潜江市'), ('429006', '2024-01-01', '天门市'), ('429021', '2024-01-01', '神农架林区'),
	('429004', '1990-01-01', NULL), ('420321', '2010-01-01', '郧县'), ('420304', '2024-01-01', '郧阳区'), ('420882', '2024-01-01', '京山市'),
	('420821', '2017-01-01', '京山县'), ('421302', '2005-01-01', '曾都区'), ('422521', '1981-01-01', '襄阳县'),
	('420101', '2024-01-01', '市辖区'), ('420106001', '2024-01-01', NULL), ('999999', '2024-01-01', NULL)) v (code, day, name);
SELECT is(cn_division_name('421023'), '监利县', 'the last name of what was abolished');
SELECT is(cn_division_name('420600', 'infinity'), '襄阳市', 'the name for ever');
SELECT is(cn_division_name('420600', on_date => '1999-07-01'), '襄樊市', 'the day by name');
SELECT is(cn_division_successor(code::cn_division)::text, successor, 'successor of ' || code) FROM (VALUES
	('421023', '421088'), ('420321', '420304'), ('420821', '420882'), ('422427', '422401'), ('422401', '429004'), ('420121', '420114'),
	('422400', '421000'), ('420106', NULL), ('420211', NULL)) v (code, successor);
SELECT is(cn_division_current('422427'), '429004', '沔阳县 is 仙桃市 today');
SELECT is(cn_division_current('420106'), '420106', 'in force');
SELECT is(cn_division_parent(code::cn_division)::text, parent, 'parent of ' || code) FROM (VALUES
	('42', NULL), ('420000', NULL), ('4201', '42'), ('420100', '420000'), ('420106', '420100'), ('429004', '420000'), ('429021', '420000'),
	('110105', '110000'), ('310230', '310000'), ('500101', '500000'), ('659010', '650000'), ('420106001', '420106'),
	('420106001002', '420106001'), ('420106001000', '420106'), ('420106000000', '420100'), ('420106000', '420100')) v (code, parent);
SELECT is(cn_division_level(code::cn_division), level, code || ' is a ' || level) FROM (VALUES
	('42', 'province'), ('420000000000', 'province'), ('4201', 'prefecture'), ('420106', 'county'), ('420106001', 'town'),
	('420106001000', 'town'), ('420106001002', 'village')) v (code, level);

-- The division in a number: checks of quality.
SELECT is(cn_id_division_known(try_cn_id(input)), division_known, format('case %s, %s: division known', id, kind))
FROM cases WHERE verdict = 'valid' AND kind IN ('resident18', 'hmt_residence') AND division_known IS NOT NULL ORDER BY id;
SELECT is(cn_id_division_known('932682198501010017'), NULL, 'foreigners have none');
SELECT is(cn_id_division_known_at_birth(id::cn_id), known, 'known at birth: ' || id) FROM (VALUES
	('411082198901010002', false), ('110111198012010078', false), ('110201199312010077', false), ('120110198012010073', true),
	('120110199212010072', true), ('11010519491231002X', true), ('420106200002290012', true), ('44040119580101000X', false),
	('810000199408230021', true), ('932682198501010017', NULL)) v (id, known);

SELECT * FROM finish();
ROLLBACK;
