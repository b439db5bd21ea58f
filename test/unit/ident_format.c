/* link: src/ident/format_core.c src/ident/shape_core.c src/ident/uscc_core.c src/ident/cn_id_core.c src/common/code_core.c src/common/fold.c */
/*-------------------------------------------------------------------------
 * ident_format.c
 *	  The language of shapes, the table of formats, credit codes.
 *-------------------------------------------------------------------------
 */
#include "ident/format.h"

#include "common/tap.h"
#include "ident/shape.h"
#include "ident/uscc.h"

static void
shapes(void)
{
	static const struct
	{
		const char *shape;
		const char *text;
		bool		matches;
	}			cases[] = {
		{"\\d{3}", "123", true}, {"\\d{3}", "12", false}, {"\\d{3}", "1234", false},
		{"\\d{2,4}", "1234", true}, {"\\d{2,4}", "1", false}, {"\\d{2,4}", "12345", false},
		{"A\\d|B\\d{2}", "A1", true}, {"A\\d|B\\d{2}", "B12", true}, {"A\\d|B\\d{2}", "A12", false},
		{"[A-HJ]x", "Hx", true}, {"[A-HJ]x", "Ix", false}, {"[A-HJ]x", "Jx", true},
		{"\\(\\d\\)", "(1)", true}, {"\\h{2}字", "南京字", true}, {"\\h{2}字", "A京字", false},
		{"\\h", "\xe4\xb8", false}, {"\\h", "\xe3\x80\x80", false}, {"", "", true}, {"a", "", false},
		{"[ab", "a", false}, {"a{2", "aa", false}, {"a{3,2}", "aaa", false}, {"\\", "\\", false}
	};

	for (size_t i = 0; i < lengthof(cases); i++)
		ok(hb_shape_matches(cases[i].shape, cases[i].text, strlen(cases[i].text)) == cases[i].matches,
		   "shape %s and \"%s\"", cases[i].shape, cases[i].text);
	ok(!hb_shape_valid("") && !hb_shape_valid("a|") && !hb_shape_valid("[a") &&
	   !hb_shape_valid("a{x}") && hb_shape_valid("\\d{1,2}|[A-Z]\\("), "malformed shapes are told");
}

/* Text that a shape describes, for every format: alternatives, least and most. */
static void
formats(void)
{
	for (int i = 0; i < hb_format_count; i++)
	{
		const HbFormat *f = &hb_formats[i];
		bool		unique = true;

		for (int j = 0; j < i; j++)
			unique = unique && strcmp(f->kind, hb_formats[j].kind) != 0;
		ok(hb_shape_valid(f->shape) && unique, "format %s has a shape and a name of its own", f->kind);
	}
}

static void
normalisation(void)
{
	static const char *const texts[][2] = {
		{" e-12 345\t678 ", "E12345678"},
		{"\xef\xbc\xa5\xef\xbc\x91\xe3\x80\x80\xef\xbc\x92", "E12"},
		{"南字第12345678号", "南字第12345678号"},
		{"\xe5\x8d", "\xe5\x8d"},
		{"", ""}
	};
	char		out[HB_FORMAT_MAX];
	char		many[HB_FORMAT_MAX + 1];

	for (size_t i = 0; i < lengthof(texts); i++)
	{
		int			n = hb_format_normalize(texts[i][0], strlen(texts[i][0]), out);

		ok(n == (int) strlen(texts[i][1]) && memcmp(out, texts[i][1], n) == 0, "normalises text %d", (int) i);
	}
	memset(many, '1', sizeof(many));
	ok(hb_format_normalize(many, HB_FORMAT_MAX, out) == HB_FORMAT_MAX, "as long as can be");
	ok(hb_format_normalize(many, HB_FORMAT_MAX + 1, out) == -1, "longer than can be");
}

static void
credit_codes(void)
{
	static const struct
	{
		const char *text;
		int			pos;		/* 0 if valid */
	}			cases[] = {
		{"91440300708461136T", 0}, {" 91 440300-708461136t", 0}, {"91440300708461136", 18},
		{"91440300708461136T1", 19}, {"91440300708461O36T", 15}, {"01440300708461136T", 1},
		{"94440300708461136T", 2}, {"91S40300708461136T", 3}, {"91A40300708461136T", 3},
		{" 91440300708461136A", 19}, {"", 1}, {"91440300708461136\xef\xbc\xb4", 0}
	};

	for (size_t i = 0; i < lengthof(cases); i++)
	{
		HbUscc		code;
		int			pos = 0;
		const char *rule = hb_uscc_parse(cases[i].text, strlen(cases[i].text), &code, &pos);

		ok(cases[i].pos == 0 ? rule == NULL : rule != NULL && pos == cases[i].pos,
		   "credit code \"%s\": %d, %d", cases[i].text, cases[i].pos, pos);
	}
}

int
main(void)
{
	shapes();
	formats();
	normalisation();
	credit_codes();
	return done();
}
