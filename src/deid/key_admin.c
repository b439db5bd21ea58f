/*-------------------------------------------------------------------------
 * key_admin.c
 *	  Make, import, rotate, retire and destroy keys.
 *
 * Who may execute these functions may change the table through them, without
 * rights on it. Each of them holds a lock that excludes the others, and says
 * to all backends that the table has changed.
 *-------------------------------------------------------------------------
 */
#include "deid/key.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "commands/trigger.h"
#include "ident/gb2260.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/rel.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(hb_deid_key_create);
PG_FUNCTION_INFO_V1(hb_deid_key_import);
PG_FUNCTION_INFO_V1(hb_deid_key_rotate);
PG_FUNCTION_INFO_V1(hb_deid_key_retire);
PG_FUNCTION_INFO_V1(hb_deid_key_destroy);
PG_FUNCTION_INFO_V1(hb_deid_key_changed);

/* A row to be, or as it was. */
typedef struct NewKey
{
	NameData	name;
	int32		version;
	const HbKeyAlgorithm *algorithm;
	uint8		wrapped[HB_KEY_MAX + HB_WRAP_EXTRA];
	uint8		check_value[HB_CHECK_VALUE_LEN];
	Oid			use_role;
	Oid			reverse_role;
	DateADT		max_date;
} NewKey;

/* ----- the table ----- */

static Relation
open_to_change(const char *function)
{
	PreventCommandIfReadOnly(function);
	PreventCommandIfParallelMode(function);
	return table_open(hb_own_table("deid_key"), ShareRowExclusiveLock);
}

/* Tell all backends, and keep the lock until the end. */
static void
close_changed(Relation rel)
{
	CacheInvalidateRelcache(rel);
	CommandCounterIncrement();
	table_close(rel, NoLock);
}

/* A copy of the newest version, or of one; NULL if there is none. */
static HeapTuple
find_version(Relation rel, Name name, int32 version)
{
	ScanKeyData condition;
	SysScanDesc scan;
	HeapTuple	tuple;
	HeapTuple	found = NULL;
	int32		newest = 0;

	ScanKeyInit(&condition, HB_KEY_NAME, BTEqualStrategyNumber, F_NAMEEQ, NameGetDatum(name));
	scan = systable_beginscan(rel, RelationGetPrimaryKeyIndex(rel), true, NULL, 1, &condition);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		bool		isnull;
		int32		this = DatumGetInt32(heap_getattr(tuple, HB_KEY_VERSION, RelationGetDescr(rel), &isnull));

		if (version == 0 ? this > newest : this == version)
			found = heap_copytuple(tuple);
		newest = Max(newest, this);
	}
	systable_endscan(scan);
	return found;
}

static HeapTuple
need_version(Relation rel, Name name, int32 version)
{
	HeapTuple	tuple = find_version(rel, name, version);

	if (tuple == NULL)
		hb_key_missing(version);
	return tuple;
}

static bool
has_state(Relation rel, HeapTuple tuple, const char *state)
{
	bool		isnull;
	Datum		value = heap_getattr(tuple, HB_KEY_STATE, RelationGetDescr(rel), &isnull);

	return !isnull && strcmp(TextDatumGetCString(value), state) == 0;
}

static void
insert_key(Relation rel, const NewKey *key)
{
	Datum		values[HB_KEY_COLUMNS] = {0};
	bool		nulls[HB_KEY_COLUMNS] = {0};
	int			wrapped_len = key->algorithm->len + HB_WRAP_EXTRA;
	bytea	   *wrapped = palloc(VARHDRSZ + wrapped_len);
	bytea	   *check_value = palloc(VARHDRSZ + HB_CHECK_VALUE_LEN);

	SET_VARSIZE(wrapped, VARHDRSZ + wrapped_len);
	memcpy(VARDATA(wrapped), key->wrapped, wrapped_len);
	SET_VARSIZE(check_value, VARHDRSZ + HB_CHECK_VALUE_LEN);
	memcpy(VARDATA(check_value), key->check_value, HB_CHECK_VALUE_LEN);
	values[HB_KEY_NAME - 1] = NameGetDatum(&key->name);
	values[HB_KEY_VERSION - 1] = Int32GetDatum(key->version);
	values[HB_KEY_PURPOSE - 1] = CStringGetTextDatum(key->algorithm->purpose);
	values[HB_KEY_ALGORITHM - 1] = CStringGetTextDatum(key->algorithm->name);
	values[HB_KEY_WRAPPED - 1] = PointerGetDatum(wrapped);
	values[HB_KEY_CHECK_VALUE - 1] = PointerGetDatum(check_value);
	values[HB_KEY_STATE - 1] = CStringGetTextDatum("active");
	values[HB_KEY_USE_ROLE - 1] = ObjectIdGetDatum(key->use_role);
	values[HB_KEY_REVERSE_ROLE - 1] = ObjectIdGetDatum(key->reverse_role);
	nulls[HB_KEY_REVERSE_ROLE - 1] = !OidIsValid(key->reverse_role);
	values[HB_KEY_MAX_DATE - 1] = DateADTGetDatum(key->max_date);
	values[HB_KEY_EDITION - 1] = Int32GetDatum(HB_GB2260_LAST_YEAR);
	values[HB_KEY_CREATED - 1] = TimestampTzGetDatum(GetCurrentTransactionStartTimestamp());
	nulls[HB_KEY_RETIRED - 1] = true;
	nulls[HB_KEY_DESTROYED - 1] = true;
	CatalogTupleInsert(rel, heap_form_tuple(RelationGetDescr(rel), values, nulls));
}

