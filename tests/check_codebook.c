/* Reading codebooks: what each row becomes, looking values up, and a table of faults with the message, line and
 * column that each must give, in pieces of 1 to 7 bytes and whole. */
#include "survey/codebook.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/options.h"
#include "support.h"
#include "survey/values.h"

Suite *codebook_suite(void);

#define ALL "variable,role,scale,dimension,target,level,values,label_en,label_da\n"
#define VALUES "variable,role,scale,dimension,values\n"
#define ITEM VALUES "q,item,,timely,"
#define ROLES "respondent, workgroup, target, unit, group, wave, weight, role, level, status, item, outcome"
#define SEVEN "frequent, timely, accurate, problem_solving, shared_goals, shared_knowledge, mutual_respect"

static relcoord_status read_book(const char *text, size_t length, size_t piece, const char *settings,
                                 relcoord_codebook **out, relcoord_error *error)
{
    relcoord_options *options = options_make("read", settings);
    pieces p = {.bytes = text, .length = length, .piece = piece};
    relcoord_status status = relcoord_codebook_read_source(pieces_read, &p, "book", options, out, error);
    relcoord_options_free(options);
    return status;
}

static relcoord_codebook *book_of(const char *text)
{
    relcoord_codebook *book = NULL;
    relcoord_error error = {0};
    relcoord_status status = read_book(text, strlen(text), 0, NULL, &book, &error);
    ck_assert_msg(status == RELCOORD_OK, "line %d, %s: %s", (int)error.line, error.column, error.message);
    return book;
}

/* ---- What rows become ---- */

START_TEST(every_column_is_read)
{
    relcoord_codebook *book = book_of("label_da,role,variable,values,dimension,level,target,scale,label_en\n"
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
        ck_assert_msg(strcmp(book->entries->scale, cases[i].scale) == 0, "%s: scale '%s'", cases[i].row, book->entries->scale);
        ck_assert_msg(strcmp(book->entries->dimension, cases[i].dimension) == 0, "%s: dimension '%s'", cases[i].row,
                      book->entries->dimension);
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
        snprintf(shown + strlen(shown), 1000 - strlen(shown), "%s%s%s%s%ld[%s][%s]", i ? " / " : "", c->presented,
                 c->numeric ? "#" : "", &"=\0m\0d\0u"[2 * c->kind], lround(100 * c->score), c->labels[0], c->labels[1]);
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
        {"missing=missing;dk=dk;Missing;1,5", "missingm0[][] / dkd0[][] / Missingu0[][] / 1,5u0[][]"},
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
        ck_assert_msg((r.status == RELCOORD_OK) == (cases[i].codes != NULL), "%s: %s", cases[i].values, r.error.message);
        ck_assert_msg(!cases[i].codes || strcmp(shown, cases[i].codes) == 0, "%s: %s", cases[i].values, shown);
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
        {"1", '.', 0},    {"1.0", '.', 0}, {" 1\t", '.', 0}, {"1,0", ',', 0}, {"1,0", '.', 4}, {"1.0", ',', 4}, {"+1e0", '.', 0},
        {"2.5", '.', 1},  {"2.5", ',', 1}, {"2,5", ',', 1},  {"2,5", '.', 4}, {"Yes", '.', 2}, {"yes", '.', 4}, {"Yes ", '.', 2},
        {"", '.', 4},     {"01", '.', 0},  {"Y", '.', 4},    {"Yess", '.', 4}, {"a=b", '.', 3},
    };
    relcoord_codebook *book = book_of(VALUES "o,outcome,,,1=1;2.5=2;Yes=3;a\\=b\n");
    for (size_t i = 0; i < LENGTH(cases); i++) {
        size_t place = code_list_find(&book->entries->values, cases[i].field, strlen(cases[i].field), cases[i].mark);
        ck_assert_msg(place == cases[i].place, "'%s' with '%c': %zu", cases[i].field, cases[i].mark, place);
    }
    ck_assert_uint_eq(code_list_find(&book->entries->values, "Yes\0", 4, '.'), 4);
    relcoord_codebook_free(book);
}
END_TEST

/* As Danish Excel saves it: semicolons, a decimal comma, Windows-1252, all values in quotation marks. */
START_TEST(dialects_are_found)
{
    relcoord_codebook *book = book_of("variable;role;scale;values;label_da\r\nx;item;pay;\"1,5=2,25;2=3\";M\xE5l\r\n");
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
    relcoord_codebook *book = book_of(VALUES "a,group,,team,0|No;1.0|Yes;x=1;9=missing\nb,group,,team,\nc,group,,,A;B\n");
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
    relcoord_codebook *book = book_of(VALUES "g,workgroup,,,A;B\ng,group,,,\nq,item,,timely,\nq,item,mine,,\nq,outcome,,,\n"
                                             ",target,,,A|Doctors;B\nu,unit,,,\nv,unit,,region,\nw,unit,,region,\n");
    ck_assert_uint_eq(book->count, 9);
    relcoord_codebook_free(book);
}
END_TEST

