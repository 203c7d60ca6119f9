/* The C call's time and memory on the columns that a front-end's benchmark has: columns ROWS RUNS
 * FILE writes the processor seconds of each run, the memory in MB that the calls took besides the
 * columns, and the matrix to FILE. */
#include <relcoord.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { ITEMS = 7, COLUMNS = ITEMS + 3, LABELS = 10 };

static const char *const names[COLUMNS] = {
    "respondent", "workgroup",       "target",       "frequent",         "timely",
    "accurate",   "problem_solving", "shared_goals", "shared_knowledge", "mutual_respect"};
static int32_t *columns[COLUMNS];
static int64_t rows;

static const int32_t ends[LABELS + 1] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
static const void *label_buffers[3] = {NULL, ends, "abcdefghij"};

static void release_schema(struct ArrowSchema *s)
{
    s->release = NULL;
}
static void release_array(struct ArrowArray *a)
{
    a->release = NULL;
}
static void release_stream(struct ArrowArrayStream *s)
{
    s->release = NULL;
}

static int give_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    static struct ArrowSchema schemas[COLUMNS], *children[COLUMNS], labels;
    (void)stream;
    labels = (struct ArrowSchema){.format = "u", .name = "", .release = release_schema};
    for (int i = 0; i < COLUMNS; i++) {
        schemas[i] = (struct ArrowSchema){
            .format = "i", .name = names[i], .release = release_schema};
        schemas[i].dictionary = i == 1 || i == 2 ? &labels : NULL;
        children[i] = &schemas[i];
    }
    *out = (struct ArrowSchema){.format = "+s",
                                .name = "",
                                .n_children = COLUMNS,
                                .children = children,
                                .release = release_schema};
    return 0;
}

static int give_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    static const void *buffers[COLUMNS][2], *none[1];
    static struct ArrowArray arrays[COLUMNS], *children[COLUMNS], labels;
    int *given = stream->private_data;
    *out = (struct ArrowArray){.release = NULL};
    if ((*given)++)
        return 0;
    labels = (struct ArrowArray){
        .length = LABELS, .n_buffers = 3, .buffers = label_buffers, .release = release_array};
    for (int i = 0; i < COLUMNS; i++) {
        buffers[i][1] = columns[i];
        arrays[i] = (struct ArrowArray){
            .length = rows, .n_buffers = 2, .buffers = buffers[i], .release = release_array};
        arrays[i].dictionary = i == 1 || i == 2 ? &labels : NULL;
        children[i] = &arrays[i];
    }
    *out = (struct ArrowArray){.length = rows,
                               .n_buffers = 1,
                               .buffers = none,
                               .n_children = COLUMNS,
                               .children = children,
                               .release = release_array};
    return 0;
}

static void fill_columns(void)
{
    for (int i = 0; i < COLUMNS; i++)
        if (!(columns[i] = malloc((size_t)rows * sizeof **columns)))
            exit(3);
    for (int64_t row = 0; row < rows; row++) {
        columns[0][row] = (int32_t)(row / 10);
        columns[1][row] = columns[0][row] % 10;
        columns[2][row] = (int32_t)(row % 10);
        for (int i = 0; i < ITEMS; i++)
            columns[3 + i][row] = (int32_t)((row / 7 + (i + 1) * row) % 5 + 1);
    }
}

static double seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
           + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static long peak(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static int append(void *file, const char *bytes, size_t size)
{
    return fwrite(bytes, 1, size, file) != size;
}

static void run(const char *path)
{
    int given = 0;
    struct ArrowArrayStream stream = {give_schema, give_next, NULL, release_stream, &given};
    relcoord_survey *survey;
    relcoord_result *result;
    relcoord_error error;
    FILE *file = fopen(path, "w");
    double start = seconds();
    if (!file || relcoord_survey_from_arrow(&stream, NULL, &survey, &error)
        || relcoord_run(survey, "matrix", NULL, &result, &error)) {
        fprintf(stderr, "columns: %s\n", file ? error.message : path);
        exit(1);
    }
    printf("%.3f ", seconds() - start);
    relcoord_write(result, "csv", NULL, append, file, NULL);
    fclose(file);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}

int main(int count, char **arguments)
{
    long before;
    if (count != 4) {
        fprintf(stderr, "columns ROWS RUNS FILE\n");
        return 2;
    }
    rows = strtoll(arguments[1], NULL, 10);
    fill_columns();
    before = peak();
    for (long runs = strtol(arguments[2], NULL, 10); runs > 0; runs--)
        run(arguments[3]);
    printf("\n%ld\n", (peak() - before) / 1024);
    return 0;
}
