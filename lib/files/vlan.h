/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

struct iface;
struct ifcfg;
struct ifcfg_dir;
struct source;

/* Whether the file describes a VLAN: VLAN=yes, there or globally, or TYPE=Vlan. */
bool vlan_is_meant(const struct ifcfg_dir *dir, const struct ifcfg *file);

/* Whether there is an id: VID, VLAN_ID, bond0.100 or vlan100. */
bool vlan_has_id(const struct ifcfg *file);

/* The dot in a name like bond0.100, or NULL. */
const char *vlan_dot(const char *device);

/**
 * vlan_written_parent() - what a VLAN is stacked on, as the file says it
 * @ret: a name or a UUID, owned by @dir->arena; NULL when the file describes no VLAN, or does
 *       not say
 *
 * Spec: ifup of network-scripts: bond0.100; vlan100 with PHYSDEV; VID with PHYSDEV.
 */
void vlan_written_parent(const struct ifcfg_dir *dir, const struct ifcfg *file,
			 const char **ret);

/*
 * The egress and ingress maps, and the other keys of a VLAN. Return: 0, errors reported.
 */
int iface_read_vlan(const struct source *src, struct iface *iface);
