/* Options: named, typed, bounded settings of one purpose, held as text and as numbers. */
#include "base/options.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"

/* ---- What an option takes, in words ---- */

const char *option_type_name(option_type type)
{
    static const char *const names[] = {"flag", "integer", "number", "choice",
                                        "text", "path",    "list"};
    return names[type];
}

/* A double below the first is one whole number and no other; int64_t ends before the second. */
static const double EXACT_MOST = 9007199254740992.0, INTEGER_END = 9223372036854775808.0;

static void describe_bound(text *t, const option_spec *spec, double bound)
{
    if (spec->type == OPTION_INTEGER)
        text_add_integer(t, bound < INTEGER_END ? (int64_t)bound : INT64_MAX);
    else
        text_add_number(t, bound);
}

static void describe_choices(text *t, const option_spec *spec)
{
    for (const char *c = spec->choices; c && *c; c++)
        text_add_bytes(t, *c == '|' ? ", " : c, *c == '|' ? 2 : 1);
}

/* "a number from 0.5 to 0.9999" */
static void describe_values(text *t, const option_spec *spec)
{
    switch (spec->type) {
    case OPTION_FLAG: text_add(t, "true or false"); break;
    case OPTION_TEXT: text_add(t, "text"); break;
    case OPTION_PATH: text_add(t, "the name of a file"); break;
    case OPTION_LIST:
        text_add(t, spec->choices ? "any of " : "");
        describe_choices(t, spec);
        if (spec->choices)
            break;
        text_add(
            t, "names separated by commas, with a backslash before a comma or backslash in a name");
        break;
    case OPTION_INTEGER:
    case OPTION_NUMBER:
        text_add(t, spec->type == OPTION_INTEGER ? "a whole number from " : "a number from ");
        describe_bound(t, spec, spec->minimum);
        text_add(t, " to ");
        describe_bound(t, spec, spec->maximum);
        text_add(t, spec->choices ? ", or " : "");
        describe_choices(t, spec);
        break;
    case OPTION_CHOICE:
        text_add(t, "one of ");
        describe_choices(t, spec);
        break;
    }
}

static relcoord_status refuse_value(const option_spec *spec, const char *value, relcoord_error *err)
{
    text takes = {0};
    relcoord_status status;
    describe_values(&takes, spec);
    if (takes.failed)
        status = fail_memory(err);
    else
        status = fail_option(err, spec->name, "option '%s' takes %s, not '%s'", spec->name,
                             takes.bytes, value);
    text_free(&takes);
    return status;
}

static relcoord_status refuse_name(const relcoord_options *options, const char *name,
                                   relcoord_error *err)
{
    const char **names = memory_new(options->count, sizeof *names);
    const char *near;
    if (!names)
        return fail_memory(err);
    for (size_t i = 0; i < options->count; i++)
        names[i] = options->specs[i].name;
    near = relcoord_nearest(name, names, options->count);
    memory_free(names);
    if (near)
        return fail_option(err, name, "'%s' has no option '%s'; did you mean '%s'?",
                           options->purpose, name, near);
    return fail_option(err, name, "'%s' has no option '%s'", options->purpose, name);
}

/* ---- Making ---- */

void relcoord_options_free(relcoord_options *options)
{
    if (!options)
        return;
    for (size_t i = 0; options->texts && i < options->count; i++)
        memory_free(options->texts[i]);
    for (size_t i = 0; options->names && i < options->count; i++)
        memory_free(options->names[i]);
    if (options->codebook)
        options->release_codebook(options->codebook);
    if (options->invited)
        options->release_invited(options->invited);
    for (size_t i = 0; i < options->input_count; i++)
        memory_free(options->inputs[i]);
    memory_free(options->inputs);
    memory_free(options->texts);
    memory_free(options->numbers);
    memory_free(options->integers);
    memory_free(options->names);
    memory_free(options);
}

relcoord_status options_new(const char *purpose, const option_spec *specs, size_t count,
                            relcoord_options **out, relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    relcoord_options *options = memory_zeroed(1, sizeof *options);
    if (!options)
        return fail_memory(err);
    options->purpose = purpose;
    options->specs = specs;
    options->count = count;
    options->texts = memory_zeroed(count, sizeof *options->texts);
    options->numbers = memory_zeroed(count, sizeof *options->numbers);
    options->integers = memory_zeroed(count, sizeof *options->integers);
    options->names = memory_zeroed(count, sizeof *options->names);
    if (!options->texts || !options->numbers || !options->integers || !options->names)
        status = fail_memory(err);
    for (size_t i = 0; i < count && !status; i++)
        status = relcoord_options_set(options, specs[i].name, specs[i].initial, err);
    if (status)
        relcoord_options_free(options);
    else
        *out = options;
    return status;
}

