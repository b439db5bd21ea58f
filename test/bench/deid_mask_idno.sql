-- what: mask of an ID number (ASCII)
-- limit: rate >= 5000000
-- limit: ratio <= 0.1
-- net: floor/contact_idno.sql
-- setup: setup_deid_mask.sql
SELECT sum(length(deid_mask_idno(idno))) FROM contact
