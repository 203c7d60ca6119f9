/* The survey as it was read: labels, recoded answers, and what people belong to. Nothing is
 * computed. */
#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"
#include "engine/analysis.h"

/* ---- What it takes and gives ---- */

static const option_spec data_options[] = {WAVE_OPTION, THREAD_OPTION};

#define ANSWER_COLUMN(name)                                                                 \
    {                                                                                       \
        name, RELCOORD_INTEGER, RELCOORD_ESTIMATE, "score of the answer; empty without one" \
    }

static const column_spec answer_columns[] = {
    RESPONDENT_COLUMN,
    RATER_COLUMN,
    RATED_COLUMN,
    WAVE_COLUMN,
    {"weight", RELCOORD_NUMBER, RELCOORD_LABEL,
     "weight of the respondent; empty where the data have none"},
    ANSWER_COLUMN("frequent"),
    ANSWER_COLUMN("timely"),
    ANSWER_COLUMN("accurate"),
    ANSWER_COLUMN("problem_solving"),
    ANSWER_COLUMN("shared_goals"),
    ANSWER_COLUMN("shared_knowledge"),
    ANSWER_COLUMN("mutual_respect"),
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
enum { ANSWER_WEIGHT = 4, ANSWER_FIRST };

static const column_spec item_columns[] = {
    RESPONDENT_COLUMN,
    WAVE_COLUMN,
    {"variable", RELCOORD_STRING, RELCOORD_KEY, "column of the data"},
    {"scale", RELCOORD_STRING, RELCOORD_KEY,
     "scale that the item belongs to; empty for an outcome"},
    {"presented", RELCOORD_STRING, RELCOORD_LABEL,
     "answer as the codebook has it; empty without one"},
    {"score", RELCOORD_NUMBER, RELCOORD_LABEL, "score of the answer; empty without one"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const column_spec respondent_columns[] = {
    RESPONDENT_COLUMN,
    WAVE_COLUMN,
    {"attribute", RELCOORD_STRING, RELCOORD_KEY,
     "what is said of the respondent: unit, role, level, status or a grouping"},
    {"label", RELCOORD_STRING, RELCOORD_KEY, "what it is"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const table_spec answers_table = {.name = "answers",
                                         .help = "what one respondent answered about one target",
                                         .columns = answer_columns,
                                         .personal = true};
static const table_spec items_table = {
    .name = "items",
    .help = "what one respondent answered to one item about no workgroup",
    .columns = item_columns,
    .personal = true};
static const table_spec respondents_table = {.name = "respondents",
                                             .help = "what one respondent belongs to",
                                             .columns = respondent_columns,
                                             .personal = true};
static const table_spec *const data_tables[] = {&answers_table, &items_table, &respondents_table,
                                                NULL};

/* ---- Rows ---- */

static bool counts(const run *r, uint32_t p)
{
    return r->cases.first_place[p + 1] > r->cases.first_place[p];
}

static void set_wave(relcoord_table *table, size_t column, const relcoord_survey *s, uint32_t p)
{
    const attribute *waves = &s->attributes[COLUMN_WAVE];
    if (waves->present && *waves->labels.names[waves->values[p]])
        table_set_string(table, column, waves->labels.names[waves->values[p]]);
}

/* What is no score and no missing answer is said with the item it stands in. */
static void note_answer(relcoord_table *table, int8_t answer, int dimension)
{
    struct {
        const char *note;
    } why;
    char words[64];
    if (answer >= 0 || answer == ANSWER_MISSING)
        return;
    why.note = answer == ANSWER_DONT_KNOW ? "dont_know" : "unscored";
    snprintf(words, sizeof words, "%s:%s", why.note, dimension_names[dimension]);
    table_add_note(table, words);
}

static void write_tie(relcoord_table *table, const relcoord_survey *s, uint32_t p, uint32_t tie)
{
    const attribute *workgroups = &s->attributes[COLUMN_WORKGROUP];
    const int8_t *answers = s->answers + (size_t)tie * ITEM_COUNT;
    table_add_row(table);
    table_set_string(table, 0, s->respondents.names[s->respondent[p]]);
    table_set_string(table, 1, workgroups->labels.names[workgroups->values[p]]);
    table_set_string(table, 2, workgroups->labels.names[s->target[tie]]);
    set_wave(table, 3, s, p);
    if (s->weight)
        table_set_number(table, ANSWER_WEIGHT, s->weight[p]);
    for (int d = 0; d < ITEM_COUNT; d++) {
        if (answers[d] > 0)
            table_set_integer(table, ANSWER_FIRST + (size_t)d, answers[d]);
        note_answer(table, answers[d], d);
    }
}

static void write_code(relcoord_table *table, const code *c)
{
    table_set_string(table, 4, c->presented);
    switch (c->kind) {
    case CODE_SCORE: table_set_number(table, 5, c->score); break;
    case CODE_DONT_KNOW: table_add_note(table, "dont_know"); break;
    case CODE_MISSING: table_add_note(table, "missing"); break;
    case CODE_UNSCORED: table_add_note(table, "unscored"); break;
    }
}

static void write_item(relcoord_table *table, const relcoord_survey *s, uint32_t p,
                       const survey_variable *v)
{
    const survey_item *item = &s->items[v->slot];
    char presented[NUMBER_TEXT_SIZE];
    table_add_row(table);
    table_set_string(table, 0, s->respondents.names[s->respondent[p]]);
    set_wave(table, 1, s, p);
    table_set_string(table, 2, v->name);
    if (*item->entry->scale)
        table_set_string(table, 3, item->entry->scale);
    if (item->codes && item->places[p] > 0) {
        write_code(table, &item->codes->codes[item->places[p] - 1]);
    } else if (!item->codes && !isnan(item->numbers[p])) {
        number_format(item->numbers[p], presented);
        table_set_string(table, 4, presented);
        table_set_number(table, 5, item->numbers[p]);
    }
}

/* One row for each group of an attribute that the respondent is in. */
static void write_memberships(relcoord_table *table, const relcoord_survey *s, uint32_t p,
                              const attribute *a)
{
    uint32_t value = a->values[p], first = a->multiple ? a->set_start[value] : 0,
             end = a->multiple ? a->set_start[value + 1] : 1;
    for (uint32_t i = first; i < end; i++) {
        const char *label = a->labels.names[a->multiple ? a->set_labels[i] : value];
        if (!*label)
            continue;
        table_add_row(table);
        table_set_string(table, 0, s->respondents.names[s->respondent[p]]);
        set_wave(table, 1, s, p);
        table_set_string(table, 2, a->name);
        table_set_string(table, 3, label);
    }
}

/* What the answers about workgroups do not say already. */
static bool is_listed(const relcoord_survey *s, size_t a)
{
    return s->attributes[a].present && a != COLUMN_WAVE
           && (a != COLUMN_WORKGROUP || s->asked_count == 0);
}

static relcoord_status data_finish(void *state, const run *r, relcoord_result *result,
                                   relcoord_error *err)
{
    const relcoord_survey *s = r->survey;
    relcoord_table *answers = result_add_table(result, &answers_table, NULL, 0);
    relcoord_table *items = result_add_table(result, &items_table, NULL, 0);
    relcoord_table *respondents = result_add_table(result, &respondents_table, NULL, 0);
    uint64_t *order = memory_new(s->most_ties, sizeof *order);
    (void)state;
    table_explain_empty(answers, "no rows: no answers about workgroups");
    if (s->asked_count == 0)
        result_add_note(result,
                        "the data have no answers about workgroups: what there is stands "
                        "in the table '%s'",
                        items_table.name);
    table_explain_empty(items, "no rows: no items but those about workgroups");
    table_explain_empty(respondents, "no rows: nothing but the workgroup is known of anyone");
    if (!answers || !items || !respondents || !order) {
        memory_free(order);
        return fail_memory(err);
    }
    for (uint32_t p = 0; p < s->participation_count; p++) {
        if (!counts(r, p))
            continue;
        cases_order_ties(s, p, order);
        for (uint32_t t = 0; t < s->tie_count[p]; t++)
            write_tie(answers, s, p, (uint32_t)order[t]);
        for (size_t v = 0; v < s->variable_count; v++)
            if (!s->variables[v].of_ties
                && (s->variables[v].role == ROLE_ITEM || s->variables[v].role == ROLE_OUTCOME))
                write_item(items, s, p, &s->variables[v]);
        for (size_t a = 0; a < s->attribute_count; a++)
            if (is_listed(s, a))
                write_memberships(respondents, s, p, &s->attributes[a]);
    }
    memory_free(order);
    return RELCOORD_OK;
}

const analysis data_analysis = {
    .name = "data",
    .summary = "the survey as it was read: answers recoded, one row for each tie",
    .options = data_options,
    .option_count = sizeof data_options / sizeof *data_options,
    .tables = data_tables,
    .finish = data_finish,
    .takes_any_data = true,
    .shows_waves = true,
};
