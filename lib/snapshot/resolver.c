/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds out what maintains the name servers of this host: a file, systemd-resolved or
 * resolvconf.
 */
#include "lib/snapshot/resolver.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/strbuf.h"
#include "lib/snapshot/runs.h"

/*
 * A larger file is not a resolv.conf; the resolver itself reads lines of 512 bytes at
 * most.
 */
#define TEXT_MAX 16384

static const char *const kind_names[] = {
	[RESOLVER_FILE] = "file",
	[RESOLVER_RESOLVED] = "resolved",
	[RESOLVER_RESOLVCONF] = "resolvconf",
	[RESOLVER_UNUSABLE] = "unusable",
};

/* ---- as data ---- */

void snapshot_set_resolver(struct snapshot *snapshot,
			   const struct snap_resolver *resolver)
{
	snapshot->resolver = *resolver;
	if (!resolver->text)
		return;
	snapshot->resolver.text = arena_strdup(snapshot->arena, resolver->text);
}

void snapshot_set_dns(struct snapshot *snapshot, struct snap_link *link,
		      const struct dns *dns)
{
	struct dns *copy = arena_alloc(snapshot->arena, sizeof(*copy));

	dns_merge(copy, snapshot->arena, dns);
	link->dns = copy;
}

void snapshot_all_dns(const struct snapshot *snapshot, struct arena *arena,
		      struct dns *ret)
{
	struct dns all = { 0 };

	for (size_t i = 0; i < snapshot->n_links; i++)
		if (snapshot->links[i]->dns)
			dns_merge(&all, arena, snapshot->links[i]->dns);
	*ret = all;
}

/* ---- as text ---- */

int resolver_kind_parse(const char *name, enum resolver_kind *ret)
{
	for (unsigned int kind = 0; kind < ARRAY_SIZE(kind_names); kind++) {
		if (strcmp(kind_names[kind], name) != 0)
			continue;
		*ret = kind;
		return 0;
	}
	return -EINVAL;
}

void resolver_add_line(struct snapshot *snapshot, const char *line)
{
	const char *text = snapshot->resolver.text;

	text = arena_printf(snapshot->arena, "%s%s\n", text ? text : "", line);
	snapshot->resolver.text = text;
}

void resolver_write(const struct snap_resolver *resolver, FILE *out)
{
	const char *line = resolver->text;

	if (line || resolver->kind != RESOLVER_FILE)
		fprintf(out, "resolver %s\n", kind_names[resolver->kind]);
	while (line && *line) {
		size_t len = strcspn(line, "\n");

		fprintf(out, "resolv %.*s\n", (int)len, line);
		line += len + (line[len] == '\n');
	}
}

void dns_write(const char *link, const struct dns *dns, FILE *out)
{
	fprintf(out, "dns %s", link);
	for (unsigned int kind = 0; kind < DNS_COUNT; kind++)
		for (size_t i = 0; i < dns->of[kind].n; i++) {
			fprintf(out, " %s ", dns_kind_names[kind]);
			run_word_encode(dns->of[kind].words[i], out);
		}
	fputc('\n', out);
}

static int read_dns_word(struct snapshot *snapshot, struct dns *dns, const char *name,
			 const char *text)
{
	const char *word = run_word_decode(snapshot->arena, text);

	for (unsigned int kind = 0; kind < DNS_COUNT; kind++)
		if (strcmp(dns_kind_names[kind], name) == 0) {
			dns_add(dns, snapshot->arena, kind, word);
			return 0;
		}
	return -EINVAL;
}

int dns_read(struct snapshot *snapshot, struct snap_link *link, const char **words)
{
	int r = 0;

	link->dns = arena_alloc(snapshot->arena, sizeof(*link->dns));
	for (; r == 0 && *words; words += 2)
		r = words[1] ? read_dns_word(snapshot, link->dns, words[0], words[1])
			     : -EINVAL;
	return r;
}

/* ---- from the system ---- */

/* The targets of symbolic links made by such services, without leading `../`. */
static const struct {
	const char *path;
	enum resolver_kind kind;
} targets[] = {
	{ "run/systemd/resolve/", RESOLVER_RESOLVED },
	{ "usr/lib/systemd/resolv.conf", RESOLVER_RESOLVED },
	{ "lib/systemd/resolv.conf", RESOLVER_RESOLVED },
	{ "run/resolvconf/", RESOLVER_RESOLVCONF },
	{ "etc/resolvconf/", RESOLVER_RESOLVCONF },
	{ "resolvconf/", RESOLVER_RESOLVCONF }, /* from /etc */
};

/*
 * Judges by the symbolic link RESOLV_CONF; a file if it is not a link, or leads
 * elsewhere.
 */
static enum resolver_kind kind_of_link(void)
{
	char target[256] = "", *at = target;

	if (readlink(RESOLV_CONF, target, sizeof(target) - 1) < 0)
		return RESOLVER_FILE;
	while (*at == '/' || strncmp(at, "../", 3) == 0)
		at += *at == '/' ? 1 : 3;
	for (size_t i = 0; i < ARRAY_SIZE(targets); i++)
		if (strncmp(at, targets[i].path, strlen(targets[i].path)) == 0)
			return targets[i].kind;
	return RESOLVER_FILE;
}

