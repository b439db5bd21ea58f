/*-------------------------------------------------------------------------
 * key.c
 *	  Find keys in deid_key, make them ready, keep them, and forget them.
 *
 * The table is read here, whatever rights the user has on it: what counts is
 * membership in the role that the row names. A row that is read is of the
 * latest committed state, whatever the snapshot of the query, so that a
 * retired key is retired for all.
 *-------------------------------------------------------------------------
 */
#include "deid/key.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "storage/ipc.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

uint64		hb_key_generation = 1;

static HbKey *keys;
static Oid	key_table = InvalidOid;

/*
 * A key of one use is used as it is; that of a release is a master, from
 * which each use gets a key of its own.
 */
static const HbKeyAlgorithm algorithms[] = {
	{"token", "hmac-sm3", HB_SM3, HB_NO_CIPHER, 32},
	{"token", "hmac-sha256", HB_SHA256, HB_NO_CIPHER, 32},
	{"fpe", "aes-128", HB_NO_DIGEST, HB_AES_128, 16},
	{"fpe", "aes-192", HB_NO_DIGEST, HB_AES_192, 24},
	{"fpe", "aes-256", HB_NO_DIGEST, HB_AES_256, 32},
	{"fpe", "sm4", HB_NO_DIGEST, HB_SM4, 16},
	{"release", "sm3-aes", HB_SM3, HB_AES_256, 32},
	{"release", "sm3-sm4", HB_SM3, HB_SM4, 32},
	{"release", "sha256-aes", HB_SHA256, HB_AES_256, 32}
};

const HbKeyAlgorithm *
hb_key_algorithm(const char *purpose, const char *name)
{
	for (int i = 0; i < lengthof(algorithms); i++)
	{
		if (strcmp(algorithms[i].purpose, purpose) == 0 && strcmp(algorithms[i].name, name) == 0)
			return &algorithms[i];
	}
	return NULL;
}

void
hb_crypto_failed(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_EXTERNAL_ROUTINE_EXCEPTION),
			 errmsg("a cryptographic operation failed"),
			 errdetail("libcrypto says: %s.", hb_crypto_reason())));
}

void
hb_key_require(const HbKeyAlgorithm *algorithm)
{
	const char *missing = NULL;

	if (algorithm->digest != HB_NO_DIGEST && !hb_has_digest(algorithm->digest))
		missing = algorithm->digest == HB_SM3 ? "SM3" : "SHA-256";
	if (algorithm->cipher != HB_NO_CIPHER && !hb_has_cipher(algorithm->cipher))
		missing = algorithm->cipher == HB_SM4 ? "SM4" : "AES";
	if (missing == NULL)
		return;
	(void) hb_crypto_reason();
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("algorithm \"%s\" is not available", algorithm->name),
			 errdetail("The libcrypto of this server has been built or configured without %s.", missing)));
}

bool
hb_key_check_value(const uint8 *material, const HbKeyAlgorithm *algorithm,
				   const char *name, int32 version, uint8 out[HB_CHECK_VALUE_LEN])
{
	HbMac	   *mac = hb_mac_new(HB_SHA256, material, (size_t) algorithm->len);
	char		text[NAMEDATALEN + 64];
	uint8		hash[HB_MAC_LEN];
	bool		done;

	/* The row cannot be given another name, version or purpose either. */
	snprintf(text, sizeof(text), "|%s|%s|%d|%s", algorithm->purpose, algorithm->name, version, name);
	done = mac != NULL && hb_mac(mac, "hbcheck1", 8, text, strlen(text), hash);
	hb_mac_free(mac);
	memcpy(out, hash, HB_CHECK_VALUE_LEN);
	return done;
}

Oid
hb_own_table(const char *name)
{
	Oid			relid = get_relname_relid(name, get_namespace_oid("hbhealth", false));

	if (!OidIsValid(relid))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("table \"hbhealth.%s\" does not exist", name)));
	return relid;
}

/* ----- forgetting ----- */

static void
free_key(HbKey *key)
{
	hb_mac_free(key->mac);
	hb_ff1_free(key->ff1);
	hb_cleanse(key, sizeof(*key));
	pfree(key);
}

