-- The demo: run by make demo in an empty database, from the top of the checkout.
\pset footer off
\set QUIET on
CREATE EXTENSION hbhealth;
ALTER DATABASE postgres SET search_path = public, hbhealth;
\connect
SELECT hbhealth_version();

\ir codes.sql
\ir base.sql
\ir risk.sql
\ir claims.sql
\ir claims_audit.sql
\ir claims_statistics.sql
\ir privacy.sql
\ir deid.sql
