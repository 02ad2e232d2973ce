/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/synth_people.h, internal to study/synth: everybody a council would file, episode by episode.
 *
 * Ownership: a struct synth_people owns its arrays; synth_people_free releases them. Codes are constants. */
#ifndef TURNCURVE_STUDY_SYNTH_PEOPLE_H
#define TURNCURVE_STUDY_SYNTH_PEOPLE_H

#include "base/err.h"
#include "study/synth_life.h"

/* A row of the episodes table, before returns cut it. */
struct synth_episode {
    day start, end;     /* end DAY_OPEN: still running at the horizon */
    char rne;           /* 'S' 'L' 'P' 'T' 'B' 'U' */
    const char *legal;  /* "C2" */
    const char *place;  /* "U6" */
    const char *rec;    /* "X1", "E4A"; "" while running */
    const char *reason; /* of a change of placement, "" */
    int8_t provider;    /* -1: blank */
    uint32_t carer;
    enum placement_group group; /* temporary rows: of the placement around them */
};
struct synth_spell {
    day start, end; /* end DAY_OPEN: still in care */
    enum route route;
    bool readmission;
    int32_t first_episode, n_episodes;
};
struct synth_child {
    struct synth_person person;
    int32_t first_spell, n_spells;
};

struct synth_people {
    struct synth_child *children; /* by number */
    size_t n_children, children_capacity;
    struct synth_spell *spells;
    size_t n_spells, spells_capacity;
    struct synth_episode *episodes;
    size_t n_episodes, episodes_capacity;
};
void synth_people_free(struct synth_people *people);

/* Appends the episodes of a period of care. decoration: the stream for temporary placements and codes. */
bool synth_episodes_add(struct synth_people *people, const struct synth_person *person,
                        const struct synth_period *period, struct stream *decoration, struct err *err);

/* How many arrivals a year (sibling groups and single asylum seekers) keep `children` in care: the mean days
 * that an arrival's children spend in care, from a fixed number of trial lives, and Little's law. */
double synth_arrivals_for(int32_t children);
/* Everybody who arrives from world->begin to the horizon and is in care at some time from window_start on, or
 * is a care leaver of 17 to 21 then. */
bool synth_people_make(const struct synth_world *world, double arrivals_per_year, struct synth_people *out,
                       struct err *err);

enum { SYNTH_ETHNICS = 18 };
extern const char *const synth_ethnics[SYNTH_ETHNICS];

#endif
