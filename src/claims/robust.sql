-- robust: scale, fences and tests of outliers

CREATE FUNCTION mad(sample) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_mad';
COMMENT ON FUNCTION mad(sample) IS 'Returns the median absolute deviation of a sample from its median, unscaled.';
CREATE FUNCTION mad(sample, scale double precision) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_mad';
COMMENT ON FUNCTION mad(sample, double precision) IS 'Returns the median absolute deviation of a sample from its median, times scale. scale: greater than 0, else an error (22023); 1.4826 estimates the standard deviation of normal values.';
CREATE AGGREGATE mad(x double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = mad, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE mad(double precision) IS 'Returns the median absolute deviation from the median: half of the values are nearer to the median than that. It is raw: times 1.4826 it estimates the standard deviation of normal values. Medians of an even number are the mean of the middle two. A scale that a tenth of wild values does not move; for costs take the logarithm first. NULLs are passed over; of nothing it is NULL. NaN and infinity are errors (22003). Source: Hampel 1974, doi:10.1080/01621459.1974.10482962.';
CREATE AGGREGATE mad(x double precision, scale double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = mad, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE mad(double precision, double precision) IS 'Returns the median absolute deviation from the median: half of the values are nearer to the median than that. scale: what it is multiplied by, greater than 0, else an error (22023); 1.4826 estimates the standard deviation of normal values. Medians of an even number are the mean of the middle two. A scale that a tenth of wild values does not move; for costs take the logarithm first. NULLs are passed over; of nothing it is NULL. NaN and infinity are errors (22003). Source: Hampel 1974, doi:10.1080/01621459.1974.10482962.';

CREATE TYPE fences AS (q1 double precision, median double precision, q3 double precision, low double precision, high double precision, n bigint, n_low bigint, n_high bigint, mc double precision, method text, reason text);
COMMENT ON TYPE fences IS 'Limits beyond which a value is called outlying, and what they come from: the result of tukey_fences and adjusted_fences.';
COMMENT ON COLUMN fences.q1 IS 'first quartile';
COMMENT ON COLUMN fences.median IS 'median';
COMMENT ON COLUMN fences.q3 IS 'third quartile';
COMMENT ON COLUMN fences.low IS 'lower limit';
COMMENT ON COLUMN fences.high IS 'upper limit';
COMMENT ON COLUMN fences.n IS 'number of values';
COMMENT ON COLUMN fences.n_low IS 'values below the lower limit';
COMMENT ON COLUMN fences.n_high IS 'values above the upper limit';
COMMENT ON COLUMN fences.mc IS 'medcouple, of adjusted fences';
COMMENT ON COLUMN fences.method IS 'tukey or adjusted';
COMMENT ON COLUMN fences.reason IS 'the rule in words, with its factors';
CREATE FUNCTION tukey_fences(sample) RETURNS fences
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_tukey_fences';
COMMENT ON FUNCTION tukey_fences(sample) IS 'Returns the fences of Tukey, q1 - k_low IQR and q3 + k IQR, as a row with quartiles, number of values and how many lie outside. Quartiles are those of percentile_cont. The factor is 1.5 on both sides. k: 0 or more, else an error (22023); 1.5 by default. k_low: the factor below, k by default; tukey_fences(cost, 1.5, 0.5) is the trimming rule of CHS-DRG. NULLs are passed over; of nothing it is NULL. Skewed values have many beyond the upper fence that are nothing but large: take logarithms, or adjusted_fences. Source: Tukey 1977, Exploratory Data Analysis.';
CREATE FUNCTION tukey_fences(sample, k double precision) RETURNS fences
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_tukey_fences';
COMMENT ON FUNCTION tukey_fences(sample, double precision) IS 'Returns the fences of Tukey, q1 - k_low IQR and q3 + k IQR, as a row with quartiles, number of values and how many lie outside. Quartiles are those of percentile_cont. k: 0 or more, else an error (22023); 1.5 by default. k_low: the factor below, k by default; tukey_fences(cost, 1.5, 0.5) is the trimming rule of CHS-DRG. NULLs are passed over; of nothing it is NULL. Skewed values have many beyond the upper fence that are nothing but large: take logarithms, or adjusted_fences. Source: Tukey 1977, Exploratory Data Analysis.';
CREATE FUNCTION tukey_fences(sample, k double precision, k_low double precision) RETURNS fences
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_tukey_fences';
COMMENT ON FUNCTION tukey_fences(sample, double precision, double precision) IS 'Returns the fences of Tukey, q1 - k_low IQR and q3 + k IQR, as a row with quartiles, number of values and how many lie outside. Quartiles are those of percentile_cont. k: 0 or more, else an error (22023); 1.5 by default. k_low: the factor below, k by default; tukey_fences(cost, 1.5, 0.5) is the trimming rule of CHS-DRG. NULLs are passed over; of nothing it is NULL. Skewed values have many beyond the upper fence that are nothing but large: take logarithms, or adjusted_fences. Source: Tukey 1977, Exploratory Data Analysis.';
CREATE AGGREGATE tukey_fences(x double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = tukey_fences, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE tukey_fences(double precision) IS 'Returns the fences of Tukey, q1 - k_low IQR and q3 + k IQR, as a row with quartiles, number of values and how many lie outside. Quartiles are those of percentile_cont. The factor is 1.5 on both sides. k: 0 or more, else an error (22023); 1.5 by default. k_low: the factor below, k by default; tukey_fences(cost, 1.5, 0.5) is the trimming rule of CHS-DRG. NULLs are passed over; of nothing it is NULL. Skewed values have many beyond the upper fence that are nothing but large: take logarithms, or adjusted_fences. Source: Tukey 1977, Exploratory Data Analysis.';
CREATE AGGREGATE tukey_fences(x double precision, k double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = tukey_fences, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE tukey_fences(double precision, double precision) IS 'Returns the fences of Tukey, q1 - k_low IQR and q3 + k IQR, as a row with quartiles, number of values and how many lie outside. Quartiles are those of percentile_cont. k: 0 or more, else an error (22023); 1.5 by default. k_low: the factor below, k by default; tukey_fences(cost, 1.5, 0.5) is the trimming rule of CHS-DRG. NULLs are passed over; of nothing it is NULL. Skewed values have many beyond the upper fence that are nothing but large: take logarithms, or adjusted_fences. Source: Tukey 1977, Exploratory Data Analysis.';
CREATE AGGREGATE tukey_fences(x double precision, k double precision, k_low double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = tukey_fences, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE tukey_fences(double precision, double precision, double precision) IS 'Returns the fences of Tukey, q1 - k_low IQR and q3 + k IQR, as a row with quartiles, number of values and how many lie outside. Quartiles are those of percentile_cont. k: 0 or more, else an error (22023); 1.5 by default. k_low: the factor below, k by default; tukey_fences(cost, 1.5, 0.5) is the trimming rule of CHS-DRG. NULLs are passed over; of nothing it is NULL. Skewed values have many beyond the upper fence that are nothing but large: take logarithms, or adjusted_fences. Source: Tukey 1977, Exploratory Data Analysis.';

CREATE FUNCTION medcouple(sample) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS 'MODULE_PATHNAME', 'hb_medcouple_of';
COMMENT ON FUNCTION medcouple(sample) IS 'Returns the medcouple, a measure of skewness from -1 to 1 that outliers hardly move: 0 of symmetric values, above 0 when the upper tail is longer. Of an even number of kernel values it is the mean of the middle two; of equal values it is 0. Takes O(n log n). NULLs are passed over; of nothing it is NULL. Source: Brys, Hubert and Struyf 2004, doi:10.1198/106186004X12632.';
CREATE AGGREGATE medcouple(x double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = medcouple, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE medcouple(double precision) IS 'Returns the medcouple, a measure of skewness from -1 to 1 that outliers hardly move: 0 of symmetric values, above 0 when the upper tail is longer. Of an even number of kernel values it is the mean of the middle two; of equal values it is 0. Takes O(n log n). NULLs are passed over; of nothing it is NULL. Source: Brys, Hubert and Struyf 2004, doi:10.1198/106186004X12632.';
CREATE FUNCTION adjusted_fences(sample) RETURNS fences
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS 'MODULE_PATHNAME', 'hb_adjusted_fences';
COMMENT ON FUNCTION adjusted_fences(sample) IS 'Returns fences for skewed values as a row: q1 - 1.5 exp(-4 mc) IQR and q3 + 1.5 exp(3 mc) IQR, where mc is the medcouple (with -3 and 4 where it is below 0), with number of values and how many lie outside. Quartiles are the hinges of Tukey, as in robustbase. NULLs are passed over; of nothing it is NULL. With fewer than some 50 values the medcouple is rough. Source: Hubert and Vandervieren 2008, doi:10.1016/j.csda.2007.11.008.';
CREATE AGGREGATE adjusted_fences(x double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = adjusted_fences, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE adjusted_fences(double precision) IS 'Returns fences for skewed values as a row: q1 - 1.5 exp(-4 mc) IQR and q3 + 1.5 exp(3 mc) IQR, where mc is the medcouple (with -3 and 4 where it is below 0), with number of values and how many lie outside. Quartiles are the hinges of Tukey, as in robustbase. NULLs are passed over; of nothing it is NULL. With fewer than some 50 values the medcouple is rough. Source: Hubert and Vandervieren 2008, doi:10.1016/j.csda.2007.11.008.';

CREATE TYPE grubbs AS (g double precision, p_value double precision, value double precision, critical double precision, n bigint, side text, valid boolean, reason text);
COMMENT ON TYPE grubbs IS 'A test of the most extreme value: the result of grubbs_test.';
COMMENT ON COLUMN grubbs.g IS 'its distance from the mean in standard deviations';
COMMENT ON COLUMN grubbs.p_value IS 'probability of such a distance of one of n normal values, at most';
COMMENT ON COLUMN grubbs.value IS 'the value that is tested';
COMMENT ON COLUMN grubbs.critical IS 'distance that is critical at alpha';
COMMENT ON COLUMN grubbs.n IS 'number of values';
COMMENT ON COLUMN grubbs.side IS 'two, upper or lower';
COMMENT ON COLUMN grubbs.valid IS 'is the test defined: 3 values or more, that differ';
COMMENT ON COLUMN grubbs.reason IS 'high or low; why it is not defined';
CREATE FUNCTION grubbs_test(sample) RETURNS grubbs
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_grubbs_test';
COMMENT ON FUNCTION grubbs_test(sample) IS 'Returns the test of Grubbs as a row: is the most extreme value further from the mean than normal values are? The further of both ends is tested. The probability is that of the t distribution times the number of values (Bonferroni), at most 1. Where the test is not defined, valid is false and the rest NULL. NULLs are passed over; of nothing it is NULL. For one outlier in values that are otherwise normal: two hide each other, see rosner_test; logarithms first for costs. Source: Grubbs 1950, doi:10.1214/aoms/1177729885.';
CREATE FUNCTION grubbs_test(sample, side text) RETURNS grubbs
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_grubbs_test';
COMMENT ON FUNCTION grubbs_test(sample, text) IS 'Returns the test of Grubbs as a row: is the most extreme value further from the mean than normal values are? side: two (the further of both ends, the default), upper (the greatest value) or lower (the least), else an error (22023). The probability is that of the t distribution times the number of values (Bonferroni), at most 1. Where the test is not defined, valid is false and the rest NULL. NULLs are passed over; of nothing it is NULL. For one outlier in values that are otherwise normal: two hide each other, see rosner_test; logarithms first for costs. Source: Grubbs 1950, doi:10.1214/aoms/1177729885.';
CREATE FUNCTION grubbs_test(sample, side text, alpha double precision) RETURNS grubbs
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_grubbs_test';
COMMENT ON FUNCTION grubbs_test(sample, text, double precision) IS 'Returns the test of Grubbs as a row: is the most extreme value further from the mean than normal values are? side: two (the further of both ends, the default), upper (the greatest value) or lower (the least), else an error (22023). alpha: level of the critical distance, between 0 and 1, else an error (22023); 0.05 by default. The probability is that of the t distribution times the number of values (Bonferroni), at most 1. Where the test is not defined, valid is false and the rest NULL. NULLs are passed over; of nothing it is NULL. For one outlier in values that are otherwise normal: two hide each other, see rosner_test; logarithms first for costs. Source: Grubbs 1950, doi:10.1214/aoms/1177729885.';
CREATE AGGREGATE grubbs_test(x double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = grubbs_test, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE grubbs_test(double precision) IS 'Returns the test of Grubbs as a row: is the most extreme value further from the mean than normal values are? The further of both ends is tested. The probability is that of the t distribution times the number of values (Bonferroni), at most 1. Where the test is not defined, valid is false and the rest NULL. NULLs are passed over; of nothing it is NULL. For one outlier in values that are otherwise normal: two hide each other, see rosner_test; logarithms first for costs. Source: Grubbs 1950, doi:10.1214/aoms/1177729885.';
CREATE AGGREGATE grubbs_test(x double precision, side text) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = grubbs_test, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE grubbs_test(double precision, text) IS 'Returns the test of Grubbs as a row: is the most extreme value further from the mean than normal values are? side: two (the further of both ends, the default), upper (the greatest value) or lower (the least), else an error (22023). The probability is that of the t distribution times the number of values (Bonferroni), at most 1. Where the test is not defined, valid is false and the rest NULL. NULLs are passed over; of nothing it is NULL. For one outlier in values that are otherwise normal: two hide each other, see rosner_test; logarithms first for costs. Source: Grubbs 1950, doi:10.1214/aoms/1177729885.';
CREATE AGGREGATE grubbs_test(x double precision, side text, alpha double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = grubbs_test, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE grubbs_test(double precision, text, double precision) IS 'Returns the test of Grubbs as a row: is the most extreme value further from the mean than normal values are? side: two (the further of both ends, the default), upper (the greatest value) or lower (the least), else an error (22023). alpha: level of the critical distance, between 0 and 1, else an error (22023); 0.05 by default. The probability is that of the t distribution times the number of values (Bonferroni), at most 1. Where the test is not defined, valid is false and the rest NULL. NULLs are passed over; of nothing it is NULL. For one outlier in values that are otherwise normal: two hide each other, see rosner_test; logarithms first for costs. Source: Grubbs 1950, doi:10.1214/aoms/1177729885.';
CREATE FUNCTION rosner_test(sample, max_outliers integer DEFAULT 10, alpha double precision DEFAULT 0.05, OUT i integer, OUT value double precision, OUT r double precision, OUT lambda double precision, OUT is_outlier boolean, OUT n bigint, OUT valid boolean) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 10 AS 'MODULE_PATHNAME', 'hb_rosner_test';
COMMENT ON FUNCTION rosner_test(sample, integer, double precision) IS 'Returns the generalised test of extreme studentised deviates (GESD) of a sample, a row for each of the most extreme values that are taken away one after the other: i, its number; value; r, its distance from the mean of what is left in standard deviations; lambda, the critical distance at alpha; is_outlier, i is not above the largest i with r above lambda; n, the number of values; valid, n is 25 or more, from where on the critical distances hold. max_outliers: 1 or more, else an error (22023); 10 by default. alpha: between 0 and 1, else an error (22023). For values that are normal but for the outliers; not for time series. Sources: Rosner 1983, doi:10.1080/00401706.1983.10487848; ISO 16269-4.';

CREATE FUNCTION modified_zscore(x double precision) RETURNS double precision
    LANGUAGE C WINDOW IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_modified_zscore';
COMMENT ON FUNCTION modified_zscore(double precision) IS 'Returns the modified z-score of a value, 0.6745 (x - median) / MAD, a window function over PARTITION BY the group: median and median absolute deviation are those of the whole partition, whatever the frame. Where the latter is 0, more than half of the values being equal, (x - median) / (1.2533 mean absolute deviation from the median); NULL where that is 0 too. Values beyond 3.5 are usually called outlying; for costs score the logarithm. NULL gives NULL; NaN and infinity are errors (22003). Source: Iglewicz and Hoaglin 1993, How to Detect and Handle Outliers.';
CREATE TYPE hampel_point AS (median double precision, sigma double precision, flagged boolean, z double precision, threshold double precision, n integer, reason text);
COMMENT ON TYPE hampel_point IS 'A value among its neighbours: the result of hampel.';
COMMENT ON COLUMN hampel_point.median IS 'median of the values around it, itself among them';
COMMENT ON COLUMN hampel_point.sigma IS '1.4826 times their median absolute deviation';
COMMENT ON COLUMN hampel_point.flagged IS 'is it further from the median than threshold times sigma';
COMMENT ON COLUMN hampel_point.z IS 'distance from the median in sigmas; NULL where sigma is 0';
COMMENT ON COLUMN hampel_point.threshold IS 't0';
COMMENT ON COLUMN hampel_point.n IS 'values around it that are not NULL';
COMMENT ON COLUMN hampel_point.reason IS 'high or low, if flagged';
CREATE FUNCTION hampel(x double precision, half_window integer, t0 double precision DEFAULT 3) RETURNS hampel_point
    LANGUAGE C WINDOW IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_hampel';
COMMENT ON FUNCTION hampel(double precision, integer, double precision) IS 'Returns whether a value of a series lies apart from its neighbours, as a row with their median and scale, a window function over PARTITION BY series ORDER BY time. half_window: rows on each side, 1 to 100000, one for a partition, else an error (22023). t0: how many sigmas are too far, 0 or more, else an error (22023); 3 by default. NULL at both edges, where rows are missing on one side, and where x is NULL; NULLs around are passed over. NaN and infinity are errors (22003). Where more than half of the neighbours are equal sigma is 0 and any other value is flagged. Source: Pearson 2002, doi:10.1109/87.974338.';
