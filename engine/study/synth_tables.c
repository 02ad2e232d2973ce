/* SPDX-License-Identifier: GPL-3.0-or-later
 * A return files what is known on its 31 March: an episode that ends later is open. The same episode is filed
 * again, with its end, in the next return, as the guide asks. */
#include "study/synth_tables.h"

#include <stdio.h>

enum { CELL_LONGEST = 24, SCHOOL_AGE = 4 };

static const struct table_column columns[COLUMN_COUNT] = {
#define RETURN_COLUMN(table, member, name, kind, need) {name, 0},
#include "data/codes/column.def"
#undef RETURN_COLUMN
};

static const char *const table_names[TABLE_COUNT] = {
#define RETURN_TABLE(member, name, aliases, words) name,
#include "data/codes/table.def"
#undef RETURN_TABLE
};

static const enum return_column first_columns[TABLE_COUNT] = {
    COLUMN_HEADER_CHILD,     COLUMN_EPISODES_CHILD, COLUMN_UASC_CHILD, COLUMN_REVIEWS_CHILD,
    COLUMN_OC2_CHILD,        COLUMN_OC3_CHILD,      COLUMN_AD1_CHILD,  COLUMN_PLACED_CHILD,
    COLUMN_PERMANENCE_CHILD, COLUMN_MISSING_CHILD,  COLUMN_SW_CHILD,   COLUMN_DOLO_CHILD,
};

enum return_column synth_first_column(enum return_table table)
{
    return first_columns[table];
}

/* How many columns are filed: those that DfE adds to extracts are not. */
static size_t n_columns(enum return_table table)
{
    if (table == TABLE_EPISODES)
        return COLUMN_EPISODES_PL_LA - COLUMN_EPISODES_CHILD;
    const int end = table + 1 == TABLE_COUNT ? (int)COLUMN_COUNT : (int)first_columns[table + 1];
    return (size_t)(end - (int)first_columns[table]);
}

struct synth_row synth_add_row(struct synth_filing *filing, enum return_table table, struct err *err)
{
    struct synth_row row = {.table = &filing->filed->tables[table], .first = first_columns[table]};
    row.cells = table_add_row(row.table, err);
    row.ok = row.cells != NULL;
    return row;
}

void synth_put(struct synth_row *row, enum return_column column, const char *text, struct err *err)
{
    if (row->ok && text[0] != '\0')
        row->ok = table_set_text(row->table, &row->cells[column - row->first], text, err);
}

void synth_put_day(struct synth_row *row, enum return_column column, day date, struct err *err)
{
    char text[CELL_LONGEST];
    if (date == DAY_NONE || date == DAY_OPEN)
        return;
    const struct civil civil = date_to_civil(date);
    if (snprintf(text, sizeof text, "%02d/%02d/%04d", (int)civil.day, (int)civil.month, (int)civil.year) > 0)
        synth_put(row, column, text, err);
}

void synth_put_number(struct synth_row *row, enum return_column column, int32_t number, struct err *err)
{
    char text[CELL_LONGEST];
    if (snprintf(text, sizeof text, "%d", (int)number) > 0)
        synth_put(row, column, text, err);
}

static void put_child(struct synth_row *row, const struct synth_person *person, struct err *err)
{
    char text[CELL_LONGEST];
    if (snprintf(text, sizeof text, "SY%06u", (unsigned)person->number) > 0)
        synth_put(row, row->first, text, err);
}

struct synth_row synth_add_child_row(struct synth_filing *filing, enum return_table table,
                                     const struct synth_person *person, struct err *err)
{
    struct synth_row row = synth_add_row(filing, table, err);
    put_child(&row, person, err);
    synth_put_day(&row, (enum return_column)(row.first + 1), person->born, err);
    return row;
}

bool synth_in_year(const struct synth_filing *filing, const struct synth_spell *spell)
{
    return spell->start <= filing->last && spell->end >= filing->first;
}

struct stream synth_row_stream(const struct synth_filing *filing, enum return_table table,
                               const struct synth_person *person)
{
    enum { FIRST_TABLE_STREAM = 16 };
    return stream_make(filing->world->seed, PURPOSE_SYNTH, FIRST_TABLE_STREAM + (uint32_t)table,
                       person->number, (uint32_t)filing->year);
}

/* ---- what cannot be real ----------------------------------------------------------------------------- */

