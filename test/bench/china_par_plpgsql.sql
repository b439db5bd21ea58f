-- what: China-PAR beside PL/pgSQL
-- limit: ratio <= 0.142
-- net: floor/china_par.sql
-- setup: setup_risk.sql
-- note: the same checks in both; the scan of the twelve columns is taken off, with it the ratio is about 0.17
-- timed
SELECT count(*), sum(china_par(sex => sex, age => age, sbp => sbp, bp_treated => bp_treated, tc => tc, hdl => hdl, waist => waist, smoker => smoker,
	diabetes => diabetes, north => north, urban => urban, family_history => family_history)) FROM risk_person;
