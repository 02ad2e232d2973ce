/* SPDX-License-Identifier: GPL-3.0-or-later
 * Title, lead and notes, made by rule from the report's numbers. */
#include "app/finance_publish.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/chance.h"

enum { PENCE = 100, NAMED_MOST = 3, NAMES = 256 };
static const double pct = 100;

static void pounds(pence amount, char out[OUTLOOK_NUMBER])
{
    outlook_pounds((double)amount / PENCE, out);
}

/* "£2.1m over" or "£300k under". */
static void over_under(pence difference, char out[2 * OUTLOOK_NUMBER])
{
    char size[OUTLOOK_NUMBER];
    pounds(difference < 0 ? -difference : difference, size);
    (void)snprintf(out, (size_t)2 * OUTLOOK_NUMBER, "%s %s", size, difference < 0 ? "under" : "over");
}

static bool say(struct finance_job *job, struct err *err, const char *sentence)
{
    return text_format(&job->lead, err, "%s%s", job->lead.length > 0 ? " " : "", sentence);
}

static void note(struct finance_job *job, const char *sentence)
{
    bug_if(job->n_notes == FINANCE_NOTES);
    job->notes[job->n_notes++] = sentence;
}

/* ---- the title ---------------------------------------------------------------------------------------- */

static bool make_title(struct finance_job *job, struct err *err)
{
    const struct finance_row *total = &job->finance.rows[finance_job_total(job)];
    char year[DATE_TEXT], outturn[OUTLOOK_NUMBER], budget[OUTLOOK_NUMBER], over[2 * OUTLOOK_NUMBER],
        chance[CHANCE_WORDS];
    date_format_financial_year(job->year, year);
    pounds(total->outturn, outturn);
    pounds(total->budget, budget);
    over_under(total->variance, over);
    chance_say(total->chance, chance);
    if (!job->finance.lines.has_budget)
        job->title =
            arena_format(&job->texts, err,
                         "%s %s: placements should cost about %s; no budget is stored to hold it against",
                         job->outlook.authority.name, year, outturn);
    else
        job->title = arena_format(
            &job->texts, err, "%s %s: expected outturn %s, %s the budget of %s; chance of an overspend: %s",
            job->outlook.authority.name, year, outturn, over, budget, chance);
    return job->title != NULL;
}

/* ---- the lead ----------------------------------------------------------------------------------------- */

static bool say_range(struct finance_job *job, struct err *err)
{
    const struct finance_row *total = &job->finance.rows[finance_job_total(job)];
    char low[OUTLOOK_NUMBER], high[OUTLOOK_NUMBER], worst[OUTLOOK_NUMBER], mean[OUTLOOK_NUMBER];
    pounds(total->p10, low);
    pounds(total->p90, high);
    pounds(total->over_p90, worst);
    pounds(total->expected_over, mean);
    const char *sentence =
        arena_format(&job->texts, err, "The expected range (8 in 10 futures) is %s to %s.", low, high);
    if (sentence != NULL && job->finance.lines.has_budget && total->over_p90 > 0)
        sentence = arena_format(
            &job->texts, err,
            "%s In one future in ten the overspend is %s or more; over all futures it is %s on average.",
            sentence, worst, mean);
    else if (sentence != NULL && job->finance.lines.has_budget && total->expected_over > 0)
        sentence =
            arena_format(&job->texts, err,
                         "%s In at least nine futures in ten nothing is overspent; over all futures the "
                         "overspend is %s on average.",
                         sentence, mean);
    else if (sentence != NULL && job->finance.lines.has_budget)
        sentence = arena_format(&job->texts, err, "%s No simulated future overspends.", sentence);
    return sentence != NULL && say(job, err, sentence);
}

/* Which scenario it is, where that is not the baseline. */
static bool say_scenario(struct finance_job *job, struct err *err)
{
    char label[OUTLOOK_LABEL];
    if (job->outlook.main == job->outlook.base)
        return true;
    outlook_label(&job->outlook, job->outlook.main, label);
    const char *sentence = arena_format(&job->texts, err, "This is the scenario %s.", label);
    return sentence != NULL && say(job, err, sentence);
}

/* The line whose variance is largest among those shown; the total when none is. */
static size_t largest_line(const struct finance_job *job)
{
    const size_t none = finance_job_total(job);
    size_t best = none;
    for (size_t i = 0; i < none; i++)
        if (finance_publish_shows(job, i) &&
            (best == none || llabs(job->finance.rows[i].variance) > llabs(job->finance.rows[best].variance)))
            best = i;
    return best;
}

