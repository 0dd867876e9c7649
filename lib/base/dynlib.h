/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

/*
 * Libraries that are opened only when they are needed. If they were linked, every run
 * would spend the time to map them and their dependencies.
 */

/**
 * struct dynlib_call - a function of the library
 * @at: offset of the function pointer in the struct that receives it
 */
struct dynlib_call {
	const char *name;
	size_t at;
};

/**
 * dynlib_open() - open a library and look up its functions
 * @name: its soname
 * @neighbour: an address in a library that comes with it and is loaded, whose directory is
 *	       tried first; NULL if there is none
 * @into: the struct whose function pointers are set
 *
 * Return: a handle for dlclose(); NULL if the library, or one of the functions, is
 * missing.
 */
void *dynlib_open(const char *name, const void *neighbour,
		  const struct dynlib_call *calls, size_t n, void *into);