void
hb_keys_forget(void)
{
	while (keys != NULL)
	{
		HbKey	   *key = keys;

		keys = key->next;
		free_key(key);
	}
	hb_key_generation++;
}

static void
table_changed(Datum arg, Oid relid)
{
	if (relid == InvalidOid || relid == key_table)
		hb_keys_forget();
}

static void
role_changed(Datum arg, int cacheid, uint32 hashvalue)
{
	hb_keys_forget();
}

static void
at_exit(int code, Datum arg)
{
	hb_keys_forget();
}

/* Hear of changes, from the first key on. */
static void
listen_once(void)
{
	static bool listening = false;

	if (listening)
		return;
	CacheRegisterRelcacheCallback(table_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(AUTHMEMROLEMEM, role_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(AUTHOID, role_changed, (Datum) 0);
	on_proc_exit(at_exit, (Datum) 0);
	listening = true;
}

/* ----- reading the table ----- */

/* What a row holds that the key does not. */
typedef struct Row
{
	const HbKeyAlgorithm *algorithm;
	uint8		wrapped[HB_KEY_MAX + HB_WRAP_EXTRA];
	size_t		wrapped_len;
	uint8		check_value[HB_CHECK_VALUE_LEN];
} Row;

static Datum
column(HeapTuple tuple, TupleDesc desc, int number, bool *isnull)
{
	return heap_getattr(tuple, number, desc, isnull);
}

static char *
text_column(HeapTuple tuple, TupleDesc desc, int number)
{
	bool		isnull;
	Datum		value = column(tuple, desc, number, &isnull);

	return isnull ? "" : TextDatumGetCString(value);
}

static bool
bytes_column(HeapTuple tuple, TupleDesc desc, int number, uint8 *out, size_t size, size_t *len)
{
	bool		isnull;
	Datum		value = column(tuple, desc, number, &isnull);
	bytea	   *bytes = isnull ? NULL : DatumGetByteaPP(value);

	if (bytes == NULL || VARSIZE_ANY_EXHDR(bytes) > size)
		return false;
	*len = VARSIZE_ANY_EXHDR(bytes);
	memcpy(out, VARDATA_ANY(bytes), *len);
	return true;
}

/* Take over a row; a damaged one has no algorithm. */
static void
read_row(HeapTuple tuple, TupleDesc desc, HbKey *key, Row *row)
{
	bool		isnull;
	size_t		len;
	char	   *state = text_column(tuple, desc, HB_KEY_STATE);
	Datum		date;

	key->changed_by = HeapTupleHeaderGetXmin(tuple->t_data);
	key->version = DatumGetInt32(column(tuple, desc, HB_KEY_VERSION, &isnull));
	key->active = strcmp(state, "active") == 0;
	key->use_role = DatumGetObjectId(column(tuple, desc, HB_KEY_USE_ROLE, &isnull));
	key->reverse_role = DatumGetObjectId(column(tuple, desc, HB_KEY_REVERSE_ROLE, &isnull));
	if (isnull)
		key->reverse_role = InvalidOid;
	date = column(tuple, desc, HB_KEY_MAX_DATE, &isnull);
	key->max_date = isnull ? DATEVAL_NOEND : DatumGetDateADT(date);
	key->edition = DatumGetInt32(column(tuple, desc, HB_KEY_EDITION, &isnull));
	row->algorithm = hb_key_algorithm(text_column(tuple, desc, HB_KEY_PURPOSE),
									  text_column(tuple, desc, HB_KEY_ALGORITHM));
	row->wrapped_len = 0;
	if (!bytes_column(tuple, desc, HB_KEY_CHECK_VALUE, row->check_value, HB_CHECK_VALUE_LEN, &len) ||
		len != HB_CHECK_VALUE_LEN)
		row->algorithm = NULL;
	bytes_column(tuple, desc, HB_KEY_WRAPPED, row->wrapped, sizeof(row->wrapped), &row->wrapped_len);
}

/*
 * Find a version of a key, or with 0 the active one, or else the newest.
 * Returns false if there is none.
 */
static bool
find_row(Name name, int32 version, HbKey *key, Row *row)
{
	Relation	rel;
	SysScanDesc scan;
	ScanKeyData condition;
	HeapTuple	tuple;
	HeapTuple	found = NULL;
	int32		newest = 0;

	key_table = hb_own_table("deid_key");
	rel = table_open(key_table, AccessShareLock);
	ScanKeyInit(&condition, HB_KEY_NAME, BTEqualStrategyNumber, F_NAMEEQ, NameGetDatum(name));
	scan = systable_beginscan(rel, RelationGetPrimaryKeyIndex(rel), true, NULL, 1, &condition);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		HbKey		this;
		Row			ignored;

		read_row(tuple, RelationGetDescr(rel), &this, &ignored);
		if (version == 0 ? this.active || this.version > newest : this.version == version)
			found = heap_copytuple(tuple);
		newest = Max(newest, this.version);
		if (version == 0 && this.active)
			break;
	}
	systable_endscan(scan);
	if (found != NULL)
		read_row(found, RelationGetDescr(rel), key, row);
	table_close(rel, AccessShareLock);
	namestrcpy(&key->name, NameStr(*name));
	return found != NULL;
}

/* ----- making ready ----- */

/* The key of one use of a master. */
static bool
derive(const HbKeyAlgorithm *algorithm, const uint8 *material, const char *label, uint8 out[HB_MAC_LEN])
{
	HbMac	   *mac = hb_mac_new(algorithm->digest, material, (size_t) algorithm->len);
	bool		done = mac != NULL && hb_mac(mac, "hbsub1|", 7, label, strlen(label), out);

	hb_mac_free(mac);
	return done;
}

static bool
make_schedules(HbKey *key, const HbKeyAlgorithm *algorithm, const uint8 *material)
{
	bool		master = strcmp(algorithm->purpose, "release") == 0;
	uint8		derived[HB_MAC_LEN];
	const uint8 *used = master ? derived : material;
	bool		done = true;

	if (algorithm->digest != HB_NO_DIGEST)
	{
		done = !master || derive(algorithm, material, "token", derived);
		if (done)
			key->mac = hb_mac_new(algorithm->digest, used, HB_MAC_LEN);
		done = done && key->mac != NULL;
	}
	if (done && algorithm->cipher != HB_NO_CIPHER)
	{
		done = !master || derive(algorithm, material, "fpe", derived);
		if (done)
			key->ff1 = hb_ff1_new(algorithm->cipher, used);
		done = done && key->ff1 != NULL;
	}
	hb_cleanse(derived, sizeof(derived));
	return done;
}

/* Unwrap the material and make the schedules; raises with nothing secret left. */
static void
make_ready(HbKey *key, const Row *row)
{
	uint8		kek[HB_KEK_LEN];
	uint8		material[HB_KEY_MAX];
	uint8		check_value[HB_CHECK_VALUE_LEN];
	bool		unwrapped;
	bool		fits = false;
	bool		done = true;

	hb_key_require(row->algorithm);
	hb_kek_read(kek);
	unwrapped = row->wrapped_len == row->algorithm->len + HB_WRAP_EXTRA &&
		hb_key_unwrap(kek, row->wrapped, row->wrapped_len, material);
	hb_cleanse(kek, sizeof(kek));
	if (unwrapped)
	{
		done = hb_key_check_value(material, row->algorithm, NameStr(key->name), key->version, check_value);
		fits = done && memcmp(check_value, row->check_value, HB_CHECK_VALUE_LEN) == 0;
		done = done && (!fits || make_schedules(key, row->algorithm, material));
	}
	hb_cleanse(material, sizeof(material));
	if (!done)
		hb_crypto_failed();
	if (fits)
		return;
	(void) hb_crypto_reason();
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("key \"%s\" cannot be unwrapped", NameStr(key->name)),
			 errdetail(unwrapped ? "Its check value does not fit: the row has been altered." :
					   "It was wrapped under another key-encryption key, or the row has been altered.")));
}

