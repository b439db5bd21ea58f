-- A release: persons by year of birth, sex, county and admission month, with a diagnosis.
DROP TABLE IF EXISTS released;
CREATE UNLOGGED TABLE released AS
SELECT (1930 + h % 90)::int AS birth_year, (h / 90 % 2)::int AS sex, (420100 + h / 180 % 40)::int AS county, (h / 7200 % 24)::int AS month, ('D' || (h / 172800 % 60 * (h / 11 % 5)) % 97) COLLATE "C" AS diagnosis
FROM (SELECT hashint8(i)::bigint & 2147483647 AS h FROM generate_series(1, :rows) i) r;
VACUUM (FREEZE, ANALYZE) released;
