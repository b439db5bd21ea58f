/*-------------------------------------------------------------------------
 * icd10_tables.c
 *	  The chapters and blocks of ICD-10, reached from a code in one step.
 *-------------------------------------------------------------------------
 */
#include "icd/icd10.h"

#include "blocks_data.h"
#include "chapters_data.h"

#define MAX_BLOCKS		300

static Icd10Group chapter[HB_CHAPTERS_COUNT];
static Icd10Group block[MAX_BLOCKS];
static char block_name[MAX_BLOCKS][8];

uint8		hb_icd10_chapter_by_category[ICD10_CATEGORIES];

/* By the three characters of the category: 0 for none, else index + 1. */
static uint16 block_of[ICD10_CATEGORIES];

StaticAssertDecl(HB_BLOCKS_COUNT <= MAX_BLOCKS, "room for all blocks");
StaticAssertDecl(HB_CHAPTERS_COUNT < 255, "chapters fit a byte");

static uint64
category(const char *s)
{
	uint64		code = 0;
	int			pos;

	hb_icd10_type.parse(s, 3, &code, &pos);
	return code;
}

/* Fill the direct tables; of blocks that nest, the narrowest counts. */
void
hb_icd10_tables_init(void)
{
	uint32		width[ICD10_CATEGORIES] = {0};

	Assert(hb_chapters_sorted() && hb_chapters_rows[HB_CHAPTERS_COUNT - 1].no == HB_CHAPTERS_COUNT);
	for (int i = 0; i < HB_CHAPTERS_COUNT; i++)
	{
		const HbChaptersRow *row = &hb_chapters_rows[i];

		chapter[i].name = row->roman;
		chapter[i].title_en = row->title_en;
		chapter[i].title_zh = row->title_zh;
		for (uint64 c = category(row->first) >> ICD10_CATEGORY_SHIFT;
			 c <= category(row->last) >> ICD10_CATEGORY_SHIFT; c++)
			hb_icd10_chapter_by_category[c] = row->no;
	}
	for (int i = 0; i < HB_BLOCKS_COUNT; i++)
	{
		const HbBlocksRow *row = &hb_blocks_rows[i];
		uint64		first = category(row->first) >> ICD10_CATEGORY_SHIFT;
		uint64		last = category(row->last) >> ICD10_CATEGORY_SHIFT;

		Assert(first <= last && hb_icd10_chapter_by_category[first] == row->chapter && hb_icd10_chapter_by_category[last] == row->chapter);
		memcpy(block_name[i], row->first, 3);
		block_name[i][3] = '-';
		memcpy(block_name[i] + 4, row->last, 3);
		block[i].name = block_name[i];
		block[i].title_en = row->title_en;
		block[i].title_zh = row->title_zh;
		for (uint64 c = first; c <= last; c++)
		{
			if (width[c] != 0 && width[c] <= last - first + 1)
				continue;
			width[c] = (uint32) (last - first + 1);
			block_of[c] = i + 1;
		}
	}
}

const Icd10Group *
hb_icd10_chapter_of(uint64 code)
{
	int			number = hb_icd10_chapter_number(code);

	return number > 0 ? &chapter[number - 1] : NULL;
}

const Icd10Group *
hb_icd10_block_of(uint64 code)
{
	int			i = block_of[code >> ICD10_CATEGORY_SHIFT & (ICD10_CATEGORIES - 1)];

	return i > 0 ? &block[i - 1] : NULL;
}

/* The first and last category of a chapter given by its Roman numeral. */
bool
hb_icd10_chapter_range(const char *s, int len, uint64 *first, uint64 *last)
{
	for (int i = 0; i < HB_CHAPTERS_COUNT; i++)
	{
		const HbChaptersRow *row = &hb_chapters_rows[i];

		if (strlen(row->roman) == (size_t) len && memcmp(row->roman, s, len) == 0)
		{
			*first = category(row->first);
			*last = category(row->last);
			return true;
		}
	}
	return false;
}
