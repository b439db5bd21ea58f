-- privacy: one call that measures a table; composition of two releases; what columns likely are
--
-- Tables are read with the rights of the caller. Names go into statements by %I
-- alone, and columns as t.%I, so that no name is taken for an expression.

CREATE FUNCTION privacy_relation(relation regclass) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
	WHERE c.oid = relation;
END;
COMMENT ON FUNCTION privacy_relation(regclass) IS 'Returns the quoted name of a relation with its schema, for statements of privacy_report and its kin.';

CREATE FUNCTION privacy_check_columns(relation regclass, columns name[]) RETURNS void
	LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	col name;
BEGIN
	IF EXISTS (SELECT FROM unnest(columns) c GROUP BY c HAVING c IS NULL OR count(*) > 1) THEN
		RAISE EXCEPTION 'a column is NULL or named twice' USING ERRCODE = 'invalid_parameter_value';
	END IF;
	FOREACH col IN ARRAY columns LOOP
		IF NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = relation AND a.attname = col AND a.attnum > 0 AND NOT a.attisdropped) THEN
			RAISE EXCEPTION 'column "%" of relation "%" does not exist', col, (SELECT relname FROM pg_class WHERE oid = relation)
				USING ERRCODE = 'undefined_column';
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION privacy_check_columns(regclass, name[]) IS 'Returns nothing if a relation has the columns, each named once; else an error (42703, 22023). A part of privacy_report and its kin.';

CREATE FUNCTION privacy_equality(type regtype) RETURNS text
	LANGUAGE C STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_privacy_equality';
COMMENT ON FUNCTION privacy_equality(regtype) IS 'Returns the operator by which values of a type are grouped, as OPERATOR(schema.=); a type without one is an error (42883). A part of privacy_report.';

-- The classes of a table as a subquery: q1, q2, ...; n, their records; w, their population.
CREATE FUNCTION privacy_classes_query(relation regclass, quasi_identifiers name[], population regclass, weight name) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	columns text := coalesce((SELECT string_agg(format('t.%I AS q%s, ', q, i), '' ORDER BY i) FROM unnest(quasi_identifiers) WITH ORDINALITY u (q, i)), '');
	-- by position, as the relation may have a column that is called q1
	grouped text := coalesce((SELECT string_agg(i::text, ', ') FROM generate_subscripts(quasi_identifiers, 1) i), '() HAVING count(*) > 0');
	source text;
BEGIN
	IF population IS NULL THEN
		RETURN format('SELECT %scount(*) AS n, %s AS w FROM %s AS t GROUP BY %s',
			columns, CASE WHEN weight IS NULL THEN 'NULL::float8' ELSE format('sum(t.%I::numeric)::float8', weight) END, privacy_relation(relation), grouped);
	END IF;
	source := format('SELECT %strue AS here FROM %s AS t UNION ALL SELECT %sfalse FROM %s AS t',
		columns, privacy_relation(relation), columns, privacy_relation(population));
	RETURN format('SELECT * FROM (SELECT %scount(*) FILTER (WHERE here) AS n, (count(*) FILTER (WHERE NOT here))::float8 AS w FROM (%s) u GROUP BY %s) c WHERE n > 0',
		(SELECT string_agg(format('q%s, ', i), '') FROM generate_subscripts(quasi_identifiers, 1) i), source, grouped);
END
$$;
COMMENT ON FUNCTION privacy_classes_query(regclass, name[], regclass, name) IS 'Returns the text of a query of the classes of a relation, their records and their population. A part of privacy_report.';

-- The sizes of classes where NULL matches every value: for each two patterns of
-- NULLs that occur, classes are joined on the columns that both have.
CREATE FUNCTION privacy_wildcard_query(classes text, columns integer, patterns bigint[]) RETURNS text
	LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	pairs text;
