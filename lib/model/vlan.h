/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/base/arena.h"
#include "lib/base/strbuf.h"

#define VLAN_ID_MAX 4094

/*
 * struct vlan_map - one pair of a priority map: from the packet's to the frame's, or vice
 * versa
 */
struct vlan_map {
	uint32_t from, to;
};

/**
 * struct vlan - the properties of a VLAN
 * @protocol: ETH_P_8021Q or ETH_P_8021AD, host order
 * @flags: VLAN_FLAG_* of linux/if_vlan.h
 * @egress, @ingress: priority maps; pairs in the order of @from
 */
struct vlan {
	uint16_t id;
	uint16_t protocol;
	uint32_t flags;
	struct vlan_map *egress, *ingress;
	size_t n_egress, egress_cap, n_ingress, ingress_cap;
};

bool vlan_equal(const struct vlan *a, const struct vlan *b);

/* The pair that maps @from, or NULL; and the order of pairs, for qsort(). */
const struct vlan_map *vlan_map_find(const struct vlan_map *maps, size_t n,
				     uint32_t from);
int vlan_map_by_from(const void *a, const void *b);

/* Appends " protocol 802.1Q id 100 reorder_hdr on …", the words of `ip link … type vlan`. */
void vlan_format(const struct vlan *vlan, struct strbuf *out);

/* Appends the words that differ from @now, for `ip link set … type vlan`. */
void vlan_format_change(const struct vlan *vlan, const struct vlan *now,
			struct strbuf *out);

/**
 * vlan_parse() - parse the text of vlan_format()
 * @text: words separated by blanks
 * @ret: unspecified values are the kernel's defaults
 *
 * Return: 0; -EINVAL.
 */
int vlan_parse(const char *text, struct arena *arena, struct vlan *ret);

/* A copy with its maps. */
struct vlan *vlan_copy(const struct vlan *from, struct arena *arena);
