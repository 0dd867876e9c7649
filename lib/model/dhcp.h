/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"

/* The two protocols of that name; each has a client of its own. */
enum dhcp_family { DHCP_IP4, DHCP_IP6, DHCP_FAMILIES };

/* The programs that will do, the preferred one first. */
enum dhcp_client_id { DHCP_DHCLIENT, DHCP_DHCPCD, DHCP_UDHCPC, DHCP_CLIENTS };

/* What a client may be asked for; not each of them can do it all. */
enum dhcp_value_id {
	DHCP_ARGS,         /* .words: DHCLIENTARGS, DHCPV6C_OPTIONS */
	DHCP_HOST_NAME,    /* .text */
	DHCP_FULL_NAME,    /* .text: DHCP_FQDN */
	DHCP_CLIENT_ID,    /* .text: bytes, as 00:66:6f */
	DHCP_VENDOR_CLASS, /* .text */
	DHCP_REJECT,       /* .words: addresses, or networks with a length */
	DHCP_TIMEOUT,      /* .num: seconds */
	DHCP_METRIC,       /* .num: of the default route */
	DHCP_GATEWAY,      /* .text: instead of the server's */
	DHCP_NO_DNS,
	DHCP_NO_ROUTES,
	DHCP_NO_DEFAULT_ROUTE,
	DHCP_NO_PROBE, /* for another host that has the address */
	DHCP_VALUES
};

/* struct dhcp_value - what a file asks for, and the key that does */
struct dhcp_value {
	bool is_set;
	const char *key;
	const char *text;
	const char *const *words;
	uint32_t num;
	struct pos pos;
};

/**
 * struct dhcp_wish - what the files say of one protocol
 * @is_wanted: they ask for it; else the rest means nothing
 * @pos: of BOOTPROTO or DHCPV6C; @value: what stands there
 * @is_persistent: the client goes on trying, with or without a carrier
 * @is_blind: the client starts without a look at the carrier
 * @is_fatal: that it fails is a failure, whatever the other protocol came to
 * @sends_name: to the server; when the files name none, the host's own
 */
struct dhcp_wish {
	bool is_wanted, is_persistent, is_blind, is_fatal, sends_name;
	struct pos pos;
	const char *value;
	struct dhcp_value values[DHCP_VALUES];
};

/**
 * struct dhcp - what the files say of both
 * @uuid: UUID, or ""; part of the name of dhclient's leases
 * @releases: the address is given back when the interface goes down
 */
struct dhcp {
	struct dhcp_wish of[DHCP_FAMILIES];
	const char *uuid;
	bool releases;
};

/**
 * struct dhcp_client - a program that is a client
 * @programs: its name for each protocol
 * @pid_files: where it writes its process id; the device's name stands between the two
 * @can: bits of enum dhcp_value_id
 */
struct dhcp_client {
	const char *programs[DHCP_FAMILIES];
	const char *pid_files[DHCP_FAMILIES][2];
	unsigned int can;
};
extern const struct dhcp_client dhcp_clients[DHCP_CLIENTS];

/* "inet" and "inet6" */
extern const char *const dhcp_family_words[DHCP_FAMILIES];

/* NULL when memory is short. */
const char *dhcp_pid_file(struct arena *arena, enum dhcp_client_id id,
			  enum dhcp_family family, const char *dev);

/* Programs other than the clients themselves. */
#define DHCP_DHCLIENT_SCRIPT "dhclient-script"
#ifndef LIBEXECDIR
#define LIBEXECDIR "/usr/libexec"
#endif
/* What udhcpc runs when a lease comes or goes: ours, because it brings none of its own. */
#define DHCP_UDHCPC_SCRIPT LIBEXECDIR "/ifcfg-bond/udhcpc-script"

/* Files and folders that decide what dhclient is started with, if they are there. */
enum dhcp_file {
	DHCP_FILE_OWN_CONF, /* of the device, in two places */
	DHCP_FILE_OLD_OWN_CONF,
	DHCP_FILE_CONF,   /* for all devices */
	DHCP_FILE_LEASES, /* of the device */
	DHCP_FILE_FOLDER, /* where leases are kept, in two places */
	DHCP_FILE_OTHER_FOLDER,
	DHCP_FILES
};

/* Their names. Return: 0, or -ENOMEM. */
int dhcp_files_name(struct arena *arena, enum dhcp_family family, const char *dev,
		    const char *ret[DHCP_FILES]);
