/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>

#include "render/escape.h"

Suite *suite_escape(void);

START_TEST(markup_is_escaped)
{
    struct text out = {0};
    struct err err = {0};
    ck_assert(escape_markup(&out, str_of("<script>alert(\"1\" & '2')</script>\x01\t\n\xC2\xA3"), &err));
    ck_assert_str_eq(text_c(&out),
                     "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt; \t\n\xC2\xA3");
    text_free(&out);
    ck_assert(escape_markup(&out, str_of("a\xC3(\xFF"), &err));
    ck_assert_str_eq(text_c(&out), "a?(?");
    text_free(&out);
    /* numbers stay whole: a no-break space (U+00A0), a word joiner (U+2060) */
    ck_assert(escape_markup(&out,
                            str_of("99 % of % -\xC2\xA3 +\xC2\xA3"
                                   "1 \xE2\x88\x92\xC2\xA3"
                                   "2"),
                            &err));
    ck_assert_str_eq(text_c(&out), "99\xC2\xA0% of % -\xC2\xA3 +\xE2\x81\xA0\xC2\xA3"
                                   "1 \xE2\x88\x92\xE2\x81\xA0\xC2\xA3"
                                   "2");
    text_free(&out);
}
END_TEST

START_TEST(plot_fields_hold_no_syntax)
{
    struct text out = {0};
    struct err err = {0};
    ck_assert(escape_plot_field(&out, str_of("a\tb\nc\"d\\e`f`\xC2\xA3"), &err));
    ck_assert_str_eq(text_c(&out), "a b c\xE2\x80\x9D"
                                   "d/e`f`\xC2\xA3");
    text_free(&out);
}
END_TEST

Suite *suite_escape(void)
{
    Suite *suite = suite_create("escape");
    TCase *tcase = tcase_create("escape");
    tcase_add_test(tcase, markup_is_escaped);
    tcase_add_test(tcase, plot_fields_hold_no_syntax);
    suite_add_tcase(suite, tcase);
    return suite;
}
