-- audit: rules, what they know, and running them

CREATE TABLE audit_rule (
    rule text COLLATE "C" NOT NULL CHECK (rule ~ '^[a-z0-9_.-]{1,63}$'),
    version integer NOT NULL DEFAULT 1 CHECK (version > 0),
    title_zh text NOT NULL,
    title_en text NOT NULL,
    category text NOT NULL CHECK (category IN ('policy', 'management', 'medical')),
    definition text NOT NULL,
    method text NOT NULL,
    params jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(params) = 'object'),
    points text,
    result_type text NOT NULL DEFAULT 'suspicious' CHECK (result_type IN ('suspicious', 'violation')),
    stage text NOT NULL DEFAULT 'after' CHECK (stage IN ('before', 'during', 'after')),
    time_span text NOT NULL CHECK (time_span IN ('hour', '6 hours', 'day', 'visit', 'stay', 'days', 'month', 'quarter', 'year', 'insurance year', 'other')),
    scene text[] CHECK (scene <@ '{inpatient,outpatient,pharmacy,internet,other}'),
    hosp_lv text[],
    org_kind text[],
    insutype text[],
    fund_type text[],
    exceptions text,
    basis text,
    valid daterange NOT NULL DEFAULT '(,)' CHECK (NOT isempty(valid)),
    builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (rule, version)
);
SELECT pg_catalog.pg_extension_config_dump('audit_rule', 'WHERE NOT builtin');
GRANT SELECT ON audit_rule TO PUBLIC;
COMMENT ON TABLE audit_rule IS 'The rule library: rules with the fields of the national one (NHSA, rule library and knowledge library 1.0 of 2023). Rules of the extension are builtin and change with its version; those of the user are dumped. Whoever owns the extension adds rules, or grants INSERT.';
COMMENT ON COLUMN audit_rule.rule IS 'name: lower-case letters, digits, _ . -';
COMMENT ON COLUMN audit_rule.version IS 'of the rule; the highest one is run unless another is asked for';
COMMENT ON COLUMN audit_rule.title_zh IS 'Chinese title';
COMMENT ON COLUMN audit_rule.title_en IS 'English title';
COMMENT ON COLUMN audit_rule.category IS 'policy, management or medical';
COMMENT ON COLUMN audit_rule.definition IS 'what the rule says';
COMMENT ON COLUMN audit_rule.method IS 'how it is looked for: one of audit_methods()';
COMMENT ON COLUMN audit_rule.params IS 'parameters of the method that differ from its defaults';
COMMENT ON COLUMN audit_rule.points IS 'list of audit_point that the rule takes; NULL: the limits of the catalogue med_list_b';
COMMENT ON COLUMN audit_rule.result_type IS 'suspicious, to be reviewed, or violation, certain by itself';
COMMENT ON COLUMN audit_rule.stage IS 'before, during or after settlement';
COMMENT ON COLUMN audit_rule.time_span IS 'within what it looks: hour, 6 hours, day, visit, stay, days, month, quarter, year, insurance year, other';
COMMENT ON COLUMN audit_rule.scene IS 'scenes that it holds for: inpatient, outpatient, pharmacy, internet, other; NULL: all';
COMMENT ON COLUMN audit_rule.hosp_lv IS 'levels of hospitals that it holds for (NHSA.hosp_lv); NULL: all';
COMMENT ON COLUMN audit_rule.org_kind IS 'kinds of institutions that it holds for (HB.org_kind); NULL: all';
COMMENT ON COLUMN audit_rule.insutype IS 'kinds of insurance that it holds for (NHSA.insutype); NULL: all';
COMMENT ON COLUMN audit_rule.fund_type IS 'funds that it protects, for the record; NULL: all';
COMMENT ON COLUMN audit_rule.exceptions IS 'what looks alike and is legal';
COMMENT ON COLUMN audit_rule.basis IS 'law or notice that it rests on';
COMMENT ON COLUMN audit_rule.valid IS 'days of visits that it holds for';
COMMENT ON COLUMN audit_rule.builtin IS 'a rule of the extension';

