/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ifcfg files as nmcli's profiles. */
#include <ctype.h>
#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <strings.h>

#include "lib/ctl/nm.h"
#include "lib/ctl/write.h"

void nm_connections_release(struct nm_connections *all)
{
	model_free(all->model);
	snapshot_free(all->have);
	ifcfg_dir_release(&all->dir);
	drafts_release(&all->drafts);
}

/* Not those of aliases and ranges, which are addresses of another interface. */
static bool is_connection_file(const struct ifcfg *file)
{
	const char *subject = file->name + strlen("ifcfg-");

	return !ifcfg_is_ignored(file->name) && !file->real && !strchr(subject, ':') &&
	       !strstr(subject, "-range") && strcmp(subject, "lo") != 0;
}

static const struct iface *iface_of_file(const struct iface *iface, const char *file)
{
	if (iface->file && strcmp(iface->file, file) == 0)
		return iface;
	for (size_t i = 0; i < iface->n_ports; i++)
		if (iface->ports[i]->file && strcmp(iface->ports[i]->file, file) == 0)
			return iface->ports[i];
	return NULL;
}

static const struct iface *find_iface(const struct model *model, const char *file)
{
	const struct iface *found = NULL;

	for (size_t i = 0; model && i < model->n_order && !found; i++)
		found = iface_of_file(model->order[i], file);
	return found;
}

/* The file may have errors, or be one of two: then only TYPE is used. */
static const char *connection_type(const struct nm_connection *connection)
{
	const char *type = ifcfg_own_value(connection->file, "TYPE");
	enum iface_kind kind;

	if (connection->iface && connection->iface->ipoib.is_infiniband)
		return "infiniband";
	if (connection->iface)
		return link_kinds[connection->iface->kind].profile;
	kind = type ? link_kind_of_type(type) : IFACE_ETHERNET;
	return link_kinds[kind < IFACE_KINDS ? kind : IFACE_ETHERNET].profile;
}

/* Whether the link is up, and a port of the interface in the file. */
static bool is_port_active(const struct nm_connections *all,
			   const struct nm_connection *connection)
{
	const struct ifcfg *file = connection->file;
	const char *wanted = file->master ? file->master : file->bridge;
	const struct snap_link *link = connection->link, *master;

	if (!link || !(link->flags & IFF_UP) || file->instead)
		return false;
	master = link->master ? snapshot_link_by_index(all->have, link->master) : NULL;
	return wanted ? master && strcmp(master->name, wanted) == 0 : !master;
}

static void add_listed(struct nm *nm, struct nm_connections *all,
		       const struct ifcfg *file)
{
	const char *name = ifcfg_own_value(file, "NAME");
	struct nm_connection connection = {
		.file = file,
		.id = name ? name : file->name + strlen("ifcfg-"),
		.uuid = file->uuid ? file->uuid : "",
		.device = file->device ? file->device : "",
		.iface = find_iface(all->model, file->name),
	};

	connection.link = snapshot_link(all->have, connection.device);
	if (!*connection.device)
		connection.link = NULL;
	connection.type = connection_type(&connection);
	connection.is_active = is_port_active(all, &connection);
	ARENA_PUSH(nm->arena, all->of, all->n, all->cap, connection);
}

/* Errors in a file are reported by the code that uses it. */
static void load_present(struct nm *nm, struct nm_connections *all)
{
	_cleanup_diag_ struct diag *unheard = diag_new();

	bind_load(&nm->ctl->run.devices, &all->drafts.options, NULL, NULL, unheard,
		  &all->model);
}

int nm_connections_read(struct nm *nm, bool writes, struct nm_connections *ret)
{
	int r;

	*ret = (struct nm_connections){ 0 };
	r = write_begin(nm->ctl, writes, &ret->drafts);
	if (r == 0)
		r = write_read(nm->ctl, &ret->drafts, &ret->dir);
	if (r == 0)
		load_present(nm, ret);
	if (r == 0)
		r = write_look(nm->ctl, &ret->have);
	for (size_t i = 0; i < ret->dir.n && r == 0; i++)
		if (is_connection_file(&ret->dir.files[i]))
			add_listed(nm, ret, &ret->dir.files[i]);
	return r;
}

/* ---- lookup ---- */

static bool is_connection_id(const struct nm_connection *connection, const char *word)
{
	return strcmp(connection->id, word) == 0;
}

static bool has_uuid(const struct nm_connection *connection, const char *word)
{
	return *connection->uuid && strcasecmp(connection->uuid, word) == 0;
}

static bool has_path(const struct nm_connection *connection, const char *word)
{
	return strcmp(connection->file->path, word) == 0 ||
	       strcmp(connection->file->name, basename(word)) == 0;
}

/* A device has the file that is in effect. */
static bool is_connection_device(const struct nm_connection *connection, const char *word)
{
	return !connection->file->instead && strcmp(connection->device, word) == 0;
}

static const struct search {
	const char *word;
	bool (*fits)(const struct nm_connection *connection, const char *word);
} connection_searches[] = {
	{ "id", is_connection_id },
	{ "uuid", has_uuid },
	{ "path", has_path },
	{ "filename", has_path },
	{ "ifname", is_connection_device },
};

static const struct nm_connection *find_by(const struct nm_connections *all,
					   const struct search *search, const char *word)
{
	for (size_t i = 0; i < all->n; i++)
		if (search->fits(&all->of[i], word))
			return &all->of[i];
	return NULL;
}

const struct nm_connection *nm_connection_find(const struct nm_connections *all,
					       const char *word)
{
	const struct nm_connection *found = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(connection_searches) && !found; i++)
		found = find_by(all, &connection_searches[i], word);
	return found;
}

const struct nm_connection *nm_connection_next(struct nm *nm,
					       const struct nm_connections *all,
					       struct nm_words *words)
{
	const char *word = nm_next(words);
	const struct nm_connection *found = NULL;
	const struct search *search = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(connection_searches) && words->n; i++)
		if (strcmp(connection_searches[i].word, word) == 0)
			search = &connection_searches[i];
	if (search)
		word = nm_next(words);
	found = search ? find_by(all, search, word) : nm_connection_find(all, word);
	if (!found)
		diag_error(nm->ctl->run.diag, (struct pos){ 0 },
			   "there is no connection '%s'", word);
	return found;
}
