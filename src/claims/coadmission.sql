-- coadmission: people admitted and discharged together; the type is made from state_type.sql.in

COMMENT ON TYPE coadmission IS 'The finished stays of a hospital as coadmission_agg collects them: 16 bytes a stay, read by coadmission_groups and coadmission_pairs. Months roll up to years by rollup(coadmission). Equal stays are equal text. It holds numbers of persons, or hashes of them.';

CREATE FUNCTION coadmission_step(coadmission, person bigint, adm date, dsc date) RETURNS coadmission
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_coadmission_step_bigint';
COMMENT ON FUNCTION coadmission_step(coadmission, bigint, date, date) IS 'Transition function of coadmission_agg(bigint, date, date).';
CREATE FUNCTION coadmission_step(coadmission, person text, adm date, dsc date) RETURNS coadmission
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_coadmission_step_text';
COMMENT ON FUNCTION coadmission_step(coadmission, text, date, date) IS 'Transition function of coadmission_agg(text, date, date).';
CREATE AGGREGATE coadmission_agg(person bigint, adm date, dsc date) (
    SFUNC = coadmission_step, STYPE = coadmission, COMBINEFUNC = coadmission_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE coadmission_agg(bigint, date, date) IS 'Returns the finished stays of a hospital as a state, of which coadmission_groups and coadmission_pairs read who is admitted and discharged together. person: a number of the person; adm, dsc: days of admission and discharge. Rows with a NULL are passed over, and so are stays without an end; several settlements of one stay count once. A discharge before its admission is an error (22000), an infinite admission another (22003). The order of rows does not matter; of no row it is NULL. More stays than a value of 1 GB holds, 67 million, are an error (54000).';
CREATE AGGREGATE coadmission_agg(person text, adm date, dsc date) (
    SFUNC = coadmission_step, STYPE = coadmission, COMBINEFUNC = coadmission_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE coadmission_agg(text, date, date) IS 'Returns the finished stays of a hospital as a state, as coadmission_agg(bigint, date, date); the number of a person is a hash of the text: hashtextextended(person, 0) in the collation "C" finds whom a result means.';

CREATE FUNCTION coadmission_groups(state coadmission, min_size integer DEFAULT 5, tolerance integer DEFAULT 0,
    OUT adm date, OUT dsc date, OUT size bigint, OUT expected double precision, OUT p_value double precision, OUT members bigint[]) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 10 AS 'MODULE_PATHNAME', 'hb_coadmission_groups';
COMMENT ON FUNCTION coadmission_groups(coadmission, integer, integer) IS 'Returns the groups of persons who were admitted on one day and discharged on one day: the days, how many persons, how many were expected, the probability of so many or more, and their numbers. min_size: persons, at least 2; 5 by default. tolerance: days, 0 to 7, by which both days may differ from those of the group, which are those of most stays; each stay is in one group; 0 by default. Other values are errors (22023). Expected is what comes of a constant rate of admissions and of lengths as of all stays of the state; p_value is of the Poisson distribution and of one group: adjust_p corrects for many. Screening days, school classes and admissions from one bus accident are groups too.';

CREATE FUNCTION coadmission_pairs(state coadmission, min_times integer DEFAULT 2, max_size integer DEFAULT 50,
    OUT a bigint, OUT b bigint, OUT times bigint, OUT expected double precision, OUT p_value double precision) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 100 AS 'MODULE_PATHNAME', 'hb_coadmission_pairs';
COMMENT ON FUNCTION coadmission_pairs(coadmission, integer, integer) IS 'Returns the pairs of persons, a less than b, who were admitted and discharged on the same days at least min_times times (2): how often, how often was expected, and the probability of so often or more. max_size: days on which more persons than that came and went together are left out (50). min_times below 1 and max_size below 2 are errors (22023), as are more than 67 million pairs (54000). Expected is stays of a times stays of b times the probability that two stays coincide, with admissions at a constant rate and lengths as of all stays of the state. components_agg joins pairs to groups.';
