/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/finance_publish.h: a finance report that may be published.
 *
 * Ownership: what is decided lives in the job's arena.
 *
 * A line is shown when each of its placement groups is shown by the publication at the last day known (or is
 * empty all year), and it has more than k children, and no fewer than PUBLISH_LEAST_FORECAST, in every month
 * of the year and in the budget. Others are hidden, and so are lines by which those could be found
 * (study/finance_disclosure): "c" in all their figures. What was hidden in the year stays hidden in later
 * reports on it.
 *
 * Never published: months, movements and open postings of a line; the price book and what the ledger says of
 * it; what single actions do. While a line is hidden, of the whole neither nights nor placements, nor what
 * leads to them (mean prices, mix against the average). */
#ifndef TURNCURVE_APP_FINANCE_PUBLISH_H
#define TURNCURVE_APP_FINANCE_PUBLISH_H

#include "app/finance_job.h"

/* Seals the publication and decides about lines, after the report was made and before words. Like the others,
 * it does nothing when nothing is to be published. ERR_DATA as outlook_publish. */
bool finance_publish_choose(struct finance_job *job, struct err *err);
/* Masks the tables. */
bool finance_publish_mask(struct finance_job *job, struct err *err);
/* Notes what is shown and hidden. */
bool finance_publish_record(struct finance_job *job, struct err *err);
/* Sentences for page and workbook: at most FINANCE_PUBLISH_NOTES; 0 when out of memory. */
enum { FINANCE_PUBLISH_NOTES = 5 };
size_t finance_publish_notes(struct finance_job *job, const char *notes[FINANCE_PUBLISH_NOTES],
                             struct err *err);

/* May a line's figures be shown? Always so when nothing is to be published. */
bool finance_publish_shows(const struct finance_job *job, size_t line);
bool finance_publish_hides_any(const struct finance_job *job);
/* The basis of an answer that is not given. */
extern const char finance_publish_why[];
/* May a group's mean price be told? */
bool finance_publish_shows_group(const struct finance_job *job, enum placement_group group);

#endif
