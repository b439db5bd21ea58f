SELECT count(icd10_category(icd)) FROM dx
