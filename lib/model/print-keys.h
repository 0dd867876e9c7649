/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/strbuf.h"
#include "lib/model/model.h"

/**
 * model_print_keys() - a file's assignments in the words of a shell
 * @request: as of model_load()
 * @ret: CONFIG with the file's name, and all that is in force, one a line, quoted
 *
 * So a helper need not run the file to know what is in it. Names that a shell has for
 * itself are left out.
 *
 * Return: 0; -ENOENT when nothing is configured under that name, -EINVAL when the file has
 * errors (both told in @diag); -ENOMEM.
 */
int model_print_keys(const struct model_options *options, const char *request,
		     struct diag *diag, struct strbuf *ret);
