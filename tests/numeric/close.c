/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/numeric/close.h"

#include <check.h>
#include <math.h>

void is_close(double has, double must, double tolerance)
{
    ck_assert_msg(fabs(has - must) <= tolerance * fmax(1.0, fabs(must)), "%.15g, not %.15g", has, must);
}
