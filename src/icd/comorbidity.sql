-- comorbidity: the scores of Charlson and Elixhauser, and what counts; the types are made from comorbidity_index.sql.in

COMMENT ON TYPE charlson IS 'A set of Charlson categories, such as {chf,diabwc}, as charlson_agg collects it: what was found, before hierarchy and weights. Four bytes; the union of two is |. Kept in a table, monthly states roll up to years by rollup(charlson).';

CREATE FUNCTION charlson_score(charlson, weights text DEFAULT 'quan2011', age integer DEFAULT NULL, hierarchy boolean DEFAULT true) RETURNS integer
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_charlson_score';
COMMENT ON FUNCTION charlson_score(charlson, text, integer, boolean) IS 'Returns the Charlson index of a state in points. weights: quan2011 (0 to 24 points) or charlson1987, in Deyo''s 17 groups. age: in years, 0 to 150; adds 1 point from 50 on, 2 from 60, 3 from 70, 4 from 80; NULL adds none. hierarchy: mild liver disease, diabetes without complication and a tumour do not count beside severe liver disease, diabetes with complication and metastasis; default true. Other weights or ages are errors (22023); NULL for state, weights or hierarchy gives NULL. Sources: Charlson 1987, doi:10.1016/0021-9681(87)90171-8; Deyo 1992, doi:10.1016/0895-4356(92)90133-8; Charlson 1994 for age, doi:10.1016/0895-4356(94)90129-5; Quan 2011, doi:10.1093/aje/kwq433.';

COMMENT ON TYPE elixhauser IS 'A set of Elixhauser categories, such as {chf,diabc}, as elixhauser_agg collects it: what was found, before hierarchy and weights. Four bytes; the union of two is |. Kept in a table, monthly states roll up to years by rollup(elixhauser).';

CREATE FUNCTION elixhauser_score(elixhauser, weights text DEFAULT 'van_walraven', hierarchy boolean DEFAULT true) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_elixhauser_score';
COMMENT ON FUNCTION elixhauser_score(elixhauser, text, boolean) IS 'Returns the Elixhauser index of a state in points, which may be negative. weights: van_walraven, swiss, ahrq_mortality or ahrq_readmission; the two of AHRQ are for its 29 groups: hypertension of both forms counts once, arrhythmia not. hierarchy: uncomplicated hypertension, uncomplicated diabetes and a solid tumour do not count beside their complicated forms and metastasis; default true. Other weights are an error (22023). Sources: van Walraven 2009, doi:10.1097/MLR.0b013e31819432e5; Sharma 2021, doi:10.1186/s12913-020-05999-5; Moore 2017, doi:10.1097/MLR.0000000000000735.';

-- what counts

CREATE FUNCTION comorbidity_map_rows(
    OUT index text, OUT category text, OUT label_en text, OUT label_zh text,
    OUT codes icd10set, OUT weights jsonb, OUT excluded_by text, OUT source text
) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 48 AS 'MODULE_PATHNAME', 'hb_comorbidity_map';
COMMENT ON FUNCTION comorbidity_map_rows() IS 'Returns the rows of the view comorbidity_map.';
CREATE VIEW comorbidity_map AS
    SELECT index, category, label_en, label_zh, codes, weights, excluded_by, source
    FROM comorbidity_map_rows();
GRANT SELECT ON comorbidity_map TO PUBLIC;
COMMENT ON VIEW comorbidity_map IS 'What counts for the comorbidity indices, a row for each category, from the tables that the functions use.';
COMMENT ON COLUMN comorbidity_map.index IS 'charlson or elixhauser';
COMMENT ON COLUMN comorbidity_map.category IS 'short name, as in a state';
COMMENT ON COLUMN comorbidity_map.label_en IS 'English name';
COMMENT ON COLUMN comorbidity_map.label_zh IS 'Chinese name';
COMMENT ON COLUMN comorbidity_map.codes IS 'the codes that count: a code is of the category when code && codes';
COMMENT ON COLUMN comorbidity_map.weights IS 'points by the name of the weights; null where these do not have the category';
COMMENT ON COLUMN comorbidity_map.excluded_by IS 'the graver form, in whose presence this one does not count in a score with hierarchy';
COMMENT ON COLUMN comorbidity_map.source IS 'publications of codes and weights';

