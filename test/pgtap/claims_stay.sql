-- Sequence rules on stays: gap, overlap, episode, readmission.
BEGIN;
SELECT no_plan();

CREATE TEMP TABLE stays (psn_no text, mdtrt_id text, hosp text, adm date, dsc date, maindiag text, drg text, cost numeric);
\copy stays FROM PROGRAM 'grep -v "^#" test/data/claims_stays.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE expected (id text PRIMARY KEY, expected jsonb);
\copy expected FROM PROGRAM 'grep -v "^#" test/data/claims_expected.csv' (FORMAT csv, HEADER)

CREATE TEMP VIEW checked AS
SELECT *, stay_gap(adm, dsc) OVER w AS gap, stay_overlap(adm, dsc, mdtrt_id) OVER w AS half_open,
	stay_overlap(adm, dsc, mdtrt_id, closed => true) OVER w AS closed,
	episode_id(adm, dsc) OVER w AS episode, readmission(adm, dsc) OVER w AS r30, readmission(adm, dsc, 30, 1) OVER w AS strict
FROM stays WINDOW w AS (PARTITION BY psn_no ORDER BY adm, dsc, mdtrt_id);

SELECT is(gap, (expected->mdtrt_id->>'days_since_last_discharge')::int, 'stay_gap: ' || mdtrt_id)
FROM checked, expected WHERE id = 'stay.days_since_discharge' ORDER BY mdtrt_id;
SELECT set_eq($$
	SELECT psn_no, (closed).with_key, mdtrt_id, (half_open).days AS half_open, (closed).days AS closed FROM checked WHERE (closed).days > 0
$$, $$
	SELECT e->>'psn' AS psn, e->>'a' AS a, e->>'b' AS b, (e->>'overlap_half_open')::int AS half_open, (e->>'overlap_closed')::int AS closed
	FROM expected, jsonb_array_elements(expected) e WHERE id = 'stay.overlap'
$$, 'stay_overlap: half-open and closed');
SELECT is_empty($$ SELECT FROM checked WHERE ((half_open).days = 0) <> ((half_open).with_key IS NULL) $$, 'stay_overlap: a key where there are days');
SELECT results_eq($$
	SELECT psn_no, min(adm), max(dsc), count(*), sum(cost), array_agg(mdtrt_id ORDER BY mdtrt_id)
	FROM checked GROUP BY psn_no, episode ORDER BY psn_no, episode
$$, $$
	SELECT e->>'psn', (e->>'start')::date, (e->>'end')::date, (e->>'n')::bigint, (e->>'cost')::numeric,
		ARRAY(SELECT jsonb_array_elements_text(e->'ids'))
	FROM expected, jsonb_array_elements(expected) WITH ORDINALITY x(e, n) WHERE id = 'stay.episodes_gap1' ORDER BY n
$$, 'episode_id: gaps of a day');
SELECT is(jsonb_build_object('index_discharges', count(*) FILTER (WHERE (r30).is_index), 'readmitted', count(*) FILTER (WHERE (r30).is_readmission),
	'strict_1_30', count(*) FILTER (WHERE (strict).is_readmission)), (SELECT expected FROM expected WHERE id = 'stay.readmission_rate_30d'), 'readmission: rate')
FROM checked;

