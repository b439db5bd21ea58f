-- concentration: of amounts that are shares of a whole, such as the income of a department by doctor

CREATE FUNCTION gini(sample) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_gini';
COMMENT ON FUNCTION gini(sample) IS 'Returns the Gini coefficient of amounts: 0 if all are equal, up to 1 - 1/n if one part has all. Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Gini 1912; the formula of sorted amounts.';
CREATE FUNCTION gini(sample, corrected boolean) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_gini';
COMMENT ON FUNCTION gini(sample, boolean) IS 'Returns the Gini coefficient of amounts: 0 if all are equal, up to 1 - 1/n if one part has all. corrected: divide by n - 1 in place of n, so that a part that has all gives 1; false by default; of one amount it is then NULL. Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Gini 1912; the formula of sorted amounts.';
CREATE AGGREGATE gini(x double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = gini, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gini(double precision) IS 'Returns the Gini coefficient of amounts: 0 if all are equal, up to 1 - 1/n if one part has all. Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Gini 1912; the formula of sorted amounts.';
CREATE AGGREGATE gini(x double precision, corrected boolean) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = gini, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gini(double precision, boolean) IS 'Returns the Gini coefficient of amounts: 0 if all are equal, up to 1 - 1/n if one part has all. corrected: divide by n - 1 in place of n, so that a part that has all gives 1; false by default; of one amount it is then NULL. Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Gini 1912; the formula of sorted amounts.';

CREATE FUNCTION hhi(sample) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_hhi';
COMMENT ON FUNCTION hhi(sample) IS 'Returns the index of Herfindahl and Hirschman, the sum of squared shares: from 1/n, all equal, to 1, one has all; times 10000 it is the index of competition law. Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Hirschman 1964.';
CREATE AGGREGATE hhi(x double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = hhi, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE hhi(double precision) IS 'Returns the index of Herfindahl and Hirschman, the sum of squared shares: from 1/n, all equal, to 1, one has all; times 10000 it is the index of competition law. Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Hirschman 1964.';

CREATE FUNCTION theil_t(sample) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_theil_t';
COMMENT ON FUNCTION theil_t(sample) IS 'Returns the index T of Theil, the mean of s ln(s) over the amounts s divided by their mean: 0 if all are equal, at most ln(n). Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Theil 1967, Economics and Information Theory.';
CREATE AGGREGATE theil_t(x double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = theil_t, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE theil_t(double precision) IS 'Returns the index T of Theil, the mean of s ln(s) over the amounts s divided by their mean: 0 if all are equal, at most ln(n). Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Theil 1967, Economics and Information Theory.';

CREATE FUNCTION theil_l(sample) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_theil_l';
COMMENT ON FUNCTION theil_l(sample) IS 'Returns the index L of Theil, the mean logarithmic deviation: 0 if all are equal. Where an amount is 0 it is not defined and NULL. Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Theil 1967, Economics and Information Theory.';
CREATE AGGREGATE theil_l(x double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = theil_l, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE theil_l(double precision) IS 'Returns the index L of Theil, the mean logarithmic deviation: 0 if all are equal. Where an amount is 0 it is not defined and NULL. Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Theil 1967, Economics and Information Theory.';

CREATE FUNCTION atkinson(sample) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_atkinson';
COMMENT ON FUNCTION atkinson(sample) IS 'Returns the index of Atkinson, 0 if all amounts are equal, up to 1. epsilon is 0.5. Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Atkinson 1970, doi:10.1016/0022-0531(70)90039-6.';
CREATE FUNCTION atkinson(sample, epsilon double precision) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_atkinson';
COMMENT ON FUNCTION atkinson(sample, double precision) IS 'Returns the index of Atkinson, 0 if all amounts are equal, up to 1. epsilon: aversion to inequality, 0 or more, else an error (22023); the larger, the more small amounts weigh. Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Atkinson 1970, doi:10.1016/0022-0531(70)90039-6.';
CREATE AGGREGATE atkinson(x double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = atkinson, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE atkinson(double precision) IS 'Returns the index of Atkinson, 0 if all amounts are equal, up to 1. epsilon is 0.5. Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Atkinson 1970, doi:10.1016/0022-0531(70)90039-6.';
CREATE AGGREGATE atkinson(x double precision, epsilon double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = atkinson, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE atkinson(double precision, double precision) IS 'Returns the index of Atkinson, 0 if all amounts are equal, up to 1. epsilon: aversion to inequality, 0 or more, else an error (22023); the larger, the more small amounts weigh. Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Atkinson 1970, doi:10.1016/0022-0531(70)90039-6.';

CREATE FUNCTION lorenz(sample) RETURNS double precision[]
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_lorenz';
COMMENT ON FUNCTION lorenz(sample) IS 'Returns the curve of Lorenz as an array: the share in the whole of the smallest 0, 1, 2, ... parts, from 0 to 1, one element more than points; between amounts it is interpolated. points is 10: deciles. Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Lorenz 1905, doi:10.2307/2276207.';
CREATE FUNCTION lorenz(sample, points integer) RETURNS double precision[]
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_lorenz';
COMMENT ON FUNCTION lorenz(sample, integer) IS 'Returns the curve of Lorenz as an array: the share in the whole of the smallest 0, 1, 2, ... parts, from 0 to 1, one element more than points; between amounts it is interpolated. points: number of equal parts, 1 to 100000, else an error (22023). Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Lorenz 1905, doi:10.2307/2276207.';
CREATE AGGREGATE lorenz(x double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = lorenz, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE lorenz(double precision) IS 'Returns the curve of Lorenz as an array: the share in the whole of the smallest 0, 1, 2, ... parts, from 0 to 1, one element more than points; between amounts it is interpolated. points is 10: deciles. Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Lorenz 1905, doi:10.2307/2276207.';
CREATE AGGREGATE lorenz(x double precision, points integer) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = lorenz, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE lorenz(double precision, integer) IS 'Returns the curve of Lorenz as an array: the share in the whole of the smallest 0, 1, 2, ... parts, from 0 to 1, one element more than points; between amounts it is interpolated. points: number of equal parts, 1 to 100000, else an error (22023). Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003). Source: Lorenz 1905, doi:10.2307/2276207.';

CREATE FUNCTION top_share(sample) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_top_share';
COMMENT ON FUNCTION top_share(sample) IS 'Returns the share of the largest amounts in the whole. fraction is 0.01.Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003).';
CREATE FUNCTION top_share(sample, fraction double precision) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_top_share';
COMMENT ON FUNCTION top_share(sample, double precision) IS 'Returns the share of the largest amounts in the whole. fraction: of the number of amounts, 0 to 1, else an error (22023); of an amount that is cut the part counts.Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003).';
CREATE AGGREGATE top_share(x double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = top_share, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE top_share(double precision) IS 'Returns the share of the largest amounts in the whole. fraction is 0.01.Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003).';
CREATE AGGREGATE top_share(x double precision, fraction double precision) (
    SFUNC = sample_step, STYPE = sample, FINALFUNC = top_share, COMBINEFUNC = sample_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE top_share(double precision, double precision) IS 'Returns the share of the largest amounts in the whole. fraction: of the number of amounts, 0 to 1, else an error (22023); of an amount that is cut the part counts.Amounts are of parts of a whole: first add up what belongs to one part. NULLs are passed over; of nothing, and where all amounts are 0, it is NULL. Negative amounts, NaN and infinity are errors (22003).';

