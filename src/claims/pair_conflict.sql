-- pair_conflict: items that exclude each other; the type is made from state_type.sql.in

COMMENT ON TYPE pair_conflict IS 'Charges that rules of exclusion are about, as pair_conflict_agg collects them: 40 bytes a charge and rule, read by pair_conflicts. Months roll up to years by rollup(pair_conflict). Equal charges are equal text.';

CREATE FUNCTION pair_conflict_step(pair_conflict, rule bigint, main boolean, granule text, ts timestamp, visit bigint, line bigint) RETURNS pair_conflict
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_pair_conflict_step_bigint';
COMMENT ON FUNCTION pair_conflict_step(pair_conflict, bigint, boolean, text, timestamp, bigint, bigint) IS 'Transition function of pair_conflict_agg for visits and lines that are numbers.';
CREATE FUNCTION pair_conflict_step(pair_conflict, rule bigint, main boolean, granule text, ts timestamp, visit text, line text) RETURNS pair_conflict
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_pair_conflict_step_text';
COMMENT ON FUNCTION pair_conflict_step(pair_conflict, bigint, boolean, text, timestamp, text, text) IS 'Transition function of pair_conflict_agg for visits and lines that are texts.';
CREATE AGGREGATE pair_conflict_agg(rule bigint, main boolean, granule text, ts timestamp, visit bigint, line bigint) (
    SFUNC = pair_conflict_step, STYPE = pair_conflict, COMBINEFUNC = pair_conflict_combine, SSPACE = 512, PARALLEL = SAFE
);
COMMENT ON AGGREGATE pair_conflict_agg(bigint, boolean, text, timestamp, bigint, bigint) IS 'Returns the charges of a person, of which pair_conflicts reads where an excluded item stands beside its main item. One row for each charge and each rule that the item is in: rule: number of the rule; main: the item is the main one of the rule, false: the excluded one; granule: hour or 6 hours, less than which the two are apart, day, the calendar day, or visit; ts: local time of the charge; visit: number of the visit, needed for the granule visit alone; line: number of the charge. Other granules are errors (22023), infinite times too (22003). Rows with a NULL are passed over, the order of rows does not matter; of no row it is NULL. Refunds are taken off first.';
CREATE AGGREGATE pair_conflict_agg(rule bigint, main boolean, granule text, ts timestamp, visit text, line text) (
    SFUNC = pair_conflict_step, STYPE = pair_conflict, COMBINEFUNC = pair_conflict_combine, SSPACE = 512, PARALLEL = SAFE
);
COMMENT ON AGGREGATE pair_conflict_agg(bigint, boolean, text, timestamp, text, text) IS 'Returns the charges of a person, as pair_conflict_agg with numbers; visit and line are texts, of which the state has hashes: hashtextextended(line, 0) in the collation "C" finds the line that a result means.';

CREATE FUNCTION pair_conflicts(state pair_conflict, OUT rule bigint, OUT granule text, OUT excluded bigint, OUT excluded_at timestamp,
    OUT main bigint, OUT main_at timestamp, OUT mains bigint) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10 AS 'MODULE_PATHNAME', 'hb_pair_conflicts';
COMMENT ON FUNCTION pair_conflicts(pair_conflict) IS 'Returns a row for each charge of an excluded item that has a charge of its main item within the granule of the rule: the rule and its granule, line and time of the excluded charge, line and time of the nearest main charge, of two the earlier one, and the number of main charges within the granule.';
