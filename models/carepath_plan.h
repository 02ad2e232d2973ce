/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/carepath_plan.h: what one scenario's replicates share, and what one replicate works in.
 *
 * Ownership: a plan owns its tables and borrows fit and scenario; carepath_plan_free releases it. A room
 * belongs to one thread; carepath_room_free releases it.
 *
 * Days count from the origin: 0 is the last day known, 1 .. days are forecast. The day after is the horizon.
 * Cells are stage x group x band of time in care x band of time in placement, where a stage is an age band
 * cut further wherever a lever's ages ask for it, and the bands of time likewise, so that in each cell a
 * lever applies or does not. */
#ifndef TURNCURVE_MODELS_CAREPATH_PLAN_H
#define TURNCURVE_MODELS_CAREPATH_PLAN_H

#include "models/carepath.h"
#include "numeric/stream.h"
#include "sim/effect.h"

enum {
    CAREPATH_MOST_STAGES = 20, /* one a year of age at most, in either stream */
    CAREPATH_MOST_BANDS = 24,
    CAREPATH_MOST_PROFILES = 32,
    CAREPATH_MOST_LEVERS = 64,
    CAREPATH_MOST_CLASSES = 32,
    CAREPATH_USUAL_PACE = 2,
    CAREPATH_CLUSTER = 12, /* unaccompanied children who come at once, at most */
};

/* ---- levers ------------------------------------------------------------------------------------------ */

struct carepath_lever {
    const struct lever *lever;
    size_t index; /* in the scenario */
    struct effect effect;
    double scale;  /* of the effect: the elasticity of referrals, else 1 */
    bool is_extra; /* entries counted in children: they are children of their own */
};

/* Levers that act together: a rate in profile p is multiplied by the product over the levers in its mask.
 * Profile 0 has none. */
struct carepath_profiles {
    int n;
    uint64_t mask[CAREPATH_MOST_PROFILES];
};

/* ---- the plan ---------------------------------------------------------------------------------------- */

struct carepath_stage {
    uint8_t kind;      /* whose rates it has */
    uint8_t age_start; /* first age in completed years */
    uint8_t age_end;   /* the birthday that ends it */
    bool is_last;      /* of its stream: care ends there */
};

struct carepath_plan {
    const struct carepath_fit *fit;
    const struct scenario *scenario;

    /* calendar */
    int32_t months, days;
    int32_t *month_start;  /* [months + 1] day index of each month's first day */
    int16_t *month_of;     /* [days + 2]; the horizon lies in month `months` */
    int16_t *day_in_month; /* [days + 2] 0 on the first */
    int16_t *year_length;  /* [days + 2] days to the same date a year later */
    uint8_t *is_april;     /* [months] */

    /* cells */
    struct carepath_stage
        stages[2 * CAREPATH_MOST_STAGES]; /* of family children, then of unaccompanied ones */
    int n_stages, first_uasc;
    int stage_of_age[2][LEXIS_ADULT];
    int32_t tic_edges[CAREPATH_MOST_BANDS], tip_edges[CAREPATH_MOST_BANDS];
    int n_tics, n_tips; /* tic n_tics is "start not known"; there are n_tics + 1 */
    uint8_t tic_base[CAREPATH_MOST_BANDS + 1], tip_base[CAREPATH_MOST_BANDS]; /* bands of the fit */
    size_t n_cells;

    /* levers */
    struct carepath_lever *levers;
    size_t n_levers;
    struct carepath_profiles exits, moves, returns;
    int n_classes;                              /* of children whom levers tell apart by need or locality */
    uint8_t *class_of;                          /* [NEED_COUNT][n_localities + 1], the last: no locality */
    uint64_t class_mask[CAREPATH_MOST_CLASSES]; /* levers whose need and locality a class has */
    float *exit_weight;                /* [class][cell][route][profile]; NULL when there is one profile */
    float *move_weight;                /* [class][cell][profile] */
    uint8_t *return_profile;           /* [class][stage] */
    uint64_t entry_levers, mix_levers; /* masks */
    bool is_pilot;                     /* levers cut the bands but do nothing */

    /* people: [n_present] */
    struct carepath_origin_child *present;
    int32_t *birthdays;   /* stage ends, day indices; each child's list ends behind the horizon or at 18 */
    double leaver_hazard; /* of coming back within the forecast, at most, of a child that leaves on its first
                             day */
    struct carepath_away *away; /* [n_away] who may come back */
    size_t n_away;

    /* draws */
    double month_root[STATE_SPACE_MOST][STATE_SPACE_MOST], april_root[STATE_SPACE_MOST][STATE_SPACE_MOST];
    double now_root[STATE_SPACE_MOST][STATE_SPACE_MOST];
    double *centre; /* [2][months] what is taken off the log levels of entries and exits, so that their mean
                       over replicates, not their median, is the level learned */
    uint32_t sibling_ends[CAREPATH_SIBLINGS], cluster_ends[CAREPATH_CLUSTER]; /* of 2^16 */
    double mean_siblings, mean_cluster;
    double same_placement;
    uint32_t need_ends[NEED_COUNT], *locality_ends;
    uint32_t age_ends[LEXIS_KINDS][LEXIS_ADULT], infant_ends[12];
    bool any_exit_noise;
    bool may_return[ROUTE_COUNT];

    /* places; a group without a limit has HUGE_VAL */
    bool has_capacity;
    double usable[CAREPATH_GROUPS];
    uint8_t overflow[CAREPATH_GROUPS][CAREPATH_GROUPS]; /* in order of preference */
    int n_overflow[CAREPATH_GROUPS];
    struct carepath_growth { /* a lever on places */
        struct effect effect;
        uint32_t groups;
        size_t index; /* in the scenario */
        bool is_factor;
    } * growths;
    size_t n_growths;

