/* Regression: outcomes on relational coordination or any scale, person by person
 * (relcoord-methods(7), Regression). Chooses the cases, writes the tables; terms are terms.c, the
 * arithmetic stats/regression/regression.h. */
#include <math.h>
#include <string.h>

#include "analyses/regression/terms.h"
#include "base/error.h"
#include "base/memory.h"
#include "engine/regressions.h"

/* ---- What it takes and gives ---- */

static const option_spec regression_options[] = {
    CASE_OPTIONS,
    ESTIMATE_OPTIONS,
    {.name = "outcome",
     .type = OPTION_LIST,
     .initial = "",
     .help =
         "outcomes: columns of the role outcome, items, scales of the codebook, their dimensions "
         "(such as coupling functions), rc or its dimensions; empty: all of the role outcome"},
    {.name = "predictors",
     .type = OPTION_LIST,
     .initial = "",
     .help = "predictors, all in one model: rc, communication, relationship, dimensions, scales of "
             "the codebook, their dimensions, or items; empty: rc"},
    {.name = "part",
     .type = OPTION_CHOICE,
     .initial = "all",
     .choices = "within|between|all",
     .help = "the ties that means of relational coordination are over: within a workgroup, between "
             "workgroups, or all"},
    {.name = "covariates",
     .type = OPTION_LIST,
     .initial = "",
     .help = "covariates: numeric columns answered once, or groupings, of which each group but the "
             "first is a term"},
    {.name = "cluster",
     .type = OPTION_TEXT,
     .initial = "",
     .help =
         "the grouping that forms clusters; empty: unit, or each person where there are no units"},
    {.name = "se",
     .type = OPTION_CHOICE,
     .initial = "cr2",
     .choices = "cr2|cr1|classical",
     .help = "standard errors: clusters by Bell and McCaffrey, by m/(m-1), or none, with equal "
             "variances"},
    THREAD_OPTION,
};

