/* Reading what is wrong: a table of faulty inputs with the message, line, row and column that each
 * must give, however it is cut into pieces; and redact_values, by which no answer or label may get
 * out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "support.h"

Suite *faults_suite(void);

#define ITEMS \
    "frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect"
#define HEADER "respondent,workgroup,target," ITEMS "\n"
#define FULL "respondent,workgroup,target,unit,wave,role,weight," ITEMS "\n"
#define GOOD "1,A,B,1,2,3,4,5,4,3\n"
#define ANSWERS "1,2,3,4,5,4,3\n"
#define NOT_AN_ANSWER " is not an answer on the scale 1 to 5; a missing answer is an empty field"
#define STRAY "a quotation mark inside a field: the whole field must be quoted, marks in it doubled"
#define OPEN "a quotation mark is opened here and never closed"
#define MARK "\xEF\xBB\xBF" /* without it, text that is not UTF-8 is Windows-1252 */
#define OTHER "; option 'encoding' can name another encoding"

typedef struct fault {
    const char *name, *bytes;
    size_t length;
    const char *message;
    int line, row;
    const char *column;
} fault;
#define FAULT(name, bytes, message, line, row, column)             \
    {                                                              \
        name, bytes, sizeof(bytes) - 1, message, line, row, column \
    }

