/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sends messages to the journal, with searchable fields. */
#include "lib/service/journal.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>

#include "lib/base/memory.h"
#include "lib/service/libsystemd.h"

#define SOCKET "/run/systemd/journal/socket"

enum { MAX_FIELDS = 8 };

/*
 * struct sending - the fields of one message, all to be freed
 * @unit: the unit that we belong to, or NULL
 * @error: the first one
 */
struct sending {
	struct libsystemd lib;
	char *unit;
	int error;
	struct iovec fields[MAX_FIELDS];
	int n;
};

static void add_field(struct sending *sending, const char *fmt, ...) _printf_(2, 3);

static void add_field(struct sending *sending, const char *fmt, ...)
{
	char *text;
	va_list args;

	va_start(args, fmt);
	text = memory_vprintf(fmt, args);
	va_end(args);
	sending->fields[sending->n++] = (struct iovec){ text, strlen(text) };
}

static void add_message(struct sending *sending, const struct diag_line *line)
{
	const char *text = line->text;
	const char *file = line->pos.file ? line->pos.file : "";
	const char *before_hint = line->hint ? "\n    hint: " : "";
	const char *hint = line->hint ? line->hint : "";

	if (line->pos.line) {
		add_field(sending, "MESSAGE=%s:%u: %s%s%s", file, line->pos.line, text,
			  before_hint, hint);
		return;
	}
	add_field(sending, "MESSAGE=%s%s%s%s%s", file, *file ? ": " : "", text,
		  before_hint, hint);
}

static void add_fields(struct sending *sending, const struct diag_line *line)
{
	static const int priorities[] = {
		[DIAG_NOTE] = LOG_INFO,
		[DIAG_NOTICE] = LOG_NOTICE,
		[DIAG_WARNING] = LOG_WARNING,
		[DIAG_ERROR] = LOG_ERR,
	};
	add_message(sending, line);

	add_field(sending, "PRIORITY=%d", priorities[line->grade]);
	add_field(sending, "SYSLOG_FACILITY=%d", LOG_FAC(LOG_DAEMON));
	add_field(sending, "SYSLOG_IDENTIFIER=%s", program_invocation_short_name);
	if (line->interface)
		add_field(sending, "INTERFACE=%s", line->interface);
	if (line->pos.file)
		add_field(sending, "CONFIG_FILE=%s", line->pos.file);
	if (line->pos.line)
		add_field(sending, "CONFIG_LINE=%u", line->pos.line);
	if (sending->unit)
		add_field(sending, "OBJECT_SYSTEMD_UNIT=%s", sending->unit);
}

/*
 * The journal looks up the unit of a message's sender, which may have ended by then.
 * Without a field for it, the message would be missing in the status and journal of the
 * unit.
 */
static int open_library(struct sending *sending)
{
	int r = libsystemd_open(&sending->lib);

	if (r == 0 && journal_has_stream(STDERR_FILENO) &&
	    sending->lib.pid_get_unit(0, &sending->unit) < 0)
		sending->unit = NULL;
	return r;
}

static void send_line(const struct diag_line *line, void *arg)
{
	struct sending *sending = arg;
	int r = 0;

	if (sending->error)
		return;
	if (!sending->lib.handle)
		r = open_library(sending);
	if (r == 0)
		add_fields(sending, line);
	if (r == 0)
		r = sending->lib.journal_sendv(sending->fields, sending->n);
	for (; sending->n > 0; sending->n--)
		free(sending->fields[sending->n - 1].iov_base);
	sending->error = r < 0 ? r : 0;
}

int journal_log(const struct diag *diag, enum diag_grade least)
{
	struct sending sending = { 0 };

	if (access(SOCKET, W_OK) < 0)
		return -ENOENT;
	diag_each(diag, least, send_line, &sending);
	free(sending.unit);
	libsystemd_close(&sending.lib);
	return sending.error;
}

bool journal_has_stream(int fd)
{
	const char *stream = getenv("JOURNAL_STREAM");
	char here[2 * sizeof(uintmax_t) * 3 + 2];
	struct stat st;

	if (!stream || fstat(fd, &st) < 0)
		return false;
	snprintf(here, sizeof(here), "%ju:%ju", (uintmax_t)st.st_dev,
		 (uintmax_t)st.st_ino);
	return strcmp(stream, here) == 0;
}
