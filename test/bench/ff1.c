/* link: src/deid/ff1_core.c src/common/crypto.c -lcrypto
-- what: FF1 with AES-128 of 17 digits, in C
-- limit: rate >= 2500000
*/
#include "deid/ff1.h"

#include <stdio.h>
#include <time.h>

#define VALUES	2000000

int
main(void)
{
	const uint8 key[16] = {1, 2, 3};
	HbFf1	   *ff1 = hb_ff1_new(HB_AES_128, key);
	char		digits[] = "11010519900307123";
	clock_t		begin = clock();

	/* each value depends on the one before, so nothing is left out */
	for (int i = 0; i < VALUES; i++)
	{
		if (!hb_ff1_digits(ff1, "tweak", 5, digits, 17, false))
			return 1;
	}
	(printf) ("%.2f\n", (double) (clock() - begin) / CLOCKS_PER_SEC * 1e9 / VALUES);
	hb_ff1_free(ff1);
	return 0;
}
