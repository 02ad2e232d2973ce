/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <string.h>

#include "render/svg.h"

Suite *suite_svg(void);

START_TEST(gets_words_ids_and_fonts)
{
    static const char drawn[] =
        "<?xml version=\"1.0\"?>\n<svg\n width=\"9\">\n<title>Gnuplot</title>\n<desc>5.4</desc>\n"
        "<g id=\"gnuplot_canvas\"><circle id='gpDot'/><use xlink:href='#gpPt5' id='gpPt6'/>"
        "<g id=\"chart_plot_1\" ><title>chart_plot_1</title></g>"
        "<text font-family=\"Arial\">gpPt5 &lt;title&gt;</text><text "
        "font-family=\"Arial:Bold\">x</text></g>\n</svg>\n";
    static const char expected[] =
        "<?xml version=\"1.0\"?>\n<svg role=\"img\" aria-labelledby=\"n-t n-d\"\n width=\"9\">\n"
        "<title id=\"n-t\">A &lt;b&gt;</title>\n<desc id=\"n-d\">D &amp; E</desc>\n\n\n"
        "<g id=\"n-gnuplot_canvas\"><circle id='n-gpDot'/><use xlink:href='#n-gpPt5' id='n-gpPt6'/>"
        "<g id=\"n-chart_plot_1\" ></g>"
        "<text font-family=\"Arial, 'DejaVu Sans', sans-serif\">gpPt5 &lt;title&gt;</text>"
        "<text font-family=\"Arial, 'DejaVu Sans', sans-serif\" font-weight=\"bold\">x</text></g>\n</svg>\n";
    struct text out = {0};
    struct err err = {0};
    ck_assert_msg(svg_finish(str_of(drawn), "n", "A <b>", "D & E", &out, &err), "%s", err.message);
    ck_assert_str_eq(text_c(&out), expected);
    text_free(&out);
}
END_TEST

START_TEST(refuses_half_a_picture)
{
    static const char *const broken[] = {"", "<svg>", "<svg><g></svg", "<svg><title>x</svg>", "no picture"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        struct text out = {0};
        struct err err = {0};
        ck_assert_msg(!svg_finish(str_of(broken[i]), "n", "t", "d", &out, &err), "%s", broken[i]);
        ck_assert_int_eq(err.code, ERR_IO);
        text_free(&out);
    }
}
END_TEST

Suite *suite_svg(void)
{
    Suite *suite = suite_create("svg");
    TCase *tcase = tcase_create("svg");
    tcase_add_test(tcase, gets_words_ids_and_fonts);
    tcase_add_test(tcase, refuses_half_a_picture);
    suite_add_tcase(suite, tcase);
    return suite;
}
