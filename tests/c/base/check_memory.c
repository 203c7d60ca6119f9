/* Memory that runs out: every scenario is run once for each of its allocations with that one
 * failing, and once more with that one and all after it. It must end in RELCOORD_ENOMEM with its
 * outputs untouched, or, where it can do without (libcsv asks for a smaller buffer; giving back
 * what is left over may fail), in just what it gives otherwise; and nothing may be alive
 * afterwards. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

Suite *memory_suite(void);

#define ITEMS \
    "frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect"
static const char plain[] = "respondent,workgroup,target," ITEMS ",comment\n"
                            "1,A,A,4,4,4,4,4,4,4,x\n1,A,B,3,3,3,3,3,3,3,\n2,B,A,5,5,5,5,,,,\n1,A,C,"
                            "2,2,2,2,1,1,1,\n2,B,B,1,2,3,4,5,4,3,\n";
static const char grouped[] =
    "respondent,workgroup,target,unit,wave,role,weight," ITEMS "\n"
    "1,A,A,u,w1,boss,1,4,4,4,4,4,4,4\n1,A,B,u,w1,boss,1,3,3,3,3,3,3,3\n2,B,A,v,w2,,0.5,5,5,5,5,,,\n"
    "1,A,A,u,w2,staff,2,2,2,2,2,1,1,1\n3,B,A,v,w2,boss,0,1,2,3,4,5,4,3\n";

/* ---- Steps, each of which leaves its output alone when it fails ---- */

static char poison;
#define POISON ((void *)&poison)

static relcoord_status checked(relcoord_status status, const relcoord_error *error, const void *out)
{
    if (status == RELCOORD_OK)
        return status;
    ck_assert_msg(error->status == (int32_t)status, "status %d, but the error says %d", (int)status,
                  (int)error->status);
    ck_assert_msg(*error->message, "status %d without a message", (int)status);
    ck_assert_msg(out == POISON, "status %d, and an output was written", (int)status);
    return status;
}

static relcoord_status try_read(const char *csv, relcoord_survey **out)
{
    relcoord_survey *survey = POISON;
    relcoord_error error = {0};
    relcoord_status status = checked(read_pieces(csv, strlen(csv), 0, NULL, &survey, &error),
                                     &error, survey);
    *out = status ? NULL : survey;
    return status;
}

static relcoord_status try_options(const char *purpose, const char *const (*settings)[2],
                                   size_t count, relcoord_options **out)
{
    relcoord_options *options = POISON;
    relcoord_error error = {0};
    relcoord_status status = checked(relcoord_options_new(purpose, &options, &error), &error,
                                     options);
    *out = status ? NULL : options;
    for (size_t i = 0; i < count && !status; i++)
        status = checked(relcoord_options_set(options, settings[i][0], settings[i][1], &error),
                         &error, POISON);
    return status;
}

static relcoord_status try_run(const relcoord_survey *survey, const char *analysis,
                               const relcoord_options *options, relcoord_result **out)
{
    relcoord_result *result = POISON;
    relcoord_error error = {0};
    relcoord_status status = checked(relcoord_run(survey, analysis, options, &result, &error),
                                     &error, result);
    *out = status ? NULL : result;
    return status;
}

/* What a scenario gives: bytes in a buffer of the test's own. */
typedef struct output {
    char *bytes;
    size_t length, capacity;
} output;

static int append(void *user, const char *bytes, size_t size)
{
    output *o = user;
    if (o->length + size + 1 > o->capacity) {
        o->capacity = 2 * (o->length + size + 1);
        o->bytes = realloc(o->bytes, o->capacity);
        ck_assert_ptr_nonnull(o->bytes);
    }
    memcpy(o->bytes + o->length, bytes, size);
    o->length += size;
    o->bytes[o->length] = 0;
    return 0;
}

