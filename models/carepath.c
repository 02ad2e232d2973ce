/* SPDX-License-Identifier: GPL-3.0-or-later
 * The descriptor of the model of paths through care; carepath.h says what it is. */
#include "models/carepath.h"

#include <stdlib.h>

#include "base/vec.h"
#include "models/carepath_learned.h"
#include "models/carepath_run.h"
#include "models/models.h"

static const struct param_spec carepath_params[] = {
#define MODEL_PARAM(name, unit, fallback, low, high, words) {name, unit, fallback, low, high, words},
#include "models/carepath.def"
#undef MODEL_PARAM
};

/* Learned from forecasts of 1,800 synthetic authorities that are not of the form of the model (tests/world,
 * seeds 1 to 200 of nine regimes); judged on others (tests/stat/test_carepath.c). */
static const struct calibration carepath_calibration = {
    .at = {{3, .85, {.93, .93, .95}},
           {12, .75, {1.00, 1.00, 1.02}},
           {24, .70, {1.00, 1.03, 1.11}},
           {36, .65, {1.04, 1.06, 1.14}}},
    .n = 4,
};

struct fitted {
    struct carepath_fit fit;
    struct result_series *series;
    size_t n_series;
};

static void free_fitted(void *fitted)
{
    struct fitted *own = fitted;
    carepath_fit_free(&own->fit);
    free(own->series);
    free(own);
}

static bool fit(const struct model_input *input, const struct params *params, void **fitted, struct err *err)
{
    struct fitted *own = vec_new(1, sizeof *own, err);
    if (own == NULL)
        return false;
    if (!carepath_fit_make(input, params, &own->fit, err) ||
        !carepath_series(&own->fit, &own->series, &own->n_series, err)) {
        free_fitted(own);
        return false;
    }
    *fitted = own;
    return true;
}

static void series(const void *fitted, const struct result_series **out, size_t *n)
{
    const struct fitted *own = fitted;
    *out = own->series;
    *n = own->n_series;
}

static bool learned(const void *fitted, const struct model_input *input, struct learned *out, struct err *err)
{
    const struct fitted *own = fitted;
    return carepath_learned(&own->fit, input, out, err);
}

static bool prepare(const void *fitted, const struct scenario *scenario, void **prepared, struct err *err)
{
    const struct fitted *own = fitted;
    struct carepath_plan *plan = vec_new(1, sizeof *plan, err);
    if (plan == NULL || !carepath_plan_make(&own->fit, scenario, false, plan, err)) {
        free(plan);
        return false;
    }
    *prepared = plan;
    return true;
}

static bool make_room(const void *prepared, void **room, struct err *err)
{
    struct carepath_room *made = NULL;
    if (!carepath_room_make(prepared, &made, err))
        return false;
    *room = made;
    return true;
}

static bool simulate(const void *fitted, const void *prepared, int32_t replicate, struct tally *tally,
                     struct err *err)
{
    struct carepath_room *room = tally->room;
    (void)fitted;
    (void)prepared;
    room->later = tally->later;
    if (!carepath_replicate(room, (uint32_t)replicate, err))
        return false;
    carepath_write(room, tally);
    return true;
}

static void free_room(void *room)
{
    carepath_room_free(room);
}

static void free_prepared(void *prepared)
{
    carepath_plan_free(prepared);
    free(prepared);
}

const struct model model_carepath = {
    .name = "carepath",
    .title = "Paths through care",
    .about = "Every child in care, and every child to come, lives one path: stays that end by a route out or "
             "a change "
             "of placement at hazards by age, placement, time in care and time in placement, until the 18th "
             "birthday; "
             "some come back. Entry and exit rates wander as they do in English authorities.",
    .sources =
        "Holford 1980, Biometrics 36:299; Clayton and Kaldor 1987, Biometrics 43:671; Cinlar 1975, "
        "Introduction "
        "to Stochastic Processes (time change); Durbin and Koopman 2012; Salmon et al. 2011, SC'11; English "
        "panel 2010-22 and leavers 2020-22 of the Department for Education",
    .params = carepath_params,
    .n_params = sizeof carepath_params / sizeof carepath_params[0],
    .needs = MODEL_NEEDS_HISTORY | MODEL_TAKES_POPULATION,
    .holds_rates = true,
    .lever_kinds = 1U << LEVER_ENTRIES | 1U << LEVER_EXITS | 1U << LEVER_MOVES | 1U << LEVER_MIX |
                   1U << LEVER_CAPACITY | 1U << LEVER_READMISSIONS | 1U << LEVER_REFERRALS,
    .where_keys = 1U << WHERE_AGE | 1U << WHERE_PLACEMENT | 1U << WHERE_ROUTE | 1U << WHERE_UASC |
                  1U << WHERE_LEGAL | 1U << WHERE_NEED | 1U << WHERE_LOCALITY | 1U << WHERE_TIME_IN_CARE |
                  1U << WHERE_TIME_IN_PLACEMENT | 1U << WHERE_FROM | 1U << WHERE_TO,
    .fit = fit,
    .series = series,
    .learned = learned,
    .prepare = prepare,
    .simulate = simulate,
    .make_room = make_room,
    .free_room = free_room,
    .calibration = &carepath_calibration,
    .free_prepared = free_prepared,
    .free_fitted = free_fitted,
};
