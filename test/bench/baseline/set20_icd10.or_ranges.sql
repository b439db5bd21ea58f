-- what: 20 intervals, OR of text ranges
-- note: set: B18, C00-C97, D45-D47, E10-E14, E78, F01-F03, F20-F29, F32-F33, G20-G21, G30-G31, G40-G41, I10-I15, I20-I25, I42-I43, I48-I50, I60-I69, J40-J47, K70-K76, M05-M06, N18-N19
-- timed
SELECT count(*) FROM dx WHERE code >= 'B18' AND code < 'B19'
    OR code >= 'C00' AND code < 'C98'
    OR code >= 'D45' AND code < 'D48'
    OR code >= 'E10' AND code < 'E15'
    OR code >= 'E78' AND code < 'E79'
    OR code >= 'F01' AND code < 'F04'
    OR code >= 'F20' AND code < 'F30'
    OR code >= 'F32' AND code < 'F34'
    OR code >= 'G20' AND code < 'G22'
    OR code >= 'G30' AND code < 'G32'
    OR code >= 'G40' AND code < 'G42'
    OR code >= 'I10' AND code < 'I16'
    OR code >= 'I20' AND code < 'I26'
    OR code >= 'I42' AND code < 'I44'
    OR code >= 'I48' AND code < 'I51'
    OR code >= 'I60' AND code < 'I70'
    OR code >= 'J40' AND code < 'J48'
    OR code >= 'K70' AND code < 'K77'
    OR code >= 'M05' AND code < 'M07'
    OR code >= 'N18' AND code < 'N20';
