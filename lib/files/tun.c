/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads tap and tun devices, and their text form. */
#include "lib/files/tun.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <inttypes.h>
#include <pwd.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/base/cleanup.h"
#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/files/source.h"

/* ---- from the file ---- */

bool tun_is_meant(const struct ifcfg *file)
{
	return ifcfg_has_type(file, "Tap");
}

/* A directory service that does not answer must not delay the boot. */
#define LOOK_UP_LIMIT_S 10

/* The errno that NSS sets if there is no such name differs between modules. */
static int why_not_found(void)
{
	return errno == ENOMEM || errno == EMFILE || errno == ENFILE ? -errno : -ENOENT;
}

/* Return: 0; -ENOENT; a negative errno. */
static int find_user(const char *name, uint32_t *ret)
{
	const struct passwd *user = getpwnam(name);

	if (user)
		*ret = user->pw_uid;
	return user ? 0 : why_not_found();
}

static int find_group(const char *name, uint32_t *ret)
{
	const struct group *group = getgrnam(name);

	if (group)
		*ret = group->gr_gid;
	return group ? 0 : why_not_found();
}

/* struct id_kind - users or groups */
struct id_kind {
	const char *what;
	int (*find)(const char *name, uint32_t *ret);
};

static const struct id_kind user_kind = { "user", find_user };
static const struct id_kind group_kind = { "group", find_group };

/* struct answer - of the child process; @result as for find(). */
struct answer {
	int result;
	uint32_t id;
};

static _Noreturn void answer(const struct id_kind *kind, const char *name, int fd)
{
	struct answer answer = { 0 };

	alarm(LOOK_UP_LIMIT_S);
	errno = 0;
	answer.result = kind->find(name, &answer.id);
	_exit(write(fd, &answer, sizeof(answer)) == sizeof(answer) ? 0 : 1);
}

static int wait_for_child(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -EIO;
}

/*
 * In a child process: glibc loads other projects' modules for this, which may crash or
 * hang, and crashes itself if memory is short. Return: 0; -ENOENT; another negative errno
 * if it is unknown.
 */
static int look_up_id(const struct id_kind *kind, const char *name, uint32_t *ret)
{
	_cleanup_close_ int from = -1, to = -1;
	struct answer found = { 0 };
	int r, fds[2];
	pid_t child;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -errno;
	from = fds[0];
	to = fds[1];
	child = fork();
	if (child < 0)
		return -errno;
	if (child == 0)
		answer(kind, name, to);
	r = wait_for_child(child);
	if (r == 0 && read(from, &found, sizeof(found)) != sizeof(found))
		r = -EIO;
	if (r < 0)
		return r;
	*ret = found.id;
	return found.result;
}

/*
 * Without the user that is meant, only root may open it: no more than was requested.
 * Return: 0, or a negative errno, which is reported.
 */
static int read_user_id(const struct source *src, const char *key,
			const struct id_kind *kind, bool *ret_has, uint32_t *ret)
{
	const char *value = ifcfg_own_value(src->file, key);
	int r = value ? num_parse_u32(value, UINT32_MAX - 1, ret) : 0;

	if (r < 0)
		r = look_up_id(kind, value, ret);
	*ret_has = value && r == 0;
	if (r == -ENOENT) {
		diag_warning(src->diag, source_pos(src, key),
			     "%s='%s' ignored: there is no such %s", key, value,
			     _(kind->what));
		diag_hint(src->diag, "name a %s, or write its number", _(kind->what));
		return 0;
	}
	if (r < 0) {
		diag_error(src->diag, source_pos(src, key),
			   "%s='%s': cannot look up this %s: %s", key, value,
			   _(kind->what),
			   r == -EIO ? _("the search crashed or took too long")
				     : language_error(-r));
		diag_hint(src->diag, "write its number");
	}
	return r;
}

int iface_read_tun(const struct source *src, struct iface *iface)
{
	struct tun *tun = &iface->tun;
	int r;

	tun->is_tap = strncmp(iface->name, "tun", 3) != 0;
	r = read_user_id(src, "OWNER", &user_kind, &tun->has_owner, &tun->owner);
	return r == 0 ? read_user_id(src, "GROUP", &group_kind, &tun->has_group,
				     &tun->group)
		      : r;
}
