/* SPDX-License-Identifier: GPL-3.0-or-later
 * Each value passed on is written as "LEVEL CODE OLD NAME YEAR MEASURE[GROUP:CHARACTERISTIC]=VALUE"; numbers
 * are those of the row above them. The last test looks for figures of the published files.
 */
#include "data/published.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "findings_list.h"

Suite *suite_published(void);

struct taker {
    struct published_sink sink; /* first: the sink is the taker */
    struct text text;
    size_t n_values;
    /* one value to look for */
    const char *code, *measure;
    int32_t year;
    double found;
};

static bool take_value(struct published_sink *self, const struct published_value *v, struct err *err)
{
    static const char *const levels[] = {"nat", "reg", "la"};
    struct taker *taker = (struct taker *)self;
    taker->n_values++;
    if (taker->code != NULL) {
        if (v->year == taker->year && str_equal_text(v->code, taker->code) && v->group.length == 0 &&
            str_equal_text(str_of(v->measure), taker->measure))
            taker->found = v->value;
        return true;
    }
    bug_if(!text_format(&taker->text, err, "%s %.*s %.*s %.*s %d %s[%.*s:%.*s]=", levels[v->level],
                        (int)v->code.length, v->code.at, (int)v->old_code.length, v->old_code.at,
                        (int)v->name.length, v->name.at, v->year, v->measure, (int)v->group.length,
                        v->group.at, (int)v->characteristic.length, v->characteristic.at));
    if (isnan(v->value))
        bug_if(!text_format(&taker->text, err, "nan '%.*s'\n", (int)v->symbol.length, v->symbol.at));
    else
        bug_if(!text_format(&taker->text, err, "%g\n", v->value));
    return true;
}

static bool take_neighbour(struct published_sink *self, const struct published_neighbour *n, struct err *err)
{
    struct taker *taker = (struct taker *)self;
    taker->n_values++;
    if (taker->code == NULL)
        bug_if(!text_format(&taker->text, err, "%.*s %.*s %d %.*s '%.*s'\n", (int)n->old_code.length,
                            n->old_code.at, (int)n->name.length, n->name.at, n->rank,
                            (int)n->neighbour.length, n->neighbour.at, (int)n->closeness.length,
                            n->closeness.at));
    return true;
}

static struct taker new_taker(void)
{
    return (struct taker){.sink = {.value = take_value, .neighbour = take_neighbour}, .found = -1};
}

/* Reads all rows; returns how many were refused. */
static int read_all(struct csvfile *file, const char *name, struct taker *taker, struct findings *findings)
{
    struct err err;
    struct sniffed sniffed;
    struct csv_record row;
    int refused = 0;
    ck_assert(file != NULL && sniff_file(file, name, NULL, &sniffed, NULL, 1, &err));
    ck_assert_int_eq(file_kind_family(sniffed.kind), FAMILY_PUBLISHED);
    while (csvfile_next(file, &row, &err) == CSVFILE_ROW) {
        enum outcome outcome = OUTCOME_COUNT;
        ck_assert(published_row(&sniffed, sniffed.year, &row, &taker->sink, findings, 1, &outcome, &err));
        refused += outcome == OUTCOME_REFUSED;
    }
    csvfile_close(file);
    return refused;
}

static void check_rows(const char *text, const char *name, const char *expected, const char *findings)
{
    struct err err;
    struct findings_list list;
    struct taker taker = new_taker();
    findings_list_init(&list);
    read_all(csvfile_open_memory(name, str_of(text), NULL, 1, &err), name, &taker, &list.sink);
    ck_assert_str_eq(text_c(&taker.text), expected);
    ck_assert_str_eq(text_c(&list.text), findings);
    text_free(&taker.text);
    findings_list_free(&list);
}

