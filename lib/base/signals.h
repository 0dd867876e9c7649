/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <signal.h>

/**
 * signals_hold() - keep signals from ending the process while something has to be put back
 * @ret: those that are held, to be taken from a signalfd(2); all that would end the process,
 *       except for those that say that it is broken or cannot be held
 *
 * SIGPIPE, and signals by which a terminal would stop the process, are ignored: stopped, it
 * could not put anything back.
 */
void signals_hold(sigset_t *ret);
