/* Arrow streams that break their specification, or break off: each is refused where it stands, and
 * all that was taken is released once, also when memory runs out at any allocation. */
#include "arrow_streams.h"

#include <errno.h>

#include <check.h>

Suite *arrow_hostile_suite(void);

#define ITEMS \
    "frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect"
#define HEADER "respondent,workgroup,target," ITEMS "\n"
#define ROWS \
    "1,A,a target with a long name,1,2,3,4,5,4,3\n2,A,B,1,2,3,4,5,4,3\n3,B,B,1,2,3,4,5,,3\n"

/* Columns of the test's survey: a large text, a dictionary, a view, integers, and floats. */
enum { RESPONDENT, WORKGROUP, TARGET, FREQUENT, TIMELY, KNOWLEDGE = 8, RESPECT };
#define TYPES "U c>u vu c g g g g g i"

/* ---- Ways to spoil a stream ---- */

static struct ArrowArray *child(struct ArrowArray *batch, int column)
{
    return batch->children[column];
}
static void no_format(struct ArrowSchema *s)
{
    s->format = NULL;
}
static void other_format(struct ArrowSchema *s)
{
    s->format = "+l";
}
static void plain_column(struct ArrowSchema *s)
{
    s->format = "u";
}
static void whole_dictionary(struct ArrowSchema *s)
{
    s->dictionary = s->children[WORKGROUP]->dictionary;
}
static void no_schemas(struct ArrowSchema *s)
{
    s->children = NULL;
}
static void below_zero_schemas(struct ArrowSchema *s)
{
    s->n_children = -1;
}
static void no_columns(struct ArrowSchema *s)
{
    s->n_children = 0;
}
static void null_schema(struct ArrowSchema *s)
{
    s->children[RESPECT] = NULL;
}
static void released_schema(struct ArrowSchema *s)
{
    s->children[RESPECT]->release = NULL;
}
static void no_name(struct ArrowSchema *s)
{
    s->children[TARGET]->name = NULL;
}
static void no_child_format(struct ArrowSchema *s)
{
    s->children[TARGET]->format = NULL;
}
static void nested_dictionary(struct ArrowSchema *s)
{
    s->children[WORKGROUP]->dictionary->dictionary = s->children[WORKGROUP]->dictionary;
}
static void no_dictionary_format(struct ArrowSchema *s)
{
    s->children[WORKGROUP]->dictionary->format = NULL;
}

static void fewer_children(struct ArrowArray *b)
{
    b->n_children--;
}
static void more_children(struct ArrowArray *b)
{
    b->n_children++;
}
static void below_zero_children(struct ArrowArray *b)
{
    b->n_children = INT64_MIN;
}
static void no_children(struct ArrowArray *b)
{
    b->children = NULL;
}
static void below_zero_length(struct ArrowArray *b)
{
    b->length = -1;
}
static void below_zero_offset(struct ArrowArray *b)
{
    b->offset = -1;
}
static void overflowing_offset(struct ArrowArray *b)
{
    b->offset = INT64_MAX;
}
static void overflowing_length(struct ArrowArray *b)
{
    b->length = INT64_MAX;
    b->offset = 1;
}
static void batch_dictionary(struct ArrowArray *b)
{
    b->dictionary = child(b, WORKGROUP)->dictionary;
}
static void nulls_without_bitmap(struct ArrowArray *b)
{
    b->null_count = 1;
}
static void nulls_without_buffers(struct ArrowArray *b)
{
    b->null_count = 1;
    b->buffers = NULL;
}
static void null_child(struct ArrowArray *b)
{
    b->children[FREQUENT] = NULL;
}
static void released_child(struct ArrowArray *b)
{
    child(b, FREQUENT)->release = NULL;
}
static void short_child(struct ArrowArray *b)
{
    child(b, TIMELY)->length--;
}
static void long_batch(struct ArrowArray *b)
{
    b->length++;
}
static void shifted_batch(struct ArrowArray *b)
{
    b->offset++;
}
static void child_below_zero(struct ArrowArray *b)
{
    child(b, FREQUENT)->length = -3;
}
static void child_offset_below_zero(struct ArrowArray *b)
{
    child(b, FREQUENT)->offset = -1;
}
static void child_offset_overflows(struct ArrowArray *b)
{
    child(b, FREQUENT)->offset = INT64_MAX - 1;
}
static void child_length_overflows(struct ArrowArray *b)
{
    child(b, FREQUENT)->length = INT64_MAX;
}
static void child_too_far(struct ArrowArray *b)
{
    child(b, TIMELY)->offset = INT64_MAX / 8;
}
static void one_buffer(struct ArrowArray *b)
{
    child(b, FREQUENT)->n_buffers = 1;
}
static void three_buffers(struct ArrowArray *b)
{
    child(b, FREQUENT)->n_buffers = 3;
}
static void buffers_below_zero(struct ArrowArray *b)
{
    child(b, FREQUENT)->n_buffers = -2;
}
static void no_buffers(struct ArrowArray *b)
{
    child(b, FREQUENT)->buffers = NULL;
}
static void no_values(struct ArrowArray *b)
{
    child(b, FREQUENT)->buffers[1] = NULL;
}
static void null_count_without_bitmap(struct ArrowArray *b)
{
    child(b, FREQUENT)->null_count = 2;
}
static void null_count_below_unknown(struct ArrowArray *b)
{
    child(b, FREQUENT)->null_count = -2;
}
static void unasked_dictionary(struct ArrowArray *b)
{
    child(b, FREQUENT)->dictionary = child(b, WORKGROUP)->dictionary;
}

