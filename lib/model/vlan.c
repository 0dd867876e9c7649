/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A VLAN: its properties compared. */
#include "lib/model/vlan.h"

int vlan_map_by_from(const void *a, const void *b)
{
	const struct vlan_map *first = a, *second = b;

	return (first->from > second->from) - (first->from < second->from);
}

static bool maps_equal(const struct vlan_map *a, size_t n_a, const struct vlan_map *b,
		       size_t n_b)
{
	for (size_t i = 0; i < n_a && i < n_b; i++)
		if (a[i].from != b[i].from || a[i].to != b[i].to)
			return false;
	return n_a == n_b;
}

bool vlan_equal(const struct vlan *a, const struct vlan *b)
{
	return a->id == b->id && a->protocol == b->protocol && a->flags == b->flags &&
	       maps_equal(a->egress, a->n_egress, b->egress, b->n_egress) &&
	       maps_equal(a->ingress, a->n_ingress, b->ingress, b->n_ingress);
}