static const fault faults[] = {
    FAULT("nothing", "", "the file is empty", 0, 0, ""),
    FAULT("blank lines", "\n\r\n \n", "the file is empty", 0, 0, ""),
    FAULT("a byte order mark", "\xEF\xBB\xBF", "the file is empty", 0, 0, ""),
    FAULT("header only", HEADER, "no rows below the header", 0, 0, ""),
    FAULT("header without line end", "respondent,workgroup,target," ITEMS,
          "no rows below the header", 0, 0, ""),
    FAULT("header and blank lines", HEADER "\n\n  \n", "no rows below the header", 0, 0, ""),
    FAULT("UTF-16 without a mark", "r\0e\0s\0",
          "this looks like UTF-16LE without a byte order mark: option 'encoding' has to say so", 1,
          0, ""),

    /* ---- headers */
    FAULT("no target", "respondent,workgroup," ITEMS "\n1,A," ANSWERS,
          "no column 'target' (in Danish 'm\xC3\xA5lgruppe')", 1, 0, "target"),
    FAULT("no respondent", "id,workgroup,target," ITEMS "\n" GOOD, "no column 'respondent'", 1, 0,
          "respondent"),
    FAULT("respondent mistyped", "respodent,workgroup,target," ITEMS "\n" GOOD,
          "no column 'respondent'; is it the one named 'respodent'?", 1, 0, "respondent"),
    FAULT("workgroup mistyped", "respondent,wrokgroup,target," ITEMS "\n" GOOD,
          "no column 'workgroup' (in Danish 'faggruppe'); is it the one named 'wrokgroup'?", 1, 0,
          "workgroup"),
    FAULT("Danish mistyped", "respondent,fagruppe,target," ITEMS "\n" GOOD,
          "no column 'workgroup' (in Danish 'faggruppe'); is it the one named 'fagruppe'?", 1, 0,
          "workgroup"),
    FAULT("item left out",
          "respondent,workgroup,target,frequent,timely,accurate,problem_solving,shared_goals,"
          "shared_knowledge\n1,A,B,1,1,1,1,1,1\n",
          "no column 'mutual_respect' (in Danish 'gensidig_respekt')", 1, 0, "mutual_respect"),
    FAULT("header below blank lines", "\n\n\nid,workgroup,target," ITEMS "\n" GOOD,
          "no column 'respondent'", 4, 0, "respondent"),
    FAULT("name twice", "respondent,workgroup,target,timely," ITEMS "\n1,A,B,1," ANSWERS,
          "two columns have this name", 1, 0, "timely"),
    FAULT("unknown name twice", "respondent,workgroup,target,age,age," ITEMS "\n1,A,B,1,1," ANSWERS,
          "two columns have this name", 1, 0, "age"),
    FAULT("name in two languages", "respondent,workgroup,target,hyppig," ITEMS "\n1,A,B,1," ANSWERS,
          "both 'hyppig' and 'frequent' mean frequent", 1, 0, "frequent"),
    FAULT("name in two cases", "respondent,workgroup,target,Target," ITEMS "\n1,A,B,B," ANSWERS,
          "both 'target' and 'Target' mean target", 1, 0, "Target"),
    FAULT("heading not UTF-8",
          MARK "respondent,workgroup,target,b\xF8lge," ITEMS "\n1,A,B,1," ANSWERS,
          "the heading of column 4 is not valid UTF-8" OTHER, 1, 0, ""),
    FAULT("heading with NUL", "respondent,workgroup,tar\0get," ITEMS "\n" GOOD,
          "a NUL byte: is this a text file in UTF-8?", 1, 0, ""),
    FAULT("quotation mark in a heading", "respondent,work\"group,target," ITEMS "\n" GOOD, STRAY, 1,
          0, ""),
    FAULT("open quotation mark in the header", "respondent,\"workgroup,target," ITEMS "\n" GOOD,
          OPEN, 1, 0, ""),
    FAULT("open quotation mark in the header's second line",
          "respondent,\"a\nb\",\"c," ITEMS "\n" GOOD, OPEN, 2, 0, ""),

    /* ---- rows of other lengths */
    FAULT("a field too few", HEADER GOOD "1,A,C,1,2,3,4,5,4\n",
          "the row has 9 fields, the header 10", 3, 2, ""),
    FAULT("a field too many", HEADER GOOD "1,A,C,1,2,3,4,5,4,3,\n",
          "the row has 11 fields, the header 10; a field that holds the separator must be quoted",
          3, 2, ""),
    FAULT("one field", HEADER GOOD "1\n", "the row has 1 field, the header 10", 3, 2, ""),
    FAULT("an empty quoted line", HEADER GOOD "\"\"\n", "the respondent is empty", 3, 2,
          "respondent"),
    FAULT("too few at the end", HEADER GOOD "1,A", "the row has 2 fields, the header 10", 3, 2, ""),

    /* ---- quotation marks */
    FAULT("stray mark", HEADER GOOD "1,A\"b,C," ANSWERS, STRAY, 3, 2, "workgroup"),
    FAULT("text behind a mark", HEADER GOOD "1,\"A\"b,C," ANSWERS, STRAY, 3, 2, "workgroup"),
    FAULT("text behind a mark two lines on", HEADER GOOD "1,\"A\n\n\" b,C," ANSWERS, STRAY, 5, 2,
          "workgroup"),
    FAULT("open mark", HEADER GOOD "1,A,\"C," ANSWERS GOOD, OPEN, 3, 2, "target"),
    FAULT("open mark at the end", HEADER GOOD "1,A,C,1,2,3,4,5,4,\"3", OPEN, 3, 2,
          "mutual_respect"),
    FAULT("open mark after a quoted line end", HEADER GOOD "1,\"A\nB\",\"C," ANSWERS, OPEN, 4, 2,
          "target"),
    FAULT("open mark after CR", "respondent,workgroup,target," ITEMS "\r1,A,B,1,2,3,4,5,4,3\r\"2,A",
          OPEN, 3, 2, "respondent"),

    /* ---- labels */
    FAULT("empty respondent", HEADER GOOD ",A,C," ANSWERS, "the respondent is empty", 3, 2,
          "respondent"),
    FAULT("empty workgroup", HEADER GOOD "1,,C," ANSWERS, "the workgroup is empty", 3, 2,
          "workgroup"),
    FAULT("empty target", HEADER GOOD "1,A,\" \t\"," ANSWERS, "the target is empty", 3, 2,
          "target"),
    FAULT("label not UTF-8", MARK HEADER GOOD "1,A,L\xE6ger," ANSWERS,
          "'L\xE2\x80\xA6' is not valid UTF-8" OTHER, 3, 2, "target"),
    FAULT("label cut in a character", MARK HEADER GOOD "1,A,L\xC3," ANSWERS,
          "'L\xE2\x80\xA6' is not valid UTF-8" OTHER, 3, 2, "target"),
    FAULT("label overlong", MARK HEADER GOOD "1,A,\xC0\xAF," ANSWERS,
          "'\xE2\x80\xA6' is not valid UTF-8" OTHER, 3, 2, "target"),
    FAULT("surrogate in an attribute", MARK FULL "1,A,B,\xED\xA0\x80,w,r,1," ANSWERS,
          "'\xE2\x80\xA6' is not valid UTF-8" OTHER, 2, 1, "unit"),
    FAULT("NUL in a label", HEADER GOOD "1,A,C\0D," ANSWERS,
          "a NUL byte: is this a text file in UTF-8?", 3, 2, ""),
    FAULT("NUL in an answer", HEADER GOOD "1,A,C,\0,2,3,4,5,4,3\n",
          "a NUL byte: is this a text file in UTF-8?", 3, 2, ""),

    /* ---- answers */
    FAULT("0", HEADER "1,A,B,0,2,3,4,5,4,3\n", "'0'" NOT_AN_ANSWER, 2, 1, "frequent"),
    FAULT("6", HEADER "1,A,B,1,6,3,4,5,4,3\n", "'6'" NOT_AN_ANSWER, 2, 1, "timely"),
    FAULT("2.5", HEADER "1,A,B,1,2,2.5,4,5,4,3\n", "'2.5'" NOT_AN_ANSWER, 2, 1, "accurate"),
    FAULT("a decimal comma", HEADER "1,A,B,1,2,\"3,0\",4,5,4,3\n", "'3,0'" NOT_AN_ANSWER, 2, 1,
          "accurate"),
    FAULT("a letter", HEADER "1,A,B,1,2,3,4,5,4,x\n", "'x'" NOT_AN_ANSWER, 2, 1, "mutual_respect"),
    FAULT("below zero", HEADER "1,A,B,1,2,3,-1,5,4,3\n", "'-1'" NOT_AN_ANSWER, 2, 1,
          "problem_solving"),
    FAULT("10", HEADER "1,A,B,1,2,3,10,5,4,3\n", "'10'" NOT_AN_ANSWER, 2, 1, "problem_solving"),
    FAULT("two answers", HEADER "1,A,B,1,2,3,4 5,5,4,3\n", "'4 5'" NOT_AN_ANSWER, 2, 1,
          "problem_solving"),
    FAULT("NA", HEADER "1,A,B,1,2,3,NA,5,4,3\n", "'NA'" NOT_AN_ANSWER, 2, 1, "problem_solving"),
    FAULT("no-break space", HEADER "1,A,B,1,2,3,\xC2\xA0,5,4,3\n", "'\xC2\xA0'" NOT_AN_ANSWER, 2, 1,
          "problem_solving"),
    FAULT("39 bytes", HEADER "1,A,B,123456789012345678901234567890123456789,2,3,4,5,4,3\n",
          "'123456789012345678901234567890123456789'" NOT_AN_ANSWER, 2, 1, "frequent"),
    FAULT("40 bytes", HEADER "1,A,B,1234567890123456789012345678901234567890,2,3,4,5,4,3\n",
          "'123456789012345678901234567890123456789\xE2\x80\xA6'" NOT_AN_ANSWER, 2, 1, "frequent"),
    FAULT("cut at a character",
          HEADER "1,A,B,12345678901234567890123456789012345678\xC3\xB8,2,3,4,5,4,3\n",
          "'12345678901234567890123456789012345678\xE2\x80\xA6'" NOT_AN_ANSWER, 2, 1, "frequent"),
    FAULT("line end and tab", HEADER "1,A,B,\"a\nb\tc\",2,3,4,5,4,3\n", "'a?b?c'" NOT_AN_ANSWER, 2,
          1, "frequent"),

    /* ---- respondents */
    FAULT("same target twice", HEADER GOOD "2,A,B," ANSWERS GOOD,
          "respondent '1' has rated 'B' before", 4, 3, "target"),
    FAULT("same target twice, far apart",
          HEADER "2,A,B," ANSWERS GOOD "\n1,A,C," ANSWERS "2,A,C," ANSWERS "\n2,A,B," ANSWERS
                 "1,A,D," ANSWERS,
          "respondent '2' has rated 'B' before", 8, 5, "target"),
    FAULT("same target twice in a wave",
          FULL "1,A,B,u,w1,r,1," ANSWERS "1,A,B,u,w2,r,1," ANSWERS "1,A,B,u,w1,r,1," ANSWERS,
          "respondent '1' has rated 'B' before in this wave", 4, 3, "target"),
    FAULT("a long target twice",
          HEADER "1,A,1234567890123456789012345678901234567890," ANSWERS
                 "1,A,1234567890123456789012345678901234567890," ANSWERS,
          "respondent '1' has rated '123456789012345678901234567890123456789\xE2\x80\xA6' before",
          3, 2, "target"),
    FAULT("two workgroups", HEADER GOOD "1,C,D," ANSWERS,
          "respondent '1' has two workgroups in one wave: 'A' and 'C'", 3, 2, "workgroup"),
    FAULT("two workgroups in a wave",
          FULL "1,A,B,u,w1,r,1," ANSWERS "1,B,B,u,w2,r,1," ANSWERS "1,C,D,u,w2,r,1," ANSWERS,
          "respondent '1' has two workgroups in one wave: 'B' and 'C'", 4, 3, "workgroup"),
    FAULT("two units", FULL "1,A,B,u,w1,r,1," ANSWERS "1,A,C,v,w1,r,1," ANSWERS,
          "respondent '1' has two units in one wave: 'u' and 'v'", 3, 2, "unit"),
    FAULT("two roles", FULL "1,A,B,u,w1,r,1," ANSWERS "1,A,C,u,w1,,1," ANSWERS,
          "respondent '1' has two roles in one wave: 'r' and ''", 3, 2, "role"),
    FAULT("two weights", FULL "1,A,B,u,w1,r,1," ANSWERS "1,A,C,u,w1,r,2," ANSWERS,
          "respondent '1' has two weights in one wave", 3, 2, "weight"),
    FAULT("weight below zero", FULL "1,A,B,u,w,r,-0.5," ANSWERS,
          "'-0.5' is not a weight: a number of 0 or more", 2, 1, "weight"),
    FAULT("weight empty", FULL "1,A,B,u,w,r,," ANSWERS, "'' is not a weight: a number of 0 or more",
          2, 1, "weight"),
    FAULT("weight a word", FULL "1,A,B,u,w,r,heavy," ANSWERS,
          "'heavy' is not a weight: a number of 0 or more", 2, 1, "weight"),
    FAULT("weight nan", FULL "1,A,B,u,w,r,nan," ANSWERS,
          "'nan' is not a weight: a number of 0 or more", 2, 1, "weight"),
    FAULT("weight past all numbers", FULL "1,A,B,u,w,r,1e400," ANSWERS,
          "'1e400' is not a weight: a number of 0 or more", 2, 1, "weight"),
    FAULT("weight with a comma", FULL "1,A,B,u,w,r,\"0,5\"," ANSWERS,
          "'0,5' is not a weight: a number of 0 or more", 2, 1, "weight"),
    FAULT("weight too large", FULL "1,A,B,u,w,r,1e101," ANSWERS,
          "the weight '1e101' is not 0 nor from 1e-100 to 1e100", 2, 1, "weight"),
    FAULT("weight too small", FULL "1,A,B,u,w,r,1e-101," ANSWERS,
          "the weight '1e-101' is not 0 nor from 1e-100 to 1e100", 2, 1, "weight"),
    FAULT("all weights 0", FULL "1,A,B,u,w,r,0," ANSWERS "2,A,B,u,w,r,0.0," ANSWERS,
          "all weights are 0", 0, 0, "weight"),

    /* ---- lines and rows */
    FAULT("after blank lines", HEADER "\n\n" GOOD "\n  \n2,A,B,9,2,3,4,5,4,3\n",
          "'9'" NOT_AN_ANSWER, 7, 2, "frequent"),
    FAULT("after a quoted line end", HEADER "1,\"A\nA\",B," ANSWERS "2,A,B,9,2,3,4,5,4,3\n",
          "'9'" NOT_AN_ANSWER, 4, 2, "frequent"),
    FAULT("in a row with quoted line ends", HEADER GOOD "2,\"A\nA\",\"B\n\",9,2,3,4,5,4,3\n",
          "'9'" NOT_AN_ANSWER, 3, 2, "frequent"),
    FAULT("after CRLF",
          "respondent,workgroup,target," ITEMS
          "\r\n1,A,B,1,2,3,4,5,4,3\r\n\r\n2,A,B,9,2,3,4,5,4,3\r\n",
          "'9'" NOT_AN_ANSWER, 4, 2, "frequent"),
    FAULT("after CR",
          "respondent,workgroup,target," ITEMS "\r1,A,B,1,2,3,4,5,4,3\r\r2,A,B,9,2,3,4,5,4,3\r",
          "'9'" NOT_AN_ANSWER, 4, 2, "frequent"),
    FAULT("after quoted CR and CRLF", HEADER "1,\"A\rA\r\nA\",B," ANSWERS "2,A,B,9,2,3,4,5,4,3\n",
          "'9'" NOT_AN_ANSWER, 5, 2, "frequent"),
    FAULT("after a byte order mark", "\xEF\xBB\xBF" HEADER "2,A,B,9,2,3,4,5,4,3\n",
          "'9'" NOT_AN_ANSWER, 2, 1, "frequent"),
    FAULT("in the last line, no line end", HEADER GOOD "2,A,B,1,2,3,4,5,4,9", "'9'" NOT_AN_ANSWER,
          3, 2, "mutual_respect"),
    FAULT("the first of two", HEADER "2,A,B,1,8,3,4,5,4,9\n3,A,B,9,,,,,,\n", "'8'" NOT_AN_ANSWER, 2,
          1, "timely"),
    FAULT("ragged before duplicate", HEADER GOOD GOOD "1,A\n",
          "the row has 2 fields, the header 10", 4, 3, ""),
};

