/* The survey store: freeing, and the names of attributes. */
#include "survey/survey.h"

#include "base/memory.h"

const char *attribute_name(int role)
{
    return column_names[role][0];
}

void relcoord_survey_free(relcoord_survey *survey)
{
    if (!survey)
        return;
    for (int a = 0; a < ATTRIBUTE_COUNT; a++) {
        memory_free(survey->attributes[a].labels.names);
        memory_free(survey->attributes[a].values);
        intern_free(&survey->attribute_strings[a]);
    }
    for (size_t i = 0; i < survey->note_count; i++)
        memory_free(survey->notes[i]);
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
    memory_free(survey);
}
