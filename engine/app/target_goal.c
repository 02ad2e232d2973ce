/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sizes are printed with the digits that their error supports. */
#include "app/target_goal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/parse.h"

static const double pct = 100;
static const double least_places = 20;

bool target_goal_lever(struct target_job *job, struct goal_lever *out, struct err *err)
{
    const double places = fmax(isnan(job->now.stock) ? 0 : job->now.stock, least_places);
    return goal_lever_read(options_text(job->options, "seek"), ceil(places), &job->texts, out, err);
}

bool target_goal_chance(const struct target_job *job, double *out, struct err *err)
{
    const char *text = options_text(job->options, "chance");
    struct str number = str_trim(str_of(text));
    if (number.length > 0 && number.at[number.length - 1] == '%')
        number.length--;
    if (!parse_double(number, out) || !(*out >= 1) || !(*out <= pct - 1))
        return err_set(err, ERR_USAGE, "--chance %s is not a chance from 1%% to 99%%", text);
    *out /= pct;
    return true;
}

bool target_goal_ask(struct target_job *job, const struct goal *goal, const struct goal_lever *lever,
                     struct goal_answer *out, struct err *err)
{
    const struct goal_setting setting = {
        .run = &job->run,
        .scenario = &job->choice.scenarios[job->outlook.main],
        .base = &job->base,
        .prices = &job->prices,
        .counts = job->now.counts,
    };
    return goal_seek(&setting, goal, lever, out, err);
}

void target_goal_size(const struct goal_lever *lever, double size, int decimals, char out[TARGET_SIZE])
{
    if (lever->unit == EFFECT_FACTOR)
        (void)snprintf(out, TARGET_SIZE, "%+.*f %%", decimals, size);
    else
        (void)snprintf(out, TARGET_SIZE, "%+.0f places", size);
}

void target_goal_needs(const struct goal_lever *lever, const struct goal *goal,
                       const struct goal_answer *answer, char out[TARGET_ANSWER])
{
    char size[TARGET_SIZE];
    char best[OUTLOOK_NUMBER];
    target_goal_size(lever, answer->at.size, answer->decimals, size);
    target_job_value(&goal->target.quantity, answer->at.outcome.p50, best);
    switch (answer->fate) {
    case GOAL_FOUND:
        if (answer->rest.outcome.chance >= goal->chance)
            (void)snprintf(out, TARGET_ANSWER, "nothing more; still met with %s %s", lever->text, size);
        else
            (void)snprintf(out, TARGET_ANSWER, "%s %s", lever->text, size);
        return;
    case GOAL_ALWAYS:
        (void)snprintf(out, TARGET_ANSWER, "nothing more, wherever %s stands", lever->text);
        return;
    case GOAL_OUT_OF_REACH:
        (void)snprintf(out, TARGET_ANSWER, "cannot be met by %s; the best it reaches is %s, with %s",
                       lever->text, best, size);
        return;
    }
}
