/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who comes. New children arrive in groups, a Poisson number a month by one uniform, so that a higher rate
 * adds groups and keeps those there were. Levers thin them child by child, or copy them: what a lever does to
 * one child changes no other. All of a group's luck is one block, keyed by month and place in the month. */
#include <math.h>
#include <string.h>

#include "models/carepath_levers.h"
#include "models/carepath_run.h"
#include "numeric/dist.h"

/* Places of children in a stream: 16 for each group of a month, then what tells the others apart. A stream is
 * a month, or 0 for those of the origin; children whom a lever adds have streams of their own. */
enum {
    STREAM_ORIGIN = 0,
    STREAM_MONTH = 1,
    SLOTS_A_GROUP = 16, /* >= CAREPATH_CLUSTER */
    SLOT_COPY = 1 << 20,
    SLOT_UASC = 1 << 24,
    SLOT_AWAY = 1 << 25,
    COPIES_MOST = 8,
    ADDED_TRIES = 200,
    MONTHS_A_YEAR = 12,
    HALF = 1 << 16,
    YEAR_DAYS = 365,
};
static const uint32_t stream_added = 0x80000000U;
static const uint32_t salt_keep = 11, salt_copy = 12, salt_mix = 13, salt_need = 14, salt_locality = 15,
                      salt_age = 16, salt_birthday = 17, salt_again = 18, salt_sibling = 19, salt_kind = 100,
                      salt_to = 20, salt_share = 22, salt_suit = 23;

struct arriving {
    struct carepath_room *room;
    bool (*take)(void *context, struct carepath_arrival *arrival);
    void *context;
    uint32_t key[2];
};

/* ---- one child --------------------------------------------------------------------------------------- */

/* The stage ends of a child of an age whose next birthday is on a day, until the horizon. */
static void fill_birthdays(const struct carepath_plan *plan, int32_t age, int32_t next, int stage,
                           int32_t out[CAREPATH_MOST_STAGES + 1])
{
    int n = 0;
    int32_t years = age + 1; /* turned on `next` */
    int32_t date = next;
    for (;; stage++) {
        if (date + (plan->stages[stage].age_end - years) * YEAR_DAYS > plan->days) {
            out[n] = INT32_MAX; /* behind the horizon, as most are */
            return;
        }
        while (years < plan->stages[stage].age_end && date <= plan->days) {
            date += plan->year_length[date];
            years++;
        }
        out[n++] = years < plan->stages[stage].age_end ? INT32_MAX : date;
        if (out[n - 1] > plan->days || plan->stages[stage].is_last)
            return;
    }
}

/* Days from coming to the next birthday: evenly over the year, but many of those under 1 are newborn. */
static int32_t to_birthday(const struct carepath_plan *plan, int32_t age, uint32_t word)
{
    if (age > 0)
        return 1 + (int32_t)(((uint64_t)word * YEAR_DAYS) >> 32);
    const int month = carepath_pick(plan->infant_ends, MONTHS_A_YEAR, word);
    const double into = carepath_uniform(carepath_mixed(word, salt_birthday));
    const int32_t days = YEAR_DAYS - (int32_t)((month + into) * YEAR_DAYS / MONTHS_A_YEAR);
    return days > 1 ? days : 1;
}

/* One group of a month: its day, and the luck of its children. */
struct party {
    int32_t month, date;
    uint32_t slot, stream; /* of its first child */
    uint32_t words[4];
    int size;
    bool uasc;
};

static void place(const struct carepath_room *room, const struct party *party, int i, int kind, uint32_t word,
                  struct carepath_life *life)
{
    const struct carepath_plan *plan = room->plan;
    const size_t year = plan->fit->mix_drift > 0 ? (size_t)party->month / MONTHS_A_YEAR : 0;
    const uint32_t *ends = room->first_ends + (year * LEXIS_KINDS + (size_t)kind) * CAREPATH_GROUPS;
    const bool same = i > 0 && carepath_uniform(carepath_mixed(word, salt_sibling)) < plan->same_placement;
    life->group = carepath_pick(ends, CAREPATH_GROUPS, same ? carepath_mixed(party->words[2], 0) : word);
}

/* The i-th child of a group. kind: of the first; brothers and sisters are up to four years older or younger.
 */
