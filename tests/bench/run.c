/* Times programs against each other: each in turn, so many times, so that whatever else the machine
 * does meets all of them alike. Prints every run, then medians, ratios to the first program's and
 * peak memory.
 *
 *     run RUNS [ANSWERS] : NAME PROGRAM ARGUMENT... : NAME PROGRAM ARGUMENT...
 *
 * With the number of answers that the programs read, also the time and memory of each. */
#define _DEFAULT_SOURCE /* wait4 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_PROGRAMS = 16, MAX_RUNS = 100 };

typedef struct {
    const char *name;
    char **command;
    double seconds[MAX_RUNS];
    double megabytes; /* the most of all runs */
} program;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void become(char **command)
{
    int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0)
        execv(command[0], command);
    fprintf(stderr, "run: %s: %s\n", command[0], strerror(errno));
    _exit(127);
}

static int time_once(program *p, int run)
{
    struct rusage use;
    int status;
    double start = now();
    pid_t child = fork();
    if (child == 0)
        become(p->command);
    if (child < 0 || wait4(child, &status, 0, &use) != child || !WIFEXITED(status)
        || WEXITSTATUS(status)) {
        fprintf(stderr, "run: %s failed\n", p->name);
        return -1;
    }
    double megabytes = (double)use.ru_maxrss / 1024;
    p->seconds[run] = now() - start;
    if (megabytes > p->megabytes)
        p->megabytes = megabytes;
    printf("run %d  %-20s %8.3f s %8.1f MB\n", run + 1, p->name, p->seconds[run], megabytes);
    fflush(stdout);
    return 0;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare_doubles);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

/* Splits the arguments at each ":"; returns how many programs there are, 0 when they make no
 * sense. */
static int read_programs(int count, char **arguments, program *programs)
{
    int found = 0;
    for (int i = 2; i < count; i++) {
        if (strcmp(arguments[i], ":") != 0)
            continue;
        if (found == MAX_PROGRAMS || i + 2 >= count)
            return 0;
        programs[found].name = arguments[i + 1];
        programs[found++].command = arguments + i + 2;
        arguments[i] = NULL; /* ends the command before */
    }
    return found;
}

int main(int count, char **arguments)
{
    static program programs[MAX_PROGRAMS];
    double answers = count > 2 ? atof(arguments[2]) : 0; /* 0 of the ":" */
    int runs = count > 1 ? atoi(arguments[1]) : 0,
        found = read_programs(count, arguments, programs);
    if (runs < 1 || runs > MAX_RUNS || found == 0) {
        fprintf(stderr, "run RUNS [ANSWERS] : NAME PROGRAM ARGUMENT... : ...\n");
        return 2;
    }
    for (int run = 0; run < runs; run++)
        for (int i = 0; i < found; i++)
            if (time_once(&programs[i], run))
                return 1;
    double first = 0;
    printf("\n%-20s %10s %10s %8s %10s", "median of runs", "seconds", "fastest", "ratio",
           "peak MB");
    printf(answers > 0 ? " %10s %12s\n" : "\n", "ns/answer", "bytes/answer");
    for (int i = 0; i < found; i++) {
        double middle = median(programs[i].seconds, runs);
        first = i == 0 ? middle : first;
        printf("%-20s %10.3f %10.3f %8.2f %10.1f", programs[i].name, middle, programs[i].seconds[0],
               middle / first, programs[i].megabytes);
        if (answers > 0)
            printf(" %10.1f %12.2f", 1e9 * middle / answers,
                   1048576 * programs[i].megabytes / answers);
        putchar('\n');
    }
    return 0;
}
