/* Counting those whom the register has in each row of the matrix. Data and register number their
 * labels each for itself, so that rows are known by their labels. */
#include "engine/invitations.h"

#include <string.h>

#include "base/error.h"
#include "survey/register.h"

relcoord_status invitations_select(const run *r, cases *out, relcoord_error *err)
{
    const attribute *waves = &r->survey->attributes[COLUMN_WAVE];
    relcoord_options *options = NULL;
    relcoord_status status = options_copy(r->options, &options, err);
    if (!status && waves->present && waves->labels.count == 1)
        status = relcoord_options_set(options, "wave", cases_label(waves->labels.names[0]), err);
    if (!status)
        status = cases_select(r->survey->invited->people, options, false, out, err);
    relcoord_options_free(options);
    return status;
}

/* Whether the register has what the rows are made of. */
static bool has_columns(const run *r)
{
    const relcoord_survey *people = r->survey->invited ? r->survey->invited->people : NULL;
    if (!people || !people->attributes[COLUMN_WORKGROUP].present)
        return false;
    for (size_t i = 0; i < r->cases.by_count; i++)
        if (survey_find_attribute(people, r->cases.by_names[i]) == people->attribute_count)
            return false;
    return true;
}

static bool same_row(const run *r, uint32_t row, const cases *invited, uint32_t other)
{
    const label_list *here = &r->survey->attributes[COLUMN_WORKGROUP].labels;
    const label_list *there = &r->survey->invited->people->attributes[COLUMN_WORKGROUP].labels;
    const char *const *group = r->cases.group_labels + r->cases.row_group[row] * r->cases.by_count;
    const char *const *other_group = invited->group_labels
                                     + invited->row_group[other] * invited->by_count;
    for (size_t i = 0; i < r->cases.by_count; i++)
        if (strcmp(group[i], other_group[i]) != 0)
            return false;
    return strcmp(here->names[r->cases.row_workgroup[row]],
                  there->names[invited->row_workgroup[other]])
           == 0;
}

/* The register's row of the same labels, found by way of the row's members; NO_ROW for none. */
static uint32_t find_row(const run *r, uint32_t row, const cases *invited)
{
    for (size_t m = r->cases.row_start[row]; m < r->cases.row_start[row + 1]; m++) {
        uint32_t place = r->survey->place_invited[r->cases.members[m]];
        for (size_t i = invited->first_place[place]; i < invited->first_place[place + 1]; i++)
            if (same_row(r, row, invited, invited->rows[i]))
                return invited->rows[i];
    }
    return NO_ROW;
}

relcoord_status invitations_count(const run *r, int64_t *invited, relcoord_error *err)
{
    cases selected;
    relcoord_status status;
    for (uint32_t row = 0; row < r->cases.row_count; row++)
        invited[row] = -1;
    if (!has_columns(r))
        return RELCOORD_OK;
    status = invitations_select(r, &selected, err);
    if (status)
        return status;
    for (uint32_t row = 0; row < r->cases.row_count; row++) {
        uint32_t found = find_row(r, row, &selected);
        if (found != NO_ROW)
            invited[row] = (int64_t)(selected.row_start[found + 1] - selected.row_start[found]);
    }
    cases_free(&selected);
    return RELCOORD_OK;
}
