-- what: regexp_replace with groups
-- timed
SELECT sum(length(regexp_replace(idno, '^(\d{6})\d{8}', '\1********'))) FROM contact
