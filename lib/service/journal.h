/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/base/diag.h"

/**
 * journal_log() - put all messages from @least on into the journal
 *
 * Each has the fields MESSAGE (with its file, line and hint), PRIORITY, SYSLOG_FACILITY
 * and SYSLOG_IDENTIFIER, and as far as they are known INTERFACE, CONFIG_FILE and
 * CONFIG_LINE. libsystemd is opened only when there is a message.
 *
 * Return: 0; -ENOENT when there is no journal, or no library to talk to it; or what
 * sending one of them came to.
 * Spec: sd_journal_sendv(3), systemd.journal-fields(7).
 */
int journal_log(const struct diag *diag, enum diag_grade least);

/* Whether what is written to @fd goes into the journal by itself: $JOURNAL_STREAM. */
bool journal_has_stream(int fd);
