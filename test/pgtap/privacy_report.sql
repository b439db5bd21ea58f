-- privacy_report and its kin: names, rights, ways to count NULL, parallel plans, states, errors.
SELECT no_plan();
CREATE FUNCTION measure(rel regclass, qi name[], which text, nulls text DEFAULT 'value', sens name[] DEFAULT '{}', pop regclass DEFAULT NULL) RETURNS float8 LANGUAGE sql AS
	$$SELECT value FROM privacy_report(rel, qi, sens, nulls, population => pop) r WHERE r.measure = which AND (attribute IS NULL OR attribute = ANY (sens))$$;

-- ----- names -----
CREATE SCHEMA "sch""ema; drop";
CREATE TABLE "sch""ema; drop"."we""ird; drop" ("q1" int, "s" int, "n" int, "w" int, "t" int, "here" int, "col""umn; --" int, "select" text, "Grüße 'x'" text);
INSERT INTO "sch""ema; drop"."we""ird; drop" SELECT i % 2, i % 3, i % 4, i % 5, i % 6, i % 7, i % 2, i % 3, i % 4 FROM generate_series(1, 420) i;
CREATE TABLE canary (a int);
SELECT is(measure('"sch""ema; drop"."we""ird; drop"', ARRAY[c], 'k'), 420 / d::float8, format('a column called %s', c))
FROM (VALUES ('q1'::name, 2), ('s', 3), ('n', 4), ('w', 5), ('t', 6), ('here', 7), ('col"umn; --', 2), ('select', 3), ('Grüße ''x''', 4)) v (c, d);
SELECT is(measure('"sch""ema; drop"."we""ird; drop"', '{s,q1}', 'classes'), 6::float8, 'columns in another order than the aliases');
SELECT is(measure('"sch""ema; drop"."we""ird; drop"', '{s,q1}', 'l_distinct', sens => '{here}'), 7::float8, 'a sensitive column beside them');
SELECT is(measure('"sch""ema; drop"."we""ird; drop"', '{s,q1}', 'l_distinct', sens => '{"col\"umn; --"}'), 1::float8, 'a sensitive column that is quoted');
SELECT is(measure('"sch""ema; drop"."we""ird; drop"', '{"col\"umn; --"}', 'journalist_max', pop => '"sch""ema; drop"."we""ird; drop"'), 1 / 210.0::float8, 'as its own population');
SELECT is(measure('"sch""ema; drop"."we""ird; drop"', '{"col\"umn; --",here}', 'k', 'wildcard'), 30::float8, 'with wildcards');
SELECT is(count(*), 9::bigint, 'suggested') FROM privacy_suggest('"sch""ema; drop"."we""ird; drop"');
SELECT is(count(*), 0::bigint, 'composed with itself') FROM privacy_compose('"sch""ema; drop"."we""ird; drop"', '"sch""ema; drop"."we""ird; drop"', '{"col\"umn; --",q1,"select"}');
CREATE TABLE dropped (a int, b int, c int);
INSERT INTO dropped VALUES (1, 2, 3);
ALTER TABLE dropped DROP COLUMN b;
SELECT is(measure('dropped', '{a,c}', 'k'), 1::float8, 'beside a dropped column');
SELECT throws_ok(format('SELECT * FROM %s', call), '42703', NULL, format('no way out of %s', call))
FROM unnest('{"a; DROP TABLE canary","a\"; DROP TABLE canary; --","1","a) FROM canary; --","ctid","........pg.dropped.2........","*","count(*)"}'::name[]) bad, LATERAL (VALUES
	(format('privacy_report(%L, ARRAY[%L]::name[])', 'canary', bad)), (format('privacy_report(%L, %L, ARRAY[%L]::name[])', 'canary', '{a}', bad)),
	(format('privacy_report(%L, %L, weight => %L)', 'canary', '{a}', bad)), (format('privacy_compose(%L, %L, ARRAY[%L]::name[])', 'canary', 'canary', bad)),
	(format('privacy_report(%L, %L, %L, %L)', 'dropped', ARRAY[bad], '{}', 'wildcard'))) v (call);
