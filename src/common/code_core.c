/*-------------------------------------------------------------------------
 * code_core.c
 *	  The kit of a by-value code type: parsing as people type.
 *-------------------------------------------------------------------------
 */
#include "common/ascii.h"
#include "common/code.h"
#include "common/fold.h"

const char *
hb_code_parse_folded(const HbCodeType *type, const char *s, size_t len, uint64 *code, int *pos)
{
	char		buf[HB_CODE_MAX_INPUT];
	const char *rule;
	int			n;
	int			lead = 0;

	n = hb_fold(s, len, buf, sizeof(buf));
	if (n < 0)
	{
		*pos = HB_CODE_MAX_INPUT + 1;
		return "the text is far longer than any code";
	}
	while (lead < n && is_blank(buf[lead]))
		lead++;
	while (n > lead && is_blank(buf[n - 1]))
		n--;
	if (n == lead)
	{
		*pos = 1;
		return "the text is empty";
	}
	rule = type->parse(buf + lead, n - lead, code, pos);
	*pos += lead + 1;
	return rule;
}
