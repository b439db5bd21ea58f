/*-------------------------------------------------------------------------
 * risk_explain.c
 *	  Why a risk is what it is: contributions of inputs, and what targets change.
 *
 * The contributions are Shapley values against a person of the same sex, age
 * and place whose other inputs are at their reference (risk_input.csv): the mean,
 * over all orders in which the inputs could leave the reference, of the step of
 * the risk. They add up to the risk minus that of the reference, also for
 * equations with interactions.
 *-------------------------------------------------------------------------
 */
#include "risk/risk_call.h"

#include "common/sex.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#define MAX_PLAYERS		14			/* the work doubles with each */

/* The inputs of one person that are explained. */
typedef struct Explained
{
	const HbRiskCall *call;
	double		x[HB_RISK_INPUTS];
	int			players;
	int			input[MAX_PLAYERS];
	double		reference[MAX_PLAYERS];
	double	   *risk;			/* of each set of players that left the reference */
} Explained;

/* A number for both sexes, or two between /, men first. */
static double
by_sex(const char *s, const HbRiskCall *call, const double *x)
{
	const char *second = strchr(s, '/');

	for (int i = 0; second != NULL && i < call->inputs; i++)
		if (call->input[i].type == HB_RISK_SEX && x[i] == HB_SEX_FEMALE)
			return strtod(second + 1, NULL);
	return strtod(s, NULL);
}

static void
find_players(Explained *e)
{
	for (int i = 0; i < e->call->inputs; i++)
	{
		const char *reference = e->call->input[i].row->reference;

		if (reference[0] == '\0' || isnan(e->x[i]))
			continue;
		Assert(e->players < MAX_PLAYERS);
		e->input[e->players] = i;
		e->reference[e->players++] = by_sex(reference, e->call, e->x);
	}
}

/* The risk of every mixture of the person and the reference. */
static void
try_all(Explained *e)
{
	e->risk = palloc(sizeof(double) << e->players);
	for (int set = 0; set < 1 << e->players; set++)
	{
		double		x[HB_RISK_INPUTS];

		CHECK_FOR_INTERRUPTS();
		memcpy(x, e->x, sizeof(x));
		for (int i = 0; i < e->players; i++)
			if (!(set & 1 << i))
				x[e->input[i]] = e->reference[i];
		e->risk[set] = e->call->model->eval(x);
	}
}

/* The Shapley value of a player. */
static double
contribution(const Explained *e, int player)
{
	double		weight[MAX_PLAYERS];	/* 1 / (n * (n - 1 over size)) */
	double		sum = 0;

	weight[0] = 1.0 / e->players;
	for (int size = 1; size < e->players; size++)
		weight[size] = weight[size - 1] * size / (e->players - size);
	for (int set = 0; set < 1 << e->players; set++)
		if (!(set & 1 << player))
			sum += weight[pg_popcount32(set)] * (e->risk[set | 1 << player] - e->risk[set]);
	return sum;
}

/* Bring an input to its target if it is worse; false: it has none. */
static bool
meet_target(const Explained *e, int input, double *x, double *target)
{
	const char *s = e->call->input[input].row->target;

	if (s[0] == '\0' || isnan(x[input]))
		return false;
	*target = by_sex(s + 1, e->call, e->x);
	if (s[0] == '<' ? x[input] > *target : s[0] == '>' ? x[input] < *target : x[input] != *target)
		x[input] = *target;
	return true;
}

/* Add a row; NaN is NULL. */
static void
put(ReturnSetInfo *result, const char *input, double value, const char *unit, double reference,
	double step, double target, double change)
{
	double		numbers[] = {0, value, 0, reference, step, target, change};
	Datum		values[lengthof(numbers)];
	bool		nulls[lengthof(numbers)];

	for (int i = 0; i < (int) lengthof(numbers); i++)
	{
		nulls[i] = isnan(numbers[i]);
		values[i] = Float8GetDatum(numbers[i]);
	}
	values[0] = CStringGetTextDatum(input);
	nulls[2] = unit[0] == '\0';
	values[2] = CStringGetTextDatum(pg_any_to_server(unit, (int) strlen(unit), PG_UTF8));
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

Datum
hb_risk_explain(FunctionCallInfo fcinfo, const HbRiskModel *model)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Explained	e = {.call = hb_risk_call(fcinfo, model)};
	double		all[HB_RISK_INPUTS];
	double		risk;

	InitMaterializedSRF(fcinfo, 0);
	if (!hb_risk_arguments(fcinfo, e.call, e.x))
		return (Datum) 0;
	find_players(&e);
	try_all(&e);
	memcpy(all, e.x, sizeof(all));
	risk = e.risk[(1 << e.players) - 1];

	put(result, "reference", NAN, "", NAN, e.risk[0], NAN, NAN);
	for (int i = 0; i < e.players; i++)
	{
		const HbRiskInput *input = &e.call->input[e.input[i]];
		double		x[HB_RISK_INPUTS];
		double		target;
		bool		modifiable;

		memcpy(x, e.x, sizeof(x));
		modifiable = meet_target(&e, e.input[i], x, &target);
		put(result, input->row->name, e.x[e.input[i]], input->row->unit, e.reference[i], contribution(&e, i),
			modifiable ? target : NAN, modifiable ? model->eval(x) - risk : NAN);
		meet_target(&e, e.input[i], all, &target);
	}
	put(result, "total", NAN, "", NAN, risk, NAN, model->eval(all) - risk);
	pfree(e.risk);
	return (Datum) 0;
}
