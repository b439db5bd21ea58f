-- benford: digits of amounts; the type is made from state_type.sql.in

COMMENT ON TYPE benford IS 'Counts of the digits of amounts, as benford_agg collects them: first two, last two, sums for the mantissa arc and the distortion, least and greatest, 0.9 kB. Read by benford_test, benford_table and benford_counts; months roll up to years by rollup(benford). Counts are the same whatever the order of rows; more than 2147483647 amounts with the same digits are an error (54000).';

CREATE FUNCTION benford_step(benford, amount numeric) RETURNS benford
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_benford_step_numeric';
COMMENT ON FUNCTION benford_step(benford, numeric) IS 'Transition function of benford_agg.';
CREATE FUNCTION benford_step(benford, amount numeric, scale integer) RETURNS benford
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_benford_step_numeric';
COMMENT ON FUNCTION benford_step(benford, numeric, integer) IS 'Transition function of benford_agg with a scale.';
CREATE FUNCTION benford_step(benford, amount double precision) RETURNS benford
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_benford_step_double';
COMMENT ON FUNCTION benford_step(benford, double precision) IS 'Transition function of benford_agg.';
CREATE FUNCTION benford_step(benford, amount double precision, scale integer) RETURNS benford
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_benford_step_double';
COMMENT ON FUNCTION benford_step(benford, double precision, integer) IS 'Transition function of benford_agg with a scale.';
CREATE FUNCTION benford_step(benford, amount bigint) RETURNS benford
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_benford_step_bigint';
COMMENT ON FUNCTION benford_step(benford, bigint) IS 'Transition function of benford_agg.';
CREATE FUNCTION benford_step(benford, amount integer) RETURNS benford
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_benford_step_integer';
COMMENT ON FUNCTION benford_step(benford, integer) IS 'Transition function of benford_agg.';
CREATE FUNCTION benford_step(benford, amount bigint, scale integer) RETURNS benford
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_benford_step_bigint';
COMMENT ON FUNCTION benford_step(benford, bigint, integer) IS 'Transition function of benford_agg with a scale.';
CREATE FUNCTION benford_step(benford, amount integer, scale integer) RETURNS benford
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_benford_step_integer';
COMMENT ON FUNCTION benford_step(benford, integer, integer) IS 'Transition function of benford_agg with a scale.';
CREATE AGGREGATE benford_agg(amount numeric) (
    SFUNC = benford_step, STYPE = benford, COMBINEFUNC = benford_combine, SSPACE = 960, PARALLEL = SAFE
);
COMMENT ON AGGREGATE benford_agg(numeric) IS 'Returns the digits of amounts as a state: those that are printed, exactly, not those of a logarithm. An amount of one digit goes on with zeros: 7 is 7.0. The last two digits are those of cents. Digits are those of positive amounts; zero and negative ones, refunds among them, are counted apart. NULLs are passed over; of nothing the state is NULL. NaN and infinity are errors (22003). Only for amounts that grow freely over several powers of ten: not for regulated prices, capped or package amounts, or fewer than some 300 of them.';
CREATE AGGREGATE benford_agg(amount numeric, scale integer) (
    SFUNC = benford_step, STYPE = benford, COMBINEFUNC = benford_combine, SSPACE = 960, PARALLEL = SAFE
);
COMMENT ON AGGREGATE benford_agg(numeric, integer) IS 'Returns the digits of amounts as a state: those that are printed, exactly, not those of a logarithm. An amount of one digit goes on with zeros: 7 is 7.0. scale: decimals to which the last two digits reach, 0 to 15, the same in all rows, else an error (22023); 2 by default; what lies beyond is cut off. Digits are those of positive amounts; zero and negative ones, refunds among them, are counted apart. NULLs are passed over; of nothing the state is NULL. NaN and infinity are errors (22003). Only for amounts that grow freely over several powers of ten: not for regulated prices, capped or package amounts, or fewer than some 300 of them.';
CREATE AGGREGATE benford_agg(amount double precision) (
    SFUNC = benford_step, STYPE = benford, COMBINEFUNC = benford_combine, SSPACE = 960, PARALLEL = SAFE
);
COMMENT ON AGGREGATE benford_agg(double precision) IS 'Returns the digits of amounts as a state: those that are printed, exactly, not those of a logarithm. Those of the shortest decimal that reads as the same number; one of one digit goes on with zeros: 7 is 7.0. The last two digits are those of cents. Digits are those of positive amounts; zero and negative ones, refunds among them, are counted apart. NULLs are passed over; of nothing the state is NULL. NaN and infinity are errors (22003). Only for amounts that grow freely over several powers of ten: not for regulated prices, capped or package amounts, or fewer than some 300 of them.';
CREATE AGGREGATE benford_agg(amount double precision, scale integer) (
    SFUNC = benford_step, STYPE = benford, COMBINEFUNC = benford_combine, SSPACE = 960, PARALLEL = SAFE
);
COMMENT ON AGGREGATE benford_agg(double precision, integer) IS 'Returns the digits of amounts as a state: those that are printed, exactly, not those of a logarithm. Those of the shortest decimal that reads as the same number; one of one digit goes on with zeros: 7 is 7.0. scale: decimals to which the last two digits reach, 0 to 15, the same in all rows, else an error (22023); 2 by default; what lies beyond is cut off. Digits are those of positive amounts; zero and negative ones, refunds among them, are counted apart. NULLs are passed over; of nothing the state is NULL. NaN and infinity are errors (22003). Only for amounts that grow freely over several powers of ten: not for regulated prices, capped or package amounts, or fewer than some 300 of them.';
CREATE AGGREGATE benford_agg(amount bigint) (
    SFUNC = benford_step, STYPE = benford, COMBINEFUNC = benford_combine, SSPACE = 960, PARALLEL = SAFE
);
COMMENT ON AGGREGATE benford_agg(bigint) IS 'Returns the digits of amounts as a state: those that are printed, exactly, not those of a logarithm. A number of one digit has no second one. The last two digits are those of the number. Digits are those of positive amounts; zero and negative ones, refunds among them, are counted apart. NULLs are passed over; of nothing the state is NULL. Only for amounts that grow freely over several powers of ten: not for regulated prices, capped or package amounts, or fewer than some 300 of them.';
CREATE AGGREGATE benford_agg(amount integer) (
    SFUNC = benford_step, STYPE = benford, COMBINEFUNC = benford_combine, SSPACE = 960, PARALLEL = SAFE
);
COMMENT ON AGGREGATE benford_agg(integer) IS 'Returns the digits of amounts as a state: those that are printed, exactly, not those of a logarithm. A number of one digit has no second one. The last two digits are those of the number. Digits are those of positive amounts; zero and negative ones, refunds among them, are counted apart. NULLs are passed over; of nothing the state is NULL. Only for amounts that grow freely over several powers of ten: not for regulated prices, capped or package amounts, or fewer than some 300 of them.';
CREATE AGGREGATE benford_agg(amount bigint, scale integer) (
    SFUNC = benford_step, STYPE = benford, COMBINEFUNC = benford_combine, SSPACE = 960, PARALLEL = SAFE
);
COMMENT ON AGGREGATE benford_agg(bigint, integer) IS 'Returns the digits of amounts as a state: those that are printed, exactly, not those of a logarithm. A number of one digit has no second one. scale: decimals to which the last two digits reach, 0 to 15, the same in all rows, else an error (22023); 0 by default; what lies beyond is cut off. Digits are those of positive amounts; zero and negative ones, refunds among them, are counted apart. NULLs are passed over; of nothing the state is NULL. Only for amounts that grow freely over several powers of ten: not for regulated prices, capped or package amounts, or fewer than some 300 of them.';
CREATE AGGREGATE benford_agg(amount integer, scale integer) (
    SFUNC = benford_step, STYPE = benford, COMBINEFUNC = benford_combine, SSPACE = 960, PARALLEL = SAFE
);
COMMENT ON AGGREGATE benford_agg(integer, integer) IS 'Returns the digits of amounts as a state: those that are printed, exactly, not those of a logarithm. A number of one digit has no second one. scale: decimals to which the last two digits reach, 0 to 15, the same in all rows, else an error (22023); 0 by default; what lies beyond is cut off. Digits are those of positive amounts; zero and negative ones, refunds among them, are counted apart. NULLs are passed over; of nothing the state is NULL. Only for amounts that grow freely over several powers of ten: not for regulated prices, capped or package amounts, or fewer than some 300 of them.';

