/* Pages: exact HTML and Markdown of small results, in English and Danish, with labels that would be
 * markup. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "present/html_style.h"
#include "present/write.h"
#include "support.h"

Suite *pages_suite(void);

/* ---- A result like that of the matrix -------------------------------------------------------- */

static const column_spec columns[] = {
    {"workgroup", RELCOORD_STRING, RELCOORD_KEY, "workgroup that rates"},
    {"target", RELCOORD_STRING, RELCOORD_KEY, "workgroup that is rated"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "ties that have the score"},
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean score, on the scale of the answers"},
    {"ci_low", RELCOORD_NUMBER, RELCOORD_INTERVAL, "lower bound of the confidence interval"},
    {"ci_high", RELCOORD_NUMBER, RELCOORD_INTERVAL, "upper bound of the confidence interval"},
    {"band", RELCOORD_STRING, RELCOORD_LABEL, "weak, moderate or strong; of rc only"},
    {"estimator", RELCOORD_STRING, RELCOORD_LABEL, ""},
    {"note", RELCOORD_STRING, RELCOORD_NOTE, ""},
    {0},
};
static const view_spec pivot[] = {
    {VIEW_PIVOT, "Relational coordination: mean, band, number of raters", NULL, "workgroup",
     "target", "mean,band,n"},
    {0},
};
static const view_spec list[] = {
    {VIEW_LIST, "Relational coordination (rc)", NULL, NULL, NULL, NULL}, {0}};
static const table_spec pivot_spec = {
    .name = "cells", .help = "a cell", .columns = columns, .views = pivot};
static const table_spec list_spec = {
    .name = "cells", .help = "a cell", .columns = columns, .views = list};
static const table_spec empty_spec = {.name = "none", .help = "Nothing <here>", .columns = columns};

static const option_spec options[] = {
    {"confidence", OPTION_NUMBER, "0.95", NULL, 0.5, 0.9999, false, "of intervals"},
    {"by", OPTION_LIST, "", NULL, 0, 0, false, "grouping columns"},
};

typedef struct cell {
    const char *unit, *workgroup, *target;
    int n;
    double mean;
    const char *band, *note;
} cell;

static relcoord_result *make_result(const table_spec *spec, const cell *cells, size_t count)
{
    static const char *const keys[] = {"unit"};
    relcoord_options *chosen;
    ck_assert_int_eq(options_new("things", options, LENGTH(options), &chosen, NULL), 0);
    relcoord_result *result = result_new("things", chosen);
    relcoord_options_free(chosen);
    size_t by = cells[0].unit ? 1 : 0;
    relcoord_table *t = result_add_table(result, spec, keys, by);
    for (const cell *c = cells; c < cells + count; c++) {
        table_add_row(t);
        if (by)
            table_set_string(t, 0, c->unit);
        table_set_string(t, by, c->workgroup);
        table_set_string(t, by + 1, c->target);
        table_set_integer(t, by + 2, c->n);
        table_set_number(t, by + 3, c->mean);
        table_set_number(t, by + 4, c->mean - 0.25);
        table_set_number(t, by + 5, c->mean + 0.25);
        table_set_string(t, by + 6, c->band);
        table_set_string(t, by + 7, "mean_t");
        table_add_note(t, c->note);
    }
    result_add_note(result, "weighted by the column 'weight'");
    ck_assert_int_eq(result_finished(result, NULL), RELCOORD_OK);
    return result;
}

static void expect(const table_spec *spec, const cell *cells, size_t count, const char *format,
                   const char *settings, const char *wanted)
{
    relcoord_result *result = make_result(spec, cells, count);
    char *got = result_written(result, format, settings);
    expect_same_text(format, got, wanted);
    free(got);
    relcoord_result_free(result);
}

/* ---- HTML ------------------------------------------------------------------------------------ */

/* The page around a body. */
#define CALL "<p class=\"call\">relcoord 0.1.0 · things · confidence 0.95</p>\n"

static char *page_of(const char *lang, const char *body)
{
    text page = {0};
    text_add_format(
        &page,
        "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Things</title>\n<style>\n",
        lang);
    text_add(&page, html_style);
    text_add_format(&page,
                    "</style>\n</head>\n<body style=\"margin:0\">\n<article class=\"relcoord\" "
                    "lang=\"%s\">\n<h1>Things</h1>\n"
                    "%s</article>\n</body>\n</html>\n",
                    lang, body);
    return page.bytes;
}

