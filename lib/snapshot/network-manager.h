/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/snapshot/snapshot.h"

/* Where NetworkManager tells of itself. */
#define NM_RUN "/run/NetworkManager"

/**
 * snapshot_find_managed() - mark the links that NetworkManager holds
 * @run: NM_RUN, unless a test says otherwise
 * @proc: /proc, likewise
 *
 * What it left behind when it was stopped does not count, and neither does a link that it
 * only watches because another program set it up. Where it never ran, that is all that is
 * looked at.
 *
 * To others than root it does not say what it only watches; they are not told of any link
 * that it has a connection for.
 *
 * Return: 0, or -ENOMEM.
 * Source: nm_manager_write_device_state() and nms-keyfile-writer.c in NetworkManager.
 */
int snapshot_find_managed(struct snapshot *snapshot, const char *run, const char *proc);
