-- comorbidity: the states as types, plans, two-step use, COPY
\set VERBOSITY default
SELECT charlson(icd10 'E11.200x012+N08.3*'), elixhauser(icd10 'I42.6'), charlson('{I50,K74.6,I98.2*,NULL}'::icd10[]);

-- a literal needs its type
SELECT charlson('E11.9');
SELECT elixhauser '{chf,ascites}';
SELECT charlson_score('{chf}', 'swiss');
SELECT elixhauser_score('{chf}', 'SWISS');
SELECT charlson_score('{chf}', age => -1);

CREATE TABLE dx (patient int, month int, icd icd10);
INSERT INTO dx
SELECT g % 1000, g % 12, (ARRAY['I50.900', 'I21.000x001', 'E11.900', 'E11.200x012+N08.3*', 'C34.900', 'C78.000', 'K74.607', 'I10.x00x002',
	'J18.900', 'S72.000', 'Z51.100', 'K35.900', 'D63.0*', NULL])[1 + abs(hashint4(g)) % 14]::icd10
FROM generate_series(1, 20000) g;
ANALYZE dx;

-- parallel plans, and the serial answer from them
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT charlson_agg(icd), elixhauser_agg(icd) FROM dx;
EXPLAIN (COSTS OFF) SELECT patient, charlson_agg(icd) FROM dx GROUP BY patient;
CREATE TABLE by_workers AS SELECT patient, charlson_agg(icd) AS c, elixhauser_agg(ARRAY[icd]) AS e FROM dx GROUP BY patient;
SELECT charlson_agg(icd), elixhauser_agg(ARRAY[icd]), rollup(charlson(icd)), rollup(elixhauser(icd)) FROM dx WHERE patient % 10 = 3;
SET max_parallel_workers_per_gather = 0;
CREATE TABLE by_one AS SELECT patient, charlson_agg(icd) AS c, elixhauser_agg(ARRAY[icd]) AS e FROM dx GROUP BY patient;
SELECT charlson_agg(icd), elixhauser_agg(ARRAY[icd]), rollup(charlson(icd)), rollup(elixhauser(icd)) FROM dx WHERE patient % 10 = 3;
SELECT count(*) FROM ((TABLE by_workers EXCEPT TABLE by_one) UNION ALL (TABLE by_one EXCEPT TABLE by_workers)) d;

-- partitions are aggregated each by itself
CREATE TABLE parts (patient int, month int, icd icd10) PARTITION BY LIST (month);
CREATE TABLE parts_first PARTITION OF parts FOR VALUES IN (0, 1, 2, 3, 4, 5);
CREATE TABLE parts_second PARTITION OF parts FOR VALUES IN (6, 7, 8, 9, 10, 11);
INSERT INTO parts SELECT * FROM dx;
ANALYZE parts;
SET enable_partitionwise_aggregate = on;
EXPLAIN (COSTS OFF) SELECT charlson_agg(icd) FROM parts;
SELECT charlson_agg(icd) = (SELECT charlson_agg(icd) FROM dx) AS same FROM parts;
RESET enable_partitionwise_aggregate;

-- stored months, and shards that send text
CREATE TABLE monthly AS SELECT patient, month, charlson_agg(icd) AS c, elixhauser_agg(icd) AS e FROM dx GROUP BY patient, month;
SELECT count(*) FROM by_one JOIN (SELECT patient, rollup(c) AS c, rollup(e) AS e FROM monthly GROUP BY patient) m USING (patient)
WHERE m.c <> by_one.c OR m.e <> by_one.e;
SELECT bool_and(s = charlson_score(b.c, age => 67)) AS same
FROM (SELECT patient, charlson_score(rollup(c::text::charlson), age => 67) AS s FROM monthly GROUP BY patient) m JOIN by_one b USING (patient);

-- the states are values like any other
CREATE INDEX ON by_one (c);
CREATE INDEX ON by_one USING hash (e);
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT patient FROM by_one WHERE c = '{mi,chf}';
SELECT count(*) > 0 AS found FROM by_one WHERE e = (SELECT e FROM by_one WHERE patient = 7);
RESET enable_seqscan;
SELECT (SELECT count(*) FROM (SELECT DISTINCT c FROM by_one) d) = count(DISTINCT c::text) AS same FROM by_one;
SELECT count(*) FROM by_one a JOIN by_one b ON a.c = b.c AND a.e <> b.e AND a.patient = b.patient;
SELECT count(*) AS inversions FROM (SELECT c < lag(c) OVER (ORDER BY c) AS bad FROM by_one) s WHERE bad;
CREATE TABLE hashed (c charlson, n int) PARTITION BY HASH (c);
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO hashed SELECT c, count(*) FROM by_one GROUP BY c;
SELECT sum(n) FROM hashed;

-- text and binary COPY
CREATE TABLE copied (LIKE monthly);
\copy monthly to 'results/comorbidity.copy'
\copy copied from 'results/comorbidity.copy'
\copy monthly to 'results/comorbidity.copy' (format binary)
\copy copied from 'results/comorbidity.copy' (format binary)
SELECT (SELECT count(*) FROM copied) = 2 * (SELECT count(*) FROM monthly) AS all_rows,
	(SELECT count(*) FROM (TABLE copied EXCEPT TABLE monthly) d) AS other_rows;

-- hostile bytes: an int4 column as the states it is not
CREATE TABLE bits (b int4);
INSERT INTO bits VALUES (131072);
\copy bits to 'results/comorbidity.copy' (format binary)
CREATE TABLE c (c charlson);
\copy c from 'results/comorbidity.copy' (format binary)
CREATE TABLE e (e elixhauser);
\copy e from 'results/comorbidity.copy' (format binary)
SELECT * FROM e;
TRUNCATE bits;
INSERT INTO bits VALUES (-2147483648);
\copy bits to 'results/comorbidity.copy' (format binary)
\copy e from 'results/comorbidity.copy' (format binary)
CREATE TABLE long (b int8);
INSERT INTO long VALUES (1);
\copy long to 'results/comorbidity.copy' (format binary)
\copy e from 'results/comorbidity.copy' (format binary)

-- anyone may read the map
SELECT index, category, codes, weights, excluded_by FROM comorbidity_map WHERE category IN ('mld', 'diab', 'hypunc', 'carit');
SELECT count(*), bool_and(source ~ 'doi') FROM comorbidity_map;

DROP TABLE dx, by_workers, by_one, parts, monthly, hashed, copied, bits, c, e, long;
