-- busy: how many intervals run at once; the type is made from state_type.sql.in

COMMENT ON TYPE busy IS 'Intervals of time as busy_agg collects them: where the number of those that run changes, 16 bytes each, read by busy_stats and max_concurrent. States roll up by rollup(busy). Times of tstzrange are kept in UTC, others as given; do not mix them.';

CREATE FUNCTION busy_step(busy, daterange) RETURNS busy
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_busy_step_date';
COMMENT ON FUNCTION busy_step(busy, daterange) IS 'Transition function of busy_agg and max_concurrent.';
CREATE AGGREGATE busy_agg(during daterange) (
    SFUNC = busy_step, STYPE = busy, COMBINEFUNC = busy_combine, SSPACE = 512, PARALLEL = SAFE
);
COMMENT ON AGGREGATE busy_agg(daterange) IS 'Returns intervals as a state from which busy_stats reads the time that they take together and twice, and max_concurrent the most that run at once. Intervals are half-open, whatever their bounds: those that touch do not run at once. NULL is passed over; empty intervals are counted and take no time; the order of rows does not matter. Of no row it is NULL. A date counts from its midnight to that of the upper bound.';

CREATE TYPE concurrent_date AS (peak bigint, at date, until date);
COMMENT ON TYPE concurrent_date IS 'The most intervals that run at once, and when first: what max_concurrent returns.';
COMMENT ON COLUMN concurrent_date.peak IS 'number of intervals';
COMMENT ON COLUMN concurrent_date.at IS 'when so many run for the first time; NULL for a peak of 0';
COMMENT ON COLUMN concurrent_date.until IS 'the first day on which this changes';
CREATE FUNCTION max_concurrent_final_date(busy) RETURNS concurrent_date
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_max_concurrent_date';
COMMENT ON FUNCTION max_concurrent_final_date(busy) IS 'Final function of max_concurrent(daterange).';
CREATE AGGREGATE max_concurrent(during daterange) (
    SFUNC = busy_step, STYPE = busy, COMBINEFUNC = busy_combine, FINALFUNC = max_concurrent_final_date, SSPACE = 512, PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_concurrent(daterange) IS 'Returns the most intervals that run at once (peak), since when (at) and until when, the first time: patients in one bed, services of one doctor. Intervals are half-open, whatever their bounds; one without an end goes on. NULL is passed over, empty intervals do not run. Of no row it is NULL. To count a stay on its day of discharge as well, write daterange(adm, dsc, ''[]'').';

CREATE FUNCTION busy_step(busy, tsrange) RETURNS busy
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_busy_step_timestamp';
COMMENT ON FUNCTION busy_step(busy, tsrange) IS 'Transition function of busy_agg and max_concurrent.';
CREATE AGGREGATE busy_agg(during tsrange) (
    SFUNC = busy_step, STYPE = busy, COMBINEFUNC = busy_combine, SSPACE = 512, PARALLEL = SAFE
);
COMMENT ON AGGREGATE busy_agg(tsrange) IS 'Returns intervals as a state from which busy_stats reads the time that they take together and twice, and max_concurrent the most that run at once. Intervals are half-open, whatever their bounds: those that touch do not run at once. NULL is passed over; empty intervals are counted and take no time; the order of rows does not matter. Of no row it is NULL.';

CREATE TYPE concurrent_timestamp AS (peak bigint, at timestamp, until timestamp);
COMMENT ON TYPE concurrent_timestamp IS 'The most intervals that run at once, and when first: what max_concurrent returns.';
COMMENT ON COLUMN concurrent_timestamp.peak IS 'number of intervals';
COMMENT ON COLUMN concurrent_timestamp.at IS 'when so many run for the first time; NULL for a peak of 0';
COMMENT ON COLUMN concurrent_timestamp.until IS 'when this changes';
CREATE FUNCTION max_concurrent_final_timestamp(busy) RETURNS concurrent_timestamp
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_max_concurrent_timestamp';
COMMENT ON FUNCTION max_concurrent_final_timestamp(busy) IS 'Final function of max_concurrent(tsrange).';
CREATE AGGREGATE max_concurrent(during tsrange) (
    SFUNC = busy_step, STYPE = busy, COMBINEFUNC = busy_combine, FINALFUNC = max_concurrent_final_timestamp, SSPACE = 512, PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_concurrent(tsrange) IS 'Returns the most intervals that run at once (peak), since when (at) and until when, the first time: patients in one bed, services of one doctor. Intervals are half-open, whatever their bounds; one without an end goes on. NULL is passed over, empty intervals do not run. Of no row it is NULL.';

CREATE FUNCTION busy_step(busy, tstzrange) RETURNS busy
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_busy_step_timestamp';
COMMENT ON FUNCTION busy_step(busy, tstzrange) IS 'Transition function of busy_agg and max_concurrent.';
CREATE AGGREGATE busy_agg(during tstzrange) (
    SFUNC = busy_step, STYPE = busy, COMBINEFUNC = busy_combine, SSPACE = 512, PARALLEL = SAFE
);
COMMENT ON AGGREGATE busy_agg(tstzrange) IS 'Returns intervals as a state from which busy_stats reads the time that they take together and twice, and max_concurrent the most that run at once. Intervals are half-open, whatever their bounds: those that touch do not run at once. NULL is passed over; empty intervals are counted and take no time; the order of rows does not matter. Of no row it is NULL.';

CREATE TYPE concurrent_timestamptz AS (peak bigint, at timestamptz, until timestamptz);
COMMENT ON TYPE concurrent_timestamptz IS 'The most intervals that run at once, and when first: what max_concurrent returns.';
COMMENT ON COLUMN concurrent_timestamptz.peak IS 'number of intervals';
COMMENT ON COLUMN concurrent_timestamptz.at IS 'when so many run for the first time; NULL for a peak of 0';
COMMENT ON COLUMN concurrent_timestamptz.until IS 'when this changes';
CREATE FUNCTION max_concurrent_final_timestamptz(busy) RETURNS concurrent_timestamptz
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_max_concurrent_timestamp';
COMMENT ON FUNCTION max_concurrent_final_timestamptz(busy) IS 'Final function of max_concurrent(tstzrange).';
CREATE AGGREGATE max_concurrent(during tstzrange) (
    SFUNC = busy_step, STYPE = busy, COMBINEFUNC = busy_combine, FINALFUNC = max_concurrent_final_timestamptz, SSPACE = 512, PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_concurrent(tstzrange) IS 'Returns the most intervals that run at once (peak), since when (at) and until when, the first time: patients in one bed, services of one doctor. Intervals are half-open, whatever their bounds; one without an end goes on. NULL is passed over, empty intervals do not run. Of no row it is NULL.';

CREATE FUNCTION max_concurrent(busy) RETURNS concurrent_timestamp
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_max_concurrent_timestamp';
COMMENT ON FUNCTION max_concurrent(busy) IS 'Returns the most intervals of a state that run at once (peak), since when (at) and until when, the first time. Times of intervals that were tstzrange are in UTC: (m).at AT TIME ZONE ''UTC'' is the instant.';

CREATE TYPE busy_totals AS (intervals bigint, billed double precision, covered double precision, double_booked double precision, shared double precision, peak bigint);
COMMENT ON TYPE busy_totals IS 'The time that intervals take, in minutes: what busy_stats returns.';
COMMENT ON COLUMN busy_totals.intervals IS 'number of intervals, also empty ones';
COMMENT ON COLUMN busy_totals.billed IS 'sum of their lengths in minutes';
COMMENT ON COLUMN busy_totals.covered IS 'minutes in which at least one runs';
COMMENT ON COLUMN busy_totals.double_booked IS 'billed less covered: minutes that are claimed more than once';
COMMENT ON COLUMN busy_totals.shared IS 'minutes in which two or more run';
COMMENT ON COLUMN busy_totals.peak IS 'most that run at once';
CREATE FUNCTION busy_stats(busy) RETURNS busy_totals
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_busy_stats';
COMMENT ON FUNCTION busy_stats(busy) IS 'Returns the time that the intervals of a state take, in minutes: billed, the sum of their lengths; covered, their union; double_booked, the difference; shared, when two or more run; and the most that run at once. More than 1440 minutes billed in a day are more than it has. Minutes are NULL if an interval has no end.';
