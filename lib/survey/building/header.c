#include "survey/building/header.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "survey/building/fields.h"
#include "survey/building/invited.h"
#include "survey/building/rows.h"
#include "survey/matching.h"

/* How an error speaks of what a column is. */
static const char *thing_of(const column_match *m)
{
    return m->dimension < ITEM_COUNT ? dimension_names[m->dimension] : codebook_role_names[m->role];
}

/* ---- What the survey has ---- */

/* What tells variables apart: a number for each, as no slot of a tie's item needs more than 3
 * bits. */
static uint64_t variable_key(const survey_variable *v)
{
    uint64_t what = (uint64_t)v->role << 2 | (uint64_t)v->of_ties << 1 | (uint64_t)v->membership;
    return v->of_ties ? what << 40 | (uint64_t)v->slot << 32 | v->target : what << 40 | v->slot;
}

static uint32_t find_variable(const builder *b, const survey_variable *wanted)
{
    uint32_t known = key_index_find(&b->known_variables, variable_key(wanted));
    return known == INTERN_FULL ? NO_VARIABLE : known;
}

static uint32_t add_variable(builder *b, size_t column, survey_variable v)
{
    relcoord_survey *s = b->survey;
    void *variables = s->variables;
    const char *name = b->at.headings[column];
    v.name = memory_new(strlen(name) + 1, 1);
    if (!v.name || key_index_add(&b->known_variables, variable_key(&v)) == INTERN_FULL
        || !memory_reserve(&variables, &b->variable_capacity, s->variable_count + 1, sizeof v)) {
        memory_free(v.name);
        reader_fail_memory(&b->at);
        return NO_VARIABLE;
    }
    memcpy(v.name, name, strlen(name) + 1);
    s->variables = variables;
    s->variables[s->variable_count] = v;
    return (uint32_t)s->variable_count++;
}

static size_t add_attribute(builder *b, const char *name, bool multiple)
{
    relcoord_survey *s = b->survey;
    void *attributes = s->attributes;
    if (!memory_reserve(&attributes, &b->attribute_capacity, s->attribute_count + 1,
                        sizeof *s->attributes)) {
        reader_fail_memory(&b->at);
        return 0;
    }
    s->attributes = attributes;
    s->attributes[s->attribute_count] = (attribute){
        .name = name, .present = true, .multiple = multiple};
    return s->attribute_count++;
}

/* The grouping of that name, made when the first file names it first. */
static size_t find_grouping(builder *b, size_t column, const char *name, bool multiple)
{
    relcoord_survey *s = b->survey;
    uint32_t a;
    for (uint32_t i = b->known_groupings.count; i < s->attribute_count; i++)
        if (intern_add(&b->known_groupings, s->attributes[i].name, strlen(s->attributes[i].name))
            == INTERN_FULL)
            reader_fail_memory(&b->at);
    a = intern_find(&b->known_groupings, name, strlen(name));
    if (a == INTERN_FULL)
        return add_attribute(b, name, multiple);
    if (b->at.file > 0)
        return a;
    if (multiple && !s->attributes[a].present)
        s->attributes[a].present = s->attributes[a].multiple = true;
    else if (!multiple || !s->attributes[a].multiple)
        reader_fail(&b->at, RELCOORD_EDATA, column, "two groupings have the name '%s'", name);
    return a;
}

/* ---- Uses ---- */

static const code_list *codes_of(const column_match *m)
{
    return m->entry && m->entry->values.count > 0 ? &m->entry->values : NULL;
}

/* Which of the wide data's targets a column is about: its place among them. */
static uint32_t find_target(builder *b, const column_match *m)
{
    void *targets = b->targets;
    uint32_t label = builder_label(b, m->column, LABEL_TARGET, b->target_codes, m->target,
                                   m->target_length);
    uint32_t place = b->at.status ? INTERN_FULL : key_index_add(&b->known_targets, label);
    if (place < b->target_count)
        return place;
    if (place == INTERN_FULL
        || !memory_reserve(&targets, &b->target_capacity, b->target_count + 1,
                           sizeof *b->targets)) {
        reader_fail_memory(&b->at);
        return 0;
    }
    b->targets = targets;
    b->targets[b->target_count] = label;
    return (uint32_t)b->target_count++;
}

static void use_answer(builder *b, const column_match *m, column_use *use, survey_variable *v)
{
    uint32_t target = m->target ? find_target(b, m) : 0;
    use->kind = USE_ANSWER;
    use->slot = target * ITEM_COUNT + (uint32_t)m->dimension;
    use->codes = codes_of(m);
    v->of_ties = true;
    v->slot = (uint32_t)m->dimension;
    v->target = m->target && !b->at.status ? b->targets[target] : NO_TARGET;
}

