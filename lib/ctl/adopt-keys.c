/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The keys of a network card that becomes the port of a bond: moved, or reported; none is
 * lost.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/ctl/adopt-card.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/model/rt-names.h"

/* ---- names ---- */

static bool is_name_of_len(const char *name, const char *text, size_t len)
{
	return name && strncmp(text, name, len) == 0 && !name[len];
}

bool card_is_called(const struct card *card, const char *text, size_t len)
{
	const char *written = card->file ? ifcfg_own_value(card->file, "DEVICE") : NULL;

	if (is_name_of_len(card->name, text, len) || is_name_of_len(written, text, len))
		return true;
	for (const struct snap_name *at = card->link ? card->link->altnames : NULL; at;
	     at = at->next)
		if (is_name_of_len(at->name, text, len))
			return true;
	return false;
}

/* Characters that may precede a name, as in fe80::1%ens33; in a label, one follows it. */
#define BEFORE_WORD " \t\n%=\"'"
#define AFTER_WORD  " \t\r\n:\"'"

const char *card_rename(const struct card *card, const char *text)
{
	_cleanup_strbuf_ struct strbuf out = STRBUF_EMPTY;

	while (*text) {
		const size_t before = strspn(text, BEFORE_WORD AFTER_WORD);
		const size_t len = strcspn(text + before, BEFORE_WORD AFTER_WORD);
		const char *word = text + before, *end = word + len;
		const bool is_ours = len && card_is_called(card, word, len) &&
				     (!before || strchr(BEFORE_WORD, word[-1])) &&
				     (!*end || strchr(AFTER_WORD, *end));

		strbuf_addn(&out, text, before);
		if (is_ours)
			strbuf_add(&out, card->bond);
		else
			strbuf_addn(&out, word, len);
		text = end;
	}
	return arena_strdup(card->drafts->arena, strbuf_text(&out));
}

/* ---- what the bond has already ---- */

/* The number at the end of a numbered key; NULL for other keys. */
static const char *number_of_key(const char *name)
{
	const struct ifcfg_key *key = ifcfg_key_find(name);
	const char *number = key ? name + strlen(key->name) : "";

	if (!key || key->match == KEY_EXACT || !*number ||
	    number[strspn(number, "0123456789")])
		return NULL;
	return number;
}

static const struct adopted_key *find_adopted_key(const struct adopted *adopted,
						  const char *name)
{
	for (size_t i = 0; i < adopted->n_keys; i++)
		if (strcmp(adopted->keys[i].key, name) == 0)
			return &adopted->keys[i];
	return NULL;
}

/* Whether a key of the same family has the value: DNS2 for DNS1. */
static bool has_value(const struct adopted *adopted, const char *name, const char *value)
{
	const size_t stem = (size_t)(number_of_key(name) - name);

	for (size_t i = 0; i < adopted->n_keys; i++)
		if (number_of_key(adopted->keys[i].key) &&
		    strncmp(adopted->keys[i].key, name, stem) == 0 &&
		    number_of_key(adopted->keys[i].key) == adopted->keys[i].key + stem &&
		    strcmp(adopted->keys[i].value, value) == 0)
			return true;
	return false;
}

static const char *free_name(const struct adopted *adopted, const char *name)
{
	const int stem = (int)(number_of_key(name) - name);
	const char *next = name;

	for (unsigned int i = 1; next && find_adopted_key(adopted, next); i++)
		next = arena_printf(adopted->arena, "%.*s%u", stem, name, i);
	return next;
}

static void push_adopted_key(struct adopted *adopted, struct adopted_key key)
{
	if (key.key && key.value)
		ARENA_PUSH(adopted->arena, adopted->keys, adopted->n_keys,
			   adopted->keys_cap, key);
}

void adopted_give_number(struct adopted *adopted, const char *key, const char *value)
{
	if (has_value(adopted, key, value))
		return;
	push_adopted_key(adopted, (struct adopted_key){ .key = free_name(adopted, key),
							.value = value });
}

static void tell_conflict(const struct card *card, const struct shellvar *var,
			  const struct adopted_key *other)
{
	diag_warning(card->drafts->diag, var->pos,
		     "%s=%s of %s is not taken over: %s gets %s=%s from %s", var->key,
		     var->value, card->name, card->bond, other->key, other->value,
		     other->nic);
	diag_hint(card->drafts->diag, "--key %s=VALUE decides", other->key);
}

