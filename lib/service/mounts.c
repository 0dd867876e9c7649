/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds system directories on network file systems in the kernel's list of mounts. */
#include "lib/service/mounts.h"

#include <stddef.h>
#include <string.h>

#include "lib/base/cleanup.h"

static const char *const system_places[] = { "/", "/usr" };

/* As in mountinfo; FUSE types follow "fuse.". */
static const char *const network_types[] = {
	"afs",   "ceph", "cifs", "davfs", "gfs",      "gfs2",  "glusterfs", "lustre",
	"ncpfs", "nfs",  "nfs4", "ocfs2", "orangefs", "pvfs2", "smb3",      "sshfs",
};

/* Moves *@at past the next word and the blank after it. */
static size_t next_mount_word(const char **at, const char **word)
{
	size_t len = strcspn(*at, " \n");

	*word = *at;
	*at += len + ((*at)[len] == ' ');
	return len;
}

static bool is_mount_word(const char *word, size_t len, const char *text)
{
	return strlen(text) == len && memcmp(word, text, len) == 0;
}

static const char *network_type(const char *type, size_t len)
{
	static const char fuse[] = "fuse.";
	size_t prefix = sizeof(fuse) - 1;

	if (len > prefix && memcmp(type, fuse, prefix) == 0) {
		type += prefix;
		len -= prefix;
	}
	for (size_t i = 0; i < ARRAY_SIZE(network_types); i++)
		if (is_mount_word(type, len, network_types[i]))
			return network_types[i];
	return NULL;
}

/*
 * ID PARENT DEVICE ROOT PLACE OPTIONS [TAG...] - TYPE SOURCE OPTIONS
 *
 * Sets types[i] if the line is about system_places[i].
 */
static void read_mount_line(const char *line, const char **types)
{
	const char *place = line, *word = line;
	size_t place_len = 0, len = 0;

	for (size_t i = 0; i < 5; i++)
		place_len = next_mount_word(&line, &place);
	do {
		len = next_mount_word(&line, &word);
	} while (len && !is_mount_word(word, len, "-"));
	if (!len)
		return;
	len = next_mount_word(&line, &word);
	for (size_t i = 0; i < ARRAY_SIZE(system_places); i++)
		if (is_mount_word(place, place_len, system_places[i]))
			types[i] = network_type(word, len);
}

bool mounts_need_network(const char *mountinfo, struct mount_need *ret)
{
	const char *types[ARRAY_SIZE(system_places)] = { NULL };

	while (*mountinfo) {
		size_t len = strcspn(mountinfo, "\n");

		read_mount_line(mountinfo, types);
		mountinfo += len + (mountinfo[len] == '\n');
	}
	for (size_t i = 0; i < ARRAY_SIZE(system_places); i++)
		if (types[i]) {
			*ret = (struct mount_need){ system_places[i], types[i] };
			return true;
		}
	return false;
}