CREATE TABLE audit_point (
    list text COLLATE "C" NOT NULL CHECK (list <> ''),
    code text COLLATE "C" CHECK (code <> ''),
    name text CHECK (name <> ''),
    other_code text COLLATE "C" CHECK (other_code <> ''),
    other_name text,
    granule text CHECK (granule IN ('hour', '6 hours', 'day', 'visit')),
    sex text CHECK (sex IN ('1', '2')),
    from_age interval,
    below_age interval,
    scene text[],
    med_type text[],
    hosp_lv text[],
    insutype text[],
    max_count numeric CHECK (max_count >= 0),
    days integer CHECK (days > 0),
    grp text,
    share numeric CHECK (share BETWEEN 0 AND 1),
    note text,
    source text,
    transcribed boolean NOT NULL DEFAULT true,
    CONSTRAINT audit_point_item CHECK (coalesce(code, name) IS NOT NULL)
);
CREATE INDEX audit_point_list ON audit_point (list);
SELECT pg_catalog.pg_extension_config_dump('audit_point', '');
GRANT SELECT ON audit_point TO PUBLIC;
COMMENT ON TABLE audit_point IS 'Knowledge points, a row each: what is known of an item, or of two items. Rows are the user''s, filled by audit_point_load or INSERT, and are dumped.';
COMMENT ON COLUMN audit_point.list IS 'list that rules name in points';
COMMENT ON COLUMN audit_point.code IS 'code of the item, or a beginning of codes';
COMMENT ON COLUMN audit_point.name IS 'name; where there is no code, items of the catalogue with this name';
COMMENT ON COLUMN audit_point.other_code IS 'code of the item that it excludes, or a beginning of codes';
COMMENT ON COLUMN audit_point.other_name IS 'name of that item';
COMMENT ON COLUMN audit_point.granule IS 'within what the two exclude each other: hour, 6 hours, day, visit';
COMMENT ON COLUMN audit_point.sex IS 'only for this sex (GB/T 2261.1)';
COMMENT ON COLUMN audit_point.from_age IS 'only from this age on';
COMMENT ON COLUMN audit_point.below_age IS 'only below this age';
COMMENT ON COLUMN audit_point.scene IS 'only in these scenes, as in audit_rule';
COMMENT ON COLUMN audit_point.med_type IS 'only for these kinds of visits (NHSA.med_type)';
COMMENT ON COLUMN audit_point.hosp_lv IS 'only at hospitals of these levels (NHSA.hosp_lv)';
COMMENT ON COLUMN audit_point.insutype IS 'only for these kinds of insurance (NHSA.insutype)';
COMMENT ON COLUMN audit_point.max_count IS 'paid at most so often within days';
COMMENT ON COLUMN audit_point.days IS 'days that max_count is for; without it, paid days of a course';
COMMENT ON COLUMN audit_point.grp IS 'group of operations of one incision';
COMMENT ON COLUMN audit_point.share IS 'share of the price that a further operation of the group is paid at';
COMMENT ON COLUMN audit_point.note IS 'as the source has it';
COMMENT ON COLUMN audit_point.source IS 'where it is from';
COMMENT ON COLUMN audit_point.transcribed IS 'copied by somebody from the official list, not yet compared with it';

CREATE TYPE audit_hit AS (
    hit_id uuid, rule text, version integer, stage text, result_type text, psn_no text, mdtrt_id text, fixmedins_code text,
    at timestamp, amount numeric, subject text[], reasons jsonb
);
COMMENT ON TYPE audit_hit IS 'A finding of a rule: what audit_run returns. It is a reason to look, not a verdict.';
COMMENT ON COLUMN audit_hit.hit_id IS 'the same for the same rule, version and subject, whenever it is run';
COMMENT ON COLUMN audit_hit.rule IS 'rule';
COMMENT ON COLUMN audit_hit.version IS 'version of the rule';
COMMENT ON COLUMN audit_hit.stage IS 'before, during or after settlement';
COMMENT ON COLUMN audit_hit.result_type IS 'suspicious or violation';
COMMENT ON COLUMN audit_hit.psn_no IS 'insured person; NULL where it is about an institution or a doctor';
COMMENT ON COLUMN audit_hit.mdtrt_id IS 'visit';
COMMENT ON COLUMN audit_hit.fixmedins_code IS 'institution';
COMMENT ON COLUMN audit_hit.at IS 'when';
COMMENT ON COLUMN audit_hit.amount IS 'yuan that are in question; NULL where that is not known from the rule alone';
COMMENT ON COLUMN audit_hit.subject IS 'keys of the rows that make the hit';
COMMENT ON COLUMN audit_hit.reasons IS 'numbers and limits that made it a hit';

