/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nmcli connection modify: changes properties in an existing file.
 *
 * The file is converted to a profile, the profile is changed, and both profiles are
 * converted to ifcfg files. Only keys that differ between these are changed in the file,
 * so it keeps its comments, its order, and keys that a profile does not have. The
 * resulting file is read again: it must result in the changed profile.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "lib/base/argv.h"
#include "lib/base/language.h"
#include "lib/base/strbuf.h"
#include "lib/base/text.h"
#include "lib/ctl/nm-profile.h"
#include "lib/ctl/write.h"
#include "parsers/shellvar.h"

/* struct modifying - a connection whose file is changed; @wanted: the changed profile */
struct modifying {
	struct nm *nm;
	struct nm_connections all;
	const struct nm_connection *connection;
	struct keyfile wanted, master;
	struct nm_texts texts;
	const char *subject;
};

static struct diag *diag_of(const struct modifying *m)
{
	return m->nm->ctl->run.diag;
}

/* ---- the profile ---- */

/* A port has no addresses; other connections have no settings of a port. */
static void normalize(struct keyfile *keyfile)
{
	const bool is_port = keyfile_get(keyfile, "connection", "master");
	size_t kept = 0;

	for (size_t i = 0; i < keyfile->n; i++) {
		const struct keyfile_entry *entry = &keyfile->entries[i];

		if (property_section_fits(entry->section, NULL, is_port) &&
		    (is_port || strcmp(entry->key, "slave-type") != 0))
			keyfile->entries[kept++] = *entry;
	}
	keyfile->n = kept;
}

/* A connection may be given by its id or UUID, where files have the interface. */
static void resolve_master(struct modifying *m, const char *section, const char *key)
{
	const char *name = keyfile_get(&m->wanted, section, key);
	const struct nm_connection *found =
		name ? nm_connection_find(&m->all, name) : NULL;

	if (!found || !*found->device)
		return;
	if (strcmp(key, "master") == 0 &&
	    !keyfile_get(&m->wanted, "connection", "slave-type"))
		property_put(&m->wanted, section, "slave-type", found->type,
			     m->nm->arena);
	property_put(&m->wanted, section, key, found->device, m->nm->arena);
}

static int take_changes(struct modifying *m, struct nm_words *words)
{
	const char *type = keyfile_get(&m->wanted, "connection", "type");
	const char *port_of = keyfile_get(&m->wanted, "connection", "slave-type");
	const struct nm_type *of = type ? nm_type_of(type, port_of) : NULL;
	int r = 0;

	while (r == 0 && words->n) {
		const char *word = nm_peek(words);

		if (strcmp(word, "type") == 0 || strcmp(word, "connection.type") == 0) {
			nm_usage(m->nm, _("cannot be changed: delete the connection"),
				 word);
			return -EINVAL;
		}
		if (strcmp(word, "--") == 0)
			nm_next(words);
		else
			r = nm_take_property(m->nm, of, words, &m->wanted);
	}
	if (r == 0)
		resolve_master(m, "connection", "master");
	if (r == 0)
		resolve_master(m, "vlan", "parent");
	if (r == 0)
		normalize(&m->wanted);
	if (r == 0 && port_of)
		nm_profile_complete(m->nm, &m->wanted);
	return r == 0 ? nm_judge_profile(m->nm, &m->wanted) : r;
}

/* ---- what files cannot express ---- */

/*
 * struct findings - messages, and those among which they are searched
 * @is_error: in any case
 */
struct findings {
	struct diag *known, *to;
	bool is_error;
	const struct diag_line *line;
	bool is_known;
};

static void look_for(const struct diag_line *line, void *arg)
{
	struct findings *findings = arg;

	findings->is_known |= strcmp(line->text, findings->line->text) == 0;
}

static void tell_new(const struct diag_line *line, void *arg)
{
	struct findings *findings = arg;

	findings->line = line;
	findings->is_known = false;
	diag_each(findings->known, DIAG_NOTE, look_for, findings);
	if (findings->is_known)
		return;
	diag_add(findings->to, findings->is_error ? DIAG_ERROR : line->grade, line->pos,
		 "%s", line->text);
	if (line->hint)
		diag_hint(findings->to, "%s", _(line->hint));
}

