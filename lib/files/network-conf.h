/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/model/model.h"

/**
 * struct network_conf - what /etc/sysconfig/network says to the network service
 * @networking: false when NETWORKING switches the service off, which stands at
 *              @networking_pos
 * @delay_ms: NETWORKDELAY: a pause when all is up, or how long to wait for @reachable
 * @reachable: WAIT_UNTIL_REACHABLE, at @reachable_pos: a host that has to answer; or NULL
 * @down_on_shutdown: false when IFDOWN_ON_SHUTDOWN leaves all up
 */
struct network_conf {
	bool networking;
	struct pos networking_pos;
	uint32_t delay_ms;
	const char *reachable;
	struct pos reachable_pos;
	bool down_on_shutdown;
};

/**
 * network_conf_read() - read these keys
 * @arena: owns the texts
 * @diag: receives messages about invalid numbers; other errors are reported when the
 * model is loaded
 *
 * A file that is missing, or cannot be read, counts as empty.
 */
void network_conf_read(const struct model_options *options, struct arena *arena,
		       struct diag *diag, struct network_conf *ret);
