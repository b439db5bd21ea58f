/*-------------------------------------------------------------------------
 * release.c
 *	  What was handed to whom under which key, and the way back.
 *
 * A release binds a recipient and a purpose to one version of a key: a second
 * recipient under the same version could join what both were given.
 *-------------------------------------------------------------------------
 */
#include "deid/fpe_spec.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/indexing.h"
#include "catalog/pg_type.h"
#include "deid/pseudonym.h"
#include "executor/spi.h"
#include "funcapi.h"
#include "nodes/parsenodes.h"
#include "storage/lmgr.h"
#include "tcop/utility.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/rel.h"
#include "utils/timestamp.h"
#include "utils/uuid.h"

PG_FUNCTION_INFO_V1(hb_deid_release_create);
PG_FUNCTION_INFO_V1(hb_deid_reidentify);

enum ReleaseColumn
{
	RELEASE_NAME = 1,
	RELEASE_RECIPIENT,
	RELEASE_PURPOSE,
	RELEASE_KEY,
	RELEASE_KEY_VERSION,
	RELEASE_PARAMETERS,
	RELEASE_CREATED,
	RELEASE_CREATED_BY,
	RELEASE_COLUMNS = RELEASE_CREATED_BY
};

enum AuditColumn
{
	AUDIT_ID = 1,
	AUDIT_AT,
	AUDIT_ROLE,
	AUDIT_SESSION_ROLE,
	AUDIT_RELEASE,
	AUDIT_FIELD,
	AUDIT_PURPOSE,
	AUDIT_PSEUDONYMS,
	AUDIT_COLUMNS = AUDIT_PSEUDONYMS
};

static Datum
name_datum(const char *s)
{
	Name		name = palloc(sizeof(NameData));

	namestrcpy(name, s);
	return NameGetDatum(name);
}

static Datum
user_datum(Oid user)
{
	return name_datum(GetUserNameFromId(user, false));
}

/* ----- making a release ----- */

/* What a release says of a field; false for a function that does not reverse. */
static bool
read_field(const JsonbValue *field, HbFpeSpec *spec)
{
	if (field->type != jbvBinary || !JsonContainerIsObject(field->val.binary.data))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a field of a release must be an object with function and options")));
	return hb_fpe_spec_read(field->val.binary.data, spec);
}

/* Every field names its function; those that reverse must be readable later. */
static void
check_parameters(Jsonb *parameters)
{
	JsonbIterator *iterator;
	JsonbValue	value;
	JsonbIteratorToken token;

	if (!JB_ROOT_IS_OBJECT(parameters))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the parameters of a release must be an object"),
				 errdetail("Its members are the fields, each an object with function and options.")));
	iterator = JsonbIteratorInit(&parameters->root);
	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		HbFpeSpec	spec;

		if (token == WJB_VALUE)
			read_field(&value, &spec);
	}
}

static bool
same_text(HeapTuple tuple, TupleDesc desc, int number, const text *other)
{
	bool		isnull;
	const text *t = DatumGetTextPP(heap_getattr(tuple, number, desc, &isnull));

	return VARSIZE_ANY_EXHDR(t) == VARSIZE_ANY_EXHDR(other) &&
		memcmp(VARDATA_ANY(t), VARDATA_ANY(other), VARSIZE_ANY_EXHDR(t)) == 0;
}

/* Refuse a name that is taken, and a key version that serves somebody else. */
static void
check_others(Relation rel, Name release, const text *recipient, const text *purpose, Name key, int32 version)
{
	TupleDesc	desc = RelationGetDescr(rel);
	SysScanDesc scan = systable_beginscan(rel, InvalidOid, false, NULL, 0, NULL);
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		bool		isnull;

		if (strcmp(NameStr(*DatumGetName(heap_getattr(tuple, RELEASE_NAME, desc, &isnull))), NameStr(*release)) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_DUPLICATE_OBJECT),
					 errmsg("release \"%s\" already exists", NameStr(*release))));
		if (strcmp(NameStr(*DatumGetName(heap_getattr(tuple, RELEASE_KEY, desc, &isnull))), NameStr(*key)) == 0 &&
			DatumGetInt32(heap_getattr(tuple, RELEASE_KEY_VERSION, desc, &isnull)) == version &&
			!(same_text(tuple, desc, RELEASE_RECIPIENT, recipient) && same_text(tuple, desc, RELEASE_PURPOSE, purpose)))
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_IN_USE),
					 errmsg("version %d of key \"%s\" serves a release to another recipient or for another purpose",
							version, NameStr(*key)),
					 errdetail("Both could be joined by their pseudonyms."),
					 errhint("Use another key, or make a new version by deid_key_rotate.")));
	}
	systable_endscan(scan);
}

