-- Digits of amounts: counts, statistics, every way to write a number.
\set QUIET 1
BEGIN;
SELECT * FROM no_plan();
\ir claims_statistics.inc

-- The digits of a number as core prints it, filled up with zeros.
CREATE FUNCTION pg_temp.printed(text, places int) RETURNS int LANGUAGE sql AS $$
	SELECT rpad(left(ltrim(replace(split_part(ltrim($1, '-'), 'e', 1), '.', ''), '0'), places), places, '0')::int
$$;
SELECT is(ARRAY[benford_digits(0.29, 2), benford_digits(1.15, 3), benford_digits(7, 2), benford_digits(7.00, 1), benford_digits(-0.003::float8, 3), benford_digits(12345678901234567890, 9)],
	ARRAY[29, 115, 70, 7, 300, 123456789], 'benford_digits');
SELECT is(count(*) FILTER (WHERE benford_digits(x, 3) <> pg_temp.printed(x::text, 3) OR benford_digits(x::float8, 3) <> pg_temp.printed(x::text, 3)), 0::bigint,
	'benford_digits: all amounts from 0.01 to 999.99, where logarithms go wrong 66 times') FROM (SELECT (i / 100.0)::numeric(8, 2) AS x FROM generate_series(1, 99999) i) s;
SELECT setseed(0.5) \g /dev/null
CREATE TEMP TABLE odd AS
SELECT ((random() - 0.3) * 10 ^ (random() * 60 - 30))::numeric AS x FROM generate_series(1, 20000)
UNION ALL SELECT (random()::numeric ^ 3) * 10::numeric ^ (random() * 80 - 40)::int FROM generate_series(1, 5000)
UNION ALL SELECT 10::numeric ^ i FROM generate_series(-40, 40) i UNION ALL SELECT 99999 * 10::numeric ^ i FROM generate_series(-40, 40) i
UNION ALL SELECT x::numeric FROM unnest('{9999,10000,99990000,1e200,1e-200,1234e130000,0.1e-16000}'::text[]) x;
CREATE TEMP TABLE stored (x numeric);
ALTER TABLE stored ALTER x SET STORAGE external;
INSERT INTO stored SELECT x FROM odd WHERE x <> 0;
SELECT is_empty($$ SELECT x FROM stored WHERE benford_digits(x, 1) <> pg_temp.printed(x::text, 1) OR benford_digits(x, 5) <> pg_temp.printed(x::text, 5) OR benford_digits(x, 9) <> pg_temp.printed(x::text, 9) $$,
	'benford_digits: numeric of all sizes');
SELECT is_empty($$ SELECT x FROM (SELECT x::float8 FROM stored WHERE abs(x) BETWEEN 1e-300 AND 1e300) s WHERE benford_digits(x, 9) <> pg_temp.printed(x::text, 9) $$, 'benford_digits: double precision of all sizes');
SELECT is(ARRAY[benford_digits(0, 2), benford_digits('NaN'::numeric, 2), benford_digits('Infinity'::float8, 2), benford_digits(0::bigint, 1)], ARRAY[NULL, NULL, NULL, NULL]::int[], 'benford_digits: of no digits');
SELECT is(ARRAY[benford_digits(-9223372036854775808, 4), benford_digits(9::bigint, 3)], ARRAY[9223, 900], 'benford_digits: integers');

-- Counts of an aggregate against digits of text; last two digits at any scale.
SELECT results_eq($$ SELECT d, n FROM (SELECT benford_counts(benford_agg(x)) AS c FROM stored) s, LATERAL (SELECT d, c[d] AS n FROM generate_subscripts(c, 1) d) u ORDER BY 1 $$,
	$$ SELECT d, count(x) FROM generate_series(10, 99) d LEFT JOIN stored ON pg_temp.printed(x::text, 2) = d AND x > 0 GROUP BY d ORDER BY 1 $$, 'benford_counts: first two digits, from 10 on');
SELECT is_empty(format($$
	(SELECT d, n FROM (SELECT benford_counts(benford_agg(x, %1$s), 'last_two') AS c FROM stored WHERE x < 1e100) s, LATERAL (SELECT d, c[d] AS n FROM generate_subscripts(c, 1) d) u
	EXCEPT SELECT d, count(x) FROM generate_series(0, 99) d LEFT JOIN stored ON x < 1e100 AND mod(trunc(x * 10::numeric ^ %1$s), 100) = d AND trunc(x * 10::numeric ^ %1$s) >= 100 GROUP BY d)
$$, scale), format('benford_counts: last two digits at scale %s', scale)) FROM unnest('{0,1,2,3,4,5,7,15}'::int[]) scale;
SELECT is((t).n_zero || ' ' || (t).n_negative || ' ' || (t).n || ' ' || (t).n_skipped, '2 1 2 1', 'benford_test: what is counted apart') FROM (
	SELECT benford_test(benford_agg(x)) AS t FROM unnest('{0,0,-5,7,12,88,NULL}'::bigint[]) x) s;
