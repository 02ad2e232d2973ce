/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cases of our own for each rule of the Mustache specification 1.4.2 that is supported; the rule is named
 * beside each. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/page.h"

Suite *suite_page(void);

static const struct {
    const char *name, *template;
} partials[] = {
    {"greet", "hi {{name}}"},
    {"lines", "|\n{{multi}}\n|"},
    {"item", "<{{text}}{{#kids}}{{>item}}{{/kids}}>"},
    {"loop", "{{>loop}}"},
    {"broken", "a\n{{#open}}"},
    {"crlf", "|"},
    {"outer", "*{{>inner}}*"},
    {"inner", "{{deep.er.est}}"},
    {"blanks", "[]"},
    {"wrong", "a\n {{nmae}}"},
};

static const char *template_now;

static bool read_template(const void *context, const char *name, struct text *out, char path[256],
                          struct err *err)
{
    (void)context;
    snprintf(path, 256, "%s.mustache", name);
    if (strcmp(name, "main") == 0)
        return text_append_c(out, template_now, err);
    for (size_t i = 0; i < sizeof partials / sizeof partials[0]; i++)
        if (strcmp(partials[i].name, name) == 0)
            return text_append_c(out, partials[i].template, err);
    return err_set(err, ERR_NO_INPUT, "no partial %s", name);
}

/* name "Ann & <Bob> \"'" , bold (markup), yes, no, empty "", list [a, b], none [], people [{name X}, {name
 * Y}], deep {er {est "found"}}, multi "1\n2", tree {text a, kids [{text b, kids []}]}, tags "{{name}}", grid
 * [[1, 2], [3]], one {a {level "one"}}, a {level "root", own "A"}, hollow {er {}} */
static struct page_value *make_root(struct arena *arena)
{
    struct err err = {0};
    struct page_value *root = page_new(arena, &err);
    ck_assert(page_add_text(arena, root, "name", "Ann & <Bob> \"'", &err));
    ck_assert(page_add_markup(arena, root, "bold", "<b>x</b>", &err));
    ck_assert(page_add_flag(arena, root, "yes", true, &err));
    ck_assert(page_add_flag(arena, root, "no", false, &err));
    ck_assert(page_add_text(arena, root, "empty", "", &err));
    ck_assert(page_add_text(arena, root, "multi", "1\n2", &err));
    struct page_value *list = page_add_list(arena, root, "list", &err);
    ck_assert(page_add_text(arena, list, NULL, "a", &err));
    ck_assert(page_add_text(arena, list, NULL, "b<", &err));
    ck_assert_ptr_nonnull(page_add_list(arena, root, "none", &err));
    struct page_value *people = page_add_list(arena, root, "people", &err);
    ck_assert(page_add_text(arena, page_add_map(arena, people, NULL, &err), "name", "X", &err));
    ck_assert(page_add_text(arena, page_add_map(arena, people, NULL, &err), "name", "Y", &err));
    struct page_value *deep = page_add_map(arena, root, "deep", &err);
    ck_assert(page_add_text(arena, page_add_map(arena, deep, "er", &err), "est", "found", &err));
    struct page_value *tree = page_add_map(arena, root, "tree", &err);
    ck_assert(page_add_text(arena, tree, "text", "a", &err));
    struct page_value *kids = page_add_list(arena, tree, "kids", &err);
    struct page_value *kid = page_add_map(arena, kids, NULL, &err);
    ck_assert(page_add_text(arena, kid, "text", "b", &err));
    ck_assert_ptr_nonnull(page_add_list(arena, kid, "kids", &err));
    ck_assert(page_add_text(arena, root, "tags", "{{name}}", &err));
    struct page_value *grid = page_add_list(arena, root, "grid", &err);
    struct page_value *line = page_add_list(arena, grid, NULL, &err);
    ck_assert(page_add_text(arena, line, NULL, "1", &err));
    ck_assert(page_add_text(arena, line, NULL, "2", &err));
    ck_assert(page_add_text(arena, page_add_list(arena, grid, NULL, &err), NULL, "3", &err));
    struct page_value *a = page_add_map(arena, page_add_map(arena, root, "one", &err), "a", &err);
    ck_assert(page_add_text(arena, a, "level", "one", &err));
    a = page_add_map(arena, root, "a", &err);
    ck_assert(page_add_text(arena, a, "level", "root", &err));
    ck_assert(page_add_text(arena, a, "own", "A", &err));
    ck_assert_ptr_nonnull(page_add_map(arena, page_add_map(arena, root, "hollow", &err), "er", &err));
    struct page_value *marks = page_add_list(arena, root, "marks", &err);
    ck_assert(page_add_markup(arena, marks, NULL, "<i>1</i>", &err));
    ck_assert(page_add_markup(arena, marks, NULL, "<i>2</i>", &err));
    ck_assert(page_add_markup(arena, page_add_map(arena, root, "holder", &err), "markup", "<u>", &err));
    return root;
}

