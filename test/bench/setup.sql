-- setup.sql: the plain-PostgreSQL side of the benchmark. Nothing here needs the extension.
--   psql -v rows=10000000 -v data=<folder of test/data> -f setup.sql
-- Optional environment: HB_REFERENCE = the reference folder (its icd/lists/*.txt are read, never copied).
-- Without it the codes come from <data>/golden_input.csv and the procedure codes are made up by shape.
-- Deterministic: the same rows and the same code list give the same tables.
--
-- Tables (all UNLOGGED, VACUUM (FREEZE, ANALYZE)d at the end); in wide tables the fixed-width columns come first
-- because that is the cheapest layout for a heap tuple:
--   dict   one row per diagnosis code; n = dense rank of the code in byte order (1..), so a range of codes is a range of n
--   dx     :rows diagnoses in random order, no index                     (scan cases)
--   dxc    the same rows ordered by patient, with btrees on patient, code, n   (clustered and index cases)
--   patient  one row per patient that has a row in dx
--   person :rows valid 18-digit resident ID numbers
--   pdict, proc  the same for ICD-9-CM-3 procedure codes
--   bench_set    the two phenotypes of 20 intervals (set20: frequent, rare20: rare); bench_set_const, bench_const: derived arrays
--   bench_prefix the Charlson and Elixhauser prefix maps
-- Functions bench_*: constants that the planner may fold. They are declared IMMUTABLE although they read the
-- tables above: those never change after this file, and folding them is what an expert would do by hand.

\set ON_ERROR_STOP on
\if :{?rows}
\else
  \set rows 10000000
\endif
\if :{?data}
\else
  \set data test/data
\endif
\pset format unaligned
\pset tuples_only on
SET client_min_messages = warning;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
SET max_parallel_maintenance_workers = 0;
SET work_mem = '512MB';
SET maintenance_work_mem = '1GB';
SET synchronous_commit = off;

DROP TABLE IF EXISTS dx, dxc, patient, person, proc, dict, pdict, bench_set, bench_set_const, bench_const, bench_prefix, bench_raw CASCADE;

---------------------------------------------------------------------------------------------------- code lists
\getenv hb_reference HB_REFERENCE
\if :{?hb_reference}
\else
  \set hb_reference ''
\endif
-- \copy does not interpolate variables, a backquoted command does; a relative HB_REFERENCE may be meant from the
-- root of the repository
\set rawdx `d=:'hb_reference'; test -n "$d" && for f in "$d/icd" "$d" "../../$d/icd"; do cat "$f/lists/diagnosis_insurance2.txt" 2>/dev/null && break; done; true`
\set rawproc `d=:'hb_reference'; test -n "$d" && for f in "$d/icd" "$d" "../../$d/icd"; do cat "$f/lists/procedure_insurance2.txt" 2>/dev/null && break; done; true`
SELECT length(:'rawdx') > 0 AS has_dx, length(:'rawproc') > 0 AS has_proc \gset
\if :has_dx
  \echo setup: diagnosis codes from HB_REFERENCE
\else
  \echo setup: diagnosis codes from golden_input.csv
  \set rawdx `grep -v '^#' :'data'/golden_input.csv | sed 1d | cut -d, -f2`
\endif

CREATE UNLOGGED TABLE bench_raw (kind text, code text COLLATE "C");
INSERT INTO bench_raw
SELECT DISTINCT 'dx', btrim(c, E' \r\t"') FROM regexp_split_to_table(:'rawdx', E'\n') c WHERE btrim(c, E' \r\t"') <> '';
INSERT INTO bench_raw
SELECT DISTINCT 'proc', btrim(c, E' \r\t') FROM regexp_split_to_table(:'rawproc', E'\n') c WHERE btrim(c, E' \r\t') <> '';
\unset rawdx
\unset rawproc
\if :has_proc
  \echo setup: procedure codes from HB_REFERENCE
\else
  \echo setup: procedure codes made up by shape dd.dddd
  INSERT INTO bench_raw
  SELECT 'proc', to_char(r / 100, 'FM00') || '.' || to_char(r % 100, 'FM00') || to_char(k, 'FM00')
    FROM generate_series(0, 9999) r, generate_series(0, 4) k
   WHERE (r * 7919 + k * 104729) % 11 < 3 OR (r / 100 = 36 AND r % 100 < 40 AND k < 2);
\endif
SELECT count(*) = 0 AS empty FROM bench_raw WHERE kind = 'dx' \gset
\if :empty
  \warn setup: no diagnosis codes found (set HB_REFERENCE, or -v data=<folder with golden_input.csv>)
  SELECT 1 / 0 AS no_diagnosis_codes;
\endif

---------------------------------------------------------------------------------------------------- comorbidity maps
-- Quan et al. 2005, ICD-10 prefixes without the dot (facts; bit = position of the category in the weight table).
CREATE UNLOGGED TABLE bench_prefix (map text, bit int, category text, prefix text COLLATE "C");
INSERT INTO bench_prefix
SELECT map, bit, category, regexp_split_to_table(list, ' ') FROM (VALUES
  ('charlson',  0, 'mi',
   'I21 I22 I252'),
  ('charlson',  1, 'chf',
   'I099 I110 I130 I132 I255 I420 I425 I426 I427 I428 I429 I43 I50 P290'),
  ('charlson',  2, 'pvd',
   'I70 I71 I731 I738 I739 I771 I790 I792 K551 K558 K559 Z958 Z959'),
  ('charlson',  3, 'cevd',
   'G45 G46 H340 I60 I61 I62 I63 I64 I65 I66 I67 I68 I69'),
  ('charlson',  4, 'dementia',
   'F00 F01 F02 F03 F051 G30 G311'),
  ('charlson',  5, 'cpd',
   'I278 I279 J40 J41 J42 J43 J44 J45 J46 J47 J60 J61 J62 J63 J64 J65 J66 J67 J684 J701 J703'),
  ('charlson',  6, 'rheumd',
   'M05 M06 M315 M32 M33 M34 M351 M353 M360'),
  ('charlson',  7, 'pud',
   'K25 K26 K27 K28'),
  ('charlson',  8, 'mld',
   'B18 K700 K701 K702 K703 K709 K713 K714 K715 K717 K73 K74 K760 K762 K763 K764 K768 K769 Z944'),
  ('charlson',  9, 'diab',
   'E100 E101 E106 E108 E109 E110 E111 E116 E118 E119 E120 E121 E126 E128 E129 E130 E131 E136 E138 E139 E140 E141 E146 E148 E149'),
  ('charlson', 10, 'diabwc',
   'E102 E103 E104 E105 E107 E112 E113 E114 E115 E117 E122 E123 E124 E125 E127 E132 E133 E134 E135 E137 E142 E143 E144 E145 E147'),
  ('charlson', 11, 'hp',
   'G041 G114 G801 G802 G81 G82 G830 G831 G832 G833 G834 G839'),
  ('charlson', 12, 'rend',
   'I120 I131 N032 N033 N034 N035 N036 N037 N052 N053 N054 N055 N056 N057 N18 N19 N250 Z490 Z491 Z492 Z940 Z992'),
  ('charlson', 13, 'canc',
   'C00 C01 C02 C03 C04 C05 C06 C07 C08 C09 C10 C11 C12 C13 C14 C15 C16 C17 C18 C19 C20 C21 C22 C23 C24 C25 C26 C30 C31 C32 C33 C34 C37 C38 C39 C40 C41 C43 C45 C46 C47 C48 C49 C50 C51 C52 C53 C54 C55 C56 C57 C58 C60 C61 C62 C63 C64 C65 C66 C67 C68 C69 C70 C71 C72 C73 C74 C75 C76 C81 C82 C83 C84 C85 C88 C90 C91 C92 C93 C94 C95 C96 C97'),
  ('charlson', 14, 'msld',
   'I850 I859 I864 I982 K704 K711 K721 K729 K765 K766 K767'),
  ('charlson', 15, 'metacanc',
   'C77 C78 C79 C80'),
  ('charlson', 16, 'aids',
   'B20 B21 B22 B24'),
  ('elixhauser',  0, 'chf',
   'I099 I110 I130 I132 I255 I420 I425 I426 I427 I428 I429 I43 I50 P290'),
  ('elixhauser',  1, 'carit',
   'I441 I442 I443 I456 I459 I47 I48 I49 R000 R001 R008 T821 Z450 Z950'),
  ('elixhauser',  2, 'valv',
   'A520 I05 I06 I07 I08 I091 I098 I34 I35 I36 I37 I38 I39 Q230 Q231 Q232 Q233 Z952 Z953 Z954'),
  ('elixhauser',  3, 'pcd',
   'I26 I27 I280 I288 I289'),
  ('elixhauser',  4, 'pvd',
   'I70 I71 I731 I738 I739 I771 I790 I792 K551 K558 K559 Z958 Z959'),
  ('elixhauser',  5, 'hypunc',
   'I10'),
  ('elixhauser',  6, 'hypc',
   'I11 I12 I13 I15'),
  ('elixhauser',  7, 'para',
   'G041 G114 G801 G802 G81 G82 G830 G831 G832 G833 G834 G839'),
  ('elixhauser',  8, 'ond',
   'G10 G11 G12 G13 G20 G21 G22 G254 G255 G312 G318 G319 G32 G35 G36 G37 G40 G41 G931 G934 R470 R56'),
  ('elixhauser',  9, 'cpd',
   'I278 I279 J40 J41 J42 J43 J44 J45 J46 J47 J60 J61 J62 J63 J64 J65 J66 J67 J684 J701 J703'),
  ('elixhauser', 10, 'diabunc',
   'E100 E101 E109 E110 E111 E119 E120 E121 E129 E130 E131 E139 E140 E141 E149'),
  ('elixhauser', 11, 'diabc',
   'E102 E103 E104 E105 E106 E107 E108 E112 E113 E114 E115 E116 E117 E118 E122 E123 E124 E125 E126 E127 E128 E132 E133 E134 E135 E136 E137 E138 E142 E143 E144 E145 E146 E147 E148'),
  ('elixhauser', 12, 'hypothy',
   'E00 E01 E02 E03 E890'),
  ('elixhauser', 13, 'rf',
   'I120 I131 N18 N19 N250 Z490 Z491 Z492 Z940 Z992'),
  ('elixhauser', 14, 'ld',
   'B18 I85 I864 I982 K70 K711 K713 K714 K715 K717 K72 K73 K74 K760 K762 K763 K764 K765 K766 K767 K768 K769 Z944'),
  ('elixhauser', 15, 'pud',
   'K257 K259 K267 K269 K277 K279 K287 K289'),
  ('elixhauser', 16, 'aids',
   'B20 B21 B22 B24'),
  ('elixhauser', 17, 'lymph',
   'C81 C82 C83 C84 C85 C88 C900 C902 C96'),
  ('elixhauser', 18, 'metacanc',
   'C77 C78 C79 C80'),
  ('elixhauser', 19, 'solidtum',
   'C00 C01 C02 C03 C04 C05 C06 C07 C08 C09 C10 C11 C12 C13 C14 C15 C16 C17 C18 C19 C20 C21 C22 C23 C24 C25 C26 C30 C31 C32 C33 C34 C37 C38 C39 C40 C41 C43 C45 C46 C47 C48 C49 C50 C51 C52 C53 C54 C55 C56 C57 C58 C60 C61 C62 C63 C64 C65 C66 C67 C68 C69 C70 C71 C72 C73 C74 C75 C76 C97'),
  ('elixhauser', 20, 'rheumd',
   'L940 L941 L943 M05 M06 M08 M120 M123 M30 M310 M311 M312 M313 M32 M33 M34 M35 M45 M461 M468 M469'),
  ('elixhauser', 21, 'coag',
   'D65 D66 D67 D68 D691 D693 D694 D695 D696'),
  ('elixhauser', 22, 'obes',
   'E66'),
  ('elixhauser', 23, 'wloss',
   'E40 E41 E42 E43 E44 E45 E46 R634 R64'),
  ('elixhauser', 24, 'fed',
   'E222 E86 E87'),
  ('elixhauser', 25, 'blane',
   'D500'),
  ('elixhauser', 26, 'dane',
   'D508 D509 D51 D52 D53'),
  ('elixhauser', 27, 'alcohol',
   'E52 F10 G621 I426 K292 K700 K703 K709 T51 Z502 Z714 Z721'),
  ('elixhauser', 28, 'drug',
   'F11 F12 F13 F14 F15 F16 F18 F19 Z715 Z722'),
  ('elixhauser', 29, 'psycho',
   'F20 F22 F23 F24 F25 F28 F29 F302 F312 F315'),
  ('elixhauser', 30, 'depre',
   'F204 F313 F314 F315 F32 F33 F341 F412 F432')
) v(map, bit, category, list);

-- dict: n, the masks of both maps (both parts of a pair dagger+asterisk count; a morphology code never matches)
-- and `rank`, the place in the frequency order (codes of everyday categories and plain base codes come earlier).
CREATE UNLOGGED TABLE dict (n int8, rank int8, mask int8, emask int8, code text COLLATE "C");
INSERT INTO dict
WITH c AS (
  SELECT code, row_number() OVER (ORDER BY code) AS n,
         row_number() OVER (ORDER BY -ln(((hashtextextended(code, 7) & x'7fffffffffffffff'::int8) + 1) / 9.3e18::float8)
           / (CASE WHEN left(code, 3) = ANY ('{I10,I11,I25,I20,I21,I48,I50,I63,I67,I69,E11,E78,E87,J18,J20,J44,J98,J06,C34,C50,C16,C18,C22,C73,Z51,K29,K21,K80,K76,K74,B18,N18,N20,N28,M54,M51,M17,M81,G47,H25,D64,D25,R91,S72,S82,O34,O82,P59}')
                   THEN 25 ELSE 1 END)
           / (CASE WHEN length(code) = 7 AND right(code, 2) = '00' THEN 6 ELSE 1 END), code) AS rank
    FROM bench_raw WHERE kind = 'dx'),
m AS (
  SELECT c.code, bit_or(CASE WHEN p.map = 'charlson'   THEN 1::int8 << p.bit END) AS mask,
                 bit_or(CASE WHEN p.map = 'elixhauser' THEN 1::int8 << p.bit END) AS emask
    FROM c
    CROSS JOIN LATERAL regexp_split_to_table(replace(c.code, '.', ''), '\+') AS part
    CROSS JOIN LATERAL (VALUES (3), (4)) AS l(len)
    JOIN bench_prefix p ON p.prefix = left(part, l.len) COLLATE "C" AND length(p.prefix) = l.len
   WHERE c.code !~ '^M[0-9]{4}'
   GROUP BY c.code)
SELECT c.n, c.rank, coalesce(m.mask, 0), coalesce(m.emask, 0), c.code
  FROM c LEFT JOIN m USING (code) ORDER BY c.n;
ALTER TABLE dict ADD PRIMARY KEY (n);
CREATE UNIQUE INDEX dict_code ON dict (code);
CREATE UNIQUE INDEX dict_rank ON dict (rank);
ANALYZE dict;

CREATE UNLOGGED TABLE pdict (n int8, rank int8, code text COLLATE "C");
INSERT INTO pdict
SELECT row_number() OVER (ORDER BY code), row_number() OVER (ORDER BY hashtextextended(code, 11), code), code
  FROM bench_raw WHERE kind = 'proc' ORDER BY 1;
ALTER TABLE pdict ADD PRIMARY KEY (n);
CREATE UNIQUE INDEX pdict_code ON pdict (code);
ANALYZE pdict;

---------------------------------------------------------------------------------------------------- the two phenotypes
-- set20  (frequent, chronic diseases): B18, C00-C97, D45-D47, E10-E14, E78, F01-F03, F20-F29, F32-F33, G20-G21, G30-G31, G40-G41, I10-I15, I20-I25, I42-I43, I48-I50, I60-I69, J40-J47, K70-K76, M05-M06, N18-N19
-- rare20 (rare and notifiable):          A22, A34-A35, A70, A82, A95, B03-B04, B50-B52, B56, C37, C58, D45, D66-D67, E84, G10, G35, J60-J62, L13, Q90-Q91, Q96-Q97, U04
-- 20 intervals each, disjoint and not adjacent, by the first (dagger) part of the code; hi_ex = exclusive upper text bound.
CREATE UNLOGGED TABLE bench_set (name text, seq int, lo text COLLATE "C", hi text COLLATE "C", hi_ex text COLLATE "C");
INSERT INTO bench_set VALUES
  ('set20',1,'B18','B18','B19'), ('set20',2,'C00','C97','C98'),
  ('set20',3,'D45','D47','D48'), ('set20',4,'E10','E14','E15'),
  ('set20',5,'E78','E78','E79'), ('set20',6,'F01','F03','F04'),
  ('set20',7,'F20','F29','F30'), ('set20',8,'F32','F33','F34'),
  ('set20',9,'G20','G21','G22'), ('set20',10,'G30','G31','G32'),
  ('set20',11,'G40','G41','G42'), ('set20',12,'I10','I15','I16'),
  ('set20',13,'I20','I25','I26'), ('set20',14,'I42','I43','I44'),
  ('set20',15,'I48','I50','I51'), ('set20',16,'I60','I69','I70'),
  ('set20',17,'J40','J47','J48'), ('set20',18,'K70','K76','K77'),
  ('set20',19,'M05','M06','M07'), ('set20',20,'N18','N19','N20'),
  ('rare20',1,'A22','A22','A23'), ('rare20',2,'A34','A35','A36'),
  ('rare20',3,'A70','A70','A71'), ('rare20',4,'A82','A82','A83'),
  ('rare20',5,'A95','A95','A96'), ('rare20',6,'B03','B04','B05'),
  ('rare20',7,'B50','B52','B53'), ('rare20',8,'B56','B56','B57'),
  ('rare20',9,'C37','C37','C38'), ('rare20',10,'C58','C58','C59'),
  ('rare20',11,'D45','D45','D46'), ('rare20',12,'D66','D67','D68'),
  ('rare20',13,'E84','E84','E85'), ('rare20',14,'G10','G10','G11'),
  ('rare20',15,'G35','G35','G36'), ('rare20',16,'J60','J62','J63'),
  ('rare20',17,'L13','L13','L14'), ('rare20',18,'Q90','Q91','Q92'),
  ('rare20',19,'Q96','Q97','Q98'), ('rare20',20,'U04','U04','U05');

-- The int8 that bound a class: n BETWEEN bench_n_lo('I20') AND bench_n_hi('I25') is the class I20-I25 (pn_: procedures).
CREATE OR REPLACE FUNCTION bench_n_lo(p text) RETURNS int8 LANGUAGE sql IMMUTABLE AS
  $$ SELECT coalesce((SELECT n FROM dict WHERE code >= p COLLATE "C" ORDER BY code LIMIT 1), (SELECT max(n) + 1 FROM dict)) $$;
CREATE OR REPLACE FUNCTION bench_n_hi(p text) RETURNS int8 LANGUAGE sql IMMUTABLE AS
  $$ SELECT coalesce((SELECT n FROM dict WHERE code < (left(p, -1) || chr(ascii(right(p, 1)) + 1)) COLLATE "C" ORDER BY code DESC LIMIT 1), 0) $$;
CREATE OR REPLACE FUNCTION bench_pn_lo(p text) RETURNS int8 LANGUAGE sql IMMUTABLE AS
  $$ SELECT coalesce((SELECT n FROM pdict WHERE code >= p COLLATE "C" ORDER BY code LIMIT 1), (SELECT max(n) + 1 FROM pdict)) $$;
CREATE OR REPLACE FUNCTION bench_pn_hi(p text) RETURNS int8 LANGUAGE sql IMMUTABLE AS
  $$ SELECT coalesce((SELECT n FROM pdict WHERE code < (left(p, -1) || chr(ascii(right(p, 1)) + 1)) COLLATE "C" ORDER BY code DESC LIMIT 1), 0) $$;
ALTER TABLE bench_set ADD COLUMN n_lo int8, ADD COLUMN n_hi int8;
UPDATE bench_set SET n_lo = bench_n_lo(lo), n_hi = bench_n_hi(hi);

-- A phenotype as: all its codes; its three-character categories; sorted text bounds; sorted n bounds; an int8multirange;
-- an array of flags indexed by n. Worked out once, so that planning pays for one look-up only.
CREATE UNLOGGED TABLE bench_set_const AS
SELECT s.name,
       (SELECT array_agg(d.code ORDER BY d.n) FROM bench_set b JOIN dict d ON d.n BETWEEN b.n_lo AND b.n_hi WHERE b.name = s.name) AS codes,
       (SELECT array_agg(DISTINCT left(d.code, 3)) FROM bench_set b JOIN dict d ON d.n BETWEEN b.n_lo AND b.n_hi WHERE b.name = s.name) AS cat3,
       (SELECT array_agg(x ORDER BY x) FROM bench_set b, LATERAL (VALUES (b.lo), (b.hi_ex)) v(x) WHERE b.name = s.name) AS bounds,
       (SELECT array_agg(x ORDER BY x, b.seq) FROM bench_set b, LATERAL (VALUES (b.n_lo), (b.n_hi + 1)) v(x) WHERE b.name = s.name) AS nbounds,
       (SELECT range_agg(int8range(b.n_lo, b.n_hi + 1)) FROM bench_set b WHERE b.name = s.name) AS nranges,
       (SELECT array_agg(b.name IS NOT NULL ORDER BY d.n) FROM dict d LEFT JOIN bench_set b ON d.n BETWEEN b.n_lo AND b.n_hi AND b.name = s.name) AS flags
  FROM (SELECT DISTINCT name FROM bench_set) s;
CREATE OR REPLACE FUNCTION bench_set_codes(s text) RETURNS text[] LANGUAGE sql IMMUTABLE AS
  $$ SELECT codes FROM bench_set_const WHERE name = s $$;
CREATE OR REPLACE FUNCTION bench_set_cat3(s text) RETURNS text[] LANGUAGE sql IMMUTABLE AS
  $$ SELECT cat3 FROM bench_set_const WHERE name = s $$;
CREATE OR REPLACE FUNCTION bench_set_bounds(s text) RETURNS text[] LANGUAGE sql IMMUTABLE AS
  $$ SELECT bounds FROM bench_set_const WHERE name = s $$;
CREATE OR REPLACE FUNCTION bench_set_nbounds(s text) RETURNS int8[] LANGUAGE sql IMMUTABLE AS
  $$ SELECT nbounds FROM bench_set_const WHERE name = s $$;
CREATE OR REPLACE FUNCTION bench_set_nranges(s text) RETURNS int8multirange LANGUAGE sql IMMUTABLE AS
  $$ SELECT nranges FROM bench_set_const WHERE name = s $$;
CREATE OR REPLACE FUNCTION bench_set_flags(s text) RETURNS bool[] LANGUAGE sql IMMUTABLE AS
  $$ SELECT flags FROM bench_set_const WHERE name = s $$;

-- Charlson score of a mask: Quan 2011 weights; mild liver, diabetes and cancer give way to their severe form.
CREATE OR REPLACE FUNCTION bench_charlson_score(m int8) RETURNS int8 LANGUAGE sql IMMUTABLE AS
  $$ SELECT (m >> 1 & 1) * 2
         + (m >> 4 & 1) * 2
         + (m >> 5 & 1) * 1
         + (m >> 6 & 1) * 1
         + (m >> 8 & 1) * 2 * (1 - (m >> 14 & 1))
         + (m >> 10 & 1) * 1
         + (m >> 11 & 1) * 2
         + (m >> 12 & 1) * 1
         + (m >> 13 & 1) * 2 * (1 - (m >> 15 & 1))
         + (m >> 14 & 1) * 4
         + (m >> 15 & 1) * 6
         + (m >> 16 & 1) * 4 $$;
-- Arrays: bits by n; score by mask + 1; digits of a six-digit number read in base 2, by number + 1.
CREATE UNLOGGED TABLE bench_const AS
SELECT (SELECT array_agg(mask ORDER BY n) FROM dict) AS masks,
       (SELECT array_agg(emask ORDER BY n) FROM dict) AS emasks,
       (SELECT array_agg(bench_charlson_score(m)::int4 ORDER BY m) FROM generate_series(0::int8, 131071) m) AS scores,
       (SELECT array_agg((32 * (g / 100000) + 16 * (g / 10000 % 10) + 8 * (g / 1000 % 10) + 4 * (g / 100 % 10) + 2 * (g / 10 % 10) + g % 10)::int2 ORDER BY g)
          FROM generate_series(0, 999999) g) AS base2;
CREATE OR REPLACE FUNCTION bench_masks() RETURNS int8[] LANGUAGE sql IMMUTABLE AS
  $$ SELECT masks FROM bench_const $$;
CREATE OR REPLACE FUNCTION bench_emasks() RETURNS int8[] LANGUAGE sql IMMUTABLE AS
  $$ SELECT emasks FROM bench_const $$;
CREATE OR REPLACE FUNCTION bench_scores() RETURNS int4[] LANGUAGE sql IMMUTABLE AS
  $$ SELECT scores FROM bench_const $$;
CREATE OR REPLACE FUNCTION bench_base2() RETURNS int2[] LANGUAGE sql IMMUTABLE AS
  $$ SELECT base2 FROM bench_const $$;

---------------------------------------------------------------------------------------------------- diagnoses
-- frequency of rank r ~ 1 / (r + 5): about 400 of 33,000 codes cover half of the rows
CREATE UNLOGGED TABLE dx (id int8, patient int8, n int8, mask int8, emask int8, code text COLLATE "C");
SELECT count(*) AS ncodes, greatest(:rows / 10, 1) AS patients FROM dict \gset
SELECT setseed(0.15) \g /dev/null
INSERT INTO dx
SELECT g.id, g.patient, d.n, d.mask, d.emask, d.code
  FROM (SELECT id, 1 + floor(random() * :patients)::int8 AS patient,
               1 + floor(5.5 * power((:ncodes + 5.0) / 5.5::float8, random()) - 5.5)::int8 AS r
          FROM generate_series(1, :rows::int8) AS id) g
  JOIN dict d ON d.rank = least(g.r, :ncodes);

CREATE UNLOGGED TABLE dxc (LIKE dx);
INSERT INTO dxc SELECT * FROM dx ORDER BY patient, id;
CREATE INDEX dxc_patient ON dxc (patient);
CREATE INDEX dxc_code ON dxc (code);
CREATE INDEX dxc_n ON dxc (n);

CREATE UNLOGGED TABLE patient (patient int8);
INSERT INTO patient SELECT DISTINCT patient FROM dx ORDER BY 1;
ALTER TABLE patient ADD PRIMARY KEY (patient);

---------------------------------------------------------------------------------------------------- ID numbers
-- 92 % Hubei (103 county-level codes), 8 % elsewhere; born 1930-01-01 .. 2024-06-30; check digit ISO 7064 MOD 11-2.
-- The weight of digit i is 2^(18-i) mod 11, so the weighted sum of a number x of k digits is
-- x - 8*(x/10) - 16*(x/100) - ... (its digits read in base 2), times the power of two of its place.
CREATE UNLOGGED TABLE person (id int8, n int8, idn text COLLATE "C");
CREATE OR REPLACE FUNCTION bench_base2_of(x int8) RETURNS int8 LANGUAGE sql IMMUTABLE AS
  $$ SELECT x - 8*(x/10) - 16*(x/100) - 32*(x/1000) - 64*(x/10000) - 128*(x/100000) - 256*(x/1000000) - 512*(x/10000000) $$;
SELECT setseed(0.42) \g /dev/null
INSERT INTO person
WITH hub(r) AS (VALUES
  (420102),(420103),(420104),(420105),(420106),(420107),(420111),(420112),(420113),(420114),(420115),
  (420116),(420117),(420202),(420203),(420204),(420205),(420222),(420281),(420302),(420303),(420304),
  (420322),(420323),(420324),(420325),(420381),(420502),(420503),(420504),(420505),(420506),(420525),
  (420526),(420527),(420528),(420529),(420581),(420582),(420583),(420602),(420606),(420607),(420624),
  (420625),(420626),(420682),(420683),(420684),(420702),(420703),(420704),(420802),(420804),(420822),
  (420881),(420882),(420902),(420921),(420922),(420923),(420981),(420982),(420984),(421002),(421003),
  (421022),(421024),(421081),(421083),(421087),(421088),(421102),(421121),(421122),(421123),(421124),
  (421125),(421126),(421127),(421181),(421182),(421202),(421221),(421222),(421223),(421224),(421281),
  (421303),(421321),(421381),(422801),(422802),(422822),(422823),(422825),(422826),(422827),(422828),
  (429004),(429005),(429006),(429021)),
oth(r) AS (VALUES
  (110105),(310115),(320106),(330106),(340104),(350102),(360102),(370102),(410105),(411303),(430104),
  (440305),(440106),(450103),(500112),(510107),(520103),(610113),(620102)),
a AS MATERIALIZED (
  SELECT (SELECT array_agg(r ORDER BY r) FROM hub) AS hr, (SELECT array_agg(bench_base2_of(r) << 12 ORDER BY r) FROM hub) AS hw,
         (SELECT array_agg(r ORDER BY r) FROM oth) AS o_r, (SELECT array_agg(bench_base2_of(r) << 12 ORDER BY r) FROM oth) AS ow,
         (SELECT array_agg(to_char(d, 'YYYYMMDD')::int8 ORDER BY d) FROM generate_series('1930-01-01'::timestamp, '2024-06-30', '1 day') d) AS dd,
         (SELECT array_agg(bench_base2_of(to_char(d, 'YYYYMMDD')::int8) << 4 ORDER BY d) FROM generate_series('1930-01-01'::timestamp, '2024-06-30', '1 day') d) AS dw,
         (SELECT array_agg(bench_base2_of(s) << 1 ORDER BY s) FROM generate_series(0, 999) s) AS sw),
g AS (
  SELECT id, random() AS u, random() AS v, floor(random() * 34515)::int AS d, floor(random() * 999)::int + 1 AS s
    FROM generate_series(1, :rows::int8) AS id),
h AS (
  SELECT id,
         CASE WHEN u < 0.92 THEN ((SELECT hr FROM a))[1 + floor(v * 103)::int] ELSE ((SELECT o_r FROM a))[1 + floor(v * 19)::int] END::int8 * 100000000000
           + ((SELECT dd FROM a))[d + 1] * 1000 + s AS n,
         CASE WHEN u < 0.92 THEN ((SELECT hw FROM a))[1 + floor(v * 103)::int] ELSE ((SELECT ow FROM a))[1 + floor(v * 19)::int] END
           + ((SELECT dw FROM a))[d + 1] + ((SELECT sw FROM a))[s + 1] AS w
    FROM g OFFSET 0)
SELECT id, n, n::text || substr('10X98765432', (w % 11)::int + 1, 1) FROM h;

---------------------------------------------------------------------------------------------------- procedures
CREATE UNLOGGED TABLE proc (id int8, n int8, code text COLLATE "C");
SELECT count(*) AS npcodes FROM pdict \gset
SELECT setseed(0.36) \g /dev/null
INSERT INTO proc
SELECT g.id, d.n, d.code
  FROM (SELECT id, 1 + floor(5.5 * power((:npcodes + 5.0) / 5.5::float8, random()) - 5.5)::int8 AS r
          FROM generate_series(1, :rows::int8) AS id) g
  JOIN pdict d ON d.rank = least(g.r, :npcodes);

DROP TABLE bench_raw;
VACUUM (FREEZE, ANALYZE) dict;
VACUUM (FREEZE, ANALYZE) pdict;
VACUUM (FREEZE, ANALYZE) bench_set;
VACUUM (FREEZE, ANALYZE) bench_set_const;
VACUUM (FREEZE, ANALYZE) bench_const;
VACUUM (FREEZE, ANALYZE) bench_prefix;
VACUUM (FREEZE, ANALYZE) dx;
VACUUM (FREEZE, ANALYZE) dxc;
VACUUM (FREEZE, ANALYZE) patient;
VACUUM (FREEZE, ANALYZE) person;
VACUUM (FREEZE, ANALYZE) proc;
SELECT 'setup: ' || :rows || ' rows, ' || :ncodes || ' diagnosis codes, ' || :npcodes || ' procedure codes';
