/*-------------------------------------------------------------------------
 * assess.c
 *	  The states roc and calibration, and the area under the ROC curve.
 *
 * A state is a buffer of scores. Equal ones are merged when it is full and eight
 * times what the last merging left: scores in points stay a few elements, scores
 * that all differ are sorted only now and then.
 *-------------------------------------------------------------------------
 */
#include "common/math.h"
#include "common/state.h"
#include "risk/assess.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"

#define FIRST_MERGE	4096
#define MAX_SCORES	64000000

typedef struct Scores
{
	HbState		state;
	int64		merged;			/* elements left by the last merging; not kept outside */
} Scores;

#define ST_SORT sort_scores
#define ST_ELEMENT_TYPE HbScored
#define ST_COMPARE(a, b) ((a)->score < (b)->score ? -1 : (a)->score > (b)->score)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

static bool
is_merged(const HbScored *e, int64 n)
{
	int64		i = 1;

	while (i < n && e[i - 1].score < e[i].score)
		i++;
	return i >= n;
}

/* Sort, and make one element of those with the same score, unless its counts would overflow. */
static void
merge_equal(HbScored *e, int64 *n)
{
	int64		last = 0;

	if (is_merged(e, *n))
		return;
	sort_scores(e, (size_t) *n);
	for (int64 i = 1; i < *n; i++)
	{
		if (e[last].score == e[i].score && e[last].cases <= PG_INT32_MAX - e[i].cases &&
			e[last].controls <= PG_INT32_MAX - e[i].controls)
		{
			e[last].cases += e[i].cases;
			e[last].controls += e[i].controls;
		}
		else
			e[++last] = e[i];
	}
	*n = last + 1;
}

static void
merge_scores(HbState *state)
{
	merge_equal((HbScored *) ((char *) state + sizeof(Scores)), &state->n);
	((Scores *) state)->merged = state->n;
}

static HbState *
make_room(const HbStateType *type, HbState *state, int64 more)
{
	int64		merged = ((Scores *) state)->merged;

	if (state->n + more <= hb_state_room(type, state))
		return state;
	if (state->n >= Max(FIRST_MERGE, 8 * merged) || (state->n + more > MAX_SCORES && merged <= MAX_SCORES / 2))
		merge_scores(state);
	return hb_state_grow(type, state, more);
}

static HbState *
append_scores(const HbStateType *type, HbState *into, const HbState *from)
{
	into = make_room(type, into, from->n);
	return hb_state_append(type, into, hb_state_elements(type, from), from->n);
}

static HbState *
append_roc(HbState *into, const HbState *from)
{
	return append_scores(&hb_roc_type, into, from);
}

static HbState *
append_calibration(HbState *into, const HbState *from)
{
	return append_scores(&hb_calibration_type, into, from);
}

static const char *
check_scores(const HbState *state, double lo, double hi, const char *rule)
{
	const HbScored *e = (const HbScored *) ((const char *) state + sizeof(Scores));

	for (int64 i = 0; i < state->n; i++)
	{
		if (!(e[i].score >= lo && e[i].score <= hi))
			return rule;
		if (e[i].cases < 0 || e[i].controls < 0 || e[i].cases + (int64) e[i].controls == 0)
			return "each score was met by some rows, and counts are not negative";
	}
	return NULL;
}

static const char *
check_roc(const HbState *state)
{
	return check_scores(state, -INFINITY, INFINITY, "scores are numbers");
}

static const char *
check_calibration(const HbState *state)
{
	return check_scores(state, 0, 1, "probabilities are 0 to 1");
}

const HbStateType hb_roc_type = {
	.name = "roc",.version = 1,.head = "",.head_size = sizeof(Scores),.element = "di2",.element_size = sizeof(HbScored),
	.max_elements = MAX_SCORES,.merge = append_roc,.check = check_roc,.normalise = merge_scores
};
const HbStateType hb_calibration_type = {
	.name = "calibration",.version = 1,.head = "",.head_size = sizeof(Scores),.element = "di2",.element_size = sizeof(HbScored),
	.max_elements = MAX_SCORES,.merge = append_calibration,.check = check_calibration,.normalise = merge_scores
};

HB_STATE_FUNCTIONS(roc, hb_roc_type)
HB_STATE_FUNCTIONS(calibration, hb_calibration_type)

/* ----- aggregates ----- */

static inline double
probability_arg(FunctionCallInfo fcinfo, int i)
{
	double		p = PG_GETARG_FLOAT8(i);

	if (unlikely(!(p >= 0 && p <= 1)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a probability is out of range"),
				 errdetail("It must lie from 0 to 1.")));
	return p;
}

static inline double
score_arg(FunctionCallInfo fcinfo, int i)
{
	double		score = PG_GETARG_FLOAT8(i);

	if (unlikely(isnan(score)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a score is not a number"),
				 errhint("Write NULL where there is no score.")));
	return score;
}

/* Add a row; argument 2 is whether it had the outcome. */
static inline HbState *
add_score(const HbStateType *type, FunctionCallInfo fcinfo, double score)
{
	HbState    *state = make_room(type, hb_state_writable(type, fcinfo), 1);
	bool		had = PG_GETARG_BOOL(2);

	((HbScored *) hb_state_elements(type, state))[state->n++] = (HbScored) {score, had, !had};
	return state;
}

