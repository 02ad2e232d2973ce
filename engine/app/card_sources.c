/* SPDX-License-Identifier: GPL-3.0-or-later
 * Localities are those of the returns and those of the measures file: a team that only the file knows has
 * measures, too. */
#include "app/card_sources.h"

#include <stdlib.h>
#include <string.h>

#include "store/council.h"

enum { NAMED_MOST = 12 };

void card_sources_free(struct card_sources *sources)
{
    counts_free(&sources->counts);
    outcomes_free(&sources->outcomes);
    population_free(&sources->population);
    measure_rows_free(&sources->measures);
    history_free(&sources->history);
    free((void *)sources->localities);
    *sources = (struct card_sources){0};
}

bool card_sources_load(struct card_sources *out, struct store *store, const struct authority *authority,
                       struct err *err)
{
    *out = (struct card_sources){0};
    if (!authority->has_returns)
        return err_set(err, ERR_NO_INPUT,
                       "%s has no returns stored, and a report card needs them; import the returns first",
                       authority->name);
    bool ok = store_load_history(store, authority->la, false, &out->history, err) &&
              counts_make(&out->history, date_month_start(out->history.start, -1), out->history.end,
                          &out->counts, err) &&
              store_load_outcomes(store, &out->history, &out->outcomes, err) &&
              store_load_population(store, authority->la, &out->population, err) &&
              store_load_measures(store, authority->la, &out->measures, err) &&
              store_count_findings(store, out->findings, err);
    out->source = (struct indicator_source){
        .history = &out->history,
        .counts = &out->counts,
        .outcomes = &out->outcomes,
        .population = out->population.n_years > 0 ? &out->population : NULL,
        .measures = out->measures.n > 0 ? &out->measures : NULL,
    };
    ok = ok && indicator_places(&out->source, false, &out->localities, &out->n_localities, err);
    if (!ok)
        card_sources_free(out);
    return ok;
}

bool card_sources_locality(const struct card_sources *sources, const char *name, const char **out,
                           struct err *err)
{
    struct text known = {0};
    struct err ignored = {0};
    const char *nearest = NULL;
    int distance = (int)strlen(name) / 3 + 2;
    for (size_t i = 0; i < sources->n_localities; i++) {
        const struct str at = str_of(sources->localities[i]);
        if (str_equal_ignore_case(at, str_trim(str_of(name)))) {
            *out = sources->localities[i];
            text_free(&known);
            return true;
        }
        const int far = str_edit_distance(at, str_of(name));
        if (far < distance) {
            distance = far;
            nearest = sources->localities[i];
        }
        if (i < NAMED_MOST)
            (void)text_format(&known, &ignored, "%s%s", i == 0 ? "" : ", ", sources->localities[i]);
    }
    if (sources->n_localities == 0)
        err_set(
            err, ERR_NO_INPUT,
            "no localities are stored; import a file with the columns postcode, locality, or measures with a "
            "column locality, first");
    else if (nearest != NULL)
        err_set(err, ERR_USAGE, "there is no locality %s; did you mean %s?", name, nearest);
    else
        err_set(err, ERR_USAGE, "there is no locality %s; there are %s%s", name, text_c(&known),
                sources->n_localities > NAMED_MOST ? ", .." : "");
    text_free(&known);
    return false;
}
