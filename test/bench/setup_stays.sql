-- Stays in hospital, about eight a person, some nested; the index gives them in order. Plain types, deterministic.
DROP TABLE IF EXISTS stay;
SELECT setseed(0.5);
CREATE TABLE stay AS
SELECT n AS id, person, hosp, adm, adm + los AS dsc, adm + time '08:00' + minute * interval '1 minute' AS ts
FROM (SELECT n, (random() * :rows / 8)::bigint AS person, (random() * 2047)::int AS hosp, date '2020-01-01' + (random() * 1800)::int AS adm,
	(random() * random() * 40)::int AS los, (random() * 600)::int AS minute FROM generate_series(1, :rows) n) s
ORDER BY person, adm, dsc;
CREATE INDEX stay_order ON stay (person, adm, dsc);
ALTER TABLE stay SET (parallel_workers = 1);
VACUUM (ANALYZE, FREEZE) stay;
