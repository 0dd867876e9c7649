/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * bond1 is not a mistyped bond0, but another one; so is bondb next to bonda, br-wan next
 * to br-lan.
 */
bool slip_is_sibling(const char *a, const char *b);

/* Whether @name is @other with a typo. */
bool slip_is_near(const char *name, const char *other);

/*
 * A name without what people put around it: "bond0",  bond0#x  ifcfg-bond0. Return: its
 * start, @ret_len bytes.
 */
const char *slip_core(const char *written, size_t *ret_len);

/* Whether that is @name. */
bool slip_is_core_of(const char *written, const char *name);
