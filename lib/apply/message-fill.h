/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

struct nl_msg;
struct plan_op;

/*
 * Adds what follows the header of a request about a link. Return: 0; a negative number if
 * there is no room.
 */
int message_fill_link_add(struct nl_msg *msg, const struct plan_op *op);
int message_fill_vlan_set(struct nl_msg *msg, const struct plan_op *op);
int message_fill_options_set(struct nl_msg *msg, const struct plan_op *op);
int message_fill_mtu(struct nl_msg *msg, const struct plan_op *op);
int message_fill_token(struct nl_msg *msg, const struct plan_op *op);
int message_fill_mac(struct nl_msg *msg, const struct plan_op *op);
int message_fill_master(struct nl_msg *msg, const struct plan_op *op);
int message_fill_no_master(struct nl_msg *msg, const struct plan_op *op);

/* Builds the whole request. Return: 0; -EMSGSIZE. */
int message_addr_add(const struct plan_op *op, struct nl_msg **ret);
int message_addr_del(const struct plan_op *op, struct nl_msg **ret);
