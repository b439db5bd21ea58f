-- Every published case by validate_identity, and the table of formats itself.
\set QUIET 1
BEGIN;

CREATE TEMP TABLE cases (
	id int, kind text, input text, normalized text, verdict text, birth date, sex text,
	division_known boolean, origin text, decision text
);
\copy cases from program 'grep -v "^#" test/data/identity_cases.csv' (format csv, header)

SELECT * FROM no_plan();

SELECT cmp_ok(count(*), '>=', 130::bigint, 'cases are loaded') FROM cases;
SELECT is(CASE WHEN valid THEN 'valid' ELSE 'invalid' END, verdict, format('case %s, %s: verdict', id, kind))
FROM cases, LATERAL validate_identity(kind, input) ORDER BY id;
SELECT ok(rule IS NULL = (verdict = 'valid'), format('case %s, %s: a rule is named', id, kind))
FROM cases, LATERAL validate_identity(kind, input) ORDER BY id;
-- 15 digits stay 15 here, and the country code goes
SELECT is(normalised, CASE kind WHEN 'resident15' THEN input WHEN 'mobile' THEN replace(normalized, '+86', '') ELSE normalized END,
	format('case %s, %s: normalised', id, kind))
FROM cases, LATERAL validate_identity(kind, input) WHERE verdict = 'valid' ORDER BY id;
SELECT ok(v.valid AND v.normalised = n.normalised, format('case %s, %s: normalising again changes nothing', id, kind))
FROM cases, LATERAL validate_identity(kind, input) n, LATERAL validate_identity(kind, n.normalised) v
WHERE verdict = 'valid' ORDER BY id;
SELECT ok(f.kind = ANY (id_document_kind(input)) = (verdict = 'valid'), format('case %s, %s: among the kinds of the text', id, f.kind))
FROM cases c JOIN identity_formats f USING (kind) ORDER BY id;
SELECT ok(id_document_kind(input) <> '{}', format('case %s, %s: some kind', id, kind))
FROM cases WHERE verdict = 'valid' ORDER BY id;

-- The types and the table judge alike.
SELECT is((validate_identity('cn_id', input)).valid, try_cn_id(input) IS NOT NULL, format('case %s as cn_id', id)) FROM cases ORDER BY id;
SELECT is((validate_identity('uscc', input)).valid, try_uscc(input) IS NOT NULL, format('case %s as uscc', id)) FROM cases ORDER BY id;
SELECT is((validate_identity('orgcode', input)).valid, organisation_code_check(input) IS NULL, format('case %s as orgcode', id)) FROM cases ORDER BY id;

-- More of each format, one row a rule.
SELECT is((validate_identity(kind, input)).valid, valid, format('%s %s %s', CASE WHEN valid THEN 'accepts' ELSE 'refuses' END, kind, input))
FROM (VALUES ('tw_permit', '1234567890', true), ('tw_permit', '1234567890(12)', true), ('tw_permit', '１２３４５６７８９０（Ａ）', true),
	('tw_permit', '1234567A', false), ('tw_permit', '1234567890()', false), ('tw_permit', '1234567', false),
	('hkm_permit', 'h12345678', true), ('hkm_permit', 'H1234567A', false), ('hkm_permit', 'H 123 456 78 - 01', true),
	('passport_cn', 'EA1234567', true), ('passport_cn', 'EO1234567', false), ('passport_cn', 'P1234567', true), ('passport_cn', 's1234567', true),
	('passport_cn', 'E123456789', false), ('passport_sar', 'MA1234567', true), ('passport_sar', 'K12345678', true), ('passport_foreign', '12AB', false),
	('passport', 'G12345678', true), ('passport', 'C01X00T47', true), ('passport', 'E*', false),
	('military_officer', '参字第12345678号', true), ('military_officer', '军字第１２３４５６７号', true), ('military_officer', '南字第123号', false),
	('military_officer', '字第12345678号', false), ('military_officer', 'A字第12345678号', false), ('military_officer', '南京军字第12345678号', false),
	('birth_cert', 'l350247695', true), ('birth_cert', 'LL50247695', false),
	('mobile', '138 0013 8000', true), ('mobile', '8613800138000', true), ('mobile', '0086-138-0013-8000', true), ('mobile', '19912345678', true),
	('mobile', '138001380001', false), ('mobile', '11012345678', false), ('landline', '027-87654321', true), ('landline', '0710-3456789', true),
	('landline', '87654321', false), ('phone', '027-87654321', true), ('phone', '13800138000', true),
	('bankcard', '4111 1111 1111 1111', true), ('bankcard', '4111111111111112', false), ('bankcard', '411111111111111', false),
	('nhsa_institution', 'H4201020015', false), ('nhsa_institution', 'H420106001', false), ('nhsa_institution', 'P42010600123', false),
	('nhsa_pharmacy', 'P42010600123', true), ('nhsa_doctor', 'D420106001234', true), ('nhsa_nurse', 'N420106001234', true),
	('nhsa_pharmacist', 'Y420106001234', true), ('nhsa_drug', 'ZA04BAX0061020300423', true), ('nhsa_drug', 'ZA04BAX006102030042', false),
	('nhsa_herbal', 'T0000000000000000000', true), ('nhsa_consumable', 'C010101001130380755', false), ('nhsa_service', '00110200001000', false),
	('nhsa_service', '001101000010000', true), ('foreign_pr15', 'CA1110019810803', false), ('foreign_pr18', '832682198501010017', false),
	('foreign_pr18', '9326821985010100X7', false), ('uscc', 'N2420100441630008N', true), ('uscc', '9944030070846113XT', false),
	('uscc', '91440300708461136t', true), ('uscc', '９１４４０３００ 708461136-T', true), ('resident18', '110105491231002', false),
	('resident15', '11010519491231002X', false), ('cn_id', '110105491231002', true), ('resident15', '110105491231997', false)) v (kind, input, valid);

