/* Sharing a register, and freeing surveys, which may hold one. */
#include "survey/register.h"

#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"

struct register_sharing {
    atomic_size_t holders;
    relcoord_register *invited;
    relcoord_survey *people;
};

const relcoord_register *register_share(const relcoord_register *invited)
{
    atomic_fetch_add(&invited->sharing->holders, 1);
    return invited;
}

void register_release(const relcoord_register *invited)
{
    if (invited)
        relcoord_register_free(invited->sharing->invited);
}

static void destroy(relcoord_register *invited)
{
    survey_free_all_but_register(invited->sharing->people);
    memory_free(invited->first);
    memory_free(invited->sharing);
    memory_free(invited);
}

void relcoord_register_free(relcoord_register *invited)
{
    if (invited && atomic_fetch_sub(&invited->sharing->holders, 1) == 1)
        destroy(invited);
}

relcoord_register *register_new(relcoord_survey *people)
{
    relcoord_register *invited = memory_zeroed(1, sizeof *invited);
    struct register_sharing *sharing = memory_new(1, sizeof *sharing);
    uint32_t *first = memory_new(people->respondent_strings.count, sizeof *first);
    if (!invited || !sharing || !first) {
        memory_free(invited);
        memory_free(sharing);
        memory_free(first);
        survey_free_all_but_register(people);
        return NULL;
    }
    atomic_init(&sharing->holders, 1);
    sharing->invited = invited;
    sharing->people = people;
    for (uint32_t p = people->participation_count; p-- > 0;) { /* so that the first is set last */
        const char *name = people->respondents.names[people->respondent[p]];
        first[intern_find(&people->respondent_strings, name, strlen(name))] = p;
    }
    *invited = (relcoord_register){people, first, sharing};
    return invited;
}

void relcoord_survey_free(relcoord_survey *survey)
{
    if (!survey)
        return;
    register_release(survey->invited);
    survey_free_all_but_register(survey);
}
