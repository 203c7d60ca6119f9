/* The style sheet of a page. */
#ifndef PRESENT_HTML_STYLE_H
#define PRESENT_HTML_STYLE_H

extern const char html_style[];

#endif
