/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/sensitivity_job.h: one run of the command sensitivity, also made for the assurance pack of a forecast.
 *
 * Ownership: a job owns what it found; sensitivity_job_free releases it. Outlook, scenarios, prices and the
 * rest are borrowed. */
#ifndef TURNCURVE_APP_SENSITIVITY_JOB_H
#define TURNCURVE_APP_SENSITIVITY_JOB_H

#include "app/outlook.h"
#include "plan/targets.h"
#include "render/folder.h"
#include "study/sensitivity.h"

enum { SENSITIVITY_RULES = 8, SENSITIVITY_WORDS = 256 };

/* A rule of thumb: what a round change brings in twelve months. */
struct sensitivity_rule {
    char words[SENSITIVITY_WORDS]; /* "One child more in Children's home: external for a year" */
    double pounds;                 /* NaN: does not apply */
    double children, error;        /* at the end; NaN: none */
    const char *how;
};

struct sensitivity_job {
    /* what is asked */
    const struct outlook *outlook;
    const struct model *model;
    const struct scenario *scenario, *baseline; /* baseline NULL: no savings */
    const struct price_book *prices;
    const struct targets *targets; /* of the plan; NULL none */
    day by;
    int32_t months;
    int64_t seed;
    struct run_options options;
    struct log *log;
    struct sensitivity_output outputs[SENSITIVITY_OUTPUTS];
    size_t n_outputs;
    /* what was found */
    struct learned learned; /* what the model tells of its fit; empty: nothing */
    struct assumptions assumptions;
    struct sensitivity_base base[SENSITIVITY_OUTPUTS];
    struct sensitivity_effect *findings; /* [assumption][output] */
    struct sensitivity_rule rules[SENSITIVITY_RULES];
    size_t n_rules;
};
void sensitivity_job_free(struct sensitivity_job *job);

/* Adds an output: "stock", "cost", "saving", a placement group or any quantity (study/quantity.h). ERR_USAGE
 * with words for anything else. */
bool sensitivity_job_ask(struct sensitivity_job *job, const char *text, struct err *err);
/* Runs everything. */
bool sensitivity_job_run(struct sensitivity_job *job, struct err *err);
/* The order of the assumptions by what they do to an output, largest first; order[assumptions.n]. */
void sensitivity_job_order(const struct sensitivity_job *job, size_t output, size_t order[]);
/* The larger of the two ends' changes, without sign. */
double sensitivity_swing(const struct sensitivity_effect *effect);

/* ---- report ---- */

/* sensitivity.csv and rules.csv. */
bool sensitivity_report_table(const struct sensitivity_job *job, struct table *out, struct err *err);
bool sensitivity_report_rules(const struct sensitivity_job *job, struct table *out, struct err *err);
/* The ten that matter most for an output, for screen and page. */
bool sensitivity_report_top(const struct sensitivity_job *job, size_t output, struct table *out,
                            struct err *err);
/* The findings in sentences. */
bool sensitivity_report_say(const struct sensitivity_job *job, struct text *out, struct err *err);
/* Writes the tables, index.html and pictures. */
bool sensitivity_report_write(const struct sensitivity_job *job, const char *reports,
                              const char *command_line, struct folder *folder, struct err *err);
/* "Cost in the 12 months to March 2027", and a value of an output for people. */
void sensitivity_output_words(const struct sensitivity_job *job, size_t output, char out[SENSITIVITY_WORDS]);
void sensitivity_output_value(const struct sensitivity_output *output, double value, bool is_change,
                              char out[OUTLOOK_NUMBER]);
/* A value of an assumption in its unit: "£5,564", "x0.93", "1.5 %". */
void sensitivity_assumption_value(const struct assumption *assumption, double value,
                                  char out[OUTLOOK_NUMBER]);

#endif
