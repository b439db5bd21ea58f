-- accounts: what follows from all claims of a synthetic province together: goods of hospitals, income and expenditure of the fund

CREATE PROCEDURE fill_province_accounts(prefix text DEFAULT 'hb')
    LANGUAGE plpgsql SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
    ins CONSTANT text := quote_ident(prefix || '_ins');
    filled boolean;
BEGIN
    PERFORM base_table_name(prefix, 'ins.stock_d');
    EXECUTE format('SELECT EXISTS (SELECT FROM %1$s.stock_d) OR EXISTS (SELECT FROM %1$s.fund_flow)', ins) INTO filled;
    IF filled THEN
        RETURN;
    END IF;
    -- Drugs and consumables by month: bought by tens, ten at least in stock at the end. F12: a hospital whose purchases are a
    -- third less than that, though what it counts is not.
    EXECUTE format($q$
        WITH sold AS (
            SELECT m.fixmedins_code AS org, f.med_list_codg AS item, date_trunc('month', f.fee_ocur_time)::date AS month, sum(f.cnt) AS n
            FROM %1$s.fee_list_d AS f JOIN %1$s.mdtrt_d AS m USING (mdtrt_id)
            WHERE f.list_type IN ('101', '301') GROUP BY 1, 2, 3),
        total AS (SELECT *, sum(n) OVER w AS upto, lag(n) OVER w IS NULL AS first FROM sold WINDOW w AS (PARTITION BY org, item ORDER BY month)),
        stock AS (SELECT *, ceil((upto + 10) / 10) * 10 AS bought, CASE WHEN first THEN 0 ELSE ceil((upto - n + 10) / 10) * 10 END AS before FROM total)
        INSERT INTO %1$s.stock_d (fixmedins_code, med_list_codg, month, open_cnt, purc_cnt, sel_cnt, invd_cnt)
        SELECT org, item, month, CASE WHEN first THEN 0 ELSE before - (upto - n) END,
            CASE WHEN abs(hashtextextended(org, 12) %% 100) < 3 AND EXISTS (SELECT FROM %1$s.label) THEN round((bought - before) * 0.66) ELSE bought - before END, n, bought - upto
        FROM stock$q$, ins);
    EXECUTE format($q$
        INSERT INTO %1$s.label (fraud_id, type, scheme_id, tab, row_key, amount, start_, end_)
        SELECT row_number() OVER (ORDER BY fixmedins_code, med_list_codg, month), 'F12', substr(fixmedins_code, 2)::bigint, 'stock_d', fixmedins_code || '.' || med_list_codg || '.' || month,
            round((open_cnt + purc_cnt - sel_cnt - invd_cnt) * -b.pric, 2), month, month + INTERVAL '1 month'
        FROM %1$s.stock_d JOIN %1$s.med_list_b AS b USING (med_list_codg) WHERE open_cnt + purc_cnt - sel_cnt < invd_cnt$q$, ins);
    -- The fund by prefecture and month: expenditure as settled, and five years before at six per cent less each; employees pay
    -- in monthly, with a step in July, residents at the turn of the year.
    EXECUTE format($q$
        WITH spent AS (
            SELECT CASE WHEN left(m.insu_admdvs::text, 4) = '4290' THEN m.insu_admdvs::text ELSE left(m.insu_admdvs::text, 4) || '00' END AS area, m.insutype,
                date_trunc('month', s.setl_time)::date AS month, sum(s.fund_pay_sumamt) AS n
            FROM %1$s.setl_d AS s JOIN %1$s.mdtrt_d AS m USING (mdtrt_id) GROUP BY 1, 2, 3),
        span AS (SELECT date_trunc('month', min(begntime))::date AS lo, date_trunc('month', max(begntime))::date AS hi FROM %1$s.mdtrt_d),
        mean AS (SELECT area, insutype, sum(n) / ((SELECT extract(year FROM age(hi, lo)) * 12 + extract(month FROM age(hi, lo)) + 1 FROM span)) AS n FROM spent GROUP BY 1, 2),
        flow AS (
            SELECT mean.area, mean.insutype, g::date AS month,
                mean.n * 1.06 ^ ((g::date - lo) / 365.25) AS level,
                coalesce(spent.n, CASE WHEN g >= lo THEN 0 ELSE mean.n * 1.06 ^ ((g::date - lo) / 365.25) * (1 + 0.12 * cos((extract(month FROM g) - 0.5) * pi() / 6))
                    * (0.95 + abs(hashtextextended(mean.area || mean.insutype || g::date, 1) %% 1000) / 10000.0) END) AS expend
            FROM span, mean CROSS JOIN LATERAL generate_series(span.lo - INTERVAL '60 months', span.hi, INTERVAL '1 month') AS g
                LEFT JOIN spent ON spent.area = mean.area AND spent.insutype = mean.insutype AND spent.month = g),
        paid AS (
            SELECT *, level * CASE WHEN insutype = '310' THEN 1.08 * (CASE WHEN extract(month FROM month) >= 7 THEN 1.03 ELSE 0.98 END)
                ELSE (ARRAY[5.2, 2.1, 0.6, 0.2, 0.2, 0.2, 0.2, 0.2, 0.3, 0.6, 1.0, 1.4])[extract(month FROM month)::int] * 1.05 END AS income FROM flow)
        INSERT INTO %1$s.fund_flow (admdvs, insutype, month, income, expend, balance)
        SELECT area::cn_division, insutype, month, round(income::numeric, 2), round(expend::numeric, 2),
            sum(round(income::numeric, 2) - round(expend::numeric, 2)) OVER (PARTITION BY area, insutype ORDER BY month) FROM paid$q$, ins);
END
$$;
COMMENT ON PROCEDURE fill_province_accounts(text) IS 'Fills the stock of hospitals and pharmacies by month, and the income and expenditure of the fund by prefecture and month, from all claims of a synthetic province; the fund also for the 60 months before, by assumption. Plants pattern F12, goods sold that were never bought, if other patterns are planted. Does nothing where either table has rows. A part of finish_province.';
