-- what: the textbook form: regular expression, calendar test on substrings, seventeen substr()::int times weight
-- rows: 200000
-- note: slow, so over 200000 rows
CREATE TEMPORARY TABLE some_person AS SELECT idn FROM person LIMIT 200000;
ANALYZE some_person;
-- timed
SELECT count(*) FROM some_person
 WHERE CASE WHEN idn ~ '^[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]$'
       THEN substr(idn, 13, 2)::int <= CASE substr(idn, 11, 2) WHEN '02' THEN 28 + (substr(idn, 7, 4)::int % 4 = 0 AND (substr(idn, 7, 4)::int % 100 <> 0 OR substr(idn, 7, 4)::int % 400 = 0))::int
                                      WHEN '04' THEN 30 WHEN '06' THEN 30 WHEN '09' THEN 30 WHEN '11' THEN 30 ELSE 31 END
        AND substr('10X98765432', (substr(idn, 1, 1)::int * 7 + substr(idn, 2, 1)::int * 9 + substr(idn, 3, 1)::int * 10 + substr(idn, 4, 1)::int * 5 + substr(idn, 5, 1)::int * 8 + substr(idn, 6, 1)::int * 4 + substr(idn, 7, 1)::int * 2 + substr(idn, 8, 1)::int * 1 + substr(idn, 9, 1)::int * 6 + substr(idn, 10, 1)::int * 3 + substr(idn, 11, 1)::int * 7 + substr(idn, 12, 1)::int * 9 + substr(idn, 13, 1)::int * 10 + substr(idn, 14, 1)::int * 5 + substr(idn, 15, 1)::int * 8 + substr(idn, 16, 1)::int * 4 + substr(idn, 17, 1)::int * 2) % 11 + 1, 1) = substr(idn, 18, 1)
       ELSE false END;