/* Move a row to a state; its column of that name gets the time. */
static void
change_state(Relation rel, HeapTuple tuple, const char *state, int time_column, bool wipe)
{
	Datum		values[HB_KEY_COLUMNS] = {0};
	bool		nulls[HB_KEY_COLUMNS] = {0};
	bool		replace[HB_KEY_COLUMNS] = {0};

	values[HB_KEY_STATE - 1] = CStringGetTextDatum(state);
	replace[HB_KEY_STATE - 1] = true;
	values[time_column - 1] = TimestampTzGetDatum(GetCurrentTransactionStartTimestamp());
	replace[time_column - 1] = true;
	nulls[HB_KEY_WRAPPED - 1] = wipe;
	replace[HB_KEY_WRAPPED - 1] = wipe;
	CatalogTupleUpdate(rel, &tuple->t_self,
					   heap_modify_tuple(tuple, RelationGetDescr(rel), values, nulls, replace));
}

/* ----- material ----- */

/* Make material, or unwrap what is given, and leave it wrapped with its check value. */
static void
wrap_material(NewKey *key, const bytea *given)
{
	uint8		kek[HB_KEK_LEN];
	uint8		material[HB_KEY_MAX];
	size_t		len = (size_t) key->algorithm->len;
	bool		fits = true;
	bool		done;

	hb_key_require(key->algorithm);
	hb_kek_read(kek);
	if (given == NULL)
		done = hb_random_bytes(material, len) && hb_key_wrap(kek, material, len, key->wrapped);
	else
	{
		fits = VARSIZE_ANY_EXHDR(given) == len + HB_WRAP_EXTRA &&
			hb_key_unwrap(kek, (const uint8 *) VARDATA_ANY(given), len + HB_WRAP_EXTRA, material);
		if (fits)
			memcpy(key->wrapped, VARDATA_ANY(given), len + HB_WRAP_EXTRA);
		done = true;
	}
	done = done && (!fits || hb_key_check_value(material, key->algorithm, NameStr(key->name),
												key->version, key->check_value));
	hb_cleanse(kek, sizeof(kek));
	hb_cleanse(material, sizeof(material));
	if (!done)
		hb_crypto_failed();
	if (fits)
		return;
	(void) hb_crypto_reason();
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the wrapped key cannot be unwrapped"),
			 errdetail("Algorithm \"%s\" takes %d bytes of material, wrapped by AES key wrap (RFC 3394) "
					   "under the key-encryption key of this server into %d.",
					   key->algorithm->name, (int) len, (int) len + HB_WRAP_EXTRA)));
}

/* ----- functions in SQL ----- */

static void
need_argument(FunctionCallInfo fcinfo, int arg, const char *what)
{
	if (PG_ARGISNULL(arg))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s must not be null", what)));
}

/* Read purpose, algorithm, the two roles and the last date, in this order. */
static void
read_arguments(FunctionCallInfo fcinfo, int first, NewKey *key)
{
	char	   *purpose,
			   *algorithm;

	need_argument(fcinfo, 0, "the name of a key");
	need_argument(fcinfo, first, "the purpose of a key");
	need_argument(fcinfo, first + 1, "the algorithm of a key");
	need_argument(fcinfo, first + 2, "the role that uses a key");
	need_argument(fcinfo, first + 4, "the last date of a key");
	namestrcpy(&key->name, NameStr(*PG_GETARG_NAME(0)));
	if (NameStr(key->name)[0] == '\0')
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_NAME),
				 errmsg("the name of a key must not be empty")));
	purpose = text_to_cstring(PG_GETARG_TEXT_PP(first));
	algorithm = text_to_cstring(PG_GETARG_TEXT_PP(first + 1));
	key->algorithm = hb_key_algorithm(purpose, algorithm);
	if (key->algorithm == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no such purpose with such an algorithm"),
				 errdetail("Purpose token goes with hmac-sm3 and hmac-sha256; fpe with aes-128, aes-192, aes-256 and sm4; "
						   "release with sm3-aes, sm3-sm4 and sha256-aes.")));
	key->use_role = get_role_oid(NameStr(*PG_GETARG_NAME(first + 2)), false);
	key->reverse_role = PG_ARGISNULL(first + 3) ? InvalidOid :
		get_role_oid(NameStr(*PG_GETARG_NAME(first + 3)), false);
	key->max_date = PG_GETARG_DATEADT(first + 4);
	key->version = 1;
}

