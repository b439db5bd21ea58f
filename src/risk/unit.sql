-- unit: concentrations in mg/dL, mmol/L and umol/L

CREATE FUNCTION mgdl_to_mmol(analyte text, x double precision) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_mgdl_to_mmol';
COMMENT ON FUNCTION mgdl_to_mmol(text, double precision) IS 'Returns a concentration in mmol/L, given x in mg/dL. analyte: tc, hdl, ldl, non_hdl (factor 38.67), tg (88.57), glucose (18.016), creatinine (88.4 umol/L in a mg/dL), bilirubin (17.1), phosphate (3.097), calcium (4.008), magnesium, urea, bun (nitrogen of urea), uric_acid; usual abbreviations and Chinese names too. Another analyte is an error (22023). China-PAR and PREVENT were published with 38.61 and 38.67 for cholesterol; their functions take mmol/L and keep to their own.';
CREATE FUNCTION mmol_to_mgdl(analyte text, x double precision) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_mmol_to_mgdl';
COMMENT ON FUNCTION mmol_to_mgdl(text, double precision) IS 'Returns a concentration in mg/dL, given x in mmol/L. analyte: as mgdl_to_mmol takes it; another is an error (22023).';
CREATE FUNCTION mgdl_to_umol(analyte text, x double precision) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_mgdl_to_umol';
COMMENT ON FUNCTION mgdl_to_umol(text, double precision) IS 'Returns a concentration in umol/L, the unit of creatinine, bilirubin and uric acid, given x in mg/dL. analyte: as mgdl_to_mmol takes it; another is an error (22023).';
CREATE FUNCTION umol_to_mgdl(analyte text, x double precision) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_umol_to_mgdl';
COMMENT ON FUNCTION umol_to_mgdl(text, double precision) IS 'Returns a concentration in mg/dL, given x in umol/L. analyte: as mgdl_to_mmol takes it; another is an error (22023).';