static void no_offsets(struct ArrowArray *b)
{
    child(b, RESPONDENT)->buffers[1] = NULL;
}
static void no_text(struct ArrowArray *b)
{
    child(b, RESPONDENT)->buffers[2] = NULL;
}
static void two_text_buffers(struct ArrowArray *b)
{
    child(b, RESPONDENT)->n_buffers = 2;
}
static int64_t *text_offsets(struct ArrowArray *b)
{
    return (int64_t *)(uintptr_t)child(b, RESPONDENT)->buffers[1];
}
static void offsets_backwards(struct ArrowArray *b)
{
    text_offsets(b)[2] = 0;
}
static void offsets_below_zero(struct ArrowArray *b)
{
    text_offsets(b)[1] = -1;
}
static void offsets_far_below_zero(struct ArrowArray *b)
{
    text_offsets(b)[1] = INT64_MIN;
}

static void no_dictionary(struct ArrowArray *b)
{
    child(b, WORKGROUP)->dictionary = NULL;
}
static void dictionary_released(struct ArrowArray *b)
{
    child(b, WORKGROUP)->dictionary->release = NULL;
}
static void dictionary_below_zero(struct ArrowArray *b)
{
    child(b, WORKGROUP)->dictionary->length = -1;
}
static void dictionary_too_long(struct ArrowArray *b)
{
    child(b, WORKGROUP)->dictionary->length = INT64_MAX;
}
static void dictionary_nested(struct ArrowArray *b)
{
    child(b, WORKGROUP)->dictionary->dictionary = child(b, WORKGROUP)->dictionary;
}
static void dictionary_without_offsets(struct ArrowArray *b)
{
    child(b, WORKGROUP)->dictionary->buffers[1] = NULL;
}
static void dictionary_empty(struct ArrowArray *b)
{
    child(b, WORKGROUP)->dictionary->length = 0;
}
static signed char *indices(struct ArrowArray *b)
{
    return (signed char *)(uintptr_t)child(b, WORKGROUP)->buffers[1];
}
static void index_below_zero(struct ArrowArray *b)
{
    indices(b)[1] = -1;
}
static void index_past_the_end(struct ArrowArray *b)
{
    indices(b)[2] = (signed char)child(b, WORKGROUP)->dictionary->length;
}
static int32_t *dictionary_offsets(struct ArrowArray *b)
{
    return (int32_t *)(uintptr_t)child(b, WORKGROUP)->dictionary->buffers[1];
}
static void dictionary_backwards(struct ArrowArray *b)
{
    dictionary_offsets(b)[1] = 9;
} /* where the first begins */
static void dictionary_offsets_below_zero(struct ArrowArray *b)
{
    dictionary_offsets(b)[2] = INT32_MIN;
}

