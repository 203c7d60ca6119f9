/* Reading what is wrong in the dialects of CSV: a table of faults with the message, line, row,
 * column and option that each must give, however it is cut into pieces. */
#include "dialects.h"

Suite *dialect_faults_suite(void);

#define GOOD "1,A,B,1,2,3,4,5,4,3\n"
#define HEADER2                           \
    "respondent;workgroup;target;weight;" \
    "frequent;timely;accurate;problem_solving;shared_goals;shared_knowledge;mutual_respect\n"
#define TABS                                                                               \
    "respondent\tworkgroup\ttarget\t"                                                      \
    "frequent\ttimely\taccurate\tproblem_solving\tshared_goals\tshared_knowledge\tmutual_" \
    "respect\n"
#define ANSWERS2 ";1;2;3;4;5;4;3\n"
#define NOT_AN_ANSWER " is not an answer on the scale 1 to 5; a missing answer is an empty field"
#define NO_WEIGHT " is not a weight: a number of 0 or more"
#define OTHER "; option 'encoding' can name another encoding"

typedef struct fault {
    const char *name, *text; /* UTF-8, with "\x01" where `spoilt` goes */
    coding to;
    const char *settings, *message;
    int line, row;
    const char *column, *option, *spoilt;
    size_t spoilt_length;
} fault;
#define SPOILT(bytes) bytes, sizeof(bytes) - 1

