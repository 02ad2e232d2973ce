/* SPDX-License-Identifier: GPL-3.0-or-later
 * One pass over tags and the text between them; only tags are changed, so that no word of a chart can be
 * taken for an id. */
#include "render/svg.h"

#include <string.h>

#include "render/escape.h"

/* How gnuplot's own ids begin (svg.trm of 5.4; "chart" is the name in common.gp), in definitions and in
 * references to them. */
static const char *const id_beginnings[] = {"gpDot",      "gpPt",    "gpPat",   "gpGradient",
                                            "chart_plot", "textbox", "greybox", "gnuplot_canvas"};

#define FONTS "font-family=\"Arial, 'DejaVu Sans', sans-serif\""
static const struct {
    const char *found, *wanted;
} fonts[] = {{"font-family=\"Arial\"", FONTS}, {"font-family=\"Arial:Bold\"", FONTS " font-weight=\"bold\""}};

/* The length of the id beginning that stands at `at` behind a quote or #, 0 when none does. */
static size_t id_at(const char *at, size_t left, char before)
{
    if (before != '\'' && before != '"' && before != '#')
        return 0;
    for (size_t i = 0; i < sizeof id_beginnings / sizeof id_beginnings[0]; i++) {
        const size_t length = strlen(id_beginnings[i]);
        if (left >= length && memcmp(at, id_beginnings[i], length) == 0)
            return length;
    }
    return 0;
}

/* The index of the font that stands at `at`, or the number of fonts. */
static size_t font_at(const char *at, size_t left)
{
    size_t i = 0;
    for (; i < sizeof fonts / sizeof fonts[0]; i++) {
        const size_t length = strlen(fonts[i].found);
        if (left >= length && memcmp(at, fonts[i].found, length) == 0)
            break;
    }
    return i;
}

static bool append_tag(struct text *out, struct str tag, const char *name, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < tag.length; i++) {
        const size_t left = tag.length - i;
        const size_t font = font_at(tag.at + i, left);
        if (i > 0 && id_at(tag.at + i, left, tag.at[i - 1]) > 0)
            ok = text_append_c(out, name, err) && text_append_c(out, "-", err);
        if (font < sizeof fonts / sizeof fonts[0]) {
            ok = ok && text_append_c(out, fonts[font].wanted, err);
            i += strlen(fonts[font].found) - 1;
        } else {
            ok = ok && text_append(out, (struct str){tag.at + i, 1}, err);
        }
    }
    return ok;
}

static bool append_head(struct text *out, struct str tag, const char *name, const char *title,
                        const char *description, struct err *err)
{
    return text_append(out, (struct str){tag.at, 4}, err) &&
           text_format(out, err, " role=\"img\" aria-labelledby=\"%s-t %s-d\"", name, name) &&
           append_tag(out, (struct str){tag.at + 4, tag.length - 4}, name, err) &&
           text_format(out, err, "\n<title id=\"%s-t\">", name) && escape_markup(out, str_of(title), err) &&
           text_format(out, err, "</title>\n<desc id=\"%s-d\">", name) &&
           escape_markup(out, str_of(description), err) && text_append_c(out, "</desc>", err);
}

static const char *find(struct str s, size_t from, const char *what)
{
    const size_t length = strlen(what);
    for (size_t i = from; i + length <= s.length; i++)
        if (memcmp(s.at + i, what, length) == 0)
            return s.at + i;
    return NULL;
}

bool svg_finish(struct str picture, const char *name, const char *title, const char *description,
                struct text *out, struct err *err)
{
    static const char end[] = "</svg>";
    const struct str whole = str_trim(picture);
    if (whole.length < sizeof end - 1 ||
        memcmp(whole.at + whole.length - (sizeof end - 1), end, sizeof end - 1) != 0)
        return err_set(err, ERR_IO, "the picture %s.svg is not whole: is the disk full?", name);
    bool ok = true;
    size_t at = 0;
    while (ok && at < whole.length) {
        const char *open = find(whole, at, "<");
        const size_t start = open == NULL ? whole.length : (size_t)(open - whole.at);
        ok = text_append(out, (struct str){whole.at + at, start - at}, err);
        if (open == NULL)
            break;
        const char *close = find(whole, start, ">");
        if (close == NULL)
            return err_set(err, ERR_IO, "the picture %s.svg is damaged", name);
        const struct str tag = {open, (size_t)(close - open) + 1};
        const bool is_title = str_starts_with(tag, "<title");
        at = start + tag.length;
        if (is_title || str_starts_with(tag, "<desc")) {
            const char *after = find(whole, at, is_title ? "</title>" : "</desc>");
            if (after == NULL)
                return err_set(err, ERR_IO, "the picture %s.svg is damaged", name);
            at = (size_t)(after - whole.at) + strlen(is_title ? "</title>" : "</desc>");
        } else if (str_starts_with(tag, "<svg")) {
            ok = ok && append_head(out, tag, name, title, description, err);
        } else {
            ok = ok && append_tag(out, tag, name, err);
        }
    }
    return ok && text_append_c(out, "\n", err);
}
