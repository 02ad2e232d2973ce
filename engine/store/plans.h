/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/plans.h: stored plans with their versions, effects and targets.
 *
 * Ownership: lists are freed with free(); a plan with plan_free, effects with effects_free, targets with
 * targets_free. A database from before there were plans has none.
 *
 * The versions of a plan are ordered by their date, then by import; the newest is what counts. */
#ifndef TURNCURVE_STORE_PLANS_H
#define TURNCURVE_STORE_PLANS_H

#include "plan/effects.h"
#include "plan/plan.h"
#include "plan/targets.h"
#include "store/store.h"

enum { PLAN_NAME = 128 /* bytes of a plan's name in a list, with the NUL; longer ones are cut */ };

struct stored_plan {
    int32_t plan; /* key */
    char name[PLAN_NAME];
    int32_t la; /* whose it is, 0 nobody said */
    char la_name[64];
    int32_t n_versions; /* 0: only effects or targets are stored */
    int32_t n_effects, n_targets;
};
/* Every plan by name. */
bool store_plans(struct store *store, struct stored_plan **out, size_t *n, struct err *err);
/* The plan of a name, whatever its case; NULL or "": the only one with a version. ERR_NO_INPUT when none is
 * stored, ERR_USAGE with the nearest name when there is none of this name, or several to choose from. */
bool store_find_plan(struct store *store, const char *name, struct stored_plan *out, struct err *err);

struct stored_version {
    int32_t version; /* key */
    struct plan_stamp stamp;
    char file[256]; /* as the user wrote it */
    int64_t n_rows;
};
/* The versions of a plan, oldest first. */
bool store_plan_versions(struct store *store, int32_t plan, struct stored_version **out, size_t *n,
                         struct err *err);

/* Which version of a plan is meant. */
struct plan_choice {
    int32_t version; /* its key; 0: by the day */
    bool has_as_of;  /* false: the newest */
    day as_of;       /* the newest that is not later than this day; the oldest when all are */
};
/* A version of a plan. ERR_NO_INPUT when there is none. */
bool store_load_plan(struct store *store, const struct stored_plan *stored, const struct plan_choice *choice,
                     struct plan *out, struct err *err);
/* The effects and targets of a plan, joined to it: those of which it has no action have i_action -1. */
bool store_load_plan_parts(struct store *store, const struct stored_plan *stored, const struct plan *plan,
                           struct effects *effects, struct targets *targets, struct err *err);

#endif
