-- what: 20 intervals, one regular expression
-- note: set: B18, C00-C97, D45-D47, E10-E14, E78, F01-F03, F20-F29, F32-F33, G20-G21, G30-G31, G40-G41, I10-I15, I20-I25, I42-I43, I48-I50, I60-I69, J40-J47, K70-K76, M05-M06, N18-N19
-- timed
SELECT count(*) FROM dx WHERE code ~ '^(B18|C([0-8]|9[0-7])|D4[5-7]|E(1[0-4]|78)|F(2|0[1-3]|3[2-3])|G(2[0-1]|3[0-1]|4[0-1])|I(6|1[0-5]|2[0-5]|4[2-3]|4[8-9]|50)|J4[0-7]|K7[0-6]|M0[5-6]|N1[8-9])';
