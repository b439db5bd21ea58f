-- what: icd10_who, each of 16 nested calls
-- limit: ns <= 6
-- calls: 16
-- net: floor/slope_who.sql
-- setup: setup_types.sql
-- timed
SELECT count(icd10_who(icd10_who(icd10_who(icd10_who(icd10_who(icd10_who(icd10_who(icd10_who(icd10_who(icd10_who(icd10_who(icd10_who(icd10_who(icd10_who(icd10_who(icd10_who(icd10_who(icd)))))))))))))))))) FROM dx;