relcoord_status options_copy(const relcoord_options *options, relcoord_options **out,
                             relcoord_error *err)
{
    relcoord_options *copy;
    relcoord_status status = options_new(options->purpose, options->specs, options->count, &copy,
                                         err);
    if (status)
        return status;
    for (size_t i = 0; i < options->count && !status; i++)
        status = relcoord_options_set(copy, options->specs[i].name, options->texts[i], err);
    if (status) {
        relcoord_options_free(copy);
        return status;
    }
    copy->progress = options->progress;
    copy->progress_user = options->progress_user;
    *out = copy;
    return RELCOORD_OK;
}

/* ---- Setting ---- */

static relcoord_status keep_value(relcoord_options *options, size_t index, const char *value,
                                  double number, relcoord_error *err)
{
    char *kept = memory_copy_text(value);
    if (!kept)
        return fail_memory(err);
    memory_free(options->texts[index]);
    options->texts[index] = kept;
    options->numbers[index] = number;
    return RELCOORD_OK;
}

static relcoord_status keep_integer(relcoord_options *options, size_t index, int64_t value,
                                    relcoord_error *err)
{
    const option_spec *spec = &options->specs[index];
    char shown[24];
    relcoord_status status;
    snprintf(shown, sizeof shown, "%" PRId64, value);
    if ((double)value < spec->minimum || (double)value > spec->maximum)
        return refuse_value(spec, shown, err);
    status = keep_value(options, index, shown, (double)value, err);
    if (!status)
        options->integers[index] = value;
    return status;
}

/* Takes a list apart into `names`, which has room for one byte more than the text: each name with
 * its NUL, and an empty one after the last. False when a backslash stands before something else
 * than a comma or a backslash. */
static bool split_list(const char *list, char *names)
{
    while (*list) {
        char *name = names,
             *end = names; /* end: behind the last byte that is no space at the end of the name */
        list += strspn(list, " ");
        for (; *list && *list != ','; list++) {
            if (*list == '\\' && *++list != ',' && *list != '\\')
                return false;
            *names++ = *list;
            end = *list == ' ' ? end : names;
        }
        names = end;
        if (names > name)
            *names++ = 0;
        list += *list == ',';
    }
    *names = 0;
    return true;
}

static bool read_choice(const option_spec *spec, const char *value, double *number)
{
    size_t length = strlen(value);
    const char *choice = spec->choices;
    for (int i = 0; length > 0; i++) {
        size_t wide = strcspn(choice, "|");
        if (wide == length && memcmp(choice, value, length) == 0) {
            *number = i;
            return true;
        }
        if (!choice[wide])
            break;
        choice += wide + 1;
    }
    return false;
}

/* Whether each of the names is among the choices, where there are any. */
static bool are_choices(const option_spec *spec, const char *names)
{
    double place;
    for (; spec->choices && *names; names = options_name_after(names))
        if (!read_choice(spec, names, &place))
            return false;
    return true;
}

static relcoord_status keep_list(relcoord_options *options, size_t index, const char *value,
                                 relcoord_error *err)
{
    char *names = memory_new(strlen(value) + 2, 1);
    relcoord_status status;
    if (!names)
        return fail_memory(err);
    status = split_list(value, names) && are_choices(&options->specs[index], names)
                 ? keep_value(options, index, value, 0, err)
                 : refuse_value(&options->specs[index], value, err);
    if (status) {
        memory_free(names);
        return status;
    }
    memory_free(options->names[index]);
    options->names[index] = names;
    return RELCOORD_OK;
}

static size_t find_option(const relcoord_options *options, const char *name)
{
    size_t i = 0;
    while (i < options->count && strcmp(options->specs[i].name, name) != 0)
        i++;
    return i;
}

static bool is_utf8(const char *value)
{
    return utf8_valid_prefix(value, strlen(value)) == strlen(value);
}

