/* SPDX-License-Identifier: GPL-3.0-or-later
 * The engine's table and the model's are one list of pointers to specifications, with three arrays beside it;
 * a name is found by looking at each, as there are a few dozen at most. */
#include "sim/params.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { SUGGESTION_EDITS = 4 };

const struct param_spec engine_params[] = {
#define ENGINE_PARAM(name, unit, fallback, low, high, words) {name, unit, fallback, low, high, words},
#include "sim/params.def"
#undef ENGINE_PARAM
};
const size_t n_engine_params = sizeof engine_params / sizeof engine_params[0];

void params_free(struct params *params)
{
    free((void *)params->specs);
    free(params->values);
    free(params->origins);
    free((void *)params->places);
    arena_free(&params->texts);
    *params = (struct params){0};
}

bool params_init(struct params *params, const struct param_spec specs[], size_t n_specs, struct err *err)
{
    struct params made = {.n = n_engine_params + n_specs};
    made.specs = vec_new(made.n, sizeof made.specs[0], err);
    made.values = vec_new(made.n, sizeof made.values[0], err);
    made.origins = vec_new(made.n, sizeof made.origins[0], err);
    made.places = vec_new(made.n, sizeof made.places[0], err);
    if (made.specs == NULL || made.values == NULL || made.origins == NULL || made.places == NULL) {
        params_free(&made);
        return false;
    }
    for (size_t i = 0; i < made.n; i++) {
        made.specs[i] = i < n_engine_params ? &engine_params[i] : &specs[i - n_engine_params];
        made.values[i] = made.specs[i]->fallback;
        made.origins[i] = PARAM_DEFAULT;
        made.places[i] = "";
    }
    *params = made;
    return true;
}

/* The name with the fewest edits, NULL when none is near. */
static const char *nearest_name(const struct params *params, struct str name)
{
    const char *nearest = NULL;
    int fewest = SUGGESTION_EDITS + 1;
    for (size_t i = 0; i < params->n; i++) {
        const int edits = str_edit_distance(name, str_of(params->specs[i]->name));
        if (edits < fewest) {
            fewest = edits;
            nearest = params->specs[i]->name;
        }
    }
    return nearest;
}

bool params_set(struct params *params, struct str name, double value, enum param_origin origin,
                const char *place, struct err *err)
{
    size_t i = 0;
    while (i < params->n && !str_equal_text(name, params->specs[i]->name))
        i++;
    if (i == params->n) {
        const char *nearest = nearest_name(params, name);
        return err_set(err, ERR_USAGE, "there is no parameter \"%.*s\"%s%s%s; `list params` prints them",
                       (int)(name.length > 40 ? 40 : name.length), name.at,
                       nearest != NULL ? "; did you mean \"" : "", nearest != NULL ? nearest : "",
                       nearest != NULL ? "\"?" : "");
    }
    const struct param_spec *spec = params->specs[i];
    if (!isfinite(value) || value < spec->low || value > spec->high)
        return err_set(err, ERR_USAGE, "%s is %g, but must lie between %g and %g (%s)", spec->name, value,
                       spec->low, spec->high, spec->unit);
    const char *copy = arena_copy(&params->texts, str_of(place), err);
    if (copy == NULL)
        return false;
    params->values[i] = value;
    params->origins[i] = origin;
    params->places[i] = copy;
    return true;
}

double params_get(const struct params *params, const char *name)
{
    size_t i = 0;
    while (i < params->n && strcmp(params->specs[i]->name, name) != 0)
        i++;
    bug_if(i == params->n);
    return params->values[i];
}
