/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Settings of some kinds of links that are not made by rtnetlink. */
#include "lib/apply/special.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/if_tun.h>

#include "lib/apply/module.h"
#include "lib/base/cleanup.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/strbuf.h"

#define TUN_DEVICE "/dev/net/tun"

/* ---- tap and tun devices ---- */

/* If the device file exists, opening it loads the driver. */
static int open_tun(struct rtnl_reply *reply)
{
	const char *why = NULL;
	int fd = open(TUN_DEVICE, O_RDWR | O_CLOEXEC);

	if (fd < 0 && (errno == ENOENT || errno == ENODEV || errno == ENXIO)) {
		module_load_tun(&why);
		fd = open(TUN_DEVICE, O_RDWR | O_CLOEXEC);
	}
	if (fd >= 0)
		return fd;
	reply->error = -errno;
	reply->text = memory_printf(_("cannot open %s%s%s"), TUN_DEVICE, why ? ": " : "",
				    why ? why : "");
	return -1;
}

/*
 * Until it is made persistent, the link goes with the descriptor: a failure on the way
 * leaves nothing. The index chosen by the plan is for a new link, and ignored for an
 * existing one.
 */
static int make_tun(int fd, const struct plan_op *op)
{
	const struct tun *tun = op->tun;
	const short kind = tun->is_tap ? IFF_TAP : IFF_TUN;
	struct ifreq request = { .ifr_flags = (short)(kind | IFF_NO_PI) };
	unsigned int index = (unsigned int)op->ifindex;

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", op->dev);
	if (ioctl(fd, TUNSETIFINDEX, &index) < 0 || ioctl(fd, TUNSETIFF, &request) < 0 ||
	    (tun->has_owner && ioctl(fd, TUNSETOWNER, (unsigned long)tun->owner) < 0) ||
	    (tun->has_group && ioctl(fd, TUNSETGROUP, (unsigned long)tun->group) < 0) ||
	    ioctl(fd, TUNSETPERSIST, 1UL) < 0)
		return -errno;
	return 0;
}

int tun_run(const struct direct_env *env, struct step *const *steps, size_t n)
{
	(void)env;
	for (size_t i = 0; i < n; i++) {
		_cleanup_close_ int fd = -1;

		if (steps[i]->state != STEP_STARTED)
			continue;
		fd = open_tun(&steps[i]->reply);
		if (fd >= 0)
			steps[i]->reply.error = make_tun(fd, steps[i]->op);
	}
	return 0;
}

/* ---- InfiniBand ---- */

/*
 * Through its file and not by rtnetlink, whose ipoib_changelink() can lose the kernel's
 * lock under contention.
 */
static int write_mode(const struct plan_op *op)
{
	_cleanup_strbuf_ struct strbuf path = STRBUF_EMPTY, line = STRBUF_EMPTY;
	_cleanup_close_ int fd = -1;

	strbuf_addf(&path, "/sys/class/net/%s/mode", op->dev);
	strbuf_addf(&line, "%s\n", ipoib_mode_word(op->is_connected));
	fd = open(strbuf_text(&path), O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, strbuf_text(&line), line.len) < 0)
		return -errno;
	return 0;
}

int ipoib_run(const struct direct_env *env, struct step *const *steps, size_t n)
{
	(void)env;
	for (size_t i = 0; i < n; i++)
		if (steps[i]->state == STEP_STARTED)
			steps[i]->reply.error = write_mode(steps[i]->op);
	return 0;
}
