/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes settings below /proc/sys/net. */
#include "lib/apply/conf.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/strbuf.h"

static int write_text(const struct plan_op *op, const char *name, const char *value)
{
	_cleanup_strbuf_ struct strbuf path = STRBUF_EMPTY;
	_cleanup_close_ int fd = -1;

	strbuf_addf(&path, "/proc/sys/net/%s/conf/%s/%s", link_confs[op->conf.id].family,
		    op->dev, name);
	fd = open(strbuf_text(&path), O_WRONLY | O_CLOEXEC);
	return fd < 0 || write(fd, value, strlen(value)) < 0 ? -errno : 0;
}

/*
 * Writing the secret changes the mode, but addresses are generated only when the mode is
 * written, too.
 */
static int write_secret(const struct plan_op *op)
{
	int r = write_text(op, "stable_secret", op->conf.secret);

	return r == 0 ? write_text(op, "addr_gen_mode", "1") : r;
}

static int write_setting(const struct plan_op *op)
{
	_cleanup_strbuf_ struct strbuf value = STRBUF_EMPTY;
	int r = op->conf.secret ? write_secret(op) : 0;

	strbuf_addf(&value, "%d", op->conf.num);
	if (r < 0)
		return r;
	return write_text(op, link_confs[op->conf.id].name, strbuf_text(&value));
}

int conf_run(const struct direct_env *env, struct step *const *steps, size_t n)
{
	(void)env;
	for (size_t i = 0; i < n; i++)
		if (steps[i]->state == STEP_STARTED)
			steps[i]->reply.error = write_setting(steps[i]->op);
	return 0;
}
