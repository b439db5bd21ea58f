-- what: output of an int8 of eleven digits, about as long as a code
-- timed
SELECT sum(length((n + 10000000000)::text)) FROM dx;
