-- what: INSERT with casts of the rows that are known to be good
-- timed
DO $$ BEGIN
	INSERT INTO bench_pop.person (pid, id, name_enc, sex, birth, eth, marital, occ)
	SELECT pid::bigint, id::cn_id, name_enc, sex, birth::date, eth, marital, occ FROM person_text WHERE sex <> '7';
	RAISE EXCEPTION division_by_zero;
EXCEPTION WHEN division_by_zero THEN NULL;
END $$
