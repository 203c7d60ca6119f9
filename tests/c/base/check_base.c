/* The ground floor: UTF-8, interning, nearest words, errors, memory and threads. */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/intern.h"
#include "base/memory.h"
#include "base/options.h"
#include "base/parallel.h"
#include "base/text.h"
#include "base/utf8.h"
#include "support.h"

#undef fail /* Check's own, long out of use */

Suite *base_suite(void);

/* ---- UTF-8 ---- */

static const struct {
    const char *bytes;
    size_t length, valid, width;
} utf8_cases[] = {
    {"", 0, 0, 0},
    {"abc", 3, 3, 3},
    {"a\0b", 3, 3, 1}, /* width stops at the NUL */
    {"m\xC3\xA5lgruppe", 10, 10, 9},
    {"\xE2\x82\xAC", 3, 3, 1},     /* euro */
    {"\xF0\x9F\x98\x80", 4, 4, 1}, /* beyond 16 bits */
    {"\xF4\x8F\xBF\xBF", 4, 4, 1}, /* the last character */
    {"e\xCC\x81", 3, 3, 1},
    {"\xCD\xAF", 2, 2, 0},
    {"\xCD\xB0", 2, 2, 1}, /* combining marks end at U+036F */
    {"\xED\x9F\xBF", 3, 3, 1},
    {"\xEE\x80\x80", 3, 3, 1}, /* around the surrogates */
    {"\xC0\x80", 2, 0, 2},
    {"\xC1\xBF", 2, 0, 2}, /* overlong */
    {"\xE0\x9F\xBF", 3, 0, 3},
    {"\xF0\x8F\xBF\xBF", 4, 0, 4},
    {"\xED\xA0\x80", 3, 0, 3},
    {"\xED\xBF\xBF", 3, 0, 3}, /* surrogates */
    {"\xF4\x90\x80\x80", 4, 0, 4},
    {"\xF5\x80\x80\x80", 4, 0, 4},
    {"\xFF", 1, 0, 1},
    {"\xFE", 1, 0, 1},
    {"\x80", 1, 0, 1},
    {"ab\xBF", 3, 2, 3}, /* no start */
    {"a\xC3", 2, 1, 2},
    {"a\xE2\x82", 3, 1, 3},
    {"a\xF0\x9F\x98", 4, 1, 4}, /* cut off */
    {"\xC3(", 2, 0, 2},
    {"\xE2\x82(", 3, 0, 3},
};

START_TEST(utf8_validity_and_width)
{
    for (size_t i = 0; i < LENGTH(utf8_cases); i++) {
        size_t length = utf8_cases[i].length, valid, width;
        char *exact = malloc(length + 1); /* so that a sanitizer sees a read past the end */
        memcpy(exact, utf8_cases[i].bytes, length + 1);
        width = utf8_width(exact);
        exact = realloc(exact, length ? length : 1);
        valid = utf8_valid_prefix(exact, length);
        ck_assert_msg(valid == utf8_cases[i].valid, "case %zu: %zu bytes valid, expected %zu", i,
                      valid, utf8_cases[i].valid);
        ck_assert_msg(width == utf8_cases[i].width, "case %zu: width %zu, expected %zu", i, width,
                      utf8_cases[i].width);
        free(exact);
    }
}
END_TEST

START_TEST(utf8_prefixes)
{
    static const char word[] = "n\xC3\xA6"
                               "e\xCC\x81"
                               "x"; /* four columns in seven bytes */
    static const size_t bytes[] = {0, 1, 3, 6, 7, 7, 7};
    for (size_t width = 0; width < LENGTH(bytes); width++)
        ck_assert_msg(utf8_prefix(word, width) == bytes[width],
                      "width %zu: %zu bytes, expected %zu", width, utf8_prefix(word, width),
                      bytes[width]);
}
END_TEST

