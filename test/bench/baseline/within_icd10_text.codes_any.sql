-- what: ischaemic heart disease I20-I25, = ANY of all matching codes (hashed array)
CREATE OR REPLACE FUNCTION bench_ihd_codes() RETURNS text[] LANGUAGE sql IMMUTABLE AS
  $$ SELECT array_agg(code ORDER BY code) FROM dict WHERE code >= 'I20' AND code < 'I26' $$;
-- timed
SELECT count(*) FROM dx WHERE code = ANY (bench_ihd_codes());