/* ---- Faults ---- */

static const struct {
    const char *text, *message;
    int line;
    const char *column;
} faults[] = {
    /* the file */
    {"", "the file is empty", 0, ""},
    {ALL, "no rows below the header", 0, ""},
    {ALL ",,,,,,,,\n , ,\n", "no rows below the header", 0, ""},
    {ALL "q,item\n", "the row has 2 fields, the header 9", 2, ""},
    {"variable,role\n\"q,item\n", "a quotation mark is opened here and never closed", 2, "variable"},

    /* the header */
    {"variable\nq\n", "no column 'role', which a codebook needs", 1, "role"},
    {"role,values\nwave,\n", "no column 'variable', which a codebook needs", 1, "variable"},
    {"variable,rolle\nq,item\n", "a codebook has no column 'rolle'; did you mean 'role'?", 1, "rolle"},
    {"variable,role,Values\nq,item,\n", "a codebook has no column 'Values'; did you mean 'values'?", 1, "Values"},
    {"variable,role,comment\nq,item,\n",
     "a codebook has no column 'comment'; its columns are variable, role, scale, dimension, target, level, values, label_en, label_da",
     1, "comment"},
    {"variable,role,scale,role\nq,item,,\n", "two columns have this name", 1, "role"},
    {"variable,role,,\nw,wave,,x\n", "'x' stands in column 4, which has no name", 2, ""},

    /* roles */
    {ALL "q,,,,,,,,\n", "the role is empty; it is one of " ROLES, 2, "role"},
    {ALL "q,respondant,,,,,,,\n", "there is no role 'respondant'; did you mean 'respondent'?", 2, "role"},
    {ALL "q,Item,,,,,,,\n", "there is no role 'Item'; did you mean 'item'?", 2, "role"},
    {ALL "q,answer,,,,,,,\n", "there is no role 'answer'; it is one of " ROLES, 2, "role"},
    {ALL ",wave,,,,,,,\n", "the variable is empty; only a row of role target may leave it so", 2, "variable"},
    {ALL ",target,,,,,,,\n", "a row of role target without a variable has to list the targets", 2, "values"},
    {ALL "a,wave,,,,,,,\n\nb,wave,,,,,,,\n", "line 2 has role wave, and only one row can", 4, "role"},
    {ALL "a,target,,,,,,,\n,target,,,,,A;B,,\n", "line 2 has role target, and only one row can", 3, "role"},
    {ALL "a,respondent,,,,,,,\nb,respondent,,,,,,,\n", "line 2 has role respondent, and only one row can", 3, "role"},
    {ALL "a,workgroup,,,,,,,\nb,workgroup,,,,,,,\n", "line 2 has role workgroup, and only one row can", 3, "role"},
    {ALL "a,weight,,,,,,,\nb,weight,,,,,,,\n", "line 2 has role weight, and only one row can", 3, "role"},
    {ALL "a,role,,,,,,,\nb,role,,,,,,,\n", "line 2 has role role, and only one row can", 3, "role"},
    {ALL "a,level,,,,,,,\nb,level,,,,,,,\n", "line 2 has role level, and only one row can", 3, "role"},
    {ALL "a,status,,,,,,,\nb,status,,,,,,,\n", "line 2 has role status, and only one row can", 3, "role"},
    {ALL "a,unit,,,,,,,\nb,unit,,,,,,,\n", "line 2 has role unit, and only one row can", 3, "role"},
    {ALL "a,unit,,r,,,,,\na,unit,,r,,,,,\n", "'a' has role unit in line 2 already", 3, "variable"},
    {ALL "a,group,,,,,,,\na,group,,,,,,,\n", "'a' has role group in line 2 already", 3, "variable"},
    {ALL "a,item,x,,,,,,\na,item,y,,,,,,\na,item,x,z,,,,,\n", "'a' is an item of scale x in line 2 already", 4, "variable"},
    {ALL "a,item,,timely,,,,,\na,item,rc,accurate,,,,,\n", "'a' is an item of scale rc in line 2 already", 3, "variable"},

    /* cells that a role does not have */
    {ALL "a,wave,rc,,,,,,\n", "a row of role wave has no scale", 2, "scale"},
    {ALL "a,weight,,timely,,,,,\n", "a row of role weight has no dimension", 2, "dimension"},
    {ALL "a,workgroup,,,A,,,,\n", "a row of role workgroup has no target", 2, "target"},
    {ALL "a,outcome,,,A,,,,\n", "a row of role outcome has no target", 2, "target"},
    {ALL "a,level,,,,group,,,\n", "a row of role level has no level", 2, "level"},
    {ALL "a,weight,,,,,1,,\n", "a row of role weight has no values", 2, "values"},
    {ALL "a,respondent,,,,,1|A,,\n", "a row of role respondent has no values", 2, "values"},

    /* scales, dimensions, patterns */
    {ALL "a,item,,,,,,,\n", "an item needs a scale, or a dimension of relational coordination", 2, "scale"},
    {"variable,role\na,item\n", "an item needs a scale, or a dimension of relational coordination", 2, ""},
    {ALL "a,item,,timly,,,,,\n", "'timly' is no dimension of relational coordination; did you mean 'timely'?", 2, "dimension"},
    {ALL "a,item,rc,rettidigt,,,,,\n", "'rettidigt' is no dimension of relational coordination; did you mean 'rettidig'?", 2,
     "dimension"},
    {ALL "a,item,rc,trust,,,,,\n", "'trust' is no dimension of relational coordination; they are " SEVEN, 2, "dimension"},
    {ALL "a,item,,trust,,,,,\n",
     "'trust' is no dimension of relational coordination; an item of another scale has to name the scale", 2, "dimension"},
    {ALL "a,item,rc,,,,,,\n", "an item of scale rc needs {dimension} in its variable or a dimension: " SEVEN, 2, "dimension"},
    {ALL "a_{target},item,rc,,,,,,\n", "an item of scale rc needs {dimension} in its variable or a dimension: " SEVEN, 2,
     "dimension"},
    {ALL "{dimension},item,,timely,,,,,\n", "the variable has {dimension}, so the dimension must be empty", 2, "dimension"},
    {ALL "x{target},item,,timely,A,,,,\n", "the variable has {target}, so the target must be empty", 2, "target"},
    {ALL "{target}{target},item,,timely,,,,,\n", "the variable has {target} twice", 2, "variable"},
    {ALL "{dimension}{target}{dimension},item,,,,,,,\n", "the variable has {dimension} twice", 2, "variable"},
    {ALL "x{target},item,pay,,,,,,\n", "a variable has {target}, which only items of scale rc can have", 2, "variable"},
    {ALL "{dimension},item,pay,,,,,,\n", "a variable has {dimension}, which only items of scale rc can have", 2, "variable"},
    {ALL "wave {target},wave,,,,,,,\n", "a variable has {target}, which only items of scale rc can have", 2, "variable"},
    {ALL "a,item,,timely,,,,,\nb,item,,rettidig,,,,,\n", "line 2 has timely already", 3, "dimension"},
    {ALL "a,item,,timely,A,,,,\nb,item,,timely,B,,,,\nc,item,,timely,A,,,,\n", "line 2 has timely of target 'A' already", 4,
     "dimension"},

    /* scores */
    {ALL "a,wave,,,,,1=1,,\n", "value '1' has a score; a row of role wave has labels only", 2, "values"},
    {ALL ",target,,,,,A;B=2,,\n", "value 'B' has a score; a row of role target has labels only", 2, "values"},
    {ALL "a,group,,,,,A=1,,\n", "value 'A' has a score; a row of role group has labels only", 2, "values"},
    {ALL "a,group,,g,,,0;2,,\n", "the score of value '2' is neither 1, a member of the group, nor 0", 2, "values"},
    {ALL "a,group,,g,,,Y=2,,\n", "the score of value 'Y' is neither 1, a member of the group, nor 0", 2, "values"},
    {ITEM "1=0\n", "the score of value '1' is not a whole number from 1 to 127", 2, "values"},
    {ITEM "1=128\n", "the score of value '1' is not a whole number from 1 to 127", 2, "values"},
    {ITEM "1=1;2=2.5\n", "the score of value '2' is not a whole number from 1 to 127", 2, "values"},
    {ITEM "1|Never;2|Often;9=dk\n", "no value has a score: an item of scale rc needs them, as in 1=1", 2, "values"},

    /* the grammar of values */
    {ITEM "1=1;2=2;8=often\n", "entry 3 of values, '8=often', has a score that is neither a number nor missing nor dk", 2, "values"},
    {ITEM "1=\n", "entry 1 of values, '1=', has a score that is neither a number nor missing nor dk", 2, "values"},
    {ITEM "1=Missing|x\n", "entry 1 of values, '1=Missing|x', has a score that is neither a number nor missing nor dk", 2, "values"},
    {ITEM "1=1e999\n", "entry 1 of values, '1=1e999', has a score that is neither a number nor missing nor dk", 2, "values"},
    {ITEM "1=1;;2=2\n", "entry 2 of values is empty", 2, "values"},
    {ITEM "1=1; ;\n", "entry 2 of values is empty", 2, "values"},
    {ITEM ";\n", "entry 1 of values is empty", 2, "values"},
    {ITEM "1=1;=2\n", "entry 2 of values, '=2', has no value in front", 2, "values"},
    {ITEM "|a\n", "entry 1 of values, '|a', has no value in front", 2, "values"},
    {ITEM "1=1;2=2;1=3\n", "entry 3 of values, '1=3', has the same value as entry 1", 2, "values"},
    {ITEM "2=2;1=1;1.0=3\n", "entry 3 of values, '1.0=3', has the same value as entry 2", 2, "values"},
    {ITEM "1=1|a;2=2|a\n", "entry 2 of values, '2=2|a', has the same English label as entry 1", 2, "values"},
    {ITEM "1=1|a|x;2=2||x\n", "entry 2 of values, '2=2||x', has the same Danish label as entry 1", 2, "values"},
    {ITEM "1=1|a|b|c\n", "entry 1 of values, '1=1|a|b|c', has more than two labels; a '|' in a label is written \\|", 2, "values"},
    {ITEM "1=1|a|b|\n", "entry 1 of values, '1=1|a|b|', has more than two labels; a '|' in a label is written \\|", 2, "values"},
    {ITEM "1=1=1\n", "entry 1 of values, '1=1=1', has a second '=', which in a value or label is written \\=", 2, "values"},
    {ITEM "1|Often=5\n", "entry 1 of values, '1|Often=5', has a '=' behind a label, where it is written \\=", 2, "values"},
    {ITEM "1=1;a\\b\n", "entry 2 of values, 'a\\b', has a backslash before 'b'; it may stand before ; = | and \\ only", 2, "values"},
    {ITEM "a\\\xC3\xA6\n", "entry 1 of values, 'a\\\xC3\xA6', has a backslash before '\xC3\xA6'; it may stand before ; = | and \\ only",
     2, "values"},
    {ITEM "a\\ =1\n", "entry 1 of values, 'a\\ =1', has a backslash before ' '; it may stand before ; = | and \\ only", 2, "values"},
    {ITEM "1=1|a\\\n", "entry 1 of values, '1=1|a\\', ends in a backslash; a backslash itself is written \\\\", 2, "values"},
    {ITEM "1=1;a\\ \n", "entry 2 of values, 'a\\', ends in a backslash; a backslash itself is written \\\\", 2, "values"},
    {ITEM "\"1=1\n;2=x\"\n", "entry 2 of values, '2=x', has a score that is neither a number nor missing nor dk", 2, "values"},
};

