/* The names of the roles, and sharing a codebook: the last holder to let go frees it. */
#include "codebook/codebook.h"

#include <stdatomic.h>

#include "base/memory.h"

const char *const codebook_role_names[ROLE_COUNT] = {
    "respondent", "workgroup", "target", "unit",   "group", "wave",
    "weight",     "role",      "level",  "status", "item",  "outcome",
};

/* ---- Sharing ---- */

struct codebook_sharing {
    atomic_size_t holders;
    relcoord_codebook *codebook;
};

const relcoord_codebook *codebook_share(const relcoord_codebook *codebook)
{
    atomic_fetch_add(&codebook->sharing->holders, 1);
    return codebook;
}

void codebook_release(const relcoord_codebook *codebook)
{
    if (codebook)
        relcoord_codebook_free(codebook->sharing->codebook);
}

static void destroy(relcoord_codebook *codebook)
{
    for (size_t i = 0; i < codebook->count; i++)
        code_list_free(&codebook->entries[i].values);
    memory_free(codebook->entries);
    inputs_free(&codebook->inputs);
    intern_free(&codebook->strings);
    memory_free(codebook->sharing);
    memory_free(codebook);
}

void relcoord_codebook_free(relcoord_codebook *codebook)
{
    if (codebook && atomic_fetch_sub(&codebook->sharing->holders, 1) == 1)
        destroy(codebook);
}

relcoord_codebook *codebook_new(void)
{
    relcoord_codebook *codebook = memory_zeroed(1, sizeof *codebook);
    if (!codebook)
        return NULL;
    codebook->sharing = memory_new(1, sizeof *codebook->sharing);
    if (!codebook->sharing) {
        memory_free(codebook);
        return NULL;
    }
    atomic_init(&codebook->sharing->holders, 1);
    codebook->sharing->codebook = codebook;
    return codebook;
}
