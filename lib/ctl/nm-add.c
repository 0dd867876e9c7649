/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nmcli connection add: converts a profile on the command line to an ifcfg file.
 *
 * The words become a keyfile, as NetworkManager would write it, which is imported like
 * any other keyfile. So both result in the same files.
 */
#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "lib/base/language.h"
#include "lib/base/print.h"
#include "lib/ctl/nm-profile.h"
#include "lib/ctl/write.h"
#include "lib/files/ifcfg-keys.h"

/*
 * struct adding - a connection being added
 * @keyfile: as NetworkManager would write it
 * @file: the part of its ifcfg file's name after "ifcfg-"
 * @master: the bond or bridge of a port, if it has a file
 * @findings: the result of checking the files, which a later run would repeat
 */
struct adding {
	struct nm *nm;
	const struct nm_type *type;
	struct nm_connections all;
	struct keyfile keyfile;
	const char *file;
	const struct nm_connection *master;
	struct diag *findings;
};

static const char *get_setting(const struct adding *adding, const char *section,
			       const char *key)
{
	return keyfile_get(&adding->keyfile, section, key);
}

static void put_setting(struct adding *adding, const char *section, const char *key,
			const char *value)
{
	if (value)
		property_put(&adding->keyfile, section, key, value, adding->nm->arena);
}

static const char *interface_of(const struct adding *adding)
{
	return get_setting(adding, "connection", "interface-name");
}

/* ---- the words ---- */

static bool is_type_word(const char *word)
{
	return strcmp(word, "type") == 0 || strcmp(word, "connection.type") == 0;
}

/* The words are in any order, and their meaning depends on the type. */
static int find_new_type(struct adding *adding, const struct nm_words *words)
{
	for (int i = 0; i < words->n; i++) {
		if (strcmp(words->of[i], "--") == 0)
			continue;
		if (is_type_word(words->of[i]) && i + 1 < words->n) {
			adding->type = nm_type_find(adding->nm, words->of[i + 1]);
			return adding->type ? 0 : -EINVAL;
		}
		i++;
	}
	nm_usage(adding->nm, _("'type' is required: type bond, for example"), NULL);
	return -EINVAL;
}

static void begin_profile(struct adding *adding)
{
	const struct nm_type *type = adding->type;
	put_setting(adding, "connection", "type", type->profile);

	if (type->port_of)
		put_setting(adding, "connection", "slave-type", type->port_of);
}

static int take_new_word(struct adding *adding, struct nm_words *words)
{
	const char *word = nm_peek(words);

	if (strcmp(word, "--") == 0 || is_type_word(word)) {
		nm_next(words);
		if (*word != '-')
			nm_next(words);
		return 0;
	}
	if (strcmp(word, "save") == 0 && words->n > 1) {
		nm_next(words);
		if (strncmp("yes", nm_peek(words), strlen(nm_peek(words))) == 0)
			return nm_next(words) ? 0 : -EINVAL;
		nm_usage(adding->nm,
			 _("only files last here: save no is NetworkManager's"), NULL);
		return -EINVAL;
	}
	return nm_take_property(adding->nm, adding->type, words, &adding->keyfile);
}

static int take_new_words(struct adding *adding, struct nm_words *words)
{
	int r = find_new_type(adding, words);

	if (r == 0)
		begin_profile(adding);
	while (r == 0 && words->n)
		r = take_new_word(adding, words);
	return r;
}

/* ---- defaults ---- */

static bool is_device_taken(const struct adding *adding, const char *device)
{
	for (size_t i = 0; i < adding->all.n; i++)
		if (strcmp(adding->all.of[i].device, device) == 0)
			return true;
	return snapshot_link(adding->all.have, device);
}

static bool has_connection_id(const struct adding *adding, const char *id)
{
	for (size_t i = 0; i < adding->all.n; i++)
		if (strcmp(adding->all.of[i].id, id) == 0)
			return true;
	return false;
}

