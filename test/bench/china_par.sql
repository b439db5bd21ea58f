-- what: China-PAR beside inlined SQL
-- limit: rate >= 4000000
-- limit: ratio <= 0.556
-- setup: setup_risk.sql
-- note: every argument is checked against its range, which the baselines do for the age alone
-- timed
SELECT count(*), sum(china_par(sex => sex, age => age, sbp => sbp, bp_treated => bp_treated, tc => tc, hdl => hdl, waist => waist, smoker => smoker,
	diabetes => diabetes, north => north, urban => urban, family_history => family_history)) FROM risk_person;
