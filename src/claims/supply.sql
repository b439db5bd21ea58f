-- supply: how long what was dispensed lasts; the type is made from state_type.sql.in

COMMENT ON TYPE supply IS 'The fills of a drug, with their days of supply, as supply_agg collects them: 8 bytes a fill, read by supply_stats, pdc, mpr, oversupply and max_gap. Months roll up to years by rollup(supply). Equal fills are equal text.';

CREATE FUNCTION supply_step(supply, fill date, days integer) RETURNS supply
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_supply_step';
COMMENT ON FUNCTION supply_step(supply, date, integer) IS 'Transition function of supply_agg.';
CREATE AGGREGATE supply_agg(fill date, days integer) (
    SFUNC = supply_step, STYPE = supply, COMBINEFUNC = supply_combine, SSPACE = 256, PARALLEL = SAFE
);
COMMENT ON AGGREGATE supply_agg(date, integer) IS 'Returns the fills of a person and a drug as a state. fill: day of dispensing; days: that they last, 0 to 100000, else an error (22003), as is an infinite date; what was returned is taken off first. Rows with a NULL are passed over, the order of rows does not matter; of no row it is NULL. One unit a day is assumed; drugs that are taken together have a state each.';

CREATE TYPE supply_totals AS (fills bigint, days bigint, first_fill date, last_fill date, covered_until date, oversupply bigint, max_in_hand bigint, max_gap bigint);
COMMENT ON TYPE supply_totals IS 'Fills of a drug as numbers: what supply_stats returns.';
COMMENT ON COLUMN supply_totals.fills IS 'number of fills';
COMMENT ON COLUMN supply_totals.days IS 'days of supply of all fills';
COMMENT ON COLUMN supply_totals.first_fill IS 'day of the first fill';
COMMENT ON COLUMN supply_totals.last_fill IS 'day of the last fill';
COMMENT ON COLUMN supply_totals.covered_until IS 'first day without supply after the last fill, if one fill is begun after the other';
COMMENT ON COLUMN supply_totals.oversupply IS 'days in hand before each fill, summed over fills';
COMMENT ON COLUMN supply_totals.max_in_hand IS 'most days in hand after a fill';
COMMENT ON COLUMN supply_totals.max_gap IS 'most days without supply between two fills';

CREATE FUNCTION supply_stats(supply) RETURNS supply_totals
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_supply_stats';
COMMENT ON FUNCTION supply_stats(supply) IS 'Returns the fills of a state as numbers: how many, their days, first and last, until when they last, oversupply, the most in hand after a fill, and the longest gap between fills, all in days and with carry-over: a fill is begun when the one before is used up. Write it in LATERAL to read several of them.';
CREATE FUNCTION oversupply(supply) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
    SELECT (supply_stats($1)).oversupply;
END;
COMMENT ON FUNCTION oversupply(supply) IS 'Returns the days in hand before each fill, summed over the fills: days that were dispensed too early.';
CREATE FUNCTION max_gap(supply) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
    SELECT (supply_stats($1)).max_gap;
END;
COMMENT ON FUNCTION max_gap(supply) IS 'Returns the most days without supply between two fills, with carry-over; 0 if there were none. What follows the last fill does not count.';

CREATE FUNCTION pdc(supply, during daterange, carry boolean DEFAULT true) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_supply_pdc_range';
COMMENT ON FUNCTION pdc(supply, daterange, boolean) IS 'Returns the proportion of days covered, 0 to 1: of the days of the window those with something in hand. during: the window; empty or unbounded it is an error (22023). carry: a fill is begun when what was in hand is used up, also what is from before the window; false: on the day it was dispensed. Sources: as CMA7 and CMA5 of AdhereR, doi:10.1371/journal.pone.0174426.';
CREATE FUNCTION pdc(supply, during integer, carry boolean DEFAULT true) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_supply_pdc_days';
COMMENT ON FUNCTION pdc(supply, integer, boolean) IS 'Returns the proportion of days covered, 0 to 1, of the window of so many days that begins with the first fill. during: days, greater than 0, else an error (22023). carry: a fill is begun when what was in hand is used up; false: on the day it was dispensed. Sources: as CMA7 and CMA5 of AdhereR, doi:10.1371/journal.pone.0174426.';
CREATE FUNCTION mpr(supply, during daterange) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_supply_mpr_range';
COMMENT ON FUNCTION mpr(supply, daterange) IS 'Returns the medication possession ratio: days of supply of the fills in the window, over its days; more than 1 is oversupply. during: the window; empty or unbounded it is an error (22023).';
CREATE FUNCTION mpr(supply, during integer) RETURNS double precision
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'hb_supply_mpr_days';
COMMENT ON FUNCTION mpr(supply, integer) IS 'Returns the medication possession ratio of the window of so many days that begins with the first fill: days of supply of the fills in it, over its days. during: days, greater than 0, else an error (22023).';

CREATE TYPE supply_step AS (in_hand_before integer, in_hand_after integer, starts date, ends date, over boolean);
COMMENT ON TYPE supply_step IS 'The stock at a fill: what supply_days returns.';
COMMENT ON COLUMN supply_step.in_hand_before IS 'days in hand before the fill';
COMMENT ON COLUMN supply_step.in_hand_after IS 'days in hand after it';
COMMENT ON COLUMN supply_step.starts IS 'day on which the fill is begun';
COMMENT ON COLUMN supply_step.ends IS 'first day after it is used up';
COMMENT ON COLUMN supply_step.over IS 'more days in hand before the fill than allowed';

CREATE FUNCTION supply_days(fill date, days integer, allowed integer DEFAULT 0) RETURNS supply_step
    LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_supply_days';
COMMENT ON FUNCTION supply_days(date, integer, integer) IS 'Returns the days in hand before and after a fill, on which days it is begun and used up, and whether more was in hand before it than allowed. A window function over PARTITION BY person, drug ORDER BY fill, days. fill: day of dispensing; days: that it lasts, 0 to 100000, else an error (22003), as is an infinite date. allowed: days in hand that a fill may come early by, 0 by default. A NULL gives NULL, and the row is passed over. Rows that are not in the order of fill and a negative allowed are errors (22023).';
