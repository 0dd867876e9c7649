/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A VLAN in the words of ip(8), and the difference between two. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <linux/if_ether.h>
#include <linux/if_vlan.h>

#include "lib/base/num.h"
#include "lib/model/vlan.h"

static const struct {
	const char *name;
	uint32_t bit;
} vlan_flag_words[] = {
	{ "reorder_hdr", VLAN_FLAG_REORDER_HDR },
	{ "gvrp", VLAN_FLAG_GVRP },
	{ "mvrp", VLAN_FLAG_MVRP },
	{ "loose_binding", VLAN_FLAG_LOOSE_BINDING },
};

/* ---- formatting ---- */

static void format_flags(uint32_t bits, uint32_t which, struct strbuf *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(vlan_flag_words); i++)
		if (which & vlan_flag_words[i].bit)
			strbuf_addf(out, " %s %s", vlan_flag_words[i].name,
				    bits & vlan_flag_words[i].bit ? "on" : "off");
}

static void format_map(const char *name, const struct vlan_map *maps, size_t n,
		       struct strbuf *out)
{
	if (n)
		strbuf_addf(out, " %s", name);
	for (size_t i = 0; i < n; i++)
		strbuf_addf(out, " %" PRIu32 ":%" PRIu32, maps[i].from, maps[i].to);
}

void vlan_format(const struct vlan *vlan, struct strbuf *out)
{
	strbuf_addf(out, " protocol %s id %" PRIu16,
		    vlan->protocol == ETH_P_8021AD ? "802.1ad" : "802.1Q", vlan->id);
	/* Flags that differ from a new VLAN's. */
	format_flags(vlan->flags, vlan->flags ^ VLAN_FLAG_REORDER_HDR, out);
	format_map("ingress-qos-map", vlan->ingress, vlan->n_ingress, out);
	format_map("egress-qos-map", vlan->egress, vlan->n_egress, out);
}

const struct vlan_map *vlan_map_find(const struct vlan_map *maps, size_t n, uint32_t from)
{
	for (size_t i = 0; i < n; i++)
		if (maps[i].from == from)
			return &maps[i];
	return NULL;
}

static bool has_pair(const struct vlan_map *maps, size_t n, const struct vlan_map *pair)
{
	const struct vlan_map *same = vlan_map_find(maps, n, pair->from);

	return same && same->to == pair->to;
}

/* New pairs, and those to be removed, which map to 0. */
static void format_map_change(const char *name, const struct vlan_map *want,
			      size_t n_want, const struct vlan_map *now, size_t n_now,
			      struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf pairs = STRBUF_EMPTY;

	for (size_t i = 0; i < n_want; i++)
		if (!has_pair(now, n_now, &want[i]))
			strbuf_addf(&pairs, " %" PRIu32 ":%" PRIu32, want[i].from,
				    want[i].to);
	for (size_t i = 0; i < n_now; i++)
		if (!vlan_map_find(want, n_want, now[i].from))
			strbuf_addf(&pairs, " %" PRIu32 ":0", now[i].from);
	if (pairs.len)
		strbuf_addf(out, " %s%s", name, strbuf_text(&pairs));
}

void vlan_format_change(const struct vlan *vlan, const struct vlan *now,
			struct strbuf *out)
{
	format_flags(vlan->flags, vlan->flags ^ now->flags, out);
	format_map_change("ingress-qos-map", vlan->ingress, vlan->n_ingress, now->ingress,
			  now->n_ingress, out);
	format_map_change("egress-qos-map", vlan->egress, vlan->n_egress, now->egress,
			  now->n_egress, out);
}

/* ---- parsing ---- */

/* struct reader - the VLAN so far, and the map that the next pair belongs to */
struct reader {
	struct vlan *vlan;
	struct arena *arena;
	struct vlan_map **maps;
	size_t *n, *cap;
};

static void choose_map(struct reader *r, bool egress)
{
	struct vlan *vlan = r->vlan;

	r->maps = egress ? &vlan->egress : &vlan->ingress;
	r->n = egress ? &vlan->n_egress : &vlan->n_ingress;
	r->cap = egress ? &vlan->egress_cap : &vlan->ingress_cap;
}

static int read_map_pair(struct reader *r, char *word)
{
	char *colon = strchr(word, ':');
	struct vlan_map pair;

	if (!colon || !r->maps)
		return -EINVAL;
	*colon = '\0';
	if (num_parse_u32(word, UINT32_MAX, &pair.from) < 0 ||
	    num_parse_u32(colon + 1, UINT32_MAX, &pair.to) < 0)
		return -EINVAL;
	ARENA_PUSH(r->arena, *r->maps, *r->n, *r->cap, pair);
	return 0;
}

static int read_flag(struct vlan *vlan, const char *name, const char *value)
{
	for (size_t i = 0; i < ARRAY_SIZE(vlan_flag_words); i++) {
		if (strcmp(vlan_flag_words[i].name, name) != 0)
			continue;
		vlan->flags = strcmp(value, "on") == 0
				      ? vlan->flags | vlan_flag_words[i].bit
				      : vlan->flags & ~vlan_flag_words[i].bit;
		return 0;
	}
	return -EINVAL;
}

static int read_vlan_value(struct vlan *vlan, const char *name, const char *value)
{
	uint32_t id;

	if (strcmp(name, "protocol") == 0) {
		vlan->protocol =
			strcmp(value, "802.1ad") == 0 ? ETH_P_8021AD : ETH_P_8021Q;
		return 0;
	}
	if (strcmp(name, "id") != 0)
		return read_flag(vlan, name, value);
	if (num_parse_u32(value, VLAN_ID_MAX, &id) < 0)
		return -EINVAL;
	vlan->id = (uint16_t)id;
	return 0;
}

static int read_vlan_word(struct reader *r, char *word, char **rest)
{
	const char *value;

	if (strchr(word, ':'))
		return read_map_pair(r, word);
	if (strcmp(word, "egress-qos-map") == 0 || strcmp(word, "ingress-qos-map") == 0) {
		choose_map(r, *word == 'e');
		return 0;
	}
	value = strsep(rest, " ");
	return value ? read_vlan_value(r->vlan, word, value) : -EINVAL;
}

int vlan_parse(const char *text, struct arena *arena, struct vlan *ret)
{
	struct vlan vlan = { .protocol = ETH_P_8021Q, .flags = VLAN_FLAG_REORDER_HDR };
	struct reader r = { .vlan = &vlan, .arena = arena };
	char *rest = arena_strdup(arena, text), *word;
	int error = 0;

	while (error == 0 && (word = strsep(&rest, " ")))
		if (*word)
			error = read_vlan_word(&r, word, &rest);
	if (error == 0)
		*ret = vlan;
	return error;
}

/* ---- copies ---- */

static bool copy_map(struct vlan_map **maps, size_t n, size_t *cap, struct arena *arena)
{
	*cap = 0;
	if (n)
		*maps = arena_memdup(arena, *maps, n * sizeof(**maps));
	return !n || *maps;
}

struct vlan *vlan_copy(const struct vlan *from, struct arena *arena)
{
	struct vlan *copy = arena_memdup(arena, from, sizeof(*from));

	return copy_map(&copy->egress, copy->n_egress, &copy->egress_cap, arena) &&
			       copy_map(&copy->ingress, copy->n_ingress,
					&copy->ingress_cap, arena)
		       ? copy
		       : NULL;
}