static bool render(const char *template, struct text *out, struct err *err)
{
    const struct page_source source = {.read = read_template, .context = NULL};
    struct arena arena = {0};
    template_now = template;
    const bool ok = page_render(&source, "main", make_root(&arena), out, err);
    arena_free(&arena);
    return ok;
}

static const struct {
    const char *rule, *template, *expected;
} cases[] = {
    /* interpolation */
    {"no interpolation", "plain { } text\n", "plain { } text\n"},
    {"escaped", "{{name}}", "Ann &amp; &lt;Bob&gt; &quot;&#39;"},
    {"triple braces of our own markup", "{{{bold}}} {{&bold}} {{ & bold }}", "<b>x</b> <b>x</b> <b>x</b>"},
    {"padding", "|{{ deep.er.est }}|", "|found|"},
    {"dotted names", "{{deep.er.est}}{{#deep}}{{er.est}}{{#er}}{{est}}{{/er}}{{/deep}}", "foundfoundfound"},
    {"values are not templates", "{{tags}}", "{{name}}"},
    {"dotted names, triple braces and ampersand", "{{{holder.markup}}}{{&holder.markup}}", "<u><u>"},
    {"dotted names resolve their first part, innermost first", "{{#one}}{{a.level}}{{/one}} {{a.level}}",
     "one root"},
    {"names inside a dotted section come from it first", "{{#one.a}}{{level}} {{a.own}}{{/one.a}}", "one A"},
    {"implicit iterator, triple braces and ampersand", "{{#marks}}{{{.}}}{{&.}}{{/marks}}",
     "<i>1</i><i>1</i><i>2</i><i>2</i>"},
    {"surrounding blanks", "| {{deep.er.est}} | {{{bold}}} | {{&bold}} |", "| found | <b>x</b> | <b>x</b> |"},
    {"interpolation is never standalone", "  {{deep.er.est}}\n", "  found\n"},
    {"nor with triple braces or an ampersand", "  {{{bold}}}\n  {{&bold}}\n", "  <b>x</b>\n  <b>x</b>\n"},
    {"padding in triple braces and behind an ampersand", "|{{{ bold }}}|{{& bold }}|", "|<b>x</b>|<b>x</b>|"},
    {"implicit iterator", "{{#list}}{{.}},{{/list}}", "a,b&lt;,"},
    /* sections */
    {"truthy", "{{#yes}}in{{/yes}}", "in"},
    {"falsey", "a{{#no}}in{{/no}}b", "ab"},
    {"empty list", "{{#none}}in{{/none}}", ""},
    {"empty text", "{{#empty}}in{{/empty}}", ""},
    {"context", "{{#deep}}{{#er}}{{est}} {{name}}{{/er}}{{/deep}}",
     "found Ann &amp; &lt;Bob&gt; &quot;&#39;"},
    {"list of maps, inner name hides outer", "{{#people}}{{name}};{{/people}}", "X;Y;"},
    {"nested lists", "{{#people}}{{#list}}{{name}}{{.}} {{/list}}{{/people}}", "Xa Xb&lt; Ya Yb&lt; "},
    {"text as a section", "{{#multi}}[{{.}}]{{/multi}}", "[1\n2]"},
    {"parent contexts", "{{#deep}}{{#er}}{{#people}}{{est}}{{name}} {{/people}}{{/er}}{{/deep}}",
     "foundX foundY "},
    {"list contexts", "{{#grid}}{{#list}}{{.}}{{/list}};{{/grid}}", "ab&lt;;ab&lt;;"},
    {"doubled", "{{#yes}}\n* a\n{{/yes}}\n* b\n{{#yes}}\n* c\n{{/yes}}\n", "* a\n* b\n* c\n"},
    {"nested, true", "| A {{#yes}}B {{#yes}}C{{/yes}} D{{/yes}} E |", "| A B C D E |"},
    {"nested, false", "| A {{#no}}B {{#no}}C{{/no}} D{{/no}} E |", "| A  E |"},
    {"implicit iterator of lists", "{{#grid}}({{#.}}{{.}}{{/.}}){{/grid}}", "(12)(3)"},
    {"implicit iterator at the root", "{{#.}}({{deep.er.est}}){{/.}}", "(found)"},
    {"dotted, true", "{{#deep.er.est}}in{{/deep.er.est}}", "in"},
    {"dotted, false", "{{#tree}}{{#kids}}{{#kids}}in{{/kids}}{{/kids}}{{/tree}}a", "a"},
    {"surrounding blanks", " | {{#yes}}\t|\t{{/yes}} | \n", " | \t|\t | \n"},
    {"blanks inside", " | {{#yes}} {{! x }}\n {{/yes}} | \n", " |  \n  | \n"},
    {"indented inline sections", " {{#yes}}YES{{/yes}}\n {{#yes}}GOOD{{/yes}}\n", " YES\n GOOD\n"},
    {"padding", "|{{# yes }}={{/ yes }}|", "|=|"},
    {"standalone lines", "| a\n{{#yes}}\n| b\n{{/yes}}\n| c\n", "| a\n| b\n| c\n"},
    {"indented standalone lines", "| a\n  {{#yes}}  \n| b\n\t{{/yes}}\n| c", "| a\n| b\n| c"},
    {"standalone with CRLF", "|\r\n{{#yes}}\r\n{{/yes}}\r\n|", "|\r\n|"},
    {"standalone without previous line", "  {{#yes}}\n#{{/yes}}\n/", "#\n/"},
    {"standalone without newline", "#{{#yes}}\n/\n  {{/yes}}", "#\n/\n"},
    {"inline sections keep blanks", " | {{#yes}}\t|\t{{/yes}} | \n", " | \t|\t | \n"},
    /* inverted */
    {"inverted true", "{{^yes}}in{{/yes}}", ""},
    {"inverted false", "{{^no}}in{{/no}}{{^none}} none{{/none}}{{^empty}} empty{{/empty}}", "in none empty"},
    {"inverted standalone", "a\n{{^no}}\nb\n{{/no}}\nc\n", "a\nb\nc\n"},
    {"inverted, a map", "{{^deep}}in{{/deep}}", ""},
    {"inverted, a list", "{{^list}}in{{/list}}", ""},
    {"inverted, doubled", "{{^no}}\n* a\n{{/no}}\n* b\n{{^no}}\n* c\n{{/no}}\n", "* a\n* b\n* c\n"},
    {"inverted, nested, false", "| A {{^no}}B {{^no}}C{{/no}} D{{/no}} E |", "| A B C D E |"},
    {"inverted, nested, true", "| A {{^yes}}B {{^yes}}C{{/yes}} D{{/yes}} E |", "| A  E |"},
    {"inverted, the context stays", "{{#people}}{{^no}}{{name}}{{/no}}{{/people}}", "XY"},
    {"inverted, surrounding blanks", " | {{^no}}\t|\t{{/no}} | \n", " | \t|\t | \n"},
    {"inverted, blanks inside", " | {{^no}} {{! x }}\n {{/no}} | \n", " |  \n  | \n"},
    {"inverted, indented inline", " {{^no}}NO{{/no}}\n {{^no}}WAY{{/no}}\n", " NO\n WAY\n"},
    {"inverted, indented standalone", "| a\n  {{^no}}\n|\n  {{/no}}\n| c", "| a\n|\n| c"},
    {"inverted, standalone with CRLF", "|\r\n{{^no}}\r\n{{/no}}\r\n|", "|\r\n|"},
    {"inverted, without previous line", "  {{^no}}\n^{{/no}}\n/", "^\n/"},
    {"inverted, without newline", "^{{^no}}\n/\n  {{/no}}", "^\n/\n"},
    {"inverted, padding", "|{{^ no }}={{/ no }}|", "|=|"},
    {"inverted dotted, nothing in it",
     "{{^tree.kids}}no{{/tree.kids}}{{#tree}}{{#kids}}{{^kids}}no{{/kids}}{{/kids}}{{/tree}}", "no"},
    {"inverted dotted", "{{^deep.er.est}}no{{/deep.er.est}}", ""},
    /* comments */
    {"comment", "12{{! name }}34", "1234"},
    {"multi-line comment, standalone", "a\n{{!\nx {{ y\n}}\nb\n", "a\nb\n"},
    {"indented comment", "a\n  {{! x }}\nb", "a\nb"},
    {"multi-line comment in a line", "12{{!\n x\n}}34\n", "1234\n"},
    {"comment, standalone with CRLF", "|\r\n{{! x }}\r\n|", "|\r\n|"},
    {"comment without previous line", "  {{! x }}\n!", "!"},
    {"comment without newline", "!\n  {{! x }}", "!\n"},
    {"indented multi-line comment", "a\n  {{!\n    x\n  }}\nb\n", "a\nb\n"},
    {"surrounding blanks stay", "12 {{! x }} 34", "12  34"},
    {"comments take no name", "a{{! name }}b{{!name}}c", "abc"},
    {"inline comment", "  12 {{! 34 }}\n", "  12 \n"},
    /* partials */
    {"partial sees the context", "{{#people}}{{>greet}} {{/people}}", "hi X hi Y "},
    {"recursion", "{{#tree}}{{>item}}{{/tree}}", "<a<b>>"},
    {"partial", "\"{{>inner}}\"", "\"found\""},
    {"nested partials", "{{>outer}}", "*found*"},
    {"surrounding blanks stay", "| {{>blanks}} |", "| [] |"},
    {"standalone with CRLF", "|\r\n{{>crlf}}\r\n|", "|\r\n||"},
    {"without previous line", "  {{>crlf}}\n>", "  |>"},
    {"without newline", ">\n  {{>crlf}}", ">\n  |"},
    {"padding", "|{{> blanks }}|", "|[]|"},
    {"standalone indentation, texts keep their lines", " /\n {{>lines}}\n/\n", " /\n |\n 1\n2\n |/\n"},
    {"inline partial is not indented", "  {{deep.er.est}}  {{> greet}}\n",
     "  found  hi Ann &amp; &lt;Bob&gt; &quot;&#39;\n"},
};

