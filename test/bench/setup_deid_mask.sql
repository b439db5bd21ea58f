-- Persons with names and numbers as text, for the masks.
DROP TABLE IF EXISTS contact;
CREATE UNLOGGED TABLE contact AS
SELECT (array['王','李','张','刘','陈','杨','黄','欧阳','赵','周'])[1 + i % 10] || (array['伟','芳','娜','秀英','敏','静','丽','强','磊','军'])[1 + i / 10 % 10] || (array['','国','明'])[1 + i % 3] AS name,
	'1' || 30 + i % 70 || lpad((i::bigint * 7919 % 100000000)::text, 8, '0') AS mobile,
	idn::text AS idno, '湖北省武汉市洪山区珞喻路' || i % 1000 || '号' AS address
FROM (SELECT row_number() OVER ()::int AS i, idn FROM person) p;
VACUUM (FREEZE, ANALYZE) contact;
