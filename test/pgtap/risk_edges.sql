-- Both sides of every limit of the points tables and rules, one input at a time, as the published tables print them.
BEGIN;
SELECT no_plan();

-- A call with one input to fill in, its values, and the results; the other inputs give 0 points or the lowest class.
CREATE TEMP TABLE step (call text, vals text[], results text[]);
INSERT INTO step VALUES
	-- Royal College of Physicians 2017
	('news2(rr => %s, spo2 => 97, o2 => false, sbp => 120, hr => 75, acvpu => ''A'', temp => 37)', '{8,9,11,12,20,21,24,25}', '{3,1,1,0,0,2,2,3}'),
	('news2(rr => 15, spo2 => %s, o2 => false, sbp => 120, hr => 75, acvpu => ''A'', temp => 37)', '{91,92,93,94,95,96,100}', '{3,2,2,1,1,0,0}'),
	('news2(rr => 15, spo2 => %s, scale2 => true, o2 => false, sbp => 120, hr => 75, acvpu => ''A'', temp => 37)', '{83,84,85,86,87,88,92,93,97,100}', '{3,2,2,1,1,0,0,0,0,0}'),
	('news2(rr => 15, spo2 => %s, scale2 => true, o2 => true, sbp => 120, hr => 75, acvpu => ''A'', temp => 37) - 2', '{83,84,87,88,92,93,94,95,96,97}', '{3,2,1,0,0,1,1,2,2,3}'),
	('news2(rr => 15, spo2 => 97, o2 => false, sbp => %s, hr => 75, acvpu => ''A'', temp => 37)', '{90,91,100,101,110,111,219,220}', '{3,2,2,1,1,0,0,3}'),
	('news2(rr => 15, spo2 => 97, o2 => false, sbp => 120, hr => %s, acvpu => ''A'', temp => 37)', '{40,41,50,51,90,91,110,111,130,131}', '{3,1,1,0,0,1,1,2,2,3}'),
	('news2(rr => 15, spo2 => 97, o2 => false, sbp => 120, hr => 75, acvpu => ''A'', temp => %s)', '{35.0,35.1,36.0,36.1,38.0,38.1,39.0,39.1}', '{3,1,1,0,0,1,1,2}'),
	('news2(rr => 15, spo2 => 97, o2 => false, sbp => 120, hr => 75, acvpu => %L, temp => 37)', '{A,C,V,P,U}', '{0,3,3,3,3}'),
	-- Singer 2016
	('qsofa(rr => %s, sbp => 120, gcs => 15)', '{21,22}', '{0,1}'),
	('qsofa(rr => 18, sbp => %s, gcs => 15)', '{100,101}', '{1,0}'),
	('qsofa(rr => 18, sbp => 120, gcs => %s)', '{14,15}', '{1,0}'),
	-- Lip 2010, Pisters 2010, Johnston 2007, Weimar 2009
	('cha2ds2_vasc(sex => ''M'', age => %s, chf => false, htn => false, dm => false, stroke => false, vasc => false)', '{64.9,65,74.9,75}', '{0,1,1,2}'),
	('cha2ds2_va(age => %s, chf => false, htn => false, dm => false, stroke => false, vasc => false)', '{64.9,65,74.9,75}', '{0,1,1,2}'),
	('abcd2(age => %s, sbp => 120, dbp => 70, feature => ''other'', minutes => 5, dm => false)', '{59.9,60}', '{0,1}'),
	('abcd2(age => 50, sbp => %s, dbp => 70, feature => ''other'', minutes => 5, dm => false)', '{139,140}', '{0,1}'),
	('abcd2(age => 50, sbp => 120, dbp => %s, feature => ''other'', minutes => 5, dm => false)', '{89,90}', '{0,1}'),
	('abcd2(age => 50, sbp => 120, dbp => 70, feature => ''other'', minutes => %s, dm => false)', '{9.9,10,59,60}', '{0,1,1,2}'),
	('essen(age => %s, htn => false, dm => false, mi => false, ocvd => false, pad => false, smk => false, stroke => false)', '{64.9,65,75,75.1}', '{0,1,1,2}'),
	('cn_stroke8(htn => false, smoke => false, dm => false, af => false, inactive => false, fam => false, bmi => %s, dyslip => false)', '{25.9,26}', '{0,1}'),
	-- Zhou 2013
	('ncdrs(sex => ''F'', age => %s, sbp => 100, bmi => 20, waist => 60, fh => false)', '{20,24,25,34,35,39,40,44,45,49,50,54,55,59,60,64,65,74}', '{0,0,4,4,8,8,11,11,12,12,13,13,15,15,16,16,18,18}'),
	('ncdrs(sex => ''F'', age => 20, sbp => %s, bmi => 20, waist => 60, fh => false)', '{109,110,119,120,129,130,139,140,149,150,159,160}', '{0,1,1,3,3,6,6,7,7,8,8,10}'),
	('ncdrs(sex => ''F'', age => 20, sbp => 100, bmi => %s, waist => 60, fh => false)', '{21.9,22,23.95,24,29.9,30}', '{0,1,1,3,3,5}'),
	('ncdrs(sex => ''F'', age => 20, sbp => 100, bmi => 20, waist => %s, fh => false)', '{69.9,70,74.9,75,79.9,80,84.9,85,89.9,90}', '{0,3,3,5,5,7,7,8,8,10}'),
	('ncdrs(sex => ''M'', age => 20, sbp => 100, bmi => 20, waist => %s, fh => false) - 2', '{74.9,75,79.9,80,84.9,85,89.9,90,94.9,95}', '{0,3,3,5,5,7,7,8,8,10}'),
	-- Lindström 2003, Bang 2009
	('findrisc(sex => ''F'', age => %s, bmi => 20, waist => 60, active => true, fruitveg => true, bpmed => false, highglu => false, fam => 0)', '{44,45,54,55,64,65}', '{0,2,2,3,3,4}'),
	('findrisc(sex => ''F'', age => 30, bmi => %s, waist => 60, active => true, fruitveg => true, bpmed => false, highglu => false, fam => 0)', '{24.9,25,30,30.1}', '{0,1,1,3}'),
	('findrisc(sex => ''M'', age => 30, bmi => 20, waist => %s, active => true, fruitveg => true, bpmed => false, highglu => false, fam => 0)', '{93.9,94,102,102.1}', '{0,3,3,4}'),
	('findrisc(sex => ''F'', age => 30, bmi => 20, waist => %s, active => true, fruitveg => true, bpmed => false, highglu => false, fam => 0)', '{79.9,80,88,88.1}', '{0,3,3,4}'),
	('ada2009(sex => ''F'', age => %s, bmi => 20, gdm => false, rel => false, htn => false, inactive => false)', '{39,40,49,50,59,60}', '{0,1,1,2,2,3}'),
	('ada2009(sex => ''F'', age => 30, bmi => %s, gdm => false, rel => false, htn => false, inactive => false)', '{24.9,25,29.9,30,39.9,40}', '{0,1,1,2,2,3}'),
	-- Pugh 1973 (mg/dL and g/dL, converted), Papatheodoridis 2016, Kim 2018
	('child_pugh(bili => mgdl_to_umol(''bilirubin'', %s), alb => 40, inr => 1, ascites_pts => 1, enceph_pts => 1) - 4', '{1.9,2,3,3.1}', '{1,2,2,3}'),
	('child_pugh(bili => 10, alb => %s * 10, inr => 1, ascites_pts => 1, enceph_pts => 1) - 4', '{3.6,3.5,2.8,2.7}', '{1,2,2,3}'),
	('child_pugh(bili => 10, alb => 40, inr => %s, ascites_pts => 1, enceph_pts => 1) - 4', '{1.6,1.7,2.3,2.4}', '{1,2,2,3}'),
	('page_b(sex => ''F'', age => %s, plt => 250)', '{29,30,39,40,49,50,59,60,69,70}', '{0,2,2,4,4,6,6,8,8,10}'),
	('page_b(sex => ''F'', age => 20, plt => %s)', '{200,199,100,99}', '{0,6,6,9}'),
	('mpage_b(sex => ''F'', age => %s, plt => 300, alb => 45)', '{29,30,39,40,49,50,59,60,69,70}', '{0,3,3,5,5,7,7,9,9,11}'),
	('mpage_b(sex => ''F'', age => 20, plt => %s, alb => 45)', '{250,249,200,199,150,149,100,99}', '{0,2,2,3,3,4,4,5}'),
	('mpage_b(sex => ''F'', age => 20, plt => 300, alb => %s * 10)', '{4,3.9,3.5,3.4,3,2.9}', '{0,1,1,2,2,3}'),
	-- GOLD 2023, Martinez 2008
	('gold_grade(fev1_pct => %s)', '{80,79.9,50,49.9,30,29.9}', '{1,2,2,3,3,4}'),
	('gold_abe_2023(moderate_exac => 1, hosp_exac => 0, mmrc => %s)', '{1,2}', '{A,B}'),
	('gold_abe_2023(moderate_exac => 1, hosp_exac => 0, cat => %s)', '{9,10}', '{A,B}'),
	('gold_abe_2023(moderate_exac => %s, hosp_exac => 0, cat => 0)', '{1,2}', '{A,E}'),
	('cat_band(cat => %s)', '{9,10,20,21,30,31}', '{low,medium,medium,high,high,very high}'),
	('copd_ps(breath => %s, phlegm => 0, less => 0, smoke100 => false, age => 40)', '{0,1,2,3,4}', '{0,0,1,2,2}'),
	('copd_ps(breath => 0, phlegm => %s, less => 0, smoke100 => false, age => 40)', '{0,1,2,3,4}', '{0,0,1,1,2}'),
	('copd_ps(breath => 0, phlegm => 0, less => %s, smoke100 => false, age => 40)', '{0,1,2,3,4}', '{0,0,0,1,2}'),
	('copd_ps(breath => 0, phlegm => 0, less => 0, smoke100 => false, age => %s)', '{49,50,59,60}', '{0,1,1,2}'),
	-- KDIGO 2024, WS/T 428, the guidelines on lipids, glucose and pressure; limits in mg/dL converted
	('kdigo_g(egfr => %s)', '{90,89.9,60,59.9,45,44.9,30,29.9,15,14.9}', '{G1,G2,G2,G3a,G3a,G3b,G3b,G4,G4,G5}'),
	('kdigo_a(acr_mg_g => %s)', '{29.9,30,300,300.1}', '{A1,A2,A2,A3}'),
	('ws428_bmi(bmi => %s)', '{18.4,18.5,23.9,24,27.9,28}', '{underweight,normal,normal,overweight,overweight,obese}'),
	('ws428_waist(sex => ''M'', waist => %s)', '{84.9,85,89.9,90}', '{normal,pre-central,pre-central,central}'),
	('ws428_waist(sex => ''F'', waist => %s)', '{79.9,80,84.9,85}', '{normal,pre-central,pre-central,central}'),
	('cn_bp_grade(sbp => %s, dbp => 60)', '{119,120,139,140,159,160,179,180}', '{0,1,1,11,11,12,12,13}'),
	('cn_bp_grade(sbp => 100, dbp => %s)', '{79,80,89,90,99,100,109,110}', '{0,1,1,11,11,12,12,13}'),
	('cn_dyslipidaemia_tc(tc => %s)', '{5.19,5.2,6.19,6.2}', '{appropriate,borderline,borderline,high}'),
	('cn_dyslipidaemia_ldl(ldl => %s)', '{2.59,2.6,3.39,3.4,4.09,4.1}', '{ideal,appropriate,appropriate,borderline,borderline,high}'),
	('cn_dyslipidaemia_non_hdl(non_hdl => %s)', '{3.39,3.4,4.09,4.1,4.89,4.9}', '{ideal,appropriate,appropriate,borderline,borderline,high}'),
	('cn_dyslipidaemia_hdl(hdl => %s)', '{0.99,1.0}', '{low,ok}'),
	('cn_dyslipidaemia_tg(tg => %s)', '{1.69,1.7,2.29,2.3}', '{appropriate,borderline,borderline,high}'),
	('glycaemic_state(fpg => %s)', '{6.09,6.1,6.99,7}', '{normal,IFG,IFG,diabetes-range}'),
	('glycaemic_state(ogtt2h => %s)', '{7.79,7.8,11.09,11.1}', '{normal,IGT,IGT,diabetes-range}'),
	('glycaemic_state(fpg => 5, hba1c => %s)', '{6.49,6.5}', '{normal,diabetes-range}'),
	('mets_cds2020(sex => ''M'', waist => 80, dm => false, sbp => 120, dbp => 80, htn_tx => false, tg => %s, hdl => 1.2, fpg => 5)', '{1.69,1.7}', '{0,1}'),
	('mets_cds2020(sex => ''F'', waist => 80, dm => false, sbp => 120, dbp => 80, htn_tx => false, tg => 1, hdl => %s, fpg => 5)', '{1.03,1.04}', '{1,0}'),
	('mets_cds2020(sex => ''F'', waist => %s, dm => false, sbp => 120, dbp => 80, htn_tx => false, tg => 1, hdl => 1.2, fpg => 5)', '{84.9,85}', '{0,1}'),
	('mets_cds2004(sex => ''F'', bmi => 20, dm => false, sbp => 120, dbp => 80, htn_tx => false, tg => 1, hdl => %s, fpg => 5)', '{0.99,1}', '{1,0}'),
	('mets_cds2004(sex => ''M'', bmi => 20, dm => false, sbp => 120, dbp => 80, htn_tx => false, tg => 1, hdl => %s, fpg => 5)', '{0.89,0.9}', '{1,0}'),
	('mets_idf_harmonized(sex => ''F'', waist => 70, dm => false, sbp => 120, dbp => 80, htn_tx => false, tg => 1, hdl => %s, fpg => 5)', '{1.28,1.29}', '{1,0}'),
	('mets_idf_harmonized(sex => ''M'', waist => 70, dm => false, sbp => 120, dbp => 80, htn_tx => false, tg => 1, hdl => 1.2, fpg => %s)', '{5.59,5.6}', '{0,1}'),
	('cn_lipid2023(sex => ''M'', age => 60, ldl => %s, tc => 3, hdl => 0.9, smoker => true, htn => false)', '{1.79,1.8,2.59,2.6,3.4,4.89,4.9}', '{NULL,low,low,moderate,moderate,moderate,high}'),
	('cn_lipid2023(sex => ''M'', age => 60, ldl => 1, tc => %s, hdl => 0.9, smoker => true, htn => false)', '{3.09,3.1,4.09,4.1,5.2,7.19,7.2}', '{NULL,low,low,moderate,moderate,moderate,high}'),
	('cn_lipid2023(sex => ''F'', age => %s, ldl => 3, tc => 4.5, hdl => 1.2, smoker => true, htn => true)', '{54.9,55}', '{moderate,high}'),
	('cn_lipid2023(sex => ''M'', age => %s, ldl => 3, tc => 4.5, hdl => 1.2, smoker => false, htn => false, dm => true)', '{39.9,40}', '{low,high}');

CREATE FUNCTION pg_temp.run(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	EXECUTE 'SELECT ' || call INTO result;
	RETURN result;
END $$;
SELECT is((SELECT array_agg(pg_temp.run(format(call, v)) ORDER BY n) FROM unnest(vals) WITH ORDINALITY u(v, n)), results, call || ' of ' || vals::text)
FROM step;
SELECT is_empty($$ SELECT DISTINCT m.name FROM risk_model_rows() m WHERE ' ' || hooks || ' ' LIKE '% points %' AND name <> 'has_bled'
	AND NOT EXISTS (SELECT FROM step WHERE call LIKE m.name || '(%') $$, 'every points table with a limit is tried');

SELECT * FROM finish();
ROLLBACK;
