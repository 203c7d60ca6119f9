/* What a field of the data means by a list of codes. */
#include "codebook/code.h"

#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "source/reader.h"

void code_list_free(code_list *list)
{
    memory_free(list->codes);
    *list = (code_list){0, NULL};
}

size_t code_list_find(const code_list *list, const char *bytes, size_t length, char decimal_mark)
{
    double number;
    reader_trim(&bytes, &length);
    for (size_t i = 0; i < list->count; i++)
        if (strlen(list->codes[i].presented) == length
            && memcmp(list->codes[i].presented, bytes, length) == 0)
            return i;
    if (!number_parse_marked(bytes, length, decimal_mark, &number))
        return list->count;
    for (size_t i = 0; i < list->count; i++)
        if (list->codes[i].numeric && list->codes[i].number == number)
            return i;
    return list->count;
}

const char *code_name(const code *c)
{
    return *c->labels[ENGLISH]  ? c->labels[ENGLISH]
           : *c->labels[DANISH] ? c->labels[DANISH]
                                : c->presented;
}
