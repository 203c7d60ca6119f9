/* Values that a column of an Arrow stream declares missing: what its metadata may say, what a
 * codebook says against it, and metadata that say nothing of the kind. */
#include "arrow_streams.h"

#include "base/memory.h"
#include "source/arrow_missing.h"

#include <check.h>

Suite *arrow_missing_suite(void);

#define ITEMS \
    "frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect"
#define HEADER "respondent,workgroup,target," ITEMS "\n"

/* ---- Metadata ---- */

static char metadata[512];

static size_t put_piece(size_t at, const char *bytes, int32_t length)
{
    memcpy(metadata + at, &length, sizeof length);
    memcpy(metadata + at + sizeof length, bytes, length > 0 ? (size_t)length : 0);
    return at + sizeof length + (length > 0 ? (size_t)length : 0);
}

/* Pairs of a key and a value, NULL behind them. */
static const char *make_metadata(const char *const *parts)
{
    int32_t pairs = 0;
    size_t at = sizeof pairs;
    for (; parts[2 * pairs]; pairs++) {
        at = put_piece(at, parts[2 * pairs], (int32_t)strlen(parts[2 * pairs]));
        at = put_piece(at, parts[2 * pairs + 1], (int32_t)strlen(parts[2 * pairs + 1]));
    }
    memcpy(metadata, &pairs, sizeof pairs);
    return metadata;
}

static const char *declare(const char *value)
{
    return make_metadata((const char *const[]){
        "PANDAS:index", "relcoord.missing", "relcoord.missing", value, "relcoord", "", NULL, NULL});
}

static bool holds(const declared_missing *missing, const char *field)
{
    return declared_missing_holds(missing, field, strlen(field));
}

/* What is declared, fields that are missing by it, and others; fields are parted by commas. */
static const struct {
    const char *declared, *missing, *valid;
} declarations[] = {
    {"8", "8,8.0, 8 ,08,8e0", "9,-8,8.1,eight,80"},
    {"8;9;-1", "8,9,-1,-1.0", "1,0,10"},
    {"90|", "90,99,1e300", "89.99,-90,x"},
    {"|0", "0,-5,-1e300", "0.01,1"},
    {"2|3", "2,2.5,3", "1.99,3.01"},
    {"8;97|99", "8,97,98.5,99", "9,96,100"},
    {"NA;x y", "NA, x y ", "na,x,y,NAN"},
    {"a\\;b;c\\|d;e\\\\f;g\\=h", "a;b,c|d,e\\f,g=h", "a,b,c,d"},
    {"3|2", "4,5,", "2,3,2.5"}, /* nothing lies between */
    {"|", "1,-1", "x"},
};

static void expect_fields(const declared_missing *missing, const char *fields, bool wanted)
{
    char copy[128], *rest = copy, *field;
    snprintf(copy, sizeof copy, "%s", fields);
    while ((field = rest) != NULL) {
        rest = strchr(field, ',');
        if (rest)
            *rest++ = 0;
        ck_assert_msg(holds(missing, field) == wanted, "'%s' is%s missing", field,
                      wanted ? " not" : "");
    }
}

START_TEST(what_is_declared)
{
    declared_missing missing;
    ck_assert_int_eq(declared_missing_read(declare(declarations[_i].declared), &missing),
                     RELCOORD_OK);
    if (strcmp(declarations[_i].declared, "3|2") != 0)
        expect_fields(&missing, declarations[_i].missing, true);
    expect_fields(&missing, declarations[_i].valid, false);
    declared_missing_free(&missing);
}
END_TEST

START_TEST(what_cannot_be_read)
{
    static const char *const wrong[] = {"a|", "|b", "1|2|3", "1|x;8", "8;1|2|", "9;a|b"};
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        declared_missing missing;
        ck_assert_msg(declared_missing_read(declare(wrong[i]), &missing) == RELCOORD_EDATA, "%s",
                      wrong[i]);
        declared_missing_free(&missing);
    }
}
END_TEST

