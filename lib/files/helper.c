/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Types that need a helper program from another package, and the names of these programs.
 */
#include "lib/files/helper.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "lib/base/language.h"
#include "lib/files/loader.h"

#define NETWORK_SCRIPTS \
	N_("it came with network-scripts: copy it and what it needs from there")
#define OPENVSWITCH N_("the package openvswitch has it")
#define A_BOND                                                              \
	N_("the package teamd has it; a bond does the same: TYPE=Bond and " \
	   "BONDING_OPTS, and MASTER and SLAVE=yes in the files of its ports")

/**
 * struct helped_type - a TYPE that network-scripts left to a helper
 * @word: the program is ifup-WORD
 * @hint: where to get it; NULL if, without the program, it is treated as a network card
 * @is_family: more letters may follow
 * @leaves: what exists in the kernel once the helper has ended
 */
static const struct helped_type {
	const char *type, *word, *hint;
	bool is_family;
	enum helper_leaves leaves;
} helped_types[] = {
	{ "OVSBond", "ovs", OPENVSWITCH, false, HELPER_NOTHING },
	{ "OVSPatchPort", "ovs", OPENVSWITCH, false, HELPER_NOTHING },
	{ "OVSTunnel", "ovs", OPENVSWITCH, false, HELPER_NOTHING },
	{ "OVSDPDK", "ovs", OPENVSWITCH, true, HELPER_NOTHING },
	{ "OVS", "ovs", OPENVSWITCH, true, HELPER_LINK },
	{ "Team", "Team", A_BOND, false, HELPER_LINK },
	{ "TeamPort", "TeamPort", A_BOND, false, HELPER_LINK },
	{ "InfiniBand", "ib", NULL, false, HELPER_LINK },
	{ "Modem", "ppp", N_("the package ppp has it"), false, HELPER_LATE },
	{ "xDSL", "ppp", N_("the packages ppp and rp-pppoe have it"), false,
	  HELPER_LATE },
	{ "ISDN", "ippp", N_("the package isdn4k-utils has it"), false, HELPER_LATE },
	{ "IPSEC", "ipsec", N_("the package libreswan, or network-scripts, has it"),
	  false, HELPER_LATE },
	{ "GRE", "tunnel", NETWORK_SCRIPTS, false, HELPER_LINK },
	{ "GRE6", "tunnel", NETWORK_SCRIPTS, false, HELPER_LINK },
	{ "IPIP", "tunnel", NETWORK_SCRIPTS, false, HELPER_LINK },
	{ "IPIP6", "tunnel", NETWORK_SCRIPTS, false, HELPER_LINK },
	{ "SIT", "sit", NETWORK_SCRIPTS, false, HELPER_LINK },
	{ "CTC", "ctc", NETWORK_SCRIPTS, false, HELPER_LATE },
	{ "CIPE", "cipcb", NETWORK_SCRIPTS, false, HELPER_LATE },
};

static const struct helped_type *find_helped_type(const char *type)
{
	for (size_t i = 0; type && i < ARRAY_SIZE(helped_types); i++)
		if (helped_types[i].is_family
			    ? strncasecmp(type, helped_types[i].type,
					  strlen(helped_types[i].type)) == 0
			    : strcasecmp(type, helped_types[i].type) == 0)
			return &helped_types[i];
	return NULL;
}

bool helper_has_type(const char *type)
{
	const struct helped_type *row = find_helped_type(type);

	return row && row->hint;
}

static bool is_listed_word(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (strcasecmp(word, *list) == 0)
			return true;
	return false;
}

/* Types that we handle ourselves, whatever programs exist. */
static bool type_is_ours(const char *type)
{
	static const char *const ours[] = { "Ethernet", "Bond",           "Vlan",
					    "Bridge",   "Dummy",          "Veth",
					    "Wireless", N_("Token Ring"), "Tap",
					    NULL };

	return is_listed_word(type, ours);
}

/* Not helpers, but parts of network-scripts, which a device may share its name with. */
static bool is_internal(const char *word)
{
	static const char *const parts[] = { "eth",      "post",      "routes",
					     "aliases",  "ipv6",      "local",
					     "wireless", "pre-local", NULL };

	return is_listed_word(word, parts);
}

/**
 * struct call - the helper that a file needs
 * @key: the reason; NULL if it is only the name of the device
 * @type: its row, or NULL
 * @words: candidates for the program's name; the first one that exists is used
 */
struct call {
	const char *key;
	const struct helped_type *type;
	const char *words[2];
};

/* DEVICE without its number. */
static const char *stem_of(struct loader *loader, const char *device)
{
	size_t len = strlen(device);

	while (len && strchr("0123456789", device[len - 1]))
		len--;
	return arena_strndup(loader->arena, device, len);
}

/* Return: whether the file needs a helper. */
static bool read_helper_call(const struct ifcfg *file, bool is_ours, struct call *ret)
{
	const char *type = ifcfg_own_value(file, "TYPE");
	const char *device_type = ifcfg_own_value(file, "DEVICETYPE");
	const struct helped_type *row = find_helped_type(type);
	const char *key = row           ? "TYPE"
			  : device_type ? "DEVICETYPE"
			  : type        ? "TYPE"
					: NULL;

	if (!row && type && type_is_ours(type))
		return false;
	if (!row)
		row = find_helped_type(device_type);
	/* For ports, and for what we make ourselves, a similar name is not sufficient. */
	if ((!row || !row->hint) && (is_ours || file->master || file->bridge))
		return false;
	*ret = (struct call){ key, row, { row ? row->word : device_type, type } };
	return true;
}

static int find_helper_program(struct loader *loader, const char *prefix,
			       const struct call *call, const char **ret)
{
	for (size_t i = 0; i < ARRAY_SIZE(call->words); i++) {
		const char *word = call->words[i], *name;
		int r;

		if (!word || !*word || is_internal(word))
			continue;
		name = arena_printf(loader->arena, "%s-%s", prefix, word);
		r = ifcfg_dir_program(&loader->dir, name, loader->diag, ret);
		if (r != -ENOENT)
			return r;
	}
	return 0;
}

static void tell_helper_missing(struct loader *loader, const struct ifcfg *file,
				const struct call *call)
{
	diag_error(loader->diag, ifcfg_pos(file, call->key),
		   "%s=%s needs a helper program that is not there: %s/ifup-%s",
		   call->key, ifcfg_own_value(file, call->key), loader->dir.path,
		   call->words[0]);
	diag_hint(loader->diag, "%s", _(call->type->hint));
}

int helper_find(struct loader *loader, const struct ifcfg *file, bool is_ours,
		struct helper **ret)
{
	struct helper helper = { 0 };
	struct call call;
	int r;

	if (!read_helper_call(file, is_ours, &call))
		return 0;
	if (!call.words[0])
		call.words[0] = stem_of(loader, file->device);
	r = find_helper_program(loader, "ifup", &call, &helper.up);
	if (r < 0)
		return r;
	if (!helper.up) {
		if (call.type && call.type->hint)
			tell_helper_missing(loader, file, &call);
		return 0;
	}
	helper.pos = ifcfg_pos(file, call.key ? call.key : "DEVICE");
	helper.leaves = call.type ? call.type->leaves : HELPER_UNKNOWN;
	helper.on = ifcfg_own_value(file, "OVS_BRIDGE");
	r = find_helper_program(loader, "ifdown", &call, &helper.down);
	if (r < 0)
		return r;
	*ret = arena_memdup(loader->arena, &helper, sizeof(helper));
	return 0;
}