START_TEST(each_fault_is_named)
{
    const char *text = faults[_i].text;
    for (size_t piece = 0; piece <= 7; piece++) {
        relcoord_codebook *book = NULL;
        relcoord_error error = {0};
        relcoord_status status = read_book(text, strlen(text), piece, NULL, &book, &error);
        ck_assert_msg(status == RELCOORD_EDATA && !book, "%s: status %d", text, (int)status);
        ck_assert_msg(strcmp(error.message, faults[_i].message) == 0, "%s: '%s', expected '%s'", text, error.message,
                      faults[_i].message);
        ck_assert_msg(error.line == faults[_i].line && strcmp(error.column, faults[_i].column) == 0 && strcmp(error.file, "book") == 0,
                      "%s: line %d, column '%s', file '%s'", text, (int)error.line, error.column, error.file);
    }
}
END_TEST

Suite *codebook_suite(void)
{
    Suite *suite = suite_create("codebook");
    TCase *rows = tcase_create("rows"), *wrong = tcase_create("faults");
    tcase_add_test(rows, every_column_is_read);
    tcase_add_test(rows, scales_and_dimensions_follow);
    tcase_add_test(rows, values_become_codes);
    tcase_add_test(rows, fields_find_their_codes);
    tcase_add_test(rows, dialects_are_found);
    tcase_add_test(rows, membership_says_what_it_is);
    tcase_add_test(rows, variables_may_stand_twice);
    tcase_add_loop_test(wrong, each_fault_is_named, 0, (int)LENGTH(faults));
    suite_add_tcase(suite, rows);
    suite_add_tcase(suite, wrong);
    return suite;
}
