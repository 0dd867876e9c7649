/* SPDX-License-Identifier: GPL-2.0-or-later */
/* DHCP clients: which one runs for a link, and how it was started. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/memory.h"
#include "lib/base/num.h"
#include "lib/base/strbuf.h"
#include "lib/snapshot/snapshot.h"

#define PID_TEXT_MAX 16

/* ---- as data ---- */

bool snap_same_words(const char *const *a, const char *const *b)
{
	if (!a || !b)
		return a == b;
	while (*a && *b && strcmp(*a, *b) == 0) {
		a++;
		b++;
	}
	return !*a && !*b;
}

static const char *copy_text(struct arena *arena, const char *text)
{
	return text ? arena_strdup(arena, text) : NULL;
}

static const char *const *copy_words(struct arena *arena, const char *const *words)
{
	const char **copy = NULL;
	size_t n = 0, cap = 0;

	for (; words && *words; words++) {
		const char *word = copy_text(arena, *words);

		ARENA_PUSH(arena, copy, n, cap, word);
	}
	if (words)
		ARENA_PUSH(arena, copy, n, cap, NULL);
	return copy;
}

void snapshot_add_client(struct snapshot *snapshot, struct snap_link *link,
			 const struct snap_client *client)
{
	struct arena *arena = snapshot->arena;
	struct snap_client *copy = arena_memdup(arena, client, sizeof(*client));
	struct snap_client **end = &link->clients;

	copy->next = NULL;
	copy->argv = copy_words(arena, client->argv);
	copy->env = copy_words(arena, client->env);
	copy->conf = copy_text(arena, client->conf);
	copy->host_name = copy_text(arena, client->host_name);
	while (*end)
		end = &(*end)->next;
	*end = copy;
}

struct snap_client *snap_link_client(const struct snap_link *link,
				     enum dhcp_family family)
{
	struct snap_client *client = link->clients;

	while (client && client->family != family)
		client = client->next;
	return client;
}

void snap_link_drop_client(struct snap_link *link, const struct snap_client *client)
{
	struct snap_client **at = &link->clients;

	while (*at && *at != client)
		at = &(*at)->next;
	if (*at)
		*at = client->next;
}

/*
 * Addresses from router advertisements also expire, but have the network's prefix length.
 */
bool snap_addr_is_leased(const struct snap_addr *addr, enum dhcp_family family)
{
	if (addr->flags & IFA_F_PERMANENT || addr->scope != RT_SCOPE_UNIVERSE)
		return false;
	if (family == DHCP_IP4)
		return addr->addr.family == AF_INET;
	return addr->addr.family == AF_INET6 && addr->prefix_len == 128;
}

/* ---- from /proc ---- */

int snap_client_pid(const char *pid_file)
{
	_cleanup_close_ int fd = open(pid_file, O_RDONLY | O_CLOEXEC);
	char text[PID_TEXT_MAX] = "";
	uint32_t pid;

	if (fd < 0 || read(fd, text, sizeof(text) - 1) <= 0)
		return 0;
	text[strspn(text, "0123456789")] = '\0';
	return num_parse_u32(text, INT_MAX, &pid) == 0 ? (int)pid : 0;
}

/*
 * The command line, whose words end with zeros, and one more zero. NULL if there is none.
 */
static char *read_command_line(int pid, size_t *ret_len)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	char path[sizeof("/proc//cmdline") + PID_TEXT_MAX], block[1024];
	_cleanup_close_ int fd = -1;
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/cmdline", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && (n = read(fd, block, sizeof(block))) > 0)
		strbuf_addn(&text, block, (size_t)n);
	*ret_len = text.len;
	return text.len ? strbuf_take(&text) : NULL;
}

/*
 * The words of a command line, ending with NULL; freed with free(). Blanks also separate
 * words, because some clients rewrite their command line: "dhcpcd: bond0 [ip4]".
 */
static char **split_command(char *text, size_t len)
{
	char **words = memory_zeroed(len / 2 + 2, sizeof(*words)), *rest = NULL;
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		if (!text[i])
			text[i] = ' ';
	for (char *word = strtok_r(text, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest))
		words[n++] = word;
	return words;
}