static relcoord_status try_write(const relcoord_result *result, const char *format, output *o)
{
    relcoord_error error = {0};
    return checked(relcoord_write(result, format, NULL, append, o, &error), &error, POISON);
}

/* ---- Scenarios ---- */

static relcoord_status read_run_write(const char *csv, const char *analysis,
                                      const char *const (*settings)[2], size_t count,
                                      const char *format, output *o)
{
    relcoord_survey *survey = NULL;
    relcoord_options *options = NULL;
    relcoord_result *result = NULL;
    relcoord_status status = try_read(csv, &survey);
    if (!status && count)
        status = try_options(analysis, settings, count, &options);
    if (!status)
        status = try_run(survey, analysis, options, &result);
    relcoord_options_free(options);
    relcoord_survey_free(survey); /* a result lives without them */
    if (!status)
        status = try_write(result, format, o);
    relcoord_result_free(result);
    return status;
}

static relcoord_status read_only(output *o)
{
    relcoord_survey *survey = NULL;
    relcoord_status status = try_read(plain, &survey);
    (void)o;
    relcoord_survey_free(survey);
    return status;
}

static relcoord_status matrix_as_text(output *o)
{
    return read_run_write(plain, "matrix", NULL, 0, "text", o);
}

static relcoord_status summary_as_json(output *o)
{
    return read_run_write(plain, "summary", NULL, 0, "json", o);
}

static const char *const by[][2] = {
    {"by", "unit,wave"}, {"min_share", "0.25"}, {"confidence", "0.9"}};

static relcoord_status groups_as_csv(output *o)
{
    return read_run_write(grouped, "matrix", by, LENGTH(by), "csv", o);
}

static relcoord_status weights_as_text(output *o)
{
    return read_run_write(grouped, "summary", by, LENGTH(by), "text", o);
}

static relcoord_status description(output *o)
{
    relcoord_result *result = POISON;
    relcoord_error error = {0};
    relcoord_status status = checked(relcoord_describe(&result, &error), &error, result);
    if (status)
        return status;
    status = try_write(result, "json", o);
    if (!status)
        status = try_write(result, "text", o);
    relcoord_result_free(result);
    return status;
}

static relcoord_status export_table(const relcoord_table *table, output *o)
{
    struct ArrowArrayStream stream = {.private_data = POISON};
    struct ArrowSchema schema = {0};
    struct ArrowArray array = {0};
    relcoord_error error = {0};
    relcoord_status status = checked(relcoord_table_to_arrow(table, &stream, &error), &error,
                                     stream.private_data);
    int fault;
    if (status)
        return status;
    fault = stream.get_schema(&stream, &schema);
    if (!fault) {
        append(o, schema.format, strlen(schema.format));
        schema.release(&schema);
        fault = stream.get_next(&stream, &array);
    }
    if (!fault) {
        append(o, array.release ? "rows" : "none", 4);
        if (array.release)
            array.release(&array);
    }
    stream.release(&stream);
    ck_assert_msg(fault == 0 || fault == 12, "fault %d, expected ENOMEM", fault);
    return fault ? RELCOORD_ENOMEM : RELCOORD_OK;
}

static relcoord_status matrix_to_arrow(output *o)
{
    relcoord_survey *survey = NULL;
    relcoord_result *result = NULL;
    relcoord_status status = try_read(plain, &survey);
    if (!status)
        status = try_run(survey, "matrix", NULL, &result);
    for (size_t i = 0; !status && relcoord_result_table_at(result, i); i++)
        status = export_table(relcoord_result_table_at(result, i), o);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    return status;
}

/* The error that is wanted is said, or that memory ran out on the way to saying it. */
static relcoord_status expect_refusal(relcoord_status status, relcoord_status wanted)
{
    ck_assert_msg(status == wanted || status == RELCOORD_ENOMEM, "status %d, expected %d",
                  (int)status, (int)wanted);
    return status == wanted ? RELCOORD_OK : status;
}

