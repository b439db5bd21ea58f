-- Comorbidity indices: the cases of other packages, 994 patients scored by the R
-- package comorbidity, and an oracle that searches the text of codes by prefix.
\set QUIET 1
BEGIN;
SELECT * FROM no_plan();

-- The maps and weights as the files of data/ have them: nothing of this passes through C.
CREATE TEMP TABLE charlson_prefix (prefix text, category text);
CREATE TEMP TABLE elixhauser_prefix (prefix text, category text);
CREATE TEMP TABLE charlson_weight (seq int, category text, label_en text, label_zh text,
	charlson1987 int, quan2011 int, excluded_by text);
CREATE TEMP TABLE elixhauser_weight (seq int, category text, label_en text, label_zh text,
	van_walraven int, swiss int, ahrq_mortality int, ahrq_readmission int, ahrq_group text, excluded_by text);
\copy charlson_prefix from program 'grep -v "^#" data/icd/charlson.csv' (format csv, header)
\copy elixhauser_prefix from program 'grep -v "^#" data/icd/elixhauser.csv' (format csv, header)
\copy charlson_weight from program 'grep -v "^#" data/icd/charlson_weights.csv' (format csv, header)
\copy elixhauser_weight from program 'grep -v "^#" data/icd/elixhauser_weights.csv' (format csv, header)

CREATE TEMP TABLE map AS
SELECT 'charlson' AS index, seq, category, replace(prefix, '.', '') AS prefix FROM charlson_prefix JOIN charlson_weight USING (category)
UNION ALL
SELECT 'elixhauser', seq, category, replace(prefix, '.', '') FROM elixhauser_prefix JOIN elixhauser_weight USING (category);
SELECT results_eq(
	'SELECT index, count(*)::int, count(DISTINCT category)::int FROM map GROUP BY 1 ORDER BY 1',
	$$VALUES ('charlson', 289, 17), ('elixhauser', 399, 31)$$, 'all prefixes and categories are there');

-- The cases of other packages, codes separated by semicolons.
CREATE TEMP TABLE cases (
	id int, codes text, charlson_raw text, charlson_after text, charlson_1987 int, charlson_quan2011 int,
	elix_raw text, elix_after text, elix_vw2009 int, source text, note text
);
\copy cases from program 'grep -v "^#" test/data/comorbidity_cases.csv' (format csv, header, force_not_null (charlson_raw, charlson_after, elix_raw, elix_after))
SELECT cmp_ok(count(*), '>=', 60::bigint, 'cases are loaded') FROM cases;

-- What is no code, such as M8000/0, is NULL. The type refuses I08x for I08 and says to give the category: do so.
CREATE TEMP TABLE scored AS
SELECT c.*, charlson_agg(code) AS ch, elixhauser_agg(code) AS el
FROM cases c, LATERAL (SELECT coalesce(try_icd10(x), try_icd10(regexp_replace(x, 'x$', ''))) AS code
	FROM regexp_split_to_table(codes, ';') x) parsed
GROUP BY c.id, c.codes, charlson_raw, charlson_after, charlson_1987, charlson_quan2011, elix_raw, elix_after, elix_vw2009, source, note;
SELECT is(array_to_string(charlson_categories(ch), ' '), charlson_raw, format('case %s, %s: Charlson found', id, codes))
FROM scored ORDER BY id;
SELECT is(array_to_string(charlson_categories(ch, hierarchy => true), ' '), charlson_after, format('case %s, %s: Charlson after hierarchy', id, codes))
FROM scored ORDER BY id;
SELECT is(charlson_score(ch, 'charlson1987'), charlson_1987, format('case %s, %s: weights of 1987', id, codes))
FROM scored ORDER BY id;
SELECT is(charlson_score(ch), charlson_quan2011, format('case %s, %s: weights of Quan 2011', id, codes))
FROM scored ORDER BY id;
SELECT is(array_to_string(elixhauser_categories(el), ' '), elix_raw, format('case %s, %s: Elixhauser found', id, codes))
FROM scored ORDER BY id;
SELECT is(array_to_string(elixhauser_categories(el, hierarchy => true), ' '), elix_after, format('case %s, %s: Elixhauser after hierarchy', id, codes))
FROM scored ORDER BY id;
SELECT is(elixhauser_score(el), elix_vw2009, format('case %s, %s: weights of van Walraven', id, codes))
FROM scored ORDER BY id;

