/* CSV bytes as a codebook. The first byte says in pieces of what size the rest arrives, and what
 * decimal mark is asked for. Beyond not crashing: a fault has a message, a codebook keeps what
 * codebook.h promises, pieces and the whole give the same, and nothing stays allocated. */
#include "codebook/codebook.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "fuzz/entry.h"

/* ---- What codebook.h promises ---- */

static uint64_t hash_text(uint64_t hash, const char *bytes)
{
    EXPECT(utf8_valid_prefix(bytes, strlen(bytes)) == strlen(bytes));
    for (; *bytes; bytes++)
        hash = (hash ^ (unsigned char)*bytes) * UINT64_C(0x100000001B3);
    return hash * 31 + 1;
}

static uint64_t check_codes(const code_list *list, uint64_t hash)
{
    EXPECT(list->count <= MOST_CODES);
    for (size_t i = 0; i < list->count; i++) {
        const code *c = &list->codes[i];
        EXPECT(*c->presented && *code_name(c) && isfinite(c->score));
        EXPECT(c->kind == CODE_SCORE || c->score == 0);
        EXPECT(code_list_find(list, c->presented, strlen(c->presented), '.')
               == i); /* each value is one code's */
        hash = hash_text(hash, c->presented) + (uint64_t)c->kind;
        for (int l = 0; l < LANGUAGE_COUNT; l++)
            hash = hash_text(hash, c->labels[l]);
    }
    return hash;
}

static uint64_t check_entry(const codebook_entry *e, uint64_t hash)
{
    bool rc = strcmp(e->scale, "rc") == 0;
    EXPECT(e->line > 1 && e->role < ROLE_COUNT);
    EXPECT(*e->variable || (e->role == ROLE_TARGET && e->values.count > 0));
    EXPECT(e->role != ROLE_ITEM || *e->scale);
    EXPECT(!e->pattern || (rc && e->role == ROLE_ITEM));
    for (size_t i = 0; rc && e->role == ROLE_ITEM && i < e->values.count; i++)
        EXPECT(e->values.codes[i].kind != CODE_SCORE
               || (e->values.codes[i].score >= 1 && e->values.codes[i].score <= 127));
    hash = hash_text(hash_text(hash, e->variable), e->scale);
    hash = hash_text(hash_text(hash, e->dimension), e->target);
    hash = hash_text(hash_text(hash, e->level), e->labels[ENGLISH]);
    return check_codes(&e->values, hash_text(hash, e->labels[DANISH]) + (uint64_t)e->line);
}

/* The hash of a codebook, or of why it is none. */
static uint64_t read_codebook(const uint8_t *data, size_t size, size_t piece, const char *decimal)
{
    pieces source = {data, size, piece};
    relcoord_codebook *codebook = NULL;
    relcoord_options *options = NULL;
    relcoord_error error = {0};
    relcoord_status status;
    uint64_t hash = 1;
    EXPECT(relcoord_options_new("read", &options, NULL) == RELCOORD_OK);
    EXPECT(relcoord_options_set(options, "decimal", decimal, NULL) == RELCOORD_OK);
    status = relcoord_codebook_read_source(next_piece, &source, "fuzz", options, &codebook, &error);
    relcoord_options_free(options);
    if (status) {
        EXPECT(status == RELCOORD_EDATA && !codebook && error.status == (int32_t)status);
        EXPECT(*error.message && error.line >= 0 && error.row >= 0
               && (error.row == 0 || error.line > 0));
        return hash_text(hash_text(hash, error.message), error.column) + (uint64_t)error.line;
    }
    EXPECT(codebook->count > 0);
    for (size_t i = 0; i < codebook->count; i++)
        hash = check_entry(&codebook->entries[i], hash);
    relcoord_codebook_free(codebook);
    return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const decimals[] = {"auto", "point", "comma", "auto"};
    const char *decimal;
    count_blocks();
    if (size == 0)
        return 0;
    decimal = decimals[data[0] / 32 % 4];
    EXPECT(read_codebook(data + 1, size - 1, data[0] % 32, decimal)
           == read_codebook(data + 1, size - 1, 0, decimal));
    EXPECT(alive == 0);
    return 0;
}