static void expect_fault(const fault *f, const char *bytes, size_t length, size_t piece,
                         const relcoord_options *options)
{
    relcoord_survey *survey = (relcoord_survey *)&survey, *before = survey;
    relcoord_error error = {0};
    relcoord_status status = read_pieces(bytes, length, piece, options, &survey, &error);
    ck_assert_msg(status == RELCOORD_EDATA && error.status == RELCOORD_EDATA,
                  "%s, pieces of %zu: status %d", f->name, piece, (int)status);
    ck_assert_msg(strcmp(error.message, f->message) == 0, "%s, pieces of %zu: '%s', expected '%s'",
                  f->name, piece, error.message, f->message);
    ck_assert_msg(error.line == f->line && error.row == f->row,
                  "%s, pieces of %zu: line %d, row %d, expected %d, %d", f->name, piece,
                  (int)error.line, (int)error.row, f->line, f->row);
    ck_assert_msg(strcmp(error.column, f->column) == 0,
                  "%s, pieces of %zu: column '%s', expected '%s'", f->name, piece, error.column,
                  f->column);
    ck_assert_str_eq(error.file, "text");
    ck_assert_ptr_eq(survey, before);
}

START_TEST(each_fault_is_named)
{
    for (size_t i = 0; i < LENGTH(faults); i++) {
        const fault *f = &faults[i];
        char *exact = malloc(f->length + 1); /* so that a sanitizer sees a read past the end */
        memcpy(exact, f->bytes, f->length);
        for (size_t piece = 0; piece <= 7; piece++)
            expect_fault(f, exact, f->length, piece, NULL);
        ck_assert_int_eq(read_pieces(exact, f->length, 0, NULL, &(relcoord_survey *){NULL}, NULL),
                         RELCOORD_EDATA);
        free(exact);
    }
}
END_TEST

