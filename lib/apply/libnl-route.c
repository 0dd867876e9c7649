/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens libnl-route at run time. */
#include "lib/apply/libnl-route.h"

#include <dlfcn.h>
#include <stddef.h>

#include "lib/base/arena.h"
#include "lib/base/dynlib.h"

#define CALL(name)                                                     \
	{                                                              \
		"rtnl_addr_" #name, offsetof(struct libnl_route, name) \
	}

static const struct dynlib_call nl_route_calls[] = {
	CALL(alloc),
	CALL(put),
	CALL(set_local),
	CALL(set_peer),
	CALL(set_broadcast),
	CALL(set_label),
	CALL(set_ifindex),
	CALL(set_scope),
	CALL(set_flags),
	CALL(set_valid_lifetime),
	CALL(set_preferred_lifetime),
	CALL(build_add_request),
	CALL(build_delete_request),
};

const struct libnl_route *libnl_route_open(void)
{
	static struct libnl_route lib;
	static void *handle;

	if (!handle)
		handle = dynlib_open("libnl-route-3.so.200",
				     dlsym(RTLD_DEFAULT, "nl_addr_build"), nl_route_calls,
				     ARRAY_SIZE(nl_route_calls), &lib);
	return handle ? &lib : NULL;
}
