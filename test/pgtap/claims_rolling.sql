-- Counts and sums over the last so many days.
BEGIN;
SELECT no_plan();

CREATE TEMP TABLE event (psn_no text, date date, item text);
\copy event FROM PROGRAM 'grep -v "^#" test/data/claims_item_events.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE expected (id text PRIMARY KEY, expected jsonb);
\copy expected FROM PROGRAM 'grep -v "^#" test/data/claims_expected.csv' (FORMAT csv, HEADER)

SELECT results_eq($$
	SELECT psn_no, jsonb_agg(c ORDER BY date) FROM (SELECT *, rolling_count(date, 15) OVER (PARTITION BY psn_no, item ORDER BY date) AS c FROM event) s GROUP BY 1 ORDER BY 1
$$, $$
	SELECT key, value FROM expected, jsonb_each(expected) WHERE id = 'item.rolling_count_15d' ORDER BY 1
$$, 'rolling_count over 15 days');

-- Random events of many ties; the definition is a self-join, and core's RANGE framing says the same by another way.
SELECT setseed(0.42);
CREATE TEMP TABLE r AS
SELECT n, n % 37 AS g, date '2024-01-01' + (random() * 120)::int AS d, CASE WHEN random() < 0.1 THEN NULL ELSE (random() * 2000 - 500)::numeric(12, 2) END AS x
FROM generate_series(1, 3000) n;
ALTER TABLE r ADD ts timestamp, ADD tz timestamptz;
UPDATE r SET ts = d + (n % 4) * interval '6 hours', tz = (d + (n % 4) * interval '6 hours') AT TIME ZONE 'Asia/Shanghai';

SELECT is_empty(format($$
	SELECT a.n FROM (SELECT n, rolling_count(d, %1$s) OVER (PARTITION BY g ORDER BY d) AS c FROM r) a
	JOIN (SELECT b.n, count(*) AS c FROM r b JOIN r a ON a.g = b.g AND a.d > b.d - %1$s AND a.d <= b.d GROUP BY b.n) j USING (n)
	WHERE a.c IS DISTINCT FROM j.c
$$, span), 'rolling_count by date: ' || span) FROM unnest('{1,2,15,400}'::int[]) span;
SELECT is_empty(format($$
	SELECT a.n FROM (SELECT n, rolling_count(%1$s, interval %2$L) OVER (PARTITION BY g ORDER BY %1$s) AS c,
			rolling_sum(x, %1$s, interval %2$L) OVER (PARTITION BY g ORDER BY %1$s) AS s,
			rolling_sum(x::float8, %1$s, interval %2$L) OVER (PARTITION BY g ORDER BY %1$s) AS f FROM r) a
	JOIN (SELECT b.n, count(*) AS c, sum(a.x) AS s FROM r b JOIN r a ON a.g = b.g AND a.%1$s > b.%1$s - interval %2$L AND a.%1$s <= b.%1$s GROUP BY b.n) j USING (n)
	WHERE a.c IS DISTINCT FROM j.c OR a.s IS DISTINCT FROM j.s OR (a.f IS NULL) <> (j.s IS NULL) OR abs(a.f - j.s::float8) > 1e-9
$$, col, span), format('rolling_count and rolling_sum by %s: %s', col, span))
FROM unnest('{ts,tz}'::text[]) col, unnest(ARRAY['1 microsecond', '6 hours', '1 day', '2 days 6 hours', '15 days']) span;
SELECT is_empty($$
	SELECT n FROM (SELECT n, rolling_count(ts, 7) OVER w AS c, rolling_count(ts, interval '7 days') OVER w AS i, rolling_sum(x, ts, 7) OVER w AS s, rolling_sum(x, ts, interval '7 days') OVER w AS si FROM r
		WINDOW w AS (PARTITION BY g ORDER BY ts)) q WHERE c IS DISTINCT FROM i OR s IS DISTINCT FROM si
	UNION ALL
	SELECT n FROM (SELECT n, rolling_count(tz, 7) OVER w AS c, rolling_count(tz, interval '7 days') OVER w AS i, rolling_sum(x::float8, tz, 7) OVER w AS s, rolling_sum(x::float8, tz, interval '7 days') OVER w AS si FROM r
		WINDOW w AS (PARTITION BY g ORDER BY tz)) q WHERE c IS DISTINCT FROM i OR s IS DISTINCT FROM si
$$, 'days are 24 hours');
SELECT is_empty($$
	SELECT n FROM (SELECT n, rolling_sum(x, d, 15) OVER (PARTITION BY g ORDER BY d) AS s, rolling_sum(x::float8, d, 15) OVER (PARTITION BY g ORDER BY d) AS f,
		sum(x) OVER (PARTITION BY g ORDER BY d RANGE '14 days' PRECEDING) AS core FROM r) q
	WHERE s IS DISTINCT FROM core OR abs(f - core::float8) > 1e-9
$$, 'rolling_sum is RANGE of core');
-- One partition that is far wider than the span, and one span that is wider than the partition.
SELECT is_empty($$
	SELECT n FROM (SELECT n, rolling_count(n, s) OVER (ORDER BY n) AS c, least(n - date '2000-01-01', 5000) AS expected FROM
		(SELECT date '2000-01-01' + i AS n, 5000 AS s FROM generate_series(1, 20000) i) q) z WHERE c <> expected
$$, 'a queue that grows');
SELECT is_empty($$
	SELECT i FROM (SELECT i, rolling_sum(i::numeric, date '2000-01-01' + i, 3) OVER (ORDER BY i) AS s FROM generate_series(1, 20000) i) z WHERE s <> CASE i WHEN 1 THEN 1 WHEN 2 THEN 3 ELSE 3 * i - 3 END
$$, 'a queue that moves');

