#include "drafting/guess.h"

#include <string.h>

#include "base/text.h"
#include "survey/matching.h"

enum { LONGEST_STEM = 100 };

void guess_list(guess *of, codebook_role role, const char *reason, unsigned checks)
{
    of->state = GUESS_LISTED;
    of->role = role;
    of->reason = reason;
    of->checks |= checks;
}

void guess_leave(guess *of, const char *reason)
{
    of->state = GUESS_LEFT;
    of->reason = reason;
    of->checks |= 1u << CHECK_NOT_LISTED;
}

bool guess_has_role(const guesses *g, codebook_role role)
{
    for (size_t i = 0; i < g->profile->count; i++)
        if (g->of[i].state == GUESS_LISTED && g->of[i].role == role)
            return true;
    return false;
}

bool guess_is_open(const guesses *g, size_t column)
{
    return g->of[column].state == GUESS_OPEN;
}

const char *guess_stem(guesses *g, const char *name)
{
    size_t length = strlen(name), end = length;
    uint32_t id;
    while (end > 0 && !strchr("_.- /", name[end - 1]))
        end--;
    if (end > 1) {
        end--;
    } else {
        for (end = length; end > 0 && name[end - 1] >= '0' && name[end - 1] <= '9';)
            end--;
    }
    while (end > 0 && strchr("_.- /", name[end - 1]))
        end--;
    if (end == 0 || end > LONGEST_STEM) {
        name = "items";
        end = strlen(name);
    }
    id = intern_add(g->strings, name, end);
    g->failed = g->failed || id == INTERN_FULL;
    return id == INTERN_FULL ? "" : g->strings->strings[id];
}

/* A grouping's name is none of another's. */
static bool is_free_name(const guesses *g, const char *stem)
{
    for (int a = 0; a < ATTRIBUTE_COUNT; a++)
        if (strcmp(stem, column_names[a][0]) == 0)
            return false;
    for (size_t i = 0; i < g->profile->count; i++)
        if (strcmp(stem, g->profile->columns[i].name) == 0)
            return false;
    return true;
}

const char *guess_grouping_name(guesses *g, const char *stem)
{
    text name = {0};
    uint32_t id = INTERN_FULL;
    if (is_free_name(g, stem))
        return stem;
    text_add_format(&name, "%s_groups", stem);
    if (!name.failed)
        id = intern_add(g->strings, name.bytes, name.length);
    text_free(&name);
    g->failed = g->failed || id == INTERN_FULL;
    return id == INTERN_FULL ? "" : g->strings->strings[id];
}

/* A scale's name: rc is relational coordination, which this is not. */
const char *guess_scale_name(const char *stem)
{
    return heading_is(stem, strlen(stem), "rc") ? "rc_items" : stem;
}

void guess_group(guesses *g, guess *of, const char *name, const char *reason)
{
    bool own = false;
    for (int a = 0; a < ATTRIBUTE_COUNT; a++)
        own = own || strcmp(name, column_names[a][0]) == 0;
    if (!own)
        guess_list(of, ROLE_GROUP, reason, 1u << CHECK_ROLE);
    else if (strcmp(name, column_names[COLUMN_STATUS][0]) == 0 && !guess_has_role(g, ROLE_STATUS))
        guess_list(of, ROLE_STATUS, "known_name", 1u << CHECK_ROLE);
    else
        guess_leave(of, "name_taken");
}
