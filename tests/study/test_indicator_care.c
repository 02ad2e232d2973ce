/* SPDX-License-Identifier: GPL-3.0-or-later
 * Six children written out; every number by hand. Care from (S) to:
 *
 *   1 North, born 20 May 2010: 1 Jun 2020 - 15 Oct 2020 home; 1 Feb 2021 - 10 Jun 2022 home; 5 Feb 2023 -
 *   2 South, born 3 Mar 2019:  10 Feb 2023 -
 *   3 South, born 10 Jan 2005: 1 May 2019 - 10 Jan 2023, turned 18
 *   4 North, born 1 Jan 2016:  12 Apr 2021 - 20 Dec 2021 home
 *   5 South, born 15 Jul 2006: 1 Sep 2022 -, unaccompanied
 *   6 North, born 1 Feb 2015:  3 Mar 2021 - 30 Nov 2022 adopted; placed for adoption 15 Feb 2022 */
#include "study/indicator.h"

#include <check.h>
#include <math.h>

#include "data/population.h"
#include "tests/build_history.h"
#include "tests/study/hand_card.h"

Suite *suite_indicator_care(void);

static struct hand_card card;

static void setup(void)
{
    hand_card_begin(&card, "2021 2022 2023");
    hand_card_file(&card, TABLE_AD1);
    hand_card_child(&card, "2021 h: 1,20/05/2010,WBRI\n2022 h: 1,20/05/2010,WBRI\n2023 h: 1,20/05/2010,WBRI\n"
                           "2021 e: 01/06/2020,S,V2,N1,U6,PR1,15/10/2020,E4A,,LS1 1AA\n"
                           "2021 e: 01/02/2021,S,V2,N1,U6,PR1,,,,LS1 1AA\n"
                           "2022 e: 01/02/2021,S,V2,N1,U6,PR1,,,,LS1 1AA\n"
                           "2023 e: 01/02/2021,S,V2,N1,U6,PR1,10/06/2022,E4A,,LS1 1AA\n"
                           "2023 e: 05/02/2023,S,V2,N1,U6,PR1,,,,LS1 1AA\n");
    hand_card_child(&card, "2023 h: 1,03/03/2019,WBRI\n2023 e: 10/02/2023,S,V2,N1,U6,PR1,,,,LS2 1AA\n");
    hand_card_child(&card, "2021 h: 1,10/01/2005,WBRI\n2022 h: 1,10/01/2005,WBRI\n2023 h: 1,10/01/2005,WBRI\n"
                           "2021 e: 01/05/2019,S,C2,N1,U6,PR1,,,,LS2 1AA\n"
                           "2022 e: 01/05/2019,S,C2,N1,U6,PR1,,,,LS2 1AA\n"
                           "2023 e: 01/05/2019,S,C2,N1,U6,PR1,10/01/2023,E17,,LS2 1AA\n");
    hand_card_child(&card, "2022 h: 1,01/01/2016,WBRI\n"
                           "2022 e: 12/04/2021,S,V2,N1,U6,PR1,20/12/2021,E4A,,LS1 1AA\n");
    hand_card_child(&card, "2023 h: 1,15/07/2006,WBRI\n2023 u: 1,15/07/2006,\n"
                           "2023 e: 01/09/2022,S,V2,N8,U6,PR4,,,,LS2 1AA\n");
    hand_card_child(&card, "2021 h: 1,01/02/2015,WBRI\n2022 h: 1,01/02/2015,WBRI\n2023 h: 1,01/02/2015,WBRI\n"
                           "2021 e: 03/03/2021,S,E1,N1,U6,PR1,,,,LS1 1AA\n"
                           "2022 e: 03/03/2021,S,E1,N1,U6,PR1,15/02/2022,X1,,LS1 1AA\n"
                           "2022 e: 15/02/2022,P,E1,N1,A3,PR1,,,,LS1 1AA\n"
                           "2023 e: 15/02/2022,P,E1,N1,A3,PR1,30/11/2022,E11,,LS1 1AA\n"
                           "2023 a: 01/02/2015,10/08/2021,20/01/2022,0,2,MF,L11\n");
    hand_card_end(&card);
}