START_TEST(text_grows)
{
    text t = {0};
    text_add_repeated(&t, '-', 3);
    text_add_integer(&t, INT64_MIN);
    text_add(&t, " ");
    text_add_integer(&t, INT64_MAX);
    text_add_integer(&t, 0);
    text_add_format(&t, " %s|%d", "x", 7);
    text_add_number(&t, -0.5);
    ck_assert_str_eq(t.bytes, "----9223372036854775808 92233720368547758070 x|7-0.5");
    ck_assert_uint_eq(t.length, strlen(t.bytes));
    text_clear(&t);
    for (int i = 0; i < 10000; i++)
        text_add_bytes(&t, "\xC3\xB8", 2);
    ck_assert_uint_eq(utf8_valid_prefix(t.bytes, t.length), 20000);
    ck_assert(!t.failed);
    text_free(&t);
    ck_assert_ptr_null(t.bytes);
}
END_TEST

/* ---- Interning ---- */

START_TEST(interned_strings_keep_ids_and_places)
{
    enum { COUNT = 100000 };
    const uint32_t count = (uint32_t)rounds(COUNT);
    intern table = {0};
    const char **first = malloc(COUNT * sizeof *first);
    char word[32];
    ck_assert_uint_eq(intern_find(&table, "x", 1), INTERN_FULL);
    for (uint32_t i = 0; i < count; i++) {
        int length = snprintf(word, sizeof word, "%u", (unsigned)i * 7919u);
        ck_assert_uint_eq(intern_add(&table, word, (size_t)length), i);
        first[i] = table.strings[i];
    }
    for (uint32_t i = 0; i < count; i++) {
        int length = snprintf(word, sizeof word, "%u", (unsigned)i * 7919u);
        ck_assert_uint_eq(intern_find(&table, word, (size_t)length), i);
        ck_assert_uint_eq(intern_add(&table, word, (size_t)length), i);
        ck_assert_ptr_eq(table.strings[i], first[i]);
        ck_assert_str_eq(table.strings[i], word);
    }
    ck_assert_uint_eq(intern_find(&table, "x", 1), INTERN_FULL);
    ck_assert_uint_eq(table.count, count);
    free(first);
    intern_free(&table);
    ck_assert_uint_eq(table.count, 0);
}
END_TEST

/* Bytes of any kind and length, a NUL and a start of one another among them, are told apart. */
START_TEST(interned_bytes_are_exact)
{
    static const char big[200000] = {'x'};
    intern table = {0};
    for (uint32_t length = 0; length < 40; length++)
        ck_assert_uint_eq(
            intern_add(
                &table,
                "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
                length),
            length);
    ck_assert_uint_eq(intern_add(&table, big, sizeof big), 40); /* larger than a page */
    ck_assert_uint_eq(intern_add(&table, "after", 5), 41);
    ck_assert_uint_eq(intern_find(&table, big, sizeof big), 40);
    ck_assert_uint_eq(intern_find(&table, big, sizeof big - 1), INTERN_FULL);
    ck_assert_uint_eq(intern_find(&table, "", 0), 0);
    intern_free(&table);
}
END_TEST

static const struct {
    const char *words[8], *ordered[8];
} order_cases[] = {
    {{"10", "9", "-1", "1e1x"}, {"-1", "10", "1e1x", "9"}}, /* one is no number: bytes */
    {{"10", "9", "-1", "2.5"}, {"-1", "2.5", "9", "10"}},
    {{"10", "", "9", "-1e308"}, {"", "-1e308", "9", "10"}}, /* nothing comes first */
    {{"10", "", "9", "-1.7e308"}, {"", "-1.7e308", "9", "10"}},
    {{"b", "", "a"}, {"", "a", "b"}},
    {{"1.0", "1", "0"}, {"0", "1", "1.0"}}, /* equal numbers: bytes */
    {{"\xC3\xB8st", "zebra", "Zebra",
      "\xC3\xA6"
      "ble"},
     {"Zebra", "zebra",
      "\xC3\xA6"
      "ble",
      "\xC3\xB8st"}},
    {{"2", "3", "1"}, {"1", "2", "3"}},
    {{"nan", "2", "10"}, {"10", "2", "nan"}},
    {{"only"}, {"only"}},
    {{NULL}, {NULL}},
};

