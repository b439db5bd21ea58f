-- The reference schema: what the description says is what is there, in any prefix,
-- and its domains, rules and references reject what they should.
\set QUIET 1
BEGIN;
SET client_min_messages = warning;
SELECT * FROM no_plan();

CALL create_base_schema();
CALL create_base_schema('we"ird; drop');

CREATE TEMP VIEW live AS
SELECT p.prefix, n.nspname, c.oid AS relation, split_part(t.tab, '.', 2) AS name, t.tab, c.relkind
FROM (VALUES ('hb'), ('we"ird; drop')) p (prefix)
CROSS JOIN base_tables() t
LEFT JOIN pg_namespace n ON n.nspname = p.prefix || '_' || split_part(t.tab, '.', 1)
LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = split_part(t.tab, '.', 2);

-- the catalogue against the description
SELECT is(count(*) FILTER (WHERE relkind = 'r'), 2 * (SELECT count(*) FROM base_tables()), 'every table of base_tables is there, in both prefixes') FROM live;
SELECT set_eq($$SELECT split_part(tab, '.', 1) FROM base_tables()$$, ARRAY['ehr', 'emr', 'ins', 'pop', 'ref'],
	'tables are in the five schemas');
SELECT is(count(*), 0::bigint, 'no table of these schemas is missing from base_tables')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname ~ '^(hb|we"ird; drop)_(ref|pop|ehr|emr|ins)$' AND c.relkind = 'r' AND c.oid NOT IN (SELECT relation FROM live);
SELECT is(count(*), 0::bigint, 'columns are those of base_columns, in their order and of their types')
FROM (SELECT l.tab, l.prefix, a.attname, row_number() OVER (PARTITION BY l.relation ORDER BY attnum) AS n, format_type(atttypid, atttypmod) AS type, a.attcollation = '"C"'::regcollation AS c
	FROM live l JOIN pg_attribute a ON a.attrelid = relation AND attnum > 0) a
FULL JOIN (SELECT prefix, c.tab, col AS attname, row_number() OVER (PARTITION BY prefix, c.tab ORDER BY c.n) AS n, c.type
	FROM base_columns() c, (VALUES ('hb'), ('we"ird; drop')) p (prefix)) d USING (prefix, tab, attname, n)
WHERE a.type IS NULL OR d.type IS NULL OR a.c <> (d.type = 'code')
	OR a.type <> CASE d.type WHEN 'code' THEN 'text' WHEN 'identity' THEN 'bigint' ELSE replace(format_type(regexp_replace(d.type, '\(.*\)', '')::regtype, NULL) || coalesce(substring(d.type FROM '\(.*\)'), ''), ' ', ' ') END;
SELECT is(count(*), 0::bigint, 'every table and column has a meaning in Chinese and English')
FROM (SELECT obj_description(relation, 'pg_class') AS remark FROM live
	UNION ALL SELECT col_description(relation, attnum) FROM live JOIN pg_attribute ON attrelid = relation AND attnum > 0
	UNION ALL SELECT col_description('hb_ref.load_report'::regclass, attnum) FROM pg_attribute WHERE attrelid = 'hb_ref.load_report'::regclass) r
WHERE remark IS NULL OR remark !~ '[一-鿿]|ISO|MMWR|ID' OR remark !~ ' / .*[a-z]';
SELECT is(count(*), 0::bigint, 'a data element begins the comment of its column')
FROM base_columns() c JOIN live l USING (tab) JOIN pg_attribute a ON attrelid = relation AND attname = col
WHERE coalesce(de, 'x') !~ '^(DE|HDSD)\d\d\.\d\d\.\d\d\d(\.\d\d)?$' AND de IS NOT NULL
	OR de IS NOT NULL AND NOT starts_with(col_description(relation, attnum), de || ' ');
