/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asks systemd over D-Bus what it is doing with the unit of a process. */
#include "lib/service/systemd.h"

#include <errno.h>
#include <string.h>

#include "lib/service/libsystemd.h"

#define SYSTEMD "org.freedesktop.systemd1"
#define MANAGER "/org/freedesktop/systemd1"

/*
 * Like systemctl, talks to systemd directly if possible: during shutdown the bus daemon
 * may already have stopped.
 */
static int connect_bus(struct asking *asking)
{
	int r = asking->lib.bus_new(&asking->bus);

	if (r >= 0)
		r = asking->lib.bus_set_address(asking->bus,
						"unix:path=/run/systemd/private");
	if (r >= 0)
		r = asking->lib.bus_start(asking->bus);
	if (r >= 0)
		return 0;
	if (asking->bus)
		asking->lib.bus_close(asking->bus);
	asking->bus = NULL;
	r = asking->lib.bus_open_system(&asking->bus);
	return r < 0 ? r : 0;
}

/* Return: 0; a negative errno. */
static int ask_text(struct asking *asking, const char *path, const char *interface,
		    const char *property, char **ret)
{
	int r = asking->lib.bus_get_property_string(asking->bus, SYSTEMD, path, interface,
						    property, NULL, ret);

	return r < 0 ? r : 0;
}

/* The job may have ended meanwhile. */
static enum systemd_job job_type(struct asking *asking, const char *job)
{
	_cleanup_free_ char *type = NULL;

	if (ask_text(asking, job, SYSTEMD ".Job", "JobType", &type) < 0)
		return SYSTEMD_JOB_NONE;
	return strcmp(type, "stop") == 0 ? SYSTEMD_JOB_STOP : SYSTEMD_JOB_OTHER;
}

static int ask_unit(struct asking *asking, const char *unit, enum systemd_job *ret)
{
	sd_bus_message *reply = NULL;
	const char *job;
	uint32_t id;
	int r = asking->lib.bus_get_property(asking->bus, SYSTEMD, unit, SYSTEMD ".Unit",
					     "Job", NULL, &reply, "(uo)");

	if (r >= 0)
		r = asking->lib.message_read(reply, "(uo)", &id, &job);
	if (r >= 0)
		*ret = id ? job_type(asking, job) : SYSTEMD_JOB_NONE;
	asking->lib.message_unref(reply);
	return r < 0 ? r : 0;
}

static int ask_job(struct asking *asking, pid_t pid, enum systemd_job *ret)
{
	sd_bus_message *reply = NULL;
	const char *unit;
	int r = asking->lib.bus_call_method(asking->bus, SYSTEMD, MANAGER,
					    SYSTEMD ".Manager", "GetUnitByPID", NULL,
					    &reply, "u", (uint32_t)pid);

	if (r >= 0)
		r = asking->lib.message_read(reply, "o", &unit);
	if (r >= 0)
		r = ask_unit(asking, unit, ret);
	asking->lib.message_unref(reply);
	return r < 0 ? r : 0;
}

/* There may be no such unit. */
static bool remote_fs_requires(struct asking *asking, const char *unit)
{
	char **units = NULL;
	bool found = false;
	int r = asking->lib.bus_get_property_strv(
		asking->bus, SYSTEMD, unit, SYSTEMD ".Unit", "RequiredBy", NULL, &units);

	for (char **name = units; r >= 0 && name && *name; name++) {
		found |= strcmp(*name, "remote-fs.target") == 0;
		free(*name);
	}
	free(units);
	return found;
}

int systemd_ask(pid_t pid, struct systemd_facts *ret)
{
	_cleanup_asking_ struct asking asking = { 0 };
	struct systemd_facts facts = { 0 };
	_cleanup_free_ char *state = NULL;
	int r = libsystemd_open(&asking.lib);

	if (r == 0)
		r = connect_bus(&asking);
	if (r == 0)
		r = ask_job(&asking, pid, &facts.job);
	if (r == 0)
		r = ask_text(&asking, MANAGER, SYSTEMD ".Manager", "SystemState", &state);
	if (r < 0)
		return r;
	facts.shuts_down = state && strcmp(state, "stopping") == 0;
	facts.needs_remote = remote_fs_requires(&asking, MANAGER "/unit/_2d_2emount") ||
			     remote_fs_requires(&asking, MANAGER "/unit/usr_2emount");
	*ret = facts;
	return 0;
}

bool systemd_is_there(void)
{
	return access("/run/systemd/system", F_OK) == 0;
}