/* "The largest is Agency, £2.1m over." */
static const char *say_largest(struct finance_job *job, struct err *err)
{
    char over[2 * OUTLOOK_NUMBER];
    const size_t line = largest_line(job);
    if (line == finance_job_total(job))
        return "";
    over_under(job->finance.rows[line].variance, over);
    return arena_format(&job->texts, err, " The largest%s is %s, %s.",
                        finance_publish_hides_any(job) ? " of the lines shown" : "",
                        finance_job_line(job, line), over);
}

static bool say_split(struct finance_job *job, struct err *err)
{
    const struct finance_row *total = &job->finance.rows[finance_job_total(job)];
    char volume[OUTLOOK_NUMBER], price[OUTLOOK_NUMBER], mix[OUTLOOK_NUMBER], other[OUTLOOK_NUMBER];
    if (!job->finance.lines.has_budget || job->finance.lines.n == 0)
        return true;
    pounds(total->split.volume, volume);
    pounds(total->split.price, price);
    pounds(total->split.mix, mix);
    pounds(total->split.other, other);
    const char *largest = say_largest(job, err);
    const char *rest =
        total->split.other != 0 ? arena_format(&job->texts, err, ", other lines %s", other) : "";
    const char *sentence =
        rest == NULL || largest == NULL
            ? NULL
            : arena_format(&job->texts, err, "Of the variance, volume is %s, price %s, mix %s%s.%s", volume,
                           price, mix, rest, largest);
    return sentence != NULL && say(job, err, sentence);
}

/* "Agency (+4.9 %), Homes (-2.0 %) and 3 more" of lines with a use of the ledger. */
static size_t name_lines(const struct finance_job *job, enum ledger_use use, char out[NAMES])
{
    size_t n = 0, length = 0;
    out[0] = '\0';
    for (size_t i = 0; i < finance_job_total(job); i++) {
        const struct ledger_fit *fit = &job->finance.rows[i].fit;
        if (fit->use != use || !job->finance.rows[i].is_placement)
            continue;
        n++;
        if (n > NAMED_MOST || length >= NAMES - 1)
            continue;
        const int added = snprintf(out + length, NAMES - length, "%s%.40s (%+.1f %%)", n > 1 ? ", " : "",
                                   finance_job_line(job, i), pct * (exp(fit->log_ratio) - 1));
        length += added > 0 ? (size_t)added : 0;
    }
    if (n > NAMED_MOST && length < NAMES - 1)
        (void)snprintf(out + length, NAMES - length, " and %zu more", n - NAMED_MOST);
    return n;
}

static bool say_ledger(struct finance_job *job, struct err *err)
{
    char lines[NAMES];
    const char *sentence = NULL;
    bool ok = true;
    if (job->publish.is_on) /* the price book is not published */
        return true;
    if (name_lines(job, LEDGER_APPLIED, lines) > 0) {
        sentence = arena_format(
            &job->texts, err,
            "The ledger's unit costs differ from the price book, and what is to come uses them: %s.", lines);
        ok = sentence != NULL && say(job, err, sentence);
    }
    if (ok && name_lines(job, LEDGER_TOO_FAR, lines) > 0) {
        sentence =
            arena_format(&job->texts, err,
                         "More than 15 %% from the price book, which looks like a wrong price or line and "
                         "is not used: %s.",
                         lines);
        ok = sentence != NULL && say(job, err, sentence);
    }
    return ok;
}

static bool say_full_year(struct finance_job *job, struct err *err)
{
    const struct finance_row *total = &job->finance.rows[finance_job_total(job)];
    char size[OUTLOOK_NUMBER];
    if (!total->has_full_year)
        return true;
    pounds(llabs(total->full_year_now), size);
    const char *sentence = arena_format(
        &job->texts, err,
        "The children in placement now would cost %s %s in the whole next year than placements this year.",
        size, total->full_year_now < 0 ? "less" : "more");
    return sentence != NULL && say(job, err, sentence);
}

static bool say_movement(struct finance_job *job, struct err *err)
{
    pence before = 0;
    char date[DATE_TEXT], size[OUTLOOK_NUMBER];
    if (!job->has_before)
        return true;
    for (size_t i = 0; i < job->before.n; i++)
        before += job->before.lines[i].outturn;
    const pence moved = job->finance.rows[finance_job_total(job)].outturn - before;
    date_format_words(job->before.data_date, date);
    pounds(llabs(moved), size);
    const char *sentence =
        arena_format(&job->texts, err, "Since the report on data to %s the outturn has %s by %s.", date,
                     moved < 0 ? "fallen" : "risen", size);
    return sentence != NULL && say(job, err, sentence);
}

