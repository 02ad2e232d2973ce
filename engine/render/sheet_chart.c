/* SPDX-License-Identifier: GPL-3.0-or-later
 * Native charts over the cells of a page: they follow when a cell is changed. Lines over days are drawn to
 * scale (a scatter chart with lines), so that a month that is missing is a gap in time and not in order only.
 */
#include <math.h>
#include <string.h>

#include "render/frame.h"
#include "render/sheet_parts.h"

enum { INK = 0x0B0C0C, GRID = 0xD9D9D9, WHITE = 0xFFFFFF, FONT = 10, TITLE_FONT = 12 };
enum {
    DEFAULT_WIDTH = 480,
    DEFAULT_HEIGHT = 288 /* pixels of a chart at scale 1 */,
    GAP = 60 /* per cent of a column */
};
enum { MARKER = 7 /* points */, NAME_UNITS = 240 };
static const double quarter_points = 4.0;
static const double year_days = 365.25;
static const double percent_of_million = 1e6, thousand = 1e3;

static const struct {
    const char *name;
    int colour, width, dash, marker;
} styles[] = {
#define SHEET_STYLE(name, colour, width, dash, marker)                                                       \
    {name, colour, width, LXW_CHART_LINE_DASH_##dash, LXW_CHART_MARKER_##marker},
#include "render/sheet_style.def"
#undef SHEET_STYLE
};

/* What is drawn from: the page that holds the data, where it lies, and its rows. */
struct source {
    const struct sheet_page *page;
    const struct sheet_place *place;
    size_t first, last; /* rows of the table */
};

static bool find_source(const struct sheet_writer *writer, size_t i, const struct sheet_chart *chart,
                        struct source *out, struct err *err)
{
    const struct sheet_book *book = writer->book;
    size_t at = i;
    if (chart->data != NULL)
        for (at = 0; at < book->n_pages && &book->pages[at] != chart->data;)
            at++;
    if (at == book->n_pages || book->pages[at].table == NULL || book->pages[at].table->n_rows == 0)
        return err_set(err, ERR_INTERNAL, "the chart \"%s\" has no table to draw", chart->title);
    const struct table *table = book->pages[at].table;
    const size_t n = chart->n_rows == 0 ? table->n_rows : chart->n_rows;
    bool ok = chart->first_row + n <= table->n_rows && chart->x < table->n_columns && chart->n_series > 0 &&
              chart->n_series <= SHEET_SERIES_MOST;
    for (size_t s = 0; ok && s < chart->n_series; s++)
        ok = chart->series[s].column < table->n_columns;
    if (!ok)
        return err_set(err, ERR_INTERNAL, "the chart \"%s\" names rows or columns that its table has not",
                       chart->title);
    *out = (struct source){&book->pages[at], &writer->places[at], chart->first_row, chart->first_row + n - 1};
    return true;
}

static bool is_over_time(const struct sheet_chart *chart, const struct source *source)
{
    const struct table *table = source->page->table;
    return chart->shape == SHEET_LINES && table_at(table, source->first, chart->x)->kind == CELL_DAY &&
           table_at(table, source->last, chart->x)->kind == CELL_DAY;
}

static uint8_t type_of(const struct sheet_chart *chart, const struct source *source)
{
    switch (chart->shape) {
    case SHEET_LINES:
        return is_over_time(chart, source) ? LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS : LXW_CHART_LINE;
    case SHEET_STACK:
        return LXW_CHART_COLUMN_STACKED;
    case SHEET_BARS:
        return LXW_CHART_COLUMN;
    }
    return LXW_CHART_NONE;
}

static void set_style(lxw_chart_series *series, size_t style, bool lines)
{
    lxw_chart_line line = {.color = (lxw_color_t)styles[style].colour,
                           .width = (float)(styles[style].width / quarter_points),
                           .dash_type = (uint8_t)styles[style].dash,
                           .none = styles[style].width == 0};
    lxw_chart_fill fill = {.color = (lxw_color_t)styles[style].colour, .none = styles[style].width == 0};
    lxw_chart_line edge = {.color = WHITE, .width = 1, .none = styles[style].width == 0};
    if (!lines) {
        chart_series_set_fill(series, &fill);
        chart_series_set_line(series, &edge);
        return;
    }
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, (uint8_t)styles[style].marker);
    if (styles[style].marker == LXW_CHART_MARKER_NONE)
        return;
    chart_series_set_marker_size(series, MARKER);
    chart_series_set_marker_fill(series, &fill);
    lxw_chart_line marker_line = {.color = (lxw_color_t)styles[style].colour};
    chart_series_set_marker_line(series, &marker_line);
}

