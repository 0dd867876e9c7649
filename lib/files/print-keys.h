/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/strbuf.h"
#include "lib/model/model.h"

/**
 * model_print_keys() - print a file's assignments in shell syntax
 * @request: as for model_load()
 * @ret: CONFIG with the file's name, and all assignments in force, one per line, quoted
 *
 * So a helper need not run the file to know its contents. Names that a shell uses itself
 * are omitted.
 *
 * Return: 0; -ENOENT if nothing is configured under that name, -EINVAL if the file has
 * errors (both reported in @diag).
 */
int model_print_keys(const struct model_options *options, const char *request,
		     struct diag *diag, struct strbuf *ret);
