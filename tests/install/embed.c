/* A program of someone else's: it finds relcoord through pkg-config, reads surveys from memory, and
 * runs the matrix in eight threads at once, on one survey that they share and on surveys of their
 * own. Every run has to write the same bytes. */
#include <pthread.h>
#include <relcoord.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 8, ROUNDS = 4 };

struct buffer {
    char *bytes;
    size_t length, capacity, position;
};

static int append(void *user, const char *bytes, size_t size)
{
    struct buffer *buffer = user;
    if (buffer->length + size > buffer->capacity) {
        size_t capacity = 2 * (buffer->length + size);
        char *larger = realloc(buffer->bytes, capacity);
        if (!larger)
            return -1;
        buffer->bytes = larger;
        buffer->capacity = capacity;
    }
    memcpy(buffer->bytes + buffer->length, bytes, size);
    buffer->length += size;
    return 0;
}

/* Gives the survey in pieces, as a socket would. */
static int64_t next_piece(void *user, void *bytes, size_t capacity)
{
    struct buffer *buffer = user;
    size_t size = buffer->length - buffer->position;
    if (size > 1000)
        size = 1000;
    if (size > capacity)
        size = capacity;
    memcpy(bytes, buffer->bytes + buffer->position, size);
    buffer->position += size;
    return (int64_t)size;
}

static relcoord_survey *read_survey(const struct buffer *csv)
{
    struct buffer source = *csv;
    relcoord_survey *survey = NULL;
    relcoord_error error;
    if (relcoord_survey_read_source(next_piece, &source, "memory", NULL, &survey, &error))
        fprintf(stderr, "line %lld: %s\n", (long long)error.line, error.message);
    return survey;
}

/* The matrix as JSON; empty after a failure, which it prints. */
static struct buffer write_matrix(const relcoord_survey *survey)
{
    struct buffer json = {0};
    relcoord_result *result = NULL;
    relcoord_error error;
    if (relcoord_run(survey, "matrix", NULL, &result, &error)
        || relcoord_write(result, "json", NULL, append, &json, &error)) {
        fprintf(stderr, "%s\n", error.message);
        json.length = 0;
    }
    relcoord_result_free(result);
    return json;
}

struct job {
    const struct buffer *csv, *expected;
    const relcoord_survey *shared;
    int same;
};

static int same_matrix(const relcoord_survey *survey, const struct buffer *expected)
{
    struct buffer json = write_matrix(survey);
    int same = json.length == expected->length && !memcmp(json.bytes, expected->bytes, json.length);
    free(json.bytes);
    return same;
}

static void *run(void *user)
{
    struct job *job = user;
    for (int i = 0; i < ROUNDS; i++) {
        relcoord_survey *own = read_survey(job->csv);
        job->same += same_matrix(job->shared, job->expected);
        job->same += own && same_matrix(own, job->expected);
        relcoord_survey_free(own);
    }
    return NULL;
}

static int read_file(const char *path, struct buffer *out)
{
    char piece[4096];
    size_t size;
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    while ((size = fread(piece, 1, sizeof piece, file)) > 0)
        if (append(out, piece, size))
            break;
    return fclose(file);
}

int main(int argc, char **argv)
{
    struct buffer csv = {0}, expected = {0};
    struct job jobs[THREADS];
    pthread_t threads[THREADS];
    int started = 0, same = 0;

    if (argc != 2 || read_file(argv[1], &csv))
        return fprintf(stderr, "usage: embed survey.csv\n"), 2;
    relcoord_survey *shared = read_survey(&csv);
    if (!shared)
        return 1;
    expected = write_matrix(shared);
    if (expected.length == 0)
        return 1;

    for (; started < THREADS; started++) {
        jobs[started] = (struct job){&csv, &expected, shared, 0};
        if (pthread_create(&threads[started], NULL, run, &jobs[started]))
            break;
    }
    for (int i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
        same += jobs[i].same;
    }
    printf("relcoord %s: %d of %d runs in %d threads wrote the same %zu bytes\n",
           relcoord_version(), same, 2 * ROUNDS * THREADS, started, expected.length);

    relcoord_survey_free(shared);
    free(expected.bytes);
    free(csv.bytes);
    return same == 2 * ROUNDS * THREADS ? 0 : 1;
}
