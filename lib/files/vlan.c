/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads a VLAN: its id in three forms, its parent, flags and maps. */
#include "lib/files/vlan.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <linux/if_ether.h>
#include <linux/if_vlan.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/key-slips.h"
#include "lib/files/source.h"

#define PRIORITY_MAX 7 /* three bits of the frame: IEEE 802.1Q */
#define ID_DIGITS    4

/* The line that makes it a VLAN, which may be in the global file. */
static const struct shellvar *meaning(const struct ifcfg_dir *dir,
				      const struct ifcfg *file)
{
	const struct shellvar *vlan = ifcfg_var(dir, file, "VLAN");

	if (vlan && ifcfg_is_true(vlan->value))
		return vlan;
	return ifcfg_has_type(file, "Vlan") ? shellvar_get(ifcfg_vars(file), "TYPE")
					    : NULL;
}

bool vlan_is_meant(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	const char *vlan = ifcfg_value(dir, file, "VLAN");

	return (vlan && ifcfg_is_true(vlan)) || ifcfg_has_type(file, "Vlan");
}

/* The name ends with one to four digits. */
const char *vlan_dot(const char *device)
{
	const char *dot = device ? strrchr(device, '.') : NULL;
	size_t digits = dot ? strspn(dot + 1, "0123456789") : 0;

	return digits && digits <= ID_DIGITS && !dot[1 + digits] && dot != device ? dot
										  : NULL;
}

/* The number of vlan100, or NULL. */
static const char *number_in_device(const char *device)
{
	return device && strncmp(device, "vlan", 4) == 0 &&
			       isdigit((unsigned char)device[4])
		       ? device + 4
		       : NULL;
}

/* In network-scripts, which had no VLAN_ID, the name bond0.100 determined the id. */
static bool id_contradicts_name(const struct ifcfg *file)
{
	const char *dot = vlan_dot(file->device);
	const char *text = ifcfg_own_value(file, "VLAN_ID");
	uint32_t id;

	if (!dot || !text || ifcfg_own_value(file, "VID"))
		return false;
	return num_parse_u32(text, VLAN_ID_MAX, &id) < 0 ||
	       id != strtoul(dot + 1, NULL, 10);
}

/* The key with the id, or NULL. */
static const char *id_key(const struct ifcfg *file)
{
	if (ifcfg_own_value(file, "VID"))
		return "VID";
	return ifcfg_own_value(file, "VLAN_ID") && !id_contradicts_name(file) ? "VLAN_ID"
									      : NULL;
}

bool vlan_has_id(const struct ifcfg *file)
{
	return id_key(file) || vlan_dot(file->device) || number_in_device(file->device);
}

void vlan_written_parent(const struct ifcfg_dir *dir, const struct ifcfg *file,
			 const char **ret)
{
	const char *dot = vlan_dot(file->device);

	*ret = NULL;
	if (!vlan_is_meant(dir, file) || !file->is_vlan)
		return;
	*ret = ifcfg_value(dir, file, "PHYSDEV");
	if (!dot || (id_key(file) && *ret))
		return;
	*ret = arena_strndup(dir->arena, file->device, (size_t)(dot - file->device));
}

static struct pos meant_at(const struct source *src)
{
	return meaning(&src->loader->dir, src->file)->pos;
}

/* ---- id ---- */

/* It is there, but not in force, which is reported as an error. */
static bool is_lost_error(const struct ifcfg *file, const char *key)
{
	return iface_is_lost(file, key) && iface_needs_key(ifcfg_vars(file), key, "");
}

/* The text of the id, or NULL: VID=, VLAN_ID=, bond0.100, vlan100. */
static const char *find_id(const struct source *src, const char **ret_key)
{
	const char *device = src->file->device, *dot = vlan_dot(device);
	const char *key = id_key(src->file);

	*ret_key = key ? key : "DEVICE";
	if (key)
		return ifcfg_own_value(src->file, key);
	if (dot)
		return dot + 1;
	return number_in_device(device);
}

