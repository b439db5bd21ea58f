-- keys: the table, and who changes it

CREATE TABLE deid_key (
	name name NOT NULL,
	version integer NOT NULL CHECK (version >= 1),
	purpose text NOT NULL CHECK (purpose IN ('token', 'fpe', 'release')),
	algorithm text NOT NULL,
	wrapped bytea CHECK ((wrapped IS NULL) = (state = 'destroyed')),
	check_value bytea NOT NULL CHECK (octet_length(check_value) = 8),
	state text NOT NULL CHECK (state IN ('active', 'retired', 'destroyed')),
	use_role regrole NOT NULL,
	reverse_role regrole,
	max_date date NOT NULL,
	edition integer NOT NULL,
	created timestamptz NOT NULL,
	retired timestamptz,
	destroyed timestamptz,
	PRIMARY KEY (name, version)
);
REVOKE ALL ON deid_key FROM PUBLIC;
COMMENT ON TABLE deid_key IS 'Keys of the deid_ functions: one row a version, with the key material wrapped under the key-encryption key of hbhealth.kek_file. Nobody needs rights on it: the functions read it themselves, for members of use_role and reverse_role. Its rows are not dumped by pg_dump, on purpose; doc/deid.md says how to back them up.';
COMMENT ON COLUMN deid_key.name IS 'Name of the key, as the functions take it.';
COMMENT ON COLUMN deid_key.version IS 'Version from 1; tokens begin with it.';
COMMENT ON COLUMN deid_key.purpose IS 'token, fpe, or release for both.';
COMMENT ON COLUMN deid_key.algorithm IS 'Algorithm; see deid_key_create.';
COMMENT ON COLUMN deid_key.wrapped IS 'Material under AES key wrap (RFC 3394); NULL once destroyed.';
COMMENT ON COLUMN deid_key.check_value IS 'Keyed hash of name, version, purpose and algorithm, 8 bytes: shows that the material is that of this row.';
COMMENT ON COLUMN deid_key.state IS 'active; retired, for reversal only; destroyed.';
COMMENT ON COLUMN deid_key.use_role IS 'Role whose members may use the key.';
COMMENT ON COLUMN deid_key.reverse_role IS 'Role whose members may reverse, through deid_reidentify; NULL for none.';
COMMENT ON COLUMN deid_key.max_date IS 'Last date of birth that deid_fpe_idno takes and gives.';
COMMENT ON COLUMN deid_key.edition IS 'Year of the list of divisions that deid_fpe_idno enciphers regions by.';

CREATE FUNCTION deid_key_changed() RETURNS trigger LANGUAGE C AS 'MODULE_PATHNAME', 'hb_deid_key_changed';
COMMENT ON FUNCTION deid_key_changed() IS 'Tells all backends to forget the keys that they hold; trigger of deid_key.';
REVOKE ALL ON FUNCTION deid_key_changed() FROM PUBLIC;
CREATE TRIGGER deid_key_row AFTER INSERT OR UPDATE OR DELETE ON deid_key FOR EACH ROW EXECUTE FUNCTION deid_key_changed();
CREATE TRIGGER deid_key_truncate AFTER TRUNCATE ON deid_key FOR EACH STATEMENT EXECUTE FUNCTION deid_key_changed();
-- also where session_replication_role is replica
ALTER TABLE deid_key ENABLE ALWAYS TRIGGER deid_key_row;
ALTER TABLE deid_key ENABLE ALWAYS TRIGGER deid_key_truncate;

CREATE FUNCTION deid_key_create(name name, purpose text, algorithm text, use_role name, reverse_role name DEFAULT NULL, max_date date DEFAULT CURRENT_DATE)
	RETURNS integer LANGUAGE C VOLATILE PARALLEL UNSAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_deid_key_create';
COMMENT ON FUNCTION deid_key_create(name, text, text, name, name, date) IS 'Makes a key inside the database and returns its version, 1. Purpose token (tokens, shifts, names, noise) goes with algorithm hmac-sm3 or hmac-sha256; fpe with aes-128, aes-192, aes-256 or sm4; release, for both, with sm3-aes, sm3-sm4 or sha256-aes. Members of use_role may use the key, members of reverse_role may reverse by deid_reidentify; without one nobody may. Both must exist (42704). max_date is the last date of birth that deid_fpe_idno takes and gives, infinity for no limit. A name that is taken is an error (42710), an unknown purpose or algorithm 22023, a missing key-encryption key 55000.';
CREATE FUNCTION deid_key_import(name name, wrapped bytea, purpose text, algorithm text, use_role name, reverse_role name DEFAULT NULL, max_date date DEFAULT 'infinity')
	RETURNS integer LANGUAGE C VOLATILE PARALLEL UNSAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_deid_key_import';
COMMENT ON FUNCTION deid_key_import(name, bytea, text, text, name, name, date) IS 'Takes over a key that another system has wrapped by AES key wrap (RFC 3394) under the key-encryption key of this server, and returns its version, 1. Other arguments are those of deid_key_create. What does not unwrap is an error (22023).';
CREATE FUNCTION deid_key_rotate(name name, max_date date DEFAULT CURRENT_DATE) RETURNS integer
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_deid_key_rotate';
COMMENT ON FUNCTION deid_key_rotate(name, date) IS 'Makes a new version of a key and returns it; the version before it then serves reversal only. Purpose, algorithm and roles stay; max_date is as in deid_key_create.';
CREATE FUNCTION deid_key_retire(name name, version integer) RETURNS void
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_deid_key_retire';
COMMENT ON FUNCTION deid_key_retire(name, integer) IS 'Lets the active version of a key serve reversal only, without a new one. A version that is not active is an error (55000).';
CREATE FUNCTION deid_key_destroy(name name, version integer) RETURNS void
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 1000 AS 'MODULE_PATHNAME', 'hb_deid_key_destroy';
COMMENT ON FUNCTION deid_key_destroy(name, integer) IS 'Removes the material of a retired version of a key: what was made with it can never be reversed or continued. The row stays as a record. Dumps of the table, backups and WAL still hold the wrapped material. A version that is not retired is an error (55000).';
CREATE FUNCTION deid_key_info(OUT name name, OUT version integer, OUT purpose text, OUT algorithm text, OUT state text, OUT use_role regrole, OUT reverse_role regrole,
	OUT max_date date, OUT edition integer, OUT check_value bytea, OUT created timestamptz, OUT retired timestamptz, OUT destroyed timestamptz)
	RETURNS SETOF record LANGUAGE sql STABLE STRICT PARALLEL SAFE SECURITY DEFINER COST 100 ROWS 10
BEGIN ATOMIC
	SELECT k.name, k.version, k.purpose, k.algorithm, k.state, k.use_role, k.reverse_role,
		k.max_date, k.edition, k.check_value, k.created, k.retired, k.destroyed
	FROM deid_key k ORDER BY k.name, k.version;
END;
COMMENT ON FUNCTION deid_key_info() IS 'Returns all versions of all keys, without material: columns as in table deid_key.';

REVOKE ALL ON FUNCTION deid_key_create(name, text, text, name, name, date), deid_key_import(name, bytea, text, text, name, name, date),
	deid_key_rotate(name, date), deid_key_retire(name, integer), deid_key_destroy(name, integer), deid_key_info() FROM PUBLIC;
