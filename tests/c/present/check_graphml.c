/* Networks as GraphML: the whole of a small file, labels that are hostile, groups, what cannot be
 * written, and memory that runs out. That igraph reads it is held by tests/cli/graphml.sh. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

Suite *graphml_suite(void);

#define HEADER                                                                                  \
    "respondent,workgroup,target,frequent,timely,accurate,problem_solving,shared_goals,shared_" \
    "knowledge,mutual_respect"
#define SAME(start, x) start #x "," #x "," #x "," #x "," #x "," #x "," #x
#define HEAD                                                     \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml "      \
    "xmlns=\"http://graphml.graphdrawing.org/xmlns\""            \
    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "  \
    "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns" \
    " http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n"

static const char small[] = HEADER SAME("\n1,A,B,", 5) SAME("\n2,A,B,", 4) SAME("\n3,B,A,", 3)
    SAME("\n3,B,B,", 4) SAME("\n3,B,X,", 5) SAME("\n4,C,A,,,,,,,\n1,A,C,", 2) "\n";

/* X is outside; what C says of A nobody knows; A has rated nobody of its own, and one rater has no
 * error. */
START_TEST(a_whole_file)
{
    char *page = written_of(small, "network", NULL, "graphml");
    expect_same_text(
        "graphml", page,
        HEAD
        "<key id=\"node_name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n"
        "<key id=\"node_label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
        "<key id=\"node_n\" for=\"node\" attr.name=\"n\" attr.type=\"long\"/>\n"
        "<key id=\"node_in_strength\" for=\"node\" attr.name=\"in_strength\" "
        "attr.type=\"double\"/>\n"
        "<key id=\"node_out_strength\" for=\"node\" attr.name=\"out_strength\" "
        "attr.type=\"double\"/>\n"
        "<key id=\"node_own\" for=\"node\" attr.name=\"own\" attr.type=\"double\"/>\n"
        "<key id=\"node_silo\" for=\"node\" attr.name=\"silo\" attr.type=\"double\"/>\n"
        "<key id=\"node_in_degree\" for=\"node\" attr.name=\"in_degree\" attr.type=\"long\"/>\n"
        "<key id=\"node_out_degree\" for=\"node\" attr.name=\"out_degree\" attr.type=\"long\"/>\n"
        "<key id=\"edge_mean\" for=\"edge\" attr.name=\"mean\" attr.type=\"double\"/>\n"
        "<key id=\"edge_n\" for=\"edge\" attr.name=\"n\" attr.type=\"long\"/>\n"
        "<key id=\"edge_se\" for=\"edge\" attr.name=\"se\" attr.type=\"double\"/>\n"
        "<key id=\"edge_strong\" for=\"edge\" attr.name=\"strong\" attr.type=\"long\"/>\n"
        "<graph id=\"network\" edgedefault=\"directed\">\n"
        "<node id=\"n0\"><data key=\"node_name\">A</data><data key=\"node_label\">A</data><data "
        "key=\"node_n\">2</data>"
        "<data key=\"node_in_strength\">3</data><data key=\"node_out_strength\">3.25</data>"
        "<data key=\"node_in_degree\">0</data><data key=\"node_out_degree\">1</data></node>\n"
        "<node id=\"n1\"><data key=\"node_name\">B</data><data key=\"node_label\">B</data><data "
        "key=\"node_n\">1</data>"
        "<data key=\"node_in_strength\">4.5</data><data key=\"node_out_strength\">4</data><data "
        "key=\"node_own\">4</data>"
        "<data key=\"node_silo\">-0.25</data><data key=\"node_in_degree\">1</data><data "
        "key=\"node_out_degree\">0</data></node>\n"
        "<node id=\"n2\"><data key=\"node_name\">C</data><data key=\"node_label\">C</data><data "
        "key=\"node_n\">1</data>"
        "<data key=\"node_in_strength\">2</data><data key=\"node_in_degree\">0</data><data "
        "key=\"node_out_degree\">0</data></node>\n"
        "<edge source=\"n0\" target=\"n1\"><data key=\"edge_mean\">4.5</data><data "
        "key=\"edge_n\">2</data>"
        "<data key=\"edge_se\">0.5</data><data key=\"edge_strong\">1</data></edge>\n"
        "<edge source=\"n0\" target=\"n2\"><data key=\"edge_mean\">2</data><data "
        "key=\"edge_n\">1</data><data key=\"edge_strong\">0</data></edge>\n"
        "<edge source=\"n1\" target=\"n0\"><data key=\"edge_mean\">3</data><data "
        "key=\"edge_n\">1</data><data key=\"edge_strong\">0</data></edge>\n"
        "</graph>\n</graphml>\n");
    free(page);
}
END_TEST

static size_t count_of(const char *page, const char *word)
{
    size_t count = 0;
    for (const char *at = page; (at = strstr(at, word)); at++)
        count++;
    return count;
}