static void read_vlan_id(const struct source *src, struct vlan *vlan)
{
	const char *key, *text = find_id(src, &key);
	uint32_t id;

	if (id_contradicts_name(src->file)) {
		diag_warning(src->diag, source_pos(src, "VLAN_ID"),
			     "VLAN_ID=%s ignored: the name of %s says VLAN %s",
			     ifcfg_own_value(src->file, "VLAN_ID"), src->file->device,
			     text);
		diag_hint(src->diag, "correct or remove it; VID takes precedence over "
				     "the name");
	}
	if (!text &&
	    (is_lost_error(src->file, "VID") || is_lost_error(src->file, "VLAN_ID")))
		return;
	if (!text) {
		diag_error(src->diag, meant_at(src),
			   "%s is a VLAN, but its id is missing", src->file->device);
		diag_hint(src->diag, "add VID=100, or whatever it is");
		return;
	}
	if (num_parse_u32(text, VLAN_ID_MAX, &id) < 0) {
		diag_error(src->diag, source_pos(src, key),
			   "'%s' is not the id of a VLAN", text);
		diag_hint(src->diag, "it is 0 to %d", VLAN_ID_MAX);
		return;
	}
	/* Leading zeros of vlan0100 were cut off. */
	if (text != number_in_device(src->file->device) && strtoul(text, NULL, 8) != id &&
	    text[0] == '0') {
		diag_warning(src->diag, source_pos(src, key),
			     "'%s' is taken as VLAN %u: network-scripts read a leading "
			     "zero as octal",
			     text, id);
		diag_hint(src->diag, "write it without the zero");
	}
	vlan->id = (uint16_t)id;
}

/* ---- parent ---- */

static void judge_parent(const struct source *src, const struct iface *iface)
{
	const char *written = source_value(src, "PHYSDEV");
	const char *parent = src->file->parent;

	/* Without an id, which is reported, it is not read. */
	if (!parent && (written || is_lost_error(src->file, "PHYSDEV")))
		return;
	if (!parent) {
		diag_error(src->diag, meant_at(src),
			   "%s is a VLAN, but PHYSDEV is missing", iface->name);
		diag_hint(src->diag, "add PHYSDEV= with its parent interface");
		return;
	}
	if (!ifname_is_valid(parent)) {
		diag_error(src->diag, source_pos(src, "PHYSDEV"),
			   "PHYSDEV='%s' is not the name of an interface, nor the UUID "
			   "of a file",
			   parent);
		diag_hint(src->diag, "name the interface: PHYSDEV=%.*s",
			  strchr(parent, ':') ? (int)strcspn(parent, ":") : 5,
			  strchr(parent, ':') ? parent : "bond0");
		return;
	}
	if (!written || id_key(src->file) || !vlan_dot(iface->name) ||
	    strcmp(source_device(src, "PHYSDEV"), parent) == 0)
		return;
	diag_warning(src->diag, source_pos(src, "PHYSDEV"),
		     "PHYSDEV=%s ignored: by its name, %s is stacked on %s", written,
		     iface->name, parent);
	diag_hint(src->diag, "remove it, or add VID to have it count");
}

/* ---- flags ---- */

static const struct flag {
	const char *name; /* in VLAN_FLAGS, and in a key of its own */
	uint32_t bit;
	bool has_key;
} vlan_flag_names[] = {
	{ "REORDER_HDR", VLAN_FLAG_REORDER_HDR, true },
	{ "GVRP", VLAN_FLAG_GVRP, true },
	{ "LOOSE_BINDING", VLAN_FLAG_LOOSE_BINDING, false },
	{ "MVRP", VLAN_FLAG_MVRP, true },
};

static bool add_flag(const char *word, size_t len, uint32_t *bits)
{
	for (size_t i = 0; i < ARRAY_SIZE(vlan_flag_names); i++)
		if (strlen(vlan_flag_names[i].name) == len &&
		    strncasecmp(vlan_flag_names[i].name, word, len) == 0) {
			*bits |= vlan_flag_names[i].bit;
			return true;
		}
	return false;
}

/* Names separated by blanks or commas, or the kernel's number. */
static uint32_t read_flags_key(const struct source *src)
{
	const char *value = source_value(src, "VLAN_FLAGS");
	uint32_t bits = 0;

	if (!value || num_parse_u32(value, UINT8_MAX, &bits) == 0)
		return bits;
	for (const char *word = value; *word;) {
		size_t len = strcspn(word, " \t\r\n,|");

		if (len && !add_flag(word, len, &bits)) {
			diag_warning(src->diag, source_pos(src, "VLAN_FLAGS"),
				     "VLAN_FLAGS: '%.*s' ignored: it is not a flag",
				     (int)len, word);
			diag_hint(src->diag, "there are REORDER_HDR, GVRP, "
					     "LOOSE_BINDING and MVRP");
		}
		word += len + (word[len] != '\0');
	}
	return bits;
}

/* A flag's own key takes precedence over VLAN_FLAGS. */
static void read_vlan_flags(const struct source *src, struct vlan *vlan)
{
	uint32_t listed = read_flags_key(src);

	vlan->flags = listed | VLAN_FLAG_REORDER_HDR;
	for (size_t i = 0; i < ARRAY_SIZE(vlan_flag_names); i++) {
		const char *value = vlan_flag_names[i].has_key
					    ? source_value(src, vlan_flag_names[i].name)
					    : NULL;

		if (value && ifcfg_is_true(value))
			vlan->flags |= vlan_flag_names[i].bit;
		if (!value || !ifcfg_is_false(value))
			continue;
		vlan->flags &= ~vlan_flag_names[i].bit;
		if (!(listed & vlan_flag_names[i].bit))
			continue;
		diag_warning(src->diag, source_pos(src, vlan_flag_names[i].name),
			     "%s=%s overrules VLAN_FLAGS", vlan_flag_names[i].name,
			     value);
		diag_hint(src->diag, "remove one of the two");
	}
}

