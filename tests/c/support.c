/* What the C tests share, see support.h. */
#include "support.h"

#include <inttypes.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- Texts as sources ---- */

int64_t pieces_read(void *user, void *buffer, size_t capacity)
{
    pieces *p = user;
    size_t size = p->length - p->position;
    if (p->fault && p->position >= p->fault_after)
        return p->fault;
    size = p->piece && p->piece < size ? p->piece : size;
    size = p->fault && p->fault_after - p->position < size ? p->fault_after - p->position : size;
    size = capacity < size ? capacity : size;
    if (size)
        memcpy(buffer, p->bytes + p->position, size);
    p->position += size;
    return (int64_t)size;
}

relcoord_status read_pieces(const char *bytes, size_t length, size_t piece,
                            const relcoord_options *options, relcoord_survey **out,
                            relcoord_error *err)
{
    pieces source = {.bytes = bytes, .length = length, .piece = piece};
    return relcoord_survey_read_source(pieces_read, &source, "text", options, out, err);
}

enum { MOST_FILES = 16 };
static char folder[64];
static char *paths[MOST_FILES];

const char *folder_path(void)
{
    if (!*folder) {
        strcpy(folder, "/tmp/relcoord-test-XXXXXX");
        ck_assert_msg(mkdtemp(folder) != NULL, "no folder for files");
    }
    return folder;
}

const char *file_write(const char *name, const char *bytes, size_t length)
{
    size_t index = 0, size = strlen(folder_path()) + strlen(name) + 2;
    FILE *file;
    while (index < MOST_FILES && paths[index])
        index++;
    ck_assert_msg(index < MOST_FILES, "too many files");
    paths[index] = malloc(size);
    ck_assert_ptr_nonnull(paths[index]);
    snprintf(paths[index], size, "%s/%s", folder, name);
    file = fopen(paths[index], "wb");
    ck_assert_msg(file && fwrite(bytes, 1, length, file) == length && fclose(file) == 0,
                  "%s: not written", paths[index]);
    return paths[index];
}

void files_remove(void)
{
    for (size_t i = 0; i < MOST_FILES; i++) {
        if (paths[i])
            unlink(paths[i]);
        free(paths[i]);
        paths[i] = NULL;
    }
    if (*folder)
        rmdir(folder);
    *folder = 0;
}

/* ---- From a text to a result ---- */

relcoord_options *options_make(const char *purpose, const char *settings)
{
    relcoord_options *options = NULL;
    relcoord_error error = {0};
    ck_assert_msg(!relcoord_options_new(purpose, &options, &error), "options of %s: %s", purpose,
                  error.message);
    while (settings && *settings) {
        char name[64], value[256];
        int length = 0;
        ck_assert_msg(sscanf(settings, " %63[^= ]=%255[^ ] %n", name, value, &length) == 2,
                      "settings '%s'", settings);
        ck_assert_msg(!relcoord_options_set(options, name, value, &error), "%s=%s: %s", name, value,
                      error.message);
        settings += length;
    }
    return options;
}

relcoord_survey *survey_make(const char *csv)
{
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    relcoord_status status = read_pieces(csv, strlen(csv), 0, NULL, &survey, &error);
    ck_assert_msg(!status, "reading: line %lld, column %s: %s", (long long)error.line, error.column,
                  error.message);
    return survey;
}

relcoord_survey *survey_by_book(const char *book, const char *csv)
{
    relcoord_options *options = options_make("read", NULL);
    relcoord_codebook *codebook = NULL;
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    pieces p = {.bytes = book, .length = strlen(book)};
    relcoord_status status = relcoord_codebook_read_source(pieces_read, &p, "book", NULL, &codebook,
                                                           &error);
    ck_assert_msg(!status, "codebook: line %lld, column %s: %s", (long long)error.line,
                  error.column, error.message);
    ck_assert_int_eq(relcoord_options_set_codebook(options, codebook, NULL), RELCOORD_OK);
    status = read_pieces(csv, strlen(csv), 0, options, &survey, &error);
    ck_assert_msg(!status, "reading: line %lld, column %s: %s", (long long)error.line, error.column,
                  error.message);
    relcoord_codebook_free(codebook);
    relcoord_options_free(options);
    return survey;
}

