-- Masks: the rows of test/data/deid_masks.csv and those of the reference, properties, what must not leak.
\getenv reference HB_REFERENCE
SELECT no_plan();

CREATE FUNCTION masked(mask text, input text, args text[]) RETURNS text LANGUAGE sql AS $$
	SELECT CASE mask
		WHEN 'mask' THEN deid_mask(input, args[1]::int, args[2]::int, args[3])
		WHEN 'mask_name' THEN deid_mask_name(input)
		WHEN 'mask_name_fixed' THEN deid_mask_name(input, fixed => true)
		WHEN 'mask_idno' THEN CASE WHEN args = '{}' THEN deid_mask_idno(input) ELSE deid_mask_idno(input, args[1]::int, args[2]::int) END
		WHEN 'mask_mobile' THEN deid_mask_mobile(input)
		WHEN 'mask_phone' THEN deid_mask_phone(input)
		WHEN 'mask_email' THEN deid_mask_email(input)
		WHEN 'mask_bankcard' THEN deid_mask_bankcard(input)
		WHEN 'mask_plate' THEN deid_mask_plate(input)
		WHEN 'mask_address' THEN deid_mask_address(input, args[1])
		WHEN 'partial' THEN deid_mask(input, args[1]::int, args[3]::int, trim(args[2], ''''))
		WHEN 'generalize_int' THEN deid_generalize(input::int, args[1]::int)::text
	END
$$;

CREATE TEMP TABLE mask (mask text, input text, args text, expected text, note text);
\copy mask from program 'grep -v "^#" test/data/deid_masks.csv' (format csv, header, force_not_null (input, expected))
SELECT cmp_ok(count(*), '>=', 100::bigint, 'rows are loaded') FROM mask;
SELECT is(masked(mask, input, args::text[]), expected, format('%s(%s) %s %s', mask, input, args, note)) FROM mask;

\if :{?reference}
CREATE TEMP TABLE reference (LIKE mask);
\copy reference from program 'cat "$HB_REFERENCE/deid/masks.tsv"' (format csv, header, delimiter E'\t')
SELECT is(masked(mask, input, CASE WHEN args ~ '^{' THEN '{}' ELSE string_to_array(args, ',') END), expected, format('masks.tsv: %s(%s)', mask, input)) FROM reference;
\else
SELECT skip('HB_REFERENCE is not set', 1);
\endif

-- No mask but that of an address gives back a value, whatever it is given, and none fails.
CREATE TEMP TABLE hostile AS
SELECT input FROM mask WHERE input <> '' UNION
SELECT left(input, n) FROM mask, generate_series(1, 12) n WHERE left(input, n) <> '' UNION
SELECT repeat('张', n) FROM unnest('{1,2,3,40,200,5000}'::int[]) n UNION
SELECT repeat('1', n) FROM generate_series(1, 40) n UNION
SELECT repeat(chr(769), n) FROM generate_series(1, 40) n UNION
SELECT chr(i) || chr(j) FROM unnest('{1,10,13,127,128,173,769,8205,65039,65535,128104,1114109}'::int[]) i, unnest('{1,10,13,65,769,8205,65039,127464}'::int[]) j;
SELECT is(count(*), 0::bigint, 'no value comes back from ' || mask) FROM hostile,
	unnest('{mask,mask_name,mask_idno,mask_mobile,mask_phone,mask_email,mask_bankcard,mask_plate}'::text[]) mask
WHERE masked(mask, input, CASE mask WHEN 'mask' THEN '{2,3,*}' WHEN 'mask_idno' THEN '{9,9}' ELSE '{}' END::text[]) = input
GROUP BY mask;
SELECT is(count(*), 0::bigint, 'the general mask shows no more than asked for') FROM hostile, generate_series(0, 4) l, generate_series(0, 4) r
WHERE char_length(replace(deid_mask(input, l, r, '*'), '*', '')) > 0 AND (l + r = 0 OR char_length(deid_mask(input, 0, 0)) <= l + r);
SELECT is(count(*), 0::bigint, 'of a wholly hidden text the number of characters is left') FROM hostile
WHERE deid_mask(input, 0, 0) !~ '^\*+$' OR char_length(deid_mask(input, 0, 0)) > char_length(input);
SELECT is(deid_mask_idno(deid_mask_idno('110105199003071239')), repeat('*', 18), 'a masked number is no number');

SELECT is(deid_mask_ip(a), m, a::text) FROM (VALUES ('10.1.2.3'::inet, '10.1.2.0/24'::inet), ('10.1.2.3/8', '10.0.0.0/8'), ('2001:db8:1:2::7', '2001:db8:1::/48'),
	('::1', '::/48'), ('0.0.0.0/0', '0.0.0.0/0')) v (a, m);

SELECT is(masked(m, NULL, CASE m WHEN 'mask' THEN '{1,1,*}' ELSE '{}' END::text[]), NULL, m || ' of NULL')
FROM unnest('{mask,mask_name,mask_idno,mask_mobile,mask_phone,mask_email,mask_bankcard,mask_plate}'::text[]) m;
SELECT is(deid_mask_address(NULL, 'city'), NULL, 'address of NULL');
SELECT throws_ok(format('SELECT %s', call), '22023', NULL, call) FROM unnest(array['deid_mask(''a'', -1, 0)', 'deid_mask(''a'', 0, -1)', 'deid_mask(''a'', 0, 0, '''')',
	'deid_mask_idno(''a'', -1)', 'deid_mask_address(''a'', ''town'')', 'deid_mask_address(''a'', '''')']) call;
SELECT throws_ok($$SELECT deid_mask(repeat('a', 33554433), 0, 0)$$, '54000', NULL, 'a text that is too long');
SELECT throws_ok($$SELECT deid_mask(repeat('a', 1000000), 0, 0, 'a' || repeat(chr(769), 1000))$$, '54000', NULL, 'a mask that gets too long');
SELECT is(deid_mask(repeat('a', 1000000), 1, 0, '<hidden>'), 'a<hidden>', 'a long fill stands once');
SELECT is(deid_mask('abc', 0, 0, '<hidden>'), '<hidden>', 'a long fill hides the length as well where nothing is to be kept');
SELECT is(deid_mask('', 0, 0, '<hidden>'), '', 'of an empty text there is nothing to hide');
SELECT is(deid_mask('ab', 1, 1, '#'), '##', 'a short text with a fill of one character');
SELECT is(octet_length(deid_mask(repeat('a', 1000000) || chr(769), 2, 1)), 2 + 999997 + 3, 'a long text through ICU');
SELECT * FROM finish();