BEGIN
	SELECT string_agg(format(
			'SELECT x.id, y.n, y.w FROM g x JOIN (SELECT %ssum(n)::bigint AS n, sum(w) AS w FROM g WHERE pattern = %s GROUP BY %s) y ON %s WHERE x.pattern = %s',
			coalesce(shared || ', ', ''), b, coalesce(shared, '()'), coalesce(joined, 'true'), a), ' UNION ALL ')
		INTO pairs
		FROM unnest(patterns) a, unnest(patterns) b, LATERAL (
			SELECT string_agg('q' || i, ', ') AS shared, string_agg(format('x.q%1$s = y.q%1$s', i), ' AND ') AS joined
			FROM generate_series(1, columns) i WHERE (a | b) & (1::bigint << (i - 1)) = 0) c;
	RETURN format('WITH g AS MATERIALIZED (SELECT row_number() OVER () AS id, n, w, %s AS pattern%s FROM (%s) c)
		SELECT privacy_sizes_agg(m.n, m.w, g.n), 0::bigint FROM (SELECT id, sum(n)::bigint AS n, sum(w) AS w FROM (%s) u GROUP BY id) m JOIN g USING (id)',
		(SELECT string_agg(format('((q%s IS NULL)::int::bigint << %s)', i, i - 1), ' | ') FROM generate_series(1, columns) i),
		(SELECT string_agg(format(', CASE WHEN q%1$s IS NOT NULL THEN dense_rank() OVER (ORDER BY q%1$s) END AS q%1$s', i), '') FROM generate_series(1, columns) i),
		classes, pairs);
END
$$;
COMMENT ON FUNCTION privacy_wildcard_query(text, integer, bigint[]) IS 'Returns the text of a query of the sizes of classes of which NULL matches every value. A part of privacy_report.';

-- What a sensitive column shows in classes. Its values are numbered in their order
-- by a first pass; the second counts numbers in classes, by workers if there are.
CREATE FUNCTION privacy_attribute_query(relation regclass, quasi_identifiers name[], attribute name, nulls text, weight name, hierarchy regclass) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	source CONSTANT text := privacy_relation(relation);
	omitted CONSTANT text := coalesce((SELECT string_agg(format('t.%I IS NULL', q), CASE nulls WHEN 'omit' THEN ' OR ' ELSE ' AND ' END)
		FROM unnest(quasi_identifiers) q WHERE nulls IN ('omit', 'suppressed')), 'false');
	grouped CONSTANT text := coalesce((SELECT string_agg(format('t.%I', q), ', ') FROM unnest(quasi_identifiers) q), '()');
	value text := format('t.%I', attribute);
	type record;
	numbered text;
	tree text := 'SELECT NULL::bigint[] AS h';
	levels name[];
BEGIN
	SELECT t.oid::regtype AS name, t.typcategory AS category INTO type FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
		WHERE a.attrelid = relation AND a.attname = attribute;
	IF type.category IN ('A', 'C') THEN
		-- arrays and rows cannot be collected in an array and come out again
		value := value || '::text';
		type.name := 'text';
	END IF;
	numbered := format('unnest((SELECT array_agg(s ORDER BY s) FROM (SELECT %1$s AS s FROM %2$s AS t WHERE %1$s IS NOT NULL AND NOT (%3$s) GROUP BY 1) s)) WITH ORDINALITY d (s, v)',
		value, source, omitted);
	IF hierarchy IS NOT NULL THEN
		SELECT array_agg(attname ORDER BY attnum) INTO levels FROM pg_attribute WHERE attrelid = hierarchy AND attnum > 0 AND NOT attisdropped;
		IF cardinality(levels) < 2 THEN
			RAISE EXCEPTION 'a hierarchy has a column of values and one for each level above them' USING ERRCODE = 'invalid_parameter_value';
		END IF;
		SELECT format('SELECT array_agg(a) AS h FROM (SELECT ARRAY[v, %s] AS a FROM %s JOIN (SELECT %s FROM %s AS t) l ON l.l1 = d.s::text) a',
				string_agg(format('CASE WHEN l%1$s IS NOT NULL THEN dense_rank() OVER (ORDER BY l%1$s) END', i), ', ' ORDER BY i) FILTER (WHERE i > 1),
				numbered, string_agg(format('t.%I::text COLLATE "C" AS l%s', l, i), ', ' ORDER BY i), privacy_relation(hierarchy))
			INTO tree FROM unnest(levels) WITH ORDINALITY u (l, i);
	END IF;
	RETURN format('WITH c AS MATERIALIZED (SELECT privacy_values_agg(coalesce(d.v, 0), 1) AS d, %s AS population
			FROM %s AS t LEFT JOIN %s ON d.s %s %s WHERE NOT (%s) GROUP BY %s HAVING count(*) > 0),
		whole AS MATERIALIZED (SELECT privacy_values_final(rollup(d)) AS w FROM c),
		tree AS MATERIALIZED (%s)
		SELECT privacy_sizes_agg(privacy_records(d), population, NULL) AS sizes, %s AS left_out,
			ARRAY[min(privacy_l(d)), min(privacy_l(d, ''entropy'')), max(coalesce(privacy_recursive_c(d, 2), ''Infinity'')), max(coalesce(privacy_recursive_c(d, 3), ''Infinity'')),
				max(privacy_max_share(d)), max(privacy_t(d, w)), %s, %s, max(privacy_beta(d, w)), max(privacy_delta(d, w))] AS measures
		FROM c, whole, tree',
		CASE WHEN weight IS NULL THEN 'NULL::float8' ELSE format('sum(t.%I::numeric)::float8', weight) END,
		source, numbered, privacy_equality(type.name), value, omitted, grouped, tree,
		CASE omitted WHEN 'false' THEN '0::bigint' ELSE format('(SELECT count(*) FROM %s AS t WHERE %s)', source, omitted) END,
		CASE WHEN type.category IN ('N', 'D', 'T', 'E') THEN 'max(privacy_t_ordered(d, w))' ELSE 'NULL::float8' END,
		CASE WHEN hierarchy IS NULL THEN 'NULL::float8' ELSE 'max(privacy_t_hierarchical(d, w, coalesce(h, ''{}'')))' END);