static const fault faults[] = {
    /* ---- encodings */
    {"UTF-16LE without a mark", HEADER GOOD, UTF_16LE, NULL,
     "this looks like UTF-16LE without a byte order mark: option 'encoding' has to say so", 1, 0,
     "", "encoding", SPOILT("")},
    {"UTF-16BE without a mark", HEADER GOOD, UTF_16BE, NULL,
     "this looks like UTF-16BE without a byte order mark: option 'encoding' has to say so", 1, 0,
     "", "encoding", SPOILT("")},
    {"UTF-16 as UTF-8", HEADER GOOD, UTF_16LE, "encoding=utf-8",
     "a NUL byte: is this a text file in UTF-8?", 1, 0, "", "", SPOILT("")},
    {"another mark, UTF-8", HEADER GOOD, UTF_8_MARKED, "encoding=windows-1252",
     "the byte order mark says UTF-8, and option 'encoding' Windows-1252", 1, 0, "", "encoding",
     SPOILT("")},
    {"another mark, UTF-16", HEADER GOOD, UTF_16BE_MARKED, "encoding=utf-16le",
     "the byte order mark says UTF-16BE, and option 'encoding' UTF-16LE", 1, 0, "", "encoding",
     SPOILT("")},
    {"a mark alone", "", UTF_16LE_MARKED, NULL, "the file is empty", 0, 0, "", "", SPOILT("")},
    {"header only", HEADER, UTF_16BE_MARKED, NULL, "no rows below the header", 0, 0, "", "",
     SPOILT("")},
    {"a header cut", "respondent,workgroup", UTF_16LE_MARKED, NULL,
     "no column 'workgroup' (in Danish 'faggruppe'); is it the one named 'workgrou'?", 1, 0,
     "workgroup", "", NULL, 2},
    {"half a unit at the end", HEADER GOOD "\x01", UTF_16LE_MARKED, NULL,
     "the file ends within a character of UTF-16LE", 3, 2, "respondent", "", SPOILT("1")},
    {"half a unit in a field", HEADER GOOD "1,A\x01", UTF_16BE_MARKED, NULL,
     "the file ends within a character of UTF-16BE", 3, 2, "workgroup", "", SPOILT("\0")},
    {"half a surrogate pair at the end", HEADER GOOD "1,A,\x01", UTF_16LE_MARKED, NULL,
     "the file ends within a character of UTF-16LE", 3, 2, "target", "", SPOILT("\x3D\xD8")},
    {"half a unit alone", "\x01", UTF_16LE_MARKED, NULL,
     "the file ends within a character of UTF-16LE", 1, 0, "", "", SPOILT("r")},
    {"a high surrogate alone", HEADER GOOD "\n1,A,\x01,1,2,3,4,5,4,3\n", UTF_16LE_MARKED, NULL,
     "a character that is not valid UTF-16LE" OTHER, 4, 2, "target", "encoding",
     SPOILT("\x3D\xD8")},
    {"a low surrogate alone", HEADER GOOD "1,\"A\nB\x01\",C,1,2,3,4,5,4,3\n", UTF_16BE_MARKED, NULL,
     "a character that is not valid UTF-16BE" OTHER, 4, 2, "workgroup", "encoding",
     SPOILT("\xDE\x00")},
    {"a surrogate behind CR", "respondent,workgroup,target," ITEMS "\r\x01", UTF_16LE_MARKED, NULL,
     "a character that is not valid UTF-16LE" OTHER, 2, 1, "respondent", "encoding",
     SPOILT("\x00\xDC")},
    {"a surrogate in the header", "respondent,\n\x01", UTF_16LE_MARKED, NULL,
     "no column 'workgroup' (in Danish 'faggruppe')", 1, 0, "workgroup", "", SPOILT("\x00\xDC")},
    {"no character of Windows-1252", HEADER GOOD "\r\n2,\xC3\x86,L\x01,1,2,3,4,5,4,3\n",
     WINDOWS_1252, NULL, "a character that is not valid Windows-1252" OTHER, 4, 2, "target",
     "encoding", SPOILT("\x81")},
    {"Windows-1252 as UTF-8", HEADER GOOD "2,A,\xC3\x86,1,2,3,4,5,4,3\n", WINDOWS_1252,
     "encoding=utf-8", "'\xE2\x80\xA6' is not valid UTF-8" OTHER, 3, 2, "target", "encoding",
     SPOILT("")},
    {"cut in a letter", HEADER "1,\xC3\x86,\xC3\x85,1,2,3,4,5,4,3\n1,\xC3\x86,\x01", UTF_8, NULL,
     "'\xE2\x80\xA6' is not valid UTF-8" OTHER, 3, 2, "target", "encoding", SPOILT("\xE2\x82")},
    {"overlong at the end", HEADER "1,\xC3\x86,\xC3\x85,1,2,3,4,5,4,3\n1,\xC3\x86,\x01", UTF_8,
     NULL, "the row has 3 fields, the header 10", 3, 2, "", "", SPOILT("\xE0\x80\x80")},
    {"NUL", HEADER GOOD "1,A\x01,C,1,2,3,4,5,4,3\n", UTF_16LE_MARKED, NULL,
     "a NUL byte: is this a text file in UTF-8?", 3, 2, "", "", SPOILT("\0\0")},

    /* ---- lines, rows, quotation marks in other dialects */
    {"a row too short", "respondent;workgroup;target;frequent\r1;A\r", UTF_16LE_MARKED,
     "separator=semicolon", "no column 'timely' (in Danish 'rettidig')", 1, 0, "timely", "",
     SPOILT("")},
    {"a semicolon too many", HEADER2 "\r\n1;A;B;1" ANSWERS2 "\r\r1;A;C;1;1;2;3;4;5;4;3;\r",
     UTF_16BE_MARKED, NULL,
     "the row has 12 fields, the header 11; a field that holds the separator must be quoted", 6, 2,
     "", "", SPOILT("")},
    {"an open quotation mark", HEADER2 "1;A;B;1" ANSWERS2 "\n1;A;\"C;1" ANSWERS2, UTF_16LE_MARKED,
     NULL, "a quotation mark is opened here and never closed", 4, 2, "target", "", SPOILT("")},
    {"a stray quotation mark", HEADER2 "1;\xC3\x98\"B;B;1" ANSWERS2, WINDOWS_1252, NULL,
     "a quotation mark inside a field: the whole field must be quoted, marks in it doubled", 2, 1,
     "workgroup", "", SPOILT("")},
    {"an answer behind CRLF", HEADER2 "1;A;B;1" ANSWERS2 "\r\n\r\n2;A;B;1;9;2;3;4;5;4;3\r\n",
     UTF_16BE_MARKED, NULL, "'9'" NOT_AN_ANSWER, 5, 2, "frequent", "", SPOILT("")},
    {"another separator, told", HEADER2 "1;A;B;1" ANSWERS2, UTF_8, "separator=tab",
     "no column has a known name (respondent, workgroup, \xE2\x80\xA6): is this line the header, "
     "and its separator the right one? Other names need a codebook",
     1, 0, "", "", SPOILT("")},
    {"a tab too many", TABS "1\tA\tB\t1\t2\t3\t4\t5\t4\t3\t\n", UTF_8, NULL,
     "the row has 11 fields, the header 10; a field that holds the separator must be quoted", 2, 1,
     "", "", SPOILT("")},
    {"a tab in front", TABS "\n\tA\tB\t1\t2\t3\t4\t5\t4\t3\n", UTF_8, NULL,
     "the respondent is empty", 3, 1, "respondent", "", SPOILT("")},

    /* ---- decimal marks */
    {"comma, then point", HEADER2 "1;A;B;0,5" ANSWERS2 "\n2;A;B;0.5" ANSWERS2, UTF_8, NULL,
     "'0.5' has a decimal point, and a number before it a decimal comma; option 'decimal' can say "
     "which it is",
     4, 2, "weight", "decimal", SPOILT("")},
    {"point, then comma", HEADER2 "1;A;B;0.5" ANSWERS2 "1;A;C;0.5;1;3,0;;;;;\n", UTF_8, NULL,
     "'3,0' has a decimal comma, and a number before it a decimal point; option 'decimal' can say "
     "which it is",
     3, 2, "timely", "decimal", SPOILT("")},
    {"both, redacted", HEADER2 "1;A;B;0.5" ANSWERS2 "1;A;C;0.5;1;3,0;;;;;\n", UTF_8,
     "redact_values=true",
     "a value has a decimal comma, and a number before it a decimal point; option 'decimal' can "
     "say which it is",
     3, 2, "timely", "decimal", SPOILT("")},
    {"both in one number", HEADER2 "1;A;B;1.234,5" ANSWERS2, UTF_8, NULL, "'1.234,5'" NO_WEIGHT, 2,
     1, "weight", "", SPOILT("")},
    {"both the other way", HEADER2 "1;A;B;1,234.5" ANSWERS2, UTF_8, NULL, "'1,234.5'" NO_WEIGHT, 2,
     1, "weight", "", SPOILT("")},
    {"thousands by commas", HEADER2 "1;A;B;1,234,567" ANSWERS2, UTF_8, NULL,
     "'1,234,567'" NO_WEIGHT, 2, 1, "weight", "", SPOILT("")},
    {"thousands by points", HEADER2 "1;A;B;1.234.567" ANSWERS2, UTF_8, NULL,
     "'1.234.567'" NO_WEIGHT, 2, 1, "weight", "", SPOILT("")},
    {"thousands by blanks", HEADER2 "1;A;B;1 234" ANSWERS2, UTF_8, NULL, "'1 234'" NO_WEIGHT, 2, 1,
     "weight", "", SPOILT("")},
    {"thousands, comma told", HEADER2 "1;A;B;1.234,5" ANSWERS2, UTF_8, "decimal=comma",
     "'1.234,5'" NO_WEIGHT, 2, 1, "weight", "", SPOILT("")},
    {"thousands, point told", HEADER2 "1;A;B;1,234.5" ANSWERS2, UTF_8, "decimal=point",
     "'1,234.5'" NO_WEIGHT, 2, 1, "weight", "", SPOILT("")},
    {"a comma alone", HEADER2 "1;A;B;," ANSWERS2, UTF_8, NULL, "','" NO_WEIGHT, 2, 1, "weight", "",
     SPOILT("")},
    {"a comma, point told", HEADER2 "1;A;B;1;1;2,0;3;4;5;4;3\n", UTF_8, "decimal=point",
     "'2,0'" NOT_AN_ANSWER, 2, 1, "timely", "", SPOILT("")},
    {"a point, comma told", HEADER2 "1;A;B;0.5" ANSWERS2, UTF_8, "decimal=comma", "'0.5'" NO_WEIGHT,
     2, 1, "weight", "", SPOILT("")},
    {"a comma among commas", HEADER "1,A,B,1,2,\"3,0\",4,5,4,3\n", UTF_8, NULL,
     "'3,0'" NOT_AN_ANSWER, 2, 1, "accurate", "", SPOILT("")},
    {"a part of a scale point", HEADER2 "1;A;B;1;1;2,5;3;4;5;4;3\n", UTF_8, NULL,
     "'2,5'" NOT_AN_ANSWER, 2, 1, "timely", "", SPOILT("")},
};

