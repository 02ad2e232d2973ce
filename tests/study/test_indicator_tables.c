/* SPDX-License-Identifier: GPL-3.0-or-later
 * Measures of the other tables of a return, and of where children are placed; every number by hand. */
#include "study/indicator.h"

#include <check.h>
#include <math.h>
#include <stdio.h>

#include "tests/build_history.h"
#include "tests/study/hand_card.h"

Suite *suite_indicator_tables(void);

static struct hand_card card;

static void setup(void)
{
    hand_card_begin(&card, "2022 2023");
}

static void teardown(void)
{
    hand_card_free(&card);
}

/* A child who is in care from a day on, in both returns, and more rows of that child. */
static void in_care(const char *born, const char *start, const char *rows)
{
    char text[1200];
    const int n = snprintf(text, sizeof text,
                           "2022 h: 1,%s,WBRI\n2023 h: 1,%s,WBRI\n2022 e: %s,S,C2,N1,U6,PR1,,,,LS1 1AA\n"
                           "2023 e: %s,S,C2,N1,U6,PR1,,,,LS1 1AA\n%s",
                           born, born, start, start, rows);
    ck_assert(n > 0 && n < (int)sizeof text);
    hand_card_child(&card, text);
}

/* A child who came in 2022-23. */
static void came(const char *born, const char *start, const char *end, const char *rows)
{
    char text[1200];
    const int n = snprintf(text, sizeof text, "2023 h: 1,%s,WBRI\n2023 e: %s,S,C2,N1,U6,PR1,%s,,LS2 1AA\n%s",
                           born, start, end, rows);
    ck_assert(n > 0 && n < (int)sizeof text);
    hand_card_child(&card, text);
}

START_TEST(reviews)
{
    /* 1: came Monday 4 July 2022: first due 1 August (held), second 1 November (held on the 2nd: late)
     * 2: the same, first held 2 August: late; second due 2 November, held 15 October
     * 3: in care since 2021: first seen 10 May 2021, due 10 November (held), 10 May 2022 (held on the 5th),
     *    5 November (none: late)
     * 4: 5 to 20 September 2022: gone before 4 October, when the first was due
     * 5: came 5 September; 19 September was a bank holiday: due 4 October (held that day), then 4 January
     * 6: in care since 2021 without any review: due at the latest on 1 October 2021 */
    hand_card_file(&card, TABLE_REVIEWS);
    came("01/01/2010", "04/07/2022", ",",
         "2023 r: 01/01/2010,01/08/2022,PN1\n2023 r: 01/01/2010,02/11/2022,PN1\n");
    came("01/01/2010", "04/07/2022", ",",
         "2023 r: 01/01/2010,02/08/2022,PN1\n2023 r: 01/01/2010,15/10/2022,PN4\n");
    in_care("01/01/2010", "01/02/2021",
            "2022 r: 01/01/2010,10/05/2021,PN1\n2022 r: 01/01/2010,10/11/2021,PN7\n"
            "2023 r: 01/01/2010,05/05/2022,PN6\n2023 r: 01/01/2010,05/05/2022,PN6\n");
    came("01/01/2010", "05/09/2022", "20/09/2022,E4A", "");
    came("01/01/2020", "05/09/2022", ",", "2023 r: 01/01/2020,04/10/2022,PN0\n");
    in_care("01/01/2010", "01/02/2021", "");
    hand_card_end(&card);
    hand_card_is(&card, "reviews_in_time", NULL, on(2022, 7, 1), on(2022, 9, 30), 1, 2); /* 1; 1, 2 */
    hand_card_is(&card, "reviews_in_time", NULL, on(2022, 10, 1), on(2022, 12, 31), 2,
                 4); /* 2, 5; also 1, 3 */
    hand_card_is(&card, "reviews_in_time", "North", on(2022, 10, 1), on(2022, 12, 31), 0, 1);
    hand_card_is(&card, "reviews_in_time", NULL, on(2021, 10, 1), on(2021, 12, 31), 1, 2); /* 3; 3, 6 */
    hand_card_is(&card, "reviews_in_time", NULL, on(2023, 1, 1), on(2023, 3, 31), 0, 1);   /* 5 */
    /* the half-year: child 1 once in time and once late is not in time */
    hand_card_is(&card, "reviews_in_time", NULL, on(2022, 7, 1), on(2022, 12, 31), 1, 4);
    hand_card_is(&card, "reviews_held", NULL, on(2022, 10, 1), on(2022, 12, 31), 3, 0);
    hand_card_is(&card, "reviews_held", NULL, on(2022, 4, 1), on(2022, 6, 30), 1, 0); /* filed twice */
    hand_card_is(&card, "reviews_participation", NULL, on(2022, 10, 1), on(2022, 12, 31), 1, 2); /* not PN0 */
    hand_card_is(&card, "reviews_participation", NULL, on(2021, 4, 1), on(2022, 3, 31), 1, 2); /* PN1, PN7 */
}
END_TEST

