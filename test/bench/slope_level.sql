-- what: icd10_level, each of 17 calls
-- limit: ns <= 6
-- calls: 17
-- net: floor/sum_dx.sql
-- setup: setup_types.sql
-- timed
SELECT count(icd10_level(icd) + icd10_level(icd) + icd10_level(icd) + icd10_level(icd) + icd10_level(icd) + icd10_level(icd) + icd10_level(icd) + icd10_level(icd) + icd10_level(icd) + icd10_level(icd) + icd10_level(icd) + icd10_level(icd) + icd10_level(icd) + icd10_level(icd) + icd10_level(icd) + icd10_level(icd) + icd10_level(icd)) FROM dx;
