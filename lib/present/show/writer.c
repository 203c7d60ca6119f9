#include "present/show/writer.h"

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

const relcoord_table *writer_table(const writer *w)
{
    const char *name = options_text(w->options, "table");
    return relcoord_result_table(w->result, *name ? name : NULL);
}
