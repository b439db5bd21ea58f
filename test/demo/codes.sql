-- Codes and identities: types, sets, comorbidity, and a dirty file.
\echo
\echo 'hbhealth: codes and identities as types'
\echo '======================================='

-- A hospital's extract: 4,423 diagnoses of 994 patients, in both Chinese editions.
CREATE TABLE dx (patient_id int, code icd10);
\copy dx FROM PROGRAM 'grep -v "^#" test/data/golden_input.csv' (FORMAT csv, HEADER)
CREATE INDEX dx_code ON dx (code);
VACUUM (ANALYZE) dx;

\echo
\echo '-- disease mix by chapter'
SELECT icd10_chapter_code(code) AS chapter, icd10_chapter_title(code) AS "title (zh)",
       icd10_chapter_title(code, 'en') AS "title (en)",
       count(*) AS diagnoses, count(DISTINCT patient_id) AS patients
FROM dx
GROUP BY icd10_chapter(code), 1, 2, 3
ORDER BY icd10_chapter(code);

\echo '-- ischaemic heart disease: SELECT count(*) ... WHERE code <@ ''I20-I25'''
SELECT count(*) AS diagnoses, count(DISTINCT patient_id) AS patients
FROM dx WHERE code <@ 'I20-I25';
EXPLAIN (COSTS OFF) SELECT count(*) FROM dx WHERE code <@ 'I20-I25';

\echo
\echo '-- a phenotype of several ranges: stroke or ischaemic heart disease, but not chronic'
SELECT icd10_block(code) AS block, icd10_block_title(code) AS title, count(*)
FROM dx WHERE code <@ 'I20-I25, I60-I69, !I25'
GROUP BY 1, 2 ORDER BY 1;

\echo '-- dagger and asterisk: cause and manifestation in one code'
SELECT count(icd10_dagger(code)) AS "with dagger", count(icd10_asterisk(code)) AS "with asterisk",
       count(*) FILTER (WHERE code <@ 'G00-G99') AS "nervous system, main part",
       count(*) FILTER (WHERE code && 'G00-G99') AS "nervous system, any part"
FROM dx;
SELECT code, icd10_dagger(code) AS dagger, icd10_asterisk(code) AS asterisk,
       icd10_block_title(icd10_asterisk(code)) AS manifestation
FROM dx WHERE icd10_asterisk(code) IS NOT NULL
ORDER BY patient_id, code LIMIT 5;

\echo '-- comorbidity: Charlson index (Quan 2011) of the patients'
SELECT score, count(*) AS patients
FROM (SELECT charlson_score(charlson_agg(code)) AS score FROM dx GROUP BY patient_id) AS p
GROUP BY score ORDER BY score;
SELECT patient_id, charlson_categories(charlson_agg(code)) AS charlson, charlson_score(charlson_agg(code)) AS quan2011,
       elixhauser_score(elixhauser_agg(code)) AS van_walraven
FROM dx GROUP BY patient_id ORDER BY quan2011 DESC, patient_id LIMIT 5;

\echo '-- procedures: ICD-9-CM-3 of both Chinese editions'
SELECT code, icd9cm3_base(code) AS icd9cm3, code <@ '36' AS "vessels of heart", icd9cm3_chapter_title(code, 'en') AS chapter
FROM unnest('{36.0700x004,36.0601,88.5700,17.912A0}'::icd9cm3[]) AS code ORDER BY code;

-- A file as people really send it. The table takes every row as text; nothing is lost.
CREATE TABLE dirty (line serial, kind text, value text);
\copy dirty (kind, value) FROM PROGRAM 'grep -v "^#" test/data/dirty.csv' (FORMAT csv, HEADER)

\echo '-- parse report of a dirty file: diagnoses'
SELECT line, value, try_icd10(value) AS read_as, icd10_check(value) AS rule_broken
FROM dirty WHERE kind = 'diagnosis' ORDER BY line;

\echo '-- parse report of a dirty file: identity numbers (by line, a report never shows the number)'
SELECT line, cn_id_kind(try_cn_id(value)) AS read_as, cn_id_sex(try_cn_id(value)) AS sex,
       cn_id_age(try_cn_id(value), DATE '2024-06-30') AS age, cn_id_check(value) AS rule_broken
FROM dirty WHERE kind = 'identity' ORDER BY line;
