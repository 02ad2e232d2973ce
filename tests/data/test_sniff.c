/* SPDX-License-Identifier: GPL-3.0-or-later
 * Headers as they occur; expected places of columns are counted by hand. */
#include "data/sniff.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "data/file_kind.h"
#include "findings_list.h"

Suite *suite_sniff(void);

#define PARTS "year,level,new_la_code,old_la_code,name,group,characteristic,number\n"

/* Sniffs a text; the findings' lines are written to `findings`. False: err is filled. */
static bool sniff(const char *text, const char *name, const char *as, struct sniffed *out, char findings[512],
                  struct err *err)
{
    struct findings_list list;
    findings_list_init(&list);
    struct csvfile *file = csvfile_open_memory(name, str_of(text), &list.sink, 1, err);
    ck_assert_ptr_nonnull(file);
    const bool ok = sniff_file(file, name, as, out, &list.sink, 1, err);
    str_copy(str_of(text_c(&list.text)), findings, 512);
    findings_list_free(&list);
    csvfile_close(file);
    return ok;
}

static void check_table(const char *text, const char *table, const char *expected)
{
    struct sniffed sniffed;
    struct err err;
    char findings[512];
    ck_assert(sniff(text, "x.csv", NULL, &sniffed, findings, &err));
    const char *name =
        sniffed.kind == FILE_RETURN ? table_spec(sniffed.table)->name : file_kind_name(sniffed.kind);
    ck_assert_msg(strcmp(name, table) == 0, "%s: %s, not %s", text, name, table);
    ck_assert_str_eq(findings, expected);
}

START_TEST(tables_of_the_return)
{
    check_table("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n", "header", "");
    check_table(
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n",
        "episodes", "");
    check_table("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST\n",
                "episodes", "");
    check_table("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,HOME_POST,PL_POST\n", "episodes", "");
    check_table(
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN,PL_LA,"
        "PL_LOCATION,PL_DISTANCE\n",
        "episodes", "");
    check_table("CHILD,SEX,DOB,DUC\n", "uasc", "");
    check_table("CHILD,DOB,REVIEW,REVIEW_CODE\n", "reviews", "");
    check_table(
        "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
        "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n",
        "oc2", "");
    check_table("CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n", "oc3", "");
    check_table("CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n", "ad1", "");
    check_table("CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n", "placed_adoption", "");
    check_table("CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\n", "previous_permanence", "");
    check_table("CHILD,DOB,MISSING,MIS_START,MIS_END\n", "missing", "");
    check_table("CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\n", "sw_episodes", "");
    check_table("CHILD,DOB,DOLO_START,DOLO_END\n", "dolo", "");
}
END_TEST

START_TEST(unusual_headers)
{
    struct sniffed sniffed;
    struct err err;
    char findings[512];
    check_table(" child , duc,Sex,dob, LA \n", "uasc", "F-09@1 kept\n");
    ck_assert(sniff("DUC;Extra;\"CHILD\"\n", "x", NULL, &sniffed, findings, &err));
    ck_assert_int_eq(sniffed.table, TABLE_UASC);
    ck_assert_int_eq(sniffed.map.n, 4);
    ck_assert_int_eq(sniffed.map.source[0], 2);
    ck_assert_int_eq(sniffed.map.source[1], -1);
    ck_assert_int_eq(sniffed.map.source[3], 0);
    ck_assert_str_eq(findings, "F-11@1 kept\nF-08@1 repaired SEX\nF-08@1 repaired DOB\nF-09@1 kept\n");
    /* XML's names */
    check_table("CHILDID,DECOM,RNE,LS,CIN,PL,PLACE_PROVIDER,DEC,REC,HOME_POST,PL_POST\n", "episodes",
                "F-09@1 kept\n");
}
END_TEST

START_TEST(columns_missing_or_doubled)
{
    check_table("CHILD,DECOM,RNE,CIN,PLACE,PLACE_PROVIDER,DEC,REC,HOME_POST,PL_POST\n", "unknown",
                "F-08@1 refused LS\n");
    check_table("CHILD,DECOM,RNE,LS,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,HOME_POST,PL_POST\n", "unknown",
                "F-08@1 refused LS\n");
    check_table("CHILD,DECOM,RNE,LS,CIN,CIN,PLACE,PLACE_PROVIDER,DEC,REC,HOME_POST,PL_POST\n", "episodes",
                "F-08@1 repaired CIN\n");
    check_table("placement,from,source\n", "unknown", "F-08@1 refused weekly_gbp\n");
}
END_TEST

