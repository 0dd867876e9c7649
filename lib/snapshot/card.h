/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* What sysfs has of network cards. Callers that test pass another directory. */
#define CARD_SYSFS "/sys/class/net"

/* Whether the card is one of a virtual machine, by its driver. */
bool card_is_virtual(const char *cards, const char *name);

/**
 * struct card_shared - the card that several ports are on
 * @place: of the first one, a path in sysfs; NULL if it is not known
 * @n: how many were added
 * @differs: not all are on one card, or of one it is not known
 *
 * Functions of one PCI device are on one card, with the virtual functions (SR-IOV) of them,
 * and so are devices below the bridge of a card in one slot, and interfaces of one USB
 * device. Cards of a virtual machine are not on any.
 */
struct card_shared {
	char *place;
	size_t n;
	bool differs;
};

void card_shared_add(struct card_shared *shared, const char *cards, const char *name);

/* The address of the card if two or more ports were added, all on it; else NULL. */
const char *card_shared_by_all(const struct card_shared *shared);

void card_shared_release(struct card_shared *shared);
#define _cleanup_card_shared_ _cleanup_(card_shared_release)
