#include "drafting/guess_form.h"

#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "drafting/form_texts.h"

enum { LEAST_DIMENSIONS = 3 };

bool guess_has_choices(const guesses *g, size_t column)
{
    return answers_fit_form(g->of[column].form, &g->profile->columns[column]);
}

void guess_link_form(guesses *g)
{
    g->stems = g->form ? memory_new(g->profile->count + 1, sizeof *g->stems) : NULL;
    g->failed = g->failed || (g->form && !g->stems);
    for (size_t i = 0; i < g->profile->count && g->stems; i++) {
        g->of[i].form = form_find(g->form, g->profile->columns[i].name);
        g->stems[i] = guess_stem(g, g->profile->columns[i].name);
    }
}

static bool is_zero_or_one(const guesses *g, size_t column)
{
    const column_profile *c = &g->profile->columns[column];
    return c->filled == 0 || answers_are_zero_or_one(g->profile, c);
}

/* ---- Statuses ---- */

void guess_statuses(guesses *g)
{
    static const char *const names[] = {"stato_", "statoverall_"};
    for (size_t n = 0; n < sizeof names / sizeof *names && !guess_has_role(g, ROLE_STATUS); n++) {
        size_t found[FORM_STATUS_COUNT], length = strlen(names[n]), count = 0;
        for (size_t i = 0; i < g->profile->count; i++) {
            const char *name = g->profile->columns[i].name;
            size_t status = strncmp(name, names[n], length) == 0 && name[length]
                                    && !name[length + 1]
                                ? (size_t)(name[length] - '1')
                                : FORM_STATUS_COUNT;
            if (status >= FORM_STATUS_COUNT || !guess_is_open(g, i) || !is_zero_or_one(g, i))
                continue;
            found[status] = i;
            count++;
        }
        for (size_t status = 0; status < FORM_STATUS_COUNT && count == FORM_STATUS_COUNT;
             status++) {
            guess *of = &g->of[found[status]];
            guess_list(of, ROLE_STATUS, "status_columns", 0);
            of->stem = "stato";
            for (int l = 0; l < LABEL_LANGUAGES; l++)
                of->labels[l] = form_status_names[status][l];
        }
    }
}

/* ---- Questions with several answers ---- */

static bool is_option(const guesses *g, size_t column)
{
    return guess_is_open(g, column) && g->of[column].form && g->of[column].form->multiple
           && is_zero_or_one(g, column) && g->profile->columns[column].filled > 0;
}

/* Two groups of one name would be shown as one: the second keeps its column's. */
static bool repeats_option(const guesses *g, size_t column, const char *stem)
{
    for (size_t i = 0; i < column; i++)
        if (g->of[i].stem == stem && g->of[i].form
            && strcmp(g->of[i].form->option, g->of[column].form->option) == 0)
            return true;
    return false;
}

static void list_options(guesses *g)
{
    language spoken = g->form ? form_language(g->form) : ENGLISH;
    const char *last = NULL, *stem = NULL;
    for (size_t i = 0; i < g->profile->count && !g->failed; i++) {
        guess *of = &g->of[i];
        if (!is_option(g, i))
            continue;
        if (!last || strcmp(last, of->form->question) != 0)
            stem = guess_grouping_name(g, *of->form->question ? of->form->question : g->stems[i]);
        last = of->form->question;
        guess_list(of, ROLE_GROUP, "several_answers", 0);
        if (*of->form->option && !repeats_option(g, i, stem))
            of->labels[spoken] = of->form->option;
        of->stem = stem;
    }
}

/* ---- Batteries ---- */

/* Whether two columns are rows of one battery: their names begin alike, and their choices are the
 * same. */
static bool are_one_battery(const guesses *g, size_t a, size_t b)
{
    return g->stems[a] == g->stems[b] && answers_same_choices(g->of[a].form, g->of[b].form);
}

