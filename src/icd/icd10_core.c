/*-------------------------------------------------------------------------
 * icd10_core.c
 *	  ICD-10 codes: text to packed value and back, and the hierarchy.
 *
 * Shapes: WHO ICD-10 (three and four characters, dagger and asterisk),
 * GB/T 14396-2016 (six digits, x for a missing fourth), the extensions
 * xNNN of the Chinese clinical and insurance editions, and ICD-10-CM.
 *-------------------------------------------------------------------------
 */
#include "icd/icd10.h"

#include "common/ascii.h"
#include "common/fields.h"

/* Fields of the packed code, from the first character on. */
enum
{
	LETTER, DIGIT2, PLACE3, PLACE4, PLACE5, PLACE6, PLACE7,
	MARK, STAR2, STAR3, STAR4, FIELDS
};

static const HbField field_of[FIELDS] = {
	{54, 5}, {50, 4}, {46, 4}, {40, 6}, {34, 6}, {28, 6}, {17, 11}, {12, 5}, {8, 4}, {4, 4}, {0, 4}
};

/* Values of places 4 to 7: none, then 0-9, A-Z, then the Chinese x. */
#define NONE		0
#define DIGIT(d)	(1 + (d))
#define ALPHA(a)	(11 + (a))
#define PLACE_X		ALPHA('X' - 'A')	/* placeholder of ICD-10-CM */
#define PLACEHOLDER	37			/* place 4: x of the Chinese editions */
#define EXTENSION	37			/* place 7: x000 */
#define EXTENSIONS	1000

/* Values of the mark. */
#define ASTERISK	1
#define DAGGER		2
#define STAR_LETTER	3			/* + and the letter A */

static const char *const not_category =
"a code begins with a letter and two digits";
static const char *const not_letter =
"an ICD-10 diagnosis code begins with a letter (procedure codes are of type icd9cm3)";
static const char *const tcm_code =
"a traditional-medicine code is not an ICD-10 code";
static const char *const morphology_code =
"a morphology code (M8140/3) is not a diagnosis code, nor part of one";
static const char *const dash_code =
"a dash stands for a group of codes: give the category, or a set";
static const char *const wildcard_code =
"the placeholder x needs two digits after it: give the category instead of a wildcard";
static const char *const cm_placeholder =
"the placeholder X of ICD-10-CM needs a character after it";
static const char *const lower_case =
"after the first letter only the placeholder x is lower case";
static const char *const extension_digits =
"an extension is x and three digits after a six-digit code";
static const char *const bad_shape =
"no edition has a code of this shape";
static const char *const dot_alone =
"a dot needs a subdivision after it";
static const char *const glued_pair =
"dagger and asterisk code are joined by +, and the asterisk code ends in *";
static const char *const star_missing =
"the asterisk code of a pair ends in *";
static const char *const bad_star =
"an asterisk code has three or four characters, as in G01* or K77.0*";
static const char *const several_codes =
"this is more than one code";
static const char *const trailing =
"only *, + or + and an asterisk code may follow a code";
static const char *const cm_marked =
"an ICD-10-CM code takes no dagger or asterisk";

static inline uint64
field(int f, int value)
{
	return hb_field_put(field_of[f], value);
}

static inline int
get(uint64 code, int f)
{
	return hb_field_get(field_of[f], code);
}

/* The value of a place 5 to 7, or -1 for what is no digit or capital. */
static inline int
place(char c)
{
	return is_digit(c) ? DIGIT(c - '0') : is_upper(c) ? ALPHA(c - 'A') : -1;
}

/* ----- text to code ----- */

/*
 * The reader of a part advances *p past what it takes and returns NULL, or
 * leaves *p at the character that breaks a rule and returns the rule.
 */

