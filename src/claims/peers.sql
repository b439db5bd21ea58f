-- peers: providers among their like; the type is made from state_type.sql.in

COMMENT ON TYPE peers IS 'Observed and expected counts of providers, as peers_agg collects them: 16 bytes a provider. Read by funnel and eb; parts roll up to the whole by rollup(peers). The same providers are equal text. The three numbers before them are parameters that an aggregate was called with, NaN if none.';

CREATE FUNCTION peers_step(peers, observed bigint, expected double precision) RETURNS peers
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_peers_step';
COMMENT ON FUNCTION peers_step(peers, bigint, double precision) IS 'Transition function of aggregates of peers.';
CREATE FUNCTION peers_step(peers, observed bigint, expected double precision, a text) RETURNS peers
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_peers_step';
COMMENT ON FUNCTION peers_step(peers, bigint, double precision, text) IS 'Transition function of aggregates of peers with parameters, which must be the same in all rows (22023).';
CREATE FUNCTION peers_step(peers, observed bigint, expected double precision, a text, b double precision) RETURNS peers
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_peers_step';
COMMENT ON FUNCTION peers_step(peers, bigint, double precision, text, double precision) IS 'Transition function of aggregates of peers with parameters, which must be the same in all rows (22023).';
CREATE FUNCTION peers_step(peers, observed bigint, expected double precision, a text, b double precision, c text) RETURNS peers
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_peers_step';
COMMENT ON FUNCTION peers_step(peers, bigint, double precision, text, double precision, text) IS 'Transition function of aggregates of peers with parameters, which must be the same in all rows (22023).';
CREATE AGGREGATE peers_agg(observed bigint, expected double precision) (
    SFUNC = peers_step, STYPE = peers, COMBINEFUNC = peers_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE peers_agg(bigint, double precision) IS 'Returns the counts of providers, a row each, as a state that funnel and eb read. observed: count of the provider, 0 or more; expected: that of a like case mix, greater than 0; else errors (22003). Rows with a NULL are passed over; of nothing it is NULL.';

CREATE TYPE oe_result AS (oe double precision, low double precision, high double precision, p_upper double precision, p_lower double precision, p_mid double precision, z double precision, observed bigint, expected double precision);
COMMENT ON TYPE oe_result IS 'A provider against what is expected: the result of oe_test.';
COMMENT ON COLUMN oe_result.oe IS 'observed by expected';
COMMENT ON COLUMN oe_result.low IS 'lower limit of oe';
COMMENT ON COLUMN oe_result.high IS 'upper limit of oe';
COMMENT ON COLUMN oe_result.p_upper IS 'Poisson probability of as many or more';
COMMENT ON COLUMN oe_result.p_lower IS 'Poisson probability of as many or fewer';
COMMENT ON COLUMN oe_result.p_mid IS 'that of more, and half of that of as many (mid-P)';
COMMENT ON COLUMN oe_result.z IS '2 (sqrt(observed) - sqrt(expected))';
COMMENT ON COLUMN oe_result.observed IS 'observed count';
COMMENT ON COLUMN oe_result.expected IS 'expected count';
CREATE FUNCTION oe_test(observed bigint, expected double precision, conf double precision DEFAULT 0.95, method text DEFAULT 'exact') RETURNS oe_result
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_oe_test';
COMMENT ON FUNCTION oe_test(bigint, double precision, double precision, text) IS 'Returns an observed count against an expected one as a row: their ratio with its limits, exact Poisson probabilities on both sides, mid-P, and a z score. observed: 0 or more; expected: 0 or more, finite; else errors (22003). conf: of the limits, between 0 and 1; 0.95 by default. method: exact (Garwood 1936) or byar (Breslow and Day 1987); else errors (22023). Where expected is 0 ratio and limits are NULL. The expected count is taken for known: not where it is itself an estimate from few cases. With many providers see adjust_p, and funnel for what they differ by anyway.';
CREATE FUNCTION funnel_limits(expected double precision, p double precision[], target double precision DEFAULT 1, method text DEFAULT 'exact') RETURNS double precision[]
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'hb_funnel_limits';
COMMENT ON FUNCTION funnel_limits(double precision, double precision[], double precision, text) IS 'Returns the limits of a funnel plot of ratios of observed to expected counts at an expected count, one for each probability. expected: greater than 0 (22003). p: probabilities between 0 and 1, else an error (22023), such as {0.001, 0.025, 0.975, 0.999}; NULL elements stay NULL. target: the ratio of the centre line, greater than 0; 1 by default. method: exact, the Poisson distribution interpolated, not below 0; normal, which may be below 0; chisq, as the package FunnelPlotR has them, for comparison only: wider for small providers; else errors (22023). Source: Spiegelhalter 2005, doi:10.1002/sim.1970.';
CREATE FUNCTION funnel_limits_prop(n bigint, target double precision, p double precision[]) RETURNS double precision[]
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'hb_funnel_limits_prop';
COMMENT ON FUNCTION funnel_limits_prop(bigint, double precision, double precision[]) IS 'Returns the limits of a funnel plot of proportions at n cases, one for each probability: the binomial distribution interpolated. n: 1 or more (22003). target: the proportion of the centre line, 0 to 1, else an error (22023). p: probabilities between 0 and 1, else an error (22023), such as {0.001, 0.025, 0.975, 0.999}; NULL elements stay NULL. For shares such as that of cases with major complications. Source: Spiegelhalter 2005, doi:10.1002/sim.1970.';
CREATE FUNCTION adjust_p(p double precision[], method text DEFAULT 'BH') RETURNS double precision[]
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_adjust_p';
COMMENT ON FUNCTION adjust_p(double precision[], text) IS 'Returns probabilities adjusted for their number, in the order in which they came: collect them by array_agg. p: 0 to 1, else an error (22023); NULL elements stay NULL and do not count. method: BH, so that of those called suspicious below a level at most such a part is by chance (Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x), or holm, so that none is at that level (Holm 1979); else an error (22023).';

CREATE TYPE funnel AS (phi double precision, tau2 double precision, theta double precision, n bigint, n_used bigint, transform text, winsor double precision, extremes text);
COMMENT ON TYPE funnel IS 'How much more providers differ than chance has it: the result of funnel_agg, read by funnel_z.';
COMMENT ON COLUMN funnel.phi IS 'mean squared z score, 1 where only chance is at work';
COMMENT ON COLUMN funnel.tau2 IS 'variance between providers on the transformed scale, 0 or more; NULL of one provider';
COMMENT ON COLUMN funnel.theta IS 'centre on that scale';
COMMENT ON COLUMN funnel.n IS 'number of providers';
COMMENT ON COLUMN funnel.n_used IS 'of those phi and tau2 are from';
COMMENT ON COLUMN funnel.transform IS 'sqrt, log or arcsine';
COMMENT ON COLUMN funnel.winsor IS 'part on each side that is extreme';
COMMENT ON COLUMN funnel.extremes IS 'winsorise or truncate';
CREATE FUNCTION funnel(peers) RETURNS funnel
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_funnel';
COMMENT ON FUNCTION funnel(peers) IS 'Returns how much more providers differ than chance has it, as a row: phi, the mean squared z score, and tau2, the variance between providers that explains it. The scale is the square root, the extreme tenth on each side is pulled in. observed: count of the provider, 0 or more; expected: that of a like case mix, greater than 0; else errors (22003). Rows with a NULL are passed over; of nothing it is NULL. Not for fewer than some ten providers. Source: Spiegelhalter 2012, doi:10.1111/j.1467-985X.2011.01010.x.';
CREATE FUNCTION funnel(peers, transform text) RETURNS funnel
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_funnel';
COMMENT ON FUNCTION funnel(peers, text) IS 'Returns how much more providers differ than chance has it, as a row: phi, the mean squared z score, and tau2, the variance between providers that explains it. transform: sqrt (square root of observed by expected, the default), log (its logarithm, with one half for a count of 0) or arcsine (of a proportion: expected is then the number of cases); else an error (22023). observed: count of the provider, 0 or more; expected: that of a like case mix, greater than 0; else errors (22003). Rows with a NULL are passed over; of nothing it is NULL. Not for fewer than some ten providers. Source: Spiegelhalter 2012, doi:10.1111/j.1467-985X.2011.01010.x.';
CREATE FUNCTION funnel(peers, transform text, winsor double precision) RETURNS funnel
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_funnel';
COMMENT ON FUNCTION funnel(peers, text, double precision) IS 'Returns how much more providers differ than chance has it, as a row: phi, the mean squared z score, and tau2, the variance between providers that explains it. transform: sqrt (square root of observed by expected, the default), log (its logarithm, with one half for a count of 0) or arcsine (of a proportion: expected is then the number of cases); else an error (22023). winsor: part of the z scores on each side that is extreme, 0 to below 0.5, else an error (22023); 0.1 by default. observed: count of the provider, 0 or more; expected: that of a like case mix, greater than 0; else errors (22003). Rows with a NULL are passed over; of nothing it is NULL. Not for fewer than some ten providers. Source: Spiegelhalter 2012, doi:10.1111/j.1467-985X.2011.01010.x.';
CREATE FUNCTION funnel(peers, transform text, winsor double precision, extremes text) RETURNS funnel
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_funnel';
COMMENT ON FUNCTION funnel(peers, text, double precision, text) IS 'Returns how much more providers differ than chance has it, as a row: phi, the mean squared z score, and tau2, the variance between providers that explains it. transform: sqrt (square root of observed by expected, the default), log (its logarithm, with one half for a count of 0) or arcsine (of a proportion: expected is then the number of cases); else an error (22023). winsor: part of the z scores on each side that is extreme, 0 to below 0.5, else an error (22023); 0.1 by default. extremes: winsorise, pull them in to the next (the default), or truncate, leave them out; else an error (22023). observed: count of the provider, 0 or more; expected: that of a like case mix, greater than 0; else errors (22003). Rows with a NULL are passed over; of nothing it is NULL. Not for fewer than some ten providers. Source: Spiegelhalter 2012, doi:10.1111/j.1467-985X.2011.01010.x.';
CREATE AGGREGATE funnel_agg(observed bigint, expected double precision) (
    SFUNC = peers_step, STYPE = peers, FINALFUNC = funnel, COMBINEFUNC = peers_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_agg(bigint, double precision) IS 'Returns how much more providers differ than chance has it, as a row: phi, the mean squared z score, and tau2, the variance between providers that explains it. The scale is the square root, the extreme tenth on each side is pulled in. observed: count of the provider, 0 or more; expected: that of a like case mix, greater than 0; else errors (22003). Rows with a NULL are passed over; of nothing it is NULL. Not for fewer than some ten providers. Source: Spiegelhalter 2012, doi:10.1111/j.1467-985X.2011.01010.x.';
CREATE AGGREGATE funnel_agg(observed bigint, expected double precision, transform text) (
    SFUNC = peers_step, STYPE = peers, FINALFUNC = funnel, COMBINEFUNC = peers_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_agg(bigint, double precision, text) IS 'Returns how much more providers differ than chance has it, as a row: phi, the mean squared z score, and tau2, the variance between providers that explains it. transform: sqrt (square root of observed by expected, the default), log (its logarithm, with one half for a count of 0) or arcsine (of a proportion: expected is then the number of cases); else an error (22023). observed: count of the provider, 0 or more; expected: that of a like case mix, greater than 0; else errors (22003). Rows with a NULL are passed over; of nothing it is NULL. Not for fewer than some ten providers. Source: Spiegelhalter 2012, doi:10.1111/j.1467-985X.2011.01010.x.';
CREATE AGGREGATE funnel_agg(observed bigint, expected double precision, transform text, winsor double precision) (
    SFUNC = peers_step, STYPE = peers, FINALFUNC = funnel, COMBINEFUNC = peers_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_agg(bigint, double precision, text, double precision) IS 'Returns how much more providers differ than chance has it, as a row: phi, the mean squared z score, and tau2, the variance between providers that explains it. transform: sqrt (square root of observed by expected, the default), log (its logarithm, with one half for a count of 0) or arcsine (of a proportion: expected is then the number of cases); else an error (22023). winsor: part of the z scores on each side that is extreme, 0 to below 0.5, else an error (22023); 0.1 by default. observed: count of the provider, 0 or more; expected: that of a like case mix, greater than 0; else errors (22003). Rows with a NULL are passed over; of nothing it is NULL. Not for fewer than some ten providers. Source: Spiegelhalter 2012, doi:10.1111/j.1467-985X.2011.01010.x.';
CREATE AGGREGATE funnel_agg(observed bigint, expected double precision, transform text, winsor double precision, extremes text) (
    SFUNC = peers_step, STYPE = peers, FINALFUNC = funnel, COMBINEFUNC = peers_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_agg(bigint, double precision, text, double precision, text) IS 'Returns how much more providers differ than chance has it, as a row: phi, the mean squared z score, and tau2, the variance between providers that explains it. transform: sqrt (square root of observed by expected, the default), log (its logarithm, with one half for a count of 0) or arcsine (of a proportion: expected is then the number of cases); else an error (22023). winsor: part of the z scores on each side that is extreme, 0 to below 0.5, else an error (22023); 0.1 by default. extremes: winsorise, pull them in to the next (the default), or truncate, leave them out; else an error (22023). observed: count of the provider, 0 or more; expected: that of a like case mix, greater than 0; else errors (22003). Rows with a NULL are passed over; of nothing it is NULL. Not for fewer than some ten providers. Source: Spiegelhalter 2012, doi:10.1111/j.1467-985X.2011.01010.x.';
CREATE FUNCTION funnel_phi(funnel) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT ($1).phi;
END;
COMMENT ON FUNCTION funnel_phi(funnel) IS 'Returns phi of a funnel, the mean squared z score.';
CREATE FUNCTION funnel_tau2(funnel) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT ($1).tau2;
END;
COMMENT ON FUNCTION funnel_tau2(funnel) IS 'Returns tau2 of a funnel, the variance between providers.';
CREATE FUNCTION funnel_z(f funnel, observed bigint, expected double precision) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_funnel_z';
COMMENT ON FUNCTION funnel_z(funnel, bigint, double precision) IS 'Returns how far a provider is from the others in standard deviations that allow for what providers differ by anyway: (y - theta) / sqrt(s^2 + tau2). observed: 0 or more; expected: greater than 0; else errors (22003). NULL where tau2 is NULL. Source: Spiegelhalter 2012, doi:10.1111/j.1467-985X.2011.01010.x.';

CREATE TYPE gamma_prior AS (alpha double precision, beta double precision, mean double precision, n bigint, method text, loglik double precision, iterations integer, reason text);
COMMENT ON TYPE gamma_prior IS 'The distribution of the ratios of providers, a gamma distribution: the result of eb_agg, read by eb_mean, eb_quantile and eb_estimate.';
COMMENT ON COLUMN gamma_prior.alpha IS 'shape; NULL where providers do not differ more than by chance';
COMMENT ON COLUMN gamma_prior.beta IS 'rate; NULL likewise';
COMMENT ON COLUMN gamma_prior.mean IS 'observed by expected of all providers';
COMMENT ON COLUMN gamma_prior.n IS 'number of providers';
COMMENT ON COLUMN gamma_prior.method IS 'ml or moments';
COMMENT ON COLUMN gamma_prior.loglik IS 'log likelihood';
COMMENT ON COLUMN gamma_prior.iterations IS 'steps of the fit';
COMMENT ON COLUMN gamma_prior.reason IS 'fitted, not converged (the values of the last step), or why there are none';
CREATE FUNCTION eb(peers) RETURNS gamma_prior
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS 'MODULE_PATHNAME', 'hb_eb';
COMMENT ON FUNCTION eb(peers) IS 'Returns the gamma distribution that the ratios of observed to expected counts of providers come from, fitted to them: observed counts are Poisson around it. By greatest likelihood. observed: count of the provider, 0 or more; expected: that of a like case mix, greater than 0; else errors (22003). Rows with a NULL are passed over; of nothing it is NULL. Of providers that differ no more than by chance alpha and beta are NULL, and every provider is estimated by the mean. Providers must be of one kind: not hospitals beside pharmacies. Sources: Clayton and Kaldor 1987, doi:10.2307/2532003; Marshall 1991, doi:10.2307/2347593.';
CREATE FUNCTION eb(peers, method text) RETURNS gamma_prior
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS 'MODULE_PATHNAME', 'hb_eb';
COMMENT ON FUNCTION eb(peers, text) IS 'Returns the gamma distribution that the ratios of observed to expected counts of providers come from, fitted to them: observed counts are Poisson around it. method: ml (greatest likelihood, the default) or moments; else an error (22023). observed: count of the provider, 0 or more; expected: that of a like case mix, greater than 0; else errors (22003). Rows with a NULL are passed over; of nothing it is NULL. Of providers that differ no more than by chance alpha and beta are NULL, and every provider is estimated by the mean. Providers must be of one kind: not hospitals beside pharmacies. Sources: Clayton and Kaldor 1987, doi:10.2307/2532003; Marshall 1991, doi:10.2307/2347593.';
CREATE AGGREGATE eb_agg(observed bigint, expected double precision) (
    SFUNC = peers_step, STYPE = peers, FINALFUNC = eb, COMBINEFUNC = peers_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE eb_agg(bigint, double precision) IS 'Returns the gamma distribution that the ratios of observed to expected counts of providers come from, fitted to them: observed counts are Poisson around it. By greatest likelihood. observed: count of the provider, 0 or more; expected: that of a like case mix, greater than 0; else errors (22003). Rows with a NULL are passed over; of nothing it is NULL. Of providers that differ no more than by chance alpha and beta are NULL, and every provider is estimated by the mean. Providers must be of one kind: not hospitals beside pharmacies. Sources: Clayton and Kaldor 1987, doi:10.2307/2532003; Marshall 1991, doi:10.2307/2347593.';
CREATE AGGREGATE eb_agg(observed bigint, expected double precision, method text) (
    SFUNC = peers_step, STYPE = peers, FINALFUNC = eb, COMBINEFUNC = peers_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE eb_agg(bigint, double precision, text) IS 'Returns the gamma distribution that the ratios of observed to expected counts of providers come from, fitted to them: observed counts are Poisson around it. method: ml (greatest likelihood, the default) or moments; else an error (22023). observed: count of the provider, 0 or more; expected: that of a like case mix, greater than 0; else errors (22003). Rows with a NULL are passed over; of nothing it is NULL. Of providers that differ no more than by chance alpha and beta are NULL, and every provider is estimated by the mean. Providers must be of one kind: not hospitals beside pharmacies. Sources: Clayton and Kaldor 1987, doi:10.2307/2532003; Marshall 1991, doi:10.2307/2347593.';
CREATE FUNCTION eb_mean(prior gamma_prior, observed bigint, expected double precision) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'hb_eb_mean';
COMMENT ON FUNCTION eb_mean(gamma_prior, bigint, double precision) IS 'Returns the ratio of a provider shrunk towards the others, (alpha + observed) / (beta + expected): the fewer cases, the nearer to the mean. observed: 0 or more; expected: 0 or more; else errors (22003).';
CREATE FUNCTION eb_quantile(prior gamma_prior, observed bigint, expected double precision, p double precision) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'hb_eb_quantile';
COMMENT ON FUNCTION eb_quantile(gamma_prior, bigint, double precision, double precision) IS 'Returns a quantile of the ratio of a provider after shrinkage. observed: 0 or more; expected: 0 or more; else errors (22003). p: between 0 and 1, else an error (22023); 0.05 is a cautious rank.';
CREATE TYPE eb_result AS (mean double precision, low double precision, high double precision, p_above double precision, weight double precision, oe double precision);
COMMENT ON TYPE eb_result IS 'A provider after shrinkage: the result of eb_estimate.';
COMMENT ON COLUMN eb_result.mean IS 'shrunk ratio';
COMMENT ON COLUMN eb_result.low IS 'lower limit';
COMMENT ON COLUMN eb_result.high IS 'upper limit';
COMMENT ON COLUMN eb_result.p_above IS 'probability that its ratio is above 1';
COMMENT ON COLUMN eb_result.weight IS 'how much of the estimate is its own, 0 to 1';
COMMENT ON COLUMN eb_result.oe IS 'ratio without shrinkage';
CREATE FUNCTION eb_estimate(prior gamma_prior, observed bigint, expected double precision, conf double precision DEFAULT 0.95) RETURNS eb_result
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40 AS 'MODULE_PATHNAME', 'hb_eb_estimate';
COMMENT ON FUNCTION eb_estimate(gamma_prior, bigint, double precision, double precision) IS 'Returns the ratio of a provider shrunk towards the others as a row, with limits that have probability conf, the probability that it is above 1, and how much of it is its own. observed: 0 or more; expected: 0 or more; else errors (22003). conf: between 0 and 1, else an error (22023); 0.95 by default.';
