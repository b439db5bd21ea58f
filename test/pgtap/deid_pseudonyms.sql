-- Pseudonyms against the reference vectors and independent definitions; their properties.
\set QUIET 1
BEGIN;
\o /dev/null
\ir deid_keys.inc
CREATE EXTENSION pgcrypto;
SELECT deid_key_create('release', 'release', 'sm3-aes', 'deid_user', 'deid_reverser', 'infinity');
SELECT deid_key_create('other', 'release', 'sha256-aes', 'deid_user', 'deid_reverser', 'infinity');
\o
SELECT * FROM no_plan();

CREATE TEMP TABLE vectors (kind text, key name, input text, option text, expected text);
\copy vectors from program 'grep -v "^#" test/data/deid_vectors.csv' (format csv, header, force_not_null (input))
SELECT cmp_ok(count(*), '>=', 38::bigint, 'vectors are loaded') FROM vectors;

SELECT is(deid_fpe(input, left('0123456789abcdefghijklmnopqrstuvwxyz', split_part(option, ':', 1)::int), decode(split_part(option, ':', 2), 'hex'), key),
	expected, format('FF1 %s, %s', key, option)) FROM vectors WHERE kind = 'fpe';
SELECT is(deid_fpe_idno(input, key, band => split_part(option, ':', 1)::int, keep_sex => option LIKE '%:sex'), expected, 'ID ' || option)
FROM vectors WHERE kind = 'idno';
SELECT is(deid_fpe_idno(input::cn_id, key, band => split_part(option, ':', 1)::int, keep_sex => option LIKE '%:sex')::text, expected, 'cn_id ' || option)
FROM vectors WHERE kind = 'idno';
SELECT is(deid_fpe_mobile(input, key), expected, 'mobile') FROM vectors WHERE kind = 'mobile';
SELECT is(deid_shift(date '2020-02-29', input, key, split_part(option, ':', 1)::int, split_part(option, ':', 2)::boolean) - date '2020-02-29', expected::int, 'shift ' || option)
FROM vectors WHERE kind = 'shift';
SELECT is(deid_token(input, option, key), expected, 'token ' || option) FROM vectors WHERE kind = 'token';

-- Another definition of the keyed hash: pgcrypto's.
CREATE FUNCTION pg_temp.base32(bytea, bits int) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + substr((SELECT string_agg(get_byte($1, b)::bit(8)::text, '' ORDER BY b)
		FROM generate_series(0, 31) b), 5 * i + 1, 5)::bit(5)::int, 1), '' ORDER BY i) FROM generate_series(0, bits / 5 - 1) i
$$;
SELECT is(deid_token(v, 'd', key, bits), 'k1-' || pg_temp.base32(hmac(convert_to('d|' || v, 'UTF8'), material, digest), bits), format('%s, %s bits', digest, bits))
FROM (SELECT decode(string_agg(lpad(to_hex(i), 2, '0'), '' ORDER BY i), 'hex') AS material FROM generate_series(1, 32) i) m,
	(VALUES ('mac'::name, 'sm3'), ('mac256', 'sha256')) k (key, digest), unnest('{80,85,155,160}'::int[]) bits, unnest(array['', '张三丰', repeat('x', 5000)]) v;