/* An item that the codebook leaves without values is answered 1 to 5; an outcome may be any
 * number. */
static const code_list *item_codes(const column_match *m)
{
    static const code one_to_five[5] = {
        {"1", true, 1, CODE_SCORE, 1, {"", ""}}, {"2", true, 2, CODE_SCORE, 2, {"", ""}},
        {"3", true, 3, CODE_SCORE, 3, {"", ""}}, {"4", true, 4, CODE_SCORE, 4, {"", ""}},
        {"5", true, 5, CODE_SCORE, 5, {"", ""}},
    };
    static const code_list plain = {5, (code *)one_to_five};
    const code_list *codes = codes_of(m);
    return codes ? codes : m->role == ROLE_ITEM ? &plain : NULL;
}

static uint64_t entry_number(const builder *b, const codebook_entry *e)
{
    return (uint64_t)(e - b->codebook->entries);
}

static void use_item(builder *b, const column_match *m, column_use *use, survey_variable *v)
{
    relcoord_survey *s = b->survey;
    void *items = s->items;
    uint32_t i = key_index_add(&b->known_items, entry_number(b, m->entry));
    if (i == s->item_count || i == INTERN_FULL) {
        if (i == INTERN_FULL
            || !memory_reserve(&items, &b->item_capacity, s->item_count + 1, sizeof *s->items)) {
            reader_fail_memory(&b->at);
            return;
        }
        s->items = items;
        s->items[s->item_count++] = (survey_item){.entry = m->entry, .codes = item_codes(m)};
    }
    use->kind = USE_ITEM;
    use->codes = s->items[i].codes;
    use->slot = v->slot = i;
}

/* One more label of a grouping, called as the codebook calls the column. */
static void add_member(builder *b, size_t grouping, const codebook_entry *e)
{
    void *members = b->members;
    if (!memory_reserve(&members, &b->member_capacity, b->member_count + 1, sizeof *b->members)) {
        reader_fail_memory(&b->at);
        return;
    }
    b->members = members;
    b->members[b->member_count++] = (member_column){(uint32_t)grouping, 0, e};
}

/* Puts the members in order of their groupings, which numbers each one's labels. */
static void number_members(builder *b)
{
    size_t attributes = b->survey->attribute_count;
    b->grouped = memory_new(b->member_count, sizeof *b->grouped);
    b->grouped_from = memory_zeroed(attributes + 2, sizeof *b->grouped_from);
    if (!b->grouped || !b->grouped_from) {
        reader_fail_memory(&b->at);
        return;
    }
    for (size_t i = 0; i < b->member_count; i++) {
        member_column *m = &b->members[i];
        m->label = b->grouped_from[m->attribute + 2]++;
    }
    for (size_t a = 0; a < attributes; a++)
        b->grouped_from[a + 2] += b->grouped_from[a + 1];
    for (size_t i = 0; i < b->member_count; i++)
        b->grouped[b->grouped_from[b->members[i].attribute + 1]++] = (uint32_t)i;
}

static void use_member(builder *b, const column_match *m, column_use *use, survey_variable *v)
{
    const char *name = m->role == ROLE_STATUS ? column_names[COLUMN_STATUS][0]
                                              : m->entry->dimension;
    size_t grouping = find_grouping(b, m->column, name, true);
    uint32_t i = key_index_add(&b->known_members, entry_number(b, m->entry));
    if (i == INTERN_FULL)
        reader_fail_memory(&b->at);
    if (!b->at.status && i == b->member_count)
        add_member(b, grouping, m->entry);
    use->kind = USE_MEMBER;
    use->slot = i;
    use->codes = codes_of(m);
    v->slot = use->slot;
    v->membership = true;
}

static void use_label(builder *b, const column_match *m, column_use *use, survey_variable *v)
{
    size_t a = m->role == ROLE_GROUP ? find_grouping(b, m->column, m->entry->variable, false)
                                     : attribute_of_role(m->role);
    use->kind = USE_LABEL;
    use->codes = codes_of(m);
    use->slot = m->role == ROLE_RESPONDENT ? LABEL_RESPONDENT
                : m->role == ROLE_TARGET   ? LABEL_TARGET
                                           : LABEL_ATTRIBUTE + (uint32_t)a;
    v->slot = (uint32_t)a;
    if (use->slot < LABEL_ATTRIBUTE || b->at.status)
        return;
    if (b->survey->attributes[a].multiple)
        reader_fail(&b->at, RELCOORD_EDATA, m->column, "two groupings have the name '%s'",
                    b->survey->attributes[a].name);
    b->survey->attributes[a].present = true;
}