CREATE TYPE benford_result AS (n bigint, chi2 double precision, df integer, p_value double precision, g double precision, mad double precision, conformity text, ssd double precision, ks double precision, d_star double precision, d_n double precision, m_n double precision, u2 double precision, mantissa_l2 double precision, mantissa_p double precision, distortion double precision, log10_span double precision, ks_critical double precision, n_skipped bigint, n_zero bigint, n_negative bigint);
COMMENT ON TYPE benford_result IS 'Digits against the law of Benford: the result of benford_test.';
COMMENT ON COLUMN benford_result.n IS 'positive amounts that have these digits';
COMMENT ON COLUMN benford_result.chi2 IS 'chi-square statistic; large n makes any deviation significant';
COMMENT ON COLUMN benford_result.df IS 'its degrees of freedom';
COMMENT ON COLUMN benford_result.p_value IS 'its probability';
COMMENT ON COLUMN benford_result.g IS 'likelihood ratio statistic';
COMMENT ON COLUMN benford_result.mad IS 'mean absolute deviation of the shares';
COMMENT ON COLUMN benford_result.conformity IS 'class of the mean absolute deviation by Nigrini 2012: Close, Acceptable or Marginally acceptable conformity, Nonconformity; NULL for last_two';
COMMENT ON COLUMN benford_result.ssd IS 'sum of squared deviations of the shares in per cent (Kossovsky)';
COMMENT ON COLUMN benford_result.ks IS 'statistic of Kolmogorov and Smirnov';
COMMENT ON COLUMN benford_result.d_star IS 'Euclidean distance over the greatest possible, 0 to 1 (Cho and Gaines 2007)';
COMMENT ON COLUMN benford_result.d_n IS 'Euclidean distance times sqrt(n); critical 1.212, 1.330, 1.569 at 10, 5, 1 % (Morrow 2010)';
COMMENT ON COLUMN benford_result.m_n IS 'greatest deviation times sqrt(n); critical 0.851, 0.967, 1.212 at 10, 5, 1 % for first (Leemis 2000, Morrow 2010)';
COMMENT ON COLUMN benford_result.u2 IS 'statistic of Freedman and Watson, which does not depend on where the digits begin';
COMMENT ON COLUMN benford_result.mantissa_l2 IS 'squared length of the mean of the mantissas as points of a circle, of all positive amounts';
COMMENT ON COLUMN benford_result.mantissa_p IS 'its probability, exp(-n mantissa_l2) (Alexander 2009)';
COMMENT ON COLUMN benford_result.distortion IS 'distortion factor of Nigrini in per cent, of amounts of 10 and more: above 0 amounts are larger than the law has them';
COMMENT ON COLUMN benford_result.log10_span IS 'powers of ten between the least and the greatest amount';
COMMENT ON COLUMN benford_result.ks_critical IS '1.358 / sqrt(n), the critical ks at 5 %, larger than need be for digits';
COMMENT ON COLUMN benford_result.n_skipped IS 'positive amounts that do not have these digits';
COMMENT ON COLUMN benford_result.n_zero IS 'amounts of zero';
COMMENT ON COLUMN benford_result.n_negative IS 'negative amounts';
CREATE FUNCTION benford_test(b benford, test text DEFAULT 'first_two') RETURNS benford_result
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_benford_test';
COMMENT ON FUNCTION benford_test(benford, text) IS 'Returns digits against the law of Benford, last_two against equal shares, as a row of statistics with the number of amounts. test: first, second, first_two or last_two, else an error (22023); first_two by default. last_two is of amounts that have three digits and more down to the scale. Rank by mad or d_star, test by u2; an unlikely statistic is a reason to look at the digits, not a finding. Of no amount with these digits statistics are NULL. Sources: Nigrini 2012, doi:10.1002/9781119203094; Lesperance 2016, doi:10.1371/journal.pone.0151235.';
CREATE FUNCTION benford_table(b benford, test text DEFAULT 'first_two', conf double precision DEFAULT 0.95, OUT digits integer, OUT observed bigint, OUT expected double precision, OUT share double precision, OUT diff double precision, OUT z double precision, OUT lower double precision, OUT upper double precision) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 90 AS 'MODULE_PATHNAME', 'hb_benford_table';
COMMENT ON FUNCTION benford_table(benford, text, double precision) IS 'Returns a row for each digit or pair of digits: how many amounts have it, expected and observed share, their difference, its z statistic (corrected for continuity where that is smaller than the difference), and the limits between which the share lies with probability conf. test: first, second, first_two or last_two, else an error (22023); first_two by default. conf: between 0 and 1, else an error (22023); 0.95 by default. Of no amount there are no rows. Source: Nigrini 2012, doi:10.1002/9781119203094.';
CREATE FUNCTION benford_counts(b benford, test text DEFAULT 'first_two') RETURNS bigint[]
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_benford_counts_of';
COMMENT ON FUNCTION benford_counts(benford, text) IS 'Returns how many amounts have each digit or pair of digits, as an array whose subscripts are the digits: (benford_counts(b))[49]. test: first, second, first_two or last_two, else an error (22023); first_two by default.';
CREATE FUNCTION benford_digits(amount numeric, places integer) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_benford_digits_numeric';
COMMENT ON FUNCTION benford_digits(numeric, integer) IS 'Returns the first places digits of a number without its sign, exactly as printed and filled up with zeros: benford_digits(0.29, 2) is 29, benford_digits(7, 2) is 70. places: 1 to 9, else an error (22023). NULL for zero, NaN and infinity. For drilling down to the amounts behind a pair of digits, also by an index.';
CREATE FUNCTION benford_digits(amount double precision, places integer) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_benford_digits_double';
COMMENT ON FUNCTION benford_digits(double precision, integer) IS 'Returns the first places digits of a number without its sign, exactly as printed and filled up with zeros: benford_digits(0.29, 2) is 29, benford_digits(7, 2) is 70. places: 1 to 9, else an error (22023). NULL for zero, NaN and infinity. For drilling down to the amounts behind a pair of digits, also by an index.';
CREATE FUNCTION benford_digits(amount bigint, places integer) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_benford_digits_integer';
COMMENT ON FUNCTION benford_digits(bigint, integer) IS 'Returns the first places digits of a number without its sign, exactly as printed and filled up with zeros: benford_digits(0.29, 2) is 29, benford_digits(7, 2) is 70. places: 1 to 9, else an error (22023). NULL for zero, NaN and infinity. For drilling down to the amounts behind a pair of digits, also by an index.';
