/*-------------------------------------------------------------------------
 * comorbidity_core.c
 *	  Charlson and Elixhauser categories of ICD-10 codes, and their scores.
 *
 * Codes: Quan 2005, doi 10.1097/01.mlr.0000182534.19832.83. Weights: Charlson
 * 1987, Quan 2011, van Walraven 2009, Sharma 2021, Moore 2017; see data/icd.
 *-------------------------------------------------------------------------
 */
#include "icd/comorbidity.h"

#include "common/ascii.h"
#include "port/pg_bitutils.h"

#include "charlson_data.h"
#include "charlson_weights_data.h"
#include "elixhauser_data.h"
#include "elixhauser_weights_data.h"

StaticAssertDecl(HB_CHARLSON_WEIGHTS_COUNT <= HB_COMORBID_CATEGORIES, "a state is a positive int32");
StaticAssertDecl(HB_ELIXHAUSER_WEIGHTS_COUNT <= HB_COMORBID_CATEGORIES, "a state is a positive int32");
StaticAssertDecl(HB_CHARLSON_COUNT <= HB_COMORBID_PREFIXES, "room for all prefixes");
StaticAssertDecl(HB_ELIXHAUSER_COUNT <= HB_COMORBID_PREFIXES, "room for all prefixes");
StaticAssertDecl(HB_COMORBID_ROWS <= 256, "rows are numbered by bytes");

HbComorbidIndex hb_charlson = {
	.name = "charlson",
	.source = "Codes: Quan 2005, doi:10.1097/01.mlr.0000182534.19832.83. "
		"Weights: charlson1987, Charlson 1987, doi:10.1016/0021-9681(87)90171-8, groups of Deyo 1992, doi:10.1016/0895-4356(92)90133-8; "
		"quan2011, Quan 2011, doi:10.1093/aje/kwq433.",
	.weights = {{"charlson1987", false}, {"quan2011", false}}
};

HbComorbidIndex hb_elixhauser = {
	.name = "elixhauser",
	.source = "Codes: Quan 2005, doi:10.1097/01.mlr.0000182534.19832.83, groups of Elixhauser 1998, doi:10.1097/00005650-199801000-00004. "
		"Weights: van_walraven, van Walraven 2009, doi:10.1097/MLR.0b013e31819432e5; swiss, Sharma 2021, doi:10.1186/s12913-020-05999-5; "
		"ahrq_mortality and ahrq_readmission, Moore 2017, doi:10.1097/MLR.0000000000000735.",
	.weights = {{"van_walraven", false}, {"swiss", false}, {"ahrq_mortality", true}, {"ahrq_readmission", true}}
};

static const char *const not_list =
"a state is a list of categories in braces, as in {} or {chf,diabwc}";
static const char *const no_category =
"the index has no category of this name";

/* ----- tables ----- */

static int
find_category(const HbComorbidIndex *index, const char *s, int len)
{
	for (int i = 0; i < index->categories; i++)
		if (strncmp(index->category[i].name, s, len) == 0 && index->category[i].name[len] == '\0')
			return i;
	return -1;
}

static HbComorbidCategory *
add_category(HbComorbidIndex *index, const char *name, const char *label_en, const char *label_zh,
			 const char *group)
{
	HbComorbidCategory *c = &index->category[index->categories];

	for (int i = 0; i < index->categories; i++)
		if (group[0] != '\0' && strcmp(index->category[i].group, group) == 0)
			index->category[i].later |= UINT32_C(1) << index->categories;
	c->name = name;
	c->label_en = label_en;
	c->label_zh = label_zh;
	c->group = group;
	c->later = 0;
	index->categories++;
	return c;
}

static void
add_exclusion(HbComorbidIndex *index, int category, const char *excluded_by)
{
	index->category[category].excluded_by = find_category(index, excluded_by, (int) strlen(excluded_by));
	Assert(excluded_by[0] == '\0' || index->category[category].excluded_by >= 0);
}

static void
add_prefix(HbComorbidIndex *index, const char *prefix, const char *category)
{
	HbComorbidPrefix *p = &index->prefix[index->prefixes++];
	int			pos;
	const char *rule PG_USED_FOR_ASSERTS_ONLY;

	rule = hb_icd10_type.parse(prefix, (int) strlen(prefix), &p->code, &pos);
	p->category = find_category(index, category, (int) strlen(category));
	Assert(rule == NULL && hb_icd10_level_of(p->code) <= 4 && p->category >= 0);
}

/* Fill the rows; the prefixes of one category of ICD-10 stand together. */
static void
fill_rows(HbComorbidIndex *index)
{
	index->rows = 1;			/* row 0 is empty, for all other codes */
	for (int i = 0, j; i < index->prefixes; i = j)
	{
		int			three = (int) (index->prefix[i].code >> 46);
		uint32		row[16] = {0};
		int			k;

		for (j = i; j < index->prefixes && (int) (index->prefix[j].code >> 46) == three; j++)
		{
			uint32		bit = UINT32_C(1) << index->prefix[j].category;
			int			four = (int) (index->prefix[j].code >> 40 & 63);

			Assert(four <= HB_COMORBID_DIGIT_9);
			if (four != 0)
				row[four] |= bit;
			else
				for (k = 0; k < 16; k++)
					row[k] |= bit;
		}
		for (k = 1; k < index->rows; k++)
			if (memcmp(index->mask[k], row, sizeof row) == 0)
				break;
		Assert(k < HB_COMORBID_ROWS && index->row_of[three] == 0);
		if (k == index->rows)
			memcpy(index->mask[index->rows++], row, sizeof row);
		index->row_of[three] = (uint8) k;
	}
}