START_TEST(labels_come_in_order)
{
    intern table = {0};
    uint32_t order[8];
    size_t count = 0;
    for (; count < 8 && order_cases[_i].words[count]; count++)
        intern_add(&table, order_cases[_i].words[count], strlen(order_cases[_i].words[count]));
    ck_assert_int_eq(intern_order(&table, order), 0);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(strcmp(table.strings[order[i]], order_cases[_i].ordered[i]) == 0,
                      "place %zu: '%s', expected '%s'", i, table.strings[order[i]],
                      order_cases[_i].ordered[i]);
    intern_free(&table);
}
END_TEST

START_TEST(number_keys)
{
    key_index index = {0};
    ck_assert_uint_eq(key_index_find(&index, 0), INTERN_FULL);
    for (uint32_t i = 0; i < 50000; i++)
        ck_assert_uint_eq(key_index_add(&index, (uint64_t)i << 32 | (i % 7)), i);
    for (uint32_t i = 0; i < 50000; i++) {
        ck_assert_uint_eq(key_index_find(&index, (uint64_t)i << 32 | (i % 7)), i);
        ck_assert_uint_eq(key_index_add(&index, (uint64_t)i << 32 | (i % 7)), i);
        ck_assert(index.keys[i] == ((uint64_t)i << 32 | (i % 7)));
    }
    ck_assert_uint_eq(key_index_find(&index, 5), INTERN_FULL);
    ck_assert_uint_eq(key_index_find(&index, UINT64_MAX), INTERN_FULL);
    ck_assert_uint_eq(key_index_add(&index, UINT64_MAX), 50000);
    key_index_free(&index);
}
END_TEST

/* ---- Nearest words ---- */

static const struct {
    const char *word, *nearest;
} nearest_cases[] = {
    {"matrx", "matrix"},
    {"MATRIX", "matrix"},
    {"martix", "matrix"},
    {"sumary", "summary"},
    {"confidnece", "confidence"},
    {"by", "by"},
    {"bu", "by"},
    {"min-share", "min_share"},
    {"minshare", "min_share"},
    {"summary", "summary"},
    {"regression", NULL},
    {"x", NULL},
    {"", NULL},
    {"zz", NULL},
    {"mat", NULL},
    {"a_very_long_word_that_no_candidate_is_anywhere_near_of_more_than_63_bytes_______", NULL},
};

