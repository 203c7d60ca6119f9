/* Presenting: exact CSV and JSON, the options of "write", faulty calls, a sink that refuses, and
 * memory that runs out at every single allocation. Text has tests of its own. */
#include <check.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "present/write.h"
#include "support.h"

Suite *present_suite(void);

/* ---- Writing into memory --------------------------------------------------------------------- */

typedef struct page {
    char *bytes;
    size_t size;
    int calls, refuse_at;
} page;

static int page_sink(void *user, const char *bytes, size_t size)
{
    page *p = user;

    ck_assert_uint_gt(size, 0);
    if (++p->calls == p->refuse_at)
        return 1;
    p->bytes = realloc(p->bytes, p->size + size + 1);
    ck_assert_ptr_nonnull(p->bytes);
    memcpy(p->bytes + p->size, bytes, size);
    p->size += size;
    p->bytes[p->size] = '\0';
    return 0;
}

static void expect(const relcoord_result *result, const char *format, const char *wanted)
{
    char *got = result_written(result, format, NULL);
    expect_same_text(format, got, wanted);
    free(got);
}

/* ---- CSV ------------------------------------------------------------------------------------- */

static const column_spec odd_columns[] = {
    {"word", RELCOORD_STRING, RELCOORD_KEY, ""},
    {"a,\"b\"", RELCOORD_INTEGER, RELCOORD_COUNT, ""},
    {"value", RELCOORD_NUMBER, RELCOORD_ESTIMATE, ""},
    {"note", RELCOORD_STRING, RELCOORD_NOTE, ""},
    {0},
};
static const table_spec odd_spec = {.name = "odd", .help = "Odd cells", .columns = odd_columns};

static const struct {
    const char *word, *field, *string;
} odd_words[] = {
    {"plain", "plain", "\"plain\""},
    {"", "", "\"\""},
    {"two words", "two words", "\"two words\""},
    {" before", "\" before\"", "\" before\""},
    {"behind\t", "\"behind\t\"", "\"behind\\t\""},
    {"a,b", "\"a,b\"", "\"a,b\""},
    {"semi;colon", "semi;colon", "\"semi;colon\""},
    {"say \"so\"", "\"say \"\"so\"\"\"", "\"say \\\"so\\\"\""},
    {"\"", "\"\"\"\"", "\"\\\"\""},
    {"two\nlines", "\"two\nlines\"", "\"two\\nlines\""},
    {"two\r\nlines", "\"two\r\nlines\"", "\"two\\r\\nlines\""},
    {"back\\slash", "back\\slash", "\"back\\\\slash\""},
    {"\x01\x1f\x7f", "\x01\x1f\x7f", "\"\\u0001\\u001f\x7f\""},
    {"æøå €", "æøå €", "\"æøå €\""},
};
enum { ODD_COUNT = sizeof odd_words / sizeof *odd_words };

static relcoord_result *odd_result(void)
{
    relcoord_result *result = result_new("oddities", NULL);
    relcoord_table *t = result_add_table(result, &odd_spec, NULL, 0);

    for (size_t i = 0; i < ODD_COUNT; i++) {
        table_add_row(t);
        table_set_string(t, 0, odd_words[i].word);
    }
    return result;
}

START_TEST(csv_quotes_where_needed)
{
    relcoord_result *result = odd_result();
    text expected = {0};

    text_add(&expected, "word,\"a,\"\"b\"\"\",value,note\n");
    for (size_t i = 0; i < ODD_COUNT; i++)
        text_add_format(&expected, "%s,,,\n", odd_words[i].field);
    expect(result, "csv", expected.bytes);
    text_free(&expected);
    relcoord_result_free(result);
}
END_TEST

static relcoord_result *number_result(void)
{
    static const double values[] = {0.1, 3, 1.0 / 3, -0.0, 1e-9, 1e300, 0};
    relcoord_result *result = result_new("numbers", NULL);
    relcoord_table *t = result_add_table(result, &odd_spec, NULL, 0);

    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        table_add_row(t);
        table_set_integer(t, 1, i % 2 ? INT64_MIN : INT64_MAX);
        table_set_number(t, 2, i == 6 ? (double)INFINITY : values[i]);
    }
    table_add_row(t);
    table_add_note(t, "undefined");
    return result;
}

