/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes settings below /proc/sys/net. */
#include "lib/apply/conf.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/strbuf.h"

static int write_setting(const struct plan_op *op)
{
	const struct link_conf *conf = &link_confs[op->conf.id];
	_cleanup_strbuf_ struct strbuf path = STRBUF_EMPTY, value = STRBUF_EMPTY;
	_cleanup_close_ int fd = -1;

	strbuf_addf(&path, "/proc/sys/net/%s/conf/%s/%s", conf->family, op->dev,
		    conf->name);
	strbuf_addf(&value, "%d", op->conf.num);
	if (path.failed || value.failed)
		return -ENOMEM;
	fd = open(strbuf_text(&path), O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, strbuf_text(&value), value.len) < 0)
		return -errno;
	return 0;
}

int conf_run(const struct direct_env *env, struct step *const *steps, size_t n)
{
	(void)env;
	for (size_t i = 0; i < n; i++)
		if (steps[i]->state == STEP_STARTED)
			steps[i]->reply.error = write_setting(steps[i]->op);
	return 0;
}
