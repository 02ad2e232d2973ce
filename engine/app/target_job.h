/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/target_job.h: one run of the command target, and what its questions gather.
 *
 * Ownership: a job owns what it holds but app and options; target_job_close releases it. Tables and charts
 * are filled question by question and written at the end. */
#ifndef TURNCURVE_APP_TARGET_JOB_H
#define TURNCURVE_APP_TARGET_JOB_H

#include "app/chart_set.h"
#include "app/command.h"
#include "app/outlook.h"
#include "app/outlook_publish.h"
#include "app/panel_source.h"
#include "app/results_page.h"
#include "app/scenario_choice.h"
#include "study/goal.h"
#include "study/target.h"

enum { TARGET_PANELS = 6, TARGET_POINTS = 8, TARGET_TABLES = 12, TARGET_DEFAULT_MONTHS = 24 };

struct target_table {
    const char *heading; /* on page and screen */
    const char *file;    /* "targets.csv" */
    struct table table;
    bool is_saved; /* as a CSV of its name; else on the page alone, with a link to `file` */
    bool is_shown; /* on the screen */
};
/* A chart of a quantity through time. */
struct target_panel {
    struct quantity quantity;
    struct table *table;
    const char *numbers;                     /* the CSV with its numbers */
    struct target_goal goals[TARGET_POINTS]; /* drawn as points */
    double chances[TARGET_POINTS]; /* of meeting each, under the line with the fan; NaN: not known */
    size_t n_goals;
    const char *fan; /* label of the line that has one; NULL: none yet */
};

struct target_job {
    struct app *app;
    const struct options *options;
    struct store *store;
    const struct model *model;
    struct price_book prices;
    struct panel_source panel;
    struct scenario_choice choice;
    struct outlook outlook; /* base and main say which scenarios those are */
    struct outlook_input known;
    struct run_options run_options;
    struct run run;
    struct draws base; /* of the baseline */
    bool is_loaded, is_prepared;
    int32_t months;
    int64_t seed;
    struct target_known now;
    struct publish publish;
    struct chart_set charts;
    struct target_panel panels[TARGET_PANELS];
    size_t n_panels;
    const char *numbers; /* of the question at hand: the CSV that its charts are about */
    struct target_table tables[TARGET_TABLES];
    size_t n_tables;
    struct text lead; /* sentences that sum up what was found */
    const char *notes[RESULTS_PAGE_NOTES];
    size_t n_notes;
    struct arena texts;
};

/* ---- gathering ---- */

/* A new table; columns must be a constant array. */
struct table *target_job_table(struct target_job *job, const char *name, const char *heading,
                               const struct table_column columns[], size_t n_columns, bool is_saved,
                               bool is_shown);
/* Adds a sentence to the lead, which the screen and the page begin with. */
bool target_job_say(struct target_job *job, struct err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds a note to the page. */
bool target_job_note(struct target_job *job, const char *note);
/* Draws what a scenario gives of a goal's quantity month by month, and the goal. Quantities beyond
 * TARGET_PANELS have no chart. */
bool target_job_draw(struct target_job *job, const struct target_goal *goal, const struct draws *draws,
                     const char *label, const char *style, bool with_fan, struct err *err);
/* A value of a quantity for people: "1,065", "45.0 %", "£61.2m". */
void target_job_value(const struct quantity *quantity, double value, char out[OUTLOOK_NUMBER]);
/* Pounds to the whole one: "£5,808". */
void target_job_pounds(double pounds, char out[OUTLOOK_NUMBER]);
/* The style of a scenario's line. */
const char *target_job_style(const struct target_job *job, size_t scenario);
/* The month of a date: the end of its month. ERR_USAGE when it is not in the future or behind the end. */
bool target_job_month(const struct target_job *job, day by, int32_t *month, struct err *err);
/* May it be said what a quantity will be in a month? Not of tiny groups, and not of flows over months before
 * the forecast, when it is to be published. */
bool target_job_may_tell(const struct target_job *job, const struct target_goal *goal);
/* The command line for page and manifest. */
const char *target_job_command(const struct target_job *job);
/* The counts that are known, NULL none. */
const struct counts *target_job_counts(const struct target_job *job);

/* ---- questions ---- */

/* Will the targets of the plan be met? */
bool target_plan_run(struct target_job *job, struct err *err);
/* Months that the plan's targets ask for. */
int32_t target_plan_months(const struct target_job *job);
/* Do the targets of the plan agree with each other? */
bool target_agree_run(struct target_job *job, struct err *err);
/* --seek with --reach: how far must a lever be pulled? Writes seek.yaml. */
bool target_seek_run(struct target_job *job, struct folder *folder, struct err *err);
/* --mix: what placement targets take and bring. Writes mix.yaml. */
bool target_mix_run(struct target_job *job, struct folder *folder, struct err *err);
/* --cheapest: the placement mix that costs least. */
bool target_cheapest_run(struct target_job *job, struct err *err);
/* The date of --by, else two years from the origin. */
day target_job_by(const struct target_job *job);
/* Writes a scenario file: the scenario that is asked about with levers more. */
bool target_job_scenario(struct target_job *job, struct folder *folder, const char *name, const char *title,
                         const struct lever levers[], size_t n, struct err *err);

/* ---- the end ---- */

/* Tables, page, charts, manifest. */
bool target_job_write(struct target_job *job, struct folder *folder, double started, struct err *err);
bool target_job_show(struct target_job *job, struct err *err);

#endif
