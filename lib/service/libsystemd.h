/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The position in this source is of no use to readers of the journal. */
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-bus.h>
#include <systemd/sd-journal.h>
#include <systemd/sd-login.h>

#include "lib/base/cleanup.h"

/**
 * struct libsystemd - the functions that we call, with the types of its headers
 */
struct libsystemd {
	void *handle;
	__typeof__(sd_journal_sendv) *journal_sendv;
	__typeof__(sd_pid_get_unit) *pid_get_unit;
	__typeof__(sd_bus_new) *bus_new;
	__typeof__(sd_bus_set_address) *bus_set_address;
	__typeof__(sd_bus_start) *bus_start;
	__typeof__(sd_bus_open_system) *bus_open_system;
	__typeof__(sd_bus_flush_close_unref) *bus_close;
	__typeof__(sd_bus_call_method) *bus_call_method;
	__typeof__(sd_bus_get_property) *bus_get_property;
	__typeof__(sd_bus_get_property_string) *bus_get_property_string;
	__typeof__(sd_bus_get_property_strv) *bus_get_property_strv;
	__typeof__(sd_bus_message_read) *message_read;
	__typeof__(sd_bus_message_unref) *message_unref;
};

/* Return: 0; -ENOENT if there is no libsystemd.so.0. Close it in any case. */
int libsystemd_open(struct libsystemd *lib);
void libsystemd_close(const struct libsystemd *lib);
#define _cleanup_libsystemd_ _cleanup_(libsystemd_close)

/*
 * struct asking - a connection to a bus, and the library used for it; any member may be
 * empty
 */
struct asking {
	struct libsystemd lib;
	sd_bus *bus;
};

void asking_end(struct asking *asking);
#define _cleanup_asking_ _cleanup_(asking_end)
