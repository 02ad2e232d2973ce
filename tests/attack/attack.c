/* SPDX-License-Identifier: GPL-3.0-or-later
 * attack K LEAST TRUTH.csv [TRUTH.csv...] -- PUBLISHED.csv...: what can be found out from published tables?
 *
 * An attacker of its own: it shares no code with the program, only the meaning of the columns. PUBLISHED are
 * history.csv of `history --publish` (yearly, "c" for hidden) and card.csv of `card --publish`, of one
 * publication or several: what any of them shows is known. TRUTH is history.csv of `history` (monthly), and
 * card.csv of `card`; it says which hidden numbers are small, and nothing else. LEAST: the least number that
 * a hidden cell is known to hold, 1 where zeros are always shown.
 *
 * From the published numbers alone it sets up: groups of a kind add up to all; stock = stock before + entries
 * - exits, over years and quarters; quarters make a year; who is counted by a measure of a card is some of
 * those of whom; readmissions are some of the entries, those who turned 18 some of the exits at 16 and 17.
 * Then it asks GLPK for the least and greatest of each hidden number that is truly 1..K: 1 and K must be
 * possible. Shown numbers must be true and not small, and what is left of all without asylum-seekers, or of
 * entries without readmissions, must not be small either. Prints what it tried and found; exit 1 when it
 * found something or had nothing to try. */
#include <glpk.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS_MOST = 20000, TEXT = 96, LINE = 512, MEMBERS = 64 };

struct cell {
    char measure[TEXT], group[TEXT], date[16];
    int months;        /* of a flow: 12 or 3; else 0 */
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

static int find(const char *measure, const char *group, const char *date, int months)
{
    for (int i = 0; i < n_cells; i++)
        if (cells[i].months == months && strcmp(cells[i].date, date) == 0 &&
            strcmp(cells[i].group, group) == 0 && strcmp(cells[i].measure, measure) == 0)
            return i;
    return -1;
}

enum { FIELDS = 12 };
struct row {
    char field[FIELDS][TEXT];
    int n;
};

/* Names without commas. False at the end. */
static int read_row(FILE *file, struct row *row)
{
    char line[LINE];
    if (fgets(line, sizeof line, file) == NULL)
        return 0;
    line[strcspn(line, "\r\n")] = '\0';
    row->n = 0;
    for (char *at = line; at != NULL && row->n < FIELDS; row->n++) {
        char *comma = strchr(at, ',');
        if (comma != NULL)
            *comma++ = '\0';
        snprintf(row->field[row->n], TEXT, "%.95s", at);
        at = comma;
    }
    return 1;
}

static int is_flow(const char *measure)
{
    static const char *const flows[] = {"entries", "exits", "moves", "readmissions"};
    for (size_t i = 0; i < sizeof flows / sizeof flows[0]; i++)
        if (strcmp(flows[i], measure) == 0)
            return 1;
    return 0;
}

/* A value of a publication, or of the truth, which adds up and is of published cells only. */
static void take(const char *measure, const char *group, const char *date, int months, const char *value,
                 int is_truth)
{
    int i = find(measure, group, date, months);
    if (i < 0 && is_truth)
        return;
    if (i < 0 && n_cells == CELLS_MOST)
        fail("too many cells");
    if (i < 0) {
        i = n_cells++;
        snprintf(cells[i].date, sizeof cells[i].date, "%s", date);
        snprintf(cells[i].measure, TEXT, "%s", measure);
        snprintf(cells[i].group, TEXT, "%s", group);
        cells[i].months = months;
    }
    if (is_truth) {
        cells[i].truth += strtol(value, NULL, 10);
        cells[i].has_truth = 1;
    } else if (strcmp(value, "c") == 0) {
        cells[i].hidden = 1;
    } else {
        cells[i].shown = 1;
        cells[i].value = strtol(value, NULL, 10);
    }
}

/* The last day of the month so many months later; of the months that end years and quarters. */
static void month_end(const char *date, int months, char out[16])
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int month = (int)strtol(date, NULL, 10) * 12 + (int)strtol(date + 5, NULL, 10) - 1 + months;
    snprintf(out, 16, "%04d-%02d-%02d", month / 12 % 10000, month % 12 + 1, days[month % 12]);
}

/* The end of the period of 12 or 3 months with a date in it; both begin with April. */
static void period_end(const char *date, int months, char out[16])
{
    const int month = (int)strtol(date + 5, NULL, 10) - 1;
    month_end(date, (months - 1) - (month + 9) % 12 % months, out);
}

/* la,date,measure,group,unit,value. Truths are monthly, and become years and quarters. */
static void take_history(const struct row *row, int is_truth)
{
    const char *date = row->field[1], *measure = row->field[2], *group = row->field[3];
    const char *value = row->field[5];
    char end[16];
    if (row->n != 6)
        fail("a row without six columns");
    if (!is_truth && value[0] == '\0')
        fail("a blank where a number or c should be");
    if (!is_flow(measure)) {
        take(measure, group, date, 0, value, is_truth);
        return;
    }
    period_end(date, 12, end);
    take(measure, group, is_truth ? end : date, 12, value, is_truth);
    period_end(date, 3, end);
    if (is_truth)
        take(measure, group, end, 3, value, is_truth);
}

/* The names of history for what a card counts, too. */
static const struct {
    const char *name, *measure, *group;
} counted[] = {
    {"stock", "stock", "all"}, {"stock_uasc", "stock", "uasc:yes"}, {"entries", "entries", "all"},
    {"exits", "exits", "all"}, {"moves", "moves", "all"},           {"readmissions", "readmissions", "all"},
};