/* Read letter, digit and place 3. */
static const char *
parse_category(const char **p, const char *end, uint64 *code)
{
	const char *s = *p;
	int			len = (int) (end - s);
	char		letter;

	if (len == 0)
		return not_category;
	letter = to_upper(s[0]);
	if (!is_upper(letter))
		return is_digit(s[0]) ? not_letter : not_category;
	*p = s + 1;
	if (len < 2 || !is_digit(s[1]))
		return len == 6 && is_letter(s[1]) && is_digit(s[5]) ? tcm_code : not_category;
	*p = s + 2;
	if (len < 3 || (!is_digit(s[2]) && s[2] != 'A' && s[2] != 'B'))
		return not_category;
	*code = field(LETTER, letter - 'A') | field(DIGIT2, s[1] - '0') |
		field(PLACE3, is_digit(s[2]) ? s[2] - '0' : 10 + s[2] - 'A');
	*p = s + 3;
	return NULL;
}

/* Read places 4 to 7 of a six-digit code, or leave all as it is. */
static bool
parse_chinese(const char **p, int len, uint64 *code)
{
	const char *s = *p;
	bool		x = s[0] == 'x' || s[0] == 'X';
	uint64		places;

	if (!(x || is_digit(s[0])) || !is_digit(s[1]) || !is_digit(s[2]))
		return false;
	places = field(PLACE4, x ? PLACEHOLDER : DIGIT(s[0] - '0')) |
		field(PLACE5, DIGIT(s[1] - '0')) | field(PLACE6, DIGIT(s[2] - '0'));
	if (len == 7)
	{
		if (to_upper(s[3]) != 'X' || !is_digit(s[4]) || !is_digit(s[5]) || !is_digit(s[6]))
			return false;
		places |= field(PLACE7, EXTENSION + (s[4] - '0') * 100 + (s[5] - '0') * 10 + (s[6] - '0'));
	}
	*code |= places;
	*p += len;
	return true;
}

/* Read places 4 to 7 of a WHO or ICD-10-CM code: one to four characters. */
static const char *
parse_places(const char **p, int len, uint64 *code)
{
	for (int i = 0; i < len; i++, (*p)++)
	{
		char		c = **p;
		int			value = place(c);

		if (value < 0)
			return c != 'x' ? lower_case : i == 0 ? wildcard_code : extension_digits;
		if (value == PLACE_X && i == len - 1)
			return cm_placeholder;
		*code |= field(PLACE4 + i, value);
	}
	return NULL;
}

/* Say why so many characters are no subdivision. */
static const char *
explain_places(const char **p, int len)
{
	for (int i = 0; i < len; i++, (*p)++)
	{
		const char *s = *p;

		if (to_upper(*s) == 'M' && len - i >= 5 && is_digit(s[1]) && is_digit(s[4]))
			return morphology_code;
		if (to_upper(*s) == 'X' && i >= 3)
			return extension_digits;
		if (is_letter(*s) && i >= 3)
			return glued_pair;
	}
	return bad_shape;
}

/* Say why this cannot follow a code with n places behind its dot. */
static const char *
explain_rest(const char *s, const char *end, int n)
{
	if (*s == '-')
		return dash_code;
	if (*s == '/' && s + 1 < end && is_digit(s[1]))
		return morphology_code;
	if (*s == '.')
		return n == 2 ? tcm_code : bad_shape;
	while (s < end && (*s == ' ' || *s == ',' || *s == ';' || *s == '|' || *s == '/'))
		s++;
	return s < end && is_letter(*s) ? several_codes : trailing;
}

/* Read the asterisk code of a pair. */
static const char *
parse_star(const char **p, const char *end, uint64 *code)
{
	uint64		star;
	const char *rule = parse_category(p, end, &star);

	if (rule != NULL)
		return rule;
	if (get(star, PLACE3) > 9)
		return bad_star;
	*code |= field(MARK, STAR_LETTER + get(star, LETTER)) |
		field(STAR2, get(star, DIGIT2)) | field(STAR3, get(star, PLACE3));
	if (*p < end && **p == '.')
	{
		(*p)++;
		if (*p == end || !is_digit(**p))
			return bad_star;
	}
	if (*p < end && is_digit(**p))
		*code |= field(STAR4, DIGIT(*(*p)++ - '0'));
	if (*p == end)
		return star_missing;
	if (**p != '*')
		return bad_star;
	(*p)++;
	return NULL;
}