/* The text in its coding, the spoilt bytes where they go; spoilt NULL cuts the last bytes off. */
static bytes encode_fault(const fault *f)
{
    const char *at = strchr(f->text, 1);
    char *before = strdup(f->text);
    bytes b, rest, all;
    before[at ? (size_t)(at - f->text) : strlen(before)] = 0;
    b = encode(before, f->to);
    rest = encode(at ? at + 1 : "", f->to == UTF_16LE_MARKED   ? UTF_16LE
                                    : f->to == UTF_16BE_MARKED ? UTF_16BE
                                                               : f->to);
    all = (bytes){malloc(b.length + f->spoilt_length + rest.length + 1), 0};
    ck_assert_ptr_nonnull(all.at);
    memcpy(all.at, b.at, b.length);
    all.length = f->spoilt ? b.length + f->spoilt_length : b.length - f->spoilt_length;
    if (f->spoilt)
        memcpy(all.at + b.length, f->spoilt, f->spoilt_length);
    memcpy(all.at + all.length, rest.at, rest.length);
    all.length += rest.length;
    free(before);
    free(b.at);
    free(rest.at);
    return all;
}

static void expect_fault(const fault *f, bytes b, size_t piece)
{
    relcoord_options *options = options_make("read", f->settings);
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    relcoord_status status = read_pieces(b.at, b.length, piece, options, &survey, &error);
    ck_assert_msg(status == RELCOORD_EDATA && !survey, "%s, pieces of %zu: status %d", f->name,
                  piece, (int)status);
    ck_assert_msg(strcmp(error.message, f->message) == 0, "%s, pieces of %zu: '%s', expected '%s'",
                  f->name, piece, error.message, f->message);
    ck_assert_msg(error.line == f->line && error.row == f->row
                      && strcmp(error.column, f->column) == 0
                      && strcmp(error.option, f->option) == 0,
                  "%s, pieces of %zu: line %d, row %d, column '%s', option '%s'", f->name, piece,
                  (int)error.line, (int)error.row, error.column, error.option);
    relcoord_options_free(options);
}

