/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/carry/drafts.h"

/**
 * wishes_take() - turn a description of interfaces into changes of files
 * @text: JSON; see *apply* in ifcfgctl(8)
 * @source: where it is from, for messages
 *
 * Return: 0; -EINVAL, told for each mistake; another negative errno, told but for -ENOMEM.
 */
int wishes_take(struct drafts *drafts, const char *text, const char *source);
