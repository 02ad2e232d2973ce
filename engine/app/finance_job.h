/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/finance_job.h: one run of the command finance, and what it gathers.
 *
 * Ownership: a job owns what it holds but app and options; finance_job_close releases it. */
#ifndef TURNCURVE_APP_FINANCE_JOB_H
#define TURNCURVE_APP_FINANCE_JOB_H

#include "app/chart_set.h"
#include "app/command.h"
#include "app/outlook.h"
#include "app/panel_source.h"
#include "app/plan_work.h"
#include "app/publish.h"
#include "app/results_page.h"
#include "app/scenario_choice.h"
#include "store/council.h"
#include "store/finance_runs.h"
#include "study/finance.h"
#include "study/finance_disclosure.h"

/* The tables that it writes, in the order of page and workbook. Columns and words are in finance_table.def.
 */
enum finance_table {
#define FINANCE_TABLE(member, name, heading, about) FINANCE_##member,
#include "app/finance_table.def"
#undef FINANCE_TABLE
    FINANCE_TABLE_COUNT
};
enum { FINANCE_YEARS = 5, FINANCE_QUESTIONS = 12, FINANCE_NOTES = 16 };

/* A question of "what if", answered by the report's own prices. */
struct finance_sensitivity {
    const char *question, *basis;  /* texts live in the job's arena */
    pence rest_of_year, full_year; /* what it adds to the outturn, and to a whole year */
    bool is_known;                 /* false: the basis says why not */
    bool has_rest;                 /* rest_of_year is given */
};

struct finance_job {
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
    struct budget_rows budget;
    struct ledger_rows ledger;
    bool is_loaded, is_prepared;
    int32_t year, months; /* by its end; of the forecast */
    int64_t seed;
    day data_date;                  /* last day that the report knows of */
    struct finance_future *futures; /* of each scenario */
    size_t n_futures;
    struct finance finance; /* of the main scenario */
    bool is_made;
    struct plan_work work; /* where there is a plan */
    bool has_work;
    struct publish publish;
    struct finance_disclosure_line *lines_published; /* NULL: nothing is to be published */
    struct finance_sensitivity sensitivities[FINANCE_QUESTIONS];
    size_t n_sensitivities;
    struct finance_run before; /* the report that movements count from */
    bool has_before;
    struct table tables[FINANCE_TABLE_COUNT]; /* those without rows are not written */
    const char *title;
    struct text lead;
    const char *notes[FINANCE_NOTES];
    size_t n_notes;
    struct chart_set charts;
    struct arena texts;
};
/* Releases what a job holds. */
void finance_job_close(struct finance_job *job);

/* Loads what is stored, runs every scenario, makes the report and what hangs on it. */
bool finance_job_run(struct finance_job *job, struct err *err);
/* Decisions and sensitivities. */
bool finance_job_ask(struct finance_job *job, struct err *err);
/* Stores the report for the next month's movement; a database that cannot be written gives a warning. */
bool finance_job_keep(struct finance_job *job, struct err *err);

/* Fills the tables, and masks them where they are to be published. */
bool finance_tables_make(struct finance_job *job, struct err *err);
/* Its title for people. */
const char *finance_table_heading(enum finance_table table);
/* What the table says and how it counts, a few sentences. */
const char *finance_table_about(enum finance_table table);

/* Title, lead and notes. */
bool finance_words_make(struct finance_job *job, struct err *err);

/* Charts with their tables. */
bool finance_charts_make(struct finance_job *job, struct err *err);

/* finance.xlsx: cover with the findings, key figures with names, tables with formulas and charts, what went
 * in. */
bool finance_workbook_write(struct finance_job *job, struct folder *folder, struct err *err);

/* CSV files, workbook, page, manifest; and the short table on the screen. */
bool finance_write(struct finance_job *job, struct folder *folder, double started, struct err *err);
bool finance_show(struct finance_job *job, struct err *err);

/* The number of the line in the report's rows that is the total. */
size_t finance_job_total(const struct finance_job *job);
/* The groups of a line as finance.csv names them. */
void finance_job_placement(const struct finance_job *job, size_t i, char out[PLACEMENT_SET_TEXT]);
/* The name of a line; "all" for the total. */
const char *finance_job_line(const struct finance_job *job, size_t i);

#endif