static relcoord_status option_errors(output *o)
{
    static const char *const faulty[][2] = {{"confidnce", "0.9"},
                                            {"confidence", "2"},
                                            {"weights", "usee"},
                                            {"nothing", "1"},
                                            {"by", "\xFF"}};
    relcoord_status status = RELCOORD_OK;
    (void)o;
    for (size_t i = 0; i < LENGTH(faulty) && !status; i++) {
        relcoord_options *options = NULL;
        status = expect_refusal(try_options("matrix", &faulty[i], 1, &options), RELCOORD_EOPTION);
        relcoord_options_free(options);
    }
    return status;
}

static relcoord_status reading_errors(output *o)
{
    static const char *const faulty[] = {
        "respondent,workgroup,tarrget," ITEMS "\n1,A,B,1,1,1,1,1,1,1\n",
        "respondent,workgroup,target,timely," ITEMS "\n",
        "respondent,workgroup,target," ITEMS "\n1,A,B,1,1,1,1,1,1,1\n1,A,B,1,1,1,1,1,1,1\n",
        "respondent,workgroup,target," ITEMS "\n1,A,B,1,1,1,1,1,1,9\n",
        "respondent,workgroup,target," ITEMS "\n1,A,\"B",
        "respondent,workgroup,target,weight," ITEMS "\n1,A,B,0,1,1,1,1,1,1,1\n",
    };
    relcoord_status status = RELCOORD_OK;
    (void)o;
    for (size_t i = 0; i < LENGTH(faulty) && !status; i++) {
        relcoord_survey *survey = NULL;
        status = expect_refusal(try_read(faulty[i], &survey), RELCOORD_EDATA);
    }
    return status;
}

static relcoord_status running_errors(output *o)
{
    static const char *const faulty[][2] = {
        {"wave", "w3"}, {"by", "unitt"}, {"by", "wave,nothing"}};
    relcoord_survey *survey = NULL;
    relcoord_status status = try_read(grouped, &survey);
    (void)o;
    for (size_t i = 0; i < LENGTH(faulty) && !status; i++) {
        relcoord_options *options = NULL;
        relcoord_result *result = NULL;
        status = try_options("matrix", &faulty[i], 1, &options);
        if (!status)
            status = expect_refusal(try_run(survey, "matrix", options, &result), RELCOORD_EOPTION);
        relcoord_options_free(options);
    }
    relcoord_survey_free(survey);
    return status;
}

/* Reads the codebook, then wide data through it: names, patterns, groupings, scales, labels in two
 * languages. */
static relcoord_status codebook_as_text(output *o)
{
    static const char codebook[] =
        "variable,role,scale,dimension,target,values,label_en,label_da\nid,respondent,,,,,,\n"
        "group,workgroup,,,,1|Nurses|Sygeplejersker;2|Students|Studerende,,\n"
        ",target,,,,n|Nurses|Sygeplejersker;c|Citizens|Borgere,,\n"
        "{dimension}_{target},item,,,,1=5;2=4;3=3;4=2;5=1;8=dk;9=missing;7|Not relevant|Ikke "
        "relevant,,\n"
        "in_a,group,,area,,,Adults,Voksne\nin_b,group,,area,,,Youth,Unge\nward,group,,,,,,\n"
        "t1,item,trust,,,,,\nyears,outcome,years,,,,,\nw,weight,,,,,,\n";
    static const char data[] =
        "id,group,in_a,in_b,ward,t1,years,w,frequent_n,timely_n,mutual_respect_n,frequent_c,shared_"
        "goals_c,spare\n"
        "1,1,1,0,x,4,2.5,1,1,2,9,8,3,a\n2,2,1,1,y,,,0.5,,,,5,4,b\n3,1,0,0,x,1,7,2,7,1,1,,,\n";
    static const char *const groups[][2] = {{"by", "area,ward"}};
    pieces books = {.bytes = codebook, .length = sizeof codebook - 1},
           rows = {.bytes = data, .length = sizeof data - 1};
    relcoord_codebook *book = POISON;
    relcoord_survey *survey = POISON;
    relcoord_options *reading = NULL, *options = NULL;
    relcoord_result *result = NULL;
    relcoord_error error = {0};
    relcoord_status status = checked(
        relcoord_codebook_read_source(pieces_read, &books, "book", NULL, &book, &error), &error,
        book);
    if (status)
        return status;
    status = try_options("read", NULL, 0, &reading);
    if (!status)
        status = checked(relcoord_options_set_codebook(reading, book, &error), &error, POISON);
    relcoord_codebook_free(book); /* the options hold it */
    if (!status)
        status = checked(
            relcoord_survey_read_source(pieces_read, &rows, "data", reading, &survey, &error),
            &error, survey);
    else
        survey = NULL;
    relcoord_options_free(reading); /* the survey holds it */
    survey = status ? NULL : survey;
    if (!status)
        status = try_options("matrix", groups, LENGTH(groups), &options);
    if (!status)
        status = try_run(survey, "matrix", options, &result);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    if (!status)
        status = try_write(result, "text", o);
    relcoord_result_free(result);
    return status;
}