-- Tokens.
SELECT is(deid_token('123'::bytea, 'idno', 'mac'), deid_token('123', 'idno', 'mac'), 'bytes as text');
SELECT is(deid_token('a\b', 'idno', 'mac'), deid_token('\x615c62'::bytea, 'idno', 'mac'), 'a backslash is a character');
SELECT is(deid_token(123::bigint, 'idno', 'mac'), deid_token('123', 'idno', 'mac'), 'a number as its digits');
SELECT is(deid_token((-9223372036854775808)::bigint, 'idno', 'mac'), deid_token('-9223372036854775808', 'idno', 'mac'), 'the least number');
SELECT is(deid_token('\x00ff'::bytea, 'b', 'mac') ~ '^k1-[0-9A-HJKMNP-TV-Z]{16}$', true, 'bytes that are no text');
SELECT is(deid_token(NULL::text, 'idno', 'mac'), NULL, 'NULL gives NULL');
SELECT is(deid_token(deid_token('x', 'idno', 'mac'), 'idno', 'mac'), deid_token('x', 'idno', 'mac'), 'a token fed back is recognised');
SELECT throws_ok($$SELECT deid_token('k2-D5CN7VG7Z6J5YDVM', 'idno', 'mac')$$, '22023', 'the value is a pseudonym already');
SELECT throws_ok($$SELECT deid_token(deid_token('x', 'idno', 'mac', 100), 'idno', 'mac')$$, '22023', 'the value is a pseudonym already');
SELECT throws_ok($$SELECT deid_token(deid_uuid('x', 'idno', 'mac')::text, 'idno', 'mac')$$, '22023', 'the value is a pseudonym already');
SELECT is(deid_fpe_idno(t, 'release', on_invalid => 'token'), t, 'nor is it hashed again where a value is invalid') FROM (SELECT deid_token('x', 'idno', 'release') t) v;
SELECT is(deid_fpe_digits('k1-0123456789012345', 'release', on_invalid => o), e, 'nor enciphered: ' || o) FROM (VALUES ('null', NULL), ('mask', repeat('*', 19)), ('token', 'k1-0123456789012345')) v (o, e);
SELECT throws_ok($$SELECT deid_fpe_digits('k1-0123456789012345', 'release')$$, '22023', 'the value cannot be enciphered');
SELECT throws_ok($$SELECT deid_fpe_digits('k2-0123456789012345', 'release', on_invalid => 'token')$$, '22023', 'the value is a pseudonym already');
SELECT isnt(deid_token(v, 'd', 'mac'), v, 'no token: ' || v)
FROM unnest('{k1-D5CN7VG7Z6J5YDV,k01-D5CN7VG7Z6J5YDVM,k1-D5CN7VG7Z6J5YDVU,K1-D5CN7VG7Z6J5YDVM,k-D5CN7VG7Z6J5YDVM,k1D5CN7VG7Z6J5YDVM,k1-d5cn7vg7z6j5ydvm,k99999999999-D5CN7VG7Z6J5YDVM}'::text[]) v;
SELECT is(count(DISTINCT deid_token(i::text, 'd', 'mac')), 100000::bigint, 'no two tokens alike') FROM generate_series(1, 100000) i;
SELECT isnt(deid_token('1', 'a', 'mac'), deid_token('1', 'b', 'mac'), 'domains keep apart');
SELECT throws_ok(format('SELECT deid_token(%L, %L, %L, %s)', 'v', d, 'mac', b), '22023', NULL, format('domain "%s", %s bits', d, b))
FROM (VALUES ('', 80), ('a|b', 80), ('hbdate1', 80), (repeat('d', 64), 80), ('d', 75), ('d', 165), ('d', 81), ('d', 0), ('d', -5)) v (d, b);

-- UUIDs.
SELECT ok(deid_uuid(i::text, 'd', 'mac')::text ~ '^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$', 'version 8') FROM generate_series(1, 5) i;
SELECT is(left(deid_uuid('v', 'd', 'mac')::text, 8), left(encode(hmac('hbuuid1|d|v', decode('0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20', 'hex'), 'sm3'), 'hex'), 8), 'from the hash');
SELECT throws_ok(format('SELECT deid_uuid(%L, %L, %L)', v, 'd', 'mac'), '22023', 'the value is a pseudonym already')
FROM unnest(array[deid_token('x', 'd', 'mac'), deid_uuid('x', 'd', 'mac')::text, upper(deid_uuid('x', 'd', 'mac')::text)]) v;
SELECT lives_ok($$SELECT deid_uuid(gen_random_uuid()::text, 'd', 'mac')$$, 'a random UUID is a value');