relcoord_result *result_make(const relcoord_survey *survey, const char *analysis,
                             const char *settings)
{
    relcoord_options *options = settings ? options_make(analysis, settings) : NULL;
    relcoord_result *result = NULL;
    relcoord_error error = {0};
    relcoord_status status = relcoord_run(survey, analysis, options, &result, &error);
    ck_assert_msg(!status, "%s %s: %s", analysis, settings ? settings : "", error.message);
    relcoord_options_free(options);
    return result;
}

relcoord_result *result_of(const char *csv, const char *analysis, const char *settings)
{
    relcoord_survey *survey = survey_make(csv);
    relcoord_result *result = result_make(survey, analysis, settings);
    relcoord_survey_free(survey);
    return result;
}

typedef struct written {
    char *bytes;
    size_t length;
} written;

static int append(void *user, const char *bytes, size_t size)
{
    written *w = user;
    char *larger = realloc(w->bytes, w->length + size + 1);
    ck_assert_ptr_nonnull(larger);
    memcpy(larger + w->length, bytes, size);
    w->bytes = larger;
    w->length += size;
    w->bytes[w->length] = 0;
    return 0;
}

char *result_written(const relcoord_result *result, const char *format, const char *settings)
{
    relcoord_options *options = settings ? options_make("write", settings) : NULL;
    written w = {NULL, 0};
    relcoord_error error = {0};
    relcoord_status status = relcoord_write(result, format, options, append, &w, &error);
    ck_assert_msg(!status && w.bytes, "writing %s: %s", format, error.message);
    relcoord_options_free(options);
    return w.bytes;
}

char *written_of(const char *csv, const char *analysis, const char *settings, const char *format)
{
    relcoord_result *result = result_of(csv, analysis, settings);
    char *text = result_written(result, format, NULL);
    relcoord_result_free(result);
    return text;
}

/* ---- Values by keys ---- */

/* Whether a row has the value that "column=value" names. */
static bool row_has(const relcoord_table *table, size_t row, const char *key, size_t length)
{
    const char *equals = memchr(key, '=', length), *const * values;
    const uint8_t *valid;
    char column[64];
    size_t wide;
    ck_assert_msg(equals && equals - key < 64, "key '%.*s'", (int)length, key);
    memcpy(column, key, (size_t)(equals - key));
    column[equals - key] = 0;
    ck_assert_msg(!relcoord_table_strings(table, column, &values, &valid, NULL), "no key column %s",
                  column);
    wide = length - (size_t)(equals + 1 - key);
    return valid[row] && strlen(values[row]) == wide && memcmp(values[row], equals + 1, wide) == 0;
}

static bool row_matches(const relcoord_table *table, size_t row, const char *keys)
{
    while (*keys) {
        size_t length = strcspn(keys, " ");
        if (!row_has(table, row, keys, length))
            return false;
        keys += length;
        keys += strspn(keys, " ");
    }
    return true;
}

static const relcoord_table *find_table(const relcoord_result *result, const char *name)
{
    const relcoord_table *table = relcoord_result_table(result, name);
    ck_assert_msg(table != NULL, "no table %s", name);
    return table;
}

size_t rows_with(const relcoord_result *result, const char *name, const char *keys)
{
    const relcoord_table *table = find_table(result, name);
    size_t count = 0;
    for (size_t row = 0; row < relcoord_table_rows(table); row++)
        count += row_matches(table, row, keys);
    return count;
}

static size_t find_row(const relcoord_result *result, const char *name, const char *keys)
{
    const relcoord_table *table = find_table(result, name);
    size_t row = 0, count = rows_with(result, name, keys);
    ck_assert_msg(count == 1, "%zu rows of %s with %s", count, name, keys);
    while (!row_matches(table, row, keys))
        row++;
    return row;
}

double number_at(const relcoord_result *result, const char *name, const char *keys,
                 const char *column)
{
    size_t row = find_row(result, name, keys);
    const double *values;
    const uint8_t *valid;
    ck_assert_int_eq(
        relcoord_table_doubles(find_table(result, name), column, &values, &valid, NULL),
        RELCOORD_OK);
    return valid[row] ? values[row] : NAN;
}

int64_t integer_at(const relcoord_result *result, const char *name, const char *keys,
                   const char *column)
{
    size_t row = find_row(result, name, keys);
    const int64_t *values;
    const uint8_t *valid;
    ck_assert_int_eq(
        relcoord_table_integers(find_table(result, name), column, &values, &valid, NULL),
        RELCOORD_OK);
    return valid[row] ? values[row] : -1;
}

