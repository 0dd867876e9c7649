/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

struct rtnl;

/* Gives a link another name. Return: 0; a negative errno: -EBUSY if it is up, -EEXIST. */
int rtnl_rename(struct rtnl *rtnl, int ifindex, const char *name);