    /* What is in force month by month where no milestone slips; a replicate has tables of its own where some
     * do. */
    struct carepath_force {
        double *strength; /* [levers][months] what an effect of 1 does to a rate: the share of the ramp, or
                             that over the flow that a number of children is part of */
        double
            *extra; /* [levers][months] how many a day an effect of 1 adds, of entries counted in children */
        double *places; /* [growths][months] the share of a lever on places; of places a year, years of it */
    } force;
    double *flows; /* [levers][months] events a month that a number of children is part of; NULL: no lever
                      counts children */
    bool slips;
};

struct carepath_origin_child {
    uint32_t
        number; /* by the order of keys: children of one stage and group stand together, near in memory */
    uint8_t stage, group, class_, need;
    bool start_known;
    int16_t locality;
    int32_t spell_start, stay_start; /* day indices, 0 or below */
    int32_t first_birthday;          /* index into birthdays */
};
struct carepath_away {
    int32_t left;          /* day index, 0 or below */
    int32_t next_birthday; /* day index of the next birthday of any age */
    uint8_t age, need, class_;
    bool uasc;
    int16_t locality;
    double hazard;  /* of coming back within the forecast, levers and luck apart */
    uint32_t never; /* words below mean never, as long as luck and levers hasten returns less than
                       CAREPATH_USUAL_PACE */
};

/* Works out a scenario. is_pilot: its levers cut the bands and do nothing, so that the flows they will act on
 * can be counted. ERR_USAGE when a lever asks for something that cannot be told apart, naming it. */
bool carepath_plan_make(const struct carepath_fit *fit, const struct scenario *scenario, bool is_pilot,
                        struct carepath_plan *out, struct err *err);
void carepath_plan_free(struct carepath_plan *plan);

/* The index of a cell. */
static inline size_t carepath_cell(const struct carepath_plan *plan, int stage, int group, int tic, int tip)
{
    return (((size_t)stage * CAREPATH_GROUPS + (size_t)group) * (size_t)(plan->n_tics + 1) + (size_t)tic) *
               (size_t)plan->n_tips +
           (size_t)tip;
}

/* A class's stage and group; the cells of a block are neighbours. */
static inline size_t carepath_block(const struct carepath_plan *plan, int class_, int stage, int group)
{
    return ((size_t)class_ * (size_t)plan->n_stages + (size_t)stage) * CAREPATH_GROUPS + (size_t)group;
}

/* ---- a replicate's room ------------------------------------------------------------------------------ */

/* What a replicate makes of rates that are not known for sure: factors, 1 on average. */
struct carepath_factors {
    double exit_cell[LEXIS_KINDS][CAREPATH_GROUPS], move_cell[LEXIS_KINDS][CAREPATH_GROUPS];
    double exit_tic[CAREPATH_TICS], move_tic[CAREPATH_TICS];
    double route[ROUTE_COUNT];
};

/* What happens to children is counted by kind and group and month; column `months` takes what lies behind. */
struct carepath_room {
    const struct carepath_plan *plan;
    uint32_t replicate;
    /* this replicate's rates */
    double **exit_clock, **move_clock, **return_clock; /* [profile][days + 2] integral of the multiplier */
    double *exit_pace;                                 /* [months] days a unit of exit_clock[0] */
    struct carepath_factors rate_factors;
    double *hazards;             /* [class][cell][exit profiles + move profiles] */
    uint8_t *has_hazards;        /* [class][stage][group] somebody has asked for them */
    double *levels;              /* [3][months] entries, exits, unaccompanied */
    const int32_t *later;        /* of the tally */
    double *effects;             /* [levers] */
    struct carepath_force force; /* of this replicate */
    day *starts;                 /* [levers of the scenario], where milestones slip */
    double *factors;             /* [levers][months] */
    double kind_factor[LEXIS_KINDS];
    double return_factor;
    double return_pace;  /* the fastest of any return clock in any month, with return_factor */
    uint32_t never_back; /* words below mean never within the forecast, whenever a child leaves */
    double *places;      /* [CAREPATH_GROUPS][months] that can be used; NULL when there is no limit */
    uint32_t *first_ends, *destination_ends; /* [years][kind](..[group])[group] */
    int32_t *month_ends, *month_nights;      /* [months]: one cell's stocks and nights */
    /* counts */
    int64_t *presence; /* [LEXIS_CELLS][months + 1]: children << 32 + nights, differences */
    uint8_t *is_lived; /* [LEXIS_CELLS] somebody was there; where not, all is 0 */
    int32_t *entries, *exits, *moves, *readmissions;    /* [LEXIS_CELLS][months] */
    int32_t *routes;                                    /* [ROUTE_COUNT][months] */
    int32_t *need_presence, *need_entries, *need_exits; /* [NEED_COUNT][months + 1] */
    int32_t *locality_presence, *locality_entries, *locality_exits;
    struct carepath_trace *trace; /* NULL: nobody looks */
    double *flows;                /* pilot: [levers][months] events that a lever's conditions select */
    void *block;
    size_t counts_size; /* bytes from presence on that a replicate starts at 0 */
};

/* Memory for one thread's replicates of a plan. */
bool carepath_room_make(const struct carepath_plan *plan, struct carepath_room **out, struct err *err);
void carepath_room_free(struct carepath_room *room);

#endif