START_TEST(each_fault_is_named)
{
    bytes b = encode_fault(&faults[_i]);
    for (size_t piece = 0; piece <= 7; piece++)
        expect_fault(&faults[_i], b, piece);
    free(b.at);
}
END_TEST

/* A file that begins in ASCII is UTF-8, and stays it: what comes later is not guessed again. */
START_TEST(late_bytes_are_not_guessed)
{
    bytes b = pad(BLOCK + 50, "1,A,\xC6,1,2,3,4,5,4,3\n");
    fault f = {.name = "late",
               .message = "'\xE2\x80\xA6' is not valid UTF-8" OTHER,
               .column = "target",
               .option = "encoding"};
    f.line = 1;
    for (size_t i = 0, begun = 0; i < BLOCK + 50; i++) {
        f.line += b.at[i] == '\n';
        f.row += b.at[i] == '\n'
                 && begun != i; /* lines that are not blank, the header among them */
        begun = b.at[i] == '\n' ? i + 1 : begun;
    }
    for (size_t piece = 0; piece <= 7; piece++)
        expect_fault(&f, b, piece);
    f.settings = "encoding=utf-8";
    expect_fault(&f, b, 0);
    relcoord_survey_free(read_dialect("late, told", b, 0, "encoding=windows-1252"));
    free(b.at);
}
END_TEST

/* Each allocation in reading what has to be converted fails, alone and with all after it. Some are
 * done without: libcsv asks for a smaller buffer, and what is left over is not given back. */
START_TEST(memory_runs_out)
{
    bytes b = encode(HEADER2 "1;\xC3\x86;B;0,5" ANSWERS2 "2;B;\xC3\x86;1,5" ANSWERS2,
                     UTF_16LE_MARKED);
    int64_t count;
    heap_start();
    relcoord_survey_free(read_dialect("plain", b, 0, NULL));
    count = heap_asked();
    ck_assert_int_gt(count, 10);
    for (int64_t n = 1; n <= 2 * count; n++) {
        relcoord_options *none = NULL;
        relcoord_survey *survey = NULL;
        relcoord_error error = {0};
        relcoord_status status;
        heap_fail((n + 1) / 2, n % 2 ? INT64_MAX : (n + 1) / 2);
        status = read_pieces(b.at, b.length, 0, none, &survey, &error);
        ck_assert_msg(status == RELCOORD_ENOMEM || (status == RELCOORD_OK && survey),
                      "allocation %d: status %d, %s", (int)(n + 1) / 2, (int)status, error.message);
        relcoord_survey_free(survey);
        ck_assert_int_eq(heap_alive(), 0);
    }
    heap_stop();
    free(b.at);
}
END_TEST

Suite *dialect_faults_suite(void)
{
    Suite *suite = suite_create("dialect faults");
    TCase *wrong = tcase_create("faults"), *memory = tcase_create("memory");
    tcase_add_loop_test(wrong, each_fault_is_named, 0, (int)LENGTH(faults));
    tcase_add_test(wrong, late_bytes_are_not_guessed);
    tcase_add_checked_fixture(memory, NULL, heap_stop);
    tcase_add_test(memory, memory_runs_out);
    suite_add_tcase(suite, memory);
    suite_add_tcase(suite, wrong);
    return suite;
}
