/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ifenslave-bond: let network cards join or leave a bond by hand, as ifenslave(8) always did.
 *
 * It is ifup without files: the stages are those of ifup-bond.c, but what is wanted comes from
 * the command line instead of from lib/model/.
 */
#include "lib/run/enslave.h"
#include "lib/run/stages.h"

int main(int argc, char **argv)
{
	struct enslave enslave = { 0 };
	struct run run = { 0 };
	int r;

	r = enslave_start(&enslave, &run, argc, argv);
	if (r == 0)
		r = run_look(&run);
	if (r == 0)
		r = enslave_judge(&enslave, &run);
	if (r == 0)
		r = run_plan(&run);
	if (r == 0)
		run_apply(&run);
	return run_finish(&run);
}