END
$$;
COMMENT ON FUNCTION privacy_attribute_query(regclass, name[], name, text, name, regclass) IS 'Returns the text of a query of the diversity and closeness of a sensitive column in classes. A part of privacy_report.';

CREATE FUNCTION privacy_sizes_report(sizes privacy_sizes, threshold double precision DEFAULT 0.2, mode text DEFAULT 'controlled', context double precision DEFAULT 1)
RETURNS TABLE (measure text, value double precision, bound double precision, met boolean)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 25
BEGIN ATOMIC
	SELECT v.* FROM privacy_risk(sizes, threshold) r, privacy_gbt42460(sizes, mode, context) g, LATERAL (VALUES
		('records', r.records::double precision, NULL::double precision, NULL::boolean),
		('classes', r.classes, NULL, NULL),
		('k', r.k, NULL, NULL),
		('average_class', r.average, NULL, NULL),
		('largest_class', r.largest, NULL, NULL),
		('uniques', r.uniques, NULL, NULL),
		('prosecutor_max', r.prosecutor_max, NULL, NULL),
		('prosecutor_avg', r.prosecutor_avg, NULL, NULL),
		('journalist_max', r.journalist_max, NULL, NULL),
		('journalist_avg', r.journalist_avg, NULL, NULL),
		('individual_avg', r.individual_avg, NULL, NULL),
		('marketer', r.marketer, NULL, NULL),
		('at_risk', r.at_risk, threshold, NULL),
		('hipaa_11', r.k, 11, r.k >= 11),
		-- 0.09 is 1/11 to two decimals, a cell size of 11
		('ema_0.09', r.prosecutor_max, 0.09, r.k >= 11),
		('gbt42460_ra', g.ra, NULL, NULL),
		('gbt42460_rb', g.rb, NULL, NULL),
		('gbt42460_rc', g.rc, NULL, NULL),
		('gbt42460_context', g.context_risk, NULL, NULL),
		('gbt42460_risk', g.risk, 0.05, g.risk < 0.05),
		('gbt42460_level', g.level, 3, g.level >= 3)) v (measure, value, bound, met);
END;
COMMENT ON FUNCTION privacy_sizes_report(privacy_sizes, double precision, text, double precision) IS 'Returns the measures of privacy_risk and privacy_gbt42460 of sizes of classes, a row for each, as privacy_report does: also hipaa_11, a smallest class of 11 (the cell size of CMS), and ema_0.09, a greatest risk of 0.09 read as 11 records (EMA Policy 0070, Health Canada). bound is what met compares with, for at_risk the threshold.';

CREATE FUNCTION privacy_report(
	relation regclass, quasi_identifiers name[], sensitive name[] DEFAULT '{}', nulls text DEFAULT 'value', threshold double precision DEFAULT 0.2,
	population regclass DEFAULT NULL, weight name DEFAULT NULL, hierarchies regclass[] DEFAULT '{}', mode text DEFAULT 'controlled', context double precision DEFAULT 1)