static void expect_html(const table_spec *spec, const cell *cells, size_t count, const char *lang,
                        const char *body)
{
    char *page = page_of(lang, body);
    expect(spec, cells, count, "html", strcmp(lang, "da") == 0 ? "lang=da" : NULL, page);
    text_free(&(text){.bytes = page});
}

static const cell four[] = {
    {NULL, "students", "students", 68, 3.65, "moderate", NULL},
    {NULL, "students", "nurses", 68, 2.98, "weak", NULL},
    {NULL, "nurses", "students", 99, 2.6849, "strong", "uncertain"},
    {NULL, "nurses", "doctors", 1, (double)NAN, NULL, "none_answered"},
};

START_TEST(html_of_a_matrix)
{
    expect_html(
        &pivot_spec, four, 4, "en",
        "<p class=\"subtitle\">95 % confidence intervals</p>\n"
        "<div class=\"sheet\" role=\"region\" tabindex=\"0\""
        " aria-label=\"Relational coordination: mean, band, number of raters\">\n"
        "<table>\n"
        "<caption><span class=\"name\">Relational coordination: mean, band, number of "
        "raters</span></caption>\n"
        "<thead>\n"
        "<tr><th scope=\"col\" class=\"key first\" rowspan=\"2\" title=\"workgroup that "
        "rates\">workgroup</th>"
        "<th scope=\"colgroup\" class=\"across\" colspan=\"3\">target</th></tr>\n"
        "<tr><th scope=\"col\">students</th><th scope=\"col\">nurses</th><th "
        "scope=\"col\">doctors</th></tr>\n"
        "</thead>\n"
        "<tbody>\n"
        "<tr><th scope=\"row\" class=\"key first\">students</th>"
        "<td class=\"figures moderate\">3.65 <small>moderate (68)</small></td>"
        "<td class=\"figures weak\">2.98 <small>weak (68)</small></td>"
        "<td class=\"none\"><span aria-hidden=\"true\">·</span><span class=\"unseen\">not in the "
        "data</span></td></tr>\n"
        "<tr><th scope=\"row\" class=\"key first last\">nurses</th>"
        "<td class=\"figures strong\">2.68 <small>strong<span aria-hidden=\"true\">?</span>"
        "<span class=\"unseen\"> (uncertain)</span> (99)</small></td>"
        "<td class=\"none\"><span aria-hidden=\"true\">·</span><span class=\"unseen\">not in the "
        "data</span></td>"
        "<td class=\"none\"><span aria-hidden=\"true\">–</span>"
        "<span class=\"unseen\">nobody answered</span></td></tr>\n"
        "</tbody>\n"
        "</table>\n"
        "</div>\n"
        "<p class=\"remark\">? = uncertain, its interval spans a cut; · = not in the data;"
        " – = nobody answered</p>\n"
        "<div class=\"notes\">\n"
        "<p class=\"note\">Note: weighted by the column &#39;weight&#39;</p>\n" CALL "</div>\n");
}
END_TEST

START_TEST(html_of_a_list)
{
    static const cell cells[] = {
        {NULL, "strong", "a", 68, 3.65, "moderate", NULL},
        {NULL, "strong", "b", 1, (double)NAN, NULL, "too_few"},
        {NULL, "weak", "a", 2, 1, "weak", "uncertain"},
    };
    expect_html(
        &list_spec, cells, 3, "da",
        "<p class=\"subtitle\">95 % konfidensintervaller</p>\n"
        "<div class=\"sheet\" role=\"region\" tabindex=\"0\" aria-label=\"Relationel "
        "koordinering\">\n"
        "<table>\n"
        "<caption><span class=\"name\">Relationel koordinering</span></caption>\n"
        "<thead>\n"
        "<tr><th scope=\"col\" class=\"key first\" title=\"den faggruppe, der "
        "bedømmer\">faggruppe</th>"
        "<th scope=\"col\" class=\"key\" title=\"den faggruppe, der bedømmes\">målgruppe</th>"
        "<th scope=\"col\" title=\"forbindelser, der har scoren\">n</th>"
        "<th scope=\"col\" title=\"gennemsnitlig score på svarenes skala\">gennemsnit</th>"
        "<th scope=\"col\">95 %-KI</th>"
        "<th scope=\"col\" class=\"words\" title=\"svag, moderat eller stærk; kun for relationel "
        "koordinering\">styrke</th></tr>\n"
        "</thead>\n"
        "<tbody>\n"
        "<tr><th scope=\"row\" class=\"key first\" rowspan=\"2\">strong</th><th scope=\"row\" "
        "class=\"key\">a</th>"
        "<td class=\"figures\">68</td><td class=\"figures\">3,65</td><td class=\"figures\">[3,40; "
        "3,90]</td>"
        "<td class=\"words moderate\">moderat</td></tr>\n"
        "<tr><th scope=\"row\" class=\"key\">bᵃ</th>"
        "<td class=\"figures\">1</td>"
        "<td class=\"none\"><span aria-hidden=\"true\">–</span><span class=\"unseen\">for få "
        "svar</span></td>"
        "<td class=\"none\"><span aria-hidden=\"true\">–</span><span class=\"unseen\">for få "
        "svar</span></td>"
        "<td class=\"words\"></td></tr>\n"
        "<tr><th scope=\"row\" class=\"key first last\">weak</th><th scope=\"row\" class=\"key "
        "last\">aᵇ</th>"
        "<td class=\"figures\">2</td><td class=\"figures\">1,00</td><td class=\"figures\">[0,75; "
        "1,25]</td>"
        "<td class=\"words weak\">svag</td></tr>\n"
        "</tbody>\n"
        "</table>\n"
        "</div>\n"
        "<p class=\"remark\">Metode: gennemsnit af uafhængige værdier, Students t</p>\n"
        "<p class=\"remark\">ᵃ for få svar</p>\n"
        "<p class=\"remark\">ᵇ intervallet går hen over en grænse</p>\n"
        "<div class=\"notes\">\n"
        "<p class=\"note\">Note: vægtet med kolonnen &#39;weight&#39;</p>\n" CALL "</div>\n");
}
END_TEST