static bool add_series(struct sheet_writer *writer, lxw_chart *chart, const struct sheet_chart *of,
                       const struct source *source, const struct sheet_series *series, struct err *err)
{
    const char *sheet = source->place->name;
    const lxw_row_t first = (lxw_row_t)(source->place->first_row + source->first);
    const lxw_row_t last = (lxw_row_t)(source->place->first_row + source->last);
    size_t style = 0;
    while (style < sizeof styles / sizeof styles[0] && strcmp(styles[style].name, series->style) != 0)
        style++;
    if (style == sizeof styles / sizeof styles[0])
        return err_set(err, ERR_INTERNAL, "a chart of a workbook has no style %s", series->style);
    lxw_chart_series *made = chart_add_series(chart, NULL, NULL);
    if (made == NULL)
        return err_no_memory(err);
    chart_series_set_categories(made, sheet, first, (lxw_col_t)of->x, last, (lxw_col_t)of->x);
    chart_series_set_values(made, sheet, first, (lxw_col_t)series->column, last, (lxw_col_t)series->column);
    if (series->words == NULL) {
        chart_series_set_name_range(made, sheet, (lxw_row_t)source->place->heading_row,
                                    (lxw_col_t)series->column);
    } else {
        const char *words = sheet_copy_words(writer, series->words, err);
        if (words == NULL)
            return false;
        chart_series_set_name(made, words);
    }
    set_style(made, style, of->shape == SHEET_LINES);
    return true;
}

/* ---- axes ---- */

/* Lowest and highest value: of all series, or of their sums where they are stacked. */
static bool find_range(const struct sheet_chart *chart, const struct source *source, double *low,
                       double *high)
{
    bool any = false;
    for (size_t row = source->first; row <= source->last; row++) {
        double sum = 0.0;
        for (size_t s = 0; s < chart->n_series; s++) {
            double value = 0.0;
            const char *bad = NULL;
            if (!sheet_cell_number(source->page->table, row, chart->series[s].column, &value, &bad))
                continue;
            sum += value;
            const double shown = chart->shape == SHEET_STACK ? sum : value;
            *low = any ? fmin(*low, shown) : shown;
            *high = any ? fmax(*high, shown) : shown;
            any = true;
        }
    }
    return any;
}

static enum cell_kind value_kind(const struct sheet_chart *chart, const struct source *source)
{
    for (size_t row = source->first; row <= source->last; row++) {
        const enum cell_kind kind = table_at(source->page->table, row, chart->series[0].column)->kind;
        if (kind != CELL_EMPTY && kind != CELL_TEXT)
            return kind;
    }
    return CELL_INTEGER;
}

/* size: the largest number; step: between ticks, whose labels must differ. */
static const char *axis_format(enum cell_kind kind, enum sheet_form form, double size, double step)
{
    static const double tenth_of_million = 1e5;
    if (form == SHEET_SHARE || form == SHEET_CHANCE)
        return "0%";
    if (kind != CELL_GBP)
        return "#,##0";
    if (size >= percent_of_million && step < tenth_of_million)
        return "[$£-809]#,##0.00,,\"m\"";
    return size >= percent_of_million ? "[$£-809]#,##0.0,,\"m\""
           : size >= 10.0 * thousand  ? "[$£-809]#,##0,\"k\""
                                      : "[$£-809]#,##0";
}

static void set_value_axis(lxw_chart *chart, const struct sheet_chart *of, const struct source *source)
{
    double low = 0.0;
    double high = 1.0;
    struct frame_axis frame;
    (void)find_range(of, source, &low, &high); /* nothing to draw: from 0 to 1 */
    const enum cell_kind kind = value_kind(of, source);
    const enum sheet_form form = sheet_column_of(source->page, of->series[0].column).form;
    const bool whole = kind == CELL_INTEGER || kind == CELL_GBP;
    frame_value_axis(low, high, whole || high > 20.0 ? CHART_COUNT : CHART_DECIMAL,
                     of->from_zero || of->shape != SHEET_LINES, &frame);
    chart_axis_set_min(chart->y_axis, frame.low);
    chart_axis_set_max(chart->y_axis, frame.high);
    const double step = frame.n_ticks > 1 ? frame.ticks[1] - frame.ticks[0] : high;
    if (frame.n_ticks > 1)
        chart_axis_set_major_unit(chart->y_axis, step);
    chart_axis_set_num_format(chart->y_axis, axis_format(kind, form, fmax(fabs(low), fabs(high)), step));
    lxw_chart_line grid = {.color = GRID, .width = 0.75};
    chart_axis_major_gridlines_set_line(chart->y_axis, &grid);
    lxw_chart_line no_line = {.none = LXW_TRUE};
    chart_axis_set_line(chart->y_axis, &no_line);
}

