-- icd9cm3: procedure codes; the kit of the type and of its sets comes before

COMMENT ON TYPE icd9cm3 IS 'A procedure code of ICD-9-CM volume 3 (36, 36.0, 36.06) or of its Chinese clinical and insurance editions (36.0601, 36.0700x004, 01.6x00; traditional medicine 17.911, 17.91100). Eight bytes; sorts as its text does under COLLATE "C".';
COMMENT ON TYPE icd9cm3set IS 'A set of procedure codes: codes (with all below them) and ranges between commas, exclusions behind !, as in ''36.0-36.3, 37.6, !36.06''. 36.06+ is the code 36.06 by itself.';

CREATE FUNCTION icd9cm3_category(icd9cm3) RETURNS icd9cm3
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd9cm3_category';
COMMENT ON FUNCTION icd9cm3_category(icd9cm3) IS 'Returns the two-digit category: 36 for 36.0601.';
CREATE FUNCTION icd9cm3_base(icd9cm3) RETURNS icd9cm3
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd9cm3_base';
COMMENT ON FUNCTION icd9cm3_base(icd9cm3) IS 'Returns the class of ICD-9-CM volume 3, two to four digits, that a code of a Chinese edition refines: 36.07 for 36.0700x004, 01.6 for 01.6x00.';
CREATE FUNCTION icd9cm3_parent(icd9cm3) RETURNS icd9cm3
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd9cm3_parent';
COMMENT ON FUNCTION icd9cm3_parent(icd9cm3) IS 'Returns the code one step up, the longest prefix that is a code: 36.0700 for 36.0700x004, 36.07 for 36.0700, 36.0 for 36.07, 36 for 36.0, 17.911 for 17.91100, 01.6 for 01.6x00; NULL for a category.';
CREATE FUNCTION icd9cm3_level(icd9cm3) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd9cm3_level';
COMMENT ON FUNCTION icd9cm3_level(icd9cm3) IS 'Returns the last place that the code fills: 2 category, 3 and 4 the classes of ICD-9-CM volume 3, 5 class of traditional medicine (17.911), 6 six-digit code, 7 extension (xNNN) or code of traditional medicine (17.91100).';
CREATE FUNCTION icd9cm3_form(icd9cm3) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd9cm3_form';
COMMENT ON FUNCTION icd9cm3_form(icd9cm3) IS 'Returns the shape of the code: category (36), class3 (36.0), class4 (36.06), cn6 (36.0601, 01.6x00), cnx (with extension xNNN), tcm_class (17.911), tcm (17.91100), irregular (66.69x001, 86.700x0013).';
CREATE FUNCTION icd9cm3_is_a(icd9cm3, icd9cm3) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd9cm3_is_a';
COMMENT ON FUNCTION icd9cm3_is_a(icd9cm3, icd9cm3) IS 'Returns whether the first code is the second code or below it: 36.0700x004 is a 36.0700 and a 36.07. For columns; against a constant use <@, which uses indexes.';

CREATE FUNCTION icd9cm3_chapter(icd9cm3) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd9cm3_chapter';
COMMENT ON FUNCTION icd9cm3_chapter(icd9cm3) IS 'Returns the chapter of ICD-9-CM volume 3, 0 to 16, or 3A for category 17, which came between 3 and 4. Chapters follow the order of codes: sort by the least code.';
CREATE FUNCTION icd9cm3_chapter_title(icd9cm3, lang text DEFAULT 'zh') RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'hb_icd9cm3_chapter_title';
COMMENT ON FUNCTION icd9cm3_chapter_title(icd9cm3, text) IS 'Returns the title of the chapter in the language zh or en; another language is an error (22023).';