START_TEST(csv_numbers_read_back)
{
    relcoord_result *result = number_result();
    char *got = result_written(result, "csv", NULL), *line = got;
    static const double values[] = {0.1, 3, 1.0 / 3, -0.0, 1e-9, 1e300};

    for (size_t i = 0; i < 6; i++) {
        double value;
        line = strchr(line, '\n') + 1;
        ck_assert_int_eq(strncmp(line, i % 2 ? ",-9223372036854775808," : ",9223372036854775807,",
                                 i % 2 ? 22 : 21),
                         0);
        char *number = strchr(line + 1, ',') + 1;
        ck_assert(number_parse(number, strcspn(number, ","), &value));
        ck_assert_msg(value == values[i], "row %zu", i);
    }
    ck_assert_ptr_nonnull(strstr(got, "\n,,,undefined\n"));
    free(got);
    relcoord_result_free(result);
}
END_TEST

/* ---- JSON ------------------------------------------------------------------------------------ */

START_TEST(json_escapes_strings)
{
    relcoord_result *result = odd_result();
    text expected = {0};

    text_add_format(&expected,
                    "{\"relcoord\":\"%s\",\"analysis\":\"oddities\",\n\"options\":{},\n"
                    "\"notes\":[],\n\"tables\":{\n\"odd\":{\"columns\":["
                    "{\"name\":\"word\",\"type\":\"string\"},"
                    "{\"name\":\"a,\\\"b\\\"\",\"type\":\"integer\"},"
                    "{\"name\":\"value\",\"type\":\"number\"},"
                    "{\"name\":\"note\",\"type\":\"string\"}],\n\"rows\":[\n",
                    relcoord_version());
    for (size_t i = 0; i < ODD_COUNT; i++)
        text_add_format(&expected, "[%s,null,null,\"\"]%s\n", odd_words[i].string,
                        i + 1 < ODD_COUNT ? "," : "");
    text_add(&expected, "]}}}\n");
    expect(result, "json", expected.bytes);
    text_free(&expected);
    relcoord_result_free(result);
}
END_TEST

START_TEST(json_numbers)
{
    relcoord_result *result = number_result();
    char *got = result_written(result, "json", NULL);

    ck_assert_ptr_nonnull(strstr(got, "\n[null,9223372036854775807,0.1,\"\"],\n"));
    ck_assert_ptr_nonnull(strstr(got, "\n[null,-9223372036854775808,3,\"\"],\n"));
    ck_assert_ptr_nonnull(strstr(got, "\n[null,9223372036854775807,null,\"\"],\n")); /* infinity */
    ck_assert_ptr_nonnull(strstr(got, "\n[null,null,null,\"undefined\"]\n]}}}\n"));
    free(got);
    relcoord_result_free(result);
}
END_TEST

static const option_spec matrix_options[] = {
    {"by", OPTION_LIST, "", NULL, 0, 0, false, "grouping columns"},
    {"confidence", OPTION_NUMBER, "0.95", NULL, 0.5, 0.9999, false, "of intervals"},
    {"min_share", OPTION_NUMBER, "0.5", NULL, 0, 1, false, "of answered items"},
    {"steps", OPTION_INTEGER, "7", NULL, 1, 9, false, "a whole number"},
    {"weights", OPTION_CHOICE, "use", "use|ignore", 0, 0, false, "a choice"},
    {"strict", OPTION_FLAG, "false", NULL, 0, 0, false, "a flag"},
    {"title", OPTION_TEXT, "", NULL, 0, 0, false, "a text"},
    {"threads", OPTION_INTEGER, "0", NULL, 0, 1024, true, "changes no result"},
};

