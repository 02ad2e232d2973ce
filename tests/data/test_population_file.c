/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files in the layouts that are downloaded, with invented numbers: children of age a number 10 (a + 1), and
 * one more of each age for each year after 2018. Of ages 0; 1 to 4; 5 to 9; 10 to 15; 16 and 17 that makes in
 * 2018 by hand 10; 20 + 30 + 40 + 50 = 140; 60 + .. + 100 = 400; 110 + .. + 160 = 810; 170 + 180 = 350;
 * together 1710. In 2019 1, 4, 5, 6, 2 and 18 more. */
#include "data/population_file.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "findings_list.h"

Suite *suite_population_file(void);

#define WIDE "AREA_CODE,AREA_NAME,COMPONENT,SEX,AGE_GROUP,2018,2019\n"
#define LONG                                                                                                 \
    "DATE,DATE_NAME,GEOGRAPHY,GEOGRAPHY_NAME,GEOGRAPHY_CODE,GENDER,GENDER_NAME,C_AGE,C_AGE_NAME,MEASURES,"   \
    "MEASURES_NAME,OBS_VALUE,RECORD_COUNT\n"
#define BANDS_2018                                                                                           \
    "E08000035 2019 projection[2018-based:0]=10\nE08000035 2019 projection[2018-based:1-4]=140\n"            \
    "E08000035 2019 projection[2018-based:5-9]=400\nE08000035 2019 projection[2018-based:10-15]=810\n"       \
    "E08000035 2019 projection[2018-based:16-17]=350\nE08000035 2019 projection[2018-based:]=1710\n"
#define BANDS_2019                                                                                           \
    "E08000035 2020 projection[2018-based:0]=11\nE08000035 2020 projection[2018-based:1-4]=144\n"            \
    "E08000035 2020 projection[2018-based:5-9]=405\nE08000035 2020 projection[2018-based:10-15]=816\n"       \
    "E08000035 2020 projection[2018-based:16-17]=352\nE08000035 2020 projection[2018-based:]=1728\n"
#define ESTIMATES_2018                                                                                       \
    "E08000035 2019 population[Age group:0]=10\nE08000035 2019 population[Age group:1-4]=140\n"              \
    "E08000035 2019 population[Age group:5-9]=400\nE08000035 2019 population[Age group:10-15]=810\n"         \
    "E08000035 2019 population[Age group:16-17]=350\nE08000035 2019 population[:]=1710\n"

struct taker {
    struct published_sink sink; /* first: the sink is the taker */
    struct text text;
};

static bool take_value(struct published_sink *self, const struct published_value *v, struct err *err)
{
    struct taker *taker = (struct taker *)self;
    ck_assert_int_eq(v->level, LEVEL_LA);
    return text_format(&taker->text, err, "%.*s %d %s[%.*s:%.*s]=%g\n", (int)v->code.length, v->code.at,
                       (int)v->year, v->measure, (int)v->group.length, v->group.at,
                       (int)v->characteristic.length, v->characteristic.at, v->value);
}

/* What a file gives, what is found in it, and how many rows were refused of how many. */
struct given {
    char values[2048], findings[1024];
    int rows, refused;
};

