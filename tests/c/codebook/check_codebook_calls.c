/* The calls that read, share and free codebooks: what they refuse, memory that runs out, and
 * options that hold one. */
#include "codebook/option.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/options.h"
#include "support.h"

Suite *codebook_calls_suite(void);

#define BOOK                                                                                       \
    "variable,role,scale,dimension,values,label_en\n"                                              \
    "id,respondent,,,,Who\nw,workgroup,,,A|Doctors|L\xC3\xA6ger;B,\nq,item,,timely,1=1|Never;2=3;" \
    "8=dk;9=missing,How timely\n"

static relcoord_status read_text(const char *text, size_t length, const relcoord_options *options,
                                 relcoord_codebook **out, relcoord_error *error)
{
    pieces p = {.bytes = text, .length = length};
    return relcoord_codebook_read_source(pieces_read, &p, "book", options, out, error);
}

static void expect_error(const char *name, relcoord_status got, const relcoord_error *error,
                         relcoord_status status, const char *message)
{
    ck_assert_msg(got == status && error->status == (int32_t)status, "%s: status %d, %s", name,
                  (int)got, error->message);
    ck_assert_msg(strcmp(error->message, message) == 0, "%s: '%s', expected '%s'", name,
                  error->message, message);
}

/* ---- What calls refuse ---- */

START_TEST(calls_refuse_nothing_to_read)
{
    relcoord_options *wrong = options_make("matrix", NULL), *options = options_make("read", NULL);
    relcoord_codebook *book = NULL;
    relcoord_error e = {0};
    pieces p = {.bytes = BOOK, .length = strlen(BOOK)};
    expect_error("no path", relcoord_codebook_read(NULL, NULL, &book, &e), &e, RELCOORD_EUSAGE,
                 "reading a codebook needs a file");
    expect_error("no out", relcoord_codebook_read("x", NULL, NULL, &e), &e, RELCOORD_EUSAGE,
                 "reading a codebook needs a file");
    expect_error("no source", relcoord_codebook_read_source(NULL, NULL, "x", NULL, &book, &e), &e,
                 RELCOORD_EUSAGE, "reading a codebook needs a source and a name for it");
    expect_error("no name", relcoord_codebook_read_source(pieces_read, &p, NULL, NULL, &book, &e),
                 &e, RELCOORD_EUSAGE, "reading a codebook needs a source and a name for it");
    expect_error("wrong options", relcoord_codebook_read("x", wrong, &book, &e), &e,
                 RELCOORD_EUSAGE, "the options were made for 'matrix', not for 'read'");
    expect_error("wrong options to hold", relcoord_options_set_codebook(wrong, NULL, &e), &e,
                 RELCOORD_EUSAGE, "the options were made for 'matrix', not for 'read'");
    expect_error("no options to hold", relcoord_options_set_codebook(NULL, NULL, &e), &e,
                 RELCOORD_EUSAGE, "relcoord_options_set_codebook needs options");
    ck_assert_int_eq(relcoord_codebook_read("x", wrong, &book, NULL), RELCOORD_EUSAGE);
    ck_assert_ptr_null(book);
    relcoord_codebook_free(NULL);
    relcoord_options_free(wrong);
    relcoord_options_free(options);
}
END_TEST

START_TEST(bytes_that_are_no_text)
{
    static const struct {
        const char *name, *text, *settings, *message, *column, *option;
        int line;
    } cases[] = {
        {"UTF-8, late", "variable,role\n\xC3\x86,wave\n\xC3,unit\n", "encoding=utf-8",
         "'\xE2\x80\xA6' is not valid UTF-8; option 'encoding' can name another encoding",
         "variable", "encoding", 3},
        {"heading", "variable,r\xF8le\n", "encoding=utf-8",
         "the heading of column 2 is not valid UTF-8; option 'encoding' can name another encoding",
         "", "encoding", 1},
        {"NUL", "variable,role\na\1,wave\n", NULL, "a NUL byte: is this a text file in UTF-8?", "",
         "", 2},
        {"two decimal marks", "variable;role;scale;values\na;item;s;1=1,5\nb;item;s;1=1.5\n", NULL,
         "'1.5' has a decimal point, and a number before it a decimal comma; option 'decimal' can "
         "say which it is",
         "values", "decimal", 3},
        {"a comma, point told", "variable;role;scale;values\na;item;s;1=1,5\n", "decimal=point",
         "entry 1 of values, '1=1,5', has a score that is neither a number nor missing nor dk",
         "values", "", 2},
        {"another separator, told", "variable;role\na;wave\n", "separator=comma",
         "a codebook has no column 'variable;role'; its columns are variable, role, scale, "
         "dimension, target, level, values, "
         "label_en, label_da",
         "variable;role", "", 1},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        relcoord_options *options = options_make("read", cases[i].settings);
        relcoord_codebook *book = NULL;
        relcoord_error e = {0};
        size_t length = strlen(cases[i].text);
        char *text = malloc(length + 1), *nul;
        ck_assert_ptr_nonnull(text);
        if ((nul = strchr(strcpy(text, cases[i].text), 1)) != NULL)
            *nul = 0;
        expect_error(cases[i].name, read_text(text, length, options, &book, &e), &e, RELCOORD_EDATA,
                     cases[i].message);
        ck_assert_msg(e.line == cases[i].line && strcmp(e.column, cases[i].column) == 0
                          && strcmp(e.option, cases[i].option) == 0,
                      "%s: line %d, column '%s', option '%s'", cases[i].name, (int)e.line, e.column,
                      e.option);
        free(text);
        relcoord_options_free(options);
    }
}
END_TEST

