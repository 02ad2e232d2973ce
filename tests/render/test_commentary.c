/* SPDX-License-Identifier: GPL-3.0-or-later
 * Expected markup is that of CommonMark 0.30 by hand, less what may not stay. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "numeric/stream.h"
#include "render/commentary.h"

Suite *suite_commentary(void);

static struct commentary read_all(const char *markdown)
{
    struct commentary out;
    struct err err = {0};
    ck_assert_msg(commentary_read(str_of(markdown), "c.md", 3, &out, &err), "%s", err.message);
    return out;
}

static const struct {
    const char *markdown, *story;
    int32_t left_out;
} cases[] = {
    {"", "", 0},
    {"\xEF\xBB\xBFWe *did* it.", "<p>We <em>did</em> it.</p>\n", 0},
    {"One.\r\n\r\n- a\r\n- b\r\n", "<p>One.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n", 0},
    {"5 < 6 & \"so\" {{name}}", "<p>5 &lt; 6 &amp; &quot;so&quot; {{name}}</p>\n", 0},
    /* headings begin at the third level, and none is skipped */
    {"# A\n\n### B\n\n# C\n", "<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>\n", 0},
    {"#### A\n\n# B\n", "<h3>A</h3>\n<h3>B</h3>\n", 0},
    {"# A\n## B\n### C\n#### D\n##### E\n", "<h3>A</h3>\n<h4>B</h4>\n<h5>C</h5>\n<h6>D</h6>\n<h6>E</h6>\n",
     0},
    {"> # A\n", "<blockquote>\n<p>A</p>\n</blockquote>\n", 0},
    {"#\n\nx", "<p>x</p>\n", 0},
    /* what may not stay */
    {"<script>alert(1)</script>\n\nx", "<p>x</p>\n", 1},
    {"a <b onclick=\"x()\">b</b>", "<p>a b</p>\n", 2},
    {"![alt *words*](https://example.org/x.png) y", "<p>alt <em>words</em> y</p>\n", 1},
    {"[go](javascript:alert(1))", "<p>go</p>\n", 1},
    {"[go](JaVaScRiPt:alert(1)) [d](data:text/html,x) [f](file:///etc/passwd) [v](vbscript:x)",
     "<p>go d f v</p>\n", 4},
    {"[go](java&#115;cript:alert(1))", "<p>go</p>\n", 1},
    {"[rel](plan.csv) [](https://example.org)", "<p>rel </p>\n", 2},
    {"[a](https://example.org/?q=\"><script>) [m](mailto:a@example.org)",
     "<p><a href=\"https://example.org/?q=%22%3E%3Cscript%3E\">a</a> <a "
     "href=\"mailto:a@example.org\">m</a></p>\n",
     0},
    {"<https://example.org>", "<p><a href=\"https://example.org\">https://example.org</a></p>\n", 0},
    {"<javascript:alert(1)>", "<p>javascript:alert(1)</p>\n", 1},
    {"[![x](a.png)](javascript:y)", "<p>x</p>\n", 2},
    {"[*a* ![b](c)](d)", "<p><em>a</em> b</p>\n", 2},
    {"``` \"><script>\nx\n```", "<pre><code class=\"language-&quot;&gt;&lt;script&gt;\">x\n</code></pre>\n",
     0},
};

START_TEST(what_may_stay_stays)
{
    struct commentary out = read_all(cases[_i].markdown);
    ck_assert_msg(strcmp(text_c(&out.parts[COMMENTARY_STORY]), cases[_i].story) == 0, "%s: <%s>",
                  cases[_i].markdown, text_c(&out.parts[COMMENTARY_STORY]));
    ck_assert_int_eq(out.n_left_out, cases[_i].left_out);
    commentary_free(&out);
}
END_TEST

START_TEST(headings_of_blocks_divide_it)
{
    struct commentary out =
        read_all("First.\n\n## Voice\n\nHeard.\n\n## *What we will do next*\n\n# Sub\n\nDo.\n\n"
                 "Partners\n========\n\nNHS\n\n# Voice\n\nMore.\n");
    ck_assert_str_eq(text_c(&out.parts[COMMENTARY_STORY]), "<p>First.</p>\n");
    ck_assert_str_eq(text_c(&out.parts[COMMENTARY_VOICE]), "<p>Heard.</p>\n<p>More.</p>\n");
    ck_assert_str_eq(text_c(&out.parts[COMMENTARY_NEXT]), "<h3>Sub</h3>\n<p>Do.</p>\n");
    ck_assert_str_eq(text_c(&out.parts[COMMENTARY_PARTNERS]), "<p>NHS</p>\n");
    ck_assert_str_eq(commentary_key(COMMENTARY_PARTNERS), "partners");
    commentary_free(&out);
}
END_TEST

