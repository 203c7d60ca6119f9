/* The dialects of CSV: one survey in many separators, decimal marks, encodings and line ends, which
 * must all give the same tables and the right notes, in pieces of 1 to 7 bytes and whole. What is
 * wrong in them is in check_dialect_faults.c. */
#include "dialects.h"

Suite *dialects_suite(void);

#define NAMES \
    "frequent|timely|accurate|problem_solving|shared_goals|shared_knowledge|mutual_respect"

/* ---- The same survey ---- */

/* Matrix and summary as JSON, what stands before their tables left out; the caller frees it. */
static char *tables_of(const relcoord_survey *survey)
{
    relcoord_result *matrix = result_make(survey, "matrix", "by=unit"),
                    *summary = result_make(survey, "summary", "by=unit");
    char *first = result_written(matrix, "json", NULL),
         *second = result_written(summary, "json", NULL), *tables;
    const char *from = strstr(first, "\"tables\":"), *also = strstr(second, "\"tables\":");
    ck_assert(from && also);
    tables = malloc(strlen(from) + strlen(also) + 1);
    ck_assert_ptr_nonnull(tables);
    strcat(strcpy(tables, from), also);
    free(first);
    free(second);
    relcoord_result_free(matrix);
    relcoord_result_free(summary);
    return tables;
}

/* The notes that say how the survey was read, joined by "; ". */
static const char *notes_of(const relcoord_survey *survey)
{
    static char notes[1024];
    relcoord_result *result = result_make(survey, "matrix", NULL);
    const char *note;
    *notes = 0;
    for (size_t i = 0; (note = relcoord_result_note(result, i)) != NULL; i++)
        if (strncmp(note, "read as ", 8) == 0 || strncmp(note, "separated by ", 13) == 0
            || strcmp(note, "decimal comma") == 0) {
            ck_assert_uint_lt(strlen(notes) + strlen(note) + 3, sizeof notes);
            strcat(strcat(notes, *notes ? "; " : ""), note);
        }
    relcoord_result_free(result);
    return notes;
}

static void expect_dialect(const char *name, bytes b, size_t piece, const char *settings,
                           const char *tables, const char *notes)
{
    relcoord_survey *survey = read_dialect(name, b, piece, settings);
    char *got = tables_of(survey);
    expect_same_text(name, got, tables);
    ck_assert_msg(strcmp(notes_of(survey), notes) == 0,
                  "%s, pieces of %zu: notes '%s', expected '%s'", name, piece, notes_of(survey),
                  notes);
    free(got);
    relcoord_survey_free(survey);
}

/* Danish headings, labels with every separator in quotation marks, empty fields in all places, a
 * column without a name at the end, a comment nobody reads. */
static const char pattern[] =
    "respondent|faggruppe|m\xC3\xA5lgruppe|enhed|bem\xC3\xA6rkning|v\xC3\xA6gt|"
    "hyppig|rettidig|korrekt|probleml\xC3\xB8sende|f\xC3\xA6lles_m\xC3\xA5l|f\xC3\xA6lles_viden|"
    "gensidig_respekt|\n"
    "1|L\xC3\xA6ger|L\xC3\xA6ger||\"Godt; \"\"n\xC3\xA5\"\", ja\tja\"|0^5|1|2|3|4|5|4|3|\n"
    "1|L\xC3\xA6ger|\"Sygepl., \xE2\x82\xAC; \tx\"|||0^5|3^0|+2^00|1|||1|5|\n"
    "\n"
    "2|\"Sygepl., \xE2\x82\xAC; \tx\"|L\xC3\xA6ger|\xC3\x98st|\"\"|1^25|4|4|4e0|40^e-1||||\n"
    "  \n"
    "3| L\xC3\xA6ger |\"L\xC3\xA6ger \"|\xC3\x98st|x|2| 5 |\"5\"|5|5|||5|\n";

