/*-------------------------------------------------------------------------
 * icd9cm3_core.c
 *	  Procedure codes: text to packed value and back, and the hierarchy.
 *
 * Shapes: ICD-9-CM volume 3 (two, three and four digits), the six digits and
 * extensions xNNN of the Chinese clinical and insurance editions, the five
 * places of traditional medicine in 17.9, and two irregular extensions that
 * the official lists contain. The hierarchy is that of the prefixes of a
 * code that are codes themselves.
 *-------------------------------------------------------------------------
 */
#include "icd/icd9cm3.h"

#include "common/ascii.h"
#include "common/fields.h"

/* Fields of the packed code, from the first character on. */
enum
{
	CATEGORY, PLACE1, PLACE2, PLACE3, PLACE4, PLACE5, EXTENSION, FIELDS
};

static const HbField field_of[FIELDS] = {
	{ICD9CM3_CATEGORY_SHIFT, 7}, {32, 4}, {28, 4}, {24, 4}, {18, 6}, {14, 4}, {0, 14}
};

/* Values of the places: none, then 0-9, A-Z and an x where they can be. */
#define NONE		0
#define DIGIT(d)	(1 + (d))
#define ALPHA(a)	(11 + (a))
#define PLACEHOLDER 11			/* place 2 */
#define X_DIGITS	11			/* places 3 and 5: x and three digits follow */
#define X_LETTERS	37			/* place 4: x and four digits follow */

/* Places behind the dot, and digits behind their x. */
#define PLACES		5
#define X_IN(f)		((f) == PLACE4 ? X_LETTERS : X_DIGITS)

#define TRADITIONAL 17			/* 17.9 holds traditional medicine */

static const char *const not_category =
"a procedure code begins with two digits";
static const char *const diagnosis_code =
"a procedure code begins with two digits (diagnosis codes are of type icd10)";
static const char *const lost_zero =
"a procedure code has two digits before the dot: a leading zero is lost";
static const char *const number_length =
"digits without a dot are two, four or six, or seven from 179 on: a leading zero may be lost";
static const char *const places_count =
"behind the dot are one, two or four places, or five in 17.9";
static const char *const placeholder_digits =
"the placeholder x stands for the second place and needs two digits after it";
static const char *const extension_digits =
"an extension is x and three digits after four places (the lists also have 66.69x001 and 86.700x0013)";
static const char *const traditional_places =
"a code of traditional medicine has five places behind the dot, and its class three, as in 17.91210 and 17.912";
static const char *const traditional_letter =
"a letter can only stand fourth of five places in 17.9, and is not I or O";
static const char *const dot_alone =
"a dot needs a subdivision after it";
static const char *const dash_code =
"a dash stands for a group of codes: give the category, or a set";
static const char *const several_codes =
"this is more than one code";
static const char *const trailing =
"nothing may follow a code";

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

/* ----- validity ----- */

/* Does a code lie in 17.9? */
static inline bool
traditional(uint64 code)
{
	return get(code, CATEGORY) == TRADITIONAL && get(code, PLACE1) == DIGIT(9);
}

/* In 17.9 the third place tells: 0 in a six-digit code, else 1 to 9. */
static inline bool
traditional_class(uint64 code)
{
	return traditional(code) && get(code, PLACE2) != PLACEHOLDER && get(code, PLACE3) > DIGIT(0);
}

#define DIGITS			HB_VALUES(DIGIT(0), DIGIT(9))
#define LETTERS			(HB_VALUES(ALPHA(0), ALPHA(25)) & ~HB_VALUE(ALPHA('I' - 'A')) & ~HB_VALUE(ALPHA('O' - 'A')))

/* The values of place 4, behind a digit in place 3. */
static uint64
allowed_fourth(uint64 code)
{
	if (get(code, PLACE2) == PLACEHOLDER)
		return DIGITS;
	if (!traditional(code))
		return DIGITS | HB_VALUE(X_LETTERS);
	return DIGITS | LETTERS | HB_VALUE(X_LETTERS) |
		(traditional_class(code) ? HB_VALUE(NONE) : 0);
}

/* The values of place 5, behind a digit or letter in place 4. */
static uint64
allowed_fifth(uint64 code)
{
	if (traditional_class(code) || get(code, PLACE4) > DIGIT(9))
		return DIGITS;
	if (traditional(code) && get(code, PLACE2) != PLACEHOLDER)
		return HB_VALUE(NONE) | DIGITS | HB_VALUE(X_DIGITS);
	return HB_VALUE(NONE) | HB_VALUE(X_DIGITS);
}

