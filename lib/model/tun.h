/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/base/strbuf.h"

/**
 * struct tun - the properties of a tap or tun device, at whose end is a program
 * @is_tap: it carries frames; else packets
 * @owner, @group: who may open it besides root, if @has_owner and @has_group
 */
struct tun {
	bool is_tap, has_owner, has_group;
	uint32_t owner, group;
};

/* Whether @now has the wanted mode, and whether it has the wanted users. */
bool tun_same_mode(const struct tun *want, const struct tun *now);
bool tun_same_users(const struct tun *want, const struct tun *now);

/* Appends " mode tap user 1000 group 1000", the words of `ip tuntap`. */
void tun_format(const struct tun *tun, struct strbuf *out);

/* Parses the text of tun_format(); @text is changed. Return: 0, or -EINVAL. */
int tun_parse(char *text, struct tun *ret);
