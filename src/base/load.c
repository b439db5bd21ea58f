/*-------------------------------------------------------------------------
 * load.c
 *	  A cell of a file as a value of a column's type, or NULL where it is none.
 *
 * A load must judge millions of cells without an exception for each bad one, and
 * without a guess. Numbers and times are read here, in the forms that ISO 8601 and
 * WS 363 (D8, DT15) write and no other: 01/02/2024 is no date, "tomorrow" neither.
 * Every other type is read by its own input function, inside a subtransaction.
 *-------------------------------------------------------------------------
 */
#include "common/compat.h"

#include <ctype.h>
#include <math.h>

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "pgtime.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/lsyscache.h"
#include "utils/resowner.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(hb_base_cell);
PG_FUNCTION_INFO_V1(hb_base_trim);

/* What a call needs to know of its type, found once a query. */
typedef struct CellType
{
	Oid			type;
	int32		typmod;
	Oid			param;
	int16		length;
	FmgrInfo	input;
} CellType;

/* The parts of a date with a time, which is midnight where there is none. */
typedef struct CellTime
{
	struct pg_tm tm;
	fsec_t		fsec;
	bool		has_zone;
	int			zone;			/* seconds west of Greenwich */
} CellTime;

/* Read between min and max digits, as many as there are. */
static bool
read_digits(const char **p, int min, int max, int *value)
{
	int			n = 0;

	for (*value = 0; n < max && isdigit((unsigned char) **p); n++, (*p)++)
		*value = *value * 10 + (**p - '0');
	return n >= min;
}

/* Read YYYY-MM-DD, YYYY/M/D or YYYYMMDD. */
static bool
read_date(const char **p, struct pg_tm *tm)
{
	char		separator;

	if (!read_digits(p, 4, 4, &tm->tm_year))
		return false;
	separator = **p;
	if (separator == '-' || separator == '/')
	{
		(*p)++;
		if (!read_digits(p, 1, 2, &tm->tm_mon) || *(*p)++ != separator || !read_digits(p, 1, 2, &tm->tm_mday))
			return false;
	}
	else if (!read_digits(p, 2, 2, &tm->tm_mon) || !read_digits(p, 2, 2, &tm->tm_mday))
		return false;
	return tm->tm_year > 0 && tm->tm_mon >= 1 && tm->tm_mon <= MONTHS_PER_YEAR && tm->tm_mday >= 1 &&
		tm->tm_mday <= day_tab[isleap(tm->tm_year)][tm->tm_mon - 1];
}

/* Read hh:mm, hh:mm:ss or hhmmss, with a fraction of up to six digits. */
static bool
read_time(const char **p, CellTime *t)
{
	struct pg_tm *tm = &t->tm;
	bool		colon;

	if (!read_digits(p, 2, 2, &tm->tm_hour))
		return false;
	colon = **p == ':';
	*p += colon;
	if (!read_digits(p, 2, 2, &tm->tm_min))
		return false;
	if (!colon || **p == ':')
	{
		*p += colon;
		if (!read_digits(p, 2, 2, &tm->tm_sec))
			return false;
		if (**p == '.')
		{
			const char *start = ++(*p);
			int			fraction;

			if (!read_digits(p, 1, 6, &fraction))
				return false;
			for (int i = (int) (*p - start); i < 6; i++)
				fraction *= 10;
			t->fsec = fraction;
		}
	}
	return tm->tm_hour < HOURS_PER_DAY && tm->tm_min < MINS_PER_HOUR && tm->tm_sec < SECS_PER_MINUTE;
}

/* Read Z, +08, +0800 or +08:00. */
static bool
read_zone(const char **p, CellTime *t)
{
	char		sign = *(*p)++;
	int			hours = 0,
				minutes = 0;

	t->has_zone = true;
	if (sign == 'Z')
		return true;
	if ((sign != '+' && sign != '-') || !read_digits(p, 2, 2, &hours))
		return false;
	if (**p == ':')
	{
		(*p)++;
		if (!read_digits(p, 2, 2, &minutes))
			return false;
	}
	else if (**p != '\0' && !read_digits(p, 2, 2, &minutes))
		return false;
	t->zone = (hours * MINS_PER_HOUR + minutes) * SECS_PER_MINUTE * (sign == '+' ? -1 : 1);
	return hours < 16 && minutes < MINS_PER_HOUR;
}