-- The patients.
CREATE TEMP TABLE dx (patient int, raw text);
\copy dx from program 'grep -v "^#" test/data/golden_input.csv' (format csv, header)
CREATE TEMP TABLE golden (
	patient int PRIMARY KEY, charlson_original int, charlson_quan2011 int, charlson_n int,
	elix_vw int, elix_swiss int, elix_n int, elix_vw_noassign int, charlson_original_noassign int,
	charlson_cats text, elix_cats text
);
\copy golden from program 'grep -v "^#" test/data/golden_expected.csv' (format csv, header, force_not_null (charlson_cats, elix_cats))
ALTER TABLE dx ADD code icd10;
UPDATE dx SET code = raw::icd10;
CREATE TEMP TABLE states AS
SELECT patient, charlson_agg(code) AS ch, elixhauser_agg(code) AS el FROM dx GROUP BY patient;
SELECT is(count(*), 994::bigint, 'every patient has codes') FROM golden JOIN states USING (patient);
SELECT is_empty($$
	SELECT patient, w.* FROM golden JOIN states USING (patient), LATERAL (VALUES
		('Charlson found', array_to_string(charlson_categories(ch), ' '), charlson_cats),
		('Elixhauser found', array_to_string(elixhauser_categories(el), ' '), elix_cats),
		('Charlson, number that counts', cardinality(charlson_categories(ch, true))::text, charlson_n::text),
		('Elixhauser, number that counts', cardinality(elixhauser_categories(el, true))::text, elix_n::text),
		('charlson1987', charlson_score(ch, 'charlson1987')::text, charlson_original::text),
		('charlson1987 without hierarchy', charlson_score(ch, 'charlson1987', hierarchy => false)::text, charlson_original_noassign::text),
		('quan2011', charlson_score(ch, 'quan2011')::text, charlson_quan2011::text),
		('van_walraven', elixhauser_score(el, 'van_walraven')::text, elix_vw::text),
		('van_walraven without hierarchy', elixhauser_score(el, hierarchy => false)::text, elix_vw_noassign::text),
		('swiss', elixhauser_score(el, 'swiss')::text, elix_swiss::text)) w (what, ours, theirs)
	WHERE ours IS DISTINCT FROM theirs
$$, 'categories and scores of all patients');
SELECT is_empty($$
	SELECT patient FROM states JOIN (SELECT patient, array_agg(code) AS codes FROM dx GROUP BY patient) a USING (patient)
	WHERE charlson(codes) IS DISTINCT FROM ch OR elixhauser(codes) IS DISTINCT FROM el
$$, 'an array of codes gives the state of the codes');
SELECT is_empty($$
	SELECT FROM (SELECT charlson_agg(codes) AS ch, elixhauser_agg(codes) AS el
		FROM (SELECT array_agg(code) AS codes FROM dx GROUP BY patient) a) x, (SELECT rollup(ch) AS ch, rollup(el) AS el FROM states) y
	WHERE x.ch IS DISTINCT FROM y.ch OR x.el IS DISTINCT FROM y.el
$$, 'an aggregate of arrays gives the roll-up of the states');

-- Random codes of all shapes: the text without its dot, each part by LIKE.
SELECT setseed(0.3) \g /dev/null
CREATE TEMP TABLE made AS
SELECT DISTINCT code FROM (
	SELECT try_icd10(chr(65 + floor(random() * 26)::int) || lpad(floor(random() * 100)::int::text, 2, '0')
		|| (ARRAY['', '.' || d, '.' || d || d2, '.' || d || lpad(ext::text, 2, '0'), '.x' || lpad(ext::text, 2, '0'),
			'.' || d || '00x' || lpad(ext::text, 3, '0'), '.' || d || '00+' || star || '*', '.' || d || '01+' || star || '.' || d2 || '*',
			'.' || d || 'XXA', '.' || d || 'A', '*', '.' || d || '+'])[1 + floor(random() * 12)::int]) AS code
	FROM (SELECT floor(random() * 10)::int AS d, floor(random() * 10)::int AS d2, floor(random() * 100)::int AS ext,
		(ARRAY['G46', 'I98', 'F00', 'F02', 'I43', 'I68', 'I79', 'M36', 'N08', 'K77', 'D63', 'G63'])[1 + floor(random() * 12)::int] AS star
		FROM generate_series(1, 20000)) r) c
