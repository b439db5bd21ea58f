-- Days of supply: the stock at each fill, and adherence of a person.
BEGIN;
SELECT no_plan();

CREATE TEMP TABLE fill (psn_no text, date date, drug text, days int);
\copy fill FROM PROGRAM 'grep -v "^#" test/data/claims_dispense.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE expected (id text PRIMARY KEY, expected jsonb);
\copy expected FROM PROGRAM 'grep -v "^#" test/data/claims_expected.csv' (FORMAT csv, HEADER)
CREATE TEMP VIEW want AS SELECT key, value FROM expected, jsonb_each(expected) WHERE id = 'supply.days';
CREATE TEMP VIEW state AS SELECT psn_no || '/' || drug AS key, supply_agg(date, days) AS s FROM fill GROUP BY 1;

SELECT set_eq($$
	SELECT key, (value->>'fills')::bigint AS fills, (value->>'supply')::bigint AS days, (value->>'oversupply_days')::bigint AS over,
		(value->>'max_stock_days')::bigint AS stock, (value->>'max_gap_days')::bigint AS gap FROM want
$$, $$
	SELECT key, fills, days, oversupply, max_in_hand, max_gap FROM state, supply_stats(s)
$$, 'supply_stats');
SELECT is_empty($$
	SELECT key FROM want JOIN state USING (key)
	WHERE abs(mpr(s, 180) - (value->>'mpr_180')::float8) > 1e-12 OR abs(pdc(s, 180) - (value->>'pdc_180_carry')::float8) > 1e-12
		OR abs(pdc(s, 180, carry => false) - (value->>'pdc_180_nocarry')::float8) > 1e-12
		OR oversupply(s) <> (value->>'oversupply_days')::int OR max_gap(s) <> (value->>'max_gap_days')::int
$$, 'pdc, mpr, oversupply, max_gap: the reference');
SELECT is((SELECT count(*)::int FROM want JOIN state USING (key)), 5, 'all cases are tried');
SELECT set_eq($$
	SELECT key, n, (v->>'date')::date AS date, (v->>'in_hand_before')::int AS before, (v->>'in_hand_after')::int AS after
	FROM want, jsonb_array_elements(value->'steps') WITH ORDINALITY a(v, n)
$$, $$
	SELECT psn_no || '/' || drug, row_number() OVER w, date, (supply_days(date, days) OVER w).in_hand_before, (supply_days(date, days) OVER w).in_hand_after
	FROM fill WINDOW w AS (PARTITION BY psn_no, drug ORDER BY date, days)
$$, 'supply_days: steps of the reference');