/* What every label must survive, in HTML and in Markdown. */
#define HOSTILE \
    "</td><script>alert('1')</script> & \"q\" | `c` *b* [l](u) a_b _c_ \\ ~ $\n\x1b[31m\t"
#define HOSTILE_HTML                                                                            \
    "&lt;/td&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;q&quot; | `c` *b* " \
    "[l](u) a_b _c_ \\ ~ $  [31m "
#define HOSTILE_MARKDOWN                                                                         \
    "\\</td\\>\\<script\\>alert('1')\\</script\\> \\& \"q\" \\| \\`c\\` \\*b\\* \\[l\\](u) a_b " \
    "\\_c\\_ \\\\ \\~ \\$  \\[31m "

static const cell hostile[] = {
    {HOSTILE, HOSTILE, HOSTILE, 20, 3.6, HOSTILE, "constant_item:<i>|\""},
    {HOSTILE, "b", HOSTILE, 2, (double)NAN, NULL, "constant_item:<i>|\""},
};

START_TEST(html_of_hostile_labels)
{
    expect_html(
        &pivot_spec, hostile, 2, "en",
        "<div class=\"sheet\" role=\"region\" tabindex=\"0\""
        " aria-label=\"Relational coordination: mean, band, number of raters, unit = " HOSTILE_HTML
        "\">\n"
        "<table>\n"
        "<caption><span class=\"name\">Relational coordination: mean, band, number of raters</span>"
        " <span class=\"group\">unit = " HOSTILE_HTML "</span></caption>\n"
        "<thead>\n"
        "<tr><th scope=\"col\" class=\"key first\" rowspan=\"2\" title=\"workgroup that "
        "rates\">workgroup</th>"
        "<th scope=\"colgroup\" class=\"across\" colspan=\"1\">target</th></tr>\n"
        "<tr><th scope=\"col\">" HOSTILE_HTML "</th></tr>\n"
        "</thead>\n"
        "<tbody>\n"
        "<tr><th scope=\"row\" class=\"key first\">" HOSTILE_HTML "</th>"
        "<td class=\"figures\">3.60 <small>" HOSTILE_HTML " (20)</small></td></tr>\n"
        "<tr><th scope=\"row\" class=\"key first last\">b</th>"
        "<td class=\"none\"><span aria-hidden=\"true\">–</span>"
        "<span class=\"unseen\">an item with one answer only: &lt;i&gt;|&quot;</span></td></tr>\n"
        "</tbody>\n"
        "</table>\n"
        "</div>\n"
        "<p class=\"remark\">– = an item with one answer only: &lt;i&gt;|&quot;</p>\n"
        "<div class=\"notes\">\n"
        "<p class=\"note\">Note: weighted by the column &#39;weight&#39;</p>\n" CALL "</div>\n");
}
END_TEST

