/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rule table as constants, and the way into a sink. */
#include "data/findings.h"

static const struct rule_info rules[RULE_COUNT] = {
#define RULE(member, id, official, severity, outcome, summed, words, advice)                                 \
    [RULE_##member] = {id, official, SEVERITY_##severity, OUTCOME_##outcome, summed, words, advice},
#include "data/checks.def"
#undef RULE
};

const struct rule_info *rule_info(enum rule rule)
{
    bug_if((int)rule < 0 || rule >= RULE_COUNT);
    return &rules[rule];
}

const char *severity_name(enum severity severity)
{
    static const char *const names[SEVERITY_COUNT] = {"error", "warning", "info"};
    bug_if((int)severity < 0 || severity >= SEVERITY_COUNT);
    return names[severity];
}

const char *outcome_name(enum outcome outcome)
{
    static const char *const names[OUTCOME_COUNT] = {"kept", "repaired", "refused"};
    bug_if((int)outcome < 0 || outcome >= OUTCOME_COUNT);
    return names[outcome];
}

bool findings_add(struct findings *sink, const struct finding *finding, struct err *err)
{
    return sink == NULL || sink->add(sink, finding, err);
}