/* Read a date, or a date with a time after a blank or T, and nothing else. */
static bool
read_moment(const char *p, CellTime *t)
{
	memset(t, 0, sizeof(*t));
	if (!read_date(&p, &t->tm))
		return false;
	if (*p == ' ' || *p == 'T')
	{
		p++;
		if (!read_time(&p, t) || (*p != '\0' && !read_zone(&p, t)))
			return false;
	}
	return *p == '\0';
}

/* Read a date; a time of midnight, as exports write it, is left away. */
static bool
cell_date(const char *cell, Datum *value)
{
	CellTime	t;

	if (!read_moment(cell, &t) || t.has_zone || t.tm.tm_hour || t.tm.tm_min || t.tm.tm_sec || t.fsec)
		return false;
	*value = DateADTGetDatum(date2j(t.tm.tm_year, t.tm.tm_mon, t.tm.tm_mday) - POSTGRES_EPOCH_JDATE);
	return true;
}

/*
 * Read a time. Local times take no zone, which would be ignored; others take that
 * of the session when they bring none.
 */
static bool
cell_timestamp(const char *cell, const CellType *type, Datum *value)
{
	bool		local = type->type == TIMESTAMPOID;
	CellTime	t;
	Timestamp	timestamp;

	if (!read_moment(cell, &t) || (local && t.has_zone))
		return false;
	if (!local && !t.has_zone)
		t.zone = DetermineTimeZoneOffset(&t.tm, session_timezone);
	if (tm2timestamp(&t.tm, t.fsec, local ? NULL : &t.zone, &timestamp) != 0)
		return false;
	*value = TimestampGetDatum(timestamp);
	if (type->typmod >= 0)
		*value = DirectFunctionCall2(timestamp_scale, *value, Int32GetDatum(type->typmod));
	return true;
}

/* Read a whole number of up to size bytes. */
static bool
cell_integer(const char *cell, int size, Datum *value)
{
	int64		limit = size == 2 ? PG_INT16_MAX : size == 4 ? PG_INT32_MAX : PG_INT64_MAX;
	bool		negative = *cell == '-';
	uint64		sum = 0;

	cell += *cell == '-' || *cell == '+';
	if (*cell == '\0')
		return false;
	for (; *cell; cell++)
	{
		if (!isdigit((unsigned char) *cell) || sum > PG_INT64_MAX / 10)
			return false;
		sum = sum * 10 + (uint64) (*cell - '0');
	}
	if (sum > (uint64) limit + negative)
		return false;
	/* negated as an unsigned number, so that the least one fits */
	sum = negative ? 0 - sum : sum;
	*value = size == 2 ? Int16GetDatum((int16) sum) : size == 4 ? Int32GetDatum((int32) sum) : Int64GetDatum((int64) sum);
	return true;
}

/* Is this a decimal number? Count the digits before its point; -1 with an exponent. */
static bool
read_decimal(const char *p, int *whole)
{
	int			digits = 0;

	p += *p == '-' || *p == '+';
	for (*whole = 0; isdigit((unsigned char) *p); p++, digits++)
		(*whole)++;
	if (*p == '.')
		for (p++; isdigit((unsigned char) *p); p++)
			digits++;
	if (digits > 0 && (*p == 'e' || *p == 'E'))
	{
		p++;
		p += *p == '-' || *p == '+';
		for (digits = 0; isdigit((unsigned char) *p); p++)
			digits++;
		*whole = -1;
	}
	return digits > 0 && *p == '\0';
}

/* Read a finite floating-point number. */
static bool
cell_float8(const char *cell, Datum *value)
{
	int			whole;
	double		number;

	if (!read_decimal(cell, &whole))
		return false;
	number = strtod(cell, NULL);
	*value = Float8GetDatum(number);
	return isfinite(number);
}

/* Call the input function of a type; what it calls no value gives false. */
static bool
cell_by_input(char *cell, CellType *type, Datum *value)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	volatile bool good = true;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		*value = InputFunctionCall(&type->input, cell, type->param, type->typmod);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		ErrorData  *error;
		int			class;

		/* out of the subtransaction first, whatever the error is */
		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(context);
		CurrentResourceOwner = owner;
		class = ERRCODE_TO_CATEGORY(error->sqlerrcode);
		if (class != ERRCODE_DATA_EXCEPTION && class != ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION &&
			class != ERRCODE_PROGRAM_LIMIT_EXCEEDED)
			ReThrowError(error);
		FreeErrorData(error);
		good = false;
	}
	PG_END_TRY();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
	return good;
}