static void make_child(const struct carepath_room *room, const struct party *party, int i, int kind,
                       struct carepath_arrival *out)
{
    const struct carepath_plan *plan = room->plan;
    const uint32_t own = (uint32_t)i;
    const int32_t age = carepath_pick(plan->age_ends[kind], LEXIS_ADULT,
                                      carepath_mixed(party->words[1], salt_age + 32 * own));
    const uint32_t placement = carepath_mixed(party->words[2], own);
    const int32_t next =
        party->date + to_birthday(plan, age, carepath_mixed(party->words[3], salt_birthday + 16 * own));
    const int stage = plan->stage_of_age[party->uasc][age];
    const int need = carepath_pick(plan->need_ends, NEED_COUNT,
                                   carepath_mixed(party->words[3], salt_need)); /* the family's */
    const int locality = plan->locality_ends == NULL
                             ? -1
                             : carepath_pick(plan->locality_ends, (int)plan->fit->history->n_localities,
                                             carepath_mixed(party->words[3], salt_locality));
    out->again = false;
    out->life = (struct carepath_life){
        .counter = {0, party->slot + own, room->replicate, party->stream},
        .birthdays = out->birthdays,
        .stage = stage,
        .class_ = plan->n_classes > 1 ? carepath_class(plan, need, locality) : 0,
        .now = party->date,
        .need = (uint8_t)need,
        .locality = (int16_t)locality,
        .start_known = true,
    };
    fill_birthdays(plan, age, next, stage, out->birthdays);
    place(room, party, i, kind, placement, &out->life);
    if (plan->mix_levers != 0)
        out->life.group =
            carepath_mix(room, &out->life, -1, out->life.group, 0, 0, carepath_mixed(placement, salt_mix));
}

/* ---- levers ------------------------------------------------------------------------------------------ */

static double lever_share(const struct carepath_plan *plan, const struct carepath_life *life, size_t i)
{
    const struct lever *lever = plan->levers[i].lever;
    if ((plan->class_mask[life->class_] >> i & 1U) == 0 ||
        !carepath_lever_has_cell(plan, &lever->where, life->stage, life->group, 0, 0))
        return 0;
    return carepath_legal_share(plan, lever->where.legals, plan->stages[life->stage].kind, life->group, 0);
}

/* How many of this child come under the levers on entries: 1 as a rule. */
static int copies(const struct carepath_room *room, const struct carepath_life *life, int32_t month,
                  uint32_t luck)
{
    const struct carepath_plan *plan = room->plan;
    double factor = 1;
    for (size_t i = 0; i < plan->n_levers; i++) {
        if ((plan->entry_levers >> i & 1U) == 0)
            continue;
        if (plan->levers[i].is_extra && room->effects[i] > 0)
            continue; /* comes as children of its own */
        const double share = lever_share(plan, life, i);
        if (share > 0)
            factor *= 1 + share * (room->factors[i * (size_t)plan->months + (size_t)month] - 1);
    }
    if (factor < 1)
        return carepath_uniform(carepath_mixed(luck, salt_keep)) < factor ? 1 : 0;
    const double more = factor - 1;
    const int whole = (int)fmin(COPIES_MOST, more);
    return 1 + whole + (carepath_uniform(carepath_mixed(luck, salt_copy)) < more - whole ? 1 : 0);
}

/* Hands a child over, as often as the levers ask. */
static bool hand_over(const struct arriving *arriving, struct carepath_arrival *arrival, int32_t month,
                      uint32_t luck)
{
    struct carepath_room *room = arriving->room;
    const int n = room->plan->entry_levers == 0 ? 1 : copies(room, &arrival->life, month, luck);
    const struct carepath_life first = arrival->life;
    for (int i = 0; i < n; i++) {
        arrival->life = first;
        arrival->life.counter[1] += (uint32_t)i * SLOT_COPY;
        if (!arriving->take(arriving->context, arrival))
            return false;
    }
    return true;
}

/* ---- streams ----------------------------------------------------------------------------------------- */

/* The kind at which a share of the mix falls. */
static int kind_of_mix(const double kinds[], int first, int last, double left)
{
    int kind = first;
    double end = 0;
    for (int k = first; k < last - 1; k++) {
        end += kinds[k];
        kind += left >= end;
    }
    return kind;
}