static void read(const char *text, const char *name, struct given *given)
{
    struct err err = {0};
    struct sniffed sniffed;
    struct csv_record row;
    struct findings_list list;
    struct taker taker = {.sink = {.value = take_value}};
    findings_list_init(&list);
    *given = (struct given){.rows = 0};
    struct csvfile *csv = csvfile_open_memory(name, str_of(text), NULL, 1, &err);
    ck_assert(csv != NULL && sniff_file(csv, name, NULL, &sniffed, NULL, 1, &err));
    ck_assert_int_eq(file_kind_family(sniffed.kind), FAMILY_POPULATION);
    struct population_file *file = population_file_open(&sniffed, csvfile_header(csv), &err);
    ck_assert_ptr_nonnull(file);
    while (csvfile_next(csv, &row, &err) == CSVFILE_ROW) {
        enum outcome outcome = OUTCOME_COUNT;
        ck_assert(population_file_row(file, &row, &list.sink, 1, &outcome, &err));
        ck_assert(outcome == OUTCOME_KEPT || outcome == OUTCOME_REFUSED);
        given->rows++;
        given->refused += outcome == OUTCOME_REFUSED;
    }
    ck_assert_msg(population_file_end(file, &taker.sink, &list.sink, 1, &err), "%s", err.message);
    ck_assert(str_copy(str_of(text_c(&taker.text)), given->values, sizeof given->values));
    ck_assert(str_copy(str_of(text_c(&list.text)), given->findings, sizeof given->findings));
    population_file_close(file);
    csvfile_close(csv);
    text_free(&taker.text);
    findings_list_free(&list);
}

/* Rows of ages first .. last of the wide layout, of one area and sex; share of the number. */
static void add_wide(struct text *text, const char *area, const char *sex, int first, int last, double share)
{
    struct err err = {0};
    for (int a = first; a <= last; a++)
        ck_assert(text_format(text, &err, "%s,Leeds,Population,%s,%d,%g,%g\n", area, sex, a,
                              10 * (a + 1) * share, (10 * (a + 1) + 1) * share));
}

/* The same of the long layout, for one year. */
static void add_long(struct text *text, const char *area, const char *sex, int year, int first, int last)
{
    struct err err = {0};
    for (int a = first; a <= last; a++)
        ck_assert(text_format(text, &err, "%d,%d,1,Leeds,%s,0,%s,%d,Age %d,20100,Value,%d,9\n", year, year,
                              area, sex, 101 + a, a, 10 * (a + 1) + year - 2018));
}

static void check(struct text *text, const char *name, const char *values, const char *findings, int refused)
{
    struct given given;
    read(text_c(text), name, &given);
    ck_assert_str_eq(given.values, values);
    ck_assert_str_eq(given.findings, findings);
    ck_assert_int_eq(given.refused, refused);
    text_free(text);
}

START_TEST(projections_with_a_column_a_year)
{
    struct err err = {0};
    struct text text = {0};
    ck_assert(text_append_c(&text, WIDE, &err));
    add_wide(&text, "E08000035", "persons", 0, 17, 1);
    ck_assert(text_append_c(&text,
                            /* adults, other areas (a district, the region), other components: not needed */
                            "E08000035,Leeds,Population,persons,18,999,999\n"
                            "E08000035,Leeds,Population,persons,90 and over,999,999\n"
                            "E08000035,Leeds,Population,persons,All ages,999,999\n"
                            "E08000035,Leeds,Births,persons,0,999,999\n"
                            "E07000223,Adur,Population,persons,0,999,999\n"
                            "E12000003,Yorkshire and The Humber,Population,persons,0,999,999\n",
                            &err));
    check(&text, "2018 SNPP Population persons.csv", BANDS_2018 BANDS_2019, "", 0);
}
END_TEST

/* Rows in another order, a quarter males; persons, where there are any, come before their sum. */
START_TEST(males_and_females_are_persons)
{
    struct err err = {0};
    struct text text = {0};
    ck_assert(text_append_c(&text, WIDE, &err));
    add_wide(&text, "E08000035", "females", 0, 17, .75);
    add_wide(&text, "E08000035", "males", 5, 17, .25);
    add_wide(&text, "E08000035", "males", 0, 4, .25);
    check(&text, "x.csv", BANDS_2018 BANDS_2019, "", 0);
    ck_assert(text_append_c(&text, WIDE, &err));
    add_wide(&text, "E08000035", "males", 0, 17, 100);
    add_wide(&text, "E08000035", "females", 0, 17, 100);
    add_wide(&text, "E08000035", "persons", 0, 17, 1);
    check(&text, "x.csv", BANDS_2018 BANDS_2019, "", 0);
    ck_assert(text_append_c(&text, WIDE, &err));
    add_wide(&text, "E08000035", "males", 0, 17, 1);
    check(&text, "x.csv", "", "I-06@0 kept age 'E08000035'\nI-06@0 kept age 'E08000035'\n", 0);
}
END_TEST

