/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/carry/drafts.h"
#include "lib/ctl/ctl.h"

/**
 * wishes_take() - convert a description of interfaces to changes of files
 * @text: JSON; see *apply* in ifcfgctl(8)
 * @source: where it is from, for messages
 *
 * Return: 0; -EINVAL, each mistake being reported; another negative errno, reported.
 */
int wishes_take(struct ctl *ctl, struct drafts *drafts, const char *text,
		const char *source);
