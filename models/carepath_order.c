/* SPDX-License-Identifier: GPL-3.0-or-later
 * With a limit on places children meet: whoever finds a placement full goes elsewhere. A replicate then runs
 * through the calendar, day by day those who leave first, then those who change placement, then those who
 * come, each by the key of the child. Every stay is lived as without limits; only where a child goes may
 * differ. */
#include <stdlib.h>

#include "base/vec.h"
#include "models/carepath_run.h"

enum what { LEAVES, CHANGES, COMES };

/* A child and what it does next. */
struct member {
    struct carepath_arrival child; /* its birthdays may lie in the plan */
    struct carepath_next next;
    enum what what;
    bool own_birthdays;
    size_t birthdays_at; /* how far into its own */
};

struct order {
    struct carepath_room *room;
    struct member *members;
    size_t n, capacity;
    size_t *heap; /* of members, the earliest first */
    size_t heap_n, heap_capacity;
    int32_t in_use[CAREPATH_GROUPS];
    struct err *err;
    bool failed;
};

static int32_t when(const struct member *member)
{
    return member->what == COMES ? member->child.life.now : member->next.day;
}

static bool is_before(const struct member *a, const struct member *b)
{
    if (when(a) != when(b))
        return when(a) < when(b);
    if (a->what != b->what)
        return a->what < b->what;
    if (a->child.life.counter[3] != b->child.life.counter[3])
        return a->child.life.counter[3] < b->child.life.counter[3];
    return a->child.life.counter[1] < b->child.life.counter[1];
}

static void swap(size_t *a, size_t *b)
{
    const size_t kept = *a;
    *a = *b;
    *b = kept;
}

static bool push(struct order *order, size_t member)
{
    if (!vec_reserve((void **)&order->heap, &order->heap_capacity, order->heap_n + 1, sizeof order->heap[0],
                     order->err)) {
        order->failed = true;
        return false;
    }
    size_t at = order->heap_n++;
    order->heap[at] = member;
    while (at > 0 &&
           is_before(&order->members[order->heap[at]], &order->members[order->heap[(at - 1) / 2]])) {
        swap(&order->heap[at], &order->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    return true;
}

static size_t pop(struct order *order)
{
    const size_t first = order->heap[0];
    order->heap[0] = order->heap[--order->heap_n];
    size_t at = 0;
    for (;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < order->heap_n; child++)
            if (is_before(&order->members[order->heap[child]], &order->members[order->heap[least]]))
                least = child;
        if (least == at)
            return first;
        swap(&order->heap[at], &order->heap[least]);
        at = least;
    }
}

static struct member *add_member(struct order *order)
{
    if (!vec_reserve((void **)&order->members, &order->capacity, order->n + 1, sizeof order->members[0],
                     order->err)) {
        order->failed = true;
        return NULL;
    }
    struct member *member = &order->members[order->n++];
    *member = (struct member){0};
    return member;
}

/* Members move in memory as their number grows: a life that reads its own birthdays is pointed to them anew.
 */
static void find_birthdays(struct member *member)
{
    if (member->own_birthdays)
        member->child.life.birthdays = member->child.birthdays + member->birthdays_at;
}

static void keep_birthdays(struct member *member)
{
    if (member->own_birthdays)
        member->birthdays_at = (size_t)(member->child.life.birthdays - member->child.birthdays);
}

static bool take_member(void *context, struct carepath_arrival *arrival)
{
    struct order *order = context;
    struct member *member = add_member(order);
    if (member == NULL)
        return false;
    const size_t at = (size_t)(arrival->life.birthdays - arrival->birthdays);
    member->child = *arrival;
    member->what = COMES;
    member->own_birthdays = true;
    member->birthdays_at = at;
    return push(order, order->n - 1);
}

/* Where a child goes who should go to a group: there if a place is free, else to the first of its overflow
 * that has one, else to the last of them. */
static int find_place(const struct order *order, int group, int32_t date)
{
    const struct carepath_plan *plan = order->room->plan;
    const size_t month = (size_t)plan->month_of[date];
    int last = group;
    for (int i = -1; i < plan->n_overflow[group]; i++) {
        last = i < 0 ? group : plan->overflow[group][i];
        if (order->in_use[last] + 1 <= order->room->places[(size_t)last * (size_t)plan->months + month])
            return last;
    }
    return last;
}

/* Lives the member's next stay and puts its end into the calendar. */
static bool live_next(struct order *order, size_t i)
{
    struct member *member = &order->members[i];
    find_birthdays(member);
    member->next = carepath_live(order->room, &member->child.life);
    keep_birthdays(member);
    if (member->next.event == CAREPATH_STAYS)
        return true;
    member->what = member->next.event == CAREPATH_LEAVES ? LEAVES : CHANGES;
    return push(order, i);
}

static bool leave(struct order *order, size_t i)
{
    struct member *member = &order->members[i];
    struct carepath_life *life = &member->child.life;
    find_birthdays(member);
    carepath_leave(order->room, life, (enum route)member->next.detail);
    order->in_use[life->group]--;
    if (!order->room->plan->may_return[member->next.detail] || member->next.word < order->room->never_back ||
        !carepath_come_back(order->room, life, member->next.word))
        return true;
    carepath_return(order->room, life, member->next.word);
    keep_birthdays(member);
    member->child.again = true;
    member->what = COMES;
    return push(order, i);
}

static bool step(struct order *order)
{
    const size_t i = pop(order);
    struct member *member = &order->members[i];
    struct carepath_life *life = &member->child.life;
    find_birthdays(member);
    switch (member->what) {
    case LEAVES:
        return leave(order, i);
    case CHANGES:
        order->in_use[life->group]--;
        carepath_change(order->room, life, find_place(order, member->next.detail, life->now),
                        member->next.word);
        break;
    case COMES:
        life->group = find_place(order, life->group, life->now);
        carepath_enter(order->room, life, member->child.again);
        break;
    }
    order->in_use[life->group]++;
    keep_birthdays(member);
    return live_next(order, i);
}

bool carepath_replicate_in_order(struct carepath_room *room, struct err *err)
{
    struct order order = {.room = room, .err = err};
    bool ok = true;
    for (size_t i = 0; ok && i < room->plan->fit->n_present; i++) {
        struct member *member = add_member(&order);
        ok = member != NULL;
        if (!ok)
            break;
        member->child.life = carepath_present(room, i);
        order.in_use[member->child.life.group]++;
        carepath_begin(room, &member->child.life);
        ok = live_next(&order, i);
    }
    ok = ok && carepath_arrivals(room, take_member, &order);
    while (ok && order.heap_n > 0)
        ok = step(&order);
    free(order.members);
    free(order.heap);
    return ok;
}
