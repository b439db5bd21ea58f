/*-------------------------------------------------------------------------
 * fuzz_main.c
 *	  Drive a fuzz target where libFuzzer is missing: replay the corpus,
 *	  then mutate it for a while. Takes libFuzzer's -max_total_time and
 *	  corpus folders.
 *-------------------------------------------------------------------------
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_BYTES	4096
#define MAX_SEEDS	65536

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Input
{
	size_t		size;
	uint8_t    *data;
} Input;

static Input seeds[MAX_SEEDS];
static size_t nseeds;

/* Run one input from memory of exactly its size, so that overreads show. */
static void
run(const uint8_t *data, size_t size)
{
	uint8_t    *copy = malloc(size ? size : 1);

	if (size)
		memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

/* Read the files of a corpus folder. */
static void
load(const char *folder)
{
	DIR		   *dir = opendir(folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)) != NULL && nseeds < MAX_SEEDS)
	{
		char		path[4096];
		uint8_t		data[MAX_BYTES];
		FILE	   *file;

		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if ((file = fopen(path, "rb")) != NULL)
		{
			Input	   *seed = &seeds[nseeds++];

			seed->size = fread(data, 1, sizeof(data), file);
			seed->data = malloc(seed->size ? seed->size : 1);
			memcpy(seed->data, data, seed->size);
			fclose(file);
			run(seed->data, seed->size);
		}
	}
	if (dir)
		closedir(dir);
}

/* Change a few bytes: replace, insert, remove, or splice from another seed. */
static size_t
mutate(uint8_t *data, size_t size)
{
	for (int i = 1 + rand() % 4; i > 0; i--)
	{
		size_t		at = size ? (size_t) rand() % size : 0;
		int			kind = rand() % 4;

		if (kind == 0 && size > 0)
			data[at] = rand() % 2 ? (uint8_t) rand() : (uint8_t) (data[at] ^ (1 << rand() % 8));
		else if (kind == 1 && size < MAX_BYTES)
		{
			memmove(data + at + 1, data + at, size - at);
			data[at] = (uint8_t) (rand() % 4 ? 32 + rand() % 95 : rand());
			size++;
		}
		else if (kind == 2 && size > 0)
		{
			memmove(data + at, data + at + 1, size - at - 1);
			size--;
		}
		else if (kind == 3 && nseeds > 0)
		{
			const Input *other = &seeds[(size_t) rand() % nseeds];
			size_t		keep = at + other->size > MAX_BYTES ? MAX_BYTES - at : other->size;

			memcpy(data + at, other->data, keep);
			size = at + keep;
		}
	}
	return size;
}

int
main(int argc, char **argv)
{
	time_t		end = time(NULL) + 60;
	unsigned long runs = 0;

	for (int i = 1; i < argc; i++)
	{
		if (strncmp(argv[i], "-max_total_time=", 16) == 0)
			end = time(NULL) + atoi(argv[i] + 16);
		else if (argv[i][0] != '-')
			load(argv[i]);
	}
	srand((unsigned) time(NULL));
	for (; runs % 1000 != 0 || time(NULL) < end; runs++)
	{
		uint8_t		data[MAX_BYTES];
		size_t		size = 0;

		if (nseeds > 0)
		{
			const Input *seed = &seeds[(size_t) rand() % nseeds];

			memcpy(data, seed->data, seed->size);
			size = seed->size;
		}
		run(data, mutate(data, size));
	}
	printf("%lu runs\n", runs);
	return 0;
}