static column_use make_use(builder *b, const column_match *m, survey_variable *v)
{
    column_use use = {.kind = USE_WEIGHT};
    *v = (survey_variable){.role = m->role, .target = NO_TARGET};
    if (m->dimension < ITEM_COUNT)
        use_answer(b, m, &use, v);
    else if (m->role == ROLE_ITEM || m->role == ROLE_OUTCOME)
        use_item(b, m, &use, v);
    else if ((m->role == ROLE_GROUP || m->role == ROLE_UNIT || m->role == ROLE_STATUS) && m->entry
             && *m->entry->dimension)
        use_member(b, m, &use, v);
    else if (m->role != ROLE_WEIGHT)
        use_label(b, m, &use, v);
    v->codes = use.codes;
    return use;
}

static void refuse_second(builder *b, const column_match *m, const char *first)
{
    const char *second = b->at.headings[m->column];
    if (m->target)
        reader_fail(&b->at, RELCOORD_EDATA, m->column,
                    "both '%s' and '%s' mean %s of target '%.*s'", first, second, thing_of(m),
                    (int)m->target_length, m->target);
    else
        reader_fail(&b->at, RELCOORD_EDATA, m->column, "both '%s' and '%s' mean %s", first, second,
                    thing_of(m));
}

/* Reads a column as what a match says; `seen` says which of the variables this file had before. */
static void use_column(builder *b, const column_match *m, column_use *use, uint32_t *seen)
{
    survey_variable v;
    uint32_t known;
    *use = make_use(b, m, &v);
    if (b->at.status)
        return;
    known = find_variable(b, &v);
    if (known == NO_VARIABLE && b->at.file > 0)
        reader_fail(&b->at, RELCOORD_EDATA, m->column, "the first file has no such column");
    else if (known == NO_VARIABLE)
        known = add_variable(b, m->column, v);
    else if (seen[known] != 0)
        refuse_second(b, m, b->at.headings[seen[known] - 1]);
    if (b->at.status)
        return;
    use->variable = known;
    seen[known] = m->column + 1;
}

/* ---- The whole ---- */

/* Rows of one respondent and workgroup, or of one respondent? */
static void find_layout(builder *b, const match_list *list)
{
    const column_match *wide = NULL, *target = NULL, *plain = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const column_match *m = &list->matches[i];
        target = m->role == ROLE_TARGET ? m : target;
        wide = m->dimension < ITEM_COUNT && m->target ? m : wide;
        plain = m->dimension < ITEM_COUNT && !m->target ? m : plain;
        b->has_respondent = b->has_respondent || m->role == ROLE_RESPONDENT;
        b->has_weight = b->has_weight || m->role == ROLE_WEIGHT;
    }
    b->has_ties = wide || plain || target;
    b->survey->wide = !target && !plain;
    for (size_t i = 0; b->codebook && i < b->codebook->count; i++)
        if (b->codebook->entries[i].role == ROLE_TARGET && b->codebook->entries[i].values.count > 0)
            b->target_codes = &b->codebook->entries[i].values;
    if (wide && (plain || target))
        reader_fail(&b->at, RELCOORD_EDATA, wide->column,
                    "the column names the workgroup that it is about, and '%s' %s: is a row one "
                    "respondent, or one respondent and workgroup?",
                    b->at.headings[plain ? plain->column : target->column],
                    plain ? "does not" : "names one for each row");
}

/* Says which column is missing, and which unknown one may have been meant. */
static void refuse_missing(builder *b, const match_list *list, int role)
{
    const char **unknown = memory_new(b->at.heading_count, sizeof *unknown);
    const char *english = column_names[role][0], *danish = column_names[role][1], *near = NULL;
    size_t count = 0, next = 0;
    char in_danish[64] = "";
    if (strcmp(english, danish) != 0)
        snprintf(in_danish, sizeof in_danish, " (in Danish '%s')", danish);
    for (size_t i = 0; unknown && i < b->at.heading_count; i++) {
        while (next < list->count && list->matches[next].column < i)
            next++;
        if (next == list->count || list->matches[next].column != i)
            unknown[count++] = b->at.headings[i];
    }
    if (unknown && !(near = relcoord_nearest(english, unknown, count)))
        near = relcoord_nearest(danish, unknown, count);
    if (!unknown)
        reader_fail_memory(&b->at);
    else if (b->codebook)
        reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX,
                    "the codebook names no column of the role '%s', which %s", english,
                    b->people_only ? "a register needs"
                    : role == COLUMN_WORKGROUP
                        ? "answers about workgroups need"
                        : "data of one row for each respondent and workgroup need");
    else if (near)
        reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX, "no column '%s'%s; is it the one named '%s'?",
                    english, in_danish, near);
    else
        reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX, "no column '%s'%s", english, in_danish);
    error_field(b->at.error.column, sizeof b->at.error.column, english);
    memory_free(unknown);
}

