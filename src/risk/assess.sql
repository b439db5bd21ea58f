-- assess: discrimination and calibration of scores on one's own data; the types are made from state_type.sql.in

COMMENT ON TYPE roc IS 'Scores and what they met, as auc_agg collects them: each score that differs with the number of rows that had the outcome and that had not. At most 64,000,000 different scores, 16 bytes each (54000). Kept in a table, monthly states roll up to years by rollup(roc).';
COMMENT ON TYPE calibration IS 'Probabilities and what came, as calibration_agg collects them: each that differs with the number of rows that had the outcome and that had not. At most 64,000,000 different ones, 16 bytes each (54000). Kept in a table, monthly states roll up to years by rollup(calibration).';

CREATE FUNCTION roc_step(roc, score double precision, outcome boolean) RETURNS roc
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_roc_step';
COMMENT ON FUNCTION roc_step(roc, double precision, boolean) IS 'The step of auc_agg.';
CREATE FUNCTION roc_final(roc) RETURNS roc
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_roc_final';
COMMENT ON FUNCTION roc_final(roc) IS 'Returns a state in order, each score once; the end of auc_agg.';
CREATE AGGREGATE auc_agg(score double precision, outcome boolean) (
    SFUNC = roc_step, STYPE = roc, FINALFUNC = roc_final, COMBINEFUNC = roc_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE auc_agg(double precision, boolean) IS 'Returns the state from which auc and auc_interval are taken. score: any scale, infinities included, higher for those more likely to have the outcome; NaN is an error (22003). outcome: true for those who had it. Rows with a NULL are passed over; of none the state is NULL.';

CREATE FUNCTION calibration_step(calibration, probability double precision, outcome boolean) RETURNS calibration
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_calibration_step';
COMMENT ON FUNCTION calibration_step(calibration, double precision, boolean) IS 'The step of calibration_agg.';
CREATE FUNCTION calibration_final(calibration) RETURNS calibration
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_calibration_final';
COMMENT ON FUNCTION calibration_final(calibration) IS 'Returns a state in order, each probability once; the end of calibration_agg.';
CREATE AGGREGATE calibration_agg(probability double precision, outcome boolean) (
    SFUNC = calibration_step, STYPE = calibration, FINALFUNC = calibration_final, COMBINEFUNC = calibration_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE calibration_agg(double precision, boolean) IS 'Returns the state from which calibration_summary, calibration_groups, hosmer_lemeshow and brier are taken. probability: that a model predicted, 0 to 1; another is an error (22003). outcome: true for those who had it. Rows with a NULL are passed over; of none the state is NULL.';

CREATE FUNCTION auc(roc) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_auc_value';
COMMENT ON FUNCTION auc(roc) IS 'Returns the area under the ROC curve, 0 to 1: how often somebody with the outcome has a higher score than somebody without, ties counting half; exact. NULL unless there are rows of both kinds.';
CREATE FUNCTION auc_interval(roc, level double precision DEFAULT 0.95, OUT auc double precision, OUT se double precision,
    OUT lower double precision, OUT upper double precision, OUT cases bigint, OUT controls bigint)
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_auc_interval';
COMMENT ON FUNCTION auc_interval(roc, double precision) IS 'Returns the area under the ROC curve with its standard error by DeLong, the interval auc -+ z se within 0 to 1, and how many rows had the outcome and had not. level: between 0 and 1 (22023). Standard error and interval are NULL unless there are two rows of each kind; where every case is above every control the error is 0, and so is the width of the interval. DeLong, DeLong, Clarke-Pearson 1988, doi:10.2307/2531595; Sun, Xu 2014, doi:10.1109/LSP.2014.2337313.';

CREATE FUNCTION brier(calibration) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_brier_of';
COMMENT ON FUNCTION brier(calibration) IS 'Returns the mean squared error of the probabilities, 0 (best) to 1. Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.';
CREATE FUNCTION brier_step(double precision[], probability double precision, outcome boolean) RETURNS double precision[]
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_brier_step';
COMMENT ON FUNCTION brier_step(double precision[], double precision, boolean) IS 'The step of brier(probability, outcome).';
CREATE AGGREGATE brier(probability double precision, outcome boolean) (
    SFUNC = brier_step, STYPE = double precision[], FINALFUNC = pg_catalog.float8_avg, COMBINEFUNC = pg_catalog.float8_combine,
    INITCOND = '{0,0,0}', PARALLEL = SAFE
);
COMMENT ON AGGREGATE brier(double precision, boolean) IS 'Returns the mean squared error of probabilities, 0 (best) to 1, in one pass and without keeping them. probability: 0 to 1, another is an error (22003). Rows with a NULL are passed over; of none the result is NULL. Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.';

CREATE FUNCTION calibration_summary(calibration, level double precision DEFAULT 0.95, OUT n bigint, OUT events bigint, OUT expected double precision,
    OUT oe double precision, OUT oe_lower double precision, OUT oe_upper double precision,
    OUT in_the_large double precision, OUT in_the_large_lower double precision, OUT in_the_large_upper double precision,
    OUT intercept double precision, OUT slope double precision, OUT slope_lower double precision, OUT slope_upper double precision,
    OUT brier double precision, OUT sure bigint)
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS 'MODULE_PATHNAME', 'hb_calibration_summary';
COMMENT ON FUNCTION calibration_summary(calibration, double precision) IS 'Returns how probabilities agree with what came: n rows, events observed and expected, their ratio oe with its interval exp(log(oe) -+ z sqrt((1 - events / n) / events)); in_the_large, the intercept of a logistic recalibration with slope 1 (0 is best, above 0 the risk was underestimated); intercept and slope of the recalibration logit(risk) = intercept + slope logit(probability), fitted together (slope 1 is best, below 1 the predictions are too extreme), with Wald intervals; the mean squared error brier; sure, rows whose probability is 0 or 1, which have no logit and are left out of the recalibration. level: of the intervals, between 0 and 1 (22023). What has no finite value is NULL: oe without anything expected, a recalibration without events or with nothing else, slope and intercept also where a cut parts all events from all others. Cox 1958, doi:10.1093/biomet/45.3-4.562; Van Calster et al. 2019, doi:10.1186/s12916-019-1466-7.';
CREATE FUNCTION calibration_groups(calibration, groups integer DEFAULT 10, OUT place integer, OUT lo double precision, OUT hi double precision,
    OUT n bigint, OUT events bigint, OUT expected double precision, OUT observed_risk double precision, OUT mean_risk double precision) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10 AS 'MODULE_PATHNAME', 'hb_calibration_group_rows';
COMMENT ON FUNCTION calibration_groups(calibration, integer) IS 'Returns the rows of a calibration plot: groups between the quantiles of the probabilities, deciles by default, from low to high: the least and the greatest probability, n rows, events observed and expected, the observed risk and the mean probability. groups: 2 to 1000 (22023). Equal probabilities stay in one group, so there may be fewer. A quantile is interpolated between order statistics (type 7 of Hyndman, Fan 1996, doi:10.2307/2684934), a group ends with it.';
CREATE FUNCTION hosmer_lemeshow(calibration, groups integer DEFAULT 10, fitted boolean DEFAULT false,
    OUT statistic double precision, OUT df double precision, OUT p double precision)
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_hosmer_lemeshow_test';
COMMENT ON FUNCTION hosmer_lemeshow(calibration, integer, boolean) IS 'Returns the Hosmer-Lemeshow statistic over the groups of calibration_groups, its degrees of freedom, and p from the distribution of chi squared. groups: 2 to 1000 (22023). fitted: true if the model was fitted to these rows, which takes two degrees; false, the default, for a model from elsewhere. p is NULL without a degree left. In large samples p is small for the least misfit: look at calibration_groups. Hosmer, Lemeshow 1980, doi:10.1080/03610928008827941.';
