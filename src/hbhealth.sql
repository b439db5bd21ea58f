/* hbhealth: assembled from src/, do not edit the installed copy */

-- complain if the script is sourced in psql rather than through CREATE EXTENSION
\echo Use "CREATE EXTENSION hbhealth" to load this file. \quit

-- A schema prepared by somebody else could hold objects that capture our names. One
-- that a superuser made empty is what the restore of a dump begins with.
DO $$
DECLARE
	home pg_catalog.oid := '@extschema@'::pg_catalog.regnamespace;
	taken text;
BEGIN
	IF pg_catalog.getdatabaseencoding() <> 'UTF8' THEN
		RAISE EXCEPTION 'extension "hbhealth" needs a database with the encoding UTF8'
			USING ERRCODE = 'feature_not_supported',
				HINT = 'Names, titles and full-width characters are read as Unicode.';
	END IF;
	IF NOT EXISTS (SELECT FROM pg_catalog.pg_namespace n
		JOIN pg_catalog.pg_roles r ON r.oid = n.nspowner
		WHERE n.oid = home AND (r.rolname = current_user OR r.rolsuper))
	THEN
		RAISE EXCEPTION 'schema "hbhealth" belongs to another role'
			USING ERRCODE = 'insufficient_privilege',
				HINT = 'Drop or rename it, or install as its owner.';
	END IF;
	SELECT pg_catalog.pg_describe_object(classid, objid, 0) INTO taken
	FROM pg_catalog.pg_depend
	WHERE refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
		AND refobjid = home AND deptype = 'n'
		AND (classid, objid) <> ('pg_catalog.pg_extension'::pg_catalog.regclass,
			(SELECT oid FROM pg_catalog.pg_extension WHERE extname = 'hbhealth'))
	LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'schema "hbhealth" is not empty'
			USING ERRCODE = 'duplicate_object',
				DETAIL = pg_catalog.format('It holds, for example, %s.', taken),
				HINT = 'Drop or rename it first.';
	END IF;
END
$$;

GRANT USAGE ON SCHEMA @extschema@ TO PUBLIC;

CREATE FUNCTION hbhealth_version() RETURNS text
	AS 'MODULE_PATHNAME', 'hb_version'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION hbhealth_version() IS
'Version of the loaded library, such as 0.1.0. It differs from the version of the extension when the package is newer than ALTER EXTENSION UPDATE.';
