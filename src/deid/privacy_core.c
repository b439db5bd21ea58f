/*-------------------------------------------------------------------------
 * privacy_core.c
 *	  Measures of anonymity.
 *
 * k-anonymity: Sweeney 2002. l-diversity: Machanavajjhala 2007. t-closeness:
 * Li 2007. beta-likeness: Cao 2012. delta-disclosure: Brickell 2008. Risk of
 * an individual: Benedetti and Franconi 1998.
 *-------------------------------------------------------------------------
 */
#include "deid/privacy.h"

#include <math.h>

double
hb_individual_risk(int64 f, double population)
{
	double		x = (population - (double) f) / (double) f;

	/* x is (1 - p) / p for the share p of the population that is in the sample. */
	if (x <= 0)
		return 1.0 / (double) f;
	if (f == 1)
		return log1p(x) / x;
	if (f == 2)
		return x < 1e-4 ? 0.5 - x / 3 + x * x / 4 : (1 - log1p(x) / x) / x;
	return 1.0 / ((double) f + x * (double) (f - 1));
}

/* ----- a class by itself ----- */

static int64
total_of(const HbValueCount *v, int64 n)
{
	int64		total = 0;

	for (int64 i = 0; i < n; i++)
		total += v[i].n;
	return total;
}

double
hb_entropy_l(const HbValueCount *v, int64 n)
{
	double		total = (double) total_of(v, n);
	double		entropy = 0;

	for (int64 i = 0; i < n; i++)
		entropy -= (double) v[i].n / total * log((double) v[i].n / total);
	return exp(entropy);
}

double
hb_recursive_c(const int64 *descending, int64 n, int64 l)
{
	int64		rest = 0;

	for (int64 i = l - 1; i < n; i++)
		rest += descending[i];
	return rest == 0 ? 0 : (double) descending[0] / (double) rest;
}

/* ----- a class beside the whole ----- */

double
hb_share(const HbSpread *spread, int64 value)
{
	int64		low = 0;
	int64		high = spread->n;

	while (low < high)
	{
		int64		middle = low + (high - low) / 2;

		if (spread->v[middle].value < value)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == spread->n || spread->v[low].value != value)
		return 0;
	return (double) spread->v[low].n / (double) spread->total;
}

/* Half the sum of differences: that of the values which the class has more of. */
double
hb_t_equal(const HbSpread *part, const HbSpread *whole)
{
	double		t = 0;

	for (int64 i = 0; i < part->n; i++)
	{
		double		more = (double) part->v[i].n / (double) part->total - hb_share(whole, part->v[i].value);

		if (more > 0)
			t += more;
	}
	return t;
}

double
hb_t_ordered(const HbSpread *part, const HbSpread *whole)
{
	double		t = 0;
	int64		in_part = 0;
	int64		in_whole = 0;
	int64		j = 0;

	if (whole->n < 2)
		return 0;
	for (int64 i = 0; i < whole->n; i++)
	{
		if (j < part->n && part->v[j].value == whole->v[i].value)
			in_part += part->v[j++].n;
		in_whole += whole->v[i].n;
		t += fabs((double) in_part / (double) part->total - (double) in_whole / (double) whole->total);
	}
	return t / (double) (whole->n - 1);
}

/*
 * What leaves below a node have too much or too little of is moved between
 * its children, at the cost of the node's level; the rest goes up.
 */
double
hb_t_hierarchical(const HbSpread *part, const HbSpread *whole, const HbHierarchy *tree)
{
	double		t = 0;

	for (int level = 1; level <= tree->height; level++)
	{
		double		more = 0;
		double		less = 0;
		double		child = 0;

		for (int i = 0; i <= tree->leaves; i++)
		{
			bool		end = i == tree->leaves;

			if (i > 0 && (end || level - 1 < tree->joined[i]))
			{
				if (child > 0)
					more += child;
				else
					less -= child;
				child = 0;
			}
			if (i > 0 && (end || level < tree->joined[i]))
			{
				t += Min(more, less) * level / tree->height;
				more = less = 0;
			}
			if (!end)
				child += hb_share(part, tree->value[i]) - hb_share(whole, tree->value[i]);
		}
	}
	return t;
}

double
hb_beta(const HbSpread *part, const HbSpread *whole)
{
	double		beta = -1;

	for (int64 i = 0; i < part->n; i++)
	{
		double		q = hb_share(whole, part->v[i].value);
		double		gain = ((double) part->v[i].n / (double) part->total - q) / q;

		beta = Max(beta, gain);
	}
	return beta;
}

double
hb_delta(const HbSpread *part, const HbSpread *whole)
{
	double		delta = 0;

	if (part->n < whole->n)
		return INFINITY;
	for (int64 i = 0; i < part->n; i++)
	{
		double		q = hb_share(whole, part->v[i].value);

		delta = Max(delta, fabs(log2((double) part->v[i].n / (double) part->total / q)));
	}
	return delta;
}
