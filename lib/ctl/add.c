/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ifcfgctl add: writes the files of a new bond, port, VLAN and so on. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/ctl/adopt.h"
#include "lib/ctl/cards.h"
#include "lib/ctl/complete.h"
#include "lib/ctl/write.h"
#include "lib/files/bond.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/model/bond-options.h"
#include "lib/model/option-load.h"
#include "parsers/shellvar-edit.h"

/* Options that take a value; each may be given several times. */
enum add_option {
	ADD_MODE,
	ADD_OPTION,
	ADD_SLAVE,
	ADD_BOND,
	ADD_PARENT,
	ADD_ID,
	ADD_ADDRESS,
	ADD_GATEWAY,
	ADD_DNS,
	ADD_KEY,
	ADD_COUNT
};

#define WORDS_MAX 64

/* struct given - the value of an option */
struct given {
	const char *words[WORDS_MAX];
	int n;
};

struct add_settings {
	struct write_settings write;
	bool adopt, dhcp;
	struct given of[ADD_COUNT];
};

/* struct adding - what is being added; @file: the name of its ifcfg file */
struct adding {
	struct ctl *ctl;
	const struct add_settings *settings;
	struct drafts drafts;
	struct ifcfg_dir dir;
	struct adopted adopted;
	const char *name, *file;
	struct strbuf text;
};

static const char *last(const struct adding *adding, enum add_option option)
{
	const struct given *given = &adding->settings->of[option];

	return given->n ? given->words[given->n - 1] : NULL;
}

static int wrong_word(struct adding *adding, const char *what, const char *word,
		      const char *hint)
{
	diag_error(adding->ctl->run.diag, (struct pos){ 0 }, "'%s' %s", word, what);
	if (hint)
		diag_hint(adding->ctl->run.diag, "%s", hint);
	return -EINVAL;
}

/* ---- addresses ---- */

static int take_given_addrs(struct adding *adding)
{
	const struct given *given = &adding->settings->of[ADD_ADDRESS];
	struct adopted *adopted = &adding->adopted;

	for (int i = 0; i < given->n; i++) {
		struct ip_net net;

		if (ip_net_parse(given->words[i], &net) < 0)
			return wrong_word(adding,
					  _("is not an address with a prefix length"),
					  given->words[i],
					  _("192.168.1.22/24, for example"));
		ARENA_PUSH(adopted->arena, adopted->addrs, adopted->n, adopted->cap, net);
	}
	return 0;
}

/* Before those of cards. */
static void take_given_dns(struct adding *adding)
{
	const struct given *dns = &adding->settings->of[ADD_DNS];

	for (int i = 0; i < dns->n; i++)
		adopted_give_number(&adding->adopted, "DNS1", dns->words[i]);
}

static int take_given_gateways(struct adding *adding)
{
	const struct given *given = &adding->settings->of[ADD_GATEWAY];

	for (int i = 0; i < given->n; i++) {
		struct ip gateway;

		if (ip_parse(given->words[i], AF_UNSPEC, &gateway) < 0)
			return wrong_word(adding, _("is not the address of a gateway"),
					  given->words[i], NULL);
		adding->adopted.gateways[gateway.family == AF_INET6] = gateway;
		if (gateway.family == AF_INET)
			adding->adopted.metric = 0;
	}
	return 0;
}

/*
 * An address with a label, or another peer or scope than the others, gets a file of its
 * own.
 */
static int put_new_alias(struct adding *adding, const struct ip_net *net)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	const char *label = NULL, *file;
	char addr[IP_TEXT_MAX];
	struct ip_net alone = *net;
	int r = adopted_give_label(&adding->drafts, &adding->adopted, adding->name,
				   net->tail, &label);

	alone.tail = NULL;

	if (r < 0)
		return r;
	ifcfg_text_key(&text, "DEVICE", label);
	ifcfg_text_addrs(&text, &alone, 1);
	file = arena_printf(adding->drafts.arena, "ifcfg-%s", label);
	diag_notice(adding->ctl->run.diag, (struct pos){ 0 },
		    "%s becomes %s: its %s not that of the other addresses",
		    ip_format_prefix(&net->addr, net->prefix_len, addr), label,
		    net->tail ? _("label is") : _("peer or scope is"));
	return drafts_put(&adding->drafts, file, strbuf_text(&text));
}

