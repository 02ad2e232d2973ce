/* SPDX-License-Identifier: GPL-3.0-or-later
 * The recursion is stable upwards: every step is a ratio of positive numbers. */
#include "numeric/erlang.h"

double erlang_blocked(int32_t places, double load)
{
    double blocked = 1;
    for (int32_t k = 1; k <= places; k++)
        blocked = load * blocked / (k + load * blocked);
    return blocked;
}
