-- what: mask of a name (Han), length hidden
-- limit: rate >= 5000000
-- limit: ratio <= 0.1
-- net: floor/contact_name.sql
-- setup: setup_deid_mask.sql
SELECT sum(length(deid_mask_name(name, true))) FROM contact