/* What was there before is not part of this change. */
static int make_wanted(struct modifying *m, struct keyfile *before)
{
	_cleanup_diag_ struct diag *old = diag_new(), *new = diag_new();
	struct findings findings = { .known = old, .to = diag_of(m), .is_error = true };
	struct nm_texts unused = { 0 };
	size_t errors = diag_errors(diag_of(m));
	int r = 0;

	r = nm_profile_of_master(m->nm, &m->all, &m->wanted, &m->master);
	if (r == 0)
		r = nm_profile_make(m->nm, before, &m->master, m->subject, old, &unused);
	if (r == 0)
		r = nm_profile_make(m->nm, &m->wanted, &m->master, m->subject, new,
				    &m->texts);
	if (r < 0)
		return r;
	diag_each(new, DIAG_NOTE, tell_new, &findings);
	return diag_errors(diag_of(m)) > errors ? -EINVAL : 0;
}

/* ---- keys ---- */

/* A key without its number. */
static size_t base_len(const char *key)
{
	size_t len = strlen(key);

	while (len && isdigit((unsigned char)key[len - 1]))
		len--;
	return len;
}

static const char *value_in_file(const struct shellvars *vars, const char *key)
{
	const struct shellvar *var = shellvar_get(vars, key);

	return var ? var->value : NULL;
}

/* Mistakes in it have been reported by the model. */
static int parse_ifcfg(struct modifying *m, const char *text, struct shellvars *ret)
{
	_cleanup_diag_ struct diag *unheard = diag_new();

	return shellvar_parse(text, strlen(text), "", NULL, m->nm->arena, m->nm->arena,
			      unheard, ret);
}

/* struct keys - the file, its result before, and its result afterwards */
struct keys {
	const char *file;
	struct shellvars is, was, wanted;
};

static int set_key(struct modifying *m, const struct keys *keys, const char *key)
{
	return drafts_set(&m->all.drafts, keys->file, key,
			  value_in_file(&keys->wanted, key));
}

/* A key with the same meaning as @key: NETMASK for PREFIX. */
static int drop_twins(struct modifying *m, const struct keys *keys, const char *key)
{
	int r = 0;

	for (const struct keyfile_row *row = keyfile_rows; row->section; row++) {
		if (!text_has_word(row->ifcfg, key, base_len(key)))
			continue;
		for (size_t i = 0; i < keys->is.n && r == 0; i++) {
			const char *other = keys->is.vars[i].key;

			if (text_has_word(row->ifcfg, other, base_len(other)) &&
			    !text_equal(value_in_file(&keys->is, other),
					value_in_file(&keys->wanted, other)))
				r = set_key(m, keys, other);
		}
	}
	return r;
}

static int change_key(struct modifying *m, const struct keys *keys, const char *key,
		      bool *ret_any)
{
	int r;

	if (text_equal(value_in_file(&keys->was, key), value_in_file(&keys->wanted, key)))
		return 0;
	*ret_any = true;
	r = drop_twins(m, keys, key);
	return r == 0 ? set_key(m, keys, key) : r;
}

static int change_keys(struct modifying *m, const char *was, bool *ret_any)
{
	const char *is = NULL;
	struct keys keys = { .file = m->connection->file->name };
	int r = drafts_text(&m->all.drafts, keys.file, &is);

	if (r == 0)
		r = parse_ifcfg(m, is ? is : "", &keys.is);
	if (r == 0)
		r = parse_ifcfg(m, was, &keys.was);
	if (r == 0)
		r = parse_ifcfg(m, nm_text_of(&m->texts, keys.file), &keys.wanted);
	for (size_t i = 0; i < keys.was.n && r == 0; i++)
		r = change_key(m, &keys, keys.was.vars[i].key, ret_any);
	for (size_t i = 0; i < keys.wanted.n && r == 0; i++)
		r = change_key(m, &keys, keys.wanted.vars[i].key, ret_any);
	return r;
}

/* ---- related files ---- */

/* struct lost - lines that would be lost with a file that is rewritten */
struct lost {
	const char *file;
	struct diag *diag;
	bool any;
};

