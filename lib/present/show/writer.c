#include "present/show/writer.h"

#include <string.h>

enum { FLOW_THRESHOLD = 1 << 16, PROGRESS_CALLS = 256 };

bool writer_hand_on(writer *w)
{
    if (w->refused || w->cancelled || w->out.failed)
        return false;
    if (w->out.length && w->sink(w->user, w->out.bytes, w->out.length) != 0)
        w->refused = true;
    text_clear(&w->out);
    return !w->refused;
}

bool writer_goes_on(writer *w)
{
    if (w->calls++ % PROGRESS_CALLS == 0 && options_progress(w->options, -1, NULL))
        w->cancelled = true;
    return !w->refused && !w->cancelled && !w->out.failed;
}

bool writer_flow(writer *w)
{
    if (w->out.length >= FLOW_THRESHOLD)
        writer_hand_on(w);
    return writer_goes_on(w);
}

bool writer_names_tables(const writer *w)
{
    return *options_text(w->options, "table") || *options_names(w->options, "tables");
}

const relcoord_table *writer_table(const writer *w)
{
    const char *name = options_text(w->options, "table");
    if (!*name)
        name = options_names(w->options, "tables");
    return relcoord_result_table(w->result, *name && strcmp(name, ALL_TABLES) != 0 ? name : NULL);
}

/* Whether the result has views of its own for the style of the APA, which then stand alone. */
static bool has_apa_views(const writer *w)
{
    for (size_t i = 0; w->apa && i < w->result->table_count; i++)
        if (w->result->tables[i]->spec->apa)
            return true;
    return false;
}

bool writer_shows(const writer *w, const relcoord_table *table)
{
    const char *name = options_text(w->options, "table"), *own = relcoord_table_name(table);
    if (*name)
        return strcmp(name, own) == 0;
    if (!writer_names_tables(w) && has_apa_views(w))
        return table->spec->apa != NULL;
    if (!writer_names_tables(w))
        return !table->aside && (!table->spec->on_request || table->chosen);
    for (name = options_names(w->options, "tables"); *name; name = options_name_after(name))
        if (strcmp(name, own) == 0 || strcmp(name, ALL_TABLES) == 0)
            return true;
    return false;
}
