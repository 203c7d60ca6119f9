#include "engine/people/numbers.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

const survey_item *numbers_find(const relcoord_survey *s, const char *name)
{
    for (size_t i = 0; i < s->item_count; i++)
        if (strcmp(s->items[i].entry->variable, name) == 0)
            return &s->items[i];
    return NULL;
}

relcoord_status numbers_refuse(const relcoord_survey *s, const char *option, const char *name,
                               relcoord_error *err)
{
    const char *near = NULL, **names = memory_new(s->item_count, sizeof *names);
    for (size_t i = 0; names && i < s->item_count; i++)
        names[i] = s->items[i].entry->variable;
    near = names ? relcoord_nearest(name, names, s->item_count) : NULL;
    memory_free(names);
    if (!names)
        return fail_memory(err);
    if (near)
        return fail_option(
            err, option,
            "'%.100s' is not a column that each person answers once; did you mean '%.100s'?", name,
            near);
    return fail_option(err, option, "'%.100s' is not a column that each person answers once", name);
}

bool numbers_are_there(const survey_item *item)
{
    for (size_t i = 0; item->codes && i < item->codes->count; i++)
        if (item->codes->codes[i].kind == CODE_SCORE)
            return true;
    return !item->codes;
}

double number_of_person(const survey_item *item, uint32_t participation)
{
    uint8_t place = item->codes ? item->places[participation] : 0;
    if (!item->codes)
        return item->numbers[participation];
    if (place == 0 || item->codes->codes[place - 1].kind != CODE_SCORE)
        return NAN;
    return item->codes->codes[place - 1].score;
}
