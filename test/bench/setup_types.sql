-- setup_types.sql: the typed columns beside the plain ones, in the same tables, so that both sides read the same pages.
SET client_min_messages = warning;
SET maintenance_work_mem = '1GB';

CREATE UNLOGGED TABLE typed AS SELECT id, patient, n, code::icd10 AS icd, mask, emask, code FROM dx;
DROP TABLE dx;
ALTER TABLE typed RENAME TO dx;
CREATE UNLOGGED TABLE typed AS SELECT id, patient, n, code::icd10 AS icd, mask, emask, code FROM dxc;
DROP TABLE dxc;
ALTER TABLE typed RENAME TO dxc;
-- Covers the codes and the bits, so that sorted aggregation of either reads the index alone.
CREATE INDEX dxc_patient ON dxc (patient) INCLUDE (icd, mask, emask);
CREATE INDEX dxc_code ON dxc (code);
CREATE INDEX dxc_n ON dxc (n);
CREATE INDEX dxc_icd ON dxc (icd);
CREATE UNLOGGED TABLE typed AS SELECT id, n, idn::cn_id AS idc, idn FROM person;
DROP TABLE person;
ALTER TABLE typed RENAME TO person;
CREATE UNLOGGED TABLE typed AS SELECT id, n, code::icd9cm3 AS icd, code FROM proc;
DROP TABLE proc;
ALTER TABLE typed RENAME TO proc;
CREATE UNLOGGED TABLE typed AS SELECT n, code::icd10 AS icd, rank, mask, emask, code FROM dict ORDER BY n;
DROP TABLE dict;
ALTER TABLE typed RENAME TO dict;
ALTER TABLE dict ADD PRIMARY KEY (n);
CREATE UNIQUE INDEX dict_code ON dict (code);
CREATE UNIQUE INDEX dict_icd ON dict (icd);
CREATE UNIQUE INDEX dict_rank ON dict (rank);

VACUUM (FREEZE, ANALYZE) dx;
VACUUM (FREEZE, ANALYZE) dxc;
VACUUM (FREEZE, ANALYZE) person;
VACUUM (FREEZE, ANALYZE) proc;
VACUUM (FREEZE, ANALYZE) dict;