static void teardown(void)
{
    hand_card_free(&card);
}

#define Q4 on(2023, 1, 1), on(2023, 3, 31)

START_TEST(who_is_in_care)
{
    /* 31 March 2023: children 1, 2, 5; a year before: 1, 3, 6 */
    hand_card_is(&card, "stock", NULL, Q4, 3, 0);
    hand_card_is(&card, "stock", NULL, on(2022, 1, 1), on(2022, 3, 31), 3, 0);
    hand_card_is(&card, "stock", "North", Q4, 1, 0);
    hand_card_is(&card, "stock", "South", Q4, 2, 0);
    hand_card_is(&card, "stock", "unknown", Q4, 0, 0);
    hand_card_is(&card, "stock_uasc", NULL, Q4, 1, 0);
    hand_card_is(&card, "stock_uasc", "North", Q4, 0, 0);
    /* nights: child 1 from 5 February 55, child 2 from the 10th 50, child 3 to 9 January 9, child 5 90 */
    hand_card_is(&card, "nights", NULL, Q4, 204, 0);
    hand_card_is(&card, "nights", "South", Q4, 149, 0);
    hand_card_is_not(&card, "rate", NULL, Q4, INDICATOR_NOT_GIVEN); /* nobody knows the population */
}
END_TEST

START_TEST(who_came_and_went)
{
    hand_card_is(&card, "entries", NULL, Q4, 2, 0); /* 1, 2 */
    hand_card_is(&card, "entries", "North", Q4, 1, 0);
    hand_card_is(&card, "exits", NULL, Q4, 1, 0); /* 3 */
    hand_card_is(&card, "exits", "North", Q4, 0, 0);
    hand_card_is(&card, "entries", NULL, on(2023, 2, 1), on(2023, 2, 28), 2, 0);
    hand_card_is(&card, "entries", NULL, on(2022, 10, 1), on(2023, 3, 31), 2, 0);
    hand_card_is(&card, "entries_under_5", NULL, Q4, 1, 2);                            /* 2 is 3 */
    hand_card_is(&card, "entries_16_17", NULL, on(2022, 7, 1), on(2022, 9, 30), 1, 1); /* 5 is 16 */
    hand_card_is_not(&card, "entries_16_17", NULL, on(2022, 4, 1), on(2022, 6, 30), INDICATOR_NOBODY);
    hand_card_is(&card, "moves", NULL, on(2022, 1, 1), on(2022, 3, 31), 1, 0); /* 6 to adopters */
    hand_card_is(&card, "readmissions", NULL, Q4, 1, 0);                       /* 1 */
    hand_card_is(&card, "readmissions", NULL, on(2021, 1, 1), on(2021, 3, 31), 1, 0);
}
END_TEST

START_TEST(who_came_back)
{
    /* left October 2021 to September 2022: 4 (not back), 1 in June 2022 (back after 7 months and 26 days) */
    hand_card_is(&card, "readmitted_6", NULL, Q4, 0, 2);
    /* left April 2021 to March 2022: 4 */
    hand_card_is(&card, "readmitted_12", NULL, Q4, 0, 1);
    /* left in 2020-21: 1 in October 2020, back after 3 months and 17 days */
    hand_card_is(&card, "readmitted_12", NULL, on(2022, 1, 1), on(2022, 3, 31), 1, 1);
    hand_card_is(&card, "readmitted_24", NULL, Q4, 1, 1);
    hand_card_is_not(&card, "readmitted_24", "South", Q4, INDICATOR_NOBODY);
    /* 24 months before the twelve months that end in December 2022 lies January 2020 */
    hand_card_is_not(&card, "readmitted_24", NULL, on(2022, 10, 1), on(2022, 12, 31), INDICATOR_NOT_OBSERVED);
}
END_TEST

