-- what: code <@ 20 intervals, scan
-- setup: setup_types.sql
-- timed
SELECT count(*) FROM dx WHERE icd <@ 'B18, C00-C97, D45-D47, E10-E14, E78, F01-F03, F20-F29, F32-F33, G20-G21, G30-G31, G40-G41, I10-I15, I20-I25, I42-I43, I48-I50, I60-I69, J40-J47, K70-K76, M05-M06, N18-N19';
