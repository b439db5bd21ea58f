-- what: the PL/pgSQL function as it is usually written: regexp, make_date in an exception block, loop over 17 digits
-- rows: 200000
-- note: slow, so over 200000 rows
CREATE OR REPLACE FUNCTION bench_cn_id_loop(t text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  w CONSTANT int[] := '{7,9,10,5,8,4,2,1,6,3,7,9,10,5,8,4,2}';
  s int := 0;
  d date;
BEGIN
  IF t COLLATE "C" !~ '^[1-9][0-9]{5}(18|19|20)[0-9]{9}[0-9X]$' THEN
    RETURN false;
  END IF;
  BEGIN
    d := make_date(substr(t, 7, 4)::int, substr(t, 11, 2)::int, substr(t, 13, 2)::int);
  EXCEPTION WHEN datetime_field_overflow THEN
    RETURN false;
  END;
  FOR i IN 1..17 LOOP
    s := s + substr(t, i, 1)::int * w[i];
  END LOOP;
  RETURN substr('10X98765432', s % 11 + 1, 1) = substr(t, 18, 1);
END $$;
CREATE TEMPORARY TABLE some_person AS SELECT idn FROM person LIMIT 200000;
ANALYZE some_person;
-- timed
SELECT count(*) FROM some_person WHERE bench_cn_id_loop(idn);
