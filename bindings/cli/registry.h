/* The library's own description of itself, as the tool looks things up in it. */
#ifndef CLI_REGISTRY_H
#define CLI_REGISTRY_H

#include <stdbool.h>

#include "relcoord.h"

typedef struct registry {
    relcoord_result *description;
    size_t option_count, table_count, analysis_count, format_count, view_count;
    const char *const *analysis_name, *const *analysis_summary, *const *analysis_read_options,
                                                                    *const *analysis_needs;
    const char *const *option_purpose, *const *option_name, *const *option_type,
                                                                *const *option_default;
    const char *const *option_allowed, *const *option_help;
    const char *const *table_analysis, *const *table_name, *const *table_help;
    const char *const *format_name, *const *format_needs, *const *format_help;
    const char *const *view_analysis, *const *view_kind;
} registry;

relcoord_status registry_open(registry *r, relcoord_error *err);
void registry_close(registry *r);

bool registry_has_analysis(const registry *r, const char *name);

/* The purpose among the analysis (or "codebook"), "read" and "write" that takes the option, and its
 * index; NULL when none does. */
const char *registry_find_option(const registry *r, const char *analysis, const char *option,
                                 size_t *index);

/* What kind of view the format needs that the analysis has not; NULL when it can be written, or is
 * no format. */
const char *registry_lacks_view(const registry *r, const char *analysis, const char *format);

bool registry_needs_view(const registry *r, const char *format);

/* How an analysis wants its data to be read: takes the next NAME=VALUE off *words, which begins as
 * what registry_read_options gives. False past the last. */
enum { READ_OPTION_SIZE = 64 };
const char *registry_read_options(const registry *r, const char *analysis);
bool registry_next_read_option(const char **words, char name[READ_OPTION_SIZE],
                               char value[READ_OPTION_SIZE]);

/* Whether an option of that index belongs to the analysis, to reading or to writing. */
bool registry_offers(const registry *r, size_t index, const char *analysis);

#endif