void card_hand_over(const struct card *card, const struct shellvar *var, const char *name,
		    const char *value)
{
	struct adopted *adopted = card->adopted;
	struct adopted_key new = { arena_strdup(adopted->arena, name),
				   value ? arena_strdup(adopted->arena, value) : NULL,
				   var->pos, card->name };
	const struct adopted_key *other = find_adopted_key(adopted, name);

	if (number_of_key(name) && has_value(adopted, name, value))
		return;
	if (other && number_of_key(name))
		new.key = free_name(adopted, name);
	else if (other && strcmp(other->value, value) == 0)
		return;
	else if (other) {
		tell_conflict(card, var, other);
		return;
	}
	push_adopted_key(adopted, new);
}

/* ---- what the kernel has ---- */

static void tell_lost_key(const struct card *card, const struct shellvar *var,
			  const char *value, const char *why)
{
	diag_warning(card->drafts->diag, var->pos, "%s=%s of %s is not taken over: %s",
		     var->key, value, card->name, why);
	diag_hint(card->drafts->diag, "add it to the file of %s if it is still wanted",
		  card->bond);
}

static bool is_in_effect(const struct card *card, const struct ip *ip)
{
	for (const struct snap_addr *addr = card->link ? card->link->addrs : NULL; addr;
	     addr = addr->next)
		if (ip_equal(&addr->addr, ip))
			return true;
	return ip_equal(&card->adopted->gateways[ip->family == AF_INET6], ip);
}

/*
 * An address, a gateway, or a list of addresses; any other word overrides a global
 * gateway.
 */
static void judge_live(const struct card *card, const struct shellvar *var)
{
	char *rest = arena_strdup(card->drafts->arena, var->value), *word;
	struct ip ip;

	while ((word = strsep(&rest, " \t,"))) {
		const char *whole = arena_strdup(card->drafts->arena, word);

		word[strcspn(word, "/%")] = '\0';
		if (!*word)
			continue;
		if (ip_parse(word, AF_UNSPEC, &ip) < 0 || ip_is_zero(&ip))
			card_hand_over(card, var, var->key, var->value);
		else if (!is_in_effect(card, &ip))
			tell_lost_key(card, var, whole, _("it is not in effect"));
	}
}

/* ---- numbers that follow their address ---- */

/* IPADDR2 for PREFIX2; NULL if there is none. */
static const char *own_addr(const struct card *card, const struct ifcfg_key *key,
			    const struct shellvar *var)
{
	const char *name = arena_printf(card->drafts->arena, "IPADDR%s",
					var->key + strlen(key->name));

	return ifcfg_own_value(card->file, name);
}

/*
 * The number of @addr in the bond's file, as assigned by ifcfg_text_addrs(); NULL if it
 * is not there.
 */
static const char *new_number(const struct card *card, const struct ip *addr)
{
	const struct adopted *adopted = card->adopted;
	unsigned int index = 0;

	for (size_t i = 0; i < adopted->n; i++) {
		if (!ifcfg_text_fits(adopted->addrs, adopted->n, i))
			continue;
		if (ip_equal(&adopted->addrs[i].addr, addr))
			return index ? arena_printf(adopted->arena, "%u", index) : "";
		index += adopted->addrs[i].addr.family == AF_INET;
	}
	return NULL;
}

/* The kernel also has the broadcast address of an address that gets a file of its own. */
static bool has_broadcast(const struct card *card, const struct ip *ip, const char *value)
{
	struct ip broadcast;

	if (ip_parse(value, AF_INET, &broadcast) < 0)
		return false;
	for (const struct snap_addr *addr = card->link ? card->link->addrs : NULL; addr;
	     addr = addr->next)
		if (ip_equal(&addr->addr, ip) && ip_equal(&addr->broadcast, &broadcast))
			return true;
	return false;
}

