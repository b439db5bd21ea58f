-- what: mask of a mobile number (ASCII)
-- limit: rate >= 5000000
-- limit: ratio <= 0.1
-- net: floor/contact_mobile.sql
-- setup: setup_deid_mask.sql
SELECT sum(length(deid_mask_mobile(mobile))) FROM contact
