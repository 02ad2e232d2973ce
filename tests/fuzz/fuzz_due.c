/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any bytes as a due and as a status: bounds are in order, everything has a name, and the same bytes with
 * blanks round them say the same. The first two bytes choose the plan's date. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "plan/due.h"
#include "plan/phrase.h"
#include "plan/status.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_due(struct str text, day context)
{
    struct due due = {0};
    if (!due_read(text, context, &due))
        return;
    bug_if(due_kind_name(due.kind) == NULL || due_precision_name(due.precision) == NULL);
    bug_if(due.latest != DAY_NONE && (due.earliest == DAY_NONE || due.earliest > due.latest));
    bug_if(memchr(due.after, '\0', sizeof due.after) == NULL);
    bug_if(due.after_months < 0 || due.after_days < 0);
    if (due.after[0] == '\0')
        bug_if(due.after_months != 0 || due.after_days != 0);
}

static void check_padded(struct str text, day context)
{
    char padded[PHRASE_LONGEST];
    struct due due = {0};
    struct due again = {0};
    if (text.length == 0 || text.length + 2 > sizeof padded)
        return;
    padded[0] = ' ';
    memcpy(padded + 1, text.at, text.length);
    padded[text.length + 1] = '\t';
    const struct str other = {padded, text.length + 2};
    const bool read = due_read(text, context, &due);
    bug_if(read != due_read(other, context, &again));
    bug_if(due.earliest != again.earliest || due.latest != again.latest || due.precision != again.precision ||
           due.kind != again.kind || strcmp(due.after, again.after) != 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum action_status status = ACTION_STATUS_COUNT;
    if (size < 2)
        return 0;
    /* 65,536 days from 1970 reach 2149 */
    const day context = (day)data[0] * 256 + data[1];
    const struct str text = {(const char *)data + 2, size - 2};
    check_due(text, context);
    check_padded(text, context);
    const bool read = status_read(text, &status);
    bug_if(status_name(status) == NULL || (!read && status != ACTION_UNKNOWN));
    return 0;
}
