/* ReadStat's callbacks, turned into columns with labels and cells. It calls back for everything it
 * finds, so a file is read twice: what the columns are, whose labels Stata writes behind the rows,
 * and then the rows. */
#include "data_file.h"

#ifndef HAVE_READSTAT

relcoord_status foreign_readstat_columns(data_file *f, relcoord_error *err)
{
    return foreign_fail(
        err, RELCOORD_EUSAGE, f->path,
        "files of SPSS and Stata need a relcoord-formats that was built with ReadStat: "
        "install libreadstat-dev and build it again, or save the data as CSV");
}

relcoord_status foreign_readstat_rows(data_file *f, cell_sink sink, void *user, relcoord_error *err)
{
    (void)sink, (void)user;
    return foreign_readstat_columns(f, err);
}

#else

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <readstat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Reading bytes: ReadStat's own way would not tell a short file from a failing disk ---- */

typedef struct input {
    int descriptor, fault; /* fault: an errno */
} input;

static int open_input(const char *path, void *user)
{
    input *in = user;
    in->descriptor = open(path, O_RDONLY | O_CLOEXEC);
    in->fault = in->descriptor < 0 ? errno : 0;
    return in->descriptor;
}

static int close_input(void *user)
{
    input *in = user;
    int closed = in->descriptor >= 0 ? close(in->descriptor) : 0;
    in->descriptor = -1;
    return closed;
}

static readstat_off_t seek_input(readstat_off_t offset, readstat_io_flags_t whence, void *user)
{
    input *in = user;
    return lseek(in->descriptor, offset,
                 whence == READSTAT_SEEK_SET   ? SEEK_SET
                 : whence == READSTAT_SEEK_CUR ? SEEK_CUR
                                               : SEEK_END);
}

static ssize_t read_input(void *buffer, size_t size, void *user)
{
    input *in = user;
    ssize_t count;
    do
        count = read(in->descriptor, buffer, size);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        in->fault = errno;
    return count;
}

static readstat_error_t update_input(long size, readstat_progress_handler progress, void *user,
                                     void *in)
{
    (void)size, (void)progress, (void)user, (void)in;
    return READSTAT_OK;
}

/* ---- The columns ---- */

/* What a callback works on; failed: memory ran out. */
typedef struct reader {
    data_file *file;
    bool failed;
    cell_sink sink;
    void *user;
    bool stopped;
} reader;

static char *copy_text(reader *r, const char *text)
{
    char *copy = strdup(text ? text : "");
    r->failed = r->failed || !copy;
    return copy;
}

/* Room for one more; NULL when memory runs out. */
static void *grow(reader *r, void *array, size_t count, size_t *capacity, size_t size)
{
    size_t wanted = *capacity ? 2 * *capacity : 16;
    void *grown;
    if (count < *capacity)
        return array;
    grown = realloc(array, wanted * size);
    if (!grown) {
        r->failed = true;
        return NULL;
    }
    *capacity = wanted;
    return grown;
}

static void take_missing(reader *r, file_column *c, const readstat_variable_t *variable)
{
    int count = readstat_variable_get_missing_ranges_count(variable);
    if (count <= 0)
        return;
    c->missing = calloc((size_t)count, sizeof *c->missing);
    r->failed = r->failed || !c->missing;
    for (int i = 0; i < count && c->missing; i++) {
        missing_range *range = &c->missing[c->missing_count];
        readstat_value_t low = readstat_variable_get_missing_range_lo(variable, i);
        if (readstat_value_type_class(low) == READSTAT_TYPE_CLASS_STRING) {
            range->text = copy_text(r, readstat_string_value(low));
        } else {
            range->low = readstat_double_value(low);
            range->high = readstat_double_value(
                readstat_variable_get_missing_range_hi(variable, i));
        }
        c->missing_count++;
    }
}