static const struct {
    const char *name;
    char separator, decimal;
    const char *line_end;
    coding to;
    const char *settings, *notes;
} dialects[] = {
    {"as it is", ',', '.', "\n", UTF_8, NULL, ""},
    {"as it is, told", ',', '.', "\n", UTF_8, "separator=comma encoding=utf-8 decimal=point", ""},
    {"byte order mark", ',', '.', "\r\n", UTF_8_MARKED, NULL, ""},
    {"byte order mark, told", ',', '.', "\r\n", UTF_8_MARKED, "encoding=utf-8", ""},
    {"CR", ',', '.', "\r", UTF_8, NULL, ""},
    {"semicolons, point", ';', '.', "\n", UTF_8, NULL, "separated by semicolons"},
    {"semicolons, comma", ';', ',', "\n", UTF_8, NULL, "separated by semicolons; decimal comma"},
    {"semicolons, comma, told", ';', ',', "\n", UTF_8, "separator=semicolon decimal=comma",
     "separated by semicolons; decimal comma"},
    {"Danish Excel", ';', ',', "\r\n", WINDOWS_1252, NULL,
     "read as Windows-1252; separated by semicolons; decimal comma"},
    {"Danish Excel, told", ';', ',', "\r\n", WINDOWS_1252, "encoding=windows-1252",
     "read as Windows-1252; separated by semicolons; decimal comma"},
    {"commas in Windows-1252", ',', '.', "\r", WINDOWS_1252, NULL, "read as Windows-1252"},
    {"tabs", '\t', '.', "\n", UTF_8, NULL, "separated by tabs"},
    {"tabs, comma, CR", '\t', ',', "\r", UTF_8, NULL, "separated by tabs; decimal comma"},
    {"tabs, told", '\t', ',', "\r\n", UTF_8, "separator=tab", "separated by tabs; decimal comma"},
    {"Unicode text of Excel", '\t', ',', "\r\n", UTF_16LE_MARKED, NULL,
     "read as UTF-16LE; separated by tabs; decimal comma"},
    {"the same, told", '\t', ',', "\r\n", UTF_16LE_MARKED, "encoding=utf-16le",
     "read as UTF-16LE; separated by tabs; decimal comma"},
    {"UTF-16LE without a mark", ';', '.', "\n", UTF_16LE, "encoding=utf-16le",
     "read as UTF-16LE; separated by semicolons"},
    {"UTF-16BE", ',', '.', "\r", UTF_16BE_MARKED, NULL, "read as UTF-16BE"},
    {"UTF-16BE without a mark", '\t', '.', "\n", UTF_16BE, "encoding=utf-16be",
     "read as UTF-16BE; separated by tabs"},
};

START_TEST(dialects_say_the_same)
{
    bytes plain = dress(pattern, ',', '.', "\n", UTF_8);
    bytes b = dress(pattern, dialects[_i].separator, dialects[_i].decimal, dialects[_i].line_end,
                    dialects[_i].to);
    relcoord_survey *survey = read_dialect("plain", plain, 0, NULL);
    char *wanted = tables_of(survey);
    ck_assert_ptr_nonnull(strstr(wanted, "\"Sygepl., \xE2\x82\xAC; \\tx\""));
    for (size_t piece = 0; piece <= 7; piece++)
        expect_dialect(dialects[_i].name, b, piece, dialects[_i].settings, wanted,
                       dialects[_i].notes);
    relcoord_survey_free(survey);
    free(wanted);
    free(plain.at);
    free(b.at);
}
END_TEST

/* ISO-8859-1 parts from Windows-1252 where the latter has the euro. */
START_TEST(iso_8859_1_when_told)
{
    static const char csv[] = HEADER "1,\x80\xC6,B,1,2,3,4,5,4,3\n";
    static const char *const cases[][3] = {
        {NULL, "workgroup=\xE2\x82\xAC\xC3\x86 target=B dimension=rc", "read as Windows-1252"},
        {"encoding=iso-8859-1", "workgroup=\xC2\x80\xC3\x86 target=B dimension=rc",
         "read as ISO-8859-1"}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        relcoord_survey *survey = read_dialect("letters", (bytes){(char *)csv, strlen(csv)}, 0,
                                               cases[i][0]);
        relcoord_result *result = result_make(survey, "matrix", NULL);
        ck_assert_uint_eq(rows_with(result, "cells", cases[i][1]), 1);
        ck_assert_str_eq(notes_of(survey), cases[i][2]);
        relcoord_result_free(result);
        relcoord_survey_free(survey);
    }
}
END_TEST

/* A last byte that could begin a letter of UTF-8 is one of Windows-1252 when it is the only one
 * past ASCII. */
START_TEST(a_letter_at_the_end)
{
    static const char csv[] = "respondent,workgroup," ITEMS ",target\n1,A,1,2,3,4,5,4,3,\xE5";
    for (size_t piece = 0; piece <= 2; piece++) {
        relcoord_survey *survey = read_dialect("at the end", (bytes){(char *)csv, strlen(csv)},
                                               piece, NULL);
        relcoord_result *result = result_make(survey, "matrix", NULL);
        ck_assert_uint_eq(rows_with(result, "cells", "target=\xC3\xA5 dimension=rc"), 1);
        ck_assert_str_eq(notes_of(survey), "read as Windows-1252");
        relcoord_result_free(result);
        relcoord_survey_free(survey);
    }
}
END_TEST

/* ---- Past the first block ---- */

