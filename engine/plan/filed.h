/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/filed.h: the rows of a plan, its effects and its targets as their files have them.
 *
 * Ownership: rows borrow their texts from whoever read them (a file, a database).
 *
 * The columns are those of data/codes/file_column.def, in its order. */
#ifndef TURNCURVE_PLAN_FILED_H
#define TURNCURVE_PLAN_FILED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Columns of a plan. */
enum plan_text {
    PLAN_TEXT_PLAN,
    PLAN_TEXT_PRIORITY_REF,
    PLAN_TEXT_PRIORITY,
    PLAN_TEXT_ACTION_REF,
    PLAN_TEXT_ACTION,
    PLAN_TEXT_MILESTONE,
    PLAN_TEXT_DUE,
    PLAN_TEXT_REVISED_DUE,
    PLAN_TEXT_STATUS,
    PLAN_TEXT_PROGRESS,
    PLAN_TEXT_LEAD_ROLE,
    PLAN_TEXT_RESOURCES,
    PLAN_TEXT_BUDGET,
    PLAN_TEXT_OUTCOME,
    PLAN_TEXT_INDICATOR,
    PLAN_TEXT_TARGET,
    PLAN_TEXT_PLAN_DATE,
    PLAN_TEXT_COUNT
};
/* Columns of effects. */
enum effect_text {
    EFFECT_TEXT_PLAN,
    EFFECT_TEXT_ACTION_REF,
    EFFECT_TEXT_LEVER,
    EFFECT_TEXT_APPLIES_TO,
    EFFECT_TEXT_LOW,
    EFFECT_TEXT_LIKELY,
    EFFECT_TEXT_HIGH,
    EFFECT_TEXT_UNIT,
    EFFECT_TEXT_START_MILESTONE,
    EFFECT_TEXT_RAMP_MONTHS,
    EFFECT_TEXT_RATIONALE,
    EFFECT_TEXT_REPLACES,
    EFFECT_TEXT_COUNT
};
/* Columns of targets. */
enum target_text {
    TARGET_TEXT_PLAN,
    TARGET_TEXT_ACTION_REF,
    TARGET_TEXT_QUANTITY,
    TARGET_TEXT_BASELINE,
    TARGET_TEXT_CHANGE,
    TARGET_TEXT_VALUE,
    TARGET_TEXT_UNIT,
    TARGET_TEXT_BY,
    TARGET_TEXT_NOTE,
    TARGET_TEXT_COUNT
};

/* A row of any of the three; columns that it has not are empty. */
struct filed_row {
    int32_t file; /* key of the stored file, 0 when none */
    int32_t line; /* of its file, from 1 */
    struct str text[PLAN_TEXT_COUNT];
    struct str ref; /* of a plan's row: its action's reference, given or made; empty until refs_make */
    bool ref_made;
    bool repaired; /* on reading */
};

#endif
