/* SPDX-License-Identifier: GPL-3.0-or-later
 * Expected tokens are the rules of the header applied by hand. */
#include "plan/phrase.h"

#include <check.h>
#include <string.h>

Suite *suite_phrase(void);

static struct phrase cut(const char *text)
{
    struct phrase phrase;
    ck_assert(phrase_cut(str_of(text), &phrase));
    return phrase;
}

START_TEST(words_numbers_marks)
{
    const struct phrase phrase = cut("By 12th \xE2\x80\x93 3A.1\xC2\xA0\xE2\x80\x99"
                                     "07");
    static const struct {
        enum token_kind kind;
        const char *word;
        int32_t value, digits;
        char mark;
    } expected[] = {{TOKEN_WORD, "by", 0, 0, 0}, {TOKEN_NUMBER, "", 12, 2, 0}, {TOKEN_WORD, "th", 0, 0, 0},
                    {TOKEN_MARK, "", 0, 0, '-'}, {TOKEN_NUMBER, "", 3, 1, 0},  {TOKEN_WORD, "a", 0, 0, 0},
                    {TOKEN_MARK, "", 0, 0, '.'}, {TOKEN_NUMBER, "", 1, 1, 0},  {TOKEN_MARK, "", 0, 0, '\''},
                    {TOKEN_NUMBER, "", 7, 2, 0}};
    ck_assert_int_eq(phrase.n, (int)(sizeof expected / sizeof expected[0]));
    for (int32_t i = 0; i < phrase.n; i++) {
        const struct token *token = &phrase.tokens[i];
        ck_assert_int_eq(token->kind, expected[i].kind);
        ck_assert_str_eq(token->word, expected[i].word);
        ck_assert_int_eq(token->value, expected[i].value);
        ck_assert_int_eq(token->digits, expected[i].digits);
        ck_assert_int_eq(token->mark, expected[i].mark);
    }
    /* "By 12th " is 8 bytes, the dash 3, a blank: 3A.1 stands at bytes 12 to 16 */
    ck_assert_int_eq(phrase.tokens[4].from, 12);
    ck_assert_int_eq(phrase.tokens[7].to, 16);
    ck_assert_int_eq(phrase.tokens[phrase.n].kind, TOKEN_END);
}
END_TEST

START_TEST(limits)
{
    static char text[PHRASE_LONGEST + 1];
    struct phrase phrase;
    memset(text, 'x', sizeof text);
    ck_assert(phrase_cut((struct str){text, PHRASE_LONGEST}, &phrase));
    ck_assert_int_eq(phrase.n, 1);
    ck_assert_uint_eq(strlen(phrase.tokens[0].word), PHRASE_WORD - 1);
    ck_assert(!phrase_cut((struct str){text, PHRASE_LONGEST + 1}, &phrase));
    memset(text, ';', sizeof text);
    ck_assert(phrase_cut((struct str){text, PHRASE_TOKENS}, &phrase));
    ck_assert_int_eq(phrase.n, PHRASE_TOKENS);
    ck_assert(!phrase_cut((struct str){text, PHRASE_TOKENS + 1}, &phrase));
    ck_assert_int_eq(cut("").n, 0);
    /* ten figures are more than a number here holds */
    ck_assert_int_eq(cut("999999999").tokens[0].value, 999999999);
    ck_assert_int_eq(cut("9999999999").tokens[0].value, -1);
    ck_assert_int_eq(cut("99999999999").tokens[0].value, -1);
}
END_TEST

START_TEST(words_that_belong_together)
{
    const struct phrase phrase = cut("W/C on-going a. s. a. p. to, be");
    ck_assert_int_eq(phrase_match(&phrase.tokens[0], "w c"), 3);
    ck_assert_int_eq(phrase_match(&phrase.tokens[0], "w"), 1);
    ck_assert_int_eq(phrase_match(&phrase.tokens[0], "w e"), 0);
    ck_assert_int_eq(phrase_match(&phrase.tokens[3], "on going"), 3);
    ck_assert_int_eq(phrase_match(&phrase.tokens[6], "a s a p"), 7);
    /* a comma ends what belongs together */
    ck_assert_int_eq(phrase_match(&phrase.tokens[14], "to be"), 0);
    ck_assert_int_eq(phrase_match(&phrase.tokens[phrase.n], "be"), 0);
}
END_TEST

Suite *suite_phrase(void)
{
    Suite *suite = suite_create("phrase");
    TCase *cases = tcase_create("phrase");
    tcase_add_test(cases, words_numbers_marks);
    tcase_add_test(cases, limits);
    tcase_add_test(cases, words_that_belong_together);
    suite_add_tcase(suite, cases);
    return suite;
}
