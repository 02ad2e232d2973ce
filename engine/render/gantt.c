/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything is placed here, in pixels; the script only paints. Widths of texts are estimated generously,
 * because the reader's machine picks the font. */
#include "render/gantt.h"

#include <math.h>
#include <stdio.h>

#include "render/chart.h"
#include "render/chart_labels.h"
#include "render/plot_file.h"

enum {
    WIDTH = 960,
    WORDS_CHARACTERS = 48,
    NOTE_CHARACTERS = 26,
    LONG_NOTE_CHARACTERS = 70,
    HEADING_CHARACTERS = 110,
    TITLE_CHARACTERS = 80,
    SUBTITLE_CHARACTERS = 124,
    MONTHS_A_QUARTER = 3,
    QUARTERS = 4,
    LONG_STRETCH_DAYS = 31
};
static const double edge_px = 16.0, row_px = 20.0, half_bar_px = 4.5, character_px = 7.2;
static const double left_px = 350.0, right_px = 756.0, note_px = 766.0; /* of the time axis; of the notes */
static const double legend_line_px = 20.0, axis_px = 60.0, foot_px = 44.0,
                    axis_foot_px = 30.0; /* the years below the rows that have a day */
static const double quarter_words_px = 22.0, year_words_px = 54.0; /* narrower ones are not written */
static const double now_words_px = 20.0; /* the words of the rule, between quarters and rows */
static const double outside_px = -100.0;

enum line_kind { LINE_ROW = 1, LINE_QUARTER, LINE_YEAR, LINE_HEADING, LINE_NOW, LINE_GOES_ON };

struct layout {
    char titles[2][256], subtitles[2][256];
    double title[2], subtitle[2], legend, height; /* legend: its first line */
    double top, bottom;                           /* of the rows that have a day */
    size_t n_dated;                               /* rows up to the last that has one */
    day low, high;                                /* of the time axis; high is exclusive */
};

enum file {
    FILE_LINES,
    FILE_BARS,
    FILE_HATCHED,
    FILE_MARKS,
    FILE_FIRSTS,
    FILE_MOVES,
    FILE_HEADINGS,
    FILE_ROWS,
    FILE_NOTES,
    FILE_TICKS,
    FILE_COUNT
};
struct writer {
    const struct chart_spec *spec;
    struct layout layout;
    FILE *files[FILE_COUNT];
    bool ok;
};

static bool has_day(const struct gantt_row *row)
{
    return !row->is_heading && (row->from != DAY_NONE || row->to != DAY_NONE);
}

/* ---- where things stand ------------------------------------------------------------------------------ */

static void include(day date, day *low, day *high)
{
    if (date == DAY_NONE)
        return;
    *low = date < *low ? date : *low;
    *high = date > *high ? date : *high;
}

/* Whole quarters round everything that has a day. */
static void find_range(const struct chart_spec *spec, struct layout *out)
{
    day low = DAY_OPEN;
    day high = DAY_NONE;
    for (size_t i = 0; i < spec->gantt->n_rows; i++) {
        const struct gantt_row *row = &spec->gantt->rows[i];
        if (row->is_heading)
            continue;
        include(row->from, &low, &high);
        include(row->to, &low, &high);
        include(row->first, &low, &high);
    }
    include(spec->now, &low, &high);
    if (high == DAY_NONE)
        low = high = 0;
    const int32_t into = (date_to_civil(low).month - 1) % MONTHS_A_QUARTER;
    const int32_t left = MONTHS_A_QUARTER - 1 - (date_to_civil(high).month - 1) % MONTHS_A_QUARTER;
    out->low = date_month_start(low, -into);
    out->high = date_month_end(high, left) + 1;
}

static double place(const struct layout *layout, double date)
{
    return left_px + (date - layout->low) / (layout->high - layout->low) * (right_px - left_px);
}

/* The middle of a day. */
static double middle(const struct layout *layout, day date)
{
    return place(layout, date + 0.5);
}

/* What the legend has, one behind the other: the states, then the signs that occur. */
enum sign { SIGN_MOVED, SIGN_STRETCH, SIGN_LONG, SIGN_GOES_ON, SIGN_COUNT };
static const char *const sign_words[SIGN_COUNT] = {"first due, and moved to", "due between two days",
                                                   "the same, more than a month", "goes on"};
static const double sign_px[SIGN_COUNT] = {44.0, 34.0, 34.0, 34.0};

static bool is_stretch(const struct gantt_row *row)
{
    return row->from != DAY_NONE && row->to > row->from;
}

static bool is_long(const struct gantt_row *row)
{
    return is_stretch(row) && row->to - row->from >= LONG_STRETCH_DAYS;
}

