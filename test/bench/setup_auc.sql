-- Scores that all differ, and the outcome of about one in ten.
DROP TABLE IF EXISTS risk_score;
SELECT setseed(0.5);
CREATE TABLE risk_score AS
SELECT score, random() < 0.2 * score AS outcome FROM (SELECT random() AS score FROM generate_series(1, :rows)) s;
VACUUM (ANALYZE, FREEZE) risk_score;
