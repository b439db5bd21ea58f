SELECT count(icd10_who(icd)) FROM dx
