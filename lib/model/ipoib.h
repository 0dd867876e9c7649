/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/base/diag.h"
#include "lib/base/strbuf.h"

/**
 * struct ipoib - the properties of an IP over InfiniBand link
 * @pkey: partition, for a child interface
 * @is_connected: the mode; else datagram
 */
struct ipoib {
	uint16_t pkey;
	bool is_connected;
};

/**
 * struct want_ipoib - the settings in the files
 * @is_infiniband: it is InfiniBand, either a child or a network card
 * @has_mode: CONNECTED_MODE is set, at @mode_pos; else the mode stays as it is
 */
struct want_ipoib {
	struct ipoib ipoib;
	bool is_infiniband, has_mode;
	struct pos mode_pos;
};

/* "connected" or "datagram", as in the driver's file. */
const char *ipoib_mode_word(bool is_connected);

/* Appends " pkey 0x8001 mode connected", the words of `ip link … type ipoib`. */
void ipoib_format(const struct ipoib *ipoib, struct strbuf *out);

/* Parses the text of ipoib_format(); @text is changed. Return: 0, or -EINVAL. */
int ipoib_parse(char *text, struct ipoib *ret);

/*
 * A partition key: with @base 0 decimal, or hexadecimal with 0x; in the name of a device always
 * hexadecimal, @base 16. Return: whether @text is one.
 */
bool ipoib_parse_pkey(const char *text, int base, uint16_t *ret);