static const column_spec coefficient_columns[] = {
    {"outcome", RELCOORD_STRING, RELCOORD_KEY, "what is explained"},
    {"term", RELCOORD_STRING, RELCOORD_KEY,
     "(intercept), a predictor, a covariate, or a group as grouping=group"},
    {"estimate", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "change of the outcome for one more of the term, the others as they are"},
    {"se", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "its standard error"},
    DF_COLUMN,
    {"t", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "estimate / se"},
    TERM_P_COLUMN,
    INTERVAL_COLUMNS,
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec coefficient_views[] = {
    {VIEW_LIST, "What explains the outcomes", NULL,
     "outcome,term,estimate,se,df,t,p,ci_low,ci_high,note", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec model_columns[] = {
    {"outcome", RELCOORD_STRING, RELCOORD_KEY, "what is explained"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "people with the outcome and every term"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT,
     "people without one of them, or without a cluster"},
    {"clusters", RELCOORD_INTEGER, RELCOORD_COUNT, "clusters that they are in"},
    {"terms", RELCOORD_INTEGER, RELCOORD_COUNT, "terms, the intercept among them"},
    {"r2", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "share of the outcome's variance that the terms explain"},
    {"r2_adjusted", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "the same, for the number of terms"},
    {"sigma", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standard deviation of what is left"},
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec model_views[] = {
    {VIEW_LIST, "How well the outcomes are explained", NULL,
     "outcome,n,left_out,clusters,terms,r2,r2_adjusted,sigma,note", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const table_spec coefficients_table = {.name = "coefficients",
                                              .help = "what one term adds to one outcome",
                                              .columns = coefficient_columns,
                                              .views = coefficient_views,
                                              .labels = "outcome,term"};
static const table_spec models_table = {.name = "models",
                                        .help = "how well one outcome is explained",
                                        .columns = model_columns,
                                        .views = model_views,
                                        .things = "clusters,terms",
                                        .labels = "outcome"};
static const table_spec *const regression_tables[] = {&coefficients_table, &models_table, NULL};

static const char *const estimator_names[] = {[REGRESSION_CR2] = "ols_cr2",
                                              [REGRESSION_CR1] = "ols_cr1",
                                              [REGRESSION_CLASSICAL] = "ols_classical"};

/* ---- One outcome in one group ---- */

typedef struct outcome_model {
    const run *r;
    const term_list *terms;
    const term_source *outcome;
    uint32_t group;
    model_cases cases;
    regression_errors errors;
    regression fit;
    regression_term *coefficients; /* of the terms that the cases have */
} outcome_model;

static void note_reason(relcoord_table *table, const outcome_model *m)
{
    switch (m->fit.reason) {
    case REGRESSION_FEW_CASES: table_add_note(table, m->cases.n ? "too_few" : "empty"); break;
    case REGRESSION_CONSTANT: table_add_note(table, "all_equal"); break;
    case REGRESSION_SINGULAR: table_add_note(table, "collinear"); break;
    default: break;
    }
}

static void note_clusters(relcoord_table *table, const outcome_model *m)
{
    if (m->fit.reason == REGRESSION_DONE && m->errors != REGRESSION_CLASSICAL)
        regression_note_clusters(table, &m->fit, m->cases.terms);
}

static void write_coefficient(relcoord_table *table, const outcome_model *m, size_t i)
{
    const regression_term *t = &m->coefficients[i];
    size_t keys = cases_begin_row(table, &m->r->cases, m->group);
    double reach = regression_reach(t, options_number(m->r->options, "confidence"));
    table_set_string(table, keys, m->outcome->name);
    table_set_string(table, keys + 1, m->cases.names[i]);
    table_set_number(table, keys + 2, t->estimate);
    table_set_number(table, keys + 3, t->se);
    table_set_number(table, keys + 4, t->df);
    table_set_number(table, keys + 5, t->t);
    table_set_number(table, keys + 6, t->p);
    table_set_number(table, keys + 7, t->estimate - reach);
    table_set_number(table, keys + 8, t->estimate + reach);
    table_set_string(table, keys + 9, estimator_names[m->errors]);
    if (m->fit.reason != REGRESSION_SINGULAR || i == m->fit.which)
        note_reason(table, m);
    note_clusters(table, m);
    if (m->cases.of[i] && terms_share_answers(m->outcome, m->cases.of[i]))
        table_add_note(table, "shared_answers");
}

static void write_model(relcoord_table *table, const outcome_model *m)
{
    size_t keys = cases_begin_row(table, &m->r->cases, m->group);
    double n = (double)m->cases.n;
    table_set_string(table, keys, m->outcome->name);
    table_set_integer(table, keys + 1, (int64_t)m->cases.n);
    table_set_integer(table, keys + 2, (int64_t)m->cases.left_out);
    table_set_integer(table, keys + 3, (int64_t)m->cases.clusters);
    table_set_integer(table, keys + 4, (int64_t)m->cases.terms);
    table_set_number(table, keys + 5, m->fit.r2);
    table_set_number(table, keys + 6, 1 - (1 - m->fit.r2) * (n - 1) / m->fit.df);
    table_set_number(table, keys + 7, m->fit.sigma);
    table_set_string(table, keys + 8, estimator_names[m->errors]);
    note_reason(table, m);
    note_clusters(table, m);
}

static relcoord_status write_outcome(relcoord_table *const tables[2], outcome_model *m,
                                     uint32_t first, uint32_t end, relcoord_error *err)
{
    relcoord_status status = model_cases_gather(m->r, m->terms, m->outcome, first, end, &m->cases,
                                                err);
    if (status)
        return status;
    m->coefficients = memory_new(m->cases.terms, sizeof *m->coefficients);
    regression_data data = {m->cases.n, m->cases.terms, m->cases.x, m->cases.y, m->cases.cluster};
    status = m->coefficients ? regression_fit(&data, m->errors, &m->fit, m->coefficients, err)
                             : fail_memory(err);
    for (size_t i = 0; i < m->cases.terms && !status; i++)
        write_coefficient(tables[0], m, i);
    if (!status)
        write_model(tables[1], m);
    memory_free(m->coefficients);
    model_cases_free(&m->cases);
    return status;
}

/* ---- The whole ---- */

static relcoord_status write_group(relcoord_table *const tables[2], const run *r,
                                   const term_list *terms, uint32_t first, uint32_t end,
                                   relcoord_error *err)
{
    regression_errors errors = (regression_errors)options_choice(r->options, "se");
    relcoord_status status = RELCOORD_OK;
    for (size_t i = 0; i < terms->outcome_count && !status; i++) {
        outcome_model m = {.r = r,
                           .terms = terms,
                           .outcome = &terms->outcomes[i],
                           .group = r->cases.row_group[first],
                           .errors = errors};
        status = options_progress(r->options, 0.5 + 0.5 * first / r->cases.row_count, err);
        if (!status)
            status = write_outcome(tables, &m, first, end, err);
    }
    return status;
}

static void add_note(const term_list *t, relcoord_result *result)
{
    if (terms_are_of_ties(t))
        result_add_note(result,
                        "each person is one case: the predictors are means over the person's ties");
    else if (terms_have_ties(t))
        result_add_note(result,
                        "each person is one case: scores of relational coordination are means over "
                        "the person's ties, those of other scales means of their items");
    else
        result_add_note(result,
                        "each person is one case: scores of scales are means of their items");
}

static relcoord_status regression_finish(void *state, const run *r, relcoord_result *result,
                                         relcoord_error *err)
{
    const cases *c = &r->cases;
    relcoord_table *tables[2];
    term_list terms = {.outcome_count = 0};
    relcoord_status status;
    (void)state;
    for (int i = 0; i < 2; i++)
        tables[i] = result_add_table(result, regression_tables[i], c->by_names, c->by_count);
    status = tables[0] && tables[1] ? terms_find(r, &terms, err) : fail_memory(err);
    if (!status)
        add_note(&terms, result);
    for (uint32_t first = 0, end; first < c->row_count && !status; first = end) {
        for (end = first; end < c->row_count && c->row_group[end] == c->row_group[first];)
            end++;
        status = write_group(tables, r, &terms, first, end, err);
    }
    terms_free(&terms);
    return status;
}

const analysis regression_analysis = {
    .name = "regression",
    .summary = "outcomes regressed on relational coordination or any scale, with cluster-robust "
               "standard errors",
    .needs = "an outcome: a column of that role in the codebook, or what the option names",
    .options = regression_options,
    .option_count = sizeof regression_options / sizeof *regression_options,
    .tables = regression_tables,
    .finish = regression_finish,
    .unweighted = true,
    .takes_any_data = true,
};
