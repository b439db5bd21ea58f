-- formats of numbers and codes that have no type of their own

CREATE FUNCTION identity_formats_rows(OUT kind text, OUT family text, OUT shape text, OUT form text,
    OUT "check" text, OUT confirmed boolean, OUT source text) RETURNS SETOF record
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 ROWS 27 AS 'MODULE_PATHNAME', 'hb_identity_formats';
COMMENT ON FUNCTION identity_formats_rows() IS 'Returns the rows of the view identity_formats.';
CREATE VIEW identity_formats AS SELECT * FROM identity_formats_rows();
COMMENT ON VIEW identity_formats IS 'Formats that validate_identity and id_document_kind know, likeliest first: kind; family, a name for several kinds; shape after normalisation (\d digit, \h Chinese character, [..] class, {n,m} count, | or) and form, the same in words; check, what is tested beyond the shape; confirmed, false where no source confirms the format and it is accepted by shape alone; source.';
COMMENT ON COLUMN identity_formats.kind IS 'Name of the format, for validate_identity.';
COMMENT ON COLUMN identity_formats.family IS 'Name for several kinds together, for validate_identity.';
COMMENT ON COLUMN identity_formats.shape IS 'Shape of the normalised text.';
COMMENT ON COLUMN identity_formats.form IS 'Shape in words.';
COMMENT ON COLUMN identity_formats."check" IS 'What is tested beyond the shape, or NULL.';
COMMENT ON COLUMN identity_formats.confirmed IS 'False where no source confirms the format.';
COMMENT ON COLUMN identity_formats.source IS 'Standard or publisher of the format.';
GRANT SELECT ON identity_formats TO PUBLIC;

CREATE FUNCTION validate_identity(kind text, value text, OUT valid boolean, OUT rule text, OUT normalised text)
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_validate_identity';
COMMENT ON FUNCTION validate_identity(text, text) IS 'Returns whether a text has the format of a kind, or of any kind of a family, as listed in identity_formats; the rule that it breaks, if not; and the text without blanks, hyphens and country code, in ASCII capitals. An unknown kind is an error (22023). Select from it in FROM, as in FROM t, LATERAL validate_identity(''uscc'', t.code).';
CREATE FUNCTION id_document_kind(text) RETURNS text[]
    LANGUAGE C STABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'hb_id_document_kind';
COMMENT ON FUNCTION id_document_kind(text) IS 'Returns all kinds of identity_formats that a text could be, likeliest first: those with check digits before those of shape alone. Empty if it is none.';

