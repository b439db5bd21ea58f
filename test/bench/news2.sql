-- what: NEWS2 beside inlined SQL
-- limit: rate >= 6000000
-- limit: ratio < 1
-- setup: setup_news2.sql
-- note: every argument is checked against its range, which the baseline does not do
-- timed
SELECT count(*), sum(news2(rr => rr, spo2 => spo2, o2 => o2, sbp => sbp, hr => hr, acvpu => acvpu, temp => temp, scale2 => scale2)) FROM risk_vitals;