RETURNS TABLE (measure text, attribute name, value double precision, bound double precision, met boolean)
	LANGUAGE plpgsql STABLE PARALLEL RESTRICTED ROWS 30 SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	m CONSTANT integer := cardinality(quasi_identifiers);
	omitted text := 'false';
	classes text;
	patterns bigint[];
	sizes privacy_sizes;
	left_out bigint := 0;
	a record;
	g record;
	measures double precision[];
BEGIN
	IF num_nulls(relation, quasi_identifiers, sensitive, threshold, mode, context) > 0 THEN
		RETURN;
	END IF;
	-- subscripts from 1, whatever those given are
	quasi_identifiers := ARRAY(SELECT unnest(quasi_identifiers));
	sensitive := ARRAY(SELECT unnest(sensitive));
	PERFORM privacy_check_columns(relation, quasi_identifiers || sensitive);
	PERFORM privacy_check_columns(relation, ARRAY[weight]) WHERE weight IS NOT NULL;
	-- a cast would show the text that is no number
	IF EXISTS (SELECT FROM pg_attribute c JOIN pg_type t ON t.oid = c.atttypid WHERE c.attrelid = relation AND c.attname = weight AND t.typcategory <> 'N') THEN
		RAISE EXCEPTION 'the column of sampling weights does not hold numbers' USING ERRCODE = 'invalid_parameter_value';
	END IF;
	PERFORM privacy_check_columns(population, quasi_identifiers);
	IF nulls IS NULL OR nulls NOT IN ('value', 'wildcard', 'omit', 'suppressed') THEN
		RAISE EXCEPTION 'unrecognized way to count NULL' USING ERRCODE = 'invalid_parameter_value', HINT = 'Ways are value, wildcard, omit and suppressed.';
	END IF;
	IF (population IS NOT NULL AND weight IS NOT NULL) OR (nulls = 'wildcard' AND (population IS NOT NULL OR sensitive <> '{}')) THEN
		RAISE EXCEPTION 'measures are asked for that exclude each other' USING ERRCODE = 'invalid_parameter_value',
			DETAIL = 'A population is a table or weights; with wildcards there are neither sensitive columns nor a table of the population.';
	END IF;
	IF cardinality(hierarchies) > cardinality(sensitive) THEN
		RAISE EXCEPTION 'there are more hierarchies than sensitive columns' USING ERRCODE = 'invalid_parameter_value';
	END IF;
	IF m > 62 THEN
		RAISE EXCEPTION 'there are more than 62 quasi-identifiers' USING ERRCODE = 'program_limit_exceeded';
	END IF;
	IF m > 0 AND nulls IN ('omit', 'suppressed') THEN
		SELECT string_agg(format('q%s IS NULL', i), CASE nulls WHEN 'omit' THEN ' OR ' ELSE ' AND ' END) INTO omitted FROM generate_series(1, m) i;
	END IF;

	IF sensitive = '{}' OR population IS NOT NULL THEN
		classes := privacy_classes_query(relation, quasi_identifiers, population, weight);
		IF m > 0 AND nulls = 'wildcard' THEN
			EXECUTE format('SELECT array_agg(p) FROM (SELECT DISTINCT %s AS p FROM %s AS t) p',
				(SELECT string_agg(format('((t.%I IS NULL)::int::bigint << %s)', q, i - 1), ' | ') FROM unnest(quasi_identifiers) WITH ORDINALITY u (q, i)),
				privacy_relation(relation)) INTO patterns;
			IF cardinality(patterns) > 64 THEN
				RAISE EXCEPTION 'NULLs occur in more than 64 combinations of quasi-identifiers' USING ERRCODE = 'program_limit_exceeded';
			END IF;
			EXECUTE privacy_wildcard_query(classes, m, coalesce(patterns, '{0}')) INTO sizes, left_out;
		ELSE
			EXECUTE format(CASE WHEN omitted = 'false' THEN 'SELECT privacy_sizes_agg(%1$s), 0::bigint FROM (%2$s) c'
				ELSE 'SELECT privacy_sizes_agg(%1$s) FILTER (WHERE NOT (%3$s)), coalesce(sum(n) FILTER (WHERE %3$s), 0)::bigint FROM (%2$s) c' END,
				CASE WHEN population IS NULL AND weight IS NULL THEN 'n' ELSE 'n, w, NULL' END, classes, omitted) INTO sizes, left_out;
		END IF;
	END IF;

	FOR a IN SELECT s.col, h.hierarchy, s.i FROM unnest(sensitive) WITH ORDINALITY s (col, i)
		LEFT JOIN unnest(hierarchies) WITH ORDINALITY h (hierarchy, i) USING (i) ORDER BY s.i
	LOOP
		EXECUTE privacy_attribute_query(relation, quasi_identifiers, a.col, nulls, weight, a.hierarchy) INTO g;
		IF a.i = 1 AND population IS NULL THEN
			sizes := g.sizes;
			left_out := g.left_out;
		END IF;
		measures := measures || ARRAY[g.measures];
	END LOOP;

	RETURN QUERY SELECT 'omitted', NULL::name, left_out::double precision, NULL::double precision, NULL::boolean WHERE omitted <> 'false';
	IF sizes IS NULL THEN
		RETURN QUERY SELECT 'records', NULL::name, 0::double precision, NULL::double precision, NULL::boolean;
		RETURN;
	END IF;
	RETURN QUERY SELECT s.measure, NULL::name, CASE WHEN m = 0 AND s.measure = 'gbt42460_level' THEN 4 ELSE s.value END, s.bound, s.met OR (m = 0 AND s.measure = 'gbt42460_level')
		FROM privacy_sizes_report(sizes, threshold, mode, context) s
		WHERE s.value IS NOT NULL AND (m > 0 OR s.measure NOT LIKE 'gbt42460_r%' AND s.measure <> 'gbt42460_context');
	RETURN QUERY SELECT n.name, sensitive[i], measures[i][n.j], NULL::double precision, NULL::boolean
		FROM generate_subscripts(sensitive, 1) i,
			unnest('{l_distinct,l_entropy,recursive_c_2,recursive_c_3,max_share,t_equal,t_ordered,t_hierarchical,beta,delta}'::text[]) WITH ORDINALITY n (name, j)
		WHERE measures[i][n.j] IS NOT NULL ORDER BY i, n.j;