const char *string_at(const relcoord_result *result, const char *name, const char *keys,
                      const char *column)
{
    size_t row = find_row(result, name, keys);
    const char *const *values;
    const uint8_t *valid;
    ck_assert_int_eq(
        relcoord_table_strings(find_table(result, name), column, &values, &valid, NULL),
        RELCOORD_OK);
    return valid[row] ? values[row] : "";
}

/* ---- Comparing ---- */

void expect_near(const char *name, double got, double wanted, double tolerance)
{
    double room = tolerance * fmax(1, fabs(wanted));
    if (isnan(got) && isnan(wanted))
        return;
    ck_assert_msg(fabs(got - wanted) <= room, "%s: %.17g, expected %.17g, off by %.3g of %.3g",
                  name, got, wanted, got - wanted, room);
}

void expect_same_text(const char *name, const char *got, const char *wanted)
{
    size_t at = 0, start;
    while (got[at] && got[at] == wanted[at])
        at++;
    start = at > 60 ? at - 60 : 0;
    ck_assert_msg(got[at] == wanted[at], "%s: at byte %zu '%.120s', expected '%.120s'", name, at,
                  got + start, wanted + start);
}

int rounds(int count)
{
    const char *preloaded = getenv("LD_PRELOAD");
    return preloaded && strstr(preloaded, "vgpreload") ? count / 20 + 1 : count;
}

int stop_later(void *left, double share)
{
    int *reports = left;
    ck_assert(share >= 0 && share <= 1);
    return --*reports < 0;
}

int listen(void *user, double share)
{
    listener *l = user;
    ck_assert_msg(share >= l->last && share <= 1, "share %g after %g", share, l->last);
    l->last = share;
    return ++l->heard == l->stop_at;
}

/* ---- Invented surveys ---- */