/* Read the mark behind the main part: *, +, or + and an asterisk code. */
static const char *
parse_mark(const char **p, const char *end, uint64 *code)
{
	Icd10Form	form = hb_icd10_form_of(*code);

	if (form == ICD10_CM)
		return cm_marked;
	if (**p == '*')
	{
		if (form != ICD10_WHO3 && form != ICD10_WHO4)
			return bad_star;
		*code |= ICD10_MARK_ASTERISK;
		(*p)++;
		return NULL;
	}
	(*p)++;
	while (*p < end && **p == ' ')
		(*p)++;
	if (*p < end)
		return parse_star(p, end, code);
	*code |= ICD10_MARK_DAGGER;
	return NULL;
}

/* Read a code; what it takes is the whole of [*p, end). */
static const char *
parse_code(const char **p, const char *end, uint64 *code)
{
	const char *rule = parse_category(p, end, code);
	const char *s;
	bool		dot;
	int			n = 0;

	if (rule != NULL || *p == end)
		return rule;
	dot = **p == '.';
	if (dot)
		(*p)++;
	while (*p + n < end && is_alnum((*p)[n]))
		n++;

	if (n == 0 && dot)
		return *p < end && **p == '-' ? dash_code : dot_alone;
	if ((n == 3 || n == 7) && get(*code, PLACE3) <= 9 && parse_chinese(p, n, code))
		rule = NULL;
	else if (n == 1 && !dot && to_upper(**p) == 'X')
		(*p)++;					/* I10X: a category filled up to four places */
	else if (n > 4)
		rule = explain_places(p, n);
	else
		rule = parse_places(p, n, code);
	if (rule != NULL || *p == end)
		return rule;

	for (s = *p; s < end && *s == ' '; s++)
		;
	if (s == end || (*s != '*' && *s != '+'))
		return explain_rest(*p, end, n);
	*p = s;
	rule = parse_mark(p, end, code);
	return rule == NULL && *p < end ? trailing : rule;
}

static const char *
icd10_parse(const char *s, int len, uint64 *code, int *pos)
{
	const char *p = s;
	const char *rule = parse_code(&p, s + len, code);

	*pos = (int) (p - s);
	return rule;
}

/* ----- code to text ----- */

static inline char *
put_place(char *p, int value)
{
	*p++ = value < ALPHA(0) ? '0' + value - 1 : 'A' + value - ALPHA(0);
	return p;
}

static char *
put_star(char *p, uint64 code)
{
	int			mark = get(code, MARK);

	*p++ = mark == ASTERISK ? '*' : '+';
	if (mark < STAR_LETTER)
		return p;
	*p++ = 'A' + mark - STAR_LETTER;
	*p++ = '0' + get(code, STAR2);
	*p++ = '0' + get(code, STAR3);
	if (get(code, STAR4) != NONE)
	{
		*p++ = '.';
		p = put_place(p, get(code, STAR4));
	}
	*p++ = '*';
	return p;
}

static int
icd10_format(uint64 code, char *buf)
{
	char	   *p = buf;
	int			last = get(code, PLACE7);
	int			value;

	*p++ = 'A' + get(code, LETTER);
	*p++ = '0' + get(code, DIGIT2);
	value = get(code, PLACE3);
	*p++ = value <= 9 ? '0' + value : 'A' + value - 10;

	value = get(code, PLACE4);
	if (value != NONE)
	{
		*p++ = '.';
		if (value == PLACEHOLDER)
			*p++ = 'x';
		else
			p = put_place(p, value);
		if ((value = get(code, PLACE5)) != NONE)
			p = put_place(p, value);
		if ((value = get(code, PLACE6)) != NONE)
			p = put_place(p, value);
		if (last >= EXTENSION)
		{
			last -= EXTENSION;
			*p++ = 'x';
			*p++ = '0' + last / 100;
			*p++ = '0' + last / 10 % 10;
			*p++ = '0' + last % 10;
		}
		else if (last != NONE)
			p = put_place(p, last);
	}
	if ((code & ICD10_MARKS) != 0)
		p = put_star(p, code);
	return (int) (p - buf);
}

