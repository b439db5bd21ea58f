/*-------------------------------------------------------------------------
 * icd10_io.c
 *	  icd10 in SQL: input, output, casts and accessors.
 *-------------------------------------------------------------------------
 */
#include "icd/icd10.h"

#include "common/title.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

HB_CODE_FUNCTIONS(icd10, hb_icd10_type)

PG_FUNCTION_INFO_V1(hb_icd10_category);
Datum
hb_icd10_category(PG_FUNCTION_ARGS)
{
	PG_RETURN_CODE(PG_GETARG_CODE(0) & ~ICD10_BELOW_3);
}

PG_FUNCTION_INFO_V1(hb_icd10_who);
Datum
hb_icd10_who(PG_FUNCTION_ARGS)
{
	PG_RETURN_CODE(hb_icd10_who_of(PG_GETARG_CODE(0)));
}

PG_FUNCTION_INFO_V1(hb_icd10_parent);
Datum
hb_icd10_parent(PG_FUNCTION_ARGS)
{
	uint64		parent;

	if (!hb_icd10_parent_of(PG_GETARG_CODE(0), &parent))
		PG_RETURN_NULL();
	PG_RETURN_CODE(parent);
}

PG_FUNCTION_INFO_V1(hb_icd10_level);
Datum
hb_icd10_level(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(hb_icd10_level_of(PG_GETARG_CODE(0)));
}

PG_FUNCTION_INFO_V1(hb_icd10_dagger);
Datum
hb_icd10_dagger(PG_FUNCTION_ARGS)
{
	uint64		code = PG_GETARG_CODE(0);

	if ((code & ICD10_MARKS) < ICD10_MARK_DAGGER)
		PG_RETURN_NULL();
	PG_RETURN_CODE(code & ~ICD10_MARKS);
}

PG_FUNCTION_INFO_V1(hb_icd10_asterisk);
Datum
hb_icd10_asterisk(PG_FUNCTION_ARGS)
{
	uint64		asterisk;

	if (!hb_icd10_asterisk_of(PG_GETARG_CODE(0), &asterisk))
		PG_RETURN_NULL();
	PG_RETURN_CODE(asterisk);
}

PG_FUNCTION_INFO_V1(hb_icd10_parts);
Datum
hb_icd10_parts(PG_FUNCTION_ARGS)
{
	uint64		code = PG_GETARG_CODE(0);
	uint64		parts[2];
	Datum		elements[2];
	int			n = hb_icd10_parts_of(code, parts);
	Oid			type = get_fn_expr_argtype(fcinfo->flinfo, 0);

	for (int i = 0; i < n; i++)
		elements[i] = CodeGetDatum(parts[i]);
	PG_RETURN_ARRAYTYPE_P(construct_array(elements, n, type, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

PG_FUNCTION_INFO_V1(hb_icd10_form);
Datum
hb_icd10_form(PG_FUNCTION_ARGS)
{
	static const char *const plain[] = {"who3", "who4", "cn6", "cnx", "icd10cm"};
	uint64		code = PG_GETARG_CODE(0);
	Icd10Form	form = hb_icd10_form_of(code);
	uint64		marks = code & ICD10_MARKS;
	const char *name = plain[form];

	if (marks == ICD10_MARK_ASTERISK)
		name = "asterisk";
	else if (marks == ICD10_MARK_DAGGER)
		name = "dagger";
	else if (marks != 0)
		name = form == ICD10_WHO3 || form == ICD10_WHO4 ? "who_pair" : "pair";
	PG_RETURN_TEXT_P(cstring_to_text(name));
}

PG_FUNCTION_INFO_V1(hb_icd10_is_a);
Datum
hb_icd10_is_a(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(hb_icd10_below(PG_GETARG_CODE(0), PG_GETARG_CODE(1)));
}

/* ----- chapters and blocks ----- */

static Datum
title(FunctionCallInfo fcinfo, const Icd10Group *group)
{
	return hb_title(fcinfo, PG_GETARG_TEXT_PP(1), group != NULL ? group->title_zh : NULL,
					group != NULL ? group->title_en : NULL);
}

PG_FUNCTION_INFO_V1(hb_icd10_chapter);
Datum
hb_icd10_chapter(PG_FUNCTION_ARGS)
{
	int			number = hb_icd10_chapter_number(PG_GETARG_CODE(0));

	if (number == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(number);
}

PG_FUNCTION_INFO_V1(hb_icd10_chapter_code);
Datum
hb_icd10_chapter_code(PG_FUNCTION_ARGS)
{
	const Icd10Group *chapter = hb_icd10_chapter_of(PG_GETARG_CODE(0));

	if (chapter == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(chapter->name));
}

PG_FUNCTION_INFO_V1(hb_icd10_chapter_title);
Datum
hb_icd10_chapter_title(PG_FUNCTION_ARGS)
{
	return title(fcinfo, hb_icd10_chapter_of(PG_GETARG_CODE(0)));
}

PG_FUNCTION_INFO_V1(hb_icd10_block);
Datum
hb_icd10_block(PG_FUNCTION_ARGS)
{
	const Icd10Group *block = hb_icd10_block_of(PG_GETARG_CODE(0));

	if (block == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(block->name));
}

PG_FUNCTION_INFO_V1(hb_icd10_block_title);
Datum
hb_icd10_block_title(PG_FUNCTION_ARGS)
{
	return title(fcinfo, hb_icd10_block_of(PG_GETARG_CODE(0)));
}
