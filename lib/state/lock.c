/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes sure that one run at a time makes changes, apart from runs started by its own
 * hooks and helpers.
 *
 * A run holds two locks while it changes something: that of its level, and the next one.
 * A hook finds in its environment the level, and a word that the lock's file contains as
 * long as the run lasts. While programs are run, and only then, the next lock is free for
 * the runs that they start, one at a time, each of which holds the lock of the level
 * after it in turn. So a program that a hook leaves running in the background cannot
 * interfere with the run, nor the run with it: one of them waits.
 */
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/state/failed.h"
#include "lib/state/state.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>

#include "lib/base/num.h"
#include "lib/state/lock-holder.h"

#define LOCK_WAIT_MS   60000
#define LOCK_RETRY_MS  50
#define LOCK_VARIABLE  "IFCFG_BOND_LOCK" /* LEVEL:WORD */
#define LEVEL_MAX      8
#define DIRECTORY_MODE 0711
#define WORD_MAX       48
#define SIGNATURE_MAX  (WORD_MAX + 16)

static void nap_before_retry(void)
{
	const struct timespec pause = { .tv_nsec = LOCK_RETRY_MS * 1000000L };

	nanosleep(&pause, NULL);
}

static char *lock_path(const char *dir, unsigned int level)
{
	return level ? memory_printf("%s/lock.%u", dir, level)
		     : memory_printf("%s/lock", dir);
}

int state_failed(struct diag *diag, const char *path, const char *what, int error)
{
	diag_error(diag, (struct pos){ path, 0 }, _("cannot %s: %s"), what,
		   language_error(-error));
	return error;
}

/*
 * Whether the lock's file, after the number of the process, contains this word of its
 * holder.
 */
static bool has_holder_word(int fd, const char *word)
{
	char text[SIGNATURE_MAX + 1] = "", *line;

	if (pread(fd, text, sizeof(text) - 1, 0) <= 0)
		return false;
	line = strchr(text, '\n');
	if (!line)
		return false;
	line++;
	line[strcspn(line, "\n")] = '\0';
	return strcmp(line, word) == 0;
}

/* ---- one lock ---- */

/* The file may name a run that has ended, so the kernel is asked first. */
static void tell_holder(int fd, const char *path, struct diag *diag)
{
	struct lock_holder holder = { 0 };

	if (lock_find_holder(fd, &holder) == 0)
		diag_error(diag, (struct pos){ 0 },
			   "process %d (%s) has held a lock of the network for %d s",
			   holder.pid, holder.name, LOCK_WAIT_MS / 1000);
	else
		diag_error(diag, (struct pos){ 0 },
			   "an unknown process has held a lock of the network for %d s",
			   LOCK_WAIT_MS / 1000);
	diag_hint(diag, "wait until it ends, or end it; the lock is %s", path);
}

/* Return: 0; -EBUSY, reported; another negative errno. */
static int wait_for_lock(int fd, const char *path, struct diag *diag)
{
	for (int waited = 0; flock(fd, LOCK_EX | LOCK_NB) < 0; waited += LOCK_RETRY_MS) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return -errno;
		if (waited >= LOCK_WAIT_MS) {
			tell_holder(fd, path, diag);
			return -EBUSY;
		}
		nap_before_retry();
	}
	return 0;
}

/*
 * Anyone who can open the file, even for reading only, can lock it. Earlier versions made
 * files and directories that everybody could read; in a directory that they made, others
 * need no more than access to the state file.
 */
static int narrow_lock_file(const char *dir, int fd)
{
	struct stat file, around;

	if (fstat(fd, &file) < 0)
		return -errno;
	if (!(file.st_mode & 077))
		return 0;
	if (stat(dir, &around) < 0 || fchmod(fd, 0600) < 0)
		return -errno;
	return (around.st_mode & 07777) == 0755 && chmod(dir, DIRECTORY_MODE) < 0 ? -errno
										  : 0;
}

static int take_path(const char *dir, const char *path, struct diag *diag, int *ret_fd)
{
	int r, fd;

	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return state_failed(diag, path, _("be opened"), -errno);
	r = narrow_lock_file(dir, fd);
	if (r == 0)
		r = wait_for_lock(fd, path, diag);
	if (r < 0) {
		close(fd);
		return r == -EBUSY ? r : state_failed(diag, path, _("be locked"), r);
	}
	*ret_fd = fd;
	return 0;
}

static int take_lock(const char *dir, unsigned int level, struct diag *diag, int *ret_fd)
{
	_cleanup_free_ char *path = lock_path(dir, level);

	return take_path(dir, path, diag, ret_fd);
}

/* Other processes may share the descriptor for a moment. */
static void drop_lock(int *fd)
{
	if (*fd < 0)
		return;
	flock(*fd, LOCK_UN);
	close(*fd);
	*fd = -1;
}

/* ---- the run that started this one ---- */

/* Whether a run of that level with that word is in progress. */
static bool is_lock_held(const char *dir, unsigned int level, const char *word)
{
	_cleanup_free_ char *path = lock_path(dir, level);
	_cleanup_close_ int fd = open(path, O_RDONLY | O_CLOEXEC);

	return fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK &&
	       has_holder_word(fd, word);
}

