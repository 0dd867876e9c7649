/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asks a host for a sign of life with ping(8). */
#include "lib/run/ping.h"

#include "lib/apply/program.h"

int ping_ask(const char *host, uint32_t limit_ms)
{
	const char *const argv[] = { "/bin/ping", "-n", "-c", "1", "-W",
				     "1",         "--", host, NULL };
	const struct program program = { .argv = argv,
					 .limit_ms = limit_ms,
					 .is_silent = true };
	struct rtnl_reply reply = { 0 };
	int r;

	program_run(&program, &reply);
	r = reply.error;
	rtnl_reply_release(&reply);
	return r;
}
