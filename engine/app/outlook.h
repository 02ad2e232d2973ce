/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/outlook.h: one authority's past and forecast side by side, and what a person would say about them.
 *
 * Ownership: an outlook owns what it loaded and the forecast; scenarios and the panel are borrowed;
 * outlook_free releases it. */
#ifndef TURNCURVE_APP_OUTLOOK_H
#define TURNCURVE_APP_OUTLOOK_H

#include "app/intervals.h"
#include "data/counts.h"
#include "plan/targets.h"
#include "sim/run.h"
#include "store/store.h"
#include "study/publication.h"

enum { OUTLOOK_WORDS = 512, OUTLOOK_LABEL = 64, OUTLOOK_NUMBER = 48, OUTLOOK_GROUPS_MOST = 6 };

struct outlook {
    struct authority authority;
    bool has_history, has_yearly;
    struct history history; /* all that is known, also after the origin */
    struct counts counts;   /* of the history, when there is one */
    struct yearly yearly;
    struct population population;  /* all that is stored, published after the origin too */
    const struct panel *panel;     /* of all authorities as known at the origin, borrowed; NULL: not wanted */
    const struct targets *targets; /* of the plan, borrowed, set by the caller; NULL: none */
    day origin;
    const struct scenario *scenarios;
    size_t n_scenarios;
    size_t base, main; /* the baseline, and the scenario that charts and sentences are about */
    struct forecast forecast;
    char exposure[POPULATION_WORDS]; /* the population that entries were measured against, in words */
    struct intervals intervals;      /* what they were scaled by, set by the caller */
    const struct publication
        *published;                 /* sealed, borrowed; NULL: not to be published (app/outlook_publish.h) */
    struct result_series *withheld; /* n_withheld series that were taken out of the forecast */
    size_t n_withheld;
    bool misses_year; /* caution_find: a return year between two others is not stored */
    char caution[2 *
                 OUTLOOK_WORDS]; /* caution_find: what in the data speaks against the forecast, "" nothing */
};

/* Loads what the store holds of an authority. from is the last day known, a month's end; DAY_NONE: where the
 * data end. ERR_NO_INPUT when the model cannot work from what there is (the message names a model that can)
 * or from lies outside the data of this authority (of all, those are left out); ERR_USAGE when from is no
 * month's end, or no year's end where only those are known. */
bool outlook_load(struct outlook *out, struct store *store, const struct authority *authority,
                  const struct model *model, day from, bool short_breaks, struct err *err);
/* What a model may see of an outlook: only what was known at its origin. Borrows the outlook, and may not be
 * moved; outlook_input_free releases the rest. */
struct outlook_input {
    struct model_input input;
    struct history history;       /* cut at the origin, empty when that is the end of the data */
    struct yearly yearly;         /* borrows the outlook's: only the number of years may differ */
    struct population population; /* cut likewise */
};
bool outlook_input_make(const struct outlook *outlook, int32_t months, uint64_t seed,
                        struct outlook_input *out, struct err *err);
void outlook_input_free(struct outlook_input *input);
/* Warns of each price for one provider alone that the returns do not name with a placement of its group, and
 * which so changes nothing. outlook_run does it. */
void outlook_warn_of_prices(const struct outlook *outlook, const struct price_book *prices, struct log *log);
/* Runs the scenarios on what was known at the origin: from an earlier origin than the end of the data only
 * population figures published by then; from the end itself all, because nothing happened after it that they
 * could give away. For a model that wants the panel (MODEL_NEEDS_PANEL)
 * the caller sets outlook->panel before; it must live until this returns. */
bool outlook_run(struct outlook *outlook, const struct model *model, int32_t months, uint64_t seed,
                 const struct scenario scenarios[], size_t n_scenarios, const struct price_book *prices,
                 const struct run_options *run, struct log *log, struct err *err);
void outlook_free(struct outlook *outlook);

/* base: the first scenario of stance baseline, else the first of all. main: the first of stance likely, else
 * the first that is not a baseline, else the base. */
void outlook_choose(struct outlook *outlook);

/* Last day of a forecast month, 0 the first. */
day outlook_month_end(const struct outlook *outlook, int32_t month);
/* The known stock of a group at a month's end (yearly totals: at a year's end, all only). False when not
 * known, or not to be published. */
bool outlook_stock(const struct outlook *outlook, struct group group, day date, double *out);
/* A known flow over the twelve months that end on a month's end; from yearly totals likewise. */
bool outlook_flow(const struct outlook *outlook, enum measure measure, day date, double *out);
/* First and last date of known stock. */
day outlook_known_from(const struct outlook *outlook);
day outlook_known_to(const struct outlook *outlook);
/* Mean of a forecast flow (or cost, pence) summed over the months [first, last]. False when the model has no
 * such series. */
bool outlook_sum(const struct outlook *outlook, size_t scenario, enum measure measure, struct group group,
                 int32_t first, int32_t last, double *out);

/* The forecast months of the i-th financial year, first to last, and its name ("2026-27", "2026-27 (9
 * months)"). False behind the end of the forecast. */
bool outlook_year(const struct outlook *outlook, int32_t i, int32_t *first, int32_t *last,
                  char name[OUTLOOK_NUMBER]);

/* ---- words ---- */

/* A scenario's name as a label: "leeds-2012-best" -> "Leeds 2012 best". */
void outlook_label(const struct outlook *outlook, size_t scenario, char out[OUTLOOK_LABEL]);
/* The style of a scenario's line in charts (render/chart_style.def). */
const char *outlook_style(enum stance stance);
/* "March 2027". */
void outlook_month_words(day date, char out[OUTLOOK_NUMBER]);
/* Children rounded as titles are: to 10 from 200, to 5 from 50; with thousands commas. */
void outlook_about(double children, char out[OUTLOOK_NUMBER]);
/* Children to the whole one, with thousands commas; "not known" of what is no number. */
void outlook_exact(double children, char out[OUTLOOK_NUMBER]);
/* Pounds for people: "£61.2m", "£350k", "£900". */
void outlook_pounds(double pounds, char out[OUTLOOK_NUMBER]);
/* The findings, made by rule from numbers. A direction is stated only when the range that holds 8 in 10
 * outcomes leaves out no change: "Numbers should fall to about 1,190 by March 2028, 95 fewer than the
 * baseline"; else "No clear change yet: ...". False when the model has no such series. */
bool outlook_say_stock(const struct outlook *outlook, char out[OUTLOOK_WORDS]);
bool outlook_say_mix(const struct outlook *outlook, char out[OUTLOOK_WORDS]);
bool outlook_say_flows(const struct outlook *outlook, char out[OUTLOOK_WORDS]);
bool outlook_say_cost(const struct outlook *outlook, char out[OUTLOOK_WORDS]);

#endif