static void tell_lost_line(const struct diag_line *line, void *arg)
{
	struct lost *lost = arg;
	const char *slash = line->pos.file ? strrchr(line->pos.file, '/') : NULL;

	if (!slash || strcmp(slash + 1, lost->file) != 0)
		return;
	diag_error(lost->diag, line->pos, "%s", line->text);
	lost->any = true;
}

/* Route files may have the name of the interface, or that of its file. */
static const char *companion(struct modifying *m, const char *name)
{
	const char *dash = strchr(name, '-');
	const char *other = arena_printf(m->nm->arena, "%.*s-%s", (int)(dash - name),
					 name, m->subject);

	if (!ifcfg_dir_has_companion(&m->all.dir, name) &&
	    ifcfg_dir_has_companion(&m->all.dir, other))
		return other;
	return name;
}

static int change_companion(struct modifying *m, const char *name, const char *was,
			    const struct diag *left_out, bool *ret_any)
{
	const char *wanted = nm_text_of(&m->texts, name);
	struct lost lost = { .diag = diag_of(m) };

	if (strcmp(name, m->connection->file->name) == 0 || text_equal(was, wanted))
		return 0;
	*ret_any = true;
	lost.file = strncmp(name, "ifcfg-", 6) == 0 ? name : companion(m, name);
	diag_each(left_out, DIAG_WARNING, tell_lost_line, &lost);
	if (lost.any) {
		diag_hint(diag_of(m), "change %s by hand", lost.file);
		return -EINVAL;
	}
	return drafts_put(&m->all.drafts, lost.file, wanted);
}

static int change_companions(struct modifying *m, const struct nm_texts *was,
			     const struct diag *left_out, bool *ret_any)
{
	int r = 0;

	for (size_t i = 0; i < was->n && r == 0; i++)
		r = change_companion(m, was->of[i].name, was->of[i].text, left_out,
				     ret_any);
	for (size_t i = 0; i < m->texts.n && r == 0; i++)
		r = change_companion(m, m->texts.of[i].name,
				     nm_text_of(was, m->texts.of[i].name), left_out,
				     ret_any);
	return r;
}

/* ---- aliases ---- */

static bool has_same_addresses(const struct keyfile *a, const struct keyfile *b)
{
	struct keyfile_entry const *entry;

	for (size_t i = 0; i < a->n; i++) {
		entry = &a->entries[i];
		if (strcmp(entry->section, "ipv4") == 0 &&
		    strncmp(entry->key, "address", 7) == 0 &&
		    !text_equal(entry->value, keyfile_get(b, "ipv4", entry->key)))
			return false;
	}
	return true;
}

/* A profile contains the addresses of aliases. */
static int drop_aliases(struct modifying *m, const struct keyfile *before)
{
	const struct ifcfg_dir *dir = &m->all.dir;
	const char *device = m->connection->device;
	size_t len = strlen(device);
	int r = 0;

	if (has_same_addresses(before, &m->wanted) &&
	    has_same_addresses(&m->wanted, before))
		return 0;
	for (size_t i = 0; i < dir->n && r == 0; i++) {
		const char *alias = dir->files[i].device;

		if (!alias || strncmp(alias, device, len) != 0 || alias[len] != ':')
			continue;
		r = drafts_put(&m->all.drafts, dir->files[i].name, NULL);
		diag_notice(diag_of(m), (struct pos){ dir->files[i].path, 0 },
			    _("this file is removed: all addresses of %s are in its own "
			      "file from now on"),
			    device);
	}
	return r;
}

/* ---- the command ---- */

/* Return: 1 if the files have the wanted result; 0 to continue; a negative errno. */
static int approach(struct modifying *m, bool is_first)
{
	_cleanup_diag_ struct diag *lost = diag_new(), *unheard = diag_new();
	struct keyfile now = { 0 };
	struct nm_texts was = { 0 };
	const char *file = m->connection->file->name;
	bool any = false;
	int r = nm_profile_read(m->nm, &m->all.drafts, file, lost, &now);

	if (r == 0)
		r = nm_profile_make(m->nm, &now, &m->master, m->subject, unheard, &was);
	if (r == 0 && !nm_text_of(&was, file))
		r = -EINVAL;
	if (r == 0)
		r = change_keys(m, nm_text_of(&was, file), &any);
	/* Lines of routes may express the same in several ways. */
	if (r == 0 && is_first)
		r = change_companions(m, &was, lost, &any);
	return r < 0 ? r : !any;
}

