/* Files that are whole or absent: what is replaced and what stays, links and pipes, inputs, full
 * disks, and stopping half-way. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support.h"

static const char data[] = "respondent,workgroup,target,frequent,timely,accurate,problem_solving,"
                           "shared_goals,shared_knowledge,mutual_respect\n"
                           "1,A,A,1,2,3,4,5,4,3\n1,A,B,5,4,3,2,1,2,3\n2,B,A,2,2,2,3,3,3,4\n";

static relcoord_result *result;
static relcoord_error error;
enum { PATH_SIZE = 512 };
static char place[PATH_SIZE];

static void set_up(void)
{
    result = result_of(data, "matrix", NULL);
    error = (relcoord_error){0};
}

static void tear_down(void)
{
    relcoord_result_free(result);
    files_remove();
}

/* A path of that name in the folder of this process. */
static const char *in_folder(const char *name)
{
    snprintf(place, sizeof place, "%s/%s", folder_path(), name);
    return place;
}

/* A file that is there already; files_remove takes it away. */
static const char *old_file(const char *name)
{
    return file_write(name, "old\n", 4);
}

/* Writes the old file once more. */
static void file_again(const char *path)
{
    FILE *file = fopen(path, "wb");
    ck_assert(file && fputs("old\n", file) >= 0 && fclose(file) == 0);
}

static char *contents(const char *path)
{
    static char bytes[100000];
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s: not there", path);
    bytes[fread(bytes, 1, sizeof bytes - 1, file)] = 0;
    fclose(file);
    return bytes;
}

static void expect_written(const char *path, const char *format)
{
    char *whole = result_written(result, format, NULL);
    expect_same_text(path, contents(path), whole);
    free(whole);
}

/* How many files the folder has: temporary ones must not stay. */
static int files_in_folder(void)
{
    char command[PATH_SIZE], line[20];
    FILE *list;
    snprintf(command, sizeof command, "ls -A %s | wc -l", folder_path());
    list = popen(command, "r");
    ck_assert(list && fgets(line, sizeof line, list));
    pclose(list);
    return atoi(line);
}

static mode_t mode_of(const char *path)
{
    struct stat about;
    ck_assert_int_eq(stat(path, &about), 0);
    return about.st_mode & 07777;
}

static void expect_status(relcoord_status status, relcoord_status wanted, const char *words)
{
    ck_assert_msg(status == wanted, "%s, not %s: %s", relcoord_status_name(status),
                  relcoord_status_name(wanted), error.message);
    ck_assert_msg(strstr(error.message, words) != NULL, "'%s' lacks '%s'", error.message, words);
}

/* ---- What comes to stand there ---- */

