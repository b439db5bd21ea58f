-- Rules that every object of the extension keeps.
BEGIN;
SELECT no_plan();

CREATE TEMP VIEW member AS
SELECT d.classid, d.objid, pg_describe_object(d.classid, d.objid, 0) AS name
FROM pg_depend d
JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
WHERE e.extname = 'hbhealth' AND d.deptype = 'e';

SELECT is_empty($$
	SELECT name FROM member m
	WHERE obj_description(objid, classid::regclass::name) IS NULL
		AND classid <> 'pg_opfamily'::regclass
		AND classid <> 'pg_amop'::regclass AND classid <> 'pg_amproc'::regclass
		-- array and row types come with their type or table
		AND NOT EXISTS (SELECT FROM pg_type t
			WHERE classid = 'pg_type'::regclass AND t.oid = objid
				AND (t.typelem <> 0 AND t.typsubscript = 'array_subscript_handler'::regproc
					OR t.typrelid <> 0 AND (SELECT relkind <> 'c' FROM pg_class WHERE oid = t.typrelid)))
		-- a composite type carries its comment as a type
		AND NOT EXISTS (SELECT FROM pg_class c
			WHERE classid = 'pg_class'::regclass AND c.oid = objid AND c.relkind IN ('c', 'i', 'S', 't'))
	ORDER BY 1
$$, 'every object has a COMMENT');

-- Functions that read a key, a setting or a table, or that must not run in a worker.
CREATE TEMP TABLE exception (name text PRIMARY KEY, why text NOT NULL);
\i test/pgtap/catalogue_exceptions.inc

CREATE TEMP VIEW func AS
SELECT p.*, p.oid::regprocedure::text AS name
FROM pg_proc p JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid;

SELECT is_empty($$
	SELECT name, proparallel FROM func
	WHERE proparallel <> 's' AND prokind <> 'p' AND name NOT IN (SELECT name FROM exception)
$$, 'every function is parallel safe or listed as an exception');

SELECT is_empty($$
	SELECT name FROM func
	WHERE provolatile = 'v' AND prokind <> 'p' AND name NOT IN (SELECT name FROM exception)
$$, 'no function is volatile unless listed as an exception');

SELECT is_empty($$
	SELECT name FROM func
	WHERE NOT proisstrict AND prokind = 'f' AND name NOT IN (SELECT name FROM exception)
		-- the steps of an aggregate must see NULL states
		AND NOT EXISTS (SELECT FROM pg_aggregate a
			WHERE func.oid IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn))
$$, 'every function is strict or listed as an exception');

SELECT is_empty($$
	SELECT name FROM exception WHERE name NOT IN (SELECT name FROM func)
$$, 'every listed exception exists');

SELECT is_empty($$
	SELECT name FROM func
	WHERE prolang = (SELECT oid FROM pg_language WHERE lanname = 'sql') AND prosqlbody IS NULL
		AND NOT coalesce(proconfig::text LIKE '%search_path=%', false)
	UNION ALL
	SELECT name FROM func
	WHERE prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql')
		AND NOT coalesce(proconfig::text LIKE '%search_path=%', false)
$$, 'every SQL body is parsed at creation or fixes its search_path');

SELECT is_empty($$
	SELECT name FROM func WHERE prosecdef AND name NOT IN (SELECT name FROM exception)
$$, 'no function runs with the rights of its owner');

SELECT ok(amvalidate(objid), name || ' is valid')
FROM member WHERE classid = 'pg_opclass'::regclass
ORDER BY name COLLATE "C";

SELECT is_empty($$
	SELECT o.oid::regoperator FROM pg_operator o
	JOIN member m ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid
	WHERE oprcode = 0 OR (oprcanhash AND NOT EXISTS (SELECT FROM pg_amop a JOIN pg_am am ON am.oid = a.amopmethod
		WHERE a.amopopr = o.oid AND am.amname = 'hash'))
		OR (oprcanmerge AND NOT EXISTS (SELECT FROM pg_amop a JOIN pg_am am ON am.oid = a.amopmethod
		WHERE a.amopopr = o.oid AND am.amname = 'btree'))
$$, 'no operator is a shell, and HASHES and MERGES have their operator class');

-- Core's own audits of system catalogues, on ours.
SELECT is_empty($$
	SELECT m.name FROM member m JOIN pg_type t ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
	WHERE t.typtype = 'b' AND t.typelem = 0 AND (t.typsend = 0 OR t.typreceive = 0)
$$, 'every base type has binary input and output');

SELECT * FROM finish();
ROLLBACK;
