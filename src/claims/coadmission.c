/*-------------------------------------------------------------------------
 * coadmission.c
 *	  People who are admitted and discharged together: groups, and pairs that
 *	  do so again, each with its probability if they came independently.
 *
 * The state is the finished stays of a hospital. Persons are 64-bit numbers;
 * those of text are hashes of it, so that results do not name anybody.
 *
 * Null model: people come at a constant rate, n stays in so many days, and a
 * stay's length is drawn from all lengths of the hospital. Stays that begin on
 * one day and end on another are then Poisson with mean n / days * f(length).
 *-------------------------------------------------------------------------
 */
#include "claims/key.h"
#include "claims/stay.h"
#include "common/math.h"
#include "common/order.h"
#include "common/row.h"
#include "common/state.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"

#define MAX_TOLERANCE	7
#define MAX_PAIRS		(INT64CONST(64) * 1024 * 1024)

typedef struct Stay
{
	int64		person;
	HbStay		at;
} Stay;

static const char *coadmission_check(const HbState *state);
static int	stay_compare(const void *a, const void *b);

static const HbStateType coadmission_type = {
	.name = "coadmission",
	.version = 1,
	.head = "",
	.head_size = sizeof(HbState),
	.element = "li2",
	.element_size = sizeof(Stay),
	.check = coadmission_check,
	.compare = stay_compare
};

HB_STATE_FUNCTIONS(coadmission, coadmission_type)

static const char *
coadmission_check(const HbState *state)
{
	const Stay *stay = hb_state_elements(&coadmission_type, state);

	for (int64 i = 0; i < state->n; i++)
		if (!IS_VALID_DATE(stay[i].at.adm) || !IS_VALID_DATE(stay[i].at.dsc) || stay[i].at.dsc < stay[i].at.adm)
			return "a stay has a date of admission and none before it of discharge";
	return NULL;
}

/* By days, then by person. */
static int
stay_compare(const void *a, const void *b)
{
	const Stay *x = a;
	const Stay *y = b;
	int			c = hb_stay_compare(&x->at, &y->at);

	return c != 0 ? c : pg_cmp_s64(x->person, y->person);
}