/* ---- Long fields ---- */

static const char *const field_heads[] = {HEADER GOOD "2,A,\"", HEADER GOOD "2,A,",
                                          "respondent,workgroup,\""};
static const int field_lines[][2] = {{3, 2}, {3, 2}, {1, 0}};

START_TEST(fields_of_a_mebibyte)
{
    size_t head = strlen(field_heads[_i]), length = head + (1 << 20) + 5;
    const fault f = {"long field",
                     NULL,
                     0,
                     "a field of more than 1048576 bytes: is a quotation mark left open?",
                     field_lines[_i][0],
                     field_lines[_i][1],
                     field_lines[_i][1] ? "target" : ""};
    char *bytes = malloc(length);
    memcpy(bytes, field_heads[_i], head);
    memset(bytes + head, 'x', length - head);
    expect_fault(&f, bytes, length, 0, NULL);
    expect_fault(&f, bytes, length, 4099, NULL);
    for (size_t i = head; i < length; i += 100) /* lines below an open quotation mark */
        bytes[i] = _i == 1 ? 'x' : '\n';
    expect_fault(&f, bytes, length, 0, NULL);
    free(bytes);
}
END_TEST

/* ---- Several files ---- */

static const struct {
    const char *first, *second, *message;
    int line, row;
    const char *column;
    int file; /* at fault, from 0 */
} file_cases[] = {
    {HEADER GOOD, HEADER "\n2,A,B,9,2,3,4,5,4,3\n", "'9'" NOT_AN_ANSWER, 3, 1, "frequent", 1},
    {HEADER "2,A,B,9,2,3,4,5,4,3\n", HEADER GOOD, "'9'" NOT_AN_ANSWER, 2, 1, "frequent", 0},
    {HEADER GOOD, HEADER "2,A,B," ANSWERS "\n" GOOD, "respondent '1' has rated 'B' before", 4, 2,
     "target", 1},
    {HEADER GOOD "2,A,B," ANSWERS "1,A,B," ANSWERS, HEADER "3,A,B," ANSWERS,
     "respondent '1' has rated 'B' before", 4, 3, "target", 0},
    {HEADER GOOD, HEADER "2,A,B," ANSWERS "1,C,D," ANSWERS,
     "respondent '1' has two workgroups in one wave: 'A' and 'C'", 3, 2, "workgroup", 1},
    {HEADER GOOD, HEADER, "no rows below the header", 0, 0, "", 1},
    {HEADER GOOD, "", "the file is empty", 0, 0, "", 1},
    {HEADER GOOD, "respondent,workgroup," ITEMS "\n",
     "no column 'target' (in Danish 'm\xC3\xA5lgruppe')", 1, 0, "target", 1},
    {HEADER GOOD, "respondent,workgroup,target,unit," ITEMS "\n2,A,B,u," ANSWERS,
     "the first file has no such column", 1, 0, "unit", 1},
    {"respondent,workgroup,target,weight," ITEMS "\n2,A,B,1," ANSWERS, HEADER GOOD,
     "no column 'weight', which the first file has", 1, 0, "weight", 1},
    {HEADER GOOD, "respondent,workgroup,target,weight," ITEMS "\n2,A,B,1," ANSWERS,
     "the first file has no such column", 1, 0, "weight", 1},
};

