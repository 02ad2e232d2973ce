/* SPDX-License-Identifier: GPL-3.0-or-later
 * Each table is read row by row; what a later return says of the same review or absence stands. */
#include "data/outcomes.h"

#include <stdlib.h>

#include "base/vec.h"
#include "data/codes.h"

enum { SCORE_MOST = 40 };

void outcomes_free(struct outcomes *outcomes)
{
    free(outcomes->health);
    free(outcomes->leavers);
    free(outcomes->adopted);
    free(outcomes->reviews);
    free(outcomes->absences);
    free(outcomes->files);
    *outcomes = (struct outcomes){0};
}

bool outcomes_add_file(struct outcomes *outcomes, int32_t year, enum return_table table, struct err *err)
{
    if (!vec_reserve((void **)&outcomes->files, &outcomes->files_capacity, outcomes->n_files + 1,
                     sizeof *outcomes->files, err))
        return false;
    outcomes->files[outcomes->n_files++] = (struct outcome_file){year, table};
    return true;
}

static bool is_filed(const struct outcomes *outcomes, enum return_table table, int32_t year)
{
    for (size_t i = 0; i < outcomes->n_files; i++)
        if (outcomes->files[i].table == table && outcomes->files[i].year == year)
            return true;
    return false;
}

bool outcomes_cover(const struct outcomes *outcomes, enum return_table table, day first, day last)
{
    for (int32_t year = date_financial_year(first); year <= date_financial_year(last); year++)
        if (!is_filed(outcomes, table, year))
            return false;
    return true;
}

day outcomes_known_from(const struct outcomes *outcomes, enum return_table table, day last)
{
    int32_t year = date_financial_year(last);
    if (!is_filed(outcomes, table, year))
        return DAY_NONE;
    while (is_filed(outcomes, table, year - 1))
        year--;
    return date_year_end(year - 1) + 1;
}

/* ---- rows -------------------------------------------------------------------------------------------- */

static bool is_yes(const struct record *record, enum return_column column)
{
    const struct value *value = record_value(record, column);
    return value->state == VALUE_OK && value->number == 1;
}

static bool add_health(struct outcomes *outcomes, const struct record *record, int32_t child, int32_t year,
                       struct err *err)
{
    struct health_row row = {
        .child = child,
        .year = year,
        .score = OUTCOME_NO_SCORE,
        .convicted = is_yes(record, COLUMN_OC2_CONVICTED),
        .development_check = is_yes(record, COLUMN_OC2_HEALTH_CHECK),
        .immunised = is_yes(record, COLUMN_OC2_IMMUNISATIONS),
        .teeth_checked = is_yes(record, COLUMN_OC2_TEETH_CHECK),
        .health_assessed = is_yes(record, COLUMN_OC2_HEALTH_ASSESSMENT),
        .misuses = is_yes(record, COLUMN_OC2_SUBSTANCE_MISUSE),
    };
    const struct value *score = record_value(record, COLUMN_OC2_SDQ_SCORE);
    if (score->state == VALUE_OK && score->number >= 0 && score->number <= SCORE_MOST)
        row.score = (int8_t)score->number;
    /* twice in one return: the last line stands */
    if (outcomes->n_health > 0) {
        struct health_row *before = &outcomes->health[outcomes->n_health - 1];
        if (before->child == child && before->year == year) {
            *before = row;
            return true;
        }
    }
    if (!vec_reserve((void **)&outcomes->health, &outcomes->health_capacity, outcomes->n_health + 1,
                     sizeof *outcomes->health, err))
        return false;
    outcomes->health[outcomes->n_health++] = row;
    return true;
}

static enum leaver_touch touch_of(struct str text)
{
    return str_equal_text(text, "YES")    ? TOUCH_YES
           : str_equal_text(text, "DIED") ? TOUCH_DIED
           : str_equal_text(text, "RHOM") ? TOUCH_RETURNED_HOME
                                          : TOUCH_NO;
}

/* F1 P1 F2 P2 are education; F3 to F5 and P3 to P5 training or work; G4 to G6 neither. */
static enum leaver_activity activity_of(struct str text)
{
    if (text.length != 2)
        return ACTIVITY_UNKNOWN;
    if (text.at[0] == 'G')
        return ACTIVITY_NONE;
    if (text.at[0] != 'F' && text.at[0] != 'P')
        return ACTIVITY_UNKNOWN;
    return text.at[1] == '1' || text.at[1] == '2' ? ACTIVITY_EDUCATION : ACTIVITY_WORK;
}