START_TEST(the_year_that_a_projection_starts_from)
{
    static const struct {
        const char *name, *base;
    } cases[] = {{"2016 SNPP Population persons.csv", "[2016-based:]"},
                 {"dir2019/snpp-2014.csv", "[2014-based:]"},
                 {"2019_downloaded.csv", "[2018-based:]"}, /* after the first year */
                 {"x.csv", "[2018-based:]"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct err err = {0};
        struct text text = {0};
        struct given given;
        ck_assert(text_append_c(&text, WIDE, &err));
        add_wide(&text, "E08000035", "persons", 0, 17, 1);
        read(text_c(&text), cases[i].name, &given);
        ck_assert_msg(strstr(given.values, cases[i].base) != NULL, "%s: %s", cases[i].name, given.values);
        text_free(&text);
    }
}
END_TEST

START_TEST(estimates_of_nomis)
{
    struct err err = {0};
    struct text text = {0};
    ck_assert(text_append_c(&text, LONG, &err));
    add_long(&text, "E08000035", "Total", 2018, 0, 17);
    add_long(&text, "E08000035", "Total", 2018, 0, 17); /* as a district, and again as a county: the same */
    add_long(&text, "E08000035", "Total", 2018, 18, 90);
    ck_assert(text_append_c(&text,
                            "2018,2018,1,Leeds,E08000035,0,Total,200,All Ages,20100,Value,99999,9\n"
                            "2018,2018,1,Leeds,E08000035,0,Total,101,Age 0,20301,Percent,1.2,9\n"
                            "2018,2018,1,Leeds,E08000035,0,Total,191,Aged 90+,20100,Value,5,9\n"
                            "2018,2018,1,Wales,W92000004,0,Total,101,Age 0,20100,Value,5,9\n",
                            &err));
    check(&text, "x.csv", ESTIMATES_2018, "", 0);
    /* fewer columns, in another order, and other names; one number for 0 to 17 */
    ck_assert(text_append_c(&text,
                            "obs_value,age_name,geography_code,sex_name,date_name\n"
                            "1710,Aged 0-17,E10000003,Persons,mid-2018\n",
                            &err));
    check(&text, "x.csv", "E10000003 2019 population[:]=1710\n", "", 0);
}
END_TEST

START_TEST(projections_of_nomis)
{
    struct err err = {0};
    struct text text = {0};
    ck_assert(text_append_c(&text, "GEOGRAPHY_CODE,PROJECTED_YEAR_NAME,C_AGE_NAME,OBS_VALUE,DATE\n", &err));
    for (int a = 0; a < 18; a++)
        ck_assert(text_format(&text, &err, "E08000035,2019,Age %d,%d,2018\n", a, 10 * (a + 1) + 1));
    ck_assert(text_append_c(&text, "E08000035,2019,Age 3,5,2016\n", &err));
    check(&text, "x.csv", BANDS_2019, "I-06@20 refused date '2016'\n", 1);
}
END_TEST

START_TEST(rows_that_cannot_be_used)
{
    struct err err = {0};
    struct text text = {0};
    ck_assert(text_append_c(&text, WIDE, &err));
    add_wide(&text, "E08000035", "persons", 0, 17, 1);
    ck_assert(text_append_c(&text,
                            ",Leeds,Population,persons,0,1,1\n"
                            "E08000035,Leeds,Population,persons,five,1,1\n"
                            "E08000035,Leeds,Population,unknown,5,1,1\n"
                            "E08000035,Leeds,Population,males,5,1,-1\n"
                            "E08000035,Leeds,Population,persons,5,60,62\n" /* 61 above */
                            "E08000035,Leeds,Population,persons,5,60,61\n" /* the same as above */
                            "E09000001,City,Population,persons,5,c,\n",
                            &err));
    check(&text, "x.csv", BANDS_2018 BANDS_2019,
          "I-06@20 refused area_code\nI-06@21 refused age 'five'\nI-06@22 refused sex 'unknown'\n"
          "I-06@23 refused year '-1'\nI-06@24 refused year '62'\nI-06@26 kept year 'c'\n",
          5);
    /* nothing of a refused row is taken: the males of 2018 would be one */
    ck_assert(text_append_c(&text, WIDE, &err));
    add_wide(&text, "E08000035", "males", 0, 16, .5);
    add_wide(&text, "E08000035", "females", 0, 17, .5);
    ck_assert(text_append_c(&text, "E08000035,Leeds,Population,males,17,90,-90.5\n", &err));
    check(&text, "x.csv", "",
          "I-06@37 refused year '-90.5'\nI-06@0 kept age 'E08000035'\nI-06@0 kept age 'E08000035'\n", 1);
    ck_assert(
        text_append_c(&text, "DATE,GEOGRAPHY_CODE,C_AGE_NAME,OBS_VALUE\nlatest,E08000035,Age 0,5\n", &err));
    check(&text, "x.csv", "", "I-06@2 refused date 'latest'\nI-06@0 kept area_code\n", 1);
    ck_assert(text_append_c(&text, "AREA_CODE,SEX,AGE_GROUP,total\nE08000035,males,5,7\n", &err));
    check(&text, "x.csv", "", "I-06@2 refused year\nI-06@0 kept area_code\n", 1);
}
END_TEST

/* Ages that are missing make no band; the other areas and years are not touched. */
START_TEST(missing_ages)
{
    struct err err = {0};
    struct text text = {0};
    ck_assert(text_append_c(&text, WIDE, &err));
    add_wide(&text, "E08000035", "persons", 0, 17, 1);
    add_wide(&text, "E10000003", "persons", 0, 16, 1);
    check(&text, "x.csv", BANDS_2018 BANDS_2019, "I-06@0 kept age 'E10000003'\nI-06@0 kept age 'E10000003'\n",
          0);
}
END_TEST

/* Memory is bounded: so many authorities England does not have. */
START_TEST(too_many_areas)
{
    struct err err = {0};
    struct text text = {0};
    struct given *given = calloc(1, sizeof *given);
    ck_assert_ptr_nonnull(given);
    ck_assert(text_append_c(&text, "GEOGRAPHY_CODE,C_AGE_NAME,OBS_VALUE,DATE\n", &err));
    for (int i = 0; i < 401; i++)
        ck_assert(text_format(&text, &err, "E06%06d,Age 0,,2018\n", i));
    read(text_c(&text), "x.csv", given);
    ck_assert_int_eq(given->rows, 401);
    ck_assert_int_eq(given->refused, 1);
    ck_assert_str_eq(given->findings, "I-06@402 refused area_code 'E06000400'\nI-06@0 kept area_code\n");
    free(given);
    text_free(&text);
}
END_TEST

Suite *suite_population_file(void)
{
    Suite *suite = suite_create("population_file");
    TCase *cases = tcase_create("population_file");
    tcase_add_test(cases, projections_with_a_column_a_year);
    tcase_add_test(cases, males_and_females_are_persons);
    tcase_add_test(cases, the_year_that_a_projection_starts_from);
    tcase_add_test(cases, estimates_of_nomis);
    tcase_add_test(cases, projections_of_nomis);
    tcase_add_test(cases, rows_that_cannot_be_used);
    tcase_add_test(cases, missing_ages);
    tcase_add_test(cases, too_many_areas);
    suite_add_tcase(suite, cases);
    return suite;
}
