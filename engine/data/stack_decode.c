/* SPDX-License-Identifier: GPL-3.0-or-later
 * The codes of an episode row, looked up once. What is wrong with them is told by later steps, which know the
 * neighbours. */
#include "data/stack_rows.h"

#define EPISODE(record, column) STACK_VALUE(record, EPISODES, EPISODES_##column)

static void decode_ending(const struct stacking *s, struct row *row)
{
    const struct str text = stack_text(EPISODE(row->record, REC));
    const enum rec reason = code_rec_find(text);
    row->reason = (uint8_t)reason;
    row->route = ROUTE_OTHER;
    if (row->ending == ENDING_OPEN || row->end == DAY_OPEN || text.length == 0)
        return;
    if (reason == REC_X1) {
        row->ending = ENDING_NEXT;
    } else if (reason == REC_UNKNOWN || reason == REC_E99) {
        row->ending = ENDING_UNKNOWN;
    } else {
        row->ending = ENDING_LEFT;
        row->route = (uint8_t)code_rec_route(reason, s->eighteen - row->end);
    }
}

void stack_decode(const struct stacking *s, struct row *row)
{
    const struct record *record = row->record;
    const enum legal_status status = code_legal_find(stack_text(EPISODE(record, LS)));
    row->status = (uint8_t)status;
    row->legal = (uint8_t)code_legal_group(status);
    const enum place place = code_place_find(stack_text(EPISODE(record, PLACE)));
    row->place = (uint16_t)place;
    row->temporary = code_place_is_temporary(place);
    row->rne = (uint8_t)code_rne_letter(code_rne_find(stack_text(EPISODE(record, RNE))));
    row->need = (uint8_t)code_need_find(stack_text(EPISODE(record, CIN)));
    row->provider = PROVIDER_UNKNOWN;
    row->home_post = stack_text(EPISODE(record, HOME_POST));
    row->placement_post = stack_text(EPISODE(record, PL_POST));
    row->urn = stack_text(EPISODE(record, URN));
    row->location = stack_text(EPISODE(record, PL_LOCATION));
    row->distance = stack_text(EPISODE(record, PL_DISTANCE));
    decode_ending(s, row);
}