static bool come_group(const struct arriving *arriving, struct party *party, const double kinds[], int first,
                       int last)
{
    const struct carepath_room *room = arriving->room;
    const uint32_t counter[4] = {party->slot, (uint32_t)party->month, room->replicate, party->uasc};
    double total = 0;
    stream_block(counter, arriving->key, party->words);
    const struct carepath_plan *plan = room->plan;
    const int32_t start = plan->month_start[party->month];
    const int32_t length = plan->month_start[party->month + 1] - start;
    party->date = start + (int32_t)(((party->words[0] >> 16) * (uint32_t)length) >> 16);
    const uint32_t size = party->words[0] & (HALF - 1);
    const uint32_t *ends = party->uasc ? plan->cluster_ends : plan->sibling_ends;
    const int most = party->uasc ? CAREPATH_CLUSTER : CAREPATH_SIBLINGS;
    party->size = 1;
    while (party->size < most && size >= ends[party->size - 1])
        party->size++;
    for (int k = first; k < last; k++)
        total += kinds[k];
    for (int i = 0; i < party->size; i++) {
        struct carepath_arrival arrival;
        /* Each from the mix of all children: brothers and sisters whose ages hung together would need another
         * mix of eldest children, which no return tells. */
        const uint32_t word =
            i == 0 ? party->words[1] : carepath_mixed(party->words[1], salt_kind + (uint32_t)i);
        make_child(room, party, i, kind_of_mix(kinds, first, last, carepath_uniform(word) * total), &arrival);
        if (room->flows != NULL)
            carepath_pilot_count(arriving->room, LEVER_ENTRIES, arrival.life.class_, arrival.life.stage,
                                 arrival.life.group, 0, 0, -1, -1, party->month);
        if (!hand_over(arriving, &arrival, party->month, carepath_mixed(party->words[3], (uint32_t)i)))
            return false;
    }
    return true;
}

static bool come_month(const struct arriving *arriving, int32_t month)
{
    const struct carepath_room *room = arriving->room;
    const struct carepath_plan *plan = room->plan;
    const struct carepath_entries *entries = &plan->fit->entries;
    const double days = plan->month_start[month + 1] - plan->month_start[month];
    const int calendar = date_to_civil(date_month_start(plan->fit->origin, month + 1)).month - 1;
    struct stream stream = stream_make(plan->fit->seed, PURPOSE_ENTRIES, room->replicate, (uint32_t)month, 0);
    double kinds[LEXIS_KINDS];
    double family = 0;
    for (int k = 0; k < LEXIS_KINDS; k++) {
        kinds[k] = entries->kind[k] * room->kind_factor[k] *
                   entries->exposure[(size_t)k * (size_t)plan->months + (size_t)month];
        family += lexis_kind_is_uasc(k) ? 0 : kinds[k];
    }
    const double mean = entries->a_day * days * entries->season[calendar] * room->levels[month] * family;
    const double uasc_mean = entries->uasc_a_day * days * room->levels[2 * plan->months + month];
    const int32_t n = dist_poisson_quantile(mean / plan->mean_siblings, stream_uniform(&stream));
    const int32_t n_uasc = dist_poisson_quantile(uasc_mean / plan->mean_cluster, stream_uniform(&stream));
    struct party party = {.month = month, .stream = STREAM_MONTH + (uint32_t)month};
    for (int32_t i = 0; i < n; i++) {
        party.slot = (uint32_t)i * SLOTS_A_GROUP;
        if (!come_group(arriving, &party, kinds, 0, LEXIS_UASC_YOUNG))
            return false;
    }
    party.uasc = true;
    for (int32_t i = 0; i < n_uasc; i++) {
        party.slot = SLOT_UASC + (uint32_t)i * SLOTS_A_GROUP;
        if (!come_group(arriving, &party, kinds, LEXIS_UASC_YOUNG, LEXIS_KINDS))
            return false;
    }
    return true;
}

/* The share of a kind's first placements that a lever asks for. */
static double placed_share(const struct carepath_plan *plan, const struct where *where, int kind)
{
    double share = 0;
    for (int g = 0; g < CAREPATH_GROUPS; g++)
        share += where->placements >> g & 1U ? plan->fit->entries.first[kind][g] : 0;
    return share;
}

/* One of n members by their shares, of those whose bit is set only; evenly where none of them has a share, as
 * in a placement that has not been used before. */
static int pick_among(const double shares[], int n, uint32_t bits, uint32_t word)
{
    double total = 0;
    double members = 0;
    int picked = 0;
    for (int i = 0; i < n; i++) {
        total += bits >> i & 1U ? shares[i] : 0;
        members += bits >> i & 1U;
    }
    double left = carepath_uniform(word) * (total > 0 ? total : members);
    for (int i = 0; i < n; i++) {
        const double share = total > 0 ? shares[i] : 1;
        if ((bits >> i & 1U) == 0 || !(share > 0))
            continue;
        picked = i;
        if (left < share)
            break;
        left -= share;
    }
    return picked;
}