END
$$;
COMMENT ON FUNCTION privacy_report(regclass, name[], name[], text, double precision, regclass, name, regclass[], text, double precision) IS 'Returns the measures of what remains of persons in a table or view, a row for each: those of privacy_sizes_report over classes of rows that the quasi-identifiers do not tell apart; then, for each sensitive column, the worst class by privacy_l (l_distinct, l_entropy), privacy_recursive_c for l of 2 and 3 (infinity with fewer values), privacy_max_share, privacy_t (t_equal), privacy_t_ordered (numbers, dates, enums), privacy_t_hierarchical, privacy_beta and privacy_delta. nulls: NULL in a quasi-identifier is a value of its own (value), matches every value (wildcard, as sdcMicro counts), leaves the row out (omit), or does so where all are NULL (suppressed); omitted counts such rows. threshold: of the risk for at_risk, 0 to 1. population: a table of the population with the same columns; or weight: the column of sampling weights, numbers; for the risks of a journalist. hierarchies: one for each sensitive column or NULL, a table of values in its first column and their ancestors in the next ones up to the root. mode and context: those of privacy_gbt42460; without quasi-identifiers the level is 4. bound is what met compares with. Runs with the rights of the caller, on columns he may read (else 42501) and rows he may see. An unknown column is an error (42703), a bad argument 22023. Of a table without rows only records are returned, NULL for relation, quasi_identifiers, sensitive, threshold, mode or context gives no row.';

CREATE FUNCTION privacy_compose(rel_a regclass, rel_b regclass, key name[], below bigint DEFAULT NULL)
RETURNS TABLE (class jsonb, size_a bigint, size_b bigint, size_joined bigint)
	LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	c record;
