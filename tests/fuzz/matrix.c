/* CSV bytes through everything: survey, every analysis, text and json. The first byte says in
 * pieces of what size the rest arrives. Beyond not crashing: a fault has a message, what is written
 * is valid UTF-8, json in pieces is what it is whole, and nothing stays allocated. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "fuzz/entry.h"
#include "relcoord.h"

/* ---- In and out ---- */

/* Counts and hashes what is written, and checks its UTF-8 across the borders of calls. */
typedef struct sink {
    char tail[8]; /* a character that is not complete yet */
    size_t tail_length, count;
    uint64_t hash;
} sink;

static int check_bytes(void *user, const char *bytes, size_t size)
{
    sink *s = user;
    for (size_t i = 0; i < size; i++) {
        s->hash = (s->hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001B3);
        if (s->tail_length == 0 && (unsigned char)bytes[i] < 0x80)
            continue;
        s->tail[s->tail_length++] = bytes[i];
        if (utf8_valid_prefix(s->tail, s->tail_length) == s->tail_length)
            s->tail_length = 0;
        EXPECT(s->tail_length < 4);
    }
    s->count += size;
    return 0;
}

static uint64_t write_checked(const relcoord_result *result, const char *format)
{
    sink s = {{0}, 0, 0, 0};
    EXPECT(relcoord_write(result, format, NULL, check_bytes, &s, NULL) == RELCOORD_OK);
    EXPECT(s.count > 0 && s.tail_length == 0);
    return s.hash;
}

/* ---- Analyses ---- */

/* Runs by those columns; false when the survey does not have them. Returns the hash of the json in
 * *hash. */
static bool run_by(const relcoord_survey *survey, const analysis *a, const char *by, uint64_t *hash)
{
    relcoord_options *options = options_for(a, by);
    relcoord_result *result = NULL;
    relcoord_error error = {0};
    relcoord_status status;
    status = relcoord_run(survey, a->name, options, &result, &error);
    relcoord_options_free(options);
    if (status) {
        EXPECT(status == RELCOORD_EOPTION
               || status == RELCOORD_EUSAGE); /* no such column; several waves */
        expect_message(status, &error);
        return false;
    }
    *hash = *hash * 31 + write_checked(result, "json");
    write_checked(result, "text");
    relcoord_result_free(result);
    return true;
}

/* The hash of all that a text gives, or 0 when it is refused. */
static uint64_t analyse(const uint8_t *data, size_t size, size_t piece)
{
    static const char *const groupings[] = {"", "wave", "unit,wave", "wave,role",
                                            "workgroup,unit,role,wave"};
    pieces source = {data, size, piece};
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    relcoord_status status = relcoord_survey_read_source(next_piece, &source, "fuzz", NULL, &survey,
                                                         &error);
    uint64_t hash = 1;
    if (status) {
        EXPECT(status == RELCOORD_EDATA && !survey);
        EXPECT(error.line >= 0 && error.row >= 0 && (error.row == 0 || error.line > 0));
        expect_message(status, &error);
        return 0;
    }
    for (size_t a = 0; analysis_registry[a]; a++) {
        bool any = false;
        for (size_t g = 0; g < sizeof groupings / sizeof *groupings; g++)
            any = run_by(survey, analysis_registry[a], groupings[g], &hash) || any;
        EXPECT(any || !needs_ties_alone(analysis_registry[a]));
    }
    relcoord_survey_free(survey);
    return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return expect_same_in_pieces(analyse, data, size);
}
