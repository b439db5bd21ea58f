-- what: procedures 36.00-36.99 (rubric 36), range in byte order
-- timed
SELECT count(*) FROM proc WHERE code >= '36.' AND code < '37';