START_TEST(html_of_nothing)
{
    relcoord_result *result = result_new("things", NULL);
    result_add_table(result, &empty_spec, NULL, 0);
    char *got = result_written(result, "html", "lang=da");
    ck_assert_ptr_nonnull(strstr(got, "<h1>Things</h1>\n"
                                      "<p class=\"title\">Nothing &lt;here&gt;</p>\n"
                                      "<p class=\"remark\">(ingen rækker)</p>\n"
                                      "<div class=\"notes\">\n"
                                      "<p class=\"call\">relcoord 0.1.0 · things</p>\n"
                                      "</div>\n</article>\n</body>\n</html>\n"));
    free(got);
    relcoord_result_free(result);
}
END_TEST

/* A page loads nothing and runs nothing. */
START_TEST(html_stands_alone)
{
    static const char *const never[] = {
        "<script", "<link", "<img", "http:", "https:", "url(", "@import", " src=", " href=", " on"};
    relcoord_result *result = make_result(&pivot_spec, four, 4);
    char *got = result_written(result, "html", NULL);
    for (size_t i = 0; i < LENGTH(never); i++)
        ck_assert_msg(!strstr(got, never[i]), "'%s' stands in the page", never[i]);
    free(got);
    relcoord_result_free(result);
}
END_TEST

/* ---- Contrast: WCAG 2.1, relative luminance ---- */