/* The numerator of a mean is a sum of days or scores. */
static int is_mean(const char *name)
{
    static const char *const means[] = {"duration", "sdq_mean", "entry_to_placed", "decision_to_match"};
    for (size_t i = 0; i < sizeof means / sizeof means[0]; i++)
        if (strcmp(means[i], name) == 0)
            return 1;
    return 0;
}

/* quarter,question,measure,locality,numerator,denominator,value,target,previous. */
static void take_card(const struct row *row, int is_truth)
{
    const char *count = row->field[4], *of = row->field[5];
    char quarter[16];
    char end[16];
    char name[TEXT];
    if (row->n < 9)
        fail("a row of a card without nine columns");
    if (count[0] == '\0' || row->field[3][0] != '\0')
        return;
    snprintf(quarter, sizeof quarter, "%.4s-06-30", row->field[0]);
    month_end(quarter, 3 * (row->field[0][8] - '1'), end);
    for (size_t i = 0; i < sizeof counted / sizeof counted[0]; i++) {
        char before[16];
        if (strcmp(counted[i].name, row->field[2]) != 0)
            continue;
        const int months = is_flow(counted[i].measure) ? 3 : 0;
        if (is_truth) /* that of history adds up */
            return;
        month_end(end, -12, before);
        take(counted[i].measure, counted[i].group, end, months, count, 0);
        if (row->field[8][0] != '\0')
            take(counted[i].measure, counted[i].group, before, months, row->field[8], 0);
        return;
    }
    snprintf(name, TEXT, "card:%.90s", row->field[2]);
    if (of[0] == '\0') {
        take(name, "all", end, 0, count, is_truth);
        return;
    }
    if (!is_mean(row->field[2]))
        take(name, "counted", end, 0, count, is_truth);
    take(name, "of", end, 0, of, is_truth);
}

static void read_file(const char *path, int is_truth)
{
    struct row row;
    FILE *file = fopen(path, "r");
    if (file == NULL || !read_row(file, &row))
        fail("a file cannot be read");
    const int is_card = strcmp(row.field[0], "quarter") == 0;
    while (read_row(file, &row)) {
        if (is_card)
            take_card(&row, is_truth);
        else
            take_history(&row, is_truth);
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
                    cells[j].months == cells[i].months && strcmp(cells[j].measure, cells[i].measure) == 0 &&
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
        month_end(cells[i].date, -cells[i].months, before);
        const int stock = find("stock", "all", cells[i].date, 0);
        const int last = find("stock", "all", before, 0);
        const int exits = find("exits", "all", cells[i].date, cells[i].months);
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

/* A year is its quarters, or more than those that are known. */
static void link_quarters(void)
{
    for (int i = 0; i < n_cells; i++) {
        struct equation e = {.n = 0};
        int quarters = 0;
        if (cells[i].months != 12)
            continue;
        add(&e, i, 1);
        for (int q = 0; q < 4; q++) {
            char end[16];
            month_end(cells[i].date, -3 * q, end);
            const int quarter = find(cells[i].measure, cells[i].group, end, 3);
            if (quarter < 0)
                continue;
            add(&e, quarter, -1);
            quarters++;
        }
        if (quarters > 0)
            put(&e, quarters < 4);
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
        const int j = find(whole, whole_group, cells[i].date, cells[i].months);
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

/* Who is counted by a measure of a card, and of whom. */
static int link_shares(long k)
{
    int found = 0;
    for (int i = 0; i < n_cells; i++)
        if (strcmp(cells[i].group, "counted") == 0) {
            int first = 1;
            for (int j = 0; j < i && first; j++)
                first =
                    strcmp(cells[j].group, "counted") != 0 || strcmp(cells[j].measure, cells[i].measure) != 0;
            if (first)
                found += link_part(cells[i].measure, "counted", cells[i].measure, "of", k);
        }
    return found;
}

static void make_columns(long least)
{
    for (int i = 0; i < n_cells; i++) {
        if (cells[i].shown)
            continue;
        const int total = find(cells[i].measure, "all", cells[i].date, cells[i].months);
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
        fail("attack K LEAST TRUTH.csv... -- PUBLISHED.csv...");
    const long k = strtol(argv[1], NULL, 10);
    const long least = strtol(argv[2], NULL, 10);
    int rule = 3;
    while (rule < argc && strcmp(argv[rule], "--") != 0)
        rule++;
    for (int i = rule + 1; i < argc; i++)
        read_file(argv[i], 0);
    for (int i = 3; i < rule; i++)
        read_file(argv[i], 1);
    glp_term_out(GLP_OFF);
    glp = glp_create_prob();
    make_columns(least);
    link_kinds();
    link_flows();
    link_quarters();
    narrowed += link_shares(k) + link_part("stock", "uasc:yes", "stock", "all", k) +
                link_part("entries", "uasc:yes", "entries", "all", k) +
                link_part("exits", "uasc:yes", "exits", "all", k) +
                link_part("readmissions", "all", "entries", "all", k) +
                link_part("exits", "route:aged_out", "exits", "age:16-17", k);
    for (int i = 0; i < n_cells; i++) {
        if (!cells[i].has_truth && !cells[i].shown) /* "c" where nothing is */
            continue;
        if (!cells[i].has_truth) {
            fprintf(stderr, "%s %s on %s: ", cells[i].measure, cells[i].group, cells[i].date);
            fail("a published cell that the truth does not have");
        }
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