START_TEST(how_long_and_where_to)
{
    /* left in 2022-23: 1 after 494 days, 3 after 1,350, 6 after 637 */
    hand_card_is(&card, "duration", NULL, Q4, 2481, 3);
    hand_card_is(&card, "duration", "South", Q4, 1350, 1);
    hand_card_is(&card, "permanence", NULL, Q4, 2, 3);          /* 1 home, 6 adopted */
    hand_card_is(&card, "entry_to_placed", NULL, Q4, 349, 1);   /* 3 March 2021 to 15 February 2022 */
    hand_card_is(&card, "decision_to_match", NULL, Q4, 163, 1); /* 10 August to 20 January */
    hand_card_is_not(&card, "entry_to_placed", NULL, on(2022, 1, 1), on(2022, 3, 31), INDICATOR_NOBODY);
    hand_card_is_not(&card, "decision_to_match", "South", Q4, INDICATOR_NOBODY);
}
END_TEST

START_TEST(what_is_not_known)
{
    hand_card_is_not(&card, "entries", NULL, on(2023, 4, 1), on(2023, 6, 30), INDICATOR_NOT_YET);
    hand_card_is_not(&card, "entries", NULL, on(2020, 1, 1), on(2020, 3, 31), INDICATOR_NOT_OBSERVED);
    hand_card_is_not(&card, "duration", NULL, on(2020, 7, 1), on(2020, 9, 30), INDICATOR_NOT_OBSERVED);
    hand_card_is_not(&card, "reviews_in_time", NULL, Q4, INDICATOR_NOT_IN_RETURNS);
    hand_card_is_not(&card, "health_assessment", NULL, Q4, INDICATOR_NOT_IN_RETURNS);
    hand_card_is_not(&card, "over_20_miles", NULL, Q4, INDICATOR_NOT_IN_RETURNS);
    hand_card_is_not(&card, "entries", "West", Q4, INDICATOR_NOT_BY_LOCALITY);
    hand_card_is_not(&card, "rate", "North", Q4, INDICATOR_NOT_BY_LOCALITY);
}
END_TEST

START_TEST(rate_by_the_mid_year_before)
{
    /* 3 children; 31 March 2023 is measured against 30 June 2022: 2,000 children; a December against June of
     * its own year: 2 in care on 31 December 2022 (3 and 5) of the same 2,000 */
    struct population_line lines[] = {{.mid_year = 2021}, {.mid_year = 2022}};
    struct population population;
    struct err err = {0};
    for (int i = 0; i < POPULATION_SERIES; i++) {
        lines[0].children[i] = i == POPULATION_ALL ? 1000 : 200;
        lines[1].children[i] = i == POPULATION_ALL ? 2000 : 400;
    }
    ck_assert(population_make(lines, 2, &population, &err));
    card.source.population = &population;
    hand_card_is(&card, "rate", NULL, Q4, 3, 2000);
    hand_card_is(&card, "rate", NULL, on(2022, 10, 1), on(2022, 12, 31), 2, 2000);
    hand_card_is(&card, "rate", NULL, on(2022, 1, 1), on(2022, 3, 31), 3, 1000);
    population_free(&population);
}
END_TEST

Suite *suite_indicator_care(void)
{
    Suite *suite = suite_create("indicator_care");
    TCase *tcase = tcase_create("indicator_care");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, who_is_in_care);
    tcase_add_test(tcase, who_came_and_went);
    tcase_add_test(tcase, who_came_back);
    tcase_add_test(tcase, how_long_and_where_to);
    tcase_add_test(tcase, what_is_not_known);
    tcase_add_test(tcase, rate_by_the_mid_year_before);
    suite_add_tcase(suite, tcase);
    return suite;
}
