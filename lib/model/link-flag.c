/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Flags of links that keys switch on and off: all that is known about each is in the table. */
#include "lib/model/link-flag.h"

#include <net/if.h>
#include <string.h>

#include "lib/base/cleanup.h"

static const struct link_flag link_flags[] = {
	{ .key = "ARP",
	  .word = "arp",
	  .networkd = "ARP",
	  .bit = IFF_NOARP,
	  .is_inverse = true },
	{ .key = "PROMISC",
	  .also = "ACCEPT_ALL_MAC_ADDRESSES",
	  .word = "promisc",
	  .networkd = "Promiscuous",
	  .bit = IFF_PROMISC },
	{ .key = "ALLMULTI",
	  .word = "allmulticast",
	  .networkd = "AllMulticast",
	  .bit = IFF_ALLMULTI },
};

const struct link_flag *link_flag_nth(size_t i)
{
	return i < ARRAY_SIZE(link_flags) ? &link_flags[i] : NULL;
}

const struct link_flag *link_flag_find(const char *key)
{
	for (size_t i = 0; i < ARRAY_SIZE(link_flags); i++)
		if (strcmp(key, link_flags[i].key) == 0 ||
		    (link_flags[i].also && strcmp(key, link_flags[i].also) == 0))
			return &link_flags[i];
	return NULL;
}

bool link_flag_is_on(const struct link_flag *flag, unsigned int flags_now)
{
	return !(flags_now & flag->bit) == flag->is_inverse;
}

unsigned int link_flag_set(const struct link_flag *flag, unsigned int flags_now, bool on)
{
	return on == flag->is_inverse ? flags_now & ~flag->bit : flags_now | flag->bit;
}

bool link_flags_equal(const struct want_flag *a, const struct want_flag *b)
{
	for (; a && b; a = a->next, b = b->next)
		if (a->flag != b->flag || a->on != b->on)
			return false;
	return !a && !b;
}