/* The values that a field may have behind the fields before it. */
static HbValues
allowed(uint64 code, int f)
{
	HbValues	values = {HB_VALUE(NONE), 0};
	int			before = f > CATEGORY ? get(code, f - 1) : NONE;

	switch (f)
	{
		case CATEGORY:
			values.low = ~UINT64CONST(0);
			values.top = 99;
			break;
		case PLACE1:
			values.low |= DIGITS;
			break;
		case PLACE2:
			if (before != NONE)
				values.low |= DIGITS | HB_VALUE(PLACEHOLDER);
			break;
		case PLACE3:
			if (before == PLACEHOLDER)
				values.low = DIGITS;
			else if (before != NONE)
				values.low |= DIGITS | HB_VALUE(X_DIGITS);
			break;
		case PLACE4:
			if (before != NONE && before != X_DIGITS)
				values.low = allowed_fourth(code);
			break;
		case PLACE5:
			if (before != NONE && before != X_LETTERS)
				values.low = allowed_fifth(code);
			break;
		default:				/* EXTENSION */
			if (get(code, PLACE3) == X_DIGITS || before == X_DIGITS)
			{
				values.low = ~HB_VALUE(NONE);
				values.top = 1000;
			}
			else if (get(code, PLACE4) == X_LETTERS)
			{
				values.low = ~HB_VALUE(NONE);
				values.top = 10000;
			}
	}
	return values;
}

static const HbFields layout = {FIELDS, field_of, allowed};

static uint64
icd9cm3_ceil(uint64 code)
{
	return hb_fields_ceil(&layout, code);
}

static uint64
icd9cm3_floor(uint64 code)
{
	return hb_fields_floor(&layout, code);
}

static bool
icd9cm3_valid(uint64 code)
{
	return code <= hb_fields_bits(&layout) && hb_fields_valid(&layout, code);
}

/* ----- text to code ----- */

/*
 * The reader of a part advances *p past what it takes and returns NULL, or
 * leaves *p at the character that breaks a rule and returns the rule.
 */

/* Read the two digits. */
static const char *
parse_category(const char **p, const char *end, uint64 *code)
{
	const char *s = *p;

	if (s == end || !is_digit(s[0]))
		return s < end && is_letter(s[0]) ? diagnosis_code : not_category;
	if (end - s < 2 || !is_digit(s[1]))
	{
		*p = s + 1;
		return end - s > 1 && s[1] == '.' ? lost_zero : not_category;
	}
	*code = field(CATEGORY, (s[0] - '0') * 10 + (s[1] - '0'));
	*p = s + 2;
	return NULL;
}

/* Read x and so many digits at the end of the places: an extension. */
static const char *
parse_extension(const char **p, const char *end, int f, uint64 *code)
{
	int			digits = f == PLACE4 ? 4 : 3;
	int			value = 0;

	if (f < PLACE3)
		return placeholder_digits;
	if (f > PLACE5 || end - *p != digits + 1)
		return extension_digits;
	for (int i = 0; i < digits; i++)
	{
		(*p)++;
		if (!is_digit(**p))
			return extension_digits;
		value = value * 10 + (**p - '0');
	}
	(*p)++;
	*code |= field(f, X_IN(f)) | field(EXTENSION, DIGIT(value));
	return NULL;
}

/* Read the x in second place, where two digits have to be behind it. */
static const char *
parse_placeholder(const char **p, const char *end, uint64 *code)
{
	const char *s = *p;

	if (end - s < 3 || !is_digit(s[1]) || !is_digit(s[2]) || (end - s > 3 && to_upper(s[3]) != 'X'))
		return placeholder_digits;
	*code |= field(PLACE2, PLACEHOLDER);
	(*p)++;
	return NULL;
}

/* Read the places behind the dot, all of [*p, end): digits and letters. */
static const char *
parse_places(const char **p, const char *end, uint64 *code)
{
	const char *s = *p;
	const char *rule = NULL;

	for (int f = PLACE1; *p < end && rule == NULL; f++)
	{
		char		c = to_upper(**p);
		/* of five places the fourth may be the letter X */
		bool		x = c == 'X' && !(f == PLACE4 && **p == 'X' && end - s == PLACES);

		if (x && f == PLACE2)
			rule = parse_placeholder(p, end, code);
		else if (x)
			return parse_extension(p, end, f, code);
		else if (f > PLACE5)
			return places_count;
		else if (is_digit(c))
		{
			*code |= field(f, DIGIT(c - '0'));
			(*p)++;
		}
		else if (f == PLACE4 && traditional(*code) && get(*code, PLACE2) != PLACEHOLDER)
		{
			*code |= field(f, ALPHA(c - 'A'));
			(*p)++;
		}
		else
			return traditional_letter;
	}
	return rule;
}

/* Say which place makes digits that were read into no code. */
static const char *
explain_shape(uint64 code)
{
	int			fourth = get(code, PLACE4);

	if (fourth == ALPHA('I' - 'A') || fourth == ALPHA('O' - 'A'))
		return traditional_letter;
	return traditional_class(code) || fourth > DIGIT(9) ? traditional_places : places_count;
}

/* Are these digits without a dot no code, or not surely one? */
static bool
wrong_number(const char *s, const char *end)
{
	int			len = (int) (end - s);

	for (const char *c = s; c < end; c++)
		if (!is_digit(*c))
			return false;
	return len != 2 && len != 4 && len != 6 && (len != 7 || memcmp(s, "179", 3) != 0);
}