-- The relations that methods are queries over; see audit_method.sql.
CREATE FUNCTION audit_relations() RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT $$
    WITH visit AS (
        SELECT * FROM (
            SELECT m.*, o.kind AS org_kind, o.beds, p.die_date,
                CASE WHEN m.med_type IN ('21', '22', '23', '24', '52') THEN 'inpatient' WHEN m.med_type IN ('11', '12', '13', '14', '51', '53') THEN 'outpatient'
                    WHEN m.med_type = '41' THEN 'pharmacy' WHEN m.med_type = '9931' THEN 'internet' ELSE 'other' END AS scene
            FROM %1$s.mdtrt_d m JOIN %1$s.fixmedins_b o USING (fixmedins_code) LEFT JOIN %1$s.psn_b p USING (psn_no)
        ) v
        WHERE ($2 IS NULL OR begntime >= $2) AND ($3 IS NULL OR begntime < $3) AND begntime::date <@ ($4).valid
            AND (($4).scene IS NULL OR scene = ANY (($4).scene)) AND (($4).hosp_lv IS NULL OR hosp_lv = ANY (($4).hosp_lv))
            AND (($4).org_kind IS NULL OR org_kind = ANY (($4).org_kind)) AND (($4).insutype IS NULL OR insutype = ANY (($4).insutype))
    ), line AS (
        SELECT f.*, v.psn_no, v.gend, v.brdy, v.insutype, v.fixmedins_code, v.hosp_lv, v.begntime, v.endtime, v.med_type, v.scene
        FROM %1$s.fee_list_d f JOIN %1$s.setl_d s ON s.setl_id = f.setl_id AND s.vali_flag = '1' JOIN visit v ON v.mdtrt_id = f.mdtrt_id
        WHERE f.cnt > 0 AND NOT EXISTS (SELECT FROM %1$s.fee_list_d r
            WHERE r.cnt < 0 AND r.mdtrt_id = f.mdtrt_id AND r.med_list_codg = f.med_list_codg AND r.cnt = -f.cnt)
    ), coded AS (
        SELECT m.med_list_codg, m.name AS list_name, m.pric AS list_price, p.*
        FROM audit_point p JOIN %1$s.med_list_b m ON m.med_list_codg >= p.code AND m.med_list_codg < p.code || '~'
        WHERE p.list = ($4).points AND p.code IS NOT NULL
        UNION ALL
        SELECT m.med_list_codg, m.name, m.pric, p.*
        FROM audit_point p JOIN %1$s.med_list_b m ON m.name = p.name
        WHERE p.list = ($4).points AND p.code IS NULL
    ), item AS (
        SELECT med_list_codg, coalesce(name, list_name) AS name, sex, from_age, below_age, scene, med_type, hosp_lv, insutype, max_count, days, grp, share, list_price FROM coded
        UNION ALL
        SELECT med_list_codg, name, lmt_sex, make_interval(years => lower(lmt_age)), make_interval(years => upper(lmt_age)), NULL, lmt_med_type, lmt_hosp_lv, NULL,
            NULL, lmt_days, NULL, NULL, pric
        FROM %1$s.med_list_b WHERE ($4).points IS NULL
    ), pair AS (
        SELECT c.med_list_codg, coalesce(c.name, c.list_name) AS name, m.med_list_codg AS excluded, coalesce(c.other_name, m.name) AS excluded_name, c.granule
        FROM coded c JOIN %1$s.med_list_b m ON m.med_list_codg >= c.other_code AND m.med_list_codg < c.other_code || '~'
        WHERE c.granule IS NOT NULL
    ) $$;
END;
COMMENT ON FUNCTION audit_relations() IS 'Returns the relations that the queries of audit_methods are over, as audit_run puts them before a query: visits in the scope of a rule ($4), lines, knowledge points by item.';

