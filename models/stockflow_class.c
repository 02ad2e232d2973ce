/* SPDX-License-Identifier: GPL-3.0-or-later
 * Powers of two of a small matrix, so that any number of days of a month is at most five products. */
#include "models/stockflow_class.h"

#include <string.h>

static void multiply(sf_matrix a, sf_matrix b, sf_matrix out)
{
    for (int g = 0; g < SF_GROUPS; g++) {
        sf_row sum = {0};
        for (int k = 0; k < SF_GROUPS; k++)
            for (int h = 0; h < SF_WIDTH; h++)
                sum[h] += a[g][k] * b[k][h];
        memcpy(out[g], sum, sizeof sum);
    }
}

void sf_row_apply(const sf_row v, sf_matrix m, sf_row out)
{
    sf_row sum = {0};
    for (int g = 0; g < SF_GROUPS; g++)
        for (int h = 0; h < SF_WIDTH; h++)
            sum[h] += v[g] * m[g][h];
    memcpy(out, sum, sizeof sum);
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

static void class_matrices(const struct sf_now *now, int kind, struct sf_class *class, int32_t days)
{
    sf_matrix identity = {{0}};
    sf_matrix day_matrix = {{0}};
    for (int g = 0; g < SF_GROUPS; g++) {
        identity[g][g] = 1;
        for (int h = 0; h < SF_GROUPS; h++)
            day_matrix[g][h] = class->move[g] * now->destination[kind][g][h];
        day_matrix[g][g] += 1 - class->total_exit[g] - class->move[g];
    }
    memcpy(class->power[0], day_matrix, sizeof day_matrix);
    memcpy(class->sum[0], identity, sizeof identity);
    for (int i = 1; i < SF_POWERS; i++) {
        multiply(class->power[i - 1], class->power[i - 1], class->power[i]);
        multiply(class->power[i - 1], class->sum[i - 1], class->sum[i]);
        for (int g = 0; g < SF_GROUPS; g++)
            sf_row_add(class->sum[i][g], class->sum[i - 1][g]);
    }
    for (int g = 0; g < SF_GROUPS; g++) {
        memcpy(class->month[g], identity[g], sizeof(sf_row));
        memset(class->month_sum[g], 0, sizeof(sf_row));
        sf_class_step(class, days, class->month[g], class->month_sum[g]);
    }
    class->days = days;
}

void sf_class_make(const struct sf_now *now, int kind, int tic, int32_t days, struct sf_class *out)
{
    class_rates(now, kind, tic, out);
    class_matrices(now, kind, out, days);
}