START_TEST(no_table)
{
    check_table("CHILD,DOB,X\n", "unknown", "F-10@1 refused\n");
    check_table("a,b,c\n", "unknown", "F-10@1 refused\n");
    check_table("", "unknown", "F-10@0 refused\n");
    check_table("\n\n", "unknown", "F-10@0 refused\n");
    check_table("123,01/04/2021,S,C2,N1,U6,PR1,,,,,,\n", "unknown", "F-07@1 refused\n");
    check_table("<?xml version=\"1.0\"?><EXPSSDA903><CHILD></CHILD></EXPSSDA903>", "xml", "F-10@1 refused\n");
    /* refused already: no second finding */
    check_table("\"A,B\n", "unknown", "F-06@1 refused\n");
}
END_TEST

START_TEST(published_and_inputs)
{
    check_table("year,stock,starts,leavers,uasc_31mar,adopted\n", "england", "");
    check_table(PARTS "2019,National,,,England,Age on ceasing,Total,1\n", "ceased", "");
    check_table(PARTS "2019,National,,,England,Age group,Total,1\n,,,,,Category of need,x,1\n", "starts", "");
    check_table("year,level,new_la_code,old_la_code,name,cla_group,characteristic,number,percent\n", "stock",
                "");
    check_table(
        "time_period,geographic_level,old_la_code,la_name,new_la_code,population_type,children_count\n",
        "dfe", "");
    check_table("New_geog_code,geog_l,geog_c,geog_n,CLA_started2014,CLA_taken2014,SCLA_male\n", "sfr_adm",
                "");
    check_table("NEW_GEOG_CODE,geog_l,geog_c,geog_n,cla_cease,CLA-ceaDied\n", "sfr_cea", "");
    check_table("AREA_CODE,AREA_NAME,COMPONENT,SEX,AGE_GROUP,2018,2019\n", "projections", "");
    check_table(
        "\"DATE\",\"GEOGRAPHY_NAME\",\"GEOGRAPHY_CODE\",\"GENDER_NAME\",\"C_AGE_NAME\",\"OBS_VALUE\"\n",
        "nomis", "");
    check_table("projected_year_name,geography_code,age_name,sex_name,obs_value\n", "nomis", "");
    check_table("postcode,locality\n", "localities", "");
    check_table("placement,provider,from,weekly_gbp,annual_uplift_pct,source\n", "prices", "");
    check_table("plan,priority_ref,priority,action_ref,action,milestone,due,revised_due,status\n", "plan",
                "");
    check_table(
        "plan,action_ref,lever,applies_to,low,likely,high,unit,start_milestone,ramp_months,rationale\n",
        "effects", "");
    check_table("plan,action_ref,quantity,baseline,change,value,unit,by,note\n", "targets", "");
    /* the least that a file of each kind has */
    check_table("Due,Action\n", "plan", "");
    check_table("high,likely,low,lever,action ref,plan\n", "effects", "");
    check_table("value,plan,quantity\n", "targets", "");
    check_table("year,line,placement,budget_gbp,budget_fte,savings_gbp\n", "budget", "");
    check_table("date,line,placement,actual_gbp\n", "ledger", "");
    check_table("measure,locality,period_start,period_end,numerator,denominator,value,target,polarity\n",
                "measures", "");
    ck_assert_int_eq(file_kind_family(FILE_PLAN), FAMILY_PLAN);
    ck_assert_int_eq(file_kind_family(FILE_LEDGER), FAMILY_COUNCIL);
    ck_assert_int_eq(file_kind_family(FILE_PANEL), FAMILY_PUBLISHED);
    ck_assert_int_eq(file_kind_family(FILE_NOMIS), FAMILY_POPULATION);
    ck_assert_str_eq(file_kind_column(FILE_PRICES, 3), "weekly_gbp");
    ck_assert_ptr_null(file_kind_column(FILE_PRICES, 6));
}
END_TEST

START_TEST(years_in_names)
{
    struct sniffed sniffed;
    struct err err;
    char findings[512];
    static const char adm[] = "New_geog_code,geog_l,geog_c,geog_n,CLA_started2014\n";
    ck_assert(sniff(adm, "dir2011/x.csv", NULL, &sniffed, findings, &err));
    ck_assert_int_eq(sniffed.year, 2014);
    ck_assert(sniff(adm, "a/2015__SFR34_ADM.csv", NULL, &sniffed, findings, &err));
    ck_assert_int_eq(sniffed.year, 2015);
    ck_assert(sniff("New_geog_code,geog_l,geog_c,geog_n,cla_cease\n", "SFR_CEA2012.csv", NULL, &sniffed,
                    findings, &err));
    ck_assert_int_eq(sniffed.year, 2012);
    ck_assert(
        sniff("New_geog_code,geog_l,geog_c,geog_n,cla_cease\n", "x.csv", NULL, &sniffed, findings, &err));
    ck_assert_int_eq(sniffed.year, 0);
    ck_assert(sniff(PARTS, "la_ceased.csv", NULL, &sniffed, findings, &err));
    ck_assert_int_eq(sniffed.kind, FILE_CEASED);
    ck_assert(sniff(PARTS, "la_starts.csv", NULL, &sniffed, findings, &err));
    ck_assert_int_eq(sniffed.kind, FILE_STARTS);
}
END_TEST

