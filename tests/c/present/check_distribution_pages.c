/* How a distribution is shown: groups down, scales that share no answer in sheets of their own,
 * bases behind; whole per cents unless more digits are asked for; no word of what has no rows. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

Suite *distribution_pages_suite(void);

static const char book[] = "variable,role,scale,values\n"
                           "id,respondent,,\n"
                           "job,role,,L|Leader|Leder;E|Employee|Medarbejder\n"
                           "q1,item,a,1=3|Agree|Enig;2=2|Neither|Hverken;3=1|Disagree|Uenig\n"
                           "q2,item,b,1=2|Often|Ofte;2=1|Seldom|Sjældent;8=dk\n"
                           "q3,item,a,1=3|Agree|Enig;2=2|Neither|Hverken;3=1|Disagree|Uenig\n";
static const char data[] = "id,job,q1,q2,q3\n"
                           "1,L,1,1,3\n"
                           "2,E,1,2,1\n"
                           "3,E,3,8,\n";

static relcoord_result *result_by(const char *settings)
{
    relcoord_survey *survey = survey_by_book(book, data);
    relcoord_result *result = result_make(survey, "distribution", settings);
    relcoord_survey_free(survey);
    return result;
}

static void expect_page(const char *name, const char *settings, const char *format,
                        const char *writing, const char *wanted)
{
    relcoord_result *result = result_by(settings);
    char *page = result_written(result, format, writing);
    expect_same_text(name, page, wanted);
    free(page);
    relcoord_result_free(result);
}

START_TEST(groups_go_down)
{
    expect_page(
        "groups", "by=role", "text", "table=categories",
        "relcoord 0.1.0 · distribution · by role · confidence 0.95\n\nDistribution of the answers, "
        "per cent\n\n                    category\nvariable  role      Agree  Neither  Disagree  "
        "base  dont_know  "
        "missing\n──────────────────────────────────────────────────────────────────────\nq1       "
        " Leader      100        0         0     1          0        0\n          Employee     50  "
        "      0        50     2          0        0\n          (total)      67        0        33 "
        "    3          0        0\nq3        Leader        0        0       100     1          0  "
        "      0\n          Employee    100        0         0     1          0        1\n         "
        " (total)      50        0        50     2          0        1\n\n                    "
        "category\nvariable  role      Often  Seldom  base  dont_know  "
        "missing\n───────────────────────────────────────────────────────────\nq2        Leader    "
        "  100       0     1          0        0\n          Employee      0     100     1          "
        "1        0\n          (total)      50      50     2          1        0\n\nNote: the "
        "intervals treat those who answered as a sample of many like them\n");
}
END_TEST

START_TEST(in_danish)
{
    expect_page(
        "Danish", "round_to_100=true", "text", "table=categories lang=da",
        "relcoord 0.1.0 · distribution · confidence 0.95 · round_to_100 true\n"
        "\n"
        "Svarenes fordeling, procent\n"
        "\n"
        "          svar\n"
        "variabel  Enig  Hverken  Uenig  n i alt  ved ikke  mangler\n"
        "──────────────────────────────────────────────────────────\n"
        "q1          67        0     33        3         0        0\n"
        "q3          50        0     50        2         0        1\n"
        "\n"
        "          svar\n"
        "variabel  Ofte  Sjældent  n i alt  ved ikke  mangler\n"
        "────────────────────────────────────────────────────\n"
        "q2          50        50        2         1        0\n"
        "\n"
        "Note: intervallerne regner dem, der svarede, for en stikprøve af mange lignende\n");
}
END_TEST

START_TEST(in_markdown)
{
    expect_page(
        "markdown", "variables=q2 by=role", "markdown", "table=categories",
        "# Distribution of answers: counts and per cents of those who answered\n\nBy "
        "role\n\n## Distribution of the "
        "answers, per cent\n\n| variable | role / answer | Often | Seldom | n, all | don’t know | "
        "missing |\n|---|---|--:|--:|--:|--:|--:|\n| q2 | Leader | 100 | 0 | 1 | 0 | 0 |\n| q2 | "
        "Employee | 0 | 100 | 1 | 1 | 0 |\n| q2 | (total) | 50 | 50 | 2 | 1 | 0 |\n\n- the "
        "intervals treat those who answered as a sample of many like them\n\nrelcoord 0.1.0 · "
        "distribution · by role · variables q2 · confidence 0.95\n");
}
END_TEST

/* In HTML the bases stand beside the answers, not under their heading. */
START_TEST(in_html)
{
    relcoord_result *result = result_by("variables=q1");
    char *page = result_written(result, "html", "table=categories");
    ck_assert_ptr_nonnull(strstr(page, "<th scope=\"colgroup\" class=\"across\" "
                                       "colspan=\"3\">answer</th><th scope=\"col\" rowspan=\"2\""));
    ck_assert_ptr_nonnull(
        strstr(page, "</tr>\n<tr><th scope=\"col\">Agree</th><th scope=\"col\">Neither</th><th "
                     "scope=\"col\">Disagree</th></tr>"));
    free(page);
    relcoord_result_free(result);
}
END_TEST

/* Of a grouping there are no boxes, means or choices, and no word of them, unless one asks. */
START_TEST(what_has_no_rows)
{
    relcoord_result *result = result_by("variables=role");
    char *page = result_written(result, "text", NULL),
         *asked = result_written(result, "text", "table=boxes");
    ck_assert_ptr_nonnull(strstr(page, "Distribution of the answers"));
    ck_assert_ptr_null(strstr(page, "Mean scores"));
    ck_assert_ptr_null(strstr(page, "(no rows)"));
    ck_assert_ptr_nonnull(strstr(asked, "(no rows)"));
    free(page);
    free(asked);
    relcoord_result_free(result);
}
END_TEST

/* Two digits of other figures are none of per cents and their bounds. */
START_TEST(digits_of_per_cents)
{
    static const struct {
        const char *writing, *part;
    } cases[] = {{"table=boxes", "67  [21, 94]"},
                 {"table=boxes digits=3", "66.7  [20.8, 93.9]"},
                 {"table=boxes digits=0", "67  [21, 94]"}};
    relcoord_result *result = result_by("variables=q1");
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char *page = result_written(result, "text", cases[i].writing);
        ck_assert_msg(strstr(page, cases[i].part) != NULL, "%s: %s", cases[i].writing, page);
        free(page);
    }
    relcoord_result_free(result);
}
END_TEST

Suite *distribution_pages_suite(void)
{
    Suite *suite = suite_create("distribution_pages");
    TCase *pages = tcase_create("pages");
    tcase_add_test(pages, groups_go_down);
    tcase_add_test(pages, in_danish);
    tcase_add_test(pages, in_markdown);
    tcase_add_test(pages, in_html);
    tcase_add_test(pages, what_has_no_rows);
    tcase_add_test(pages, digits_of_per_cents);
    suite_add_tcase(suite, pages);
    return suite;
}
