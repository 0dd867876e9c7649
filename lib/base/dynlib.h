/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

/*
 * Libraries opened when there is something to ask them. Linked, each would cost every run
 * the time to map it and what it needs in turn.
 */

/**
 * struct dynlib_call - a function of the library
 * @at: offset of the function pointer in the struct that takes them
 */
struct dynlib_call {
	const char *name;
	size_t at;
};

/**
 * dynlib_open() - open a library and look its functions up
 * @into: the struct whose function pointers are set
 *
 * Return: a handle for dlclose(); NULL when the library, or one of the functions, is not
 * there.
 */
void *dynlib_open(const char *name, const struct dynlib_call *calls, size_t n,
		  void *into);
