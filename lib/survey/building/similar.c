#include "survey/building/similar.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

enum { MOST_SHOWN = 5 };

/* Adds a label without blanks, its letters small: those of ASCII and of Latin-1, which has the
 * Danish ones (their second bytes are 80 to 9E, but 97 is the sign for times). */
static void add_folded(text *out, const char *label)
{
    for (; *label; label++) {
        unsigned char c = (unsigned char)*label, next = (unsigned char)label[1];
        char small = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : (char)c;
        bool of_latin = c == 0xC3 && next >= 0x80 && next <= 0x9E && next != 0x97;
        if (c == ' ' || c == '\t')
            continue;
        if (c == 0xC2 && next == 0xA0) { /* the blank that does not break */
            label++;
            continue;
        }
        text_add_bytes(out, &small, 1);
        if (of_latin) {
            small = (char)(next + 0x20);
            text_add_bytes(out, &small, 1);
            label++;
        }
    }
}

/* Adds a pair to those that are shown. */
static void add_pair(const builder *b, const char *first, const char *other, int count, text *shown)
{
    char words[2][SHOWN_SIZE];
    if (count > MOST_SHOWN)
        return;
    if (count == MOST_SHOWN) {
        text_add(shown, ", \xE2\x80\xA6");
        return;
    }
    text_add(shown, count ? ", " : "");
    text_add_format(shown, "%s / %s", reader_shown(&b->at, first, strlen(first), words[0]),
                    reader_shown(&b->at, other, strlen(other), words[1]));
}

/* Lists the labels that are like an earlier one; returns how many there are, or -1 when memory runs
 * out. */
static int list_similar(const builder *b, const label_list *labels, text *shown)
{
    intern seen = {0};
    uint32_t *first = memory_new(labels->count, sizeof *first);
    text folded = {0};
    int count = 0;
    bool done = first != NULL;
    for (uint32_t i = 0; i < labels->count && done; i++) {
        uint32_t before = seen.count, id;
        text_clear(&folded);
        add_folded(&folded, labels->names[i]);
        id = folded.failed ? INTERN_FULL
                           : intern_add(&seen, folded.bytes ? folded.bytes : "", folded.length);
        done = id != INTERN_FULL;
        if (done && id == before)
            first[id] = i;
        else if (done)
            add_pair(b, labels->names[first[id]], labels->names[i], count++, shown);
    }
    intern_free(&seen);
    text_free(&folded);
    memory_free(first);
    return done && !shown->failed ? count : -1;
}

static relcoord_status note_column(builder *b, attribute *a, relcoord_error *err)
{
    text shown = {0}, note = {0};
    int count = list_similar(b, &a->labels, &shown);
    a->similar = count > 0;
    if (count > 0) {
        text_add_format(
            &note, "labels of '%s' that differ only in letter case or blanks, and are kept apart: ",
            a->name);
        if (b->at.redact)
            text_add_integer(&note, count);
        else
            text_add(&note, shown.bytes);
        count = builder_add_note(b, &note) ? -1 : count;
    }
    text_free(&shown);
    text_free(&note);
    return count < 0 ? fail_memory(err) : RELCOORD_OK;
}

relcoord_status finish_note_similar(builder *b, relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    for (size_t i = 0; i < b->survey->attribute_count && !status; i++)
        if (b->survey->attributes[i].present)
            status = note_column(b, &b->survey->attributes[i], err);
    return status;
}
