/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/interrupt.h: Ctrl-C and closed pipes.
 *
 * Ownership: the process's signal handlers. */
#ifndef TURNCURVE_APP_INTERRUPT_H
#define TURNCURVE_APP_INTERRUPT_H

#include <signal.h>

#include "base/err.h"

/* SIGINT and SIGTERM set the flag once (the second one ends the program at once); SIGPIPE is ignored, so that
 * a closed pipe is a failed write. ERR_INTERNAL when the system refuses. */
bool interrupt_install(struct err *err);
/* The flag, for struct log. */
const volatile sig_atomic_t *interrupt_flag(void);

#endif