static void
insert_new(const char *function, NewKey *key, const bytea *given)
{
	Relation	rel = open_to_change(function);

	if (find_version(rel, &key->name, 0) != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_OBJECT),
				 errmsg("key \"%s\" already exists", NameStr(key->name)),
				 errhint("Make a new version of it by deid_key_rotate.")));
	wrap_material(key, given);
	insert_key(rel, key);
	close_changed(rel);
}

/* Make a key; returns its version. */
Datum
hb_deid_key_create(PG_FUNCTION_ARGS)
{
	NewKey		key = {0};

	read_arguments(fcinfo, 1, &key);
	insert_new("deid_key_create()", &key, NULL);
	PG_RETURN_INT32(key.version);
}

/* Take over a key that is wrapped; returns its version. */
Datum
hb_deid_key_import(PG_FUNCTION_ARGS)
{
	NewKey		key = {0};

	need_argument(fcinfo, 1, "the wrapped key");
	read_arguments(fcinfo, 2, &key);
	insert_new("deid_key_import()", &key, PG_GETARG_BYTEA_PP(1));
	PG_RETURN_INT32(key.version);
}

/* Make a new version, which replaces the active one; returns it. */
Datum
hb_deid_key_rotate(PG_FUNCTION_ARGS)
{
	Name		name = PG_GETARG_NAME(0);
	Relation	rel = open_to_change("deid_key_rotate()");
	TupleDesc	desc = RelationGetDescr(rel);
	HeapTuple	last = need_version(rel, name, 0);
	NewKey		key = {0};
	bool		isnull;

	namestrcpy(&key.name, NameStr(*name));
	key.version = DatumGetInt32(heap_getattr(last, HB_KEY_VERSION, desc, &isnull)) + 1;
	key.algorithm = hb_key_algorithm(TextDatumGetCString(heap_getattr(last, HB_KEY_PURPOSE, desc, &isnull)),
									 TextDatumGetCString(heap_getattr(last, HB_KEY_ALGORITHM, desc, &isnull)));
	if (key.algorithm == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the row of key \"%s\" has been altered", NameStr(*name))));
	key.use_role = DatumGetObjectId(heap_getattr(last, HB_KEY_USE_ROLE, desc, &isnull));
	key.reverse_role = DatumGetObjectId(heap_getattr(last, HB_KEY_REVERSE_ROLE, desc, &isnull));
	if (isnull)
		key.reverse_role = InvalidOid;
	key.max_date = PG_GETARG_DATEADT(1);
	wrap_material(&key, NULL);
	if (has_state(rel, last, "active"))
		change_state(rel, last, "retired", HB_KEY_RETIRED, false);
	insert_key(rel, &key);
	close_changed(rel);
	PG_RETURN_INT32(key.version);
}

/* Let a version serve reversal only. */
Datum
hb_deid_key_retire(PG_FUNCTION_ARGS)
{
	Relation	rel = open_to_change("deid_key_retire()");
	HeapTuple	tuple = need_version(rel, PG_GETARG_NAME(0), PG_GETARG_INT32(1));

	if (!has_state(rel, tuple, "active"))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("this version of the key is not active")));
	change_state(rel, tuple, "retired", HB_KEY_RETIRED, false);
	close_changed(rel);
	PG_RETURN_VOID();
}

/* Remove the material of a version that is retired. */
Datum
hb_deid_key_destroy(PG_FUNCTION_ARGS)
{
	Relation	rel = open_to_change("deid_key_destroy()");
	HeapTuple	tuple = need_version(rel, PG_GETARG_NAME(0), PG_GETARG_INT32(1));

	if (!has_state(rel, tuple, "retired"))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("this version of the key is not retired"),
				 errhint("Retire it first by deid_key_retire.")));
	change_state(rel, tuple, "destroyed", HB_KEY_DESTROYED, true);
	close_changed(rel);
	PG_RETURN_VOID();
}

/* Trigger: whoever changes the table directly tells all backends, too. */
Datum
hb_deid_key_changed(PG_FUNCTION_ARGS)
{
	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("must be called as a trigger")));
	CacheInvalidateRelcache(((TriggerData *) fcinfo->context)->tg_relation);
	return PointerGetDatum(NULL);
}