/* 250 entries are read, one more is refused. */
START_TEST(entries_have_a_limit)
{
    relcoord_codebook *book = NULL;
    relcoord_error e = {0};
    char text[4000] = "variable,role,values\nw,workgroup,";
    for (int i = 1; i <= MOST_CODES; i++)
        sprintf(text + strlen(text), "%d;", i);
    ck_assert_int_eq(read_text(text, strlen(text), NULL, &book, &e), RELCOORD_OK);
    ck_assert_uint_eq(book->entries->values.count, MOST_CODES);
    relcoord_codebook_free(book);
    strcat(text, "x");
    expect_error("251", read_text(text, strlen(text), NULL, &book, &e), &e, RELCOORD_EDATA,
                 "more than 250 entries in values");
    ck_assert_str_eq(e.column, "values");
    ck_assert_int_eq(e.line, 2);
}
END_TEST

static int stop_at_once(void *user, double share)
{
    (void)user;
    (void)share;
    return 1;
}

START_TEST(sources_fail)
{
    relcoord_options *options = options_make("read", NULL);
    relcoord_codebook *book = NULL;
    relcoord_error e = {0};
    pieces p = {.bytes = BOOK, .length = strlen(BOOK), .fault_after = 60, .fault = -1};
    ck_assert_int_eq(relcoord_codebook_read_source(pieces_read, &p, "book", NULL, &book, &e),
                     RELCOORD_EIO);
    ck_assert_str_eq(e.file, "book");
    ck_assert_int_eq(relcoord_codebook_read(folder_path(), NULL, &book, &e), RELCOORD_EIO);
    ck_assert_str_eq(e.file, folder_path());
    relcoord_options_set_progress(options, stop_at_once, NULL);
    ck_assert_int_eq(read_text(BOOK, strlen(BOOK), options, &book, &e), RELCOORD_ECANCELLED);
    ck_assert_ptr_null(book);
    relcoord_options_free(options);
    files_remove();
}
END_TEST

/* ---- Options that hold a codebook ---- */

START_TEST(options_share_a_codebook)
{
    relcoord_options *options, *others;
    relcoord_codebook *book = NULL, *second = NULL;
    const relcoord_codebook *found = NULL;
    heap_start();
    options = options_make("read", NULL);
    others = options_make("read", NULL);
    ck_assert_int_eq(read_text(BOOK, strlen(BOOK), NULL, &book, NULL), RELCOORD_OK);
    ck_assert_int_eq(read_text(BOOK, strlen(BOOK), NULL, &second, NULL), RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set_codebook(options, book, NULL), RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set_codebook(options, book, NULL),
                     RELCOORD_OK); /* the same again */
    ck_assert_int_eq(relcoord_options_set_codebook(others, book, NULL), RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set_codebook(others, second, NULL), RELCOORD_OK);
    relcoord_codebook_free(book);
    relcoord_codebook_free(second);
    ck_assert_int_eq(codebook_of_options(options, &found, NULL), RELCOORD_OK);
    ck_assert_ptr_eq(found, book);
    relcoord_options_free(options);
    ck_assert_str_eq(found->entries[2].variable, "q"); /* the last holder's */
    codebook_release(found);
    ck_assert_int_eq(relcoord_options_set_codebook(others, NULL, NULL), RELCOORD_OK);
    ck_assert_int_eq(codebook_of_options(others, &found, NULL), RELCOORD_OK);
    ck_assert_ptr_null(found);
    ck_assert_int_eq(codebook_of_options(NULL, &found, NULL), RELCOORD_OK);
    ck_assert_ptr_null(found);
    codebook_release(found);
    relcoord_options_free(others);
    ck_assert_int_eq(heap_alive(), 0);
}
END_TEST

