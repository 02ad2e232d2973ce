/* SPDX-License-Identifier: GPL-3.0-or-later
 * Targets are looked at quantity by quantity, each quantity by date; all steps of a quantity are few. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "plan/targets.h"

enum { MESSAGE = 200 };
static const double most_pct = 100;
/* Figures of plans have at most a few decimals. */
static const double tolerance = 1e-6;

struct checking {
    const struct targets *targets;
    const struct plan_target **sorted; /* by quantity, date, then order of the file */
    struct findings *findings;
};

static bool differ(double a, double b)
{
    return fabs(a - b) > tolerance * fmax(1, fmax(fabs(a), fabs(b)));
}

static bool report(const struct checking *checking, const struct plan_target *target, enum rule rule,
                   const char *column, const char *message, struct err *err)
{
    const struct finding finding = {.rule = rule,
                                    .outcome = OUTCOME_KEPT,
                                    .file = target->file,
                                    .table = "targets",
                                    .line = target->line,
                                    .column = column,
                                    .value = str_of(target->quantity),
                                    .message = message};
    return findings_add(checking->findings, &finding, err);
}

static int compare(const void *a, const void *b)
{
    const struct plan_target *x = *(const struct plan_target *const *)a;
    const struct plan_target *y = *(const struct plan_target *const *)b;
    const int order = strcmp(x->quantity, y->quantity);
    if (order != 0)
        return order;
    if (x->by != y->by)
        return x->by < y->by ? -1 : 1;
    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

static bool is_per_cent(const struct plan_target *target)
{
    return str_equal_ignore_case(str_of(target->unit), str_of("percent")) ||
           str_equal_ignore_case(str_of(target->unit), str_of("pct")) || strcmp(target->unit, "%") == 0;
}

/* ---- one row ----------------------------------------------------------------------------------------- */

static bool check_one(const struct checking *checking, const struct plan_target *target, struct err *err)
{
    char message[MESSAGE];
    const double sum = target->baseline + target->change;
    if (!isnan(target->value) && !isnan(sum) && differ(target->value, sum)) {
        (void)snprintf(message, sizeof message, "%g %+g is %g, not %g", target->baseline, target->change, sum,
                       target->value);
        if (!report(checking, target, RULE_I_05, "value", message, err))
            return false;
    }
    if (isnan(target->value) && isnan(target->change) &&
        !report(checking, target, RULE_I_05, "value", "the target has no figure", err))
        return false;
    if (is_per_cent(target) && ((!isnan(target->level) && fabs(target->level) > most_pct) ||
                                (!isnan(target->change) && fabs(target->change) > most_pct)))
        return report(checking, target, RULE_I_05, isnan(target->level) ? "change" : "value",
                      "per cent lie between -100 and 100", err);
    return true;
}

/* ---- steps of one quantity --------------------------------------------------------------------------- */

/* The baseline of a step against the steps before it, sorted[first .. i). */
static bool check_chain(const struct checking *checking, size_t first, size_t i, struct err *err)
{
    char message[MESSAGE];
    const struct plan_target *const *sorted = checking->sorted;
    const struct plan_target *target = sorted[i];
    const struct plan_target *before = NULL;
    if (isnan(target->baseline) || target->by == DAY_NONE)
        return true;
    for (size_t k = first; k < i; k++) {
        if (sorted[k]->by == DAY_NONE || sorted[k]->by >= target->by)
            continue;
        if (!isnan(sorted[k]->baseline) && !differ(sorted[k]->baseline, target->baseline))
            return true; /* counts from where that one started */
        if (!isnan(sorted[k]->level))
            before = sorted[k];
    }
    for (size_t k = first; before != NULL && k < i; k++)
        if (sorted[k]->by == before->by && !isnan(sorted[k]->level) &&
            !differ(sorted[k]->level, target->baseline))
            return true;
    if (before == NULL)
        return true;
    (void)snprintf(message, sizeof message, "starts from %g, but the step before (action %.40s) ends at %g",
                   target->baseline, before->ref, before->level);
    return report(checking, target, RULE_I_05, "baseline", message, err);
}

/* True for "2.2" and "2.2.5": an action and a part of it speak of one thing. */
static bool one_in_other(const char *a, const char *b)
{
    const size_t x = strlen(a);
    const size_t y = strlen(b);
    const size_t n = x < y ? x : y;
    return strncmp(a, b, n) == 0 && (x == y || (x < y ? b : a)[n] == '.');
}

/* What another row says of the same quantity and date. */
static bool check_pair(const struct checking *checking, const struct plan_target *earlier,
                       const struct plan_target *target, struct err *err)
{
    char message[MESSAGE];
    const bool levels = !isnan(earlier->level) && !isnan(target->level);
    const bool same_change =
        !isnan(earlier->change) && !isnan(target->change) && !differ(earlier->change, target->change);
    if (levels && differ(earlier->level, target->level)) {
        (void)snprintf(message, sizeof message, "action %.40s says %g for this date, this row %g",
                       earlier->ref, earlier->level, target->level);
        return report(checking, target, RULE_I_05, "value", message, err);
    }
    if (one_in_other(earlier->ref, target->ref) ||
        !(levels ? !differ(earlier->level, target->level) : same_change))
        return true;
    (void)snprintf(message, sizeof message, "action %.40s has the same target", earlier->ref);
    return report(checking, target, RULE_I_12, "quantity", message, err);
}

/* Each row against the nearest earlier one of its date that says anything. */
static bool check_same_date(const struct checking *checking, size_t first, size_t i, struct err *err)
{
    const struct plan_target *target = checking->sorted[i];
    if (target->by == DAY_NONE)
        return true;
    for (size_t k = i; k-- > first && checking->sorted[k]->by == target->by;)
        if (!isnan(checking->sorted[k]->level) || !isnan(checking->sorted[k]->change))
            return check_pair(checking, checking->sorted[k], target, err);
    return true;
}

/* ---- parts and whole, places and children ------------------------------------------------------------ */

/* True for "stock:placement:x" when whole is "stock", of one date and both with a level. */
static bool is_part(const struct plan_target *part, const struct plan_target *whole, struct str *kind)
{
    const size_t n = strlen(whole->quantity);
    if (part->by != whole->by || isnan(part->level) || strncmp(part->quantity, whole->quantity, n) != 0 ||
        part->quantity[n] != ':')
        return false;
    const char *end = strchr(part->quantity + n + 1, ':');
    if (end == NULL)
        return false;
    *kind = (struct str){part->quantity + n + 1, (size_t)(end - part->quantity) - n - 1};
    return true;
}

static bool check_parts(const struct checking *checking, const struct plan_target *whole, struct err *err)
{
    char message[MESSAGE];
    double sum = 0;
    struct str kind = {0};
    const char *last = NULL;
    if (isnan(whole->level) || whole->by == DAY_NONE || strchr(whole->quantity, ':') != NULL)
        return true;
    for (size_t i = 0; i < checking->targets->n; i++) {
        struct str of = {0};
        const struct plan_target *part = checking->sorted[i];
        if (!is_part(part, whole, &of) || (last != NULL && strcmp(last, part->quantity) == 0))
            continue;
        sum = str_equal(of, kind) ? sum + part->level : part->level; /* kinds stand together */
        kind = of;
        last = part->quantity;
        if (sum <= whole->level || !differ(sum, whole->level))
            continue;
        (void)snprintf(message, sizeof message, "its parts by %.*s add up to %g on this date", (int)of.length,
                       of.at, sum);
        return report(checking, whole, RULE_I_05, "value", message, err);
    }
    return true;
}

static bool has_unit(const struct plan_target *target, const char *unit)
{
    return str_equal_ignore_case(str_of(target->unit), str_of(unit));
}

/* Places of an action against the children it wants in them, rows of the file that stand together. */
static bool check_places(const struct checking *checking, size_t i, struct err *err)
{
    enum { NEAR = 16 }; /* rows of one action stand together */
    char message[MESSAGE];
    const struct plan_target *places = &checking->targets->items[i];
    if (!has_unit(places, "places") || isnan(places->level) || places->by == DAY_NONE ||
        places->ref[0] == '\0')
        return true;
    for (size_t k = i > NEAR ? i - NEAR : 0; k < checking->targets->n && k <= i + NEAR; k++) {
        const struct plan_target *children = &checking->targets->items[k];
        if (!has_unit(children, "children") || strcmp(children->ref, places->ref) != 0 ||
            children->by != places->by || isnan(children->level) || !(places->level < children->level))
            continue;
        (void)snprintf(message, sizeof message, "%g places for a target of %g children", places->level,
                       children->level);
        return report(checking, places, RULE_I_05, "value", message, err);
    }
    return true;
}

bool targets_check(const struct targets *targets, struct findings *findings, struct err *err)
{
    struct checking checking = {.targets = targets, .findings = findings};
    checking.sorted = vec_new(targets->n, sizeof *checking.sorted, err);
    if (checking.sorted == NULL)
        return false;
    bool ok = true;
    for (size_t i = 0; i < targets->n; i++)
        checking.sorted[i] = &targets->items[i];
    if (targets->n > 0)
        qsort((void *)checking.sorted, targets->n, sizeof *checking.sorted, compare);
    for (size_t i = 0, first = 0; ok && i < targets->n; i++) {
        if (strcmp(checking.sorted[i]->quantity, checking.sorted[first]->quantity) != 0)
            first = i;
        ok = check_one(&checking, checking.sorted[i], err) && check_chain(&checking, first, i, err) &&
             check_same_date(&checking, first, i, err) && check_parts(&checking, checking.sorted[i], err) &&
             check_places(&checking, i, err);
    }
    free((void *)checking.sorted);
    return ok;
}