/* The first row's view is a long one. */
static int32_t *view(struct ArrowArray *b)
{
    return (int32_t *)(uintptr_t)child(b, TARGET)->buffers[1];
}
static int64_t *view_sizes(struct ArrowArray *b)
{
    return (int64_t *)(uintptr_t)child(b, TARGET)->buffers[4];
}
static void view_below_zero(struct ArrowArray *b)
{
    view(b)[0] = -1;
}
static void view_too_long(struct ArrowArray *b)
{
    view(b)[0] = INT32_MAX;
}
static void view_a_byte_too_long(struct ArrowArray *b)
{
    view(b)[0]++;
}
static void view_a_byte_too_far(struct ArrowArray *b)
{
    view(b)[3]++;
}
static void view_at_below_zero(struct ArrowArray *b)
{
    view(b)[3] = -1;
}
static void view_in_no_buffer(struct ArrowArray *b)
{
    view(b)[2] = 2;
}
static void view_in_buffer_below_zero(struct ArrowArray *b)
{
    view(b)[2] = -1;
}
static void view_in_null_buffer(struct ArrowArray *b)
{
    child(b, TARGET)->buffers[2] = NULL;
}
static void view_size_below_zero(struct ArrowArray *b)
{
    view_sizes(b)[0] = INT64_MIN;
}
static void no_view_sizes(struct ArrowArray *b)
{
    child(b, TARGET)->buffers[4] = NULL;
}
static void two_view_buffers(struct ArrowArray *b)
{
    child(b, TARGET)->n_buffers = 2;
}

static void null_row(struct ArrowArray *b)
{
    static const uint8_t all_but_the_second[1] = {0xFD};
    b->buffers[0] = all_but_the_second;
    b->null_count = 1;
}

typedef struct spoiled {
    const char *name;
    void (*schema)(struct ArrowSchema *schema);
    void (*batch)(struct ArrowArray *batch);
    const char *message;
    int row;
    const char *column;
} spoiled;

#define ARRAY "the Arrow array is malformed"
#define SCHEMA "the Arrow schema is malformed"
#define NO_TABLE "the Arrow stream is not a table of columns"
#define IN_SCHEMA(function, message, column)          \
    {                                                 \
#function, function, NULL, message, 0, column \
    }
#define IN_BATCH(function, row, column)               \
    {                                                 \
#function, NULL, function, ARRAY, row, column \
    }

