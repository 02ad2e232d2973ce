/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counts become the only replicate of draws. */
#include "study/happened.h"

#include <stdlib.h>

#include "base/vec.h"

bool happened_costs(const struct run *run, const struct scenario *scenario, const struct price_book *prices,
                    const struct counts *counts, struct result_series series[PLACEMENT_COUNT],
                    struct draws *out, struct err *err)
{
    const size_t months = (size_t)run->input->months;
    const int32_t start = counts_month(counts, run->input->origin) + 1;
    const struct run_options one = {.replicates = 1, .threads = 1};
    const struct run costing = {.input = run->input, .options = &one, .log = run->log};
    int32_t *nights = vec_new(PLACEMENT_COUNT * months, sizeof *nights, err);
    *out = (struct draws){0};
    if (nights == NULL)
        return false;
    for (int32_t g = 0; g < PLACEMENT_COUNT; g++) {
        series[g] = (struct result_series){MEASURE_NIGHTS, {GROUP_PLACEMENT, g}};
        for (size_t m = 0; m < months; m++)
            nights[(size_t)g * months + m] =
                (int32_t)counts_at(counts, MEASURE_NIGHTS, series[g].group, start + (int32_t)m);
    }
    const bool ok = draws_make(series, PLACEMENT_COUNT, (int32_t)months, 1, out, err) &&
                    draws_put(out, 0, nights, err) && run_costs(&costing, scenario, prices, out, err);
    free(nights);
    if (!ok)
        draws_free(out);
    return ok;
}
