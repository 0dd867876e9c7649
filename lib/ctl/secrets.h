/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

/* Whether the value of a key is nobody else's business. */
bool secret_key(const char *key);

/* Whether a file, by its name, is there to keep secrets apart: keys-bond0. */
bool secret_file(const char *name);