START_TEST(health)
{
    /* DOB, score, reason, convicted, development, immunised, teeth, assessed, misuse; ages on 31 March 2023:
     * 12, 4, 10, 15, 16, 5; the seventh is in care for ten months, the eighth has no row */
    hand_card_file(&card, TABLE_OC2);
    in_care("01/06/2010", "01/02/2021", "2023 2: 01/06/2010,20,,1,,1,1,1,0\n");
    in_care("01/01/2019", "01/02/2021", "2023 2: 01/01/2019,,,0,1,1,0,1,0\n");
    in_care("10/03/2013", "01/04/2022", "2023 2: 10/03/2013,12,,0,,0,1,0,0\n");
    in_care("01/08/2007", "01/02/2021", "2023 2: 01/08/2007,,SDQ2,0,,1,1,1,1\n");
    in_care("01/05/2006", "01/02/2021", "2023 2: 01/05/2006,17,,0,,1,0,1,0\n");
    in_care("31/03/2018", "01/02/2021", "2023 2: 31/03/2018,41,,0,,1,1,0,0\n");
    came("01/06/2010", "01/06/2022", ",", "2023 2: 01/06/2010,30,,1,,0,0,0,1\n");
    in_care("01/06/2010", "01/02/2021", "");
    hand_card_end(&card);
#define YEAR on(2023, 1, 1), on(2023, 3, 31)
    hand_card_is(&card, "health_assessment", NULL, YEAR, 4, 6);
    hand_card_is(&card, "teeth_check", NULL, YEAR, 4, 6);
    hand_card_is(&card, "immunisations", NULL, YEAR, 5, 6);
    hand_card_is(&card, "development_check", NULL, YEAR, 1, 1);
    hand_card_is(&card, "sdq_returned", NULL, YEAR, 3, 5); /* 12, 10, 16; 15 and 5 have none */
    hand_card_is(&card, "sdq_raised", NULL, YEAR, 2, 3);   /* 20 and 17, not 12 */
    hand_card_is(&card, "sdq_mean", NULL, YEAR, 49, 3);
    hand_card_is(&card, "convicted", NULL, YEAR, 1, 4); /* of 12, 10, 15, 16 */
    hand_card_is(&card, "substance_misuse", NULL, YEAR, 1, 6);
    hand_card_is(&card, "health_assessment", "North", YEAR, 4, 6);
    hand_card_is_not(&card, "health_assessment", "South", YEAR, INDICATOR_NOBODY);
    /* a quarter later the last return is still that of 2022-23; the year before has no rows of anybody */
    hand_card_is(&card, "health_assessment", NULL, on(2023, 4, 1), on(2023, 6, 30), 4, 6);
    hand_card_is_not(&card, "health_assessment", NULL, on(2022, 10, 1), on(2022, 12, 31), INDICATOR_NOBODY);
}
END_TEST

