/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Settings of a link below /proc/sys/net. */
enum link_conf_id {
	CONF_IP6_DISABLE,
	CONF_IP6_ADDR_GEN_MODE,
	CONF_IP6_FORWARDING,
	CONF_IP6_ACCEPT_RA,
	CONF_IP6_ACCEPT_RA_DEFRTR,
	CONF_IP6_ACCEPT_REDIRECTS,
	CONF_IP6_AUTOCONF,
	CONF_IP6_USE_TEMPADDR,
	CONF_IP6_MTU,
	CONF_IP4_ARP_FILTER,
	CONF_COUNT
};

/*
 * Values of CONF_IP6_ADDR_GEN_MODE: with a secret that is set, or one that the kernel
 * generates.
 */
enum { GEN_MODE_STABLE = 2, GEN_MODE_RANDOM = 3 };

/**
 * struct link_conf - a setting
 * @family: "ipv4" or "ipv6"; @name: of the file in /proc/sys/net/FAMILY/conf/LINK
 * @devconf: index in IFLA_INET_CONF or IFLA_INET6_CONF, -1 if it is not there
 * @def: the kernel's default
 */
struct link_conf {
	const char *family, *name;
	int devconf;
	int32_t def;
};

extern const struct link_conf link_confs[CONF_COUNT];

struct link_conf_value {
	bool is_set;
	int32_t num;
};

/* struct link_conf_values - some or all of the settings */
struct link_conf_values {
	struct link_conf_value of[CONF_COUNT];
};

/* By "ipv6.accept_ra". Return: 0, or -EINVAL. */
int link_conf_find(const char *name, enum link_conf_id *ret);
