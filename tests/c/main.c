/* Runs the suites named, or every one: tests/c/ROOM/check_x.c gives x_suite(), and the Makefile
 * lists them in suites.h. Check itself reads CK_FORK (no: all in one process), CK_RUN_SUITE,
 * CK_RUN_CASE and CK_VERBOSITY. The locale is the environment's, so that the tests also run where
 * one half is written 0,5. */
#include <check.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUITE(name) Suite *name##_suite(void);
#include "suites.h"
#undef SUITE

#define SUITE(name) {#name, name##_suite},
static const struct {
    const char *name;
    Suite *(*make)(void);
} suites[] = {
#include "suites.h"
};
#undef SUITE

static int is_named(const char *name, int count, char **names)
{
    for (int i = 1; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return 1;
    return count == 1;
}

int main(int argc, char **argv)
{
    if (!setlocale(LC_ALL, "")) {
        fputs("the locale that LC_ALL or LANG names is not there\n", stderr);
        return EXIT_FAILURE;
    }
    printf("In locale %s, where one half is %.1f\n", setlocale(LC_NUMERIC, NULL), 0.5);

    SRunner *runner = srunner_create(NULL);
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++)
        if (is_named(suites[i].name, argc, argv))
            srunner_add_suite(runner, suites[i].make());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    int ran = srunner_ntests_run(runner);
    srunner_free(runner);
    return failed == 0 && ran > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
