-- The scan under China-PAR: all twelve columns are fetched.
SELECT count(*), sum(age), count(sex) FROM risk_person;
