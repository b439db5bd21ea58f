-- Generalisation: ranges hold their values, against plain definitions.
SELECT no_plan();

SELECT is(deid_generalize(v, w), r, format('%s by %s', v, w)) FROM (VALUES (-5, 10, '[-10,0)'::int4range), (5, 10, '[0,10)'), (0, 10, '[0,10)'), (-10, 10, '[-10,0)'),
	(-11, 10, '[-20,-10)'), (9, 10, '[0,10)'), (10, 10, '[10,20)'), (7, 1, '[7,8)'), (2147483647, 10, '[2147483640,)'), (-2147483648, 10, '(,-2147483640)'),
	(-2147483648, 2147483647, '(,-2147483647)'), (2147483647, 2147483647, '[2147483647,)'), (0, 2147483647, '[0,2147483647)'), (-1, 2147483647, '[-2147483647,0)')) t (v, w, r);
SELECT is(deid_generalize(v, w), r, format('%s by %s', v, w)) FROM (VALUES (-5::bigint, 10::bigint, '[-10,0)'::int8range), (9223372036854775807, 10, '[9223372036854775800,)'),
	(-9223372036854775808, 10, '(,-9223372036854775800)'), (-9223372036854775808, 9223372036854775807, '(,-9223372036854775807)')) t (v, w, r);
SELECT is(deid_generalize(v, w)::text, r, format('%s by %s', v, w)) FROM (VALUES (-5::numeric, 10::numeric, '[-10,0)'), (5.25, 0.5, '[5,5.5)'), (-0.1, 0.25, '[-0.25,0)'), (-0.25, 0.25, '[-0.25,0)'),
	('NaN', 10, '[NaN,NaN]'), ('Infinity', 10, '[Infinity,Infinity]'), ('-Infinity', 10, '[-Infinity,-Infinity]'), (1e30, 7, '[999999999999999999999999999999,1000000000000000000000000000006)')) t (v, w, r);
SELECT is(deid_generalize(v, 2.5)::text, r, 'double ' || v) FROM (VALUES (-0.5::float8, '[-2.5,0)'), (6.1, '[5,7.5)'), ('NaN', '[NaN,NaN]'), ('Infinity', '[Infinity,Infinity]')) t (v, r);
-- The definition: floor division.
SELECT is(count(*), 0::bigint, 'the range of a width that begins at a multiple of it and holds the number')
FROM generate_series(-300, 300) v, generate_series(1, 70) w
WHERE deid_generalize(v, w) <> int4range((floor(v::numeric / w) * w)::int, (floor(v::numeric / w) * w)::int + w)
	OR deid_generalize(v::bigint, w::bigint) <> int8range((floor(v::numeric / w) * w)::int, (floor(v::numeric / w) * w)::int + w)
	OR deid_generalize(v / 4.0, w / 8.0) <> numrange(floor(v / 4.0 / (w / 8.0)) * (w / 8.0), floor(v / 4.0 / (w / 8.0)) * (w / 8.0) + w / 8.0);