-- Dates.
SELECT is(deid_shift(v, 'p', 'mac'), v, 'infinity stays') FROM unnest('{infinity,-infinity}'::date[]) v;
SELECT is(deid_shift(v, 'p', 'mac'), v, 'infinity stays') FROM unnest('{infinity,-infinity}'::timestamp[]) v;
SELECT is(deid_shift(v, 'p', 'mac'), v, 'infinity stays') FROM unnest('{infinity,-infinity}'::timestamptz[]) v;
SELECT is(deid_shift(d + 1000, p::text, 'mac') - deid_shift(d, p::text, 'mac'), 1000, 'intervals stay') FROM generate_series(1, 20) p, (SELECT date '1999-12-31') v (d);
SELECT is(count(*), 0::bigint, 'weekdays stay') FROM generate_series(1, 2000) p, (SELECT date '2024-05-01') v (d)
WHERE extract(dow FROM deid_shift(d, p::text, 'mac')) <> extract(dow FROM d);
SELECT is(count(*), 0::bigint, 'within the days, never zero') FROM generate_series(1, 5000) p, (SELECT date '2024-05-01') v (d)
WHERE abs(deid_shift(d, p::text, 'mac', 10, false) - d) NOT BETWEEN 1 AND 10;
SELECT is(count(DISTINCT deid_shift(d, p::text, 'mac', 10, false)), 20::bigint, 'every shift occurs') FROM generate_series(1, 5000) p, (SELECT date '2024-05-01') v (d);
SELECT is(deid_shift(t, 'P000001', 'mac', 180, false), t - interval '96 days', 'timestamp') FROM (SELECT timestamp '2024-03-01 13:14:15.123456') v (t);
SET LOCAL TimeZone = 'Europe/Berlin';
SELECT is(extract(epoch FROM deid_shift(t, 'P000001', 'mac', 180, false) - t), -96 * 86400::numeric, 'days of 24 hours') FROM (SELECT timestamptz '2024-05-01 13:14:15.123456') v (t);
SELECT throws_ok(format('SELECT deid_shift(%s, p::text, %L) FROM generate_series(1, 20) p', v, 'mac'), '22008', NULL, v)
FROM unnest(array['date ''5874897-12-31''', 'date ''4714-11-24 BC''', 'timestamp ''294276-12-31''', 'timestamptz ''4714-11-24 BC''']) v;
SELECT throws_ok(format('SELECT deid_shift(current_date, %L, %L, %s, %L)', 'p', 'mac', d, w), '22023', NULL, format('%s days, %s', d, w))
FROM (VALUES (0, false), (-1, false), (6, true), (36501, false)) v (d, w);

-- Names: seeded by person, distributed as the population.
CREATE TEMP TABLE names AS SELECT i, s, deid_name(i::text, s, 'mac') AS name FROM generate_series(1, 50000) i, unnest('{1,2,0}'::text[]) s;
SELECT is(count(*), 0::bigint, 'two to four characters') FROM names WHERE char_length(name) NOT BETWEEN 2 AND 4;
SELECT is(deid_name('1', '男', 'mac'), deid_name('1', 'male', 'mac'), 'sex in any spelling');
SELECT ok(abs(avg((left(name, 1) = '王')::int) - 0.0754) < 0.006, 'as many 王 as in the population') FROM names WHERE s = '1';
SELECT ok(avg((name LIKE '%英')::int) FILTER (WHERE s = '2') > 5 * avg((name LIKE '%英')::int) FILTER (WHERE s = '1'), 'characters by sex') FROM names;
SELECT ok(count(*) > 10, 'compound surnames occur') FROM names WHERE name LIKE '欧阳%' AND s = '1' OR name LIKE '诸葛%' OR name LIKE '上官%';
SELECT ok(abs(avg((char_length(name) = 2)::int) - 0.2) < 0.01, 'a fifth has one character') FROM names WHERE left(name, 2) NOT IN ('欧阳', '上官', '诸葛');
SELECT throws_ok($$SELECT deid_name('p', 'x', 'mac')$$, '22023', 'unrecognized sex');