START_TEST(options_name_a_codebook)
{
    static const char both[] =
        "option 'codebook' names a file, and a codebook was given besides: it is one or the other";
    relcoord_options *options = options_make("read",
                                             "encoding=utf-16le separator=tab decimal=comma");
    const char *path = file_write("book.csv", BOOK, strlen(BOOK));
    const relcoord_codebook *found = NULL;
    relcoord_codebook *book = NULL;
    relcoord_error e = {0};
    ck_assert_int_eq(relcoord_options_set(options, "codebook", path, NULL), RELCOORD_OK);
    ck_assert_int_eq(codebook_of_options(options, &found, &e),
                     RELCOORD_OK); /* the data's encoding is not the codebook's */
    ck_assert_str_eq(found->file, path);
    ck_assert_uint_eq(found->count, 3);
    codebook_release(found);
    ck_assert_int_eq(relcoord_codebook_read(path, NULL, &book, &e), RELCOORD_OK);
    expect_error("named, then held", relcoord_options_set_codebook(options, book, &e), &e,
                 RELCOORD_EOPTION, both);
    ck_assert_str_eq(e.option, "codebook");
    ck_assert_int_eq(relcoord_options_set(options, "codebook", "", NULL), RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set_codebook(options, book, &e), RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set(options, "codebook", path, NULL), RELCOORD_OK);
    found = NULL;
    expect_error("held, then named", codebook_of_options(options, &found, &e), &e, RELCOORD_EOPTION,
                 both);
    ck_assert_ptr_null(found);
    relcoord_codebook_free(book);
    relcoord_options_free(options);
    files_remove();
}
END_TEST

/* ---- Memory ---- */

/* Each allocation fails, alone and with all after it. Some are done without: libcsv asks for a
 * smaller buffer, and what is left over is not given back. */
START_TEST(memory_runs_out)
{
    static const char *const texts[] = {BOOK, "variable,role,dimension\nq,item,timly\n",
                                        "variable,role,valus\n"};
    const relcoord_status wanted = _i == 0 ? RELCOORD_OK : RELCOORD_EDATA;
    relcoord_codebook *book = NULL;
    relcoord_error e = {0};
    int64_t count;
    heap_start();
    ck_assert_int_eq(read_text(texts[_i], strlen(texts[_i]), NULL, &book, &e), wanted);
    relcoord_codebook_free(book);
    count = heap_asked();
    ck_assert_int_gt(count, 8);
    for (int64_t n = 1; n <= 2 * count; n++) {
        int64_t from = (n + 1) / 2;
        relcoord_status status;
        book = NULL;
        heap_fail(from, n % 2 ? from : INT64_MAX);
        status = read_text(texts[_i], strlen(texts[_i]), NULL, &book, &e);
        ck_assert_msg(status == RELCOORD_ENOMEM ? !book : status == wanted,
                      "allocation %d: status %d", (int)from, (int)status);
        ck_assert_msg(status == RELCOORD_ENOMEM || from > 2, "allocation %d was done without",
                      (int)from);
        ck_assert_msg(status || book->count == 3, "allocation %d: another codebook", (int)from);
        relcoord_codebook_free(book);
        ck_assert_msg(heap_alive() == 0, "allocation %d: %d blocks left", (int)from,
                      (int)heap_alive());
    }
    heap_fail(0, 0);
}
END_TEST

Suite *codebook_calls_suite(void)
{
    Suite *suite = suite_create("codebook_calls");
    TCase *calls = tcase_create("calls"), *memory = tcase_create("memory");
    tcase_add_checked_fixture(calls, NULL, heap_stop);
    tcase_add_checked_fixture(memory, NULL, heap_stop);
    tcase_add_test(calls, calls_refuse_nothing_to_read);
    tcase_add_test(calls, bytes_that_are_no_text);
    tcase_add_test(calls, entries_have_a_limit);
    tcase_add_test(calls, sources_fail);
    tcase_add_test(calls, options_share_a_codebook);
    tcase_add_test(calls, options_name_a_codebook);
    tcase_add_loop_test(memory, memory_runs_out, 0, 3);
    suite_add_tcase(suite, calls);
    suite_add_tcase(suite, memory);
    return suite;
}
