/* SPDX-License-Identifier: GPL-3.0-or-later
 * Each table is made, saved, and where it is short also shown on the page. */
#include "app/history_report.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "app/history_charts.h"
#include "app/manifest.h"
#include "app/results_page.h"
#include "render/csv.h"
#include "study/dfe.h"
#include "study/durations.h"
#include "study/headline.h"
#include "study/measures.h"
#include "study/profile.h"
#include "study/stability.h"

enum { TABLES_MOST = 16, PROCESSES_MOST = 8 };

struct writer {
    struct app *app;
    const struct history_inputs *inputs;
    const struct history_report *report;
    struct folder folder;
    struct chart_set charts;
    struct table tables[TABLES_MOST];
    size_t n_tables;
    struct results_page page;
    struct arena texts;
    double started;
    struct err *err;
};

static double seconds_now(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct table *next_table(struct writer *w)
{
    bug_if(w->n_tables >= TABLES_MOST);
    return &w->tables[w->n_tables++];
}

/* Saves the table made last; heading: also on the page. */
static bool save(struct writer *w, const char *heading)
{
    const struct table *table = &w->tables[w->n_tables - 1];
    const char *file = arena_format(&w->texts, w->err, "%s.csv", table->name);
    bug_if(w->page.n_files >= RESULTS_PAGE_FILES);
    if (file == NULL)
        return false;
    w->page.files[w->page.n_files++] = file;
    if (heading != NULL) {
        bug_if(w->page.n_tables >= RESULTS_PAGE_TABLES);
        w->page.tables[w->page.n_tables].heading = heading;
        w->page.tables[w->page.n_tables].file = file;
        w->page.tables[w->page.n_tables++].table = table;
    }
    return csv_save(&w->folder, table, w->err);
}

/* A sentence for the page; "" is left out, NULL is a failure. */
static bool note(struct writer *w, const char *words)
{
    if (words == NULL)
        return false;
    bug_if(w->page.n_notes >= RESULTS_PAGE_NOTES);
    if (words[0] != '\0')
        w->page.notes[w->page.n_notes++] = words;
    return true;
}

static bool write_years(struct writer *w)
{
    const struct history *history = &w->inputs->history;
    struct year_count *years = NULL;
    size_t n = 0;
    const bool ok = measures_by_year(history, 0, &years, &n, w->err) &&
                    measures_year_table(history->la_name, years, n, next_table(w), w->err) &&
                    save(w, "Each year, counted as events");
    free(years);
    return ok;
}

static bool write_published(struct writer *w)
{
    const struct history *history = &w->inputs->history;
    const struct yearly *yearly = w->inputs->authority.has_published ? &w->inputs->yearly : NULL;
    return dfe_table(history, yearly, next_table(w), w->err) && save(w, NULL) &&
           dfe_year_table(history, yearly, next_table(w), w->err) &&
           save(w, "Each year, children counted as DfE publishes them");
}

static bool write_tables(struct writer *w)
{
    const struct history *history = &w->inputs->history;
    if (!measures_table(history, &w->inputs->counts, next_table(w), w->err) || !save(w, NULL) ||
        !write_years(w) || (w->report->as_published && !write_published(w)) ||
        !stability_table(history, next_table(w), w->err) || !save(w, "Stability of placements") ||
        !durations_summary_table(history, next_table(w), w->err) ||
        !save(w, "How long children stay, days") || !durations_table(history, next_table(w), w->err) ||
        !save(w, NULL) || !durations_completed_table(history, next_table(w), w->err) ||
        !save(w, "How long those who left had stayed, children by band") ||
        !profile_reasons_table(history, next_table(w), w->err) || !save(w, NULL))
        return false;
    return !profile_has_location(history) || (profile_location_table(history, next_table(w), w->err) &&
                                              save(w, "Where children live on 31 March"));
}

static bool note_returns(struct writer *w)
{
    const struct history *history = &w->inputs->history;
    struct arena *texts = &w->texts;
    struct survival curve = {0};
    int64_t unknown = 0;
    char start[DATE_TEXT];
    date_format_words(history->start, start);
    if (!durations_fit(history, (struct group){GROUP_ALL, 0}, &curve, &unknown, w->err))
        return false;
    const int32_t from = curve.from;
    survival_free(&curve);
    const char *far =
        w->inputs->authority.has_published ? dfe_far_years(history, &w->inputs->yearly, texts, w->err) : "";
    if (far != NULL && far[0] != '\0')
        log_warning(&w->app->log, "stock on 31 March is far from the published figure in %s", far);
    return note(w,
                arena_format(
                    texts, w->err,
                    "Counted from the SSDA903 returns of the years ending March %d to %d. Placements under "
                    "an agreed series of short breaks (V3, V4) are %s.",
                    (int)history->first_year, (int)history->last_year,
                    history->short_breaks ? "counted" : "left out")) &&
           note(w, "Stock is counted at the end of a day. Entries and exits count periods of care: a child "
                   "who leaves "
                   "and comes back in a year is two of each. Temporary placements (T0 to T4) belong to the "
                   "placement "
                   "around them and are no moves.") &&
           note(w, arena_format(
                       texts, w->err,
                       "Of the time before %s only children who were still looked after then are known, so "
                       "nothing from before is shown.",
                       start)) &&
           note(w,
                arena_format(
                    texts, w->err,
                    "Durations: Kaplan-Meier and Aalen-Johansen estimates; children in care before the first "
                    "return are at risk from then on, and those still in care at the end are censored. %lld "
                    "periods whose start is not known are left out.",
                    (long long)unknown)) &&
           note(w, from == 0
                       ? ""
                       : arena_format(
                             texts, w->err,
                             "Fewer than %d periods were at risk in the first %d days: the curve of all is "
                             "for children who stay longer.",
                             (int)SURVIVAL_LEAST_AT_RISK, (int)from)) &&
           note(w,
                far == NULL || far[0] == '\0'
                    ? far
                    : arena_format(
                          texts, w->err,
                          "Stock on 31 March is far from the published figure in %s. Are all children in the "
                          "returns?",
                          far)) &&
           note(w, arena_format(texts, w->err,
                                "The returns hold %lld errors and %lld warnings; turncurve check lists them.",
                                (long long)w->report->findings[0], (long long)w->report->findings[1]));
}

static bool write_peers(struct writer *w)
{
    const struct history_inputs *in = w->inputs;
    const int32_t year = peers_latest_year(in->peers, in->n_peers);
    size_t usable = 0;
    if (year == 0)
        return true;
    if (!peers_rate_table(in->peers, in->n_peers, next_table(w), w->err) || !save(w, NULL))
        return false;
    for (size_t i = 0; i < in->n_peers; i++)
        usable += in->peers[i].year == year && peers_is_usable(&in->peers[i]);
    if (usable >= PEERS_LEAST_FUNNEL) {
        struct funnel funnel;
        double own_z = (double)NAN;
        if (!peers_funnel_table(in->peers, in->n_peers, year, next_table(w), &funnel, &own_z, w->err) ||
            !save(w, NULL) ||
            !note(
                w,
                arena_format(
                    &w->texts, w->err,
                    "Funnel limits are widened by the differences between authorities (Spiegelhalter 2005): "
                    "scores vary %.1f times as much as by chance.",
                    funnel.phi)))
            return false;
    }
    return history_charts_add_peers(&w->charts, in->authority.name, in->peers, in->n_peers, w->err) &&
           note(w,
                "Rates are per 10,000 children aged 0 to 17 by the ONS mid-year estimate of the year before; "
                "authorities with fewer than 5,000 children are left out.");
}

static bool write_yearly(struct writer *w)
{
    return dfe_panel_table(&w->inputs->yearly, next_table(w), w->err) && save(w, "Published totals") &&
           history_charts_add_yearly(&w->charts, &w->inputs->yearly, w->err) &&
           note(w,
                "No returns are stored: these are published yearly totals, children counted once a year. "
                "Stock does "
                "not change by starts less leavers exactly; empty cells were suppressed or not published.");
}

static bool finish(struct writer *w)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    const char *const names[] = {w->inputs->authority.name};
    const struct manifest manifest = {
        .command_line = w->app->command_line,
        .short_breaks = w->inputs->history.short_breaks,
        .authorities = names,
        .n_authorities = 1,
        .notes = w->page.notes,
        .n_notes = w->page.n_notes,
        .run_seconds = seconds_now() - w->started,
    };
    const struct chart_options options = {.processes = processors < 1                ? 1
                                                       : processors > PROCESSES_MOST ? PROCESSES_MOST
                                                                                     : (int32_t)processors};
    bool drawn = false;
    w->page.report = "history";
    w->page.command_line = w->app->command_line;
    w->page.title = arena_format(&w->texts, w->err, "Children looked after by %s", w->inputs->authority.name);
    w->page.lead = w->charts.n_charts > 0 ? w->charts.charts[0].title : "";
    return w->page.title != NULL &&
           chart_draw(&w->folder, w->charts.charts, w->charts.n_charts, &options, &w->app->log, &drawn,
                      w->err) &&
           results_page_save(&w->folder, NULL, &w->page, &w->charts, drawn, w->err) &&
           manifest_write(&manifest, w->report->store, &w->folder, w->err) &&
           folder_commit(&w->folder, w->err);
}

bool history_report_write(struct app *app, const struct history_inputs *inputs,
                          const struct history_report *report, struct err *err)
{
    struct writer w = {.app = app, .inputs = inputs, .report = report, .started = seconds_now(), .err = err};
    bool ok = folder_begin(&w.folder, report->folder, err);
    if (ok && inputs->authority.has_returns)
        ok = write_tables(&w) && history_charts_add(&w.charts, &inputs->history, &inputs->counts, err) &&
             note_returns(&w);
    else if (ok)
        ok = write_yearly(&w);
    ok = ok && write_peers(&w) && finish(&w);
    folder_abandon(&w.folder);
    for (size_t i = 0; i < w.n_tables; i++)
        table_free(&w.tables[i]);
    chart_set_free(&w.charts);
    arena_free(&w.texts);
    return ok;
}
