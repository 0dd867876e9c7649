/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Mistakes in the files of this machine, which is asked what they mention. */
#include "lib/ctl/lint.h"
#include "lib/run/devices.h"

int lint_here(struct devices *devices, const struct lint *how, struct diag *diag,
	      size_t *ret_files)
{
	bool again = true;
	int r = 0;

	while (again) {
		_cleanup_diag_ struct diag *findings = diag_new_like(diag);

		r = lint(how, findings, ret_files);
		again = devices_answer(devices);
		if (!again)
			diag_merge(diag, findings);
	}
	return r;
}
