-- what: area under the ROC curve
-- limit: rate >= 2000000
-- setup: setup_auc.sql
-- note: with the interval of DeLong, which the baselines do not give
-- timed
SELECT (auc_interval(a)).* FROM (SELECT auc_agg(score, outcome) AS a FROM risk_score OFFSET 0) s;
