/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Definitions that the headers of older distributions lack; with these, the headers of
 * Linux 4.18 and of glibc 2.28 are sufficient. Attributes are enumerators, and
 * distributions add later ones to headers of an older version, so neither #ifndef nor the
 * version is a reliable test: they have names of our own here.
 */
#include <sys/syscall.h>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

enum {
	ROUTE_ATTR_NH_ID = 30, /* RTA_NH_ID, 5.3 */
	ROUTE_ATTR_MAX = 30,
	LINK_ATTR_PROP_LIST = 52,    /* IFLA_PROP_LIST, 5.5 */
	LINK_ATTR_ALT_IFNAME = 53,   /* IFLA_ALT_IFNAME, 5.5 */
	LINK_ATTR_PERM_ADDRESS = 54, /* IFLA_PERM_ADDRESS, 5.6 */
	LINK_ATTR_MAX = 54,
};

#ifndef RTPROT_OPENR
#define RTPROT_OPENR 99
#endif

#ifndef NETLINK_GET_STRICT_CHK
#define NETLINK_GET_STRICT_CHK 12
#endif

#ifndef MADV_POPULATE_WRITE /* 5.14 */
#define MADV_POPULATE_READ  22
#define MADV_POPULATE_WRITE 23
#endif

/* The number is the same on all architectures that these programs are built for. */
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif
