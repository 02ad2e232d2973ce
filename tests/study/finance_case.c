/* SPDX-License-Identifier: GPL-3.0-or-later
 * The history is written down as arrays: nothing is read, so that nothing else can be wrong. */
#include "finance_case.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"

static void add_price(struct price_book *book, enum placement_group group, pence weekly)
{
    struct err err = {0};
    const struct price_line line = {.group = group,
                                    .provider = "",
                                    .from = date_from_civil(2020, 4, 1),
                                    .weekly = weekly,
                                    .source = "test"};
    ck_assert(price_book_add(book, &line, &err));
}

static void add_child(struct finance_case *c, int32_t i, enum placement_group group, day start, day end)
{
    c->children[i] = (struct child){
        .key = (uint64_t)i + 1, .born = date_from_civil(2015, 4, 1), .first_spell = i, .n_spells = 1};
    c->spells[i] =
        (struct spell){.child = i, .first_segment = i, .n_segments = 1, .start = start, .end = end};
    c->segments[i] = (struct segment){.child = i,
                                      .spell = i,
                                      .start = start,
                                      .end = end,
                                      .group = (uint8_t)group,
                                      .provider = 255,
                                      .is_new_stay = true};
}

void finance_case_init(struct finance_case *c, day origin)
{
    const struct err none = {0};
    struct err err = none;
    const size_t n = PLACEMENT_COUNT * (size_t)CASE_REPLICATES;
    *c = (struct finance_case){0};
    const bool home = origin >= date_from_civil(2026, 11, 1);
    add_child(c, 0, PLACEMENT_FOSTER_IFA, date_from_civil(2026, 1, 1), DAY_OPEN);
    add_child(c, 1, PLACEMENT_RES_EXTERNAL, date_from_civil(2026, 11, 1), DAY_OPEN);
    c->history = (struct history){.start = date_from_civil(2025, 4, 1),
                                  .end = origin,
                                  .children = c->children,
                                  .n_children = home ? 2 : 1,
                                  .spells = c->spells,
                                  .n_spells = home ? 2 : 1,
                                  .segments = c->segments,
                                  .n_segments = home ? 2 : 1};
    add_price(&c->prices, PLACEMENT_FOSTER_IFA, 70000);
    add_price(&c->prices, PLACEMENT_RES_EXTERNAL, 700000);
    c->future.replicates = CASE_REPLICATES;
    c->future.n_years = 1;
    c->future.closed = vec_new(n, sizeof(double), &err);
    c->future.rest = vec_new(n, sizeof(double), &err);
    ck_assert(c->future.closed != NULL && c->future.rest != NULL);
    c->options = (struct finance_options){.year = CASE_YEAR,
                                          .origin = origin,
                                          .until = DAY_OPEN,
                                          .years = 1,
                                          .seed = 1,
                                          .prior = ledger_prior_default};
}

void finance_case_free(struct finance_case *c)
{
    finance_free(&c->finance);
    finance_future_free(&c->future);
    budget_rows_free(&c->budget);
    ledger_rows_free(&c->ledger);
    price_book_free(&c->prices);
}

void finance_case_budget(struct finance_case *c, const char *line, placement_set groups, pence amount,
                         double fte, pence savings)
{
    struct err err = {0};
    const struct budget_row row = {
        .year = CASE_YEAR, .line = line, .groups = groups, .budget = amount, .fte = fte, .savings = savings};
    ck_assert(budget_rows_put(&c->budget, &row, &err));
}

void finance_case_post(struct finance_case *c, day date, const char *line, placement_set groups, pence amount)
{
    struct err err = {0};
    const struct ledger_row row = {.date = date, .line = line, .groups = groups, .actual = amount};
    ck_assert(ledger_rows_put(&c->ledger, &row, &err));
}

void finance_case_make(struct finance_case *c)
{
    struct err err = {0};
    ck_assert_msg(finance_make(&c->budget, &c->ledger, &c->history, &c->prices, &c->future, &c->options,
                               &c->finance, &err),
                  "%s", err.message);
}
