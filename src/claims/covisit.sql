-- covisit: who is seen together more often than chance has it; the type is made from state_type.sql.in

COMMENT ON TYPE covisit IS 'Persons, places and pairs of persons seen there together, as covisit_agg collects them: 24 bytes a pair and place, 16 a person and place, and the texts. Read by covisit_pairs(state); states roll up by rollup(covisit). Its text form is its binary form in hexadecimal digits.';

CREATE FUNCTION covisit_step(covisit, person text, ts timestamp, place text, span interval) RETURNS covisit
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_covisit_step_timestamp';
COMMENT ON FUNCTION covisit_step(covisit, text, timestamp, text, interval) IS 'Transition function of covisit_agg.';
CREATE FUNCTION covisit_step(covisit, person text, ts timestamptz, place text, span interval) RETURNS covisit
    LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_covisit_step_timestamptz';
COMMENT ON FUNCTION covisit_step(covisit, text, timestamptz, text, interval) IS 'Transition function of covisit_agg.';
CREATE FUNCTION covisit_step(covisit, person text, ts timestamp, place text, span interval, max_group integer) RETURNS covisit
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_covisit_step_timestamp';
COMMENT ON FUNCTION covisit_step(covisit, text, timestamp, text, interval, integer) IS 'Transition function of covisit_agg with a size of groups.';
CREATE FUNCTION covisit_step(covisit, person text, ts timestamptz, place text, span interval, max_group integer) RETURNS covisit
    LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_covisit_step_timestamptz';
COMMENT ON FUNCTION covisit_step(covisit, text, timestamptz, text, interval, integer) IS 'Transition function of covisit_agg with a size of groups.';

CREATE AGGREGATE covisit_agg(person text, ts timestamp, place text, span interval) (
    SFUNC = covisit_step, STYPE = covisit, SSPACE = 65536, PARALLEL = SAFE
);
COMMENT ON AGGREGATE covisit_agg(text, timestamp, text, interval) IS 'Returns who comes to the same place at nearly the same time: covisit_agg(person, ts, place, span, 50).';
CREATE AGGREGATE covisit_agg(person text, ts timestamptz, place text, span interval) (
    SFUNC = covisit_step, STYPE = covisit, SSPACE = 65536, PARALLEL = SAFE
);
COMMENT ON AGGREGATE covisit_agg(text, timestamptz, text, interval) IS 'Returns who comes to the same place at nearly the same time: covisit_agg(person, ts, place, span, 50).';
CREATE AGGREGATE covisit_agg(person text, ts timestamp, place text, span interval, max_group integer) (
    SFUNC = covisit_step, STYPE = covisit, SSPACE = 65536, PARALLEL = SAFE
);
COMMENT ON AGGREGATE covisit_agg(text, timestamp, text, interval, integer) IS 'Returns who comes to the same place at nearly the same time, from visits in the order of place and time: write covisit_agg(person, ts, place, span, max_group ORDER BY place, ts); another order is an error (22023). person, place: texts, such as the number of an insured person and of a pharmacy. ts: local time of the visit, finite (22008). span: two visits not further apart are close; days or less (22023 with months). max_group: where more persons than these come within the span, their being together says nothing and no pair is counted; 2 or more (22023). Rows with a NULL are passed over. States of different months, or of different places, with the same span and max_group are put together by rollup; one place and day should not be in two of them. Read it with covisit_pairs(state). More than 67,108,864 pairs, counted at each place, are an error (54000).';
CREATE AGGREGATE covisit_agg(person text, ts timestamptz, place text, span interval, max_group integer) (
    SFUNC = covisit_step, STYPE = covisit, SSPACE = 65536, PARALLEL = SAFE
);
COMMENT ON AGGREGATE covisit_agg(text, timestamptz, text, interval, integer) IS 'Returns who comes to the same place at nearly the same time, as covisit_agg(text, timestamp, text, interval, integer), at the local times of the session''s time zone; where clocks are put back, those of the hour that is repeated are out of order (22023).';

CREATE FUNCTION covisit_pairs(state covisit, min_days integer DEFAULT 2, OUT a text, OUT b text, OUT days bigint, OUT times bigint,
    OUT places integer, OUT expected double precision, OUT lift double precision, OUT jaccard double precision, OUT p_value double precision) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 1000 AS 'MODULE_PATHNAME', 'hb_covisit_pairs';
COMMENT ON FUNCTION covisit_pairs(covisit, integer) IS 'Returns a row for each two persons who came together on min_days days or more (2; a day at two places counts twice): a and b, in the order of bytes; days; times, the pairs of their visits within the span; places; expected, the days to be expected if both kept the number of their days at each place but chose days and times of day by themselves, between the first and the last day, and the earliest and the latest time of day, that the place had visits; lift, days by expected; jaccard, days together by days on which at least one of them came; p_value, the Poisson probability of so many days or more. A small probability is a reason to look, as families, ward-mates and neighbours come together too; with many pairs see adjust_p. min_days below 1 is an error (22023).';
