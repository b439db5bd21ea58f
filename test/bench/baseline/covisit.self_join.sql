-- what: days and pairs by a self-join through an index on place and time
-- note: groups are not capped; no expectation
CREATE INDEX IF NOT EXISTS visit_place_ts ON visit (place, ts) INCLUDE (person);
VACUUM (ANALYZE) visit;
SET enable_mergejoin = off;
SET enable_hashjoin = off;
-- timed
SELECT count(*), sum(days) FROM (
	SELECT a, b, count(DISTINCT (place, day)) AS days FROM (
		SELECT least(x.person, y.person) AS a, greatest(x.person, y.person) AS b, x.place, y.ts::date AS day
		FROM visit x JOIN visit y ON y.place = x.place AND y.ts >= x.ts AND y.ts <= x.ts + interval '10 minutes' AND y.person <> x.person
	) p GROUP BY a, b HAVING count(DISTINCT (place, day)) > 1
) q;
