-- Visits of insured persons to pharmacies over a year, in the order of place and time: some 2,000 visits a place, thirty a person.
DROP TABLE IF EXISTS visit;
CREATE TABLE visit AS
SELECT person, ts, place FROM (
	SELECT 'P' || lpad((i * 7919 % greatest(:rows / 30, 1))::text, 8, '0') COLLATE "C" AS person,
		timestamp '2023-01-01 08:00' + ((hashint8(i) & 2147483647) % 365) * interval '1 day' + ((hashint8(i + :rows) & 2147483647) % 36000) * interval '1 second' AS ts,
		'H' || lpad(((hashint8(-i) & 2147483647) % greatest(:rows / 2000, 1))::text, 6, '0') COLLATE "C" AS place
	FROM generate_series(1, :rows::bigint) i
) v ORDER BY place, ts;
VACUUM (ANALYZE, FREEZE) visit;
