/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/publish.h: `--publish`: what leaves the authority is made from masked counts only.
 *
 * Ownership: a struct publish owns its publication; publish_free releases it. Options and stores are
 * borrowed.
 *
 * A command that publishes: publish_begin; publish_add_years (and what else it counts, through
 * study/publication); publish_seal, which takes in what earlier publications showed, decides what is hidden
 * and lets an attacker try; then tables, charts and sentences from publication_find and publication_count
 * alone; publish_record before the folder is committed.
 *
 * What a published folder never holds:
 * - counts that the publication is not about: months (history is published by year), nights and costs of
 * groups, durations, moves of children, cohorts, checks of single actions
 * - child-level files, and findings.csv
 * - the names, sizes, row counts and digests of input files, counts of findings and repairs, and the command
 * line as typed, which has paths: the manifest says what was run and with which parameters
 * - prices and costs of groups with fewer than k + 1 children at the origin, in which a contract could be
 * seen
 * - the truth of a synthetic authority (that is written by synth alone).
 *
 * A hidden number is the text "c" in every table. Sentences and titles that need a hidden number are not
 * made; what could be derived (percentages, changes, sums) is derived from shown numbers only, so that it
 * tells nothing new. */
#ifndef TURNCURVE_APP_PUBLISH_H
#define TURNCURVE_APP_PUBLISH_H

#include "app/command.h"
#include "base/table.h"
#include "store/store.h"
#include "study/publication.h"

struct publish {
    bool is_on;
    struct publication publication;
};
/* The text of a hidden number. */
extern const char publish_hidden[];

/* Reads --publish, --hide-zero, --largest-hidden and --dominance. ERR_USAGE when one of the others is given
 * without --publish. */
bool publish_begin(struct publish *publish, const struct options *options, struct err *err);
void publish_free(struct publish *publish);
/* Counts of each year of the returns, and the stock before the first. A small authority (fewer than
 * PUBLISH_LEAST_GROUPED children at some year's end) is published in total only: so much would have to be
 * hidden that groups say nothing. */
enum { PUBLISH_LEAST_GROUPED = 30 };
bool publish_add_years(struct publish *publish, const struct history *history, const struct counts *counts,
                       struct err *err);
/* The stock on another day, a month's end, by all kinds of groups likewise. */
bool publish_add_stock(struct publish *publish, const struct history *history, const struct counts *counts,
                       day date, struct err *err);
/* Takes in the authority's earlier publications, seals, and says on the log what was hidden. ERR_DATA when
 * the attacker succeeds. */
bool publish_seal(struct publish *publish, struct store *store, int32_t la, struct log *log, struct err *err);
/* Notes what is shown and hidden in the database. */
bool publish_record(const struct publish *publish, const char *database, int32_t la, struct err *err);

/* Writes a count, or "c"; a count that the publication is not about leaves the cell empty. */
bool publish_set_count(const struct publish *publish, struct table *table, struct table_cell *cell,
                       enum measure measure, struct group group, const char *const localities[], day date,
                       int32_t months, struct err *err);
bool publish_set_hidden(struct table *table, struct table_cell *cell, struct err *err);
/* What "c" means, for pages and manifests: a sentence each, at most PUBLISH_NOTES. */
enum { PUBLISH_NOTES = 4 };
size_t publish_notes(const struct publish *publish, struct arena *texts, const char *notes[PUBLISH_NOTES],
                     struct err *err);
/* The row of the manifest: k, options, cells, how many were hidden as small and to protect others, how many
 * the attacker tried; no values. */
bool publish_table(const struct publish *publish, struct table *out, struct err *err);

#endif
