#include "survey/building/builder.h"

#include <string.h>

#include "base/memory.h"

line_jump builder_here(const builder *b)
{
    return (line_jump){b->survey->tie_count_all, b->at.file, b->at.row_line, b->at.row};
}

void builder_add_problem(builder *b, problem_kind kind, uint32_t variable, const char *bytes,
                         size_t length, const line_jump *place)
{
    relcoord_survey *s = b->survey;
    void *problems = s->problems;
    char shown[SHOWN_SIZE];
    uint32_t id;
    if (s->problem_count == MOST_PROBLEMS)
        return;
    reader_shown(&b->at, bytes, length, shown);
    id = b->at.redact ? intern_add(&s->problem_strings, "", 0)
                      : intern_add(&s->problem_strings, shown + 1, strlen(shown) - 2);
    if (id == INTERN_FULL
        || !memory_reserve(&problems, &s->problem_capacity, s->problem_count + 1,
                           sizeof *s->problems)) {
        reader_fail_memory(&b->at);
        return;
    }
    s->problems = problems;
    s->problems[s->problem_count++] = (survey_problem){
        kind, variable, place->file, place->line, place->row, s->problem_strings.strings[id]};
}

intern *builder_strings(builder *b, size_t slot)
{
    if (slot == LABEL_RESPONDENT)
        return &b->survey->respondent_strings;
    return slot == LABEL_TARGET || slot == LABEL_ATTRIBUTE + COLUMN_WORKGROUP
               ? &b->survey->label_strings
               : &b->survey->attribute_strings[slot - LABEL_ATTRIBUTE];
}

size_t builder_column_of(const builder *b, use_kind kind, uint32_t slot)
{
    for (size_t column = 0; column < b->column_count; column++)
        for (uint32_t i = b->first_use[column]; i < b->first_use[column + 1]; i++)
            if (b->uses[i].kind == kind && b->uses[i].slot == slot)
                return column;
    return SIZE_MAX;
}

const char *builder_member_name(const codebook_entry *e)
{
    return *e->labels[ENGLISH]  ? e->labels[ENGLISH]
           : *e->labels[DANISH] ? e->labels[DANISH]
                                : e->variable;
}

bool builder_grow(void *array, size_t size, size_t capacity)
{
    void *old, *grown;
    memcpy(&old, array, sizeof old);
    grown = memory_resize(old, capacity, size);
    if (grown)
        memcpy(array, &grown, sizeof grown);
    return grown != NULL;
}

relcoord_status builder_add_note(builder *b, text *note)
{
    void *notes = b->survey->notes;
    if (note->failed
        || !memory_reserve(&notes, &b->note_capacity, b->survey->note_count + 1, sizeof(char *)))
        return RELCOORD_ENOMEM;
    b->survey->notes = notes;
    b->survey->notes[b->survey->note_count++] = note->bytes;
    memset(note, 0, sizeof *note);
    return RELCOORD_OK;
}

void builder_add_inputs(builder *b, const relcoord_options *options, const char *const *paths,
                        size_t count)
{
    if (!inputs_add(&b->survey->inputs, paths, count, options))
        reader_fail_memory(&b->at);
}
