/* Reading codebooks: what each row becomes, and looking values up. What is wrong in them is in
 * tests/faults. */
#include "codebook/codebook.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/options.h"
#include "codebook/values.h"
#include "support.h"

Suite *codebook_suite(void);

#define VALUES "variable,role,scale,dimension,values\n"

static relcoord_status read_book(const char *text, size_t length, size_t piece,
                                 const char *settings, relcoord_codebook **out,
                                 relcoord_error *error)
{
    relcoord_options *options = options_make("read", settings);
    pieces p = {.bytes = text, .length = length, .piece = piece};
    relcoord_status status = relcoord_codebook_read_source(pieces_read, &p, "book", options, out,
                                                           error);
    relcoord_options_free(options);
    return status;
}

static relcoord_codebook *book_of(const char *text)
{
    relcoord_codebook *book = NULL;
    relcoord_error error = {0};
    relcoord_status status = read_book(text, strlen(text), 0, NULL, &book, &error);
    ck_assert_msg(status == RELCOORD_OK, "line %d, %s: %s", (int)error.line, error.column,
                  error.message);
    return book;
}

/* ---- What rows become ---- */

START_TEST(every_column_is_read)
{
    relcoord_codebook *book = book_of(
        "label_da,role,variable,values,dimension,level,target,scale,label_en\n"
        " Svar ,item,\" q 1 \",1=1;2=2,Timely,,Nurses,,Answer\n"
        ",,,,,,,,\n"
        "\n"
        ",item,c1,,mediation,group,,coupling,Tact\n"
        "Faggruppe,workgroup,w,A|Doctors|L\xC3\xA6ger;B,,,,,\n");
    const codebook_entry *e = book->entries;
    ck_assert_uint_eq(book->count, 3);
    ck_assert_str_eq(book->file, "book");
    ck_assert_str_eq(e->variable, "q 1");
    ck_assert_int_eq(e->line, 2);
    ck_assert_int_eq(e->role, ROLE_ITEM);
    ck_assert_str_eq(e->scale, "rc");
    ck_assert_str_eq(e->dimension, "timely");
    ck_assert_str_eq(e->target, "Nurses");
    ck_assert_str_eq(e->level, "");
    ck_assert_str_eq(e->labels[ENGLISH], "Answer");
    ck_assert_str_eq(e->labels[DANISH], "Svar");
    ck_assert_uint_eq(e->values.count, 2);
    ck_assert(!e->pattern);
    ck_assert_int_eq(e[1].line, 5);
    ck_assert_str_eq(e[1].scale, "coupling");
    ck_assert_str_eq(e[1].dimension, "mediation");
    ck_assert_str_eq(e[1].level, "group");
    ck_assert_uint_eq(e[1].values.count, 0);
    ck_assert_int_eq(e[2].role, ROLE_WORKGROUP);
    ck_assert_int_eq(e[2].values.codes[0].kind, CODE_UNSCORED);
    ck_assert_str_eq(code_name(&e[2].values.codes[0]), "Doctors");
    ck_assert_str_eq(e[2].values.codes[0].labels[DANISH], "L\xC3\xA6ger");
    ck_assert_str_eq(code_name(&e[2].values.codes[1]), "B");
    relcoord_codebook_free(book);
}
END_TEST

/* Scale and dimension by whichever of them and the variable says it, in either language. */
START_TEST(scales_and_dimensions_follow)
{
    static const struct {
        const char *row, *scale, *dimension;
        bool pattern;
    } cases[] = {
        {"q,item,,frequent,", "rc", "frequent", false},
        {"q,item,,Problem Solving,", "rc", "problem_solving", false},
        {"q,item,rc,gensidig respekt,", "rc", "mutual_respect", false},
        {"q,item,RC,accurate,", "rc", "accurate", false},
        {"q,item,burnout,accurate,", "burnout", "accurate", false},
        {"q,item,burnout,,", "burnout", "", false},
        {"{dimension}_x,item,,,", "rc", "", true},
        {"{dimension}_{target},item,rc,,", "rc", "", true},
        {"a {target},item,,shared_goals,", "rc", "shared_goals", true},
        {"{dimension} 1,item,,,A", "rc", "", true},
        {"a {wave},item,,timely,A", "rc", "timely", false},
        {"stay,outcome,,,", "", "", false},
        {"site,unit,,region,", "", "region", false},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char text[200] = "variable,role,scale,dimension,target\n";
        relcoord_codebook *book = book_of(strcat(strcat(text, cases[i].row), "\n"));
        ck_assert_msg(strcmp(book->entries->scale, cases[i].scale) == 0, "%s: scale '%s'",
                      cases[i].row, book->entries->scale);
        ck_assert_msg(strcmp(book->entries->dimension, cases[i].dimension) == 0,
                      "%s: dimension '%s'", cases[i].row, book->entries->dimension);
        ck_assert_msg(book->entries->pattern == cases[i].pattern, "%s: pattern", cases[i].row);
        relcoord_codebook_free(book);
    }
}
END_TEST

/* Codes as "presented kind score en da", joined by " / ". */
static void show_codes(const code_list *list, char shown[1000])
{
    *shown = 0;
    for (size_t i = 0; i < list->count; i++) {
        const code *c = &list->codes[i];
        snprintf(shown + strlen(shown), 1000 - strlen(shown), "%s%s%s%s%ld[%s][%s]", i ? " / " : "",
                 c->presented, c->numeric ? "#" : "", &"=\0m\0d\0u"[2 * c->kind],
                 lround(100 * c->score), c -> labels[0], c -> labels[1]);
    }
}

