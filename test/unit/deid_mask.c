/* link: src/deid/mask_core.c src/deid/mask_address_core.c src/common/text.c src/ident/cn_id_core.c src/ident/cn_division_core.c src/ident/gb2260_core.c src/common/code_core.c src/common/fold.c -licui18n -licuuc */
/*-------------------------------------------------------------------------
 * deid_mask.c
 *	  Masks of random texts, under the sanitizers: none shows all of a text.
 *-------------------------------------------------------------------------
 */
#include "deid/mask.h"

#include <stdlib.h>

#include "common/tap.h"

#define ROUNDS	200000
#define MOST	48				/* bytes of a text and a piece more */

static void
mask_idno(HbMasked *m)
{
	hb_mask_idno(m, rand() % 20, rand() % 20);
}

static void
mask_name(HbMasked *m)
{
	(void) hb_mask_name(m);
}

static void
mask_ends(HbMasked *m)
{
	hb_mask_ends(m, rand() % 8, rand() % 8);
}

static void
mask_address(HbMasked *m)
{
	hb_mask_address(m, (HbAddressLevel) (rand() % 4));
}

/* What texts that masks know are made of, and what they do not expect. */
static const char *const pieces[] = {
	"1", "3", "8", "0", "86", "+", "-", " ", "@", ".", "com", "X", "x", "张", "欧阳", "·", "湖北省", "武汉市", "洪山区",
	"关山街道", "路", "号", "州", "鄂A", "转", "110105199003071239", "13812345678", "027", "400", "６", "\xC3\xA9", "e\xCC\x81",
	"\xF0\xA0\xAE\xB7", "\xE2\x80\x8D", "\xF0\x9F\x91\xA8", "\r\n", "\t", "北京市", "市", "自治州"
};

static void
random_texts(const char *name, void (*rule) (HbMasked *), bool may_show_all)
{
	int			all = 0;
	int			some = 0;

	srand(7);
	for (int i = 0; i < ROUNDS; i++)
	{
		char		s[MOST];
		HbGrapheme	g[MOST + 1];
		bool		shown[MOST] = {false};
		HbMasked	m = {s, 0, g, shown};
		uint32		len = 0;
		int			n = rand() % 16;
		int			count = 0;
		const char *reason;

		for (int j = 0; j < n; j++)
		{
			const char *piece = pieces[(size_t) rand() % (rand() % 2 ? 14 : lengthof(pieces))];

			if (len + strlen(piece) > sizeof(s))
				break;
			memcpy(s + len, piece, strlen(piece));
			len += (uint32) strlen(piece);
		}
		m.n = hb_graphemes(s, len, g, &reason);
		rule(&m);
		for (int j = 0; j < m.n; j++)
			count += shown[j];
		all += m.n > 0 && count == m.n;
		some += count > 0;
	}
	ok((may_show_all || all == 0) && some > 0, "%s shows something of %d texts, all of %d", name, some, all);
}

int
main(void)
{
	random_texts("the ends", mask_ends, false);
	random_texts("a name", mask_name, false);
	random_texts("an identity number", mask_idno, false);
	random_texts("a mobile number", hb_mask_mobile, false);
	random_texts("a telephone number", hb_mask_phone, false);
	random_texts("an e-mail address", hb_mask_email, false);
	random_texts("a card number", hb_mask_bankcard, false);
	random_texts("a plate", hb_mask_plate, false);
	random_texts("an address", mask_address, true);
	return done();
}
