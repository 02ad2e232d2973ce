/* SPDX-License-Identifier: GPL-3.0-or-later
 * attack K LEAST TRUTH.csv PUBLISHED.csv...: what can be found out from published tables?
 *
 * An attacker of its own: it shares no code with the program, only the meaning of the columns. PUBLISHED are
 * history.csv of `history --publish` (yearly, "c" for hidden), of one publication or several: what any of
 * them shows is known. TRUTH is history.csv of `history` (monthly); it says which hidden numbers are small,
 * and nothing else. LEAST: the least number that a hidden cell is known to hold, 1 where zeros are always
 * shown.
 *
 * From the published numbers alone it sets up: groups of a kind add up to all; stock = stock before + entries
 * - exits; readmissions are some of the entries, those who turned 18 some of the exits at 16 and 17. Then it
 * asks GLPK for the least and greatest of each hidden number that is truly 1..K: 1 and K must be possible.
 * Shown numbers must be true and not small, and what is left of all without asylum-seekers, or of entries
 * without readmissions, must not be small either. Prints what it tried and found; exit 1 when it found
 * something or had nothing to try. */
#include <glpk.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS_MOST = 20000, TEXT = 96, LINE = 512, MEMBERS = 64 };

struct cell {
    char measure[TEXT], group[TEXT], date[16];
    int shown, hidden; /* in some publication */
    long value, truth;
    int has_truth, column;
};

static struct cell cells[CELLS_MOST];
static int n_cells;

static void fail(const char *what)
{
    fprintf(stderr, "attack: %s\n", what);
    exit(2);
}

static int find(const char *measure, const char *group, const char *date)
{
    for (int i = 0; i < n_cells; i++)
        if (strcmp(cells[i].date, date) == 0 && strcmp(cells[i].group, group) == 0 &&
            strcmp(cells[i].measure, measure) == 0)
            return i;
    return -1;
}

/* la,date,measure,group,unit,value; names without commas. False at the end. */
static int read_row(FILE *file, char date[16], char measure[TEXT], char group[TEXT], char value[TEXT])
{
    char line[LINE];
    if (fgets(line, sizeof line, file) == NULL)
        return 0;
    line[strcspn(line, "\r\n")] = '\0';
    char *field[6];
    int n = 0;
    for (char *at = line; n < 6; at = strchr(at, ',') + 1) {
        field[n++] = at;
        if (strchr(at, ',') == NULL)
            break;
    }
    if (n != 6)
        fail("a row without six columns");
    for (int i = 0; i < 5; i++)
        field[i][strcspn(field[i], ",")] = '\0';
    snprintf(date, 16, "%.15s", field[1]);
    snprintf(measure, TEXT, "%.95s", field[2]);
    snprintf(group, TEXT, "%.95s", field[3]);
    snprintf(value, TEXT, "%.95s", field[5]);
    return 1;
}

static void read_published(const char *path)
{
    char date[16];
    char measure[TEXT];
    char group[TEXT];
    char value[TEXT];
    FILE *file = fopen(path, "r");
    if (file == NULL || !read_row(file, date, measure, group, value))
        fail("a published file cannot be read");
    while (read_row(file, date, measure, group, value)) {
        int i = find(measure, group, date);
        if (i < 0 && n_cells == CELLS_MOST)
            fail("too many cells");
        if (i < 0) {
            i = n_cells++;
            snprintf(cells[i].date, sizeof cells[i].date, "%s", date);
            snprintf(cells[i].measure, TEXT, "%s", measure);
            snprintf(cells[i].group, TEXT, "%s", group);
        }
        if (strcmp(value, "c") == 0) {
            cells[i].hidden = 1;
            continue;
        }
        if (value[0] == '\0')
            fail("a blank where a number or c should be");
        cells[i].shown = 1;
        cells[i].value = strtol(value, NULL, 10);
    }
    fclose(file);
}

/* The 31 March on or after a date. */
static void year_end(const char *date, char out[16])
{
    const int year = (int)strtol(date, NULL, 10) + (strcmp(date + 5, "03-31") > 0);
    snprintf(out, 16, "%04d-03-31", year % 10000);
}

static void read_truth(const char *path)
{
    char date[16];
    char measure[TEXT];
    char group[TEXT];
    char value[TEXT];
    char end[16];
    FILE *file = fopen(path, "r");
    if (file == NULL || !read_row(file, date, measure, group, value))
        fail("the truth cannot be read");
    while (read_row(file, date, measure, group, value)) {
        const int is_stock = strcmp(measure, "stock") == 0;
        year_end(date, end);
        if (is_stock && strcmp(end, date) != 0)
            continue;
        const int i = find(measure, group, end);
        if (i < 0)
            continue;
        cells[i].truth += strtol(value, NULL, 10);
        cells[i].has_truth = 1;
    }
    fclose(file);
}

/* ---- the equations ----------------------------------------------------------------------------------- */

static glp_prob *glp;

struct equation {
    int columns[MEMBERS + 2];
    double times[MEMBERS + 2], known;
    int n;
};

static void add(struct equation *e, int cell, double times)
{
    if (cells[cell].shown) {
        e->known += times * (double)cells[cell].value;
        return;
    }
    if (e->n >= MEMBERS)
        fail("too many members");
    e->n++;
    e->columns[e->n] = cells[cell].column;
    e->times[e->n] = times;
}

/* The sum is 0, or at least 0. */
static void put(const struct equation *e, int at_least)
{
    if (e->n == 0) {
        if (at_least ? e->known < 0 : fabs(e->known) > 0.5)
            fail("shown numbers contradict each other");
        return;
    }
    const int row = glp_add_rows(glp, 1);
    glp_set_row_bnds(glp, row, at_least ? GLP_LO : GLP_FX, -e->known, -e->known);
    glp_set_mat_row(glp, row, e->n, e->columns, e->times);
}

