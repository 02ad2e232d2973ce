/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/store.h: the database of one person or council: returns, published statistics, prices, findings.
 *
 * Ownership: a struct store is closed by store_close. What the loaders fill is the caller's, freed by its own
 * x_free.
 *
 * One SQLite file, mode 0600, rollback journal, application id and user_version; STRICT tables; one writer.
 */
#ifndef TURNCURVE_STORE_STORE_H
#define TURNCURVE_STORE_STORE_H

#include "base/log.h"
#include "base/table.h"
#include "data/history.h"
#include "data/localities.h"
#include "data/panel.h"
#include "data/population.h"
#include "data/prices.h"
#include "data/yearly.h"

struct store;

enum store_mode {
    STORE_READ, /* must exist */
    STORE_WRITE /* made when it does not exist */
};
/* NULL with err filled on failure: ERR_NO_INPUT (not there), ERR_DATA (not a turncurve database, or of a
 * newer version), ERR_IO. */
struct store *store_open(const char *path, enum store_mode mode, struct err *err);
void store_close(struct store *store);
/* Reads the whole file: ERR_DATA, with what is wrong, when it is damaged or rows refer to others that are not
 * there. */
bool store_verify(struct store *store, struct err *err);

struct authority {
    int32_t la; /* key */
    char name[64];
    char code[16];    /* ONS code, "" */
    char old_code[8]; /* three digits, "" */
    bool has_returns, has_published;
    bool pseudonymised; /* its returns hold pseudonyms instead of identifiers */
};
/* All authorities, by name; *out is freed with free(). */
bool store_authorities(struct store *store, struct authority **out, size_t *n, struct err *err);
/* The authority that `--la` text names (name, code, old code; case ignored); NULL or "": the only one with
 * returns, else the only one at all. ERR_USAGE with the nearest names when there is none or more than one. */
bool store_find_authority(struct store *store, const char *text, struct authority *out, struct err *err);

/* The history of an authority from its returns. ERR_NO_INPUT when it has none. */
bool store_load_history(struct store *store, int32_t la, bool short_breaks, struct history *out,
                        struct err *err);
/* What its returns say of the children of its history besides: reviews, health, absences, adoption, care
 * leavers. ERR_NO_INPUT when it has no returns. Cost: reads the returns once more. */
struct outcomes;
bool store_load_outcomes(struct store *store, const struct history *history, struct outcomes *out,
                         struct err *err);
/* Its published yearly totals. ERR_NO_INPUT when it has none. */
bool store_load_yearly(struct store *store, int32_t la, struct yearly *out, struct err *err);
/* The published yearly totals of all authorities that have a stock in some year, by key. An empty panel when
 * nothing is published. */
bool store_load_panel(struct store *store, struct panel *out, struct err *err);
/* Its children by mid-year and age band, estimates and projections; without any line when none are stored. */
bool store_load_population(struct store *store, int32_t la, struct population *out, struct err *err);
/* The built-in price book with the stored lines laid over it. */
bool store_load_prices(struct store *store, struct price_book *out, struct err *err);

/* What the manifest says about inputs: one row a stored file: name, kind, sha256, rows, kept, repaired,
 * refused. */
bool store_inputs(struct store *store, struct table *out, struct err *err);
/* Counts of findings by severity over the whole store. */
bool store_count_findings(struct store *store, int64_t counts[3], struct err *err);

/* One published number. characteristic is "" for the total. */
struct published_row {
    int32_t la, year;
    double value; /* NaN: suppressed or not published */
};
/* All authorities' values of a published measure ("stock", "starts", "leavers", "population", "foster", ..)
 * in a year (0: all years), by authority, then year; *out is freed with free(). */
bool store_published(struct store *store, const char *measure, int32_t year, struct published_row **out,
                     size_t *n, struct err *err);
/* Keys of the statistical neighbours of an authority, closest first, at most 10. */
bool store_neighbours(struct store *store, int32_t la, int32_t out[10], int32_t *n, struct err *err);

#endif
