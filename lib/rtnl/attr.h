/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct nl_msg;
struct nla_policy;
struct nlattr;
struct nlmsghdr;

/*
 * A number of as many bytes as the attribute has; 0 if there is none, which means "no"
 * for everything that is read with it.
 */
uint32_t rtnl_attr_number(const struct nlattr *attr);

/**
 * rtnl_parse() - parse the attributes of a message
 * @header_len: length of its family's header, for example struct ifinfomsg
 * @max: the highest attribute to look at; newer ones are skipped
 * @policy: an entry for each attribute up to @max; borrowed
 * @ret: an element for each attribute up to @max
 *
 * Return: 0; a negative number if the message is malformed.
 */
int rtnl_parse(const struct nlmsghdr *msg, size_t header_len, int max,
	       const struct nla_policy *policy, struct nlattr **ret);
int rtnl_parse_nested(const struct nlattr *nest, int max, const struct nla_policy *policy,
		      struct nlattr **ret);

/* Like nla_nest_end(), but an empty nest stays in the message. */
void rtnl_nest_end_keep_empty(struct nl_msg *msg, struct nlattr *nest);