START_TEST(layouts)
{
    check_rows("year,new_la_code,old_la_code,la_name,pop_0_17,stock,starts,leavers,foster\n"
               "2010,E1,301,Barking,48200,378,221,,276\n",
               "x",
               "la E1 301 Barking 2010 population[:]=48200\nla E1 301 Barking 2010 stock[:]=378\n"
               "la E1 301 Barking 2010 starts[:]=221\nla E1 301 Barking 2010 foster[:]=276\n",
               "");
    check_rows("year,stock,starts,leavers,uasc_31mar,adopted\n1994,47590,30220,32130,x,2190\n", "x",
               "nat E92000001  England 1994 stock[:]=47590\nnat E92000001  England 1994 starts[:]=30220\n"
               "nat E92000001  England 1994 leavers[:]=32130\nnat E92000001  England 1994 uasc[:]=nan 'x'\n"
               "nat E92000001  England 1994 adopted[:]=2190\n",
               "I-06@2 kept uasc_31mar 'x'\n");
    check_rows("year,level,new_la_code,old_la_code,name,cla_group,characteristic,number,percent\n"
               "2020,Local authority,E1,301,B,Age group,1 to 4 years,50,12\n"
               "2020,Local authority,E1,301,B,Age group,Total,402,100\n"
               "2020,Local authority,E1,301,B,Gender,Total,402,100\n"
               "2020,Local authority,E1,301,B,Gender,Male,c,c\n",
               "x",
               "la E1 301 B 2020 stock[Age group:1 to 4 years]=50\nla E1 301 B 2020 stock[:]=402\n"
               "la E1 301 B 2020 stock[Gender:Male]=nan 'c'\n",
               "I-06@5 kept number 'c'\n");
    check_rows(
        "time_period,geographic_level,country_code,country_name,region_code,region_name,old_la_code,la_name,"
        "new_la_code,population_type,population_estimate,children_count\n"
        "2022,Regional,E92,England,E12,North East,,,,Children looked after at 31 March each "
        "year,524968,5740\n"
        "2022,Local authority,E92,England,E12,North East,841,Darlington,E06,Children ceasing to be looked "
        "after each "
        "year,23000,90\n",
        "x",
        "reg E12  North East 2022 stock[:]=5740\nreg E12  North East 2022 population[:]=524968\n"
        "la E06 841 Darlington 2022 leavers[:]=90\n",
        "");
    check_rows("time_period,geographic_level,old_la_code,new_la_code,la_name,age_group,population_estimate\n"
               "2021,Local authority,383,E08,Leeds,Children aged 0 to 17 years,170000\n",
               "x", "la E08 383 Leeds 2022 population[:]=170000\n", "");
    check_rows("fin_year,old_la_code,la_name,line,own,private,total\n2008-09,202,Camden,residential "
               "care,,1393.44,2000\n",
               "x",
               "la  202 Camden 2009 s251[residential care:private]=1393.44\n"
               "la  202 Camden 2009 s251[residential care:total]=2000\n",
               "");
    check_rows(
        "new_la_code,la_name,cla_total_exp_k,residential_k,fostering_gbp_week\nE1,B & D,38966.94,,600\n", "x",
        "la E1  B & D 2025 ro3[total:]=3.89669e+07\nla E1  B & D 2025 ro3_week[fostering:]=600\n", "");
    check_rows(
        "New_geog_code,geog_l,geog_c,geog_n,CLA_started2014,CLA_taken2014,SCLA_AbNeg\nE1,LA,301,B,100,x,60\n"
        "E12000001,REGION,A,NORTH EAST,1920,500,970\n",
        "2015__SFR.csv",
        "la E1 301 B 2015 starts[:]=100\n"
        "la E1 301 B 2015 starts[Taken into care:All children taken into care]=nan 'x'\n"
        "la E1 301 B 2015 starts[Category of need:N1. Abuse or neglect]=60\n"
        "reg E12000001  NORTH EAST 2015 starts[:]=1920\n"
        "reg E12000001  NORTH EAST 2015 starts[Taken into care:All children taken into care]=500\n"
        "reg E12000001  NORTH EAST 2015 starts[Category of need:N1. Abuse or neglect]=970\n",
        "I-06@2 kept cla_taken* 'x'\n");
    check_rows("old_la_code,la_name,SN_1,SN_1P,SN_2,SN_2P,SN_3,SN_4,SN_5\n301,Barking,308,Close ,821,Very "
               "close,,,\n",
               "x", "301 Barking 1 308 'Close'\n301 Barking 2 821 'Very close'\n", "");
}
END_TEST

