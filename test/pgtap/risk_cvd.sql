-- Cardiovascular models against published examples, charts and other programs.
BEGIN;
SELECT no_plan();

CREATE TEMP TABLE vector (score text, inputs jsonb, expected jsonb, tolerance float8, source text);
\copy vector FROM PROGRAM 'grep -v "^#" test/data/risk_cvd_vectors.csv' (FORMAT csv, HEADER)

-- How the vectors say it, and how the functions do: the function, arguments that they add, what a result is divided by,
-- and whether cholesterol is in mg/dL, with how many mg/dL in a mmol/L.
CREATE TEMP TABLE meaning (score text PRIMARY KEY, name text, more jsonb, scale float8, mgdl float8);
INSERT INTO meaning VALUES
	('chinapar_10y', 'china_par', '{}', 100, 1 / 0.0259),
	('chinapar_10y_paperTable2', 'china_par', '{}', 100, 1 / 0.0259),
	('who2019_lab_eastasia', 'who2019_lab', '{}', 100, NULL),
	('prevent', 'prevent', '{}', 100, 1 / 0.02586),
	('pce2013', 'pce2013', '{}', 100, 38.67),
	('framingham2008_lipid', 'framingham2008_lipid', '{}', 100, 38.67),
	('framingham2008_bmi', 'framingham2008_bmi', '{}', 100, NULL),
	('score2', 'score2', '{}', 100, NULL),
	('score2op_unrounded', 'score2op', '{}', 100, NULL),
	('score2op_published_rounded', 'score2op', '{"variant": "published"}', 100, NULL),
	('score2dm', 'score2dm', '{}', 100, NULL),
	('cn_lipid2023', 'cn_lipid2023', '{}', NULL, NULL),
	('cn_bp_grade', 'cn_bp_grade', '{}', 1, NULL),
	('cn_htn_strata', 'cn_htn_strata', '{}', NULL, NULL);

-- The call of a vector.
CREATE FUNCTION pg_temp.call(v vector, m meaning) RETURNS text LANGUAGE sql AS $$
	SELECT format('%I(%s)', m.name, string_agg(format('%I => %L', coalesce(i.name, a.key),
		CASE WHEN a.key IN ('tc', 'hdl') AND m.mgdl IS NOT NULL THEN (a.value::float8 / m.mgdl)::text ELSE a.value END), ', '))
	FROM jsonb_each_text(v.inputs || m.more) a
	LEFT JOIN (VALUES ('china_par', 'treated', 'bp_treated'), ('china_par', 'dm', 'diabetes'), ('china_par', 'famhx', 'family_history'),
		('who2019_lab', 'tc_mmol', 'tc')) i(model, key, name) ON i.model = m.name AND i.key = a.key
	WHERE a.key <> 'exact' AND NOT (m.name = 'china_par' AND a.key IN ('tc_mmol', 'hdl_mmol'))
$$;
CREATE FUNCTION pg_temp.run(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	EXECUTE 'SELECT ' || call INTO result;
	RETURN result;
END $$;

SELECT is((SELECT count(*)::int FROM vector LEFT JOIN meaning USING (score) WHERE name IS NULL), 0, 'every vector is tried');

-- The equation for the social deprivation index alone is not shipped.
SELECT CASE WHEN m.scale IS NULL THEN is(pg_temp.run(pg_temp.call(v, m)), v.expected #>> '{}', v.score || ': ' || v.source)
	ELSE ok(abs(pg_temp.run(pg_temp.call(v, m))::float8 * m.scale - (v.expected #>> '{}')::float8) <= v.tolerance + 1e-9,
		format('%s: %s, %s', v.score, v.source, v.inputs)) END
FROM vector v JOIN meaning m USING (score) WHERE v.inputs->>'model' IS DISTINCT FROM 'sdi'
ORDER BY v.score, v.inputs::text;

-- Where the rounded value is published, the unrounded one is that of the notes' own program.
SELECT ok(abs(pg_temp.run(pg_temp.call(v, m))::float8 * m.scale - (v.inputs->>'exact')::float8) <= 6e-5, v.score || ' unrounded: ' || v.inputs)
FROM vector v JOIN meaning m USING (score) WHERE v.inputs ? 'exact'
ORDER BY v.score, v.inputs::text;

SELECT * FROM finish();
ROLLBACK;
