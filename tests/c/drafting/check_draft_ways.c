/* The three ways of data into a draft, files, a source and an Arrow stream: the same draft of the
 * same data, the same faults, nothing left of what was taken. */
#include <stdlib.h>
#include <string.h>

#include "arrow_streams.h"

#define ITEMS \
    "frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect"

static const char *const data[] = {
    "respondent,workgroup,target,unit," ITEMS "\n1,nurses,doctors,north,1,2,3,4,5,4,3\n"
    "1,nurses,nurses,north,5,5,,4,5,4,3\n2,doctors,nurses,south,2,2,3,4,5,4,1\n",
    "id,hyppig_A,hyppig_B,rettidig_A,rettidig_B,satisfied\n1,1,2,3,4,7.5\n2,5,4,3,2,8.25\n"
    "3,1,1,1,1,-1\n4,,,,,1e300\n",
    "respondent,faggruppe,target," ITEMS ",wave,note\n-7,A,B,1,1,1,1,1,1,1,2020,a b\n"
    "8,B,A,5,5,5,5,5,5,5,2021,c d\n9,B,B,2,2,2,2,2,2,2,2021,\n",
};

static relcoord_status draft_stream(const char *csv, const char *types,
                                    const relcoord_options *options, relcoord_result **out,
                                    relcoord_error *error)
{
    stream_plan plan = {.csv = csv, .types = types, .batch_rows = 2, .struct_offset = 1};
    stream_state state;
    struct ArrowArrayStream stream = stream_make(&plan, &state);
    relcoord_status status = relcoord_codebook_draft_arrow(&stream, options, out, error);
    ck_assert_ptr_null(stream.release);
    stream_end(&state, csv);
    return status;
}

static void expect_same(const char *way, const relcoord_result *got, const relcoord_result *wanted)
{
    char *one = result_written(got, "json", NULL), *other = result_written(wanted, "json", NULL);
    expect_same_text(way, one, other);
    free(one);
    free(other);
}

START_TEST(three_ways)
{
    static const char *const types[] = {"u", "U", "vu", "s>u", "c>vu"};
    const char *path = file_write("data.csv", data[_i], strlen(data[_i]));
    relcoord_result *of_file = NULL, *of_source = NULL;
    relcoord_error error = {0};
    for (size_t piece = 0; piece < 4; piece++) {
        pieces source = {.bytes = data[_i], .length = strlen(data[_i]), .piece = piece};
        ck_assert_int_eq(relcoord_codebook_draft(&path, 1, NULL, &of_file, &error), RELCOORD_OK);
        ck_assert_int_eq(
            relcoord_codebook_draft_source(pieces_read, &source, "data", NULL, &of_source, &error),
            RELCOORD_OK);
        expect_same("source", of_source, of_file);
        relcoord_result_free(of_source);
        relcoord_result_free(of_file);
    }
    ck_assert_int_eq(relcoord_codebook_draft(&path, 1, NULL, &of_file, &error), RELCOORD_OK);
    for (size_t i = 0; i < LENGTH(types); i++) {
        relcoord_result *of_stream = NULL;
        ck_assert_msg(!draft_stream(data[_i], types[i], NULL, &of_stream, &error), "%s",
                      error.message);
        expect_same(types[i], of_stream, of_file);
        relcoord_result_free(of_stream);
    }
    relcoord_result_free(of_file);
    files_remove();
}
END_TEST

/* Numbers are what a file would have, whatever they are stored as. */
START_TEST(numbers_of_a_stream)
{
    static const char *const types[] = {"l u u u c", "g u u u g", "i u u u f", "g u u u C",
                                        "s u u u c>l"};
    const char *path = file_write("data.csv", data[0], strlen(data[0]));
    relcoord_result *of_file = NULL;
    relcoord_error error = {0};
    ck_assert_int_eq(relcoord_codebook_draft(&path, 1, NULL, &of_file, &error), RELCOORD_OK);
    for (size_t i = 0; i < LENGTH(types); i++) {
        relcoord_result *of_stream = NULL;
        ck_assert_msg(!draft_stream(data[0], types[i], NULL, &of_stream, &error), "%s: %s",
                      types[i], error.message);
        expect_same(types[i], of_stream, of_file);
        relcoord_result_free(of_stream);
    }
    relcoord_result_free(of_file);
    files_remove();
}
END_TEST

static void miss_child(struct ArrowArray *batch)
{
    batch->n_children--;
}

/* The children must stay whole, or they would not be released. */
static void shorten_child(struct ArrowArray *batch)
{
    batch->children[1]->length = 0;
}

