-- what: no output at all: the text is stored and only read
-- timed
SELECT sum(length(code)) FROM dx;
