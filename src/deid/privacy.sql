-- privacy: sizes of classes and sensitive values in them; the types are made from state_type.sql.in

-- classes

COMMENT ON TYPE privacy_sizes IS 'How many classes of which size a table has, as privacy_sizes_agg collects them: 24 bytes a size, of which n rows have fewer than the square root of 2n. A class is the rows that quasi-identifiers do not tell apart. States of tables whose classes are apart roll up by rollup(privacy_sizes).';

CREATE FUNCTION privacy_sizes_step(privacy_sizes, bigint) RETURNS privacy_sizes
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_sizes_step';
COMMENT ON FUNCTION privacy_sizes_step(privacy_sizes, bigint) IS 'Transition function of privacy_sizes_agg(bigint).';
CREATE AGGREGATE privacy_sizes_agg(size bigint) (
	SFUNC = privacy_sizes_step, STYPE = privacy_sizes, COMBINEFUNC = privacy_sizes_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE privacy_sizes_agg(bigint) IS 'Returns the sizes of classes as a state, for privacy_k, privacy_risk and privacy_gbt42460: SELECT privacy_sizes_agg(n) FROM (SELECT count(*) AS n FROM t GROUP BY quasi-identifiers) c. NULL is passed over, of no row it is NULL; a size below 1 is an error (22003).';
CREATE FUNCTION privacy_sizes_step(privacy_sizes, bigint, double precision, bigint) RETURNS privacy_sizes
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_sizes_step_population';
COMMENT ON FUNCTION privacy_sizes_step(privacy_sizes, bigint, double precision, bigint) IS 'Transition function of privacy_sizes_agg(bigint, double precision, bigint).';
CREATE AGGREGATE privacy_sizes_agg(size bigint, population double precision, records bigint) (
	SFUNC = privacy_sizes_step, STYPE = privacy_sizes, COMBINEFUNC = privacy_sizes_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE privacy_sizes_agg(bigint, double precision, bigint) IS 'Returns the sizes of classes as privacy_sizes_agg(bigint), and their populations: persons of the population who have the values of the class, a count or a sum of sampling weights, for the risks of a journalist; NULL is unknown. records are those that the size is told of, NULL for all of the class; classes that overlap, as where NULL matches every value, are given so. An infinite population or one below the size, and records beyond it, are errors (22003).';

CREATE FUNCTION privacy_k(privacy_sizes) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_k';
COMMENT ON FUNCTION privacy_k(privacy_sizes) IS 'Returns the k of k-anonymity: the size of the smallest class.';
CREATE FUNCTION privacy_risk(sizes privacy_sizes, threshold double precision DEFAULT 0.2,
	OUT records bigint, OUT classes bigint, OUT k bigint, OUT largest bigint, OUT average double precision, OUT uniques bigint,
	OUT prosecutor_max double precision, OUT prosecutor_min double precision, OUT prosecutor_avg double precision, OUT at_risk double precision,
	OUT marketer double precision, OUT journalist_max double precision, OUT journalist_avg double precision, OUT individual_avg double precision) RETURNS record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_risk';
COMMENT ON FUNCTION privacy_risk(privacy_sizes, double precision) IS 'Returns what the sizes of classes tell of re-identification: records; classes; k, largest and average size; uniques, records alone in their class. prosecutor_max, _min, _avg: chance of one who knows that a person is in the table, 1/size, over records. at_risk: share of records whose chance is above the threshold (0 to 1, else 22023). marketer: share of records that matching to the population finds, to the table itself if no population is known. journalist_max, _avg: chance of one who knows the population, 1/population; individual_avg: mean risk of Benedetti and Franconi, which takes the population as estimated; these are NULL without populations. El Emam 2013, ISBN 978-1-4665-6706-1. In FROM or LATERAL it is evaluated once.';
CREATE FUNCTION privacy_individual_risk(size bigint, population double precision) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_individual_risk';
COMMENT ON FUNCTION privacy_individual_risk(bigint, double precision) IS 'Returns the risk that a record is re-identified, 0 to 1, of size records with its values and an estimated population with them, such as the sum of their sampling weights. Benedetti and Franconi 1998, as sdcMicro has it. A size below 1, an infinite population or one below the size is an error (22003).';

CREATE FUNCTION privacy_gbt42460(sizes privacy_sizes, mode text, context double precision DEFAULT 1, direct boolean DEFAULT false,
	OUT level integer, OUT ra double precision, OUT rb double precision, OUT rc double precision, OUT context_risk double precision, OUT risk double precision) RETURNS record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_gbt42460';
COMMENT ON FUNCTION privacy_gbt42460(privacy_sizes, text, double precision, boolean) IS 'Returns the level of de-identification of GB/T 42460-2023: 1 with direct identifiers (direct), 2 with quasi-identifiers at a risk of 0.05 or more, 3 below; a table without either is 4. mode: public, controlled or enclave release. ra: share of classes whose 1/size is above 1/20, 1/5 or 1/3; rb: greatest, rc: mean 1/size of classes; context_risk: that of the context, 0 to 1, as privacy_gbt42460_context gives it, 1 for a public release. risk: 1 if ra is above 0, else rb for a public release and rc times context_risk for others. Other modes and contexts are errors (22023).';
CREATE FUNCTION privacy_gbt42460_context(control text, ability text, prevalence double precision, acquaintances integer DEFAULT 150,
	OUT deliberate double precision, OUT acquaintance double precision, OUT breach double precision, OUT context_risk double precision) RETURNS record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_gbt42460_context';
COMMENT ON FUNCTION privacy_gbt42460_context(text, text, double precision, integer) IS 'Returns the risk of the context of a release (GB/T 42460-2023), the greatest of three: deliberate, an attack by the recipient, by control (high, mid, low) and ability (low, mid, high): 0.05 0.1 0.2, 0.2 0.3 0.4, 0.4 0.5 0.6; acquaintance, that one of so many acquaintances of the recipient (150) has the condition of a prevalence (0 to 1); breach, by control: 0.14, 0.27, 0.55. Other words and numbers are errors (22023).';

-- sensitive values

COMMENT ON TYPE privacy_values IS 'How often sensitive values occur in a class, as privacy_values_agg collects them: 16 bytes a value. Values are numbers that stand for them. The state of the whole table is rollup(privacy_values) of those of its classes.';

CREATE FUNCTION privacy_values_step(privacy_values, bigint, bigint) RETURNS privacy_values
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_values_step';
COMMENT ON FUNCTION privacy_values_step(privacy_values, bigint, bigint) IS 'Transition function of privacy_values_agg.';
CREATE FUNCTION privacy_values_final(privacy_values) RETURNS privacy_values
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_values_final';
COMMENT ON FUNCTION privacy_values_final(privacy_values) IS 'Returns the same state with its values in order: final function of privacy_values_agg. A state that rollup has made is read faster after it.';
CREATE AGGREGATE privacy_values_agg(value bigint, n bigint) (
	SFUNC = privacy_values_step, STYPE = privacy_values, COMBINEFUNC = privacy_values_combine, FINALFUNC = privacy_values_final, SSPACE = 160, PARALLEL = SAFE
);
COMMENT ON AGGREGATE privacy_values_agg(bigint, bigint) IS 'Returns how often sensitive values occur: n records have a value, given by a number, the rank of the value where order matters (dense_rank). NULL is passed over, of no row it is NULL; n below 1 is an error (22003).';

CREATE FUNCTION privacy_records(privacy_values) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_records';
COMMENT ON FUNCTION privacy_records(privacy_values) IS 'Returns the number of records of a class.';
CREATE FUNCTION privacy_l(class privacy_values, kind text DEFAULT 'distinct') RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_l';
COMMENT ON FUNCTION privacy_l(privacy_values, text) IS 'Returns the l of l-diversity of a class: the number of its sensitive values (distinct), or e to the power of their entropy (entropy). Another kind is an error (22023). Machanavajjhala 2007, doi:10.1145/1217299.1217302.';
CREATE FUNCTION privacy_recursive_c(class privacy_values, l integer DEFAULT 2) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_recursive_c';
COMMENT ON FUNCTION privacy_recursive_c(privacy_values, integer) IS 'Returns the bound of recursive (c,l)-diversity of a class: it is diverse for every c above. The most frequent value over the sum of the l-th and all rarer ones; NULL with fewer than l values. l below 2 is an error (22023). Machanavajjhala 2007, doi:10.1145/1217299.1217302.';
CREATE FUNCTION privacy_max_share(class privacy_values) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_max_share';
COMMENT ON FUNCTION privacy_max_share(privacy_values) IS 'Returns the share of the most frequent sensitive value of a class: the alpha of (alpha,k)-anonymity.';
CREATE FUNCTION privacy_t(class privacy_values, whole privacy_values) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_t';
COMMENT ON FUNCTION privacy_t(privacy_values, privacy_values) IS 'Returns the t of t-closeness of a class, 0 to 1, all values equally far from each other: the earth mover''s distance of its shares of values from those of the whole. A class with records that the whole does not have is an error (22023). Li 2007, doi:10.1109/ICDE.2007.367856.';
CREATE FUNCTION privacy_t_ordered(class privacy_values, whole privacy_values) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_t_ordered';
COMMENT ON FUNCTION privacy_t_ordered(privacy_values, privacy_values) IS 'Returns the t of t-closeness of a class for ordered values, given by their ranks: the distance of two is the number of steps between them among the values of the whole. Otherwise as privacy_t.';
CREATE FUNCTION privacy_t_hierarchical(class privacy_values, whole privacy_values, hierarchy bigint[]) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_t_hierarchical';
COMMENT ON FUNCTION privacy_t_hierarchical(privacy_values, privacy_values, bigint[]) IS 'Returns the t of t-closeness of a class for values in a hierarchy: the distance of two is the level at which they join over the height. The hierarchy is an array of rows, each a value and numbers for its ancestors from the nearest to the root. Rows of other form, several roots, a value twice and one that is missing are errors (22023). Otherwise as privacy_t.';
CREATE FUNCTION privacy_beta(class privacy_values, whole privacy_values) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_beta';
COMMENT ON FUNCTION privacy_beta(privacy_values, privacy_values) IS 'Returns the beta of basic beta-likeness of a class: the greatest relative gain (p - q) / q of the share of a value in the class over that in the whole. Errors as privacy_t. Cao and Karras 2012, doi:10.14778/2350229.2350255.';
CREATE FUNCTION privacy_delta(class privacy_values, whole privacy_values) RETURNS double precision
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_delta';
COMMENT ON FUNCTION privacy_delta(privacy_values, privacy_values) IS 'Returns the delta of delta-disclosure of a class: the greatest |log2(p / q)| of the shares of a value in the class and in the whole; infinity if the class lacks a value. Errors as privacy_t. Brickell and Shmatikov 2008, doi:10.1145/1401890.1401904.';