/* Put a key that was read into the list of those that are ready. */
static HbKey *
keep(const HbKey *found, const Row *row)
{
	HbKey	   *key = MemoryContextAllocZero(TopMemoryContext, sizeof(*key));

	*key = *found;
	key->mac = NULL;
	key->ff1 = NULL;
	PG_TRY();
	{
		make_ready(key, row);
	}
	PG_CATCH();
	{
		free_key(key);
		PG_RE_THROW();
	}
	PG_END_TRY();
	key->next = keys;
	keys = key;
	return key;
}

/* ----- rights ----- */

void
hb_key_missing(int32 version)
{
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 version == 0 ? errmsg("the key does not exist") : errmsg("version %d of the key does not exist", version),
			 errhint("The argument key is the name of a key, as deid_key_info() lists them.")));
}

static void
require_role(Oid role, Name name)
{
	if (!OidIsValid(role) || !has_privs_of_role(GetUserId(), role))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied for key \"%s\"", NameStr(*name))));
}

static HbKey *
ready_key(Name name, int32 version)
{
	for (HbKey *key = keys; key != NULL; key = key->next)
	{
		if (strcmp(NameStr(key->name), NameStr(*name)) == 0 &&
			(version == 0 ? key->active : key->version == version))
			return key;
	}
	return NULL;
}

