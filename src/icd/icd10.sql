-- icd10: diagnosis codes; the kit of the type and of its sets comes before

COMMENT ON TYPE icd10 IS 'An ICD-10 diagnosis code of any edition in use in China (WHO, GB/T 14396-2016, the national clinical and insurance editions 2.0) or of ICD-10-CM, with dagger and asterisk. Eight bytes; sorts as its text does under COLLATE "C".';
COMMENT ON TYPE icd10set IS 'A set of ICD-10 codes: codes (with all below them), ranges, blocks and chapters between commas, exclusions behind !, as in ''I20-I25, I60-I69, !I23, IX''. I23+ is the code I23 by itself. Membership looks at the main part of a code.';

CREATE FUNCTION icd10_category(icd10) RETURNS icd10
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_category';
COMMENT ON FUNCTION icd10_category(icd10) IS 'Returns the three-character category of the main part: I10 for I10.x00x002.';
CREATE FUNCTION icd10_who(icd10) RETURNS icd10
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_who';
COMMENT ON FUNCTION icd10_who(icd10) IS 'Returns the WHO class of the main part, three or four characters: A00.0 for A00.000x001, I10 for I10.x00.';
CREATE FUNCTION icd10_parent(icd10) RETURNS icd10
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_parent';
COMMENT ON FUNCTION icd10_parent(icd10) IS 'Returns the code one step up: a marked code''s main part, A00.000 for A00.000x001, A00.0 for A00.000, A00 for A00.0; NULL for a category.';
CREATE FUNCTION icd10_level(icd10) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_level';
COMMENT ON FUNCTION icd10_level(icd10) IS 'Returns the last place that the main part fills: 3 category, 4 subcategory, 5 (ICD-10-CM), 6 six-digit code, 7 extension (xNNN, or the seventh character of ICD-10-CM).';
CREATE FUNCTION icd10_dagger(icd10) RETURNS icd10
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_dagger';
COMMENT ON FUNCTION icd10_dagger(icd10) IS 'Returns the dagger (aetiology) code, without mark, of a pair or of a code marked with a dagger: A01.001 for A01.001+K77.0*; NULL for other codes.';
CREATE FUNCTION icd10_asterisk(icd10) RETURNS icd10
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_asterisk';
COMMENT ON FUNCTION icd10_asterisk(icd10) IS 'Returns the asterisk (manifestation) code of a pair, or the code itself where it is an asterisk code: K77.0* for A01.001+K77.0*; NULL for other codes.';
CREATE FUNCTION icd10_parts(icd10) RETURNS icd10[]
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_parts';
COMMENT ON FUNCTION icd10_parts(icd10) IS 'Returns the codes that a code consists of: dagger and asterisk code of a pair, else the code.';
CREATE FUNCTION icd10_form(icd10) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_form';
COMMENT ON FUNCTION icd10_form(icd10) IS 'Returns the shape of the code: who3, who4, cn6 (six digits), cnx (with extension xNNN), icd10cm; asterisk, dagger, who_pair or pair for marked codes.';
CREATE FUNCTION icd10_is_a(icd10, icd10) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_is_a';
COMMENT ON FUNCTION icd10_is_a(icd10, icd10) IS 'Returns whether the main part of the first code is the second code or below it: I10.x00x002 is a I10.x00 and a I10. For columns; against a constant use <@, which uses indexes.';

CREATE FUNCTION icd10_chapter(icd10) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_chapter';
COMMENT ON FUNCTION icd10_chapter(icd10) IS 'Returns the number of the chapter, 1 to 22, of the main part; NULL for a category that no chapter of the WHO edition of 2019 has (as D49, O9A of ICD-10-CM).';
CREATE FUNCTION icd10_chapter_code(icd10) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_chapter_code';
COMMENT ON FUNCTION icd10_chapter_code(icd10) IS 'Returns the chapter as a Roman numeral, I to XXII, as in IX for I10; NULL outside all chapters.';
CREATE FUNCTION icd10_chapter_title(icd10, lang text DEFAULT 'zh') RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_chapter_title';
COMMENT ON FUNCTION icd10_chapter_title(icd10, text) IS 'Returns the title of the chapter in the language zh or en; another language is an error (22023). WHO ICD-10, 2019.';
CREATE FUNCTION icd10_block(icd10) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_block';
COMMENT ON FUNCTION icd10_block(icd10) IS 'Returns the narrowest block of the main part as a range of categories, I10-I15 for I10.x00; NULL outside all blocks. WHO ICD-10, 2019; A90 and A91 of older editions belong to A90-A99.';
CREATE FUNCTION icd10_block_title(icd10, lang text DEFAULT 'zh') RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_block_title';
COMMENT ON FUNCTION icd10_block_title(icd10, text) IS 'Returns the title of the block in the language zh or en; another language is an error (22023).';