/* @stem, or with the first free number after it. */
static const char *first_free(struct adding *adding, const char *stem,
			      const char *between,
			      bool (*is_used)(const struct adding *, const char *))
{
	const char *name = stem;

	for (unsigned int n = 1; name && is_used(adding, name); n++)
		name = arena_printf(adding->nm->arena, "%s%s%u", stem, between, n);
	return name;
}

/* nmcli's default names of a bond and a bridge. */
static void add_default_name(struct adding *adding)
{
	static const char *const names[][2] = { { "bond", "nm-bond" },
						{ "bridge", "nm-bridge" } };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (strcmp(names[i][0], adding->type->word) == 0 &&
		    !interface_of(adding)) {
			put_setting(adding, "connection", "interface-name",
				    first_free(adding, names[i][1], "", is_device_taken));
			return;
		}
}

static void add_id(struct adding *adding)
{
	const char *port_of = get_setting(adding, "connection", "slave-type");
	const struct nm_type *type = nm_type_of(adding->type->profile, port_of);
	const char *name = interface_of(adding), *id;

	if (get_setting(adding, "connection", "id"))
		return;
	if (!type)
		type = adding->type;
	id = arena_printf(adding->nm->arena, "%s%s%s", type->word, name ? "-" : "",
			  name ? name : "");
	put_setting(adding, "connection", "id",
		    first_free(adding, id, "-", has_connection_id));
}

/* A random one, by RFC 9562. */
static int add_uuid(struct adding *adding)
{
	unsigned char b[16];

	if (get_setting(adding, "connection", "uuid"))
		return 0;
	if (getrandom(b, sizeof(b), 0) != sizeof(b)) {
		diag_error(adding->nm->ctl->run.diag, (struct pos){ 0 },
			   "the kernel has no random numbers for a UUID");
		return -EIO;
	}
	b[6] = (unsigned char)((b[6] & 0x0F) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
	put_setting(adding, "connection", "uuid",
		    arena_printf(adding->nm->arena,
				 "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
				 "%02x%02x%02x%02x%02x%02x",
				 b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8],
				 b[9], b[10], b[11], b[12], b[13], b[14], b[15]));
	return 0;
}

/* A connection may be given by its id or UUID, where files have the interface. */
static void resolve_connection(struct adding *adding, const char *section,
			       const char *key, const struct nm_connection **ret)
{
	const char *name = get_setting(adding, section, key);
	const struct nm_connection *found =
		name ? nm_connection_find(&adding->all, name) : NULL;

	if (ret)
		*ret = found;
	if (found && *found->device)
		put_setting(adding, section, key, found->device);
}

static int add_master(struct adding *adding)
{
	const char *master = get_setting(adding, "connection", "master");
	const char *kind = get_setting(adding, "connection", "slave-type");
	resolve_connection(adding, "connection", "master", &adding->master);

	if (!master)
		return 0;
	if (adding->master && !kind) {
		put_setting(adding, "connection", "slave-type", adding->master->type);
		return 0;
	}
	if (adding->master && strcmp(adding->master->type, kind) != 0) {
		diag_error(adding->nm->ctl->run.diag, (struct pos){ 0 },
			   "%s is of type %s, not %s", master, adding->master->type,
			   kind);
		return -EINVAL;
	}
	if (adding->master)
		return 0;
	if (!kind) {
		nm_usage(adding->nm,
			 _("is not a connection: slave-type is required, too"), master);
		return -EINVAL;
	}
	return 0; /* which the check of the files reports */
}

static int judge_needs(struct adding *adding)
{
	struct property property;
	int r = 0;

	for (const char *const *need = adding->type->needs; *need && r == 0; need++) {
		r = property_find(*need, adding->type->profile, adding->nm->arena,
				  adding->nm->ctl->run.diag, &property);
		if (r < 0 || get_setting(adding, property.section, property.key))
			continue;
		diag_error(adding->nm->ctl->run.diag, (struct pos){ 0 },
			   "type %s needs %s", adding->type->word, *need);
		r = -EINVAL;
	}
	return r;
}