/* BROADCAST2 goes with IPADDR2; a switch without a number is for all addresses. */
static void move_numbered(const struct card *card, const struct ifcfg_key *key,
			  const struct shellvar *var)
{
	const char *value = own_addr(card, key, var), *number = NULL, *name;
	struct ip addr = { 0 };

	if (!var->key[strlen(key->name)] && key->place == PLACE_SWITCH) {
		card_hand_over(card, var, var->key, var->value);
		return;
	}
	if (!value)
		tell_lost_key(card, var, var->value, _("it has no address"));
	else if (ip_parse(value, AF_INET, &addr) == 0)
		number = new_number(card, &addr);
	if (value && !number && !has_broadcast(card, &addr, var->value))
		tell_lost_key(card, var, var->value,
			      _("its address is not in the file of the bond"));
	if (!number)
		return;
	name = arena_printf(card->drafts->arena, "%s%s", key->name, number);
	card_hand_over(card, var, name, var->value);
}

/* ---- peers and scopes, which the kernel has for each address ---- */

static bool has_peer(const struct snap_addr *addr, const struct ip *peer)
{
	return ip_equal(&addr->peer, peer);
}

/* Whether an IPv4 address has the scope or peer of that word of SCOPE. */
static bool is_scope_in_effect(const struct card *card, const char *word)
{
	const bool is_peer = strpbrk(word, "./");
	uint8_t scope = 0;
	struct ip peer;

	if (is_peer ? ip_parse(word, AF_INET, &peer) < 0
		    : rt_scope_parse(word, &scope) < 0)
		return false;
	for (const struct snap_addr *addr = card->link ? card->link->addrs : NULL; addr;
	     addr = addr->next)
		if (addr->addr.family == AF_INET &&
		    (is_peer ? has_peer(addr, &peer) : addr->scope == scope))
			return true;
	return false;
}

static void judge_card_scope(const struct card *card, const struct shellvar *var)
{
	char *rest = arena_strdup(card->drafts->arena, var->value), *word;

	while ((word = strsep(&rest, " \t"))) {
		if (!*word || strcmp(word, "peer") == 0 || strcmp(word, "scope") == 0)
			continue;
		word[strcspn(word, "/")] = '\0';
		if (is_scope_in_effect(card, word))
			continue;
		tell_lost_key(card, var, var->value, _("it is not in effect"));
		return;
	}
}

/* ---- the file ---- */

/* With DHCP, GATEWAY is a setting like others. */
static bool is_setting(const struct card *card, const struct ifcfg_key *key)
{
	return card->is_dhcp && strcmp(key->name, "GATEWAY") == 0;
}

/*
 * Return: 0 with *@ret_goes, whether it is removed from the card's file; a negative
 * errno.
 */
static void take_card_key(const struct card *card, const struct ifcfg_key *key,
			  const struct shellvar *var, bool *ret_goes)
{
	*ret_goes = key->fate != FATE_STAYS && key->fate != FATE_OWN &&
		    key->fate != FATE_COPIES;
	switch (key->fate) {
	case FATE_STAYS:
	case FATE_OWN:
		return;
	case FATE_PART:
		if (!own_addr(card, key, var))
			tell_lost_key(card, var, var->value, _("it has no address"));
		return;
	case FATE_COPIES:
	case FATE_MOVES:
		card_hand_over(card, var, var->key, var->value);
		return;
	case FATE_RENAMES:
		card_hand_over(card, var, var->key, card_rename(card, var->value));
		return;
	case FATE_LIVE:
		if (is_setting(card, key))
			card_hand_over(card, var, var->key, var->value);
		else
			judge_live(card, var);
		return;
	case FATE_NUMBERED:
		move_numbered(card, key, var);
		return;
	case FATE_SCOPE:
		judge_card_scope(card, var);
		return;
	case FATE_ENDS:
		tell_lost_key(card, var, var->value, _("a port cannot have it"));
		return;
	}
}

int card_move_keys(const struct card *card)
{
	const struct shellvars *vars = ifcfg_vars(card->file);
	int r = 0;

	for (size_t i = 0; i < vars->n && r == 0; i++) {
		const struct shellvar *var = &vars->vars[i];
		const struct ifcfg_key *key = ifcfg_key_find(var->key);
		bool goes = false;

		if (!key || !*var->value || shellvar_get(vars, var->key) != var)
			continue;
		take_card_key(card, key, var, &goes);
		if (goes)
			r = drafts_set(card->drafts, card->file->name, var->key, NULL);
	}
	return r;
}
