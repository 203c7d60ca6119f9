/* Distribution: every category of every variable, counted (relcoord-methods(7), Distribution). */
#include <math.h>
#include <string.h>

#include "analyses/distribution/concentration.h"
#include "analyses/distribution/tables.h"
#include "base/error.h"
#include "base/memory.h"
#include "engine/invitations.h"
#include "survey/register.h"

/* ---- What it takes and gives ---- */

static const option_spec distribution_options[] = {
    CASE_OPTIONS,
    BASE_OPTION,
    {.name = "variables",
     .type = OPTION_LIST,
     .initial = "",
     .help = "items, dimensions, groupings, or scales, which stand for their items; none given: "
             "all items and dimensions"},
    CONFIDENCE_OPTION,
    {.name = "round_to_100",
     .type = OPTION_FLAG,
     .initial = "false",
     .help = "whole per cents that add up to 100, by largest remainders, instead of rounding each "
             "one separately"},
    {.name = "population",
     .type = OPTION_INTEGER,
     .initial = "0",
     .choices = "register",
     .minimum = 0,
     .maximum = 1000000000,
     .help = "size of the population, or register, for the people in it: intervals for a finite "
             "population, and the worst case; 0: the intervals are of a sample of many like them"},
    CONCENTRATION_OPTIONS,
    THREAD_OPTION,
};

static const table_spec *const distribution_tables_list[] = {
    &categories_table,    &boxes_table,      &means_table,  &choices_table,
    &concentration_table, &top_shares_table, &lorenz_table, NULL,
};

typedef struct distributing {
    const run *r;
    categorical_list variables;
    people_sets sets;
    distribution_tables tables;
    concentration_tables concentrated;
    double counted;         /* the share of the whole work that is done once all is counted */
    category_count *counts; /* room for the categories of any variable */
    double *populations;    /* by set: 0 none is asked for, NaN not known */
} distributing;

/* ---- Questions of which several answers may be chosen ---- */

static const char *question_of(const distributing *d, const categorical *v)
{
    return v->source == FROM_ITEM ? d->r->survey->items[v->slot].entry->scale : "";
}

/* Whether all items of its scale are answered by 0 and 1, and there are several. */
static bool is_question(const distributing *d, size_t variable)
{
    const char *question = question_of(d, &d->variables.variables[variable]);
    size_t items = 0;
    for (size_t i = 0; *question && i < d->variables.count; i++) {
        const categorical *v = &d->variables.variables[i];
        if (strcmp(question_of(d, v), question) != 0)
            continue;
        if (i < variable || category_chosen(d->r->survey, v) < 0)
            return false; /* its first item stands for it */
        items++;
    }
    return items > 1;
}

static bool answers_any(const distributing *d, const char *question, uint32_t p)
{
    for (size_t i = 0; i < d->variables.count; i++) {
        const categorical *v = &d->variables.variables[i];
        if (strcmp(question_of(d, v), question) == 0 && category_of_person(d->r->survey, v, p) >= 0)
            return true;
    }
    return false;
}

/* Who leaves an item of it open has not chosen that. */
static void count_question(const distributing *d, const char *question, size_t set,
                           category_count *base, total *squares)
{
    memset(base, 0, sizeof *base);
    memset(squares, 0, sizeof *squares);
    for (size_t i = d->sets.start[set]; i < d->sets.start[set + 1]; i++) {
        uint32_t p = d->sets.people[i];
        double weight = d->r->cases.weight ? d->r->cases.weight[p] : 1;
        if (!answers_any(d, question, p))
            continue;
        base->n++;
        total_add(&base->weight, weight);
        total_add(squares, weight * weight);
    }
}

static void write_question(distributing *d, const char *question, size_t set, double population)
{
    category_count base;
    total squares;
    count_question(d, question, set, &base, &squares);
    for (size_t i = 0; i < d->variables.count; i++) {
        const categorical *v = &d->variables.variables[i];
        counting c = {.r = d->r,
                      .variable = v,
                      .people = d->sets.people + d->sets.start[set],
                      .people_count = d->sets.start[set + 1] - d->sets.start[set],
                      .categories = d->counts};
        share s = {.base_weight = total_value(&base.weight)};
        if (strcmp(question_of(d, v), question) != 0)
            continue;
        counting_fill(&c);
        s.n = c.categories[category_chosen(d->r->survey, v)].n;
        s.weight = total_value(&c.categories[category_chosen(d->r->survey, v)].weight);
        share_of_people(&s, total_value(&squares), d->r, population);
        distribution_write_choice(&d->tables, question, v, s, base.n, set);
    }
}

