#include "survey/building/start.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/options.h"
#include "survey/building/fields.h"
#include "survey/building/header.h"
#include "survey/building/rows.h"

/* Fields are ignored from now on. */
static void stop(reader *r)
{
    ((builder *)r)->live = 0;
}

static relcoord_status begin(builder *b, const relcoord_options *options, relcoord_error *err)
{
    relcoord_survey *s;
    memset(b, 0, sizeof *b);
    b->at.take_header = builder_header;
    b->at.take_field = builder_field;
    b->at.take_row = builder_row;
    b->at.stop = stop;
    b->current = NO_PARTICIPATION;
    b->options = options;
    b->at.share = -1;
    b->survey = s = memory_zeroed(1, sizeof *b->survey);
    if (!s)
        return fail_memory(err);
    s->attributes = memory_zeroed(ATTRIBUTE_COUNT, sizeof *s->attributes);
    if (!s->attributes) {
        builder_free(b);
        return fail_memory(err);
    }
    s->attribute_count = b->attribute_capacity = ATTRIBUTE_COUNT;
    for (int a = 0; a < ATTRIBUTE_COUNT; a++)
        s->attributes[a].name = column_names[a][0];
    return RELCOORD_OK;
}

relcoord_status builder_start(builder *b, const relcoord_options *options,
                              const relcoord_codebook *codebook, const relcoord_register *invited,
                              relcoord_error *err)
{
    relcoord_status status = begin(b, options, err);
    if (status)
        return status;
    b->codebook = codebook ? codebook_share(codebook) : NULL;
    b->invited = invited ? register_share(invited) : NULL;
    if (options) {
        b->at.redact = b->survey->redact = options_flag(options, "redact_values");
        b->spare_invalid = options_choice(options, "invalid") == 1;
        b->duplicates = (duplicate_rule)options_choice(options, "duplicates");
    }
    b->survey->stops_at_invalid = !b->spare_invalid;
    b->survey->stops_at_duplicates = b->duplicates == DUPLICATES_STOP;
    return RELCOORD_OK;
}

relcoord_status builder_start_register(builder *b, const relcoord_codebook *codebook, bool redact,
                                       relcoord_error *err)
{
    relcoord_status status = begin(b, NULL, err);
    if (status)
        return status;
    b->at.redact = b->survey->redact = redact;
    b->people_only = true;
    b->codebook = codebook ? codebook_share(codebook) : NULL;
    return RELCOORD_OK;
}

void builder_free(builder *b)
{
    size_t attributes = b->survey        ? b->survey->attribute_count
                        : b->label_count ? b->label_count - LABEL_ATTRIBUTE
                                         : 0;
    reader_free(&b->at);
    for (size_t slot = 0; b->labels && slot < b->label_count; slot++) {
        intern_free(&b->labels[slot].fields);
        memory_free(b->labels[slot].labels);
    }
    for (size_t a = 0; a < attributes; a++) {
        if (b->participation_labels)
            memory_free(b->participation_labels[a]);
        if (b->sets)
            intern_free(&b->sets[a]);
    }
    memory_free(b->participation_labels);
    memory_free(b->sets);
    memory_free(b->labels);
    memory_free(b->uses);
    memory_free(b->first_use);
    memory_free(b->hot);
    memory_free(b->targets);
    memory_free(b->members);
    memory_free(b->grouped);
    memory_free(b->grouped_from);
    key_index_free(&b->known_variables);
    key_index_free(&b->known_targets);
    key_index_free(&b->known_items);
    key_index_free(&b->known_members);
    intern_free(&b->known_groupings);
    memory_free(b->row_labels);
    memory_free(b->last_labels);
    memory_free(b->row_answers);
    memory_free(b->row_places);
    memory_free(b->row_numbers);
    memory_free(b->row_members);
    memory_free(b->participation_weights);
    memory_free(b->first_participation);
    memory_free(b->next_participation);
    memory_free(b->participation_respondent);
    memory_free(b->participation_place);
    memory_free(b->runs);
    memory_free(b->jumps);
    relcoord_survey_free(b->survey);
    codebook_release(b->codebook);
    register_release(b->invited);
}
