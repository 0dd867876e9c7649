/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/diag.h"

/*
 * Reports that something cannot be done with a file: @what is "be opened", translated.
 * Return: @error, a negative errno.
 */
int state_failed(struct diag *diag, const char *path, const char *what, int error);
