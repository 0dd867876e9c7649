/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

/* Whether the value of a key is nobody else's business. */
bool secret_key(const char *key);

/* Whether a file, by its name, is there to keep secrets apart: keys-bond0. */
bool secret_file(const char *name);

/* Whether a text speaks of a key with a secret, whose value it may then quote. */
bool secret_mentions(const char *text);

struct diag_line;

/* Whether a message may quote a secret: it must not be kept where others may read it. */
bool secret_message(const struct diag_line *line);