uint64_t random_bits(uint64_t *seed)
{
    uint64_t x = *seed += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

uint32_t random_below(uint64_t *seed, uint32_t count)
{
    return (uint32_t)((random_bits(seed) >> 32) * count >> 32);
}

static char *copy_text(const char *text)
{
    char *copy = malloc(strlen(text) + 1);
    ck_assert_ptr_nonnull(copy);
    return strcpy(copy, text);
}

/* One row: the respondent's columns, then answers that lean to a level of the respondent's own. */
static char *invent_row(const survey_plan *plan, const char *respondent, uint32_t target,
                        uint32_t level, uint64_t *seed)
{
    char row[256];
    int length = snprintf(row, sizeof row, "%s,g%u", respondent, (unsigned)target + 1);
    for (int item = 0; item < 7; item++) {
        uint32_t answer = 1 + (level + random_below(seed, 4)) % 5;
        bool missing = random_below(seed, 100) < plan->missing;
        length += snprintf(row + length, sizeof row - (size_t)length, missing ? "," : ",%u",
                           (unsigned)answer);
    }
    snprintf(row + length, sizeof row - (size_t)length, "\n");
    return copy_text(row);
}

survey_rows rows_invent(const survey_plan *plan)
{
    uint32_t waves = plan->waves ? plan->waves : 1;
    uint64_t seed = plan->seed;
    survey_rows rows = {
        .rows = malloc((size_t)plan->respondents * waves * plan->targets * sizeof(char *))};
    char header[256];
    ck_assert_ptr_nonnull(rows.rows);
    snprintf(
        header, sizeof header,
        "respondent,workgroup%s%s%s,target,frequent,timely,accurate,problem_solving,shared_goals,"
        "shared_knowledge,mutual_respect\n",
        plan->units ? ",unit" : "", plan->waves ? ",wave" : "", plan->weights ? ",weight" : "");
    rows.header = copy_text(header);
    for (uint32_t i = 0; i < plan->respondents; i++)
        for (uint32_t wave = 0; wave < waves; wave++) {
            char who[128];
            int length = snprintf(who, sizeof who, "r%u,g%u", (unsigned)i + 1,
                                  (unsigned)(i % plan->workgroups) + 1);
            uint32_t level = random_below(&seed, 5), weight = random_below(&seed, 8);
            if (plan->units)
                length += snprintf(who + length, sizeof who - (size_t)length, ",u%u",
                                   (unsigned)(i / 3 % plan->units) + 1);
            if (plan->waves)
                length += snprintf(who + length, sizeof who - (size_t)length, ",w%u",
                                   (unsigned)wave + 1);
            if (plan->weights) /* the first must not be 0, for all must not */
                snprintf(who + length, sizeof who - (size_t)length, ",%u.%u",
                         (unsigned)(i ? weight / 2 : 1), (unsigned)(weight % 2) * 5);
            for (uint32_t target = 0; target < plan->targets; target++)
                if (target == 0 || random_below(&seed, 8))
                    rows.rows[rows.count++] = invent_row(plan, who, target, level, &seed);
        }
    return rows;
}

void rows_shuffle(survey_rows *rows, uint64_t seed)
{
    for (size_t i = rows->count; i > 1; i--) {
        size_t other = random_below(&seed, (uint32_t)i);
        char *row = rows->rows[i - 1];
        rows->rows[i - 1] = rows->rows[other];
        rows->rows[other] = row;
    }
}

char *rows_text(const survey_rows *rows, size_t first, size_t end)
{
    size_t length = strlen(rows->header), at;
    char *text;
    for (size_t i = first; i < end; i++)
        length += strlen(rows->rows[i]);
    text = malloc(length + 1);
    ck_assert_ptr_nonnull(text);
    at = strlen(strcpy(text, rows->header));
    for (size_t i = first; i < end; i++)
        at += strlen(strcpy(text + at, rows->rows[i]));
    return text;
}

void rows_free(survey_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        free(rows->rows[i]);
    free(rows->rows);
    free(rows->header);
    memset(rows, 0, sizeof *rows);
}

char *csv_invent(const survey_plan *plan)
{
    survey_rows rows = rows_invent(plan);
    char *text = rows_text(&rows, 0, rows.count);
    rows_free(&rows);
    return text;
}

/* ---- A heap that counts and fails ---- */

static struct {
    atomic_int_fast64_t asked, alive;
    int64_t fail_from, fail_to;
} heap;

static bool heap_refuses(void)
{
    int64_t number = atomic_fetch_add(&heap.asked, 1) + 1;
    return heap.fail_from && number >= heap.fail_from && number <= heap.fail_to;
}

static void *heap_allocate(void *user, size_t size)
{
    void *block = heap_refuses() ? NULL : malloc(size);
    (void)user;
    if (block)
        atomic_fetch_add(&heap.alive, 1);
    return block;
}

static void *heap_reallocate(void *user, void *block, size_t size)
{
    void *moved = heap_refuses() ? NULL : realloc(block, size);
    (void)user;
    if (moved && !block)
        atomic_fetch_add(&heap.alive, 1);
    return moved;
}

static void heap_release(void *user, void *block)
{
    (void)user;
    if (block)
        atomic_fetch_sub(&heap.alive, 1);
    free(block);
}

void heap_start(void)
{
    atomic_store(&heap.alive, 0);
    heap_fail(0, 0);
    ck_assert_int_eq(
        relcoord_set_allocator(heap_allocate, heap_reallocate, heap_release, NULL, NULL),
        RELCOORD_OK);
}

void heap_fail(int64_t from, int64_t to)
{
    atomic_store(&heap.asked, 0);
    heap.fail_from = from;
    heap.fail_to = to;
}

int64_t heap_asked(void)
{
    return atomic_load(&heap.asked);
}

int64_t heap_fail_each(relcoord_status (*task)(void *context), void *context,
                       relcoord_status wanted, int most)
{
    int64_t alive = heap_alive(), without = 0, count;
    heap_fail(0, 0);
    ck_assert_int_eq(task(context), wanted);
    count = heap_asked();
    ck_assert_int_gt(count, 8);
    for (int64_t n = 1; n <= count; n += n < rounds(most) ? 1 : 1 + n / rounds(20))
        for (int forever = 0; forever < 2; forever++) {
            relcoord_status status;
            heap_fail(n, forever ? INT64_MAX : n);
            status = task(context);
            heap_fail(0, 0);
            ck_assert_msg(status == RELCOORD_ENOMEM || status == wanted,
                          "allocation %" PRId64 ": status %d", n, (int)status);
            without += status != RELCOORD_ENOMEM;
            ck_assert_msg(heap_alive() == alive, "allocation %" PRId64 ": %" PRId64 " blocks left",
                          n, heap_alive() - alive);
        }
    return without;
}

int64_t heap_alive(void)
{
    return atomic_load(&heap.alive);
}

void heap_stop(void)
{
    relcoord_set_allocator(NULL, NULL, NULL, NULL, NULL);
}