/* Return: NULL with a reason if it cannot be edited. */
static char *read_whole(int fd, const char **ret_why)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	char block[4096];
	ssize_t n;

	while ((n = read(fd, block, sizeof(block))) > 0 && text.len < TEXT_MAX)
		strbuf_addn(&text, block, (size_t)n);
	if (n < 0)
		*ret_why = language_error(errno);
	else if (n > 0)
		*ret_why = _("it is too long");
	else if (memchr(strbuf_text(&text), '\0', text.len))
		*ret_why = _("it is not a text");
	else if (text.len && text.text[text.len - 1] != '\n')
		strbuf_addc(&text, '\n'); /* so that all lines are alike */
	return *ret_why ? NULL : strbuf_take(&text);
}

static void unusable(struct snapshot *snapshot, const char *why, struct diag *diag)
{
	snapshot->resolver.kind = RESOLVER_UNUSABLE;
	diag_warning(diag, (struct pos){ RESOLV_CONF, 0 }, _("left alone: %s"), why);
	diag_hint(diag, "name servers of the interfaces are not set");
}

static void read_resolv_conf(struct snapshot *snapshot, struct diag *diag)
{
	_cleanup_close_ int fd = open(RESOLV_CONF, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	_cleanup_free_ char *text = NULL;
	const char *why = NULL;
	struct stat file;

	if (fd < 0) {
		if (errno != ENOENT)
			unusable(snapshot, language_error(errno), diag);
		return;
	}
	if (fstat(fd, &file) < 0 || !S_ISREG(file.st_mode)) {
		unusable(snapshot, _("it is not a regular file"), diag);
		return;
	}
	text = read_whole(fd, &why);
	if (!text) {
		if (why)
			unusable(snapshot, why, diag);
		return;
	}
	snapshot->resolver.text = arena_strdup(snapshot->arena, text);
}

/* Some of the programs called resolvconf write a plain file that begins with this. */
static bool is_generated(const char *text)
{
	static const char mark[] = "enerated by resolvconf";

	for (; *text == '#'; text += strspn(text, "\n")) {
		size_t len = strcspn(text, "\n");

		if (memmem(text, len, mark, strlen(mark)))
			return true;
		text += len;
	}
	return false;
}

static void look_for_program(struct snapshot *snapshot, const char *name)
{
	if (snapshot_program(snapshot, name))
		return;
	snapshot_find_programs(snapshot, &name, 1);
}

/* The files, named after links, in which a service keeps what it was given. */
static const struct told {
	enum resolver_kind kind;
	const char *folder;
	bool by_index;
} told[] = {
	{ RESOLVER_RESOLVED, "/run/systemd/resolve/netif", true },
	{ RESOLVER_RESOLVCONF, "/run/resolvconf/interfaces", false },
	{ RESOLVER_RESOLVCONF, "/run/resolvconf/interface", false },
	{ RESOLVER_RESOLVCONF, "/run/resolvconf/keys", false },
};

static bool has_service_file(const struct told *place, const struct snap_link *link)
{
	_cleanup_free_ char *path =
		place->by_index ? memory_printf("%s/%d", place->folder, link->ifindex)
				: memory_printf("%s/%s", place->folder, link->name);

	return access(path, F_OK) == 0 || errno == EACCES;
}

/*
 * If this cannot be determined, it counts as given, so as not to give it again every
 * time.
 */
static bool is_told(enum resolver_kind kind, const struct snap_link *link)
{
	bool knows_folder = false;

	for (size_t i = 0; i < ARRAY_SIZE(told); i++) {
		if (told[i].kind != kind || access(told[i].folder, F_OK) < 0)
			continue;
		knows_folder = true;
		if (has_service_file(&told[i], link))
			return true;
	}
	return !knows_folder;
}

static void ask_of_links(struct snapshot *snapshot, const struct snapshot *made)
{
	for (size_t i = 0; i < made->n_links; i++) {
		struct snap_link *link =
			made->links[i]->dns
				? snapshot_link(snapshot, made->links[i]->name)
				: NULL;

		if (link)
			link->in_resolver = is_told(snapshot->resolver.kind, link);
	}
}

static void look_at_resolv_conf(struct snapshot *snapshot, struct diag *diag)
{
	read_resolv_conf(snapshot, diag);

	if (!snapshot->resolver.text || !is_generated(snapshot->resolver.text))
		return;
	look_for_program(snapshot, "resolvconf");
	if (!snapshot_program(snapshot, "resolvconf"))
		return;
	snapshot->resolver = (struct snap_resolver){ .kind = RESOLVER_RESOLVCONF };
}

void snapshot_look_at_resolver(struct snapshot *snapshot, const struct snapshot *made,
			       struct diag *diag)
{
	static const char *const programs[] = {
		[RESOLVER_FILE] = NULL,
		[RESOLVER_RESOLVED] = "resolvectl",
		[RESOLVER_RESOLVCONF] = "resolvconf",
		[RESOLVER_UNUSABLE] = NULL,
	};

	snapshot->resolver = (struct snap_resolver){ .kind = kind_of_link() };
	if (snapshot->resolver.kind == RESOLVER_FILE)
		look_at_resolv_conf(snapshot, diag);
	if (programs[snapshot->resolver.kind])
		look_for_program(snapshot, programs[snapshot->resolver.kind]);
	if (programs[snapshot->resolver.kind])
		ask_of_links(snapshot, made);
}