/* The second sign of a code is 1 suitable or 2 not; 0, 01 and 02 are not known. */
static enum leaver_home home_of(struct str text)
{
    if (text.length != 2 || text.at[0] == '0')
        return HOME_UNKNOWN;
    return text.at[1] == '1' ? HOME_SUITABLE : text.at[1] == '2' ? HOME_UNSUITABLE : HOME_UNKNOWN;
}

static bool add_leaver(struct outcomes *outcomes, const struct record *record, int32_t child, int32_t year,
                       day born, struct err *err)
{
    if (born == DAY_NONE)
        born = record_day(record, COLUMN_OC3_DOB);
    const struct leaver_row row = {
        .child = child,
        .year = year,
        .age = born == DAY_NONE ? -1 : date_age_on(born, date_year_end(year)),
        .touch = touch_of(record_text(record, COLUMN_OC3_IN_TOUCH)),
        .activity = activity_of(record_text(record, COLUMN_OC3_ACTIV)),
        .home = home_of(record_text(record, COLUMN_OC3_ACCOM)),
    };
    if (!vec_reserve((void **)&outcomes->leavers, &outcomes->leavers_capacity, outcomes->n_leavers + 1,
                     sizeof *outcomes->leavers, err))
        return false;
    outcomes->leavers[outcomes->n_leavers++] = row;
    return true;
}

static bool add_adopted(struct outcomes *outcomes, const struct record *record, int32_t child, int32_t year,
                        struct err *err)
{
    const struct adopted_row row = {child, year, record_day(record, COLUMN_AD1_DATE_INT),
                                    record_day(record, COLUMN_AD1_DATE_MATCH)};
    /* a child is adopted once: the last row stands */
    if (outcomes->n_adopted > 0 && outcomes->adopted[outcomes->n_adopted - 1].child == child) {
        outcomes->adopted[outcomes->n_adopted - 1] = row;
        return true;
    }
    if (!vec_reserve((void **)&outcomes->adopted, &outcomes->adopted_capacity, outcomes->n_adopted + 1,
                     sizeof *outcomes->adopted, err))
        return false;
    outcomes->adopted[outcomes->n_adopted++] = row;
    return true;
}

static bool add_review(struct outcomes *outcomes, const struct record *record, int32_t child, struct err *err)
{
    const day date = record_day(record, COLUMN_REVIEWS_REVIEW);
    const struct str code = record_text(record, COLUMN_REVIEWS_REVIEW_CODE);
    if (date == DAY_NONE)
        return true;
    if (!vec_reserve((void **)&outcomes->reviews, &outcomes->reviews_capacity, outcomes->n_reviews + 1,
                     sizeof *outcomes->reviews, err))
        return false;
    outcomes->reviews[outcomes->n_reviews++] = (struct review_row){
        child, date, code_list_has(LIST_REVIEW_CODE, code) ? (int8_t)(code.at[2] - '0') : (int8_t)-1};
    return true;
}

static bool add_absence(struct outcomes *outcomes, const struct record *record, int32_t child, int32_t year,
                        struct err *err)
{
    const day start = record_day(record, COLUMN_MISSING_MIS_START);
    const struct value *end = record_value(record, COLUMN_MISSING_MIS_END);
    const struct str kind = record_text(record, COLUMN_MISSING_MISSING);
    const day last = end->state == VALUE_OK ? (day)end->number : DAY_OPEN;
    if (start == DAY_NONE || end->state == VALUE_BAD || !code_list_has(LIST_MISSING, kind) || last < start ||
        start > date_year_end(year) || last <= date_year_end(year - 1))
        return true;
    if (!vec_reserve((void **)&outcomes->absences, &outcomes->absences_capacity, outcomes->n_absences + 1,
                     sizeof *outcomes->absences, err))
        return false;
    outcomes->absences[outcomes->n_absences++] =
        (struct absence_row){child, start, last, str_equal_text(kind, "M")};
    return true;
}

static bool add_row(struct outcomes *outcomes, const struct record *record, int32_t child, int32_t year,
                    day born, struct err *err)
{
    if (record->table == TABLE_OC3)
        return add_leaver(outcomes, record, child, year, born, err);
    if (child == OUTCOME_NO_CHILD)
        return true;
    if (record->table == TABLE_OC2)
        return add_health(outcomes, record, child, year, err);
    if (record->table == TABLE_AD1)
        return add_adopted(outcomes, record, child, year, err);
    if (record->table == TABLE_REVIEWS)
        return add_review(outcomes, record, child, err);
    return add_absence(outcomes, record, child, year, err);
}

/* ---- one review, one absence ------------------------------------------------------------------------- */

static int by_review_date(const void *a, const void *b)
{
    const struct review_row *x = a;
    const struct review_row *y = b;
    return (x->date > y->date) - (x->date < y->date);
}