START_TEST(values_become_codes)
{
    static const struct {
        const char *values, *codes;
    } cases[] = {
        {"", ""},
        {" ", ""},
        {"1=1;2=3", "1#=100[][] / 2#=300[][]"},
        {" 1 = 1 | a | b ;\n 2=3;", "1#=100[a][b] / 2#=300[][]"},
        {"x||b;y|a|;z|", "xu0[][b] / yu0[a][] / zu0[][]"},
        {"8=dk|Don't know|Ved ikke;9=missing", "8#d0[Don't know][Ved ikke] / 9#m0[][]"},
        {"a\\;b\\=c=1.5|d\\|e\\\\f|\\\\", "a;b=c=150[d|e\\f][\\]"},
        {"-1=-2.5;+2=1e1;0.50=+4", "-1#=-250[][] / +2#=1000[][] / 0.50#=400[][]"},
        {"missing=missing;dk=dk;Missing;1,5",
         "missingm0[][] / dkd0[][] / Missingu0[][] / 1,5u0[][]"},
        {"\xC3\x86|\xC3\x98=|", NULL},
        {"a|same|x;b|other|same", "au0[same][x] / bu0[other][same]"},
        {"1e999;nan;inf", "1e999u0[][] / nanu0[][] / infu0[][]"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        reader r = {.status = RELCOORD_OK};
        intern strings = {0};
        code_list list;
        char shown[1000];
        values_read(&r, SIZE_MAX, cases[i].values, strlen(cases[i].values), &strings, &list);
        show_codes(&list, shown);
        ck_assert_msg((r.status == RELCOORD_OK) == (cases[i].codes != NULL), "%s: %s",
                      cases[i].values, r.error.message);
        ck_assert_msg(!cases[i].codes || strcmp(shown, cases[i].codes) == 0, "%s: %s",
                      cases[i].values, shown);
        code_list_free(&list);
        intern_free(&strings);
    }
}
END_TEST

START_TEST(fields_find_their_codes)
{
    static const struct {
        const char *field;
        char mark;
        size_t place;
    } cases[] = {
        {"1", '.', 0},   {"1.0", '.', 0},  {" 1\t", '.', 0}, {"1,0", ',', 0},  {"1,0", '.', 4},
        {"1.0", ',', 4}, {"+1e0", '.', 0}, {"2.5", '.', 1},  {"2.5", ',', 1},  {"2,5", ',', 1},
        {"2,5", '.', 4}, {"Yes", '.', 2},  {"yes", '.', 4},  {"Yes ", '.', 2}, {"", '.', 4},
        {"01", '.', 0},  {"Y", '.', 4},    {"Yess", '.', 4}, {"a=b", '.', 3},
    };
    relcoord_codebook *book = book_of(VALUES "o,outcome,,,1=1;2.5=2;Yes=3;a\\=b\n");
    for (size_t i = 0; i < LENGTH(cases); i++) {
        size_t place = code_list_find(&book->entries->values, cases[i].field,
                                      strlen(cases[i].field), cases[i].mark);
        ck_assert_msg(place == cases[i].place, "'%s' with '%c': %zu", cases[i].field, cases[i].mark,
                      place);
    }
    ck_assert_uint_eq(code_list_find(&book->entries->values, "Yes\0", 4, '.'), 4);
    relcoord_codebook_free(book);
}
END_TEST

/* As Danish Excel saves it: semicolons, a decimal comma, Windows-1252, all values in quotation
 * marks. */
START_TEST(dialects_are_found)
{
    relcoord_codebook *book = book_of(
        "variable;role;scale;values;label_da\r\nx;item;pay;\"1,5=2,25;2=3\";M\xE5l\r\n");
    const code *codes = book->entries->values.codes;
    ck_assert_str_eq(book->entries->labels[DANISH], "M\xC3\xA5l");
    ck_assert_double_eq(codes[0].score, 2.25);
    ck_assert(codes[0].numeric);
    ck_assert_double_eq(codes[0].number, 1.5);
    relcoord_codebook_free(book);
}
END_TEST

START_TEST(membership_says_what_it_is)
{
    relcoord_codebook *book = book_of(
        VALUES "a,group,,team,0|No;1.0|Yes;x=1;9=missing\nb,group,,team,\nc,group,,,A;B\n");
    const code *codes = book->entries->values.codes;
    ck_assert(codes[0].kind == CODE_SCORE && codes[0].score == 0);
    ck_assert(codes[1].kind == CODE_SCORE && codes[1].score == 1);
    ck_assert(codes[2].kind == CODE_SCORE && codes[2].score == 1);
    ck_assert(codes[3].kind == CODE_MISSING);
    ck_assert(book->entries[2].values.codes[0].kind == CODE_UNSCORED);
    relcoord_codebook_free(book);
}
END_TEST

/* A variable may have two roles, items two scales, a target row no variable. */
START_TEST(variables_may_stand_twice)
{
    relcoord_codebook *book = book_of(
        VALUES "g,workgroup,,,A;B\ng,group,,,\nq,item,,timely,\nq,item,mine,,\nq,outcome,,,\n"
               ",target,,,A|Doctors;B\nu,unit,,,\nv,unit,,region,\nw,unit,,region,\n");
    ck_assert_uint_eq(book->count, 9);
    relcoord_codebook_free(book);
}
END_TEST

Suite *codebook_suite(void)
{
    Suite *suite = suite_create("codebook");
    TCase *rows = tcase_create("rows");
    tcase_add_test(rows, every_column_is_read);
    tcase_add_test(rows, scales_and_dimensions_follow);
    tcase_add_test(rows, values_become_codes);
    tcase_add_test(rows, fields_find_their_codes);
    tcase_add_test(rows, dialects_are_found);
    tcase_add_test(rows, membership_says_what_it_is);
    tcase_add_test(rows, variables_may_stand_twice);
    suite_add_tcase(suite, rows);
    return suite;
}