WHERE code IS NOT NULL
UNION SELECT DISTINCT code FROM dx
UNION SELECT (left(prefix, 3) || coalesce('.' || nullif(substr(prefix, 4), ''), '') || tail)::icd10 FROM map, unnest(ARRAY['', '*', '+', '+I98.2*']) tail
UNION SELECT (left(prefix, 3) || '.' || substr(prefix, 4) || tail)::icd10 FROM map, unnest(ARRAY['00', '01x009', '03+G46.1*', 'A']) tail WHERE length(prefix) = 4
UNION SELECT ('Z03.900+' || left(prefix, 3) || coalesce('.' || nullif(substr(prefix, 4), ''), '') || '*')::icd10 FROM map;
SELECT cmp_ok(count(*), '>', 15000::bigint, 'codes are made') FROM made;
SELECT cmp_ok(count(*), '>', 2500::bigint, 'many of them pairs') FROM made WHERE code::text ~ '\+.';

CREATE TEMP TABLE part AS
SELECT code, replace(p, '.', '') AS p FROM made, regexp_split_to_table(code::text, '\+') p WHERE p <> '';
CREATE TEMP TABLE slow AS
SELECT code,
	coalesce(array_agg(DISTINCT category) FILTER (WHERE index = 'charlson'), '{}') AS ch,
	coalesce(array_agg(DISTINCT category) FILTER (WHERE index = 'elixhauser'), '{}') AS el
FROM part LEFT JOIN map ON left(p, 3) = left(prefix, 3) AND p LIKE prefix || '%'
GROUP BY code;
CREATE FUNCTION pg_temp.sorted(text[]) RETURNS text[] LANGUAGE sql AS 'SELECT coalesce(array_agg(x ORDER BY x), ''{}'') FROM unnest($1) x';
SELECT is_empty($$
	SELECT code, ch, charlson(code), el, elixhauser(code) FROM slow
	WHERE pg_temp.sorted(charlson_categories(charlson(code))) <> pg_temp.sorted(ch)
		OR pg_temp.sorted(elixhauser_categories(elixhauser(code))) <> pg_temp.sorted(el)
$$, 'every code has the categories that LIKE finds');
SELECT cmp_ok(count(*), '>', 2500::bigint, 'many of the codes count') FROM slow WHERE ch <> '{}';

-- The same per group, with bool_or and with sums over the weight tables.
CREATE TEMP TABLE person AS
SELECT code, floor(random() * 3000)::int AS patient FROM made;
CREATE TEMP TABLE found AS
SELECT patient, index, category FROM person JOIN part USING (code), map
WHERE left(p, 3) = left(prefix, 3)
GROUP BY patient, index, category HAVING bool_or(p LIKE prefix || '%');
ALTER TABLE found ADD PRIMARY KEY (patient, index, category);
ANALYZE found;
CREATE TEMP TABLE fast AS
SELECT patient, charlson_agg(code) AS ch, elixhauser_agg(code) AS el FROM person GROUP BY patient;
SELECT is_empty($$
	SELECT patient FROM fast f,
		LATERAL (SELECT coalesce(sum(charlson1987), 0) AS c87, coalesce(sum(quan2011), 0) AS q11 FROM found x JOIN charlson_weight w USING (category)
			WHERE x.index = 'charlson' AND x.patient = f.patient
			AND NOT EXISTS (SELECT FROM found g WHERE g.index = 'charlson' AND g.patient = f.patient AND g.category = w.excluded_by)) c,
		LATERAL (SELECT coalesce(sum(van_walraven), 0) AS vw, coalesce(sum(swiss), 0) AS sw,
				coalesce(sum(ahrq_mortality), 0) AS am, coalesce(sum(ahrq_readmission), 0) AS ar
			FROM found x JOIN elixhauser_weight w USING (category)
			WHERE x.index = 'elixhauser' AND x.patient = f.patient
			AND NOT EXISTS (SELECT FROM found g WHERE g.index = 'elixhauser' AND g.patient = f.patient AND g.category = w.excluded_by)) e
	WHERE (charlson_score(ch, 'charlson1987'), charlson_score(ch), elixhauser_score(el), elixhauser_score(el, 'swiss'),
			elixhauser_score(el, 'ahrq_mortality'), elixhauser_score(el, 'ahrq_readmission'))
		IS DISTINCT FROM (c87, q11, vw, sw, am, ar)
$$, 'scores are the sums over the weight tables');

