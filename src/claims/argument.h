/*-------------------------------------------------------------------------
 * argument.h
 *	  Parameters of aggregates, which are kept in the state.
 *
 * The last function of an aggregate is given nothing but the state: so the
 * steps put there what they are called with, the same in all rows. The same
 * statistic as a function of a state takes them as arguments after it.
 *-------------------------------------------------------------------------
 */
#ifndef HB_ARGUMENT_H
#define HB_ARGUMENT_H

#include "common/compat.h"

#define HB_ARGUMENTS	3

typedef struct HbArguments
{
	double		value[HB_ARGUMENTS];	/* a number, flag or the place of a word; NaN if not given */
} HbArguments;

extern void hb_arguments_init(HbArguments *arguments);
/* Keep the arguments of a step from "first" on; NULL is the default. */
extern void hb_arguments_keep(HbArguments *arguments, FunctionCallInfo fcinfo, int first);
extern void hb_arguments_merge(HbArguments *into, const HbArguments *from);
/* Are they such as steps keep? */
extern bool hb_arguments_valid(const HbArguments *arguments);

/* Parameter i of a statistic: argument i + 1 of the call, or what the state keeps, or the default. */
extern double hb_argument(FunctionCallInfo fcinfo, const HbArguments *arguments, int i, double otherwise);
/* The same of one that is a flag or an integer. */
extern int	hb_argument_integer(FunctionCallInfo fcinfo, const HbArguments *arguments, int i, int otherwise);
/* The same of one that is a word of a list that ends with NULL: its place, 0 the default. */
extern int	hb_argument_word(FunctionCallInfo fcinfo, const HbArguments *arguments, int i,
							 const char *name, const char *const *words);

/* The place of a word in a list that ends with NULL; raises if it is not there. */
extern int	hb_word_place(const char *name, const text *word, const char *const *words);

/* Raise that a parameter is wrong, unless it holds. */
#define HB_REQUIRE(holds, ...) \
	do { \
		if (unlikely(!(holds))) \
			ereport(ERROR, \
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE), \
					 errmsg(__VA_ARGS__))); \
	} while (0)

#endif							/* HB_ARGUMENT_H */
