-- Persons with all inputs of China-PAR: plain types, deterministic, within the ranges of the publication.
DROP TABLE IF EXISTS risk_person;
SELECT setseed(0.5);
CREATE TABLE risk_person AS
SELECT 35 + random() * 39 AS age, 90 + random() * 100 AS sbp, 3 + random() * 5 AS tc, 0.7 + random() * 1.8 AS hdl, 60 + random() * 60 AS waist,
	random() < 0.3 AS bp_treated, random() < 0.3 AS smoker, random() < 0.1 AS diabetes, random() < 0.5 AS north, random() < 0.5 AS urban,
	random() < 0.1 AS family_history, CASE WHEN random() < 0.5 THEN 'male' ELSE 'female' END COLLATE "C" AS sex
FROM generate_series(1, :rows);
VACUUM (ANALYZE, FREEZE) risk_person;