-- Noise.
SELECT is(deid_num(100, 'p', 'mac', 10), deid_num(100, 'p', 'mac', 10), 'the same again');
SELECT ok(abs(deid_num(v, i::text, 'mac', 10) - v) <= 0.1 * v + 0.005, 'within the share') FROM generate_series(1, 20) i, (SELECT 1234.56) n (v);
SELECT is(scale(deid_num(v, 'p', 'mac', 10)), scale(v), 'decimal places stay') FROM unnest('{1,1.5,1.50,0.0001,1e20,-7.25}'::numeric[]) v;
SELECT is(deid_num(v, 'p', 'mac', 10), v, v::text || ' stays') FROM unnest('{NaN,Infinity,-Infinity,0}'::numeric[]) v;
SELECT isnt(deid_num(1e9, 'p', 'mac', 10, 'income'), deid_num(1e9, 'p', 'mac', 10, 'cost'), 'another factor for another column');
SELECT ok(abs(avg(deid_num(1e9, i::text, 'mac', 10)) / 1e9 - 1) < 0.003 AND abs(stddev(deid_num(1e9, i::text, 'mac', 10)) / 1e9 - 0.1 / sqrt(3)) < 0.002, 'even noise') FROM generate_series(1, 20000) i;
SELECT throws_ok(format('SELECT deid_num(1, %L, %L, %L)', 'p', 'mac', p), '22023', NULL, p) FROM unnest('{0,-1,100.1,NaN,Infinity}'::text[]) p;

-- Identity numbers: one to one, and what is asked is kept.
CREATE TEMP TABLE ids AS
SELECT DISTINCT (r || to_char(date '1900-01-01' + i * 7919 % 44000, 'YYYYMMDD') || lpad((i * 271 % 1000)::text, 3, '0')) AS body
FROM generate_series(1, 4000) i, (SELECT array_agg(DISTINCT code) AS list FROM (VALUES ('110105'), ('330106'), ('420106'), ('442000'), ('650102')) v (code)) c, LATERAL (SELECT c.list[1 + i % 5]) v (r);
ALTER TABLE ids ADD id text;
UPDATE ids SET id = body || substr('10X98765432', 1 + (SELECT sum(substr(body, n, 1)::int * (2 ^ (18 - n))::int)::int % 11 FROM generate_series(1, 17) n), 1);
SELECT is(count(try_cn_id(id)), count(*), 'the numbers are valid') FROM ids;
CREATE TEMP TABLE made AS SELECT o.*, id, deid_fpe_idno(id, 'release', keep_region => keep, band => band, keep_sex => sex, check_digit => c) AS p
FROM ids, (VALUES (6, 10, true, 'valid'), (6, 5, false, 'valid'), (4, 10, true, 'valid'), (2, 1, true, 'valid'), (2, 100, false, 'invalid'), (6, 30, true, 'invalid')) o (keep, band, sex, c);
SELECT is(count(DISTINCT p), count(*), format('one to one: %s digits, %s years, sex %s, %s', keep, band, sex, c)) FROM made GROUP BY keep, band, sex, c;
SELECT is(count(*), 0::bigint, 'what is kept') FROM made WHERE left(p, keep) <> left(id, keep)
	OR substr(p, 7, 4)::int / band <> substr(id, 7, 4)::int / band OR sex AND substr(p, 17, 1)::int % 2 <> substr(id, 17, 1)::int % 2;
