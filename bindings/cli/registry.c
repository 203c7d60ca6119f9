/* Looking things up in the library's own description. */
#include "registry.h"

#include <stdio.h>
#include <string.h>

static relcoord_status borrow(const relcoord_table *table, const char *column,
                              const char *const **values, relcoord_error *err)
{
    const uint8_t *valid;
    return relcoord_table_strings(table, column, values, &valid, err);
}

relcoord_status registry_open(registry *r, relcoord_error *err)
{
    const relcoord_table *analyses, *options, *tables, *formats, *views;
    relcoord_status status;
    memset(r, 0, sizeof *r);
    status = relcoord_describe(&r->description, err);
    if (status)
        return status;
    analyses = relcoord_result_table(r->description, "analyses");
    options = relcoord_result_table(r->description, "options");
    tables = relcoord_result_table(r->description, "tables");
    formats = relcoord_result_table(r->description, "formats");
    views = relcoord_result_table(r->description, "views");
    r->view_count = relcoord_table_rows(views);
    r->analysis_count = relcoord_table_rows(analyses);
    r->option_count = relcoord_table_rows(options);
    r->table_count = relcoord_table_rows(tables);
    r->format_count = relcoord_table_rows(formats);
    if ((status = borrow(analyses, "name", &r->analysis_name, err))
        || (status = borrow(analyses, "summary", &r->analysis_summary, err))
        || (status = borrow(analyses, "read_options", &r->analysis_read_options, err))
        || (status = borrow(analyses, "needs", &r->analysis_needs, err))
        || (status = borrow(options, "purpose", &r->option_purpose, err))
        || (status = borrow(options, "option", &r->option_name, err))
        || (status = borrow(options, "type", &r->option_type, err))
        || (status = borrow(options, "default", &r->option_default, err))
        || (status = borrow(options, "allowed", &r->option_allowed, err))
        || (status = borrow(options, "help", &r->option_help, err))
        || (status = borrow(tables, "analysis", &r->table_analysis, err))
        || (status = borrow(tables, "table", &r->table_name, err))
        || (status = borrow(tables, "help", &r->table_help, err))
        || (status = borrow(formats, "format", &r->format_name, err))
        || (status = borrow(formats, "needs", &r->format_needs, err))
        || (status = borrow(views, "analysis", &r->view_analysis, err))
        || (status = borrow(views, "view", &r->view_kind, err))
        || (status = borrow(formats, "help", &r->format_help, err)))
        registry_close(r);
    return status;
}

void registry_close(registry *r)
{
    relcoord_result_free(r->description);
    memset(r, 0, sizeof *r);
}

bool registry_has_analysis(const registry *r, const char *name)
{
    for (size_t i = 0; i < r->analysis_count; i++)
        if (strcmp(r->analysis_name[i], name) == 0)
            return true;
    return false;
}

const char *registry_read_options(const registry *r, const char *analysis)
{
    for (size_t i = 0; i < r->analysis_count; i++)
        if (strcmp(r->analysis_name[i], analysis) == 0)
            return r->analysis_read_options[i];
    return "";
}

bool registry_next_read_option(const char **words, char name[READ_OPTION_SIZE],
                               char value[READ_OPTION_SIZE])
{
    const char *word = *words + strspn(*words, " ");
    size_t length = strcspn(word, " "), split = strcspn(word, "= ");
    if (split == length)
        return false;
    snprintf(name, READ_OPTION_SIZE, "%.*s", (int)split, word);
    snprintf(value, READ_OPTION_SIZE, "%.*s", (int)(length - split - 1), word + split + 1);
    *words = word + length;
    return true;
}

static const char *needs_of(const registry *r, const char *format)
{
    for (size_t i = 0; i < r->format_count; i++)
        if (strcmp(r->format_name[i], format) == 0)
            return r->format_needs[i];
    return "";
}

const char *registry_lacks_view(const registry *r, const char *analysis, const char *format)
{
    const char *needed = needs_of(r, format);
    if (!*needed)
        return NULL;
    for (size_t i = 0; i < r->view_count; i++)
        if (strcmp(r->view_analysis[i], analysis) == 0 && strcmp(r->view_kind[i], needed) == 0)
            return NULL;
    return needed;
}

bool registry_needs_view(const registry *r, const char *format)
{
    return *needs_of(r, format) != 0;
}

bool registry_offers(const registry *r, size_t index, const char *analysis)
{
    const char *purpose = r->option_purpose[index];
    bool drafts = strcmp(analysis, "codebook") == 0; /* has options of reading of its own */
    return strcmp(purpose, analysis) == 0 || (!drafts && strcmp(purpose, "read") == 0)
           || strcmp(purpose, "write") == 0;
}

const char *registry_find_option(const registry *r, const char *analysis, const char *option,
                                 size_t *index)
{
    for (size_t i = 0; i < r->option_count; i++)
        if (registry_offers(r, i, analysis) && strcmp(r->option_name[i], option) == 0) {
            *index = i;
            return r->option_purpose[i];
        }
    return NULL;
}
