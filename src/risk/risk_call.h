/*-------------------------------------------------------------------------
 * risk_call.h
 *	  A call of a risk model from SQL: its arguments read and checked.
 *-------------------------------------------------------------------------
 */
#ifndef HB_RISK_CALL_H
#define HB_RISK_CALL_H

#include "risk/risk.h"
#include "risk/risk_catalogue.h"

#define HB_RISK_WORDS	20			/* classes of a model, at most */

/* What the shells say of a model; the rest is in the tables. */
typedef struct HbRiskModel
{
	const char *name;
	HbRiskEval	eval;
	HbRiskClass class;			/* NULL: by the cuts of risk_model.csv */
	HbRiskLimits limits;		/* NULL: the range of an input does not depend on others */
} HbRiskModel;

/* What an input is, from risk_input.csv. */
typedef enum HbRiskType
{
	HB_RISK_FLOAT8,
	HB_RISK_INT4,
	HB_RISK_FLAG,
	HB_RISK_SEX,
	HB_RISK_NUMBER,				/* an integer of a few */
	HB_RISK_WORD,
	HB_RISK_CONSTANT			/* a number or word that the query says once */
} HbRiskType;

typedef enum HbRiskOnRange
{
	HB_RISK_ERROR,
	HB_RISK_NULL,
	HB_RISK_CLAMP
} HbRiskOnRange;

typedef struct HbRiskInput
{
	HbRiskType	type;
	bool		optional;
	double		lo;				/* infinite where the model has no range */
	double		hi;
	double		value;			/* of a constant */
	const HbRiskInputRow *row;
} HbRiskInput;

/* A model as one query calls it, kept in fn_extra. */
typedef struct HbRiskCall
{
	const HbRiskModel *model;
	HbRiskType	result;			/* a text is a word */
	int			inputs;
	HbRiskInput input[HB_RISK_INPUTS];
	uint8		order[HB_RISK_INPUTS];	/* places of choices, then flags, then numbers */
	int			choices;		/* where in order the flags begin */
	int			flags;			/* where the numbers begin */
	bool		ranged;			/* has an argument on_range after the inputs */
	bool		on_range_constant;
	HbRiskOnRange on_range;
	int			classes;
	text	   *word[HB_RISK_WORDS];
	double		cut[HB_RISK_WORDS]; /* where the next class begins */
} HbRiskCall;

/* The place of a word in a list between |, -1 if it is not there; other names of a word follow it, each after /. */
extern int	hb_risk_find_word(const char *list, const char *word, int len);

/* Is an argument of a function written as a constant? */
extern bool hb_risk_is_constant(FmgrInfo *flinfo, int argument);

/* The call, made at its first row. */
extern HbRiskCall *hb_risk_call(FunctionCallInfo fcinfo, const HbRiskModel *model);

/* Read and check the arguments; false: the result is NULL. */
extern bool hb_risk_arguments(FunctionCallInfo fcinfo, const HbRiskCall *call, double *x);

/* The rows that explain the value of a model. */
extern Datum hb_risk_explain(FunctionCallInfo fcinfo, const HbRiskModel *model);

#endif							/* HB_RISK_CALL_H */