static bool is_client(const char *word, const char *program)
{
	const char *name = basename(word);
	size_t len = strlen(program);

	return strncmp(name, program, len) == 0 &&
	       (!name[len] || strcmp(name + len, ":") == 0);
}

bool snap_client_runs(enum dhcp_client_id id, enum dhcp_family family, const char *dev,
		      int pid)
{
	_cleanup_free_ char *text = NULL;
	_cleanup_free_ char **words = NULL;
	size_t len;

	text = pid ? read_command_line(pid, &len) : NULL;
	words = text ? split_command(text, len) : NULL;
	if (!words || !words[0] ||
	    !is_client(words[0], dhcp_clients[id].programs[family]))
		return false;
	for (char **word = words + 1; *word; word++)
		if (strcmp(*word, dev) == 0)
			return true;
	return false;
}

/* The words it was started with, unless it has overwritten them. */
static void read_argv(struct arena *arena, int pid, const char *const **ret)
{
	_cleanup_free_ char *text = NULL;
	const char **argv = NULL;
	size_t n = 0, cap = 0, len;

	text = read_command_line(pid, &len);
	if (!text || strchr(text, ':'))
		return;
	for (const char *word = text; word < text + len; word += strlen(word) + 1)
		ARENA_PUSH(arena, argv, n, cap, arena_strdup(arena, word));
	ARENA_PUSH(arena, argv, n, cap, NULL);
	*ret = argv;
}

static void find_client(struct snapshot *snapshot, struct snap_link *link,
			enum dhcp_client_id id, enum dhcp_family family)
{
	const char *pid_file = dhcp_pid_file(snapshot->arena, id, family, link->name);
	struct snap_client client = { .family = family, .id = id };

	client.pid = snap_client_pid(pid_file);
	if (!snap_client_runs(id, family, link->name, client.pid))
		return;
	read_argv(snapshot->arena, client.pid, &client.argv);
	snapshot_add_client(snapshot, link, &client);
}

void snapshot_find_clients(struct snapshot *snapshot, struct snap_link *link)
{
	for (unsigned int family = 0; family < DHCP_FAMILIES; family++)
		for (unsigned int id = 0; id < DHCP_CLIENTS; id++)
			find_client(snapshot, link, id, family);
}

/* ---- programs ---- */

/* The usage text of programs that have the option contains it. */
static bool file_has(const char *path, const char *text)
{
	_cleanup_close_ int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat file;
	bool found;
	void *data;

	if (fd < 0 || fstat(fd, &file) < 0 || !file.st_size)
		return false;
	data = mmap(NULL, (size_t)file.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (data == MAP_FAILED)
		return false;
	found = memmem(data, (size_t)file.st_size, text, strlen(text));
	munmap(data, (size_t)file.st_size);
	return found;
}

void snapshot_find_dhcp_programs(struct snapshot *snapshot)
{
	static const char *const others[] = { DHCP_DHCLIENT_SCRIPT, DHCP_UDHCPC_SCRIPT };
	const char *dhclient;
	snapshot_find_programs(snapshot, others, ARRAY_SIZE(others));

	for (unsigned int id = 0; id < DHCP_CLIENTS; id++)
		snapshot_find_programs(snapshot, dhcp_clients[id].programs,
				       DHCP_FAMILIES);
	dhclient = snapshot_program(snapshot, dhcp_clients[DHCP_DHCLIENT].programs[0]);
	snapshot->dhclient_sends_names =
		dhclient && file_has(dhclient, "[-H <host-name>");
}

/* ---- files ---- */

void snapshot_add_file(struct snapshot *snapshot, const char *path, bool is_empty)
{
	struct snap_file *file = arena_alloc(snapshot->arena, sizeof(*file));

	file->path = arena_strdup(snapshot->arena, path);
	file->is_empty = is_empty;
	file->next = snapshot->files;
	snapshot->files = file;
}

void snapshot_find_files(struct snapshot *snapshot, const char *const *paths, size_t n)
{
	struct stat file;

	for (size_t i = 0; i < n; i++)
		if (stat(paths[i], &file) == 0)
			snapshot_add_file(snapshot, paths[i], file.st_size == 0);
}

const struct snap_file *snapshot_file(const struct snapshot *snapshot, const char *path)
{
	const struct snap_file *file = snapshot->files;

	while (file && strcmp(file->path, path) != 0)
		file = file->next;
	return file;
}
