/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/model.h"
#include "lib/snapshot/snapshot.h"

/**
 * look_at_clients() - which DHCP clients run, and what decides how one is started
 * @made: what earlier runs made
 * @now: gets what is found; nothing is looked for where neither the files nor @made speak
 *       of DHCP
 */
void look_at_clients(const struct model *want, const struct snapshot *made,
		     struct snapshot *now);

/* The same for the zones in which firewalld has links. */
int look_at_firewalld(const struct model *want, const struct snapshot *made,
		      struct snapshot *now);

/*
 * Reads the kernel's state of a case from a file. Return: 0; a negative errno, reported
 * in @diag.
 */
int look_at_file(const char *path, struct diag *diag, struct snapshot **ret);
