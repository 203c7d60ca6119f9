/* Variance components against lme4, and against dense matrices in R:
 * tests/golden/stats/components.R writes both. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "stats/variance/components.h"
#include "support.h"
#include "tie_lists.h"

Suite *components_golden_suite(void);

static tie_list list;

enum { MOST_FIELDS = 5 };

/* The next line of a table, cut at its commas; false at its end. */
static bool read_fields(FILE *file, char line[256], char *fields[MOST_FIELDS])
{
    if (!fgets(line, 256, file))
        return false;
    line[strcspn(line, "\n")] = 0;
    char *rest = line;
    for (int i = 0; i < MOST_FIELDS; i++) {
        ck_assert_msg(rest, "a line with less than five fields: %s", line);
        fields[i] = rest;
        rest = strchr(rest, ',');
        if (rest)
            *rest++ = 0;
    }
    return true;
}

static FILE *open_table(const char *path)
{
    char line[256], *fields[MOST_FIELDS];
    FILE *file = fopen(path, "r");
    ck_assert_msg(file, "%s cannot be opened; the tests run in the folder of the Makefile", path);
    ck_assert(read_fields(file, line, fields));
    return file;
}

/* NaN for none. */
static double read_number(const char *field)
{
    double value = NAN;
    ck_assert_msg(!*field || number_parse(field, strlen(field), &value), "not a number: '%s'",
                  field);
    return value;
}

static void read_survey(const char *name, tie_list *l)
{
    char line[256], *fields[MOST_FIELDS];
    FILE *file = open_table("tests/golden/stats/components_ties.csv");
    l->n = 0;
    while (read_fields(file, line, fields))
        if (strcmp(fields[0], name) == 0)
            add_tie(l, (uint32_t)read_number(fields[1]), (uint32_t)read_number(fields[2]),
                    (uint32_t)read_number(fields[3]), read_number(fields[4]));
    fclose(file);
    ck_assert_msg(l->n > 0, "no ties of %s", name);
}

static int find_component(const char *name)
{
    for (int k = 0; k < COMPONENTS; k++)
        if (strcmp(component_names[k], name) == 0)
            return k;
    return COMPONENTS;
}

static double total_of(const component_fit *fit)
{
    double sum = 0;
    for (int k = 0; k < COMPONENTS; k++)
        sum += fit->variance[k];
    return sum;
}

/* A component at 0 must be just 0 here; lme4 leaves it within its tolerance of there, a spread may
 * be below. */
static void expect_variance(const char *label, const component_fit *fit, int k, double wanted,
                            double tolerance)
{
    ck_assert_int_eq(fit->at_zero[k], fit->variance[k] == 0);
    if (wanted < 1e-7 * total_of(fit))
        ck_assert_msg(fit->at_zero[k] && isnan(fit->se[k]), "%s is %g, not 0", label,
                      fit->variance[k]);
    else
        expect_relative(label, fit->variance[k], wanted, tolerance);
}

static void expect_golden(const char *label, const component_fit *fit, bool lme4, const char *name,
                          const char *value)
{
    double wanted = read_number(value), tolerance = lme4 ? 1e-5 : 1e-9;
    int k = find_component(name);
    if (k < COMPONENTS) {
        expect_variance(label, fit, k, wanted, tolerance);
    } else if (strncmp(name, "se_", 3) == 0) {
        k = find_component(name + 3);
        ck_assert_int_lt(k, COMPONENTS);
        if (*value)
            expect_relative(label, fit->se[k], wanted, 1e-9);
        else
            ck_assert_msg(isnan(fit->se[k]), "%s is %g, and there is none", label, fit->se[k]);
    } else if (strcmp(name, "mean") == 0) {
        expect_relative(label, fit->mean, wanted, 1e-10);
    } else {
        ck_assert_str_eq(name, "criterion");
        ck_assert_msg(fit->criterion <= wanted + 1e-8, "%s: %.15g is worse than %.15g", label,
                      fit->criterion, wanted);
        ck_assert_msg(fit->criterion >= wanted - 1e-6, "%s: %.15g cannot be better than %.15g",
                      label, fit->criterion, wanted);
    }
}

START_TEST(golden_values)
{
    char line[256], *fields[MOST_FIELDS], label[256], loaded[64] = "", model[16] = "";
    FILE *file = open_table("tests/golden/stats/components.csv");
    component_fit fit = {0};
    int values = 0;
    while (read_fields(file, line, fields)) {
        if (strcmp(loaded, fields[0]) != 0)
            read_survey(fields[0], &list);
        if (strcmp(loaded, fields[0]) != 0 || strcmp(model, fields[1]) != 0) {
            fit = fit_list(&list,
                           strcmp(fields[1], "fixed") == 0 ? WORKGROUPS_FIXED : WORKGROUPS_RANDOM);
            ck_assert_msg(fit.reason == COMPONENTS_FITTED, "%s, %s: reason %d", fields[0],
                          fields[1], (int)fit.reason);
        }
        snprintf(loaded, sizeof loaded, "%s", fields[0]);
        snprintf(model, sizeof model, "%s", fields[1]);
        snprintf(label, sizeof label, "%s, %s, %s, %s", fields[0], fields[1], fields[2], fields[3]);
        expect_golden(label, &fit, strcmp(fields[2], "lme4") == 0, fields[3], fields[4]);
        values++;
    }
    fclose(file);
    ck_assert_int_ge(values, 40);
}
END_TEST

Suite *components_golden_suite(void)
{
    Suite *suite = suite_create("components_golden");
    TCase *values = tcase_create("values");
    tcase_add_test(values, golden_values);
    suite_add_tcase(suite, values);
    return suite;
}
