/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <ini.h>

/* Only the files of NetworkManager are read with inih: most runs do without it. */

/* struct libinih - the function that we call, with the type of its header */
struct libinih {
	__typeof__(ini_parse_file) *parse_file;
};

/* Return: the library, which is opened once; NULL if it is missing. */
const struct libinih *libinih_open(void);
