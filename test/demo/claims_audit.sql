-- The rule library on a year of claims, and who comes together; after claims.sql.
\echo
\echo '-- the rule library: SELECT * FROM audit_run(rule), every rule of the stage "after", and where a hit is a visit, how many were planted by the generator'
CREATE TEMP TABLE hit AS SELECT h.* FROM audit_rule AS r, audit_run(r.rule) AS h WHERE r.stage = 'after';
SELECT h.rule, r.title_zh AS title, count(*) AS hits, count(DISTINCT h.fixmedins_code) AS institutions, sum(h.amount) AS yuan,
       CASE WHEN count(h.mdtrt_id) > 0 THEN count(*) FILTER (WHERE EXISTS (SELECT FROM hb_ins.label AS l WHERE l.tab = 'mdtrt_d' AND l.row_key = h.mdtrt_id)) END AS planted
FROM hit AS h JOIN audit_rule AS r USING (rule, version) GROUP BY 1, 2 ORDER BY hits DESC;

\echo '-- reasons of a hit: numbers and limits'
SELECT rule, subject, jsonb_pretty(reasons) AS reasons FROM hit WHERE rule = 'split-stay' ORDER BY hit_id LIMIT 1;

\echo '-- knowledge points: two pairs of items that exclude each other, as a user would load them'
CREATE TEMP TABLE pair (granule text, main_code text, main_name text, excluded_code text, excluded_name text);
INSERT INTO pair VALUES ('day', '001103000010000', '急诊监护费', '001109000010000', '普通病房床位费'), ('hour', '003107020020000', '持续有创性血压监测', '003107010210000', '动态血压监测');
SELECT count(broken) AS "not loaded" FROM audit_point_load('pair', 'pair', 'knowledge points, batch 7');
SELECT reasons ->> 'excluded_by_name' AS main, reasons ->> 'name' AS excluded, reasons ->> 'within' AS within, count(*) AS charges, sum(amount) AS yuan
FROM audit_run('point-pair') GROUP BY 1, 2, 3 ORDER BY charges DESC;

\echo '-- rings: cards that are used within ten minutes of each other, again and again (covisit_agg), joined to components'
SELECT reasons ->> 'ring' AS ring, max((reasons ->> 'ring_persons')::int) AS cards, max((reasons ->> 'days')::int) AS "days together",
       round(max((reasons ->> 'expected')::numeric), 3) AS "expected at most", min((reasons ->> 'log10_p')::numeric) AS "least log10 p"
FROM hit WHERE rule = 'covisit' GROUP BY 1 ORDER BY cards DESC, ring;
