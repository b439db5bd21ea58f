/*-------------------------------------------------------------------------
 * hbhealth.c
 *	  Module magic, start of the library, version.
 *-------------------------------------------------------------------------
 */
#include "common/compat.h"
#include "common/math.h"
#include "deid/key.h"
#include "icd/comorbidity.h"
#include "icd/icd10.h"
#include "ident/gb2260.h"

#include "utils/builtins.h"

#if PG_VERSION_NUM >= 180000
PG_MODULE_MAGIC_EXT(.name = "hbhealth", .version = HB_VERSION);
#else
PG_MODULE_MAGIC;
#endif

PGDLLEXPORT void _PG_init(void);

/* Quieten GSL, unfold the compiled-in tables that are reached by direct address, define the settings. */
void
_PG_init(void)
{
	hb_math_init();
	hb_icd10_tables_init();
	hb_comorbidity_init();
	hb_gb2260_init();
	hb_kek_init();
}

PG_FUNCTION_INFO_V1(hb_version);

/* Return the version of the loaded library. */
Datum
hb_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(HB_VERSION));
}
