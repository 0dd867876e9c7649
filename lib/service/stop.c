/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decides what stopping the service means. */
#include "lib/service/stop.h"

enum service_stop service_decide_stop(const struct service_facts *facts)
{
	if (facts->start_failed)
		return STOP_NOT_MEANT;
	if (facts->starts_next)
		return STOP_FOR_START;
	if (facts->shuts_down && (facts->needs_network || !facts->down_on_shutdown))
		return STOP_TOO_LATE;
	return facts->needs_network ? STOP_REFUSED : STOP_DOWN;
}