SELECT is((id_document_kind('11010519491231002X'))[1], 'resident18', 'a resident number first');
SELECT is((id_document_kind('91440300708461136T'))[1], 'uscc', 'a credit code first');
SELECT is(id_document_kind('H12345678'), '{hkm_permit,passport_sar,passport_foreign}', 'confirmed before unconfirmed');
SELECT is(id_document_kind(t), '{}', 'no kind') FROM unnest(array['', '   ', '张三', '****', repeat('1', 1000)]) t;
SELECT is((validate_identity('mobile', repeat('1', 1000))).valid, false, 'long text');
SELECT is((validate_identity('birth_cert', 'S42012345')).rule, 'the form is not a letter and 9 digits', 'the rule is the form in words');
SELECT is((validate_identity('bankcard', '6222021234567890')).rule, 'the check digit (Luhn) does not fit the other digits', 'the rule of the check');
SELECT is((validate_identity(k, '42010619900307018*')).rule, 'the number is masked', 'the rule of the type, as ' || k) FROM unnest('{cn_id,resident18,resident15}'::text[]) k;
SELECT throws_ok($$SELECT validate_identity('shoe size', '42')$$, '22023', 'unrecognized kind of identity');
SELECT ok(confirmed = (kind NOT IN ('foreign_pr15', 'nhsa_herbal', 'nhsa_doctor', 'nhsa_nurse', 'nhsa_pharmacist', 'passport_sar', 'passport_foreign')),
	'confirmed as the notes mark it: ' || kind) FROM identity_formats;

-- uscc: parts, and the check character by an oracle.
SELECT is(uscc_department(c), substr(c::text, 1, 1), 'department') FROM unnest('{124200004416300087,N2420100441630008N}'::uscc[]) c;
SELECT is(uscc_class('91440300708461136T'), '1', 'class');
SELECT is(uscc_division('91440300708461136T'), '440300', 'division');
SELECT is(uscc_organisation_code('91440300708461136T'), '708461136', 'organisation code');
CREATE FUNCTION pg_temp.check_character(text) RETURNS text LANGUAGE sql AS $$
	SELECT substr('0123456789ABCDEFGHJKLMNPQRTUWXY', 1 + (31 - sum(
		(strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', substr($1, i, 1)) - 1) * (power(3, i - 1)::numeric % 31))::int % 31) % 31, 1)
	FROM generate_series(1, 17) i
$$;
CREATE TEMP TABLE made AS
SELECT body || pg_temp.check_character(body) AS t
FROM generate_series(1, 4000) n, LATERAL (SELECT (array['12', '52', '91', '93', 'A1', 'N2', 'Y1', '81', '35'])[1 + n % 9]
	|| lpad((n * 7919 % 1000000)::text, 6, '0') || substr(translate(upper(md5(n::text)), 'ABCDEF', 'MWXYTH'), 1, 9) AS body) b;
SELECT is(count(*), 0::bigint, 'the check character agrees with the oracle') FROM made WHERE try_uscc(t)::text IS DISTINCT FROM t;
SELECT is(count(*), 0::bigint, 'no other check character') FROM made, unnest(string_to_array('0,1,2,3,4,5,6,7,8,9,A,B,C,D,E,F,G,H,J,K,L,M,N,P,Q,R,T,U,W,X,Y', ',')) c
WHERE c <> right(t, 1) AND try_uscc(left(t, 17) || c) IS NOT NULL;
SELECT is(array_agg(t ORDER BY t::uscc), array_agg(t ORDER BY t COLLATE "C"), 'sorted as text') FROM made;
SELECT is(array_agg(t ORDER BY t::uscc DESC), array_agg(t ORDER BY t COLLATE "C" DESC), 'sorted as text, descending') FROM made;
SELECT throws_ok($$SELECT '91440300708461136A'::uscc$$, '22P02', 'invalid input syntax for type uscc', 'the message hides the code');
SELECT is(uscc_check('91440300708461O36T'), 'a credit code has digits and capital letters without I, O, S, V, Z', 'rule');

SELECT * FROM finish();
ROLLBACK;