/* A month that the ledger lacks: nothing after it counts as actual, and the reader must know. */
static bool say_gap(struct finance_job *job, struct err *err)
{
    char month[DATE_TEXT];
    if (!job->finance.lines.has_gap)
        return true;
    date_format_words(
        date_month_end(date_year_end(job->year), job->finance.lines.n_closed - (FINANCE_MONTHS - 1)), month);
    const char *sentence =
        arena_format(&job->texts, err,
                     "The ledger has no posting in the month to %s, so its later months count nowhere but in "
                     "the column of what is not closed: import the ledger of that month.",
                     month);
    return sentence != NULL && say(job, err, sentence);
}

static bool say_missing(struct finance_job *job, struct err *err)
{
    bool ok = say_gap(job, err);
    if (ok && !job->finance.lines.has_budget)
        ok = say(
            job, err,
            "Import a budget (columns year, line, placement, budget_gbp and perhaps budget_fte, savings_gbp) "
            "for variances and the chance of an overspend.");
    if (ok && !job->finance.lines.has_ledger)
        ok = say(job, err,
                 "Import a ledger (columns date, line, placement, actual_gbp) for actuals and the unit costs "
                 "behind them; until then past months are costed by the price book.");
    return ok;
}

/* ---- notes -------------------------------------------------------------------------------------------- */

static bool uses_defaults(const struct finance_job *job)
{
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        if ((job->finance.known.children[g] > 0) &&
            price_book_is_default(&job->prices, (enum placement_group)g))
            return true;
    return false;
}

static bool add_publish_notes(struct finance_job *job, struct err *err)
{
    const char *notes[FINANCE_PUBLISH_NOTES];
    const size_t n = job->publish.is_on ? finance_publish_notes(job, notes, err) : 0;
    for (size_t i = 0; i < n; i++)
        note(job, notes[i]);
    return n > 0 || !job->publish.is_on;
}

static bool add_notes(struct finance_job *job, struct err *err)
{
    char known[DATE_TEXT], closed[DATE_TEXT], intervals[INTERVALS_WORDS];
    date_format_words(job->outlook.origin, known);
    date_format_words(job->finance.to_date, closed);
    intervals_say(&job->outlook.intervals, intervals);
    const struct scenario *main = &job->choice.scenarios[job->outlook.main];
    const char *about = arena_format(
        &job->texts, err,
        "Children are known to %s; what follows is the model %s, scenario %s, %d simulated futures.", known,
        job->model->name, main->name, (int)job->finance.replicates);
    const char *ledger =
        job->finance.lines.n_closed > 0
            ? arena_format(&job->texts, err,
                           "The ledger counts to %s; its last %d month%s with postings %s not closed yet "
                           "(--ledger-lag), and no month counts after one without any posting.",
                           closed, (int)job->finance.options.lag, job->finance.options.lag == 1 ? "" : "s",
                           job->finance.options.lag == 1 ? "is" : "are")
            : "No month of the ledger is closed in this year.";
    const char *scaled = arena_copy(&job->texts, str_of(intervals), err);
    if (about == NULL || ledger == NULL || scaled == NULL)
        return false;
    note(job, about);
    note(job, ledger);
    note(job, scaled);
    if (uses_defaults(job))
        note(job,
             "Built-in prices are used for some placements: planning assumptions, not the authority's own. "
             "Import a price list.");
    note(job,
         "A line is a line of the budget with its placements. Children and cost of a placement group that "
         "several lines pay for are shared by what the ledger has of them, else by their budgets.");
    note(job,
         "The outturn adds actuals of closed months and the expected cost of the others: known children at "
         "the price book, then simulated ones, both times the line's factor. Lines without placements go on "
         "as budgeted.");
    note(job,
         "A line's cost may lie 5 % (standard deviation) from the price book before a ledger says so; a "
         "year of ledger is taken to be 3 % sure. The range holds numbers of children, placements, price "
         "rises and that.");
    if (job->choice.n > 1)
        note(job,
             "All scenarios share their luck. Best, likely and worst are assumptions, not probabilities.");
    if (job->outlook.caution[0] != '\0')
        note(job, job->outlook.caution);
    return add_publish_notes(job, err);
}

bool finance_words_make(struct finance_job *job, struct err *err)
{
    return make_title(job, err) && say_scenario(job, err) && say_range(job, err) && say_split(job, err) &&
           say_ledger(job, err) && say_full_year(job, err) && say_movement(job, err) &&
           say_missing(job, err) && add_notes(job, err);
}