static bool read_flag(const char *value, double *number)
{
    static const char *const words[] = {"false", "true", "no", "yes", "0", "1"};
    for (int i = 0; i < 6; i++)
        if (strcmp(value, words[i]) == 0) {
            *number = i % 2;
            return true;
        }
    return false;
}

/* A whole number of 64 bits. */
static bool read_digits(const char *value, int64_t *whole)
{
    bool negative = *value == '-';
    const char *digit = value + negative;
    int64_t so_far = 0; /* negative, as there is one number more of these */
    if (!*digit)
        return false;
    for (; *digit >= '0' && *digit <= '9'; digit++) {
        int next = *digit - '0';
        if (so_far < (INT64_MIN + next) / 10)
            return false;
        so_far = so_far * 10 - next;
    }
    if (*digit || (!negative && so_far == INT64_MIN))
        return false;
    *whole = negative ? so_far : -so_far;
    return true;
}

/* Other forms, such as 1e3, go through a double, which is no way for more digits than it has. */
static relcoord_status set_whole(relcoord_options *options, size_t index, const char *value,
                                 relcoord_error *err)
{
    const option_spec *spec = &options->specs[index];
    int64_t whole;
    double number;
    if (spec->choices && read_choice(spec, value, &number)) {
        options->integers[index] = (int64_t)(spec->minimum - 1 - number);
        return keep_value(options, index, value, (double)options->integers[index], err);
    }
    if (read_digits(value, &whole))
        return keep_integer(options, index, whole, err);
    if (number_parse(value, strlen(value), &number) && fabs(number) < EXACT_MOST
        && number == floor(number))
        return keep_integer(options, index, (int64_t)number, err);
    return refuse_value(spec, value, err);
}

relcoord_status relcoord_options_set(relcoord_options *options, const char *name, const char *value,
                                     relcoord_error *err)
{
    size_t index;
    const option_spec *spec;
    double number = 0;
    bool taken = true;
    if (!options || !name || !value)
        return fail(err, RELCOORD_EUSAGE, "relcoord_options_set needs options, a name and a value");
    index = find_option(options, name);
    if (index == options->count)
        return refuse_name(options, name, err);
    spec = &options->specs[index];
    switch (spec->type) {
    case OPTION_FLAG:
        taken = read_flag(value, &number);
        value = !taken ? value : number != 0 ? "true" : "false";
        break;
    case OPTION_CHOICE: taken = read_choice(spec, value, &number); break;
    case OPTION_INTEGER: return set_whole(options, index, value, err);
    case OPTION_NUMBER:
        taken = number_parse(value, strlen(value), &number);
        if (taken)
            return relcoord_options_set_number(options, name, number, err);
        break;
    case OPTION_TEXT:
    case OPTION_PATH: taken = is_utf8(value); break;
    case OPTION_LIST:
        taken = is_utf8(value);
        if (taken)
            return keep_list(options, index, value, err);
        break;
    }
    return taken ? keep_value(options, index, value, number, err) : refuse_value(spec, value, err);
}

relcoord_status relcoord_options_set_number(relcoord_options *options, const char *name,
                                            double value, relcoord_error *err)
{
    size_t index;
    const option_spec *spec;
    char shown[NUMBER_TEXT_SIZE];
    if (!options || !name)
        return fail(err, RELCOORD_EUSAGE, "relcoord_options_set_number needs options and a name");
    index = find_option(options, name);
    if (index == options->count)
        return refuse_name(options, name, err);
    spec = &options->specs[index];
    number_format(value, shown);
    if (spec->type == OPTION_FLAG)
        return relcoord_options_set(options, name, shown, err);
    if (spec->type == OPTION_INTEGER && value == floor(value) && value >= -INTEGER_END
        && value < INTEGER_END)
        return keep_integer(options, index, (int64_t)value, err);
    if (spec->type != OPTION_NUMBER || !(value >= spec->minimum) || value > spec->maximum)
        return refuse_value(spec, shown, err);
    return keep_value(options, index, shown, value, err);
}

relcoord_status relcoord_options_set_integer(relcoord_options *options, const char *name,
                                             int64_t value, relcoord_error *err)
{
    size_t index;
    char shown[24];
    if (!options || !name)
        return fail(err, RELCOORD_EUSAGE, "relcoord_options_set_integer needs options and a name");
    index = find_option(options, name);
    if (index == options->count)
        return refuse_name(options, name, err);
    if (options->specs[index].type == OPTION_INTEGER)
        return keep_integer(options, index, value, err);
    if (options->specs[index].type == OPTION_NUMBER)
        return relcoord_options_set_number(options, name, (double)value, err);
    snprintf(shown, sizeof shown, "%" PRId64, value);
    return options->specs[index].type == OPTION_FLAG
               ? relcoord_options_set(options, name, shown, err)
               : refuse_value(&options->specs[index], shown, err);
}