static Datum
coadmission_step(FunctionCallInfo fcinfo, bool is_text)
{
	HbState    *state;
	Stay		stay;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		HB_STATE_RETURN_SAME();
	stay.at = hb_stay(HB_DATE, PG_GETARG_DATUM(2), PG_GETARG_DATUM(3), false);
	if (DATE_IS_NOEND(stay.at.dsc))
		HB_STATE_RETURN_SAME();
	stay.person = hb_key_arg(fcinfo, 1, is_text);
	state = hb_state_writable(&coadmission_type, fcinfo);
	*(Stay *) hb_state_push(&coadmission_type, &state) = stay;
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(hb_coadmission_step_bigint);
Datum
hb_coadmission_step_bigint(PG_FUNCTION_ARGS)
{
	return coadmission_step(fcinfo, false);
}

PG_FUNCTION_INFO_V1(hb_coadmission_step_text);
Datum
hb_coadmission_step_text(PG_FUNCTION_ARGS)
{
	return coadmission_step(fcinfo, true);
}

/* ----- the hospital ----- */

/* Stays that begin and end on the same days. */
typedef struct Cell
{
	int64		first;			/* in Hospital.stay */
	int64		n;
	bool		taken;			/* by a group */
} Cell;

typedef struct Hospital
{
	Stay	   *stay;			/* in order, each once */
	int64		n;
	Cell	   *cell;			/* in the same order */
	int64		ncells;
	int32	   *los;			/* lengths of all stays, sorted */
	double		days;			/* from the first admission to the last */
} Hospital;

static int
int32_compare(const void *a, const void *b)
{
	return pg_cmp_s32(*(const int32 *) a, *(const int32 *) b);
}

static void *
alloc_array(int64 n, Size size)
{
	return palloc_extended(size * (Size) Max(n, 1), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

static Hospital
read_hospital(FunctionCallInfo fcinfo)
{
	HbState    *state = hb_state_copy(&coadmission_type, hb_state_arg(&coadmission_type, fcinfo, 0), 0);
	Hospital	h = {hb_state_elements(&coadmission_type, state)};

	hb_qsort(h.stay, (size_t) state->n, sizeof(Stay), stay_compare);
	h.cell = alloc_array(state->n, sizeof(Cell));
	h.los = alloc_array(state->n, sizeof(int32));
	for (int64 i = 0; i < state->n; i++)
	{
		Stay		stay = h.stay[i];
		Stay	   *before = h.n > 0 ? &h.stay[h.n - 1] : NULL;

		if ((i & 0xFFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		/* A stay with several settlements is there several times. */
		if (before && stay_compare(&stay, before) == 0)
			continue;
		if (before == NULL || hb_stay_compare(&stay.at, &before->at) != 0)
			h.cell[h.ncells++].first = h.n;
		h.cell[h.ncells - 1].n++;
		h.los[h.n] = stay.at.dsc - stay.at.adm;
		h.stay[h.n++] = stay;
	}
	hb_qsort(h.los, (size_t) h.n, sizeof(int32), int32_compare);
	if (h.n > 0)
		h.days = (double) h.stay[h.n - 1].at.adm - h.stay[0].at.adm + 1;
	return h;
}

/* How many stays are shorter than so many days. */
static int64
count_shorter(const Hospital *h, int64 los)
{
	int64		lo = 0;
	int64		hi = h->n;

	while (lo < hi)
	{
		int64		mid = lo + (hi - lo) / 2;

		if (h->los[mid] < los)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The cell of two days, or NULL. */
static Cell *
find_cell(const Hospital *h, int64 adm, int64 dsc)
{
	int64		lo = 0;
	int64		hi = h->ncells;

	while (lo < hi)
	{
		int64		mid = lo + (hi - lo) / 2;
		HbStay		at = h->stay[h->cell[mid].first].at;

		if (at.adm < adm || (at.adm == adm && at.dsc < dsc))
			lo = mid + 1;
		else if (at.adm == adm && at.dsc == dsc)
			return &h->cell[mid];
		else
			hi = mid;
	}
	return NULL;
}

/* ----- groups ----- */

/* Cells of many stays first. */
static int
cell_compare(const void *a, const void *b)
{
	const Cell *x = *(Cell *const *) a;
	const Cell *y = *(Cell *const *) b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return pg_cmp_s64(x->first, y->first);
}

static int
datum_compare(const void *a, const void *b)
{
	return pg_cmp_s64(DatumGetInt64(*(const Datum *) a), DatumGetInt64(*(const Datum *) b));
}

/* The persons of the cells around one that are not taken, each once. */
static int64
collect_members(const Hospital *h, const Cell *anchor, int tolerance, Cell **around, int *naround, Datum **members)
{
	HbStay		at = h->stay[anchor->first].at;
	int64		n = 0;
	int64		distinct = 0;

	*naround = 0;
	for (int a = -tolerance; a <= tolerance; a++)
		for (int d = -tolerance; d <= tolerance; d++)
		{
			Cell	   *cell = find_cell(h, (int64) at.adm + a, (int64) at.dsc + d);

			if (cell && !cell->taken)
			{
				around[(*naround)++] = cell;
				n += cell->n;
			}
		}
	*members = alloc_array(n, sizeof(Datum));
	n = 0;
	for (int i = 0; i < *naround; i++)
		for (int64 j = 0; j < around[i]->n; j++)
			(*members)[n++] = Int64GetDatum(h->stay[around[i]->first + j].person);
	hb_qsort(*members, (size_t) n, sizeof(Datum), datum_compare);
	for (int64 i = 0; i < n; i++)
		if (i == 0 || (*members)[i] != (*members)[i - 1])
			(*members)[distinct++] = (*members)[i];
	return distinct;
}

/* How many stays are expected in a cell and those around it. */
static double
expected_members(const Hospital *h, HbStay at, int tolerance)
{
	double		expected = 0;

	for (int a = -tolerance; a <= tolerance; a++)
		for (int d = -tolerance; d <= tolerance; d++)
		{
			int64		los = (int64) at.dsc - at.adm + d - a;

			expected += (double) (count_shorter(h, los + 1) - count_shorter(h, los));
		}
	return expected / h->days;
}

PG_FUNCTION_INFO_V1(hb_coadmission_groups);
Datum
hb_coadmission_groups(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	int32		min_size = PG_GETARG_INT32(1);
	int32		tolerance = PG_GETARG_INT32(2);
	Hospital	h;
	Cell	  **order;
	Cell	   *around[(2 * MAX_TOLERANCE + 1) * (2 * MAX_TOLERANCE + 1)];

	if (min_size < 2 || tolerance < 0 || tolerance > MAX_TOLERANCE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_size must be at least 2, tolerance between 0 and %d days", MAX_TOLERANCE)));
	InitMaterializedSRF(fcinfo, 0);
	h = read_hospital(fcinfo);
	order = alloc_array(h.ncells, sizeof(Cell *));
	for (int64 i = 0; i < h.ncells; i++)
		order[i] = &h.cell[i];
	hb_qsort(order, (size_t) h.ncells, sizeof(Cell *), cell_compare);
	for (int64 i = 0; i < h.ncells; i++)
	{
		HbStay		at = h.stay[order[i]->first].at;
		int			naround;
		Datum	   *members;
		int64		size;
		double		expected;
		Datum		values[6];
		bool		nulls[6] = {false};

		CHECK_FOR_INTERRUPTS();
		if (order[i]->taken || (tolerance == 0 && order[i]->n < min_size))
			continue;
		size = collect_members(&h, order[i], tolerance, around, &naround, &members);
		if (size < min_size)
		{
			pfree(members);
			continue;
		}
		for (int j = 0; j < naround; j++)
			around[j]->taken = true;
		expected = expected_members(&h, at, tolerance);
		values[0] = DateADTGetDatum(at.adm);
		values[1] = DateADTGetDatum(at.dsc);
		values[2] = Int64GetDatum(size);
		values[3] = Float8GetDatum(expected);
		values[4] = Float8GetDatum(hb_poisson_upper((double) (size - 1), expected));
		values[5] = PointerGetDatum(construct_array(members, (int) size, INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		pfree(DatumGetPointer(values[5]));
		pfree(members);
	}
	return (Datum) 0;
}

/* ----- pairs ----- */

typedef struct Pair
{
	int64		a;
	int64		b;
} Pair;

static int
pair_compare(const void *x, const void *y)
{
	const Pair *p = x;
	const Pair *q = y;
	int			c = pg_cmp_s64(p->a, q->a);

	return c != 0 ? c : pg_cmp_s64(p->b, q->b);
}

/* All pairs of persons who share a cell of no more than max_size stays. */
static Pair *
collect_pairs(const Hospital *h, int32 max_size, int64 *n)
{
	Pair	   *pair;

	*n = 0;
	for (int64 i = 0; i < h->ncells; i++)
		if (h->cell[i].n <= max_size)
			*n += h->cell[i].n * (h->cell[i].n - 1) / 2;
	if (*n > MAX_PAIRS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("more than " INT64_FORMAT " pairs are together", MAX_PAIRS),
				 errhint("Give a smaller max_size, or aggregate shorter periods.")));
	pair = alloc_array(*n, sizeof(Pair));
	*n = 0;
	for (int64 i = 0; i < h->ncells; i++)
	{
		const Stay *stay = &h->stay[h->cell[i].first];

		CHECK_FOR_INTERRUPTS();
		if (h->cell[i].n <= max_size)
			for (int64 j = 0; j < h->cell[i].n; j++)
				for (int64 k = j + 1; k < h->cell[i].n; k++)
					pair[(*n)++] = (Pair) {stay[j].person, stay[k].person};
	}
	hb_qsort(pair, (size_t) *n, sizeof(Pair), pair_compare);
	return pair;
}

/* The probability that two stays begin and end on the same days. */
static double
coincidence(const Hospital *h)
{
	double		same = 0;

	for (int64 i = 0; i < h->n;)
	{
		int64		next = count_shorter(h, (int64) h->los[i] + 1);

		same += ((double) (next - i) / (double) h->n) * ((double) (next - i) / (double) h->n);
		i = next;
	}
	return same / h->days;
}

static int
int64_compare(const void *a, const void *b)
{
	return pg_cmp_s64(*(const int64 *) a, *(const int64 *) b);
}

/* How many stays a person has, from the sorted persons of all stays. */
static int64
count_stays(const int64 *person, int64 n, int64 of)
{
	int64		bound[2];

	for (int side = 0; side < 2; side++)
	{
		int64		lo = 0;
		int64		hi = n;

		while (lo < hi)
		{
			int64		mid = lo + (hi - lo) / 2;

			if (person[mid] < of || (side == 1 && person[mid] == of))
				lo = mid + 1;
			else
				hi = mid;
		}
		bound[side] = lo;
	}
	return bound[1] - bound[0];
}

PG_FUNCTION_INFO_V1(hb_coadmission_pairs);
Datum
hb_coadmission_pairs(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	int32		min_times = PG_GETARG_INT32(1);
	int32		max_size = PG_GETARG_INT32(2);
	Hospital	h;
	Pair	   *pair;
	int64		n;
	int64	   *person;
	double		chance;

	if (min_times < 1 || max_size < 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_times must be at least 1, max_size at least 2")));
	InitMaterializedSRF(fcinfo, 0);
	h = read_hospital(fcinfo);
	pair = collect_pairs(&h, max_size, &n);
	chance = coincidence(&h);
	person = alloc_array(h.n, sizeof(int64));
	for (int64 i = 0; i < h.n; i++)
		person[i] = h.stay[i].person;
	hb_qsort(person, (size_t) h.n, sizeof(int64), int64_compare);
	for (int64 i = 0, times; i < n; i += times)
	{
		double		expected;
		Datum		values[5];
		bool		nulls[5] = {false};

		CHECK_FOR_INTERRUPTS();
		for (times = 1; i + times < n && pair_compare(&pair[i + times], &pair[i]) == 0;)
			times++;
		if (times < min_times)
			continue;
		expected = chance * (double) count_stays(person, h.n, pair[i].a) * (double) count_stays(person, h.n, pair[i].b);
		values[0] = Int64GetDatum(pair[i].a);
		values[1] = Int64GetDatum(pair[i].b);
		values[2] = Int64GetDatum(times);
		values[3] = Float8GetDatum(expected);
		values[4] = Float8GetDatum(hb_poisson_upper((double) (times - 1), expected));
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