/* Python's hashes of bytes are SipHash-1-3; these are its own, with PYTHONHASHSEED=0. */
START_TEST(hashes_are_siphash)
{
    static const struct {
        const char *text;
        uint64_t hash;
    } cases[] = {{"a", UINT64_C(0x407448d2b89b1813)},
                 {"abcdefgh", UINT64_C(0x3f7b849c0b8e35ea)},
                 {"abcdefghijklmnopqrstuvwxyz", UINT64_C(0x323ccd2fd30709df)}};
    const hash_key key = {{0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_uint_eq(hash_bytes(&key, cases[i].text, strlen(cases[i].text)), cases[i].hash);
    ck_assert_uint_eq(hash_number(&key, UINT64_C(0x6867666564636261)), cases[1].hash);
}
END_TEST

START_TEST(hashes_have_keys_of_their_own)
{
    hash_key one = hash_key_new(), other = hash_key_new();
    ck_assert_mem_ne(&one, &other, sizeof one);
    ck_assert_uint_ne(hash_bytes(&one, "a", 1), hash_bytes(&other, "a", 1));
}
END_TEST

START_TEST(nearest_word)
{
    static const char *const candidates[] = {
        "matrix",    "summary",
        "by",        "confidence",
        "min_share", "another_word_of_more_than_sixty_three_bytes_that_must_not_run_past_a_row",
    };
    for (size_t i = 0; i < LENGTH(nearest_cases); i++) {
        const char *found = relcoord_nearest(nearest_cases[i].word, candidates, LENGTH(candidates));
        const char *wanted = nearest_cases[i].nearest;
        ck_assert_msg(found == wanted || (found && wanted && strcmp(found, wanted) == 0),
                      "'%s': '%s', expected '%s'", nearest_cases[i].word, found ? found : "none",
                      wanted ? wanted : "none");
    }
    ck_assert_ptr_null(relcoord_nearest(NULL, candidates, LENGTH(candidates)));
    ck_assert_ptr_null(relcoord_nearest("matrix", candidates, 0));
}
END_TEST

/* ---- Errors ---- */

START_TEST(error_fields_are_cut_at_a_character)
{
    static const struct {
        const char *string, *field;
    } cases[] = {
        {"", ""},
        {"1234567", "1234567"},
        {"12345678", "1234567"},
        {"123456\xC3\xB8", "123456"},
        {"12345\xC3\xB8", "12345\xC3\xB8"},
        {"1234\xF0\x9F\x98\x80", "1234"},
        {"a\xFF"
         "b",
         "a?b"},
        {"123\xE2\x82", "123??"},
        {"\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC", "\xE2\x82\xAC\xE2\x82\xAC"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char field[8];
        memset(field, 'z', sizeof field);
        error_field(field, sizeof field, cases[i].string);
        ck_assert_msg(strcmp(field, cases[i].field) == 0, "'%s': '%s', expected '%s'",
                      cases[i].string, field, cases[i].field);
        for (size_t j = strlen(field); j < sizeof field; j++)
            ck_assert_msg(field[j] == 0, "'%s': byte %zu is left", cases[i].string, j);
    }
}
END_TEST

START_TEST(errors_are_filled_whole)
{
    relcoord_error error;
    char longest[2000];
    memset(&error, 0x55, sizeof error);
    for (size_t i = 0; i + 2 < sizeof longest; i += 2)
        memcpy(longest + i, "\xC3\xA6", 3);
    ck_assert_int_eq(fail(&error, RELCOORD_EDATA, "x%s", longest), RELCOORD_EDATA);
    ck_assert_int_eq(error.status, RELCOORD_EDATA);
    ck_assert(error.reserved == 0 && error.line == 0 && error.row == 0 && !*error.column
              && !*error.option && !*error.file);
    ck_assert_uint_eq(strlen(error.message), 511);
    ck_assert_uint_eq(utf8_valid_prefix(error.message, 511), 511);
    ck_assert_int_eq(fail_option(&error, "by", "no"), RELCOORD_EOPTION);
    ck_assert_str_eq(error.option, "by");
    ck_assert_str_eq(error.message, "no");
    ck_assert_int_eq(fail_memory(&error), RELCOORD_ENOMEM);
    ck_assert(!*error.option);
    ck_assert_int_eq(fail(NULL, RELCOORD_EIO, "%d", 1), RELCOORD_EIO);
    ck_assert_int_eq(fail_option(NULL, "by", "no"), RELCOORD_EOPTION);
    for (int status = 0; status <= 7; status++)
        ck_assert_msg(strncmp(relcoord_status_name((relcoord_status)status), "RELCOORD_", 9) == 0,
                      "status %d has no name", status);
    ck_assert_str_eq(relcoord_status_name((relcoord_status)8), "unknown");
    ck_assert_str_eq(relcoord_status_name((relcoord_status)-1), "unknown");
}
END_TEST

/* ---- Memory ---- */

START_TEST(sizes_do_not_overflow)
{
    void *array = NULL;
    size_t capacity = 0;
    ck_assert_ptr_null(memory_new(SIZE_MAX, 2));
    ck_assert_ptr_null(memory_new(SIZE_MAX / 2 + 1, 2));
    ck_assert_ptr_null(memory_zeroed((size_t)PTRDIFF_MAX / 8 + 1, 8));
    ck_assert_ptr_null(memory_resize(NULL, SIZE_MAX / 4, 8));
    ck_assert(!memory_reserve(&array, &capacity, SIZE_MAX, 1));
    ck_assert(!memory_reserve(&array, &capacity, SIZE_MAX / 8 + 2, 8));
    ck_assert_ptr_null(array);
    ck_assert_uint_eq(capacity, 0);
    ck_assert(memory_reserve(&array, &capacity, 0, 8) && !array);
    ck_assert(memory_reserve(&array, &capacity, 1, 8) && array);
    for (size_t needed = 1; needed < 1000; needed++) {
        size_t before = capacity;
        ck_assert(memory_reserve(&array, &capacity, needed, 8));
        ck_assert(capacity >= needed && (capacity == before || capacity >= 2 * before));
    }
    ck_assert(!memory_reserve(&array, &capacity, SIZE_MAX / 8, 8) && array);
    memory_free(array);
    memory_free(NULL);
    array = memory_new(0, 8);
    ck_assert_ptr_nonnull(array);
    memory_free(array);
}
END_TEST

static void *no_allocate(void *user, size_t size)
{
    return user && size ? NULL : NULL;
}
static void no_release(void *user, void *block)
{
    (void)user, (void)block;
}

START_TEST(allocators_come_whole)
{
    relcoord_error error = {0};
    ck_assert_int_eq(relcoord_set_allocator(no_allocate, NULL, NULL, NULL, &error),
                     RELCOORD_EUSAGE);
    ck_assert_int_eq(error.status, RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_set_allocator(no_allocate, NULL, no_release, NULL, NULL),
                     RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_set_allocator(NULL, NULL, NULL, NULL, NULL), RELCOORD_OK);
}
END_TEST

/* ---- Threads ---- */

enum { TASKS = 500 };
typedef struct crew_log {
    atomic_int runs[TASKS];
    size_t fail_every; /* tasks from this one on that are divisible by it fail; 0: none */
    pthread_t caller;
    atomic_bool stranger_began; /* task 0 ran on another thread than the caller's */
    int progress_calls, cancel_at;
    double last_share;
} crew_log;

static relcoord_status log_task(void *user, size_t task, relcoord_error *err)
{
    crew_log *log = user;
    atomic_fetch_add(&log->runs[task], 1);
    if (task == 0 && !pthread_equal(log->caller, pthread_self()))
        atomic_store(&log->stranger_began, true);
    if (log->fail_every && task >= log->fail_every && task % log->fail_every == 0)
        return fail(err, RELCOORD_EDATA, "task %zu", task);
    return RELCOORD_OK;
}

static int log_progress(void *user, double share)
{
    crew_log *log = user;
    ck_assert_msg(pthread_equal(log->caller, pthread_self()), "progress came from another thread");
    ck_assert_msg(share >= log->last_share && share <= 1, "share %g after %g", share,
                  log->last_share);
    log->last_share = share;
    return ++log->progress_calls == log->cancel_at;
}

START_TEST(every_task_runs_once)
{
    static const size_t threads[] = {0, 1, 2, 3, 8, 300};
    static const size_t counts[] = {0, 1, 2, 7, TASKS};
    for (size_t t = 0; t < LENGTH(threads); t++)
        for (size_t c = 0; c < LENGTH(counts); c++) {
            crew_log log = {.caller = pthread_self()};
            relcoord_error error = {.status = 99};
            ck_assert_int_eq(parallel_run(threads[t], counts[c], log_task, &log, NULL, &error),
                             RELCOORD_OK);
            ck_assert_int_eq(error.status, 99);
            ck_assert_msg(!log.stranger_began, "the caller did not begin");
            for (size_t i = 0; i < TASKS; i++)
                ck_assert_msg(log.runs[i] == (i < counts[c]),
                              "%zu threads: task %zu of %zu ran %d times", threads[t], i, counts[c],
                              log.runs[i]);
        }
}
END_TEST

START_TEST(the_lowest_failure_is_told)
{
    for (int round = 0; round < rounds(200); round++) {
        crew_log log = {.caller = pthread_self(), .fail_every = 1 + (size_t)round % 40};
        relcoord_error error = {0};
        char wanted[32];
        snprintf(wanted, sizeof wanted, "task %zu", log.fail_every);
        ck_assert_int_eq(parallel_run(1 + (size_t)round % 8, TASKS, log_task, &log, NULL, &error),
                         RELCOORD_EDATA);
        ck_assert_str_eq(error.message, wanted);
        ck_assert_int_eq(parallel_run(4, TASKS, log_task, &log, NULL, NULL), RELCOORD_EDATA);
    }
}
END_TEST

START_TEST(tasks_can_be_cancelled)
{
    for (int at = 1; at <= 3; at++)
        for (size_t threads = 1; threads <= 8; threads *= 2) {
            relcoord_options *options = options_make("matrix", NULL);
            crew_log log = {.caller = pthread_self(), .cancel_at = at, .last_share = 0};
            relcoord_error error = {0};
            relcoord_status status;
            relcoord_options_set_progress(options, log_progress, &log);
            status = parallel_run(threads, TASKS, log_task, &log, options, &error);
            /* with helpers the caller may run out of tasks before it is asked again */
            ck_assert_msg(status == RELCOORD_ECANCELLED || (threads > 1 && log.progress_calls < at),
                          "%d calls, status %d", log.progress_calls, (int)status);
            ck_assert_int_eq(log.progress_calls, status ? at : log.progress_calls);
            relcoord_options_free(options);
        }
}
END_TEST

START_TEST(thread_counts)
{
    ck_assert_uint_eq(parallel_threads(1), 1);
    ck_assert_uint_eq(parallel_threads(256), 256);
    ck_assert_uint_eq(parallel_threads(100000), 256);
    ck_assert_uint_ge(parallel_threads(0), 1);
    ck_assert_uint_ge(parallel_threads(-3), 1);
}
END_TEST

Suite *base_suite(void)
{
    Suite *suite = suite_create("base");
    TCase *texts = tcase_create("texts"), *labels = tcase_create("labels"),
          *errors = tcase_create("errors");
    TCase *memory = tcase_create("memory"), *threads = tcase_create("threads");
    tcase_add_test(texts, utf8_validity_and_width);
    tcase_add_test(texts, utf8_prefixes);
    tcase_add_test(texts, text_grows);
    tcase_add_test(labels, interned_strings_keep_ids_and_places);
    tcase_add_test(labels, interned_bytes_are_exact);
    tcase_add_loop_test(labels, labels_come_in_order, 0, (int)LENGTH(order_cases));
    tcase_add_test(labels, number_keys);
    tcase_add_test(labels, hashes_are_siphash);
    tcase_add_test(labels, hashes_have_keys_of_their_own);
    tcase_add_test(labels, nearest_word);
    tcase_add_test(errors, error_fields_are_cut_at_a_character);
    tcase_add_test(errors, errors_are_filled_whole);
    tcase_add_test(memory, sizes_do_not_overflow);
    tcase_add_test(memory, allocators_come_whole);
    tcase_add_test(threads, every_task_runs_once);
    tcase_add_test(threads, the_lowest_failure_is_told);
    tcase_add_test(threads, tasks_can_be_cancelled);
    tcase_add_test(threads, thread_counts);
    suite_add_tcase(suite, texts);
    suite_add_tcase(suite, labels);
    suite_add_tcase(suite, errors);
    suite_add_tcase(suite, memory);
    suite_add_tcase(suite, threads);
    return suite;
}
