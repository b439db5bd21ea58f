-- drg: indices of diagnosis-related groups; the types are made from state_type.sql.in

COMMENT ON TYPE weighted_mean IS 'Sums of values and of their weights, as weighted_mean_agg collects them: 56 bytes. Read by weighted_mean(state); months roll up to years by rollup(weighted_mean).';

CREATE FUNCTION weighted_mean_step(weighted_mean, x double precision) RETURNS weighted_mean
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_weighted_mean_step';
COMMENT ON FUNCTION weighted_mean_step(weighted_mean, double precision) IS 'Transition function of aggregates of a weighted mean.';
CREATE FUNCTION weighted_mean_step(weighted_mean, x double precision, n bigint) RETURNS weighted_mean
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_weighted_mean_step';
COMMENT ON FUNCTION weighted_mean_step(weighted_mean, double precision, bigint) IS 'Transition function of aggregates of a weighted mean, of n cases a row.';
CREATE FUNCTION weighted_mean(weighted_mean) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_weighted_mean_value';
COMMENT ON FUNCTION weighted_mean(weighted_mean) IS 'Returns the mean of a state, sum of weighted values by sum of weights; NULL where the weights are 0.';
CREATE AGGREGATE weighted_mean_agg(x double precision, n bigint) (
    SFUNC = weighted_mean_step, STYPE = weighted_mean, COMBINEFUNC = weighted_mean_combine, SSPACE = 64, PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_mean_agg(double precision, bigint) IS 'Returns sums for the mean of values weighted by their number of cases as a state; read it by weighted_mean. x: finite; n: cases that the value is of, 0 or more; else errors (22003). Rows with a NULL are passed over; of nothing it is NULL.';
CREATE AGGREGATE cmi(weight double precision) (
    SFUNC = weighted_mean_step, STYPE = weighted_mean, FINALFUNC = weighted_mean, COMBINEFUNC = weighted_mean_combine, SSPACE = 64, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cmi(double precision) IS 'Returns the case mix index, the mean weight of the groups of cases. weight: of the group of a case, finite, else an error (22003). NULLs, ungrouped cases, are passed over; of nothing it is NULL. Sums are compensated: the result does not depend on the order of rows. Source: management measures for DRG/DIP payment.';
CREATE AGGREGATE cmi(weight double precision, n bigint) (
    SFUNC = weighted_mean_step, STYPE = weighted_mean, FINALFUNC = weighted_mean, COMBINEFUNC = weighted_mean_combine, SSPACE = 64, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cmi(double precision, bigint) IS 'Returns the case mix index, the mean weight of the groups of cases that were counted before. weight: of a group, finite; n: its cases, 0 or more; else errors (22003). Rows with a NULL are passed over; of nothing it is NULL. Sums are compensated: the result does not depend on the order of rows. Source: management measures for DRG/DIP payment.';
CREATE AGGREGATE consumption_index_agg(k double precision, n bigint) (
    SFUNC = weighted_mean_step, STYPE = weighted_mean, FINALFUNC = weighted_mean, COMBINEFUNC = weighted_mean_combine, SSPACE = 64, PARALLEL = SAFE
);
COMMENT ON AGGREGATE consumption_index_agg(double precision, bigint) IS 'Returns the cost or time consumption index of a hospital, sum(k n) / sum(n) over groups: above 1 it spends more, or keeps patients longer, than others on the same groups. k: mean cost, or length of stay, of its cases of a group by that of all hospitals; NULL, as where the latter is 0, leaves the group out; n: its cases of the group, 0 or more; else errors (22003). Of nothing it is NULL. It is not the ratio of summed costs to expected ones, in which dear groups weigh more: do not mix them. Source: management measures for DRG/DIP payment.';

COMMENT ON TYPE drg_groups IS 'Number, mean and spread of the cases of each group, as drg_groups_agg collects them: 32 bytes a group, by the hash of its name. Read by riv; months roll up to years by rollup(drg_groups).';
CREATE FUNCTION drg_groups_step(drg_groups, "group" text, x double precision) RETURNS drg_groups
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_drg_groups_step';
COMMENT ON FUNCTION drg_groups_step(drg_groups, text, double precision) IS 'Transition function of drg_groups_agg and riv_agg.';
CREATE AGGREGATE drg_groups_agg("group" text, x double precision) (
    SFUNC = drg_groups_step, STYPE = drg_groups, COMBINEFUNC = drg_groups_combine, SSPACE = 16384, PARALLEL = SAFE
);
COMMENT ON AGGREGATE drg_groups_agg(text, double precision) IS 'Returns number, mean and spread by group as a state that riv reads. group: name of the group; x: cost or length of stay, finite, else an error (22003). Rows with a NULL are passed over; of nothing it is NULL. More than 1000000 groups are an error (54000).';
CREATE TYPE riv_result AS (riv double precision, cv double precision, cv_within double precision, mean double precision, n bigint, groups bigint);
COMMENT ON TYPE riv_result IS 'How much of the variance a grouping explains: the result of riv_agg.';
COMMENT ON COLUMN riv_result.riv IS 'reduction in variance, 0 to 1; NULL where all values are equal';
COMMENT ON COLUMN riv_result.cv IS 'coefficient of variation of all cases';
COMMENT ON COLUMN riv_result.cv_within IS 'that of cases within their groups: pooled standard deviation by mean';
COMMENT ON COLUMN riv_result.mean IS 'mean of all cases';
COMMENT ON COLUMN riv_result.n IS 'number of cases';
COMMENT ON COLUMN riv_result.groups IS 'number of groups';
CREATE FUNCTION riv(drg_groups) RETURNS riv_result
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_riv';
COMMENT ON FUNCTION riv(drg_groups) IS 'Returns how much of the variance of cost or length of stay a grouping explains, as a row: riv is 1 less the variance within groups by the total one, cv and cv_within are coefficients of variation. A grouping with many small groups explains much by chance. Source: reduction in variance, as in the evaluation of CHS-DRG.';
CREATE AGGREGATE riv_agg("group" text, x double precision) (
    SFUNC = drg_groups_step, STYPE = drg_groups, FINALFUNC = riv, COMBINEFUNC = drg_groups_combine, SSPACE = 16384, PARALLEL = SAFE
);
COMMENT ON AGGREGATE riv_agg(text, double precision) IS 'Returns how much of the variance of cost or length of stay a grouping explains, as a row: riv is 1 less the variance within groups by the total one, cv and cv_within are coefficients of variation. A grouping with many small groups explains much by chance. group: name of the group; x: cost or length of stay, finite, else an error (22003). Rows with a NULL are passed over; of nothing it is NULL. More than 1000000 groups are an error (54000). Source: reduction in variance, as in the evaluation of CHS-DRG.';

CREATE TYPE drg_trimmed AS (low double precision, high double precision, n_kept bigint, mean_kept double precision, n bigint, n_low bigint, n_high bigint, method text);
COMMENT ON TYPE drg_trimmed IS 'Limits within which cases of a group count, and what is left: the result of drg_trim.';
COMMENT ON COLUMN drg_trimmed.low IS 'lower limit';
COMMENT ON COLUMN drg_trimmed.high IS 'upper limit';
COMMENT ON COLUMN drg_trimmed.n_kept IS 'cases within the limits';
COMMENT ON COLUMN drg_trimmed.mean_kept IS 'their mean';
COMMENT ON COLUMN drg_trimmed.n IS 'all cases';
COMMENT ON COLUMN drg_trimmed.n_low IS 'cases below';
COMMENT ON COLUMN drg_trimmed.n_high IS 'cases above';
COMMENT ON COLUMN drg_trimmed.method IS 'iqr, log3sd, l3h3 or multiple';
CREATE FUNCTION drg_trim(sample) RETURNS drg_trimmed
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_drg_trim';
COMMENT ON FUNCTION drg_trim(sample) IS 'Returns the limits within which the cases of a group count for its weight, and the mean of those, as a row. The method is iqr: q1 - 0.5 IQR to q3 + 1.5 IQR. NULLs are passed over; of nothing it is NULL. NaN and infinity, and with log3sd values that are not above 0, are errors (22003).';
CREATE FUNCTION drg_trim(sample, method text) RETURNS drg_trimmed
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_drg_trim';
COMMENT ON FUNCTION drg_trim(sample, text) IS 'Returns the limits within which the cases of a group count for its weight, and the mean of those, as a row. method: iqr, q1 - low IQR to q3 + high IQR, 0.5 and 1.5 by default, the best of four in a study of CHS-DRG (quartiles as percentile_cont); log3sd, low and high standard deviations of the logarithms around their mean, 3 and 3; l3h3, the mean by low to the mean times high, 3 and 3; multiple, low and high times the mean, 0.4 and 3; else an error (22023). NULLs are passed over; of nothing it is NULL. NaN and infinity, and with log3sd values that are not above 0, are errors (22003).';
CREATE FUNCTION drg_trim(sample, method text, low double precision, high double precision) RETURNS drg_trimmed
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_drg_trim';
COMMENT ON FUNCTION drg_trim(sample, text, double precision, double precision) IS 'Returns the limits within which the cases of a group count for its weight, and the mean of those, as a row. method: iqr, q1 - low IQR to q3 + high IQR, 0.5 and 1.5 by default, the best of four in a study of CHS-DRG (quartiles as percentile_cont); log3sd, low and high standard deviations of the logarithms around their mean, 3 and 3; l3h3, the mean by low to the mean times high, 3 and 3; multiple, low and high times the mean, 0.4 and 3; else an error (22023). low, high: as the method says, 0 or more, else an error (22023). NULLs are passed over; of nothing it is NULL. NaN and infinity, and with log3sd values that are not above 0, are errors (22003).';
CREATE AGGREGATE drg_trim(x double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = drg_trim, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE drg_trim(double precision) IS 'Returns the limits within which the cases of a group count for its weight, and the mean of those, as a row. The method is iqr: q1 - 0.5 IQR to q3 + 1.5 IQR. NULLs are passed over; of nothing it is NULL. NaN and infinity, and with log3sd values that are not above 0, are errors (22003).';
CREATE AGGREGATE drg_trim(x double precision, method text) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = drg_trim, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE drg_trim(double precision, text) IS 'Returns the limits within which the cases of a group count for its weight, and the mean of those, as a row. method: iqr, q1 - low IQR to q3 + high IQR, 0.5 and 1.5 by default, the best of four in a study of CHS-DRG (quartiles as percentile_cont); log3sd, low and high standard deviations of the logarithms around their mean, 3 and 3; l3h3, the mean by low to the mean times high, 3 and 3; multiple, low and high times the mean, 0.4 and 3; else an error (22023). NULLs are passed over; of nothing it is NULL. NaN and infinity, and with log3sd values that are not above 0, are errors (22003).';
CREATE AGGREGATE drg_trim(x double precision, method text, low double precision, high double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = drg_trim, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE drg_trim(double precision, text, double precision, double precision) IS 'Returns the limits within which the cases of a group count for its weight, and the mean of those, as a row. method: iqr, q1 - low IQR to q3 + high IQR, 0.5 and 1.5 by default, the best of four in a study of CHS-DRG (quartiles as percentile_cont); log3sd, low and high standard deviations of the logarithms around their mean, 3 and 3; l3h3, the mean by low to the mean times high, 3 and 3; multiple, low and high times the mean, 0.4 and 3; else an error (22023). low, high: as the method says, 0 or more, else an error (22023). NULLs are passed over; of nothing it is NULL. NaN and infinity, and with log3sd values that are not above 0, are errors (22003).';

CREATE FUNCTION dip_score_factor(cost numeric, group_mean numeric, low numeric DEFAULT 0.5, high numeric DEFAULT 2) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN group_mean <= 0 OR cost = 'NaN' OR group_mean = 'NaN' THEN NULL
        WHEN cost < low * group_mean THEN cost / group_mean
        WHEN cost > high * group_mean THEN cost / group_mean - high + 1
        ELSE 1 END;
COMMENT ON FUNCTION dip_score_factor(numeric, numeric, numeric, numeric) IS 'Returns the factor of the score of a DIP group that a case is paid by: the ratio of its cost to the mean of the group where that is below low, 1 from low to high, and the ratio less high plus 1 above. cost, group_mean: in the same unit; NULL where the mean is not above 0, or one is NaN. A cost below 0, a refund by itself, has a factor below 0. low, high: 0.5 and 2 by default; cities differ. Source: national DIP procedure; Guangzhou rule.';
CREATE FUNCTION drg_multiple_class(cost numeric, standard numeric, low numeric DEFAULT 0.4, high numeric DEFAULT 3) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN standard <= 0 OR cost = 'NaN' OR standard = 'NaN' THEN NULL
        WHEN cost < low * standard THEN 'low'
        WHEN cost > high * standard THEN 'high'
        ELSE 'normal' END;
COMMENT ON FUNCTION drg_multiple_class(numeric, numeric, numeric, numeric) IS 'Returns the class of a case by its cost against the standard of its group: low below low times the standard, high above high times it, else normal. NULL where the standard is not above 0, or one is NaN. low, high: multiples, 0.4 and 3 by default; cities differ, and some have limits by level of weight.';

COMMENT ON TYPE bunching IS 'Values counted on both sides of a limit, as threshold_bunching_agg collects them: 48 bytes. Read by bunching_test; months roll up to years by rollup(bunching).';
CREATE FUNCTION bunching_step(bunching, x double precision, cut double precision, width double precision) RETURNS bunching
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_bunching_step';
COMMENT ON FUNCTION bunching_step(bunching, double precision, double precision, double precision) IS 'Transition function of threshold_bunching.';
CREATE TYPE bunching_result AS (below bigint, above bigint, p double precision, share_below double precision, n bigint, cut double precision, width double precision, reason text);
COMMENT ON TYPE bunching_result IS 'Values on both sides of a limit: the result of threshold_bunching.';
COMMENT ON COLUMN bunching_result.below IS 'values from cut - width to below cut';
COMMENT ON COLUMN bunching_result.above IS 'values from cut to below cut + width';
COMMENT ON COLUMN bunching_result.p IS 'two-sided binomial probability of so unequal counts; NULL if there are none';
COMMENT ON COLUMN bunching_result.share_below IS 'below by both';
COMMENT ON COLUMN bunching_result.n IS 'both';
COMMENT ON COLUMN bunching_result.cut IS 'the limit';
COMMENT ON COLUMN bunching_result.width IS 'how far values count';
COMMENT ON COLUMN bunching_result.reason IS 'more below, or more above';
CREATE FUNCTION bunching_test(bunching) RETURNS bunching_result
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_bunching_test';
COMMENT ON FUNCTION bunching_test(bunching) IS 'Returns the counts on both sides of a limit and the probability of so unequal ones, as threshold_bunching does.';
CREATE AGGREGATE threshold_bunching_agg(x double precision, cut double precision, width double precision) (
    SFUNC = bunching_step, STYPE = bunching, COMBINEFUNC = bunching_combine, SSPACE = 64, PARALLEL = SAFE
);
COMMENT ON AGGREGATE threshold_bunching_agg(double precision, double precision, double precision) IS 'Returns counts on both sides of a limit as a state that bunching_test reads; see threshold_bunching.';
CREATE AGGREGATE threshold_bunching(x double precision, cut double precision, width double precision) (
    SFUNC = bunching_step, STYPE = bunching, FINALFUNC = bunching_test, COMBINEFUNC = bunching_combine, SSPACE = 64, PARALLEL = SAFE
);
COMMENT ON AGGREGATE threshold_bunching(double precision, double precision, double precision) IS 'Returns how many values lie just below and just above a limit, and how likely so unequal counts were if both sides were alike, as a row. cut: the limit, such as that of a deductible, of a review, or of the days of a group; width: how far on both sides values count, greater than 0; the same in all rows, else errors (22023). Values that are not finite are errors (22003). Rows with a NULL are passed over; of nothing it is NULL. Only where the density is nearly even about the limit: try limits where nothing is paid differently beside it.';
