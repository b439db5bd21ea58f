-- what: output of an int8: n::text (n has up to five digits)
-- timed
SELECT sum(length(n::text)) FROM dx;
