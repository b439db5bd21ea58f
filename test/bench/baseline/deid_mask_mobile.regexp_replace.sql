-- what: regexp_replace with groups
-- timed
SELECT sum(length(regexp_replace(mobile, '^(\d{3})\d{4}(\d{4})$', '\1****\2'))) FROM contact