static int complete_profile(struct adding *adding)
{
	int r = judge_needs(adding);

	if (r == 0)
		add_default_name(adding);
	if (r == 0)
		r = add_master(adding);
	if (r == 0)
		resolve_connection(adding, "vlan", "parent", NULL);
	if (r == 0)
		add_id(adding);
	if (r == 0)
		r = add_uuid(adding);
	if (r == 0)
		nm_profile_complete(adding->nm, &adding->keyfile);
	return r == 0 ? nm_judge_profile(adding->nm, &adding->keyfile) : r;
}

/* ---- the files ---- */

static bool has_subject_file(const struct adding *adding, const char *subject)
{
	const char *name = arena_printf(adding->nm->arena, "ifcfg-%s", subject);

	return ifcfg_dir_file(&adding->all.dir, name);
}

/* The name of a file, as NetworkManager derives it from that of the connection. */
static const char *file_of_id(struct adding *adding)
{
	char *name =
		arena_strdup(adding->nm->arena, get_setting(adding, "connection", "id"));

	for (char *c = name; c && *c; c++)
		if (*c == ' ')
			*c = '_';
		else if (strchr("\\][|/=()!:", *c))
			*c = '-';
	return first_free(adding, name, "-", has_subject_file);
}

static int put_texts(struct adding *adding, const struct nm_texts *texts)
{
	int r = 0;

	for (size_t i = 0; i < texts->n && r == 0; i++)
		r = drafts_put(&adding->all.drafts, texts->of[i].name, texts->of[i].text);
	return r;
}

/* Anything that would be lost is an error, because it was requested just now. */
static int make_files(struct adding *adding)
{
	struct diag *diag = adding->nm->ctl->run.diag;
	size_t errors = diag_errors(diag);
	struct keyfile master = { 0 };
	struct nm_texts texts = { 0 };
	int r = nm_profile_of_master(adding->nm, &adding->all, &adding->keyfile, &master);

	adding->file = file_of_id(adding);
	diag_set_strict(diag, true);
	if (r == 0)
		r = nm_profile_make(adding->nm, &adding->keyfile, &master, adding->file,
				    diag, &texts);
	diag_set_strict(diag, false);
	if (r == 0 && diag_errors(diag) > errors)
		r = -EINVAL;
	return r == 0 ? put_texts(adding, &texts) : r;
}

static bool comes_up(const struct adding *adding)
{
	const char *autoconnect = get_setting(adding, "connection", "autoconnect");

	return !autoconnect || strcmp(autoconnect, "true") == 0;
}

/* A VLAN without a name is named after its parent and its number. */
static const char *device_to_add(const struct adding *adding)
{
	const char *name = interface_of(adding),
		   *parent = get_setting(adding, "vlan", "parent");

	if (!name && parent)
		name = arena_printf(adding->nm->arena, "%s.%s", parent,
				    get_setting(adding, "vlan", "id"));
	return name ? name : "";
}

static bool is_rival(const struct adding *adding, const struct nm_connection *other)
{
	const char *onboot = ifcfg_own_value(other->file, "ONBOOT");
	const char *device = device_to_add(adding);

	return strcmp(other->device, device) == 0 &&
	       (other->file->master || other->file->bridge || !onboot ||
		!ifcfg_is_false(onboot));
}

/* A port comes up with its bond, whatever its own file says, so it cannot be excluded. */
static int calm(struct adding *adding, const struct nm_connection *other)
{
	struct diag *diag = adding->nm->ctl->run.diag;
	int r;

	if (other->file->master || other->file->bridge) {
		diag_error(diag, (struct pos){ other->file->path, 0 },
			   _("%s is a port of %s already, by the connection '%s'"),
			   other->device,
			   other->file->master ? other->file->master
					       : other->file->bridge,
			   other->id);
		diag_hint(diag, "delete that first");
		return -EINVAL;
	}
	r = drafts_set(&adding->all.drafts, other->file->name, "ONBOOT", "no");
	diag_notice(diag, ifcfg_pos(other->file, "ONBOOT"),
		    "%s has another connection from now on: '%s' does not come up at "
		    "boot any more",
		    other->device, other->id);
	return r;
}