/* The level of this run: one more than that of the run that started us, or 0. */
static unsigned int find_level(const char *dir)
{
	const char *value = getenv(LOCK_VARIABLE);
	const char *colon = value ? strchr(value, ':') : NULL;
	char digits[4] = "";
	uint32_t level;

	if (!colon || (size_t)(colon - value) >= sizeof(digits) || !colon[1])
		return 0;
	memcpy(digits, value, (size_t)(colon - value));
	if (num_parse_u32(digits, LEVEL_MAX, &level) < 0 ||
	    !is_lock_held(dir, level, colon + 1))
		return 0;
	return level + 1;
}

static int too_deep(struct diag *diag)
{
	diag_error(diag, (struct pos){ 0 },
		   "%d runs have started one another; this is the last", LEVEL_MAX + 1);
	diag_hint(diag, "does a hook or helper run ifup for the interface that it is run "
			"for?");
	return -ELOOP;
}

/*
 * Writes our process number for those who wait, and a word, "" for none, for those we
 * start. What follows is empty lines: the file has the same length each time, and need not
 * be emptied first.
 */
static int sign(int fd, pid_t pid, const char *word)
{
	char text[SIGNATURE_MAX];
	int len = snprintf(text, sizeof(text), "%d\n%s", pid, word);

	memset(text + len, '\n', sizeof(text) - (size_t)len);
	return pwrite(fd, text, sizeof(text), 0) == sizeof(text) ? 0 : -errno;
}

static int sign_own(const struct state *state, pid_t pid)
{
	char word[WORD_MAX], value[WORD_MAX + 4];
	uint64_t chance;

	if (getrandom(&chance, sizeof(chance), 0) != sizeof(chance))
		return -errno;
	snprintf(word, sizeof(word), "%d-%016" PRIx64, pid, chance);
	snprintf(value, sizeof(value), "%u:%s", state->level, word);
	memory_setenv(LOCK_VARIABLE, value);
	return sign(state->lock_fd, pid, word);
}

/* ---- taking both locks ---- */

/*
 * Waits for runs whose parent was killed and could not wait for them. No more of them can
 * start, as they would need the parent's word.
 */
static int wait_for_orphans(const char *dir, unsigned int level, struct diag *diag)
{
	for (;; level++) {
		_cleanup_free_ char *path = lock_path(dir, level);
		_cleanup_close_ int fd = open(path, O_RDONLY | O_CLOEXEC);
		int r;

		if (fd < 0)
			return 0;
		r = wait_for_lock(fd, path, diag);
		if (r < 0)
			return r == -EBUSY ? r
					   : state_failed(diag, path, _("be locked"), r);
	}
}

/* Return: 0; a negative errno, reported. */
static int take_both(struct state *state, const char *dir, pid_t pid, struct diag *diag)
{
	int r = take_lock(dir, state->level, diag, &state->lock_fd);

	if (r == 0)
		r = take_lock(dir, state->level + 1, diag, &state->inner_fd);
	if (r < 0)
		return r;
	r = sign(state->inner_fd, pid, "");
	return r < 0 ? state_failed(diag, dir, _("be signed"), r)
		     : wait_for_orphans(dir, state->level + 2, diag);
}

static int lock(struct state *state, const char *dir, struct diag *diag)
{
	const pid_t pid = getpid();
	int r;

	do {
		state_unlock(state);
		state->level = find_level(dir);
		if (state->level > LEVEL_MAX)
			return too_deep(diag);
		r = take_both(state, dir, pid, diag);
		/* The run that started us may have ended while we waited for others. */
	} while (r == 0 && state->level && find_level(dir) != state->level);
	if (r < 0)
		return r;
	r = sign_own(state, pid);
	return r < 0 ? state_failed(diag, dir, _("be signed"), r) : 0;
}

static int make_directory(const char *dir, struct diag *diag)
{
	if (mkdir(dir, DIRECTORY_MODE) < 0 && errno != EEXIST)
		return state_failed(diag, dir, _("be created"), -errno);
	return 0;
}

int state_lock(struct state *state, const char *dir, struct diag *diag)
{
	int r = make_directory(dir, diag);

	state->dir = dir;
	if (r < 0)
		return r;
	r = lock(state, dir, diag);
	if (r < 0)
		state_unlock(state);
	return r;
}

void state_admit(struct state *state)
{
	if (state->inner_fd >= 0)
		flock(state->inner_fd, LOCK_UN);
}

int state_dismiss(struct state *state, struct diag *diag)
{
	_cleanup_free_ char *path = NULL;
	int r;

	if (state->inner_fd < 0)
		return 0;
	path = lock_path(state->dir, state->level + 1);
	r = wait_for_lock(state->inner_fd, path, diag);
	if (r == 0)
		r = sign(state->inner_fd, getpid(), "");
	if (r < 0)
		return r == -EBUSY ? r : state_failed(diag, path, _("be locked"), r);
	return wait_for_orphans(state->dir, state->level + 2, diag);
}

void state_unlock(struct state *state)
{
	drop_lock(&state->inner_fd);
	drop_lock(&state->lock_fd);
}

int state_lock_files(const char *dir, struct diag *diag, int *ret_fd)
{
	_cleanup_free_ char *path = NULL;
	int r = make_directory(dir, diag);

	if (r < 0)
		return r;
	path = memory_printf("%s/lock.files", dir);
	return take_path(dir, path, diag, ret_fd);
}
