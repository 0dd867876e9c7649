/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Handles signals that would end the process at the wrong moment. */
#include "lib/base/signals.h"

#include "lib/base/cleanup.h"

void signals_hold(sigset_t *ret)
{
	static const int ignored[] = { SIGPIPE, SIGTTOU, SIGTTIN, SIGTSTP };
	/* Faults of the program itself, and signals that do not end or stop anything. */
	static const int left[] = { SIGABRT, SIGBUS,  SIGFPE,  SIGILL, SIGSEGV, SIGSYS,
				    SIGTRAP, SIGCHLD, SIGCONT, SIGURG, SIGWINCH };

	sigfillset(ret);
	for (size_t i = 0; i < ARRAY_SIZE(ignored); i++) {
		signal(ignored[i], SIG_IGN);
		sigdelset(ret, ignored[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(left); i++)
		sigdelset(ret, left[i]);
	sigprocmask(SIG_BLOCK, ret, NULL);
}