/* ----- validity ----- */

static inline bool
six_digits(uint64 code)
{
	int			p4 = get(code, PLACE4);

	return (p4 == PLACEHOLDER || (p4 >= DIGIT(0) && p4 <= DIGIT(9))) &&
		get(code, PLACE5) - DIGIT(0) <= 9u && get(code, PLACE6) - DIGIT(0) <= 9u &&
		get(code, PLACE3) <= 9;
}

/* Is this X of ICD-10-CM one that would read as x, as in A00.X00? */
static inline bool
reads_as_x(uint64 code)
{
	return get(code, PLACE4) == PLACE_X && get(code, PLACE3) <= 9 &&
		get(code, PLACE5) - DIGIT(0) <= 9u && get(code, PLACE6) - DIGIT(0) <= 9u;
}

/* The values of place 7 that are characters: X is never the last of a code. */
#define LAST	(HB_VALUES(DIGIT(0), ALPHA(25)) & ~HB_VALUE(PLACE_X))

/* The values that a field of the main part may have behind those before it. */
static HbValues
allowed(uint64 code, int f)
{
	static const HbValues none = {HB_VALUE(NONE), 0},
				digits = {HB_VALUES(DIGIT(0), DIGIT(9)), 0},
				alnums = {HB_VALUES(DIGIT(0), ALPHA(25)), 0},
				optional = {HB_VALUES(NONE, ALPHA(25)), 0},
				letter = {HB_VALUES(0, 25), 0},
				digit2 = {HB_VALUES(0, 9), 0},
				place3 = {HB_VALUES(0, 11), 0},
				place4 = {HB_VALUES(NONE, PLACEHOLDER), 0},
				last = {LAST, 0},
				optional_last = {HB_VALUE(NONE) | LAST, 0},
				extension = {HB_VALUE(NONE) | HB_VALUES(EXTENSION, 63), EXTENSION + EXTENSIONS - 1},
				last_or_extension = {HB_VALUE(NONE) | LAST | HB_VALUES(EXTENSION, 63), EXTENSION + EXTENSIONS - 1};
	bool		chinese = get(code, PLACE4) == PLACEHOLDER;
	int			before = f > LETTER ? get(code, f - 1) : NONE;

	switch (f)
	{
		case LETTER:
			return letter;
		case DIGIT2:
			return digit2;
		case PLACE3:
			return place3;
		case PLACE4:
			return before <= 9 ? place4 : optional;
	}
	if (before == NONE)
		return none;
	if (f < PLACE7)
		return chinese ? digits : before == PLACE_X ? alnums : optional;
	if (chinese)
		return extension;
	if (six_digits(code))
		return last_or_extension;
	return before == PLACE_X || reads_as_x(code) ? last : optional_last;
}

static const HbFields main_part = {MARK, field_of, allowed};

/* The smallest valid unmarked code at or above. */
static uint64
icd10_ceil(uint64 code)
{
	return hb_fields_ceil(&main_part, code);
}

/* The largest valid unmarked code at or below. */
static uint64
icd10_floor(uint64 code)
{
	return hb_fields_floor(&main_part, code);
}

/* May the mark stand behind its main part, and is it whole? */
static bool
valid_mark(uint64 code)
{
	int			mark = get(code, MARK);
	Icd10Form	form = hb_icd10_form_of(code);

	if (mark == 0 || mark == ASTERISK || mark == DAGGER)
	{
		if ((code & ICD10_BELOW(12)) != 0)
			return false;
		return mark == 0 || (mark == DAGGER ? form != ICD10_CM : form == ICD10_WHO3 || form == ICD10_WHO4);
	}
	return form != ICD10_CM && mark < STAR_LETTER + 26 && get(code, STAR2) <= 9 &&
		get(code, STAR3) <= 9 && get(code, STAR4) <= DIGIT(9);
}

