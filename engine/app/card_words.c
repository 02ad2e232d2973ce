/* SPDX-License-Identifier: GPL-3.0-or-later
 * Probabilities stand beside their words, ranges beside their middles; what is assumed is said where it is
 * used. */
#include "app/card_words.h"

#include <math.h>
#include <stdio.h>

static const double pct = 100;

const char *card_words_answer(enum card_answer answer)
{
    switch (answer) {
    case CARD_YES:
        return "Yes";
    case CARD_TOO_EARLY:
        return "Too early to say";
    case CARD_NO:
        return "No";
    }
    return "";
}

const char *card_words_chance(double chance)
{
    return chance < .20   ? "very unlikely"
           : chance < .45 ? "less likely than not"
           : chance < .55 ? "about even"
           : chance < .80 ? "more likely than not"
                          : "very likely";
}

/* Rounded, but never to a certainty that no sample gives. */
static int whole_pct(double chance)
{
    const int rounded = (int)lround(pct * chance);
    return rounded < 1 ? 1 : rounded > 99 ? 99 : rounded;
}

void card_words_baseline(const struct card_forecast *f, char out[CARD_WORDS])
{
    char when[DATE_TEXT];
    date_format_words(f->frozen, when);
    switch (f->baseline) {
    case CARD_SINCE_PLAN:
        (void)snprintf(out, CARD_WORDS, "%s, before the plan began", when);
        return;
    case CARD_SINCE_YEAR:
        (void)snprintf(out, CARD_WORDS, "%s, a year ago", when);
        return;
    case CARD_NO_BASELINE:
        break;
    }
    (void)snprintf(out, CARD_WORDS, "none");
}

void card_words_title(const struct card_forecast *f, char out[CARD_WORDS])
{
    const char *answer = card_words_answer(f->answer);
    if (!isfinite(f->turned))
        (void)snprintf(out, CARD_WORDS, "Is the curve turning? %s", answer);
    else if (f->answer == CARD_NO)
        (void)snprintf(out, CARD_WORDS, "Is the curve turning? %s: below the baseline is %s (%d %%)", answer,
                       card_words_chance(f->turned), whole_pct(f->turned));
    else
        (void)snprintf(out, CARD_WORDS, "Is the curve turning? %s: numbers are %s below the baseline (%d %%)",
                       answer, card_words_chance(f->turned), whole_pct(f->turned));
}

void card_words_turned(const struct card_forecast *f, char out[CARD_WORDS])
{
    char stock[OUTLOOK_NUMBER];
    char low[OUTLOOK_NUMBER];
    char middle[OUTLOOK_NUMBER];
    char high[OUTLOOK_NUMBER];
    char known[DATE_TEXT];
    char frozen[DATE_TEXT];
    char begins[DATE_TEXT];
    date_format_words(f->outlook.origin, known);
    date_format_words(f->frozen, frozen);
    date_format_words(f->begins, begins);
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
    const int n =
        snprintf(out, CARD_WORDS,
                 "%s children were looked after on %s. The baseline of %s expected about %s (8 in 10: %s to "
                 "%s); %d %% of its futures had more",
                 stock, known, frozen, middle, low, high, whole_pct(f->turned));
    if (n < 0 || n >= CARD_WORDS)
        return;
    if (f->baseline == CARD_SINCE_PLAN && f->outlook.origin - f->begins < CARD_EARLY_DAYS)
        (void)snprintf(out + n, (size_t)(CARD_WORDS - n),
                       ". The plan's first effect began on %s, too lately to be seen", begins);
    else if (f->n_scenarios == 2 && f->begins != DAY_NONE && f->begins > f->outlook.origin)
        (void)snprintf(out + n, (size_t)(CARD_WORDS - n), ". The plan's first effect begins on %s", begins);
    else if (f->n_scenarios == 2 && f->baseline == CARD_SINCE_YEAR && f->begins != DAY_NONE)
        (void)snprintf(out + n, (size_t)(CARD_WORDS - n),
                       ". The plan began on %s, before the returns allow a baseline", begins);
}

void card_words_ahead(const struct card_forecast *f, char out[CARD_WORDS])
{
    char low[OUTLOOK_NUMBER];
    char middle[OUTLOOK_NUMBER];
    char high[OUTLOOK_NUMBER];
    char gap[OUTLOOK_NUMBER];
    char when[OUTLOOK_NUMBER];
    const bool with = f->n_scenarios == 2;
    const struct card_range *range = with ? &f->with : &f->without;
    out[0] = '\0';
    if (!isfinite(range->p50))
        return;
    outlook_about(range->p10, low);
    outlook_about(range->p50, middle);
    outlook_about(range->p90, high);
    outlook_month_words(f->until, when);
    if (!with) {
        (void)snprintf(out, CARD_WORDS, "If nothing changes we expect about %s in %s (8 in 10: %s to %s)",
                       middle, when, low, high);
        return;
    }
    const int n = snprintf(
        out, CARD_WORDS, "If the plan's effects come as assumed we expect about %s in %s (8 in 10: %s to %s)",
        middle, when, low, high);
    outlook_about(fabs(f->gap.p50), gap);
    if (n > 0 && n < CARD_WORDS && (f->gap.p90 < 0 || f->gap.p10 > 0))
        (void)snprintf(out + n, (size_t)(CARD_WORDS - n), ", %s %s than without it", gap,
                       f->gap.p50 < 0 ? "fewer" : "more");
    else if (n > 0 && n < CARD_WORDS)
        (void)snprintf(out + n, (size_t)(CARD_WORDS - n),
                       ", not clearly different from what comes without it");
}
