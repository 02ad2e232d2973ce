/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/params.h"

#include <check.h>
#include <math.h>
#include <string.h>

Suite *suite_params(void);

static const struct param_spec model_specs[] = {{"phi", "share", .8, 0, 1, "damping"}};

START_TEST(defaults_of_engine_and_model)
{
    struct params params;
    struct err err;
    ck_assert(params_init(&params, model_specs, 1, &err));
    ck_assert_uint_eq(params.n, n_engine_params + 1);
    /* .3 and .7 are the documented defaults of the two assumptions */
    ck_assert_double_eq(params_get(&params, "referral_elasticity"), .3);
    ck_assert_double_eq(params_get(&params, "price_correlation"), .7);
    ck_assert_double_eq(params_get(&params, "phi"), .8);
    for (size_t i = 0; i < params.n; i++) {
        ck_assert_int_eq(params.origins[i], PARAM_DEFAULT);
        ck_assert_str_eq(params.places[i], "");
    }
    params_free(&params);
    ck_assert_uint_eq(params.n, 0);
}
END_TEST

START_TEST(every_default_lies_in_its_range)
{
    for (size_t i = 0; i < n_engine_params; i++) {
        ck_assert_double_ge(engine_params[i].fallback, engine_params[i].low);
        ck_assert_double_le(engine_params[i].fallback, engine_params[i].high);
        ck_assert_uint_gt(strlen(engine_params[i].words), 10);
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(engine_params[i].name, engine_params[k].name);
    }
}
END_TEST

START_TEST(set_keeps_value_origin_and_place)
{
    struct params params;
    struct err err;
    ck_assert(params_init(&params, model_specs, 1, &err));
    char place[] = "mine.yaml:7";
    ck_assert(params_set(&params, str_of("phi"), 1, PARAM_SET, place, &err));
    place[0] = '?'; /* the text was copied */
    ck_assert_double_eq(params_get(&params, "phi"), 1);
    ck_assert_int_eq(params.origins[params.n - 1], PARAM_SET);
    ck_assert_str_eq(params.places[params.n - 1], "mine.yaml:7");
    params_free(&params);
}
END_TEST

START_TEST(wrong_names_and_values_are_refused)
{
    struct params params;
    struct err err;
    ck_assert(params_init(&params, model_specs, 1, &err));
    ck_assert(!params_set(&params, str_of("referral_elastisity"), .2, PARAM_SET, "", &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.message, "did you mean \"referral_elasticity\"?"));
    ck_assert(!params_set(&params, str_of("completely_other"), .2, PARAM_SET, "", &err));
    ck_assert_ptr_null(strstr(err.message, "did you mean"));
    ck_assert(!params_set(&params, str_of("phi"), 1.5, PARAM_SET, "", &err));
    ck_assert_ptr_nonnull(strstr(err.message, "between 0 and 1"));
    ck_assert(!params_set(&params, str_of("phi"), (double)NAN, PARAM_SET, "", &err));
    ck_assert_double_eq(params_get(&params, "phi"), .8);
    params_free(&params);
}
END_TEST

Suite *suite_params(void)
{
    Suite *suite = suite_create("params");
    TCase *tcase = tcase_create("params");
    tcase_add_test(tcase, defaults_of_engine_and_model);
    tcase_add_test(tcase, every_default_lies_in_its_range);
    tcase_add_test(tcase, set_keeps_value_origin_and_place);
    tcase_add_test(tcase, wrong_names_and_values_are_refused);
    suite_add_tcase(suite, tcase);
    return suite;
}
