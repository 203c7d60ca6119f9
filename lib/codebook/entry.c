/* One row of a codebook against relcoord-codebook(5): what each role may have, what scales and
 * dimensions there are, and what may stand only once. Knows nothing of the data. */
#include "codebook/entry.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "codebook/names.h"

enum { MOST_RC_SCORE = 127 }; /* answers are bytes */

#define fail_cell(c, cell, ...) \
    reader_fail(&(c)->at, RELCOORD_EDATA, (c)->column_of[cell], __VA_ARGS__)
static const char the_seven[] = "frequent, timely, accurate, problem_solving, shared_goals, "
                                "shared_knowledge, mutual_respect";
static const char target_mark[] = "{target}", dimension_mark[] = "{dimension}", rc[] = "rc";

static unsigned bit(codebook_role role)
{
    return 1u << role;
}

static bool has_role(const codebook_entry *e, unsigned roles)
{
    return (bit(e->role) & roles) != 0;
}

static bool is_rc(const codebook_entry *e)
{
    return e->role == ROLE_ITEM && strcmp(e->scale, rc) == 0;
}

static bool is_membership(const codebook_entry *e)
{
    return (e->role == ROLE_GROUP || e->role == ROLE_UNIT || e->role == ROLE_STATUS)
           && *e->dimension;
}

/* ---- Cells that a role does not have ---- */

static void check_cells(codebook_reader *c, const codebook_entry *e)
{
    const char *role = codebook_role_names[e->role];
    if (!*e->variable && e->role != ROLE_TARGET)
        fail_cell(c, CELL_VARIABLE,
                  "the variable is empty; only a row of role target may leave it empty");
    else if (!*e->variable && e->values.count == 0)
        fail_cell(c, CELL_VALUES,
                  "a row of role target without a variable has to list the targets");
    else if (*e->scale && !has_role(e, bit(ROLE_ITEM) | bit(ROLE_OUTCOME)))
        fail_cell(c, CELL_SCALE, "a row of role %s has no scale", role);
    else if (*e->dimension
             && !has_role(e, bit(ROLE_ITEM) | bit(ROLE_OUTCOME) | bit(ROLE_UNIT) | bit(ROLE_GROUP)
                                 | bit(ROLE_STATUS)))
        fail_cell(c, CELL_DIMENSION, "a row of role %s has no dimension", role);
    else if (*e->target && e->role != ROLE_ITEM && e->role != ROLE_OUTCOME)
        fail_cell(c, CELL_TARGET, "a row of role %s has no target", role);
    else if (*e->level && e->role != ROLE_ITEM)
        fail_cell(c, CELL_LEVEL, "a row of role %s has no level", role);
    else if (e->values.count && has_role(e, bit(ROLE_RESPONDENT) | bit(ROLE_WEIGHT)))
        fail_cell(c, CELL_VALUES, "a row of role %s has no values", role);
}

/* ---- Scales and dimensions ---- */

/* The dimension of relational coordination of that name, in English or Danish; NULL for none. */
static const char *find_dimension(const char *name)
{
    column_role role = column_role_of(name);
    return role >= COLUMN_ITEM && role < COLUMN_KNOWN ? dimension_names[role - COLUMN_ITEM] : NULL;
}

static const char *nearest_dimension(const char *name)
{
    const char *near = relcoord_nearest(name, dimension_names, ITEM_COUNT);
    for (int d = 0; !near && d < ITEM_COUNT; d++)
        near = relcoord_nearest(name, &column_names[COLUMN_ITEM + d][1], 1);
    return near;
}

static void refuse_dimension(codebook_reader *c, const codebook_entry *e)
{
    const char *near = nearest_dimension(e->dimension);
    char buffer[SHOWN_SIZE];
    const char *shown = reader_shown(&c->at, e->dimension, strlen(e->dimension), buffer);
    if (near)
        fail_cell(c, CELL_DIMENSION,
                  "%s is not a dimension of relational coordination; did you mean '%s'?", shown,
                  near);
    else if (*e->scale)
        fail_cell(c, CELL_DIMENSION,
                  "%s is not a dimension of relational coordination; these are %s", shown,
                  the_seven);
    else
        fail_cell(c, CELL_DIMENSION,
                  "%s is not a dimension of relational coordination; an item of another scale has "
                  "to name the scale",
                  shown);
}

