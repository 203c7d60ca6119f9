#include "present/text/prose.h"

#include <string.h>

#include "base/utf8.h"
#include "present/text/wrap.h"

static void place_item(prose *p, const char *separator, const char *item)
{
    text *out = &p->w->out;
    size_t line_width = (size_t)options_integer(p->w->options, "width");
    size_t width = utf8_width(item), apart = utf8_width(separator), kept = strlen(separator);

    while (kept && separator[kept - 1] == ' ')
        kept--;
    /* The mark that may follow this item has to fit as well. */
    if (p->column && p->column + apart + width + utf8_columns(separator, kept) > line_width) {
        text_add_bytes(out, separator, kept);
        text_add(out, "\n");
        text_add_repeated(out, ' ', p->indent);
        p->column = p->indent;
    } else {
        text_add(out, separator);
        p->column += apart;
    }
    text_add(out, item);
    p->column += width;
}

/* The words of an item, the first one after the separator. */
static void place_words(prose *p, const char *separator, const char *item)
{
    text piece = {0};

    for (const char *at = item; *(at += strspn(at, " "));) {
        size_t length = strcspn(at, " ");
        text_clear(&piece);
        text_add_bytes(&piece, at, length);
        place_item(p, separator, piece.bytes ? piece.bytes : "");
        separator = " ";
        at += length;
    }
    p->w->out.failed = p->w->out.failed || piece.failed;
    text_free(&piece);
}

void prose_item(prose *p, const char *separator, const char *item)
{
    size_t line_width = (size_t)options_integer(p->w->options, "width");

    if (p->indent + utf8_width(item) < line_width)
        place_item(p, separator, item);
    else
        place_words(p, separator, item);
}

void prose_words(prose *p, const char *sentence)
{
    place_words(p, p->column ? " " : "", sentence);
}

void prose_end(prose *p)
{
    if (p->column)
        text_add(&p->w->out, "\n");
    p->column = 0;
}