static int add_new_addrs(struct adding *adding)
{
	const struct adopted *adopted = &adding->adopted;
	struct ip_net *ours = NULL;
	size_t n = 0, cap = 0;
	int r = 0;

	for (size_t i = 0; i < adopted->n && r == 0; i++)
		if (ifcfg_text_fits(adopted->addrs, adopted->n, i))
			ARENA_PUSH(adding->drafts.arena, ours, n, cap, adopted->addrs[i]);
		else
			r = put_new_alias(adding, &adopted->addrs[i]);
	ifcfg_text_addrs(&adding->text, ours, n);
	return r;
}

/* The addresses and gateways; name servers are among the keys. */
static int add_new_network(struct adding *adding)
{
	const struct adopted *adopted = &adding->adopted;
	int r = take_given_gateways(adding);

	if (r == 0)
		r = add_new_addrs(adding);
	for (size_t i = 0; i < ARRAY_SIZE(adopted->gateways); i++)
		if (ip_is_set(&adopted->gateways[i]))
			ifcfg_text_gateway(&adding->text, &adopted->gateways[i]);
	if (adopted->metric)
		ifcfg_text_keyf(&adding->text, "METRIC", "%" PRIu32, adopted->metric);
	return r;
}

static void add_protocol(struct adding *adding)
{
	bool is_dhcp = adding->settings->dhcp || (adding->adopted.is_leased &&
						  !adding->settings->of[ADD_ADDRESS].n);

	ifcfg_text_key(&adding->text, "ONBOOT", "yes");
	ifcfg_text_key(&adding->text, "BOOTPROTO", is_dhcp ? "dhcp" : "none");
}

/* ---- the keys ---- */

/* The keys of the cards' files, and those given on the command line. */
static int add_keys(struct adding *adding)
{
	const struct given *given = &adding->settings->of[ADD_KEY];
	const struct adopted *adopted = &adding->adopted;
	int r = 0;

	for (size_t i = 0; i < adopted->n_keys && r == 0; i++)
		r = drafts_set(&adding->drafts, adding->file, adopted->keys[i].key,
			       adopted->keys[i].value);
	return r == 0 ? write_set_words(&adding->drafts, adding->file, given->n,
					given->words)
		      : r;
}

static int put_routes(struct adding *adding, const char *prefix,
		      const struct strbuf *lines)
{
	const char *name =
		arena_printf(adding->drafts.arena, "%s-%s", prefix, adding->name);

	return lines->len ? drafts_put(&adding->drafts, name, strbuf_text(lines)) : 0;
}

static int put_new_files(struct adding *adding)
{
	int r = drafts_put(&adding->drafts, adding->file, strbuf_text(&adding->text));

	if (r == 0)
		r = put_routes(adding, "route", &adding->adopted.routes);
	if (r == 0)
		r = put_routes(adding, "route6", &adding->adopted.routes6);
	return r == 0 ? add_keys(adding) : r;
}

/* Return: 0 if the name is free; -EINVAL, reported. */
static int judge_new_name(struct adding *adding)
{
	const struct ifcfg *file =
		bind_find(&adding->ctl->run.devices, &adding->dir, adding->name);

	if (!file && ifname_is_valid(adding->name))
		return 0;
	if (!file)
		return wrong_word(
			adding, _("is not a name for an interface"), adding->name,
			_("it has 1 to 15 bytes, no blank, '/' or ':', and begins "
			  "with no '-'"));
	diag_error(adding->ctl->run.diag, (struct pos){ file->path, 0 },
		   _("%s is configured already"), adding->name);
	diag_hint_words(adding->ctl->run.diag, "`ifcfgctl set %s KEY=VALUE` changes it",
			adding->name);
	return -EINVAL;
}

/* ---- bonds ---- */

static void judge_new_values(struct option_values *values, const char *bond,
			     struct diag *diag)
{
	options_validate(values, diag);
	bond_options_judge_monitor(values, bond, (struct pos){ 0 }, diag);
}