static const spoiled cases[] = {
    IN_SCHEMA(no_format, NO_TABLE, ""),
    IN_SCHEMA(other_format, NO_TABLE, ""),
    IN_SCHEMA(plain_column, NO_TABLE, ""),
    IN_SCHEMA(whole_dictionary, NO_TABLE, ""),
    IN_SCHEMA(no_schemas, SCHEMA, ""),
    IN_SCHEMA(below_zero_schemas, SCHEMA, ""),
    IN_SCHEMA(null_schema, SCHEMA, ""),
    IN_SCHEMA(released_schema, SCHEMA, ""),
    IN_SCHEMA(no_columns, "no column 'workgroup' (in Danish 'faggruppe')", "workgroup"),
    IN_SCHEMA(no_name, "no column 'target' (in Danish 'm\xC3\xA5lgruppe')", "target"),
    IN_SCHEMA(no_child_format, "a column of the Arrow type '' cannot be read; give text or numbers",
              "target"),
    IN_SCHEMA(nested_dictionary,
              "a dictionary of the Arrow type 'dictionary' cannot be read; give text or numbers",
              "workgroup"),
    IN_SCHEMA(no_dictionary_format,
              "a dictionary of the Arrow type '' cannot be read; give text or numbers",
              "workgroup"),

    IN_BATCH(fewer_children, 1, ""),
    IN_BATCH(more_children, 1, ""),
    IN_BATCH(below_zero_children, 1, ""),
    IN_BATCH(no_children, 1, ""),
    IN_BATCH(below_zero_length, 1, ""),
    IN_BATCH(below_zero_offset, 1, ""),
    IN_BATCH(overflowing_offset, 1, ""),
    IN_BATCH(overflowing_length, 1, ""),
    IN_BATCH(batch_dictionary, 1, ""),
    IN_BATCH(nulls_without_bitmap, 1, ""),
    IN_BATCH(nulls_without_buffers, 1, ""),
    IN_BATCH(null_child, 1, "frequent"),
    IN_BATCH(released_child, 1, "frequent"),
    IN_BATCH(short_child, 1, "timely"),
    IN_BATCH(long_batch, 1, "respondent"),
    IN_BATCH(shifted_batch, 1, "respondent"),
    IN_BATCH(child_below_zero, 1, "frequent"),
    IN_BATCH(child_offset_below_zero, 1, "frequent"),
    IN_BATCH(child_offset_overflows, 1, "frequent"),
    IN_BATCH(child_length_overflows, 1, "frequent"),
    IN_BATCH(child_too_far, 1, "timely"),
    IN_BATCH(one_buffer, 1, "frequent"),
    IN_BATCH(three_buffers, 1, "frequent"),
    IN_BATCH(buffers_below_zero, 1, "frequent"),
    IN_BATCH(no_buffers, 1, "frequent"),
    IN_BATCH(no_values, 1, "frequent"),
    IN_BATCH(null_count_without_bitmap, 1, "frequent"),
    IN_BATCH(null_count_below_unknown, 1, "frequent"),
    IN_BATCH(unasked_dictionary, 1, "frequent"),

    IN_BATCH(no_offsets, 1, "respondent"),
    IN_BATCH(no_text, 1, "respondent"),
    IN_BATCH(two_text_buffers, 1, "respondent"),
    IN_BATCH(offsets_backwards, 2, "respondent"),
    IN_BATCH(offsets_below_zero, 1, "respondent"),
    IN_BATCH(offsets_far_below_zero, 1, "respondent"),

    IN_BATCH(no_dictionary, 1, "workgroup"),
    IN_BATCH(dictionary_released, 1, "workgroup"),
    IN_BATCH(dictionary_below_zero, 1, "workgroup"),
    IN_BATCH(dictionary_too_long, 1, "workgroup"),
    IN_BATCH(dictionary_nested, 1, "workgroup"),
    IN_BATCH(dictionary_without_offsets, 1, "workgroup"),
    IN_BATCH(dictionary_empty, 1, "workgroup"),
    IN_BATCH(index_below_zero, 2, "workgroup"),
    IN_BATCH(index_past_the_end, 3, "workgroup"),
    IN_BATCH(dictionary_backwards, 1, "workgroup"),
    IN_BATCH(dictionary_offsets_below_zero, 1, "workgroup"),

    IN_BATCH(view_below_zero, 1, "target"),
    IN_BATCH(view_too_long, 1, "target"),
    IN_BATCH(view_a_byte_too_long, 1, "target"),
    IN_BATCH(view_a_byte_too_far, 1, "target"),
    IN_BATCH(view_at_below_zero, 1, "target"),
    IN_BATCH(view_in_no_buffer, 1, "target"),
    IN_BATCH(view_in_buffer_below_zero, 1, "target"),
    IN_BATCH(view_in_null_buffer, 1, "target"),
    IN_BATCH(view_size_below_zero, 1, "target"),
    IN_BATCH(no_view_sizes, 1, "target"),
    IN_BATCH(two_view_buffers, 1, "target"),

    {"a null row", NULL, null_row, "the whole row is missing", 2, ""},
};

static relcoord_status import(const stream_plan *plan, const relcoord_options *options,
                              const char *name, relcoord_survey **out, relcoord_error *error)
{
    stream_state state;
    struct ArrowArrayStream stream = stream_make(plan, &state);
    relcoord_status status = relcoord_survey_from_arrow(&stream, options, out, error);
    stream_end(&state, name);
    return status;
}

START_TEST(spoiled_streams)
{
    const spoiled *c = &cases[_i];
    stream_plan plan = {
        .csv = HEADER ROWS, .types = TYPES, .spoil_schema = c->schema, .spoil_batch = c->batch};
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    relcoord_status status = import(&plan, NULL, c->name, &survey, &error);
    ck_assert_msg(status == RELCOORD_EDATA && error.status == RELCOORD_EDATA && !survey,
                  "%s: status %d", c->name, (int)status);
    ck_assert_msg(strcmp(error.message, c->message) == 0, "%s: '%s', expected '%s'", c->name,
                  error.message, c->message);
    ck_assert_msg(error.row == c->row && error.line == 0, "%s: row %d, expected %d", c->name,
                  (int)error.row, c->row);
    ck_assert_msg(strcmp(error.column, c->column) == 0, "%s: column '%s', expected '%s'", c->name,
                  error.column, c->column);
    plan.spoil_batch = plan.spoil_schema ? NULL : c->batch;
    plan.csv = HEADER "4,A,C,1,2,3,4,5,4,3\n" ROWS; /* the same in a second batch */
    plan.batch_rows = 1;
    if (!plan.spoil_schema && c->row == 1 && c->column[0] == 0) {
        ck_assert_int_eq(import(&plan, NULL, c->name, &survey, &error), RELCOORD_EDATA);
        ck_assert_int_eq(error.row, 4);
    }
}
END_TEST