static double channel(const char *hex)
{
    int value = 0;
    for (int i = 0; i < 2; i++)
        value = 16 * value + (hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
    double share = value / 255.0;
    return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

/* The luminance of a colour that the style defines, from `from` on. */
static double luminance(const char *from, const char *name)
{
    char start[40], hex[7];
    snprintf(start, sizeof start, "--%s:#", name);
    const char *at = strstr(from, start);
    ck_assert_msg(at != NULL, "no colour %s", name);
    at += strlen(start);
    for (int i = 0; i < 6; i++)
        hex[i] = strspn(at, "0123456789abcdef") == 6 ? at[i] : at[i / 2];
    return 0.2126 * channel(hex) + 0.7152 * channel(hex + 2) + 0.0722 * channel(hex + 4);
}

static const struct {
    const char *ink, *ground;
} contrasts[] = {{"ink", "paper"},
                 {"soft", "paper"},
                 {"weak-ink", "weak"},
                 {"moderate-ink", "moderate"},
                 {"strong-ink", "strong"}};

START_TEST(colours_can_be_read)
{
    const char *dark = strstr(html_style, "prefers-color-scheme:dark");
    const char *schemes[] = {html_style, dark};
    ck_assert_ptr_nonnull(dark);
    for (int i = 0; i < 2; i++) {
        double ink = luminance(schemes[i], contrasts[_i].ink),
               ground = luminance(schemes[i], contrasts[_i].ground);
        double contrast = (fmax(ink, ground) + 0.05) / (fmin(ink, ground) + 0.05);
        ck_assert_msg(contrast >= 4.5, "%s on %s: %.2f", contrasts[_i].ink, contrasts[_i].ground,
                      contrast);
    }
}
END_TEST

/* ---- Markdown -------------------------------------------------------------------------------- */

START_TEST(markdown_of_a_matrix)
{
    expect(&pivot_spec, four, 4, "markdown", NULL,
           "# Things\n"
           "\n"
           "95 % confidence intervals\n"
           "\n"
           "## Relational coordination: mean, band, number of raters\n"
           "\n"
           "| workgroup / target | students | nurses | doctors |\n"
           "|---|--:|--:|--:|\n"
           "| students | 3.65 moderate (68) | 2.98 weak (68) | · |\n"
           "| nurses | 2.68 strong? (99) | · | – (1) |\n"
           "\n"
           "? = uncertain, its interval spans a cut; · = not in the data;"
           " – = nobody answered\n"
           "\n"
           "- weighted by the column 'weight'\n"
           "\n"
           "relcoord 0.1.0 · things · confidence 0.95\n");
    expect(&pivot_spec, four, 2, "markdown", "lang=da digits=1",
           "# Things\n"
           "\n"
           "## Relationel koordinering: gennemsnit, styrke, antal bedømmere\n"
           "\n"
           "| faggruppe / målgruppe | students | nurses |\n"
           "|---|--:|--:|\n"
           "| students | 3,7 moderat (68) | 3,0 svag (68) |\n"
           "\n"
           "- vægtet med kolonnen 'weight'\n"
           "\n"
           "relcoord 0.1.0 · things · confidence 0.95\n");
}
END_TEST

START_TEST(markdown_of_a_list)
{
    static const cell cells[] = {
        {NULL, "# a", "1. b", 68, 3.65, "moderate", NULL},
        {NULL, "# a", "c", 1, (double)NAN, NULL, "too_few"},
    };
    expect(&list_spec, cells, 2, "markdown", NULL,
           "# Things\n"
           "\n"
           "95 % confidence intervals\n"
           "\n"
           "## Relational coordination (rc)\n"
           "\n"
           "| workgroup | target | n | mean | 95 % CI | band |\n"
           "|---|---|--:|--:|--:|---|\n"
           "| # a | 1. b | 68 | 3.65 | \\[3.40, 3.90\\] | moderate |\n"
           "| # a | cᵃ | 1 | – | – | |\n"
           "\n"
           "Method: mean of independent values, Student’s t\n"
           "\n"
           "ᵃ too few answers\n"
           "\n"
           "- weighted by the column 'weight'\n"
           "\n"
           "relcoord 0.1.0 · things · confidence 0.95\n");
}
END_TEST

START_TEST(markdown_of_hostile_labels)
{
    expect(&pivot_spec, hostile, 2, "markdown", NULL,
           "# Things\n"
           "\n"
           "## Relational coordination: mean, band, number of raters\n"
           "\n"
           "### unit = " HOSTILE_MARKDOWN "\n"
           "\n"
           "| workgroup / target | " HOSTILE_MARKDOWN " |\n"
           "|---|--:|\n"
           "| " HOSTILE_MARKDOWN " | 3.60 " HOSTILE_MARKDOWN " (20) |\n"
           "| b | – (2) |\n"
           "\n"
           "– = an item with one answer only: \\<i\\>\\|\"\n"
           "\n"
           "- weighted by the column 'weight'\n"
           "\n"
           "relcoord 0.1.0 · things · confidence 0.95\n");
}
END_TEST

/* ---- Memory ---------------------------------------------------------------------------------- */

static int count_bytes(void *user, const char *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)user += size;
    return 0;
}

static const char *const formats[] = {"html", "markdown", "text", "latex"};

/* A pivot for each of two groups, a list, and notes, in Danish; every allocation fails in turn. */
START_TEST(memory_may_run_out_anywhere)
{
    const char *format = formats[_i % (int)LENGTH(formats)];
    bool from_then_on = _i >= (int)LENGTH(formats);
    relcoord_result *result = make_result(&pivot_spec, hostile, 2);
    relcoord_options *danish = options_make("write", "lang=da");
    relcoord_table *t = result_add_table(result, &list_spec, NULL, 0);
    size_t size = 0;

    table_add_row(t);
    table_set_string(t, 0, "nurses");
    table_set_number(t, 3, 2.5);
    table_add_note(t, "too_few;uncertain");
    heap_start();
    ck_assert_int_eq(relcoord_write(result, format, danish, count_bytes, &size, NULL), RELCOORD_OK);
    int64_t needed = heap_asked();
    ck_assert_int_gt(needed, 20);
    ck_assert_int_eq(heap_alive(), 0);
    for (int64_t n = 1; n <= needed; n++) {
        relcoord_error error = {0};
        heap_fail(n, from_then_on ? INT64_MAX : n);
        ck_assert_msg(relcoord_write(result, format, danish, count_bytes, &size, &error)
                          == RELCOORD_ENOMEM,
                      "%s, allocation %d failed: status %d", format, (int)n, (int)error.status);
        ck_assert_msg(heap_alive() == 0, "%s, allocation %d failed: blocks are left", format,
                      (int)n);
    }
    heap_stop();
    relcoord_options_free(danish);
    relcoord_result_free(result);
}
END_TEST

Suite *pages_suite(void)
{
    Suite *suite = suite_create("pages");
    TCase *html = tcase_create("html"), *markdown = tcase_create("markdown"),
          *memory = tcase_create("memory");

    tcase_add_test(html, html_of_a_matrix);
    tcase_add_test(html, html_of_a_list);
    tcase_add_test(html, html_of_hostile_labels);
    tcase_add_test(html, html_of_nothing);
    tcase_add_test(html, html_stands_alone);
    tcase_add_loop_test(html, colours_can_be_read, 0, LENGTH(contrasts));
    suite_add_tcase(suite, html);
    tcase_add_test(markdown, markdown_of_a_matrix);
    tcase_add_test(markdown, markdown_of_a_list);
    tcase_add_test(markdown, markdown_of_hostile_labels);
    suite_add_tcase(suite, markdown);
    tcase_add_loop_test(memory, memory_may_run_out_anywhere, 0, 2 * LENGTH(formats));
    suite_add_tcase(suite, memory);
    return suite;
}