-- any part of a code, and arrays of codes

CREATE FUNCTION icd10_any_within(icd10, icd10set) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_any_within';
COMMENT ON FUNCTION icd10_any_within(icd10, icd10set) IS 'Implementation of the operator &&.';
CREATE FUNCTION icd10set_any_within(icd10set, icd10) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10set_any_within';
COMMENT ON FUNCTION icd10set_any_within(icd10set, icd10) IS 'Implementation of the operator &&.';
CREATE FUNCTION icd10_array_overlaps(icd10[], icd10set) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_icd10_array_overlaps';
COMMENT ON FUNCTION icd10_array_overlaps(icd10[], icd10set) IS 'Implementation of the operator &&.';
CREATE FUNCTION icd10set_overlaps_array(icd10set, icd10[]) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'hb_icd10set_overlaps_array';
COMMENT ON FUNCTION icd10set_overlaps_array(icd10set, icd10[]) IS 'Implementation of the operator &&.';
CREATE OPERATOR && (
    LEFTARG = icd10, RIGHTARG = icd10set, FUNCTION = icd10_any_within,
    COMMUTATOR = &&, RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR && (icd10, icd10set) IS 'the main or the asterisk part lies in the set';
CREATE OPERATOR && (
    LEFTARG = icd10set, RIGHTARG = icd10, FUNCTION = icd10set_any_within,
    COMMUTATOR = &&, RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR && (icd10set, icd10) IS 'contains the main or the asterisk part of the code';
CREATE OPERATOR && (
    LEFTARG = icd10[], RIGHTARG = icd10set, FUNCTION = icd10_array_overlaps,
    COMMUTATOR = &&, RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR && (icd10[], icd10set) IS 'a part of one of the codes lies in the set';
CREATE OPERATOR && (
    LEFTARG = icd10set, RIGHTARG = icd10[], FUNCTION = icd10set_overlaps_array,
    COMMUTATOR = &&, RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR && (icd10set, icd10[]) IS 'contains a part of one of the codes';

CREATE FUNCTION icd10_gin_extract_value(icd10[], internal) RETURNS internal
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_gin_extract_value';
COMMENT ON FUNCTION icd10_gin_extract_value(icd10[], internal) IS 'GIN support of icd10_array_ops.';
CREATE FUNCTION icd10_gin_extract_query(icd10[], internal, smallint, internal, internal, internal, internal) RETURNS internal
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_gin_extract_query';
COMMENT ON FUNCTION icd10_gin_extract_query(icd10[], internal, smallint, internal, internal, internal, internal) IS 'GIN support of icd10_array_ops.';
CREATE FUNCTION icd10_gin_consistent(internal, smallint, icd10[], integer, internal, internal, internal, internal) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_gin_consistent';
COMMENT ON FUNCTION icd10_gin_consistent(internal, smallint, icd10[], integer, internal, internal, internal, internal) IS 'GIN support of icd10_array_ops.';
CREATE FUNCTION icd10_gin_compare_partial(icd10, icd10, smallint, internal) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd10_gin_compare_partial';
COMMENT ON FUNCTION icd10_gin_compare_partial(icd10, icd10, smallint, internal) IS 'GIN support of icd10_array_ops.';
CREATE OPERATOR CLASS icd10_array_ops DEFAULT FOR TYPE icd10[] USING gin AS
    OPERATOR 1 && (anyarray, anyarray), OPERATOR 2 @> (anyarray, anyarray),
    OPERATOR 3 <@ (anyarray, anyarray), OPERATOR 4 = (anyarray, anyarray),
    OPERATOR 5 && (icd10[], icd10set),
    FUNCTION 1 icd10_cmp(icd10, icd10),
    FUNCTION 2 icd10_gin_extract_value(icd10[], internal),
    FUNCTION 3 icd10_gin_extract_query(icd10[], internal, smallint, internal, internal, internal, internal),
    FUNCTION 4 icd10_gin_consistent(internal, smallint, icd10[], integer, internal, internal, internal, internal),
    FUNCTION 5 icd10_gin_compare_partial(icd10, icd10, smallint, internal),
    STORAGE icd10;
COMMENT ON OPERATOR CLASS icd10_array_ops USING gin IS 'Indexes on arrays of codes: the tests of the core class array_ops, and && with a set.';

