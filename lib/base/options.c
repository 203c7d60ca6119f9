/* Options: named, typed, bounded settings of one purpose, held as text and as numbers. */
#include "base/options.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

/* ---- What an option takes, in words ---- */

const char *option_type_name(option_type type)
{
    static const char *const names[] = {"flag", "integer", "number", "choice", "text", "list"};
    return names[type];
}

/* "a number from 0.5 to 0.9999" */
static void describe_values(text *t, const option_spec *spec)
{
    switch (spec->type) {
    case OPTION_FLAG: text_add(t, "true or false"); break;
    case OPTION_TEXT: text_add(t, "text"); break;
    case OPTION_LIST: text_add(t, "names separated by commas"); break;
    case OPTION_INTEGER:
    case OPTION_NUMBER:
        text_add(t, spec->type == OPTION_INTEGER ? "a whole number from " : "a number from ");
        text_add_number(t, spec->minimum);
        text_add(t, " to ");
        text_add_number(t, spec->maximum);
        break;
    case OPTION_CHOICE:
        text_add(t, "one of ");
        for (const char *c = spec->choices; *c; c++)
            text_add_bytes(t, *c == '|' ? ", " : c, *c == '|' ? 2 : 1);
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
        status = fail_option(err, spec->name, "option '%s' takes %s, not '%s'", spec->name, takes.bytes, value);
    text_free(&takes);
    return status;
}

static relcoord_status refuse_name(const relcoord_options *options, const char *name, relcoord_error *err)
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
        return fail_option(err, name, "'%s' has no option '%s'; did you mean '%s'?", options->purpose, name, near);
    return fail_option(err, name, "'%s' has no option '%s'", options->purpose, name);
}

/* ---- Making ---- */

void relcoord_options_free(relcoord_options *options)
{
    if (!options)
        return;
    for (size_t i = 0; options->texts && i < options->count; i++)
        memory_free(options->texts[i]);
    if (options->codebook)
        options->release_codebook(options->codebook);
    memory_free(options->texts);
    memory_free(options->numbers);
    memory_free(options);
}

relcoord_status options_new(const char *purpose, const option_spec *specs, size_t count, relcoord_options **out,
                            relcoord_error *err)
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
    if (!options->texts || !options->numbers)
        status = fail_memory(err);
    for (size_t i = 0; i < count && !status; i++)
        status = relcoord_options_set(options, specs[i].name, specs[i].initial, err);
    if (status)
        relcoord_options_free(options);
    else
        *out = options;
    return status;
}

relcoord_status options_copy(const relcoord_options *options, relcoord_options **out, relcoord_error *err)
{
    relcoord_options *copy;
    relcoord_status status = options_new(options->purpose, options->specs, options->count, &copy, err);
    for (size_t i = 0; i < options->count && !status; i++) {
        char *kept = memory_copy_text(options->texts[i]);
        if (!kept) {
            relcoord_options_free(copy);
            return fail_memory(err);
        }
        memory_free(copy->texts[i]);
        copy->texts[i] = kept;
        copy->numbers[i] = options->numbers[i];
    }
    if (status)
        return status;
    copy->progress = options->progress;
    copy->progress_user = options->progress_user;
    *out = copy;
    return RELCOORD_OK;
}

/* ---- Setting ---- */

static relcoord_status keep_value(relcoord_options *options, size_t index, const char *value, double number,
                                  relcoord_error *err)
{
    char *kept = memory_copy_text(value);
    if (!kept)
        return fail_memory(err);
    memory_free(options->texts[index]);
    options->texts[index] = kept;
    options->numbers[index] = number;
    return RELCOORD_OK;
}

static size_t find_option(const relcoord_options *options, const char *name)
{
    size_t i = 0;
    while (i < options->count && strcmp(options->specs[i].name, name) != 0)
        i++;
    return i;
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
    case OPTION_INTEGER:
    case OPTION_NUMBER:
        taken = number_parse(value, strlen(value), &number);
        if (taken)
            return relcoord_options_set_number(options, name, number, err);
        break;
    case OPTION_TEXT:
    case OPTION_LIST: taken = utf8_valid_prefix(value, strlen(value)) == strlen(value); break;
    }
    return taken ? keep_value(options, index, value, number, err) : refuse_value(spec, value, err);
}

relcoord_status relcoord_options_set_number(relcoord_options *options, const char *name, double value,
                                            relcoord_error *err)
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
    if ((spec->type != OPTION_NUMBER && spec->type != OPTION_INTEGER) || !(value >= spec->minimum)
        || value > spec->maximum || (spec->type == OPTION_INTEGER && value != floor(value)))
        return refuse_value(spec, shown, err);
    return keep_value(options, index, shown, value, err);
}

relcoord_status relcoord_options_set_integer(relcoord_options *options, const char *name, int64_t value,
                                             relcoord_error *err)
{
    return relcoord_options_set_number(options, name, (double)value, err);
}

void relcoord_options_set_progress(relcoord_options *options, relcoord_progress progress, void *user)
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
    return (int64_t)value_of(options, name);
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