/* ---- One variable ---- */

static relcoord_status write_variable(distributing *d, size_t variable, relcoord_error *err)
{
    const size_t all = d->variables.count * d->sets.count;
    const bool question = is_question(d, variable);
    relcoord_status status = RELCOORD_OK;
    for (size_t set = 0; set < d->sets.count && !status; set++) {
        counting c = {.r = d->r,
                      .variable = &d->variables.variables[variable],
                      .people = d->sets.people + d->sets.start[set],
                      .people_count = d->sets.start[set + 1] - d->sets.start[set],
                      .population = d->populations[set],
                      .categories = d->counts};
        status = options_progress(
            d->r->options,
            0.5 + (d->counted - 0.5) * (double)(variable * d->sets.count + set) / (double)all, err);
        if (status)
            break;
        counting_fill(&c);
        distribution_write(&d->tables, &c, set);
        if (question)
            write_question(d, question_of(d, c.variable), set, d->populations[set]);
    }
    return status;
}

/* ---- The whole ---- */

enum { FROM_REGISTER = -1 };

static relcoord_status check_number(const distributing *d, int64_t population, relcoord_error *err)
{
    if (d->r->cases.by_count > 0)
        return fail_option(
            err, "population",
            "one population cannot stand for each group: leave out 'population' or 'by'");
    if ((size_t)population < d->sets.start[1])
        return fail_option(err, "population",
                           "a population of %lld is smaller than the %lld people in the data",
                           (long long)population, (long long)d->sets.start[1]);
    d->populations[0] = (double)population;
    return RELCOORD_OK;
}

static bool same_labels(const distributing *d, size_t set, const people_sets *invited, size_t other)
{
    const size_t by = d->r->cases.by_count;
    for (size_t i = 0; i < by; i++)
        if (strcmp(d->sets.labels[set * by + i], invited->labels[other * by + i]) != 0)
            return false;
    return true;
}

/* The register's people, in the groups that the data are in. A group that is not there, or of whom
 * more answered than were invited, has no known population. */
static relcoord_status count_register(const distributing *d, relcoord_error *err)
{
    run of_register = *d->r;
    people_sets invited = {0};
    relcoord_status status;
    of_register.survey = d->r->survey->invited->people;
    for (size_t i = 0; i < d->r->cases.by_count; i++)
        if (survey_find_attribute(of_register.survey, d->r->cases.by_names[i])
            == of_register.survey->attribute_count)
            return fail_option(err, "population",
                               "the register has no column '%s' to count the population of each "
                               "group by",
                               d->r->cases.by_names[i]);
    status = invitations_select(d->r, &of_register.cases, err);
    if (status)
        return status;
    of_register.cases.weight = NULL;
    status = people_sets_make(&of_register, &invited, err);
    for (size_t set = 0; set < d->sets.count && !status; set++) {
        d->populations[set] = NAN;
        for (size_t i = 0; i < invited.count; i++)
            if (same_labels(d, set, &invited, i)
                && invited.start[i + 1] - invited.start[i]
                       >= d->sets.start[set + 1] - d->sets.start[set])
                d->populations[set] = (double)(invited.start[i + 1] - invited.start[i]);
    }
    people_sets_free(&invited);
    cases_free(&of_register.cases);
    return status;
}

static relcoord_status find_populations(distributing *d, relcoord_error *err)
{
    const int64_t population = options_integer(d->r->options, "population");
    d->populations = memory_zeroed(d->sets.count, sizeof *d->populations);
    if (!d->populations)
        return fail_memory(err);
    if (population == 0)
        return RELCOORD_OK;
    if (d->r->cases.weight)
        return fail_option(
            err, "population",
            "'population' has no weighted definition: ignore the weights, or leave it out");
    if (population != FROM_REGISTER)
        return check_number(d, population, err);
    if (!d->r->survey->invited)
        return fail_option(err, "population",
                           "there is no register to count the population in: give one by the "
                           "reading option 'register', or the number");
    return count_register(d, err);
}

