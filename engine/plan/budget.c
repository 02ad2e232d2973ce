/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words that do not change an amount are taken off its front, a scale off its end; what is left must be the
 * amount. */
#include "plan/budget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/parse.h"

static const char *const nothings[] = {
    "no additional cost", "no additional costs", "no cost", "no resource implications", "nil", "none", "0"};
static const char *const openings[] = {"circa",  "c.",    "about",  "approx.", "approximately",
                                       "approx", "up to", "around", "c"};
static const struct {
    const char *word;
    double times;
} scales[] = {{"thousand", 1e3}, {"million", 1e6}, {"k", 1e3}, {"m", 1e6}};
enum {
    N_NOTHINGS = sizeof nothings / sizeof nothings[0],
    N_OPENINGS = sizeof openings / sizeof openings[0],
    N_SCALES = sizeof scales / sizeof scales[0],
};
static const double most_pence = 1e15;

/* The rest of a text that begins with an opening word, followed by a blank or an amount. */
static struct str without_opening(struct str s)
{
    for (size_t i = 0; i < N_OPENINGS; i++) {
        const size_t n = strlen(openings[i]);
        if (s.length <= n || !str_equal_ignore_case((struct str){s.at, n}, str_of(openings[i])))
            continue;
        const unsigned char next = (unsigned char)s.at[n];
        const bool is_letter = (next | 0x20U) >= 'a' && (next | 0x20U) <= 'z' && next < 0x80;
        if (!is_letter)
            return str_trim((struct str){s.at + n, s.length - n});
    }
    return s;
}

static struct str without_scale(struct str s, double *times)
{
    *times = 1;
    for (size_t i = 0; i < N_SCALES; i++) {
        const size_t n = strlen(scales[i].word);
        if (s.length <= n ||
            !str_equal_ignore_case((struct str){s.at + s.length - n, n}, str_of(scales[i].word)))
            continue;
        *times = scales[i].times;
        return str_trim((struct str){s.at, s.length - n});
    }
    return s;
}

static bool parse_scaled(struct str s, double times, pence *out)
{
    pence unscaled = 0;
    if (!parse_pence(s, &unscaled) || unscaled < 0 || (double)unscaled * times > most_pence)
        return false;
    *out = (pence)floor((double)unscaled * times + .5);
    return true;
}

bool budget_parse(struct str text, pence *out)
{
    double times = 1;
    text = str_trim(text);
    if (text.length > 0 && text.at[text.length - 1] == '.')
        text.length--;
    for (size_t i = 0; i < N_NOTHINGS; i++)
        if (str_equal_ignore_case(text, str_of(nothings[i]))) {
            *out = 0;
            return true;
        }
    const struct str rest = without_scale(without_opening(text), &times);
    return rest.length > 0 && parse_scaled(rest, times, out);
}

/* Whether an earlier row of the action says the same. */
static bool said_before(const struct plan *plan, int32_t i_first, int32_t i_row)
{
    const char *text = plan->rows[i_row].text[PLAN_TEXT_BUDGET];
    for (int32_t i = i_first; i >= 0 && i != i_row; i = plan->rows[i].i_next)
        if (strcmp(plan->rows[i].text[PLAN_TEXT_BUDGET], text) == 0)
            return true;
    return false;
}

void budget_of_action(const struct plan *plan, int32_t i_action, char text[BUDGET_TEXT], bool *has_amount,
                      pence *amount)
{
    const int32_t first = plan->actions[i_action].i_first;
    size_t n = 0;
    text[0] = '\0';
    *has_amount = false;
    for (int32_t i = first; i >= 0; i = plan->rows[i].i_next) {
        const struct str own = str_trim(str_of(plan->rows[i].text[PLAN_TEXT_BUDGET]));
        if (own.length == 0 || said_before(plan, first, i))
            continue;
        const size_t length = strlen(text);
        char piece[BUDGET_TEXT];
        str_copy(own, piece, sizeof piece);
        snprintf(text + length, BUDGET_TEXT - length, "%s%s", n++ > 0 ? "; " : "", piece);
        *has_amount = n == 1 && budget_parse(own, amount);
    }
}
