/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/**
 * struct once_calls - a run whose system calls are counted
 * @at: the number of the call that fails, from 1; 0 for none
 * @fault: what it meets: see once_calls_fault()
 * @n: how many there were, in the program itself and in its children before they become others
 * @name: of the call that met the fault; NULL if there was none
 */
struct once_calls {
	size_t at;
	size_t fault;
	size_t n;
	const char *name;
	int *listener; /* shared with the child until it becomes the program */
};

/* As fork(): the child's calls of interest wait for once_calls_watch(). */
pid_t once_calls_fork(struct once_calls *calls);

/*
 * Answers the calls until @child, which becomes @program, has ended.
 *
 * Return: its status, as of waitpid().
 */
int once_calls_watch(struct once_calls *calls, pid_t child, const char *program);

/* How many calls the first run with no failure made. */
size_t once_calls_seen(void);

/* Whether that one of them can meet that fault; what the loader does before main() meets none. */
bool once_calls_can(size_t at, size_t fault);

/* The name of an errno, "short" or "KILL"; NULL after the last. */
const char *once_calls_fault(size_t i);

_Noreturn void once_give_up(const char *what);