/* A battery of ratings: its first column, its dimension, and where its rows' own texts begin. */
typedef struct battery {
    size_t first, rows, start;
    int dimension;
} battery;

static battery find_battery(const guesses *g, size_t first)
{
    battery found = {first, 1, 0, ITEM_COUNT};
    const char *whole = g->of[first].form->text;
    char question[512];
    for (size_t i = first + 1; i < g->profile->count; i++) {
        size_t start;
        if (!guess_is_open(g, i) || !guess_has_choices(g, i) || !are_one_battery(g, first, i))
            continue;
        start = form_shared_start(whole, g->of[i].form->text);
        found.start = found.rows == 1 || start < found.start ? start : found.start;
        found.rows++;
    }
    if (found.rows > 1 && found.start > 0 && found.start < sizeof question) {
        memcpy(question, whole, found.start);
        question[found.start] = 0;
        found.dimension = form_dimension(question);
    }
    return found;
}

/* What stands behind the stem in the name of a row: its number. */
static const char *row_number(const char *name, const char *stem)
{
    name += strlen(stem);
    return name + (*name && strchr("_.- /", *name) ? 1 : 0);
}

static void list_battery(const guesses *g, const battery *b)
{
    const char *stem = g->stems[b->first];
    for (size_t i = g->profile->count;
         i-- > b->first;) { /* the first, with which others are compared, last */
        guess *of = &g->of[i];
        const char *name = g->profile->columns[i].name,
                   *target = strncmp(name, stem, strlen(stem)) == 0 ? row_number(name, stem) : "";
        if (!guess_is_open(g, i) || !guess_has_choices(g, i) || !*target
            || !are_one_battery(g, b->first, i))
            continue;
        guess_list(of, ROLE_ITEM, "form_dimension", 1u << CHECK_ROLE);
        of->dimension = b->dimension;
        of->target = target;
        of->target_length = strlen(target);
    }
}

/* Batteries that ask for several dimensions of relational coordination, of as many rows each. */
static void list_batteries(guesses *g)
{
    battery found[ITEM_COUNT];
    size_t count = 0;
    bool *seen = memory_zeroed(g->profile->count + 1, sizeof *seen);
    g->failed = g->failed || !seen;
    for (size_t i = 0; i < g->profile->count && !g->failed && count < ITEM_COUNT; i++) {
        battery b;
        bool wanted;
        if (seen[i] || !guess_is_open(g, i) || !guess_has_choices(g, i))
            continue;
        b = find_battery(g, i);
        for (size_t j = i; j < g->profile->count; j++)
            seen[j] = seen[j]
                      || (guess_is_open(g, j) && guess_has_choices(g, j)
                          && are_one_battery(g, i, j));
        wanted = b.dimension < ITEM_COUNT && (count == 0 || b.rows == found[0].rows);
        for (size_t k = 0; k < count; k++)
            wanted = wanted && found[k].dimension != b.dimension;
        if (wanted)
            found[count++] = b;
    }
    for (size_t k = 0; k < count && count >= LEAST_DIMENSIONS; k++)
        list_battery(g, &found[k]);
    memory_free(seen);
}

static bool has_ratings(const guesses *g)
{
    for (size_t i = 0; i < g->profile->count; i++)
        if (g->of[i].dimension < ITEM_COUNT
            || (g->of[i].state == GUESS_LISTED && g->of[i].role == ROLE_TARGET))
            return true;
    return false;
}

void guess_by_form(guesses *g)
{
    list_options(g);
    if (g->stems && !has_ratings(g))
        list_batteries(g);
}

/* ---- What is rated ---- */

static bool same_target(const guess *a, const guess *b)
{
    return a->target_length == b->target_length
           && memcmp(a->target, b->target, a->target_length) == 0;
}