START_TEST(the_user_knows_better)
{
    struct sniffed sniffed;
    struct err err;
    char findings[512];
    ck_assert(sniff("CHILD,DOB,X\n", "x", "header", &sniffed, findings, &err));
    ck_assert_int_eq(sniffed.kind, FILE_RETURN);
    ck_assert_int_eq(sniffed.table, TABLE_HEADER);
    ck_assert(sniff(PARTS, "x", "Ceased", &sniffed, findings, &err));
    ck_assert_int_eq(sniffed.kind, FILE_CEASED);
    ck_assert(sniff("CHILD,PREV_PERM\n", "x", "PrevPerm", &sniffed, findings, &err));
    ck_assert_int_eq(sniffed.table, TABLE_PREVIOUS_PERMANENCE);
    ck_assert(sniff("CHILD,DOB,X\n", "x", "uasc", &sniffed, findings, &err));
    ck_assert_int_eq(sniffed.kind, FILE_UNKNOWN);
    ck_assert_str_eq(findings, "F-08@1 refused DUC\n");
    ck_assert(!sniff("CHILD,DOB,X\n", "x", "episods", &sniffed, findings, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.message, "episodes"));
}
END_TEST

START_TEST(files_of_the_statistics)
{
    static const struct {
        const char *name;
        enum file_kind kind;
        int32_t year;
    } files[] = {{"la_panel_2010_2022.csv", FILE_PANEL, 0},
                 {"england_1994_2025.csv", FILE_ENGLAND, 0},
                 {"la_starts_by_characteristic_2018_2022.csv", FILE_STARTS, 0},
                 {"la_ceased_by_reason_age_2018_2022.csv", FILE_CEASED, 0},
                 {"la_stock_by_characteristic_2020_2022.csv", FILE_STOCK, 0},
                 {"cla_number_and_rate_per_10k_children_sample.csv", FILE_DFE, 0},
                 {"2012__SFR20_CLA2012.csv", FILE_SFR_CLA, 2012},
                 {"2012__SFR20_ADM2012.csv", FILE_SFR_ADM, 2012},
                 {"2012__SFR_CEA2012.csv", FILE_SFR_CEA, 2012},
                 {"la_s251_placement_spend_2009_2014.csv", FILE_S251, 0},
                 {"la_ro3_2024_25_unit_costs.csv", FILE_RO3, 0},
                 {"sn_model_2025_wide.csv", FILE_NEIGHBOURS, 0},
                 {"ons_mid-year_population_estimates_2012_to_2024.csv", FILE_POPULATION, 0}};
    if (access("../shared/data/published", R_OK) != 0) {
        printf("skipped: files_of_the_statistics, no ../shared/data/published\n");
        return;
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[256];
        struct err err;
        struct sniffed sniffed;
        snprintf(path, sizeof path, "../shared/data/published/%s", files[i].name);
        struct csvfile *file = csvfile_open(path, NULL, 1, &err);
        ck_assert_msg(file != NULL, "%s", path);
        ck_assert(sniff_file(file, path, NULL, &sniffed, NULL, 1, &err));
        ck_assert_msg(sniffed.kind == files[i].kind, "%s: %s", path, file_kind_name(sniffed.kind));
        if (files[i].year != 0)
            ck_assert_int_eq(sniffed.year, files[i].year);
        csvfile_close(file);
    }
}
END_TEST

Suite *suite_sniff(void)
{
    Suite *suite = suite_create("sniff");
    TCase *cases = tcase_create("sniff");
    tcase_add_test(cases, tables_of_the_return);
    tcase_add_test(cases, unusual_headers);
    tcase_add_test(cases, columns_missing_or_doubled);
    tcase_add_test(cases, no_table);
    tcase_add_test(cases, published_and_inputs);
    tcase_add_test(cases, years_in_names);
    tcase_add_test(cases, the_user_knows_better);
    tcase_add_test(cases, files_of_the_statistics);
    suite_add_tcase(suite, cases);
    return suite;
}
