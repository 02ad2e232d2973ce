/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/population.h: children of an authority on a day, by age band.
 *
 * Ownership: a population owns its arrays; population_free releases them.
 *
 * What is published is a figure for 30 June of a year: an estimate, or a projection that starts from the
 * estimate of its base year. Several projections may be stored; of estimates only the latest form (they are
 * revised after each census). From these lines one series is made:
 *
 *  - estimates as they are; beyond the last one the latest projection that reaches beyond it, multiplied band
 *    by band so that it goes through that estimate (a projection of 2018 knows nothing of a census of 2021,
 *    and the step between the two is no growth);
 *  - a year with one figure for ages 0 to 17 is divided into bands as the line with bands nearest in time is,
 *    and where no line has bands the one figure stands for every band: only ratios are asked for.
 *
 * Example: estimates 1,000 (mid-2020) and 1,010 (mid-2021); a projection with 1,100 for mid-2021 and 1,210
 * for mid-2022. On 30 June 2022 there are 1,010 x 1,210 / 1,100 = 1,111 children. */
#ifndef TURNCURVE_DATA_POPULATION_H
#define TURNCURVE_DATA_POPULATION_H

#include "base/date.h"
#include "base/err.h"
#include "data/group.h"
#include "data/yearly.h"

enum {
    POPULATION_ALL = AGE_COUNT, /* ages 0 to 17 together, beside enum age_band */
    POPULATION_SERIES,
    POPULATION_WORDS = 160
};

/* One published mid-year. */
struct population_line {
    int32_t mid_year;                   /* 30 June of it */
    int32_t base;                       /* 0: an estimate; else the year that the projection starts from */
    double children[POPULATION_SERIES]; /* NaN where not known */
};

struct population {
    struct population_line *lines; /* as published, estimates first, then by base and mid-year */
    size_t n_lines;
    struct population_line *years; /* the one series, all numbers known, by mid-year */
    size_t n_years;
    int32_t last_estimate, base; /* what the series is made of: its last estimate, the projection; 0 none */
    bool by_age;                 /* bands differ; else each is ages 0 to 17 together */
};

/* Makes a population of lines in any order; those without any usable figure are left out. Bands are taken
 * when all of them are known, and scaled to the figure for all ages where both are there. ERR_MEMORY. */
bool population_make(const struct population_line lines[], size_t n, struct population *out, struct err *err);
/* The same from published yearly totals: the figure of year Y is the estimate of mid-year Y-1. */
bool population_from_yearly(const struct yearly *yearly, struct population *out, struct err *err);
void population_free(struct population *population);

/* Children of a band (or POPULATION_ALL) on a day: linear between mid-years; before the first and after the
 * last the figure of that one. NaN when nothing is known. */
double population_on(const struct population *population, int series, day date);

/* The first day on which a line was known. An estimate of mid-year Y: 1 August of Y+1 (those of 2012 to 2020,
 * 2023 and 2024 were published from June to 30 July of the year after). A projection with base B: 1 July of
 * B+3, the longest that any took. Other days are in data/codes/population_release.def. */
day population_known_from(int32_t mid_year, int32_t base);
/* What was known on a day: the lines published by then, and the series made of them. Estimates have their
 * present form, which a later census may have revised. */
bool population_as_known(const struct population *population, day origin, struct population *out,
                         struct err *err);

/* What entries are measured against, in words: "mid-year estimates to 2024, projection 2022-based to 2047; by
 * age". NULL: none is stored. */
void population_words(const struct population *population, char out[POPULATION_WORDS]);

#endif