/* An item is of scale rc if it says so, or by its dimension; any spelling of either becomes the
 * one. */
static void check_item(codebook_reader *c, codebook_entry *e)
{
    bool any = strstr(e->variable, dimension_mark) != NULL;
    const char *known = find_dimension(e->dimension);
    if ((!*e->scale && (known || any)) || strcmp(e->scale, "RC") == 0)
        e->scale = rc;
    if (*e->scale && !is_rc(e))
        return;
    if (any && *e->dimension)
        fail_cell(c, CELL_DIMENSION,
                  "the variable has {dimension}, so the dimension must be empty");
    else if (*e->dimension && !known)
        refuse_dimension(c, e);
    else if (!any && !known && !*e->scale)
        fail_cell(c, CELL_SCALE,
                  "an item needs a scale, or a dimension of relational coordination");
    else if (!any && !known)
        fail_cell(c, CELL_DIMENSION,
                  "an item of scale rc needs {dimension} in its variable or a dimension: %s",
                  the_seven);
    else if (known)
        e->dimension = known;
}

static void check_pattern(codebook_reader *c, codebook_entry *e)
{
    const char *target = strstr(e->variable, target_mark),
               *dimension = strstr(e->variable, dimension_mark);
    const char *mark = target ? target_mark : dimension_mark;
    e->pattern = target || dimension;
    if (e->pattern && !is_rc(e))
        fail_cell(c, CELL_VARIABLE, "a variable has %s, which only items of scale rc can have",
                  mark);
    else if ((target && strstr(target + 1, target_mark))
             || (dimension && strstr(dimension + 1, dimension_mark)))
        fail_cell(c, CELL_VARIABLE, "the variable has %s twice",
                  target && strstr(target + 1, target_mark) ? target_mark : dimension_mark);
    else if (target && *e->target)
        fail_cell(c, CELL_TARGET, "the variable has {target}, so the target must be empty");
}

/* ---- Scores ---- */

static void check_score(codebook_reader *c, const codebook_entry *e, code *v)
{
    const unsigned labelled = bit(ROLE_WORKGROUP) | bit(ROLE_TARGET) | bit(ROLE_UNIT)
                              | bit(ROLE_GROUP) | bit(ROLE_WAVE) | bit(ROLE_ROLE) | bit(ROLE_LEVEL)
                              | bit(ROLE_STATUS);
    char buffer[SHOWN_SIZE];
    const char *shown = reader_shown(&c->at, v->presented, strlen(v->presented), buffer);
    if (is_membership(e) && v->kind == CODE_UNSCORED && v->numeric
        && (v->number == 0 || v->number == 1)) {
        v->kind = CODE_SCORE; /* 0 and 1 say what they are */
        v->score = v->number;
    }
    if (is_membership(e)
        && (v->kind == CODE_UNSCORED || (v->kind == CODE_SCORE && v->score != 0 && v->score != 1)))
        fail_cell(c, CELL_VALUES, "the score of value %s must be 1 (in the group) or 0 (not in it)",
                  shown);
    else if (v->kind == CODE_SCORE && !is_membership(e) && has_role(e, labelled))
        fail_cell(c, CELL_VALUES, "value %s has a score; a row of role %s has labels only", shown,
                  codebook_role_names[e->role]);
    else if (v->kind == CODE_SCORE && is_rc(e)
             && !(v->score >= 1 && v->score <= MOST_RC_SCORE && v->score == floor(v->score)))
        fail_cell(c, CELL_VALUES, "the score of value %s is not a whole number from 1 to %d", shown,
                  MOST_RC_SCORE);
}

static void check_values(codebook_reader *c, const codebook_entry *e)
{
    size_t scored = 0;
    for (size_t i = 0; i < e->values.count && !c->at.status; i++) {
        check_score(c, e, &e->values.codes[i]);
        scored += e->values.codes[i].kind == CODE_SCORE;
    }
    if (is_rc(e) && e->values.count > 0 && scored == 0)
        fail_cell(c, CELL_VALUES,
                  "no value has a score: an item of scale rc needs them, as in 1=1");
}

