/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdio.h>

#include "lib/snapshot/snapshot.h"

/* Parses "resolver KIND". Return: 0, or -EINVAL. */
int resolver_kind_parse(const char *name, enum resolver_kind *ret);

/* Adds one more line of the file. */
void resolver_add_line(struct snapshot *snapshot, const char *line);

/* Writes lines of the state file. */
void resolver_write(const struct snap_resolver *resolver, FILE *out);
void dns_write(const char *link, const struct dns *dns, FILE *out);

/*
 * Reads the words after the link's name. Return: 0; -EINVAL if they are not valid.
 */
int dns_read(struct snapshot *snapshot, struct snap_link *link, const char **words);
