/* Variance components of the ratings between workgroups, how well cells and in-strengths are
 * measured, and how many respondents a workgroup needs (relcoord-methods(7), Variance components).
 * Reads the ties of a survey into arrays; the arithmetic is stats/variance/components.h and
 * stats/variance/generalizability.h. */
#include <math.h>
#include <stdatomic.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "engine/scores/cells.h"
#include "engine/scores/scales.h"
#include "stats/measures/scores.h"
#include "stats/variance/generalizability.h"

/* ---- What it takes and gives ---- */

static const option_spec components_options[] = {
    CASE_OPTIONS,
    MIN_SHARE_OPTION,
    {.name = "workgroups",
     .type = OPTION_CHOICE,
     .initial = "fixed",
     .choices = "fixed|random",
     .help = "whether these workgroups are the ones of interest, or drawn from many"},
    THREAD_OPTION,
};

#define OBJECT_COLUMNS                                                                             \
    {"object", RELCOORD_STRING, RELCOORD_KEY, "what is measured: a cell or an in_strength"},       \
    {                                                                                              \
        "coefficient", RELCOORD_STRING, RELCOORD_KEY,                                              \
            "generalizability (errors in the order of objects) or dependability (errors in their " \
            "level)"                                                                               \
    }
#define RATER_GROUPS_COLUMN                                                                      \
    {                                                                                            \
        "rater_groups", RELCOORD_NUMBER, RELCOORD_ESTIMATE,                                      \
            "workgroups that rate a workgroup: the harmonic mean over those rated; empty for a " \
            "cell"                                                                               \
    }

