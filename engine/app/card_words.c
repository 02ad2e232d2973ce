/* SPDX-License-Identifier: GPL-3.0-or-later
 * Probabilities stand beside their words, ranges beside their middles; what is assumed is said where it is
 * used. */
#include "app/card_words.h"

#include "app/chance.h"

#include <math.h>
#include <stdio.h>

const char *card_words_answer(const struct card_forecast *f)
{
    switch (f->answer) {
    case CARD_YES:
        return "Yes";
    case CARD_TOO_EARLY:
        return f->is_doubtful                        ? "Cannot be said"
               : f->is_early || !isfinite(f->turned) ? "Too early to say"
                                                     : "Not clear yet";
    case CARD_NO:
        return "No";
    }
    return "";
}

void card_words_baseline(const struct card_forecast *f, char out[CARD_WORDS])
{
    char when[DATE_TEXT];
    date_format_words(f->frozen, when);
    (void)snprintf(out, CARD_WORDS, "%s", f->baseline == CARD_NO_BASELINE ? "none" : when);
}

/* Where the plan stands: "began on 31 Mar 2026", "begins on ..", "has no day on which it begins". */
static void say_begin(const struct card_forecast *f, char out[CARD_WORDS])
{
    char begins[DATE_TEXT];
    date_format_words(f->begins, begins);
    if (f->begins == DAY_NONE)
        (void)snprintf(out, CARD_WORDS, "no effect of the plan has a day on which it begins");
    else
        (void)snprintf(out, CARD_WORDS, "the plan's first effect %s on %s",
                       f->begins > f->outlook.origin ? "begins" : "began", begins);
}

void card_words_title(const struct card_forecast *f, char out[CARD_WORDS])
{
    static const char asked[] = "Is the curve turning?";
    char begin[CARD_WORDS];
    char chance[CHANCE_WORDS];
    say_begin(f, begin);
    chance_say(f->turned, chance);
    if (f->is_doubtful)
        (void)snprintf(out, CARD_WORDS, "%s Cannot be said: new children seem to be missing from the returns",
                       asked);
    else if (f->is_early)
        (void)snprintf(out, CARD_WORDS, "%s Too early to say: %.200s", asked, begin);
    else if (!isfinite(f->turned))
        (void)snprintf(out, CARD_WORDS, "%s Too early to say: the returns do not reach back far enough",
                       asked);
    else
        (void)snprintf(out, CARD_WORDS, "%s %s: being below the baseline is %s", asked, card_words_answer(f),
                       chance);
}

void card_words_turned(const struct card_forecast *f, char out[CARD_WORDS])
{
    char stock[OUTLOOK_NUMBER];
    char low[OUTLOOK_NUMBER];
    char middle[OUTLOOK_NUMBER];
    char high[OUTLOOK_NUMBER];
    char known[DATE_TEXT];
    char frozen[DATE_TEXT];
    char share[CHANCE_WORDS];
    chance_per_cent(f->turned, share);
    date_format_words(f->outlook.origin, known);
    date_format_words(f->frozen, frozen);
    if (!isfinite(f->stock)) {
        (void)snprintf(out, CARD_WORDS, "The returns do not say how many children were looked after here");
        return;
    }
    outlook_exact(f->stock, stock);
    if (!isfinite(f->turned)) {
        (void)snprintf(
            out, CARD_WORDS,
            "%s children were looked after on %s. The returns do not reach back far enough for a baseline to "
            "hold that against",
            stock, known);
        return;
    }
    outlook_about(f->expected.p10, low);
    outlook_about(f->expected.p50, middle);
    outlook_about(f->expected.p90, high);
    (void)snprintf(out, CARD_WORDS,
                   "%s children were looked after on %s; the baseline of %s expected %s (8 in 10: %s to %s), "
                   "and %s of "
                   "its futures had more",
                   stock, known, frozen, middle, low, high, share);
}

void card_words_ahead(const struct card_forecast *f, char out[CARD_WORDS])
{
    char low[OUTLOOK_NUMBER];
    char middle[OUTLOOK_NUMBER];
    char high[OUTLOOK_NUMBER];
    char gap[OUTLOOK_NUMBER] = "";
    char when[OUTLOOK_NUMBER];
    const bool with = f->n_scenarios == 2;
    const struct card_range *range = with ? &f->with : &f->without;
    out[0] = '\0';
    if (!isfinite(range->p50))
        return;
    outlook_about(range->p10, low);
    outlook_about(range->p50, middle);
    outlook_about(range->p90, high);
    if (with) /* alone it has none */
        outlook_about(fabs(f->gap.p50), gap);
    outlook_month_words(f->until, when);
    if (!with)
        (void)snprintf(out, CARD_WORDS, "If nothing changes we expect about %s in %s (8 in 10: %s to %s)",
                       middle, when, low, high);
    else if (f->gap.p90 < 0 || f->gap.p10 > 0)
        (void)snprintf(out, CARD_WORDS,
                       "If the plan works as assumed we expect about %s in %s (8 in 10: %s to %s), %s %s "
                       "than without it",
                       middle, when, low, high, gap, f->gap.p50 < 0 ? "fewer" : "more");
    else
        (void)snprintf(out, CARD_WORDS,
                       "If the plan works as assumed we expect about %s in %s (8 in 10: %s to %s), not "
                       "clearly other than "
                       "without it",
                       middle, when, low, high);
}
