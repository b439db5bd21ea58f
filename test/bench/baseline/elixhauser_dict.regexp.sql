-- what: elixhauser bits per patient: bool_or of one regular expression for every category
-- rows: 200000
-- note: very slow, so over 200000 rows ordered by patient: its result row is not that of the other files
-- note: PostgreSQL caches 32 compiled expressions a session: with a 33rd pattern every one is compiled again for every row (50 times slower)
CREATE TEMPORARY TABLE some_dx AS SELECT patient, code FROM dxc LIMIT 200000;
ANALYZE some_dx;
-- timed
SELECT count(*), sum(m), bit_or(m) FROM (
  SELECT patient, ((bool_or(code ~ '(^|\+)(I09\.9|I11\.0|P29\.0|I13\.[02]|I25\.5|I42\.[056789]|I43|I50)'))::int::int8 << 0) -- chf
       | ((bool_or(code ~ '^(I44\.[123]|I45\.[69]|I4[789]|R00\.[018]|T82\.1|Z45\.0|Z95\.0)'))::int::int8 << 1) -- carit
       | ((bool_or(code ~ '(^|\+)(A52\.0|I0[5678]|I3[456789]|I09\.[18]|Q23\.[0123]|Z95\.[234])'))::int::int8 << 2) -- valv
       | ((bool_or(code ~ '^(I2[67]|I28\.[089])'))::int::int8 << 3) -- pcd
       | ((bool_or(code ~ '(^|\+)(I7[01]|I73\.[189]|K55\.[189]|I77\.1|I79\.[02]|Z95\.[89])'))::int::int8 << 4) -- pvd
       | ((bool_or(code ~ '^(I10)'))::int::int8 << 5) -- hypunc
       | ((bool_or(code ~ '^(I1[1235])'))::int::int8 << 6) -- hypc
       | ((bool_or(code ~ '^(G04\.1|G11\.4|G80\.[12]|G8[12]|G83\.[012349])'))::int::int8 << 7) -- para
       | ((bool_or(code ~ '(^|\+)(G1[0123]|G2[012]|G3[2567]|G4[01]|R56|G25\.[45]|G31\.[289]|G93\.[14]|R47\.0)'))::int::int8 << 8) -- ond
       | ((bool_or(code ~ '^(I27\.[89]|J4[01234567]|J6[01234567]|J68\.4|J70\.[13])'))::int::int8 << 9) -- cpd
       | ((bool_or(code ~ '^(E1[01234]\.[019])'))::int::int8 << 10) -- diabunc
       | ((bool_or(code ~ '^(E1[01234]\.[2345678])'))::int::int8 << 11) -- diabc
       | ((bool_or(code ~ '^(E0[0123]|E89\.0)'))::int::int8 << 12) -- hypothy
       | ((bool_or(code ~ '^(I12\.0|N25\.0|Z94\.0|I13\.1|N1[89]|Z49\.[012]|Z99\.2)'))::int::int8 << 13) -- rf
       | ((bool_or(code ~ '(^|\+)(B18|I85|K7[0234]|I86\.4|Z94\.4|I98\.2|K71\.[13457]|K76\.[023456789])'))::int::int8 << 14) -- ld
       | ((bool_or(code ~ '^(K2[5678]\.[79])'))::int::int8 << 15) -- pud
       | ((bool_or(code ~ '^(B2[0124])'))::int::int8 << 16) -- aids
       | ((bool_or(code ~ '^(C8[123458]|C96|C90\.[02])'))::int::int8 << 17) -- lymph
       | ((bool_or(code ~ '^(C7[789]|C80)'))::int::int8 << 18) -- metacanc
       | ((bool_or(code ~ '^(C0[0123456789]|C1[0123456789]|C2[0123456]|C3[01234789]|C4[01356789]|C5[012345678]|C6[0123456789]|C7[0123456]|C97)'))::int::int8 << 19) -- solidtum
       | ((bool_or(code ~ '^(L94\.[013]|M0[568]|M3[02345]|M45|M12\.[03]|M31\.[0123]|M46\.[189])'))::int::int8 << 20) -- rheumd
       | ((bool_or(code ~ '^(D6[5678]|D69\.[13456])'))::int::int8 << 21) -- coag
       | ((bool_or(code ~ '^(E66)'))::int::int8 << 22) -- obes
       | ((bool_or(code ~ '^(E4[0123456]|R64|R63\.4)'))::int::int8 << 23) -- wloss
       | ((bool_or(code ~ '^(E22\.2|E8[67])'))::int::int8 << 24) -- fed
       | ((bool_or(code ~ '^(D50\.0)'))::int::int8 << 25) -- blane
       | ((bool_or(code ~ '^(D50\.[89]|D5[123])'))::int::int8 << 26) -- dane
       | ((bool_or(code ~ '^(E52|F10|T51|G62\.1|Z72\.1|I42\.6|K29\.2|Z50\.2|K70\.[039]|Z71\.4)'))::int::int8 << 27) -- alcohol
       | ((bool_or(code ~ '^(F1[12345689]|Z71\.5|Z72\.2)'))::int::int8 << 28) -- drug
       | ((bool_or(code ~ '^(F2[0234589]|F30\.2|F31\.[25])'))::int::int8 << 29) -- psycho
       | ((bool_or(code ~ '^(F20\.4|F31\.[345]|F3[23]|F34\.1|F4[13]\.2)'))::int::int8 << 30) -- depre
    FROM some_dx GROUP BY patient) s(patient, m);