SELECT cmp_ok(count(de), '>=', 70::bigint, 'data elements are known for many columns') FROM base_columns();
SELECT is(count(*), 0::bigint, 'every table has its primary key')
FROM live l JOIN base_tables() t USING (tab) LEFT JOIN pg_constraint c ON conrelid = relation AND contype = 'p'
WHERE pg_get_constraintdef(c.oid) IS DISTINCT FROM 'PRIMARY KEY (' || t.pk || ')';
SELECT is(count(*), 0::bigint, 'every reference is a foreign key to the table named, within the prefix')
FROM base_columns() s JOIN live l USING (tab) JOIN live r ON r.prefix = l.prefix AND r.tab = s.fk
WHERE NOT EXISTS (SELECT FROM pg_constraint c JOIN pg_attribute a ON attrelid = conrelid AND conkey = ARRAY[attnum]
	WHERE contype = 'f' AND conrelid = l.relation AND confrelid = r.relation AND attname = s.col AND convalidated);
SELECT is(count(*), 0::bigint, 'every reference, domain and rule of the description is well formed')
FROM base_columns() c
WHERE fk IS NOT NULL AND fk NOT IN (SELECT tab FROM base_tables()) OR domain IS NOT NULL AND domain NOT IN (SELECT cv FROM base_codes())
	OR tab NOT IN (SELECT tab FROM base_tables()) OR fk IS NOT NULL AND domain IS NOT NULL;
SELECT is(count(*), 0::bigint, 'every column with a domain has a check with exactly its codes')
FROM base_columns() c JOIN live l USING (tab) LEFT JOIN pg_constraint k ON conrelid = relation AND conname = name || '_' || col || '_domain' AND contype = 'c'
WHERE domain IS NOT NULL AND NOT coalesce((substring(pg_get_constraintdef(k.oid) FROM '''(\{.*\})''')::text[]
	= ARRAY(SELECT DISTINCT code COLLATE "C" FROM base_codes() WHERE cv = domain ORDER BY 1)), false);
SELECT is(count(*), 0::bigint, 'types of codes and identities are those of the extension')
FROM base_columns() WHERE type = 'code' AND col ~ 'icd10|icd9cm3|admdvs|^area$|uscc';
SELECT is_empty($$SELECT * FROM base_keys_missing('hb') UNION ALL SELECT * FROM base_keys_missing('we"ird; drop')$$, 'nothing of base_keys is missing');

-- the national field names (settlement platform), as the notes on insurance list them
SELECT is_empty($$
	SELECT t, f FROM (VALUES
		('mdtrt_d', '{mdtrt_id,psn_no,gend,brdy,insutype,psn_type,insu_admdvs,fixmedins_code,hosp_lv,fix_blng_admdvs,begntime,endtime,med_type,ipt_otp_no,adm_dept,dscg_maindiag_code,ipt_days,chfpdr_code}'::text[]),
		('setl_d', '{setl_id,mdtrt_id,setl_time,setl_type,medfee_sumamt,fulamt_ownpay_amt,overlmt_selfpay,preselfpay_amt,inscp_amt,fund_pay_sumamt,acct_pay,cash_payamt,vali_flag}'),
		('fee_list_d', '{setl_id,rx_drord_no,mdtrt_id,fee_ocur_time,cnt,pric,det_item_fee_sumamt,pric_uplmt_amt,chrgitm_lv,hilist_code,list_type,med_list_codg,bilg_dr_code,acord_dr_code,sin_dos_dscr,used_frqu_dscr,prd_days,trace_code}'),
		('setl_list_diag_d', '{setl_id,diag_code}'), ('setl_list_oprn_d', '{oprn_oprt_code,oprn_oprt_begntime,oprn_oprt_endtime,anst_begntime,anst_endtime}'),
		('label', '{fraud_id,type,scheme_id,row_key,amount,role}')) v (t, fields), unnest(fields) f
	WHERE ('ins.' || t, f) NOT IN (SELECT tab, col FROM base_columns())
$$, 'insurance tables carry the national field names');

