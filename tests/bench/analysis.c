/* Times an analysis of a survey that is in memory already: reads it through the public API, runs
 * the analysis so many times, writes the result once and prints what each run took in processor
 * seconds, and the peak memory in megabytes after reading and at last.
 *
 *     analysis RUNS FILE CODEBOOK RESULT ANALYSIS [OPTION=VALUE...]
 *
 * A CODEBOOK of - is none. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

#include "relcoord.h"

static void stop_at(relcoord_status status, const relcoord_error *error)
{
    if (status == RELCOORD_OK)
        return;
    fprintf(stderr, "analysis: %s\n", error->message);
    exit(1);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double peak_megabytes(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return (double)use.ru_maxrss / 1024;
}

static int put_bytes(void *user, const char *bytes, size_t size)
{
    return fwrite(bytes, 1, size, user) != size;
}

static void write_result(const relcoord_result *result, const char *path)
{
    relcoord_error error = {0};
    FILE *file = fopen(path, "wb");
    if (!file) {
        perror(path);
        exit(3);
    }
    stop_at(relcoord_write(result, "csv", NULL, put_bytes, file, &error), &error);
    fclose(file);
}

int main(int count, char **arguments)
{
    relcoord_options *reading = NULL, *options = NULL;
    relcoord_survey *survey = NULL;
    relcoord_result *result = NULL;
    relcoord_error error = {0};
    if (count < 6) {
        fprintf(stderr, "analysis RUNS FILE CODEBOOK RESULT ANALYSIS [OPTION=VALUE...]\n");
        return 2;
    }
    stop_at(relcoord_options_new("read", &reading, &error), &error);
    if (strcmp(arguments[3], "-") != 0)
        stop_at(relcoord_options_set(reading, "codebook", arguments[3], &error), &error);
    stop_at(relcoord_survey_read(arguments[2], reading, &survey, &error), &error);
    stop_at(relcoord_options_new(arguments[5], &options, &error), &error);
    for (int i = 6; i < count; i++) {
        char *value = strchr(arguments[i], '=');
        if (value)
            *value++ = '\0';
        stop_at(relcoord_options_set(options, arguments[i], value ? value : "", &error), &error);
    }
    double before = peak_megabytes();
    for (int run = 0; run < atoi(arguments[1]); run++) {
        double start = now();
        relcoord_result_free(result);
        stop_at(relcoord_run(survey, arguments[5], options, &result, &error), &error);
        printf("%.6f ", now() - start);
    }
    printf("\n%.1f %.1f\n", before, peak_megabytes());
    write_result(result, arguments[4]);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    relcoord_options_free(options);
    relcoord_options_free(reading);
    return 0;
}
