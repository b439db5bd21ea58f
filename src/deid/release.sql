-- releases, and the way back

CREATE TABLE deid_release (
	name name PRIMARY KEY,
	recipient text NOT NULL CHECK (recipient <> ''),
	purpose text NOT NULL CHECK (purpose <> ''),
	key name NOT NULL,
	key_version integer NOT NULL,
	parameters jsonb NOT NULL,
	created timestamptz NOT NULL,
	created_by name NOT NULL
);
REVOKE ALL ON deid_release FROM PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('deid_release', '');
COMMENT ON TABLE deid_release IS 'What was handed to whom under which version of a key: written by deid_release_create, read by deid_reidentify, dumped by pg_dump.';
COMMENT ON COLUMN deid_release.name IS 'Name of the release.';
COMMENT ON COLUMN deid_release.recipient IS 'Who was given it.';
COMMENT ON COLUMN deid_release.purpose IS 'What for.';
COMMENT ON COLUMN deid_release.key IS 'Key that the pseudonyms were made with.';
COMMENT ON COLUMN deid_release.key_version IS 'Version of the key.';
COMMENT ON COLUMN deid_release.parameters IS 'Fields, each with function and options.';
COMMENT ON COLUMN deid_release.created IS 'When.';
COMMENT ON COLUMN deid_release.created_by IS 'By which role.';

CREATE TABLE deid_audit (
	id uuid PRIMARY KEY,
	at timestamptz NOT NULL,
	role name NOT NULL,
	session_role name NOT NULL,
	release name NOT NULL,
	field text NOT NULL,
	purpose text NOT NULL,
	pseudonyms text[] NOT NULL
);
REVOKE ALL ON deid_audit FROM PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('deid_audit', '');
COMMENT ON TABLE deid_audit IS 'Who reversed which pseudonyms, when and what for: a row a call of deid_reidentify, committed before anything is reversed; dumped by pg_dump.';
COMMENT ON COLUMN deid_audit.id IS 'Random.';
COMMENT ON COLUMN deid_audit.at IS 'When.';
COMMENT ON COLUMN deid_audit.role IS 'Role in whose name it was called.';
COMMENT ON COLUMN deid_audit.session_role IS 'Role that was logged in.';
COMMENT ON COLUMN deid_audit.release IS 'Release.';
COMMENT ON COLUMN deid_audit.field IS 'Field of the release.';
COMMENT ON COLUMN deid_audit.purpose IS 'Purpose as given.';
COMMENT ON COLUMN deid_audit.pseudonyms IS 'Pseudonyms as given; the originals are nowhere stored.';

CREATE FUNCTION deid_release_create(release name, recipient text, purpose text, key name, parameters jsonb DEFAULT '{}') RETURNS integer
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_deid_release_create';
COMMENT ON FUNCTION deid_release_create(name, text, text, name, jsonb) IS 'Records a release and returns the version of the key that it is bound to, the active one, which stays active until the end of the transaction: make the tables in the same one. A version serves one recipient and purpose; for another it is an error (55006), as both could join what they were given. parameters has a member for each field of the release: an object with function, such as deid_fpe_idno, and the options that it was called with, by their argument names; the tweak of deid_fpe is given as bytea input. Those of the deid_fpe functions are checked (22023), as deid_reidentify reads them. A name that is taken is an error (42710).';
CREATE PROCEDURE deid_reidentify(release name, "values" text[], purpose text, INOUT originals text[] DEFAULT NULL, field text DEFAULT NULL)
	LANGUAGE C AS 'MODULE_PATHNAME', 'hb_deid_reidentify';
COMMENT ON PROCEDURE deid_reidentify(name, text[], text, text[], text) IS 'Returns the originals of the pseudonyms of a release, for members of the reverse role of its key (42501): NULL where a value is no pseudonym of the field, a token or a mask. First it writes a row to deid_audit and commits it. So it is called outside of transaction blocks (25001). field names the field of the release; it may be left out if only one can be reversed. Fields made by deid_fpe, deid_fpe_idno, deid_fpe_mobile, deid_fpe_bankcard and deid_fpe_digits can be.';

REVOKE ALL ON FUNCTION deid_release_create(name, text, text, name, jsonb) FROM PUBLIC;
REVOKE ALL ON PROCEDURE deid_reidentify(name, text[], text, text[], text) FROM PUBLIC;
