-- what: procedures 36.00-36.99 (rubric 36), LIKE
-- timed
SELECT count(*) FROM proc WHERE code LIKE '36.%';