static void read_protocol(const struct source *src, struct vlan *vlan)
{
	const char *value = source_value(src, "VLAN_PROTOCOL");

	vlan->protocol = ETH_P_8021Q;
	if (!value || strcasecmp(value, "802.1Q") == 0)
		return;
	if (strcasecmp(value, "802.1ad") == 0) {
		vlan->protocol = ETH_P_8021AD;
		return;
	}
	diag_warning(src->diag, source_pos(src, "VLAN_PROTOCOL"),
		     "VLAN_PROTOCOL='%s' ignored: it is not a VLAN protocol", value);
	diag_hint(src->diag, "it is 802.1Q or 802.1ad");
}

/* ---- maps ---- */

static bool read_priority_pair(const char *word, size_t len, struct arena *arena,
			       struct vlan_map *ret)
{
	const char *colon = memchr(word, ':', len);
	const char *from, *to;

	if (!colon)
		return false;
	from = arena_strndup(arena, word, (size_t)(colon - word));
	to = arena_strndup(arena, colon + 1, len - (size_t)(colon + 1 - word));
	return num_parse_u32(from, UINT32_MAX, &ret->from) == 0 &&
	       num_parse_u32(to, UINT32_MAX, &ret->to) == 0;
}

/* One of the two sides is the frame's, with three bits. */
static bool fits(const struct vlan_map *pair, bool egress)
{
	return (egress ? pair->to : pair->from) <= PRIORITY_MAX;
}

/* A later pair replaces an earlier one; 0 is the default anyway. */
static void put_priority_pair(struct arena *arena, const struct vlan_map *pair,
			      struct vlan_map **maps, size_t *n, size_t *cap)
{
	for (size_t i = 0; i < *n; i++)
		if ((*maps)[i].from == pair->from) {
			(*maps)[i] = *pair;
			return;
		}
	ARENA_PUSH(arena, *maps, *n, *cap, *pair);
}

static void drop_zeros(struct vlan_map *maps, size_t *n)
{
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++)
		if (maps[i].to)
			maps[kept++] = maps[i];
	*n = kept;
	if (kept)
		qsort(maps, kept, sizeof(*maps), vlan_map_by_from);
}

static void read_priority_map(const struct source *src, const char *key, bool egress,
			      struct vlan_map **maps, size_t *n, size_t *cap)
{
	const char *word = source_value(src, key);

	while (word && *word) {
		size_t len = strcspn(word, " \t\r\n,");
		struct vlan_map pair;

		if (len && read_priority_pair(word, len, src->loader->arena, &pair) &&
		    fits(&pair, egress))
			put_priority_pair(src->loader->arena, &pair, maps, n, cap);
		else if (len) {
			diag_warning(src->diag, source_pos(src, key),
				     "%s: '%.*s' ignored: it is not a pair of priorities",
				     key, (int)len, word);
			diag_hint(src->diag,
				  egress ? "it reads like 3:5, the second being the "
					   "frame's priority, 0 to 7"
					 : _("it reads like 5:3, the first being the "
					     "frame's priority, 0 to 7"));
		}
		word += len + (word[len] != '\0');
	}
	drop_zeros(*maps, n);
}

/* network-scripts knew VLAN= only, NetworkManager TYPE=Vlan as well. */
static void judge_kind(const struct source *src)
{
	const char *says = ifcfg_own_value(src->file, "VLAN");

	if (!says || !ifcfg_is_false(says))
		return;
	diag_warning(src->diag, ifcfg_pos(src->file, "VLAN"),
		     "VLAN=%s has no effect: TYPE=Vlan makes %s a VLAN", says,
		     src->file->device);
	diag_hint(src->diag, "write VLAN=yes, or remove TYPE=Vlan");
}

int iface_read_vlan(const struct source *src, struct iface *iface)
{
	struct vlan *vlan = &iface->vlan;

	judge_kind(src);
	judge_parent(src, iface);
	read_vlan_id(src, vlan);
	read_vlan_flags(src, vlan);
	read_protocol(src, vlan);
	read_priority_map(src, "VLAN_EGRESS_PRIORITY_MAP", true, &vlan->egress,
			  &vlan->n_egress, &vlan->egress_cap);
	read_priority_map(src, "VLAN_INGRESS_PRIORITY_MAP", false, &vlan->ingress,
			  &vlan->n_ingress, &vlan->ingress_cap);
	return 0;
}
