/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdint.h>

/* The interval at which a host is asked. */
#define PING_GAP_MS 1000

/**
 * ping_ask() - ask a host once whether it is there
 * @host: a name or an address
 * @limit_ms: for everything, including the lookup of its name
 *
 * Return: 0 if it answered; -ENOENT if there is no ping program; else another negative
 * errno.
 */
int ping_ask(const char *host, uint32_t limit_ms);