SELECT is(count(*), 0::bigint, 'check digits') FROM made WHERE (try_cn_id(p) IS NULL) <> (c = 'invalid');
SELECT is(count(*), 0::bigint, 'only the check digit is wrong')
FROM made, LATERAL (SELECT translate(right(p, 1), '0123456789X', 'X0123456789')) v (right_one) WHERE c = 'invalid' AND try_cn_id(left(p, 17) || right_one) IS NULL;
SELECT is(count(*), 0::bigint, 'divisions are listed') FROM made WHERE keep < 6 AND c = 'valid' AND NOT cn_id_division_known(p::cn_id);
SELECT is(deid_fpe_idno('110105491231002', 'release'), deid_fpe_idno('11010519491231002X', 'release'), '15 digits as 18');
SELECT is(left(deid_fpe_idno(v, 'release', 2), 6), left(v, 6), 'permits and foreigners keep the region') FROM unnest('{810000199408230021,932682198501010017}'::text[]) v;
SELECT throws_ok(format('SELECT deid_fpe_idno(%L, %L, %s, %s, %L)', '110105199003071239', 'release', k, b, s), code, NULL, format('keep %s, band %s, sex %s', k, b, s))
FROM (VALUES (6, 5, true, '22003'), (6, 2, false, '22003'), (6, 1, true, '22003'), (5, 10, true, '22023'), (0, 10, true, '22023'), (6, 0, true, '22023'), (6, 101, true, '22023'), (6, -10, true, '22023')) v (k, b, s, code);
SELECT lives_ok(format('SELECT deid_fpe_idno(%L, %L, %s, %s, %L)', '110105199003071239', 'release', k, b, s), format('keep %s, band %s, sex %s', k, b, s))
FROM (VALUES (6, 6, true), (6, 3, false), (4, 2, true), (6, 100, true)) v (k, b, s);
-- a cell that a last date cuts short
SELECT deid_key_create('y2021', 'fpe', 'aes-256', 'deid_user', NULL, '2021-06-30') \gset
SELECT throws_ok($$SELECT deid_fpe_idno('110105202003071233', 'y2021')$$, '22003', NULL, 'a cell cut short is too small');
SELECT ok(substr(deid_fpe_idno('110105202003071233', 'y2021', keep_region => 4, on_invalid => 'null'), 7, 8) <= '20210630', 'no birth after the last date');
SELECT is(deid_fpe_idno('110105202107011235', 'y2021', keep_region => 2, on_invalid => 'null'), NULL, 'a birth after the last date');
SELECT deid_key_create('none', 'fpe', 'aes-256', 'deid_user', NULL, '-infinity') \gset
SELECT is(deid_fpe_idno(v, 'none', on_invalid => 'null'), NULL, 'every birth is after the last date') FROM unnest('{110105199003071239,110105201003071239}'::text[]) v;
SELECT throws_ok($$SELECT deid_fpe_idno('110105201003071239'::cn_id, 'none')$$, '22023', 'the value cannot be enciphered');

-- What is invalid.
SELECT is(deid_fpe_idno('110105199003071230', 'release', on_invalid => 'null'), NULL, 'invalid as NULL');
SELECT is(deid_fpe_idno('110105199003071230', 'release', on_invalid => 'mask'), repeat('*', 18), 'invalid as mask');
SELECT is(deid_fpe_idno('李四', 'release', on_invalid => 'mask'), '**', 'a mask of characters');
SELECT is(deid_fpe_idno('110105199003071230', 'release', on_invalid => 'token'), deid_token('110105199003071230', 'idno', 'release'), 'invalid as token');
SELECT throws_ok($$SELECT deid_fpe_idno('110105199003071230', 'aes128', on_invalid => 'token')$$, '22023', NULL, 'a key without tokens');
SELECT throws_ok($$SELECT deid_fpe_idno('110105199003071230', 'release')$$, '22023', 'the value cannot be enciphered');
SELECT throws_ok($$SELECT deid_fpe_idno('110105199003071239', 'release', on_invalid => 'Null')$$, '22023', 'invalid value for argument on_invalid');
SELECT throws_ok($$SELECT deid_fpe_idno('110105199003071239', 'release', check_digit => 'no')$$, '22023', 'invalid value for argument check_digit');
SELECT throws_ok(format('SELECT deid_fpe_idno(%L, %L)', deid_fpe_idno('110105199003071239', 'release', check_digit => 'invalid'), 'release'), '22023', NULL, 'a pseudonym fed back');