/* Mistakes in them are errors here, since nobody has booted with them yet. */
static int judge_new_options(struct adding *adding, const char *text)
{
	struct bond_port_wishes ports = { 0 };
	struct option_values *values =
		option_values_new(&bond_table, adding->drafts.arena);
	struct diag *diag = adding->ctl->run.diag;
	size_t errors = diag_errors(diag);
	int r;

	diag_set_strict(diag, true);
	r = options_load(text, (struct pos){ 0 }, adding->drafts.arena, diag, values,
			 &ports);
	if (r == 0)
		judge_new_values(values, adding->name, diag);
	diag_set_strict(diag, false);
	return r == 0 && diag_errors(diag) > errors ? -EINVAL : r;
}

/* One --option may have several, as BONDING_OPTS has them. */
static bool is_option_named(const char *text, const char *name)
{
	const size_t len = strlen(name);
	const char *at = text;

	while ((at = strstr(at, name)) &&
	       (at[len] != '=' || (at > text && !strchr(" ,;", at[-1]))))
		at += len;
	return at;
}

/* A bond without link monitoring never fails over, so it gets some by default. */
static int add_bonding_opts(struct adding *adding)
{
	const struct given *options = &adding->settings->of[ADD_OPTION];
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY, given = STRBUF_EMPTY;
	const char *mode = last(adding, ADD_MODE);
	int r;

	for (int i = 0; i < options->n; i++)
		strbuf_addf(&given, "%s%s", i ? " " : "", options->words[i]);
	if (mode)
		strbuf_addf(&text, "mode=%s ", mode);
	if (!is_option_named(strbuf_text(&given), "miimon") &&
	    !is_option_named(strbuf_text(&given), "arp_interval"))
		strbuf_addf(&text, "miimon=100%s", given.len ? " " : "");
	strbuf_add(&text, strbuf_text(&given));
	r = judge_new_options(adding, strbuf_text(&text));
	if (r == 0)
		ifcfg_text_key(&adding->text, "BONDING_OPTS", strbuf_text(&text));
	return r;
}

/*
 * What the new interface needs and is neither there nor has a file gets a warning: it may come
 * later. Files of other trees are for other machines.
 */
static void judge_card(struct adding *adding, const char *name)
{
	struct run *run = &adding->ctl->run;
	const bool is_ours = run->options.state_file ||
			     strcmp(run->options.model.sysconfig, "/etc/sysconfig") == 0;
	const struct snapshot *have = is_ours ? devices_seen(&run->devices) : NULL;

	if (have && cards_is_missing(have, name) &&
	    (adding->settings->adopt ||
	     (have->n_links && !ifcfg_dir_find(&adding->dir, FIND_DEVICE, name).n)))
		cards_tell_missing(have, &adding->dir, name, DIAG_WARNING,
				   (struct pos){ 0 }, run->diag);
}

static int add_slaves(struct adding *adding, const struct given *slaves, const char *bond)
{
	_cleanup_snapshot_ struct snapshot *have = NULL;
	int r = 0, one;

	if (adding->settings->adopt)
		r = write_look(adding->ctl, &have);
	for (int i = 0; i < slaves->n && (r == 0 || r == -EINVAL); i++) {
		const char *name =
			write_device(adding->ctl, &adding->dir, slaves->words[i]);

		judge_card(adding, name);
		one = adopt_port(&adding->drafts, &adding->dir, have, name, bond,
				 &adding->adopted);
		r = one < 0 ? one : r;
	}
	return r;
}

static int add_new_bond(struct adding *adding)
{
	int r = take_given_addrs(adding);

	if (r == 0) /* the first one to be shown, and written */
		r = drafts_put(&adding->drafts, adding->file, "");
	if (r == 0)
		r = add_slaves(adding, &adding->settings->of[ADD_SLAVE], adding->name);
	if (r < 0)
		return r;
	ifcfg_text_key(&adding->text, "DEVICE", adding->name);
	ifcfg_text_kind(&adding->text, IFACE_BOND);
	add_protocol(adding);
	r = add_bonding_opts(adding);
	if (r == 0)
		r = add_new_network(adding);
	return r == 0 ? put_new_files(adding) : r;
}

/* ---- ports ---- */

/*
 * If the bond has its own file, the settings in a card's file are left for the
 * administrator to decide about.
 */