BEGIN
	IF rel_a IS NULL OR rel_b IS NULL OR key IS NULL THEN
		RETURN;
	END IF;
	PERFORM privacy_check_columns(rel_a, key), privacy_check_columns(rel_b, key);
	IF cardinality(key) NOT BETWEEN 1 AND 50 THEN
		RAISE EXCEPTION 'the key of two releases has 1 to 50 columns' USING ERRCODE = 'invalid_parameter_value';
	END IF;
	-- Ranges meet where they overlap, NULL with all; other values are equal where
	-- their texts are, which needs no operator of their types and can be hashed.
	SELECT string_agg(format('t.%I AS q%s', k, i), ', ') AS columns, string_agg('q' || i, ', ') AS grouped,
		string_agg(format('q%s::text', i), ', ') FILTER (WHERE NOT ranged) AS equal,
		string_agg(format('coalesce(a.q%1$s && b.q%1$s, true)', i), ' AND ') FILTER (WHERE ranged) AS overlap,
		string_agg(format('a.q%1$s IS DISTINCT FROM b.q%1$s', i), ' OR ') FILTER (WHERE ranged) AS differ,
		string_agg(format('%L, ', k) || CASE WHEN ranged THEN format('coalesce(a.q%1$s * b.q%1$s, a.q%1$s, b.q%1$s)', i) ELSE format('a.q%s', i) END, ', ') AS shown
	INTO c FROM (SELECT k, i, t.typtype = 'r' AND x.atttypid = y.atttypid AS ranged FROM unnest(key) WITH ORDINALITY u (k, i)
		JOIN pg_attribute x ON x.attrelid = rel_a AND x.attname = k JOIN pg_attribute y ON y.attrelid = rel_b AND y.attname = k
		JOIN pg_type t ON t.oid = x.atttypid ORDER BY i) u;
	RETURN QUERY EXECUTE format('WITH %s SELECT jsonb_build_object(%s), a.n, b.n, least(a.n, b.n) FROM a JOIN b ON a.e = b.e AND %s
		WHERE (a.n <> b.n OR %s) AND ($1 IS NULL OR (least(a.n, b.n) < $1 AND greatest(a.n, b.n) >= $1)) ORDER BY 4, 1',
		(SELECT string_agg(format('%s AS (SELECT %s, ROW(%s)::text AS e, count(*) AS n FROM (SELECT %s FROM %s AS t) t GROUP BY %s)',
			name, c.grouped, c.equal, c.columns, privacy_relation(rel), c.grouped), ', ') FROM (VALUES ('a', rel_a), ('b', rel_b)) r (name, rel)),
		c.shown, coalesce(c.overlap, 'true'), coalesce(c.differ, 'false')) USING below;
END
$$;
COMMENT ON FUNCTION privacy_compose(regclass, regclass, name[], bigint) IS 'Returns the classes that shrink when a recipient has two releases of the same persons: who is known to be in both, with the values of a key of common columns, is one of at most size_joined persons, the smaller of the sizes of the class in rel_a and in rel_b. A column of ranges of one type joins where ranges overlap, a NULL range with all, and class shows what they share, so that bands laid differently are found; other values join where they are equal, NULL with NULL. below: only classes that have as many rows in one release and fewer in both together. Runs with the rights of the caller (else 42501); an unknown column is an error (42703), a key without column or of more than 50 is 22023.';