-- what GB/T 2261.1, 3304 and 2260 say
SELECT set_eq($$SELECT code COLLATE "default" FROM hb_ref.code_table WHERE cv = 'GB/T 2261.1' AND current_date <@ valid$$, ARRAY['0', '1', '2', '9'], 'sexes of GB/T 2261.1');
SELECT is(count(*)::int, 56, 'nationalities of GB/T 3304') FROM hb_ref.code_table WHERE cv = 'GB/T 3304' AND code ~ '^\d\d$';
SELECT is(count(*)::int, 17, 'prefectures of Hubei, as GB/T 2260 has them') FROM hb_ref.area
WHERE code <@ '42' AND (cn_division_level(code) = 'prefecture' AND code <> '429000' OR cn_division_level(code) = 'county' AND parent = '420000');
SELECT set_eq($$SELECT disease COLLATE "default" FROM hb_ref.disease WHERE class = 'A'$$, ARRAY['CHOLERA', 'PLAGUE'], 'class A of the law is plague and cholera');
SELECT is(sum(pop)::bigint, 57752557::bigint, 'Hubei in the census of 2020') FROM hb_ref.std_pop WHERE std = 'hubei2020' AND sex = 'b';
SELECT is(string_agg(d::text || ' ' || holiday, ', ' ORDER BY d), '2024-02-10 春节, 2024-02-11 春节, 2024-02-12 春节', 'Spring Festival of 2024 under the decree of 2013')
FROM hb_ref.calendar WHERE holiday = '春节' AND d BETWEEN '2024-01-01' AND '2024-12-31';
SELECT is(string_agg(iso || ' ' || mmwr, ', ' ORDER BY d), '2020-W53 2020-53, 2020-W53 2021-01', 'weeks of ISO and of MMWR around 2021')
FROM hb_ref.calendar WHERE d IN ('2021-01-02', '2021-01-03');
SELECT is(count(*), 0::bigint, 'an element of the catalogue for each that a column names')
FROM base_columns() WHERE de IS NOT NULL AND de NOT IN (SELECT de_id FROM hb_ref.element);

