#include "analyses/coupling/forms.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/counts/rate.h"

static const column_spec form_columns[] = {
    {"variable", RELCOORD_STRING, RELCOORD_KEY, "item of scale collaboration_form"},
    {"form", RELCOORD_STRING, RELCOORD_KEY, "form of collaboration"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "people who chose it"},
    {"base", RELCOORD_INTEGER, RELCOORD_COUNT, "people who chose one"},
    {"percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "per cent of them"},
    RATE_COLUMNS,
    {NULL, 0, 0, NULL},
};
static const view_spec form_views[] = {
    {VIEW_LIST, "Forms of collaboration", NULL, "variable,form,n,base,percent,ci_low,ci_high,note",
     NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec forms_table = {.name = "forms",
                                .on_request = true,
                                .help = "one form of collaboration",
                                .columns = form_columns,
                                .views = form_views,
                                .labels = "variable"};

static bool is_form(const survey_item *item)
{
    return item->entry->role == ROLE_ITEM && strcmp(item->entry->scale, "collaboration_form") == 0
           && item->codes;
}

static bool is_category(const code *c)
{
    return c->kind == CODE_SCORE || c->kind == CODE_UNSCORED;
}

static void write_form(relcoord_table *table, const coupling_group *g, const survey_item *item,
                       const code *form, int64_t n, int64_t base)
{
    size_t keys = cases_begin_row(table, &g->r->cases, g->group);
    table_set_string(table, keys, item->entry->variable);
    table_set_string(table, keys + 1, code_name(form));
    table_set_integer(table, keys + 2, n);
    table_set_integer(table, keys + 3, base);
    rate_write(table, keys + 4, g->r, n, base);
}

static void write_item(relcoord_table *table, const coupling_group *g, const survey_item *item,
                       int64_t *counts)
{
    int64_t base = 0;
    memset(counts, 0, MOST_CODES * sizeof *counts);
    for (uint32_t m = 0; m < g->people->members.count; m++) {
        uint8_t place = item->places[g->people->members.participations[m]];
        if (place > 0 && is_category(&item->codes->codes[place - 1])) {
            counts[place - 1]++;
            base++;
        }
    }
    for (size_t i = 0; i < item->codes->count; i++)
        if (is_category(&item->codes->codes[i]))
            write_form(table, g, item, &item->codes->codes[i], counts[i], base);
}

relcoord_status write_forms(relcoord_table *table, const coupling_group *g, relcoord_error *err)
{
    const relcoord_survey *s = g->r->survey;
    int64_t *counts = memory_new(MOST_CODES, sizeof *counts);
    if (!counts)
        return fail_memory(err);
    for (size_t i = 0; i < s->item_count; i++)
        if (is_form(&s->items[i]))
            write_item(table, g, &s->items[i], counts);
    memory_free(counts);
    return RELCOORD_OK;
}
