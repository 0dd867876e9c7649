/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

/*
 * Whether an allocation has failed anywhere in the process: text that was being put
 * together is then incomplete, wherever it is used. From then on nothing more is changed
 * or written, and the run ends with a message and a non-zero status.
 */
void memory_note_short(void);

/* Notes a failed allocation if @p is NULL. Return: @p. */
void *memory_note(void *p);

bool memory_was_short(void);
