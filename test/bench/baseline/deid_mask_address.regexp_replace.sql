-- what: regexp_replace with groups
-- timed
SELECT sum(length(regexp_replace(address, '^(.*?[省市])(.*?[市])(.*?[区县]).*', '\1\2\3****'))) FROM contact