static int take_variable(int index, readstat_variable_t *variable, const char *labels, void *user)
{
    reader *r = user;
    data_file *f = r->file;
    const char *label = readstat_variable_get_label(variable),
               *format = readstat_variable_get_format(variable);
    file_column *columns = grow(r, f->columns, f->column_count, &f->column_capacity,
                                sizeof *columns),
                *c;
    if (!columns || index != (int)f->column_count) {
        f->columns = columns ? columns : f->columns;
        return READSTAT_HANDLER_ABORT;
    }
    f->columns = columns;
    c = &columns[f->column_count++];
    *c = (file_column){.text = readstat_variable_get_type_class(variable)
                               == READSTAT_TYPE_CLASS_STRING};
    c->name = copy_text(r, readstat_variable_get_name(variable));
    c->label = copy_text(r, label);
    c->set_name = labels && *labels ? copy_text(r, labels) : NULL;
    if (!c->text && format)
        c->date = foreign_date_format(f->kind, format);
    take_missing(r, c, variable);
    return r->failed ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

/* Without a taker of variables ReadStat makes none, and fails on their values. */
static int pass_variable(int index, readstat_variable_t *variable, const char *labels, void *user)
{
    (void)index, (void)variable, (void)labels, (void)user;
    return READSTAT_HANDLER_OK;
}

static label_set *find_set(reader *r, const char *name)
{
    data_file *f = r->file;
    label_set *sets;
    for (size_t i = f->set_count; i-- > 0;) /* most often the last */
        if (strcmp(f->sets[i].name, name) == 0)
            return &f->sets[i];
    sets = grow(r, f->sets, f->set_count, &f->set_capacity, sizeof *sets);
    if (!sets)
        return NULL;
    f->sets = sets;
    sets[f->set_count] = (label_set){.name = copy_text(r, name)};
    return r->failed ? NULL : &sets[f->set_count++];
}

/* A value as a number: of all types, and NaN where the file has none. */
static double number_of(readstat_value_t value)
{
    return readstat_value_is_system_missing(value) || readstat_value_is_tagged_missing(value)
               ? NAN
               : readstat_double_value(value);
}

static int take_label(const char *name, readstat_value_t value, const char *label, void *user)
{
    reader *r = user;
    bool text = readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING;
    label_set *set;
    value_label *labels, *l;
    if (!label || !*label
        || (!text && isnan(number_of(value)))) /* of Stata's .a to .z, which are no values */
        return READSTAT_HANDLER_OK;
    set = find_set(r, name);
    labels = set ? grow(r, set->labels, set->count, &set->capacity, sizeof *labels) : NULL;
    if (!labels)
        return READSTAT_HANDLER_ABORT;
    set->labels = labels;
    l = &labels[set->count++];
    *l = (value_label){.number = text ? 0 : number_of(value)};
    l->text = text ? copy_text(r, readstat_string_value(value)) : NULL;
    l->label = copy_text(r, label);
    return r->failed ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

/* ---- The rows ---- */

static int take_value(int row, readstat_variable_t *variable, readstat_value_t value, void *user)
{
    reader *r = user;
    size_t column = (size_t)readstat_variable_get_index(variable);
    const file_column *c;
    file_cell cell = {.valid = false};
    char date[DATE_TEXT_SIZE];
    if (column >= r->file->column_count)
        return READSTAT_HANDLER_ABORT;
    cell.column = c = &r->file->columns[column];
    if (c->text) {
        cell.text = readstat_string_value(value);
        cell.valid = cell.text && *cell.text;
    } else {
        cell.number = number_of(value);
        cell.valid = !isnan(cell.number);
        if (cell.valid && c->date.unit != DATE_NONE
            && foreign_print_date(&c->date, cell.number, date))
            cell.text = date;
    }
    cell.missing = cell.valid && readstat_value_is_defined_missing(value, variable);
    r->stopped = r->sink(r->user, row, column, &cell) != 0;
    return r->stopped ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

/* ---- The whole ---- */

static relcoord_status explain(const data_file *f, readstat_error_t fault, const input *in,
                               const reader *r, relcoord_error *err)
{
    if (in->fault)
        return foreign_fail(err, RELCOORD_EIO, f->path, "%s", strerror(in->fault));
    if (r->failed || fault == READSTAT_ERROR_MALLOC)
        return foreign_fail_memory(err);
    switch (fault) {
    case READSTAT_ERROR_UNSUPPORTED_COMPRESSION:
    case READSTAT_ERROR_UNSUPPORTED_FILE_FORMAT_VERSION:
        return foreign_fail(
            err, RELCOORD_EDATA, f->path,
            "a release of the format that ReadStat cannot read: save the data as CSV");
    case READSTAT_ERROR_UNSUPPORTED_CHARSET:
        return foreign_fail(
            err, RELCOORD_EDATA, f->path,
            "the file names an encoding that is not known; --encoding can name another");
    case READSTAT_ERROR_CONVERT:
    case READSTAT_ERROR_CONVERT_BAD_STRING:
    case READSTAT_ERROR_CONVERT_SHORT_STRING:
        return foreign_fail(
            err, RELCOORD_EDATA, f->path,
            "a text is not in the encoding that the file names; --encoding can name another");
    default: return foreign_fail(err, RELCOORD_EDATA, f->path, "the file is damaged or truncated");
    }
}

/* Reads the file: the columns, or when there is a sink the rows. */
static relcoord_status parse(const data_file *f, reader *r, relcoord_error *err)
{
    readstat_parser_t *parser = readstat_parser_init();
    input in = {-1, 0};
    readstat_error_t fault;
    if (!parser)
        return foreign_fail_memory(err);
    readstat_set_open_handler(parser, open_input);
    readstat_set_close_handler(parser, close_input);
    readstat_set_seek_handler(parser, seek_input);
    readstat_set_read_handler(parser, read_input);
    readstat_set_update_handler(parser, update_input);
    readstat_set_io_ctx(parser, &in);
    if (*f->encoding)
        readstat_set_file_character_encoding(parser, f->encoding);
    readstat_set_variable_handler(parser, r->sink ? pass_variable : take_variable);
    readstat_set_value_label_handler(parser, r->sink ? NULL : take_label);
    readstat_set_value_handler(parser, r->sink ? take_value : NULL);
    fault = f->kind == FOREIGN_SPSS ? readstat_parse_sav(parser, f->path, r)
                                    : readstat_parse_dta(parser, f->path, r);
    close_input(&in);
    readstat_parser_free(parser);
    return fault == READSTAT_OK || r->stopped ? RELCOORD_OK : explain(f, fault, &in, r, err);
}

relcoord_status foreign_readstat_columns(data_file *f, relcoord_error *err)
{
    relcoord_status status = parse(f, &(reader){.file = f}, err);
    for (size_t i = 0; i < f->column_count && !status; i++)
        for (size_t s = 0; s < f->set_count && f->columns[i].set_name; s++)
            if (strcmp(f->sets[s].name, f->columns[i].set_name) == 0)
                f->columns[i].set = &f->sets[s];
    return status;
}

relcoord_status foreign_readstat_rows(data_file *f, cell_sink sink, void *user, relcoord_error *err)
{
    return parse(f, &(reader){.file = f, .sink = sink, .user = user}, err);
}

#endif
