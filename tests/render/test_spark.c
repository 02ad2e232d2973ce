/* SPDX-License-Identifier: GPL-3.0-or-later
 * Positions by hand: x = 2.5 + i 79 / (n - 1), y = 2.5 + (high - value) / (high - low) 13. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "render/spark.h"

Suite *suite_spark(void);

#define HEAD(alt)                                                                                            \
    "<svg class=\"spark\" role=\"img\" width=\"84\" height=\"18\" viewBox=\"0 0 84 18\" aria-label=\"" alt   \
    "\">"
#define LINE "<polyline fill=\"none\" stroke=\"#12436D\" stroke-width=\"1.5\" points=\""

static const struct {
    double values[5];
    size_t n;
    double target;
    const char *alt, *expected;
} cases[] = {
    {{10, 20, 15},
     3,
     NAN,
     "up",
     HEAD("up") LINE
     "2.5,15.5 42.0,2.5 81.5,9.0\"/><circle cx=\"81.5\" cy=\"9.0\" r=\"2.2\" fill=\"#12436D\"/></svg>"},
    /* a gap breaks the line; what stands alone is a dot */
    {{1, NAN, 3, 2, NAN},
     5,
     NAN,
     "",
     HEAD("") LINE "2.5,15.5\"/>" LINE
                   "42.0,2.5 61.8,9.0\"/><circle cx=\"2.5\" cy=\"15.5\" r=\"1.2\" fill=\"#12436D\"/>"
                   "<circle cx=\"61.8\" cy=\"9.0\" r=\"2.2\" fill=\"#12436D\"/></svg>"},
    /* the target widens the axis: 0 at the bottom, 13 pixels to 10 */
    {{10, 10},
     2,
     0,
     "a \"<b>\" & 'c'",
     HEAD(
         "a &quot;&lt;b&gt;&quot; &amp; &#39;c&#39;") "<line x1=\"0\" x2=\"84\" y1=\"15.5\" y2=\"15.5\" "
                                                      "stroke=\"#F46A25\" "
                                                      "stroke-width=\"1.5\" stroke-dasharray=\"1.5,3\"/>" LINE
                                                      "2.5,2.5 81.5,2.5\"/><circle cx=\"81.5\" cy=\"2.5\" "
                                                      "r=\"2.2\" "
                                                      "fill=\"#12436D\"/></svg>"},
    /* no change: through the middle, 9 pixels from the top; one value: a dot at the left */
    {{7, 7},
     2,
     NAN,
     "x",
     HEAD("x") LINE "2.5,9.0 81.5,9.0\"/><circle cx=\"81.5\" cy=\"9.0\" r=\"2.2\" fill=\"#12436D\"/></svg>"},
    {{7},
     1,
     NAN,
     "x",
     HEAD("x") LINE "2.5,9.0\"/><circle cx=\"2.5\" cy=\"9.0\" r=\"2.2\" fill=\"#12436D\"/></svg>"},
    {{NAN, INFINITY}, 2, 5, "x", ""},
    {{0}, 0, NAN, "x", ""},
};

START_TEST(draws_what_is_known)
{
    struct text out = {0};
    struct err err = {0};
    ck_assert(spark_write(cases[_i].values, cases[_i].n, cases[_i].target, cases[_i].alt, &out, &err));
    ck_assert_str_eq(text_c(&out), cases[_i].expected);
    text_free(&out);
}
END_TEST

Suite *suite_spark(void)
{
    Suite *suite = suite_create("spark");
    TCase *tcase = tcase_create("spark");
    tcase_add_loop_test(tcase, draws_what_is_known, 0, (int)(sizeof cases / sizeof cases[0]));
    suite_add_tcase(suite, tcase);
    return suite;
}