-- The same by timestamps, of which the day counts.
SET LOCAL timezone = 'Asia/Shanghai';
SELECT results_eq($$
	SELECT mdtrt_id, gap, half_open, closed, episode, r30 FROM checked ORDER BY 1
$$, format($$
	SELECT mdtrt_id, stay_gap(a, d) OVER w, stay_overlap(a, d, mdtrt_id) OVER w, stay_overlap(a, d, mdtrt_id, true) OVER w,
		episode_id(a, d) OVER w, readmission(a, d) OVER w
	FROM (SELECT *, adm::%1$s + CASE WHEN adm = dsc THEN '2h' ELSE '23:59:59.999999' END::interval AS a, dsc::%1$s + interval '5h' AS d FROM stays) s
	WINDOW w AS (PARTITION BY psn_no ORDER BY a, d, mdtrt_id) ORDER BY 1
$$, t), 'stays by ' || t) FROM unnest('{timestamp,timestamptz}'::text[]) t;
SET LOCAL timezone = 'UTC';
SELECT is((SELECT (o).days FROM (SELECT stay_overlap(a, d) OVER (ORDER BY a, d) AS o, a
	FROM (VALUES (timestamptz '2024-01-01 01:00+08', timestamptz '2024-01-05 09:00+08'), ('2024-01-05 06:00+08', '2024-01-09 08:00+08')) v(a, d)) s
	ORDER BY a DESC LIMIT 1), 1, 'the day is that of the session: 06:00 in China is of the day before in UTC');
SELECT is(stay_gap(adm, dsc) OVER (ORDER BY adm), gap, 'before 2000: ' || adm)
FROM (VALUES (timestamp '1969-07-20 23:59', timestamp '1969-07-24 00:01', NULL::int), ('1999-12-31 23:00', '2000-01-01 01:00', 11117)) v(adm, dsc, gap);

-- Definitions by self-join, on random stays with duplicates, nested and open ones.
SELECT setseed(0.42);
CREATE TEMP TABLE random_stays AS
SELECT n, person, adm, CASE WHEN random() < 0.03 THEN NULL ELSE adm + CASE WHEN random() < 0.2 THEN 0 ELSE (random() * random() * 40)::int END END AS dsc
FROM (SELECT n, (random() * 150)::int AS person, date '2024-01-01' + (random() * 400)::int AS adm FROM generate_series(1, 2000) n) s;
CREATE TEMP TABLE ordered AS
SELECT *, coalesce(dsc, 'infinity') AS dsc0, row_number() OVER (PARTITION BY person ORDER BY adm, dsc, n) AS k FROM random_stays;
CREATE TEMP TABLE by_join AS
SELECT b.*, max(a.dsc0) AS latest, count(a.k) AS earlier,
	max(least(a.dsc0, b.dsc0) - b.adm) FILTER (WHERE a.k IS NOT NULL AND isfinite(least(a.dsc0, b.dsc0))) AS days,
	bool_or(a.dsc0 = 'infinity' AND b.dsc0 = 'infinity') AS endless
FROM ordered b LEFT JOIN ordered a ON a.person = b.person AND a.k < b.k GROUP BY b.n, b.person, b.adm, b.dsc, b.dsc0, b.k;
CREATE TEMP VIEW by_window AS
SELECT *, stay_gap(adm, dsc) OVER w AS gap, stay_overlap(adm, dsc, k::text) OVER w AS half_open, stay_overlap(adm, dsc, k::text, true) OVER w AS closed,
	episode_id(adm, dsc, 2) OVER w AS episode, readmission(adm, dsc, 14, 1) OVER w AS r
