-- Keys, and the plain side of keyed hashes: pgcrypto.
CREATE EXTENSION IF NOT EXISTS pgcrypto;
DELETE FROM deid_key;
SELECT deid_key_create('bench_sm3', 'token', 'hmac-sm3', current_user), deid_key_create('bench_sha256', 'token', 'hmac-sha256', current_user),
	deid_key_create('bench_aes', 'fpe', 'aes-128', current_user, max_date => 'infinity'), deid_key_create('bench_sm4', 'fpe', 'sm4', current_user);