static void
require_usable(const HbKey *key, int32 version, const Row *row)
{
	if (version == 0 && !key->active)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("key \"%s\" has no active version", NameStr(key->name)),
				 errdetail("Retired versions serve reversal only."),
				 errhint("Make a new version by deid_key_rotate.")));
	if (row->algorithm == NULL || row->wrapped_len == 0)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("version %d of key \"%s\" holds no material", key->version, NameStr(key->name)),
				 errdetail("It has been destroyed, or the row has been altered.")));
}

/*
 * Refuse an active version that became so after the query began: some rows, or
 * a worker, may have been served by the one before, and would not fit the others.
 */
static void
require_unchanged(const HbKey *key)
{
	Snapshot	snapshot = ActiveSnapshotSet() ? GetActiveSnapshot() : NULL;

	if (snapshot == NULL || snapshot->snapshot_type != SNAPSHOT_MVCC ||
		TransactionIdIsCurrentTransactionId(key->changed_by) ||
		!XidInMVCCSnapshot(key->changed_by, snapshot))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
			 errmsg("key \"%s\" has been changed since the query began", NameStr(key->name)),
			 errhint("Repeat the query, or the transaction if its isolation is above read committed.")));
}

/*
 * A key by name and version, 0 for the active one, for a user of a right. To
 * judge a role reads catalogues, which can be when a change is noticed; then
 * what was found before is looked for again.
 */
static HbKey *
find(Name name, int32 version, bool reverse)
{
	/* a query that opens no table would not hear of a change within a transaction */
	AcceptInvalidationMessages();
	for (;;)
	{
		uint64		generation = hb_key_generation;
		HbKey	   *key = ready_key(name, version);
		HbKey		read = {0};
		const HbKey *found = key;
		Row			row;

		CHECK_FOR_INTERRUPTS();
		if (key == NULL)
		{
			listen_once();
			if (!find_row(name, version, &read, &row))
				hb_key_missing(version);
			found = &read;
		}
		require_role(reverse ? found->reverse_role : found->use_role, name);
		if (generation != hb_key_generation)
			continue;
		if (version == 0 && found->active)
			require_unchanged(found);
		if (key != NULL)
			return key;
		require_usable(&read, version, &row);
		return keep(&read, &row);
	}
}

HbKey *
hb_key_to_use(Name name)
{
	return find(name, 0, false);
}

HbKey *
hb_key_to_reverse(Name name, int32 version)
{
	return find(name, version, true);
}

void *
hb_key_call(FunctionCallInfo fcinfo, Size size)
{
	if (unlikely(fcinfo->flinfo->fn_extra == NULL))
		fcinfo->flinfo->fn_extra = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, size);
	return fcinfo->flinfo->fn_extra;
}

HbKey *
hb_key_call_find(HbKeyCall *call, Name name, HbKeyUse use)
{
	HbKey	   *key = find(name, 0, false);

	if (use == HB_USE_TOKEN ? key->mac == NULL : key->ff1 == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("key \"%s\" is not for this use", NameStr(*name)),
				 errdetail(use == HB_USE_TOKEN ? "A key with the purpose token or release is needed." :
						   "A key with the purpose fpe or release is needed.")));
	call->key = key;
	call->user = GetUserId();
	namestrcpy(&call->name, NameStr(*name));
	call->generation = hb_key_generation;
	return key;
}
