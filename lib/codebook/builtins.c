/* The built-in codebooks by name, each with what it says of itself. */
#include "codebook/builtins.h"

#include <string.h>

#include "codebook/builtin_rows.h"

static const builtin_codebook all[] = {
    {"rc",
     "rc: the names of the seven dimensions, without the survey's wording, which is proprietary, "
     "not a published, validated instrument",
     &builtin_rc},
    {"coupling-short",
     "coupling-short: three competences of each function in relcoord's own operationalisation, not "
     "a published, validated instrument",
     &builtin_coupling_short},
    {"coupling-full",
     "coupling-full: the competences of each function in relcoord's own operationalisation, not a "
     "published, validated instrument",
     &builtin_coupling_full},
    {"context",
     "context: conditions, exchange zones and forms of collaboration in relcoord's own "
     "operationalisation, not a published, validated instrument",
     &builtin_context},
    {"outcome",
     "outcome: whether work is coupled in relcoord's own operationalisation, not a published, "
     "validated instrument",
     &builtin_outcome},
    {"rc-context",
     "rc-context: one question for each condition in relcoord's own operationalisation, not a "
     "published, validated instrument",
     &builtin_rc_context},
    {"social-capital",
     "social-capital: three questions for each of its parts in relcoord's own wording, not a "
     "published, validated instrument",
     &builtin_social_capital},
    {"trust",
     "trust: three questions for each of its forms in relcoord's own wording, not a published, "
     "validated instrument",
     &builtin_trust},
    {"collective-wisdom",
     "collective-wisdom: three questions for each of its parts in relcoord's own wording, not a "
     "published, validated instrument",
     &builtin_collective_wisdom},
    {"collaboration-form",
     "collaboration-form: forms to choose from in relcoord's own operationalisation, not a "
     "published, validated instrument",
     &builtin_collaboration_form},
    {"implementation",
     "implementation: one question for each core element and condition in relcoord's own "
     "operationalisation, not a published, validated instrument",
     &builtin_implementation},
};

const builtin_codebook *builtin_codebook_at(size_t index)
{
    return index < sizeof all / sizeof *all ? &all[index] : NULL;
}

const builtin_codebook *builtin_codebook_of(const char *name)
{
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].name, name) == 0)
            return &all[i];
    return NULL;
}
