/* Matching columns with the codebook. */
#include "survey/matching.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

/* ---- Patterns ---- */

static const char dimension_word[] = "{dimension}", target_word[] = "{target}";

/* A pattern is a text, a placeholder, a text, perhaps a second placeholder, and a text. */
typedef struct pattern_parts {
    const char *text[3];
    size_t length[3];
    bool is_dimension[2];
    int placeholders;
} pattern_parts;

static pattern_parts split_pattern(const char *pattern)
{
    pattern_parts parts = {.placeholders = 0};
    parts.text[0] = pattern;
    while (parts.placeholders < 2) {
        const char *from = parts.text[parts.placeholders];
        const char *dimension = strstr(from, dimension_word), *target = strstr(from, target_word);
        bool is_dimension = dimension && (!target || dimension < target);
        const char *found = is_dimension ? dimension : target;
        if (!found)
            break;
        parts.length[parts.placeholders] = (size_t)(found - from);
        parts.is_dimension[parts.placeholders++] = is_dimension;
        parts.text[parts.placeholders] =
            found + (is_dimension ? sizeof dimension_word : sizeof target_word) - 1;
    }
    parts.length[parts.placeholders] = strlen(parts.text[parts.placeholders]);
    return parts;
}

/* Takes what stands for a placeholder; false when it cannot. */
static bool take_part(bool is_dimension, const char *bytes, size_t length, int *dimension,
                      const char **target, size_t *target_length)
{
    if (is_dimension) {
        *dimension = dimension_of(bytes, length);
        return *dimension < ITEM_COUNT;
    }
    *target = bytes;
    *target_length = length;
    return length > 0;
}

bool pattern_matches(const char *pattern, const char *heading, int *dimension, const char **target,
                     size_t *target_length, size_t *ways)
{
    pattern_parts parts = split_pattern(pattern);
    size_t length = strlen(heading), last = parts.length[parts.placeholders],
           middle = parts.length[1];
    const char *first = heading + parts.length[0], *end = heading + length - last;
    *ways = 0;
    if (parts.placeholders == 0 || length < parts.length[0] + last
        || memcmp(heading, parts.text[0], parts.length[0]) != 0
        || memcmp(end, parts.text[parts.placeholders], last) != 0)
        return false;
    if (parts.placeholders == 1) {
        *ways = take_part(parts.is_dimension[0], first, (size_t)(end - first), dimension, target,
                          target_length);
        return *ways > 0;
    }
    for (const char *split = first; split + middle <= end; split++) {
        int d = ITEM_COUNT;
        const char *t = NULL;
        size_t t_length = 0;
        if (memcmp(split, parts.text[1], middle) != 0
            || !take_part(parts.is_dimension[0], first, (size_t)(split - first), &d, &t, &t_length)
            || !take_part(parts.is_dimension[1], split + middle,
                          (size_t)(end - split - (ptrdiff_t)middle), &d, &t, &t_length))
            continue;
        if ((*ways)++ == 0) {
            *dimension = d;
            *target = t;
            *target_length = t_length;
        }
    }
    return *ways > 0;
}

/* ---- Columns ---- */

static void add_match(reader *r, match_list *list, column_match match)
{
    void *matches = list->matches;
    if (!memory_reserve(&matches, &list->capacity, list->count + 1, sizeof *list->matches)) {
        reader_fail_memory(r);
        return;
    }
    list->matches = matches;
    list->matches[list->count++] = match;
}

static bool is_relational(const codebook_entry *e)
{
    return e->role == ROLE_ITEM && strcmp(e->scale, "rc") == 0;
}

static void add_entry(reader *r, match_list *list, size_t column, const codebook_entry *e,
                      int dimension, const char *target, size_t target_length)
{
    if (is_relational(e)) {
        dimension = *e->dimension ? dimension_of(e->dimension, strlen(e->dimension)) : dimension;
        target = *e->target ? e->target : target;
        target_length = *e->target ? strlen(e->target) : target_length;
    }
    add_match(r, list,
              (column_match){(uint32_t)column, e->role, e, dimension, target, target_length});
}

/* The entries of a codebook by the variable that they name, and the patterns. */
typedef struct entry_index {
    intern names;
    uint32_t *first, *next; /* by name its first entry; by entry the next of that name, or NONE */
    uint32_t *patterns;
    size_t pattern_count;
} entry_index;
#define NONE UINT32_MAX

static void index_free(entry_index *index)
{
    intern_free(&index->names);
    memory_free(index->first);
    memory_free(index->next);
    memory_free(index->patterns);
}

static bool index_make(entry_index *index, const relcoord_codebook *c)
{
    *index = (entry_index){.first = memory_new(c->count, sizeof *index->first),
                           .next = memory_new(c->count, sizeof *index->next),
                           .patterns = memory_new(c->count, sizeof *index->patterns)};
    bool made = index->first && index->next && index->patterns;
    for (size_t i = c->count; i-- > 0 && made;) { /* from the last, so that the first comes first */
        const char *name = c->entries[i].variable;
        uint32_t known = index->names.count, id;
        if (c->entries[i].pattern)
            continue;
        id = intern_add(&index->names, name, strlen(name));
        made = id != INTERN_FULL;
        if (made) {
            index->next[i] = id < known ? index->first[id] : NONE;
            index->first[id] = (uint32_t)i;
        }
    }
    for (size_t i = 0; i < c->count && made; i++)
        if (c->entries[i].pattern)
            index->patterns[index->pattern_count++] = (uint32_t)i;
    return made;
}