-- The definition day by day: a unit is taken each day on which there is one.
SELECT setseed(0.42);
CREATE TEMP TABLE rfill AS SELECT n, n % 40 AS p, date '2024-01-01' + (random() * 300)::int AS date, (random() * 40)::int AS days FROM generate_series(1, 400) n;
CREATE INDEX ON rfill (p, date);
ANALYZE rfill;
CREATE TEMP TABLE by_day AS
WITH RECURSIVE day(p, d, stock, after) AS (
	SELECT p, date '2023-12-31', 0::bigint, 0::bigint FROM rfill GROUP BY p
	UNION ALL
	SELECT p, d + 1, after + f, greatest(after + f - 1, 0)
	FROM day, LATERAL (SELECT coalesce(sum(days), 0) AS f FROM rfill r WHERE r.p = day.p AND r.date = day.d + 1) x
	WHERE d < '2025-12-31'
) SELECT p, d, stock FROM day;
CREATE INDEX ON by_day (p, d);
ANALYZE by_day;
CREATE TEMP VIEW rstate AS SELECT p, supply_agg(date, days ORDER BY n) AS s FROM rfill GROUP BY p;
SELECT is_empty(format($$
	SELECT p FROM rstate JOIN (SELECT p, count(*) FILTER (WHERE stock > 0)::float8 / (%2$L::date - %1$L::date) AS covered FROM by_day WHERE d <@ daterange(%1$L, %2$L) GROUP BY p) b USING (p)
	WHERE abs(pdc(s, daterange(%1$L, %2$L)) - covered) > 1e-12
$$, a, b), format('pdc: %s to %s, day by day', a, b)) FROM (VALUES ('2024-01-01', '2025-01-01'), ('2024-03-07', '2024-05-01'), ('2024-03-07', '2024-03-08'), ('2023-01-01', '2025-12-01')) v(a, b);
SELECT is_empty($$
	SELECT p FROM rstate JOIN (SELECT r.p, count(DISTINCT d)::float8 / 60 AS covered FROM rfill r, generate_series(r.date, r.date + r.days - 1, interval '1 day') d
		WHERE d::date <@ daterange('2024-03-07', '2024-05-06') GROUP BY r.p) b USING (p)
	WHERE abs(pdc(s, daterange('2024-03-07', '2024-05-06'), false) - covered) > 1e-12
$$, 'pdc without carry-over: the union of days');
SELECT is_empty($$
	SELECT p FROM rstate JOIN (SELECT p, sum(days) FILTER (WHERE date <@ daterange('2024-03-07', '2024-05-06'))::float8 / 60 AS m FROM rfill GROUP BY p) b USING (p)
	WHERE abs(mpr(s, daterange('2024-03-07', '2024-05-06')) - coalesce(m, 0)) > 1e-12
$$, 'mpr: days of the fills in the window');
-- Before a day's first fill in hand is what the day before left.
SELECT is_empty($$
	SELECT r.p FROM (SELECT p, date, days, row_number() OVER (PARTITION BY p, date ORDER BY days) AS k, supply_days(date, days, 20) OVER (PARTITION BY p ORDER BY date, days) AS s FROM rfill) r
	JOIN by_day b ON b.p = r.p AND b.d = r.date - 1 WHERE k = 1 AND ((s).in_hand_before <> greatest(stock - 1, 0)
		OR (s).in_hand_after <> (s).in_hand_before + days OR (s).starts <> date + (s).in_hand_before OR (s).ends <> (s).starts + days OR (s).over <> ((s).in_hand_before > 20))
$$, 'supply_days: day by day');
SELECT is_empty($$
	SELECT p FROM rstate, supply_stats(s) t JOIN LATERAL (
		SELECT sum((q.s).in_hand_before) AS over, max((q.s).in_hand_after) AS most, max((q.s).ends) AS until
		FROM (SELECT supply_days(date, days) OVER (ORDER BY date, days) AS s FROM rfill r WHERE r.p = rstate.p) q) w ON true
	WHERE t.oversupply <> over OR t.max_in_hand <> most OR t.covered_until <> until
$$, 'supply_stats sums the steps up');
SELECT is_empty($$
	SELECT p FROM rstate JOIN LATERAL (SELECT coalesce(max(n), 0) AS gap FROM (
		SELECT count(*) AS n FROM (SELECT d, stock, d - row_number() OVER (ORDER BY d)::int AS island FROM by_day b
			WHERE b.p = rstate.p AND stock = 0 AND d >= (SELECT min(date) FROM rfill r WHERE r.p = b.p) AND d < (SELECT max(date) FROM rfill r WHERE r.p = b.p)) x GROUP BY island) y) g ON true
	WHERE max_gap(s) <> gap
$$, 'max_gap: the longest row of days without supply');

