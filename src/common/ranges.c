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

#include "access/htup_details.h"
#include "access/stratnum.h"
#include "access/table.h"
#include "catalog/pg_class.h"
#include "catalog/pg_index.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "parser/parsetree.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/relcache.h"
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

/* Has the table an index with this column, or any expression or condition? */
static bool
has_index(Oid table, AttrNumber column)
{
	Relation	relation = table_open(table, NoLock);
	bool		found = relation->rd_rel->relkind != RELKIND_RELATION &&
		relation->rd_rel->relkind != RELKIND_MATVIEW;
	ListCell   *cell;

	/* A partition, a child or a foreign server may have one. */
	found |= relation->rd_rel->relhassubclass;
	foreach(cell, found ? NIL : RelationGetIndexList(relation))
	{
		HeapTuple	tuple = SearchSysCache1(INDEXRELID, ObjectIdGetDatum(lfirst_oid(cell)));
		Form_pg_index index;

		if (!HeapTupleIsValid(tuple))
			continue;
		index = (Form_pg_index) GETSTRUCT(tuple);
		for (int i = 0; i < index->indnkeyatts; i++)
			found |= index->indkey.values[i] == column || index->indkey.values[i] == 0;
		found |= !heap_attisnull(tuple, Anum_pg_index_indpred, NULL);
		ReleaseSysCache(tuple);
	}
	table_close(relation, NoLock);
	return found;
}

/*
 * May ranges of this expression find an index? A guess will do, for the result
 * is the same: a table's own constraints come here before they are numbered.
 */
static bool
may_use_index(PlannerInfo *root, Node *left)
{
	AttrNumber	column = IsA(left, Var) ? ((Var *) left)->varattno : 0;
	RangeTblEntry *entry;
	int			varno;

	if (root == NULL)
		return true;
	if (!bms_get_singleton_member(pull_varnos(root, left), &varno) ||
		varno > list_length(root->parse->rtable))
		return false;
	entry = rt_fetch(varno, root->parse->rtable);
	if (entry->rtekind != RTE_RELATION ||
		(column > 0 && get_atttype(entry->relid, column) != exprType(left)))
		return true;
	return has_index(entry->relid, column);
}

/* Is it cheaper to test a call of f once than to evaluate its left side twice? */
static bool
is_costly(PlannerInfo *root, Node *left)
{
	QualCost	cost;

	cost_qual_eval_node(&cost, left, root);
	return cost.startup + cost.per_tuple > 10 * cpu_operator_cost;
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
	/* Without an index, several ranges would only repeat the test. */
	if ((n > 1 || is_costly(request->root, left)) && !may_use_index(request->root, left))
		return NULL;
	if (n == 1)
		return range_condition(left, type, ge, lt, ranges[0]);

	exact = exact_check(call->funcid, left, type, (Const *) right);
	if (exact == NULL)
		return NULL;
	/* From the top down: a code that is in the set fails each >= but its own. */
	for (uint32 i = n; i-- > 0;)
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