-- Names that columns of health data have, as regular expressions of the name in lower case.
CREATE FUNCTION privacy_column_names(OUT what text, OUT kind text, OUT pattern text) RETURNS SETOF record
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 40
BEGIN ATOMIC
	SELECT v.* FROM (VALUES
		('idno', 'direct', '身份证|证件号|^(sfzh?m?|zjhm|sfzjhm)$|id_?(card|no|num)|identity|resident_?id'),
		('name', 'direct', '姓名|^(xm|hzxm|brxm|name|full_?name|patient_?name|person_?name|name_?(cn|zh|py))$|联系人|^(lxr|lxrxm)$'),
		('mobile', 'direct', '手机|移动电话|^(sjh|sjhm|yddh)$|mobile|cell_?phone'),
		('phone', 'direct', '电话|^(lxdh|dh|dhhm|jtdh)$|phone|^tel'),
		('email', 'direct', '邮箱|邮件|e_?mail|^yx$'),
		('address', 'direct', '地址|住址|门牌|^(dz|zz|jtzz|xzz|hkdz|lxdz|address)$|_address$|street'),
		('record number', 'direct', '住院号|门诊号|病历号|病案号|就诊号|病理号|标本号|^(zyh|mzh|blh|bah|jzh|mrn)$|(patient|person|visit|encounter|admission|record)_?(id|no|num)'),
		('insurance number', 'direct', '医保号|医保卡|社保|保险号|^(ybh|ybkh|sbkh)$|insur\w*_?(id|no)|card_?no'),
		('bankcard', 'direct', '银行卡|账号|^(yhkh|zh)$|bank|account'),
		('plate', 'direct', '车牌|^cph$|plate'),
		('passport', 'direct', '护照|通行证|passport|permit'),
		('ip', 'direct', '^ip$|ip_?addr|mac_?addr|device_?(id|no)'),
		('wechat', 'direct', '微信|^(wx|qq)h?$|wechat|weixin'),
		('photo', 'direct', '照片|人脸|指纹|photo|face|fingerprint|biometric'),
		('staff', 'direct', '医师姓名|医生姓名|护士|^(ysxm|hsxm)$|(doctor|nurse|physician)_?name'),
		('note', 'direct', '主诉|现病史|病程|备注|小结|note|narrative|free_?text|remark'),
		('birth', 'quasi', '出生|生日|^(csrq|csny|birth\w*|dob)$|birth'),
		('age', 'quasi', '年龄|岁|^(nl|age)$|_age$|^age_'),
		('sex', 'quasi', '性别|^(xb|xbdm|sex|gender)$|_sex$|gender'),
		('region', 'quasi', '行政区|区划|省|市|县|籍贯|户籍|邮编|^(xzqh|yb|region|division|province|city|county|zip\w*|postcode)$|division'),
		('ethnicity', 'quasi', '民族|^mz(dm)?$|ethnic|nation\b'),
		('nationality', 'quasi', '国籍|^gj$|nationality|country'),
		('marriage', 'quasi', '婚姻|^hyzk\w*$|marital|marriage'),
		('occupation', 'quasi', '职业|^zy(dm)?$|occupation|profession'),
		('education', 'quasi', '学历|文化程度|^(xl|whcd)$|education'),
		('employer', 'quasi', '工作单位|^gzdw$|employer|company|work_?unit'),
		('religion', 'quasi', '宗教|religion'),
		('income', 'quasi', '收入|income'),
		('event date', 'quasi', '(入院|出院|就诊|手术|检查|死亡|诊断)(日期|时间)|^(ryrq|cyrq|jzrq|ssrq|swrq)$|(admi\w*|disch\w*|visit|death|event|exam)_?(date|time|at|on)$'),
		('organisation', 'quasi', '医院|机构|科室|^(yljg\w*|ksdm)$|hospital|org|ward|department'),
		('diagnosis', 'sensitive', '诊断|疾病|^(zd|zdbm|jbdm|icd\w*)$|diagnos|disease|^dx|icd_?10'),
		('result', 'sensitive', '结果|检验|检查值|result|lab|value'),
		('cost', 'sensitive', '费用|金额|^(fy|je|zfy)$|cost|amount|fee|charge')) v (what, kind, pattern);
END;
COMMENT ON FUNCTION privacy_column_names() IS 'Returns what columns of health data are by their names, Chinese, as initials of pinyin or English: what, kind (direct, quasi or sensitive) and a regular expression; the first that matches counts.';

