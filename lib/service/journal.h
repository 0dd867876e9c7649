/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/base/diag.h"

/**
 * journal_log() - send all messages of @least and above to the journal
 *
 * Each has the fields MESSAGE (with file, line and hint), PRIORITY, SYSLOG_FACILITY and
 * SYSLOG_IDENTIFIER, and if known INTERFACE, CONFIG_FILE and CONFIG_LINE. libsystemd is
 * opened only if there is a message.
 *
 * Return: 0; -ENOENT if there is no journal, or no library for it; or the error of
 * sending one of them. Spec: sd_journal_sendv(3), systemd.journal-fields(7).
 */
int journal_log(const struct diag *diag, enum diag_grade least);

/* Whether output to @fd goes to the journal by itself: $JOURNAL_STREAM. */
bool journal_has_stream(int fd);
