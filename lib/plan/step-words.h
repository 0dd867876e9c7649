/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/step-kinds.h"

/* Prints @before, and a name quoted for a shell. */
void print_name(struct strbuf *out, const char *before, const char *name);
void print_mac(struct strbuf *out, const struct hwaddr *mac);
/* " mode active-backup miimon 100 …" */
void print_options(struct strbuf *out, const struct option_values *options);
