/* SPDX-License-Identifier: GPL-3.0-or-later
 * A cut panel is a copy, so that nobody can look past its end. */
#include "data/panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

void panel_free(struct panel *panel)
{
    for (size_t i = 0; i < panel->n; i++)
        yearly_free(&panel->authorities[i]);
    free(panel->authorities);
    *panel = (struct panel){0};
}

static bool copy_years(const double *from, int32_t n, double **out, struct err *err)
{
    *out = vec_new((size_t)n, sizeof **out, err);
    if (*out == NULL)
        return false;
    memcpy(*out, from, (size_t)n * sizeof **out);
    return true;
}

static bool any_stock(const struct yearly *yearly, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        if (isfinite(yearly->stock[i]))
            return true;
    return false;
}

bool panel_as_known(const struct panel *panel, day origin, struct panel *out, struct err *err)
{
    struct panel known = {.authorities = vec_new(panel->n, sizeof *known.authorities, err)};
    bool ok = known.authorities != NULL;
    for (size_t i = 0; ok && i < panel->n; i++) {
        const struct yearly *from = &panel->authorities[i];
        int32_t n = from->n_years;
        while (n > 0 && date_year_end(from->first_year + n - 1) > origin)
            n--;
        if (!any_stock(from, n))
            continue;
        struct yearly *to = &known.authorities[known.n++];
        *to = *from;
        to->n_years = n;
        to->stock = to->starts = to->leavers = to->population = NULL;
        ok = copy_years(from->stock, n, &to->stock, err) && copy_years(from->starts, n, &to->starts, err) &&
             copy_years(from->leavers, n, &to->leavers, err) &&
             copy_years(from->population, n, &to->population, err);
    }
    if (!ok) {
        panel_free(&known);
        return false;
    }
    *out = known;
    return true;
}