static bool has_sign(const struct gantt_row *row, enum sign sign)
{
    switch (sign) {
    case SIGN_MOVED:
        return row->first != DAY_NONE;
    case SIGN_STRETCH:
        return is_stretch(row) && !is_long(row);
    case SIGN_LONG:
        return is_long(row);
    case SIGN_GOES_ON:
        return row->goes_on && row->from != DAY_NONE;
    case SIGN_COUNT:
        break;
    }
    return false;
}

static bool state_occurs(const struct gantt *gantt, int state)
{
    for (size_t i = 0; i < gantt->n_rows; i++)
        if (!gantt->rows[i].is_heading && gantt->rows[i].state == state)
            return true;
    return false;
}

static bool sign_occurs(const struct gantt *gantt, enum sign sign)
{
    for (size_t i = 0; i < gantt->n_rows; i++)
        if (!gantt->rows[i].is_heading && has_sign(&gantt->rows[i], sign))
            return true;
    return false;
}

/* The place of the next entry of the legend; a new line when it would leave the picture. */
static void next_entry(double *x, double *y, double sign, const char *words, double *at)
{
    const double width = sign + 6.0 + character_px * (double)chart_characters(words) + 18.0;
    if (*x + width > WIDTH - edge_px && *x > edge_px) {
        *x = edge_px;
        *y += legend_line_px;
    }
    *at = *x;
    *x += width;
}

static double legend_height(const struct gantt *gantt)
{
    double x = edge_px;
    double y = legend_line_px;
    double at = 0.0;
    for (size_t s = 0; s < gantt->n_states; s++)
        if (state_occurs(gantt, (int)s))
            next_entry(&x, &y, 12.0, gantt->states[s], &at);
    for (int s = 0; s < SIGN_COUNT; s++)
        if (sign_occurs(gantt, (enum sign)s))
            next_entry(&x, &y, sign_px[s], sign_words[s], &at);
    return y;
}

static void lay_out(const struct chart_spec *spec, struct layout *out)
{
    *out = (struct layout){0};
    chart_wrap(spec->title, TITLE_CHARACTERS, out->titles);
    chart_wrap(spec->subtitle, SUBTITLE_CHARACTERS, out->subtitles);
    double y = edge_px + 12.0;
    out->title[0] = y;
    y += out->titles[1][0] != '\0' ? 25.0 : 0.0;
    out->title[1] = y;
    out->subtitle[0] = y += 25.0;
    y += out->subtitles[1][0] != '\0' ? 19.0 : 0.0;
    out->subtitle[1] = y;
    out->legend = y + 24.0;
    out->top = out->legend + legend_height(spec->gantt) + axis_px;
    for (size_t i = 0; i < spec->gantt->n_rows; i++)
        if (has_day(&spec->gantt->rows[i]))
            out->n_dated = i + 1;
    const double rest = row_px * (double)(spec->gantt->n_rows - out->n_dated);
    out->bottom = out->top + row_px * (double)out->n_dated + 6.0;
    out->height = ceil(out->bottom + foot_px + rest + 14.0);
    find_range(spec, out);
}

void gantt_size(const struct chart_spec *spec, int32_t *width, int32_t *height)
{
    struct layout layout;
    lay_out(spec, &layout);
    *width = WIDTH;
    *height = (int32_t)layout.height;
}

/* ---- rows of files ----------------------------------------------------------------------------------- */

static void put(struct writer *w, enum file file, const double values[], size_t n)
{
    w->ok = w->ok && plot_file_numbers(w->files[file], values, n);
}

static void put_line(struct writer *w, enum line_kind kind, double x, double y, double to_x, double to_y)
{
    put(w, FILE_LINES, (double[]){x, y, to_x - x, to_y - y, (double)kind}, 5);
}

static void put_words(struct writer *w, enum file file, double x, double y, const char *words, size_t most)
{
    char cut[4 * HEADING_CHARACTERS + 8];
    chart_cut(words, most, cut, sizeof cut);
    w->ok = w->ok && plot_file_number(w->files[file], x, '\t') && plot_file_number(w->files[file], y, '\t') &&
            plot_file_text(w->files[file], cut, '\t') &&
            plot_file_text(w->files[file], PLOT_FILE_ROW_END, '\n');
}

static void put_bar(struct writer *w, bool is_hatched, double from, double to, double y, int state)
{
    put(w, is_hatched ? FILE_HATCHED : FILE_BARS,
        (double[]){from, to, y - half_bar_px, y + half_bar_px, state + 1.0}, 5);
}

static void put_move(struct writer *w, double from, double to, double y)
{
    put(w, FILE_FIRSTS, (double[]){from, y}, 2);
    if (fabs(to - from) > 12.0) /* the arrow ends before the mark, or there is no room for it */
        put(w, FILE_MOVES,
            (double[]){from + (to > from ? 5.0 : -5.0), y, to - from - (to > from ? 12.0 : -12.0), 0.0}, 4);
}