/* The first entry of that name, or NONE. */
static uint32_t index_find(const entry_index *index, const char *name)
{
    uint32_t id = intern_find(&index->names, name, strlen(name));
    return id == INTERN_FULL ? NONE : index->first[id];
}

static void match_patterns(reader *r, const relcoord_codebook *c, const entry_index *index,
                           size_t column, bool *used, match_list *list)
{
    const char *heading = r->headings[column];
    const codebook_entry *by = NULL;
    for (size_t i = 0; i < index->pattern_count && !r->status; i++) {
        const codebook_entry *e = &c->entries[index->patterns[i]];
        int dimension = ITEM_COUNT;
        const char *target = NULL;
        size_t target_length = 0, ways;
        if (!pattern_matches(e->variable, heading, &dimension, &target, &target_length, &ways))
            continue;
        if (ways > 1)
            reader_fail(
                r, RELCOORD_EDATA, column,
                "the pattern '%s' of the codebook's line %lld matches this name in %zu ways",
                e->variable, (long long)e->line, ways);
        else if (by)
            reader_fail(r, RELCOORD_EDATA, column,
                        "the patterns '%s' and '%s' of the codebook (lines %lld and %lld) both "
                        "match this name",
                        by->variable, e->variable, (long long)by->line, (long long)e->line);
        else
            add_entry(r, list, column, e, dimension, target, target_length);
        by = e;
        used[index->patterns[i]] = true;
    }
}

/* Says which column the codebook asks for in vain, and which may have been meant. */
static void refuse_absent(reader *r, const codebook_entry *e)
{
    const char *near = relcoord_nearest(e->variable, (const char *const *)r->headings,
                                        r->heading_count);
    if (e->pattern)
        reader_fail(r, RELCOORD_EDATA, SIZE_MAX,
                    "no column has the form '%s' that the codebook's line %lld gives", e->variable,
                    (long long)e->line);
    else if (near)
        reader_fail(
            r, RELCOORD_EDATA, SIZE_MAX,
            "no column '%s', which the codebook's line %lld lists; is it the one named '%s'?",
            e->variable, (long long)e->line, near);
    else
        reader_fail(r, RELCOORD_EDATA, SIZE_MAX,
                    "no column '%s', which the codebook's line %lld lists", e->variable,
                    (long long)e->line);
    error_field(r->error.column, sizeof r->error.column, e->variable);
}

/* A row of the targets of wide data labels them, and need not be a column. */
static bool may_be_absent(const relcoord_codebook *c, const codebook_entry *e)
{
    bool wide = false;
    for (size_t i = 0; i < c->count && e->role == ROLE_TARGET && !wide; i++)
        wide = wide
               || (is_relational(&c->entries[i])
                   && (*c->entries[i].target || strstr(c->entries[i].variable, target_word)));
    return e->role == ROLE_TARGET && (wide || !*e->variable);
}

/* ---- Registers ---- */

static bool is_of_people(codebook_role role)
{
    return role == ROLE_RESPONDENT || role == ROLE_WORKGROUP || role == ROLE_UNIT
           || role == ROLE_GROUP || role == ROLE_WAVE || role == ROLE_ROLE || role == ROLE_LEVEL
           || role == ROLE_STATUS;
}

/* What the columns have some of: groupings, of which they must then have all; and the columns of
 * the register that they are held against. */
typedef struct known_people {
    intern groupings, invited;
} known_people;

static bool find_people(known_people *known, const match_plan *plan, const bool *used)
{
    const relcoord_codebook *c = plan->codebook;
    const relcoord_survey *invited = plan->invited;
    bool made = true;
    for (size_t i = 0; i < c->count && made; i++) {
        const codebook_entry *e = &c->entries[i];
        if (used[i] && is_of_people(e->role) && *e->dimension)
            made = intern_add(&known->groupings, e->dimension, strlen(e->dimension)) != INTERN_FULL;
    }
    for (size_t i = 0; invited && i < invited->variable_count && made; i++) {
        const char *name = invited->variables[i].name;
        made = intern_add(&known->invited, name, strlen(name)) != INTERN_FULL;
    }
    return made;
}

static bool is_known(const intern *names, const char *name)
{
    return intern_find(names, name, strlen(name)) != INTERN_FULL;
}

/* Between them, a register and the data have every column of people. */
static bool may_stand_elsewhere(const match_plan *plan, const known_people *known,
                                const codebook_entry *e)
{
    if (plan->people_only && !is_of_people(e->role))
        return true;
    if (!is_of_people(e->role) || e->role == ROLE_RESPONDENT
        || (*e->dimension && is_known(&known->groupings, e->dimension)))
        return false;
    return plan->people_only || is_known(&known->invited, e->variable);
}

