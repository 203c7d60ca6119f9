#include "drafting/compose_names.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "codebook/code.h"
#include "codebook/names.h"

enum { PARTS = 1 + LABEL_LANGUAGES };

/* The levels that coupling competence is known at, as items have them. */
static const composed_name known_levels[] = {
    {"individual", {"individual", "individ"}},
    {"group", {"group", "gruppe"}},
    {"organisation", {"organisation", "organisation"}},
    {"management", {"management", "ledelse"}},
};

static const composed_name *known_level(const char *name)
{
    for (size_t i = 0; i < sizeof known_levels / sizeof *known_levels; i++)
        for (int l = 0; l < LABEL_LANGUAGES; l++)
            if (heading_is(name, strlen(name), known_levels[i].labels[l]))
                return &known_levels[i];
    return NULL;
}

/* Without the blanks around it; NULL when memory runs out. */
static const char *keep_trimmed(intern *strings, const char *start, const char *end)
{
    uint32_t id;
    while (start < end && *start == ' ')
        start++;
    while (end > start && end[-1] == ' ')
        end--;
    id = intern_add(strings, start, (size_t)(end - start));
    return id == INTERN_FULL ? NULL : strings->strings[id];
}

/* One entry, from its start to its end. */
static relcoord_status read_name(intern *strings, const char *start, const char *end,
                                 const char *option, composed_name *out, relcoord_error *err)
{
    const char *parts[PARTS] = {"", "", ""};
    const composed_name *known;
    int count = 0;
    for (const char *part = start; part <= end && count < PARTS; count++) {
        const char *bar = memchr(part, '|', (size_t)(end - part)), *stop = bar ? bar : end;
        parts[count] = keep_trimmed(strings, part, stop);
        if (!parts[count])
            return fail_memory(err);
        part = stop + 1;
        if (bar && count == PARTS - 1)
            return fail_option(err, option, "'%.60s' in option '%s' has more than two labels",
                               parts[0], option);
    }
    if (!*parts[0])
        return fail_option(err, option, "option '%s' has an entry without a name", option);
    if (strpbrk(parts[0], "=\\{}"))
        return fail_option(err, option,
                           "'%.60s' in option '%s' has one of the characters = \\ { }, which no "
                           "name may have",
                           parts[0], option);
    *out = (composed_name){parts[0], {parts[1], parts[2]}};
    known = strcmp(option, "levels") == 0 ? known_level(parts[0]) : NULL;
    if (known)
        out->code = known->code;
    for (int l = 0; l < LABEL_LANGUAGES; l++)
        if (!*out->labels[l])
            out->labels[l] = known ? known->labels[l] : *parts[1] ? parts[1] : parts[0];
    return RELCOORD_OK;
}

static relcoord_status add_name(composed_names *names, const composed_name *name,
                                const char *option, relcoord_error *err)
{
    void *list = names->list;
    for (size_t i = 0; i < names->count; i++) {
        const composed_name *other = &names->list[i];
        if (strcmp(other->code, name->code) == 0
            || strcmp(other->labels[ENGLISH], name->labels[ENGLISH]) == 0
            || strcmp(other->labels[DANISH], name->labels[DANISH]) == 0)
            return fail_option(err, option, "option '%s' names '%.60s' twice", option, name->code);
    }
    if (names->count == MOST_CODES)
        return fail_option(err, option, "option '%s' has more than %d entries", option, MOST_CODES);
    if (!memory_reserve(&list, &names->capacity, names->count + 1, sizeof *name))
        return fail_memory(err);
    names->list = list;
    names->list[names->count++] = *name;
    return RELCOORD_OK;
}

relcoord_status compose_read_names(const relcoord_options *options, const char *option,
                                   intern *strings, composed_names *names, relcoord_error *err)
{
    const char *at = options_text(options, option);
    relcoord_status status = RELCOORD_OK;
    while (*at && !status) {
        const char *end = at + strcspn(at, ";");
        composed_name name;
        status = read_name(strings, at, end, option, &name, err);
        if (!status)
            status = add_name(names, &name, option, err);
        at = *end ? end + 1 : end;
    }
    return status;
}