-- Mobile numbers, cards, record numbers.
SELECT is(deid_fpe_mobile(v, 'aes128'), '13886297584', v) FROM unnest('{13812345678,"+86 138-1234-5678","１３８１２３４５６７８",8613812345678}'::text[]) v;
SELECT is(left(deid_fpe_mobile('13812345678', 'release', k), k), left('13812345678', k), 'keeps ' || k) FROM generate_series(2, 5) k;
SELECT throws_ok(format('SELECT deid_fpe_mobile(%L, %L, %s)', '13812345678', 'release', k), code, NULL, 'keep ' || k)
FROM (VALUES (6, '22003'), (7, '22003'), (11, '22003'), (1, '22023'), (12, '22023'), (-1, '22023')) v (k, code);
SELECT is(count(DISTINCT p), 20000::bigint, 'mobile numbers one to one') FROM generate_series(1, 20000) i, LATERAL (SELECT deid_fpe_mobile((13800000000 + i * 4999)::text, 'release')) v (p)
WHERE (validate_identity('mobile', p)).valid;
SELECT is(deid_fpe_mobile('027-87654321', 'release', on_invalid => 'mask'), '************', 'no mobile number');
SELECT is(count(DISTINCT p), 20000::bigint, 'cards one to one') FROM generate_series(1, 20000) i,
	LATERAL (SELECT '622202' || lpad((i * 49999)::text, 12, '0') AS body) b,
	LATERAL (SELECT body || (10 - (SELECT sum(CASE WHEN n % 2 = 0 THEN (d * 2) / 10 + (d * 2) % 10 ELSE d END) FROM generate_series(1, 18) n, LATERAL (SELECT substr(body, n, 1)::int AS d) x) % 10) % 10 AS card) c,
	LATERAL (SELECT deid_fpe_bankcard(card, 'release')) v (p)
WHERE (validate_identity('bankcard', p)).valid AND left(p, 6) = '622202' AND length(p) = 19;
SELECT is(length(deid_fpe_bankcard('4111 1111 1111 1111', 'release')), 16, '16 digits with blanks');
SELECT throws_ok($$SELECT deid_fpe_bankcard('4111111111111112', 'release')$$, '22023', 'the value cannot be enciphered');
SELECT ok(p ~ '^ZY-[0-9]{4}/[0-9]{5}号$' AND p <> v, 'letters and separators stay') FROM (SELECT 'ZY-2024/00123号') i (v), LATERAL (SELECT deid_fpe_digits(v, 'release')) o (p);
SELECT is(deid_fpe_digits('ZY２０２４００１２３', 'release'), deid_fpe_digits('ZY202400123', 'release'), 'full-width digits do not stay readable');
SELECT isnt(right(deid_fpe_digits('A-123456', 'release'), 6), right(deid_fpe_digits('B-123456', 'release'), 6), 'what is kept is the tweak');
SELECT throws_ok($$SELECT deid_fpe_digits('ZY-12345', 'release')$$, '22003', NULL, 'five digits are too few');
SELECT is(deid_fpe_digits('ZY-12345', 'release', 'token'), deid_token('ZY-12345', 'digits', 'release'), 'or a token');
SELECT throws_ok(format('SELECT deid_fpe_digits(%L, %L)', repeat(c, n), 'release'), '22023', NULL, 'too long') FROM (VALUES ('1', 257), ('x', 1025)) v (c, n);
SELECT lives_ok(format('SELECT deid_fpe_digits(%L, %L)', repeat(c, n), 'release'), 'as long as can be') FROM (VALUES ('1', 256), ('123456' || repeat('x', 1018), 1)) v (c, n);

-- Text over an alphabet.
CREATE TEMP TABLE alphabets AS
SELECT string_agg(chr(c), '' ORDER BY c) AS letters, n FROM (VALUES (2), (3), (10), (128), (1000), (20000), (65536)) v (n),
	LATERAL (SELECT c, row_number() OVER (ORDER BY c) AS rank FROM generate_series(48, 80000) c WHERE c NOT BETWEEN 55296 AND 57343) r