/* ---- With and without a codebook ---- */

/* Refuses a codebook that lists what no column is. */
static void require_entries(reader *r, const match_plan *plan, const bool *used)
{
    const relcoord_codebook *c = plan->codebook;
    known_people known = {.groupings = {0}};
    if (!find_people(&known, plan, used))
        reader_fail_memory(r);
    for (size_t i = 0; i < c->count && !r->status; i++)
        if (!used[i] && !may_be_absent(c, &c->entries[i])
            && !may_stand_elsewhere(plan, &known, &c->entries[i]))
            refuse_absent(r, &c->entries[i]);
    intern_free(&known.groupings);
    intern_free(&known.invited);
}

static void match_codebook(reader *r, const match_plan *plan, match_list *list)
{
    const relcoord_codebook *c = plan->codebook;
    bool *used = memory_zeroed(c->count, sizeof *used);
    entry_index index = {.first = NULL};
    if (!used || !index_make(&index, c))
        reader_fail_memory(r);
    for (size_t column = 0; column < r->heading_count && !r->status; column++) {
        uint32_t i = index_find(&index, r->headings[column]);
        if (!*r->headings[column])
            continue;
        if (i == NONE && !plan->people_only) /* only ratings have patterns */
            match_patterns(r, c, &index, column, used, list);
        for (; i != NONE && !r->status; i = index.next[i])
            if (!plan->people_only || is_of_people(c->entries[i].role)) {
                used[i] = true;
                add_entry(r, list, column, &c->entries[i], ITEM_COUNT, NULL, 0);
            }
    }
    if (!r->status)
        require_entries(r, plan, used);
    index_free(&index);
    memory_free(used);
}

codebook_role role_of_column(column_role column)
{
    static const codebook_role roles[COLUMN_ITEM] = {
        [COLUMN_WORKGROUP] = ROLE_WORKGROUP,
        [COLUMN_UNIT] = ROLE_UNIT,
        [COLUMN_WAVE] = ROLE_WAVE,
        [COLUMN_ROLE] = ROLE_ROLE,
        [COLUMN_LEVEL] = ROLE_LEVEL,
        [COLUMN_STATUS] = ROLE_STATUS,
        [COLUMN_RESPONDENT] = ROLE_RESPONDENT,
        [COLUMN_TARGET] = ROLE_TARGET,
        [COLUMN_WEIGHT] = ROLE_WEIGHT,
    };
    return column < COLUMN_ITEM ? roles[column] : ROLE_ITEM;
}

column_role attribute_of_role(codebook_role role)
{
    column_role a = COLUMN_WORKGROUP;
    while (a < COLUMN_STATUS && role_of_column(a) != role)
        a++;
    return a;
}

static void match_names(reader *r, bool people_only, match_list *list)
{
    for (size_t column = 0; column < r->heading_count && !r->status; column++) {
        column_role role = column_role_of(r->headings[column]);
        bool item = role >= COLUMN_ITEM && role < COLUMN_KNOWN;
        if (role != COLUMN_IGNORED && (!people_only || is_of_people(role_of_column(role))))
            add_match(r, list,
                      (column_match){(uint32_t)column, role_of_column(role), NULL,
                                     item ? (int)(role - COLUMN_ITEM) : ITEM_COUNT, NULL, 0});
    }
}

static bool has_entry(const relcoord_codebook *c, const char *name)
{
    for (size_t i = 0; i < c->count; i++)
        if (!c->entries[i].pattern && strcmp(c->entries[i].variable, name) == 0)
            return true;
    return false;
}

/* Two columns of one name leave it open which is meant. */
static void refuse_doubled(reader *r, const relcoord_codebook *codebook)
{
    intern names = {0};
    for (size_t i = 0; i < r->heading_count && !r->status; i++) {
        const char *name = r->headings[i];
        if (*name && intern_find(&names, name, strlen(name)) != INTERN_FULL) {
            bool known = codebook ? has_entry(codebook, name)
                                  : column_role_of(name) != COLUMN_IGNORED;
            reader_fail(r, RELCOORD_EDATA,
                        r->redact && !known ? SIZE_MAX : i, /* may be an answer */
                        "two columns have this name");
        } else if (intern_add(&names, name, strlen(name)) == INTERN_FULL)
            reader_fail_memory(r);
    }
    intern_free(&names);
}

/* A file whose first line is no header, or whose fields are told apart by something else. */
static void refuse_unknown(reader *r, const match_list *list)
{
    if (list->count == 0 && r->encoded)
        reader_fail(r, RELCOORD_EDATA, SIZE_MAX,
                    "no column has a known name (respondent, workgroup, …): is this line the "
                    "header, and its separator the "
                    "right one? Other names need a codebook");
}

void match_columns(reader *r, const match_plan *plan, match_list *list)
{
    if (!plan->codebook) {
        match_names(r, plan->people_only, list);
        refuse_unknown(r, list);
    }
    refuse_doubled(r, plan->codebook);
    if (!r->status && plan->codebook)
        match_codebook(r, plan, list);
}
