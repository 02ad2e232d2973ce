/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/dictionary.h: everything that has a name, in words: what the program reads, stores, writes and knows.
 *
 * Ownership: a filled table is the caller's, freed by table_free.
 *
 * It is made from the tables that the program itself works by, so that it cannot say anything else than what
 * is done. */
#ifndef TURNCURVE_APP_DICTIONARY_H
#define TURNCURVE_APP_DICTIONARY_H

#include "base/table.h"
#include "sim/model.h"

/* part, table, name, type, words, more; parts are returns, inputs, views, outputs, codes, rules, parameters,
 * models. A row without a name describes the table itself. */
extern const struct table_column dictionary_columns[];
extern const size_t dictionary_n_columns;
/* models: the model table of the program, NULL-terminated. */
bool dictionary_table(const struct model *const *models, struct table *out, struct err *err);

#endif
