/* The scores of single ties: what all other figures are means of (relcoord-methods(7), Scores). */
#include "stats/measures/scores.h"
#include "base/error.h"
#include "base/memory.h"
#include "engine/scores/cells.h"

/* ---- What it takes and gives ---- */

static const option_spec scores_options[] = {BY_OPTION, WAVE_OPTION, MIN_SHARE_OPTION,
                                             THREAD_OPTION};

static const column_spec tie_columns[] = {
    RESPONDENT_COLUMN,
    RATER_COLUMN,
    RATED_COLUMN,
    {"rc", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean of the answered items"},
    {"communication", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "mean of the answered items of communication"},
    {"relationship", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "mean of the answered items of relationship"},
    {"answered", RELCOORD_INTEGER, RELCOORD_COUNT, "items answered with a score"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
enum { TIE_RC = 3, TIE_ANSWERED = 6 };

static const table_spec ties_table = {.name = "ties",
                                      .help = "what one respondent scores one target",
                                      .columns = tie_columns,
                                      .things = "answered",
                                      .personal = true};
static const table_spec *const scores_tables[] = {&ties_table, NULL};

/* ---- Rows ---- */

static void write_tie(relcoord_table *table, const run *r, const score_rule *rule, uint32_t group,
                      uint32_t p, uint32_t tie)
{
    static const int shown[] = {DIMENSION_RC, DIMENSION_COMMUNICATION, DIMENSION_RELATIONSHIP};
    const relcoord_survey *s = r->survey;
    const attribute *workgroups = &s->attributes[COLUMN_WORKGROUP];
    const int8_t *answers = s->answers + (size_t)tie * ITEM_COUNT;
    size_t keys = cases_begin_row(table, &r->cases, group);
    bool withheld = false, asked = true;
    int answered = 0;
    for (int i = 0; i < ITEM_COUNT; i++)
        answered += answers[i] > 0;
    table_set_string(table, keys, s->respondents.names[s->respondent[p]]);
    table_set_string(table, keys + 1, workgroups->labels.names[workgroups->values[p]]);
    table_set_string(table, keys + 2, workgroups->labels.names[s->target[tie]]);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        int32_t score = score_measure(answers, rule, shown[i]);
        if (score)
            table_set_number(table, keys + TIE_RC + i, (double)score / SCORE_UNIT);
        asked = asked && dimension_asked(s, shown[i]);
        withheld = withheld || (!score && dimension_asked(s, shown[i]));
    }
    table_set_integer(table, keys + TIE_ANSWERED, answered);
    if (answered == 0)
        table_add_note(table, "empty");
    else if (withheld)
        table_add_note(table, "too_few");
    if (!asked)
        table_add_note(table, "not_asked");
}

/* Lists the participations by group, in the survey's order: members[start[group]] … */
static relcoord_status list_groups(const run *r, size_t **start, uint32_t **members,
                                   relcoord_error *err)
{
    const cases *c = &r->cases;
    const uint32_t count = r->survey->participation_count;
    *start = memory_zeroed(c->group_count + (size_t)2, sizeof **start);
    *members = memory_new(c->first_place[count], sizeof **members);
    if (!*start || !*members)
        return fail_memory(err);
    for (size_t i = 0; i < c->first_place[count]; i++) /* counts, two places on */
        (*start)[c->row_group[c->rows[i]] + 2]++;
    for (uint32_t g = 1; g < c->group_count; g++)
        (*start)[g + 1] += (*start)[g];
    for (uint32_t p = 0; p < count; p++) /* filling moves each start to the next group's */
        for (size_t i = c->first_place[p]; i < c->first_place[p + 1]; i++)
            (*members)[(*start)[c->row_group[c->rows[i]] + 1]++] = p;
    return RELCOORD_OK;
}

static relcoord_status scores_finish(void *state, const run *r, relcoord_result *result,
                                     relcoord_error *err)
{
    const relcoord_survey *s = r->survey;
    relcoord_table *table = result_add_table(result, &ties_table, r->cases.by_names,
                                             r->cases.by_count);
    score_rule rule = score_rule_make(options_number(r->options, "min_share"), s->asked);
    size_t *start = NULL;
    uint32_t *members = NULL;
    uint64_t *order = memory_new(s->most_ties, sizeof *order);
    relcoord_status status = table && order ? list_groups(r, &start, &members, err)
                                            : fail_memory(err);
    (void)state;
    for (uint32_t g = 0; g < r->cases.group_count && !status; g++)
        for (size_t i = start[g]; i < start[g + 1]; i++) {
            uint32_t p = members[i];
            cases_order_ties(s, p, order);
            for (uint32_t t = 0; t < s->tie_count[p]; t++)
                write_tie(table, r, &rule, g, p, (uint32_t)order[t]);
        }
    memory_free(start);
    memory_free(members);
    memory_free(order);
    return status;
}

const analysis scores_analysis = {
    .name = "scores",
    .summary = "the score of each tie: what one respondent answered about one workgroup",
    .options = scores_options,
    .option_count = sizeof scores_options / sizeof *scores_options,
    .tables = scores_tables,
    .finish = scores_finish,
};