/* What is behind the start that all texts of a dimension share. */
static const char *own_text(const guesses *g, size_t column)
{
    const guess *of = &g->of[column];
    size_t start = SIZE_MAX;
    for (size_t i = 0; i < g->profile->count; i++)
        if (i != column && g->of[i].target && g->of[i].form
            && g->of[i].dimension == of->dimension) {
            size_t shared = form_shared_start(of->form->text, g->of[i].form->text);
            start = shared < start ? shared : start;
        }
    return start == SIZE_MAX ? "" : of->form->text + start;
}

/* A workgroup that is called differently, or as another is, has its name from the columns. */
static void drop_unclear_rows(guesses *g)
{
    bool unclear = false;
    for (size_t i = 0; i < g->profile->count; i++)
        for (size_t j = 0; j < i && g->of[i].target; j++)
            if (g->of[j].target)
                unclear = unclear || !g->of[i].row || !g->of[j].row
                          || same_target(&g->of[i], &g->of[j])
                                 != (strcmp(g->of[i].row, g->of[j].row) == 0);
    for (size_t i = 0; i < g->profile->count && unclear; i++)
        g->of[i].row = NULL;
}

void guess_rows(guesses *g)
{
    for (size_t i = 0; i < g->profile->count && g->form; i++)
        if (g->of[i].target && g->of[i].form && *own_text(g, i))
            g->of[i].row = own_text(g, i);
    if (g->form)
        drop_unclear_rows(g);
}

static bool is_row(const guesses *g, const char *label)
{
    for (size_t i = 0; i < g->profile->count && *label; i++)
        if (g->of[i].row && strcmp(g->of[i].row, label) == 0)
            return true;
    return false;
}

bool guess_names_rated(const guesses *g, size_t column)
{
    const form_variable *v = g->of[column].form;
    const intern *values = &g->profile->columns[column].values;
    if (!guess_has_choices(g, column) || values->count < 2)
        return false;
    for (uint32_t i = 0; i < values->count; i++) {
        size_t k = 0;
        while (k < v->count && !form_value_is(&v->choices[k], values->strings[i]))
            k++;
        if (k == v->count || !is_row(g, v->choices[k].text))
            return false;
    }
    return true;
}

/* ---- Choices ---- */

/* Whether other columns have names that begin alike, and all of those have the same choices. */
static bool is_in_battery(const guesses *g, size_t column)
{
    size_t others = 0;
    for (size_t i = 0; i < g->profile->count; i++) {
        if (i == column || !g->of[i].form || g->of[i].form->multiple || g->of[i].form->count == 0
            || g->stems[i] != g->stems[column])
            continue;
        if (!answers_same_choices(g->of[column].form, g->of[i].form))
            return false;
        others++;
    }
    return others > 0;
}

/* Choices that are numbers themselves, or have texts at their ends alone. */
static bool are_numbers(const form_variable *v)
{
    size_t texts = 0;
    double number;
    for (size_t i = 0; i < v->count; i++) {
        const char *label = v->choices[i].text;
        if (!number_parse(v->choices[i].value, strlen(v->choices[i].value), &number))
            return false;
        texts += *label && !number_parse(label, strlen(label), &number)
                 && answers_kind_of_label(label) == CODE_UNSCORED;
    }
    return v->count > 2 && texts <= 2;
}

void guess_by_choices(guesses *g, size_t column)
{
    const column_profile *c = &g->profile->columns[column];
    guess *of = &g->of[column];
    bool rows = is_in_battery(g, column), known = answers_known_scale(of->form);
    double number;
    bool numbers = number_parse(of->form->choices[0].value, strlen(of->form->choices[0].value),
                                &number);
    if (!known && !are_numbers(of->form) && !(rows && numbers)) {
        guess_group(g, of, c->name, "form_choices");
        return;
    }
    guess_list(of, ROLE_ITEM, known ? "known_labels" : "form_choices",
               1u << CHECK_ROLE | (rows ? 1u << CHECK_SCALE : 0));
    of->stem = guess_scale_name(rows ? g->stems[column] : c->name);
}
