/* Headings: which column is what, and a clear refusal of headers that leave it open. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "survey/builder.h"

enum { MOST_COLUMNS = 10000 };

void builder_next_file(builder *b)
{
    for (size_t i = 0; i < b->column_count; i++)
        memory_free(b->columns[i].name);
    b->column_count = 0;
    b->live = 0;
    b->field = 0;
    b->row = 0;
    b->next_line = -1;
}

void builder_heading(void *bytes, size_t length, void *user)
{
    builder *b = user;
    void *columns = b->columns;
    const char *heading = length ? bytes : "";
    column_plan plan = {COLUMN_IGNORED, NULL};
    char what[48];
    b->field++;
    if (b->status)
        return;
    if (b->column_count == MOST_COLUMNS) {
        builder_fail(b, RELCOORD_EDATA, SIZE_MAX, "more than %d columns", MOST_COLUMNS);
    } else if (memchr(heading, 0, length) || utf8_valid_prefix(heading, length) != length) {
        snprintf(what, sizeof what, "the heading of column %zu", b->column_count + 1);
        builder_fail_text(b, SIZE_MAX, what);
    } else if (!memory_reserve(&columns, &b->column_capacity, b->column_count + 1, sizeof *b->columns)) {
        builder_fail(b, RELCOORD_ENOMEM, SIZE_MAX, "out of memory");
    } else {
        b->columns = columns;
        while (length > 0 && (heading[length - 1] == ' ' || heading[length - 1] == '\t'))
            length--;
        plan.name = memory_new(length + 1, 1);
        if (!plan.name) {
            builder_fail(b, RELCOORD_ENOMEM, SIZE_MAX, "out of memory");
            return;
        }
        memcpy(plan.name, heading, length);
        plan.name[length] = 0;
        plan.role = column_role_of(plan.name);
        b->columns[b->column_count++] = plan;
    }
}

/* Refuses a name that stands twice, and two names of one role. */
static void find_roles(builder *b)
{
    intern names = {0};
    for (int role = 0; role < COLUMN_KNOWN; role++)
        b->column_of[role] = -1;
    for (size_t i = 0; i < b->column_count && !b->status; i++) {
        column_plan *plan = &b->columns[i];
        if (*plan->name && intern_find(&names, plan->name, strlen(plan->name)) != INTERN_FULL)
            builder_fail(b, RELCOORD_EDATA, b->redact && plan->role == COLUMN_IGNORED ? SIZE_MAX : i, /* may be an answer */
                         "two columns have this name");
        else if (intern_add(&names, plan->name, strlen(plan->name)) == INTERN_FULL)
            builder_fail(b, RELCOORD_ENOMEM, SIZE_MAX, "out of memory");
        else if (plan->role != COLUMN_IGNORED && b->column_of[plan->role] >= 0)
            builder_fail(b, RELCOORD_EDATA, i, "both '%s' and '%s' mean %s", b->columns[b->column_of[plan->role]].name,
                         plan->name, column_names[plan->role][0]);
        else if (plan->role != COLUMN_IGNORED)
            b->column_of[plan->role] = (int)i;
    }
    intern_free(&names);
}

/* Says which column is missing, and which unknown one may have been meant. */
static void refuse_missing(builder *b, int role)
{
    const char **unknown = memory_new(b->column_count, sizeof *unknown);
    const char *english = column_names[role][0], *danish = column_names[role][1], *near = NULL;
    size_t count = 0;
    for (size_t i = 0; unknown && i < b->column_count; i++)
        if (b->columns[i].role == COLUMN_IGNORED)
            unknown[count++] = b->columns[i].name;
    if (unknown && !(near = relcoord_nearest(english, unknown, count)))
        near = relcoord_nearest(danish, unknown, count);
    if (!unknown)
        builder_fail(b, RELCOORD_ENOMEM, SIZE_MAX, "out of memory");
    else if (near)
        builder_fail(b, RELCOORD_EDATA, SIZE_MAX, "no column '%s' (in Danish '%s'); is it the one named '%s'?", english, danish, near);
    else if (strcmp(english, danish) != 0)
        builder_fail(b, RELCOORD_EDATA, SIZE_MAX, "no column '%s' (in Danish '%s')", english, danish);
    else
        builder_fail(b, RELCOORD_EDATA, SIZE_MAX, "no column '%s'", english);
    error_field(b->error.column, sizeof b->error.column, english);
    memory_free(unknown);
}

/* Later files must have the attributes and the weight that the first one has. */
static void match_first_file(builder *b)
{
    for (int role = 0; role <= COLUMN_WEIGHT && !b->status; role++) {
        bool first = role < ATTRIBUTE_COUNT ? b->survey->attributes[role].present
                   : role != COLUMN_WEIGHT || b->participation_weights;
        if (first != (b->column_of[role] >= 0))
            builder_fail(b, RELCOORD_EDATA, SIZE_MAX, "one file has a column '%s' and another has none", column_names[role][0]);
    }
}

static void note_ignored(builder *b)
{
    text note = {0};
    size_t count = 0;
    for (size_t i = 0; i < b->column_count; i++)
        if (b->columns[i].role == COLUMN_IGNORED && *b->columns[i].name) {
            text_add(&note, count++ ? ", " : "columns not used: ");
            text_add(&note, b->columns[i].name);
        }
    for (size_t i = 0; count && !note.failed && i < b->survey->note_count; i++)
        if (strcmp(b->survey->notes[i], note.bytes) == 0) /* said of an earlier file */
            count = 0;
    if (count && builder_add_note(b, &note))
        builder_fail(b, RELCOORD_ENOMEM, SIZE_MAX, "out of memory");
    text_free(&note);
}

static void pack_roles(builder *b)
{
    uint8_t *roles = memory_resize(b->roles, b->column_count, 1);
    if (!roles) {
        builder_fail(b, RELCOORD_ENOMEM, SIZE_MAX, "out of memory");
        return;
    }
    b->roles = roles;
    for (size_t i = 0; i < b->column_count; i++)
        roles[i] = (uint8_t)b->columns[i].role;
    b->live = b->column_count;
}

void builder_header(int terminator, void *user)
{
    builder *b = user;
    (void)terminator;
    b->field = 0;
    if (!b->status)
        find_roles(b);
    for (int role = 0; role < COLUMN_KNOWN && !b->status; role++)
        if (b->column_of[role] < 0 && role != COLUMN_UNIT && role != COLUMN_WAVE && role != COLUMN_ROLE && role != COLUMN_WEIGHT)
            refuse_missing(b, role);
    if (!b->status && b->file > 0)
        match_first_file(b);
    if (!b->status)
        pack_roles(b);
    for (int a = 0; a < ATTRIBUTE_COUNT && !b->status; a++)
        b->survey->attributes[a].present = b->column_of[a] >= 0;
    if (!b->status)
        note_ignored(b);
    b->row = 1;
}