SELECT throws_ok(call, '22023', NULL, call) FROM unnest(array['SELECT deid_generalize(1, 0)', 'SELECT deid_generalize(1, -1)', 'SELECT deid_generalize(1::bigint, 0::bigint)', 'SELECT deid_generalize(1.5, 0)',
	'SELECT deid_generalize(1.5, ''NaN''::numeric)', 'SELECT deid_generalize(1.5, ''Infinity''::numeric)', 'SELECT deid_generalize(1.5, -0.1)', 'SELECT deid_generalize(''1''::float8, 0)',
	'SELECT deid_generalize_date(''2020-01-01'', ''week'')', 'SELECT deid_generalize_date(''2020-01-01'', '''')',
	'SELECT deid_age_band(1, 0)', 'SELECT deid_age_band(1, 5, 0)', 'SELECT deid_age_band(1, 5, 151)', 'SELECT deid_region(''420106'', 3)', 'SELECT deid_region(''420106'', 12)',
	'SELECT deid_region(''420106'', 4, ''{1}'', -1)', 'SELECT deid_generalize_icd10(''I10'', ''group'')']) call;

-- Dates.
SELECT is(count(*), 0::bigint, 'units of dates are those of date_trunc') FROM generate_series(timestamp '1890-01-01', '2030-01-01', '13 days') t,
	(VALUES ('month', 'month', interval '1 month'), ('quarter', 'quarter', '3 months'), ('year', 'year', '1 year'), ('10y', 'decade', '10 years')) u (unit, name, width)
WHERE deid_generalize_date(t::date, unit) <> daterange(date_trunc(name, t)::date, (date_trunc(name, t) + width)::date);
SELECT is(deid_generalize_date(d, u), r, format('%s of %s', u, d)) FROM (VALUES (date '1990-03-07', '5y', daterange('1990-01-01', '1995-01-01')), ('1994-12-31', '5y', daterange('1990-01-01', '1995-01-01')),
	('0001-06-01 BC', 'year', daterange('0001-01-01 BC', '0001-01-01')), ('0003-06-01 BC', '10y', daterange('0011-01-01 BC', '0001-01-01 BC')),
	('infinity', 'year', '[infinity,infinity]'), ('-infinity', '10y', '[-infinity,-infinity]'), ('5874897-12-31', '10y', daterange('5874890-01-01', NULL)), ('4714-12-31 BC', '10y', daterange(NULL, '4711-01-01 BC')), ('4714-12-31 BC', 'month', daterange('4714-12-01 BC', '4713-01-01 BC'))) t (d, u, r);

-- Ages.
SELECT is(deid_age_band(a, w, t), r, format('%s by %s to %s', a, w, t)) FROM (VALUES (0, 5, 90, '[0,5)'::int4range), (89, 5, 90, '[85,90)'), (90, 5, 90, '[90,)'), (150, 5, 90, '[90,)'), (83, 10, 85, '[80,85)'), (85, 10, 85, '[85,)'), (3, 2147483647, 90, '[0,90)')) t (a, w, t, r);
SELECT is(deid_age_band(42), '[40,45)'::int4range, 'five years if nothing is said');
SELECT throws_ok(format('SELECT deid_age_band(%s)', a), '22003', NULL, 'age ' || a) FROM unnest('{-1,151}'::int[]) a;

-- Regions.
SELECT is(deid_region(d, n), r, format('%s to %s', d, n)) FROM (VALUES ('420106', 4, '4201'), ('420106', 2, '42'), ('420106', 6, '420106'), ('420106001002', 6, '420106'), ('420106001', 2, '42'), ('42', 4, '42'), ('4201', 6, '4201')) t (d, n, r);
SELECT is(deid_region('420106'::cn_division)::text, '4201', 'as a division, four digits if nothing is said');
SELECT is(deid_region('420106', n, p, m), r, format('%s digits, persons %s, at least %s', n, p, m)) FROM (VALUES (6, '{900,50000,1000000}'::bigint[], 20000, '4201'), (6, '{20000}', 20000, '420106'), (6, '{900,900,1000000}', 20000, '42'), (6, '{900,900,900}', 20000, NULL),
	(4, '{50000,1000000}', 20000, '4201'), (4, '{50,1000000}', 20000, '42'), (2, '{1000000}', 20000, '42'), (4, '{50}', 20000, NULL), (4, NULL, 20000, NULL), (4, '{NULL,30000}', 20000, '42'), (4, '{}', 0, NULL), (4, '[5:6]={50000,1000000}', 20000, '4201'), (4, '{50}', NULL, '4201')) t (n, p, m, r);
SELECT is(deid_region(NULL::text, 4), NULL, 'no division');
SELECT throws_ok('SELECT deid_region(''4201x6'')', '22P02', NULL, 'no division code');

-- Diagnoses.
SELECT is(deid_generalize_icd10(c::icd10, l), r, format('%s of %s', l, c)) FROM (VALUES ('I21.900x001', 'category', 'I21'), ('I21.9', 'block', 'I20-I25'), ('I21.9', 'chapter', 'IX'), ('A01.001+K77.0*', 'category', 'A01'), ('C34.9', 'block', 'C30-C39'), ('D49.0', 'chapter', NULL)) t (c, l, r);
SELECT is(deid_generalize_icd10('I21.9'), 'I21', 'the category if nothing is said');
SELECT is(deid_generalize_icd10(NULL::icd10), NULL, 'of NULL');
SELECT * FROM finish();
