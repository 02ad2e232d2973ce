/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_job.h: one run of the command card, internal to it.
 *
 * Ownership: a job owns what it loaded and its tables; app and options are borrowed. */
#ifndef TURNCURVE_APP_CARD_JOB_H
#define TURNCURVE_APP_CARD_JOB_H

#include "app/card_dashboard.h"
#include "app/card_publish.h"
#include "app/card_sheet.h"
#include "app/card_tables.h"
#include "study/card_table.h"

struct card_job {
    struct app *app;
    const struct options *options;
    struct store *store;
    struct authority authority;
    struct price_book prices;
    struct card_setting setting;
    struct card_sources sources;
    const char *locality; /* NULL: all */
    struct publish publish;
    struct folder folder;
    struct table card, providers; /* card.csv, providers.csv */
    struct text said;             /* what the screen says first */
    bool drawn;
    struct card_sheet *sheet; /* the last one, for the manifest; NULL: nothing was forecast */
    struct arena texts;
};

/* Each writes its pages into the folder and fills the tables. */
bool card_job_quarter(struct card_job *job, const struct card_period *period, struct err *err);
bool card_job_board(struct card_job *job, const struct card_period *period, struct err *err);
bool card_job_month(struct card_job *job, const struct card_period *period, struct err *err);
bool card_job_series(struct card_job *job, const struct card_period *first, const struct card_period *last,
                     struct err *err);

/* ---- shared by them ---- */

/* The measures of the authority and, where no locality was asked for, of each of them: sets[n] with their
 * names, in the job's arena; adds them to card.csv. Freed with card_areas_free. */
struct card_areas {
    struct indicator_set *sets;
    const char **names;
    size_t n;
};
bool card_areas_find(struct card_job *job, const struct card_period *period, struct card_areas *out,
                     struct err *err);
void card_areas_free(struct card_areas *areas);
/* "Leeds" or "Leeds, North". */
const char *card_job_whose(struct card_job *job, struct err *err);
/* Draws the curve of a sheet and saves its numbers. */
bool card_job_draw(struct card_job *job, struct card_sheet *sheet, struct err *err);
/* Sections of a page: areas where there are some, providers, definitions. */
bool card_job_sections(struct card_job *job, const struct card_period *period, const struct card_areas *areas,
                       struct card_dashboard *page, struct err *err);

#endif