static void put_legend(struct writer *w)
{
    const struct gantt *gantt = w->spec->gantt;
    double x = edge_px;
    double y = w->layout.legend;
    double at = 0.0;
    for (size_t s = 0; s < gantt->n_states; s++) {
        if (!state_occurs(gantt, (int)s))
            continue;
        next_entry(&x, &y, 12.0, gantt->states[s], &at);
        put(w, FILE_MARKS, (double[]){at + 6.0, y, (double)s + 1.0}, 3);
        put_words(w, FILE_ROWS, at + 18.0, y, gantt->states[s], LONG_NOTE_CHARACTERS);
    }
    for (int s = 0; s < SIGN_COUNT; s++) {
        if (!sign_occurs(gantt, (enum sign)s))
            continue;
        next_entry(&x, &y, sign_px[s], sign_words[s], &at);
        put_words(w, FILE_ROWS, at + sign_px[s] + 6.0, y, sign_words[s], LONG_NOTE_CHARACTERS);
        switch ((enum sign)s) {
        case SIGN_MOVED:
            put_move(w, at + 6.0, at + sign_px[s], y);
            break;
        case SIGN_STRETCH:
        case SIGN_LONG:
            put_bar(w, s == SIGN_LONG, at, at + sign_px[s], y, -1);
            break;
        case SIGN_GOES_ON:
            put_line(w, LINE_GOES_ON, at, y, at + sign_px[s], y);
            break;
        case SIGN_COUNT:
            break;
        }
    }
}

static void put_row(struct writer *w, const struct gantt_row *row, double y)
{
    const struct layout *layout = &w->layout;
    if (row->is_heading) {
        put_line(w, LINE_HEADING, edge_px, y + row_px / 2 - 1.0, WIDTH - edge_px, y + row_px / 2 - 1.0);
        put_words(w, FILE_HEADINGS, edge_px, y, row->words, HEADING_CHARACTERS);
        return;
    }
    put_line(w, LINE_ROW, edge_px, y + row_px / 2, WIDTH - edge_px, y + row_px / 2);
    put_words(w, FILE_ROWS, edge_px, y, row->words, WORDS_CHARACTERS);
    const day from = row->from != DAY_NONE ? row->from : row->to;
    if (from == DAY_NONE) {
        put(w, FILE_MARKS, (double[]){left_px + 8.0, y, row->state + 1.0}, 3);
        put_words(w, FILE_NOTES, left_px + 20.0, y, row->note, LONG_NOTE_CHARACTERS);
        return;
    }
    const double at = middle(layout, row->to != DAY_NONE ? row->to : from);
    if (is_stretch(row))
        put_bar(w, is_long(row), place(layout, row->from), place(layout, row->to + 1.0), y, row->state);
    if (row->goes_on)
        put_line(w, LINE_GOES_ON, at + 6.0, y, right_px + 4.0, y);
    if (row->first != DAY_NONE)
        put_move(w, middle(layout, row->first), at, y);
    put(w, FILE_MARKS, (double[]){at, y, row->state + 1.0}, 3);
    put_words(w, FILE_NOTES, note_px, y, row->note, NOTE_CHARACTERS);
}

/* A line through all rows that have a day, broken where words of a heading stand. */
static void put_upright(struct writer *w, enum line_kind kind, double x, double top)
{
    const struct layout *layout = &w->layout;
    double from = top;
    for (size_t i = 0; i < layout->n_dated; i++) {
        const double y = layout->top + row_px * (double)i;
        if (!w->spec->gantt->rows[i].is_heading)
            continue;
        if (from < y)
            put_line(w, kind, x, from, x, y);
        from = y + row_px;
    }
    put_line(w, kind, x, from, x, layout->bottom);
}

