/* SPDX-License-Identifier: GPL-3.0-or-later
 * Children, periods of care and placements as the rules left them: the history that every forecast starts
 * from. */
#include "data/codes.h"
#include "store/identifiers.h"
#include "store/views_parts.h"

/* The history of one authority, and the identifiers when they are asked for. */
struct source {
    struct history history;
    struct identifiers identifiers;
};

static const char *identifier_of(const struct view_filling *filling, const struct source *source,
                                 uint64_t key)
{
    return filling->request->show_children ? identifiers_find(&source->identifiers, key) : NULL;
}

/* A row with la and child. */
static struct table_cell *begin(struct view_filling *filling, const struct source *source, size_t child,
                                struct err *err)
{
    const uint64_t key = source->history.children[child].key;
    struct table_cell *row = table_add_row(filling->out, err);
    if (row == NULL || !table_set_text(filling->out, &row[0], source->history.la_name, err) ||
        !view_set_child(filling, &row[1], key, identifier_of(filling, source, key), err))
        return NULL;
    return row;
}

static bool add_child(struct view_filling *filling, const struct source *source, size_t i, struct err *err)
{
    static const char *const sexes[] = {"unknown", "male", "female"};
    const struct child *child = &source->history.children[i];
    struct table_cell *row = begin(filling, source, i, err);
    if (row == NULL || !table_set_text(filling->out, &row[3], sexes[child->sex], err) ||
        !table_set_text(filling->out, &row[4], code_ethnic_name((enum ethnic)child->ethnic), err))
        return false;
    view_set_birth(filling, &row[2], child->born);
    table_set_integer(&row[5], child->uasc);
    table_set_integer(&row[6], child->n_spells);
    return true;
}

static bool add_period(struct view_filling *filling, const struct source *source, size_t i, struct err *err)
{
    const struct spell *spell = &source->history.spells[i];
    const size_t child = (size_t)spell->child;
    struct table_cell *row = begin(filling, source, child, err);
    if (row == NULL || (spell->end != DAY_OPEN &&
                        !table_set_text(filling->out, &row[5], route_name((enum route)spell->route), err)))
        return false;
    table_set_integer(&row[2], (int64_t)i - source->history.children[child].first_spell + 1);
    table_set_day(&row[3], spell->start);
    table_set_day(&row[4], spell->end);
    table_set_integer(&row[6], spell->start_age);
    table_set_integer(&row[7], spell->start_known);
    table_set_integer(&row[8], spell->lost);
    table_set_integer(&row[9], spell->readmission);
    return true;
}

static bool add_placement(struct view_filling *filling, const struct source *source, size_t i,
                          struct err *err)
{
    static const char *const boundaries[] = {"", "inside", "outside"};
    const struct history *history = &source->history;
    const struct segment *segment = &history->segments[i];
    const struct child *child = &history->children[segment->child];
    struct table_cell *row = begin(filling, source, (size_t)segment->child, err);
    const char *const texts[] = {
        placement_group_name((enum placement_group)segment->group),
        code_place_name((enum place)segment->place_code),
        code_provider_name(segment->provider),
        legal_group_name((enum legal_group)segment->legal),
        segment->legal_status,
        need_name((enum need)segment->need),
        segment->locality < 0 ? "" : history->localities[segment->locality],
        boundaries[segment->boundary <= 2 ? segment->boundary : 0],
    };
    for (size_t k = 0; row != NULL && k < sizeof texts / sizeof texts[0]; k++)
        if (texts[k][0] != '\0' && !table_set_text(filling->out, &row[6 + k], texts[k], err))
            return false;
    if (row == NULL)
        return false;
    table_set_integer(&row[2], (int64_t)segment->spell - child->first_spell + 1);
    table_set_day(&row[3], segment->start);
    table_set_day(&row[4], segment->end);
    table_set_integer(&row[5], date_age_on(child->born, segment->start));
    if (segment->distance_miles >= 0.0F)
        table_set_real(&row[14], (double)segment->distance_miles);
    table_set_integer(&row[15], segment->is_move);
    table_set_integer(&row[16], segment->is_new_stay);
    return true;
}

static bool add_rows(struct view_filling *filling, enum view_id view, const struct source *source,
                     struct err *err)
{
    const bool children = view == VIEW_CHILDREN, periods = view == VIEW_PERIODS;
    const size_t n = children  ? source->history.n_children
                     : periods ? source->history.n_spells
                               : source->history.n_segments;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = children  ? add_child(filling, source, i, err)
             : periods ? add_period(filling, source, i, err)
                       : add_placement(filling, source, i, err);
    return ok;
}

bool view_add_history(struct view_filling *filling, enum view_id view, int32_t la, struct err *err)
{
    struct source source = {0};
    const bool ok = store_load_history(filling->store, la, false, &source.history, err) &&
                    (!filling->request->show_children ||
                     identifiers_load(filling->store, la, &source.identifiers, err)) &&
                    add_rows(filling, view, &source, err);
    identifiers_free(&source.identifiers);
    history_free(&source.history);
    return ok;
}
