/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/diag.h"
#include "parsers/shellvars.h"

/**
 * blanks_trim() - take the blanks at the ends of all values away
 * @arena: owns the new values
 * @diag: one warning for the file, if values of one word had any; one for each option that +=
 *        adds to a list without the blank before it, which it gets
 */
void blanks_trim(struct arena *arena, struct shellvars *vars, struct diag *diag);

/* The same for a route file with ADDRESS0= and the like. */
void blanks_trim_routes(struct arena *arena, struct shellvars *vars, struct diag *diag);
