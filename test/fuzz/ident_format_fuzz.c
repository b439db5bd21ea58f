/* link: src/ident/format_core.c src/ident/shape_core.c src/ident/uscc_core.c src/ident/cn_id_core.c src/common/code_core.c src/common/fold.c */
/*-------------------------------------------------------------------------
 * ident_format_fuzz.c
 *	  Any bytes as text of every format, as credit code, and as a shape.
 *-------------------------------------------------------------------------
 */
#include "ident/format.h"
#include "ident/shape.h"
#include "ident/uscc.h"

extern int	LLVMFuzzerTestOneInput(const uint8 *data, size_t size);

#define REQUIRE(x)	do { if (!(x)) __builtin_trap(); } while (0)

static void
check_formats(const char *s, size_t size)
{
	char		normal[HB_FORMAT_MAX];
	char		again[HB_FORMAT_MAX];
	int			n = hb_format_normalize(s, size, normal);

	REQUIRE(n <= HB_FORMAT_MAX);
	for (int i = 0; n >= 0 && i < hb_format_count; i++)
	{
		char		text[HB_FORMAT_MAX];
		int			len = n;
		bool		told;

		memcpy(text, normal, (size_t) n);
		if (hb_format_judge(&hb_formats[i], text, &len, &told) != NULL)
			continue;
		REQUIRE(len <= n);
		REQUIRE(hb_format_normalize(text, (size_t) len, again) == len && memcmp(text, again, (size_t) len) == 0);
		REQUIRE(hb_format_judge(&hb_formats[i], again, &len, &told) == NULL);
	}
}

static void
check_uscc(const char *s, size_t size)
{
	HbUscc		code;
	HbUscc		again;
	int			pos = -1;

	if (hb_uscc_parse(s, size, &code, &pos) != NULL)
	{
		REQUIRE(pos >= 1 && pos <= 65);
		return;
	}
	REQUIRE(hb_uscc_parse(code.c, HB_USCC_LEN, &again, &pos) == NULL && memcmp(&code, &again, HB_USCC_LEN) == 0);
	(void) hb_uscc_abbreviate(&code);
}

/* The first line is a shape, the rest a text. */
static void
check_shape(const char *s, size_t size)
{
	const char *line = memchr(s, '\n', size);
	char		shape[64];
	size_t		n = line != NULL ? (size_t) (line - s) : 0;

	if (line == NULL || n >= sizeof(shape))
		return;
	memcpy(shape, s, n);
	shape[n] = '\0';
	(void) hb_shape_valid(shape);
	(void) hb_shape_matches(shape, line + 1, size - n - 1);
}

int
LLVMFuzzerTestOneInput(const uint8 *data, size_t size)
{
	if (size == 0)
		return 0;
	check_formats((const char *) data, size);
	check_uscc((const char *) data, size);
	check_shape((const char *) data, size);
	return 0;
}
