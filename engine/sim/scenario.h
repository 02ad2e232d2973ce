/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/scenario.h: what is assumed beyond history: levers, prices, capacity, parameters (YAML files).
 *
 * Ownership: a scenario owns everything it points to; scenario_free releases it. */
#ifndef TURNCURVE_SIM_SCENARIO_H
#define TURNCURVE_SIM_SCENARIO_H

#include "base/arena.h"
#include "base/date.h"
#include "base/money.h"
#include "data/group.h"
#include "sim/params.h"

enum stance { STANCE_BASELINE, STANCE_LIKELY, STANCE_BEST, STANCE_WORST, STANCE_COUNT };

enum lever_kind {
#define LEVER(member, name, words) LEVER_##member,
#include "data/codes/lever.def"
#undef LEVER
    LEVER_COUNT
};

/* What an effect of 1 unit means. In a mix lever a factor of +.06 is 6 % of the placements that would go
 * `from` going `to` instead (at most all of them); per year and children count those that do. In a referrals
 * lever the factor acts on entries times the parameter referral_elasticity. */
enum effect_unit {
    EFFECT_FACTOR,   /* multiplies the flow or price by 1 + effect: "-6%" is -.06, "x0.94" is -.06 */
    EFFECT_PER_YEAR, /* children a year, added: "+12/year" */
    EFFECT_CHILDREN  /* children (or places) once, spread over the ramp: "+5" */
};

/* Whom a lever acts on; every condition must hold. */
struct where {
    int32_t age_low, age_high;         /* completed years, 0..17 = any */
    uint32_t placements;               /* bit per placement group, all ones = any */
    uint32_t routes;                   /* bit per route */
    uint32_t legals, needs;            /* bit per group */
    int32_t uasc;                      /* -1 any, 0 no, 1 yes */
    const char *provider;              /* NULL any */
    const char *locality;              /* NULL any */
    int32_t in_care_low, in_care_high; /* time in care, days: low <= t <= high; 0..INT32_MAX = any */
    int32_t in_placement_low, in_placement_high; /* time in placement, days */
    uint32_t from, to;                           /* mix: bits of placement groups */
    uint32_t given;                              /* bit per enum where_key that was written */
};
enum where_key {
    WHERE_AGE,
    WHERE_PLACEMENT,
    WHERE_ROUTE,
    WHERE_PROVIDER,
    WHERE_UASC,
    WHERE_LEGAL,
    WHERE_NEED,
    WHERE_LOCALITY,
    WHERE_TIME_IN_CARE,
    WHERE_TIME_IN_PLACEMENT,
    WHERE_FROM,
    WHERE_TO,
    WHERE_KEY_COUNT
};

/* How late the milestone of a lever may fall (sim/slip.h). Zeroed: on time for sure. */
struct slip {
    double late;       /* chance of being late, 0..1 */
    double log_median; /* of the days late, where late: a log-normal */
    double log_sd;
    int32_t past_due; /* days already late and not done: it falls later than that for sure; 0: not yet due */
    const char *milestone; /* levers of one milestone slip alike; NULL: the lever's own */
    const char *team;      /* milestones of one lead role slip together; NULL: alone */
};

struct lever {
    const char *id; /* levers are ordered by id, so that the order in the file changes nothing */
    enum lever_kind kind;
    struct where where;
    double low, likely, high; /* by size: weakest to strongest, in the unit's scale */
    enum effect_unit unit;
    day start;                /* DAY_NONE: from the forecast's origin */
    double ramp_months;       /* 0: at once */
    double reach;             /* share of those it concerns who are reached, 0..1 */
    const char *replaces;     /* id of the lever that ends when this one starts, NULL none */
    struct slip slip;         /* of its start */
    const char *start_at;     /* milestone "PLAN/REFERENCE" that it starts with, until it is bound
                                 (sim/plan_levers.h); NULL: `start` holds */
    const char *plan;         /* the plan whose action it is: effects of one plan vary together; NULL none */
    const char *action;       /* "PLAN/REFERENCE" of that action: what `replaces` may also name; NULL none */
    const char *source;       /* "best.yaml:14" */
    enum param_origin origin; /* PARAM_SET in the file asked for, else PARAM_INHERITED */
};

struct scenario_price { /* an uplift or a new price */
    enum placement_group group;
    const char *provider; /* NULL any */
    day from;
    double uplift_pct; /* once, on `from` */
    pence weekly;      /* new weekly price, 0 none */
    const char *source;
    enum param_origin origin;
};

struct scenario_capacity {
    enum placement_group group;
    double places, usable; /* places x usable share */
    enum placement_group overflow[PLACEMENT_COUNT];
    int32_t n_overflow;
    const char *source;
    enum param_origin origin;
};

struct scenario {
    const char *name, *title, *extends, *plan; /* extends and plan NULL when not given */
    enum stance stance;
    struct lever *levers;
    size_t n_levers;
    struct scenario_price *prices;
    size_t n_prices;
    struct scenario_capacity *capacities;
    size_t n_capacities;
    struct params params;
    bool is_joined;  /* the levers of `plan` are there */
    bool switchable; /* single replicates may run with some levers off or later (sim/switched.h) */
    struct arena texts;
};

/* Reads a scenario by name (from `folder`, else from the built-in ones) or by the path of a file, with
 * everything it extends. model_params are the parameters of the model it will run with. Every error has file,
 * line and column: an unknown key or name (with the nearest known one), a bad number, an impossible date, low
 * and high out of order, a cycle of extends. */
bool scenario_load(struct scenario *out, const char *name_or_path, const char *folder,
                   const struct param_spec model_params[], size_t n_model_params, struct err *err);
void scenario_free(struct scenario *scenario);

/* The names of all scenarios, those of `folder` (NULL: none) and the built-in ones, sorted. The array is
 * freed with free(), the texts live in the arena. ERR_NO_INPUT when the folder cannot be read. */
bool scenario_names(const char *folder, struct arena *arena, const char ***out, size_t *n, struct err *err);

/* Appends what a lever says in words: "where age 10-17, from 2012-09-30, over 12 months, reaching 35 %".
 * Nothing for a lever on everybody, at once, from the origin. */
bool lever_words(const struct lever *lever, struct text *out, struct err *err);
/* Appends its effect as a scenario writes it: "-6%", "-2% .. -6% .. -12%", "+12/year", "+5". */
bool lever_effect_words(const struct lever *lever, struct text *out, struct err *err);

const char *lever_kind_name(enum lever_kind kind);
const char *lever_kind_words(enum lever_kind kind);
const char *stance_name(enum stance stance);

/* True for a lever that changes nothing whatever is drawn: its sizes are 0, or nobody is reached. */
bool lever_is_idle(const struct lever *lever);
/* The effect of a lever in one replicate: the stance's end (best: high, worst: low), or for likely a draw
 * from the modified PERT with mode `likely` through one uniform u in (0,1); 0 for baseline is never asked: a
 * baseline's own levers act at `likely`. Formula and golden: methods of PERT (Malcolm et al. 1959). */
double lever_effect(const struct lever *lever, enum stance stance, double u);
/* The share of the full effect that is in force, averaged over the days of [from, to): 0 before start, linear
 * over the ramp, then 1 (times reach). */
double lever_ramp(const struct lever *lever, day start, day from, day to);
/* What that share gains over the days of [from, to), a day, from the end of the day before: for children
 * counted once. A lever that starts at the origin without a ramp gains all in the days after it; one that
 * started before has nothing left to gain. */
double lever_gain(const struct lever *lever, day start, day origin, day from, day to);

#endif
