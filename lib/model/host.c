/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of the machine when files are interpreted, and what is not yet. */
#include "lib/model/host.h"

#include <string.h>

#include "lib/base/cleanup.h"
#include "lib/model/model.h"

/* ---- filling it in ---- */

static struct arena *arena_of(struct arena **arena)
{
	if (!*arena)
		*arena = arena_new();
	return *arena;
}

void host_add_name(struct model_host *host, const char *name,
		   const struct host_link *link)
{
	struct arena *arena = arena_of(&host->arena);
	const struct host_name added = { arena_strdup(arena, name), link };

	hash_index_add(&host->name_index, arena, hash_text(name), host->n_names);
	ARENA_PUSH(arena, host->names, host->n_names, host->names_cap, added);
}

/* As a rule it is of the same kind as the one before. */
static const char *copy_kind(struct model_host *host, const char *kind)
{
	const struct host_link *last =
		host->n_links ? host->links[host->n_links - 1] : NULL;

	return last && strcmp(last->kind, kind) == 0 ? last->kind
						     : arena_strdup(host->arena, kind);
}

struct host_link *host_add_link(struct model_host *host, const char *name,
				const char *kind)
{
	struct arena *arena = arena_of(&host->arena);
	struct host_link *link = arena_alloc(arena, sizeof(*link));

	link->kind = copy_kind(host, kind);
	ARENA_PUSH(arena, host->links, host->n_links, host->links_cap, link);
	host_add_name(host, name, link);
	link->name = host->names[host->n_names - 1].name;
	return link;
}

void host_add_overdue(struct model_host *host, const struct hwaddr *mac)
{
	ARENA_PUSH(arena_of(&host->rest), host->overdue, host->n_overdue,
		   host->overdue_cap, *mac);
}

void host_add_driver(struct model_host *host, const char *bond, const char *parameters)
{
	struct arena *arena = arena_of(&host->rest);
	const struct host_driver added = {
		.bond = arena_strdup(arena, bond),
		.parameters = parameters ? arena_strdup(arena, parameters) : NULL,
	};

	ARENA_PUSH(arena, host->drivers, host->n_drivers, host->drivers_cap, added);
}

void host_forget_links(struct model_host *host)
{
	arena_free(TAKE_PTR(host->arena));
	host->links = NULL;
	host->n_links = host->links_cap = 0;
	host->names = NULL;
	host->n_names = host->names_cap = 0;
	host->name_index = (struct hash_index){ 0 };
	host->is_whole = false;
}

void host_release(struct model_host *host)
{
	arena_free(host->arena);
	arena_free(host->rest);
	*host = (struct model_host){ 0 };
}

/* ---- what is known ---- */

const struct host_name *host_find_name(const struct model_host *host, const char *name)
{
	size_t at = 0, i;

	while (hash_index_next(&host->name_index, hash_text(name), &at, &i))
		if (strcmp(host->names[i].name, name) == 0)
			return &host->names[i];
	return NULL;
}

const struct host_link *host_find_card(const struct model_host *host,
				       const struct hwaddr *mac)
{
	const struct host_link *by_present = NULL;

	for (size_t i = 0; i < host->n_links; i++) {
		const struct host_link *link = host->links[i];

		if (hwaddr_is_same_card(&link->perm_mac, mac))
			return link;
		if (!by_present && hwaddr_is_same_card(&link->mac, mac))
			by_present = link;
	}
	return by_present;
}

const struct host_driver *host_find_driver(const struct model_host *host,
					   const char *bond)
{
	for (size_t i = 0; i < host->n_drivers; i++)
		if (strcmp(host->drivers[i].bond, bond) == 0)
			return &host->drivers[i];
	return NULL;
}

static bool is_overdue(const struct model_host *host, const struct hwaddr *mac)
{
	for (size_t i = 0; i < host->n_overdue; i++)
		if (hwaddr_equal(&host->overdue[i], mac))
			return true;
	return false;
}

/* ---- what is still to be looked up ---- */

static void ask_name(struct host_asks *asks, const char *name, bool is_kind)
{
	struct arena *arena = arena_of(&asks->arena);

	ARENA_PUSH(arena, asks->names, asks->n_names, asks->names_cap,
		   ((struct host_ask_name){ arena_strdup(arena, name), is_kind }));
}

