/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

/* struct mount_need - what would be lost: a mount point, "/" or "/usr", and its type */
struct mount_need {
	const char *where;
	const char *fstype;
};

/**
 * mounts_need_network() - whether / or /usr is a file system of the network
 * @mountinfo: text of /proc/self/mountinfo; what is mounted over counts no more
 *
 * A file system on a disk that the network brings (iSCSI) does not show here.
 *
 * Return: true with *@ret, whose texts live on.
 * Spec: proc(5); stop of the network service of network-scripts.
 */
bool mounts_need_network(const char *mountinfo, struct mount_need *ret);
