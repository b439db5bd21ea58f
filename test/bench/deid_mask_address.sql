-- what: mask of an address to the county (Han)
-- limit: rate >= 5000000
-- limit: ratio <= 0.1
-- net: floor/contact_address.sql
-- setup: setup_deid_mask.sql
SELECT sum(length(deid_mask_address(address, 'county'))) FROM contact
