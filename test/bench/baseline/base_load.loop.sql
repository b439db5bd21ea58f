-- what: a loop that inserts each row in a block of its own and counts the errors
-- timed
DO $$
DECLARE r record; bad int := 0;
BEGIN
	FOR r IN SELECT * FROM person_text LOOP
		BEGIN
			INSERT INTO bench_pop.person (pid, id, name_enc, sex, birth, eth, marital, occ)
			VALUES (r.pid::bigint, r.id::cn_id, r.name_enc, r.sex, r.birth::date, r.eth, r.marital, r.occ);
		EXCEPTION WHEN OTHERS THEN bad := bad + 1;
		END;
	END LOOP;
	RAISE EXCEPTION division_by_zero;
EXCEPTION WHEN division_by_zero THEN NULL;
END $$
