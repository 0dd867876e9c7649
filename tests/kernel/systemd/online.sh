#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A service that needs the network: keeps what it finds, for the scenario `boot`.
"$BUILD/tests/kernel/kstate" >/run/online.state
