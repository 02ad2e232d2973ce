/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/yearly.h"

#include <stdlib.h>

void yearly_free(struct yearly *yearly)
{
    free(yearly->stock);
    free(yearly->starts);
    free(yearly->leavers);
    free(yearly->population);
    *yearly = (struct yearly){0};
}