START_TEST(formats_by_suffix)
{
    static const char *const cases[][2] = {
        {"a.csv", "csv"}, {"a.b.JSON", "json"}, {"x/a.htm", "html"},      {"a.md", "markdown"},
        {".txt", "text"}, {"a.text", "text"},   {"a.GraphML", "graphml"}, {"a.tex", "latex"},
        {"a", NULL},      {"a.xlsx", NULL},     {"a.csv/b", NULL},        {"a.", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        const char *got = relcoord_format_of(cases[i][0]);
        ck_assert_msg(got == cases[i][1] || (got && cases[i][1] && !strcmp(got, cases[i][1])),
                      "%s: %s", cases[i][0], got ? got : "none");
    }
    ck_assert_ptr_null(relcoord_format_of(NULL));
}
END_TEST

START_TEST(a_new_file_has_what_the_umask_leaves)
{
    /* Without a umask the file is made by name, and with one, where the system can, without. */
    static const mode_t masks[] = {027, 0, 077};
    for (size_t i = 0; i < LENGTH(masks); i++) {
        const char *path = in_folder("new.csv");
        mode_t before = umask(masks[i]);
        ck_assert_int_eq(relcoord_write_file(result, path, NULL, NULL, &error), RELCOORD_OK);
        umask(before);
        expect_written(path, "csv");
        ck_assert_int_eq(mode_of(path), 0666 & ~masks[i]);
        ck_assert_int_eq(files_in_folder(), 1);
        ck_assert_int_eq(unlink(path), 0);
    }
}
END_TEST

START_TEST(the_mode_of_a_present_file_stays)
{
    static const mode_t modes[] = {0600, 0640, 0666, 0777, 0200};
    const char *path = old_file("kept.json");
    for (size_t i = 0; i < LENGTH(modes); i++) {
        ck_assert_int_eq(chmod(path, modes[i]), 0);
        ck_assert_int_eq(relcoord_write_file(result, path, NULL, NULL, &error), RELCOORD_OK);
        ck_assert_int_eq(mode_of(path), modes[i]);
        ck_assert_int_eq(files_in_folder(), 1);
    }
    ck_assert_int_eq(chmod(path, 0600), 0);
    expect_written(path, "json");
}
END_TEST

START_TEST(owner_and_group_stay_where_the_system_lets_them)
{
    const char *path = old_file("kept.csv");
    struct stat about;
    if (chown(path, 12345, 23456) != 0)
        return; /* nobody but root can make the file that this is about */
    ck_assert_int_eq(chmod(path, 04664), 0);
    ck_assert_int_eq(relcoord_write_file(result, path, NULL, NULL, &error), RELCOORD_OK);
    ck_assert_int_eq(stat(path, &about), 0);
    ck_assert_int_eq(about.st_uid, 12345);
    ck_assert_int_eq(about.st_gid, 23456);
    ck_assert_int_eq(about.st_mode & 07777, 04664);
}
END_TEST

/* What is written as another user is at most what others could do before. */
START_TEST(a_lost_group_gains_nothing)
{
    const char *path = old_file("shared.csv");
    struct stat about;
    int status;
    pid_t child;
    if (chown(path, 0, 23456) != 0)
        return;
    ck_assert(chmod(path, 0666) == 0 && chmod(folder_path(), 0777) == 0);
    ck_assert_int_eq(chmod(path, 0662), 0);
    child = fork();
    if (child == 0) {
        if (setgid(12345) != 0 || setuid(12345) != 0)
            _exit(99);
        _exit((int)relcoord_write_file(result, path, NULL, NULL, NULL));
    }
    ck_assert(child > 0 && waitpid(child, &status, 0) == child);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%d", status);
    ck_assert_int_eq(stat(path, &about), 0);
    ck_assert_int_eq(about.st_gid, 12345);
    ck_assert_int_eq(about.st_mode & 07777, 0622);
}
END_TEST

START_TEST(a_link_stays_and_its_target_is_written)
{
    char target[PATH_SIZE], link[PATH_SIZE], chain[PATH_SIZE];
    struct stat about;
    snprintf(target, sizeof target, "%s", in_folder("target.csv"));
    snprintf(link, sizeof link, "%s", in_folder("link.csv"));
    snprintf(chain, sizeof chain, "%s", in_folder("chain.csv"));
    ck_assert(symlink("target.csv", link) == 0 && symlink(link, chain) == 0);
    for (int i = 0; i < 2; i++) { /* it dangles at first */
        ck_assert_int_eq(relcoord_write_file(result, chain, NULL, NULL, &error), RELCOORD_OK);
        ck_assert(lstat(chain, &about) == 0 && S_ISLNK(about.st_mode));
        ck_assert(lstat(link, &about) == 0 && S_ISLNK(about.st_mode));
        ck_assert(lstat(target, &about) == 0 && S_ISREG(about.st_mode));
        expect_written(target, "csv");
        ck_assert_int_eq(files_in_folder(), 3);
    }
    ck_assert(unlink(link) == 0 && symlink("chain.csv", link) == 0);
    expect_status(relcoord_write_file(result, chain, NULL, NULL, &error), RELCOORD_EIO,
                  "cannot be written: too many links");
    ck_assert(unlink(link) == 0 && unlink(chain) == 0 && unlink(target) == 0);
}
END_TEST

START_TEST(names_of_any_length)
{
    char name[300];
    for (size_t length = 249; length <= 256; length++) {
        const char *path;
        relcoord_status status;
        memset(name, 'x', length);
        strcpy(name + length - 4, ".csv");
        path = in_folder(name);
        status = relcoord_write_file(result, path, NULL, NULL, &error);
        if (length == 256) {
            expect_status(status, RELCOORD_EIO, "cannot be written: name too long");
        } else {
            expect_status(status, RELCOORD_OK, "");
            expect_written(path, "csv");
            ck_assert_int_eq(unlink(path), 0);
        }
    }
    ck_assert_int_eq(files_in_folder(), 0);
}
END_TEST

static void *read_all(void *path)
{
    static char bytes[100000];
    size_t length = 0, count;
    FILE *pipe = fopen(path, "rb");
    while (pipe && (count = fread(bytes + length, 1, sizeof bytes - length - 1, pipe)) > 0)
        length += count;
    bytes[length] = 0;
    if (pipe)
        fclose(pipe);
    return bytes;
}

START_TEST(a_pipe_is_written_in_place)
{
    char fifo[PATH_SIZE], *whole = result_written(result, "json", NULL);
    struct stat about;
    pthread_t reader;
    void *got;
    snprintf(fifo, sizeof fifo, "%s", in_folder("fifo"));
    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    ck_assert_int_eq(pthread_create(&reader, NULL, read_all, fifo), 0);
    ck_assert_int_eq(relcoord_write_file(result, fifo, "json", NULL, &error), RELCOORD_OK);
    ck_assert_int_eq(pthread_join(reader, &got), 0);
    expect_same_text("fifo", got, whole);
    ck_assert(lstat(fifo, &about) == 0 && S_ISFIFO(about.st_mode));
    ck_assert_int_eq(relcoord_write_file(result, "/dev/null", "csv", NULL, &error), RELCOORD_OK);
    ck_assert_int_eq(unlink(fifo), 0);
    free(whole);
}
END_TEST

/* A descriptor goes on where it stands, by whichever name, and stays open. */
START_TEST(a_descriptor_goes_on_where_it_stands)
{
    static const char *const names[] = {"/dev/fd/%d", "/proc/self/fd/%d"};
    const char *path = old_file("log.txt");
    char name[40], *whole = result_written(result, "csv", NULL);
    for (size_t i = 0; i < LENGTH(names); i++) {
        int descriptor = open(path, O_WRONLY | O_TRUNC);
        ck_assert(descriptor > 2 && write(descriptor, "before\n", 7) == 7);
        snprintf(name, sizeof name, names[i], descriptor);
        ck_assert_int_eq(relcoord_write_file(result, name, "csv", NULL, &error), RELCOORD_OK);
        ck_assert(write(descriptor, "after\n", 6) == 6 && close(descriptor) == 0);
        ck_assert_int_eq(strncmp(contents(path), "before\n", 7), 0);
        ck_assert_int_eq(strncmp(contents(path) + 7, whole, strlen(whole)), 0);
        ck_assert_str_eq(contents(path) + 7 + strlen(whole), "after\n");
    }
    expect_status(relcoord_write_file(result, name, "csv", NULL, &error), RELCOORD_EIO,
                  "cannot be written: not open for writing");
    free(whole);
}
END_TEST

/* ---- What is refused ---- */

START_TEST(what_cannot_be_written)
{
    char folder[PATH_SIZE];
    const struct {
        const char *path, *format;
        relcoord_status status;
        const char *words;
    } cases[] = {
        {"", "csv", RELCOORD_EUSAGE, "the file to write has no name"},
        {NULL, "csv", RELCOORD_EUSAGE, "the file to write has no name"},
        {"a.xyz", NULL, RELCOORD_EUSAGE, "the end of 'a.xyz' names no format"},
        {"a.csv", "cvs", RELCOORD_EUSAGE, "did you mean 'csv'?"},
        {folder, "csv", RELCOORD_EIO, "cannot be written: is a directory"},
        {"/dev/full", "csv", RELCOORD_EIO, "cannot be written: no space left on the device"},
        {"/nowhere/a.csv", NULL, RELCOORD_EIO, "cannot be written: no such file"},
        {"/dev/null/a.csv", NULL, RELCOORD_EIO, "cannot be written: not a directory"},
        {"/nowhere/", "csv", RELCOORD_EIO, "cannot be written: no such file"},
    };
    snprintf(folder, sizeof folder, "%s", folder_path());
    for (size_t i = 0; i < LENGTH(cases); i++) {
        error = (relcoord_error){0};
        expect_status(relcoord_write_file(result, cases[i].path, cases[i].format, NULL, &error),
                      cases[i].status, cases[i].words);
        if (cases[i].status == RELCOORD_EIO)
            ck_assert_str_eq(error.file, cases[i].path);
    }
    ck_assert_int_eq(relcoord_write_file(NULL, "a.csv", NULL, NULL, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(files_in_folder(), 0);
}
END_TEST

START_TEST(options_are_for_writing)
{
    relcoord_options *run = options_make("matrix", NULL),
                     *write = options_make("write", "table=nothing");
    relcoord_file *file = NULL;
    const char *path = old_file("old.csv");
    expect_status(relcoord_write_file(result, path, NULL, run, &error), RELCOORD_EUSAGE,
                  "these options are for 'matrix', not for 'write'");
    expect_status(relcoord_file_create(path, NULL, run, &file, &error), RELCOORD_EUSAGE,
                  "these options are for 'matrix', not for 'write'");
    expect_status(relcoord_write_file(result, path, NULL, write, &error), RELCOORD_EOPTION,
                  "unknown table 'nothing'");
    ck_assert_ptr_null(file);
    ck_assert_str_eq(contents(path), "old\n");
    relcoord_options_free(run);
    relcoord_options_free(write);
}
END_TEST

/* Root may write anything, so this is asked as somebody else. */
START_TEST(what_is_protected_stays)
{
    char file[PATH_SIZE], folder[PATH_SIZE], inside[PATH_SIZE + 20];
    int status;
    pid_t child;
    snprintf(file, sizeof file, "%s", old_file("protected.csv"));
    snprintf(folder, sizeof folder, "%s", in_folder("closed"));
    snprintf(inside, sizeof inside, "%s/new.csv", folder);
    ck_assert(mkdir(folder, 0555) == 0 && chmod(file, 0444) == 0);
    ck_assert_int_eq(chmod(folder_path(), 0777), 0);
    child = fork();
    if (child == 0) {
        if (getuid() == 0 && (setgid(12345) != 0 || setuid(12345) != 0))
            _exit(99);
        _exit(relcoord_write_file(result, file, NULL, NULL, &error) != RELCOORD_EIO
              || strcmp(error.message, "cannot be written: permission denied") != 0
              || relcoord_write_file(result, inside, NULL, NULL, &error) != RELCOORD_EIO
              || strcmp(error.message, "cannot be written: permission denied") != 0);
    }
    ck_assert(child > 0 && waitpid(child, &status, 0) == child);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%d", status);
    ck_assert_str_eq(contents(file), "old\n");
    ck_assert_int_eq(files_in_folder(), 2);
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

static void expect_refused(const relcoord_result *of, const relcoord_options *write,
                           const char *path)
{
    error = (relcoord_error){0};
    expect_status(relcoord_write_file(of, path, "csv", write, &error), RELCOORD_EUSAGE,
                  "is one of the files that were read, and is not written over");
}

START_TEST(inputs_are_not_written_over)
{
    static const char book[] = "variable,role,dimension\nrespondent,respondent,\n"
                               "workgroup,workgroup,\ntarget,target,\nfrequent,item,frequent\n";
    static const char people[] = "respondent,workgroup\n1,A\n2,B\n";
    const char *survey_path = file_write("survey.csv", data, strlen(data));
    const char *book_path = file_write("book.csv", book, strlen(book));
    const char *people_path = file_write("people.csv", people, strlen(people));
    const char *other_path = old_file("other.sav");
    char link[PATH_SIZE], hard[PATH_SIZE], settings[700], name[PATH_SIZE];
    relcoord_options *read, *write = options_make("write", NULL);
    relcoord_survey *survey = NULL;
    relcoord_result *of = NULL;
    snprintf(settings, sizeof settings, "codebook=%s register=%s", book_path, people_path);
    read = options_make("read", settings);
    ck_assert_int_eq(relcoord_options_add_input(read, other_path, &error), RELCOORD_OK);
    ck_assert_msg(!relcoord_survey_read(survey_path, read, &survey, &error), "%s: %s", error.file,
                  error.message);
    ck_assert_int_eq(relcoord_run(survey, "matrix", NULL, &of, &error), RELCOORD_OK);
    relcoord_survey_free(survey);

    expect_refused(of, NULL, survey_path);
    expect_refused(of, write, book_path);
    expect_refused(of, NULL, people_path);
    expect_refused(of, NULL, other_path);
    snprintf(link, sizeof link, "%s", in_folder("link.csv"));
    snprintf(hard, sizeof hard, "%s", in_folder("hard.csv"));
    ck_assert(symlink("survey.csv", link) == 0 && linkat(-1, survey_path, -1, hard, 0) == 0);
    expect_refused(of, NULL, link);
    expect_refused(of, NULL, hard);
    snprintf(name, sizeof name, "%s/../%s/survey.csv", folder_path(),
             strrchr(folder_path(), '/') + 1);
    expect_refused(of, NULL, name);
    expect_same_text("survey", contents(survey_path), data);

    /* What the options for writing name is refused for any result. */
    ck_assert_int_eq(relcoord_write_file(result, other_path, "csv", write, &error), RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_add_input(write, other_path, &error), RELCOORD_OK);
    expect_refused(result, write, other_path);
    ck_assert_int_eq(relcoord_options_add_input(write, NULL, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_options_add_input(NULL, other_path, NULL), RELCOORD_EUSAGE);
    ck_assert(unlink(link) == 0 && unlink(hard) == 0);
    relcoord_options_free(read);
    relcoord_options_free(write);
    relcoord_result_free(of);
}
END_TEST

/* A relative name means the file of the folder that it was read in. */
START_TEST(an_input_is_known_from_another_folder)
{
    const char *path = file_write("survey.csv", data, strlen(data));
    char before[4096];
    relcoord_survey *survey = NULL;
    relcoord_result *of = NULL;
    ck_assert(getcwd(before, sizeof before) && chdir(folder_path()) == 0);
    ck_assert_int_eq(relcoord_survey_read("survey.csv", NULL, &survey, &error), RELCOORD_OK);
    ck_assert_int_eq(chdir(before), 0);
    ck_assert_int_eq(relcoord_run(survey, "matrix", NULL, &of, &error), RELCOORD_OK);
    expect_refused(of, NULL, path);
    relcoord_survey_free(survey);
    relcoord_result_free(of);
}
END_TEST

START_TEST(a_draft_is_not_written_over_its_data)
{
    const char *path = file_write("survey.csv", data, strlen(data));
    relcoord_result *draft = NULL;
    ck_assert_int_eq(relcoord_codebook_draft(&path, 1, NULL, &draft, &error), RELCOORD_OK);
    expect_refused(draft, NULL, path);
    expect_same_text("survey", contents(path), data);
    relcoord_result_free(draft);
}
END_TEST

/* ---- What fails half-way ---- */

/* A full disk, by way of the largest size that a file may have. */
START_TEST(a_full_disk_leaves_the_old_file)
{
    const char *paths[] = {old_file("old.json"), in_folder("new.json")};
    relcoord_status status[2];
    relcoord_error errors[2] = {{0}};
    struct rlimit before, small;
    sigset_t pending;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){100, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small); /* until it is lifted, Check itself cannot write */
    for (int i = 0; i < 2; i++)
        status[i] = relcoord_write_file(result, paths[i], NULL, NULL, &errors[i]);
    setrlimit(RLIMIT_FSIZE, &before);
    for (int i = 0; i < 2; i++) {
        error = errors[i];
        expect_status(status[i], RELCOORD_EIO, "cannot be written: too large");
        ck_assert_str_eq(error.file, paths[i]);
    }
    const char *path = paths[0];
    ck_assert_str_eq(contents(path), "old\n");
    ck_assert_int_eq(files_in_folder(), 1);
    ck_assert(sigpending(&pending) == 0 && !sigismember(&pending, SIGXFSZ));
}
END_TEST

START_TEST(a_pipe_that_nobody_reads)
{
    int ends[2];
    char name[40];
    sigset_t pending, mask, now;
    ck_assert(pipe(ends) == 0 && close(ends[0]) == 0);
    snprintf(name, sizeof name, "/dev/fd/%d", ends[1]);
    ck_assert_int_eq(pthread_sigmask(SIG_SETMASK, NULL, &mask), 0);
    expect_status(relcoord_write_file(result, name, "csv", NULL, &error), RELCOORD_EIO,
                  "cannot be written: nobody reads it"); /* and no SIGPIPE ends this process */
    ck_assert_int_eq(pthread_sigmask(SIG_SETMASK, NULL, &now), 0);
    ck_assert_int_eq(sigismember(&mask, SIGPIPE), sigismember(&now, SIGPIPE));
    ck_assert(sigpending(&pending) == 0 && !sigismember(&pending, SIGPIPE));
    close(ends[1]);
}
END_TEST

typedef struct stop_at {
    int calls, last;
} stop_at;

static int stop_there(void *user, double share)
{
    stop_at *stop = user;
    ck_assert(share == -1 || (share >= 0 && share <= 1));
    return ++stop->calls >= stop->last;
}

static int take_any(void *user, const char *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)user += size;
    return 0;
}

/* At whichever call the caller stops, nothing is left and the old file stands. */
START_TEST(cancelled_at_any_call)
{
    static const char *const formats[] = {"text", "csv", "json", "html", "markdown", "graphml"};
    survey_plan plan = {.respondents = 400, .workgroups = 3, .targets = 3, .seed = 7};
    char *many = csv_invent(&plan);
    relcoord_result *scores = result_of(many, "scores", NULL),
                    *network = result_of(data, "network", NULL);
    relcoord_options *write = options_make("write", NULL);
    const char *path = old_file("old");
    for (size_t i = 0; i < LENGTH(formats); i++) {
        const relcoord_result *of = i < 5 ? scores : network;
        relcoord_status status = RELCOORD_ECANCELLED;
        stop_at stop = {0, 1};
        for (; status; stop = (stop_at){0, stop.last + 1}) {
            size_t size = 0;
            relcoord_options_set_progress(write, stop_there, &stop);
            status = relcoord_write_file(of, path, formats[i], write, &error);
            if (!status)
                break;
            expect_status(status, RELCOORD_ECANCELLED, "cancelled");
            ck_assert_str_eq(contents(path), "old\n");
            ck_assert_int_eq(files_in_folder(), 1);
            stop.calls = 0;
            status = relcoord_write(of, formats[i], write, take_any, &size, &error);
            ck_assert(!status || status == RELCOORD_ECANCELLED);
            status = RELCOORD_ECANCELLED;
        }
        ck_assert_msg(stop.last >= (i < 5 ? 5 : 3), "%s asks %d times", formats[i], stop.last - 1);
        file_again(path);
    }
    relcoord_options_free(write);
    relcoord_result_free(scores);
    relcoord_result_free(network);
    free(many);
}
END_TEST

/* ---- Bytes that others made ---- */

START_TEST(bytes_of_others)
{
    relcoord_file *file = NULL;
    const char *path = old_file("book.xlsx");
    ck_assert_int_eq(relcoord_file_create(path, NULL, NULL, &file, &error), RELCOORD_OK);
    ck_assert_int_eq(relcoord_file_write(file, "PK\0\1", 4, &error), RELCOORD_OK);
    ck_assert_int_eq(relcoord_file_write(file, NULL, 0, &error), RELCOORD_OK);
    ck_assert_str_eq(contents(path), "old\n");
    relcoord_file_discard(file);
    ck_assert_str_eq(contents(path), "old\n");

    ck_assert_int_eq(relcoord_file_create(path, result, NULL, &file, &error), RELCOORD_OK);
    ck_assert_int_eq(relcoord_file_write(file, "new", 3, &error), RELCOORD_OK);
    ck_assert_int_eq(relcoord_file_write(file, "er\n", 3, &error), RELCOORD_OK);
    ck_assert_int_eq(relcoord_file_commit(file, &error), RELCOORD_OK);
    ck_assert_str_eq(contents(path), "newer\n");
    ck_assert_int_eq(files_in_folder(), 1);

    ck_assert_int_eq(relcoord_file_create("/dev/full", NULL, NULL, &file, &error), RELCOORD_OK);
    ck_assert_int_eq(relcoord_file_write(file, "x", 1, &error), RELCOORD_EIO);
    ck_assert_int_eq(relcoord_file_write(file, "x", 1, NULL), RELCOORD_EIO);
    expect_status(relcoord_file_commit(file, &error), RELCOORD_EIO, "no space left on the device");

    relcoord_file_discard(NULL);
    ck_assert_int_eq(relcoord_file_commit(NULL, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_file_write(NULL, "x", 1, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_file_create(path, NULL, NULL, NULL, NULL), RELCOORD_EUSAGE);
}
END_TEST

/* Wherever memory runs out, the old file stands and nothing leaks. */
START_TEST(memory_may_run_out_anywhere)
{
    const char *path = old_file("old.csv");
    int64_t needed;
    heap_start();
    heap_fail(0, 0);
    ck_assert_int_eq(relcoord_write_file(result, path, NULL, NULL, NULL), RELCOORD_OK);
    needed = heap_asked();
    ck_assert_int_gt(needed, 5);
    for (int64_t n = 1; n <= needed; n++) {
        relcoord_status status;
        file_again(path);
        heap_fail(n, _i ? INT64_MAX : n);
        status = relcoord_write_file(result, path, NULL, NULL, &error);
        ck_assert_int_eq(heap_alive(), 0);
        if (!status) /* the folder's name, which is tried to be kept on the disk */
            continue;
        ck_assert_msg(status == RELCOORD_ENOMEM, "allocation %d failed: %s", (int)n, error.message);
        ck_assert_str_eq(contents(path), "old\n");
        ck_assert_int_eq(files_in_folder(), 1);
    }
    heap_stop();
}
END_TEST

Suite *write_file_suite(void)
{
    Suite *s = suite_create("write_file");
    TCase *t = tcase_create("tests");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, formats_by_suffix);
    tcase_add_test(t, a_new_file_has_what_the_umask_leaves);
    tcase_add_test(t, the_mode_of_a_present_file_stays);
    tcase_add_test(t, owner_and_group_stay_where_the_system_lets_them);
    tcase_add_test(t, a_lost_group_gains_nothing);
    tcase_add_test(t, a_link_stays_and_its_target_is_written);
    tcase_add_test(t, names_of_any_length);
    tcase_add_test(t, a_pipe_is_written_in_place);
    tcase_add_test(t, a_descriptor_goes_on_where_it_stands);
    tcase_add_test(t, what_cannot_be_written);
    tcase_add_test(t, options_are_for_writing);
    tcase_add_test(t, what_is_protected_stays);
    tcase_add_test(t, inputs_are_not_written_over);
    tcase_add_test(t, an_input_is_known_from_another_folder);
    tcase_add_test(t, a_draft_is_not_written_over_its_data);
    tcase_add_test(t, a_full_disk_leaves_the_old_file);
    tcase_add_test(t, a_pipe_that_nobody_reads);
    tcase_add_test(t, cancelled_at_any_call);
    tcase_add_test(t, bytes_of_others);
    tcase_add_loop_test(t, memory_may_run_out_anywhere, 0, 2);
    suite_add_tcase(s, t);
    return s;
}