/* Read a number of a numeric column; only one that may not fit needs a subtransaction. */
static bool
cell_numeric(char *cell, CellType *type, Datum *value)
{
	int			whole,
				precision = 1000,
				scale = 0;

	if (!read_decimal(cell, &whole))
		return false;
	if (type->typmod >= (int32) VARHDRSZ)
	{
		precision = ((type->typmod - VARHDRSZ) >> 16) & 0xffff;
		/* an eleven-bit number with its sign, as in numeric.c */
		scale = (((type->typmod - VARHDRSZ) & 0x7ff) ^ 1024) - 1024;
	}
	/* rounding may add a digit */
	if (whole < 0 || whole >= precision - scale)
		return cell_by_input(cell, type, value);
	*value = InputFunctionCall(&type->input, cell, type->param, type->typmod);
	return true;
}

/* Read a cell as a value of its type. */
static bool
read_cell(text *source, CellType *type, Datum *value)
{
	char	   *cell = text_to_cstring(source);
	bool		flag,
				good;

	switch (type->type)
	{
		case BOOLOID:
			good = parse_bool(cell, &flag);
			*value = BoolGetDatum(flag);
			break;
		case INT2OID:
		case INT4OID:
		case INT8OID:
			good = cell_integer(cell, type->length, value);
			break;
		case FLOAT8OID:
			good = cell_float8(cell, value);
			break;
		case NUMERICOID:
			good = cell_numeric(cell, type, value);
			break;
		case DATEOID:
			good = cell_date(cell, value);
			break;
		case TIMESTAMPOID:
		case TIMESTAMPTZOID:
			good = cell_timestamp(cell, type, value);
			break;
		default:
			good = cell_by_input(cell, type, value);
			break;
	}
	pfree(cell);
	return good;
}

/* Count the bytes of the blank that begins here, 0 where none does. */
static int
blank_length(const char *p, const char *end)
{
	static const char *const wide[] = {"\xc2\xa0", "\xe3\x80\x80", "\xef\xbb\xbf"};

	if (p < end && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
		return 1;
	for (int i = 0; i < lengthof(wide); i++)
	{
		int			length = (int) strlen(wide[i]);

		if (end - p >= length && memcmp(p, wide[i], length) == 0)
			return length;
	}
	return 0;
}

/* Return a cell without the blanks around it, or NULL where nothing is left. */
Datum
hb_base_trim(PG_FUNCTION_ARGS)
{
	text	   *cell = PG_GETARG_TEXT_PP(0);
	const char *start = VARDATA_ANY(cell),
			   *end = start + VARSIZE_ANY_EXHDR(cell),
			   *last;
	int			length;

	while ((length = blank_length(start, end)) > 0)
		start += length;
	/* no blank ends in the bytes of another character, so the last one is found backwards */
	last = end;
	for (int back = 1; back <= 3 && last - start >= back;)
	{
		if (blank_length(last - back, last) == back)
		{
			last -= back;
			back = 1;
		}
		else
			back++;
	}
	if (start == last)
		PG_RETURN_NULL();
	if (start == VARDATA_ANY(cell) && last == end)
		PG_RETURN_TEXT_P(cell);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(start, (int) (last - start)));
}

/* Return a cell as a value of the type of the second argument, or NULL. */
Datum
hb_base_cell(PG_FUNCTION_ARGS)
{
	CellType   *type = (CellType *) fcinfo->flinfo->fn_extra;
	Datum		value = (Datum) 0;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	if (type == NULL)
	{
		Oid			input;

		type = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(CellType));
		type->type = get_fn_expr_argtype(fcinfo->flinfo, 1);
		if (!OidIsValid(type->type))
			ereport(ERROR,
					(errcode(ERRCODE_INDETERMINATE_DATATYPE),
					 errmsg("could not determine the type of a column")));
		type->length = get_typlen(type->type);
		getTypeInputInfo(type->type, &input, &type->param);
		fmgr_info_cxt(input, &type->input, fcinfo->flinfo->fn_mcxt);
		fcinfo->flinfo->fn_extra = type;
	}
	type->typmod = PG_GETARG_INT32(2);
	if (!read_cell(PG_GETARG_TEXT_PP(0), type, &value))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(value);
}