FROM by_join WINDOW w AS (PARTITION BY person ORDER BY adm, dsc, n);
SELECT cmp_ok(count(*) FILTER (WHERE earlier > 0)::int, '>', 1500, 'random stays follow each other') FROM by_join;
SELECT is_empty($$
	SELECT n FROM by_window WHERE gap IS DISTINCT FROM CASE WHEN isfinite(latest) THEN adm - latest END
$$, 'stay_gap is the days since the greatest discharge before');
SELECT is_empty($$
	SELECT n FROM by_window WHERE (half_open).days IS DISTINCT FROM CASE WHEN endless THEN NULL ELSE greatest(days, 0) END
		OR (closed).days IS DISTINCT FROM CASE WHEN endless THEN NULL ELSE greatest(days + 1, 0) END
$$, 'stay_overlap is the greatest overlap with a stay before');
SELECT is_empty($$
	SELECT b.n FROM by_window b LEFT JOIN ordered a ON a.person = b.person AND a.k = (b.half_open).with_key::int
	WHERE (b.half_open).days > 0 AND (a.k IS NULL OR a.k >= b.k OR least(a.dsc0, b.dsc0) <> b.adm + (b.half_open).days)
		OR (b.half_open).days IS NULL AND a.dsc0 <> 'infinity'
$$, 'stay_overlap: its key is that of such a stay');
SELECT is_empty($$
	SELECT w.n FROM by_window w JOIN (
		SELECT n, count(*) FILTER (WHERE earlier = 0 OR latest < adm - 2) OVER (PARTITION BY person ORDER BY adm, dsc, n) AS episode
		FROM by_join) j USING (n) WHERE w.episode IS DISTINCT FROM j.episode
$$, 'episode_id counts gaps');
SELECT is_empty($$
	SELECT n FROM by_window WHERE (r).is_index IS DISTINCT FROM (dsc IS NOT NULL)
		OR (r).is_readmission IS DISTINCT FROM coalesce(latest BETWEEN adm - 14 AND adm - 1, false) OR (r).gap IS DISTINCT FROM gap
$$, 'readmission is a gap within bounds');

-- Rows that have no admission, at either end of the order, change nothing.
SELECT is_empty(format($$
	SELECT n FROM (SELECT n, stay_gap(adm, dsc) OVER w AS gap, episode_id(adm, dsc) OVER w AS episode, stay_overlap(adm, dsc) OVER w AS o, readmission(adm, dsc) OVER w AS r
		FROM (SELECT n, person, adm, dsc FROM random_stays UNION ALL SELECT -n, person, NULL, dsc FROM random_stays) x
		WINDOW w AS (PARTITION BY person ORDER BY adm NULLS %1$s, dsc, n)) a
	FULL JOIN (SELECT n, stay_gap(adm, dsc) OVER w AS gap, episode_id(adm, dsc) OVER w AS episode, stay_overlap(adm, dsc) OVER w AS o, readmission(adm, dsc) OVER w AS r
		FROM random_stays WINDOW w AS (PARTITION BY person ORDER BY adm, dsc, n)) b USING (n)
	WHERE (a.gap, a.episode, a.o::text, a.r::text) IS DISTINCT FROM (b.gap, b.episode, b.o::text, b.r::text)
$$, nulls), 'no admission, NULLS ' || nulls) FROM unnest('{FIRST,LAST}'::text[]) nulls;

-- Infinity is no discharge; a NULL parameter gives NULL.
SELECT results_eq($$ SELECT stay_gap(adm, dsc) OVER (ORDER BY adm) FROM (VALUES (date '2024-01-01', date 'infinity'), ('2024-02-01', '2024-02-03')) v(adm, dsc) $$,
	'VALUES (NULL::int), (NULL)', 'a stay that goes on has no gap after it');
SELECT results_eq($$ SELECT episode_id(adm, dsc, NULL) OVER w, stay_overlap(adm, dsc, closed => NULL) OVER w, readmission(adm, dsc, NULL) OVER w, readmission(adm, dsc, 30, NULL) OVER w
	FROM (VALUES (date '2024-01-01', date '2024-01-02')) v(adm, dsc) WINDOW w AS (ORDER BY adm) $$,
	'VALUES (NULL::int, NULL::stay_conflict, NULL::readmission_check, NULL::readmission_check)', 'a NULL parameter gives NULL');
SELECT results_eq($$ SELECT (stay_overlap(adm, dsc, k) OVER (ORDER BY adm, n)).with_key FROM (VALUES (1, date '2024-01-01', date '2024-02-02', 'long'), (2, '2024-01-02', '2024-01-03', NULL),
	(3, '2024-01-03', '2024-03-01', NULL), (4, '2024-01-04', '2024-04-01', repeat('x', 5000)), (5, '2024-01-05', '2024-01-06', 'y')) v(n, adm, dsc, k) ORDER BY n $$,
	$$ VALUES (NULL), ('long'), ('long'), (NULL), (repeat('x', 5000)) $$, 'stay_overlap: keys may be NULL and long');
