-- what: regexp_replace, one pattern
-- note: the same result but for compound surnames; no cheaper pattern is known
-- timed
SELECT sum(length(regexp_replace(name, '^(.).*$', '\1**'))) FROM contact
