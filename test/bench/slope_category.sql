-- what: icd10_category, each of 16 nested calls
-- limit: ns <= 6
-- calls: 16
-- net: floor/slope_category.sql
-- setup: setup_types.sql
-- timed
SELECT count(icd10_category(icd10_category(icd10_category(icd10_category(icd10_category(icd10_category(icd10_category(icd10_category(icd10_category(icd10_category(icd10_category(icd10_category(icd10_category(icd10_category(icd10_category(icd10_category(icd10_category(icd)))))))))))))))))) FROM dx;
