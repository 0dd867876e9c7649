/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

struct nl_msg;
struct plan_op;

/*
 * Routes and rules. Adding a route replaces the one in its place. Return: 0; -EMSGSIZE.
 * Source: inet_rtm_newroute(), inet6_rtm_newroute(), fib_nl_newrule() in Linux net/.
 */
int message_route_add(const struct plan_op *op, struct nl_msg **ret);
int message_route_del(const struct plan_op *op, struct nl_msg **ret);
int message_rule_add(const struct plan_op *op, struct nl_msg **ret);
int message_rule_del(const struct plan_op *op, struct nl_msg **ret);
