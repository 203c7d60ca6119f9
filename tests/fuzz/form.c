/* CSV bytes as the tables of a form: a structure and labels, apart by a line of three hyphens. The
 * first byte says in pieces of what size they arrive. Beyond not crashing: a fault has a message, a
 * form keeps what form.h promises and a codebook can be drafted by it and read back, pieces and the
 * whole give the same, and nothing stays allocated. */
#include "drafting/form.h"

#include "base/text.h"
#include "base/utf8.h"
#include "codebook/codebook.h"
#include "drafting/draft.h"
#include "fuzz/entry.h"

static uint64_t hash_text(uint64_t hash, const char *bytes)
{
    EXPECT(utf8_valid_prefix(bytes, strlen(bytes)) == strlen(bytes));
    for (; *bytes; bytes++)
        hash = (hash ^ (unsigned char)*bytes) * UINT64_C(0x100000001B3);
    return hash * 31 + 1;
}

/* ---- What form.h promises ---- */

static uint64_t check_variable(const form_variable *v, uint64_t hash)
{
    EXPECT(*v->name && (v->in_table[FORM_STRUCTURE] || v->in_table[FORM_LABELS]));
    hash = hash_text(hash_text(hash_text(hash, v->name), v->question), v->text);
    hash = hash_text(hash, v->option) + v->differs + 2u * v->multiple;
    for (size_t i = 0; i < v->count; i++) {
        EXPECT(*v->choices[i].value);
        hash = hash_text(hash_text(hash, v->choices[i].value), v->choices[i].text);
        for (size_t j = 0; j < i && v->count < 50; j++) {
            EXPECT(!form_value_is(&v->choices[i], v->choices[j].value));
            EXPECT(!*v->choices[i].text || strcmp(v->choices[i].text, v->choices[j].text) != 0);
        }
    }
    return hash;
}

/* ---- A draft by it ---- */

static void add_cell(text *line, const char *bytes)
{
    text_add(line, line->length && line->bytes[line->length - 1] != '\n' ? ",\"" : "\"");
    for (; *bytes; bytes++)
        text_add_bytes(line, *bytes == '"' ? "\"\"" : bytes, *bytes == '"' ? 2 : 1);
    text_add(line, "\"");
}

/* The rows can be read as a codebook: no guess contradicts another. */
static void read_back(const codebook_draft *d)
{
    text book = {0};
    relcoord_codebook *codebook = NULL;
    relcoord_error error = {0};
    relcoord_status status;
    pieces source;
    text_add(&book, "variable,role,scale,dimension,target,values,label_en,label_da\n");
    for (size_t i = 0; i < d->row_count; i++) {
        const draft_row *r = &d->rows[i];
        const char *const cells[] = {r->variable,
                                     r->role,
                                     r->scale,
                                     r->dimension,
                                     r->target,
                                     r->values,
                                     r->labels[ENGLISH] ? r->labels[ENGLISH] : "",
                                     r->labels[DANISH] ? r->labels[DANISH] : ""};
        for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
            add_cell(&book, cells[c]);
        text_add(&book, "\n");
    }
    EXPECT(!book.failed);
    source = (pieces){(const uint8_t *)book.bytes, book.length, 0};
    status = relcoord_codebook_read_source(next_piece, &source, "draft", NULL, &codebook, &error);
    if (status)
        fprintf(stderr, "line %d: %s: %s\n%s", (int)error.line, error.column, error.message,
                book.bytes);
    EXPECT(status == RELCOORD_OK);
    relcoord_codebook_free(codebook);
    text_free(&book);
}

/* Data of the form's own variables: a few rows of digits. */
static void draft_by(const survey_form *f)
{
    text data = {0};
    profile p;
    codebook_draft d;
    size_t count = f->count < 40 ? f->count : 40;
    for (size_t i = 0; i < count; i++)
        add_cell(&data, f->variables[i].name);
    for (size_t row = 0; row < 4; row++) {
        text_add(&data, "\n");
        for (size_t i = 0; i < count; i++)
            add_cell(&data, row > 1 && f->variables[i].count ? f->variables[i].choices[0].value
                            : row == i % 2                   ? "0"
                                                             : "1");
    }
    text_add(&data, "\n");
    EXPECT(!data.failed);
    if (profile_read_source(&p, next_piece, &(pieces){(const uint8_t *)data.bytes, data.length, 0},
                            NULL, NULL)
        == RELCOORD_OK) {
        draft_make(&p, f, &d);
        EXPECT(!d.failed);
        if (d.row_count > 0)
            read_back(&d);
        draft_free(&d);
    }
    profile_free(&p);
    text_free(&data);
}

/* ---- Reading ---- */

static uint64_t read_table(survey_form *f, form_table table, const uint8_t *bytes, size_t size,
                           size_t piece, bool *read)
{
    relcoord_error error = {0};
    pieces source = {bytes, size, piece};
    relcoord_status status = form_read_source(f, table, next_piece, &source, &error);
    *read = status == RELCOORD_OK;
    if (*read)
        return 1;
    EXPECT(status == RELCOORD_EDATA && error.status == (int32_t)status && *error.message
           && error.line >= 0);
    return hash_text(hash_text(7, error.message), error.column) + (uint64_t)error.line;
}

static const uint8_t *find_labels(const uint8_t *data, size_t size)
{
    for (size_t i = 0; i + 5 <= size; i++)
        if (memcmp(data + i, "\n---\n", 5) == 0)
            return data + i;
    return data + size;
}

static uint64_t read_form(const uint8_t *data, size_t size, size_t piece)
{
    const uint8_t *middle = find_labels(data, size);
    size_t first = (size_t)(middle - data), skip = first < size ? 5 : 0;
    survey_form f = {.count = 0};
    bool structure = true, labels = true;
    uint64_t hash = 1;
    if (first > 0)
        hash = read_table(&f, FORM_STRUCTURE, data, first, piece, &structure);
    if (structure && first + skip < size)
        hash = hash * 31
               + read_table(&f, FORM_LABELS, data + first + skip, size - first - skip, piece,
                            &labels);
    for (size_t i = 0; i < f.count && structure && labels; i++)
        hash = check_variable(&f.variables[i], hash);
    if (piece == 0 && structure && labels && f.count > 0)
        draft_by(&f);
    form_free(&f);
    return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return expect_same_in_pieces(read_form, data, size);
}