-- The parameters of a run: those of the method, the rule and the call, the last one first.
CREATE FUNCTION audit_params(method text, rule_params jsonb, call_params jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    known jsonb := (SELECT m.params FROM audit_methods() m WHERE m.method = audit_params.method);
    given jsonb := rule_params || call_params;
    unknown text;
BEGIN
    IF known IS NULL THEN
        RAISE EXCEPTION 'there is no method % for audit rules', quote_ident(method)
            USING ERRCODE = 'invalid_parameter_value', HINT = 'SELECT method, title_en FROM audit_methods().';
    END IF;
    SELECT string_agg(quote_ident(k), ', ' ORDER BY k) INTO unknown FROM jsonb_object_keys(given) k WHERE NOT known ? k;
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION 'the method % has no parameters %', method, unknown
            USING ERRCODE = 'invalid_parameter_value', DETAIL = format('Its parameters and their defaults are %s.', known);
    END IF;
    RETURN known || jsonb_strip_nulls(rule_params) || jsonb_strip_nulls(call_params);
END
$$;
COMMENT ON FUNCTION audit_params(text, jsonb, jsonb) IS 'Returns the parameters that a method is run with: its defaults, overridden by those of the rule, then by those of the call; a null overrides nothing. An unknown method or parameter is an error (22023).';

CREATE FUNCTION audit_run(rule text, prefix text DEFAULT 'hb', from_time timestamp DEFAULT NULL, to_time timestamp DEFAULT NULL,
    params jsonb DEFAULT '{}', version integer DEFAULT NULL) RETURNS SETOF audit_hit
    LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000 ROWS 1000 SET search_path = pg_catalog, @extschema@, pg_temp
    -- The relations have no statistics of their own, and a wrong guess of few rows must not make a nested loop of many. What that
    -- adds to the cost of a loop that there must be would call for compilation.
    SET enable_nestloop = off SET jit = off
AS $$
DECLARE
    r audit_rule;
    insurance text := quote_ident(base_schema_name(prefix, 'ins'));
BEGIN
    SELECT a.* INTO r FROM audit_rule a
    WHERE a.rule = audit_run.rule AND (audit_run.version IS NULL OR a.version = audit_run.version) ORDER BY a.version DESC LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no such audit rule' USING ERRCODE = 'undefined_object', HINT = 'SELECT rule, version, title_en FROM audit_rule.';
    END IF;
    params := audit_params(r.method, r.params, coalesce(params, '{}'));
    RETURN QUERY EXECUTE format(audit_relations() || '
        SELECT DISTINCT ON (subject)
            encode(substr(sha256(convert_to(jsonb_build_array(($4).rule, ($4).version, subject)::text, ''UTF8'')), 1, 16), ''hex'')::uuid,
            ($4).rule, ($4).version, ($4).stage, ($4).result_type, psn_no, mdtrt_id, fixmedins_code, at, amount, subject, jsonb_strip_nulls(reasons)
        FROM (' || (SELECT m.query FROM audit_methods() m WHERE m.method = r.method) || ') hit (subject, psn_no, mdtrt_id, fixmedins_code, at, amount, reasons)
        ORDER BY subject, reasons', insurance)
        USING params, from_time, to_time, r;
END
$$;
COMMENT ON FUNCTION audit_run(text, text, timestamp, timestamp, jsonb, integer) IS 'Returns the hits of a rule of audit_rule on the insurance tables of a reference schema, ordered by subject: a reason to look each, with the numbers that made it one. It reads with the rights of the caller. prefix: of the reference schema (hb). from_time, to_time: only visits that begin from the one until before the other; NULL: all. Sequences are looked for among these visits only. params: parameters of the method for this run. version: of the rule; NULL: the highest. An unknown rule is an error (42704), an unknown parameter another (22023). All rules of a stage: SELECT h.* FROM audit_rule r, audit_run(r.rule) h WHERE r.stage = ''after''.';

CREATE FUNCTION audit_point_load(source regclass, list text, origin text, OUT line jsonb, OUT broken text) RETURNS SETOF record
    LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
BEGIN
    RETURN QUERY EXECUTE format($sql$
        WITH raw AS (
            SELECT (SELECT jsonb_object_agg(key, nullif(btrim(value), '')) FROM jsonb_each_text(to_jsonb(s))) AS row FROM %s s
        ), read AS (
            SELECT row, coalesce(row ->> 'main_code', row ->> 'code') AS code,
                coalesce(row ->> 'main_name', row ->> 'generic_name', row ->> 'name') AS name,
                row ->> 'excluded_code' AS other_code, row ->> 'excluded_name' AS other_name, row ->> 'granule' AS granule,
                coalesce(row ->> 'sex', CASE row ->> 'limit_type' WHEN 'sex' THEN row ->> 'value' END) AS sex,
                coalesce(CASE WHEN row ->> 'group' IN ('儿童', '婴幼儿', '新生儿') THEN row ->> 'group' END, CASE row ->> 'limit_type' WHEN 'age' THEN row ->> 'value' END) AS age,
                CASE WHEN row ->> 'group' NOT IN ('儿童', '婴幼儿', '新生儿') THEN row ->> 'group' END AS grp,
                CASE row ->> 'limit_type' WHEN 'setting' THEN row ->> 'value' END AS setting,
                CASE row ->> 'limit_type' WHEN 'hospital_level' THEN row ->> 'value' END AS level,
                CASE row ->> 'limit_type' WHEN 'insurance' THEN row ->> 'value' END AS insurance,
                substring(row ->> 'value' FROM '^(\d{1,5})天$') AS course,
                row ->> 'limit' AS max_count, coalesce(row ->> 'days', CASE WHEN row ->> 'per' IN ('日', '天', '小时') THEN '1' END) AS days, row ->> 'note' AS note
            FROM raw
        ), judged AS (
            SELECT *, CASE
                WHEN coalesce(code, name) IS NULL THEN 'a point has a code or a name'
                WHEN row ? 'excluded_code' AND (other_code IS NULL OR granule IS NULL OR granule NOT IN ('hour', '6 hours', 'day', 'visit')) THEN 'a pair has two codes and a granule: hour, 6 hours, day or visit'
                WHEN sex NOT IN ('男', '女', '1', '2') THEN 'a sex is 男, 女, 1 or 2'
                WHEN age NOT IN ('儿童', '婴幼儿', '新生儿') THEN 'an age is 儿童, 婴幼儿 or 新生儿'
                WHEN setting NOT IN ('住院', '门诊') THEN 'a setting is 住院 or 门诊'
                WHEN level NOT IN ('一级', '二级', '三级') THEN 'a level of hospitals is 一级, 二级 or 三级'
                WHEN insurance NOT IN ('工伤', '生育') THEN 'an insurance is 工伤 or 生育'
                WHEN row ->> 'limit_type' = 'course' AND course IS NULL THEN 'a course is a number of days, 14天'
                WHEN row ->> 'limit_type' NOT IN ('sex', 'age', 'setting', 'hospital_level', 'insurance', 'course') THEN 'a kind of limit is sex, age, setting, hospital_level, insurance or course'
                WHEN max_count !~ '^\d{1,6}(\.\d{1,4})?$' OR days !~ '^[1-9]\d{0,4}$' THEN 'a count is a number, days are a whole number above 0'
                WHEN coalesce(other_code, sex, age, grp, setting, level, insurance, course, max_count, days) IS NULL THEN 'a point says something of its item that can be checked'
            END AS broken
            FROM read
        ), loaded AS (
            INSERT INTO audit_point (list, code, name, other_code, other_name, granule, sex, from_age, below_age, scene, hosp_lv, insutype, max_count, days, grp, note, source)
            SELECT DISTINCT $1, code, name, other_code, other_name, granule, CASE sex WHEN '男' THEN '1' WHEN '女' THEN '2' ELSE sex END, NULL::interval,
                CASE age WHEN '儿童' THEN interval '18 years' WHEN '婴幼儿' THEN '3 years' WHEN '新生儿' THEN '28 days' END,
                CASE setting WHEN '住院' THEN '{inpatient}'::text[] WHEN '门诊' THEN '{outpatient,internet}' END,
                CASE level WHEN '一级' THEN '{01,02,03,04,05,06,07,08,09,10}'::text[] WHEN '二级' THEN '{01,02,03,04,05,06,07}' WHEN '三级' THEN '{01,02,03,04}' END,
                CASE insurance WHEN '生育' THEN '{510}'::text[] WHEN '工伤' THEN '{}' END,
                max_count::numeric, coalesce(course, days)::integer, grp, note, $2
            FROM judged WHERE broken IS NULL
        )
        SELECT row, broken FROM judged WHERE broken IS NOT NULL $sql$, source)
        USING list, origin;
END
$$;
COMMENT ON FUNCTION audit_point_load(regclass, text, text) IS 'Loads knowledge points from a table of texts into audit_point, as a list, marked as transcribed, and returns the rows that were not loaded with the rule that they break. Columns go by their names, those of the published lists: code or main_code, name, main_name or generic_name; excluded_code, excluded_name and granule (hour, 6 hours, day, visit); sex (男, 女); group (儿童 below 18 years, 婴幼儿 below 3 years, 新生儿 below 28 days; any other is a group of operations); limit (count) with days or per (日, 天, 小时: in a day); limit_type (sex, age, setting, hospital_level, insurance, course) with value; note. Others are passed over. Loading does not replace: delete a list before it is loaded again. origin: where the list is from.';

REVOKE ALL ON FUNCTION audit_point_load(regclass, text, text) FROM PUBLIC;