/* Over three blocks, letters of one to four bytes at every place; those that Windows-1252 lacks if
 * it may. */
static char *invent_long(bool unicode)
{
    enum { RESPONDENTS = 1250, TARGETS = 4 };
    static const char *const groups[] = {"\xC3\xB8", "\xC3\x85\xC3\xA6", "\xE2\x82\xAC x"};
    const char *const targets[TARGETS] = {"A", unicode ? "\xF0\x9F\x98\x80" : "\xC3\x9F",
                                          "\xC3\x98\xE2\x82\xAC", "\"\xE2\x82\xAC,;\t\""};
    char *text = malloc(RESPONDENTS * TARGETS * 80 + 400), *at = text;
    ck_assert_ptr_nonnull(text);
    at += sprintf(at, "respondent|workgroup|target|unit|weight|" NAMES "\n");
    for (int i = 0; i < RESPONDENTS; i++)
        for (int t = 0; t < TARGETS; t++)
            at += sprintf(at, "nr. %d|%s|%s|S\xC3\xB8r %d|%d^%d|%d|%d||%d|5|4^0|3\n", i,
                          groups[i % 3], targets[t], i / 7 % 2, 1 + i % 5, i % 10, 1 + i % 5,
                          1 + (i + t) % 3, 1 + t);
    ck_assert_int_gt(at - text, 3 * 64 * 1024);
    return text;
}

static const struct {
    coding to;
    char separator, decimal;
    const char *notes;
} long_dialects[] = {
    {UTF_8, ';', ',', "separated by semicolons; decimal comma"},
    {WINDOWS_1252, ';', ',', "read as Windows-1252; separated by semicolons; decimal comma"},
    {UTF_16LE_MARKED, '\t', '.', "read as UTF-16LE; separated by tabs"},
    {UTF_16BE_MARKED, ',', '.', "read as UTF-16BE"},
};

START_TEST(long_files)
{
    static const size_t pieces_of[] = {0, 1, 2, 3, 5, 7, 4099, 65535};
    char *text = invent_long(long_dialects[_i].to != WINDOWS_1252);
    bytes plain = dress(text, ',', '.', "\n", UTF_8);
    bytes b = dress(text, long_dialects[_i].separator, long_dialects[_i].decimal, "\r\n",
                    long_dialects[_i].to);
    relcoord_survey *survey = read_dialect("plain", plain, 0, NULL);
    char *wanted = tables_of(survey);
    for (size_t i = 0; i < LENGTH(pieces_of); i++)
        expect_dialect("a long file", b, pieces_of[i], NULL, wanted, long_dialects[_i].notes);
    relcoord_survey_free(survey);
    free(wanted);
    free(plain.at);
    free(b.at);
    free(text);
}
END_TEST

/* The letter of four bytes that the block cuts, or that it does not, is UTF-8 in all of its
 * places. */
START_TEST(letters_across_the_block)
{
    bytes b = pad((size_t)(BLOCK - 12 + _i), "1,A,\xF0\x9F\x98\x80\xC3\xB8,1,2,3,4,5,4,3\n");
    for (size_t piece = 0; piece <= 1; piece++) {
        relcoord_survey *survey = read_dialect("across", b, piece, NULL);
        relcoord_result *result = result_make(survey, "matrix", NULL);
        ck_assert_uint_eq(
            rows_with(result, "cells", "target=\xF0\x9F\x98\x80\xC3\xB8 dimension=rc"), 1);
        ck_assert_str_eq(notes_of(survey), "");
        relcoord_result_free(result);
        relcoord_survey_free(survey);
    }
    free(b.at);
}
END_TEST

/* ---- The separator ---- */

static const struct {
    const char *header; /* '|' stands for the separator */
    char separator;
    const char *settings, *notes;
} headers[] = {
    {"respondent|workgroup|target|a;b;c;d;e;f;g;h;i|", ',', NULL, ""},
    {"respondent|workgroup|target|\"a;b;c;d;e;f;g;h;i;j;k;l;m;n;o\"|", ',', NULL, ""},
    {"respondent|workgroup|target|\"a\"\"b;c;d;e;f;g;h;i;j;k;l;m;n;o\"|", ',', NULL, ""},
    {"respondent|workgroup|target|a,b,c,d,e,f,g,h,i,j,k|", ';', NULL,
     "separated by semicolons"}, /* ten of each */
    {"respondent|workgroup|target|a;b;c;d;e;f;g;h;i;j;k|", '\t', NULL, "separated by tabs"},
    {"respondent|workgroup|target|a,b,c,d,e,f,g,h,i,j,k|", '\t', NULL, "separated by tabs"},
    {"respondent|workgroup|target|a,b,c,d,e,f,g,h,i,j,k,l|", ';', "separator=semicolon",
     "separated by semicolons"},
    {"respondent|workgroup|target|a\tb\tc\td\te\tf\tg\th\ti\tj\tk\tl|", ',', "separator=comma", ""},
    {"respondent|workgroup|target|a;b;c;d;e;f;g;h;i;j;k;l|", '\t', "separator=tab",
     "separated by tabs"},
    {"\n\r\n \t \t\t\t\t\t\t\t\t\t\t\t\t\t\nrespondent|workgroup|target|x|", ',', NULL, ""},
    {"\n\n  \nrespondent|workgroup|target|x|", ';', NULL, "separated by semicolons"},
    {"\n  \r\r\nrespondent|workgroup|target|\"x\ny\"|", '\t', NULL, "separated by tabs"},
};

