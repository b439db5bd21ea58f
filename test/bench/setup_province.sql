-- A reference schema without keys, with organisations and items, for the generator.
SET client_min_messages = warning;
CALL create_base_schema('bench');
CALL prepare_province('bench');
CREATE TABLE bench_fee (LIKE bench_ins.fee_list_d);