CREATE FUNCTION privacy_value_kind(value text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
	SELECT CASE
		WHEN length(value) > 100 THEN 'note'
		WHEN try_cn_id(value) IS NOT NULL THEN 'idno'
		WHEN value ~ '^(\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}$' THEN 'mobile'
		WHEN value ~ '^\d{16,19}$' AND (validate_identity('bankcard', value)).valid THEN 'bankcard'
		WHEN value ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' THEN 'email'
		WHEN value ~ '^0\d{2,3}-?[2-9]\d{6,7}$' THEN 'phone'
		WHEN value ~ '^\d{1,3}(\.\d{1,3}){3}(/\d+)?$' THEN 'ip'
		WHEN value ~ '^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]·?[A-Z0-9]{5,6}$' THEN 'plate'
		WHEN value ~ '^(男|女|male|female|男性|女性)$' THEN 'sex'
		WHEN value ~ '^(18|19|20)\d\d[-/.]?(0[1-9]|1[0-2])[-/.]?(0[1-9]|[12]\d|3[01])$' THEN 'date'
		WHEN value ~ '^[1-9]\d{5}(\d{3}(\d{3})?)?$' AND cn_division_name(left(value, 6)::cn_division) IS NOT NULL THEN 'region'
		WHEN value ~ '(省|市|区|县).*(路|街|道|村|镇|乡|号|室|栋)' THEN 'address'
		WHEN value ~ '^[王李张刘陈杨黄赵吴周徐孙朱马胡郭何高罗林郑梁谢宋唐韩许冯邓曹彭曾肖田董袁于潘蒋杜蔡余程魏叶吕丁苏任沈姚姜卢崔钟谭汪范陆金石廖贾夏付方韦邹白熊孟秦邱尹江薛闫侯段雷史龙陶顾贺黎郝毛邵龚万钱武严戴孔向覃常汤莫康文温牛代赖洪葛施邢安樊齐乔易庞倪伍鲁][一-龥]{1,2}$' THEN 'name'
		WHEN value ~ '^[A-Z][0-9][0-9A-Z]' AND try_icd10(value) IS NOT NULL THEN 'diagnosis'
	END;
END;
COMMENT ON FUNCTION privacy_value_kind(text) IS 'Returns what a value likely is, by its form and its check digits: idno, mobile, bankcard, email, phone, ip, plate, sex, date, region, address, name, diagnosis, note (more than 100 characters); NULL for others.';

CREATE FUNCTION privacy_suggest(relation regclass, sample integer DEFAULT 10000)
RETURNS TABLE (column_name name, kind text, what text, filled double precision, distinct_share double precision, valid_share double precision, evidence text)
	LANGUAGE plpgsql STABLE STRICT PARALLEL RESTRICTED ROWS 50 SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	c record;
	v record;
	by_name record;
BEGIN
	IF sample < 1 THEN
		RAISE EXCEPTION 'a sample has at least one row' USING ERRCODE = 'invalid_parameter_value';
	END IF;
	FOR c IN SELECT a.attname, t.typname, t.typcategory FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
		WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
	LOOP
		EXECUTE format('WITH s AS MATERIALIZED (SELECT left(t.%I::text, 200) COLLATE "C" AS v FROM %s AS t LIMIT $1),
			k AS (SELECT privacy_value_kind(v) AS what, count(*) AS n FROM s WHERE v IS NOT NULL GROUP BY 1)
			SELECT (count(v) / nullif(count(*), 0)::float8) AS filled, count(v) AS n, (count(DISTINCT v) / nullif(count(v), 0)::float8) AS differing,
				(SELECT what FROM k WHERE what IS NOT NULL ORDER BY n DESC, what LIMIT 1) AS what,
				(SELECT max(n) FROM k WHERE what IS NOT NULL) / nullif(count(v), 0)::float8 AS valid
			FROM s', c.attname, privacy_relation(relation)) INTO v USING sample;
		SELECT n.what, n.kind INTO by_name FROM privacy_column_names() n WHERE lower(c.attname) ~ n.pattern LIMIT 1;
		column_name := c.attname;
		filled := v.filled;
		distinct_share := v.differing;
		valid_share := CASE WHEN v.valid >= 0.5 THEN v.valid END;
		evidence := NULL;
		IF valid_share IS NOT NULL THEN
			-- A date is as near to a person as its column says.
			what := CASE WHEN v.what = 'date' AND by_name.kind = 'quasi' THEN by_name.what ELSE v.what END;
			kind := CASE WHEN v.what IN ('sex', 'date', 'region') THEN 'quasi' WHEN v.what = 'diagnosis' THEN 'sensitive' ELSE 'direct' END;
			evidence := concat_ws(', ', 'values', CASE WHEN by_name.what = what THEN 'name' END);
		ELSIF by_name.what IS NOT NULL THEN
			what := by_name.what;
			kind := by_name.kind;
			evidence := 'name';
		ELSIF c.typcategory IN ('D', 'I') OR c.typname IN ('cn_id', 'uscc', 'uuid') THEN
			what := c.typname;
			kind := CASE c.typcategory WHEN 'D' THEN 'quasi' ELSE 'direct' END;
			evidence := 'type';
		ELSIF v.n >= 20 AND v.differing > 0.95 AND (c.typcategory = 'S' OR c.typname IN ('int4', 'int8')) THEN
			what := 'identifier';
			kind := 'direct';
			evidence := 'uniqueness';
		ELSE
			what := NULL;
			kind := 'other';
		END IF;
		RETURN NEXT;
	END LOOP;
END
$$;
COMMENT ON FUNCTION privacy_suggest(regclass, integer) IS 'Returns what the columns of a table or view likely are, a row for each: kind (direct or quasi-identifier, sensitive, other) and what, with the evidence: values (at least half of the filled ones have the form and check digits of it, valid_share), name (privacy_column_names), type, or uniqueness. filled: share of rows with a value; distinct_share: different values over filled ones. Looks at the first sample rows (10000; below 1 is an error, 22023): a proposal to be reviewed, not a proof that a column is harmless. Runs with the rights of the caller, who must be able to read all columns (else 42501).';
