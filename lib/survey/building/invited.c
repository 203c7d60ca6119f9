#include "survey/building/invited.h"

#include <string.h>

void builder_check_invited(builder *b)
{
    bool here = b->survey->attributes[COLUMN_WAVE].present,
         there = b->invited->people->attributes[COLUMN_WAVE].present;
    if (!b->has_respondent)
        reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX,
                    "no column names the respondents, who are to be found in the register");
    else if (here != there)
        reader_fail(
            &b->at, RELCOORD_EDATA,
            here ? builder_column_of(b, USE_LABEL, LABEL_ATTRIBUTE + COLUMN_WAVE) : SIZE_MAX,
            here ? "the data have waves, and the register does not say who was invited to which"
                 : "the register has waves, and the data do not say which of them they are");
}

static const char *row_label(const builder *b, size_t a)
{
    uint32_t slot = LABEL_ATTRIBUTE + (uint32_t)a;
    return b->labels[slot].strings->strings[b->row_labels[slot]];
}

static bool is_in(const attribute *of, uint32_t place, const char *group)
{
    const uint32_t *labels;
    uint32_t count = survey_groups_of(of, place, &labels), i = 0;
    while (i < count && strcmp(of->labels.names[labels[i]], group) != 0)
        i++;
    return i < count;
}

/* Whether the row puts its respondent in other groups than the register does. */
static bool other_groups(const builder *b, size_t a, const attribute *of, uint32_t place)
{
    const uint32_t *labels;
    uint32_t there = survey_groups_of(of, place, &labels), here = 0, shared = 0;
    if (!b->survey->attributes[a].multiple)
        return *row_label(b, a) && !is_in(of, place, "")
               && (there != 1 || !is_in(of, place, row_label(b, a)));
    for (uint32_t i = b->grouped_from[a]; i < b->grouped_from[a + 1]; i++)
        if (b->row_members[b->grouped[i]]) {
            here++;
            shared += is_in(of, place, builder_member_name(b->members[b->grouped[i]].entry));
        }
    return here > 0 && !is_in(of, place, "") && (shared != here || shared != there);
}

static void refuse_groups(builder *b, size_t a, const attribute *of, uint32_t place)
{
    const char *id = b->survey->respondent_strings.strings[b->row_labels[LABEL_RESPONDENT]], *who,
               *here, *there;
    const uint32_t *labels;
    char shown[3][SHOWN_SIZE];
    who = reader_shown(&b->at, id, strlen(id), shown[0]);
    if (b->survey->attributes[a].multiple || of->multiple) {
        reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX,
                    "respondent %s is in other groups of '%s' in the register", who, of->name);
        return;
    }
    survey_groups_of(of, place, &labels);
    here = row_label(b, a);
    there = of->labels.names[*labels];
    reader_fail(&b->at, RELCOORD_EDATA,
                builder_column_of(b, USE_LABEL, LABEL_ATTRIBUTE + (uint32_t)a),
                "respondent %s has %s %s here and %s in the register", who, of->name,
                reader_shown(&b->at, here, strlen(here), shown[1]),
                reader_shown(&b->at, there, strlen(there), shown[2]));
}

/* The place of the row's respondent, in the row's wave; NO_PARTICIPATION for none. */
static uint32_t find_place(const builder *b)
{
    const relcoord_survey *people = b->invited->people;
    const attribute *waves = &people->attributes[COLUMN_WAVE];
    const char *who = b->survey->respondent_strings.strings[b->row_labels[LABEL_RESPONDENT]];
    uint32_t id = intern_find(&people->respondent_strings, who, strlen(who));
    uint32_t place = id == INTERN_FULL ? people->participation_count : b->invited->first[id];
    uint32_t person = place < people->participation_count ? people->respondent[place] : 0;
    while (place < people->participation_count && people->respondent[place] == person) {
        if (!waves->present || is_in(waves, place, row_label(b, COLUMN_WAVE)))
            return place;
        place++;
    }
    return NO_PARTICIPATION;
}

uint32_t builder_find_invited(builder *b)
{
    const relcoord_survey *people = b->invited->people;
    uint32_t place = find_place(b);
    if (place == NO_PARTICIPATION) {
        const char *who = b->survey->respondent_strings.strings[b->row_labels[LABEL_RESPONDENT]];
        char shown[SHOWN_SIZE];
        reader_fail(&b->at, RELCOORD_EDATA, builder_column_of(b, USE_LABEL, LABEL_RESPONDENT),
                    "respondent %s is not in the register%s",
                    reader_shown(&b->at, who, strlen(who), shown),
                    people->attributes[COLUMN_WAVE].present ? " of this wave" : "");
        return 0;
    }
    for (size_t a = 0; a < b->survey->attribute_count && !b->at.status; a++)
        for (size_t i = 0;
             i < people->attribute_count && b->survey->attributes[a].present && a != COLUMN_STATUS;
             i++) {
            const attribute *of = &people->attributes[i];
            if (of->present && strcmp(of->name, b->survey->attributes[a].name) == 0
                && other_groups(b, a, of, place))
                refuse_groups(b, a, of, place);
        }
    return place;
}
