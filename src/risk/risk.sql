-- risk: the catalogue of models; their functions are made by tools/risk-models

CREATE FUNCTION risk_model_rows(
    OUT name text, OUT version text, OUT returns text, OUT status text, OUT hooks text, OUT classes text, OUT cuts text,
    OUT horizon text, OUT title_zh text, OUT title_en text, OUT population text, OUT outcome text, OUT output text,
    OUT citation text, OUT doi text, OUT level text, OUT evidence text, OUT licence text, OUT missing text, OUT example text
) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 90 AS 'MODULE_PATHNAME', 'hb_risk_model_table';
COMMENT ON FUNCTION risk_model_rows() IS 'Returns the table of models that the functions are compiled with, behind the view risk_model.';
CREATE FUNCTION risk_input_rows(
    OUT model text, OUT name text, OUT type text, OUT unit text, OUT lo text, OUT hi text, OUT dflt text, OUT words text,
    OUT mistake text, OUT reference text, OUT target text, OUT note text
) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 400 AS 'MODULE_PATHNAME', 'hb_risk_input_table';
COMMENT ON FUNCTION risk_input_rows() IS 'Returns the table of inputs that the functions are compiled with, behind the view risk_input.';

CREATE VIEW risk_input AS
    SELECT model, row_number() OVER (PARTITION BY model ORDER BY ordinality)::integer AS place, name,
        CASE type WHEN 'float8' THEN 'double precision' WHEN 'int4' THEN 'integer' WHEN 'number' THEN 'integer' WHEN 'flag' THEN 'boolean' ELSE 'text' END AS type,
        unit, lo::double precision AS lo, hi::double precision AS hi, dflt IS NOT DISTINCT FROM 'NULL' AS optional,
        nullif(trim('''' FROM dflt), 'NULL') AS preset, string_to_array(regexp_replace(words, '/[^|]*', '', 'g'), '|') AS words, note
    FROM risk_input_rows() WITH ORDINALITY;
GRANT SELECT ON risk_input TO PUBLIC;
COMMENT ON VIEW risk_input IS 'The inputs of each shipped risk model, from the table that the functions check their arguments by.';
COMMENT ON COLUMN risk_input.model IS 'the model, as in risk_model';
COMMENT ON COLUMN risk_input.place IS 'place among the arguments, from 1';
COMMENT ON COLUMN risk_input.name IS 'name of the argument';
COMMENT ON COLUMN risk_input.type IS 'SQL type of the argument';
COMMENT ON COLUMN risk_input.unit IS 'unit, empty for flags and words';
COMMENT ON COLUMN risk_input.lo IS 'least value for which the model was published';
COMMENT ON COLUMN risk_input.hi IS 'greatest value for which the model was published';
COMMENT ON COLUMN risk_input.optional IS 'may be NULL, as the publication defines it; any other NULL gives NULL';
COMMENT ON COLUMN risk_input.preset IS 'value if the argument is left out';
COMMENT ON COLUMN risk_input.words IS 'what the argument may be, where it is a word';
COMMENT ON COLUMN risk_input.note IS 'what is meant';

CREATE VIEW risk_model AS
    SELECT m.name, m.version, m.status, m.title_zh, m.title_en, m.citation, m.doi, m.population, m.outcome, m.horizon,
        (SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('name', i.name, 'type', i.type, 'unit', i.unit, 'lo', i.lo, 'hi', i.hi,
            'optional', nullif(i.optional, false), 'words', i.words, 'note', i.note)) ORDER BY i.place)
        FROM risk_input i WHERE i.model = m.name) AS inputs,
        m.returns, m.output, string_to_array(m.classes, '|') AS classes, string_to_array(m.cuts, '|') AS cuts,
        m.level, m.evidence, m.licence, m.missing, m.example
    FROM risk_model_rows() m;
GRANT SELECT ON risk_model TO PUBLIC;
COMMENT ON VIEW risk_model IS 'The risk models: those shipped, each a function of this name, and those planned with what they lack; from the tables that the functions are compiled with. doc/risk.md is made from it.';
COMMENT ON COLUMN risk_model.name IS 'name of the function';
COMMENT ON COLUMN risk_model.version IS 'year or edition of the model';
COMMENT ON COLUMN risk_model.status IS 'shipped, or planned: not to be had yet, see missing';
COMMENT ON COLUMN risk_model.title_zh IS 'Chinese title';
COMMENT ON COLUMN risk_model.title_en IS 'English title';
COMMENT ON COLUMN risk_model.citation IS 'publication';
COMMENT ON COLUMN risk_model.doi IS 'DOI of the publication';
COMMENT ON COLUMN risk_model.population IS 'for whom the model was made';
COMMENT ON COLUMN risk_model.outcome IS 'what is predicted or classed';
COMMENT ON COLUMN risk_model.horizon IS 'time to which a risk refers';
COMMENT ON COLUMN risk_model.inputs IS 'arguments in order, each with name, type, unit, range lo to hi, words, note; also as rows of risk_input';
COMMENT ON COLUMN risk_model.returns IS 'type of the result: float8, int4, bool, or text (a class)';
COMMENT ON COLUMN risk_model.output IS 'meaning and range of the result';
COMMENT ON COLUMN risk_model.classes IS 'published classes, from low to high, given by the function name_class';
COMMENT ON COLUMN risk_model.cuts IS 'values where the next class begins; a value equal to a cut is above it, unless = follows the cut';
COMMENT ON COLUMN risk_model.level IS 'A: a published example, chart or the authors'' program is reproduced; B: two separately maintained sources agree';
COMMENT ON COLUMN risk_model.evidence IS 'what the level rests on';
COMMENT ON COLUMN risk_model.licence IS 'what is known of rights';
COMMENT ON COLUMN risk_model.missing IS 'what a planned model lacks';
COMMENT ON COLUMN risk_model.example IS 'a call, as SQL';

CREATE FUNCTION cn_dyslipidaemia(
    tc double precision DEFAULT NULL, ldl double precision DEFAULT NULL, hdl double precision DEFAULT NULL,
    tg double precision DEFAULT NULL, non_hdl double precision DEFAULT NULL, on_range text DEFAULT 'error',
    OUT tc text, OUT ldl text, OUT hdl text, OUT tg text, OUT non_hdl text
) RETURNS record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
BEGIN ATOMIC
    SELECT
        cn_dyslipidaemia_tc(tc, on_range),
        cn_dyslipidaemia_ldl(ldl, on_range),
        cn_dyslipidaemia_hdl(hdl, on_range),
        cn_dyslipidaemia_tg(tg, on_range),
        cn_dyslipidaemia_non_hdl(non_hdl, on_range);
END;
COMMENT ON FUNCTION cn_dyslipidaemia(double precision, double precision, double precision, double precision, double precision, text) IS 'Returns the Chinese stratum of each blood lipid: the columns are those of cn_dyslipidaemia_tc, _ldl, _hdl, _tg and _non_hdl. Arguments: tc, ldl, hdl, tg, non_hdl (mmol/L); what is NULL has no stratum. Non-HDL cholesterol is not worked out of the others. To get columns, write SELECT l.* FROM visit, LATERAL cn_dyslipidaemia(tc => visit.tc, ldl => visit.ldl) l. Errors and on_range as those functions have. 中国血脂管理指南(2023年).';
