/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

/*
 * Whether an allocation has failed, for the whole process: text that was to be put together is
 * incomplete then, wherever it is used. So nothing more is changed or kept from there on, and
 * the run ends with a message and a status other than 0.
 */
void memory_note_short(void);

/* The same if @p, from an allocation, is NULL. Return: @p. */
void *memory_note(void *p);

bool memory_was_short(void);
