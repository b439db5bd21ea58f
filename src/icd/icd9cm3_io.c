/*-------------------------------------------------------------------------
 * icd9cm3_io.c
 *	  icd9cm3 and icd9cm3set in SQL: input, output, casts and accessors.
 *-------------------------------------------------------------------------
 */
#include "icd/icd9cm3.h"

#include "common/title.h"

#include "procedure_chapters_data.h"
#include "utils/builtins.h"

HB_CODE_FUNCTIONS(icd9cm3, hb_icd9cm3_type)
HB_CODESET_FUNCTIONS(icd9cm3set, hb_icd9cm3set_type)

PG_FUNCTION_INFO_V1(hb_icd9cm3_category);
Datum
hb_icd9cm3_category(PG_FUNCTION_ARGS)
{
	PG_RETURN_CODE(PG_GETARG_CODE(0) & ~ICD9CM3_BELOW_CATEGORY);
}

PG_FUNCTION_INFO_V1(hb_icd9cm3_base);
Datum
hb_icd9cm3_base(PG_FUNCTION_ARGS)
{
	PG_RETURN_CODE(hb_icd9cm3_base_of(PG_GETARG_CODE(0)));
}

PG_FUNCTION_INFO_V1(hb_icd9cm3_parent);
Datum
hb_icd9cm3_parent(PG_FUNCTION_ARGS)
{
	uint64		parent;

	if (!hb_icd9cm3_parent_of(PG_GETARG_CODE(0), &parent))
		PG_RETURN_NULL();
	PG_RETURN_CODE(parent);
}

PG_FUNCTION_INFO_V1(hb_icd9cm3_level);
Datum
hb_icd9cm3_level(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(hb_icd9cm3_level_of(PG_GETARG_CODE(0)));
}

PG_FUNCTION_INFO_V1(hb_icd9cm3_form);
Datum
hb_icd9cm3_form(PG_FUNCTION_ARGS)
{
	static const char *const name[] = {
		"category", "class3", "class4", "cn6", "cnx", "tcm_class", "tcm", "irregular"
	};

	PG_RETURN_TEXT_P(cstring_to_text(name[hb_icd9cm3_form_of(PG_GETARG_CODE(0))]));
}

PG_FUNCTION_INFO_V1(hb_icd9cm3_is_a);
Datum
hb_icd9cm3_is_a(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(hb_icd9cm3_below(PG_GETARG_CODE(0), PG_GETARG_CODE(1)));
}

/* ----- chapters ----- */

/* Every category has a chapter. */
static const HbProcedureChaptersRow *
chapter_of(uint64 code)
{
	uint64		category = code >> ICD9CM3_CATEGORY_SHIFT;
	int			i = HB_PROCEDURE_CHAPTERS_COUNT - 1;

	while (i > 0 && category < hb_procedure_chapters_rows[i].first)
		i--;
	return &hb_procedure_chapters_rows[i];
}

PG_FUNCTION_INFO_V1(hb_icd9cm3_chapter);
Datum
hb_icd9cm3_chapter(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(chapter_of(PG_GETARG_CODE(0))->code));
}

PG_FUNCTION_INFO_V1(hb_icd9cm3_chapter_title);
Datum
hb_icd9cm3_chapter_title(PG_FUNCTION_ARGS)
{
	const HbProcedureChaptersRow *row = chapter_of(PG_GETARG_CODE(0));

	return hb_title(fcinfo, PG_GETARG_TEXT_PP(1), row->title_zh, row->title_en);
}
