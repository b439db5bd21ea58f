-- stay_regularity: near constant stays and gaps; the type is made from state_type.sql.in

COMMENT ON TYPE stay_regularity IS 'The stays of a person as stay_regularity_agg collects them: 8 bytes a stay. Months roll up to years by rollup(stay_regularity). Equal stays are equal text.';

CREATE FUNCTION stay_regularity_step(stay_regularity, adm date, dsc date) RETURNS stay_regularity
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_stay_regularity_step';
COMMENT ON FUNCTION stay_regularity_step(stay_regularity, date, date) IS 'Transition function of stay_regularity_agg.';
CREATE AGGREGATE stay_regularity_agg(adm date, dsc date) (
    SFUNC = stay_regularity_step, STYPE = stay_regularity, COMBINEFUNC = stay_regularity_combine, SSPACE = 256, PARALLEL = SAFE
);
COMMENT ON AGGREGATE stay_regularity_agg(date, date) IS 'Returns the stays of a person as a state, of which stay_regularity_stats reads how regular they are. adm, dsc: days of admission and of discharge, which is NULL for a person still in hospital; a stay without admission is passed over. A discharge before its admission is an error (22000), an infinite admission another (22003). The order of rows does not matter; of no row it is NULL. Several settlements of one stay are joined by its number first.';

CREATE TYPE stay_cycle AS (n bigint, mean_los double precision, cv_los double precision, mean_gap double precision, cv_gap double precision, max_gap integer, suspicious boolean);
COMMENT ON TYPE stay_cycle IS 'How regular the stays of a person are: what stay_regularity_stats returns.';
COMMENT ON COLUMN stay_cycle.n IS 'number of stays';
COMMENT ON COLUMN stay_cycle.mean_los IS 'mean length of the stays that have ended, in days';
COMMENT ON COLUMN stay_cycle.cv_los IS 'coefficient of variation of these lengths: sample standard deviation over mean; NULL for less than two or a mean of 0';
COMMENT ON COLUMN stay_cycle.mean_gap IS 'mean of the gaps, in days, as of stay_gap';
COMMENT ON COLUMN stay_cycle.cv_gap IS 'coefficient of variation of the gaps';
COMMENT ON COLUMN stay_cycle.max_gap IS 'longest gap, in days';
COMMENT ON COLUMN stay_cycle.suspicious IS 'at least min_n stays, cv_los not above max_cv, all gaps from 0 to max_gap days';

CREATE FUNCTION stay_regularity_stats(state stay_regularity, min_n integer DEFAULT 4, max_cv double precision DEFAULT 0.1, max_gap integer DEFAULT 15) RETURNS stay_cycle
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_stay_regularity_stats';
COMMENT ON FUNCTION stay_regularity_stats(stay_regularity, integer, double precision, integer) IS 'Returns how regular the stays of a state are: mean and coefficient of variation of lengths and of gaps, and whether they look like one stay that is discharged on paper again and again: at least min_n stays (4), lengths that vary by no more than max_cv (0.1), and no gap outside 0 to max_gap days (15). Planned cycles, such as chemotherapy, dialysis and rehabilitation, look alike and are to be left out. A min_n below 1 and a negative max_cv or max_gap are errors (22023).';
