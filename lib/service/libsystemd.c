/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens libsystemd at run time. */
#include "lib/service/libsystemd.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>

#include "lib/base/dynlib.h"

#define CALL(name, member)                                 \
	{                                                  \
#name, offsetof(struct libsystemd, member) \
	}

static const struct dynlib_call systemd_calls[] = {
	CALL(sd_journal_sendv, journal_sendv),
	CALL(sd_pid_get_unit, pid_get_unit),
	CALL(sd_bus_new, bus_new),
	CALL(sd_bus_set_address, bus_set_address),
	CALL(sd_bus_start, bus_start),
	CALL(sd_bus_open_system, bus_open_system),
	CALL(sd_bus_flush_close_unref, bus_close),
	CALL(sd_bus_call_method, bus_call_method),
	CALL(sd_bus_get_property, bus_get_property),
	CALL(sd_bus_get_property_string, bus_get_property_string),
	CALL(sd_bus_get_property_strv, bus_get_property_strv),
	CALL(sd_bus_message_read, message_read),
	CALL(sd_bus_message_unref, message_unref),
};

int libsystemd_open(struct libsystemd *lib)
{
	lib->handle = dynlib_open("libsystemd.so.0", NULL, systemd_calls,
				  ARRAY_SIZE(systemd_calls), lib);
	return lib->handle ? 0 : -ENOENT;
}

void libsystemd_close(const struct libsystemd *lib)
{
	if (lib->handle)
		dlclose(lib->handle);
}

void asking_end(struct asking *asking)
{
	if (asking->bus)
		asking->lib.bus_close(asking->bus);
	libsystemd_close(&asking->lib);
}
