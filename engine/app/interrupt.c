/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one variable of the process that a signal handler may write. */
#include "app/interrupt.h"

#include <stddef.h>

static volatile sig_atomic_t stop_asked = 0;

static void ask_stop(int signal_number)
{
    (void)signal_number;
    stop_asked = 1;
}

bool interrupt_install(struct err *err)
{
    struct sigaction stop = {.sa_handler = ask_stop, .sa_flags = SA_RESTART | (int)SA_RESETHAND};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    if (sigemptyset(&stop.sa_mask) != 0 || sigemptyset(&ignore.sa_mask) != 0 ||
        sigaction(SIGINT, &stop, NULL) != 0 || sigaction(SIGTERM, &stop, NULL) != 0 ||
        sigaction(SIGPIPE, &ignore, NULL) != 0 || sigaction(SIGXFSZ, &ignore, NULL) != 0)
        return err_set(err, ERR_INTERNAL, "cannot set the signal handlers");
    return true;
}

const volatile sig_atomic_t *interrupt_flag(void)
{
    return &stop_asked;
}