static const struct scenario {
    const char *name;
    relcoord_status (*act)(output *o);
    int tolerated; /* single failures that it does without */
} scenarios[] = {
    {"reading", read_only, 3}, /* libcsv's buffer, and two blocks made smaller */
    {"matrix as text", matrix_as_text, 3},
    {"summary as json", summary_as_json, 3},
    {"groups as csv", groups_as_csv, 3},
    {"weights as text", weights_as_text, 3},
    {"codebook as text", codebook_as_text, 6}, /* the buffers of two files */
    {"description", description, 0},
    {"matrix to Arrow", matrix_to_arrow, 3},
    {"option errors", option_errors, 0},
    {"reading errors", reading_errors,
     8}, /* libcsv's buffers, and two blocks made smaller before weights are looked at */
    {"running errors", running_errors, 3},
};

/* ---- The loop ---- */

static void expect_survival(const struct scenario *s, int64_t from, int64_t to,
                            const output *wanted, int *tolerated)
{
    output got = {NULL, 0, 0};
    relcoord_status status;
    heap_fail(from, to);
    status = s->act(&got);
    ck_assert_msg(status == RELCOORD_OK || status == RELCOORD_ENOMEM,
                  "%s, allocations from %d on failing: status %d", s->name, (int)from, (int)status);
    ck_assert_msg(heap_alive() == 0, "%s, allocations from %d on failing: %d blocks left", s->name,
                  (int)from, (int)heap_alive());
    if (status == RELCOORD_OK) {
        ck_assert_msg(got.length == wanted->length
                          && (got.length == 0 || memcmp(got.bytes, wanted->bytes, got.length) == 0),
                      "%s, allocation %d failing: another result", s->name, (int)from);
        ++*tolerated;
    }
    free(got.bytes);
}

START_TEST(every_allocation_fails)
{
    const struct scenario *s = &scenarios[_i];
    output wanted = {NULL, 0, 0};
    int64_t count;
    int once = 0, for_good = 0;
    heap_start();
    ck_assert_int_eq(s->act(&wanted), RELCOORD_OK);
    count = heap_asked();
    ck_assert_int_eq(heap_alive(), 0);
    ck_assert_int_gt(count, 5);
    for (int64_t n = 1; n <= count; n++) {
        expect_survival(s, n, n, &wanted, &once);
        expect_survival(s, n, INT64_MAX, &wanted, &for_good);
    }
    ck_assert_msg(once <= s->tolerated,
                  "%s: %d of %d single failures did no harm, expected at most %d", s->name, once,
                  (int)count, s->tolerated);
    ck_assert_msg(for_good <= 2, "%s: did without memory from %d places on", s->name, for_good);
    free(wanted.bytes);
}
END_TEST