START_TEST(follows_the_specification)
{
    struct text out = {0};
    struct err err = {0};
    ck_assert_msg(render(cases[_i].template, &out, &err), "%s: %s", cases[_i].rule, err.message);
    ck_assert_msg(strcmp(text_c(&out), cases[_i].expected) == 0, "%s: got <%s>", cases[_i].rule,
                  text_c(&out));
    text_free(&out);
}
END_TEST

static const struct {
    const char *template;
    int32_t line, column;
    const char *words;
} mistakes[] = {
    {"a\n {{missing}}", 2, 2, "missing"},
    {"{{deep.missing}}", 1, 1, "deep.missing"},
    {"{{a.er.est}}", 1, 1, "a.er.est"},                    /* a broken chain */
    {"{{#hollow}}{{er.est}}{{/hollow}}", 1, 12, "er.est"}, /* the inner er is it, though it has no est */
    {"{{bold.x}}", 1, 1, "bold.x"},
    {"x\r\n  {{nmae}}", 2, 3, "nmae; did you mean \"name\"?"},
    {"{{deep.err.est}}", 1, 1, "did you mean \"deep.er\"?"},
    {"{{#people}}{{naem}}{{/people}}", 1, 12, "did you mean \"name\"?"},
    {"{{#lst}}{{/lst}}", 1, 1, "did you mean \"list\"?"},
    {"{{quite_another}}", 1, 1, "quite_another; here are name, "},
    {"{{#missing}}{{/missing}}", 1, 1, "missing"},
    {"{{^missing}}{{/missing}}", 1, 1, "missing"},
    {"\n\n{{#yes}}", 3, 1, "never closed"},
    {"{{/yes}}", 1, 1, "never opened"},
    {"{{#yes}}{{#no}}{{/yes}}{{/no}}", 1, 16, "section to close"},
    {"{{name", 1, 1, "not closed"},
    {"{{}}", 1, 1, "no name"},
    {"{{two words}}", 1, 1, "no name"},
    {"x{{=<% %>=}}", 1, 2, "not supported"},
    {"{{<parent}}{{/parent}}", 1, 1, "not supported"},
    {"{{$block}}{{/block}}", 1, 1, "not supported"},
    {"{{>*dynamic}}", 1, 1, "no name"},
    {"{{{name}}}", 1, 1, "unescaped"},
    {"{{&name}}", 1, 1, "unescaped"},
    {"{{deep}}", 1, 1, "only texts"},
    {"\n {{>nowhere}}", 2, 2, "no partial"},
    {"{{>wrong}}", 2, 2, "did you mean \"name\"?"},
    {"{{>loop}}", 1, 1, "never end"},
    {"{{>broken}}", 2, 1, "never closed"},
};