static void tell_left(const struct adding *adding, const char *bond)
{
	const struct ifcfg *file =
		bind_find(&adding->ctl->run.devices, &adding->dir, bond);

	for (size_t i = 0; i < adding->adopted.n_keys; i++) {
		const struct adopted_key *key = &adding->adopted.keys[i];
		const char *value = file ? ifcfg_own_value(file, key->key) : NULL;

		if ((value && strcmp(value, key->value) == 0) ||
		    ifcfg_key_find(key->key)->fate == FATE_COPIES)
			continue;
		diag_warning(adding->ctl->run.diag, key->pos,
			     "%s=%s of %s is not taken over: %s has its own file",
			     key->key, key->value, key->nic, bond);
		diag_hint_words(adding->ctl->run.diag, "`ifcfgctl set %s %s=%s` adds it",
				bond, key->key, key->value);
	}
}

/* The card may have a file: settings that do not fit a port have to be moved. */
static int add_slave(struct adding *adding)
{
	struct given slave = { .words = { adding->name }, .n = 1 };
	const struct given *keys = &adding->settings->of[ADD_KEY];
	const char *bond = last(adding, ADD_BOND);
	const struct ifcfg *file =
		bind_find(&adding->ctl->run.devices, &adding->dir, adding->name);
	int r;

	if (!bond)
		return wrong_word(adding, _("has no bond yet"), adding->name,
				  _("--bond says which one it joins"));
	bond = write_device(adding->ctl, &adding->dir, bond);
	if (!ifcfg_dir_find(&adding->dir, FIND_DEVICE, bond).n)
		return wrong_word(adding, _("is not configured"), bond,
				  _("`ifcfgctl add bond` writes a new one"));
	if (file)
		adding->file = file->name;
	r = add_slaves(adding, &slave, bond);
	tell_left(adding, bond);
	return r == 0 ? write_set_words(&adding->drafts, adding->file, keys->n,
					keys->words)
		      : r;
}

/* ---- VLANs ---- */

/* "bond0.10" contains both; options take precedence. */
static int find_parent(struct adding *adding, const char **ret_parent, uint32_t *ret_id)
{
	const char *dot = strrchr(adding->name, '.'), *id = last(adding, ADD_ID);

	*ret_parent = last(adding, ADD_PARENT);
	if (!*ret_parent && dot)
		*ret_parent = arena_strndup(adding->drafts.arena, adding->name,
					    (size_t)(dot - adding->name));
	if (!id && dot)
		id = dot + 1;
	if (*ret_parent)
		*ret_parent = write_device(adding->ctl, &adding->dir, *ret_parent);
	if (!*ret_parent || !id)
		return wrong_word(adding, _("does not contain its parent and id"),
				  adding->name, _("--parent and --id do"));
	if (num_parse_u32(id, VLAN_ID_MAX, ret_id) < 0)
		return wrong_word(adding, _("is not a VLAN's number"), id,
				  _("it is 0 to 4094"));
	return 0;
}

static int add_new_vlan(struct adding *adding)
{
	const char *parent = NULL;
	uint32_t id = 0;
	int r = find_parent(adding, &parent, &id);

	if (r == 0)
		r = take_given_addrs(adding);
	if (r < 0)
		return r;
	judge_card(adding, parent);
	ifcfg_text_key(&adding->text, "DEVICE", adding->name);
	ifcfg_text_kind(&adding->text, IFACE_VLAN);
	ifcfg_text_key(&adding->text, "PHYSDEV", parent);
	ifcfg_text_keyf(&adding->text, "VLAN_ID", "%" PRIu32, id);
	add_protocol(adding);
	r = add_new_network(adding);
	return r == 0 ? put_new_files(adding) : r;
}

/* ---- the command ---- */

#define BIT(option) (1U << (option))
#define NETWORK     (BIT(ADD_ADDRESS) | BIT(ADD_GATEWAY) | BIT(ADD_DNS) | BIT(ADD_KEY))

/* @takes: the options; @adopts, @is_new: it accepts --adopt; its name must be free */
static const struct kind {
	const char *name;
	unsigned int takes;
	bool adopts, is_new;
	int (*add)(struct adding *adding);
} add_kinds[] = {
	{ "bond", BIT(ADD_MODE) | BIT(ADD_OPTION) | BIT(ADD_SLAVE) | NETWORK, true, true,
	  add_new_bond },
	{ "slave", BIT(ADD_BOND) | BIT(ADD_KEY), false, false, add_slave },
	{ "vlan", BIT(ADD_PARENT) | BIT(ADD_ID) | NETWORK, false, true, add_new_vlan },
};