static void previous_year(const char *date, char out[16])
{
    snprintf(out, 16, "%04d-03-31", ((int)strtol(date, NULL, 10) - 1) % 10000);
}

static void link_kinds(void)
{
    static const char *const kinds[] = {"placement:", "age:", "legal:", "need:", "locality:", "route:"};
    for (int i = 0; i < n_cells; i++) {
        if (strcmp(cells[i].group, "all") != 0)
            continue;
        for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
            struct equation e = {.n = 0};
            int members = 0;
            for (int j = 0; j < n_cells; j++)
                if (strncmp(cells[j].group, kinds[k], strlen(kinds[k])) == 0 &&
                    strcmp(cells[j].measure, cells[i].measure) == 0 &&
                    strcmp(cells[j].date, cells[i].date) == 0) {
                    add(&e, j, 1);
                    members++;
                }
            if (members == 0)
                continue;
            add(&e, i, -1);
            put(&e, 0);
        }
    }
}

static void link_flows(void)
{
    for (int i = 0; i < n_cells; i++) {
        char before[16];
        if (strcmp(cells[i].measure, "entries") != 0 || strcmp(cells[i].group, "all") != 0)
            continue;
        previous_year(cells[i].date, before);
        const int stock = find("stock", "all", cells[i].date);
        const int last = find("stock", "all", before);
        const int exits = find("exits", "all", cells[i].date);
        if (stock < 0 || last < 0 || exits < 0)
            continue;
        struct equation e = {.n = 0};
        add(&e, stock, -1);
        add(&e, last, 1);
        add(&e, i, 1);
        add(&e, exits, -1);
        put(&e, 0);
    }
}

static int is_small(long value, long k)
{
    return value >= 1 && value <= k;
}

/* part <= whole; counts shown ones whose difference is small. */
static int link_part(const char *measure, const char *group, const char *whole, const char *whole_group,
                     long k)
{
    int found = 0;
    for (int i = 0; i < n_cells; i++) {
        if (strcmp(cells[i].measure, measure) != 0 || strcmp(cells[i].group, group) != 0)
            continue;
        const int j = find(whole, whole_group, cells[i].date);
        if (j < 0)
            continue;
        struct equation e = {.n = 0};
        add(&e, j, 1);
        add(&e, i, -1);
        put(&e, 1);
        if (cells[i].shown && cells[j].shown && is_small(cells[j].value - cells[i].value, k)) {
            printf("left of %s %s on %s without %s: %ld\n", whole, whole_group, cells[i].date, group,
                   cells[j].value - cells[i].value);
            found++;
        }
    }
    return found;
}

static void make_columns(long least)
{
    for (int i = 0; i < n_cells; i++) {
        if (cells[i].shown)
            continue;
        const int total = find(cells[i].measure, "all", cells[i].date);
        const int of_hidden = total >= 0 && total != i && !cells[total].shown; /* then no part is shown */
        cells[i].column = glp_add_cols(glp, 1);
        glp_set_col_bnds(glp, cells[i].column, GLP_LO, of_hidden ? 0.0 : (double)least, 0.0);
    }
}

/* The bound in a direction; infinite where there is none. */
static double bound(int column, int direction)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    glp_set_obj_dir(glp, direction > 0 ? GLP_MAX : GLP_MIN);
    glp_set_obj_coef(glp, column, 1);
    if (glp_simplex(glp, &how) != 0)
        fail("the simplex method gave up");
    const int status = glp_get_status(glp);
    const double value = glp_get_obj_val(glp);
    glp_set_obj_coef(glp, column, 0);
    if (status == GLP_UNBND)
        return direction > 0 ? INFINITY : -INFINITY;
    if (status != GLP_OPT)
        fail("no numbers fit what was published");
    return value;
}

int main(int argc, char **argv)
{
    long attacked = 0;
    long narrowed = 0;
    if (argc < 5)
        fail("attack K LEAST TRUTH.csv PUBLISHED.csv...");
    const long k = strtol(argv[1], NULL, 10);
    const long least = strtol(argv[2], NULL, 10);
    for (int i = 4; i < argc; i++)
        read_published(argv[i]);
    read_truth(argv[3]);
    glp_term_out(GLP_OFF);
    glp = glp_create_prob();
    make_columns(least);
    link_kinds();
    link_flows();
    narrowed += link_part("stock", "uasc:yes", "stock", "all", k) +
                link_part("entries", "uasc:yes", "entries", "all", k) +
                link_part("exits", "uasc:yes", "exits", "all", k) +
                link_part("readmissions", "all", "entries", "all", k) +
                link_part("exits", "route:aged_out", "exits", "age:16-17", k);
    for (int i = 0; i < n_cells; i++) {
        if (!cells[i].has_truth)
            fail("a published cell that the truth does not have");
        if (cells[i].shown && (cells[i].value != cells[i].truth || is_small(cells[i].value, k))) {
            printf("shown: %s %s on %s: %ld\n", cells[i].measure, cells[i].group, cells[i].date,
                   cells[i].value);
            narrowed++;
        }
        if (cells[i].shown || !is_small(cells[i].truth, k))
            continue;
        attacked++;
        const double low = bound(cells[i].column, -1);
        const double high = bound(cells[i].column, 1);
        if (low <= 1 + 1e-6 && high >= (double)k - 1e-6)
            continue;
        printf("narrowed: %s %s on %s is %g to %g\n", cells[i].measure, cells[i].group, cells[i].date, low,
               high);
        narrowed++;
    }
    glp_delete_prob(glp);
    glp_free_env();
    printf("attacked %ld, found %ld\n", attacked, narrowed);
    return narrowed > 0 || attacked == 0 ? 1 : 0;
}