START_TEST(rows_that_cannot_be_used)
{
    check_rows("year,stock,starts,leavers\nx,1,2,3\n", "x", "", "I-06@2 refused 'x'\n");
    check_rows("year,level,new_la_code,old_la_code,name,cla_group,characteristic,number\n"
               "2020,Ward,E1,1,B,Age group,Total,5\n2020,Local authority,,,,Age group,Total,5\n",
               "x", "", "I-06@2 refused 'Ward'\nI-06@3 refused\n");
    check_rows("New_geog_code,geog_l,geog_c,geog_n,CLA_cease\nE1,LA,301,B,100\n", "x", "",
               "I-06@2 refused\n");
    check_rows("fin_year,old_la_code,la_name,line,total\n2008,202,Camden,residential care,2000\n", "x", "",
               "I-06@2 refused '2008'\n");
}
END_TEST

static double find(const char *name, const char *code, int32_t year, const char *measure, size_t *n_values,
                   int *refused)
{
    char path[256];
    struct err err;
    struct taker taker = new_taker();
    taker.code = code;
    taker.year = year;
    taker.measure = measure;
    snprintf(path, sizeof path, "../shared/data/published/%s", name);
    *refused = read_all(csvfile_open(path, NULL, 1, &err), path, &taker, NULL);
    *n_values = taker.n_values;
    return taker.found;
}

START_TEST(published_figures)
{
    /* Read off the files themselves. */
    static const struct {
        const char *file, *code, *measure;
        int32_t year;
        double value;
    } figures[] = {
        {"england_1994_2025.csv", "E92000001", "stock", 2012, 67070},
        {"2012__SFR20_CLA2012.csv", "E92000001", "stock", 2012, 67050},
        {"2012__SFR20_ADM2012.csv", "E92000001", "starts", 2012, 28220},
        {"2012__SFR_CEA2012.csv", "E92000001", "leavers", 2012, 27350},
        {"cla_number_and_rate_per_10k_children_sample.csv", "E92000001", "stock", 2022, 82090},
        {"ons_mid-year_population_estimates_2012_to_2024.csv", "E92000001", "population", 2025, 12183016},
        {"la_panel_2010_2022.csv", "E09000002", "stock", 2011, 410},
        {"la_stock_by_characteristic_2020_2022.csv", "E09000002", "stock", 2020, 402},
    };
    if (access("../shared/data/published", R_OK) != 0) {
        printf("skipped: published_figures, no ../shared/data/published\n");
        return;
    }
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        size_t n = 0;
        int refused = 0;
        const double value =
            find(figures[i].file, figures[i].code, figures[i].year, figures[i].measure, &n, &refused);
        ck_assert_msg(fabs(value - figures[i].value) < 1e-9, "%s: %g", figures[i].file, value);
        ck_assert_int_eq(refused, 0);
    }
    size_t n = 0;
    int refused = 0;
    (void)find("sn_model_2025_wide.csv", "x", 0, "x", &n, &refused);
    ck_assert_uint_eq(n, 1530); /* 153 authorities, ten neighbours */
    (void)find("la_s251_placement_spend_2009_2014.csv", "x", 0, "x", &n, &refused);
    ck_assert_int_eq(refused, 0);
    (void)find("la_ro3_2024_25_unit_costs.csv", "x", 0, "x", &n, &refused);
    ck_assert_int_eq(refused, 0);
}
END_TEST

Suite *suite_published(void)
{
    Suite *suite = suite_create("published");
    TCase *cases = tcase_create("published");
    tcase_add_test(cases, layouts);
    tcase_add_test(cases, rows_that_cannot_be_used);
    tcase_add_test(cases, published_figures);
    suite_add_tcase(suite, cases);
    return suite;
}
