/*-------------------------------------------------------------------------
 * ranges.c
 *	  Planner support: containment in a constant becomes index ranges.
 *
 * Simplify, rather than IndexCondition, is the request that serves: its
 * result is estimated from the statistics of the column, works on every
 * kind of index and partition, and shows in the plan.
 *-------------------------------------------------------------------------
 */
#include "common/ranges.h"

#include "access/stratnum.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

/* Past this many ranges planning would cost more than it saves. */
#define MAX_RANGES	256

/* The operator of the type's default btree class for a strategy. */
static Oid
btree_operator(Oid type, StrategyNumber strategy)
{
	TypeCacheEntry *entry = lookup_type_cache(type, TYPECACHE_BTREE_OPFAMILY);

	if (!OidIsValid(entry->btree_opf))
		return InvalidOid;
	return get_opfamily_member(entry->btree_opf, entry->btree_opintype,
							   entry->btree_opintype, strategy);
}

static Node *
comparison(Node *left, Oid type, Oid operator, uint64 bound)
{
	Const	   *constant = makeConst(type, -1, InvalidOid, sizeof(int64),
									 CodeGetDatum(bound), false, FLOAT8PASSBYVAL);
	Expr	   *expr = make_opclause(operator, BOOLOID, false,
									 (Expr *) copyObject(left), (Expr *) constant,
									 InvalidOid, InvalidOid);

	set_opfuncid((OpExpr *) expr);
	return (Node *) expr;
}

/* left >= lo AND left < next; the last codes of all need no upper bound. */
static Node *
range_condition(Node *left, Oid type, Oid ge, Oid lt, HbCodeRange r)
{
	List	   *args = list_make1(comparison(left, type, ge, r.lo));

	if (r.next == HB_CODESET_END)
		return linitial(args);
	return (Node *) makeBoolExpr(AND_EXPR, lappend(args, comparison(left, type, lt, r.next)), -1);
}

/* within_exact(left, right) of the schema that f belongs to. */
static Node *
exact_check(Oid f, Node *left, Oid left_type, Const *right)
{
	Oid			types[2] = {left_type, right->consttype};
	oidvector  *signature = buildoidvector(types, 2);
	Oid			exact = GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid,
										CStringGetDatum("within_exact"),
										PointerGetDatum(signature),
										ObjectIdGetDatum(get_func_namespace(f)));

	if (!OidIsValid(exact))
		return NULL;
	return (Node *) makeFuncExpr(exact, BOOLOID, list_make2(copyObject(left), right),
								 InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL);
}

/* Where the container stands: first in f(container, code), else second. */
static bool
container_first(Oid f, PGFunction contains)
{
	FmgrInfo	info;

	fmgr_info(f, &info);
	return info.fn_addr == contains;
}

static Node *
simplify(SupportRequestSimplify *request, PGFunction contains, HbRangesOf ranges_of)
{
	FuncExpr   *call = request->fcall;
	Node	   *left,
			   *right;
	Oid			type,
				ge,
				lt;
	HbCodeRange *ranges;
	uint32		n;
	List	   *either = NIL;
	Node	   *exact;

	if (list_length(call->args) != 2)
		return NULL;
	left = linitial(call->args);
	right = lsecond(call->args);
	if (container_first(call->funcid, contains))
	{
		Node	   *swap = left;

		left = right;
		right = swap;
	}
	/* What is volatile or a subquery must not be evaluated twice. */
	if (!IsA(right, Const) || ((Const *) right)->constisnull || IsA(left, Const) ||
		contain_volatile_functions(left) || contain_subplans(left))
		return NULL;

	type = exprType(left);
	ge = btree_operator(type, BTGreaterEqualStrategyNumber);
	lt = btree_operator(type, BTLessStrategyNumber);
	if (!OidIsValid(ge) || !OidIsValid(lt))
		return NULL;
	n = ranges_of(type, ((Const *) right)->constvalue, &ranges);
	if (n == 0 || n > MAX_RANGES)
		return NULL;
	if (n == 1)
		return range_condition(left, type, ge, lt, ranges[0]);

	exact = exact_check(call->funcid, left, type, (Const *) right);
	if (exact == NULL)
		return NULL;
	for (uint32 i = 0; i < n; i++)
		either = lappend(either, range_condition(left, type, ge, lt, ranges[i]));
	return (Node *) makeBoolExpr(AND_EXPR,
								 list_make2(exact, makeBoolExpr(OR_EXPR, either, -1)), -1);
}

Node *
hb_within_support(Node *request, PGFunction contains, HbRangesOf ranges_of)
{
	if (IsA(request, SupportRequestSimplify))
		return simplify((SupportRequestSimplify *) request, contains, ranges_of);
	return NULL;
}

/* Support of within_exact: it only repeats the ranges beside it. */
PG_FUNCTION_INFO_V1(hb_within_exact_support);
Datum
hb_within_exact_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestSelectivity))
	{
		((SupportRequestSelectivity *) request)->selectivity = 1.0;
		PG_RETURN_POINTER(request);
	}
	PG_RETURN_POINTER(NULL);
}