START_TEST(faults_name_their_file)
{
    const char *paths[2];
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    paths[0] = file_write("first.csv", file_cases[_i].first, strlen(file_cases[_i].first));
    paths[1] = file_write("second.csv", file_cases[_i].second, strlen(file_cases[_i].second));
    ck_assert_int_eq(relcoord_survey_read_files(paths, 2, NULL, &survey, &error), RELCOORD_EDATA);
    ck_assert_str_eq(error.message, file_cases[_i].message);
    ck_assert_int_eq(error.line, file_cases[_i].line);
    ck_assert_int_eq(error.row, file_cases[_i].row);
    ck_assert_str_eq(error.column, file_cases[_i].column);
    ck_assert_str_eq(error.file, paths[file_cases[_i].file]);
    ck_assert_ptr_null(survey);
}
END_TEST

/* ---- Messages are whole ---- */

/* Names and labels of Danish letters longer than any field of the error: it stays valid UTF-8. */
START_TEST(messages_stay_valid)
{
    static const char *const shapes[] = {
        "respondent,workgroup,target,%s,%s," ITEMS "\n1,A,B,1,1," ANSWERS,
        HEADER "%s,A,%s,9,2,3,4,5,4,3\n",
        HEADER "1,A,%s," ANSWERS "1,A,%s," ANSWERS,
        HEADER "1,%s,B," ANSWERS "1,x%s,C," ANSWERS,
        HEADER "1,A,B,x%s%s,1,1,1,1,1,1\n",
    };
    char label[1202], csv[4096];
    for (size_t shift = 0; shift < 4; shift++) {
        memset(label, 'a', shift);
        for (size_t i = shift; i + 2 < sizeof label; i += 2)
            memcpy(label + i, "\xC3\xB8", 3);
        for (size_t i = 0; i < LENGTH(shapes); i++) {
            relcoord_survey *survey = NULL;
            relcoord_error error = {0};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
            snprintf(csv, sizeof csv, shapes[i], label, label);
#pragma GCC diagnostic pop
            ck_assert_int_eq(read_pieces(csv, strlen(csv), 0, NULL, &survey, &error),
                             RELCOORD_EDATA);
            ck_assert_msg(utf8_valid_prefix(error.message, strlen(error.message))
                              == strlen(error.message),
                          "shape %zu: '%s'", i, error.message);
            ck_assert_msg(utf8_valid_prefix(error.column, strlen(error.column))
                              == strlen(error.column),
                          "shape %zu: '%s'", i, error.column);
        }
    }
}
END_TEST