/* Rows of one child from `from` on, in order of return: of each day the last stands. */
static void settle_reviews(struct outcomes *outcomes, size_t from)
{
    size_t n = from;
    for (size_t i = from; i < outcomes->n_reviews; i++) {
        const struct review_row row = outcomes->reviews[i];
        size_t at = from;
        while (at < n && outcomes->reviews[at].date != row.date)
            at++;
        outcomes->reviews[at] = row;
        n += at == n;
    }
    outcomes->n_reviews = n;
    if (n > from)
        qsort(&outcomes->reviews[from], n - from, sizeof *outcomes->reviews, by_review_date);
}

static int by_absence_start(const void *a, const void *b)
{
    const struct absence_row *x = a;
    const struct absence_row *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return (x->is_missing > y->is_missing) - (x->is_missing < y->is_missing);
}

/* The same start in a later return: its end stands. Then those that share a day become one, missing when one
 * of them is; an absence without an end is over when the next begins on a later day. */
static void settle_absences(struct outcomes *outcomes, size_t from)
{
    struct absence_row *rows = outcomes->absences;
    size_t n = from;
    for (size_t i = from; i < outcomes->n_absences; i++) {
        const struct absence_row row = rows[i];
        size_t at = from;
        while (at < n && rows[at].start != row.start)
            at++;
        rows[at] = row;
        n += at == n;
    }
    if (n == from)
        return;
    qsort(&rows[from], n - from, sizeof *rows, by_absence_start);
    size_t last = from;
    for (size_t i = from + 1; i < n; i++) {
        if (rows[last].end == DAY_OPEN || rows[i].start < rows[last].end) {
            rows[last].end =
                rows[last].end == DAY_OPEN || rows[i].end > rows[last].end ? rows[i].end : rows[last].end;
            rows[last].is_missing = rows[last].is_missing || rows[i].is_missing;
        } else {
            rows[++last] = rows[i];
        }
    }
    outcomes->n_absences = last + 1;
}

bool outcomes_add_child(struct outcomes *outcomes, const struct child_rows *rows, int32_t child, day born,
                        const int32_t years[], struct err *err)
{
    static const enum return_table tables[] = {TABLE_OC2, TABLE_OC3, TABLE_AD1, TABLE_REVIEWS, TABLE_MISSING};
    const size_t reviews = outcomes->n_reviews;
    const size_t absences = outcomes->n_absences;
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++)
        for (size_t i = 0; i < rows->n_rows[tables[t]]; i++) {
            const struct record *record = &rows->rows[tables[t]][i];
            if (record->outcome != OUTCOME_REFUSED &&
                !add_row(outcomes, record, child, years[record->return_index], born, err))
                return false;
        }
    settle_reviews(outcomes, reviews);
    settle_absences(outcomes, absences);
    return true;
}

/* ---- order ------------------------------------------------------------------------------------------- */

/* Every row begins with child, then year or date; but for care leavers no two are equal in both. */
struct row_key {
    int32_t child, time;
};

static int by_key(const void *a, const void *b)
{
    const struct row_key *x = a;
    const struct row_key *y = b;
    if (x->child != y->child)
        return x->child < y->child ? -1 : 1;
    return (x->time > y->time) - (x->time < y->time);
}

static int by_leaver(const void *a, const void *b)
{
    const struct leaver_row *x = a;
    const struct leaver_row *y = b;
    const int keys = by_key(a, b);
    if (keys != 0)
        return keys;
    if (x->age != y->age)
        return x->age < y->age ? -1 : 1;
    if (x->touch != y->touch)
        return x->touch < y->touch ? -1 : 1;
    if (x->activity != y->activity)
        return x->activity < y->activity ? -1 : 1;
    return (x->home > y->home) - (x->home < y->home);
}

static void put_in_order(void *rows, size_t n, size_t size, int (*compare)(const void *, const void *))
{
    if (n > 0)
        qsort(rows, n, size, compare);
}

void outcomes_finish(struct outcomes *outcomes)
{
    put_in_order(outcomes->health, outcomes->n_health, sizeof *outcomes->health, by_key);
    put_in_order(outcomes->leavers, outcomes->n_leavers, sizeof *outcomes->leavers, by_leaver);
    put_in_order(outcomes->adopted, outcomes->n_adopted, sizeof *outcomes->adopted, by_key);
    put_in_order(outcomes->reviews, outcomes->n_reviews, sizeof *outcomes->reviews, by_key);
    put_in_order(outcomes->absences, outcomes->n_absences, sizeof *outcomes->absences, by_key);
}
