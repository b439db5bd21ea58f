-- cn_id against every published case of its kinds, and against an oracle in SQL.
\set QUIET 1
BEGIN;

CREATE TEMP TABLE cases (
	id int, kind text, input text, normalized text, verdict text, birth date, sex text,
	division_known boolean, origin text, decision text
);
\copy cases from program 'grep -v "^#" test/data/identity_cases.csv' (format csv, header)
DELETE FROM cases WHERE kind NOT IN ('resident18', 'resident15', 'hmt_residence', 'foreign_pr18');

SELECT * FROM no_plan();

SELECT cmp_ok(count(*), '>=', 60::bigint, 'cases are loaded') FROM cases;

-- Every case, by the columns of the file.
SELECT is(CASE WHEN try_cn_id(input) IS NULL THEN 'invalid' ELSE 'valid' END, verdict,
	format('case %s, %s: verdict', id, kind))
FROM cases ORDER BY id;
SELECT is(try_cn_id(input)::text, normalized, format('case %s, %s: normalized', id, kind))
FROM cases WHERE verdict = 'valid' ORDER BY id;
SELECT is(cn_id_birth_date(try_cn_id(input)), birth, format('case %s, %s: date of birth', id, kind))
FROM cases WHERE verdict = 'valid' ORDER BY id;
SELECT is(cn_id_sex(try_cn_id(input)), sex, format('case %s, %s: sex', id, kind))
FROM cases WHERE verdict = 'valid' ORDER BY id;
SELECT is(cn_id_kind(try_cn_id(input)),
	CASE kind WHEN 'foreign_pr18' THEN 'foreign_permanent' WHEN 'hmt_residence' THEN kind ELSE 'resident' END,
	format('case %s, %s: kind', id, kind))
FROM cases WHERE verdict = 'valid' ORDER BY id;
SELECT ok(cn_id_check(input) IS NULL = (verdict = 'valid'), format('case %s, %s: a rule is named', id, kind))
FROM cases ORDER BY id;

-- The oracle: weights as GB 11643 lists them, dates by make_date.
CREATE FUNCTION pg_temp.check_digit(text) RETURNS text LANGUAGE sql AS $$
	SELECT substr('10X98765432', 1 + sum(substr($1, i, 1)::int
		* ('{7,9,10,5,8,4,2,1,6,3,7,9,10,5,8,4,2}'::int[])[i])::int % 11, 1)
	FROM generate_series(1, 17) i
$$;
CREATE TEMP TABLE made AS
	SELECT region || to_char(birth, 'YYYYMMDD') || lpad(ord::text, 3, '0') AS body, birth, ord
	FROM (SELECT d::date AS birth, (row_number() OVER ())::int AS n FROM generate_series(date '1850-01-01', date '2099-12-31', interval '1 day') d) dates,
		LATERAL (SELECT ('{110105,420106,429004,659010,810000,830000}'::text[])[1 + n % 6] AS region, n % 1000 AS ord) r;
ALTER TABLE made ADD full_text text;
UPDATE made SET full_text = body || pg_temp.check_digit(body);

SELECT is(count(*), 0::bigint, 'every day of 250 years: text, date and sex')
FROM made WHERE try_cn_id(full_text)::text IS DISTINCT FROM full_text
	OR cn_id_birth_date(full_text::cn_id) IS DISTINCT FROM birth
	OR cn_id_sex(full_text::cn_id) IS DISTINCT FROM CASE ord % 2 WHEN 1 THEN 'male' ELSE 'female' END;
SELECT is(count(try_cn_id(body || c)), 0::bigint, 'no other check digit')
FROM made, unnest(string_to_array('0,1,2,3,4,5,6,7,8,9,X', ',')) c
WHERE ord % 20 = 0 AND body || c <> full_text;
SELECT is(count(*), 0::bigint, 'days that no calendar has, with their check digit')
FROM (SELECT '420106' || y || lpad(m::text, 2, '0') || lpad(d::text, 2, '0') || '001' AS body
	FROM generate_series(1850, 2099) y, generate_series(0, 13) m, generate_series(0, 32) d
	WHERE NOT (m BETWEEN 1 AND 12 AND d BETWEEN 1 AND
		extract(day FROM make_date(y, least(greatest(m, 1), 12), 1) + interval '1 month' - interval '1 day'))) b
WHERE try_cn_id(body || pg_temp.check_digit(body)) IS NOT NULL;
SELECT is(count(*), 0::bigint, 'age agrees with age() but for 29 February')
FROM made, unnest('{2000-02-29,2001-02-28,2024-02-29,2099-12-31}'::date[]) day
WHERE ord % 10 = 0 AND to_char(birth, 'MMDD') <> '0229'
	AND cn_id_age(full_text::cn_id, day) IS DISTINCT FROM
		CASE WHEN birth <= day THEN extract(year FROM age(day, birth))::int END;