/* ---- Redaction ---- */

/* Every answer and label here is a secret; the plain message gives one away, as a control that it
 * could. */
static const struct {
    const char *bytes;
    bool told; /* the plain error tells a secret */
} secret_cases[] = {
    {HEADER "SECRET,SECRET,SECRET,SECRET,2,3,4,5,4,3\n", true},
    {HEADER "SECRET,SECRET,SECRETB,1,2,3,4,5,4,3\nSECRET,SECRETC,SECRET,1,2,3,4,5,4,3\n", true},
    {HEADER "SECRET,SECRET,SECRET," ANSWERS "SECRET,SECRET,SECRET," ANSWERS, true},
    {MARK HEADER "SECRET,SECRET,SECRET\xFF," ANSWERS, true},
    {HEADER "SECRET,SECRET,," ANSWERS, false},
    {HEADER "SECRET,SECRET\n", false},
    {HEADER "SECRET,SECRET\"," ANSWERS, false},
    {HEADER "SECRET,\"SECRET", false},
    {FULL "SECRET,A,B,SECRET,w,r,1," ANSWERS "SECRET,A,C,SECRETV,w,r,1," ANSWERS, true},
    {FULL "SECRET,A,B,u,SECRET,r,1," ANSWERS "SECRET,A,C,u,SECRET,SECRETR,1," ANSWERS, true},
    {FULL "SECRET,A,B,u,SECRET,r,1," ANSWERS "SECRET,A,C,u,SECRET,r,2," ANSWERS, true},
    {FULL "SECRET,A,B,u,SECRET,r,SECRET," ANSWERS, true},
    {FULL "SECRET,A,B,u,SECRET,r,1," ANSWERS "SECRET,A,B,u,SECRET,r,1," ANSWERS, true},
    {"SECRET,A,B,SECRET,2,3,4,5,4,3\nr2,A,B,1,2,3,4,5,4,3\n",
     false}, /* no header: the first row is taken for it */
};