START_TEST(says_where_a_mistake_is)
{
    struct text out = {0};
    struct err err = {0};
    ck_assert(!render(mistakes[_i].template, &out, &err));
    ck_assert_msg(strstr(err.message, mistakes[_i].words) != NULL, "%s: %s", mistakes[_i].template,
                  err.message);
    ck_assert_int_eq(err.line, mistakes[_i].line);
    ck_assert_int_eq(err.column, mistakes[_i].column);
    text_free(&out);
}
END_TEST

START_TEST(tables_become_cells)
{
    static const struct table_column columns[] = {
        {"year", 0}, {"children", 0}, {"mean", 1}, {"cost", 0}, {"on", 0}};
    struct table table;
    struct arena arena = {0};
    struct err err = {0};
    struct text out = {0};
    const struct page_source source = {.read = read_template, .context = NULL};
    table_init(&table, "t", columns, 5);
    struct table_cell *row = table_add_row(&table, &err);
    ck_assert(table_set_text(&table, &row[0], "<i>", &err));
    table_set_integer(&row[1], 1234567);
    table_set_real(&row[2], -1234.56);
    table_set_gbp(&row[3], 100050);
    table_set_day(&row[4], date_from_civil(2022, 3, 31));
    struct page_value *root = page_new(&arena, &err);
    ck_assert(page_add_table(&arena, root, "t", &table, &err));
    template_now =
        "{{#t.columns}}{{name}}{{#number}}#{{/number}} {{/t.columns}}\n"
        "{{#t.rows}}{{#cells}}{{#head}}!{{/head}}{{text}}{{#number}}#{{/number}} {{/cells}}{{/t.rows}}";
    ck_assert_msg(page_render(&source, "main", root, &out, &err), "%s", err.message);
    /* hand */
    ck_assert_str_eq(text_c(&out), "year children# mean# cost# on \n"
                                   "!&lt;i&gt; 1,234,567# \xE2\x88\x92"
                                   "1,234.6# £1,000.50# 31 Mar 2022 ");
    text_free(&out);
    arena_free(&arena);
    table_free(&table);
}
END_TEST

Suite *suite_page(void)
{
    Suite *suite = suite_create("page");
    TCase *tcase = tcase_create("page");
    tcase_add_loop_test(tcase, follows_the_specification, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_loop_test(tcase, says_where_a_mistake_is, 0, (int)(sizeof mistakes / sizeof mistakes[0]));
    tcase_add_test(tcase, tables_become_cells);
    suite_add_tcase(suite, tcase);
    return suite;
}