/* Gives a child the placement, need and locality that a lever asks for where it has others: some are so rare
 * that no drawing would find them. */
static void suit(const struct carepath_plan *plan, const struct where *where, const struct party *party,
                 struct carepath_life *life)
{
    const struct carepath_entries *entries = &plan->fit->entries;
    const struct history *history = plan->fit->history;
    if ((where->placements >> life->group & 1U) == 0)
        life->group = pick_among(entries->first[plan->stages[life->stage].kind], CAREPATH_GROUPS,
                                 where->placements, carepath_mixed(party->words[2], salt_suit));
    if ((where->needs >> life->need & 1U) == 0)
        life->need = (uint8_t)pick_among(entries->need, NEED_COUNT, where->needs,
                                         carepath_mixed(party->words[3], salt_suit));
    for (size_t i = 0; where->locality != NULL && i < history->n_localities; i++)
        if (strcmp(history->localities[i], where->locality) == 0)
            life->locality = (int16_t)i;
    life->class_ = carepath_class(plan, life->need, life->locality);
}

/* Children whom a lever adds by number: drawn like others until one meets its conditions on age and status,
 * each kind as often as it comes where the lever asks for. */
static bool come_added(const struct arriving *arriving, size_t i_lever, int32_t month)
{
    const struct carepath_room *room = arriving->room;
    const struct carepath_plan *plan = room->plan;
    const struct carepath_entries *entries = &plan->fit->entries;
    const struct carepath_lever *lever = &plan->levers[i_lever];
    const double days = plan->month_start[month + 1] - plan->month_start[month];
    const double mean =
        room->effects[i_lever] * room->force.extra[i_lever * (size_t)plan->months + (size_t)month] * days;
    struct stream stream = stream_make(plan->fit->seed, PURPOSE_ENTRIES, room->replicate, lever->effect.key,
                                       1 + (uint32_t)month);
    const int32_t n = mean > 0 ? dist_poisson_quantile(mean, stream_uniform(&stream)) : 0;
    const struct where *where = &lever->lever->where;
    const bool uasc = where->uasc == 1;
    double most = 0;
    for (int k = uasc ? LEXIS_UASC_YOUNG : 0; k < (uasc ? LEXIS_KINDS : LEXIS_UASC_YOUNG); k++)
        most = fmax(most, placed_share(plan, where, k));
    for (int32_t i = 0; i < n; i++) {
        for (uint32_t attempt = 0; attempt < ADDED_TRIES; attempt++) {
            struct carepath_arrival arrival;
            struct party party = {.month = month, .size = 1, .uasc = uasc};
            party.slot = (uint32_t)i;
            party.stream = stream_added | carepath_mixed(lever->effect.key, (uint32_t)month) >> 1;
            const uint32_t counter[4] = {attempt, party.slot, room->replicate, party.stream};
            stream_block(counter, arriving->key, party.words);
            party.date = plan->month_start[month] + (int32_t)((party.words[0] >> 16) * (uint32_t)days) / HALF;
            const int kind =
                kind_of_mix(entries->kind, uasc ? LEXIS_UASC_YOUNG : 0, uasc ? LEXIS_KINDS : LEXIS_UASC_YOUNG,
                            carepath_uniform(party.words[1]));
            make_child(room, &party, 0, kind, &arrival);
            suit(plan, where, &party, &arrival.life);
            const double placed = most > 0 ? placed_share(plan, where, kind) / most : 1;
            const double share = lever_share(plan, &arrival.life, i_lever) * placed;
            if (!(carepath_uniform(carepath_mixed(party.words[3], salt_share)) < share))
                continue;
            if (!arriving->take(arriving->context, &arrival))
                return false;
            break;
        }
    }
    return true;
}

/* Those who were away at the origin: four of them share a block, and most are done with after one comparison.
 */
