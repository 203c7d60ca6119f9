#include "present/show/presenter.h"

void show_item(show *s, line_kind kind, const char *separator, const char *item)
{
    s->by->item(s, kind, s->begun ? separator : "", item);
    s->line = kind;
    s->begun = true;
}

void show_end_line(show *s)
{
    if (s->begun)
        s->by->end_line(s, s->line);
    s->begun = false;
}