SELECT throws_ok(format('SELECT * FROM privacy_report(%L, %L)', 'canary; DROP TABLE canary', '{a}'), '42602', NULL, 'a relation is a name');
SELECT throws_ok(format('SELECT * FROM privacy_suggest(%L)', 'canary; DROP TABLE canary'), '42602', NULL, 'a relation to suggest for as well');
SELECT throws_ok(format('SELECT * FROM privacy_report(%L, %L, nulls => %L)', 'canary', '{a}', bad), '22023', NULL, 'nulls ' || bad) FROM unnest('{"","x'' OR true; --",VALUE}'::text[]) bad;
SELECT throws_ok(format('SELECT * FROM privacy_report(%L, %L, mode => %L)', 'dropped', '{a}', bad), '22023', NULL, 'mode ' || bad) FROM unnest('{"","x''; DROP TABLE canary; --"}'::text[]) bad;
SELECT has_table('canary');

-- ----- rights -----
CREATE ROLE privacy_reader;
CREATE TABLE ward (a int, b int, secret text, w int DEFAULT 1);
INSERT INTO ward SELECT i % 3, i % 2, 'x' || i FROM generate_series(1, 60) i;
CREATE VIEW ward_view AS SELECT a, b FROM ward;
CREATE FUNCTION as_reader(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	SET LOCAL ROLE privacy_reader;
	BEGIN
		EXECUTE query INTO result;
	EXCEPTION WHEN OTHERS THEN
		result := SQLSTATE;
	END;
	RESET ROLE;
	RETURN result;
END
$$;
GRANT USAGE ON SCHEMA public, hbhealth TO privacy_reader;
GRANT EXECUTE ON FUNCTION measure TO privacy_reader;
CREATE TABLE attempt (call text);
INSERT INTO attempt VALUES ('SELECT measure(''ward'', ''{a}'', ''k'')'), ('SELECT measure(''ward'', ''{a}'', ''k'', ''omit'', ''{b}'')'), ('SELECT measure(''ward'', ''{a}'', ''k'', ''wildcard'')'),
	('SELECT count(*) FROM privacy_compose(''ward'', ''ward'', ''{a}'')'), ('SELECT count(*) FROM privacy_suggest(''ward'')'), ('SELECT measure(''canary'', ''{a}'', ''k'', pop => ''ward'')');
SELECT is(as_reader(call), '42501', 'without rights: ' || call) FROM attempt;
GRANT SELECT (a, b) ON ward TO privacy_reader;
SELECT is(as_reader('SELECT measure(''ward'', ''{a}'', ''k'')'), '20', 'columns one may read');
SELECT is(as_reader('SELECT measure(''ward'', ''{a}'', ''l_distinct'', sens => ''{b}'')'), '2', 'columns one may read, a sensitive one');
SELECT is(as_reader(call), '42501', 'columns one may not read: ' || call) FROM unnest(array['SELECT measure(''ward'', ''{a,secret}'', ''k'')', 'SELECT measure(''ward'', ''{a}'', ''k'', sens => ''{secret}'')',
	'SELECT measure(''ward'', ''{secret}'', ''k'', ''wildcard'')', 'SELECT count(*) FROM privacy_suggest(''ward'')', 'SELECT count(*) FROM privacy_compose(''ward'', ''ward'', ''{secret}'')']) call;
SELECT is(as_reader('SELECT count(*) FROM privacy_report(''ward'', ''{a}'', weight => ''w'')'), '42501', 'nor as a weight');
CREATE TABLE secret_tree (v text, root text);
SELECT is(as_reader('SELECT count(*) FROM privacy_report(''ward'', ''{a}'', ''{b}'', hierarchies => ''{secret_tree}'')'), '42501', 'nor as a hierarchy');
GRANT SELECT ON ward TO privacy_reader;
ALTER TABLE ward ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_ward ON ward TO privacy_reader USING (a = 1);
SELECT is(as_reader('SELECT measure(''ward'', ''{a}'', ''records'')'), '20', 'rows one may see');
SELECT is(as_reader('SELECT measure(''ward'', ''{a}'', ''records'', sens => ''{b}'')'), '20', 'rows one may see, with a sensitive column');
SELECT is(as_reader('SELECT size_a FROM privacy_compose(''ward'', ''ward_copy'', ''{a}'')'), '42P01', 'no such table');
SELECT is(measure('ward', '{a}', 'records'), 60::float8, 'the owner sees all');
GRANT SELECT ON ward_view TO privacy_reader;
SELECT is(as_reader('SELECT measure(''ward_view'', ''{a}'', ''records'')'), '60', 'a view has the rights of its owner');

-- ----- NULL -----
CREATE TABLE holes AS SELECT NULLIF((random() * 3)::int, 3) AS a, NULLIF((random() * 3)::int, 3) AS b, NULLIF(substr('abcd', (random() * 3)::int + 1, 1), 'd') AS c, (random() * 2)::int AS s FROM (SELECT setseed(0.5)) x, generate_series(1, 400);
INSERT INTO holes SELECT NULL, NULL, NULL, 1 FROM generate_series(1, 3);
CREATE FUNCTION matching(nulls text) RETURNS TABLE (f bigint) LANGUAGE sql AS $$
	SELECT (SELECT count(*) FROM holes y WHERE CASE nulls
			WHEN 'wildcard' THEN (x.a = y.a OR x.a IS NULL OR y.a IS NULL) AND (x.b = y.b OR x.b IS NULL OR y.b IS NULL) AND (x.c = y.c OR x.c IS NULL OR y.c IS NULL)
			ELSE (x.a, x.b, x.c) IS NOT DISTINCT FROM (y.a, y.b, y.c) END)
	FROM holes x WHERE CASE nulls WHEN 'omit' THEN x.a IS NOT NULL AND x.b IS NOT NULL AND x.c IS NOT NULL WHEN 'suppressed' THEN coalesce(x.a::text, x.b::text, x.c) IS NOT NULL ELSE true END
$$;
SELECT ok(abs(m.value - e.value) < 1e-12, format('NULL as %s: %s', n, m.measure)) FROM unnest('{value,wildcard,omit,suppressed}'::text[]) n,
	LATERAL (SELECT * FROM privacy_report('holes', '{a,b,c}', nulls => n)) m,
	LATERAL (SELECT measure, value FROM (SELECT count(*)::float8 AS records, min(f) AS k, max(f) AS largest_class, (count(*) FILTER (WHERE f = 1))::float8 AS uniques, avg(1.0 / f) AS prosecutor_avg, avg((1.0 / f > 0.2)::int) AS at_risk FROM matching(n)) s,
		jsonb_each(to_jsonb(s)) j (measure, v), LATERAL (SELECT v::text::float8 AS value) x) e WHERE e.measure = m.measure;
SELECT is(measure('holes', '{a,b,c}', 'omitted', n), (SELECT count(*) FROM holes)::float8 - (SELECT count(*) FROM matching(n)), 'omitted, ' || n) FROM unnest('{omit,suppressed}'::text[]) n;
SELECT is(measure('holes', '{a,b,c}', 'omitted', n, '{s}'), measure('holes', '{a,b,c}', 'omitted', n), 'omitted beside a sensitive column, ' || n) FROM unnest('{omit,suppressed}'::text[]) n;
SELECT results_eq(format('SELECT measure, value FROM privacy_report(%L, %L, %L, %L) WHERE attribute IS NULL', 'holes', '{a,b,c}', '{s}', n), format('SELECT measure, value FROM privacy_report(%L, %L, nulls => %L)', 'holes', '{a,b,c}', n), 'classes by way of a sensitive column, ' || n)
FROM unnest('{value,omit,suppressed}'::text[]) n;
SELECT is(measure('holes', '{a}', 'l_distinct', sens => '{c}'), (SELECT min(n) FROM (SELECT count(DISTINCT coalesce(c, 'null')) AS n FROM holes GROUP BY a) x)::float8, 'a NULL sensitive value is a value');

-- ----- populations -----
CREATE TABLE register AS SELECT i % 5 AS a, i % 7 AS b FROM generate_series(1, 3000) i;
CREATE TABLE sample AS SELECT * FROM register WHERE (a + b) % 3 = 0 LIMIT 200;
SELECT ok(abs(r.value - e.value) < 1e-15, 'population of a table: ' || r.measure) FROM privacy_report('sample', '{a,b}', population => 'register') r JOIN (
	SELECT m.* FROM (SELECT max(1.0 / p) AS x, sum(f::numeric / p) / sum(f) AS y, sum(f * privacy_individual_risk(f, p::float8)) / sum(f)::float8 AS z FROM (SELECT a, b, count(*) AS f FROM sample GROUP BY 1, 2) s JOIN (SELECT a, b, count(*) AS p FROM register GROUP BY 1, 2) q USING (a, b)) s,
	LATERAL (VALUES ('journalist_max', x::float8), ('journalist_avg', y::float8), ('marketer', y::float8), ('individual_avg', z)) m (measure, value)) e USING (measure);
SELECT throws_ok($$SELECT * FROM privacy_report('register', '{a}', population => 'sample')$$, '22003', NULL, 'a population smaller than the table');

-- ----- composition -----
CREATE TABLE release_a AS SELECT deid_age_band(i % 80, 10) AS age, i % 2 AS sex FROM generate_series(0, 799) i;
CREATE TABLE release_b AS SELECT int4range((i % 80 + 5) / 10 * 10 - 5, (i % 80 + 5) / 10 * 10 + 5) AS age, i % 2 AS sex FROM generate_series(0, 399) i;
SELECT results_eq($$SELECT class ->> 'age', (class ->> 'sex')::int, size_a, size_b, size_joined FROM privacy_compose('release_a', 'release_b', '{age,sex}')$$,
	$$WITH a AS (SELECT age, sex, count(*) AS n FROM release_a GROUP BY 1, 2), b AS (SELECT age, sex, count(*) AS n FROM release_b GROUP BY 1, 2)
		SELECT (a.age * b.age)::text, a.sex, a.n, b.n, least(a.n, b.n) FROM a JOIN b ON a.age && b.age AND a.sex = b.sex ORDER BY 5, jsonb_build_object('age', a.age * b.age, 'sex', a.sex)$$, 'bands that overlap');
CREATE TABLE code_a (c text);
CREATE TABLE code_b (c varchar);
INSERT INTO code_a SELECT unnest('{x,x,x,x,y,y,z,NULL,NULL}'::text[]);
INSERT INTO code_b SELECT unnest('{x,y,y,NULL,q}'::text[]);
SELECT results_eq($$SELECT class ->> 'c', size_a, size_b, size_joined FROM privacy_compose('code_a', 'code_b', '{c}')$$, $$VALUES (NULL, 2::bigint, 1::bigint, 1::bigint), ('x', 4, 1, 1)$$, 'values that are equal, NULL with NULL');
SELECT results_eq($$SELECT class ->> 'c' FROM privacy_compose('code_a', 'code_b', '{c}', 3)$$, $$VALUES ('x'::text)$$, 'those that fall below a size');

-- ----- suggestions -----
CREATE TABLE patient (xm text, "身份证号" text, col3 text, csrq date, xb text, "入院日期" timestamp, dx icd10, remark text, serial bigint, level int, division text, fee numeric);
INSERT INTO patient SELECT (array['王','李','张'])[1 + i % 3] || '明', format('%s%s', b, substr('10X98765432', 1 + (SELECT sum(substr(b, k, 1)::int * (2 ^ (18 - k))::int % 11) % 11 FROM generate_series(1, 17) k)::int, 1)),
	'138' || lpad(i::text, 8, '0'), date '1960-01-01' + i, (array['男','女'])[1 + i % 2], now(), 'I10', repeat('病', 150), i, i % 3, '420106', i
FROM generate_series(100, 199) i, LATERAL (SELECT '42010619900307' || i AS b) x;
SELECT results_eq($$SELECT column_name, kind, what, evidence FROM privacy_suggest('patient')$$, $$VALUES
	('xm'::name, 'direct', 'name', 'values, name'), ('身份证号', 'direct', 'idno', 'values, name'), ('col3', 'direct', 'mobile', 'values'), ('csrq', 'quasi', 'birth', 'values, name'), ('xb', 'quasi', 'sex', 'values, name'),
	('入院日期', 'quasi', 'event date', 'name'), ('dx', 'sensitive', 'diagnosis', 'values, name'), ('remark', 'direct', 'note', 'values, name'), ('serial', 'direct', 'identifier', 'uniqueness'), ('level', 'other', NULL, NULL), ('division', 'quasi', 'region', 'values, name'), ('fee', 'sensitive', 'cost', 'name')$$, 'suggestions');
SELECT throws_ok($$SELECT * FROM privacy_suggest('patient', 0)$$, '22023', NULL, 'no sample');

-- ----- columns of odd types, odd arrays of names -----
CREATE TYPE odd_row AS (x int, y text);
CREATE COLLATION odd_letters (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE odd (word text COLLATE odd_letters, row odd_row, gone int);
ALTER TABLE odd DROP COLUMN gone;
INSERT INTO odd VALUES ('a', (1, NULL)), ('A', (2, NULL)), ('b', (1, NULL)), ('B', NULL);
SELECT is(measure('odd', '{word}', 'k'), 2::float8, 'classes by a collation that takes letters of both cases for one');
SELECT is(measure('odd', '{word}', 'l_distinct', sens => '{row}'), 2::float8, 'rows as sensitive values');
SELECT results_eq($$SELECT measure, attribute, value FROM privacy_report('odd', '[5:5]={row}', '[0:0]={word}')$$, $$SELECT measure, attribute, value FROM privacy_report('odd', '{row}', '{word}')$$, 'arrays that do not begin at 1');
SELECT is(count(*), 2::bigint, 'suggestions for them') FROM privacy_suggest('odd');

-- ----- tables without rows, NULL arguments, bad arguments -----
CREATE TABLE nothing (a int, b int);
SELECT results_eq($$SELECT measure, value FROM privacy_report('nothing', '{a}')$$, $$VALUES ('records', 0::float8)$$, 'no row');
SELECT results_eq($$SELECT measure, value FROM privacy_report('nothing', '{a}', '{b}')$$, $$VALUES ('records', 0::float8)$$, 'no row, a sensitive column');
SELECT results_eq($$SELECT measure, value FROM privacy_report('nothing', '{a}', nulls => 'wildcard')$$, $$VALUES ('records', 0::float8)$$, 'no row, wildcards');
SELECT results_eq($$SELECT measure, value FROM privacy_report('nothing', '{}')$$, $$VALUES ('records', 0::float8)$$, 'no row, no quasi-identifier');
SELECT is(measure('register', '{}', 'gbt42460_level'), 4::float8, 'without quasi-identifiers');
SELECT is(measure('register', '{}', 'k'), 3000::float8, 'without quasi-identifiers there is one class');
SELECT is(count(*), 0::bigint, 'NULL gives no row') FROM (SELECT 1 FROM privacy_report(NULL, '{a}') UNION ALL SELECT 1 FROM privacy_report('register', NULL)
	UNION ALL SELECT 1 FROM privacy_report('register', '{a}', '{b}', threshold => NULL) UNION ALL SELECT 1 FROM privacy_report('register', '{a}', '{b}', mode => NULL)
	UNION ALL SELECT 1 FROM privacy_report('register', '{a}', '{b}', context => NULL) UNION ALL SELECT 1 FROM privacy_compose(NULL, 'register', '{a}')
	UNION ALL SELECT 1 FROM privacy_compose('register', NULL, '{a}') UNION ALL SELECT 1 FROM privacy_compose('register', 'register', NULL) UNION ALL SELECT 1 FROM privacy_suggest(NULL)) x;
SELECT throws_ok('SELECT * FROM ' || call, '22023', NULL, call) FROM unnest(array['privacy_report(''register'', ''{a,a}'')', 'privacy_report(''register'', ''{a,NULL}'')', 'privacy_report(''register'', ''{a}'', ''{a}'')',
	'privacy_report(''register'', ''{a}'', threshold => 1.5)', 'privacy_report(''register'', ''{a}'', threshold => ''NaN'')', 'privacy_report(''register'', ''{a}'', context => -1)',
	'privacy_report(''register'', ''{a}'', ''{b}'', ''wildcard'')', 'privacy_report(''register'', ''{a}'', population => ''register'', weight => ''b'')', 'privacy_compose(''register'', ''register'', ''{}'')',
	'privacy_report(''register'', ''{a}'', ''{b}'', hierarchies => ''{canary}'')', 'privacy_report(''register'', ''{a}'', hierarchies => ''{register}'')', 'privacy_report(''odd'', ''{row}'', weight => ''word'')', 'privacy_gbt42460_context(''none'', ''low'', 0.1)', 'privacy_gbt42460_context(''low'', ''low'', 1.1)', 'privacy_gbt42460_context(''low'', ''low'', 0.1, -1)']) call;
SELECT throws_ok($$SELECT * FROM privacy_report('register', '{a}', nulls => NULL)$$, '22023', NULL, 'no way to count NULL');
CREATE TABLE bad_tree (v text, g text, root text);
INSERT INTO bad_tree SELECT i::text, 'g', 'r' FROM generate_series(0, 5) i;
SELECT throws_ok($$SELECT * FROM privacy_report('register', '{a}', '{b}', hierarchies => '{bad_tree}')$$, '22023', 'invalid hierarchy of values', 'a value that is missing');
INSERT INTO bad_tree VALUES ('6', 'h', 'other');
SELECT throws_ok($$SELECT * FROM privacy_report('register', '{a}', '{b}', hierarchies => '{bad_tree}')$$, '22023', 'invalid hierarchy of values', 'several roots');
UPDATE bad_tree SET root = 'r';
SELECT is(measure('register', '{a}', 'l_distinct', sens => '{b}'), 7::float8, 'now it is whole');
SELECT lives_ok($$SELECT * FROM privacy_report('register', '{a}', '{b}', hierarchies => '{bad_tree}')$$, 'and is taken');
INSERT INTO bad_tree VALUES ('6', 'g', 'r');
SELECT throws_ok($$SELECT * FROM privacy_report('register', '{a}', '{b}', hierarchies => '{bad_tree}')$$, '22023', 'invalid hierarchy of values', 'a value twice');
SELECT throws_ok($$SELECT privacy_t_hierarchical(d, d, h) FROM (SELECT privacy_values_agg(1, 1) AS d) x, unnest(array['{}', '{1,2}', '{{1}}', '{{1,NULL}}']::text[]) y (t), LATERAL (SELECT t::bigint[] AS h) z$$, '22023', NULL, 'no rows of a hierarchy');

-- ----- context of GB/T 42460 -----
SELECT is(r::text, e, format('%s control, %s ability', c, a)) FROM (VALUES ('high', 'low', '(0.05,0,0.14,0.14)'), ('high', 'mid', '(0.1,0,0.14,0.14)'), ('high', 'high', '(0.2,0,0.14,0.2)'), ('mid', 'low', '(0.2,0,0.27,0.27)'), ('mid', 'mid', '(0.3,0,0.27,0.3)'), ('mid', 'high', '(0.4,0,0.27,0.4)'),
	('low', 'low', '(0.4,0,0.55,0.55)'), ('low', 'mid', '(0.5,0,0.55,0.55)'), ('low', 'high', '(0.6,0,0.55,0.6)')) v (c, a, e), privacy_gbt42460_context(c, a, 0) r;
SELECT ok(abs(r.acquaintance - (1 - (1 - p) ^ m)) < 1e-15, format('%s acquaintances, prevalence %s', m, p)) FROM (VALUES (150, 0.001::float8), (150, 0.1), (1, 0.5), (0, 0.5), (0, 1), (150, 1)) v (m, p), privacy_gbt42460_context('high', 'low', p, m) r;
SELECT is((privacy_gbt42460(privacy_sizes_agg(100::bigint), 'enclave', direct => true)).level, 1, 'direct identifiers');

-- ----- states -----
CREATE TABLE state AS SELECT g, privacy_sizes_agg(n, p, NULL) AS z, privacy_values_agg(n, n) AS v FROM (SELECT i % 4 AS g, 1 + i * i % 37::bigint AS n, (50 + i)::float8 AS p FROM generate_series(1, 500) i) x GROUP BY g;
SELECT is(z::text::privacy_sizes::text, z::text, 'sizes as text') FROM state;
SELECT is(v::text::privacy_values::text, v::text, 'values as text') FROM state;
CREATE TABLE state_back (LIKE state);
\copy state to program 'cat > state.bin' (format binary)
\copy state_back from 'state.bin' (format binary)
SELECT is(count(*), 4::bigint, 'states as bytes') FROM state s JOIN state_back b USING (g) WHERE s.z::text = b.z::text AND s.v::text = b.v::text;
SELECT is(rollup(z)::text, (SELECT privacy_sizes_agg(1 + i * i % 37::bigint, (50 + i)::float8, NULL)::text FROM generate_series(1, 500) i), 'sizes of groups roll up to those of all') FROM state;
SELECT is(rollup(v)::text, (SELECT privacy_values_agg(1 + i * i % 37::bigint, 1 + i * i % 37::bigint)::text FROM generate_series(1, 500) i), 'values as well') FROM state;
SELECT is(rollup(z ORDER BY g)::text, rollup(z ORDER BY g DESC)::text, 'in any order') FROM state;
SELECT throws_ok(format('SELECT %L::privacy_sizes', bad), '22P02', NULL, 'sizes ' || bad) FROM unnest('{"",1:,"1:0,0,0,0,0,0|0,1,1","1:0,0,0,0,0,0|2,1,2;1,1,1","1:0,0,0,0,0,0|1,0,1","1:-1,0,0,0,0,0|","1:0,0,0,0,0,NaN|","1:0,0,0,0,0,Infinity|","2:0,0,0,0,0,0|","1:0,0,0,0,0,0|1,1","1:0,0,0,0,0|"}'::text[]) bad;
SELECT throws_ok(format('SELECT %L::privacy_values', bad), '22P02', NULL, 'values ' || bad) FROM unnest('{"",1:,"1:1|1,0","1:2|2,1;1,1","1:2|1,1;1,1","1:2|1,9223372036854775807;2,1","1:1|1","1:0|1,1","1:1|","1:-1|"}'::text[]) bad;
SELECT is(privacy_k('1:0,0,0,0,0,0|'), NULL, 'no class');
SELECT is(privacy_l('1:0|'), NULL, 'no value');
SELECT is(privacy_l(NULL), NULL, 'NULL');
SELECT ok(privacy_sizes_agg(n) IS NULL, 'no class') FROM (SELECT NULL::bigint AS n) x;
SELECT throws_ok('SELECT ' || call, '22003', NULL, call) FROM unnest(array['privacy_sizes_agg(0::bigint)', 'privacy_sizes_agg(2, 1, NULL)', 'privacy_sizes_agg(2, ''NaN'', NULL)', 'privacy_sizes_agg(2, ''Infinity'', NULL)', 'privacy_sizes_agg(2, 5, 3)', 'privacy_sizes_agg(2, 5, 0)',
	'privacy_values_agg(1, 0)', 'privacy_individual_risk(0, 1)', 'privacy_individual_risk(2, 1)', 'privacy_risk(rollup(s)) FROM (VALUES (''1:0,0,0,0,0,0|1,1,9223372036854775807''::privacy_sizes), (''1:0,0,0,0,0,0|2,1,1'')) v (s)']) call;
SELECT throws_ok($$SELECT privacy_t(privacy_values_agg(1, 2), privacy_values_agg(1, 1))$$, '22023', NULL, 'a class with more than the whole');
SELECT throws_ok($$SELECT privacy_recursive_c(privacy_values_agg(1, 2), 1)$$, '22023', NULL, 'l of 1');
SELECT is(privacy_individual_risk(f, p), e, format('%s of %s', f, p)) FROM (VALUES (1::bigint, 1::float8, 1::float8), (2, 2, 0.5), (5, 5, 0.2)) v (f, p, e);
SELECT ok(abs(privacy_individual_risk(2, 2 * (1 + x)) - (1 / x::numeric - ln(1 + x::numeric) / x::numeric ^ 2)::float8) < 1e-9, 'two of slightly more, ' || x) FROM unnest('{1e-3,1.1e-4,1e-4,0.9e-4,1e-5}'::float8[]) x;

-- ----- parallel -----
CREATE TABLE many AS SELECT i % 97 AS a, i % 89 AS b, i % 7 AS s FROM generate_series(1, 60000) i;
ANALYZE many;
CREATE TABLE serial_report AS SELECT * FROM privacy_report('many', '{a,b}', '{s}') UNION ALL SELECT * FROM privacy_report('many', '{a,b}');
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT results_eq($$SELECT * FROM privacy_report('many', '{a,b}', '{s}') UNION ALL SELECT * FROM privacy_report('many', '{a,b}')$$, 'SELECT * FROM serial_report', 'parallel as serial');
-- The statement that the report runs has workers, and so has an aggregate over many classes.
CREATE FUNCTION workers(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	line text;
	seen boolean := false;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ' || query LOOP
		seen := seen OR line ~ 'Workers Launched: [1-9]';
	END LOOP;
	RETURN seen;
END
$$;
SELECT ok(workers('SELECT privacy_sizes_agg(n) FROM (' || privacy_classes_query('many', '{a,b}', NULL, NULL) || ') c'), 'the classes are made by workers');
SELECT ok(workers(privacy_attribute_query('many', '{a,b}', 's', 'value', NULL, NULL)), 'also those of a sensitive column');
CREATE TABLE class AS SELECT 1 + i % 50 AS n, i % 10 AS v FROM generate_series(1, 20000) i;
ANALYZE class;
SELECT isnt(set_config(name, 'on', false), NULL, name) FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SELECT is(privacy_sizes_agg(n::bigint, (n * 7)::float8, NULL)::text, (SELECT rollup(z)::text FROM (SELECT privacy_sizes_agg(n::bigint, (n * 7)::float8, NULL) AS z FROM class GROUP BY v) x), 'sizes by workers') FROM class;
SELECT is(privacy_values_agg(v, n)::text, (SELECT rollup(z)::text FROM (SELECT privacy_values_agg(v, n) AS z FROM class GROUP BY n % 3) x), 'values by workers') FROM class;
SELECT results_eq($$SELECT * FROM privacy_report('many', '{a,b}', '{s}') UNION ALL SELECT * FROM privacy_report('many', '{a,b}')$$, 'SELECT * FROM serial_report', 'as a worker would');
PREPARE report(regclass, name[]) AS SELECT count(*) FROM privacy_report($1, $2);
SELECT results_eq($$EXECUTE report('many', '{a}')$$, $$VALUES (18::bigint)$$, 'prepared');
SELECT results_eq($$EXECUTE report('register', '{a,b}')$$, $$VALUES (18::bigint)$$, 'prepared, another table');
DROP OWNED BY privacy_reader;
DROP ROLE privacy_reader;
SELECT * FROM finish();
