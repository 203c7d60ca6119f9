#include "analyses/coupling/empty.h"

#include <string.h>

/* Whether an item of a role and scale is in the codebook, and with a target, where one is
 * needed. */
static bool has_item(const relcoord_survey *s, codebook_role role, const char *of, bool target)
{
    for (size_t i = 0; i < s->item_count; i++) {
        const codebook_entry *e = s->items[i].entry;
        if (e->role == role && strcmp(e->scale, of) == 0 && (!target || *e->target))
            return true;
    }
    return false;
}

static bool has_context(const relcoord_survey *s)
{
    return has_item(s, ROLE_ITEM, "rc_context", false)
           || has_item(s, ROLE_ITEM, "own_discipline", false);
}

static const char *why_no_ties(const relcoord_survey *s, const char *otherwise)
{
    if (s->asked_count == 0)
        return "no rows: no answers about workgroups; items of scale 'rc' about each workgroup "
               "fill it";
    if (!s->attributes[COLUMN_WORKGROUP].present)
        return "no rows: nobody's own workgroup is known; a column of role workgroup fills it";
    return otherwise;
}

static const char *why_no_gaps(const relcoord_survey *s)
{
    const attribute *roles = &s->attributes[COLUMN_ROLE];
    if (!roles->present || roles->multiple)
        return "no rows: the data have no roles; a column of role role, its values from the top "
               "down, fills it";
    return "no rows: nobody's role is known";
}

static const char *why_no_states(const relcoord_survey *s)
{
    if (!has_item(s, ROLE_OUTCOME, "coupling", true))
        return "no rows: no outcome of scale 'coupling' names a target; a row of role outcome for "
               "each workgroup fills it";
    return why_no_ties(s, "no rows: nobody says whether work with another workgroup is coupled");
}

static const char *why_no_zones(const relcoord_survey *s)
{
    if (!has_item(s, ROLE_ITEM, "exchange_zone", true))
        return "no rows: no item of scale 'exchange_zone' names a target; an item for each "
               "workgroup fills it";
    return why_no_ties(s, "no rows: nobody says whether there is an exchange zone with another "
                          "workgroup");
}

static const char *why_no_context(const relcoord_survey *s)
{
    if (!has_context(s))
        return "no rows: no items of context; items of scale 'rc_context' or 'own_discipline' fill "
               "it";
    return why_no_ties(s, "no rows: nobody has answered");
}

const char *coupling_why_empty(const relcoord_survey *s, const char *table)
{
    if (strcmp(table, "levels") == 0)
        return "no rows: the items have fewer than two levels; the column level of the items of "
               "scale 'coupling' fills it";
    if (strcmp(table, "gaps") == 0)
        return why_no_gaps(s);
    if (strcmp(table, "pairs") == 0)
        return why_no_ties(s, "no rows: nobody rates another workgroup that answers");
    if (strcmp(table, "points") == 0 || strcmp(table, "precondition") == 0)
        return why_no_ties(s, "no rows: nobody rates a workgroup that answers");
    if (strcmp(table, "states") == 0)
        return why_no_states(s);
    if (strcmp(table, "zones") == 0)
        return why_no_zones(s);
    if (strcmp(table, "context") == 0)
        return why_no_context(s);
    if (strcmp(table, "forms") == 0)
        return "no rows: no items of scale 'collaboration_form'; items of that scale, whose values "
               "are the forms, fill it";
    return NULL;
}

/* ---- Functions ---- */

bool coupling_note_unasked(relcoord_table *table, const coupling_scale *s)
{
    bool any = false;
    for (int f = 0; f < FUNCTION_COUNT; f++)
        if (s->asked[f] == 0) {
            table_add_named_note(table, "function_not_asked", coupling_functions[f]);
            any = true;
        }
    return any;
}

void coupling_explain_unasked(relcoord_result *result, const coupling_scale *s)
{
    for (int f = 0; f < FUNCTION_COUNT; f++)
        if (s->asked[f] == 0)
            result_add_note(result,
                            "the codebook has no item of the function '%s': indices, breadth and "
                            "precondition need all four; items of scale 'coupling' with that "
                            "dimension give it",
                            coupling_functions[f]);
}