static int check_modified(struct modifying *m, struct diag *to)
{
	struct drafts *drafts = &m->all.drafts;
	int r;

	drafts->diag = to;
	r = write_judge(m->nm->ctl, drafts, m->connection->file->name);
	drafts->diag = diag_of(m);
	return r;
}

/* Warnings that were there before the change are not about it; errors end it. */
static int check_before(struct modifying *m, struct diag *ret_known)
{
	int r = check_modified(m, ret_known);

	if (r < 0 && ret_known)
		diag_merge_new(diag_of(m), ret_known);
	return r;
}

/* What was found in the files before does not concern the change. */
static int check_change(struct modifying *m, struct diag *before, bool is_error)
{
	_cleanup_diag_ struct diag *after = diag_new();
	struct findings findings = { .known = before,
				     .to = diag_of(m),
				     .is_error = is_error };
	int r = check_modified(m, after);

	diag_each(after, DIAG_NOTICE, tell_new, &findings);
	return r;
}

/* The objection of the check, or else the probable reason. */
static int tell_why(struct modifying *m, struct diag *before)
{
	size_t errors = diag_errors(diag_of(m));

	check_change(m, before, true);
	if (diag_errors(diag_of(m)) > errors)
		return -EINVAL;
	diag_error(diag_of(m), (struct pos){ m->connection->file->path, 0 },
		   _("another key of it, or of /etc/sysconfig/network, says something "
		     "else"));
	diag_hint(diag_of(m), "change it with ifcfgctl set");
	return -EINVAL;
}

/* The first step may reveal a key that another one overrode until then. */
static int change_files(struct modifying *m, struct diag *before)
{
	int r = 0;

	for (unsigned int tries = 0; tries < 4 && r == 0; tries++)
		r = approach(m, tries == 0);
	return r == 1 ? 0 : r == 0 ? tell_why(m, before) : r;
}

static int modify(struct modifying *m, struct nm_words *words)
{
	_cleanup_diag_ struct diag *lost = diag_new(), *known = diag_new();
	struct keyfile before = { 0 };
	const char *file = m->connection->file->name;
	int r = nm_profile_read(m->nm, &m->all.drafts, file, lost, &before);

	m->subject = file + strlen("ifcfg-");
	m->wanted = before;
	m->wanted.entries = NULL;
	m->wanted.n = m->wanted.cap = 0;
	for (size_t i = 0; i < before.n && r == 0; i++)
		ARENA_PUSH(m->nm->arena, m->wanted.entries, m->wanted.n, m->wanted.cap,
			   before.entries[i]);
	if (r == 0)
		r = check_before(m, known);
	if (r == 0)
		r = take_changes(m, words);
	if (r == 0)
		r = make_wanted(m, &before);
	if (r == 0)
		r = drop_aliases(m, &before);
	if (r == 0)
		r = change_files(m, known);
	if (r == 0)
		r = check_change(m, known, false);
	return r == 0 ? drafts_write(&m->all.drafts) : r;
}

int nm_connection_modify(struct nm *nm, struct nm_words *words)
{
	struct modifying m = { .nm = nm };
	int r;

	if (nm_peek(words) && strcmp(nm_peek(words), "--temporary") == 0)
		return nm_usage(nm, _("is NetworkManager's: a file lasts"),
				nm_peek(words));
	if (!words->n)
		return nm_usage(nm, _("which connection?"), NULL);
	r = nm_connections_read(nm, true, &m.all);
	if (r == 0)
		m.connection = nm_connection_next(nm, &m.all, words);
	if (r == 0 && !m.connection) {
		nm_connections_release(&m.all);
		return NM_NONE;
	}
	if (r == 0)
		r = modify(&m, words);
	nm_connections_release(&m.all);
	return nm_status(nm, r, NM_USAGE);
}