/* Spreads a number over all bits, so that neighbours in number are not neighbours in place. */
static uint32_t scatter(uint32_t x)
{
    x ^= x >> 16;
    x *= UINT32_C(0x7feb352d);
    x ^= x >> 15;
    x *= UINT32_C(0x846ca68b);
    return x ^ x >> 16;
}

/* XA is the authority, XB to XD its neighbours; no British postcode begins with X. */
static void put_postcode(struct synth_row *row, enum return_column column, uint32_t of, bool far,
                         struct err *err)
{
    static const char letters[] = "ABDEFGHJLNPQRSTUWXYZ"; /* of inward codes */
    enum { LETTERS = sizeof letters - 1 };
    char text[CELL_LONGEST];
    const uint32_t x = scatter(of);
    const char area = far ? (char)('B' + x % 3) : 'A';
    if (snprintf(text, sizeof text, "X%c%u %u%c%c", area, (unsigned)(x / 3 % 12 + 1), (unsigned)(x / 36 % 10),
                 letters[x / 360 % LETTERS], letters[x / 7200 % LETTERS]) > 0)
        synth_put(row, column, text, err);
}

/* A learner number of authority 000, which does not exist. */
static void put_upn(struct synth_row *row, const struct synth_person *person, day date, struct err *err)
{
    static const char letters[] = "ABCDEFGHJKLMNPQRTUVWXYZ";
    char text[CELL_LONGEST];
    if (date_age_on(person->born, date) < SCHOOL_AGE) {
        synth_put(row, COLUMN_HEADER_UPN, "UN1", err);
    } else if (person->uasc) {
        synth_put(row, COLUMN_HEADER_UPN, "UN3", err);
    } else if (snprintf(text, sizeof text, "%c000%09u", letters[person->number % (sizeof letters - 1)],
                        (unsigned)person->number) > 0) {
        synth_put(row, COLUMN_HEADER_UPN, text, err);
    }
}

static bool is_outside(const struct synth_episode *episode)
{
    const uint32_t share = scatter(episode->carer ^ 0x5bd1e995) % 100;
    switch (episode->group) {
    case PLACEMENT_FOSTER_IFA:
        return share < 60;
    case PLACEMENT_RES_EXTERNAL:
    case PLACEMENT_SECURE:
    case PLACEMENT_RES_OTHER:
    case PLACEMENT_ADOPTION:
    case PLACEMENT_OTHER:
        return share < 70;
    case PLACEMENT_SUPPORTED:
        return share < 40;
    case PLACEMENT_FOSTER_KIN:
    case PLACEMENT_PARENTS:
    case PLACEMENT_FOSTER_INHOUSE:
    case PLACEMENT_RES_INHOUSE:
    case PLACEMENT_COUNT:
        break;
    }
    return share < 22;
}

/* Agencies, homes and the council's own fostering service are registered; homes of parents and relatives are
 * not. All invented numbers begin 99999. */
static void put_urn(struct synth_row *row, const struct synth_episode *episode, struct err *err)
{
    enum { AGENCIES = 20, HOMES = 60 };
    char text[CELL_LONGEST];
    const uint32_t x = scatter(episode->carer);
    uint32_t urn = 0;
    switch (episode->group) {
    case PLACEMENT_FOSTER_KIN:
    case PLACEMENT_FOSTER_INHOUSE:
        urn = 1;
        break;
    case PLACEMENT_FOSTER_IFA:
        urn = 10 + x % AGENCIES;
        break;
    case PLACEMENT_RES_INHOUSE:
        urn = 2 + x % 5;
        break;
    case PLACEMENT_RES_EXTERNAL:
    case PLACEMENT_SECURE:
    case PLACEMENT_SUPPORTED:
    case PLACEMENT_RES_OTHER:
        urn = 40 + x % HOMES;
        break;
    case PLACEMENT_ADOPTION:
    case PLACEMENT_PARENTS:
    case PLACEMENT_OTHER:
    case PLACEMENT_COUNT:
        return;
    }
    if (snprintf(text, sizeof text, "99999%02u", (unsigned)urn) > 0)
        synth_put(row, COLUMN_EPISODES_URN, text, err);
}

/* ---- header, episodes, uasc -------------------------------------------------------------------------- */

