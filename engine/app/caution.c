/* SPDX-License-Identifier: GPL-3.0-or-later
 * A forecast of damaged data looks like any other; only the findings tell that a trend may be a missing file.
 */
#include "app/caution.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "data/findings.h"
#include "store/findings_table.h"
#include "study/traps.h"

struct troubles {
    int64_t errors; /* rows with findings of severity error */
    int64_t jumps;  /* findings of S-10 */
    int64_t gaps;   /* findings of S-08 */
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
        if (strcmp(table_at(rules, i, id)->as.text, rule_info(RULE_S_08)->id) == 0)
            troubles.gaps += n;
    }
    return troubles;
}

/* Appends a sentence; what does not fit is left out. */
static void say(struct outlook *outlook, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(struct outlook *outlook, const char *format, ...)
{
    const size_t size = sizeof outlook->caution;
    size_t used = strlen(outlook->caution);
    va_list arguments;
    if (used > 0 && used + 1 < size) {
        outlook->caution[used++] = ' ';
        outlook->caution[used] = '\0';
    }
    va_start(arguments, format);
    (void)vsnprintf(outlook->caution + used, size - used, format, arguments);
    va_end(arguments);
}

static void say_closed_cohort(struct outlook *outlook, const struct traps *traps)
{
    char known[DATE_TEXT];
    char before[OUTLOOK_NUMBER];
    date_format_words(outlook->origin, known);
    outlook_exact(traps->entries_before, before);
    say(outlook,
        "Entries of %s fell to %lld in the year to %s, from %s a year before that, and children in care from "
        "%lld to %lld. A list to which no new children are added (a closed cohort) looks like that, an "
        "authority "
        "does not: if new children are missing from the returns, entry rates and forecasts are wrong "
        "(finding "
        "S-10).",
        outlook->authority.name, (long long)traps->entries, known, before, (long long)traps->in_care_most,
        (long long)traps->in_care);
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
    say(outlook,
        "The returns of %s jump by more than a quarter in a year, or have months without entries%s: if a "
        "file is missing or cut short, this is no real trend and the forecast would be wrong (finding S-10).",
        outlook->authority.name, flows);
}

static void say_gap(struct outlook *outlook)
{
    say(outlook,
        "A return year of %s between two others is missing: children who came and left within it cannot be "
        "seen, "
        "so that numbers and rates of that time are too low (finding S-08). Import it.",
        outlook->authority.name);
}

static void say_short(struct outlook *outlook)
{
    say(outlook,
        "Less than three years of returns: how far rates wander is taken from English authorities alone, and "
        "a trend cannot be told from chance.");
}

static void say_unknown_starts(struct outlook *outlook, const struct traps *traps)
{
    say(outlook,
        "It is not known when care began for %lld of %lld children in care (%.0f %%), so their rates are "
        "those "
        "of all times in care together; import the returns of earlier years.",
        (long long)traps->start_unknown, (long long)traps->in_care,
        100.0 * (double)traps->start_unknown / (double)traps->in_care);
}

static void say_errors(struct outlook *outlook, int64_t errors)
{
    say(outlook, "%lld finding%s of severity error in the returns of %s; \"turncurve check\" lists %s.",
        (long long)errors, errors == 1 ? "" : "s", outlook->authority.name, errors == 1 ? "it" : "them");
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
    const struct traps traps = traps_find(&outlook->history, outlook->origin);
    if (traps.is_closed_cohort)
        say_closed_cohort(outlook, &traps); /* the jumps are its own */
    else if (troubles.jumps > 0)
        say_jumps(outlook);
    outlook->misses_year = troubles.gaps > 0;
    if (outlook->misses_year)
        say_gap(outlook);
    if (traps.is_short)
        say_short(outlook);
    if (traps.starts_are_unknown)
        say_unknown_starts(outlook, &traps);
    if (troubles.errors > 0)
        say_errors(outlook, troubles.errors);
    table_free(&rules);
    return true;
}

void caution_add_point(struct outlook *outlook, const struct model *model)
{
    if (model->is_point)
        say(outlook,
            "Model %s gives one line and no interval: ranges of children without width do not mean that the "
            "forecast is certain.",
            model->name);
}
