/*-------------------------------------------------------------------------
 * tap.h
 *	  The test protocol for plain C programs: ok(), then return done().
 *-------------------------------------------------------------------------
 */
#ifndef HB_TAP_H
#define HB_TAP_H

#include <stdarg.h>
#include <stdio.h>

static int	tap_count,
			tap_failed;

/* Report one test; returns whether it passed. */
__attribute__((format(printf, 2, 3)))
static inline int
ok(int passed, const char *name, ...)
{
	va_list		args;

	tap_failed += !passed;
	(printf) ("%sok %d - ", passed ? "" : "not ", ++tap_count);
	va_start(args, name);
	(vprintf) (name, args);
	va_end(args);
	(putchar) ('\n');
	fflush(stdout);
	return passed;
}

/* Skip one test. */
static inline void
skip(const char *reason)
{
	(printf) ("ok %d # SKIP %s\n", ++tap_count, reason);
}

/* Print the plan; returns the exit code of the program. */
static inline int
done(void)
{
	(printf) ("1..%d\n", tap_count);
	return tap_failed != 0;
}

#endif							/* HB_TAP_H */