PG_FUNCTION_INFO_V1(hb_roc_step);

Datum
hb_roc_step(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		HB_STATE_RETURN_SAME();
	PG_RETURN_POINTER(add_score(&hb_roc_type, fcinfo, score_arg(fcinfo, 1)));
}

PG_FUNCTION_INFO_V1(hb_calibration_step);

Datum
hb_calibration_step(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		HB_STATE_RETURN_SAME();
	PG_RETURN_POINTER(add_score(&hb_calibration_type, fcinfo, probability_arg(fcinfo, 1)));
}

/* The state in order and without spare room; the transition value stays one. */
static Datum
trimmed(const HbStateType *type, FunctionCallInfo fcinfo)
{
	HbState    *state = hb_state_arg(type, fcinfo, 0);

	if (!AggCheckCallContext(fcinfo, NULL))
		state = hb_state_copy(type, state, 0);
	merge_scores(state);
	PG_RETURN_POINTER(hb_state_copy(type, state, 0));
}

HB_STATE_FUNCTION(hb_roc_final, trimmed, hb_roc_type)
HB_STATE_FUNCTION(hb_calibration_final, trimmed, hb_calibration_type)

PG_FUNCTION_INFO_V1(hb_brier_step);

/* Add a squared error to the state of avg(double precision): n, sum, and what it does not use. */
Datum
hb_brier_step(PG_FUNCTION_ARGS)
{
	ArrayType  *state = AggCheckCallContext(fcinfo, NULL) ? PG_GETARG_ARRAYTYPE_P(0) : PG_GETARG_ARRAYTYPE_P_COPY(0);
	double		error = probability_arg(fcinfo, 1) - PG_GETARG_BOOL(2);
	double	   *sums = (double *) ARR_DATA_PTR(state);

	if (ARR_NDIM(state) != 1 || ARR_DIMS(state)[0] != 3 || ARR_HASNULL(state) || ARR_ELEMTYPE(state) != FLOAT8OID)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the state of brier is an array of three numbers")));
	sums[0] += 1;
	sums[1] += error * error;
	PG_RETURN_ARRAYTYPE_P(state);
}

/* ----- the area under the curve ----- */

const HbScored *
hb_scored_arg(FunctionCallInfo fcinfo, const HbStateType *type, int64 *n)
{
	HbState    *state = hb_state_arg(type, fcinfo, 0);

	if (!is_merged(hb_state_elements(type, state), state->n))
	{
		state = hb_state_copy(type, state, 0);
		merge_scores(state);
	}
	*n = state->n;
	return hb_state_elements(type, state);
}

Datum
hb_row_of_numbers(FunctionCallInfo fcinfo, const double *numbers, int n)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;
	TupleDesc	desc = flinfo->fn_extra;
	Datum		values[16];
	bool		nulls[16];

	Assert(n <= (int) lengthof(values));
	if (desc == NULL)
	{
		MemoryContext caller = MemoryContextSwitchTo(flinfo->fn_mcxt);

		if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("function returning record called in context that cannot accept type record")));
		flinfo->fn_extra = desc = BlessTupleDesc(desc);
		MemoryContextSwitchTo(caller);
	}
	for (int i = 0; i < n; i++)
	{
		nulls[i] = isnan(numbers[i]);
		values[i] = nulls[i] ? (Datum) 0 : TupleDescAttr(desc, i)->atttypid == INT8OID ?
			Int64GetDatum((int64) numbers[i]) : Float8GetDatum(numbers[i]);
	}
	return HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
}

static HbAuc
auc_of(FunctionCallInfo fcinfo)
{
	int64		n;
	const HbScored *e = hb_scored_arg(fcinfo, &hb_roc_type, &n);
	HbAuc		auc;

	hb_auc(e, n, &auc);
	return auc;
}

PG_FUNCTION_INFO_V1(hb_auc_value);

Datum
hb_auc_value(PG_FUNCTION_ARGS)
{
	HbAuc		auc = auc_of(fcinfo);

	if (isnan(auc.auc))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(auc.auc);
}

PG_FUNCTION_INFO_V1(hb_auc_interval);

/* The area with its interval, which ends at 0 and 1 as the area does. */
Datum
hb_auc_interval(PG_FUNCTION_ARGS)
{
	HbAuc		auc = auc_of(fcinfo);
	double		half = hb_two_sided(PG_GETARG_FLOAT8(1)) * sqrt(auc.variance);
	double		numbers[] = {auc.auc, sqrt(auc.variance), auc.auc - half, auc.auc + half, auc.cases, auc.controls};

	if (!isnan(half))
	{
		numbers[2] = Max(numbers[2], 0);
		numbers[3] = Min(numbers[3], 1);
	}
	PG_RETURN_DATUM(hb_row_of_numbers(fcinfo, numbers, lengthof(numbers)));
}

/* How many standard errors an interval of a level reaches to each side. */
double
hb_two_sided(double level)
{
	if (!(level > 0 && level < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the level of an interval must lie between 0 and 1")));
	return -hb_normal_quantile((1 - level) / 2);
}