-- The view tells what the functions do.
SELECT is_empty($$
	SELECT code FROM slow, LATERAL (SELECT
		coalesce(array_agg(category) FILTER (WHERE index = 'charlson'), '{}') AS map_ch,
		coalesce(array_agg(category) FILTER (WHERE index = 'elixhauser'), '{}') AS map_el
		FROM comorbidity_map WHERE code && codes) m
	WHERE pg_temp.sorted(map_ch) <> pg_temp.sorted(ch) OR pg_temp.sorted(map_el) <> pg_temp.sorted(el)
$$, 'comorbidity_map: the sets of codes are what counts');
SELECT set_eq($$
	SELECT index, category, label_en, label_zh, weights, excluded_by FROM comorbidity_map
$$, $$
	SELECT 'charlson', category, label_en, label_zh, jsonb_build_object('charlson1987', charlson1987, 'quan2011', quan2011), excluded_by
	FROM charlson_weight
	UNION ALL
	SELECT 'elixhauser', category, label_en, label_zh, jsonb_build_object('van_walraven', van_walraven, 'swiss', swiss,
		'ahrq_mortality', CASE WHEN ahrq_group <> '' THEN ahrq_mortality END,
		'ahrq_readmission', CASE WHEN ahrq_group <> '' THEN ahrq_readmission END), excluded_by
	FROM elixhauser_weight
$$, 'comorbidity_map: labels, weights and hierarchy are those of the tables');
SELECT is_empty($$
	SELECT category FROM comorbidity_map WHERE index = 'charlson'
		AND (weights ->> 'quan2011')::int IS DISTINCT FROM charlson_score(('{' || category || '}')::charlson)
	UNION ALL
	SELECT category FROM comorbidity_map, jsonb_each_text(weights) w WHERE index = 'elixhauser'
		AND coalesce(value::int, 0) IS DISTINCT FROM elixhauser_score(('{' || category || '}')::elixhauser, key)
$$, 'comorbidity_map: the score of one category is its weight');
SELECT is_empty($$SELECT FROM comorbidity_map WHERE source !~ 'doi:10\.'$$, 'comorbidity_map: every row names its source');

-- The weights and prefixes as they were collected, where they are at hand.
\getenv reference HB_REFERENCE
\if :{?reference}
CREATE TEMP TABLE charlson_points (seq int, category text, label_en text, label_zh text,
	charlson1987_deyo17 int, quan2011 int, uk_shmi_v1_35 int, excluded_if_present text);
CREATE TEMP TABLE elixhauser_points (seq int, category text, label_en text, label_zh text,
	van_walraven2009 int, swiss_sharma2021 int, ahrq_name_29 text, moore2017_mortality int, moore2017_readmission int, excluded_if_present text);
CREATE TEMP TABLE charlson_quan (category text, prefix text, prefix_dotted text);
CREATE TEMP TABLE elixhauser_quan (LIKE charlson_quan);
\copy charlson_points from program 'cat "$HB_REFERENCE/icd/charlson_weights.csv"' (format csv, header)
\copy elixhauser_points from program 'cat "$HB_REFERENCE/icd/elixhauser_weights.csv"' (format csv, header)
\copy charlson_quan from program 'cat "$HB_REFERENCE/icd/charlson_quan2005_icd10.csv"' (format csv, header)
\copy elixhauser_quan from program 'cat "$HB_REFERENCE/icd/elixhauser_quan2005_icd10.csv"' (format csv, header)
SELECT results_eq($$
	SELECT category, weights, excluded_by FROM comorbidity_map WHERE index = 'charlson'
$$, $$
	SELECT category, jsonb_build_object('charlson1987', charlson1987_deyo17, 'quan2011', quan2011), excluded_if_present
	FROM charlson_points ORDER BY seq
$$, 'comorbidity_map: points of Charlson are those of the reference');
SELECT results_eq($$
	SELECT category, weights, excluded_by FROM comorbidity_map WHERE index = 'elixhauser'
$$, $$
	SELECT category, jsonb_build_object('van_walraven', van_walraven2009, 'swiss', swiss_sharma2021,
		'ahrq_mortality', moore2017_mortality, 'ahrq_readmission', moore2017_readmission), excluded_if_present
	FROM elixhauser_points ORDER BY seq
$$, 'comorbidity_map: points of Elixhauser are those of the reference');
SELECT set_eq($$ SELECT index, category, codes FROM comorbidity_map $$, $$
	SELECT 'charlson', category, string_agg(prefix_dotted, ',')::icd10set FROM charlson_quan GROUP BY category
	UNION ALL
	SELECT 'elixhauser', category, string_agg(prefix_dotted, ',')::icd10set FROM elixhauser_quan GROUP BY category
$$, 'comorbidity_map: the sets of codes are the prefixes of the reference');
SELECT set_eq($$
	SELECT index, category, prefix FROM map
$$, $$
	SELECT 'charlson', category, prefix FROM charlson_quan UNION ALL SELECT 'elixhauser', category, prefix FROM elixhauser_quan
$$, 'the prefixes above are those of the reference');
\else
SELECT * FROM skip('HB_REFERENCE is not set', 4);
\endif

