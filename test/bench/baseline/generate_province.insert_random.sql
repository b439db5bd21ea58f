-- what: fee lines of random numbers by INSERT ... SELECT
-- note: rows of one kind, each made of its own number: what storing such rows costs when nothing in them fits anything else
-- timed
INSERT INTO bench_fee (setl_id, feedetl_sn, mdtrt_id, fee_ocur_time, cnt, pric, det_item_fee_sumamt, chrgitm_lv, hilist_code, list_type, med_list_codg, bilg_dr_code)
SELECT 'S' || i / 15, 'F' || i % 15, 'M' || i / 15, TIMESTAMP '2023-01-01' + random() * INTERVAL '365 days', 1 + i % 3, 8.4, (1 + i % 3) * 8.4,
	'0' || 1 + i % 2, 'XC08CA01A001', '101', 'XC08CA01A001', 'D' || 420106000 + i % 997
FROM generate_series(1, 1177542) AS i;
