/* Text that grows, as the parts of a workbook bring it. */
#include "workbook/cell_text.h"

#include <stdlib.h>
#include <string.h>

void foreign_text_add(cell_text *t, const char *bytes, size_t size)
{
    if (!t->fault && size > LONGEST_CELL - t->length)
        t->fault = RELCOORD_EDATA;
    if (t->fault)
        return;
    if (t->length + size >= t->capacity) {
        const size_t capacity = 2 * (t->length + size) + 64;
        char *grown = realloc(t->bytes, capacity);
        if (!grown) {
            t->fault = RELCOORD_ENOMEM;
            return;
        }
        t->bytes = grown;
        t->capacity = capacity;
    }
    memcpy(t->bytes + t->length, bytes, size);
    t->length += size;
    t->bytes[t->length] = 0;
}

void foreign_text_clear(cell_text *t)
{
    t->length = 0;
    if (t->bytes)
        t->bytes[0] = 0;
}

const char *foreign_text(const cell_text *t)
{
    return t->bytes ? t->bytes : "";
}