START_TEST(json_options_are_typed)
{
    relcoord_options *options;
    char expected[800];

    ck_assert_int_eq(options_new("matrix", matrix_options, LENGTH(matrix_options), &options, NULL),
                     0);
    relcoord_options_set(options, "by", "unit, wave", NULL);
    relcoord_options_set(options, "confidence", "0.90", NULL);
    relcoord_options_set(options, "weights", "ignore", NULL);
    relcoord_options_set(options, "strict", "yes", NULL);
    relcoord_options_set(options, "threads", "4", NULL);
    relcoord_result *result = result_new("matrix", options);
    relcoord_options_free(options);
    result_add_note(result, "one \"note\"");
    result_add_note(result, "and two");

    snprintf(
        expected, sizeof expected,
        "{\"relcoord\":\"%s\",\"analysis\":\"matrix\",\n\"options\":{\"by\":[\"unit\",\"wave\"],"
        "\"confidence\":0.9,\"min_share\":0.5,\"steps\":7,\"weights\":\"ignore\","
        "\"strict\":true,\"title\":\"\"},\n\"notes\":[\n\"one \\\"note\\\"\",\n\"and two\"],\n"
        "\"tables\":{}}\n",
        relcoord_version());
    expect(result, "json", expected);
    relcoord_result_free(result);
}
END_TEST

/* ---- The call -------------------------------------------------------------------------------- */

START_TEST(the_option_table_chooses)
{
    static const table_spec second = {
        .name = "coverage", .help = "Coverage", .columns = odd_columns};
    relcoord_result *result = odd_result();
    relcoord_table *t = result_add_table(result, &second, NULL, 0);
    relcoord_options *options = options_make("write", "table=coverage");
    page p = {0};

    table_add_row(t);
    table_set_integer(t, 1, 5);
    ck_assert_int_eq(relcoord_write(result, "csv", options, page_sink, &p, NULL), RELCOORD_OK);
    ck_assert_str_eq(p.bytes, "word,\"a,\"\"b\"\"\",value,note\n,5,,\n");
    free(p.bytes);
    p = (page){0};
    ck_assert_int_eq(relcoord_write(result, "text", options, page_sink, &p, NULL), RELCOORD_OK);
    ck_assert_str_eq(p.bytes, "relcoord 0.1.0 · oddities\n\nCoverage\n\na,\"b\"\n─────\n    5\n");
    free(p.bytes);
    p = (page){0};
    ck_assert_int_eq(relcoord_write(result, "json", options, page_sink, &p, NULL), RELCOORD_OK);
    ck_assert_ptr_nonnull(strstr(p.bytes, "\"tables\":{\n\"coverage\":{"));
    ck_assert_ptr_null(strstr(p.bytes, "\"odd\":"));
    free(p.bytes);
    relcoord_options_free(options);
    relcoord_result_free(result);
}
END_TEST

static const struct {
    const char *format, *settings;
    relcoord_status status;
    const char *message;
} call_cases[] = {
    {"jsn", NULL, RELCOORD_EUSAGE, "unknown format 'jsn'; did you mean 'json'?"},
    {"parquet", NULL, RELCOORD_EUSAGE,
     "unknown format 'parquet'; the formats are text, csv, json, html, markdown, latex and "
     "graphml"},
    {"csv", "table=add", RELCOORD_EOPTION, "unknown table 'add'; did you mean 'odd'?"},
    {"text", "table=coverage", RELCOORD_EOPTION, "unknown table 'coverage'; the first is 'odd'"},
};

START_TEST(a_faulty_call_is_answered)
{
    relcoord_result *result = odd_result();
    relcoord_options *options = options_make("write", call_cases[_i].settings);
    relcoord_error error;
    page p = {0};

    ck_assert_int_eq(relcoord_write(result, call_cases[_i].format, options, page_sink, &p, &error),
                     call_cases[_i].status);
    ck_assert_str_eq(error.message, call_cases[_i].message);
    ck_assert_int_eq(p.calls, 0);
    if (call_cases[_i].status == RELCOORD_EOPTION)
        ck_assert_str_eq(error.option, "table");
    relcoord_options_free(options);
    relcoord_result_free(result);
}
END_TEST

