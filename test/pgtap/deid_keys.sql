-- Keys: who may use them, what each state allows, and what a change does.
\set QUIET 1
BEGIN;
\o /dev/null
\ir deid_keys.inc
CREATE ROLE deid_analyst;
CREATE ROLE deid_steward IN ROLE deid_user;
GRANT EXECUTE ON FUNCTION deid_token(text, text, name, integer), deid_uuid(text, text, name), deid_fpe_digits(text, name, text) TO deid_user, deid_analyst;
CREATE TABLE patient AS SELECT i::text AS id FROM generate_series(1, 1000) i;
GRANT SELECT ON patient TO PUBLIC;
CREATE FUNCTION plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS
	$$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
\o
SELECT * FROM no_plan();

-- Who is not granted is told nothing.
SELECT is_empty($$
	SELECT p.oid::regprocedure FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
	WHERE p.pronamespace = 'hbhealth'::regnamespace AND a.grantee = 0
		AND p.proname ~ '^deid_(key_|release_|reidentify$|token$|uuid$|fpe|shift$|name$|num$)'
$$, 'no keyed function is open to PUBLIC');
SELECT is_empty($$
	SELECT c.relname, a.grantee FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
	WHERE c.relnamespace = 'hbhealth'::regnamespace AND c.relname IN ('deid_key', 'deid_release', 'deid_audit') AND a.grantee <> c.relowner
$$, 'nobody but the owner has rights on the tables');
SELECT is_empty($$
	SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'hbhealth'::regnamespace AND p.proname ~ '^deid_'
		AND p.prokind = 'f' AND 'pg_catalog.bytea'::regtype = p.prorettype
$$, 'no function returns bytes, such as material');
SELECT is_empty($$
	SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'hbhealth'::regnamespace AND p.proname ~ '^deid_un|^deid_re(veal|verse)'
$$, 'there is no reversing function');

SET ROLE deid_analyst;
SELECT throws_ok($$SELECT deid_token('1', 'd', 'mac')$$, '42501', 'permission denied for key "mac"', 'EXECUTE without the role of the key');
SELECT throws_ok($$SELECT deid_token('1', 'd', 'nokey')$$, '42704', 'the key does not exist');
SELECT throws_ok($$SELECT deid_shift(current_date, 'p', 'mac')$$, '42501', NULL, 'no EXECUTE');
SELECT throws_ok($$SELECT * FROM deid_key$$, '42501', NULL, 'the table');
SELECT throws_ok($$SELECT * FROM deid_key_info()$$, '42501', NULL, 'the list of keys');
SELECT throws_ok($$CALL deid_reidentify('r', '{1}', 'p')$$, '42501', NULL, 'reversal');
RESET ROLE;
SET ROLE deid_user;
SELECT ok(deid_token('1', 'd', 'mac') LIKE 'k1-%', 'the role itself');
RESET ROLE;
SET ROLE deid_steward;
SELECT ok(deid_token('1', 'd', 'mac') LIKE 'k1-%', 'a member of the role');
RESET ROLE;
SET ROLE deid_reverser;
SELECT throws_ok($$SELECT deid_token('1', 'd', 'mac')$$, '42501', NULL, 'the reversing role may not use');
RESET ROLE;
-- A key that is ready in this backend is not ready for everyone.
SELECT ok(deid_token('1', 'd', 'mac') LIKE 'k1-%', 'the key is ready');
SET ROLE deid_analyst;
SELECT throws_ok($$SELECT deid_token('1', 'd', 'mac')$$, '42501', NULL, 'ready, but for another role');
RESET ROLE;
REVOKE deid_user FROM deid_steward;
SET ROLE deid_steward;
SELECT throws_ok($$SELECT deid_token('1', 'd', 'mac')$$, '42501', NULL, 'no longer a member: no longer EXECUTE');
RESET ROLE;
GRANT EXECUTE ON FUNCTION deid_token(text, text, name, integer) TO deid_steward;
SET ROLE deid_steward;
SELECT throws_ok($$SELECT deid_token('1', 'd', 'mac')$$, '42501', 'permission denied for key "mac"', 'no longer a member');
RESET ROLE;

-- One expression, several users: as plpgsql keeps expressions through a transaction.
CREATE FUNCTION pg_temp.call_token() RETURNS text LANGUAGE plpgsql AS $$
DECLARE t text;
BEGIN t := deid_token('1', 'd', 'mac'); RETURN t; END $$;
SELECT ok(pg_temp.call_token() LIKE 'k1-%', 'as owner');
SET ROLE deid_analyst;
SELECT throws_ok('SELECT pg_temp.call_token()', '42501', 'permission denied for key "mac"', 'the same expression as another role');
RESET ROLE;

