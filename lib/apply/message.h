/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/plan/plan.h"
#include "lib/rtnl/rtnl.h"

struct nl_msg;

/* Whether the step is one rtnetlink request. */
bool message_exists(enum plan_op_kind kind);

/**
 * message_build() - build the rtnetlink request of a step
 * @op: of a kind for which message_exists()
 * @ret: the request, freed with rtnl_msg_freep(); untouched on failure
 *
 * Return: 0; -EMSGSIZE. Spec: rtnetlink(7); bond_changelink() in Linux
 * drivers/net/bonding/bond_netlink.c.
 */
int message_build(const struct plan_op *op, struct nl_msg **ret);

/**
 * message_send() - build and send it, outside the queue
 * @reply: the kernel's answer, or why nothing was sent; freed by the caller
 *
 * Return: 0; a negative errno if the socket failed.
 */
int message_send(struct rtnl *rtnl, const struct plan_op *op, struct rtnl_reply *reply);

/* Whether @error, the kernel's answer to the step, means that nothing was left to do. */
bool message_was_needless(enum plan_op_kind kind, int error);