START_TEST(care_leavers)
{
    /* ages on 31 March 2023: 19 YES, 21 NO, 19 DIED, 19 RHOM, 21 (22 the day after) YES, 22 YES, 17 YES */
    hand_card_file(&card, TABLE_OC3);
    hand_card_child(&card, "2023 3: 10/06/2003,YES,F2,U1\n");
    hand_card_child(&card, "2023 3: 02/02/2002,NO,0,01\n");
    hand_card_child(&card, "2023 3: 10/06/2003,DIED,,\n");
    hand_card_child(&card, "2023 3: 01/01/2004,RHOM,,\n");
    hand_card_child(&card, "2023 3: 01/04/2001,YES,G5,X2\n");
    hand_card_child(&card, "2023 3: 31/03/2001,YES,F1,U1\n");
    hand_card_child(&card, "2023 3: 09/09/2005,YES,P4,D1\n");
    in_care("01/06/2010", "01/02/2021", "");
    hand_card_end(&card);
    hand_card_is(&card, "leavers_in_touch", NULL, YEAR, 2, 3);
    hand_card_is(&card, "leavers_eet", NULL, YEAR, 1, 3);
    hand_card_is(&card, "leavers_suitable", NULL, YEAR, 1, 3);
    hand_card_is(&card, "leavers_in_touch_17_18", NULL, YEAR, 1, 1);
    hand_card_is(&card, "leavers_eet_17_18", NULL, YEAR, 1, 1);
    hand_card_is(&card, "leavers_suitable_17_18", NULL, YEAR, 1, 1);
    hand_card_is_not(&card, "leavers_eet", "North", YEAR,
                     INDICATOR_NOBODY); /* nobody knows where they lived */
}
END_TEST

START_TEST(missing)
{
    /* 1: 1 to 3 May 2022; 10 to 15 and 12 to 20 June are one; away (A) in July; one that ends before it
     * starts 2: 20 August 2022, left on 1 September; 3: never; 4: in care to 20 April 2021 only, missing that
     * month */
    hand_card_file(&card, TABLE_MISSING);
    in_care("01/06/2008", "01/02/2021",
            "2023 m: 01/06/2008,M,01/05/2022,03/05/2022\n2023 m: 01/06/2008,M,10/06/2022,15/06/2022\n"
            "2023 m: 01/06/2008,M,12/06/2022,20/06/2022\n2023 m: 01/06/2008,A,01/07/2022,02/07/2022\n"
            "2023 m: 01/06/2008,M,08/08/2022,02/08/2022\n");
    came("01/06/2008", "01/06/2022", "01/09/2022,E4A", "2023 m: 01/06/2008,M,20/08/2022,21/08/2022\n");
    in_care("01/06/2008", "01/02/2021", "");
    hand_card_child(&card, "2022 h: 1,01/06/2008,WBRI\n"
                           "2022 e: 01/02/2021,S,C2,N1,U6,PR1,20/04/2021,E4A,,LS1 1AA\n"
                           "2022 m: 01/06/2008,M,10/04/2021,11/04/2021\n");
    hand_card_end(&card);
    hand_card_is(&card, "missing_episodes", NULL, on(2022, 4, 1), on(2022, 6, 30), 2, 0);
    hand_card_is(&card, "missing_episodes", NULL, on(2022, 7, 1), on(2022, 9, 30), 1, 0);
    hand_card_is(&card, "missing_episodes", "South", on(2022, 7, 1), on(2022, 9, 30), 1, 0);
    hand_card_is(&card, "missing_children", NULL, YEAR, 2, 3);
    hand_card_is(&card, "missing_children", NULL, on(2022, 1, 1), on(2022, 3, 31), 1, 3); /* 4; 1, 3, 4 */
    hand_card_is(&card, "missing_children", "North", YEAR, 1, 2);
}
END_TEST

