/* SPDX-License-Identifier: GPL-3.0-or-later
 * A forecast of damaged data looks like any other; only the findings tell that a trend may be a missing file.
 */
#include "app/caution.h"

#include <stdio.h>
#include <string.h>

#include "data/findings.h"
#include "store/findings_table.h"

struct troubles {
    int64_t errors; /* rows with findings of severity error */
    int64_t jumps;  /* findings of S-10 */
};

static struct troubles count_troubles(const struct table *rules)
{
    const size_t id = table_column_index(rules, "rule");
    const size_t severity = table_column_index(rules, "severity");
    const size_t findings = table_column_index(rules, "findings");
    struct troubles troubles = {0};
    for (size_t i = 0; i < rules->n_rows; i++) {
        const int64_t n = table_at(rules, i, findings)->as.integer;
        /* missing prices are no fault of the returns, and the page says which prices are defaults */
        if (strcmp(table_at(rules, i, id)->as.text, rule_info(RULE_I_01)->id) == 0)
            continue;
        if (strcmp(table_at(rules, i, severity)->as.text, severity_name(SEVERITY_ERROR)) == 0)
            troubles.errors += n;
        if (strcmp(table_at(rules, i, id)->as.text, rule_info(RULE_S_10)->id) == 0)
            troubles.jumps += n;
    }
    return troubles;
}

static void say_jumps(struct outlook *outlook)
{
    char known[DATE_TEXT];
    char flows[OUTLOOK_WORDS / 2] = "";
    double entries = 0.0;
    double exits = 0.0;
    date_format_words(outlook->origin, known);
    if (outlook_flow(outlook, MEASURE_ENTRIES, outlook->origin, &entries) &&
        outlook_flow(outlook, MEASURE_EXITS, outlook->origin, &exits))
        snprintf(flows, sizeof flows, " (in the year to %s %.0f periods of care started and %.0f ended)",
                 known, entries, exits);
    snprintf(
        outlook->caution, sizeof outlook->caution,
        "The returns of %s jump by more than a quarter in a year, or have months without entries%s: if a "
        "file is missing or cut short, this is no real trend and the forecast would be wrong (finding S-10).",
        outlook->authority.name, flows);
}

/* Appends a sentence; what does not fit is left out. */
static void say_errors(struct outlook *outlook, int64_t errors)
{
    const size_t used = strlen(outlook->caution);
    snprintf(outlook->caution + used, sizeof outlook->caution - used,
             "%s%lld finding%s of severity error in the returns of %s; \"turncurve check\" lists %s.",
             used == 0 ? "" : " ", (long long)errors, errors == 1 ? "" : "s", outlook->authority.name,
             errors == 1 ? "it" : "them");
}

bool caution_find(struct outlook *outlook, struct store *store, struct err *err)
{
    struct table rules = {0};
    outlook->caution[0] = '\0';
    if (!outlook->has_history)
        return true;
    if (!findings_by_rule(store, outlook->authority.la, &rules, err))
        return false;
    const struct troubles troubles = count_troubles(&rules);
    if (troubles.jumps > 0)
        say_jumps(outlook);
    if (troubles.errors > 0)
        say_errors(outlook, troubles.errors);
    table_free(&rules);
    return true;
}

void caution_add_point(struct outlook *outlook, const struct model *model)
{
    const size_t used = strlen(outlook->caution);
    if (model->is_point)
        snprintf(outlook->caution + used, sizeof outlook->caution - used,
                 "%sModel %s gives one line and no interval: ranges of children without width do not mean "
                 "that the forecast is certain.",
                 used == 0 ? "" : " ", model->name);
}