static const char *const kind_words[] = { "bond", "slave", "vlan", NULL };
static const struct ctl_offer offer_kinds = { kind_words, NULL };

static const struct kind *find_new_kind(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(add_kinds); i++)
		if (strcmp(add_kinds[i].name, name) == 0)
			return &add_kinds[i];
	return NULL;
}

static bool give(void *settings, enum add_option option, const char *word)
{
	struct given *given = &((struct add_settings *)settings)->of[option];

	if (given->n == WORDS_MAX)
		return false;
	given->words[given->n++] = word;
	return true;
}

#define SETTER(name, option)                                    \
	static bool name(void *settings, const char *word)      \
	{                                                       \
		return *word && give(settings, (option), word); \
	}
SETTER(set_mode, ADD_MODE)
SETTER(set_option, ADD_OPTION)
SETTER(set_slave, ADD_SLAVE)
SETTER(set_bond, ADD_BOND)
SETTER(set_parent, ADD_PARENT)
SETTER(set_id, ADD_ID)
SETTER(set_address, ADD_ADDRESS)
SETTER(set_gateway, ADD_GATEWAY)
SETTER(set_dns, ADD_DNS)
SETTER(set_key, ADD_KEY)

static const struct ctl_option add_options[] = {
	[ADD_MODE] = { "mode", "MODE", N_("of a bond: active-backup, 802.3ad …"), 0,
		       set_mode, &offer_modes },
	[ADD_OPTION] = { "option", "NAME=VALUE", N_("of a bond: one of BONDING_OPTS"), 0,
			 set_option, &offer_options },
	[ADD_SLAVE] = { "slave", "NIC", N_("of a bond: a port of it"), 0, set_slave,
			&offer_cards },
	[ADD_BOND] = { "bond", "BOND", N_("of a slave: what it joins"), 0, set_bond,
		       &offer_bonds },
	[ADD_PARENT] = { "parent", "DEVICE", N_("of a VLAN: its parent"), 0, set_parent,
			 &offer_configured },
	[ADD_ID] = { "id", "NUMBER", N_("of a VLAN: its number"), 0, set_id, NULL },
	[ADD_ADDRESS] = { "address", "IP/LENGTH", N_("an address, of IPv4 or IPv6"), 0,
			  set_address, NULL },
	[ADD_GATEWAY] = { "gateway", "IP", N_("where the default route leads to"), 0,
			  set_gateway, NULL },
	[ADD_DNS] = { "dns", "IP", N_("a name server"), 0, set_dns, NULL },
	[ADD_KEY] = { "key", "KEY=VALUE", N_("any other key of ifcfg-bond(5)"), 0,
		      set_key, &offer_keys },
	[ADD_COUNT] = { "dhcp", NULL, N_("gets its address by DHCP"),
			offsetof(struct add_settings, dhcp), NULL, NULL },
	{ "adopt", NULL, N_("the bond gets the addresses that the slaves have now"),
	  offsetof(struct add_settings, adopt), NULL, NULL },
	WRITE_OPTIONS,
	{ 0 },
};

/* Whether all options are of that kind; otherwise reports it. */
static bool judge_options_given(const struct kind *kind,
				const struct add_settings *settings)
{
	char why[80] = "";

	for (unsigned int i = 0; i < ADD_COUNT; i++)
		if (settings->of[i].n && !(kind->takes & BIT(i)))
			snprintf(why, sizeof(why), _("a %s has no --%s"), kind->name,
				 add_options[i].name);
	if (settings->adopt && !kind->adopts)
		snprintf(why, sizeof(why), _("--adopt goes with a new bond"));
	if (settings->dhcp && !(kind->takes & BIT(ADD_ADDRESS)))
		snprintf(why, sizeof(why), _("a %s has no --dhcp"), kind->name);
	if (*why)
		ctl_usage(&ctl_add, why);
	return !*why && write_settings_judge(&ctl_add, &settings->write);
}