-- Accessors.
SELECT is(cn_id_age('420106200002290012', '2001-02-28'), 0, 'born on 29 February: not yet one on 28 February');
SELECT is(cn_id_age('420106200002290012', '2001-03-01'), 1, 'born on 29 February: one on 1 March');
SELECT is(cn_id_age('420106200002290012', '2000-02-28'), NULL, 'no age before birth');
SELECT is(cn_id_age('420106200002290012', 'infinity'), NULL, 'no age on infinity');
SELECT is(cn_id_age('420106200002290012', on_date => '2024-02-29'), 24, 'the day by name');
SELECT is(cn_id_division('420106200002290012'), '420106', 'division of a resident');
SELECT is(cn_id_division('810000199408230021'), '810000', 'division of a residence permit');
SELECT is(cn_id_division('932682198501010017'), '32', 'division of a foreigner is the province');
SELECT is(cn_id_nationality('932682198501010017'), '682', 'nationality of a foreigner');
SELECT is(array_agg(cn_id_nationality((body || pg_temp.check_digit(body))::cn_id) ORDER BY body), '{156,344,446,158}', 'nationality of others')
FROM unnest('{42010620000229001,81000020000229001,82000020000229001,83000020000229001}'::text[]) body;

-- Containment, against prefixes; foreigners belong to no division.
SELECT is(count(*) FILTER (WHERE full_text::cn_id <@ d), count(*) FILTER (WHERE starts_with(full_text, prefix)), format('numbers within %s', d))
FROM made, (VALUES ('42'::cn_division, '42'), ('420000', '42'), ('4200', '42'), ('4201', '4201'), ('420106', '420106'),
	('429004', '429004'), ('81', '81'), ('83', '83'), ('810000', '81'), ('65', '65'), ('420106001', 'none'), ('8101', 'none')) v (d, prefix)
GROUP BY d, prefix ORDER BY d;
SELECT ok(NOT ('932682198501010017'::cn_id <@ d), 'a foreigner is not within ' || d) FROM unnest('{32,93,932682,91,99}'::cn_division[]) d;
SELECT ok('4201'::cn_division @> '420106200002290012'::cn_id AND NOT '4202'::cn_division @> '420106200002290012'::cn_id, 'commuted');

-- Privacy: messages say the rule and the place, never the number.
CREATE FUNCTION pg_temp.message(input text, OUT said text) LANGUAGE plpgsql AS $$
DECLARE detail text; state text;
BEGIN
	PERFORM input::cn_id;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS said = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, state = RETURNED_SQLSTATE;
	said := state || ' ' || said || ' ' || detail;
END $$;
SELECT is(pg_temp.message('420106199003078674'),
	'22P02 invalid input syntax for type cn_id At character 18: the check digit does not fit the other digits.', 'message and position');
SELECT is(count(*), 0::bigint, 'no message contains four digits of the input')
FROM cases, generate_series(1, length(input) - 3) i
WHERE verdict = 'invalid' AND substr(input, i, 4) ~ '^\d{4}$'
	AND strpos(replace(replace(replace(replace(replace(pg_temp.message(input), '22P02', ''), '1850', ''), '2099', ''), '0000', ''), '1999', ''), substr(input, i, 4)) > 0;
SELECT is(cn_id_check(input), rule, 'rule: ' || rule) FROM (VALUES
	('4.20106199003078E+17', 'the number came through a floating-point column, which loses its last digits'),
	('420106199003078675.0', 'the number came through a floating-point column, which loses its last digits'),
	('420106****03078675', 'the number is masked'),
	('110105491231997', 'order numbers 996 to 999 of 15 digits leave the century of birth open'),
	('', 'the text is empty')) v (input, rule);

-- sex, the argument parser of other domains.
SELECT is(sex(s), 'male', 'sex ' || s) FROM unnest('{1,１,M,m,Ｍ,male,MALE,男,男性," 男 ",　男　}'::text[]) s;
SELECT is(sex(s), 'female', 'sex ' || s) FROM unnest('{2,２,F,f,female,Female,ｆｅｍａｌｅ,女,女性}'::text[]) s;
SELECT is(sex(s), NULL, 'sex "' || s || '" is not known') FROM unnest(array['0', '9', '', ' ', '０', 'unknown', 'UNKNOWN', '未知', '未说明']) s;
SELECT throws_ok(format('SELECT sex(%L)', s), '22023', 'unrecognized sex', 'sex "' || s || '" is refused')
FROM unnest('{3,x,mal,malee,男女,12}'::text[]) s;

SELECT * FROM finish();
ROLLBACK;
