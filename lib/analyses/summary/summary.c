/* The summary: relational coordination within and between workgroups, under three named weightings,
 * side by side (relcoord-methods(7), Scores). */
#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "engine/scores/cell_sums.h"
#include "engine/scores/indices.h"

/* ---- What it takes and gives ---- */

static const option_spec summary_options[] = {
    CASE_OPTIONS,
    ESTIMATE_OPTIONS,
    {.name = "se",
     .type = OPTION_CHOICE,
     .initial = "cr2",
     .choices = "cr2|cr1",
     .help = "cluster-robust standard errors: Bell-McCaffrey with Satterthwaite degrees of "
             "freedom, or m/(m-1) and m-1"},
    BAND_OPTIONS,
    RESAMPLE_OPTIONS,
    THREAD_OPTION,
};

#define WEIGHTING_COLUMN                                                   \
    {                                                                      \
        "weighting", RELCOORD_STRING, RELCOORD_KEY,                        \
            "what counts equally: respondents, ties or workgroups (cells)" \
    }

static const column_spec index_columns[] = {
    DIMENSION_COLUMN,
    PART_COLUMN,
    WEIGHTING_COLUMN,
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "respondents, ties or cells that the mean is over"},
    {"raters", RELCOORD_INTEGER, RELCOORD_COUNT, "respondents whose ties enter"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "respondents, ties or cells without a score"},
    ESTIMATE_COLUMNS,
    {NULL, 0, 0, NULL},
};
enum { INDEX_N = 3, INDEX_MEAN = 6 };