static relcoord_status make_room(distributing *d, relcoord_result *result, relcoord_error *err)
{
    const cases *c = &d->r->cases;
    distribution_tables *t = &d->tables;
    size_t most = 1;
    for (size_t i = 0; i < d->variables.count; i++)
        most = d->variables.variables[i].count > most ? d->variables.variables[i].count : most;
    d->counts = memory_zeroed(most, sizeof *d->counts);
    t->r = d->r;
    t->sets = &d->sets;
    t->to_100 = options_flag(d->r->options, "round_to_100");
    t->parts = memory_new(most, sizeof *t->parts);
    t->rounded = memory_new(most, sizeof *t->rounded);
    t->marked = memory_zeroed(most, sizeof *t->marked);
    t->categories = result_add_table(result, &categories_table, c->by_names, c->by_count);
    t->boxes = result_add_table(result, &boxes_table, c->by_names, c->by_count);
    t->means = result_add_table(result, &means_table, c->by_names, c->by_count);
    t->choices = result_add_table(result, &choices_table, c->by_names, c->by_count);
    if (!d->counts || !t->parts || !t->rounded || !t->marked || !t->choices
        || !concentration_add_tables(result, d->r, &d->concentrated))
        return fail_memory(err);
    return RELCOORD_OK;
}

static void add_notes(const distributing *d, relcoord_result *result)
{
    bool ties = false, people = false;
    for (size_t i = 0; i < d->variables.count; i++) {
        ties = ties || d->variables.variables[i].source == FROM_TIES;
        people = people || d->variables.variables[i].source != FROM_TIES;
    }
    if (ties)
        result_add_note(result, "the seven dimensions are counted by ties: each respondent counts "
                                "once for each workgroup rated");
    if (people && options_integer(d->r->options, "population") != 0)
        result_add_note(
            result,
            "the intervals assume that those of the population who did not answer are missing at "
            "random; the worst case assumes that they would all have given one answer");
    else if (people)
        result_add_note(result,
                        "the intervals treat those who answered as a sample of many like them");
    if (people && d->r->survey->invited && !d->r->cases.weight
        && options_integer(d->r->options, "population") == 0)
        result_add_note(result,
                        "population=register gives intervals for the people in the register "
                        "alone, and the worst case");
    if (d->r->cases.weight)
        result_add_note(result, "per cents and means are weighted, counts are not");
}

/* Who asks for a concentration alone gets a page of that. */
static void put_aside(const distributing *d)
{
    relcoord_table *const tables[] = {d->tables.categories, d->tables.boxes, d->tables.means,
                                      d->tables.choices};
    bool alone = concentration_wanted(d->r) && !*options_names(d->r->options, "variables");
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        tables[i]->aside = alone;
}

static relcoord_status distribution_finish(void *state, const run *r, relcoord_result *result,
                                           relcoord_error *err)
{
    distributing d = {.r = r, .counted = concentration_wanted(r) ? 0.6 : 1};
    relcoord_status status = concentration_check(r, err);
    (void)state;
    if (!status)
        status = categoricals_select(r, "variables", result, &d.variables, err);
    if (!status)
        status = people_sets_make(r, &d.sets, err);
    if (!status)
        status = find_populations(&d, err);
    if (!status)
        status = make_room(&d, result, err);
    if (!status) {
        put_aside(&d);
        add_notes(&d, result);
    }
    for (size_t i = 0; i < d.variables.count && !status; i++)
        status = write_variable(&d, i, err);
    if (!status)
        status = concentration_write(&d.concentrated, r, &d.sets, d.counted, err);
    memory_free(d.counts);
    memory_free(d.populations);
    memory_free(d.tables.parts);
    memory_free(d.tables.rounded);
    memory_free(d.tables.marked);
    people_sets_free(&d.sets);
    categoricals_free(&d.variables);
    return status;
}

const analysis distribution_analysis = {
    .name = "distribution",
    .summary = "distribution of answers: counts and per cents of those who answered",
    .options = distribution_options,
    .option_count = sizeof distribution_options / sizeof *distribution_options,
    .tables = distribution_tables_list,
    .finish = distribution_finish,
    .takes_any_data = true,
};