/* Ticks a year apart at ends of March, or a quarter when there are fewer than two years. */
static void set_time_axis(lxw_chart *chart, const struct sheet_chart *of, const struct source *source)
{
    enum { TICKS_MOST = 12, YEAR_MONTHS = 12, QUARTERS = 4 };
    const struct table *table = source->page->table;
    const day first = table_at(table, source->first, of->x)->as.date;
    const day last = table_at(table, source->last, of->x)->as.date;
    const bool years = (double)(last - first) > 2.0 * year_days;
    const day from = years ? date_year_end(date_financial_year(first) -
                                           (first == date_year_end(date_financial_year(first)) ? 0 : 1))
                           : first;
    const double span = (double)(last - from) / year_days;
    const double step = years ? year_days * ceil(span / TICKS_MOST) : year_days / QUARTERS;
    chart_axis_set_min(chart->x_axis, sheet_serial(from));
    chart_axis_set_max(chart->x_axis, sheet_serial(last));
    chart_axis_set_major_unit(chart->x_axis, step);
    chart_axis_set_num_format(chart->x_axis, "mmm yyyy");
}

/* Days as categories below columns: some of them are named. */
static void set_months(lxw_chart *chart, const struct source *source)
{
    enum { LABELS_MOST = 12 };
    const size_t step = (source->last - source->first) / LABELS_MOST + 1;
    chart_axis_set_num_format(chart->x_axis, "mmm yyyy");
    chart_axis_set_interval_unit(chart->x_axis, (uint16_t)step);
    chart_axis_set_interval_tick(chart->x_axis, (uint16_t)step);
}

static bool set_words(struct sheet_writer *writer, lxw_chart *chart, const struct sheet_chart *of,
                      struct err *err)
{
    lxw_chart_font title = {.size = TITLE_FONT, .bold = LXW_TRUE, .color = INK};
    lxw_chart_font plain = {.size = FONT, .bold = LXW_EXPLICIT_FALSE, .color = INK};
    const char *const words[] = {of->title, of->x_title == NULL ? "" : of->x_title, of->y_title};
    char *copies[3];
    for (int i = 0; i < 3; i++) {
        copies[i] = sheet_copy_words(writer, words[i], err);
        if (copies[i] == NULL)
            return false;
    }
    chart_title_set_name(chart, copies[0]);
    chart_title_set_name_font(chart, &title);
    if (copies[1][0] != '\0')
        chart_axis_set_name(chart->x_axis, copies[1]);
    chart_axis_set_name(chart->y_axis, copies[2]);
    chart_axis_set_name_font(chart->x_axis, &plain);
    chart_axis_set_name_font(chart->y_axis, &plain);
    chart_axis_set_num_font(chart->x_axis, &plain);
    /* below the chart, not across columns that go below 0 */
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_set_num_font(chart->y_axis, &plain);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_legend_set_font(chart, &plain);
    return true;
}

bool sheet_put_chart(struct sheet_writer *writer, size_t i, const struct sheet_chart *chart, size_t row,
                     int width, int height, struct err *err)
{
    struct source source = {0};
    if (!find_source(writer, i, chart, &source, err))
        return false;
    bug_if(source.page == NULL);
    lxw_chart *made = workbook_add_chart(writer->workbook, type_of(chart, &source));
    if (made == NULL)
        return err_no_memory(err);
    char *alt = sheet_copy(writer, chart->alt, err);
    bool ok = alt != NULL;
    for (size_t s = 0; ok && s < chart->n_series; s++)
        ok = add_series(writer, made, chart, &source, &chart->series[s], err);
    if (!ok || !set_words(writer, made, chart, err))
        return false;
    set_value_axis(made, chart, &source);
    if (is_over_time(chart, &source))
        set_time_axis(made, chart, &source);
    else if (table_at(source.page->table, source.first, chart->x)->kind == CELL_DAY)
        set_months(made, &source);
    if (chart->shape != SHEET_LINES)
        chart_set_series_gap(made, GAP);
    chart_axis_major_gridlines_set_visible(made->x_axis, LXW_FALSE);
    lxw_chart_line no_line = {.none = LXW_TRUE};
    chart_chartarea_set_line(made, &no_line);
    lxw_chart_options options = {.x_scale = (double)width / DEFAULT_WIDTH,
                                 .y_scale = (double)height / DEFAULT_HEIGHT,
                                 .description = alt};
    return sheet_check(worksheet_insert_chart_opt(writer->places[i].sheet, (lxw_row_t)row, 0, made, &options),
                       err);
}
