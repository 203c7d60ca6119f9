#include "drafting/guess_columns.h"

#include <string.h>

#include "base/text.h"
#include "drafting/guess_form.h"
#include "survey/matching.h"

enum { MOST_GROUPS = 30, LEAST_IDS = 13 };

/* ---- By the name ---- */

/* A heading that a codebook cannot name: it would be trimmed, or taken for a pattern. */
static bool is_odd(const char *name)
{
    for (const char *c = name; *c; c++)
        if ((unsigned char)*c < ' ')
            return true;
    return *name == ' ' || strstr(name, "{target}") || strstr(name, "{dimension}");
}

static void guess_by_name(guesses *g)
{
    bool taken[COLUMN_KNOWN] = {false};
    for (size_t i = 0; i < g->profile->count; i++) {
        const char *name = g->profile->columns[i].name;
        column_role known = column_role_of(name);
        guess *of = &g->of[i];
        if (is_odd(name)) {
            guess_leave(of, "odd_name");
        } else if (known != COLUMN_IGNORED && !taken[known]) {
            bool item = known >= COLUMN_ITEM;
            taken[known] = true;
            guess_list(of, role_of_column(known), "known_name", 0);
            of->dimension = item ? (int)(known - COLUMN_ITEM) : ITEM_COUNT;
        }
    }
}

/* ---- By dimension and workgroup in one name ---- */

static const char *const patterns[] = {
    "{dimension}_{target}", "{target}_{dimension}", "{dimension}.{target}", "{target}.{dimension}",
    "{dimension} {target}", "{target} {dimension}", "{dimension}-{target}", "{target}-{dimension}",
    "{dimension}/{target}", "{target}/{dimension}", "{dimension}:{target}", "{target}:{dimension}",
};
enum { PATTERN_COUNT = sizeof patterns / sizeof *patterns };

/* Whether a heading has that form, in one way only, and then what it says. */
static bool fits(const char *pattern, const char *name, guess *of)
{
    size_t ways;
    return pattern_matches(pattern, name, &of->dimension, &of->target, &of->target_length, &ways)
           && ways == 1;
}

/* Takes the columns of that form that no earlier one says the same of. */
static void take_pattern(guesses *g, const char *pattern, guess_state state, intern *said)
{
    for (size_t i = 0; i < g->profile->count && !g->failed; i++) {
        guess found = {.dimension = ITEM_COUNT};
        uint32_t count = said->count;
        text key = {0};
        if (!guess_is_open(g, i) || !fits(pattern, g->profile->columns[i].name, &found))
            continue;
        text_add_integer(&key, found.dimension);
        text_add(&key, " ");
        text_add_bytes(&key, found.target, found.target_length);
        g->failed = key.failed || intern_add(said, key.bytes, key.length) == INTERN_FULL;
        if (!g->failed && said->count == count) {
            guess_leave(&g->of[i], "name_taken");
        } else if (!g->failed) {
            found.state = state;
            found.role = ROLE_ITEM;
            found.reason = "dimension_and_target";
            found.form = g->of[i].form;
            g->of[i] = found;
        }
        text_free(&key);
    }
}

/* The form that most columns have becomes the pattern; others are rows of their own. */
static void guess_by_pattern(guesses *g)
{
    size_t most = 0, best = 0;
    intern said = {0};
    for (size_t i = 0; i < g->profile->count; i++)
        if (g->of[i].dimension < ITEM_COUNT
            || (g->of[i].state == GUESS_LISTED && g->of[i].role == ROLE_TARGET))
            return; /* long data */
    for (size_t p = 0; p < PATTERN_COUNT; p++) {
        size_t count = 0;
        for (size_t i = 0; i < g->profile->count; i++) {
            guess found = {.dimension = ITEM_COUNT};
            count += guess_is_open(g, i) && fits(patterns[p], g->profile->columns[i].name, &found);
        }
        best = count > most ? p : best;
        most = count > most ? count : most;
    }
    take_pattern(g, patterns[best], most > 1 ? GUESS_PATTERNED : GUESS_LISTED, &said);
    g->pattern = most > 1 ? patterns[best] : NULL;
    for (size_t p = 0; p < PATTERN_COUNT; p++)
        take_pattern(g, patterns[p], GUESS_LISTED, &said);
    intern_free(&said);
}