static const column_spec variance_columns[] = {
    {"component", RELCOORD_STRING, RELCOORD_KEY,
     "what makes scores differ: rater_workgroup, respondent, rated_workgroup, cell or residual"},
    {"variance", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "variance component of the rc of ties between workgroups, by REML"},
    {"share", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "its share of the sum of the five"},
    {"se", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "standard error of the variance, from the expected information"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT,
     "workgroups, respondents, cells or ties that it is over"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "ties between workgroups without a score"},
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec variance_views[] = {
    {VIEW_LIST, "Where the differences between ratings (rc) come from", NULL,
     "component,n,left_out,variance,share,se,note", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec coefficient_columns[] = {
    OBJECT_COLUMNS,
    {"respondents", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "respondents in a cell: the harmonic mean over cells"},
    RATER_GROUPS_COLUMN,
    {"universe", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "variance of what is measured"},
    {"error", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "variance of the errors: relative ones for generalizability, absolute ones for dependability"},
    {"value", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "universe / (universe + error)"},
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec coefficient_views[] = {
    {VIEW_LIST, "How well they are measured", NULL,
     "object,coefficient,respondents,rater_groups,universe,error,value,note", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec planning_columns[] = {
    OBJECT_COLUMNS,
    {"wanted", RELCOORD_NUMBER, RELCOORD_KEY, "the coefficient to reach"},
    {"respondents", RELCOORD_INTEGER, RELCOORD_COUNT, "respondents that each workgroup needs"},
    RATER_GROUPS_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec planning_views[] = {
    {VIEW_PIVOT, "Respondents that each workgroup needs, by the coefficient wanted", NULL,
     "object,coefficient", "wanted", "respondents"},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const table_spec variances_table = {.name = "variances",
                                           .help = "how much of the differences one source makes",
                                           .columns = variance_columns,
                                           .views = variance_views};
static const table_spec coefficients_table = {.name = "coefficients",
                                              .help = "how well one kind of figure is measured",
                                              .columns = coefficient_columns,
                                              .views = coefficient_views};
static const table_spec planning_table = {.name = "planning",
                                          .help = "how many respondents one coefficient takes",
                                          .columns = planning_columns,
                                          .views = planning_views,
                                          .things = "respondents"};
static const table_spec *const components_tables[] = {&variances_table, &coefficients_table,
                                                      &planning_table, NULL};

static const struct {
    const char *name;
    component which;
} listed[] = {
    {"rater_workgroup", COMPONENT_RATER}, {"respondent", COMPONENT_RESPONDENT},
    {"rated_workgroup", COMPONENT_RATED}, {"cell", COMPONENT_CELL},
    {"residual", COMPONENT_RESIDUAL},
};
static const char *const estimator_names[] = {
    [WORKGROUPS_FIXED] = "components_fixed_reml", [WORKGROUPS_RANDOM] = "components_random_reml"};
static const struct {
    const char *name;
    measured_object object;
} objects[] = {{"cell", MEASURED_CELL}, {"in_strength", MEASURED_IN_STRENGTH}};

/* ---- The ties of a group ---- */

typedef struct tie_arrays {
    uint32_t *rater, *respondent, *rated;
    double *score;
    size_t n, left_out;
} tie_arrays;

static void free_ties(tie_arrays *t)
{
    memory_free(t->rater);
    memory_free(t->respondent);
    memory_free(t->rated);
    memory_free(t->score);
}

static bool make_ties(tie_arrays *t, size_t most)
{
    *t = (tie_arrays){memory_new(most, sizeof *t->rater),
                      memory_new(most, sizeof *t->respondent),
                      memory_new(most, sizeof *t->rated),
                      memory_new(most, sizeof *t->score),
                      0,
                      0};
    return t->rater && t->respondent && t->rated && t->score;
}

/* Ties with one's own workgroup are left out: the diagonal is another relationship. */
static void add_ties(const run *r, const score_rule *rule, uint32_t member, uint32_t p,
                     tie_arrays *t)
{
    const relcoord_survey *s = r->survey;
    uint32_t own = s->attributes[COLUMN_WORKGROUP].values[p];
    for (uint32_t tie = s->first_tie[p]; tie < s->first_tie[p] + s->tie_count[p]; tie++) {
        int32_t score = score_measure(s->answers + (size_t)tie * ITEM_COUNT, rule, DIMENSION_RC);
        if (s->target[tie] == own)
            continue;
        if (score == 0) {
            t->left_out++;
            continue;
        }
        t->rater[t->n] = own;
        t->respondent[t->n] = member;
        t->rated[t->n] = s->target[tie];
        t->score[t->n++] = (double)score / SCORE_UNIT;
    }
}

static relcoord_status gather_ties(const run *r, uint32_t group, tie_arrays *t, uint32_t *members,
                                   relcoord_error *err)
{
    score_rule rule = score_rule_make(options_number(r->options, "min_share"), r->survey->asked);
    group_members people = {0, NULL};
    size_t most = 0;
    relcoord_status status = group_members_list(r, group, &people, err);
    for (uint32_t i = 0; i < people.count; i++)
        most += r->survey->tie_count[people.participations[i]];
    if (!status)
        status = make_ties(t, most) ? RELCOORD_OK : fail_memory(err);
    for (uint32_t i = 0; i < people.count && !status; i++)
        add_ties(r, &rule, i, people.participations[i], t);
    *members = people.count;
    group_members_free(&people);
    return status;
}

/* ---- One group ---- */

typedef struct fitted {
    component_fit fit;
    size_t left_out;
    double respondents, rater_groups; /* harmonic means; NaN without ties */
} fitted;

typedef struct fitting {
    const run *r;
    workgroup_effects workgroups;
    fitted *groups;
    uint32_t first; /* the group that task 0 is */
    atomic_bool cancelled;
} fitting;

static double share_done(const fitting *f)
{
    return 0.5 + 0.5 * f->first / f->r->cases.group_count;
}

/* Harmonic means, in which a mean of n respondents has the error of the average cell: over cells of
 * their respondents, over rated workgroups of the workgroups that rate them. */
static relcoord_status average_sizes(const tie_arrays *t, fitted *out, relcoord_error *err)
{
    key_index cells = {0}, rated = {0};
    uint32_t *sizes = memory_zeroed(t->n, sizeof *sizes),
             *raters = memory_zeroed(t->n, sizeof *raters);
    bool done = sizes && raters;
    double cell_sum = 0, rated_sum = 0;
    for (size_t i = 0; i < t->n && done; i++) {
        uint32_t crossed = key_index_add(&cells, (uint64_t)t->rater[i] << 32 | t->rated[i]);
        uint32_t target = key_index_add(&rated, t->rated[i]);
        done = crossed != INTERN_FULL && target != INTERN_FULL;
        if (done && sizes[crossed]++ == 0)
            raters[target]++;
    }
    for (uint32_t i = 0; i < cells.count && done; i++)
        cell_sum += 1.0 / sizes[i];
    for (uint32_t i = 0; i < rated.count && done; i++)
        rated_sum += 1.0 / raters[i];
    out->respondents = cells.count / cell_sum; /* 0/0 without ties */
    out->rater_groups = rated.count / rated_sum;
    key_index_free(&cells);
    key_index_free(&rated);
    memory_free(sizes);
    memory_free(raters);
    return done ? RELCOORD_OK : fail_memory(err);
}

/* Watches of a fit: the caller's thread, which has task 0, asks the user; the others hear of it. */
static bool is_cancelled(void *user)
{
    fitting *f = user;
    return atomic_load(&f->cancelled);
}

static bool asks_to_cancel(void *user)
{
    fitting *f = user;
    if (!atomic_load(&f->cancelled) && options_progress(f->r->options, share_done(f), NULL))
        atomic_store(&f->cancelled, true);
    return is_cancelled(f);
}

static relcoord_status fit_ties(fitting *f, size_t task, const component_ties *ties,
                                component_fit *out, relcoord_error *err)
{
    const reml_watch watch = {task == 0 ? asks_to_cancel : is_cancelled, f};
    int failed = components_fit(ties, f->workgroups, &watch, out);
    if (failed < 0)
        return fail_memory(err);
    return failed > 0 ? fail(err, RELCOORD_ECANCELLED, "cancelled") : RELCOORD_OK;
}

static relcoord_status fit_group(void *user, size_t task, relcoord_error *err)
{
    fitting *f = user;
    uint32_t group = f->first + (uint32_t)task;
    fitted *out = &f->groups[group];
    tie_arrays t = {0};
    uint32_t members = 0, labels = f->r->survey->attributes[COLUMN_WORKGROUP].labels.count;
    relcoord_status status = gather_ties(f->r, group, &t, &members, err);
    component_ties ties = {t.n, t.rater, t.respondent, t.rated, t.score, labels, members, labels};
    if (!status)
        status = fit_ties(f, task, &ties, &out->fit, err);
    if (!status)
        status = average_sizes(&t, out, err);
    out->left_out = t.left_out;
    free_ties(&t);
    if (!status && out->fit.reason == COMPONENTS_INVALID)
        status = fail(err, RELCOORD_EINTERNAL, "ties that cannot be crossed");
    return status;
}

/* As many groups at a time as there are threads, with progress between. */
static relcoord_status fit_groups(fitting *f, relcoord_error *err)
{
    uint32_t count = f->r->cases.group_count;
    relcoord_status status = RELCOORD_OK;
    for (; f->first < count && !status; f->first += (uint32_t)f->r->threads) {
        size_t tasks = count - f->first < f->r->threads ? count - f->first : f->r->threads;
        status = options_progress(f->r->options, share_done(f), err);
        if (!status)
            status = parallel_run(f->r->threads, tasks, fit_group, f, NULL, err);
    }
    return status;
}

/* ---- Tables ---- */

/* Why there are no components. */
static void note_reason(relcoord_table *table, const component_fit *fit)
{
    switch (fit->reason) {
    case COMPONENTS_NO_TIES: table_add_note(table, "empty"); break;
    case COMPONENTS_CONSTANT: table_add_note(table, "all_equal"); break;
    case COMPONENTS_UNIDENTIFIED: table_add_note(table, "unidentified"); break;
    case COMPONENTS_NO_RESIDUAL: table_add_note(table, "no_residual"); break;
    case COMPONENTS_STUCK: table_add_note(table, "no_convergence"); break;
    default: break;
    }
}

static int64_t levels_of(const component_fit *fit, component which)
{
    switch (which) {
    case COMPONENT_RATER: return (int64_t)fit->raters;
    case COMPONENT_RESPONDENT: return (int64_t)fit->respondents;
    case COMPONENT_RATED: return (int64_t)fit->rated;
    case COMPONENT_CELL: return (int64_t)fit->cells;
    default: return (int64_t)fit->ties;
    }
}

static void write_variance(const fitting *f, uint32_t group, const char *name, component which,
                           relcoord_table *table)
{
    const fitted *now = &f->groups[group];
    bool fixed = f->workgroups == WORKGROUPS_FIXED
                 && (which == COMPONENT_RATER || which == COMPONENT_RATED);
    size_t keys = cases_begin_row(table, &f->r->cases, group);
    table_set_string(table, keys, name);
    table_set_number(table, keys + 1, now->fit.variance[which]);
    table_set_number(table, keys + 2, now->fit.share[which]);
    table_set_number(table, keys + 3, now->fit.se[which]);
    table_set_integer(table, keys + 4, levels_of(&now->fit, which));
    table_set_integer(table, keys + 5, (int64_t)now->left_out);
    table_set_string(table, keys + 6, estimator_names[f->workgroups]);
    note_reason(table, &now->fit);
    if (now->fit.confounded & 1u << which)
        table_add_note(table, "confounded");
    if (now->fit.reason == COMPONENTS_FITTED && now->fit.at_zero[which])
        table_add_note(table, "at_zero");
    if (now->fit.reason == COMPONENTS_FITTED && fixed)
        table_add_note(table, "fixed");
}

static size_t begin_object(const fitting *f, uint32_t group, size_t object, bool absolute,
                           relcoord_table *table)
{
    size_t keys = cases_begin_row(table, &f->r->cases, group);
    table_set_string(table, keys, objects[object].name);
    table_set_string(table, keys + 1, absolute ? "dependability" : "generalizability");
    note_reason(table, &f->groups[group].fit);
    return keys;
}

static void write_coefficient(const fitting *f, uint32_t group, size_t object, bool absolute,
                              relcoord_table *table)
{
    const fitted *now = &f->groups[group];
    size_t keys = begin_object(f, group, object, absolute, table);
    table_set_number(table, keys + 2, now->respondents);
    table_set_number(table, keys + 3,
                     objects[object].object == MEASURED_CELL ? NAN : now->rater_groups);
    table_set_string(table, keys + 7, estimator_names[f->workgroups]);
    if (now->fit.reason != COMPONENTS_FITTED)
        return;
    generalizability g = generalizability_of(now->fit.variance, objects[object].object,
                                             f->workgroups, now->respondents, now->rater_groups);
    table_set_number(table, keys + 4, g.universe);
    table_set_number(table, keys + 5, absolute ? g.absolute_error : g.relative_error);
    table_set_number(table, keys + 6, absolute ? g.dependability : g.coefficient);
    if (!(g.universe > 0))
        table_add_note(table, "nothing_to_measure");
}

static void write_plan(const fitting *f, uint32_t group, size_t object, bool absolute,
                       relcoord_table *table)
{
    static const double wanted[] = {.70, .80, .90};
    const fitted *now = &f->groups[group];
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        size_t keys = begin_object(f, group, object, absolute, table);
        table_set_number(table, keys + 2, wanted[i]);
        table_set_number(table, keys + 4,
                         objects[object].object == MEASURED_CELL ? NAN : now->rater_groups);
        if (now->fit.reason != COMPONENTS_FITTED)
            continue;
        planned_respondents plan = plan_respondents(now->fit.variance, objects[object].object,
                                                    f->workgroups, now->rater_groups, wanted[i]);
        double needed = absolute ? plan.absolute : plan.relative;
        if (needed < 1e15)
            table_set_integer(table, keys + 3, (int64_t)needed);
        else
            table_add_note(table, "out_of_reach");
    }
}

static void write_group(const fitting *f, uint32_t group, relcoord_table *const tables[3])
{
    for (size_t i = 0; i < sizeof listed / sizeof *listed; i++)
        write_variance(f, group, listed[i].name, listed[i].which, tables[0]);
    for (size_t object = 0; object < 2; object++)
        for (int absolute = 0; absolute < 2; absolute++) {
            write_coefficient(f, group, object, absolute, tables[1]);
            write_plan(f, group, object, absolute, tables[2]);
        }
}

static relcoord_status components_finish(void *state, const run *r, relcoord_result *result,
                                         relcoord_error *err)
{
    relcoord_table *tables[3];
    fitting f = {r, (workgroup_effects)options_choice(r->options, "workgroups"), NULL, 0, false};
    relcoord_status status;
    (void)state;
    f.groups = memory_zeroed(r->cases.group_count, sizeof *f.groups);
    for (int i = 0; i < 3; i++)
        tables[i] = result_add_table(result, components_tables[i], r->cases.by_names,
                                     r->cases.by_count);
    status = f.groups && tables[0] && tables[1] && tables[2] ? RELCOORD_OK : fail_memory(err);
    if (!status)
        status = fit_groups(&f, err);
    for (uint32_t group = 0; group < r->cases.group_count && !status; group++)
        write_group(&f, group, tables);
    if (f.workgroups == WORKGROUPS_FIXED)
        result_add_note(result, "ties between workgroups; these workgroups are the only ones of "
                                "interest (workgroups fixed)");
    else
        result_add_note(result, "ties between workgroups; these workgroups stand for others like "
                                "them (workgroups random)");
    memory_free(f.groups);
    return status;
}

const analysis components_analysis = {
    .name = "components",
    .summary = "sources of variance in the ratings, and how many respondents are needed",
    .options = components_options,
    .option_count = sizeof components_options / sizeof *components_options,
    .tables = components_tables,
    .finish = components_finish,
    .unweighted = true,
};
