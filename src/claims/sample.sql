-- sample: all values of a group, for statistics that need them; the type is made from state_type.sql.in

COMMENT ON TYPE sample IS 'The values of a group in no order, as sample_agg collects them: 8 bytes a value. One sample serves mad, tukey_fences, medcouple, grubbs_test, rosner_test, gini and the others, which are aggregates of their own as well; months roll up to years by rollup(sample). Samples of the same values are equal text. The three numbers before the values are parameters that an aggregate was called with, NaN if none.';

CREATE FUNCTION sample_step(sample, x double precision) RETURNS sample
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_sample_step';
COMMENT ON FUNCTION sample_step(sample, double precision) IS 'Transition function of aggregates of a sample.';
CREATE FUNCTION sample_step(sample, x double precision, a double precision) RETURNS sample
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_sample_step_with';
COMMENT ON FUNCTION sample_step(sample, double precision, double precision) IS 'Transition function of aggregates of a sample with parameters, which must be the same in all rows (22023).';
CREATE FUNCTION sample_step(sample, x double precision, a double precision, b double precision) RETURNS sample
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_sample_step_with';
COMMENT ON FUNCTION sample_step(sample, double precision, double precision, double precision) IS 'Transition function of aggregates of a sample with parameters, which must be the same in all rows (22023).';
CREATE FUNCTION sample_step(sample, x double precision, a boolean) RETURNS sample
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_sample_step_with';
COMMENT ON FUNCTION sample_step(sample, double precision, boolean) IS 'Transition function of aggregates of a sample with parameters, which must be the same in all rows (22023).';
CREATE FUNCTION sample_step(sample, x double precision, a integer) RETURNS sample
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_sample_step_with';
COMMENT ON FUNCTION sample_step(sample, double precision, integer) IS 'Transition function of aggregates of a sample with parameters, which must be the same in all rows (22023).';
CREATE FUNCTION sample_step(sample, x double precision, a text) RETURNS sample
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_sample_step_with';
COMMENT ON FUNCTION sample_step(sample, double precision, text) IS 'Transition function of aggregates of a sample with parameters, which must be the same in all rows (22023).';
CREATE FUNCTION sample_step(sample, x double precision, a text, b double precision) RETURNS sample
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_sample_step_with';
COMMENT ON FUNCTION sample_step(sample, double precision, text, double precision) IS 'Transition function of aggregates of a sample with parameters, which must be the same in all rows (22023).';
CREATE FUNCTION sample_step(sample, x double precision, a text, b double precision, c double precision) RETURNS sample
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_sample_step_with';
COMMENT ON FUNCTION sample_step(sample, double precision, text, double precision, double precision) IS 'Transition function of aggregates of a sample with parameters, which must be the same in all rows (22023).';

CREATE AGGREGATE sample_agg(x double precision) (
    SFUNC = sample_step, STYPE = sample, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE sample_agg(double precision) IS 'Returns the values of a group as a sample, which mad, tukey_fences, medcouple, adjusted_fences, grubbs_test, rosner_test, gini, hhi and others read. NULLs are passed over; of nothing the sample is NULL. NaN and infinity are errors (22003), as is a group of more than 134 million values (54000).';
CREATE FUNCTION sample("values" double precision[]) RETURNS sample
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_sample_of_array';
COMMENT ON FUNCTION sample(double precision[]) IS 'Returns the elements of an array as a sample; NULLs are passed over. Of no element it is NULL; NaN and infinity are errors (22003).';
CREATE FUNCTION sample_count(sample) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_sample_count';
COMMENT ON FUNCTION sample_count(sample) IS 'Returns the number of values of a sample.';
CREATE FUNCTION sample_quantile(sample, p double precision) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_sample_quantile';
COMMENT ON FUNCTION sample_quantile(sample, double precision) IS 'Returns a quantile of a sample, interpolated as percentile_cont does (type 7 of Hyndman and Fan 1996, doi:10.2307/2684934). p: 0 to 1, else an error (22023).';
