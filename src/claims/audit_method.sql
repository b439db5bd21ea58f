-- audit_method: how a rule is looked for; rules name a method and its parameters
--
-- A method is a query over these relations, which audit_run puts before it:
--	visit	mdtrt_d within the scope of the rule and the period, with scene, kind of institution, beds, date of death
--	line	fee_list_d of these visits: valid settlements, refunds and what they refund left out; with the columns of visit
--	item	knowledge points of the rule by code of the catalogue, or the limits that the catalogue itself has
--	pair	knowledge points that name two items, likewise
-- $1 are the parameters, $2 and $3 the period. It gives subject (keys that make a hit, text[]), psn_no, mdtrt_id, fixmedins_code, at,
-- amount and reasons (jsonb). %1$s is the schema of the insurance tables.

CREATE FUNCTION audit_methods(OUT method text, OUT title_zh text, OUT title_en text, OUT params jsonb, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 26
BEGIN ATOMIC
    SELECT m.method, m.title_zh, m.title_en, m.params::jsonb, m.query FROM (VALUES

    ('item_sex', '性别不符', 'an item that is for the other sex', '{}', $$
        SELECT ARRAY[l.setl_id, l.feedetl_sn], l.psn_no, l.mdtrt_id, l.fixmedins_code, l.fee_ocur_time, l.det_item_fee_sumamt,
            jsonb_build_object('item', l.med_list_codg, 'name', i.name, 'only_sex', i.sex, 'sex', l.gend)
        FROM line l JOIN item i USING (med_list_codg)
        WHERE i.sex <> l.gend AND l.gend IN ('1', '2') $$),

    ('item_age', '年龄不符', 'an item that is for other ages', '{}', $$
        SELECT ARRAY[l.setl_id, l.feedetl_sn], l.psn_no, l.mdtrt_id, l.fixmedins_code, l.fee_ocur_time, l.det_item_fee_sumamt,
            jsonb_build_object('item', l.med_list_codg, 'name', i.name, 'from_age', i.from_age::text, 'below_age', i.below_age::text,
                'age_years', extract(year FROM age(l.fee_ocur_time, l.brdy)), 'age_days', l.fee_ocur_time::date - l.brdy)
        FROM line l JOIN item i USING (med_list_codg)
        WHERE l.fee_ocur_time < l.brdy + i.from_age OR l.fee_ocur_time >= l.brdy + i.below_age $$),

    ('item_setting', '限定就诊类型', 'an item that is not for this kind of visit', '{}', $$
        SELECT ARRAY[l.setl_id, l.feedetl_sn], l.psn_no, l.mdtrt_id, l.fixmedins_code, l.fee_ocur_time, l.det_item_fee_sumamt,
            jsonb_build_object('item', l.med_list_codg, 'name', i.name, 'only_scene', i.scene, 'only_med_type', i.med_type, 'med_type', l.med_type)
        FROM line l JOIN item i USING (med_list_codg)
        WHERE l.med_type <> ALL (i.med_type) OR l.scene <> ALL (i.scene) $$),

    ('item_level', '限定医院等级', 'an item that is not for hospitals of this level', '{}', $$
        SELECT ARRAY[l.setl_id, l.feedetl_sn], l.psn_no, l.mdtrt_id, l.fixmedins_code, l.fee_ocur_time, l.det_item_fee_sumamt,
            jsonb_build_object('item', l.med_list_codg, 'name', i.name, 'only_hosp_lv', i.hosp_lv, 'hosp_lv', l.hosp_lv)
        FROM line l JOIN item i USING (med_list_codg)
        WHERE coalesce(l.hosp_lv, '11') <> ALL (i.hosp_lv) $$),

    ('item_insurance', '限定险种', 'an item that this insurance does not pay', '{}', $$
        SELECT ARRAY[l.setl_id, l.feedetl_sn], l.psn_no, l.mdtrt_id, l.fixmedins_code, l.fee_ocur_time, l.det_item_fee_sumamt,
            jsonb_build_object('item', l.med_list_codg, 'name', i.name, 'only_insutype', i.insutype, 'insutype', l.insutype)
        FROM line l JOIN item i USING (med_list_codg)
        WHERE l.insutype <> ALL (i.insutype) $$),

    ('item_course', '超支付疗程', 'an item on more days of a visit than are paid', '{}', $$
        SELECT ARRAY[mdtrt_id, med_list_codg], psn_no, mdtrt_id, fixmedins_code, max(fee_ocur_time), sum(det_item_fee_sumamt),
            jsonb_build_object('item', med_list_codg, 'name', min(name), 'limit_days', min(days),
                'days_charged', count(DISTINCT fee_ocur_time::date), 'days_supplied', sum(prd_days))
        FROM line JOIN item i USING (med_list_codg) WHERE i.days IS NOT NULL AND i.max_count IS NULL
        GROUP BY psn_no, mdtrt_id, fixmedins_code, med_list_codg
        HAVING greatest(count(DISTINCT fee_ocur_time::date), sum(prd_days)) > min(days) $$),

    ('item_frequency', '超频次', 'an item more often in so many days than is paid', '{}', $$
        SELECT ARRAY[psn_no, med_list_codg, day::text], psn_no, mdtrt_id, fixmedins_code, fee_ocur_time, det_item_fee_sumamt,
            jsonb_build_object('item', med_list_codg, 'name', name, 'limit', max_count, 'days', days, 'count', counted)
        FROM (
            SELECT l.*, l.fee_ocur_time::date AS day, i.name, i.max_count, i.days,
                rolling_sum(l.cnt, l.fee_ocur_time::date, i.days)
                    OVER (PARTITION BY l.psn_no, l.med_list_codg, i.days, i.max_count ORDER BY l.fee_ocur_time::date) AS counted
            FROM line l JOIN item i USING (med_list_codg) WHERE i.max_count IS NOT NULL AND i.days IS NOT NULL
        ) w WHERE counted > max_count $$),

    ('item_pair', '重复收费（互斥项目）', 'an item that another one, charged beside it, excludes', '{}', $$
        WITH charged AS (
            SELECT * FROM line WHERE med_list_codg IN (SELECT med_list_codg FROM pair UNION ALL SELECT excluded FROM pair)
        )
        SELECT ARRAY[e.setl_id, e.feedetl_sn, p.med_list_codg], e.psn_no, e.mdtrt_id, e.fixmedins_code, e.fee_ocur_time, e.det_item_fee_sumamt,
            jsonb_build_object('item', e.med_list_codg, 'name', p.excluded_name, 'excluded_by', p.med_list_codg, 'excluded_by_name', p.name,
                'within', p.granule, 'excluding_charges', count(*))
        FROM charged e JOIN pair p ON p.excluded = e.med_list_codg
        JOIN charged m ON m.psn_no = e.psn_no AND m.med_list_codg = p.med_list_codg
            AND CASE p.granule WHEN 'visit' THEN m.mdtrt_id = e.mdtrt_id
                WHEN 'day' THEN m.fee_ocur_time::date = e.fee_ocur_time::date
                ELSE m.fee_ocur_time > e.fee_ocur_time - CASE p.granule WHEN 'hour' THEN interval '1 hour' ELSE '6 hours' END
                    AND m.fee_ocur_time < e.fee_ocur_time + CASE p.granule WHEN 'hour' THEN interval '1 hour' ELSE '6 hours' END END
        GROUP BY e.setl_id, e.feedetl_sn, p.med_list_codg, e.psn_no, e.mdtrt_id, e.fixmedins_code, e.fee_ocur_time, e.det_item_fee_sumamt,
            e.med_list_codg, p.name, p.excluded_name, p.granule $$),

    ('second_operation', '同切口第二手术未折价', 'a further operation of a group on one day at more than its share', '{"share": 0.5}', $$
        SELECT ARRAY[setl_id, feedetl_sn], psn_no, mdtrt_id, fixmedins_code, fee_ocur_time, det_item_fee_sumamt - round(cnt * list_price * share, 2),
            jsonb_build_object('item', med_list_codg, 'name', name, 'group', grp, 'rank', place, 'price', pric, 'list_price', list_price, 'share', share)
        FROM (
            SELECT l.*, i.name, i.grp, i.list_price, coalesce(i.share, ($1 ->> 'share')::numeric) AS share,
                row_number() OVER (PARTITION BY l.mdtrt_id, l.fee_ocur_time::date, i.grp ORDER BY l.pric DESC, l.setl_id, l.feedetl_sn) AS place
            FROM line l JOIN item i USING (med_list_codg) WHERE i.grp IS NOT NULL
        ) w WHERE place > 1 AND pric > list_price * share + 0.005 $$),

    ('over_price', '超限价', 'a price above its limit', '{}', $$
        SELECT ARRAY[l.setl_id, l.feedetl_sn], l.psn_no, l.mdtrt_id, l.fixmedins_code, l.fee_ocur_time,
            round(l.cnt * (l.pric - coalesce(l.pric_uplmt_amt, m.pric_uplmt_amt)), 2),
            jsonb_build_object('item', l.med_list_codg, 'name', m.name, 'price', l.pric, 'limit', coalesce(l.pric_uplmt_amt, m.pric_uplmt_amt))
        FROM line l JOIN %1$s.med_list_b m USING (med_list_codg)
        WHERE l.pric > coalesce(l.pric_uplmt_amt, m.pric_uplmt_amt) $$),

    ('amount_mismatch', '金额不符', 'an amount that is not count times price', '{"tolerance": 0.01}', $$
        SELECT ARRAY[l.setl_id, l.feedetl_sn], l.psn_no, l.mdtrt_id, l.fixmedins_code, l.fee_ocur_time, l.det_item_fee_sumamt - round(l.cnt * l.pric, 2),
            jsonb_build_object('item', l.med_list_codg, 'count', l.cnt, 'price', l.pric, 'amount', l.det_item_fee_sumamt)
        FROM line l WHERE abs(l.det_item_fee_sumamt - l.cnt * l.pric) > ($1 ->> 'tolerance')::numeric $$),

    ('settlement_mismatch', '结算与明细不符', 'a settlement whose total is not that of its lines', '{"tolerance": 0.01}', $$
        SELECT ARRAY[s.setl_id], v.psn_no, v.mdtrt_id, v.fixmedins_code, s.setl_time, s.medfee_sumamt - f.total,
            jsonb_build_object('settled', s.medfee_sumamt, 'lines', f.total, 'number_of_lines', f.n)
        FROM visit v JOIN %1$s.setl_d s USING (mdtrt_id)
        JOIN (SELECT setl_id, sum(det_item_fee_sumamt) AS total, count(*) AS n FROM %1$s.fee_list_d GROUP BY setl_id) f USING (setl_id)
        WHERE s.vali_flag = '1' AND abs(s.medfee_sumamt - f.total) > ($1 ->> 'tolerance')::numeric $$),

    ('stay_overlap', '住院时间重叠', 'two stays at once', '{}', $$
        SELECT ARRAY[mdtrt_id, (o).with_key], psn_no, mdtrt_id, fixmedins_code, begntime, NULL::numeric,
            jsonb_build_object('days', (o).days, 'with_stay', (o).with_key, 'admitted', begntime, 'discharged', endtime)
        FROM (
            SELECT *, stay_overlap(begntime, endtime, mdtrt_id) OVER (PARTITION BY psn_no ORDER BY begntime, endtime) AS o
            FROM visit WHERE scene = 'inpatient'
        ) w WHERE (o).with_key IS NOT NULL $$),

    ('visit_in_stay', '住院期间他处就诊购药', 'a visit elsewhere on a day in the middle of a stay', '{}', $$
        SELECT ARRAY[v.mdtrt_id, s.mdtrt_id], v.psn_no, v.mdtrt_id, v.fixmedins_code, v.begntime, NULL::numeric,
            jsonb_build_object('stay', s.mdtrt_id, 'stay_at', s.fixmedins_code, 'admitted', s.begntime, 'discharged', s.endtime)
        FROM visit v JOIN visit s ON s.psn_no = v.psn_no AND s.scene = 'inpatient' AND s.fixmedins_code <> v.fixmedins_code
            AND v.begntime::date > s.begntime::date AND (s.endtime IS NULL OR v.begntime::date < s.endtime::date)
        WHERE v.scene IN ('outpatient', 'pharmacy') $$),

    ('split_stay', '分解住院', 'a stay soon after another for the same disease at the same hospital', '{"max_gap": 15, "exclude": "Z51, Z49, Z50, N18"}', $$
        SELECT ARRAY[mdtrt_id], psn_no, mdtrt_id, fixmedins_code, begntime, NULL::numeric,
            jsonb_build_object('gap_days', gap, 'max_gap', ($1 ->> 'max_gap')::int, 'diagnosis', dscg_maindiag_code, 'admitted', begntime, 'discharged', endtime)
        FROM (
            SELECT *, stay_gap(begntime, endtime) OVER (PARTITION BY psn_no, fixmedins_code, icd10_category(dscg_maindiag_code) ORDER BY begntime, endtime) AS gap
            FROM visit WHERE scene = 'inpatient' AND dscg_maindiag_code IS NOT NULL
        ) w WHERE gap BETWEEN 0 AND ($1 ->> 'max_gap')::int AND NOT dscg_maindiag_code <@ ($1 ->> 'exclude')::icd10set $$),

    ('readmission', '短期内再次住院', 'a stay within so many days of the discharge from another', '{"days": 30, "min_gap": 1, "exclude": "Z51, Z49, Z50, N18"}', $$
        SELECT ARRAY[mdtrt_id], psn_no, mdtrt_id, fixmedins_code, begntime, NULL::numeric,
            jsonb_build_object('gap_days', (r).gap, 'days', ($1 ->> 'days')::int, 'diagnosis', dscg_maindiag_code)
        FROM (
            SELECT *, readmission(begntime, endtime, ($1 ->> 'days')::int, ($1 ->> 'min_gap')::int) OVER (PARTITION BY psn_no ORDER BY begntime, endtime) AS r
            FROM visit WHERE scene = 'inpatient'
        ) w WHERE (r).is_readmission AND NOT coalesce(dscg_maindiag_code <@ ($1 ->> 'exclude')::icd10set, false) $$),

    ('idle_stay', '挂床住院', 'a stay without a charge for so many hours after admission', '{"hours": 48}', $$
        SELECT ARRAY[v.mdtrt_id], v.psn_no, v.mdtrt_id, v.fixmedins_code, v.begntime, NULL::numeric,
            jsonb_build_object('hours', ($1 ->> 'hours')::numeric, 'admitted', v.begntime, 'discharged', v.endtime, 'first_charge', f.first)
        FROM visit v LEFT JOIN (SELECT mdtrt_id, min(fee_ocur_time) AS first FROM line WHERE fee_ocur_time >= begntime GROUP BY mdtrt_id) f USING (mdtrt_id)
        WHERE v.scene = 'inpatient' AND v.endtime - v.begntime >= make_interval(secs => ($1 ->> 'hours')::numeric::float8 * 3600)
            AND (f.first IS NULL OR f.first >= v.begntime + make_interval(secs => ($1 ->> 'hours')::numeric::float8 * 3600)) $$),

    ('stay_cycle', '规律性出入院', 'stays of one person of nearly one length, each soon after the one before', '{"min_stays": 4, "max_cv": 0.1, "max_gap": 15, "exclude": "Z51, Z49, N18"}', $$
        SELECT ARRAY[psn_no, fixmedins_code, first_stay], psn_no, first_stay, fixmedins_code, first_admitted, NULL::numeric,
            jsonb_build_object('stays', (t).n, 'mean_days', (t).mean_los, 'cv_days', (t).cv_los, 'mean_gap', (t).mean_gap, 'longest_gap', (t).max_gap,
                'max_cv', ($1 ->> 'max_cv')::numeric, 'max_gap', ($1 ->> 'max_gap')::int)
        FROM (
            SELECT psn_no, fixmedins_code, min(begntime) AS first_admitted, (array_agg(mdtrt_id ORDER BY begntime, mdtrt_id))[1] AS first_stay,
                stay_regularity_stats(stay_regularity_agg(begntime::date, endtime::date),
                    ($1 ->> 'min_stays')::int, ($1 ->> 'max_cv')::float8, ($1 ->> 'max_gap')::int) AS t
            FROM visit WHERE scene = 'inpatient' AND NOT coalesce(dscg_maindiag_code <@ ($1 ->> 'exclude')::icd10set, false)
            GROUP BY psn_no, fixmedins_code HAVING count(*) >= ($1 ->> 'min_stays')::int
        ) w WHERE (t).suspicious $$),

    ('coadmission', '集体出入院', 'many people admitted on one day and discharged on one day', '{"min_persons": 5}', $$
        SELECT ARRAY[fixmedins_code, admitted::text, discharged::text], NULL::text, NULL::text, fixmedins_code, admitted::timestamp, NULL::numeric,
            jsonb_build_object('persons', persons, 'discharged', discharged, 'stays', stays)
        FROM (
            SELECT fixmedins_code, begntime::date AS admitted, endtime::date AS discharged, count(DISTINCT psn_no) AS persons,
                array_agg(mdtrt_id ORDER BY mdtrt_id) AS stays
            FROM visit WHERE scene = 'inpatient' AND endtime IS NOT NULL GROUP BY 1, 2, 3
        ) w WHERE persons >= ($1 ->> 'min_persons')::int $$),

    ('bed_occupancy', '超床位收治', 'more people in hospital at once than beds', '{"share": 1.2}', $$
        SELECT ARRAY[fixmedins_code, (m).at::text], NULL::text, NULL::text, fixmedins_code, (m).at, NULL::numeric,
            jsonb_build_object('persons', (m).peak, 'beds', beds, 'share', ($1 ->> 'share')::numeric)
        FROM (
            SELECT fixmedins_code, min(beds) AS beds, max_concurrent(tsrange(begntime, endtime)) AS m
            FROM visit WHERE scene = 'inpatient' AND beds > 0 GROUP BY fixmedins_code
        ) w WHERE (m).peak > beds * ($1 ->> 'share')::numeric $$),

    ('oversupply', '超量开药', 'a drug dispensed while more than so many days of it are in hand', '{"allowed_days": 60}', $$
        SELECT ARRAY[setl_id, feedetl_sn], psn_no, mdtrt_id, fixmedins_code, fee_ocur_time, det_item_fee_sumamt,
            jsonb_build_object('item', med_list_codg, 'days_in_hand', (s).in_hand_before, 'days_dispensed', prd_days, 'allowed_days', ($1 ->> 'allowed_days')::int)
        FROM (
            SELECT *, supply_days(fee_ocur_time::date, ceil(prd_days)::int, ($1 ->> 'allowed_days')::int)
                OVER (PARTITION BY psn_no, med_list_codg ORDER BY fee_ocur_time::date, ceil(prd_days)::int) AS s
            FROM line WHERE prd_days > 0 AND scene IN ('outpatient', 'pharmacy') AND list_type < '200'
        ) w WHERE (s).over $$),

    ('many_places', '多处购药', 'one drug for one person from several institutions within some days', '{"places": 3, "days": 3}', $$
        SELECT ARRAY[psn_no, med_list_codg, day::text], psn_no, mdtrt_id, fixmedins_code, day::timestamp, amount,
            jsonb_build_object('item', med_list_codg, 'places', places, 'min_places', ($1 ->> 'places')::int, 'days', ($1 ->> 'days')::int)
        FROM (
            SELECT *, (SELECT count(DISTINCT p) FROM unnest(near) p) AS places FROM (
                SELECT psn_no, med_list_codg, fixmedins_code, fee_ocur_time::date AS day, min(mdtrt_id) AS mdtrt_id, sum(sum(det_item_fee_sumamt)) OVER w AS amount,
                    array_agg(fixmedins_code) OVER w AS near, count(*) OVER w AS rows
                FROM line WHERE scene IN ('outpatient', 'pharmacy') AND list_type < '200' GROUP BY 1, 2, 3, 4
                WINDOW w AS (PARTITION BY psn_no, med_list_codg ORDER BY fee_ocur_time::date
                    RANGE BETWEEN make_interval(days => ($1 ->> 'days')::int - 1) PRECEDING AND CURRENT ROW)
            ) b WHERE rows >= ($1 ->> 'places')::int
        ) d WHERE places >= ($1 ->> 'places')::int $$),

    ('trace_code', '追溯码重复', 'one package sold more than once', '{}', $$
        SELECT ARRAY[setl_id, feedetl_sn], psn_no, mdtrt_id, fixmedins_code, fee_ocur_time, det_item_fee_sumamt,
            jsonb_build_object('item', med_list_codg, 'times_sold', n, 'place_in_order', place)
        FROM (
            SELECT *, count(*) OVER (PARTITION BY trace_code) AS n, row_number() OVER (PARTITION BY trace_code ORDER BY fee_ocur_time, setl_id, feedetl_sn) AS place
            FROM line WHERE trace_code IS NOT NULL
        ) w WHERE n > 1 AND place > 1 $$),

    ('covisit', '结伴就诊购药', 'people who come to the same places at the same time, again and again', '{"minutes": 10, "min_days": 3, "max_group": 50, "p_value": 1e-6}', $$
        WITH together AS (
            SELECT p.* FROM (
                SELECT covisit_agg(psn_no, begntime, fixmedins_code, make_interval(mins => ($1 ->> 'minutes')::int), ($1 ->> 'max_group')::int
                    ORDER BY fixmedins_code, begntime) AS s
                FROM visit WHERE scene IN ('outpatient', 'pharmacy')
            ) v, covisit_pairs(v.s, ($1 ->> 'min_days')::int) p WHERE p.p_value <= ($1 ->> 'p_value')::float8
        )
        SELECT ARRAY[p.a, p.b], p.a, NULL::text, NULL::text, NULL::timestamp, NULL::numeric,
            jsonb_build_object('with_person', p.b, 'ring', c.component, 'ring_persons', c.size, 'days', p.days, 'places', p.places,
                'expected', round(p.expected::numeric, 4), 'log10_p', round(log(nullif(p.p_value, 0))::numeric, 1))
        FROM together p JOIN (SELECT t.* FROM (SELECT components_agg(a, b) AS s FROM together) g, components(g.s) t) c ON c.node = p.a $$),

    ('after_death', '死亡后就诊', 'a visit after the day of death', '{}', $$
        SELECT ARRAY[mdtrt_id], psn_no, mdtrt_id, fixmedins_code, begntime, NULL::numeric,
            jsonb_build_object('died', die_date, 'days_after', begntime::date - die_date)
        FROM visit WHERE begntime::date > die_date $$),

    ('doctor_day', '医师工时超限', 'more standard minutes of a doctor on one day than so many hours have', '{"hours": 24}', $$
        SELECT ARRAY[doctor, day::text], NULL::text, NULL::text, min(fixmedins_code), day::timestamp, sum(det_item_fee_sumamt),
            jsonb_build_object('doctor', doctor, 'minutes', sum(minutes), 'limit_minutes', ($1 ->> 'hours')::numeric * 60, 'lines', count(*))
        FROM (
            SELECT coalesce(l.acord_dr_code, l.bilg_dr_code) AS doctor, l.fee_ocur_time::date AS day, l.fixmedins_code, l.det_item_fee_sumamt, l.cnt * m.std_minutes AS minutes
            FROM line l JOIN %1$s.med_list_b m USING (med_list_codg) WHERE m.std_minutes IS NOT NULL
        ) w WHERE doctor IS NOT NULL GROUP BY doctor, day HAVING sum(minutes) > ($1 ->> 'hours')::numeric * 60 $$),

    ('stock_balance', '进销存不符', 'more sold in a month than was there', '{"share": 1.0}', $$
        SELECT ARRAY[s.fixmedins_code, s.med_list_codg, s.month::text], NULL::text, NULL::text, s.fixmedins_code, s.month::timestamp, NULL::numeric,
            jsonb_build_object('item', s.med_list_codg, 'opening', s.open_cnt, 'purchased', s.purc_cnt, 'sold', s.sel_cnt, 'counted', s.invd_cnt)
        FROM %1$s.stock_d s
        WHERE s.sel_cnt > (coalesce(s.open_cnt, 0) + coalesce(s.purc_cnt, 0)) * ($1 ->> 'share')::numeric
            AND s.fixmedins_code IN (SELECT fixmedins_code FROM %1$s.fixmedins_b) AND ($2 IS NULL OR s.month >= $2) AND ($3 IS NULL OR s.month < $3) $$)

    ) m (method, title_zh, title_en, params, query);
END;
COMMENT ON FUNCTION audit_methods() IS 'Returns the methods that rules of audit_rule can name: what each looks for, its parameters with their defaults, and the query that audit_run runs, over the relations visit, line, item and pair described in doc/claims.md.';
