/* Headings: which column is what, and a clear refusal of headers that leave it open. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "survey/builder.h"

/* Refuses a name that stands twice, and two names of one role. */
static void find_roles(builder *b)
{
    intern names = {0};
    for (int role = 0; role < COLUMN_KNOWN; role++)
        b->column_of[role] = -1;
    for (size_t i = 0; i < b->column_count && !b->at.status; i++) {
        const char *name = b->at.headings[i];
        column_role role = b->roles[i];
        if (*name && intern_find(&names, name, strlen(name)) != INTERN_FULL)
            reader_fail(&b->at, RELCOORD_EDATA, b->at.redact && role == COLUMN_IGNORED ? SIZE_MAX : i, /* may be an answer */
                        "two columns have this name");
        else if (intern_add(&names, name, strlen(name)) == INTERN_FULL)
            reader_fail_memory(&b->at);
        else if (role != COLUMN_IGNORED && b->column_of[role] >= 0)
            reader_fail(&b->at, RELCOORD_EDATA, i, "both '%s' and '%s' mean %s", b->at.headings[b->column_of[role]], name,
                        column_names[role][0]);
        else if (role != COLUMN_IGNORED)
            b->column_of[role] = (int)i;
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
        if (b->roles[i] == COLUMN_IGNORED)
            unknown[count++] = b->at.headings[i];
    if (unknown && !(near = relcoord_nearest(english, unknown, count)))
        near = relcoord_nearest(danish, unknown, count);
    if (!unknown)
        reader_fail_memory(&b->at);
    else if (near)
        reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX, "no column '%s' (in Danish '%s'); is it the one named '%s'?", english, danish, near);
    else if (strcmp(english, danish) != 0)
        reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX, "no column '%s' (in Danish '%s')", english, danish);
    else
        reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX, "no column '%s'", english);
    error_field(b->at.error.column, sizeof b->at.error.column, english);
    memory_free(unknown);
}

/* Later files must have the attributes and the weight that the first one has. */
static void match_first_file(builder *b)
{
    for (int role = 0; role <= COLUMN_WEIGHT && !b->at.status; role++) {
        bool first = role < ATTRIBUTE_COUNT ? b->survey->attributes[role].present
                   : role != COLUMN_WEIGHT || b->participation_weights;
        if (first != (b->column_of[role] >= 0))
            reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX, "one file has a column '%s' and another has none", column_names[role][0]);
    }
}

static void note_ignored(builder *b)
{
    text note = {0};
    size_t count = 0;
    for (size_t i = 0; i < b->column_count; i++)
        if (b->roles[i] == COLUMN_IGNORED && *b->at.headings[i]) {
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

static void name_roles(builder *b)
{
    uint8_t *roles = memory_resize(b->roles, b->at.heading_count, 1);
    if (!roles) {
        reader_fail_memory(&b->at);
        return;
    }
    b->roles = roles;
    b->column_count = b->at.heading_count;
    for (size_t i = 0; i < b->column_count; i++)
        roles[i] = (uint8_t)column_role_of(b->at.headings[i]);
}

void builder_header(reader *r)
{
    builder *b = (builder *)r;
    b->next_line = -1;
    name_roles(b);
    if (!b->at.status)
        find_roles(b);
    for (int role = 0; role < COLUMN_KNOWN && !b->at.status; role++)
        if (b->column_of[role] < 0 && role != COLUMN_UNIT && role != COLUMN_WAVE && role != COLUMN_ROLE && role != COLUMN_WEIGHT)
            refuse_missing(b, role);
    if (!b->at.status && b->at.file > 0)
        match_first_file(b);
    b->live = b->at.status ? 0 : b->column_count;
    for (int a = 0; a < ATTRIBUTE_COUNT && !b->at.status; a++)
        b->survey->attributes[a].present = b->column_of[a] >= 0;
    if (!b->at.status)
        note_ignored(b);
}