/* Labels are text, whatever is in them; of controls only those stay that XML has a way to write. */
START_TEST(hostile_labels)
{
    static const char *const labels[][2] = {
        {"<script>&", "&lt;script&gt;&amp;"},
        {"\"\"\"q\"\"\"", "&quot;q&quot;"},
        {"a\001b\033c\177d", "a b c d"},
        {"]]>", "]]&gt;"},
        {"\"two\nlines\ttab\"", "two&#10;lines&#9;tab"},
        {"x\xC2\x85y\xEF\xBF\xBFz", "x y z"},
        {"\xC3\xA6\xF0\x9F\x98\x80", "\xC3\xA6\xF0\x9F\x98\x80"},
    };
    char csv[1024], wanted[128], *page;
    snprintf(csv, sizeof csv, HEADER SAME(",unit\n1,%s,B,", 5) SAME(",u<\n2,B,%s,", 4) ",u<\n",
             labels[_i][0], labels[_i][0]);
    page = written_of(csv, "network", "by=unit", "graphml");
    snprintf(wanted, sizeof wanted, "<data key=\"node_name\">%s</data>", labels[_i][1]);
    ck_assert_msg(strstr(page, wanted) != NULL, "no %s in %s", wanted, page);
    ck_assert_uint_eq(count_of(page, "<data key=\"node_unit\">u&lt;</data>"), 2);
    ck_assert_uint_eq(count_of(page, "<edge "), 2);
    free(page);
}
END_TEST

/* The groups of `by` are one graph: nodes have numbers of their own, edges stay within the group.
 */
START_TEST(groups)
{
    static const char csv[] = HEADER SAME(",unit\n1,A,B,", 5) SAME(",N\n2,B,A,", 4)
        SAME(",N\n3,A,B,", 1) SAME(",S\n4,B,A,", 2) SAME(",S\n5,C,C,", 2) ",T\n" SAME("6,A,C,", 2)
            SAME(",U\n7,C,A,", 2) ",U\n";
    char *page = written_of(csv, "network", "by=unit", "graphml");
    ck_assert_uint_eq(count_of(page, "<graph "), 1);
    ck_assert_uint_eq(count_of(page, "<node "), 6); /* none of T */
    ck_assert_uint_eq(count_of(page, "<edge "), 6);
    ck_assert_ptr_nonnull(
        strstr(page, "<edge source=\"n2\" target=\"n3\"><data key=\"edge_unit\">S</data><data "
                     "key=\"edge_mean\">1</data>"));
    ck_assert_ptr_nonnull(strstr(page, "<node id=\"n5\"><data key=\"node_name\">C</data>"));
    ck_assert_ptr_nonnull(
        strstr(page, "<edge source=\"n5\" target=\"n4\"><data key=\"edge_unit\">U</data>"));
    free(page);
}
END_TEST

static int drop(void *user, const char *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)user += size;
    return 0;
}

static int refuse(void *user, const char *bytes, size_t size)
{
    (void)user, (void)bytes, (void)size;
    return 1;
}

START_TEST(what_cannot_be_written)
{
    relcoord_result *matrix = result_of(small, "matrix", NULL),
                    *network = result_of(small, "network", NULL);
    relcoord_options *one = options_make("write", "table=cells");
    relcoord_error e = {0};
    size_t size = 0;
    ck_assert_int_eq(relcoord_write(matrix, "graphml", NULL, drop, &size, &e), RELCOORD_EUSAGE);
    ck_assert_str_eq(e.message, "'matrix' has no network to write as graphml");
    ck_assert_int_eq(relcoord_write(network, "graphml", one, drop, &size, &e), RELCOORD_EOPTION);
    ck_assert_str_eq(e.message, "graphml is made from several tables, so none can be chosen");
    ck_assert_str_eq(e.option, "table");
    ck_assert_uint_eq(size, 0);
    ck_assert_int_eq(relcoord_write(network, "graphml", NULL, refuse, NULL, &e), RELCOORD_EIO);
    ck_assert_int_eq(relcoord_write(network, "graphml", NULL, drop, &size, &e), RELCOORD_OK);
    ck_assert_uint_gt(size, 1000);
    relcoord_options_free(one);
    relcoord_result_free(matrix);
    relcoord_result_free(network);
}
END_TEST

START_TEST(memory_may_run_out_anywhere)
{
    survey_plan plan = {.respondents = 60, .workgroups = 30, .targets = 30, .units = 2, .seed = 3};
    char *csv = csv_invent(&plan);
    relcoord_result *result = result_of(csv, "network", "by=unit");
    size_t size = 0;
    int64_t needed;
    heap_start();
    heap_fail(0, 0);
    ck_assert_int_eq(relcoord_write(result, "graphml", NULL, drop, &size, NULL), RELCOORD_OK);
    ck_assert_uint_gt(size, 1 << 16); /* it went on in pieces */
    needed = heap_asked();
    ck_assert_int_gt(needed, 10);
    for (int64_t n = 1; n <= needed; n++) {
        relcoord_error error = {0};
        heap_fail(n, _i ? INT64_MAX : n);
        ck_assert_msg(relcoord_write(result, "graphml", NULL, drop, &size, &error)
                          == RELCOORD_ENOMEM,
                      "allocation %d failed: %d", (int)n, (int)error.status);
        ck_assert_int_eq(heap_alive(), 0);
    }
    heap_stop();
    relcoord_result_free(result);
    free(csv);
}
END_TEST

Suite *graphml_suite(void)
{
    Suite *suite = suite_create("graphml");
    TCase *tests = tcase_create("tests");
    tcase_add_test(tests, a_whole_file);
    tcase_add_loop_test(tests, hostile_labels, 0, 7);
    tcase_add_test(tests, groups);
    tcase_add_test(tests, what_cannot_be_written);
    tcase_add_loop_test(tests, memory_may_run_out_anywhere, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