static const view_spec index_views[] = {
    {VIEW_LIST, "Relational coordination (rc)", "dimension=rc",
     "part,weighting,n,raters,left_out,mean,sd,se,ci_low,ci_high,band,note", NULL, NULL},
    {VIEW_PIVOT, "Means by dimension", NULL, "part,weighting", "dimension", "mean"},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const view_spec index_apa[] = {
    {VIEW_LIST, "Descriptive statistics", "weighting=respondents",
     "dimension,part,n,mean,sd,ci_low,ci_high", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec silo_columns[] = {
    DIMENSION_COLUMN,
    WEIGHTING_COLUMN,
    {"n_within", RELCOORD_INTEGER, RELCOORD_COUNT, "respondents, ties or cells in the mean within"},
    {"within", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean within workgroups"},
    {"n_between", RELCOORD_INTEGER, RELCOORD_COUNT,
     "respondents, ties or cells in the mean between"},
    {"between", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean between workgroups"},
    {"silo", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "within - between"},
    {"se", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standard error of the silo"},
    INTERVAL_COLUMNS,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec silo_views[] = {
    {VIEW_LIST, "Silo (rc): within minus between", "dimension=rc",
     "weighting,n_within,within,n_between,between,silo,ci_low,ci_high,note", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec complete_columns[] = {
    {"dimension", RELCOORD_STRING, RELCOORD_KEY, "communication, relationship or rc"},
    PART_COLUMN,
    WEIGHTING_COLUMN,
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "n by the min_share asked for"},
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean by the min_share asked for"},
    {"sd", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "its standard deviation"},
    {"n_complete", RELCOORD_INTEGER, RELCOORD_COUNT, "n by the complete-case rule"},
    {"mean_complete", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean by the complete-case rule"},
    {"sd_complete", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "its standard deviation"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec complete_views[] = {
    {VIEW_LIST, "Where the complete-case rule (min_share 1) changes the figure (rc)",
     "dimension=rc", "part,weighting,n,mean,sd,n_complete,mean_complete,sd_complete", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const table_spec indices_table = {
    .name = "indices",
    .help = "the mean of one dimension over one part of the ties",
    .columns = index_columns,
    .views = index_views,
    .apa = index_apa};
static const table_spec silo_table = {
    .name = "silo",
    .help = "how much stronger ties are within than between workgroups",
    .columns = silo_columns,
    .views = silo_views};
static const table_spec complete_table = {
    .name = "complete_cases",
    .help = "a score that changes when all its items must be answered",
    .columns = complete_columns,
    .views = complete_views};
static const table_spec *const summary_tables[] = {&indices_table, &silo_table, &complete_table,
                                                   NULL};

static const char *const part_names[] = {"within", "between", "all"};
static const char *const weighting_names[] = {"respondents", "ties", "workgroups"};

/* ---- One group ---- */

typedef estimate group_estimates[MEASURE_COUNT][PART_COUNT][WEIGHTING_COUNT];

typedef struct summarising {
    index_scope scope;
    size_t first_measure;       /* of those estimated at once */
    group_estimates estimates;  /* of the group at hand */
    index_intervals *resampled; /* its bootstrap intervals; NULL when they are not asked for */
    relcoord_table *indices, *silo, *complete;
    band_cuts cuts[2];
} summarising;

static relcoord_status estimate_measure(void *user, size_t measure, relcoord_error *err)
{
    summarising *s = user;
    measure += s->first_measure;
    return indices_estimate(&s->scope, (int)measure, s->estimates[measure], err);
}

static size_t begin_keys(relcoord_table *table, const summarising *s, uint32_t group, int measure)
{
    size_t keys = cases_begin_row(table, &s->scope.r->cases, group);
    table_set_string(table, keys, dimension_names[measure_dimension(measure)]);
    return keys;
}

static void write_index(summarising *s, uint32_t group, int d, int part, int weighting)
{
    estimate *e = &s->estimates[d][part][weighting];
    size_t keys = begin_keys(s->indices, s, group, d);
    bool banded = d == DIMENSION_RC && part != PART_ALL;
    table_set_string(s->indices, keys + 1, part_names[part]);
    table_set_string(s->indices, keys + 2, weighting_names[weighting]);
    table_set_integer(s->indices, keys + INDEX_N, e->n);
    table_set_integer(s->indices, keys + INDEX_N + 1, e->raters);
    table_set_integer(s->indices, keys + INDEX_N + 2, e->left_out);
    if (s->resampled)
        estimate_resample(e, s->scope.r, &s->resampled->means[d][part][weighting]);
    estimate_write(s->indices, keys + INDEX_MEAN, e, s->scope.r,
                   banded ? &s->cuts[part == PART_WITHIN] : NULL);
}

/* A formula would need how the two means, which the same people give, vary together: there is the
 * bootstrap for that. It has nothing to say where one of the means has no error. */
static void write_silo_interval(const summarising *s, size_t column, int d, int weighting)
{
    const estimate *within = &s->estimates[d][PART_WITHIN][weighting],
                   *between = &s->estimates[d][PART_BETWEEN][weighting];
    if (within->n == 0 || between->n == 0)
        return;
    if (!s->resampled) {
        table_add_note(s->silo, "no_analytic_ci");
    } else if (!within->resampled || !between->resampled) {
        table_add_note(s->silo, within->note    ? within->note
                                : between->note ? between->note
                                                : "too_few");
    } else {
        const bootstrap_interval *i = &s->resampled->silo[d][weighting];
        table_set_number(s->silo, column, i->se);
        table_set_number(s->silo, column + 1, i->low);
        table_set_number(s->silo, column + 2, i->high);
        resampling_add_notes(s->silo, s->scope.r, i);
    }
}

static void write_silo(summarising *s, uint32_t group, int d, int weighting)
{
    const estimate *within = &s->estimates[d][PART_WITHIN][weighting],
                   *between = &s->estimates[d][PART_BETWEEN][weighting];
    size_t keys = begin_keys(s->silo, s, group, d);
    table_set_string(s->silo, keys + 1, weighting_names[weighting]);
    table_set_integer(s->silo, keys + 2, within->n);
    table_set_number(s->silo, keys + 3, within->mean);
    table_set_integer(s->silo, keys + 4, between->n);
    table_set_number(s->silo, keys + 5, between->mean);
    table_set_number(s->silo, keys + 6, within->mean - between->mean);
    if (within->n == 0)
        table_add_note(s->silo, "within_empty");
    if (between->n == 0)
        table_add_note(s->silo, "between_empty");
    write_silo_interval(s, keys + 7, d, weighting);
}

/* A row only where the two rules differ: the figures side by side. */
static void write_complete(summarising *s, uint32_t group, int measure, int part, int weighting)
{
    const estimate *shared = &s->estimates[measure_dimension(measure)][part][weighting];
    const estimate *complete = &s->estimates[measure][part][weighting];
    size_t keys;
    if (shared->n == complete->n && (shared->n == 0 || shared->mean == complete->mean))
        return;
    keys = begin_keys(s->complete, s, group, measure);
    table_set_string(s->complete, keys + 1, part_names[part]);
    table_set_string(s->complete, keys + 2, weighting_names[weighting]);
    table_set_integer(s->complete, keys + 3, shared->n);
    table_set_number(s->complete, keys + 4, shared->mean);
    table_set_number(s->complete, keys + 5, shared->sd);
    table_set_integer(s->complete, keys + 6, complete->n);
    table_set_number(s->complete, keys + 7, complete->mean);
    table_set_number(s->complete, keys + 8, complete->sd);
    if (complete->n == 0)
        table_add_note(s->complete, "empty");
    else if (isnan(shared->sd) || isnan(complete->sd))
        table_add_note(s->complete, "too_few");
}

static void write_group(summarising *s, uint32_t group)
{
    const relcoord_survey *survey = s->scope.r->survey;
    for (int m = 0; m < MEASURE_COUNT; m++)
        for (int part = 0; part < PART_COUNT && dimension_asked(survey, measure_dimension(m));
             part++)
            for (int weighting = 0; weighting < WEIGHTING_COUNT; weighting++) {
                if (m >= MEASURE_COMPLETE)
                    write_complete(s, group, m, part, weighting);
                else
                    write_index(s, group, m, part, weighting);
            }
    for (int d = 0; d < DIMENSION_COUNT; d++)
        for (int weighting = 0; weighting < WEIGHTING_COUNT && dimension_asked(survey, d);
             weighting++)
            write_silo(s, group, d, weighting);
}

/* ---- All groups ---- */

enum { WORTH_A_THREAD = 1000 }; /* respondents in a group */

/* On several threads as many measures at once, with a report before each such round: how many
 * reports there are must not depend on which thread is the faster. Alone, reports come from within
 * each measure. */
static relcoord_status estimate_group(summarising *s, size_t threads,
                                      const group_progress *progress, relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    s->scope.progress = *progress;
    if (threads > 1)
        s->scope.progress.options = NULL;
    for (size_t m = 0; m < MEASURE_COUNT && !status; m += threads) {
        double done = (double)m / MEASURE_COUNT;
        s->first_measure = m;
        if (threads > 1 || m == 0)
            status = options_progress(progress->options,
                                      progress->from + (progress->to - progress->from) * done, err);
        if (!status)
            status = parallel_run(threads,
                                  threads < MEASURE_COUNT - m ? threads : MEASURE_COUNT - m,
                                  estimate_measure, s, NULL, err);
    }
    return status;
}

static relcoord_status resample_group(summarising *s, uint32_t group, work_share share,
                                      relcoord_error *err)
{
    const index_scope *scope = &s->scope;
    group_members members = {0, NULL};
    cell_sums sums = {0};
    relcoord_status status = group_members_list(scope->r, group, &members, err);
    if (!status)
        status = cell_sums_make(scope->r, scope->cells, scope->row_cells, scope->first_row,
                                scope->end_row, &members, &sums, err);
    if (!status)
        status = cell_sums_resample_indices(scope->r, &members, &sums, share, s->resampled, err);
    cell_sums_free(&sums);
    group_members_free(&members);
    return status;
}

static relcoord_status summarise(summarising *s, const run *r, relcoord_error *err)
{
    const cases *c = &r->cases;
    relcoord_status status = RELCOORD_OK;
    for (uint32_t group = 0; group < c->group_count && !status; group++) {
        uint32_t first = s->scope.end_row, end = first;
        double from = 0.5 + 0.5 * group / c->group_count,
               to = 0.5 + 0.5 * (group + 1.0) / c->group_count;
        work_share share = {from + (to - from) / 8, to};
        group_progress progress = {r->options, from, s->resampled ? share.from : to};
        while (end < c->row_count && c->row_group[end] == group)
            end++;
        s->scope.first_row = first;
        s->scope.end_row = end;
        status = estimate_group(
            s, c->row_start[end] - c->row_start[first] < WORTH_A_THREAD ? 1 : r->threads, &progress,
            err);
        if (!status && s->resampled)
            status = resample_group(s, group, share, err);
        if (!status)
            write_group(s, group);
    }
    return status;
}

static relcoord_status summary_finish(void *state, const run *r, relcoord_result *result,
                                      relcoord_error *err)
{
    uint32_t *row_cells = NULL;
    summarising *s = memory_zeroed(1, sizeof *s);
    relcoord_status status = s ? resampling_check(r, err) : fail_memory(err);
    if (!status)
        status = cells_sort(state, r, &row_cells, err);
    if (!status && resampling_wanted(r)) {
        s->resampled = memory_zeroed(1, sizeof *s->resampled);
        status = s->resampled ? RELCOORD_OK : fail_memory(err);
    }
    if (!status)
        status = band_cuts_read(r, s->cuts, result, err);
    if (!status) {
        s->scope = (index_scope){
            r,           state, row_cells,
            0,           0,     options_choice(r->options, "se") == 0 ? CLUSTER_CR2 : CLUSTER_CR1,
            {NULL, 0, 1}};
        s->indices = result_add_table(result, &indices_table, r->cases.by_names, r->cases.by_count);
        s->silo = result_add_table(result, &silo_table, r->cases.by_names, r->cases.by_count);
        s->complete = result_add_table(result, &complete_table, r->cases.by_names,
                                       r->cases.by_count);
        table_explain_empty(s->complete, "no rows: it gives the same figures");
        status = s->indices && s->silo && s->complete ? summarise(s, r, err) : fail_memory(err);
    }
    memory_free(row_cells);
    if (s)
        memory_free(s->resampled);
    memory_free(s);
    return status;
}

const analysis summary_analysis = {
    .name = "summary",
    .summary = "relational coordination within and between workgroups, under three weightings",
    .options = summary_options,
    .option_count = sizeof summary_options / sizeof *summary_options,
    .tables = summary_tables,
    .start = cells_start,
    .add = cells_add,
    .merge = cells_merge,
    .finish = summary_finish,
    .drop = cells_drop,
};
