-- what: ischaemic heart disease I20-I25, six starts_with()
-- timed
SELECT count(*) FROM dx WHERE starts_with(code, 'I20') OR starts_with(code, 'I21') OR starts_with(code, 'I22') OR starts_with(code, 'I23') OR starts_with(code, 'I24') OR starts_with(code, 'I25');