/* ---- What stands once ---- */

/* The line of an earlier row with the same claim, or 0, and then the claim is this row's. The words
 * of a claim are kept apart by a byte that no UTF-8 has. */
static int64_t claim(codebook_reader *c, const codebook_entry *e, const char *const words[3])
{
    text key = {0};
    void *lines = c->claim_lines;
    int64_t earlier = 0;
    uint32_t count = c->claims.count, id = INTERN_FULL;
    for (int i = 0; i < 3; i++) {
        text_add(&key, words[i]);
        text_add(&key, "\xFF");
    }
    if (!key.failed
        && memory_reserve(&lines, &c->claim_capacity, (size_t)count + 1, sizeof *c->claim_lines)) {
        c->claim_lines = lines;
        id = intern_add(&c->claims, key.bytes, key.length);
    }
    text_free(&key);
    if (id == INTERN_FULL)
        reader_fail_memory(&c->at);
    else if (id < count)
        earlier = c->claim_lines[id];
    else
        c->claim_lines[id] = e->line;
    return earlier;
}

static void check_variable_alone(codebook_reader *c, const codebook_entry *e)
{
    const char *role = codebook_role_names[e->role];
    int64_t earlier = *e->variable ? claim(c, e, (const char *const[]){role, e->scale, e->variable})
                                   : 0;
    char buffer[SHOWN_SIZE];
    const char *shown = reader_shown(&c->at, e->variable, strlen(e->variable), buffer);
    if (earlier && *e->scale)
        fail_cell(c, CELL_VARIABLE, "%s is an %s of scale %s already in line %lld", shown, role,
                  e->scale, (long long)earlier);
    else if (earlier)
        fail_cell(c, CELL_VARIABLE, "%s already has role %s in line %lld", shown, role,
                  (long long)earlier);
}

static void check_role_alone(codebook_reader *c, const codebook_entry *e)
{
    const unsigned alone = bit(ROLE_RESPONDENT) | bit(ROLE_WORKGROUP) | bit(ROLE_TARGET)
                           | bit(ROLE_WAVE) | bit(ROLE_WEIGHT) | bit(ROLE_ROLE) | bit(ROLE_LEVEL)
                           | bit(ROLE_STATUS) | bit(ROLE_UNIT);
    const char *role = codebook_role_names[e->role];
    int64_t earlier = has_role(e, alone) && !*e->dimension
                          ? claim(c, e, (const char *const[]){role, "", ""})
                          : 0;
    if (earlier)
        fail_cell(c, CELL_ROLE, "line %lld already has role %s, which only one row can have",
                  (long long)earlier, role);
}

static void check_rating_alone(codebook_reader *c, const codebook_entry *e)
{
    int64_t earlier = is_rc(e) && !e->pattern
                          ? claim(c, e, (const char *const[]){rc, e->dimension, e->target})
                          : 0;
    char buffer[SHOWN_SIZE];
    const char *shown = reader_shown(&c->at, e->target, strlen(e->target), buffer);
    if (earlier && *e->target)
        fail_cell(c, CELL_DIMENSION, "line %lld has %s of target %s already", (long long)earlier,
                  e->dimension, shown);
    else if (earlier)
        fail_cell(c, CELL_DIMENSION, "line %lld has %s already", (long long)earlier, e->dimension);
}

void codebook_check_entry(codebook_reader *c, codebook_entry *e)
{
    static void (*const checks[])(codebook_reader *, const codebook_entry *) = {
        check_values,
        check_variable_alone,
        check_role_alone,
        check_rating_alone,
    };
    check_cells(c, e);
    if (e->role == ROLE_ITEM && !c->at.status)
        check_item(c, e);
    if (!c->at.status)
        check_pattern(c, e);
    for (size_t i = 0; i < sizeof checks / sizeof *checks && !c->at.status; i++)
        checks[i](c, e);
}