/* Quarters and financial years, named above and below the rows. */
static void put_axis(struct writer *w)
{
    const struct layout *layout = &w->layout;
    const double top = layout->top - now_words_px - 2.0;
    const double quarter = place(layout, layout->low + 91.3) - left_px;
    const int32_t step = quarter * QUARTERS >= year_words_px
                             ? 1
                             : (int32_t)ceil(year_words_px / fmax(quarter * QUARTERS, 0.01));
    for (day at = layout->low; at <= layout->high; at = date_month_start(at, MONTHS_A_QUARTER)) {
        const bool is_year = date_quarter(at) == 1;
        const double x = place(layout, at);
        char words[DATE_TEXT];
        if (quarter >= 4.0 || is_year)
            put_upright(w, is_year ? LINE_YEAR : LINE_QUARTER, x, layout->top);
        if (at == layout->high)
            break;
        if (quarter >= quarter_words_px) {
            snprintf(words, sizeof words, "Q%d", (int)date_quarter(at));
            put_words(w, FILE_TICKS, x + quarter / 2, top - 10.0, words, DATE_TEXT);
        }
        if ((!is_year && at != layout->low) || date_financial_year(at) % step != 0)
            continue;
        const day year_end = date_year_end(date_financial_year(at)) + 1;
        const double end = place(layout, year_end < layout->high ? year_end : layout->high);
        if (end - x < year_words_px && !(is_year && step > 1))
            continue;
        date_format_financial_year(date_financial_year(at), words);
        put_words(w, FILE_TICKS, (x + end) / 2, quarter >= quarter_words_px ? top - 27.0 : top - 10.0, words,
                  DATE_TEXT);
        put_words(w, FILE_TICKS, (x + end) / 2, layout->bottom + 12.0, words, DATE_TEXT);
    }
    if (w->spec->now != DAY_NONE)
        put_upright(w, LINE_NOW, middle(layout, w->spec->now), layout->top - now_words_px);
}

/* ---- files ------------------------------------------------------------------------------------------- */

static bool write_texts(const struct chart_spec *spec, const struct layout *layout, const char *folder,
                        struct err *err)
{
    FILE *file = plot_file_create(folder, spec->name, "texts", 0, err);
    if (file == NULL)
        return false;
    bool ok = true;
    for (int i = 0; i < 2; i++)
        ok = ok && plot_file_text(file, layout->titles[i], '\t');
    for (int i = 0; i < 2; i++)
        ok = ok && plot_file_text(file, layout->subtitles[i], '\t');
    ok = ok && plot_file_text(file, spec->source, '\t') &&
         plot_file_text(file, spec->now != DAY_NONE ? spec->now_text : "", '\t') &&
         plot_file_text(file, "", '\t') && plot_file_text(file, PLOT_FILE_ROW_END, '\n');
    return plot_file_end(file, ok, spec->name, err);
}

static bool write_frame(const struct chart_spec *spec, const struct layout *layout, const char *folder,
                        struct err *err)
{
    FILE *file = plot_file_create(folder, spec->name, "frame", 0, err);
    if (file == NULL)
        return false;
    const double now = spec->now == DAY_NONE ? outside_px : middle(layout, spec->now);
    const double values[] = {WIDTH,
                             layout->height,
                             1,
                             now,
                             layout->title[0],
                             layout->title[1],
                             layout->subtitle[0],
                             layout->subtitle[1],
                             layout->height - 14.0,
                             0,
                             0,
                             layout->top - 0.5 * now_words_px};
    return plot_file_end(file, plot_file_numbers(file, values, sizeof values / sizeof values[0]), spec->name,
                         err);
}

/* Opens a file and writes the row outside the picture. */
static bool begin(struct writer *w, enum file file, const char *folder, struct err *err)
{
    static const char *const names[FILE_COUNT] = {"lines", "bars",     "hatched", "marks", "firsts",
                                                  "moves", "headings", "rows",    "notes", "ticks"};
    w->files[file] = plot_file_create(folder, w->spec->name, names[file], 0, err);
    if (w->files[file] == NULL)
        return false;
    if (file >= FILE_HEADINGS)
        put_words(w, file, outside_px, outside_px, " ", 1);
    else if (file == FILE_LINES)
        for (int kind = LINE_ROW; kind <= LINE_GOES_ON; kind++)
            put_line(w, (enum line_kind)kind, outside_px, outside_px, outside_px - 1.0, outside_px);
    else
        put(w, file, (double[]){outside_px, outside_px, file == FILE_MARKS ? 1.0 : outside_px, outside_px, 1},
            5);
    return true;
}

bool gantt_files_write(const struct chart_spec *spec, const char *folder, struct err *err)
{
    struct writer w = {.spec = spec, .ok = true};
    bug_if(spec->gantt->n_states > GANTT_STATES_MOST);
    lay_out(spec, &w.layout);
    bool ok = write_texts(spec, &w.layout, folder, err) && write_frame(spec, &w.layout, folder, err);
    for (int f = 0; ok && f < FILE_COUNT; f++)
        ok = begin(&w, (enum file)f, folder, err);
    if (ok) {
        put_axis(&w);
        put_legend(&w);
        for (size_t i = 0; i < spec->gantt->n_rows; i++)
            put_row(&w, &spec->gantt->rows[i],
                    w.layout.top + row_px * ((double)i + 0.5) + (i < w.layout.n_dated ? 0.0 : axis_foot_px));
    }
    struct err second = {0};
    for (int f = 0; f < FILE_COUNT; f++)
        if (w.files[f] != NULL)
            ok = plot_file_end(w.files[f], w.ok, spec->name, ok ? err : &second) && ok;
    return ok;
}