/* On threads the order of allocations is open, so every number is tried a few times over. */
START_TEST(every_allocation_of_threads_fails)
{
    static const char *const settings[][2] = {{"threads", "4"}};
    static const char *const names[] = {"matrix", "summary"};
    const survey_plan plan = {
        .respondents = 33000, .workgroups = 2, .targets = 1, .weights = _i, .seed = 3};
    char *csv = csv_invent(&plan);
    relcoord_survey *survey = NULL;
    relcoord_options *options = NULL;
    int64_t alive;
    heap_start();
    ck_assert_int_eq(try_read(csv, &survey), RELCOORD_OK);
    for (size_t a = 0; a < LENGTH(names); a++) {
        relcoord_result *result = NULL;
        int64_t count;
        heap_fail(0, 0);
        ck_assert_int_eq(try_options(names[a], settings, 1, &options), RELCOORD_OK);
        alive = heap_alive();
        heap_fail(0, 0);
        ck_assert_int_eq(try_run(survey, names[a], options, &result), RELCOORD_OK);
        count = heap_asked();
        relcoord_result_free(result);
        for (int64_t n = 1; n <= count; n += 1 + (n > rounds(100)) * n / rounds(10)) {
            heap_fail(n, n % 2 ? n : INT64_MAX);
            ck_assert_msg(try_run(survey, names[a], options, &result) == RELCOORD_ENOMEM || n % 2,
                          "%s: allocation %d on", names[a], (int)n);
            relcoord_result_free(result);
            ck_assert_msg(heap_alive() == alive, "%s: allocation %d failing left %d blocks",
                          names[a], (int)n, (int)(heap_alive() - alive));
        }
        heap_fail(0, 0);
        relcoord_options_free(options);
    }
    relcoord_survey_free(survey);
    ck_assert_int_eq(heap_alive(), 0);
    free(csv);
}
END_TEST

/* A field of half the limit and more, the memory for it running out: not a quotation mark left
 * open. */
START_TEST(long_fields_and_no_memory)
{
    enum { LONG = 700000 };
    char *csv = malloc(LONG + 1000);
    relcoord_survey *survey = NULL;
    int64_t count;
    size_t head = strlen(strcpy(csv, "respondent,workgroup,target," ITEMS "\n1,A,\""));
    ck_assert_ptr_nonnull(csv);
    memset(csv + head, 'x', LONG);
    strcpy(csv + head + LONG, "\",1,1,1,1,1,1,1\n");
    heap_start();
    ck_assert_int_eq(try_read(csv, &survey), RELCOORD_OK);
    relcoord_survey_free(survey);
    count = heap_asked();
    for (int64_t n = 1; n <= count; n += 7 * 20 / rounds(20)) {
        heap_fail(n, INT64_MAX);
        ck_assert_int_eq(try_read(csv, &survey), n + 1 < count ? RELCOORD_ENOMEM : RELCOORD_OK);
        relcoord_survey_free(survey);
        ck_assert_int_eq(heap_alive(), 0);
    }
    free(csv);
}
END_TEST

Suite *memory_suite(void)
{
    Suite *suite = suite_create("memory");
    TCase *one = tcase_create("one thread"), *threads = tcase_create("threads");
    tcase_set_timeout(one, 120);
    tcase_set_timeout(threads, 120);
    tcase_add_checked_fixture(one, NULL, heap_stop);
    tcase_add_checked_fixture(threads, NULL, heap_stop);
    tcase_add_loop_test(one, every_allocation_fails, 0, (int)LENGTH(scenarios));
    tcase_add_test(one, long_fields_and_no_memory);
    tcase_add_loop_test(threads, every_allocation_of_threads_fails, 0, 2);
    suite_add_tcase(suite, one);
    suite_add_tcase(suite, threads);
    return suite;
}
