/* SPDX-License-Identifier: GPL-3.0-or-later
 * Powers of two of a small matrix, so that any number of days of a month is at most five products. */
#include "models/stockflow_class.h"

#include <string.h>

#include "base/err.h"

/* Two numbers that the machine works on at once. */
typedef double pair __attribute__((vector_size(16)));
enum { PAIR = 2, PART = 3 * PAIR }; /* numbers of a pair, and of what fits in registers */

static pair pair_at(const double *numbers)
{
    pair both;
    memcpy(&both, numbers, sizeof both);
    return both;
}

void sf_row_apply(const sf_row v, sf_matrix m, sf_row out)
{
    sf_row result;
    for (int h = 0; h < SF_WIDTH; h += PART) {
        pair sums[3] = {{0, 0}, {0, 0}, {0, 0}};
        for (int g = 0; g < SF_GROUPS; g++) {
            const pair factor = {v[g], v[g]};
            sums[0] += factor * pair_at(m[g] + h);
            sums[1] += factor * pair_at(m[g] + h + PAIR);
            sums[2] += factor * pair_at(m[g] + h + PAIR + PAIR);
        }
        memcpy(result + h, sums, sizeof sums);
    }
    memcpy(out, result, sizeof result);
}

static void multiply(sf_matrix a, sf_matrix b, sf_matrix out)
{
    for (int g = 0; g < SF_GROUPS; g++)
        sf_row_apply(a[g], b, out[g]);
}

static void add(sf_matrix a, sf_matrix to)
{
    for (int g = 0; g < SF_GROUPS; g++)
        sf_row_add(to[g], a[g]);
}

void sf_row_add(sf_row to, const sf_row v)
{
    for (int h = 0; h < SF_WIDTH; h++)
        to[h] += v[h];
}

void sf_class_step(struct sf_class *class, int32_t days, sf_row v, sf_row risk)
{
    for (int i = 0; i < SF_POWERS; i++) {
        if ((days >> i & 1) == 0)
            continue;
        sf_row part;
        sf_row_apply(v, class->sum[i], part);
        sf_row_add(risk, part);
        sf_row_apply(v, class->power[i], part);
        memcpy(v, part, sizeof part);
    }
}

static void class_rates(const struct sf_now *now, int kind, int tic, struct sf_class *class)
{
    for (int g = 0; g < SF_GROUPS; g++) {
        class->total_exit[g] = 0;
        for (int r = 0; r < ROUTE_COUNT; r++) {
            class->exit[g][r] = now->exit[kind][tic][g][r];
            class->total_exit[g] += class->exit[g][r];
        }
        class->move[g] = now->move[kind][tic][g];
    }
}

static void class_matrices(const struct sf_now *now, int kind, struct sf_class *class)
{
    memset(class->power[0], 0, sizeof class->power[0]);
    memset(class->sum[0], 0, sizeof class->sum[0]);
    for (int g = 0; g < SF_GROUPS; g++) {
        class->sum[0][g][g] = 1;
        for (int h = 0; h < SF_GROUPS; h++)
            class->power[0][g][h] = class->move[g] * now->destination[kind][g][h];
        class->power[0][g][g] += 1 - class->total_exit[g] - class->move[g];
    }
    for (int i = 1; i < SF_POWERS; i++) {
        multiply(class->power[i - 1], class->power[i - 1], class->power[i]);
        multiply(class->power[i - 1], class->sum[i - 1], class->sum[i]);
        add(class->sum[i - 1], class->sum[i]);
    }
}

void sf_class_make(const struct sf_now *now, int kind, int tic, struct sf_class *out)
{
    class_rates(now, kind, tic, out);
    class_matrices(now, kind, out);
    out->n_lengths = 0;
}

/* 28 = 4 + 8 + 16, and the days at risk of a + b days are those of a, then of b from where a left off. */
static void least_month(struct sf_class *class)
{
    sf_matrix twelve;
    sf_matrix twelve_sum;
    multiply(class->power[2], class->power[3], twelve);
    multiply(class->power[2], class->sum[3], twelve_sum);
    add(class->sum[2], twelve_sum);
    multiply(twelve, class->power[4], class->month[0]);
    multiply(twelve, class->sum[4], class->month_sum[0]);
    add(twelve_sum, class->month_sum[0]);
}

size_t sf_class_month(struct sf_class *class, int32_t days)
{
    bug_if(days < SF_LEAST_DAYS || days >= SF_LEAST_DAYS + SF_LENGTHS);
    const int32_t wanted = days - SF_LEAST_DAYS;
    if (class->n_lengths == 0) {
        least_month(class);
        class->n_lengths = 1;
    }
    for (; class->n_lengths <= wanted; class->n_lengths++) {
        const int32_t n = class->n_lengths;
        multiply(class->month[n - 1], class->power[0], class->month[n]);
        memcpy(class->month_sum[n], class->month_sum[n - 1], sizeof(sf_matrix));
        add(class->month[n - 1], class->month_sum[n]);
    }
    return (size_t)wanted;
}
