-- what: one expression; logarithms that occur twice are taken twice
-- note: coefficients are constants of type float8, the conversion to mg/dL is folded into the intercept; of the ranges only that of age is checked
-- timed
SELECT count(*), sum(CASE WHEN age BETWEEN 35 AND 74 THEN
	CASE sex WHEN 'male' THEN float8 '1' - exp(-exp(-float8 '144.4607953206279' + float8 '31.9652' * ln(age)
		+ CASE WHEN bp_treated THEN (float8 '27.388765' - float8 '6.017925' * ln(age)) * ln(sbp) ELSE (float8 '26.147735' - float8 '5.730626' * ln(age)) * ln(sbp) END
		+ float8 '0.620299' * ln(tc) - float8 '0.6948' * ln(hdl) - float8 '0.712657' * ln(waist)
		+ CASE WHEN smoker THEN float8 '3.9552' - float8 '0.938952' * ln(age) ELSE float8 '0' END + CASE WHEN family_history THEN float8 '6.2152' - float8 '1.532224' * ln(age) ELSE float8 '0' END
		+ CASE WHEN urban THEN -float8 '0.16396' ELSE float8 '0' END
		+ CASE WHEN diabetes THEN float8 '0.356791' ELSE float8 '0' END + CASE WHEN north THEN float8 '0.4752' ELSE float8 '0' END))
	WHEN 'female' THEN float8 '1' - exp(-exp(-float8 '122.02200582915185' + float8 '24.86811' * ln(age)
		+ CASE WHEN bp_treated THEN (float8 '20.70574' - float8 '4.52692' * ln(age)) * ln(sbp) ELSE (float8 '19.97761' - float8 '4.35863' * ln(age)) * ln(sbp) END
		+ float8 '0.05757' * ln(tc) - float8 '0.21753' * ln(hdl) + float8 '1.47574' * ln(waist)
		+ CASE WHEN smoker THEN float8 '0.49426' ELSE float8 '0' END
		+ CASE WHEN diabetes THEN float8 '0.567' ELSE float8 '0' END + CASE WHEN north THEN float8 '0.54426' ELSE float8 '0' END)) END END) FROM risk_person;