START_TEST(separators_are_found)
{
    char text[512];
    snprintf(text, sizeof text, "%s%s\n1|A|B|0|1|2|3|4|5|4|3\n", headers[_i].header, NAMES);
    for (size_t piece = 0; piece <= 7; piece++) {
        bytes b = dress(text, headers[_i].separator, '.', "\n", UTF_8);
        relcoord_survey *survey = read_dialect(headers[_i].header, b, piece, headers[_i].settings);
        ck_assert_msg(strcmp(notes_of(survey), headers[_i].notes) == 0, "header %d: '%s'", _i,
                      notes_of(survey));
        relcoord_survey_free(survey);
        free(b.at);
    }
}
END_TEST

/* ---- Several files ---- */

/* Each file has a dialect and a decimal mark of its own; the notes do not tell their order. */
START_TEST(files_of_several_dialects)
{
    static const char *const texts[] = {"5|A|A|0^5|1|2|3|4|5|4|3\n", "6|A|B|1^5|1|2|3|4|5|4|3\n",
                                        "7|B|B|2|1|2^0|3|4|5|4|3\n"};
    static const struct {
        char separator, decimal;
        coding to;
    } dress_of[] = {{';', ',', UTF_16LE_MARKED}, {'\t', '.', UTF_8}, {';', '.', WINDOWS_1252}};
    static const int orders[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}};
    const char *paths[3], *ordered[3];
    char text[512], *wanted = NULL;
    for (int i = 0; i < 3; i++) {
        bytes b;
        snprintf(text, sizeof text,
                 "respondent|workgroup|target|weight|" NAMES "|\xC3\xB8\n"
                 "%.*s|x\n",
                 (int)strlen(texts[i]) - 1, texts[i]);
        b = dress(text, dress_of[i].separator, dress_of[i].decimal, "\r\n", dress_of[i].to);
        paths[i] = file_write((const char *[]){"a", "b", "c"}[i], b.at, b.length);
        free(b.at);
    }
    for (size_t o = 0; o < LENGTH(orders); o++) {
        relcoord_survey *survey = NULL;
        relcoord_result *result;
        char *got;
        for (int i = 0; i < 3; i++)
            ordered[i] = paths[orders[o][i]];
        ck_assert_int_eq(relcoord_survey_read_files(ordered, 3, NULL, &survey, NULL), RELCOORD_OK);
        ck_assert_str_eq(notes_of(survey), "read as Windows-1252; read as UTF-16LE; separated by "
                                           "semicolons; separated by tabs; decimal comma");
        result = result_make(survey, "matrix", NULL);
        got = result_written(result, "json", NULL);
        if (wanted)
            expect_same_text("another order", got, wanted);
        else
            wanted = strdup(got);
        ck_assert_uint_eq(rows_with(result, "cells", "target=B dimension=rc"), 2);
        free(got);
        relcoord_result_free(result);
        relcoord_survey_free(survey);
    }
    free(wanted);
}
END_TEST

Suite *dialects_suite(void)
{
    Suite *suite = suite_create("dialects");
    TCase *same = tcase_create("same"), *files = tcase_create("files");
    tcase_add_checked_fixture(files, NULL, files_remove);
    tcase_set_timeout(same, 30);
    tcase_add_loop_test(same, dialects_say_the_same, 0, (int)LENGTH(dialects));
    tcase_add_test(same, iso_8859_1_when_told);
    tcase_add_test(same, a_letter_at_the_end);
    tcase_add_loop_test(same, long_files, 0, (int)LENGTH(long_dialects));
    tcase_add_loop_test(same, letters_across_the_block, 0, 13);
    tcase_add_loop_test(same, separators_are_found, 0, (int)LENGTH(headers));
    tcase_add_test(files, files_of_several_dialects);
    suite_add_tcase(suite, same);
    suite_add_tcase(suite, files);
    return suite;
}
