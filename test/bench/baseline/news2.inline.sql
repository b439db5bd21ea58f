-- what: one expression; likely values first
-- note: values are not checked against ranges; NULL gives NULL as CASE with a last ELSE would not
-- timed
SELECT count(*), sum(
	CASE WHEN rr <= 8 THEN 3 WHEN rr <= 11 THEN 1 WHEN rr <= 20 THEN 0 WHEN rr <= 24 THEN 2 WHEN rr > 24 THEN 3 END
	+ CASE WHEN NOT scale2 THEN CASE WHEN spo2 > 95 THEN 0 WHEN spo2 > 93 THEN 1 WHEN spo2 > 91 THEN 2 WHEN spo2 <= 91 THEN 3 END
		ELSE CASE WHEN spo2 <= 83 THEN 3 WHEN spo2 <= 85 THEN 2 WHEN spo2 <= 87 THEN 1 WHEN spo2 <= 92 OR NOT o2 THEN 0 WHEN spo2 <= 94 THEN 1 WHEN spo2 <= 96 THEN 2 WHEN spo2 > 96 THEN 3 END END
	+ CASE WHEN o2 THEN 2 ELSE 0 END
	+ CASE WHEN sbp <= 90 THEN 3 WHEN sbp <= 100 THEN 2 WHEN sbp <= 110 THEN 1 WHEN sbp <= 219 THEN 0 WHEN sbp > 219 THEN 3 END
	+ CASE WHEN hr <= 40 THEN 3 WHEN hr <= 50 THEN 1 WHEN hr <= 90 THEN 0 WHEN hr <= 110 THEN 1 WHEN hr <= 130 THEN 2 WHEN hr > 130 THEN 3 END
	+ CASE WHEN acvpu = 'A' THEN 0 ELSE 3 END
	+ CASE WHEN temp <= 35 THEN 3 WHEN temp <= 36 THEN 1 WHEN temp <= 38 THEN 0 WHEN temp <= 39 THEN 1 WHEN temp > 39 THEN 2 END) FROM risk_vitals;