static bool come_away(const struct arriving *arriving)
{
    struct carepath_room *room = arriving->room;
    const struct carepath_plan *plan = room->plan;
    const uint32_t key[2] = {(uint32_t)plan->fit->seed,
                             (uint32_t)PURPOSE_REENTRY ^ (uint32_t)(plan->fit->seed >> 32)};
    uint32_t words[4];
    const double pace = room->return_pace;
    const bool is_usual = pace < CAREPATH_USUAL_PACE;
    for (size_t i = 0; i < plan->n_away; i++) {
        const struct carepath_away *away = &plan->away[i];
        const uint32_t counter[4] = {(uint32_t)(i / 4), 0, room->replicate, STREAM_ORIGIN};
        if (i % 4 == 0)
            stream_block(counter, key, words);
        if (words[i % 4] < away->never && is_usual)
            continue; /* one comparison for most */
        if (carepath_exponential(words[i % 4]) > away->hazard * pace)
            continue;
        struct carepath_arrival arrival = {.again = true};
        const int stage = plan->stage_of_age[away->uasc][away->age];
        arrival.life = (struct carepath_life){
            .counter = {0, SLOT_AWAY + (uint32_t)i, room->replicate, STREAM_ORIGIN},
            .birthdays = arrival.birthdays,
            .stage = stage,
            .class_ = away->class_,
            .now = away->left,
            .need = away->need,
            .locality = away->locality,
        };
        fill_birthdays(plan, away->age, away->next_birthday, stage, arrival.birthdays);
        if (!carepath_come_back(room, &arrival.life, words[i % 4]))
            continue;
        arrival.life.group =
            carepath_first_placement(room, &arrival.life, carepath_mixed(words[i % 4], salt_again));
        if (room->flows != NULL)
            carepath_pilot_count(room, LEVER_READMISSIONS, arrival.life.class_, arrival.life.stage,
                                 arrival.life.group, 0, 0, -1, -1, plan->month_of[arrival.life.now]);
        if (!arriving->take(arriving->context, &arrival))
            return false;
    }
    return true;
}

int carepath_first_placement(const struct carepath_room *room, const struct carepath_life *life,
                             uint32_t word)
{
    const struct carepath_plan *plan = room->plan;
    const size_t year = plan->fit->mix_drift > 0 ? (size_t)plan->month_of[life->now] / MONTHS_A_YEAR : 0;
    const size_t row = year * LEXIS_KINDS + (size_t)plan->stages[life->stage].kind;
    const int group = carepath_pick(room->first_ends + row * CAREPATH_GROUPS, CAREPATH_GROUPS, word);
    return plan->mix_levers == 0 ? group
                                 : carepath_mix(room, life, -1, group, 0, 0, carepath_mixed(word, salt_mix));
}

int carepath_mix(const struct carepath_room *room, const struct carepath_life *life, int left, int to,
                 int tic, int tip, uint32_t word)
{
    const struct carepath_plan *plan = room->plan;
    const int32_t month = plan->month_of[life->now];
    for (size_t i = 0; i < plan->n_levers; i++) {
        const struct lever *lever = plan->levers[i].lever;
        if ((plan->mix_levers >> i & 1U) == 0 || (plan->class_mask[life->class_] >> i & 1U) == 0)
            continue;
        const double effect =
            room->effects[i] * room->force.strength[i * (size_t)plan->months + (size_t)month];
        const uint32_t from = effect > 0 ? lever->where.from : lever->where.to;
        const uint32_t into = effect > 0 ? lever->where.to : lever->where.from;
        if ((from >> to & 1U) == 0 || !(fabs(effect) > 0) ||
            !carepath_lever_has_cell(plan, &lever->where, life->stage, left, tic, tip))
            continue;
        const int kind = plan->stages[life->stage].kind;
        const double share = fabs(effect) * carepath_legal_share(plan, lever->where.legals, kind,
                                                                 left < 0 ? to : left, plan->tic_base[tic]);
        if (!(carepath_uniform(carepath_mixed(word, (uint32_t)i)) < share))
            continue;
        /* among the groups it may go to, as first placements do */
        to = pick_among(plan->fit->entries.first[kind], CAREPATH_GROUPS, into,
                        carepath_mixed(word, salt_to + (uint32_t)i));
    }
    return to;
}

bool carepath_arrivals(struct carepath_room *room,
                       bool (*take)(void *context, struct carepath_arrival *arrival), void *context)
{
    const struct carepath_plan *plan = room->plan;
    const struct arriving arriving = {
        room,
        take,
        context,
        {(uint32_t)plan->fit->seed, (uint32_t)PURPOSE_GROUP ^ (uint32_t)(plan->fit->seed >> 32)}};
    if (!come_away(&arriving))
        return false;
    for (int32_t m = 0; m < plan->months; m++) {
        if (!come_month(&arriving, m))
            return false;
        for (size_t i = 0; i < plan->n_levers; i++)
            if (plan->levers[i].is_extra && room->effects[i] > 0 && !come_added(&arriving, i, m))
                return false;
    }
    return true;
}
