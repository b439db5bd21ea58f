-- what: charlson bits per patient: bool_or of one regular expression for every category
-- rows: 200000
-- note: very slow, so over 200000 rows ordered by patient: its result row is not that of the other files
-- note: PostgreSQL caches 32 compiled expressions a session: with a 33rd pattern every one is compiled again for every row (50 times slower)
CREATE TEMPORARY TABLE some_dx AS SELECT patient, code FROM dxc LIMIT 200000;
ANALYZE some_dx;
-- timed
SELECT count(*), sum(m), bit_or(m) FROM (
  SELECT patient, ((bool_or(code ~ '^(I2[12]|I25\.2)'))::int::int8 << 0) -- mi
       | ((bool_or(code ~ '(^|\+)(I09\.9|I11\.0|P29\.0|I13\.[02]|I25\.5|I42\.[056789]|I43|I50)'))::int::int8 << 1) -- chf
       | ((bool_or(code ~ '(^|\+)(I7[01]|I73\.[189]|K55\.[189]|I77\.1|I79\.[02]|Z95\.[89])'))::int::int8 << 2) -- pvd
       | ((bool_or(code ~ '(^|\+)(G4[56]|I6[0123456789]|H34\.0)'))::int::int8 << 3) -- cevd
       | ((bool_or(code ~ '(^|\+)(F0[0123]|G30|F05\.1|G31\.1)'))::int::int8 << 4) -- dementia
       | ((bool_or(code ~ '^(I27\.[89]|J4[01234567]|J6[01234567]|J68\.4|J70\.[13])'))::int::int8 << 5) -- cpd
       | ((bool_or(code ~ '(^|\+)(M0[56]|M3[234]|M31\.5|M35\.[13]|M36\.0)'))::int::int8 << 6) -- rheumd
       | ((bool_or(code ~ '^(K2[5678])'))::int::int8 << 7) -- pud
       | ((bool_or(code ~ '^(B18|K7[34]|K70\.[01239]|K71\.[3457]|K76\.[023489]|Z94\.4)'))::int::int8 << 8) -- mld
       | ((bool_or(code ~ '^(E1[01234]\.[01689])'))::int::int8 << 9) -- diab
       | ((bool_or(code ~ '^(E1[01234]\.[23457])'))::int::int8 << 10) -- diabwc
       | ((bool_or(code ~ '^(G04\.1|G11\.4|G80\.[12]|G8[12]|G83\.[012349])'))::int::int8 << 11) -- hp
       | ((bool_or(code ~ '^(I12\.0|N25\.0|Z94\.0|I13\.1|N0[35]\.[234567]|N1[89]|Z49\.[012]|Z99\.2)'))::int::int8 << 12) -- rend
       | ((bool_or(code ~ '^(C0[0123456789]|C1[0123456789]|C2[0123456]|C3[01234789]|C4[01356789]|C5[012345678]|C6[0123456789]|C7[0123456]|C8[123458]|C9[01234567])'))::int::int8 << 13) -- canc
       | ((bool_or(code ~ '(^|\+)(I85\.[09]|I86\.4|K70\.4|I98\.2|K71\.1|K72\.[19]|K76\.[567])'))::int::int8 << 14) -- msld
       | ((bool_or(code ~ '^(C7[789]|C80)'))::int::int8 << 15) -- metacanc
       | ((bool_or(code ~ '^(B2[0124])'))::int::int8 << 16) -- aids
    FROM some_dx GROUP BY patient) s(patient, m);
