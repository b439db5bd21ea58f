-- what: the same without a table: digit sum as n - 8*(n/10) - 16*(n/100) - ...
-- note: the weights of MOD 11-2 are the powers of two mod 11, so the weighted sum is the number with its digits read in base 2
-- timed
SELECT count(*) FROM (
  SELECT idn, left(idn, 17)::int8 AS n FROM person WHERE octet_length(idn) = 18 AND idn !~ '[^0-9].' OFFSET 0) s
 WHERE n >= 10000000000000000 AND n / 1000000000 % 100 BETWEEN 18 AND 20
   AND (n / 1000 % 100 BETWEEN 1 AND 28 AND n / 100000 % 100 BETWEEN 1 AND 12
        OR CASE n / 1000 % 10000
             WHEN 229 THEN n / 10000000 % 4 = 0 AND (n / 10000000 % 100 <> 0 OR n / 10000000 % 400 = 0)
             ELSE n / 1000 % 10000 = ANY ('{129,130,131,329,330,331,429,430,529,530,531,629,630,729,730,731,829,830,831,929,930,1029,1030,1031,1129,1130,1229,1230,1231}') END)
   AND right(idn, 1)::"char" = ('{1,0,X,9,8,7,6,5,4,3,2}'::"char"[])[2 * (n - 8*(n/10) - 16*(n/100) - 32*(n/1000) - 64*(n/10000) - 128*(n/100000) - 256*(n/1000000) - 512*(n/10000000) - 1024*(n/100000000) - 2048*(n/1000000000) - 4096*(n/10000000000) - 8192*(n/100000000000) - 16384*(n/1000000000000) - 32768*(n/10000000000000) - 65536*(n/100000000000000) - 131072*(n/1000000000000000) - 262144*(n/10000000000000000)) % 11 + 1];
