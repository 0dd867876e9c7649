/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

struct rtnl;

enum ready {
	READY,
	READY_NO_CARRIER,
	READY_NO_PARTNER, /* 802.3ad: no port on which both ends send and receive */
	READY_NOT_USED,   /* a port that its bond does not use */
};

/*
 * struct ready_lacp - the progress of a bond in mode 802.3ad; all false for other links
 */
struct ready_lacp {
	bool has_link;    /* one of its ports has a carrier */
	bool is_answered; /* one of its ports has heard a partner */
};

/**
 * ready_ask() - whether a link can carry frames
 * @ret_lacp: NULL, or filled in
 * @ret: untouched on failure
 *
 * For 802.3ad a carrier is not sufficient: until LACP has agreed, the switch drops what
 * the bond sends. The same is true of the port of a bond, which the driver must also use.
 *
 * Return: 0; -ENODEV if the link is gone; another negative errno. Spec: IEEE 802.1AX-2020
 * 6.4.3; bond_fill_slave_info() in Linux bond_netlink.c.
 */
int ready_ask(struct rtnl *rtnl, int ifindex, struct ready_lacp *ret_lacp,
	      enum ready *ret);

/* A port that has a carrier, and why the driver cannot aggregate it, or NULL. */
typedef void ready_port_fn(const char *port, const char *flaw, void *arg);

/**
 * ready_each_port() - go through the ports of a bond in mode 802.3ad; for others, none
 *
 * Only ports with a carrier are included: cards without one have no speed.
 *
 * Return: 0; -ENODEV if the link is gone; another negative errno.
 */
int ready_each_port(struct rtnl *rtnl, int ifindex, ready_port_fn *fn, void *arg);

/* The problem ("has no carrier"), and what to check. */
const char *ready_words(enum ready ready);
const char *ready_hint(enum ready ready);
