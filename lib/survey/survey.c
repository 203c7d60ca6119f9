/* The survey store: freeing, and finding attributes. */
#include "survey/survey.h"

#include <string.h>

#include "base/memory.h"

size_t survey_find_attribute(const relcoord_survey *survey, const char *name)
{
    column_role role = column_role_of(name);
    size_t a = 0;
    while (a < survey->attribute_count && strcmp(survey->attributes[a].name, name) != 0)
        a++;
    if (a == survey->attribute_count && (size_t)role < ATTRIBUTE_COUNT)
        a = (size_t)role;
    if (a < survey->attribute_count && survey->attributes[a].present)
        return a;
    return survey->attribute_count;
}

int64_t relcoord_survey_rows(const relcoord_survey *survey)
{
    return survey ? survey->row_count : 0;
}

int64_t relcoord_survey_respondents(const relcoord_survey *survey)
{
    return survey ? survey->respondents.count : 0;
}

int64_t relcoord_survey_ties(const relcoord_survey *survey)
{
    int64_t count = 0; /* not tie_count_all, which is room: rows that were left out leave gaps */
    for (uint32_t p = 0; survey && survey->tie_count && p < survey->participation_count; p++)
        count += survey->tie_count[p];
    return count;
}

const char *relcoord_survey_note(const relcoord_survey *survey, size_t index)
{
    return survey && index < survey->note_count ? survey->notes[index] : NULL;
}

uint32_t survey_groups_of(const attribute *a, uint32_t participation, const uint32_t **labels)
{
    uint32_t value = a->values[participation];
    *labels = a->multiple ? a->set_labels + a->set_start[value] : &a->values[participation];
    return a->multiple ? a->set_start[value + 1] - a->set_start[value] : 1;
}

static void free_attribute(attribute *a)
{
    memory_free(a->labels.names);
    memory_free(a->labels.danish);
    memory_free(a->values);
    memory_free(a->set_start);
    memory_free(a->set_labels);
}

void survey_free_all_but_register(relcoord_survey *survey)
{
    for (size_t a = 0; a < survey->attribute_count; a++) {
        free_attribute(&survey->attributes[a]);
        if (survey->attribute_strings)
            intern_free(&survey->attribute_strings[a]);
    }
    for (size_t i = 0; i < survey->item_count; i++) {
        memory_free(survey->items[i].places);
        memory_free(survey->items[i].numbers);
    }
    for (size_t i = 0; i < survey->variable_count; i++)
        memory_free(survey->variables[i].name);
    for (size_t i = 0; i < survey->note_count; i++)
        memory_free(survey->notes[i]);
    memory_free(survey->attributes);
    memory_free(survey->attribute_strings);
    memory_free(survey->items);
    memory_free(survey->variables);
    memory_free(survey->problems);
    memory_free(survey->notes);
    memory_free(survey->target_place);
    memory_free(survey->union_place);
    memory_free(survey->respondents.names);
    memory_free(survey->respondent);
    memory_free(survey->first_tie);
    memory_free(survey->tie_count);
    memory_free(survey->weight);
    memory_free(survey->target);
    memory_free(survey->answers);
    intern_free(&survey->label_strings);
    intern_free(&survey->respondent_strings);
    intern_free(&survey->problem_strings);
    memory_free(survey->place_invited);
    inputs_free(&survey->inputs);
    codebook_release(survey->codebook);
    memory_free(survey);
}

const char *survey_column_of(const relcoord_survey *survey, codebook_role role)
{
    for (size_t i = 0; i < survey->variable_count; i++)
        if (survey->variables[i].role == role)
            return survey->variables[i].name;
    return "";
}