/* Say why this cannot follow a code. */
static const char *
explain_rest(const char *s, const char *end)
{
	if (*s == '-')
		return dash_code;
	while (s < end && (*s == ' ' || *s == ',' || *s == ';' || *s == '|' || *s == '+' || *s == '/'))
		s++;
	return s + 1 < end && is_digit(s[0]) && is_digit(s[1]) ? several_codes : trailing;
}

/* Read a code; what it takes is the whole of [*p, end). */
static const char *
parse_code(const char **p, const char *end, uint64 *code)
{
	const char *s = *p;
	const char *stop;
	const char *rule = parse_category(p, end, code);
	bool		dot;

	if (rule != NULL || *p == end)
		return rule;
	dot = **p == '.';
	if (dot)
		(*p)++;
	for (stop = *p; stop < end && is_alnum(*stop); stop++)
		;
	if (stop == *p)
		return !dot ? explain_rest(*p, end) : *p < end && **p == '-' ? dash_code : dot_alone;
	if (!dot && wrong_number(s, stop))
		return number_length;
	rule = parse_places(p, stop, code);
	if (rule != NULL)
		return rule;
	if (!icd9cm3_valid(*code))
		return explain_shape(*code);
	return stop < end ? explain_rest(stop, end) : NULL;
}

static const char *
icd9cm3_parse(const char *s, int len, uint64 *code, int *pos)
{
	const char *p = s;
	const char *rule = parse_code(&p, s + len, code);

	*pos = (int) (p - s);
	return rule;
}

/* ----- code to text ----- */

/* Write x and the digits of an extension. */
static char *
put_extension(char *p, int digits, int value)
{
	*p++ = 'x';
	for (int i = digits; i > 0; i--, value /= 10)
		p[i - 1] = '0' + value % 10;
	return p + digits;
}

static int
icd9cm3_format(uint64 code, char *buf)
{
	char	   *p = buf;
	int			category = get(code, CATEGORY);

	*p++ = '0' + category / 10;
	*p++ = '0' + category % 10;
	if (get(code, PLACE1) != NONE)
		*p++ = '.';
	for (int f = PLACE1; f <= PLACE5; f++)
	{
		int			value = get(code, f);

		if (value == NONE)
			break;
		if (f >= PLACE3 && value == X_IN(f))
		{
			p = put_extension(p, f == PLACE4 ? 4 : 3, get(code, EXTENSION) - 1);
			break;
		}
		if (f == PLACE2 && value == PLACEHOLDER)
			*p++ = 'x';
		else
			*p++ = value < ALPHA(0) ? '0' + value - DIGIT(0) : 'A' + value - ALPHA(0);
	}
	return (int) (p - buf);
}

/* ----- hierarchy ----- */

/* The last field that is not none. */
static int
last_field(uint64 code)
{
	int			f = EXTENSION;

	while (f > CATEGORY && get(code, f) == NONE)
		f--;
	return f;
}

Icd9cm3Form
hb_icd9cm3_form_of(uint64 code)
{
	switch (last_field(code))
	{
		case CATEGORY:
			return ICD9CM3_CATEGORY;
		case PLACE1:
			return ICD9CM3_3;
		case PLACE2:
			return ICD9CM3_4;
		case PLACE3:
			return ICD9CM3_TCM_CLASS;
		case PLACE4:
			return ICD9CM3_CN6;
		case PLACE5:
			return ICD9CM3_TCM;
		default:
			return get(code, PLACE5) != NONE ? ICD9CM3_CNX : ICD9CM3_IRREGULAR;
	}
}

int
hb_icd9cm3_level_of(uint64 code)
{
	return 2 + Min(last_field(code), PLACE5);
}

/* Places 1 and 2, without a placeholder. */
uint64
hb_icd9cm3_base_of(uint64 code)
{
	return hb_field_upto(field_of[get(code, PLACE2) == PLACEHOLDER ? PLACE1 : PLACE2], code);
}

/* The longest prefix that is a code. */
bool
hb_icd9cm3_parent_of(uint64 code, uint64 *parent)
{
	int			f = last_field(code);

	do
	{
		if (--f < CATEGORY)
			return false;
		*parent = hb_field_upto(field_of[f], code);
	} while (!hb_fields_valid(&layout, *parent));
	return true;
}

static uint64
subtree_bits(uint64 code)
{
	return HB_BELOW(field_of[last_field(code)].shift);
}

bool
hb_icd9cm3_below(uint64 code, uint64 base)
{
	return (code & ~subtree_bits(base)) == base;
}

const HbCodeType hb_icd9cm3_type = {
	"icd9cm3", false, ICD9CM3_MAXLEN, icd9cm3_parse, icd9cm3_format, icd9cm3_valid
};

const HbCodeSetType hb_icd9cm3set_type = {
	&hb_icd9cm3_type, "icd9cm3set", 0, icd9cm3_ceil, icd9cm3_floor,
	hb_icd9cm3_parent_of, subtree_bits, NULL
};