/* None, none of ours, or sizes that are none. */
START_TEST(what_declares_nothing)
{
    declared_missing missing;
    int32_t pairs = 2, size = -5;
    ck_assert_int_eq(declared_missing_read(NULL, &missing), RELCOORD_OK);
    ck_assert_uint_eq(missing.count, 0);
    ck_assert_int_eq(
        declared_missing_read(make_metadata((const char *const[]){
                                  "relcoord.missin", "8", "relcoord.missing2", "8", NULL, NULL}),
                              &missing),
        RELCOORD_OK);
    ck_assert_uint_eq(missing.count, 0);
    ck_assert_int_eq(declared_missing_read(declare(""), &missing), RELCOORD_OK);
    ck_assert_uint_eq(missing.count, 0);
    memcpy(metadata, &pairs, sizeof pairs);
    memcpy(metadata + sizeof pairs, &size, sizeof size);
    ck_assert_int_eq(declared_missing_read(metadata, &missing), RELCOORD_OK);
    ck_assert_uint_eq(missing.count, 0);
    pairs = -1;
    memcpy(metadata, &pairs, sizeof pairs);
    ck_assert_int_eq(declared_missing_read(metadata, &missing), RELCOORD_OK);
    ck_assert_uint_eq(missing.count, 0);
}
END_TEST

/* ---- Surveys ---- */

/* Every column declares the same. */
static void declare_all(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++)
        schema->children[i]->metadata = metadata;
}

static relcoord_status import(const stream_plan *plan, const relcoord_options *options,
                              relcoord_survey **out, relcoord_error *error)
{
    stream_state state;
    struct ArrowArrayStream stream = stream_make(plan, &state);
    relcoord_status status = relcoord_survey_from_arrow(&stream, options, out, error);
    stream_end(&state, "declared");
    return status;
}

/* The answers as read from CSV with empty fields, and from a stream that declares 5, 90 and above,
 * and x missing. */
static void expect_same_answers(const char *types, const relcoord_options *options,
                                const char *stream_csv, const char *csv)
{
    relcoord_survey *wanted = NULL, *got = NULL;
    relcoord_result *first, *second;
    relcoord_error error = {0};
    char *left, *right;
    ck_assert_int_eq(read_pieces(csv, strlen(csv), 0, options, &wanted, NULL), RELCOORD_OK);
    declare("5;90|;x");
    ck_assert_msg(!import(&(stream_plan){.csv = stream_csv,
                                         .types = types,
                                         .spoil_schema = declare_all,
                                         .batch_rows = 2},
                          options, &got, &error),
                  "%s: row %d, %s: %s", types, (int)error.row, error.column, error.message);
    first = result_make(wanted, "data", NULL);
    second = result_make(got, "data", NULL);
    left = result_written(first, "json", NULL);
    right = result_written(second, "json", NULL);
    expect_same_text(types, right, left);
    free(left);
    free(right);
    relcoord_result_free(first);
    relcoord_result_free(second);
    relcoord_survey_free(wanted);
    relcoord_survey_free(got);
}

#define ROWS HEADER "1,A,B,1,2,3,4,5,4,99\n1,A,A,5,5,5,5,90,4,1\n2,A,A,1,2,3,4,5,4,3\n"
#define ROWS_MISSING HEADER "1,A,B,1,2,3,4,,4,\n1,A,A,,,,,,4,1\n2,A,A,1,2,3,4,,4,3\n"

static const char *const types[] = {"u",         "u u u c",   "u u u l", "u u u g",
                                    "u u u c>g", "u u u i>u", "u u u U"};

START_TEST(declared_answers_are_missing)
{
    expect_same_answers(types[_i], NULL, ROWS, ROWS_MISSING);
}
END_TEST