START_TEST(a_call_needs_its_arguments)
{
    relcoord_result *result = odd_result();
    relcoord_options *options;
    page p = {0};

    ck_assert_int_eq(relcoord_write(NULL, "csv", NULL, page_sink, &p, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_write(result, NULL, NULL, page_sink, &p, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_write(result, "csv", NULL, NULL, &p, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(options_new("matrix", matrix_options, LENGTH(matrix_options), &options, NULL),
                     0);
    ck_assert_int_eq(relcoord_write(result, "csv", options, page_sink, &p, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(p.calls, 0);
    ck_assert_int_eq(relcoord_write(result, "csv", NULL, page_sink, &p, NULL), RELCOORD_OK);
    free(p.bytes);
    relcoord_options_free(options);
    relcoord_result_free(result);
}
END_TEST

static const char *const formats[] = {"text", "csv", "json", "html", "markdown", "latex"};

START_TEST(a_sink_may_refuse)
{
    relcoord_result *result = result_new("long", NULL);
    relcoord_table *t = result_add_table(result, &odd_spec, NULL, 0);
    char word[40];

    for (int i = 0; i < 20000; i++) {
        snprintf(word, sizeof word, "word number %d", i);
        table_add_row(t);
        table_set_string(t, 0, word);
        table_set_number(t, 2, i);
    }
    page whole = {0};
    relcoord_error error;
    ck_assert_int_eq(relcoord_write(result, formats[_i], NULL, page_sink, &whole, NULL),
                     RELCOORD_OK);
    ck_assert_int_gt(whole.calls, 4); /* it comes in pieces */
    for (int at = 1; at <= whole.calls; at++) {
        page p = {.refuse_at = at};
        ck_assert_int_eq(relcoord_write(result, formats[_i], NULL, page_sink, &p, &error),
                         RELCOORD_EIO);
        ck_assert_int_eq(error.status, RELCOORD_EIO);
        ck_assert_int_eq(p.calls, at); /* and is not asked again */
        ck_assert(p.size == 0 || memcmp(p.bytes, whole.bytes, p.size) == 0);
        free(p.bytes);
    }
    free(whole.bytes);
    relcoord_result_free(result);
}
END_TEST

START_TEST(memory_may_run_out_anywhere)
{
    const char *format = formats[_i % (int)LENGTH(formats)];
    bool from_then_on = _i >= (int)LENGTH(formats);
    relcoord_result *result = odd_result();
    page whole = {0};

    result_add_note(result, "A note of some words, so that there is something to wrap.");
    heap_start();
    ck_assert_int_eq(relcoord_write(result, format, NULL, page_sink, &whole, NULL), RELCOORD_OK);
    int64_t needed = heap_asked();
    ck_assert_int_eq(heap_alive(), 0);
    ck_assert_int_gt(needed, 10);
    for (int64_t n = 1; n <= needed; n++) {
        page p = {0};
        relcoord_error error = {0};
        heap_fail(n, from_then_on ? INT64_MAX : n);
        relcoord_status status = relcoord_write(result, format, NULL, page_sink, &p, &error);
        ck_assert_msg(status == RELCOORD_ENOMEM, "%s, allocation %" PRId64 " failed: status %d",
                      format, n, status);
        ck_assert_int_eq(error.status, RELCOORD_ENOMEM);
        ck_assert_msg(heap_alive() == 0, "%s, allocation %" PRId64 " failed: blocks are left",
                      format, n);
        free(p.bytes);
    }
    heap_stop();
    free(whole.bytes);
    relcoord_result_free(result);
}
END_TEST

Suite *present_suite(void)
{
    Suite *suite = suite_create("present");
    TCase *csv = tcase_create("csv"), *json = tcase_create("json"), *call = tcase_create("call");

    tcase_add_test(csv, csv_quotes_where_needed);
    tcase_add_test(csv, csv_numbers_read_back);
    suite_add_tcase(suite, csv);

    tcase_add_test(json, json_escapes_strings);
    tcase_add_test(json, json_numbers);
    tcase_add_test(json, json_options_are_typed);
    suite_add_tcase(suite, json);

    tcase_add_test(call, the_option_table_chooses);
    tcase_add_loop_test(call, a_faulty_call_is_answered, 0, LENGTH(call_cases));
    tcase_add_test(call, a_call_needs_its_arguments);
    tcase_add_loop_test(call, a_sink_may_refuse, 0, LENGTH(formats));
    tcase_add_loop_test(call, memory_may_run_out_anywhere, 0, 2 * LENGTH(formats));
    tcase_set_timeout(call, 120);
    suite_add_tcase(suite, call);
    return suite;
}
