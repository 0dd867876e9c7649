/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdint.h>

struct nlattr;

/*
 * A number of as many bytes as the attribute has; 0 when there is none, which is as good
 * as "no" for all that is read with it.
 */
uint32_t rtnl_attr_number(const struct nlattr *attr);