static bool
icd10_valid(uint64 code)
{
	return code <= HB_BELOW(59) && hb_fields_valid(&main_part, code) && valid_mark(code);
}

/* ----- hierarchy ----- */

Icd10Form
hb_icd10_form_of(uint64 code)
{
	int			p4 = get(code, PLACE4);

	if (get(code, PLACE3) > 9)
		return ICD10_CM;
	if (p4 == NONE)
		return ICD10_WHO3;
	if (get(code, PLACE5) == NONE)
		return p4 <= DIGIT(9) ? ICD10_WHO4 : ICD10_CM;
	if (!six_digits(code))
		return ICD10_CM;
	return get(code, PLACE7) == NONE ? ICD10_CN6 :
		get(code, PLACE7) >= EXTENSION ? ICD10_CNX : ICD10_CM;
}

/* The low bits that vary below the main part of a code, marks included. */
static uint64
subtree_bits(uint64 code)
{
	static const uint64 below[] = {
		[3] = ICD10_BELOW_3, [4] = ICD10_BELOW_4, [5] = ICD10_BELOW_5,
		[6] = ICD10_BELOW_6, [7] = ICD10_MARKS
	};

	return below[hb_icd10_level_of(code)];
}

uint64
hb_icd10_who_of(uint64 code)
{
	int			p4 = get(code, PLACE4);

	return code & ~(p4 == PLACEHOLDER || p4 == PLACE_X ? ICD10_BELOW_3 : ICD10_BELOW_4);
}

bool
hb_icd10_parent_of(uint64 code, uint64 *parent)
{
	Icd10Form	form = hb_icd10_form_of(code);
	int			f = PLACE7;

	*parent = code & ~ICD10_MARKS;
	if ((code & ICD10_MARKS) != 0)
		return true;
	if (form == ICD10_CN6)
	{
		*parent = hb_icd10_who_of(code);
		return true;
	}
	while (get(code, f) == NONE)
		if (--f < PLACE4)
			return false;
	/* Without its last character a code may end in a placeholder: go on. */
	do
		*parent = hb_field_upto(field_of[f - 1], code);
	while (--f >= PLACE4 && !hb_fields_valid(&main_part, *parent));
	return true;
}

bool
hb_icd10_asterisk_of(uint64 code, uint64 *asterisk)
{
	int			mark = get(code, MARK);

	*asterisk = code;
	if (mark >= STAR_LETTER)
		*asterisk = field(LETTER, mark - STAR_LETTER) | field(DIGIT2, get(code, STAR2)) |
			field(PLACE3, get(code, STAR3)) | field(PLACE4, get(code, STAR4)) | ICD10_MARK_ASTERISK;
	return mark == ASTERISK || mark >= STAR_LETTER;
}

int
hb_icd10_parts_of(uint64 code, uint64 parts[2])
{
	if (get(code, MARK) < STAR_LETTER)
	{
		parts[0] = code;
		return 1;
	}
	parts[0] = code & ~ICD10_MARKS;
	hb_icd10_asterisk_of(code, &parts[1]);
	return 2;
}

bool
hb_icd10_below(uint64 code, uint64 base)
{
	uint64		below;

	if ((base & ICD10_MARKS) == 0)
		below = subtree_bits(base);
	else
		/* a dagger code stands above its pairs; other marked codes alone */
		below = (base & ICD10_MARKS) == ICD10_MARK_DAGGER ? ICD10_MARKS : 0;
	return code >= base && (code | below) == (base | below);
}

const HbCodeType hb_icd10_type = {
	"icd10", false, ICD10_MAXLEN, icd10_parse, icd10_format, icd10_valid
};

const HbCodeSetType hb_icd10set_type = {
	&hb_icd10_type, "icd10set", ICD10_MARKS, icd10_ceil, icd10_floor,
	hb_icd10_parent_of, subtree_bits, hb_icd10_chapter_range
};