static void ask_card(struct host_asks *asks, const struct hwaddr *mac, uint32_t wait_ms)
{
	ARENA_PUSH(arena_of(&asks->arena), asks->cards, asks->n_cards, asks->cards_cap,
		   ((struct host_ask_card){ *mac, wait_ms }));
}

static void ask_driver(struct host_asks *asks, const char *bond)
{
	struct arena *arena = arena_of(&asks->arena);
	const char *copy = arena_strdup(arena, bond);

	ARENA_PUSH(arena, asks->bonds, asks->n_bonds, asks->bonds_cap, copy);
}

void host_asks_release(struct host_asks *asks)
{
	arena_free(asks->arena);
	*asks = (struct host_asks){ 0 };
}

static bool is_other_name(const struct model_host *host, const struct host_ask_name *ask)
{
	const struct host_name *found = host_find_name(host, ask->name);

	if (!found || !found->link)
		return false;
	return (strcmp(found->link->name, ask->name) == 0) == ask->is_kind;
}

static bool is_for_driver(const struct model_host *host, const char *bond)
{
	const struct host_driver *found = host_find_driver(host, bond);

	return found && found->parameters;
}

bool host_contradicts(const struct model_host *host, const struct host_asks *asks)
{
	for (size_t i = 0; i < asks->n_cards; i++)
		if (host_find_card(host, &asks->cards[i].mac))
			return true;
	for (size_t i = 0; i < asks->n_names; i++)
		if (is_other_name(host, &asks->names[i]))
			return true;
	for (size_t i = 0; i < asks->n_bonds; i++)
		if (is_for_driver(host, asks->bonds[i]))
			return true;
	return false;
}

/* ---- for those who interpret files ---- */

/* What is known of a name; else it is noted that it has to be looked up. */
static const struct host_link *look_up_link(const struct model_options *options,
					    const char *name, bool is_kind)
{
	const struct host_name *found =
		options->host ? host_find_name(options->host, name) : NULL;

	if (found)
		return found->link;
	if (options->host && !options->host->is_whole && options->asks)
		ask_name(options->asks, name, is_kind);
	return NULL;
}

const char *host_own_name(const struct model_options *options, const char *name)
{
	const struct host_link *link = look_up_link(options, name, false);

	return link ? link->name : NULL;
}

const char *host_kind(const struct model_options *options, const char *device)
{
	const struct host_link *link =
		host_knows_kinds(options) ? look_up_link(options, device, true) : NULL;

	return link && strcmp(link->name, device) == 0 ? link->kind : NULL;
}

bool host_knows_kinds(const struct model_options *options)
{
	return options->host && options->host->knows_kinds;
}

/* The cards of another machine are not here: any name will do. */
static const char *name_for(const struct model_options *options, const struct hwaddr *mac)
{
	unsigned int last = 0;

	for (size_t i = 0; i < mac->len; i++)
		last = last * 31 + mac->bytes[i];
	return arena_printf(arena_of(&options->asks->arena), "card-%08x", last);
}

const char *host_card(const struct model_options *options, const struct hwaddr *mac,
		      uint32_t wait_ms)
{
	const struct model_host *host = options->host;
	const struct host_link *link = host ? host_find_card(host, mac) : NULL;

	if (host && options->is_abroad && options->asks)
		return name_for(options, mac);
	if (link || !host || !options->asks)
		return link ? link->name : NULL;
	if (!host->is_whole || (wait_ms && !is_overdue(host, mac)))
		ask_card(options->asks, mac, wait_ms);
	return NULL;
}

bool host_knows_cards(const struct model_options *options)
{
	return options->host && !options->is_abroad;
}

const char *host_driver(const struct model_options *options, const char *bond)
{
	const struct model_host *host = options->host;
	const struct host_driver *found = host ? host_find_driver(host, bond) : NULL;

	if (!found && host && !host->has_drivers && options->asks)
		ask_driver(options->asks, bond);
	return found ? found->parameters : NULL;
}

const char *host_device_name(const struct model_options *options, const char *name,
			     struct arena *arena)
{
	size_t len = name ? strcspn(name, ":") : 0;
	const char *asked, *own;

	if (!len || !options->host)
		return name;
	asked = name[len] ? arena_strndup(arena, name, len) : name;
	own = host_own_name(options, asked);
	if (!own || strcmp(own, asked) == 0)
		return name;
	return arena_printf(arena, "%s%s", own, name + len);
}
