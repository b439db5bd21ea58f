-- components: who hangs together, from pairs; the type is made from state_type.sql.in

COMMENT ON TYPE components IS 'A graph reduced to its nodes and which of them are connected, as components_agg collects it: some 12 bytes a node and its text. Read by components(state); states roll up by rollup(components). Its text form is its binary form in hexadecimal digits.';

CREATE FUNCTION components_step(components, a text, b text) RETURNS components
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_components_step';
COMMENT ON FUNCTION components_step(components, text, text) IS 'Transition function of components_agg.';

CREATE AGGREGATE components_agg(a text, b text) (
    SFUNC = components_step, STYPE = components, COMBINEFUNC = components_combine, SSPACE = 4096, PARALLEL = SAFE
);
COMMENT ON AGGREGATE components_agg(text, text) IS 'Returns the connected components of a graph whose edges are the rows: what hangs together over any number of steps, such as persons seen together, or cards and the telephones they name. A row with one NULL adds a node without an edge. The order of rows does not matter. Read it with components(state). Of no row it is NULL. More nodes than a value of 1 GB holds are an error (54000). Union-find, Tarjan & van Leeuwen 1984, doi:10.1145/62.2160.';

CREATE FUNCTION components(state components, OUT component integer, OUT node text, OUT size integer) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 1000 AS 'MODULE_PATHNAME', 'hb_components_rows';
COMMENT ON FUNCTION components(components) IS 'Returns a row for each node: the number of its component, the node, and how many nodes the component has. Components are numbered from 1, the largest first, those of one size by their first node in the order of bytes.';
