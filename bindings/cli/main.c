/* relcoord, the command line tool: opens the library's doors, and holds no arithmetic of its
 * own. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "arguments.h"
#include "foreign.h"
#include "help.h"
#include "load.h"
#include "output.h"
#include "report.h"
#include "spoken.h"

/* ---- Progress and interruption ---- */

static volatile sig_atomic_t interrupted; /* the signal, or 0 */

static void note_interrupt(int number)
{
    interrupted = number;
}

/* Signals that ask the tool to end have it end by itself, so that no half of a file stays. A hangup
 * that is ignored, as nohup has it, stays so. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = note_interrupt}, ignore = {.sa_handler = SIG_IGN};
    struct sigaction before;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL); /* no SA_RESTART: a read that waits must end */
    sigaction(SIGTERM, &action, NULL);
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(SIGHUP, &action, NULL);
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore,
              NULL); /* a closed pipe is an error of writing, and reported as one */
}

typedef struct progress {
    time_t start;
    const char *doing;
    bool terminal, shown;
} progress;

/* Shows the share done on a terminal, after a second. */
static int show_progress(void *user, double share)
{
    progress *p = user;
    if (p->terminal && time(NULL) > p->start + 1) {
        if (share >= 0)
            fprintf(stderr, "\r%s %3d %%", p->doing, (int)(100 * share));
        else
            fprintf(stderr, "\r%s", p->doing);
        p->shown = true;
    }
    return interrupted != 0;
}

static void clear_progress(progress *p)
{
    if (p->shown)
        fprintf(stderr, "\r%*s\r", 24, "");
    p->shown = false;
}

/* ---- Commands ---- */

static int write_result(const arguments *a, const relcoord_result *result)
{
    output o;
    relcoord_error error;
    relcoord_status status;
    /* figures on the terminal tell themselves how far they are */
    bool silent = !isatty(STDERR_FILENO) || (!a->output && isatty(STDOUT_FILENO));
    progress writing = {time(NULL), spoken("writing"), !silent, false};
    int fault;
    relcoord_options_set_progress(a->write, show_progress, &writing);
    fault = output_open(&o, a, result);
    if (fault)
        return fault;
    status = formats_write(result, a->format, a->write, output_write, &o, &error);
    clear_progress(&writing);
    return status ? output_give_up(&o, &error) : output_finish(&o);
}

static int write_text(const arguments *a, const relcoord_result *result, const char *text)
{
    output o;
    int fault = output_open(&o, a, result);
    if (fault)
        return fault;
    if (output_write(&o, text, strlen(text)) == 0)
        return output_finish(&o);
    return output_give_up(&o, NULL);
}

/* In CSV, a header alone does not say why there is nothing below it. */
static void point_to_reason(const arguments *a, const relcoord_result *result)
{
    const relcoord_table *table = a->table ? relcoord_result_table(result, a->table)
                                           : relcoord_result_table_at(result, 0);
    if (strcmp(a->format, "csv") == 0 && table && relcoord_table_rows(table) == 0)
        fprintf(stderr, spoken("relcoord: the table has no rows: see why with --format text\n"));
}

static int run_analysis(const arguments *a)
{
    relcoord_survey *survey = NULL;
    relcoord_result *result = NULL;
    relcoord_error error;
    progress reading = {time(NULL), spoken("reading"), isatty(STDERR_FILENO) != 0, false},
             running = reading;
    relcoord_status status;
    int fault;
    relcoord_options_set_progress(a->read, show_progress, &reading);
    status = read_files(a, &survey, &error);
    clear_progress(&reading);
    running.doing = a->analysis;
    relcoord_options_set_progress(a->run, show_progress, &running);
    if (!status)
        status = relcoord_run(survey, a->analysis, a->run, &result, &error);
    clear_progress(&running);
    fault = status ? report_error(a->analysis, &error) : write_result(a, result);
    if (fault == EXIT_DONE)
        point_to_reason(a, result);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    return fault;
}

/* In CSV, the table that is written does not say how much of it is guessed. */
static void point_to_decisions(const arguments *a, const relcoord_result *result)
{
    size_t count = relcoord_table_rows(relcoord_result_table(result, "decisions"));
    if (strcmp(a->format, "csv") == 0 && !a->table && count > 0)
        fprintf(stderr,
                spoken("relcoord: a draft with %zu guesses to check: see them with --table "
                       "decisions --format text\n"),
                count);
}

/* The columns of the data that a built-in codebook describes, as a file to fill in. */
static int write_form(const arguments *a, const relcoord_result *result)
{
    arguments own = *a;
    relcoord_error error;
    if (!a->form)
        return EXIT_DONE;
    own.output = a->form;
    own.format = "csv";
    if (relcoord_options_set(a->write, "tables", "", &error)
        || relcoord_options_set(a->write, "table", "form", &error))
        return report_error(a->analysis, &error);
    return write_result(&own, result);
}

static int draft_codebook(const arguments *a)
{
    relcoord_result *result = NULL;
    relcoord_error error;
    progress reading = {time(NULL), spoken("reading"), isatty(STDERR_FILENO) != 0, false};
    relcoord_status status;
    char *codebook = NULL;
    int fault;
    relcoord_options_set_progress(a->read, show_progress, &reading);
    status = draft_files(a, &result, &codebook, &error);
    clear_progress(&reading);
    if (status)
        fault = report_error(a->analysis, &error);
    else
        fault = codebook ? write_text(a, result, codebook) : write_result(a, result);
    if (fault == EXIT_DONE)
        point_to_decisions(a, result);
    if (fault == EXIT_DONE)
        fault = write_form(a, result);
    free(codebook);
    relcoord_result_free(result);
    return fault;
}

static int describe(const arguments *a, const registry *r)
{
    relcoord_error error;
    if (!a->table && strcmp(a->format, "text") == 0
        && relcoord_options_set(a->write, "table", "analyses", &error))
        return report_error(a->analysis, &error);
    return write_result(a, r->description);
}

static int run_command(int count, char **words, const registry *r)
{
    arguments a;
    int fault = arguments_parse(count, words, r, &a);
    if (fault)
        return fault;
    if (a.help && a.command == COMMAND_ANALYSES)
        help_tool(r);
    else if (a.help && a.command == COMMAND_CODEBOOK)
        help_codebook(r);
    else if (a.help)
        help_analysis(r, a.analysis);
    else if (a.command == COMMAND_ANALYSES)
        fault = describe(&a, r);
    else if (a.command == COMMAND_CODEBOOK)
        fault = draft_codebook(&a);
    else
        fault = run_analysis(&a);
    arguments_free(&a);
    return fault;
}

int main(int count, char **words)
{
    registry r;
    relcoord_error error;
    int fault = EXIT_DONE;
    catch_signals();
    choose_language(count, words);
    if (count < 2)
        return report_usage(NULL, "name an analysis and a file: relcoord matrix survey.csv");
    if (strcmp(words[1], "--version") == 0) {
        printf("relcoord %s\n", relcoord_version());
    } else if (registry_open(&r, &error)) {
        return report_error(NULL, &error);
    } else {
        if (strcmp(words[1], "--help") == 0 || strcmp(words[1], "-h") == 0
            || strcmp(words[1], "help") == 0)
            help_tool(&r);
        else
            fault = run_command(count, words, &r);
        registry_close(&r);
    }
    if (fflush(stdout) != 0 && fault == EXIT_DONE)
        fault = report_output();
    return fault == EXIT_INTERRUPTED && interrupted ? 128 + interrupted : fault;
}