/* ---- Streams that break off ---- */

static const struct {
    const char *name;
    int schema_code, next_code;
    const char *reason;
    relcoord_status status;
    const char *message;
} failures[] = {
    {"no schema", EINVAL, 0, "cannot say", RELCOORD_EIO, "the Arrow stream failed: cannot say"},
    {"no schema and no reason", EIO, 0, NULL, RELCOORD_EIO,
     "the Arrow stream failed: it gave no reason"},
    {"no memory for the schema", ENOMEM, 0, "too large", RELCOORD_ENOMEM,
     "the Arrow stream failed: too large"},
    {"breaks off", 0, EIO, "the disk is gone", RELCOORD_EIO,
     "the Arrow stream failed: the disk is gone"},
    {"breaks off with a report", 0, -1, "\n ValueError: no\nTraceback:\n", RELCOORD_EIO,
     "the Arrow stream failed: ValueError: no"},
    {"breaks off without words", 0, EIO, "", RELCOORD_EIO,
     "the Arrow stream failed: it gave no reason"},
    {"no memory for a batch", 0, ENOMEM, NULL, RELCOORD_ENOMEM,
     "the Arrow stream failed: it gave no reason"},
    {"words that are not UTF-8", 0, EIO, "f\xE6il", RELCOORD_EIO, "the Arrow stream failed: f?il"},
};

START_TEST(streams_that_fail)
{
    stream_plan plan = {.csv = HEADER ROWS,
                        .types = TYPES,
                        .batch_rows = 1,
                        .schema_code = failures[_i].schema_code,
                        .next_code = failures[_i].next_code,
                        .reason = failures[_i].reason};
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    ck_assert_int_eq(import(&plan, NULL, failures[_i].name, &survey, &error), failures[_i].status);
    ck_assert_str_eq(error.message, failures[_i].message);
    ck_assert(error.row == 0 && error.line == 0 && !*error.column && !survey);
}
END_TEST

START_TEST(a_stream_that_cannot_say_why)
{
    stream_plan plan = {
        .csv = HEADER ROWS, .types = TYPES, .next_code = EIO, .reason = "not asked"};
    stream_state state;
    struct ArrowArrayStream stream = stream_make(&plan, &state);
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    stream.get_last_error = NULL;
    ck_assert_int_eq(relcoord_survey_from_arrow(&stream, NULL, &survey, &error), RELCOORD_EIO);
    ck_assert_str_eq(error.message, "the Arrow stream failed: it gave no reason");
    stream_end(&state, "no get_last_error");
}
END_TEST

static int give_nothing(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    (void)stream, (void)out;
    return 0;
}

START_TEST(a_stream_without_a_schema)
{
    stream_plan plan = {.csv = HEADER ROWS, .types = TYPES};
    stream_state state;
    struct ArrowArrayStream stream = stream_make(&plan, &state);
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    stream.get_schema = give_nothing;
    ck_assert_int_eq(relcoord_survey_from_arrow(&stream, NULL, &survey, &error), RELCOORD_EDATA);
    ck_assert_str_eq(error.message, NO_TABLE);
    stream_end(&state, "no schema");
}
END_TEST

/* ---- Stopping ---- */

static int stop_at(void *user, double share)
{
    int *left = user;
    ck_assert_double_eq(share, -1);
    return (*left)-- == 0;
}

/* Each time that it asks, also before each of the empty batches. */
START_TEST(the_caller_may_stop)
{
    stream_plan plan = {.csv = HEADER ROWS, .types = TYPES, .batch_rows = 1, .empty_batches = 5};
    int asked = 0;
    for (int calls = 0;; calls++) {
        relcoord_options *options = options_make("read", NULL);
        relcoord_survey *survey = NULL;
        relcoord_error error = {0};
        int left = calls;
        relcoord_options_set_progress(options, stop_at, &left);
        relcoord_status status = import(&plan, options, "stopped", &survey, &error);
        relcoord_options_free(options);
        relcoord_survey_free(survey);
        if (status == RELCOORD_OK)
            break;
        ck_assert_int_eq(status, RELCOORD_ECANCELLED);
        ck_assert_str_eq(error.message, "cancelled");
        ck_assert_ptr_null(survey);
        asked++;
    }
    ck_assert_int_ge(asked, 18);
}
END_TEST

/* ---- Calls at fault ---- */

