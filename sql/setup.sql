-- The extension, and a search path for the tests that follow.
CREATE EXTENSION hbhealth;
DO $$
BEGIN
	EXECUTE format('ALTER DATABASE %I SET search_path = public, hbhealth', current_database());
END
$$;
\connect
SELECT hbhealth_version() = extversion AS version_agrees
FROM pg_extension WHERE extname = 'hbhealth';

\set SHOW_CONTEXT never
-- A schema that is not empty, or is somebody else's, is refused.
CREATE ROLE regress_hbhealth_squatter;
DROP EXTENSION hbhealth;
CREATE TABLE hbhealth.squatter (id int);
CREATE EXTENSION hbhealth;
DROP SCHEMA hbhealth CASCADE;
CREATE SCHEMA hbhealth AUTHORIZATION regress_hbhealth_squatter;
CREATE EXTENSION hbhealth;
DROP SCHEMA hbhealth;
DROP ROLE regress_hbhealth_squatter;
CREATE EXTENSION hbhealth;
-- The lines of a plan, for what no two versions print alike.
CREATE FUNCTION plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS
	$$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