/* --key BONDING_OPTS=mode=1 miimon=100, or without --key; NULL for neither */
static const char *find_bonding_words(const struct add_settings *settings, char **words)
{
	static const char start[] = "BONDING_OPTS=";
	const struct given *keys = &settings->of[ADD_KEY];

	for (int i = 0; i < keys->n; i++)
		if (strncmp(keys->words[i], start, strlen(start)) == 0)
			return keys->words[i];
	return strncmp(words[0], start, strlen(start)) == 0 ? words[0] : NULL;
}

static void hint_quotes(struct diag *diag, const char *first, int n, char **words)
{
	_cleanup_strbuf_ struct strbuf all = STRBUF_EMPTY;

	strbuf_add(&all, first);
	for (int i = 0; i < n; i++)
		if (words[i] != first)
			strbuf_addf(&all, " %s", words[i]);
	diag_hint(diag, "put the value in quotes: --key '%s'", strbuf_text(&all));
}

/* What the shell parted, or what lacks the option before it: @words after the name. */
static int tell_more_words(const struct adding *adding, const struct kind *kind, int n,
			   char **words)
{
	struct diag *diag = adding->ctl->run.diag;
	const char *first = find_bonding_words(adding->settings, words);
	const char *equals = strchr(words[0], '=');
	char name[64];

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(words[0], "="), words[0]);
	diag_error(diag, (struct pos){ 0 }, "'%s' is a word too many", words[0]);
	if (first && n > (first == words[0]))
		hint_quotes(diag, first, n, words);
	else if (equals && bond_is_option(name))
		diag_hint(diag, "write --option %s", words[0]);
	else if (equals && ifcfg_key_find(name))
		diag_hint(diag, "write --key %s", words[0]);
	else if (kind->takes & BIT(ADD_SLAVE))
		diag_hint(diag, "ports of the bond: --slave %s, one for each", words[0]);
	else
		diag_hint(diag, "`ifcfgctl add --help` lists the options");
	return EXIT_USAGE;
}

static void release_adding(struct adding *adding)
{
	strbuf_release(&adding->text);
	adopted_release(&adding->adopted);
	ifcfg_dir_release(&adding->dir);
	drafts_release(&adding->drafts);
}

static int prepare_adding(struct adding *adding)
{
	int r = write_begin(adding->ctl, !adding->settings->write.dry_run,
			    &adding->drafts);

	adding->adopted.arena = adding->drafts.arena;
	if (r == 0)
		adding->file =
			arena_printf(adding->drafts.arena, "ifcfg-%s", adding->name);
	return r == 0 ? write_read(adding->ctl, &adding->drafts, &adding->dir) : r;
}

/* With --strict, settings that are not taken over are an error like others. */
static int add_new_files(struct adding *adding, const struct kind *kind)
{
	struct diag *diag = adding->ctl->run.diag;
	size_t errors = diag_errors(diag);
	int r;

	diag_set_strict(diag, adding->settings->write.strict);
	r = kind->add(adding);
	diag_set_strict(diag, false);
	return r == 0 && diag_errors(diag) > errors ? -EINVAL : r;
}

static int run_add(struct ctl *ctl, int n, char **words)
{
	_cleanup_(release_adding) struct adding adding = { .ctl = ctl,
							   .settings = ctl->settings,
							   .name = words[1] };
	const struct kind *kind = find_new_kind(words[0]);
	int r;

	if (!kind)
		return ctl_usage(&ctl_add, "what is added is a bond, slave or vlan");
	if (n > 2)
		return tell_more_words(&adding, kind, n - 2, words + 2);
	if (!judge_options_given(kind, adding.settings))
		return EXIT_USAGE;
	r = prepare_adding(&adding);
	if (r == 0)
		take_given_dns(&adding);
	if (r == 0 && kind->is_new)
		r = judge_new_name(&adding);
	if (r == 0)
		r = add_new_files(&adding, kind);
	if (r < 0)
		return write_failed(r);
	return write_finish(ctl, &adding.drafts, &adding.settings->write, adding.file);
}

const struct ctl_command ctl_add = {
	.name = "add",
	.args = "bond|slave|vlan NAME",
	.what = N_("write the files of a new bond, port or VLAN"),
	.example = "add bond bond0 --slave ens33 --slave ens36 --dhcp",
	.first = &offer_kinds,
	.options = add_options,
	.settings_size = sizeof(struct add_settings),
	.min_words = 2,
	.max_words = CTL_MANY,
	.run = run_add,
};
