-- what: a PL/pgSQL function with its own checks
-- note: as a site would write it: sums in variables, an error for each value out of range
CREATE OR REPLACE FUNCTION china_par_plpgsql(sex text, age float8, sbp float8, bp_treated boolean, tc float8, hdl float8, waist float8,
	smoker boolean, diabetes boolean, north boolean, urban boolean, family_history boolean) RETURNS float8
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	a float8 := ln(age);
	s float8 := ln(sbp);
BEGIN
	IF age NOT BETWEEN 35 AND 74 OR sbp NOT BETWEEN 70 AND 200 OR tc NOT BETWEEN 2 AND 11 OR hdl NOT BETWEEN 0.5 AND 4 OR waist NOT BETWEEN 50 AND 130 THEN
		RAISE numeric_value_out_of_range;
	END IF;
	IF sex = 'male' THEN
		RETURN float8 '1' - exp(-exp(-float8 '144.4607953206279' + float8 '31.9652' * a
		+ CASE WHEN bp_treated THEN (float8 '27.388765' - float8 '6.017925' * a) * s ELSE (float8 '26.147735' - float8 '5.730626' * a) * s END
		+ float8 '0.620299' * ln(tc) - float8 '0.6948' * ln(hdl) - float8 '0.712657' * ln(waist)
		+ CASE WHEN smoker THEN float8 '3.9552' - float8 '0.938952' * a ELSE float8 '0' END + CASE WHEN family_history THEN float8 '6.2152' - float8 '1.532224' * a ELSE float8 '0' END
		+ CASE WHEN urban THEN -float8 '0.16396' ELSE float8 '0' END
		+ CASE WHEN diabetes THEN float8 '0.356791' ELSE float8 '0' END + CASE WHEN north THEN float8 '0.4752' ELSE float8 '0' END));
	ELSE
		RETURN float8 '1' - exp(-exp(-float8 '122.02200582915185' + float8 '24.86811' * a
		+ CASE WHEN bp_treated THEN (float8 '20.70574' - float8 '4.52692' * a) * s ELSE (float8 '19.97761' - float8 '4.35863' * a) * s END
		+ float8 '0.05757' * ln(tc) - float8 '0.21753' * ln(hdl) + float8 '1.47574' * ln(waist)
		+ CASE WHEN smoker THEN float8 '0.49426' ELSE float8 '0' END
		+ CASE WHEN diabetes THEN float8 '0.567' ELSE float8 '0' END + CASE WHEN north THEN float8 '0.54426' ELSE float8 '0' END));
	END IF;
END $$;
-- timed
SELECT count(*), sum(china_par_plpgsql(sex, age, sbp, bp_treated, tc, hdl, waist, smoker, diabetes, north, urban, family_history)) FROM risk_person;