static bool file_header(struct synth_filing *filing, const struct synth_person *person, struct err *err)
{
    struct synth_row row = synth_add_row(filing, TABLE_HEADER, err);
    put_child(&row, person, err);
    synth_put(&row, COLUMN_HEADER_SEX, person->male ? "M" : "F", err);
    synth_put_day(&row, COLUMN_HEADER_DOB, person->born, err);
    synth_put(&row, COLUMN_HEADER_ETHNIC, synth_ethnics[person->ethnic], err);
    put_upn(&row, person, filing->last, err);
    if (!person->male)
        synth_put(&row, COLUMN_HEADER_MOTHER, "0", err);
    return row.ok;
}

static bool file_episode(struct synth_filing *filing, const struct synth_person *person,
                         const struct synth_episode *episode, struct err *err)
{
    char text[CELL_LONGEST];
    const bool closed = episode->end <= filing->last;
    struct synth_row row = synth_add_row(filing, TABLE_EPISODES, err);
    put_child(&row, person, err);
    synth_put_day(&row, COLUMN_EPISODES_DECOM, episode->start, err);
    const char rne[2] = {episode->rne, '\0'};
    synth_put(&row, COLUMN_EPISODES_RNE, rne, err);
    synth_put(&row, COLUMN_EPISODES_LS, episode->legal, err);
    synth_put(&row, COLUMN_EPISODES_CIN, need_name(person->need), err);
    synth_put(&row, COLUMN_EPISODES_PLACE, episode->place, err);
    if (episode->provider >= 0 && snprintf(text, sizeof text, "PR%d", (int)episode->provider) > 0)
        synth_put(&row, COLUMN_EPISODES_PLACE_PROVIDER, text, err);
    if (closed) {
        synth_put_day(&row, COLUMN_EPISODES_DEC, episode->end, err);
        synth_put(&row, COLUMN_EPISODES_REC, episode->rec, err);
        synth_put(&row, COLUMN_EPISODES_REASON_PLACE_CHANGE, episode->reason, err);
    }
    if (!person->uasc) { /* the guide leaves postcodes of unaccompanied asylum seekers blank */
        put_postcode(&row, COLUMN_EPISODES_HOME_POST, person->family + 1, false, err);
        const bool at_home = episode->group == PLACEMENT_PARENTS;
        put_postcode(&row, COLUMN_EPISODES_PL_POST, at_home ? person->family + 1 : episode->carer,
                     !at_home && is_outside(episode), err);
    }
    if (episode->place[0] != 'T')
        put_urn(&row, episode, err);
    return row.ok;
}

static bool file_uasc(struct synth_filing *filing, const struct synth_child *child, struct err *err)
{
    const struct synth_person *person = &child->person;
    const struct synth_spell *last = &filing->people->spells[child->first_spell + child->n_spells - 1];
    const day adult = date_birthday(person->born, 18);
    struct synth_row row = synth_add_row(filing, TABLE_UASC, err);
    put_child(&row, person, err);
    synth_put(&row, COLUMN_UASC_SEX, person->male ? "M" : "F", err);
    synth_put_day(&row, COLUMN_UASC_DOB, person->born, err);
    if (last->end != DAY_OPEN && last->end <= filing->last && last->end >= adult)
        synth_put_day(&row, COLUMN_UASC_DUC, adult, err);
    return row.ok;
}

static bool file_child(struct synth_filing *filing, const struct synth_child *child, struct err *err)
{
    const struct synth_people *people = filing->people;
    bool in_care = false;
    for (int32_t i = 0; i < child->n_spells; i++) {
        const struct synth_spell *spell = &people->spells[child->first_spell + i];
        if (!synth_in_year(filing, spell))
            continue;
        in_care = true;
        for (int32_t k = 0; k < spell->n_episodes; k++) {
            const struct synth_episode *episode = &people->episodes[spell->first_episode + k];
            if (episode->start <= filing->last && episode->end >= filing->first &&
                !file_episode(filing, &child->person, episode, err))
                return false;
        }
    }
    if (!in_care && !synth_is_leaver(filing, child))
        return true;
    if (!file_header(filing, &child->person, err) ||
        (in_care && child->person.uasc && !file_uasc(filing, child, err)))
        return false;
    return synth_file_extras(filing, child, err);
}

bool synth_file_return(struct synth_filing *filing, struct err *err)
{
    filing->filed->year = filing->year;
    for (int i = 0; i < TABLE_COUNT; i++)
        table_init(&filing->filed->tables[i], table_names[i], &columns[first_columns[i]],
                   n_columns((enum return_table)i));
    for (size_t i = 0; i < filing->people->n_children; i++)
        if (!file_child(filing, &filing->people->children[i], err))
            return false;
    return true;
}
