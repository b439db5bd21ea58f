-- what: procedures 36.00-36.99 (rubric 36), starts_with()
-- timed
SELECT count(*) FROM proc WHERE starts_with(code, '36.');
