/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"

enum dns_kind { DNS_SERVER, DNS_DOMAIN, DNS_OPTION, DNS_COUNT };

/* struct dns_list - words, each of them once */
struct dns_list {
	const char **words;
	size_t n, cap;
};

/**
 * struct dns - an interface's settings for the resolver, or the entries of a file
 *
 * Servers are addresses in the form of dns_server_format(), domains the search list,
 * options those of resolv.conf(5).
 */
struct dns {
	struct dns_list of[DNS_COUNT];
};

/* The words for these in the state file. */
extern const char *const dns_kind_names[DNS_COUNT];

/**
 * struct want_dns - the settings in the file of an interface
 * @pos: their first line
 * @server_pos: of each server
 */
struct want_dns {
	struct dns dns;
	struct pos pos;
	struct pos *server_pos;
	size_t n_pos, pos_cap;
};

/**
 * dns_server_format() - convert an address to a canonical form for comparing
 * @text: IPv4 or IPv6, the latter optionally with a %zone
 *
 * Return: 0 with *@ret, owned by @arena; -EINVAL if it is not an address.
 */
int dns_server_format(struct arena *arena, const char *text, const char **ret);

bool dns_is_empty(const struct dns *dns);
bool dns_equal(const struct dns *a, const struct dns *b);
/* Domains are compared without regard to case. */
bool dns_has(const struct dns *dns, enum dns_kind kind, const char *word);

/* Appends a copy of @word unless it is in the list. */
void dns_add(struct dns *dns, struct arena *arena, enum dns_kind kind, const char *word);
/* Appends everything in @from. */
void dns_merge(struct dns *dns, struct arena *arena, const struct dns *from);
