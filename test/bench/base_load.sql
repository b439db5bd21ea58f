-- what: judge and load a file of persons (8 columns, 1 % faults), keys and checks in place
-- limit: ratio <= 2
-- rows: 200000
-- setup: setup_base_load.sql
-- note: the baseline `insert` knows beforehand which rows are good; `loop` finds out row by row, as a script would
-- timed
DO $$ BEGIN
	PERFORM load_base('bench', 'pop.person', 'person_text');
	RAISE EXCEPTION division_by_zero;
EXCEPTION WHEN division_by_zero THEN NULL;  -- so that the next round finds the table empty
END $$