relcoord_status relcoord_options_add(relcoord_options *options, const char *name, const char *value,
                                     relcoord_error *err)
{
    size_t index;
    text list = {0};
    relcoord_status status;
    if (!options || !name || !value)
        return fail(err, RELCOORD_EUSAGE, "relcoord_options_add needs options, a name and a value");
    index = find_option(options, name);
    if (index == options->count)
        return refuse_name(options, name, err);
    if (options->specs[index].type != OPTION_LIST)
        return fail_option(err, name, "option '%s' is not a list, so no names can be added to it",
                           name);
    if (!value[strspn(value, " ")])
        return fail_option(err, name, "option '%s' does not take an empty name", name);
    text_add(&list, options->texts[index]);
    text_add(&list, *options->texts[index] ? "," : "");
    for (; *value; value++) {
        text_add(&list, *value == ',' || *value == '\\' ? "\\" : "");
        text_add_bytes(&list, value, 1);
    }
    status = list.failed ? fail_memory(err) : relcoord_options_set(options, name, list.bytes, err);
    text_free(&list);
    return status;
}

relcoord_status relcoord_options_add_input(relcoord_options *options, const char *path,
                                           relcoord_error *err)
{
    void *inputs;
    char *kept;
    if (!options || !path)
        return fail(err, RELCOORD_EUSAGE, "relcoord_options_add_input needs options and a path");
    inputs = options->inputs;
    kept = memory_copy_text(path);
    if (!kept
        || !memory_reserve(&inputs, &options->input_capacity, options->input_count + 1,
                           sizeof kept)) {
        memory_free(kept);
        return fail_memory(err);
    }
    options->inputs = inputs;
    options->inputs[options->input_count++] = kept;
    return RELCOORD_OK;
}

void relcoord_options_set_progress(relcoord_options *options, relcoord_progress progress,
                                   void *user)
{
    if (!options)
        return;
    options->progress = progress;
    options->progress_user = user;
}

/* ---- Asking ---- */

const char *relcoord_options_get(const relcoord_options *options, const char *name)
{
    size_t index = options && name ? find_option(options, name) : 0;
    return options && name && index < options->count ? options->texts[index] : NULL;
}

static double value_of(const relcoord_options *options, const char *name)
{
    return options->numbers[find_option(options, name)];
}

bool options_has(const relcoord_options *options, const char *name)
{
    return find_option(options, name) < options->count;
}

bool options_flag(const relcoord_options *options, const char *name)
{
    return value_of(options, name) != 0;
}

int64_t options_integer(const relcoord_options *options, const char *name)
{
    return options->integers[find_option(options, name)];
}

double options_number(const relcoord_options *options, const char *name)
{
    return value_of(options, name);
}

int options_choice(const relcoord_options *options, const char *name)
{
    return (int)value_of(options, name);
}

double options_initial(const relcoord_options *options, const char *name)
{
    const char *initial = options->specs[find_option(options, name)].initial;
    double number = 0;
    number_parse(initial, strlen(initial), &number);
    return number;
}

const char *options_text(const relcoord_options *options, const char *name)
{
    return options->texts[find_option(options, name)];
}

const char *options_names(const relcoord_options *options, const char *name)
{
    return options->names[find_option(options, name)];
}

const char *options_name_after(const char *name)
{
    return name + strlen(name) + 1;
}

bool options_next_name(const char **cursor, const char **name, size_t *length)
{
    const char *start = *cursor + strspn(*cursor, ", ");
    size_t wide = strcspn(start, ",");
    *cursor = start + wide;
    while (wide > 0 && start[wide - 1] == ' ')
        wide--;
    *name = start;
    *length = wide;
    return wide > 0;
}

relcoord_status options_progress(const relcoord_options *options, double share, relcoord_error *err)
{
    if (options && options->progress && options->progress(options->progress_user, share) != 0)
        return fail(err, RELCOORD_ECANCELLED, "cancelled");
    return RELCOORD_OK;
}