/* 5 is an answer when the codebook lists it, and 90 "don't know"; 99 stays missing. */
START_TEST(a_codebook_has_the_last_word)
{
    static const char book[] =
        "variable,role,dimension,values\nrespondent,respondent,,\nworkgroup,workgroup,,\ntarget,"
        "target,,\n"
        "frequent,item,frequent,1=1;5=5\ntimely,item,timely,2=2;5=5\naccurate,item,accurate,3=3;5="
        "5\n"
        "problem_solving,item,problem_solving,4=4;5=5\nshared_goals,item,shared_goals,5=5;90=dk\n"
        "shared_knowledge,item,shared_knowledge,4=4\nmutual_respect,item,mutual_respect,1=1;3=3\n";
    static const char without[] = HEADER
        "1,A,B,1,2,3,4,5,4,\n1,A,A,5,5,5,5,90,4,1\n2,A,A,1,2,3,4,5,4,3\n";
    relcoord_options *options = options_make("read", NULL);
    relcoord_codebook *codebook = NULL;
    pieces source = {.bytes = book, .length = sizeof book - 1};
    ck_assert_int_eq(
        relcoord_codebook_read_source(pieces_read, &source, "book", NULL, &codebook, NULL),
        RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set_codebook(options, codebook, NULL), RELCOORD_OK);
    expect_same_answers(types[_i], options, ROWS, without);
    relcoord_codebook_free(codebook);
    relcoord_options_free(options);
}
END_TEST

/* Labels, too: a group of its own is none. */
START_TEST(declared_labels_are_missing)
{
    expect_same_answers(
        "u u u u c", NULL,
        "unit," HEADER "x,1,A,A,1,2,3,4,4,4,4\ny,2,A,A,1,2,3,4,4,4,4\n97,3,A,A,1,2,3,4,4,4,4\n",
        "unit," HEADER ",1,A,A,1,2,3,4,4,4,4\ny,2,A,A,1,2,3,4,4,4,4\n,3,A,A,1,2,3,4,4,4,4\n");
}
END_TEST

START_TEST(malformed_declarations_are_refused)
{
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    declare("1|2|3");
    ck_assert_int_eq(import(&(stream_plan){.csv = ROWS, .types = "u", .spoil_schema = declare_all},
                            NULL, &survey, &error),
                     RELCOORD_EDATA);
    ck_assert_str_eq(error.message, "the metadata relcoord.missing cannot be read");
    ck_assert_str_eq(error.column, "respondent");
    ck_assert_int_eq(error.row, 0);
    ck_assert_ptr_null(survey);
}
END_TEST

/* ---- Memory ---- */

START_TEST(every_allocation_may_fail)
{
    declared_missing missing;
    int64_t needed;
    heap_start();
    heap_fail(0, 0);
    ck_assert_int_eq(declared_missing_read(declare("8;x\\;y;90|;|0;1|2"), &missing), RELCOORD_OK);
    needed = heap_asked();
    declared_missing_free(&missing);
    ck_assert_int_gt(needed, 8);
    for (int64_t n = 1; n <= needed; n++) {
        heap_fail(n, _i ? INT64_MAX : n);
        ck_assert_int_eq(declared_missing_read(metadata, &missing), RELCOORD_ENOMEM);
        declared_missing_free(&missing);
        ck_assert_msg(heap_alive() == 0, "allocation %d failing left %d blocks", (int)n,
                      (int)heap_alive());
    }
    heap_stop();
}
END_TEST

Suite *arrow_missing_suite(void)
{
    Suite *suite = suite_create("arrow_missing");
    TCase *declared = tcase_create("declared"), *surveys = tcase_create("surveys"),
          *memory = tcase_create("memory");
    tcase_add_loop_test(declared, what_is_declared, 0, LENGTH(declarations));
    tcase_add_test(declared, what_cannot_be_read);
    tcase_add_test(declared, what_declares_nothing);
    tcase_add_loop_test(surveys, declared_answers_are_missing, 0, LENGTH(types));
    tcase_add_loop_test(surveys, a_codebook_has_the_last_word, 0, LENGTH(types));
    tcase_add_test(surveys, declared_labels_are_missing);
    tcase_add_test(surveys, malformed_declarations_are_refused);
    tcase_add_checked_fixture(memory, NULL, heap_stop);
    tcase_add_loop_test(memory, every_allocation_may_fail, 0, 2);
    suite_add_tcase(suite, declared);
    suite_add_tcase(suite, surveys);
    suite_add_tcase(suite, memory);
    return suite;
}
