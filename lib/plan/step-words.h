/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/step-kinds.h"

/* @before, and a name, which may hold what a shell would act on. */
void print_name(struct strbuf *out, const char *before, const char *name);
void print_mac(struct strbuf *out, const struct hwaddr *mac);
/* " mode active-backup miimon 100 …" */
void print_options(struct strbuf *out, const struct option_values *options);