WHERE rank <= n GROUP BY n;
SELECT is(count(DISTINCT p), 200::bigint, format('radix %s, %s characters', n, len)) FROM alphabets, unnest('{20,41,64,255,256}'::int[]) len, generate_series(1, 200) i,
	LATERAL (SELECT string_agg(substr(letters, 1 + (hashint4(i * 300 + k) & 2147483647) % n, 1), '' ORDER BY k) AS v FROM generate_series(1, len) k) x,
	LATERAL (SELECT deid_fpe(v, letters, 't', 'release') AS p) y
WHERE char_length(p) = len AND n <= 1000 GROUP BY n, len;
SELECT ok(char_length(deid_fpe(repeat(right(letters, 1), len), letters, '', 'sm4')) = len, format('radix %s, %s characters', n, len)) FROM alphabets, unnest('{2,3,255,256}'::int[]) len WHERE n > 1000;
SELECT throws_ok(format('SELECT deid_fpe(%L, %L, %L, %L)', v, a, '', 'release'), code, NULL, why) FROM (VALUES
	('12345', '0123456789', '22003', 'too short'), ('', '0123456789', '22003', 'empty'), ('000000', '0', '22023', 'one letter'), ('000000', '', '22023', 'no letters'),
	('000000', '01230', '22023', 'twice a letter'), ('00000a', '0123456789', '22023', 'a foreign letter'), (repeat('1', 257), '0123456789', '22023', 'too long'),
	('张张', '张三李四', '22003', 'a small radix')) v (v, a, code, why);
SELECT throws_ok(format('SELECT deid_fpe(%L, (SELECT letters || chr(90000) FROM alphabets WHERE n = 65536), %L, %L)', '0000', '', 'release'), '22023', 'invalid alphabet');
SELECT is(deid_fpe(v, a, '', 'release'), deid_fpe(v, a, '', 'release'), 'the alphabet may change from row to row')
FROM (VALUES ('01234567890123456789', '0123456789'), ('abcabcabcabcabcabcab', 'abc'), ('01234567890123456789', '9876543210')) v (v, a), generate_series(1, 3);

-- Two releases are unlinkable; so are two versions.
CREATE FUNCTION pg_temp.release(key name) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT unnest(array[deid_token(id, 'idno', key), deid_uuid(id, 'idno', key)::text, deid_fpe_idno(id, key), deid_fpe_mobile('138' || right(left(id, 17), 8), key),
		id || ' ' || deid_shift(date '2024-01-01', id, key, 36500, false), id || ' ' || deid_num(1e15, id, key, 100)]) FROM ids
$$;
CREATE TEMP TABLE one AS SELECT v FROM pg_temp.release('release') v;
CREATE TEMP TABLE two AS SELECT v FROM pg_temp.release('other') v;
SELECT deid_key_rotate('release', 'infinity') \gset
CREATE TEMP TABLE three AS SELECT v FROM pg_temp.release('release') v;
SELECT cmp_ok(count(*), '<', 20::bigint, 'hardly a value in common, by chance') FROM (TABLE one INTERSECT TABLE two) v;
SELECT cmp_ok(count(*), '<', 20::bigint, 'hardly a value in common after rotation') FROM (TABLE one INTERSECT TABLE three) v;
SELECT is(count(*), 0::bigint, 'no token or UUID in common') FROM (TABLE one INTERSECT (TABLE two UNION TABLE three)) v WHERE v ~ '^(k[0-9]+-|.{8}-.{4}-8)';
SELECT throws_ok(format('SELECT deid_token(%L, %L, %L)', v, 'idno', 'release'), '22023', NULL, 'a token of the version before') FROM one WHERE v LIKE 'k1-%' LIMIT 1;

SELECT * FROM finish();
ROLLBACK;