/* Refuses a header without what its layout cannot do without. */
static void require_columns(builder *b, const match_list *list)
{
    bool there[COLUMN_KNOWN] = {false};
    for (size_t i = 0; i < list->count; i++) {
        const column_match *m = &list->matches[i];
        if (m->dimension < ITEM_COUNT)
            there[COLUMN_ITEM + m->dimension] = true;
        there[COLUMN_WORKGROUP] = there[COLUMN_WORKGROUP] || m->role == ROLE_WORKGROUP;
        there[COLUMN_RESPONDENT] = there[COLUMN_RESPONDENT] || m->role == ROLE_RESPONDENT;
        there[COLUMN_TARGET] = there[COLUMN_TARGET] || m->role == ROLE_TARGET;
    }
    for (int role = 0; b->people_only && role < COLUMN_KNOWN; role++)
        there[role] = there[role] || role != COLUMN_RESPONDENT;
    if (b->codebook && !b->people_only && (!b->has_ties || b->survey->wide))
        there[COLUMN_RESPONDENT] = there[COLUMN_TARGET] = true;
    if (b->codebook && !b->has_ties)
        there[COLUMN_WORKGROUP] = true;
    for (int role = 0; role < COLUMN_KNOWN && !b->at.status; role++) {
        bool needed = role == COLUMN_WORKGROUP || role == COLUMN_RESPONDENT || role == COLUMN_TARGET
                      || (role >= COLUMN_ITEM && !b->codebook);
        if (needed && !there[role])
            refuse_missing(b, list, role);
    }
}

static void note_ignored(builder *b)
{
    text note = {0};
    size_t count = 0;
    for (size_t i = 0; i < b->column_count; i++)
        if (b->first_use[i] == b->first_use[i + 1] && *b->at.headings[i]) {
            text_add(&note, count++ ? ", " : "columns not used: ");
            text_add(&note, b->at.headings[i]);
        }
    for (size_t i = 0; count && !note.failed && i < b->survey->note_count; i++)
        if (strcmp(b->survey->notes[i], note.bytes) == 0) /* said of an earlier file */
            count = 0;
    if (count && builder_add_note(b, &note))
        reader_fail_memory(&b->at);
    text_free(&note);
}

/* Later files must have all that the first one has. */
static void require_first_file(builder *b, const uint32_t *seen)
{
    for (size_t i = 0; i < b->survey->variable_count && !b->at.status; i++)
        if (!seen[i]) {
            reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX,
                        "no column '%s', which the first file has", b->survey->variables[i].name);
            error_field(b->at.error.column, sizeof b->at.error.column,
                        b->survey->variables[i].name);
        }
}

static void use_columns(builder *b, const match_list *list)
{
    uint32_t *seen = memory_zeroed(list->count + b->survey->variable_count + 1, sizeof *seen);
    column_use *uses = memory_resize(b->uses, list->count + 1, sizeof *uses);
    b->uses = uses ? uses : b->uses;
    b->column_count = b->at.heading_count;
    if (!seen || !uses || !builder_grow(&b->first_use, sizeof *b->first_use, b->column_count + 1))
        reader_fail_memory(&b->at);
    for (size_t i = 0; i < list->count && !b->at.status; i++)
        use_column(b, &list->matches[i], &b->uses[i], seen);
    for (size_t column = 0, use = 0; column <= b->column_count && !b->at.status; column++) {
        while (use < list->count && list->matches[use].column < column)
            use++;
        b->first_use[column] = (uint32_t)use;
    }
    if (b->at.file == 0 && !b->at.status)
        number_members(b);
    if (b->at.file > 0 && !b->at.status)
        require_first_file(b, seen);
    memory_free(seen);
}

void builder_header(reader *r)
{
    builder *b = (builder *)r;
    match_list list = {0};
    b->next_line = -1;
    match_columns(
        &b->at, &(match_plan){b->codebook, b->people_only, b->invited ? b->invited->people : NULL},
        &list);
    if (!b->at.status && b->at.file == 0)
        find_layout(b, &list);
    if (!b->at.status)
        require_columns(b, &list);
    if (!b->at.status)
        use_columns(b, &list);
    if (!b->at.status && b->invited)
        builder_check_invited(b);
    if (!b->at.status)
        builder_ready_rows(b);
    if (!b->at.status)
        note_ignored(b);
    memory_free(list.matches);
}