static bool tells(const relcoord_error *error, const char *word)
{
    return strstr(error->message, word) || strstr(error->column, word)
           || strstr(error->option, word) || strstr(error->file, word);
}

START_TEST(redacted_errors_tell_nothing)
{
    relcoord_options *options = options_make("read", "redact_values=true");
    const char *bytes = secret_cases[_i].bytes;
    relcoord_survey *survey = NULL;
    relcoord_error error = {0}, redacted = {0};
    ck_assert_int_eq(read_pieces(bytes, strlen(bytes), 0, NULL, &survey, &error), RELCOORD_EDATA);
    ck_assert_int_eq(tells(&error, "SECRET"), secret_cases[_i].told);
    ck_assert_int_eq(read_pieces(bytes, strlen(bytes), 0, options, &survey, &redacted),
                     RELCOORD_EDATA);
    ck_assert_msg(!tells(&redacted, "SECRET"), "column '%s': %s", redacted.column,
                  redacted.message);
    ck_assert(*redacted.message && redacted.line == error.line && redacted.row == error.row);
    relcoord_options_free(options);
}
END_TEST

/* A column that is no wave would make the search for a respondent's waves long. */
START_TEST(waves_are_few)
{
    char *csv = malloc(64 * 1024), *end = csv;
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    ck_assert_ptr_nonnull(csv);
    end += sprintf(end, "wave,%s", HEADER);
    for (int wave = 1; wave <= 1000; wave++)
        end += sprintf(end, "%d,1,A,B,%s", wave, ANSWERS);
    ck_assert_int_eq(read_pieces(csv, (size_t)(end - csv), 0, NULL, &survey, &error), RELCOORD_OK);
    relcoord_survey_free(survey);
    survey = NULL;
    end += sprintf(end, "last,1,A,B,%s", ANSWERS);
    ck_assert_int_eq(read_pieces(csv, (size_t)(end - csv), 0, NULL, &survey, &error),
                     RELCOORD_EDATA);
    ck_assert_ptr_null(survey);
    ck_assert_str_eq(error.message, "more than 1000 waves");
    ck_assert_str_eq(error.column, "wave");
    ck_assert_int_eq(error.line, 1002);
    free(csv);
}
END_TEST

Suite *faults_suite(void)
{
    Suite *suite = suite_create("faults");
    TCase *csv = tcase_create("faults"), *files = tcase_create("files"),
          *messages = tcase_create("messages");
    tcase_add_checked_fixture(files, NULL, files_remove);
    tcase_set_timeout(csv, 30);
    tcase_add_test(csv, each_fault_is_named);
    tcase_add_test(csv, waves_are_few);
    tcase_add_loop_test(csv, fields_of_a_mebibyte, 0, (int)LENGTH(field_heads));
    tcase_add_loop_test(files, faults_name_their_file, 0, (int)LENGTH(file_cases));
    tcase_add_test(messages, messages_stay_valid);
    tcase_add_loop_test(messages, redacted_errors_tell_nothing, 0, (int)LENGTH(secret_cases));
    suite_add_tcase(suite, csv);
    suite_add_tcase(suite, files);
    suite_add_tcase(suite, messages);
    return suite;
}
