-- what: persons together at a place within ten minutes
-- limit: rate >= 1000000
-- limit: ratio <= 1
-- setup: setup_covisit.sql
-- note: the pairs of two days and more are listed as well, with what chance has them expected; the baseline counts days only
-- timed
SELECT count(*), sum(days) FROM (
	SELECT covisit_agg(person, ts, place, '10 minutes' ORDER BY place, ts) AS s FROM visit) v, covisit_pairs(s);
