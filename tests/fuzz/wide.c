/* A codebook and the data that it describes, told apart by a line of three hyphens; without one,
 * data alone. The first byte says in pieces of what size the data arrive (0: of 1 to 7 bytes in
 * turn), the second with what options. Beyond not crashing: pieces and the whole give the same
 * results or the same fault, a redacted fault stands in the same place, an analysis ends in a
 * result or a message, and nothing stays allocated. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "fuzz/entry.h"
#include "relcoord.h"

/* ---- The input's parts ---- */

static const char mark[] = "\n---\n";

typedef struct input {
    uint8_t how, options;
    pieces codebook, data; /* codebook.bytes NULL: none */
} input;

static input split(const uint8_t *data, size_t size)
{
    const size_t length = sizeof mark - 1;
    input in = {data[0], data[1], {NULL, 0, 0}, {data + 2, size - 2, 0}};
    for (size_t i = 2; i + length <= size; i++)
        if (memcmp(data + i, mark, length) == 0) {
            in.codebook = (pieces){data + 2, i - 2, 0};
            in.data = (pieces){data + i + length, size - i - length, 0};
            break;
        }
    return in;
}

static void expect_placed_message(relcoord_status status, const relcoord_error *error)
{
    expect_message(status, error);
    EXPECT(error->line >= 0 && error->row >= 0 && (error->row == 0 || error->line > 0));
}

static relcoord_options *read_options(const input *in, bool redact)
{
    static const char *const decimals[] = {"auto", "point", "comma", "auto"};
    static const char *const duplicates[] = {"stop", "first", "last", "first"};
    relcoord_options *options = NULL;
    EXPECT(relcoord_options_new("read", &options, NULL) == RELCOORD_OK);
    EXPECT(relcoord_options_set(options, "invalid", in->options & 1 ? "missing" : "stop", NULL)
           == RELCOORD_OK);
    EXPECT(relcoord_options_set(options, "duplicates", duplicates[in->options >> 1 & 3], NULL)
           == RELCOORD_OK);
    EXPECT(relcoord_options_set(options, "decimal", decimals[in->options >> 3 & 3], NULL)
           == RELCOORD_OK);
    EXPECT(relcoord_options_set(options, "redact_values", redact ? "true" : "false", NULL)
           == RELCOORD_OK);
    return options;
}

/* ---- Results ---- */

static int add_to_hash(void *user, const char *bytes, size_t size)
{
    uint64_t *hash = user;
    for (size_t i = 0; i < size; i++)
        *hash = (*hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001B3);
    return 0;
}

static void run_analysis(const relcoord_survey *survey, const analysis *a, const char *by,
                         uint64_t *hash)
{
    static const char *const formats[] = {"json", "text", "html"};
    relcoord_options *options = options_for(a, by);
    relcoord_result *result = NULL;
    relcoord_error error = {0};
    relcoord_status status = relcoord_run(survey, a->name, options, &result, &error);
    relcoord_options_free(options);
    if (status) {
        EXPECT(status == RELCOORD_EOPTION || status == RELCOORD_EUSAGE
               || status == RELCOORD_EDATA); /* what the codebook says is not what it takes */
        expect_placed_message(status, &error);
        return;
    }
    for (size_t f = 0; f < sizeof formats / sizeof *formats; f++)
        EXPECT(relcoord_write(result, formats[f], NULL, add_to_hash, hash, NULL) == RELCOORD_OK);
    relcoord_result_free(result);
}

/* The hash of all results, or of the fault; *fault is how it was told. */
static uint64_t analyse(const input *in, const relcoord_codebook *codebook, size_t piece,
                        bool redact, relcoord_error *fault)
{
    static const char *const groupings[] = {"", "wave", "unit,wave", "team,wave",
                                            "workgroup,team,unit,wave"};
    pieces source = in->data;
    relcoord_survey *survey = NULL;
    relcoord_options *options = read_options(in, redact);
    uint64_t hash = 1;
    relcoord_status status;
    memset(fault, 0, sizeof *fault);
    source.piece = piece;
    EXPECT(relcoord_options_set_codebook(options, codebook, NULL) == RELCOORD_OK);
    status = relcoord_survey_read_source(next_piece, &source, "data", options, &survey, fault);
    relcoord_options_free(options);
    if (status) {
        EXPECT(status == RELCOORD_EDATA && !survey);
        expect_placed_message(status, fault);
        add_to_hash(&hash, fault->message, strlen(fault->message) + 1);
        add_to_hash(&hash, fault->column, strlen(fault->column) + 1);
        return hash * 31 + (uint64_t)fault->line * 7 + (uint64_t)fault->row;
    }
    for (size_t a = 0; analysis_registry[a]; a++)
        for (size_t g = 0; g < sizeof groupings / sizeof *groupings; g++)
            run_analysis(survey, analysis_registry[a], groupings[g], &hash);
    relcoord_survey_free(survey);
    return hash;
}

/* ---- The whole ---- */

static void compare(const input *in, const relcoord_codebook *codebook)
{
    relcoord_error plain, other;
    uint64_t whole = analyse(in, codebook, 0, false, &plain);
    size_t first = in->how % 32, last = first;
    if (first == 0 && in->data.left < 4096) {
        first = 1;
        last = 7;
    }
    for (size_t piece = first; piece <= last; piece++)
        EXPECT(analyse(in, codebook, piece, false, &other) == whole);
    analyse(in, codebook, 0, true, &other);
    EXPECT(other.status == plain.status && other.line == plain.line && other.row == plain.row);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    relcoord_codebook *codebook = NULL;
    relcoord_error error = {0};
    input in;
    count_blocks();
    if (size < 2)
        return 0;
    in = split(data, size);
    if (in.codebook.bytes
        && relcoord_codebook_read_source(next_piece, &in.codebook, "book", NULL, &codebook, &error))
        expect_placed_message((relcoord_status)error.status, &error);
    else
        compare(&in, codebook);
    relcoord_codebook_free(codebook);
    EXPECT(alive == 0);
    return 0;
}
