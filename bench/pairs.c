/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Times two commands against each other, alternating, with an untimed one to undo. */
#include <errno.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/base/cleanup.h"
#include "lib/base/num.h"

extern char **environ;

enum { MOST_PAIRS = 1000 };

/* What was measured of one command. */
struct series {
	char **argv;
	double ms[MOST_PAIRS];
	long peak_kib;
};

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Return: 0 when the command ended with status 0. */
static int run(char **argv, double *ret_ms, long *ret_peak_kib)
{
	double began = now_ms();
	struct rusage usage;
	int status;
	pid_t child;

	if (posix_spawnp(&child, argv[0], NULL, NULL, argv, environ) != 0)
		return -ENOENT;
	if (wait4(child, &status, 0, &usage) != child)
		return -ECHILD;
	*ret_ms = now_ms() - began;
	*ret_peak_kib = usage.ru_maxrss;
	return status == 0 ? 0 : -EIO;
}

static int measure(struct series *series, size_t i, char **undo)
{
	double undo_ms;
	long peak, undo_peak;

	if (run(series->argv, &series->ms[i], &peak) < 0) {
		fprintf(stderr, "pairs: %s failed\n", series->argv[0]);
		return -EIO;
	}
	if (peak > series->peak_kib)
		series->peak_kib = peak;
	if (run(undo, &undo_ms, &undo_peak) < 0) {
		fprintf(stderr, "pairs: %s failed\n", undo[0]);
		return -EIO;
	}
	return 0;
}

static int by_size(const void *a, const void *b)
{
	const double *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

static double median(double *values, size_t n)
{
	qsort(values, n, sizeof(double), by_size);
	return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static void report_series(struct series *series, size_t n)
{
	const char *slash = strrchr(series->argv[0], '/');

	printf("%-12s median %7.2f ms, peak %ld KiB\n",
	       slash ? slash + 1 : series->argv[0], median(series->ms, n),
	       series->peak_kib);
}

static void report(struct series *a, struct series *b, size_t n)
{
	double ratios[MOST_PAIRS] = { 0 };

	for (size_t i = 0; i < n; i++)
		ratios[i] = a->ms[i] / b->ms[i];
	printf("%zu pairs\n", n);
	report_series(a, n);
	report_series(b, n);
	printf("%-12s median %7.3f\n", "ratio", median(ratios, n));
}

/* Cuts the arguments at "--" into commands. Return: how many there are. */
static size_t split(char **argv, char **commands[], size_t most)
{
	size_t n = 0;
	bool at_start = true;

	for (; *argv; argv++) {
		if (strcmp(*argv, "--") == 0) {
			*argv = NULL;
			at_start = true;
		} else if (at_start) {
			if (n == most)
				return n + 1;
			commands[n++] = argv;
			at_start = false;
		}
	}
	return n;
}

static int measure_pairs(struct series *a, struct series *b, char **undo, size_t n)
{
	/* The first pair, which fills the caches, is measured again. */
	if (measure(a, 0, undo) < 0 || measure(b, 0, undo) < 0)
		return -EIO;
	for (size_t i = 0; i < n; i++)
		if (measure(a, i, undo) < 0 || measure(b, i, undo) < 0)
			return -EIO;
	report(a, b, n);
	return 0;
}

int main(int argc, char **argv)
{
	char **commands[3];
	struct series a = { 0 }, b = { 0 };
	uint32_t n;

	if (argc < 3 || num_parse_u32(argv[1], MOST_PAIRS, &n) < 0 || n == 0 ||
	    split(argv + 2, commands, ARRAY_SIZE(commands)) != ARRAY_SIZE(commands)) {
		fputs("usage: pairs COUNT UNDO... -- COMMAND... -- COMMAND...\n", stderr);
		return 2;
	}
	a.argv = commands[1];
	b.argv = commands[2];
	return measure_pairs(&a, &b, commands[0], n) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
