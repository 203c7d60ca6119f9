/* Many threads on what never changes: one survey analysed, one result read and written, surveys
 * read beside one another. Every thread must see the same bytes; the thread sanitizer must see no
 * race. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

Suite *threads_suite(void);

enum { THREADS = 8, ROUNDS = 4 };

typedef struct shared {
    const char *csv;
    const relcoord_survey *survey;
    const relcoord_result *result;
    const char *json; /* what all must come to */
} shared;

/* A thread's count of what went wrong: Check's own assertions are for the main thread. */
typedef struct worker {
    const shared *with;
    int faults;
} worker;

typedef struct bytes_seen {
    const char *wanted;
    size_t at;
    int faults;
} bytes_seen;

static int compare_bytes(void *user, const char *bytes, size_t size)
{
    bytes_seen *seen = user;
    if (strlen(seen->wanted) - seen->at < size
        || memcmp(seen->wanted + seen->at, bytes, size) != 0) {
        seen->faults++;
        return 1;
    }
    seen->at += size;
    return 0;
}

static int write_compared(const relcoord_result *result, const char *wanted)
{
    bytes_seen seen = {wanted, 0, 0};
    return relcoord_write(result, "json", NULL, compare_bytes, &seen, NULL) != RELCOORD_OK
           || seen.faults || wanted[seen.at];
}

static int run_compared(const relcoord_survey *survey, const char *wanted)
{
    relcoord_options *options = NULL;
    relcoord_result *result = NULL;
    int faults = relcoord_options_new("summary", &options, NULL) != RELCOORD_OK;
    faults += relcoord_options_set(options, "threads", "2", NULL) != RELCOORD_OK;
    faults += relcoord_run(survey, "summary", options, &result, NULL) != RELCOORD_OK;
    relcoord_options_free(options);
    if (!faults)
        faults = write_compared(result, wanted);
    relcoord_result_free(result);
    return faults;
}

static void *work(void *user)
{
    worker *w = user;
    for (int round = 0; round < ROUNDS; round++) {
        relcoord_survey *own = NULL;
        w->faults += write_compared(w->with->result, w->with->json);
        w->faults += run_compared(w->with->survey, w->with->json);
        if (read_pieces(w->with->csv, strlen(w->with->csv), 1000, NULL, &own, NULL))
            w->faults++;
        else
            w->faults += run_compared(own, w->with->json);
        relcoord_survey_free(own);
    }
    return NULL;
}

START_TEST(one_survey_for_all)
{
    const survey_plan plan = {
        .respondents = 1500, .workgroups = 4, .targets = 4, .missing = 5, .weights = _i, .seed = 7};
    char *csv = csv_invent(&plan);
    relcoord_survey *survey = survey_make(csv);
    relcoord_result *result = result_make(survey, "summary", NULL);
    char *json = result_written(result, "json", NULL);
    const shared with = {csv, survey, result, json};
    worker workers[THREADS];
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (worker){&with, 0};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_msg(workers[i].faults == 0, "thread %d: %d faults", i, workers[i].faults);
    }
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    free(json);
    free(csv);
}
END_TEST

Suite *threads_suite(void)
{
    Suite *suite = suite_create("threads");
    TCase *sharing = tcase_create("sharing");
    tcase_set_timeout(sharing, 120);
    tcase_add_loop_test(sharing, one_survey_for_all, 0, 2);
    suite_add_tcase(suite, sharing);
    return suite;
}