/* One row of a pattern has one list of values. */
static bool has_unlike_choices(const guesses *g)
{
    const guess *first = NULL;
    for (size_t i = 0; i < g->profile->count; i++) {
        const guess *of = &g->of[i];
        if (of->state != GUESS_PATTERNED)
            continue;
        if (first
            && (guess_has_choices(g, i) != (first->form != NULL)
                || (first->form && !answers_same_choices(first->form, of->form))))
            return true;
        if (!first && !guess_has_choices(g, i))
            return false;
        first = first ? first : of;
    }
    return false;
}

/* A pattern must not reach a column that is left out: then each has a row of its own. */
static void keep_pattern_in_bounds(guesses *g)
{
    bool out = g->pattern && has_unlike_choices(g);
    for (size_t i = 0; i < g->profile->count && g->pattern; i++) {
        guess found;
        size_t ways;
        out = out
              || (g->of[i].state == GUESS_LEFT
                  && pattern_matches(g->pattern, g->profile->columns[i].name, &found.dimension,
                                     &found.target, &found.target_length, &ways));
    }
    for (size_t i = 0; i < g->profile->count && out; i++)
        g->of[i].state = g->of[i].state == GUESS_PATTERNED ? GUESS_LISTED : g->of[i].state;
    g->pattern = out ? NULL : g->pattern;
}

/* ---- By what stands in them ---- */