-- A view is no oracle: its reader needs the key himself.
CREATE VIEW tokens AS SELECT deid_token(id, 'd', 'mac') AS t FROM patient;
GRANT SELECT ON tokens TO deid_analyst;
SET ROLE deid_analyst;
SELECT throws_ok('SELECT * FROM tokens', '42501', 'permission denied for key "mac"', 'a view with a keyed function');
RESET ROLE;
SELECT throws_ok($$CREATE INDEX ON patient (deid_token(id, 'd', 'mac'))$$, '42P17', NULL, 'no index over a key');
SELECT throws_ok($$ALTER TABLE patient ADD t text GENERATED ALWAYS AS (deid_token(id, 'd', 'mac')) STORED$$, '42P17', NULL, 'no generated column');
-- The member himself reads it; a materialized view is made by its owner, and is a table.
SET ROLE deid_user;
SELECT throws_ok('SELECT * FROM tokens', '42501', 'permission denied for view tokens', 'a member needs the right on the view');
RESET ROLE;
GRANT SELECT ON tokens TO deid_user;
SET ROLE deid_user;
SELECT is(count(DISTINCT t), 1000::bigint, 'a member with both reads it') FROM tokens;
RESET ROLE;
CREATE MATERIALIZED VIEW made AS SELECT id, deid_token(id, 'd', 'mac') AS t FROM patient;
GRANT SELECT ON made TO deid_analyst;
SET ROLE deid_analyst;
SELECT is(count(DISTINCT t), 1000::bigint, 'a materialized view is a release') FROM made;
RESET ROLE;
-- What the guide warns of: a function with the rights of a member is an oracle, directly and inside a view.
GRANT USAGE, CREATE ON SCHEMA public TO deid_user;
SET ROLE deid_user;
CREATE FUNCTION public.oracle(text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = hbhealth AS $$SELECT deid_token($1, 'd', 'mac')$$;
CREATE FUNCTION public.no_oracle(text) RETURNS text LANGUAGE sql STABLE SET search_path = hbhealth AS $$SELECT deid_token($1, 'd', 'mac')$$;
RESET ROLE;
CREATE VIEW oracles AS SELECT oracle(id) AS t FROM patient;
GRANT SELECT ON oracles TO deid_analyst;
SET ROLE deid_analyst;
SELECT ok(oracle('1') LIKE 'k1-%', 'a function with the rights of its owner gives them away');
SELECT is(count(DISTINCT t), 1000::bigint, 'so does a view over it') FROM oracles;
SELECT throws_ok($$SELECT no_oracle('1')$$, '42501', 'permission denied for key "mac"', 'one with the rights of its caller does not');
RESET ROLE;
-- Membership without inheritance has to be put on.
CREATE ROLE deid_quiet NOINHERIT IN ROLE deid_user;
GRANT EXECUTE ON FUNCTION deid_token(text, text, name, integer) TO deid_quiet;
SET ROLE deid_quiet;
SELECT throws_ok($$SELECT deid_token('1', 'd', 'mac')$$, '42501', 'permission denied for key "mac"', 'a member that does not inherit');
RESET ROLE;

-- States.
SELECT is(deid_key_create('cycle', 'token', 'hmac-sm3', 'deid_user'), 1, 'create');
CREATE TEMP TABLE seen AS SELECT deid_token('1', 'd', 'cycle') AS t;
SET LOCAL plan_cache_mode = force_generic_plan;
PREPARE made_again(text) AS SELECT left(deid_token($1, 'd', 'cycle'), 3);
EXECUTE made_again('1') \gset first_
SELECT is(:'first_left'::text, 'k1-', 'a prepared statement');
SELECT is(deid_key_rotate('cycle'), 2, 'rotate');
INSERT INTO seen SELECT deid_token('1', 'd', 'cycle');
EXECUTE made_again('1') \gset second_
SELECT is(:'second_left'::text, 'k2-', 'goes on with the new version');
DEALLOCATE made_again;
RESET plan_cache_mode;
SELECT is(array_agg(left(t, 3) ORDER BY t), '{k1-,k2-}', 'the new version is used at once') FROM seen;
SELECT is(count(DISTINCT substr(t, 4)), 2::bigint, 'its material is another') FROM seen;
SELECT lives_ok($$SELECT deid_key_retire('cycle', 2)$$, 'retire');
SELECT throws_ok($$SELECT deid_token('1', 'd', 'cycle')$$, '55000', 'key "cycle" has no active version');
SELECT throws_ok($$SELECT deid_key_retire('cycle', 2)$$, '55000', 'this version of the key is not active');
SELECT is(deid_key_rotate('cycle'), 3, 'rotate again');
SELECT throws_ok($$SELECT deid_key_destroy('cycle', 3)$$, '55000', 'this version of the key is not retired');
SELECT lives_ok($$SELECT deid_key_destroy('cycle', 1)$$, 'destroy');
SELECT throws_ok($$SELECT deid_key_destroy('cycle', 1)$$, '55000', NULL, 'destroy once');
SELECT throws_ok($$SELECT deid_key_destroy('cycle', 9)$$, '42704', 'version 9 of the key does not exist');
SELECT throws_ok($$SELECT deid_key_rotate('nokey')$$, '42704', 'the key does not exist');
SELECT results_eq($$SELECT version, state, wrapped IS NULL, retired IS NULL, destroyed IS NULL FROM deid_key WHERE name = 'cycle' ORDER BY 1$$,
	$$VALUES (1, 'destroyed', true, false, false), (2, 'retired', false, false, true), (3, 'active', false, true, true)$$, 'the rows');
SELECT results_eq($$SELECT name, version, purpose, algorithm, state, use_role, reverse_role, max_date, edition, check_value, created, retired, destroyed FROM deid_key_info()$$,
	$$SELECT name, version, purpose, algorithm, state, use_role, reverse_role, max_date, edition, check_value, created, retired, destroyed FROM deid_key ORDER BY 1, 2$$, 'deid_key_info');
SELECT is(count(DISTINCT wrapped), count(*), 'material is random') FROM deid_key WHERE name = 'cycle' AND wrapped IS NOT NULL;

-- Arguments.
SELECT throws_ok(format('SELECT deid_key_create(%L, %L, %L, %L, %L)', n, p, a, u, r), code, NULL, why) FROM (VALUES
	('mac', 'token', 'hmac-sm3', 'deid_user', NULL, '42710', 'a name that is taken'), ('n', 'token', 'aes-128', 'deid_user', NULL, '22023', 'an algorithm of another purpose'),
	('n', 'all', 'hmac-sm3', 'deid_user', NULL, '22023', 'no such purpose'), ('n', 'token', 'md5', 'deid_user', NULL, '22023', 'no such algorithm'),
	('n', 'token', 'hmac-sm3', 'deid_nobody', NULL, '42704', 'no such role'), ('n', 'token', 'hmac-sm3', 'deid_user', 'deid_nobody', '42704', 'no such role to reverse'),
	('n', 'token', 'hmac-sm3', NULL, NULL, '22004', 'no role'), (NULL, 'token', 'hmac-sm3', 'deid_user', NULL, '22004', 'no name'), ('', 'token', 'hmac-sm3', 'deid_user', NULL, '42602', 'an empty name'),
	('n', 'token', 'hmac-sm3', 'public', NULL, '42704', 'PUBLIC is no role')) v (n, p, a, u, r, code, why);
SELECT throws_ok(format('SELECT deid_key_import(%L, %L, %L, %L, %L)', 'n', w, p, a, 'deid_user'), '22023', 'the wrapped key cannot be unwrapped', why) FROM (VALUES
	('\xaa921818094f53d6b881c86c1d7a04eb8c1026afb4d17b22'::bytea, 'fpe', 'aes-128', 'a byte altered'), ('\xaa921818094f53d6b881c86c1d7a04eb8c1026afb4d17b', 'fpe', 'aes-128', 'cut short'),
	('\xaa921818094f53d6b881c86c1d7a04eb8c1026afb4d17b21', 'fpe', 'aes-256', 'of another length'), ('', 'fpe', 'aes-128', 'empty'),
	(decode(repeat('00', 5000), 'hex'), 'fpe', 'aes-128', 'long'), ('\x2b7e151628aed2a6abf7158809cf4f3c', 'fpe', 'aes-128', 'bare material')) v (w, p, a, why);
SELECT throws_ok($$SELECT deid_fpe_digits('123456', 'mac')$$, '22023', 'key "mac" is not for this use');
SELECT throws_ok($$SELECT deid_token('1', 'd', 'aes128')$$, '22023', 'key "aes128" is not for this use');

-- Altered rows are noticed: the check value binds name, version, purpose and algorithm.
SAVEPOINT altered;
UPDATE deid_key SET wrapped = (SELECT wrapped FROM deid_key WHERE name = 'cycle' AND version = 3) WHERE name = 'mac';
SELECT throws_ok($$SELECT deid_token('1', 'd', 'mac')$$, '55000', 'key "mac" cannot be unwrapped', 'material of another key');
ROLLBACK TO altered;
SELECT ok(deid_token('1', 'd', 'mac') LIKE 'k1-%', 'rolled back');
UPDATE deid_key SET algorithm = 'hmac-sha256' WHERE name = 'mac';
SELECT throws_ok($$SELECT deid_token('1', 'd', 'mac')$$, '55000', 'key "mac" cannot be unwrapped', 'another algorithm');
ROLLBACK TO altered;
UPDATE deid_key SET name = 'mad' WHERE name = 'mac';
SELECT throws_ok($$SELECT deid_token('1', 'd', 'mad')$$, '55000', 'key "mad" cannot be unwrapped', 'another name');
SELECT throws_ok($$SELECT deid_token('1', 'd', 'mac')$$, '42704', NULL, 'the old name is gone');
ROLLBACK TO altered;
UPDATE deid_key SET algorithm = 'none' WHERE name = 'mac';
SELECT throws_ok($$SELECT deid_token('1', 'd', 'mac')$$, '55000', NULL, 'no such algorithm');
ROLLBACK TO altered;
DELETE FROM deid_key;
SELECT throws_ok($$SELECT deid_token('1', 'd', 'mac')$$, '42704', NULL, 'deleted');
ROLLBACK TO altered;
SELECT ok(deid_token('1', 'd', 'mac') LIKE 'k1-%', 'rolled back');
TRUNCATE deid_key;
SELECT throws_ok($$SELECT deid_token('1', 'd', 'mac')$$, '42704', NULL, 'truncated');
ROLLBACK TO altered;
SET LOCAL session_replication_role = replica;
DELETE FROM deid_key WHERE name = 'mac';
SELECT throws_ok($$SELECT deid_token('1', 'd', 'mac')$$, '42704', NULL, 'deleted as a replica would');
ROLLBACK TO altered;
SELECT throws_ok($$INSERT INTO deid_key SELECT name, 2, purpose, algorithm, NULL, check_value, state, use_role, reverse_role, max_date, edition, created FROM deid_key WHERE name = 'mac'$$, '23514', NULL, 'no material, but not destroyed');

-- A query keeps its version; a change within it is not seen half-way.
SELECT is(count(DISTINCT left(deid_token(id, 'd', 'cycle'), 3)), 1::bigint, 'one version a query') FROM patient;

-- Releases.
SELECT deid_key_create('rel', 'release', 'sm3-aes', 'deid_user', 'deid_reverser') \gset
SELECT is(deid_release_create('r1', 'A', 'study', 'rel', '{"idno": {"function": "deid_fpe_idno", "band": 20}, "t": {"function": "deid_token", "domain": "x"}}'), 1, 'a release is bound to the version');
SELECT is(deid_release_create('r2', 'A', 'study', 'rel'), 1, 'the same recipient and purpose again');
SELECT throws_ok($$SELECT deid_release_create('r3', 'B', 'study', 'rel')$$, '55006', NULL, 'another recipient under the same version');
SELECT throws_ok($$SELECT deid_release_create('r3', 'A', 'other study', 'rel')$$, '55006', NULL, 'another purpose under the same version');
SELECT throws_ok($$SELECT deid_release_create('r1', 'A', 'study', 'rel')$$, '42710', NULL, 'a name that is taken');
SELECT deid_key_rotate('rel') \gset
SELECT is(deid_release_create('r3', 'B', 'study', 'rel'), 2, 'another recipient under a new version');
SELECT throws_ok(format('SELECT deid_release_create(%L, %L, %L, %L, %L)', 'r4', a, b, 'rel', p), '22023', NULL, p) FROM (VALUES
	('', 's', '{}'), ('B', '', '{}'), ('B', 'study', '[]'), ('B', 'study', '1'), ('B', 'study', '{"a": 1}'), ('B', 'study', '{"a": []}'), ('B', 'study', '{"a": {}}'),
	('B', 'study', '{"a": {"function": 1}}'), ('B', 'study', '{"a": {"function": "deid_fpe_idno", "bands": 10}}'), ('B', 'study', '{"a": {"function": "deid_fpe_idno", "band": "10"}}'),
	('B', 'study', '{"a": {"function": "deid_fpe_idno", "keep_region": 5}}'), ('B', 'study', '{"a": {"function": "deid_fpe_idno", "keep_sex": 1}}'),
	('B', 'study', '{"a": {"function": "deid_fpe_idno", "check_digit": "wrong"}}'), ('B', 'study', '{"a": {"function": "deid_fpe"}}'), ('B', 'study', '{"a": {"function": "deid_fpe", "alphabet": "00"}}')) v (a, b, p);
SELECT throws_ok($$SELECT deid_release_create('r4', 'B', 'study', 'rel', '{"a": {"function": "deid_fpe_idno", "band": 5}}')$$, '22003', NULL, 'a cell that is too small');
SET ROLE deid_analyst;
SELECT throws_ok($$SELECT deid_release_create('r5', 'B', 'study', 'rel')$$, '42501', NULL, 'no EXECUTE');
RESET ROLE;
GRANT EXECUTE ON FUNCTION deid_release_create(name, text, text, name, jsonb) TO deid_analyst;
SET ROLE deid_analyst;
SELECT throws_ok($$SELECT deid_release_create('r5', 'B', 'study', 'rel')$$, '42501', 'permission denied for key "rel"');
RESET ROLE;
SELECT throws_ok($$CALL deid_reidentify('r1', '{1}', 'p')$$, '25001', NULL, 'no reversal in a transaction block');

-- Names are data, never SQL.
SELECT throws_ok(format('SELECT %s', replace(call, '?', quote_literal(evil))), code, NULL, call) FROM (VALUES
	('deid_token(''v'', ''d'', ?)', '42704'), ('deid_key_rotate(?)', '42704'), ('deid_key_retire(?, 1)', '42704'), ('deid_key_create(''n'', ?, ''hmac-sm3'', ''deid_user'')', '22023'),
	('deid_key_create(''n'', ''token'', ''hmac-sm3'', ?)', '42704'), ('deid_release_create(''r9'', ''A'', ''p'', ?)', '42704')) v (call, code), (SELECT 'x''; DROP TABLE patient; --') e (evil);
SELECT is(deid_key_create('x''; DROP TABLE patient; --', 'token', 'hmac-sm3', 'deid_user'), 1, 'a strange name of a key');
SELECT ok(deid_token('v', 'd', 'x''; DROP TABLE patient; --') LIKE 'k1-%', 'is only a name');
SELECT is(deid_release_create('we"ird; drop', 'it''s; --', '"', 'x''; DROP TABLE patient; --', '{"a\"b": {"function": "x''; DROP TABLE patient"}}'), 1, 'so are those of a release');
SELECT has_table('patient'::name);
CREATE FUNCTION pg_temp.f_nameeq(name, name) RETURNS boolean LANGUAGE sql AS 'SELECT 1/0 = 1';
SET LOCAL search_path = pg_temp, public, hbhealth;
SELECT ok(deid_token('v', 'd', 'mac') LIKE 'k1-%', 'no operator of the search path is used');
CREATE TEMP TABLE deid_key (name name);
SELECT ok(deid_token('v', 'd', 'mac') LIKE 'k1-%', 'nor a table of the same name');
DROP TABLE pg_temp.deid_key;

-- In workers: the same rights, the same key, also where the caller is no superuser.
RESET search_path;
SET LOCAL search_path = public, hbhealth;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
SELECT ok(string_agg(line, '') LIKE '%Workers Planned%', 'a release is made in parallel') FROM plan_of($$CREATE TABLE release AS SELECT deid_token(id, 'd', 'mac') AS t FROM patient$$) line;
CREATE TABLE release AS SELECT id, deid_token(id, 'd', 'mac') AS t, deid_fpe_digits(lpad(id, 8, '0'), 'aes128') AS f FROM patient;
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT is(count(*), 0::bigint, 'workers give what the backend gives') FROM release WHERE t <> deid_token(id, 'd', 'mac') OR f <> deid_fpe_digits(lpad(id, 8, '0'), 'aes128');
SELECT is(count(*), 1000::bigint, 'all rows') FROM release;
RESET max_parallel_workers_per_gather;
SELECT set_config(name, 'on', true) FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query') \gset forced_
SET ROLE deid_user;
CREATE TABLE public.release_user AS SELECT id, deid_token(id, 'd', 'mac') AS t FROM patient;
RESET ROLE;
SELECT is(count(*), 1000::bigint, 'a release by a member, in a worker') FROM release r JOIN release_user u USING (id, t);
SET ROLE deid_analyst;
SELECT throws_ok($$SELECT count(deid_token(id, 'd', 'mac')) FROM patient$$, '42501', 'permission denied for key "mac"', 'a worker refuses, too');
SELECT ok(string_agg(oracle(id), '') LIKE 'k1-%', 'and follows the rights of a function') FROM patient;
RESET ROLE;
SELECT set_config(name, 'off', true) FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query') \gset forced_

SELECT * FROM finish();
ROLLBACK;
