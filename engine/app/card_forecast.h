/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_forecast.h: the forecast behind a report card, made from what was known when its period ended.
 *
 * Ownership: a card_forecast owns all but its setting; it is on the heap and never moved, because its parts
 * borrow one another; card_forecast_close releases it.
 *
 * Two runs. The baseline frozen before the plan began (without a plan, or before it begins: a year before the
 * period's end) is what was to be expected if nothing had been done; that the children looked after now are
 * fewer than in most of its futures is what "beating the baseline" means. The forecast from the period's end
 * on, with the plan as likely and without it, says where it leads. */
#ifndef TURNCURVE_APP_CARD_FORECAST_H
#define TURNCURVE_APP_CARD_FORECAST_H

#include "app/card_period.h"
#include "app/command.h"
#include "app/outlook.h"
#include "app/plan_choice.h"
#include "study/target.h"

enum { CARD_AHEAD_MONTHS = 36, CARD_EARLY_DAYS = 91, CARD_YEARS_BEFORE = 2 };
/* From which share of the frozen baseline's futures a curve is turned, and below which it is not: the rule of
 * the statuses (study/indicator.h). */
#define CARD_TURNED     .80
#define CARD_NOT_TURNED .40

enum card_answer { CARD_YES, CARD_TOO_EARLY, CARD_NO };

/* Why there is the baseline that there is. */
enum card_baseline {
    CARD_SINCE_PLAN, /* frozen at the month end before the plan's first effect */
    CARD_SINCE_YEAR, /* a year ago: there is no plan, or none of its effects has begun 91 days ago */
    CARD_NO_BASELINE /* the returns reach not far enough back */
};

/* What all cards of one run share. */
struct publish; /* app/publish.h */
struct card_setting {
    struct app *app;
    struct store *store;
    const struct model *model, *reference; /* reference: the last value */
    const struct price_book *prices;
    const struct authority *authority;
    const char *plan;        /* name, NULL none */
    struct publish *publish; /* --publish */
    int32_t runs, threads;
    int64_t seed;
};

struct card_range {
    double p10, p50, p90;
};

struct card_forecast {
    const struct card_setting *setting;
    struct outlook outlook; /* origin: the period's last day; forecast: baseline, and the plan as likely */
    struct plan_choices plans;
    struct joined_plan *plan; /* as it stood at the period's end, NULL none */
    struct scenario scenarios[2];
    size_t n_scenarios;
    struct outlook_input known;
    struct run_options options;
    struct run run;
    struct draws draws[2]; /* of each scenario */
    bool is_loaded, is_known;
    struct group group; /* all, or a locality */
    day begins;         /* the plan's first effect; DAY_NONE: it has none with a day */

    double stock; /* on the period's last day */
    enum card_baseline baseline;
    day frozen;                 /* the last day that the frozen baseline knew */
    struct result frozen_curve; /* stocks month by month */
    struct card_range expected; /* by it on the period's last day */
    double turned;              /* share of its futures with more children than there are; NaN none */
    bool is_early;              /* the plan has not begun, or so lately that nothing can be seen of it */
    bool is_doubtful; /* the returns look as if new children were missing: a fall would prove nothing */
    enum card_answer answer;

    day until;                       /* the end of the forecast */
    struct card_range without, with; /* stock there; with: NaN without a plan */
    struct card_range gap;           /* with less without, future by future; NaN likewise */
};

/* locality NULL: all. ERR_NO_INPUT when there are no returns, ERR_USAGE for a locality that is not stored. */
struct card_forecast *card_forecast_open(const struct card_setting *setting, const struct card_period *period,
                                         const char *locality, struct err *err);
void card_forecast_close(struct card_forecast *forecast);
/* Steps of it: which baseline, from the origin, the start of the history and of the plan; which answer, from
 * that and the share turned. */
void card_forecast_freeze(struct card_forecast *forecast);
void card_forecast_judge(struct card_forecast *forecast);
/* A measure of the group at the end of a known month; NaN when it is not known. */
double card_known(const struct card_forecast *forecast, enum measure measure, day date);
/* The share of futures with the plan (without one: of the baseline) in which a target of the plan is met, and
 * where the quantity will be. Any fate but TARGET_TESTED leaves *out untouched. */
bool card_forecast_target(const struct card_forecast *forecast, const struct plan_target *target,
                          enum target_fate *fate, struct target_goal *goal, struct target_outcome *out,
                          struct err *err);

#endif
