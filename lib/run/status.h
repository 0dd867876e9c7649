/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

struct run;

/*
 * Prints which interfaces the files describe, and which links are up, in the words of
 * network-scripts.
 */
void status_tell(const struct run *run);