START_TEST(streams_at_fault)
{
    const struct {
        stream_plan plan;
        relcoord_status status;
        const char *words, *column;
    } cases[] = {
        {{.csv = data[0], .types = "u tdD"},
         RELCOORD_EDATA,
         "a column of the Arrow type 'tdD' cannot be read; give text or numbers",
         "workgroup"},
        {{.csv = data[0], .types = "u", .schema_code = 5, .reason = "lost"},
         RELCOORD_EIO,
         "the Arrow stream failed: lost",
         ""},
        {{.csv = data[0], .types = "u", .next_code = 12},
         RELCOORD_ENOMEM,
         "the Arrow stream failed: it gave no reason",
         ""},
        {{.csv = "a,a\n1,2\n", .types = "u"}, RELCOORD_EDATA, "two columns have this name", "a"},
        {{.csv = "a,b\n", .types = "u"}, RELCOORD_EDATA, "the Arrow stream has no rows", ""},
        {{.csv = "foo,bar\nx y,z z\n", .types = "u"},
         RELCOORD_EDATA,
         "no column looks like one that a codebook lists",
         ""},
        {{.csv = data[0], .types = "u", .spoil_batch = miss_child},
         RELCOORD_EDATA,
         "the Arrow array is malformed",
         ""},
        {{.csv = data[0], .types = "u", .spoil_batch = shorten_child},
         RELCOORD_EDATA,
         "the Arrow array is malformed",
         "workgroup"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        relcoord_result *result = NULL;
        relcoord_error error = {0};
        stream_state state;
        struct ArrowArrayStream stream = stream_make(&cases[i].plan, &state);
        relcoord_status status = relcoord_codebook_draft_arrow(&stream, NULL, &result, &error);
        ck_assert_msg(status == cases[i].status, "case %zu: %d, %s", i, status, error.message);
        ck_assert_str_eq(error.message, cases[i].words);
        ck_assert_str_eq(error.column, cases[i].column);
        ck_assert_int_eq(error.line, 0);
        ck_assert_ptr_null(result);
        ck_assert_ptr_null(stream.release);
        stream_end(&state, cases[i].words);
    }
}
END_TEST

static int stop_at_once(void *user, double share)
{
    (void)user, (void)share;
    return 1;
}

START_TEST(calls_at_fault)
{
    relcoord_options *matrix = options_make("matrix", NULL), *read = options_make("read", NULL),
                     *builtin = options_make("codebook", "builtin=trust");
    pieces source = {.bytes = data[0], .length = strlen(data[0])};
    struct ArrowArrayStream released = {.release = NULL};
    relcoord_result *result = NULL;
    relcoord_error error = {0};
    ck_assert_int_eq(relcoord_codebook_draft_source(NULL, NULL, "x", NULL, &result, &error),
                     RELCOORD_EUSAGE);
    ck_assert_str_eq(error.message, "drafting a codebook needs a source and a name for it");
    ck_assert_int_eq(
        relcoord_codebook_draft_source(pieces_read, &source, NULL, NULL, &result, NULL),
        RELCOORD_EUSAGE);
    ck_assert_int_eq(
        relcoord_codebook_draft_source(pieces_read, &source, "x", matrix, &result, &error),
        RELCOORD_EUSAGE);
    ck_assert_int_eq(
        relcoord_codebook_draft_source(pieces_read, &source, "x", builtin, &result, &error),
        RELCOORD_EOPTION);
    ck_assert_str_eq(error.option, "builtin");
    ck_assert_int_eq(relcoord_codebook_draft_arrow(NULL, NULL, &result, &error), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_codebook_draft_arrow(&released, NULL, &result, &error),
                     RELCOORD_EUSAGE);
    ck_assert_int_eq(draft_stream(data[0], "u", matrix, &result, &error), RELCOORD_EUSAGE);
    ck_assert_int_eq(draft_stream(data[0], "u", builtin, &result, &error), RELCOORD_EOPTION);
    relcoord_options_set_progress(read, stop_at_once, NULL);
    ck_assert_int_eq(draft_stream(data[0], "u", read, &result, &error), RELCOORD_ECANCELLED);
    ck_assert_int_eq(
        relcoord_codebook_draft_source(pieces_read, &source, "x", read, &result, &error),
        RELCOORD_ECANCELLED);
    source = (pieces){.bytes = "a,b\n1\n", .length = 6};
    ck_assert_int_eq(
        relcoord_codebook_draft_source(pieces_read, &source, "its name", NULL, &result, &error),
        RELCOORD_EDATA);
    ck_assert_str_eq(error.file, "its name");
    ck_assert_int_eq(error.line, 2);
    ck_assert_ptr_null(result);
    relcoord_options_free(matrix);
    relcoord_options_free(read);
    relcoord_options_free(builtin);
}
END_TEST

START_TEST(memory_may_run_out_anywhere)
{
    relcoord_result *result = NULL;
    int64_t needed;
    heap_start();
    heap_fail(0, 0);
    ck_assert_int_eq(draft_stream(data[1], "u u s>u g", NULL, &result, NULL), RELCOORD_OK);
    needed = heap_asked();
    relcoord_result_free(result);
    for (int64_t n = 1; n <= needed; n++) {
        relcoord_error error = {0};
        heap_fail(n, _i ? INT64_MAX : n);
        ck_assert_int_eq(draft_stream(data[1], "u u s>u g", NULL, &result, &error),
                         RELCOORD_ENOMEM);
        ck_assert_int_eq(heap_alive(), 0);
    }
    heap_stop();
}
END_TEST

Suite *draft_ways_suite(void)
{
    Suite *suite = suite_create("draft_ways");
    TCase *tests = tcase_create("tests");
    tcase_add_loop_test(tests, three_ways, 0, (int)LENGTH(data));
    tcase_add_test(tests, numbers_of_a_stream);
    tcase_add_test(tests, streams_at_fault);
    tcase_add_test(tests, calls_at_fault);
    tcase_add_loop_test(tests, memory_may_run_out_anywhere, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
