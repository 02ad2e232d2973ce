/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/findings.h: what is wrong with the data, row by row.
 *
 * Ownership: a finding borrows its texts for the call; the sink copies what it keeps.
 *
 * Rules are rows of data/checks.def. A finding never stops a run: the row is kept, repaired or refused. */
#ifndef TURNCURVE_DATA_FINDINGS_H
#define TURNCURVE_DATA_FINDINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/* The rules, in the order of checks.def: RULE(member, "F-01", official number or "", SEVERITY, OUTCOME,
 * SUMMED, words, advice). */
enum rule {
#define RULE(member, id, official, severity, outcome, summed, words, advice) RULE_##member,
#include "data/checks.def"
#undef RULE
    RULE_COUNT
};

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_INFO, SEVERITY_COUNT };
enum outcome { OUTCOME_KEPT, OUTCOME_REPAIRED, OUTCOME_REFUSED, OUTCOME_COUNT };

struct rule_info {
    const char *id;       /* "E-19" */
    const char *official; /* DfE rule numbers, "" when none exists */
    enum severity severity;
    enum outcome outcome; /* what usually becomes of the row; each finding says what did */
    bool summed;          /* one finding for each file (and column), with a count, instead of one a row */
    const char *words;    /* the statement of the rule */
    const char *advice;   /* what to do about it */
};
/* The row of checks.def. */
const struct rule_info *rule_info(enum rule rule);
const char *severity_name(enum severity severity); /* "error" "warning" "info" */
const char *outcome_name(enum outcome outcome);    /* "kept" "repaired" "refused" */

struct finding {
    enum rule rule;
    enum outcome outcome; /* of the row, by this rule */
    int32_t file;         /* key of the stored file, 0 when about no file */
    const char *table;    /* "episodes", "" when about no table */
    int32_t line;         /* 1-based line of the file, 0 when about the whole file */
    struct str
        child; /* as filed, empty when about no child; shown only in a local findings file on request */
    const char *column;  /* "DECOM", "" */
    struct str value;    /* what was read */
    const char *message; /* what is wrong here, without identifiers; NULL: the rule's words */
    struct str repair;   /* the new value, empty when none */
};

/* Where findings go; store implements one that writes to the database, tests one that keeps a list. */
struct findings {
    bool (*add)(struct findings *self, const struct finding *finding, struct err *err);
};
/* Adds a finding; a NULL sink takes nothing and succeeds. */
bool findings_add(struct findings *sink, const struct finding *finding, struct err *err);

#endif