SELECT is(benford_agg(x)::text || benford_agg(x, 1)::text, benford_agg(x::bigint)::text || benford_agg(x::bigint, 1)::text, 'benford_agg: integer as bigint, not as double precision') FROM unnest('{0,-5,7,12,2147483647,-2147483648,1234,NULL}'::int[]) x;
SELECT is(round((t).log10_span::numeric, 12), 4.301029995664, 'benford_test: span') FROM (SELECT benford_test(benford_agg(x)) AS t FROM unnest('{0.05,1000,-3,0,20}'::numeric[]) x) s;

-- The payments of Nigrini by their digits.
\getenv reference HB_REFERENCE
\if :{?reference}
CREATE TEMP TABLE pay (d int, c int, c_package int);
\copy pay from program 'cat "$HB_REFERENCE/insurance/data/benford_corporate_payment_counts.csv"' (format csv, header)
SELECT pg_temp.near(ARRAY[(t).n, (t).chi2, (t).df, (t).mad], ARRAY[pg_temp.num(id, 'n'), pg_temp.num(id, 'chisq'), pg_temp.num(id, 'df'), pg_temp.num(id, 'mad')], 'benford_test: the payments, exactly')
FROM (SELECT benford_test(benford_agg(d * 10 + 0.5)) AS t FROM pay, generate_series(1, c)) s, (VALUES ('benford.corporate_payment.first2.exact_digits')) i (id);
SELECT is((t).conformity, 'Nonconformity', 'benford_test: the payments do not conform') FROM (SELECT benford_test(benford_agg(d * 0.1::float8)) AS t FROM pay, generate_series(1, c)) s;
CREATE TEMP TABLE town (pop bigint);
\copy town from program 'cat "$HB_REFERENCE/insurance/data/benford_census2009.csv"' (format csv, header)
CREATE TEMP TABLE census AS SELECT benford_agg(pop) AS b, benford_agg(pop::numeric) AS filled, benford_agg(pop::float8) AS floats FROM town;
SELECT pg_temp.near(ARRAY[(t).n, (t).chi2, (t).df, (t).p_value, (t).g, (t).mad, (t).ssd, (t).ks, (t).d_star, (t).d_n, (t).m_n],
	ARRAY[pg_temp.num(id, 'n'), pg_temp.num(id, 'chisq'), pg_temp.num(id, 'df'), pg_temp.num(id, 'p_value'), pg_temp.num(id, 'g'), pg_temp.num(id, 'mad'), pg_temp.num(id, 'ssd_pct2'),
		pg_temp.num(id, 'ks'), pg_temp.num(id, 'd_star_cho_gaines'), pg_temp.num(id, 'd_sqrtN_morrow'), pg_temp.num(id, 'm_sqrtN')], 'benford_test: towns, ' || test)
FROM (VALUES ('first', 'benford.full.census2009.first_digit'), ('second', 'benford.full.census2009.second_digit')) i (test, id), census, LATERAL (SELECT benford_test(b, test) AS t) s;
SELECT pg_temp.near(array_agg(observed::float8 ORDER BY digits) || array_agg(z ORDER BY digits), pg_temp.nums(id, 'counts') || pg_temp.nums(id, 'z'), 'benford_table: towns, ' || test)
FROM (VALUES ('first', 'benford.full.census2009.first_digit'), ('second', 'benford.full.census2009.second_digit')) i (test, id), census, benford_table(b, test) GROUP BY test, id;
SELECT pg_temp.near(ARRAY[(t).n, (t).chi2, (t).mad, (t).ks], ARRAY[pg_temp.num(id, 'n'), pg_temp.num(id, 'chisq'), pg_temp.num(id, 'mad'), pg_temp.num(id, 'ks')], 'benford_test: towns, integers of two digits and more')
FROM (VALUES ('benford.py.census2009.F2D')) i (id), census, LATERAL (SELECT benford_test(b) AS t) s;
SELECT pg_temp.near(array_agg(observed::float8 ORDER BY digits), pg_temp.nums(id, 'counts'), 'benford_table: towns, first two') FROM (VALUES ('benford.py.census2009.F2D')) i (id), census, benford_table(b) GROUP BY id;
SELECT pg_temp.near(ARRAY[(t).chi2, (t).u2, (t).ks * sqrt((t).n), (t).d_n, (t).m_n], ARRAY[pg_temp.num(id, 'chisq', 'stat'), pg_temp.num(id, 'usq_freedman_watson', 'stat'), pg_temp.num(id, 'ks_D_sqrtN', 'stat'), pg_temp.num(id, 'euclid_d_sqrtN', 'stat'), pg_temp.num(id, 'mdist_sqrtN', 'stat')],
	'benford_test: towns as ' || kind || ', ' || test || ', as BenfordTests')
