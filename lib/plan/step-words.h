/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/step-kinds.h"

/* @before, and a name, which may hold what a shell would act on. */
void print_name(struct strbuf *out, const char *before, const char *name);
void print_mac(struct strbuf *out, const struct hwaddr *mac);
/* " mode active-backup miimon 100 …"; an interface "" is spelled as ip(8) clears it. */
void print_bond_options(struct strbuf *out, const struct bond_values *options);
void print_bridge_options(struct strbuf *out, const struct bridge_table *table,
			  const struct bridge_value *options);

/* For the rows of those kinds. */
void print_bond_set(const struct plan_op *op, struct strbuf *out);
void print_port_set(const struct plan_op *op, struct strbuf *out);
void print_bridge_set(const struct plan_op *op, struct strbuf *out);
void print_bridge_port_set(const struct plan_op *op, struct strbuf *out);
