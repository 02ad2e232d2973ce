/* SPDX-License-Identifier: GPL-3.0-or-later
 * Children get their keys in the order in which they are written, so that indices are known at once. */
#include "tests/study/hand_card.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/parse.h"
#include "base/vec.h"
#include "data/localities.h"
#include "tests/returns_by_hand.h"

static const char *const names[] = {"North", "South", "unknown"};

static int32_t year_of(const char *years, size_t i)
{
    int64_t year = 0;
    ck_assert(parse_int64((struct str){years + 5 * i, 4}, &year));
    return (int32_t)year;
}

static size_t n_years(const char *years)
{
    return (str_of(years).length + 1) / 5;
}

void hand_card_begin(struct hand_card *card, const char *years)
{
    struct err err = {0};
    *card = (struct hand_card){.history = {.la_name = "Testshire"}, .years = years};
    card->history.localities = vec_new(3, sizeof *card->history.localities, &err);
    ck_assert_ptr_nonnull(card->history.localities);
    for (size_t i = 0; i < 3; i++)
        card->history.localities[card->history.n_localities++] = names[i];
}

void hand_card_file(struct hand_card *card, enum return_table table)
{
    struct err err = {0};
    for (size_t i = 0; i < n_years(card->years); i++)
        ck_assert(outcomes_add_file(&card->outcomes, year_of(card->years, i), table, &err));
}

void hand_card_child(struct hand_card *card, const char *rows)
{
    struct err err = {0};
    struct fixture fixture;
    struct localities localities = {0};
    ck_assert(localities_add(&localities, str_of("LS1"), str_of("North"), &err) &&
              localities_add(&localities, str_of("LS2"), str_of("South"), &err) &&
              localities_finish(&localities, &err));
    fixture_stack(&fixture, card->years, rows);
    const size_t before = card->history.n_children;
    if (fixture.clean.usable)
        ck_assert(history_add_child(&card->history, &fixture.clean, before + 1, &localities, &err));
    const bool is_there = card->history.n_children > before;
    ck_assert_msg(outcomes_add_child(&card->outcomes, &fixture.rows,
                                     is_there ? (int32_t)before : OUTCOME_NO_CHILD,
                                     is_there ? fixture.clean.born : DAY_NONE, fixture.years, &err),
                  "%s", err.message);
    fixture_free(&fixture);
    localities_free(&localities);
}

void hand_card_end(struct hand_card *card)
{
    struct err err = {0};
    const size_t n = n_years(card->years);
    ck_assert(history_finish(&card->history, year_of(card->years, 0), year_of(card->years, n - 1), &err));
    ck_assert_msg(history_verify(&card->history, &err), "%s", err.message);
    outcomes_finish(&card->outcomes);
    ck_assert(counts_make(&card->history, card->history.start - 1, card->history.end, &card->counts, &err));
    card->source = (struct indicator_source){
        .history = &card->history, .counts = &card->counts, .outcomes = &card->outcomes};
}

void hand_card_free(struct hand_card *card)
{
    counts_free(&card->counts);
    outcomes_free(&card->outcomes);
    history_free(&card->history);
}

static struct indicator_figure figure_of(const struct hand_card *card, const char *name, const char *locality,
                                         day first, day last)
{
    struct err err = {0};
    struct indicator_set set;
    ck_assert_msg(
        indicator_compute(&card->source, first, last, locality, &indicator_rule_default, true, &set, &err),
        "%s", err.message);
    const struct indicator *indicator = indicator_find(&set, name);
    ck_assert_msg(indicator != NULL, "%s", name);
    const struct indicator_figure figure = indicator->now;
    indicator_set_free(&set);
    return figure;
}

void hand_card_is(const struct hand_card *card, const char *name, const char *locality, day first, day last,
                  double numerator, double denominator)
{
    const struct indicator_figure figure = figure_of(card, name, locality, first, last);
    ck_assert_msg(figure.state == INDICATOR_KNOWN, "%s: %s", name, indicator_state_words(figure.state));
    ck_assert_msg(fabs(figure.numerator - numerator) < 1e-9, "%s: %g, not %g", name, figure.numerator,
                  numerator);
    if (denominator > 0)
        ck_assert_msg(fabs(figure.denominator - denominator) < 1e-9, "%s: of %g, not %g", name,
                      figure.denominator, denominator);
    else
        ck_assert_msg(isnan(figure.denominator), "%s: of %g", name, figure.denominator);
}

void hand_card_is_not(const struct hand_card *card, const char *name, const char *locality, day first,
                      day last, enum indicator_state state)
{
    const struct indicator_figure figure = figure_of(card, name, locality, first, last);
    ck_assert_msg(figure.state == state, "%s: %s", name, indicator_state_words(figure.state));
    ck_assert_msg(isnan(figure.value), "%s: %g", name, figure.value);
}
