/*-------------------------------------------------------------------------
 * key.h
 *	  Keys of the table deid_key, made ready for use.
 *
 * A key is unwrapped once per backend and kept as schedules of libcrypto;
 * they are wiped when the table, a role, a membership or the file of the
 * key-encryption key changes, and when the backend ends. Any catalogue access
 * can be the moment when such a change is noticed: so a function detoasts its
 * arguments first, asks for the key then, and opens nothing while it uses it.
 *-------------------------------------------------------------------------
 */
#ifndef HB_KEY_H
#define HB_KEY_H

#include "common/compat.h"

#include "common/crypto.h"
#include "deid/ff1.h"
#include "miscadmin.h"
#include "utils/date.h"

#define HB_KEK_LEN			32
#define HB_CHECK_VALUE_LEN	8

/* What a key can do. */
typedef enum HbKeyUse
{
	HB_USE_TOKEN,				/* tokens, shifts, names, noise: a keyed hash */
	HB_USE_FPE					/* format-preserving encryption */
} HbKeyUse;

typedef struct HbKeyAlgorithm
{
	const char *purpose;
	const char *name;
	HbDigest	digest;			/* or none */
	HbCipher	cipher;			/* or none */
	int			len;			/* bytes of material */
} HbKeyAlgorithm;

typedef struct HbKey
{
	struct HbKey *next;
	NameData	name;
	int32		version;
	bool		active;
	TransactionId changed_by;	/* who wrote the row */
	Oid			use_role;
	Oid			reverse_role;	/* or none */
	DateADT		max_date;		/* births after it are not enciphered */
	int32		edition;		/* of the list of divisions, a year */
	HbMac	   *mac;			/* NULL: not for this use */
	HbFf1	   *ff1;			/* the same */
} HbKey;

/* Counts the times that keys were forgotten. */
extern uint64 hb_key_generation;

/*
 * The key of one call site, at the start of what a function keeps in
 * fn_extra; make it by hb_key_call.
 */
typedef struct HbKeyCall
{
	HbKey	   *key;
	uint64		generation;
	Oid			user;
	NameData	name;
} HbKeyCall;

/* What fn_extra holds, of a size, zeroed at first. */
extern void *hb_key_call(FunctionCallInfo fcinfo, Size size);
extern HbKey *hb_key_call_find(HbKeyCall *call, Name name, HbKeyUse use);

/* The active version of a key, if the user may use it; else an error. */
static inline HbKey *
hb_key_for(HbKeyCall *call, Name name, HbKeyUse use)
{
	if (likely(call->generation == hb_key_generation && call->user == GetUserId() &&
			   strcmp(NameStr(call->name), NameStr(*name)) == 0))
		return call->key;
	return hb_key_call_find(call, name, use);
}

/* Raise that there is no such key; its name, perhaps a value out of place, is not shown. */
extern void hb_key_missing(int32 version);

/* Any version, if the user may reverse with it. */
extern HbKey *hb_key_to_reverse(Name name, int32 version);

/* The active version, if the user may use it. */
extern HbKey *hb_key_to_use(Name name);

/* Wipe all keys of this backend. */
extern void hb_keys_forget(void);

/* Raise the failure of a call to libcrypto. */
extern void hb_crypto_failed(void);

/* Define the setting and reserve its prefix; at load. */
extern void hb_kek_init(void);

/* Read the key-encryption key from its file; raises what is wrong with it. */
extern void hb_kek_read(uint8 kek[HB_KEK_LEN]);

/* ----- for those who change the table ----- */

enum HbKeyColumn
{
	HB_KEY_NAME = 1,
	HB_KEY_VERSION,
	HB_KEY_PURPOSE,
	HB_KEY_ALGORITHM,
	HB_KEY_WRAPPED,
	HB_KEY_CHECK_VALUE,
	HB_KEY_STATE,
	HB_KEY_USE_ROLE,
	HB_KEY_REVERSE_ROLE,
	HB_KEY_MAX_DATE,
	HB_KEY_EDITION,
	HB_KEY_CREATED,
	HB_KEY_RETIRED,
	HB_KEY_DESTROYED,
	HB_KEY_COLUMNS = HB_KEY_DESTROYED
};

/* A table of this extension. */
extern Oid	hb_own_table(const char *name);

/* The algorithm of a purpose, or NULL. */
extern const HbKeyAlgorithm *hb_key_algorithm(const char *purpose, const char *name);

/* What shows that material is that of a row, without telling it. */
extern bool hb_key_check_value(const uint8 *material, const HbKeyAlgorithm *algorithm,
							   const char *name, int32 version, uint8 out[HB_CHECK_VALUE_LEN]);

/* Raise 0A000 if this libcrypto lacks what an algorithm needs. */
extern void hb_key_require(const HbKeyAlgorithm *algorithm);

#endif							/* HB_KEY_H */