static bool is_id_name(const char *name)
{
    static const char *const names[] = {
        "id",       "respondent_id", "respondentid", "resp_id",     "respid",
        "case_id",  "caseid",        "record_id",    "participant", "participant_id",
        "deltager", "deltager_id",   "løbenr",       "løbenummer",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (heading_is(name, strlen(name), names[i]))
            return true;
    return false;
}

static void guess_respondent(guesses *g)
{
    const profile *p = g->profile;
    for (size_t i = 0; i < p->count && !guess_has_role(g, ROLE_RESPONDENT); i++)
        if (guess_is_open(g, i) && p->columns[i].filled == p->rows
            && is_id_name(p->columns[i].name))
            guess_list(&g->of[i], ROLE_RESPONDENT, "known_name", 1u << CHECK_ROLE);
    for (size_t i = 0; i < p->count && !guess_has_role(g, ROLE_RESPONDENT); i++) {
        const column_profile *c = &p->columns[i];
        if (guess_is_open(g, i) && c->all_differ && c->filled == p->rows && p->rows >= LEAST_IDS
            && !(c->all_numbers && !c->all_whole))
            guess_list(&g->of[i], ROLE_RESPONDENT, "all_different", 1u << CHECK_ROLE);
    }
}

/* The workgroups that are rated: named by headings, or by the column of them. */
static void find_targets(guesses *g, intern *targets)
{
    for (size_t i = 0; i < g->profile->count && !g->failed; i++) {
        const guess *of = &g->of[i];
        const intern *values = &g->profile->columns[i].values;
        if (of->target)
            g->failed = intern_add(targets, of->target, of->target_length) == INTERN_FULL;
        for (uint32_t v = 0; v < values->count && of->role == ROLE_TARGET && !g->failed; v++)
            g->failed = intern_add(targets, values->strings[v], strlen(values->strings[v]))
                        == INTERN_FULL;
    }
}

/* A column that says nothing but names of workgroups that are rated. */
static void guess_workgroup(guesses *g)
{
    intern targets = {0};
    find_targets(g, &targets);
    for (size_t i = 0; i < g->profile->count && !guess_has_role(g, ROLE_WORKGROUP) && !g->failed;
         i++) {
        const intern *values = &g->profile->columns[i].values;
        uint32_t known = 0;
        if (guess_is_open(g, i) && guess_names_rated(g, i))
            guess_list(&g->of[i], ROLE_WORKGROUP, "among_targets", 1u << CHECK_ROLE);
        if (!guess_is_open(g, i) || guess_has_choices(g, i) || values->count < 2
            || g->profile->columns[i].filled < g->profile->rows)
            continue;
        while (known < values->count
               && intern_find(&targets, values->strings[known], strlen(values->strings[known]))
                      != INTERN_FULL)
            known++;
        if (known == values->count)
            guess_list(&g->of[i], ROLE_WORKGROUP, "among_targets", 1u << CHECK_ROLE);
    }
    intern_free(&targets);
}

static bool may_be_member(guesses *g, size_t column)
{
    return guess_is_open(g, column)
           && answers_are_zero_or_one(g->profile, &g->profile->columns[column]);
}

/* Columns of 0 and 1 whose names begin alike. */
static void guess_groupings(guesses *g)
{
    for (size_t i = 0; i < g->profile->count && !g->failed; i++)
        if (may_be_member(g, i))
            g->of[i].stem = guess_stem(g, g->profile->columns[i].name);
    for (size_t i = 0; i < g->profile->count && !g->failed; i++) {
        const char *stem = g->of[i].stem; /* interned: equal names are one */
        size_t alike = 0;
        if (!stem || !guess_is_open(g, i))
            continue;
        for (size_t j = i; j < g->profile->count; j++)
            alike += g->of[j].stem == stem && guess_is_open(g, j);
        for (size_t j = i; j < g->profile->count && alike > 1; j++)
            if (g->of[j].stem == stem && guess_is_open(g, j)) {
                guess_list(&g->of[j], ROLE_GROUP, "zero_or_one", 1u << CHECK_MEMBERSHIP);
                g->of[j].stem = guess_grouping_name(g, stem);
            }
    }
}

static void guess_by_values(guesses *g, size_t column)
{
    const column_profile *c = &g->profile->columns[column];
    guess *of = &g->of[column];
    text cell = {0};
    unsigned checks = 0;
    answers_kind kind = answers_write(g->profile, &c, 1, false, &cell, &checks);
    g->failed = g->failed || cell.failed;
    text_free(&cell);
    if (kind == ANSWERS_NONE && c->filled == 0) {
        guess_leave(of, "no_values");
    } else if (c->unclean) {
        guess_leave(of, "free_text");
    } else if (kind == ANSWERS_NUMBERS || kind == ANSWERS_LABELS) {
        guess_list(of, ROLE_ITEM, kind == ANSWERS_NUMBERS ? "few_numbers" : "known_labels",
                   1u << CHECK_ROLE | 1u << CHECK_SCALE);
        of->stem = guess_scale_name(guess_stem(g, c->name));
    } else if (!c->many && c->values.count <= MOST_GROUPS
               && 2 * (int64_t)c->values.count <= c->filled && (!c->all_numbers || c->all_whole)) {
        guess_group(g, of, c->name, "few_labels");
    } else {
        guess_leave(of, c->all_numbers ? "many_numbers" : "many_values");
    }
}

void guess_columns(guesses *g)
{
    for (size_t i = 0; i < g->profile->count; i++)
        g->of[i] = (guess){.role = ROLE_COUNT, .dimension = ITEM_COUNT};
    guess_by_name(g);
    guess_link_form(g);
    guess_by_pattern(g);
    guess_respondent(g);
    guess_statuses(g);
    guess_by_form(g);
    guess_rows(g);
    guess_workgroup(g);
    guess_groupings(g);
    for (size_t i = 0; i < g->profile->count && !g->failed; i++)
        if (guess_is_open(g, i) && guess_has_choices(g, i))
            guess_by_choices(g, i);
        else if (guess_is_open(g, i))
            guess_by_values(g, i);
    keep_pattern_in_bounds(g);
}
