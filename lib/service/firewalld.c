/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asks firewalld over D-Bus for the zones of links. */
#include "lib/service/firewalld.h"

#include <errno.h>
#include <stdbool.h>
#include <unistd.h>

#include "lib/service/libsystemd.h"

#define FIREWALLD "org.fedoraproject.FirewallD1"
#define BUS       "org.freedesktop.DBus"
#define SOCKET    "/run/dbus/system_bus_socket"

/* The bus itself is asked, because a call to firewalld could start it. */
static bool is_firewalld_there(struct asking *asking)
{
	sd_bus_message *reply = NULL;
	int has_owner = 0;
	int r = asking->lib.bus_call_method(asking->bus, BUS, "/org/freedesktop/DBus",
					    BUS, "NameHasOwner", NULL, &reply, "s",
					    FIREWALLD);

	if (r >= 0)
		r = asking->lib.message_read(reply, "b", &has_owner);
	asking->lib.message_unref(reply);
	return r >= 0 && has_owner;
}

static int ask_zone(struct asking *asking, const char *link, struct arena *arena,
		    const char **ret)
{
	sd_bus_message *reply = NULL;
	const char *zone = "";
	int r = asking->lib.bus_call_method(asking->bus, FIREWALLD,
					    "/org/fedoraproject/FirewallD1",
					    FIREWALLD ".zone", "getZoneOfInterface", NULL,
					    &reply, "s", link);

	if (r >= 0)
		r = asking->lib.message_read(reply, "s", &zone);
	*ret = arena_strdup(arena, r < 0 ? "" : zone);
	asking->lib.message_unref(reply);
	if (r == -ETIMEDOUT) /* it is not asked again for each link */
		return r;
	return 0;
}

int firewalld_ask(const char *const *links, size_t n, struct arena *arena,
		  const char **zones)
{
	_cleanup_asking_ struct asking asking = { 0 };
	int r = 0;

	if (access(SOCKET, F_OK) < 0 || libsystemd_open(&asking.lib) < 0)
		return 0;
	if (asking.lib.bus_open_system(&asking.bus) < 0 || !is_firewalld_there(&asking))
		return 0;
	for (size_t i = 0; i < n && r == 0; i++)
		r = ask_zone(&asking, links[i], arena, &zones[i]);
	if (r == -ETIMEDOUT) /* it is not asked again for each link */
		return 0;
	return r < 0 ? r : 1;
}