void
hb_comorbidity_init(void)
{
	for (int i = 0; i < HB_CHARLSON_WEIGHTS_COUNT; i++)
	{
		const HbCharlsonWeightsRow *row = &hb_charlson_weights_rows[i];
		HbComorbidCategory *c = add_category(&hb_charlson, row->category, row->label_en, row->label_zh, "");

		c->points[0] = row->charlson1987;
		c->points[1] = row->quan2011;
	}
	for (int i = 0; i < HB_CHARLSON_WEIGHTS_COUNT; i++)
		add_exclusion(&hb_charlson, i, hb_charlson_weights_rows[i].excluded_by);
	for (int i = 0; i < HB_CHARLSON_COUNT; i++)
		add_prefix(&hb_charlson, hb_charlson_rows[i].prefix, hb_charlson_rows[i].category);
	fill_rows(&hb_charlson);

	for (int i = 0; i < HB_ELIXHAUSER_WEIGHTS_COUNT; i++)
	{
		const HbElixhauserWeightsRow *row = &hb_elixhauser_weights_rows[i];
		HbComorbidCategory *c = add_category(&hb_elixhauser, row->category, row->label_en, row->label_zh, row->ahrq_group);

		c->points[0] = row->van_walraven;
		c->points[1] = row->swiss;
		c->points[2] = row->ahrq_mortality;
		c->points[3] = row->ahrq_readmission;
	}
	for (int i = 0; i < HB_ELIXHAUSER_WEIGHTS_COUNT; i++)
		add_exclusion(&hb_elixhauser, i, hb_elixhauser_weights_rows[i].excluded_by);
	for (int i = 0; i < HB_ELIXHAUSER_COUNT; i++)
		add_prefix(&hb_elixhauser, hb_elixhauser_rows[i].prefix, hb_elixhauser_rows[i].category);
	fill_rows(&hb_elixhauser);
}

/* ----- scores ----- */

uint32
hb_comorbid_hierarchy(const HbComorbidIndex *index, uint32 state)
{
	uint32		kept = state;

	for (uint32 rest = state; rest != 0; rest &= rest - 1)
	{
		int			graver = index->category[pg_rightmost_one_pos32(rest)].excluded_by;

		if (graver >= 0 && (state >> graver & 1) != 0)
			kept &= ~(rest & (0 - rest));
	}
	return kept;
}

int
hb_comorbid_weights(const HbComorbidIndex *index, const char *s, int len)
{
	for (int i = 0; i < HB_COMORBID_WEIGHTS && index->weights[i].name != NULL; i++)
		if (strlen(index->weights[i].name) == (size_t) len && memcmp(index->weights[i].name, s, len) == 0)
			return i;
	return -1;
}

/* Sum the points; weights made for the groups of AHRQ count a group once. */
int
hb_comorbid_points(const HbComorbidIndex *index, uint32 state, int weights, bool hierarchy)
{
	bool		by_group = index->weights[weights].by_group;
	int			points = 0;

	if (hierarchy)
		state = hb_comorbid_hierarchy(index, state);
	for (uint32 rest = state; rest != 0; rest &= rest - 1)
	{
		const HbComorbidCategory *c = &index->category[pg_rightmost_one_pos32(rest)];

		if (!by_group || (c->later & state) == 0)
			points += c->points[weights];
	}
	return points;
}

/* A point for each decade from 50 on, at most four (Charlson 1994). */
int
hb_charlson_age_points(int age)
{
	return age < 50 ? 0 : age >= 80 ? 4 : age / 10 - 4;
}

/* ----- text ----- */

const char *
hb_comorbid_parse(const HbComorbidIndex *index, const char *s, int len, uint32 *state, int *pos)
{
	int			i = 0;
	uint32		found = 0;
	bool		first = true;

	while (i < len && is_blank(s[i]))
		i++;
	*pos = i;
	if (i == len || s[i++] != '{')
		return not_list;
	for (;; first = false)
	{
		int			start;
		int			category;

		while (i < len && is_blank(s[i]))
			i++;
		if (first && i < len && s[i] == '}')
			break;
		start = i;
		while (i < len && s[i] >= 'a' && s[i] <= 'z')
			i++;
		category = i > start ? find_category(index, s + start, i - start) : -1;
		*pos = start;
		if (category < 0)
			return i > start ? no_category : not_list;
		found |= UINT32_C(1) << category;
		while (i < len && is_blank(s[i]))
			i++;
		*pos = i;
		if (i == len || (s[i] != ',' && s[i] != '}'))
			return not_list;
		if (s[i] == '}')
			break;
		i++;
	}
	for (i++; i < len && is_blank(s[i]); i++)
		;
	*pos = i;
	if (i < len)
		return not_list;
	*state = found;
	return NULL;
}

int
hb_comorbid_format(const HbComorbidIndex *index, uint32 state, char *buf)
{
	char	   *p = buf;

	*p++ = '{';
	for (uint32 rest = state; rest != 0; rest &= rest - 1)
	{
		const char *name = index->category[pg_rightmost_one_pos32(rest)].name;

		if (p > buf + 1)
			*p++ = ',';
		while (*name != '\0')
			*p++ = *name++;
	}
	*p++ = '}';
	return (int) (p - buf);
}
