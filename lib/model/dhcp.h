/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"

/* The two protocols; each has its own client process. */
enum dhcp_family { DHCP_IP4, DHCP_IP6, DHCP_FAMILIES };

/* The supported programs in order of preference. */
enum dhcp_client_id { DHCP_DHCLIENT, DHCP_DHCPCD, DHCP_UDHCPC, DHCP_CLIENTS };

/* Settings of a client; not every client supports all of them. */
enum dhcp_value_id {
	DHCP_ARGS,         /* .words: DHCLIENTARGS, DHCPV6C_OPTIONS */
	DHCP_HOST_NAME,    /* .text */
	DHCP_FULL_NAME,    /* .text: DHCP_FQDN */
	DHCP_CLIENT_ID,    /* .text: bytes, as 00:66:6f */
	DHCP_VENDOR_CLASS, /* .text */
	DHCP_REJECT,       /* .words: addresses, or networks with a prefix length */
	DHCP_TIMEOUT,      /* .num: seconds */
	DHCP_METRIC,       /* .num: of the default route */
	DHCP_GATEWAY,      /* .text: used instead of the server's */
	DHCP_NO_DNS,
	DHCP_NO_ROUTES,
	DHCP_NO_DEFAULT_ROUTE,
	DHCP_NO_PROBE, /* disables the check whether another host has the address */
	DHCP_VALUES
};

/* struct dhcp_value - a setting in the files, and its key */
struct dhcp_value {
	bool is_set;
	const char *key;
	const char *text;
	const char *const *words;
	uint32_t num;
	struct pos pos;
};

/**
 * struct dhcp_wish - the settings of one protocol
 * @is_wanted: the files request it; otherwise the rest is unused
 * @pos: of BOOTPROTO or DHCPV6C; @value: its value
 * @is_persistent: the client keeps trying, with or without a carrier
 * @is_blind: the client starts regardless of the carrier
 * @is_fatal: its failure is an error, whatever the result of the other protocol
 * @sends_name: to the server; the host's own if the files name none
 */
struct dhcp_wish {
	bool is_wanted, is_persistent, is_blind, is_fatal, sends_name;
	struct pos pos;
	const char *value;
	struct dhcp_value values[DHCP_VALUES];
};

/**
 * struct dhcp - the settings of both protocols
 * @uuid: UUID, or ""; part of the name of dhclient's lease file
 * @releases: the lease is released when the interface goes down
 */
struct dhcp {
	struct dhcp_wish of[DHCP_FAMILIES];
	const char *uuid;
	bool releases;
};

/**
 * struct dhcp_client - a client program
 * @programs: its name for each protocol
 * @pid_files: the two parts of its process id file's path, before and after the device
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

const char *dhcp_pid_file(struct arena *arena, enum dhcp_client_id id,
			  enum dhcp_family family, const char *dev);

/* Programs other than the clients themselves. */
#define DHCP_DHCLIENT_SCRIPT "dhclient-script"
#ifndef LIBEXECDIR
#define LIBEXECDIR "/usr/libexec"
#endif
/* The script that udhcpc runs for each lease event: ours, because it brings none. */
#define DHCP_UDHCPC_SCRIPT LIBEXECDIR "/ifcfg-bond/udhcpc-script"

/* Files and directories that affect how dhclient is started, if they exist. */
enum dhcp_file {
	DHCP_FILE_OWN_CONF, /* of the device, in two places */
	DHCP_FILE_OLD_OWN_CONF,
	DHCP_FILE_CONF,   /* for all devices */
	DHCP_FILE_LEASES, /* of the device */
	DHCP_FILE_FOLDER, /* directory of leases, in two places */
	DHCP_FILE_OTHER_FOLDER,
	DHCP_FILES
};

/* Their paths. */
void dhcp_files_name(struct arena *arena, enum dhcp_family family, const char *dev,
		     const char *ret[DHCP_FILES]);
