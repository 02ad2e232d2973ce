/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any bytes as a date: what is read must be a day of the years that are read, and read again from its ISO
 * form. */
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "data/dateform.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str text = {(const char *)data, size};
    enum dateform_order order;
    day date = DAY_NONE;
    const enum dateform form = dateform_parse(text, &date, &order);
    if (form == DATEFORM_IMPOSSIBLE || form == DATEFORM_NONE) {
        bug_if(date != DAY_NONE);
        return 0;
    }
    char iso[DATE_TEXT];
    day again = DAY_NONE;
    date_format_iso(date, iso);
    bug_if(dateform_parse(str_of(iso), &again, &order) != DATEFORM_OTHER || again != date);
    return 0;
}