START_TEST(adoption_out_of_order)
{
    /* matched before it was decided, and after the child was placed: left out; the episodes still say
     * that both were placed 14 February to 15 April 2022: 60 days after care began */
    hand_card_file(&card, TABLE_AD1);
#define ADOPTED(dates)                                                                                       \
    "2022 h: 1,01/02/2021,WBRI\n2023 h: 1,01/02/2021,WBRI\n"                                                 \
    "2022 e: 14/02/2022,S,E1,N1,U6,PR1,,,,LS1 1AA\n2023 e: 14/02/2022,S,E1,N1,U6,PR1,15/04/2022,X1,,LS1 "    \
    "1AA\n"                                                                                                  \
    "2023 e: 15/04/2022,P,E1,N1,A3,PR1,30/11/2022,E11,,LS1 1AA\n2023 a: 01/02/2021," dates ",0,2,MF,L11\n"
    hand_card_child(&card, ADOPTED("10/03/2022,20/02/2022"));
    hand_card_child(&card, ADOPTED("10/03/2022,20/04/2022"));
    hand_card_child(&card, ADOPTED("10/03/2022,30/03/2022"));
    hand_card_end(&card);
    hand_card_is(&card, "entry_to_placed", NULL, YEAR, 180, 3);
    hand_card_is(&card, "decision_to_match", NULL, YEAR, 20, 1);
}
END_TEST

START_TEST(placements)
{
    /* PLACE, provider, inside or outside, miles: own foster 3.2, agency 25, external home 20.0, own home not
     * known, agency of an unaccompanied child 40, kin without any */
    static const char *const placed[] = {
        "U6,PR1,,,,LS1 1AA,,,383,IN,3.2",   "U6,PR4,,,,LS1 1AA,,,390,OUT,25.0",
        "K2,PR4,,,,LS1 1AA,,,390,OUT,20.0", "K2,PR1,,,,LS1 1AA,,,383,IN,999.9",
        "U6,PR4,,,,LS2 1AA,,,390,OUT,40.0", "U1,PR1,,,,LS2 1AA"};
    for (size_t i = 0; i < 6; i++) {
        char text[400];
        const int n =
            snprintf(text, sizeof text, "2023 h: 1,01/06/2008,WBRI\n2023 e: 01/06/2022,S,C2,N1,%s\n%s",
                     placed[i], i == 4 ? "2023 u: 1,01/06/2008,\n" : "");
        ck_assert(n > 0 && n < (int)sizeof text);
        hand_card_child(&card, text);
    }
    hand_card_end(&card);
    hand_card_is(&card, "inhouse_fostering", NULL, YEAR, 1, 3);
    hand_card_is(&card, "external_residential", NULL, YEAR, 1, 6);
    hand_card_is(&card, "over_20_miles", NULL, YEAR, 1, 5);
    hand_card_is(&card, "outside_boundary", NULL, YEAR, 3, 5);
    hand_card_is(&card, "external_residential", "South", YEAR, 0, 2);
    hand_card_is(&card, "three_or_more_placements", NULL, YEAR, 0, 6);
    hand_card_is_not(&card, "long_term_stability", NULL, YEAR, INDICATOR_NOBODY);
    /* 24 months before 31 December 2022 is before the first return */
    hand_card_is_not(&card, "long_term_stability", NULL, on(2022, 10, 1), on(2022, 12, 31),
                     INDICATOR_NOT_OBSERVED);
}
END_TEST

Suite *suite_indicator_tables(void)
{
    Suite *suite = suite_create("indicator_tables");
    TCase *tcase = tcase_create("indicator_tables");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, reviews);
    tcase_add_test(tcase, health);
    tcase_add_test(tcase, care_leavers);
    tcase_add_test(tcase, missing);
    tcase_add_test(tcase, adoption_out_of_order);
    tcase_add_test(tcase, placements);
    suite_add_tcase(suite, tcase);
    return suite;
}