static void
need_words(const text *t, const char *what)
{
	if (VARSIZE_ANY_EXHDR(t) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be empty", what)));
}

/* Record a release under the active version of a key; returns the version. */
Datum
hb_deid_release_create(PG_FUNCTION_ARGS)
{
	Name		release = PG_GETARG_NAME(0);
	text	   *recipient = PG_GETARG_TEXT_PP(1);
	text	   *purpose = PG_GETARG_TEXT_PP(2);
	Name		key = PG_GETARG_NAME(3);
	Jsonb	   *parameters = PG_GETARG_JSONB_P(4);
	Datum		values[RELEASE_COLUMNS] = {0};
	bool		nulls[RELEASE_COLUMNS] = {0};
	Relation	rel;
	int32		version;

	PreventCommandIfReadOnly("deid_release_create()");
	PreventCommandIfParallelMode("deid_release_create()");
	need_words(recipient, "the recipient of a release");
	need_words(purpose, "the purpose of a release");
	check_parameters(parameters);
	rel = table_open(hb_own_table("deid_release"), ShareRowExclusiveLock);
	/* the version stays the active one until this transaction has made its tables */
	LockRelationOid(hb_own_table("deid_key"), ShareLock);
	version = hb_key_to_use(key)->version;
	check_others(rel, release, recipient, purpose, key, version);
	values[RELEASE_NAME - 1] = NameGetDatum(release);
	values[RELEASE_RECIPIENT - 1] = PointerGetDatum(recipient);
	values[RELEASE_PURPOSE - 1] = PointerGetDatum(purpose);
	values[RELEASE_KEY - 1] = NameGetDatum(key);
	values[RELEASE_KEY_VERSION - 1] = Int32GetDatum(version);
	values[RELEASE_PARAMETERS - 1] = JsonbPGetDatum(parameters);
	values[RELEASE_CREATED - 1] = TimestampTzGetDatum(GetCurrentTransactionStartTimestamp());
	values[RELEASE_CREATED_BY - 1] = user_datum(GetUserId());
	CatalogTupleInsert(rel, heap_form_tuple(RelationGetDescr(rel), values, nulls));
	CommandCounterIncrement();
	table_close(rel, NoLock);
	PG_RETURN_INT32(version);
}

/* ----- the way back ----- */

typedef struct Reversal
{
	Name		release;
	text	   *purpose;
	text	   *field;			/* or NULL: the only one that reverses */
	ArrayType  *pseudonyms;
	NameData	key;
	int32		key_version;
	HbFpeSpec	spec;
} Reversal;

/* The specification of the field that is meant; sets its name. */
static void
find_field(Jsonb *parameters, Reversal *r)
{
	JsonbIterator *iterator = JsonbIteratorInit(&parameters->root);
	JsonbValue	value;
	JsonbIteratorToken token;
	text	   *name = NULL;
	text	   *found = NULL;
	int			nfound = 0;

	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		HbFpeSpec	spec;

		if (token == WJB_KEY)
			name = cstring_to_text_with_len(value.val.string.val, value.val.string.len);
		if (token != WJB_VALUE || !read_field(&value, &spec))
			continue;
		if (r->field != NULL &&
			(VARSIZE_ANY_EXHDR(name) != VARSIZE_ANY_EXHDR(r->field) ||
			 memcmp(VARDATA_ANY(name), VARDATA_ANY(r->field), VARSIZE_ANY_EXHDR(name)) != 0))
			continue;
		r->spec = spec;
		found = name;
		nfound++;
	}
	if (nfound != 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 r->field != NULL ? errmsg("release \"%s\" has no such field that can be reversed", NameStr(*r->release)) :
				 errmsg("release \"%s\" has %d fields that can be reversed", NameStr(*r->release), nfound),
				 errhint("Name one by the argument field; tokens, dates and masks cannot be reversed.")));
	r->field = found;
}

/* Look the release up: its key and the field. */
static void
find_release(Reversal *r)
{
	Relation	rel = table_open(hb_own_table("deid_release"), AccessShareLock);
	TupleDesc	desc = RelationGetDescr(rel);
	ScanKeyData condition;
	SysScanDesc scan;
	HeapTuple	tuple;
	Jsonb	   *parameters;
	bool		isnull;

	ScanKeyInit(&condition, RELEASE_NAME, BTEqualStrategyNumber, F_NAMEEQ, NameGetDatum(r->release));
	scan = systable_beginscan(rel, RelationGetPrimaryKeyIndex(rel), true, NULL, 1, &condition);
	tuple = systable_getnext(scan);
	if (!HeapTupleIsValid(tuple))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("the release does not exist")));
	namestrcpy(&r->key, NameStr(*DatumGetName(heap_getattr(tuple, RELEASE_KEY, desc, &isnull))));
	r->key_version = DatumGetInt32(heap_getattr(tuple, RELEASE_KEY_VERSION, desc, &isnull));
	parameters = DatumGetJsonbPCopy(heap_getattr(tuple, RELEASE_PARAMETERS, desc, &isnull));
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	/* who may not reverse is not told what the release holds */
	hb_key_to_reverse(&r->key, r->key_version);
	find_field(parameters, r);
}

