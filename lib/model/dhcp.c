/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Facts about DHCP clients, whether they are installed or not. */
#include "lib/model/dhcp.h"

#include <errno.h>

#define CAN(id) (1U << (id))
#define CAN_ALL (CAN(DHCP_VALUES) - 1)

const struct dhcp_client dhcp_clients[DHCP_CLIENTS] = {
	[DHCP_DHCLIENT] = { .programs = { "dhclient", "dhclient" },
			    .pid_files = { { "/run/dhclient-", ".pid" },
					   { "/run/dhclient6-", ".pid" } },
			    .can = CAN_ALL & ~CAN(DHCP_GATEWAY) },
	[DHCP_DHCPCD] = { .programs = { "dhcpcd", "dhcpcd" },
			  .pid_files = { { "/run/dhcpcd/", "-4.pid" },
					 { "/run/dhcpcd/", "-6.pid" } },
			  .can = CAN_ALL & ~CAN(DHCP_GATEWAY) & ~CAN(DHCP_ARGS) },
	[DHCP_UDHCPC] = { .programs = { "udhcpc", "udhcpc6" },
			  .pid_files = { { "/run/udhcpc-", ".pid" },
					 { "/run/udhcpc6-", ".pid" } },
			  .can = CAN_ALL & ~CAN(DHCP_GATEWAY) & ~CAN(DHCP_ARGS) &
				 ~CAN(DHCP_REJECT) },
};

const char *const dhcp_family_words[DHCP_FAMILIES] = { "inet", "inet6" };

const char *dhcp_pid_file(struct arena *arena, enum dhcp_client_id id,
			  enum dhcp_family family, const char *dev)
{
	const char *const *around = dhcp_clients[id].pid_files[family];

	return arena_printf(arena, "%s%s%s", around[0], dev, around[1]);
}

void dhcp_files_name(struct arena *arena, enum dhcp_family family, const char *dev,
		     const char *ret[DHCP_FILES])
{
	const char *digit = family == DHCP_IP6 ? "6" : "";

	ret[DHCP_FILE_OWN_CONF] =
		arena_printf(arena, "/etc/dhcp/dhclient%s-%s.conf", digit, dev);
	ret[DHCP_FILE_OLD_OWN_CONF] =
		arena_printf(arena, "/etc/dhclient%s-%s.conf", digit, dev);
	ret[DHCP_FILE_CONF] = "/etc/dhcp/dhclient.conf";
	ret[DHCP_FILE_LEASES] =
		arena_printf(arena, "/var/lib/dhclient/dhclient%s-%s.leases", digit, dev);
	ret[DHCP_FILE_FOLDER] = "/var/lib/dhclient";
	/* Debian's directory, the only one in which AppArmor lets dhclient write. */
	ret[DHCP_FILE_OTHER_FOLDER] = "/var/lib/dhcp";
}