FROM (VALUES ('first', 'benford.tests.census2009.first1', 'bigint'), ('first', 'benford.tests.census2009.first1', 'numeric'), ('first_two', 'benford.tests.census2009.first2', 'numeric'), ('first_two', 'benford.tests.census2009.first2', 'double')) i (test, id, kind),
	census, LATERAL (SELECT benford_test(CASE kind WHEN 'bigint' THEN b WHEN 'numeric' THEN filled ELSE floats END, test) AS t) s;
SELECT pg_temp.near(ARRAY[(t).mantissa_l2, (t).mantissa_p], ARRAY[pg_temp.num(id, 'mantissa_arc', 'L2'), pg_temp.num(id, 'mantissa_arc', 'p_value')], 'benford_test: mantissa arc')
FROM (VALUES ('benford.census2009.first1')) i (id), census, LATERAL (SELECT benford_test(b) AS t) s;
SELECT pg_temp.near((SELECT (benford_test(b)).distortion FROM census), (SELECT 100 * (am / em - 1) FROM (
	SELECT avg(10 * pop::float8 / 10 ^ floor(log(pop::float8))) AS am, 90 / (count(*) * (10 ^ (1 / count(*)::float8) - 1)) AS em FROM town WHERE pop >= 10) s), 'benford_test: distortion, by its definition', 1e-8);
SELECT is((t).n, 18417::bigint, 'benford_test: last two, integers of three digits and more') FROM census, LATERAL (SELECT benford_test(b, 'last_two') AS t) s;
\else
SELECT * FROM skip('HB_REFERENCE is not set', 14);
\endif
SELECT pg_temp.near((t).d_n / (t).d_star, pg_temp.num('benford.cho_gaines_max_distance', 'first_digit'), 'benford_test: greatest distance') FROM (SELECT benford_test(benford_agg(9), 'first') AS t) s;
-- The mantissa arc of many sizes against libm.
SELECT pg_temp.near((SELECT (benford_test(benford_agg(x))).mantissa_l2 FROM stored WHERE x > 0 AND x BETWEEN 1e-30 AND 1e30),
	(SELECT avg(cos(2 * pi() * log(x::float8))) ^ 2 + avg(sin(2 * pi() * log(x::float8))) ^ 2 FROM stored WHERE x > 0 AND x BETWEEN 1e-30 AND 1e30), 'benford_test: mantissa arc, as by logarithms', 1e-8);
SELECT is(conformity, expected, 'benford_test: ' || conformity) FROM (
	SELECT (benford_test(benford_agg((10 ^ (i / n::float8) + CASE WHEN i % every = 0 THEN 1 ELSE 0 END)), 'first')).conformity, expected
	FROM (VALUES (1000000, 'Close conformity'), (25, 'Close conformity')) v (every, expected), (VALUES (3000)) m (n), generate_series(0, 2999) i GROUP BY every, expected, n) s;

-- Edges.
SELECT is((benford_test(benford_agg(x), 'first_two'))::text, '(0,,89,,,,,,,,,,,,,,,,0,1,1)', 'benford_test: no positive amount') FROM unnest('{0,-1}'::numeric[]) x;
SELECT is_empty('SELECT FROM benford_table((SELECT benford_agg(0)))', 'benford_table: no positive amount');
SELECT is(benford_agg(NULL::numeric)::text, NULL, 'benford_agg of nothing');
SELECT throws_ok('SELECT ' || call, state, NULL, call) FROM (VALUES ('benford_agg(''NaN''::numeric)', '22003'), ('benford_agg(''Infinity''::numeric)', '22003'), ('benford_agg(''-Infinity''::float8)', '22003'),
	('benford_agg(1.5, 16)', '22023'), ('benford_agg(1.5, -1)', '22023'), ('benford_test(benford_agg(1), ''third'')', '22023'), ('benford_digits(1, 0)', '22023'), ('benford_digits(1.5, 10)', '22023'),
	('benford_agg(x::numeric, x) FROM generate_series(1, 2) x', '22023'), ('rollup(b) FROM (SELECT benford_agg(1.5) UNION ALL SELECT benford_agg(1.5, 3)) s (b)', '22023'),
	('benford_table(benford_agg(1), ''first'', 1)', '22023')) v (call, state);
SELECT throws_ok(format('SELECT %L::benford', replace(benford_agg(1.5)::text, a, b)), '22P02', NULL, 'benford: ' || a || ' to ' || b)
FROM (VALUES ('1:2,', '1:16,'), ('1:2,', '1:2,-1,'), ('1.5,1.5', '1.5,1'), ('1.5,1.5', '0,0'), (',0,0,0', ',0,9007199254740993,0'), ('1:', '2:')) v (a, b) GROUP BY a, b;

SELECT throws_ok(format('SELECT rollup(s::benford) FROM (VALUES (%L), (%L)) v (s)', t, t), '54000', NULL, 'benford: counts that do not fit')
FROM (SELECT replace(benford_agg(15.25)::text, '15.25,0,0,0,0,0,1,', '15.25,0,0,0,0,0,2147483647,') AS t) s;

SELECT * FROM finish();
ROLLBACK;