static void
insert_audit(const Reversal *r)
{
	Relation	rel = table_open(hb_own_table("deid_audit"), RowExclusiveLock);
	Datum		values[AUDIT_COLUMNS] = {0};
	bool		nulls[AUDIT_COLUMNS] = {0};
	pg_uuid_t  *id = palloc(sizeof(*id));
	uint8		random[HB_MAC_LEN];

	if (!hb_random_bytes(random, sizeof(random)))
		hb_crypto_failed();
	hb_uuid_from_hash(random, id->data);
	values[AUDIT_ID - 1] = UUIDPGetDatum(id);
	values[AUDIT_AT - 1] = TimestampTzGetDatum(GetCurrentTimestamp());
	values[AUDIT_ROLE - 1] = user_datum(GetUserId());
	values[AUDIT_SESSION_ROLE - 1] = user_datum(GetSessionUserId());
	values[AUDIT_RELEASE - 1] = NameGetDatum(r->release);
	values[AUDIT_FIELD - 1] = PointerGetDatum(r->field);
	values[AUDIT_PURPOSE - 1] = PointerGetDatum(r->purpose);
	values[AUDIT_PSEUDONYMS - 1] = PointerGetDatum(r->pseudonyms);
	CatalogTupleInsert(rel, heap_form_tuple(RelationGetDescr(rel), values, nulls));
	table_close(rel, NoLock);
}

/* Commit and flush what was written; a later ROLLBACK or crash cannot undo it. */
static void
commit_audit(void)
{
	if (SPI_connect_ext(SPI_OPT_NONATOMIC) != SPI_OK_CONNECT)
		ereport(ERROR,
				(errcode(ERRCODE_INTERNAL_ERROR),
				 errmsg("could not commit the audit row")));
	ForceSyncCommit();
	SPI_commit();
	SPI_finish();
}

/* Decipher; NULL for what is no pseudonym of the field. */
static ArrayType *
reverse(Reversal *r)
{
	Datum	   *elements;
	bool	   *nulls;
	int			n;
	int			lower = 1;
	HbKey	   *key;
	HbFpeLimits limits;

	deconstruct_array(r->pseudonyms, TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, &n);
	key = hb_key_to_reverse(&r->key, r->key_version);
	limits = hb_fpe_limits(key);
	if (key->ff1 == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("key \"%s\" is not for this use", NameStr(key->name))));
	for (int i = 0; i < n; i++)
	{
		char		out[HB_FPE_MAX_TEXT];
		size_t		len;
		const char *rule;
		const text *pseudonym;

		CHECK_FOR_INTERRUPTS();
		if (nulls[i])
			continue;
		/* an element of an array is never stored elsewhere */
		pseudonym = DatumGetTextPP(elements[i]);
		nulls[i] = r->spec.form != HB_FPE_TEXT &&
			hb_is_pseudonym(VARDATA_ANY(pseudonym), VARSIZE_ANY_EXHDR(pseudonym));
		if (nulls[i])
			continue;
		switch (hb_fpe_convert(&r->spec, key->ff1, &limits, true, VARDATA_ANY(pseudonym),
							   VARSIZE_ANY_EXHDR(pseudonym), out, &len, &rule))
		{
			case HB_FPE_DONE:
				elements[i] = PointerGetDatum(cstring_to_text_with_len(out, (int) len));
				break;
			case HB_FPE_FAILED:
				hb_crypto_failed();
				break;
			default:
				nulls[i] = true;
				break;
		}
	}
	return construct_md_array(elements, nulls, 1, &n, &lower, TEXTOID, -1, false, TYPALIGN_INT);
}

/* A procedure that may commit: called at top level, not in a transaction block. */
static void
require_nonatomic(FunctionCallInfo fcinfo)
{
	if (fcinfo->context == NULL || !IsA(fcinfo->context, CallContext) ||
		castNode(CallContext, fcinfo->context)->atomic)
		ereport(ERROR,
				(errcode(ERRCODE_ACTIVE_SQL_TRANSACTION),
				 errmsg("deid_reidentify cannot run inside a transaction block"),
				 errdetail("It commits its audit row before it reverses anything.")));
}

/* Return the originals of pseudonyms, after the audit row is committed. */
Datum
hb_deid_reidentify(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"release", "values", "purpose"};
	Reversal	r = {0};
	TupleDesc	desc;
	Datum		result;
	bool		isnull = false;

	require_nonatomic(fcinfo);
	PreventCommandIfReadOnly("CALL deid_reidentify()");
	for (int i = 0; i < lengthof(names); i++)
	{
		if (PG_ARGISNULL(i))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("argument %s must not be null", names[i])));
	}
	/* copies: what lies in a table cannot be read after the commit */
	r.release = PG_GETARG_NAME(0);
	r.pseudonyms = PG_GETARG_ARRAYTYPE_P_COPY(1);
	r.purpose = PG_GETARG_TEXT_P_COPY(2);
	r.field = PG_ARGISNULL(4) ? NULL : PG_GETARG_TEXT_P_COPY(4);
	need_words(r.purpose, "the purpose of a reversal");
	if (ARR_NDIM(r.pseudonyms) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("argument values must be an array of one dimension")));
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("function returning record called in context that cannot accept type record")));
	desc = BlessTupleDesc(CreateTupleDescCopy(desc));

	find_release(&r);
	insert_audit(&r);
	commit_audit();
	result = PointerGetDatum(reverse(&r));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(desc, &result, &isnull)));
}
