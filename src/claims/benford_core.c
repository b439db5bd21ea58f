/*-------------------------------------------------------------------------
 * benford_core.c
 *	  Statistics of digit counts against the law of Benford.
 *
 * Nigrini 2012, Benford's Law; Cho and Gaines 2007; Morrow 2010; Freedman 1981.
 *-------------------------------------------------------------------------
 */
#include "claims/benford.h"

static double
share_of(HbBenfordTest test, int digits)
{
	double		share = 0;

	if (test == HB_BENFORD_LAST_TWO)
		return 0.01;
	if (test != HB_BENFORD_SECOND)
		return log1p(1.0 / digits) / M_LN10;
	for (int first = 1; first <= 9; first++)
		share += log1p(1.0 / (10 * first + digits)) / M_LN10;
	return share;
}

int64
hb_benford_positive(const HbBenford *b)
{
	int64		n = 0;

	for (int i = 0; i < 90; i++)
		n += b->first_two[i];
	for (int i = 0; i < 9; i++)
		n += b->first_only[i];
	return n;
}

void
hb_benford_counts(HbBenfordCounts *counts, const HbBenford *b, HbBenfordTest test)
{
	static const struct
	{
		int			cells;
		int			from;
	}			shape[] = {{9, 1}, {10, 0}, {90, 10}, {100, 0}};

	memset(counts, 0, sizeof *counts);
	counts->test = test;
	counts->cells = shape[test].cells;
	counts->from = shape[test].from;
	for (int i = 0; i < 90; i++)
	{
		if (test == HB_BENFORD_FIRST)
			counts->count[i / 10] += b->first_two[i];
		else if (test == HB_BENFORD_SECOND)
			counts->count[i % 10] += b->first_two[i];
		else if (test == HB_BENFORD_FIRST_TWO)
			counts->count[i] = b->first_two[i];
	}
	if (test == HB_BENFORD_FIRST)
		for (int i = 0; i < 9; i++)
			counts->count[i] += b->first_only[i];
	if (test == HB_BENFORD_LAST_TWO)
		for (int i = 0; i < 100; i++)
			counts->count[i] = b->last_two[i];
	for (int i = 0; i < counts->cells; i++)
	{
		counts->n += counts->count[i];
		counts->expected[i] = share_of(test, counts->from + i);
	}
}

HbBenfordStats
hb_benford_stats(const HbBenfordCounts *c)
{
	HbBenfordStats s = {0};
	double		n = (double) c->n;
	double		off = 0;		/* of the cumulated shares */
	double		sum = 0;
	double		squares = 0;
	double		least = 1;
	double		all = 0;

	for (int i = 0; i < c->cells; i++)
	{
		double		p = c->expected[i];
		double		observed = (double) c->count[i];
		double		diff = observed / n - p;

		s.chi2 += n * diff * diff / p;
		if (observed > 0)
			s.g += 2 * observed * log(observed / n / p);
		s.mad += fabs(diff) / c->cells;
		s.ssd += 1e4 * diff * diff;
		s.d += diff * diff;
		s.m = Max(s.m, fabs(diff));
		off += diff;
		s.ks = Max(s.ks, fabs(off));
		sum += off;
		squares += off * off;
		least = Min(least, p);
		all += p * p;
	}
	s.d = sqrt(s.d);
	/* The furthest that counts can be: all in the least likely cell. */
	s.d_star = s.d / sqrt(all - least * least + (1 - least) * (1 - least));
	s.u2 = n / c->cells * (squares - sum * sum / c->cells);
	return s;
}

const char *
hb_benford_conformity(HbBenfordTest test, double mad)
{
	static const double limit[][3] = {
		{0.006, 0.012, 0.015}, {0.008, 0.010, 0.012}, {0.0012, 0.0018, 0.0022}
	};
	static const char *const words[] = {
		"Close conformity", "Acceptable conformity", "Marginally acceptable conformity", "Nonconformity"
	};
	int			class = 0;

	if (test == HB_BENFORD_LAST_TWO)
		return NULL;
	while (class < 3 && mad >= limit[test][class])
		class++;
	return words[class];
}
