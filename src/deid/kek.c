/*-------------------------------------------------------------------------
 * kek.c
 *	  The key-encryption key: the setting that names its file, and the file.
 *
 * The library is loaded by the first call, so the setting begins as a
 * placeholder. Defining it then keeps what came from the configuration files;
 * a value that a session, a role or a database has put there is refused,
 * since a setting of this level takes none from them.
 *-------------------------------------------------------------------------
 */
#include "deid/key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/fd.h"
#include "utils/guc.h"

#define HEX_DIGITS	(HB_KEK_LEN * 2)

static char *kek_file;

/* Keys were unwrapped by what another file holds. */
static void
assign_kek_file(const char *newval, void *extra)
{
	hb_keys_forget();
}

void
hb_kek_init(void)
{
	DefineCustomStringVariable("hbhealth.kek_file",
							   "File of the key-encryption key under which the keys of deid_key are wrapped.",
							   "An absolute path outside the data directory; 64 hexadecimal digits, readable by the server's user alone.",
							   &kek_file, "", PGC_SIGHUP, GUC_SUPERUSER_ONLY,
							   NULL, assign_kek_file, NULL);
	MarkGUCPrefixReserved("hbhealth");
}

/* Raise what is wrong with the file; its name is for the log alone. */
static void
refuse_file(const char *reason, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_CONFIG_FILE_ERROR),
			 errmsg("the file of the key-encryption key is not accepted"),
			 errdetail("%s", reason),
			 errdetail_log("%s The file is \"%s\".", reason, kek_file),
			 errhint("%s", hint)));
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Read 64 hexadecimal digits, and at most a line end after them. */
static bool
parse(const char *s, ssize_t len, uint8 kek[HB_KEK_LEN])
{
	if (len > 0 && s[len - 1] == '\n')
		len--;
	if (len != HEX_DIGITS)
		return false;
	for (int i = 0; i < HB_KEK_LEN; i++)
	{
		int			high = hex_value(s[2 * i]);
		int			low = hex_value(s[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		kek[i] = (uint8) (high << 4 | low);
	}
	return true;
}

/* Who may read or replace the file may read every key: as for private keys of TLS. */
static void
check_file(const struct stat *st)
{
	static const char *const hint = "Let the server's user own it with mode 0600, or root with mode 0640 or less.";

	if (!S_ISREG(st->st_mode))
		refuse_file("It is not a regular file.", hint);
	if (st->st_uid != geteuid() && st->st_uid != 0)
		refuse_file("It is owned neither by the server's user nor by root.", hint);
	if ((st->st_uid == geteuid() && (st->st_mode & (S_IRWXG | S_IRWXO)) != 0) ||
		(st->st_uid == 0 && (st->st_mode & (S_IWGRP | S_IXGRP | S_IRWXO)) != 0))
		refuse_file("Others than its owner have access to it.", hint);
}

static void
check_name(void)
{
	if (kek_file == NULL || kek_file[0] == '\0')
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("there is no key-encryption key"),
				 errhint("Name its file by hbhealth.kek_file in postgresql.conf and reload.")));
	if (!is_absolute_path(kek_file))
		refuse_file("Its path is not absolute.", "Set hbhealth.kek_file to an absolute path.");
	if (path_is_prefix_of_path(DataDir, kek_file))
		refuse_file("It is in the data directory, so that a base backup would hold it beside the keys.",
					"Move it elsewhere.");
}

void
hb_kek_read(uint8 kek[HB_KEK_LEN])
{
	char		buf[HEX_DIGITS + 2];
	struct stat st;
	ssize_t		len;
	bool		parsed;
	int			fd;

	check_name();

	/*
	 * What is checked is what was opened. A symbolic link is followed, as
	 * containers mount secrets so; the owner and mode of its target count.
	 */
	fd = OpenTransientFile(kek_file, O_RDONLY | O_NONBLOCK | PG_BINARY);
	if (fd < 0 || fstat(fd, &st) != 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not open the file of the key-encryption key: %m"),
				 errdetail_log("The file is \"%s\".", kek_file)));
	check_file(&st);
	len = read(fd, buf, sizeof(buf));
	parsed = len >= 0 && parse(buf, len, kek);
	hb_cleanse(buf, sizeof(buf));
	CloseTransientFile(fd);
	if (len < 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not read the file of the key-encryption key: %m"),
				 errdetail_log("The file is \"%s\".", kek_file)));
	if (!parsed)
	{
		hb_cleanse(kek, HB_KEK_LEN);
		refuse_file("It does not hold 64 hexadecimal digits.",
					"Make it, for example, by openssl rand -hex 32.");
	}
}