static const struct {
    const char *bytes;
    size_t length;
    int32_t line;
    const char *words;
} refused[] = {
    {"a\n\xFF", 3, 2, "byte 0xff"},        /* never in UTF-8 */
    {"\xC3", 1, 1, "byte 0xc3"},           /* cut in a sequence */
    {"\xC0\xAF", 2, 1, "byte 0xc0"},       /* overlong */
    {"\xED\xA0\x80", 3, 1, "byte 0xed"},   /* a surrogate */
    {"x\n\ny\0z", 6, 3, "byte 0x00"},      /* NUL */
    {"\xFF\xFEW\0e\0", 6, 1, "not UTF-8"}, /* UTF-16 */
    {"\x1B[31m", 5, 1, "byte 0x1b"},       /* a terminal's command */
    {"caf\xE9", 4, 1, "byte 0xe9); save"}, /* Windows-1252 */
    {"> > > > > > > > > > > > > > > > > x", 35, 1, "nested more than 16 deep"},
};

START_TEST(bad_text_is_refused_with_its_line)
{
    struct commentary out;
    struct err err = {0};
    ck_assert(!commentary_read((struct str){refused[_i].bytes, refused[_i].length}, "c.md", 3, &out, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert_int_eq(err.line, refused[_i].line);
    ck_assert_str_eq(err.file, "c.md");
    ck_assert_msg(strstr(err.message, refused[_i].words) != NULL, "%s", err.message);
}
END_TEST

START_TEST(too_long_is_refused)
{
    struct commentary out;
    struct err err = {0};
    char *bytes = malloc(COMMENTARY_BYTES_MOST + 1);
    ck_assert_ptr_nonnull(bytes);
    memset(bytes, 'a', COMMENTARY_BYTES_MOST + 1);
    ck_assert(!commentary_read((struct str){bytes, COMMENTARY_BYTES_MOST + 1}, "c.md", 3, &out, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "too long"));
    ck_assert(commentary_read((struct str){bytes, COMMENTARY_BYTES_MOST}, "c.md", 3, &out, &err));
    commentary_free(&out);
    free(bytes);
}
END_TEST

/* No tag, attribute or link but those that may be. */
static void check_markup(const char *html)
{
    static const char *const tags[] = {"p",  "em", "strong",     "ul",   "ol",  "li", "h3", "h4",
                                       "h5", "h6", "blockquote", "code", "pre", "a",  "hr", "br"};
    for (const char *at = strchr(html, '<'); at != NULL; at = strchr(at + 1, '<')) {
        const char *name = at + (at[1] == '/' ? 2 : 1);
        const size_t length = strcspn(name, " />");
        bool known = false;
        for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
            known = known || (strlen(tags[i]) == length && strncmp(tags[i], name, length) == 0);
        ck_assert_msg(known, "%.40s", at);
        if (strncmp(at, "<a ", 3) == 0)
            ck_assert_msg(strncmp(at, "<a href=\"http", 13) == 0 || strncmp(at, "<a href=\"HTTP", 13) == 0 ||
                              strncmp(at, "<a href=\"mailto:", 16) == 0,
                          "%.40s", at);
    }
}

/* Pieces that attacks are made of, put together by chance: 4,000 texts of up to 40 pieces. */
START_TEST(no_mixture_of_pieces_gets_through)
{
    static const char *const pieces[] = {
        "<",
        ">",
        "<script>",
        "</script>",
        "<img src=x onerror=alert(1)>",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "javascript:",
        "data:text/html;base64,",
        "https://e.org",
        "mailto:",
        "\n",
        "\n\n",
        "# ",
        "## ",
        "> ",
        "- ",
        "1. ",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "    ",
        "\t",
        "&lt;",
        "&#106;",
        "&quot;",
        "\\",
        "\"",
        "'",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<a href=\"",
        "[a]: javascript:x\n",
        "[a]",
        "<?php ",
        "\xC3\xA9",
        "\xE2\x80\xAE",
        "===\n",
        "---\n",
        "x",
        " ",
        "http:",
        "//",
    };
    enum { TEXTS = 4000, LONGEST = 40 };
    struct text text = {0};
    struct err err = {0};
    for (uint32_t i = 0; i < TEXTS; i++) {
        struct stream stream = stream_make(11, PURPOSE_TEST, i, 0, 0);
        text.length = 0;
        const uint32_t n = stream_word(&stream) % LONGEST + 1;
        for (uint32_t k = 0; k < n; k++)
            ck_assert(text_append_c(&text, pieces[stream_word(&stream) % (sizeof pieces / sizeof pieces[0])],
                                    &err));
        struct commentary out;
        if (!commentary_read((struct str){text.at, text.length}, "c.md", 3, &out, &err)) {
            ck_assert_msg(strstr(err.message, "nested") != NULL, "%s", err.message);
            continue;
        }
        for (size_t p = 0; p < COMMENTARY_PART_COUNT; p++)
            check_markup(text_c(&out.parts[p]));
        commentary_free(&out);
    }
    text_free(&text);
}
END_TEST

Suite *suite_commentary(void)
{
    Suite *suite = suite_create("commentary");
    TCase *tcase = tcase_create("commentary");
    tcase_add_loop_test(tcase, what_may_stay_stays, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, headings_of_blocks_divide_it);
    tcase_add_loop_test(tcase, bad_text_is_refused_with_its_line, 0,
                        (int)(sizeof refused / sizeof refused[0]));
    tcase_add_test(tcase, too_long_is_refused);
    tcase_add_test(tcase, no_mixture_of_pieces_gets_through);
    suite_add_tcase(suite, tcase);
    return suite;
}