-- each domain takes every code of its own and rejects one that is none: all columns, by one trick
CREATE FUNCTION domain_holds(tab text, col text, code text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE def text;
BEGIN
	SELECT substring(pg_get_constraintdef(oid) FROM '^CHECK \((.*)\)$') INTO def FROM pg_constraint
	WHERE conrelid = ('hb_' || tab)::regclass AND conname = split_part(tab, '.', 2) || '_' || col || '_domain';
	EXECUTE format('SELECT %s FROM (SELECT $1 COLLATE "C" AS %I) x', def, col) INTO STRICT def USING code;
	RETURN def::boolean;
END $$;
SELECT is(count(*), 0::bigint, 'each domain takes its codes') FROM base_columns() c JOIN base_codes() d ON d.cv = c.domain WHERE NOT domain_holds(tab, col, code);
SELECT is(count(*), 0::bigint, 'and no others') FROM base_columns() c, unnest(ARRAY['', ' ', 'ZZZ', '１', '1 ']) wrong
WHERE domain IS NOT NULL AND domain_holds(tab, col, wrong);

-- rows that should go in, and faults that should not
INSERT INTO hb_pop.person (pid, id, sex, birth, eth) VALUES (1, '11010519491231002X', '2', '1949-12-31', '01');
INSERT INTO hb_pop.residence VALUES (1, '2', '420106', '[2000-01-01,)');
SAVEPOINT s;
SELECT throws_ok($$INSERT INTO hb_pop.person (pid, sex, birth) VALUES (2, '3', '1950-01-01')$$, '23514', NULL, 'a sex that is no code');
SELECT throws_ok($$INSERT INTO hb_pop.person (pid, sex, birth, eth) VALUES (2, '1', '1950-01-01', '57')$$, '23514', NULL, 'a nationality that is no code');
SELECT throws_ok($$INSERT INTO hb_pop.person (pid, sex, birth, death) VALUES (2, '1', '1950-01-01', '1949-01-01')$$, '23514', NULL, 'a death before the birth');
SELECT throws_ok($$INSERT INTO hb_pop.person (pid, sex) VALUES (2, '1')$$, '23502', NULL, 'no date of birth');
SELECT throws_ok($$INSERT INTO hb_pop.person (pid, id, sex, birth) VALUES (2, '110105194912310021', '2', '1950-01-01')$$, '22P02', NULL, 'an identity number with a wrong check digit');
SELECT throws_ok($$INSERT INTO hb_pop.person (pid, id, sex, birth) VALUES (2, '11010519491231002X', '2', '1950-01-01')$$, '23505', NULL, 'an identity number twice');
SELECT throws_ok($$INSERT INTO hb_pop.residence VALUES (2, '2', '420106', '[2000-01-01,)')$$, '23503', NULL, 'a residence of nobody');
SELECT throws_ok($$INSERT INTO hb_pop.residence VALUES (1, '1', '429999', '[2000-01-01,)')$$, '23503', NULL, 'a residence in no division');
SELECT throws_ok($$INSERT INTO hb_pop.residence VALUES (1, '1', '420106', 'empty')$$, '23514', NULL, 'a residence of no time');
SELECT throws_ok($$INSERT INTO hb_emr.enc (enc_id, pid, kind, at) VALUES (1, 1, 'ip', '(,2024-01-01)')$$, '23514', NULL, 'a stay without admission');
SELECT throws_ok($$INSERT INTO hb_ins.fund_flow VALUES ('420100', '310', '2024-01-02', 1, 1, 1)$$, '23514', NULL, 'a month that is no first day');
SELECT throws_ok($$INSERT INTO hb_ref.org (org_code, name, kind, uscc) VALUES ('H1', '一', 'A', '91420100MA4KXXXX0J')$$, '22P02', NULL, 'a credit code with a wrong check character');
SELECT throws_ok($$INSERT INTO hb_ref.atc VALUES ('A1B', 'x', 1, 'g', 'O')$$, '23514', NULL, 'an ATC code of a wrong shape');
ROLLBACK TO s;

-- checks follow the site's codes; versions stand side by side
INSERT INTO hb_ref.code_table VALUES ('GB/T 3304', '97', '其他', 'other', '[2000-01-01,)', 'site');
SELECT throws_ok($$INSERT INTO hb_pop.person (pid, sex, birth, eth) VALUES (2, '1', '1950-01-01', '97')$$, '23514', NULL, 'a code of the site before the upgrade');
CALL upgrade_base_schema();
SELECT lives_ok($$INSERT INTO hb_pop.person (pid, sex, birth, eth) VALUES (2, '1', '1950-01-01', '97')$$, 'and after it');
SELECT throws_ok($$INSERT INTO "we""ird; drop_pop".person (pid, sex, birth, eth) VALUES (2, '1', '1950-01-01', '97')$$, '23514', NULL, 'the other prefix has codes of its own');
SELECT is_empty($$SELECT * FROM "we""ird; drop_pop".person$$, 'and rows of its own');

-- parameters
SELECT throws_ok($$CALL create_base_schema()$$, '42P06', 'schema "hb_ehr" already exists');
SELECT throws_ok($$CALL create_base_schema('')$$, '22023');
SELECT throws_ok(format('CALL create_base_schema(%L)', repeat('x', 60)), '22023');
SELECT throws_ok(format('CALL create_base_schema(%L)', repeat('省', 20)), '22023');
SELECT lives_ok(format('CALL create_base_schema(%L)', repeat('x', 59)), 'a prefix of 59 bytes');
SELECT is(count(*)::int, 5, 'its schemas') FROM pg_namespace WHERE nspname LIKE repeat('x', 59) || '\____';

SELECT * FROM finish();
ROLLBACK;