-- Age, hierarchy and groups.
SELECT is_empty($$
	SELECT age FROM generate_series(0, 150) age
	WHERE charlson_score('{chf}', age => age) IS DISTINCT FROM 2 + CASE WHEN age >= 80 THEN 4 WHEN age >= 70 THEN 3 WHEN age >= 60 THEN 2 WHEN age >= 50 THEN 1 ELSE 0 END
$$, 'Charlson 1994: a point for each decade from 50 on, at most four');
SELECT is(charlson_score('{chf}', age => NULL), 2, 'a NULL age adds nothing');
SELECT is(charlson_score('{mld,diab,diabwc,canc,msld,metacanc}', 'charlson1987'), 2 + 3 + 6, 'all hierarchies of Charlson');
SELECT is(charlson_score('{mld,diab,diabwc,canc,msld,metacanc}', 'charlson1987', hierarchy => false), 1 + 1 + 2 + 2 + 3 + 6, 'and none');
SELECT is(charlson_score(array_agg(category)::text::charlson), 24, 'gforge test-weights.R: all that is not excluded gives 24')
FROM charlson_weight;
SELECT is(elixhauser_score('{hypunc,hypc}', w), -1, w || ': hypertension is one group') FROM unnest('{ahrq_mortality,ahrq_readmission}'::text[]) w;
SELECT is(elixhauser_score('{hypunc,hypc}', w, false), -1, w || ': one group without hierarchy too') FROM unnest('{ahrq_mortality,ahrq_readmission}'::text[]) w;
SELECT is(elixhauser_score('{hypunc,hypc}', 'swiss', false), -7, 'swiss: two categories');
SELECT is(elixhauser_score('{carit}', w), 0, w || ': arrhythmia is no group') FROM unnest('{ahrq_mortality,ahrq_readmission}'::text[]) w;
SELECT is(elixhauser_score('{carit,chf}', 'ahrq_mortality'), 9, 'Moore 2017, mortality');
SELECT is(elixhauser_score('{carit,chf}', 'ahrq_readmission'), 13, 'Moore 2017, readmission');

-- Pairs: each category once.
SELECT is(charlson(icd10 'K74.600x002+I98.2*')::text, '{mld,msld}', 'both parts of a pair');
SELECT is(charlson(icd10 'G30.900+F00.9*')::text, '{dementia}', 'a category once');
SELECT is(charlson(icd10 'I98.2*')::text, '{msld}', 'an asterisk code by itself');
SELECT is(charlson(icd10 'I50.0+')::text, '{chf}', 'a dagger code by itself');
SELECT is(charlson(icd10 'C7A.1')::text, '{}', 'a category of ICD-10-CM alone');

-- Nothing, and NULL.
SELECT is(charlson_agg(c)::text, '{}', 'no rows') FROM (SELECT NULL::icd10 WHERE false) t(c);
SELECT is(charlson_agg(c)::text, '{}', 'only NULL codes') FROM (VALUES (NULL::icd10), (NULL)) t(c);
SELECT is(charlson_agg(c)::text, '{chf}', 'NULL among codes') FROM (VALUES (NULL::icd10), ('I50'), (NULL)) t(c);
SELECT is(charlson_score(charlson_agg(c) FILTER (WHERE c < 'A00')), 0, 'codes that are filtered out') FROM (VALUES ('I50'::icd10)) t(c);
SELECT is(elixhauser_agg(c)::text, '{chf,diabunc}', 'arrays with NULL elements, empty and NULL arrays')
FROM (VALUES ('{NULL,I50,NULL,E11.9,NULL}'::icd10[]), ('{}'), (NULL), ('{NULL}'), ('[3:4]={I50,X01}')) t(c);
SELECT is(charlson('{{I50,NULL},{E11.9,I21}}'::icd10[])::text, '{mi,chf,diab}', 'an array of two dimensions');
SELECT is(rollup(s)::text, '{}', 'no states') FROM (SELECT NULL::charlson) t(s);
SELECT is(rollup(s)::text, '{mi,chf}', 'NULL among states') FROM (VALUES ('{chf}'::charlson), (NULL), ('{mi}'), ('{}')) t(s);
SELECT is(charlson_score(NULL), NULL, 'score of a NULL state');
SELECT is(charlson_score('{chf}', NULL), NULL, 'NULL weights');
SELECT is(charlson_score('{chf}', hierarchy => NULL), NULL, 'NULL hierarchy');
SELECT is(elixhauser_score(NULL), NULL, 'score of a NULL state of Elixhauser');
SELECT is(charlson_categories('{}'), '{}'::text[], 'no categories');