-- Order of rows, parts, workers, and forms of a state.
SELECT is_empty($$
	SELECT p FROM (SELECT p, supply_agg(date, days ORDER BY random())::text AS s FROM rfill GROUP BY p) a JOIN rstate USING (p) WHERE a.s <> rstate.s::text
$$, 'the order of rows does not matter');
SELECT is_empty($$
	SELECT p FROM (SELECT p, rollup(s::text::supply)::text AS s FROM (SELECT p, supply_agg(date, days) AS s FROM rfill GROUP BY p, n % 3) x GROUP BY p) a JOIN rstate USING (p) WHERE a.s <> rstate.s::text
$$, 'parts roll up, after a trip through text');
SELECT is(rollup(s)::text, '1:|8766,7', 'NULL states') FROM (VALUES ('1:|8766,7'::supply), (NULL), ('1:|')) v(s);
SELECT ok(supply_agg(date, days) IS NULL, 'no rows') FROM fill WHERE false;
SELECT is(supply_agg(d, n)::text, '1:|8766,7', 'NULL among rows') FROM (VALUES (date '2024-01-01', 7), (NULL, 7), ('2024-01-02', NULL)) v(d, n);
SELECT ok(supply_stats('1:|') IS NULL, 'the state of no fill has no numbers');
SELECT is(pdc('1:|', 30), NULL, 'nor a proportion');
SELECT is(mpr('1:|', daterange('2024-01-01', '2024-02-01')), NULL, 'nor a ratio');
\ir claims_state.inc
SELECT pg_temp.state_holds('supply', $$ SELECT s FROM rstate $$);
SELECT pg_temp.state_survives('supply', '1:|8766,7;8770,14;8790,30');
SELECT pg_temp.state_refuses('supply', ARRAY['', '1:', '2:|', '1:|1', '1:|1,2,3', '1:|1,2;', '1:|1,-1', '1:|1,100001', '1:|2147483647,1', '1:|-2147483648,1', '1:|99999999999,1', '1:1|1,1', '1:|1,1 '],
	ARRAY['', '\x02', '\x01ff', '\x010000000100000001000000', '\x017fffffff00000001', '\x0100000001ffffffff', '\x010000000100100000']::bytea[]);

-- What is refused.
SELECT throws_ok(format('SELECT supply_agg(%s)', args), code, NULL, format('supply_agg(%s)', args))
FROM (VALUES ('date ''2024-01-01'', -1', '22003'), ('date ''2024-01-01'', 100001', '22003'), ('''infinity'', 1', '22003'), ('''-infinity'', 1', '22003')) v(args, code);
SELECT throws_ok(format('SELECT %s FROM state', call), '22023', NULL, call)
FROM unnest(ARRAY['pdc(s, 0)', 'pdc(s, -1)', 'mpr(s, 0)', 'pdc(s, daterange(''2024-01-01'', NULL))', 'mpr(s, daterange(NULL, ''2024-01-01''))', 'pdc(s, ''empty''::daterange)', 'pdc(s, daterange(''2024-01-01'', ''infinity''))']) call;
SELECT throws_ok('SELECT supply_days(date, days) OVER (ORDER BY date DESC) FROM fill', '22023', 'rows of supply_days are not in the order of time', 'order');
SELECT throws_ok('SELECT supply_days(date, days, -1) OVER (ORDER BY date) FROM fill', '22023', NULL, 'a negative allowed');
SELECT throws_ok('SELECT supply_days(date, -1) OVER (ORDER BY date) FROM fill', '22003', NULL, 'negative days');
SELECT throws_ok('SELECT supply_days(date ''5874897-12-31'', 1) OVER ()', '22008', NULL, 'beyond the last date');
SELECT throws_ok('SELECT supply_stats(supply_agg(date ''5874897-12-31'', 1))', '22008', NULL, 'beyond the last date in a state');
SELECT results_eq($$ SELECT supply_days(d, n, a) OVER (ORDER BY d) FROM (VALUES (date '2024-01-01', 10, 0), ('2024-01-02', NULL, 0), ('2024-01-05', 1, NULL), (NULL, 1, 0)) v(d, n, a) $$,
	$$ VALUES (ROW(0, 10, date '2024-01-01', date '2024-01-11', false)::supply_step), (NULL), (NULL), (NULL) $$, 'NULL rows are passed over');

SELECT * FROM finish();
ROLLBACK;
