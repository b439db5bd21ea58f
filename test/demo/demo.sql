-- Run by make demo in an empty database; :data is the folder of the sample data.
CREATE EXTENSION hbhealth;
ALTER DATABASE postgres SET search_path = public, hbhealth;
\connect
SELECT hbhealth_version();