/* If a card has several connections, NetworkManager activates the latest one at boot. */
static int calm_rivals(struct adding *adding)
{
	int r = 0;

	for (size_t i = 0; i < adding->all.n && comes_up(adding) && r == 0; i++)
		if (is_rival(adding, &adding->all.of[i]))
			r = calm(adding, &adding->all.of[i]);
	return r;
}

static int check_files(struct adding *adding)
{
	struct drafts *drafts = &adding->all.drafts;
	const char *file = arena_printf(adding->nm->arena, "ifcfg-%s", adding->file);
	int r;

	adding->findings = diag_new();
	drafts->diag = adding->findings;
	r = write_judge(adding->nm->ctl, drafts, file);
	drafts->diag = adding->nm->ctl->run.diag;
	return r;
}

static int write_files(struct adding *adding)
{
	struct drafts *drafts = &adding->all.drafts;
	int r = make_files(adding);

	if (r == 0)
		r = calm_rivals(adding);
	if (r == 0)
		r = check_files(adding);
	if (r == 0)
		r = drafts_write(drafts);
	drafts_unlock(drafts);
	return r;
}

/* ---- the command ---- */

/*
 * A bond without ports is useless, and has neither a MAC address to keep nor a link to
 * probe addresses on. A bridge without ports may be for guests, but gets no lease.
 */
static bool waits_for_ports(const struct nm_connection *connection)
{
	const struct iface *iface = connection->iface;
	const struct dhcp_wish *dhcp = iface ? iface_dhcp(iface, DHCP_IP4) : NULL;

	if (!iface || iface->n_ports)
		return false;
	return iface->kind == IFACE_BOND ||
	       (iface->kind == IFACE_BRIDGE && dhcp && dhcp->is_wanted);
}

/*
 * Whether it can come up now; otherwise reports what it waits for, unless that is
 * obvious.
 */
static bool can_come_up(const struct adding *adding,
			const struct nm_connection *connection)
{
	if (get_setting(adding, "connection", "master") && !adding->master)
		return false;
	if (waits_for_ports(connection)) {
		diag_notice(adding->nm->ctl->run.diag, (struct pos){ 0 },
			    "%s comes up with its first port", connection->device);
		return false;
	}
	return connection->link || adding->type->is_made;
}

/* Uses the present files. */
static int activate(struct adding *adding)
{
	_cleanup_nm_connections_ struct nm_connections all;
	const struct nm_connection *connection;
	int r = nm_connections_read(adding->nm, false, &all);

	if (r < 0)
		return nm_status(adding->nm, r, NM_NOT_UP);
	connection = nm_connection_find(&all, get_setting(adding, "connection", "uuid"));
	if (!connection || !can_come_up(adding, connection))
		return NM_DONE;
	diag_free(TAKE_PTR(adding->findings));
	r = nm_bring_up(adding->nm, &all, connection);
	return r == EXIT_DONE ? NM_DONE : NM_NOT_UP;
}

static int add_by_words(struct adding *adding, struct nm_words *words)
{
	int r = take_new_words(adding, words);

	if (r == 0)
		r = nm_connections_read(adding->nm, true, &adding->all);
	if (r == 0)
		r = complete_profile(adding);
	if (r == 0)
		r = write_files(adding);
	if (r < 0)
		return nm_status(adding->nm, r, NM_USAGE);
	print_line(stdout, "Connection '%s' (%s) successfully added.",
		   get_setting(adding, "connection", "id"),
		   get_setting(adding, "connection", "uuid"));
	fflush(stdout);
	return comes_up(adding) ? activate(adding) : NM_DONE;
}

int nm_connection_add(struct nm *nm, struct nm_words *words)
{
	struct adding adding = { .nm = nm };
	int r = add_by_words(&adding, words);

	if (adding.findings)
		diag_merge(nm->ctl->run.diag, adding.findings);
	diag_free(adding.findings);
	nm_connections_release(&adding.all);
	return r;
}