START_TEST(calls_at_fault)
{
    stream_plan plan = {.csv = HEADER ROWS, .types = TYPES};
    stream_state state;
    struct ArrowArrayStream stream = {0};
    relcoord_options *options = options_make("matrix", NULL);
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};

    ck_assert_int_eq(relcoord_survey_from_arrow(NULL, NULL, &survey, &error), RELCOORD_EUSAGE);
    ck_assert_str_eq(error.message, "reading needs an Arrow stream that is not released");
    ck_assert_int_eq(relcoord_survey_from_arrow(&stream, NULL, &survey, NULL), RELCOORD_EUSAGE);

    ck_assert_int_eq(import(&plan, options, "other options", &survey, &error), RELCOORD_EUSAGE);
    ck_assert_str_eq(error.message, "the options were made for 'matrix', not for 'read'");
    ck_assert_int_eq(import(&plan, NULL, "no place", NULL, &error), RELCOORD_EUSAGE);
    ck_assert_str_eq(error.message, "reading needs a place for the survey");
    for (int i = 0; i < 2; i++) {
        stream = stream_make(&plan, &state);
        stream.get_schema = i ? stream.get_schema : NULL;
        stream.get_next = i ? NULL : stream.get_next;
        ck_assert_int_eq(relcoord_survey_from_arrow(&stream, NULL, &survey, &error),
                         RELCOORD_EUSAGE);
        ck_assert_str_eq(error.message, "the Arrow stream lacks its functions");
        stream_end(&state, "no functions");
    }
    ck_assert_ptr_null(survey);
    relcoord_options_free(options);
}
END_TEST

/* ---- Memory ---- */

/* The n-th allocation fails, alone or with all after it. Giving back what growing left over may
 * fail alone. */
START_TEST(memory_may_run_out_anywhere)
{
    stream_plan plan = {.csv = "note," HEADER "x,1,A,a target with a long "
                               "name,1,2,3,4,5,4,3\n,3,B,B,1,2,3,4,5,,3\n,1,A,B,1,2,3,4,5,4,3\n",
                        .types = "u U c>u vu c g",
                        .batch_rows = 2};
    relcoord_survey *survey = NULL;
    int64_t needed, refused = 0;
    heap_start();
    ck_assert_int_eq(import(&plan, NULL, "enough", &survey, NULL), RELCOORD_OK);
    relcoord_survey_free(survey);
    ck_assert_int_eq(heap_alive(), 0);
    needed = heap_asked();
    ck_assert_int_gt(needed, 30);
    for (int64_t n = 1; n <= needed; n++) {
        relcoord_error error = {0};
        relcoord_status status;
        survey = NULL;
        heap_fail(n, _i ? INT64_MAX : n);
        status = import(&plan, NULL, "no memory", &survey, &error);
        ck_assert_msg(status == RELCOORD_ENOMEM || status == RELCOORD_OK,
                      "allocation %d: status %d", (int)n, (int)status);
        ck_assert_msg((status == RELCOORD_OK) == (survey != NULL),
                      "allocation %d: status %d, and a survey", (int)n, (int)status);
        refused += status == RELCOORD_ENOMEM;
        relcoord_survey_free(survey);
        ck_assert_msg(heap_alive() == 0, "allocation %d failing left %d blocks", (int)n,
                      (int)heap_alive());
    }
    ck_assert_int_ge(refused, needed - 2); /* what is given back: targets and answers */
    heap_stop();
}
END_TEST

Suite *arrow_hostile_suite(void)
{
    Suite *suite = suite_create("arrow_hostile");
    TCase *streams = tcase_create("streams"), *memory = tcase_create("memory");
    tcase_add_loop_test(streams, spoiled_streams, 0, (int)LENGTH(cases));
    tcase_add_loop_test(streams, streams_that_fail, 0, (int)LENGTH(failures));
    tcase_add_test(streams, a_stream_that_cannot_say_why);
    tcase_add_test(streams, a_stream_without_a_schema);
    tcase_add_test(streams, the_caller_may_stop);
    tcase_add_test(streams, calls_at_fault);
    tcase_add_checked_fixture(memory, NULL, heap_stop);
    tcase_add_loop_test(memory, memory_may_run_out_anywhere, 0, 2);
    tcase_set_timeout(memory, 60);
    suite_add_tcase(suite, streams);
    suite_add_tcase(suite, memory);
    return suite;
}
