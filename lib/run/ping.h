/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdint.h>

/* So often a host is asked. */
#define PING_GAP_MS 1000

/**
 * ping_ask() - ask a host once whether it is there
 * @host: a name or an address
 * @limit_ms: for looking up its name and all
 *
 * Return: 0 when it answered; -ENOENT when there is no program ping; else another negative
 * errno.
 */
int ping_ask(const char *host, uint32_t limit_ms);
