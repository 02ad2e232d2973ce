/* SPDX-License-Identifier: GPL-3.0-or-later
 * The built-in price book is listed as it is stated, in the prices of 2024-25. */
#include "app/list_assumptions.h"

#include "app/row_writer.h"
#include "data/prices.h"
#include "study/assumptions.h"

const struct table_column list_assumptions_columns[LIST_ASSUMPTIONS_COLUMNS] = {
    {"id", 0},   {"statement", 0}, {"value", 4},   {"unit", 0}, {"low", 4},
    {"high", 4}, {"owner", 0},     {"quality", 0}, {"basis", 0}};

static bool add_row(struct table *table, const struct assumption *item, struct err *err)
{
    struct row_writer w = row_writer_begin(table, err);
    row_writer_text(&w, item->id);
    row_writer_text(&w, item->words);
    row_writer_real(&w, item->base);
    row_writer_text(&w, item->unit);
    row_writer_real(&w, item->low);
    row_writer_real(&w, item->high);
    row_writer_text(&w, item->owner);
    row_writer_text(&w, assumption_quality_name(item->quality));
    row_writer_text(&w, item->basis);
    return w.ok;
}

static bool add_prices(struct table *table, struct err *err)
{
    const double pence_a_pound = 100;
    struct price_book book = {0};
    struct arena texts = {0};
    bool ok = price_book_defaults(&book, err);
    for (size_t i = 0; ok && i < book.n_lines; i++) {
        const struct price_line *line = &book.lines[i];
        const struct price_range range = price_default_range(line->group);
        const struct assumption item = {
            .id = arena_format(&texts, err, "price:%s", placement_group_name(line->group)),
            .words = arena_format(&texts, err, "Weekly price in 2024-25, then %g %% a year: %s",
                                  line->annual_uplift_pct, placement_group_words(line->group)),
            .unit = "£ a week",
            .base = (double)line->weekly / pence_a_pound,
            .low = (double)range.low / pence_a_pound,
            .high = (double)range.high / pence_a_pound,
            .basis = line->source,
            .owner = "Finance",
            .quality = QUALITY_EXPERT,
        };
        ok = item.id != NULL && item.words != NULL && add_row(table, &item, err);
    }
    price_book_free(&book);
    arena_free(&texts);
    return ok;
}

bool list_assumptions_add(struct table *table, const struct params *params, struct err *err)
{
    struct assumptions list;
    bool ok = assumptions_of_params(params, &list, err);
    for (size_t i = 0; ok && i < list.n; i++)
        ok = add_row(table, &list.items[i], err);
    assumptions_free(&list);
    return ok && add_prices(table, err);
}