-- A key from a toasted column.
CREATE TEMP TABLE wide (n int, adm date, dsc date, k text);
ALTER TABLE wide ALTER k SET STORAGE EXTERNAL;
INSERT INTO wide SELECT n, date '2024-01-01' + n, date '2024-06-01' + n, repeat(n::text, 4000) FROM generate_series(1, 9) n;
SELECT is_empty($$ SELECT n FROM (SELECT n, stay_overlap(adm, dsc, k) OVER (ORDER BY n) AS o FROM wide) s WHERE (o).with_key IS DISTINCT FROM CASE WHEN n > 1 THEN repeat((n - 1)::text, 4000) END $$, 'stay_overlap: keys out of line');

-- What is refused.
SELECT throws_ok(format('SELECT %s OVER (ORDER BY adm DESC) FROM random_stays', call), '22023', format('rows of %s are not in the order of admission', split_part(call, '(', 1)), call)
FROM unnest('{"stay_gap(adm, dsc)","stay_overlap(adm, dsc)","episode_id(adm, dsc)","readmission(adm, dsc)"}'::text[]) call;
SELECT throws_ok('SELECT stay_gap(adm, dsc) OVER () FROM (VALUES (date ''2024-01-02'', date ''2024-01-03''), (''2024-01-01'', ''2024-01-03'')) v(adm, dsc)', '22023', NULL, 'no order');
SELECT throws_ok('SELECT episode_id(adm, dsc, -1) OVER (ORDER BY adm) FROM random_stays', '22023', 'max_gap must not be negative', 'a negative max_gap');
SELECT throws_ok('SELECT readmission(adm, dsc, -1) OVER (ORDER BY adm) FROM random_stays', '22023', 'days must not be negative', 'negative days');
SELECT throws_ok('SELECT readmission(adm, dsc, 30, -1) OVER (ORDER BY adm) FROM random_stays', '22023', 'min_gap must not be negative', 'a negative min_gap');
SELECT throws_ok('SELECT stay_gap(date ''2024-01-02'', date ''2024-01-01'') OVER ()', '22000', 'a date of discharge must not be before the date of admission', 'a discharge before the admission');
SELECT throws_ok(format('SELECT stay_gap(%L::%s, NULL) OVER ()', a, t), '22003', 'a date of admission must be finite', format('%s admission of type %s', a, t))
FROM unnest('{infinity,-infinity}'::text[]) a, unnest('{date,timestamp,timestamptz}'::text[]) t;

-- Prepared, and rescanned.
PREPARE gaps(int) AS SELECT sum(e) FROM (SELECT episode_id(adm, dsc, $1) OVER (PARTITION BY person ORDER BY adm, dsc) AS e FROM random_stays) x;
SET plan_cache_mode = force_generic_plan;
SELECT results_ne('EXECUTE gaps(0)', 'EXECUTE gaps(30)', 'a prepared statement takes its parameter');
SELECT is_empty($$
	SELECT FROM (SELECT count(*) AS n, sum(gap) AS s FROM (SELECT stay_gap(adm, dsc) OVER (PARTITION BY person ORDER BY adm, dsc) AS gap FROM random_stays) x) a,
		LATERAL (SELECT count(*) AS n, sum(gap) AS s FROM (SELECT stay_gap(adm, dsc) OVER (PARTITION BY person ORDER BY adm, dsc) AS gap FROM random_stays OFFSET 0 * a.n) x) b
	WHERE (a.n, a.s) IS DISTINCT FROM (b.n, b.s)
$$, 'a rescan begins anew');

SELECT * FROM finish();
ROLLBACK;
