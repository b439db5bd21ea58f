-- setup_claims.sql: amounts of 2,048 providers in random order, as numeric and as double precision.
SET client_min_messages = warning;
SELECT setseed(0.25) \g /dev/null
CREATE UNLOGGED TABLE claim AS
SELECT g, amount, amount::float8 AS x, 'DRG' || lpad(g::text, 4, '0') AS code FROM (
	SELECT floor(2048 * random())::int AS g, round((exp(7 + 3 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) / 2))::numeric, 2) + 0.01 AS amount
	FROM generate_series(1, :rows::int8)) c;
VACUUM (FREEZE, ANALYZE) claim;