-- Roll-up of months, of shards and of anything equals direct aggregation.
SELECT is_empty($$
	WITH monthly AS (SELECT patient, hashtext(code::text) & 7 AS month, charlson_agg(code) AS ch, elixhauser_agg(code) AS el FROM person GROUP BY 1, 2)
	SELECT patient FROM (SELECT patient, rollup(ch) AS ch, rollup(el) AS el FROM monthly GROUP BY patient) m JOIN fast USING (patient)
	WHERE m.ch IS DISTINCT FROM fast.ch OR m.el IS DISTINCT FROM fast.el
$$, 'months roll up');
SELECT is_empty($$
	WITH shard AS (SELECT patient, charlson_agg(code)::text AS ch, elixhauser_agg(code)::text AS el FROM person GROUP BY patient, hashtext(code::text) & 3)
	SELECT patient FROM (SELECT patient, rollup(ch::charlson) AS ch, rollup(el::elixhauser) AS el FROM shard GROUP BY patient) m JOIN fast USING (patient)
	WHERE m.ch IS DISTINCT FROM fast.ch OR m.el IS DISTINCT FROM fast.el
$$, 'states of shards roll up after a trip through text');

-- Text: canonical, lossless, an array of the names.
SELECT is_empty($$SELECT ch FROM fast WHERE ch::text::charlson IS DISTINCT FROM ch OR ch::text::text[] IS DISTINCT FROM charlson_categories(ch)$$, 'charlson: text round trip');
SELECT is_empty($$SELECT el FROM fast WHERE el::text::elixhauser IS DISTINCT FROM el OR el::text::text[] IS DISTINCT FROM elixhauser_categories(el)$$, 'elixhauser: text round trip');
SELECT is(charlson(' { chf,mi , chf} ')::text, '{mi,chf}', 'order, blanks and repetition do not matter');
SELECT throws_ok(format('SELECT %L::charlson', t), '22P02', NULL, format('no state: %L', t))
FROM unnest(ARRAY['', ' ', '{', '}', 'chf', '{chf', '{chf,}', '{,chf}', '{chf}}', '{CHF}', '{chf,hypc}', '{chf mi}', '{chf;mi}', '{"chf"}', 'E11.9', '{NULL}']) t;
SELECT throws_ok(format('SELECT %L::elixhauser', t), '22P02', NULL, format('no state of Elixhauser: %L', t))
FROM unnest(ARRAY['', '{msld}', '{chf,,ld}']) t;

-- Parameters.
SELECT throws_ok($$SELECT charlson_score('{}', 'swiss')$$, '22023', 'the index charlson has no weights "swiss"', 'unknown weights');
SELECT throws_ok($$SELECT elixhauser_score('{}', 'quan2011')$$, '22023', 'the index elixhauser has no weights "quan2011"', 'unknown weights of Elixhauser');
SELECT throws_ok($$SELECT charlson_score('{}', age => -1)$$, '22023', 'age must be between 0 and 150 years', 'a negative age');
SELECT throws_ok($$SELECT charlson_score('{}', age => 151)$$, '22023', 'age must be between 0 and 150 years', 'an age too great');

-- Ordering, grouping and joins follow equality of the sets.
SELECT is(count(DISTINCT ch), count(DISTINCT ch::text), 'DISTINCT') FROM fast;
SELECT is((SELECT count(*) FROM (SELECT FROM fast GROUP BY el) x), (SELECT count(*) FROM (SELECT FROM fast GROUP BY el::text) x), 'GROUP BY');
SELECT is(('{mi}'::charlson | '{chf}')::text, '{mi,chf}', 'union by operator');

SELECT * FROM finish();
ROLLBACK;
