-- what: 18-digit ID number valid (format, real date, MOD 11-2), inline SQL: cheap format test, calendar by integer arithmetic, digit sum by three array look-ups
-- note: [^0-9]. finds a non-digit before the last character; a regular expression that counts ([0-9]{17}) costs four times as much, one with the whole calendar eight times
-- note: the weights of MOD 11-2 are the powers of two mod 11, so the weighted sum is the number with its digits read in base 2
-- note: bench_base2() is IMMUTABLE without arguments: the planner folds it into a constant array of a million int2
-- timed
SELECT count(*) FROM (
  SELECT idn, left(idn, 17)::int8 AS n FROM person WHERE octet_length(idn) = 18 AND idn !~ '[^0-9].' OFFSET 0) s
 WHERE n >= 10000000000000000 AND n / 1000000000 % 100 BETWEEN 18 AND 20
   AND (n / 1000 % 100 BETWEEN 1 AND 28 AND n / 100000 % 100 BETWEEN 1 AND 12
        OR CASE n / 1000 % 10000
             WHEN 229 THEN n / 10000000 % 4 = 0 AND (n / 10000000 % 100 <> 0 OR n / 10000000 % 400 = 0)
             ELSE n / 1000 % 10000 = ANY ('{129,130,131,329,330,331,429,430,529,530,531,629,630,729,730,731,829,830,831,929,930,1029,1030,1031,1129,1130,1229,1230,1231}') END)
   AND right(idn, 1)::"char" = ('{1,0,X,9,8,7,6,5,4,3,2}'::"char"[])[((bench_base2())[n / 100000000000 + 1] * 4096 + (bench_base2())[n / 100000 % 1000000 + 1] * 64 + (bench_base2())[n % 100000 + 1] * 2) % 11 + 1];
