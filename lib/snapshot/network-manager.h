/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/snapshot/snapshot.h"

/* The directory of NetworkManager's state. */
#define NM_RUN "/run/NetworkManager"

/**
 * snapshot_find_managed() - mark the links that NetworkManager manages
 * @run: NM_RUN, except in tests
 * @proc: /proc, except in tests
 *
 * Files that it left when it was stopped are ignored, and so is a link that it only
 * watches because another program set it up. If it never ran, nothing else is read.
 *
 * Only root can find out which links it only watches; for others, no link that has a
 * connection is marked.
 *
 * Source: nm_manager_write_device_state() and nms-keyfile-writer.c
 * in NetworkManager.
 */
void snapshot_find_managed(struct snapshot *snapshot, const char *run, const char *proc);
