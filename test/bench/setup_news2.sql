-- Vital signs as an emergency service records them: plain types, deterministic.
DROP TABLE IF EXISTS risk_vitals;
SELECT setseed(0.5);
CREATE TABLE risk_vitals AS
SELECT 8 + floor(random() * 22) AS rr, 85 + floor(random() * 16) AS spo2, 80 + floor(random() * 140) AS sbp, 40 + floor(random() * 100) AS hr,
	35 + floor(random() * 50) / 10 AS temp, random() < 0.2 AS o2, random() < 0.1 AS scale2, CASE WHEN random() < 0.9 THEN 'A' ELSE 'V' END COLLATE "C" AS acvpu
FROM generate_series(1, :rows);
VACUUM (ANALYZE, FREEZE) risk_vitals;