-- What leaves leaves nothing behind.
SELECT results_eq($$
	SELECT rolling_sum(x, d, 2) OVER (ORDER BY d) FROM (VALUES (date '2024-01-01', 1e300::float8), ('2024-01-02', 'Infinity'), ('2024-01-03', 'NaN'), ('2024-01-05', 0.1), ('2024-01-06', 0.2), ('2024-01-09', NULL)) v(d, x)
$$, $$ VALUES (1e300::float8), ('Infinity'), ('NaN'), (0.1), (0.1::float8 + 0.2::float8), (NULL) $$, 'rolling_sum of float8: no remainder');
SELECT results_eq($$
	SELECT rolling_sum(x, d, 2) OVER (ORDER BY d) FROM (VALUES (date '2024-01-01', 'NaN'::numeric), ('2024-01-03', 1.10), ('2024-01-03', NULL), ('2024-01-04', 'Infinity'), ('2024-01-06', NULL), ('2024-01-07', 3)) v(d, x)
$$, $$ VALUES ('NaN'::numeric), (1.10), (1.10), ('Infinity'), (NULL), (3) $$, 'rolling_sum of numeric: no remainder');
SELECT throws_ok($$ SELECT rolling_sum(1e308::float8, d, 2) OVER (ORDER BY d) FROM (VALUES (date '2024-01-01'), ('2024-01-02')) v(d) $$, '22003', NULL, 'overflow as of sum');

-- NULL times are passed over at either end.
SELECT is_empty(format($$
	SELECT a.n FROM (SELECT n, rolling_count(d, 15) OVER (PARTITION BY g ORDER BY d NULLS %1$s) AS c, rolling_sum(x, d, 15) OVER (PARTITION BY g ORDER BY d NULLS %1$s) AS s
		FROM (SELECT n, g, d, x FROM r UNION ALL SELECT -n, g, NULL, 1 FROM r) q) a
	FULL JOIN (SELECT n, rolling_count(d, 15) OVER (PARTITION BY g ORDER BY d) AS c, rolling_sum(x, d, 15) OVER (PARTITION BY g ORDER BY d) AS s FROM r) b USING (n)
	WHERE (a.c, a.s) IS DISTINCT FROM (b.c, b.s)
$$, nulls), 'no time, NULLS ' || nulls) FROM unnest('{FIRST,LAST}'::text[]) nulls;
SELECT is(rolling_count(d, NULL) OVER (ORDER BY d), NULL, 'a NULL span') FROM (VALUES (date '2024-01-01')) v(d);

-- What is refused.
SELECT throws_ok(format('SELECT %s OVER (ORDER BY ts DESC) FROM r', call), '22023', format('rows of %s are not in the order of time', split_part(call, '(', 1)), 'order: ' || call)
FROM unnest('{"rolling_count(ts, 15)","rolling_sum(x, ts, 15)"}'::text[]) call;
SELECT throws_ok(format('SELECT rolling_count(ts, interval %L) OVER (ORDER BY ts) FROM r', span), '22023', NULL, 'span: ' || span) FROM unnest(ARRAY['0', '-1 day', '1 month', '1 year', '1 month -1 day']) span;
SELECT throws_ok(format('SELECT rolling_count(d, %s) OVER (ORDER BY d) FROM r', span), '22023', 'span must be greater than zero', 'span: ' || span) FROM unnest('{0,-15}'::int[]) span;
SELECT throws_ok('SELECT rolling_count(d, 5 + n % 2) OVER (ORDER BY d) FROM r', '22023', 'the span of rolling_count must be the same in all rows of a partition', 'a span that changes');
SELECT lives_ok('SELECT rolling_count(d, 5 + g) OVER (PARTITION BY g ORDER BY d) FROM r', 'a span for each partition');
SELECT throws_ok(format('SELECT rolling_count(%L::%s, 15) OVER ()', a, t), '22003', 'a time must be finite', format('%s of type %s', a, t))
FROM unnest('{infinity,-infinity}'::text[]) a, unnest('{date,timestamp,timestamptz}'::text[]) t;
SELECT is(rolling_count(d, 2147483647) OVER (ORDER BY d), n::bigint, 'extreme times and spans: ' || n)
FROM (VALUES (timestamp '4713-01-01 BC', 1), ('294276-12-31', 2)) v(d, n);

SELECT * FROM finish();
ROLLBACK;
